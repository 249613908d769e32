"""Any sequence of edits, each followed by a build, ends like a clean build of the same state, and says the same."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from pcstrat.commands.build import build
from pcstrat.commands.outcome import BuildOutcome
from pcstrat.settings import load_settings

PLAN = """\
pcstrat: 1
id: {plan_id}
icb: {icb}
document:
  title: {title}
  kind: briefing
ambitions:
  - id: one
    title: Do one thing
"""
IDS = ("bob", "kent", "dorset")
TITLES = ("A plan", "Another plan", "A plan # with a remark", "Easy 漢 access")
BROKEN = ("pcstrat: 1\n", "{", "\t", "pcstrat: 1\nid: bob\nicb: NOPE\n")
OVERRIDES = ("", "{# changed #}", "{% block logo %}<p>Ours</p>{% endblock %}")
OVERRIDE = '{{# template_api: 1 #}}\n{{% extends "shipped/documents/{}.html.j2" %}}\n'
CHANGES: tuple[dict[str, Any], ...] = (
    {},
    {"publisher": "NHS Somewhere"},
    {"profile": "publish"},
    {"publish_findings": True},
    {"all_or_nothing": True},
    {"embed_fonts": True},
)
ids = st.sampled_from(IDS)


class Edits(RuleBasedStateMachine):
    """A user's folder with two output folders: one is built on, the other is made anew by force at each step.

    A third is made from nothing, wherever no plan has errors: one with errors keeps what it had before.
    """

    @initialize()
    def start(self) -> None:
        self.root = Path(tempfile.mkdtemp())
        self.folder = self.root / "user"
        (self.folder / "strategies").mkdir(parents=True)
        self.settings: dict[str, Any] = {}
        self.as_of = dt.date(2026, 11, 21)
        self.write("bob", PLAN.format(plan_id="bob", icb="QMM", title=TITLES[0]))
        self.write("kent", PLAN.format(plan_id="kent", icb="QKS", title=TITLES[0]))

    def teardown(self) -> None:
        shutil.rmtree(self.root, ignore_errors=True)

    def path(self, name: str) -> Path:
        return self.folder / "strategies" / f"{name}.yaml"

    def write(self, name: str, text: str) -> None:
        self.path(name).write_text(text, encoding="utf-8")

    @rule(name=ids, plan_id=ids, icb=st.sampled_from(["QMM", "QKS", "QVV"]), title=st.sampled_from(TITLES))
    def edit_or_add_or_mend(self, name: str, plan_id: str, icb: str, title: str) -> None:
        self.write(name, PLAN.format(plan_id=plan_id, icb=icb, title=title))

    @rule(name=ids, text=st.sampled_from(BROKEN))
    def break_a_plan(self, name: str, text: str) -> None:
        self.write(name, text)

    @rule(name=ids)
    def remove(self, name: str) -> None:
        if len(list(self.path(name).parent.iterdir())) > 1:
            self.path(name).unlink(missing_ok=True)

    @rule(name=ids, new=ids)
    def rename(self, name: str, new: str) -> None:
        if self.path(name).exists():
            self.path(name).replace(self.path(new))

    @rule(template=st.sampled_from(["plan", "index"]), text=st.sampled_from(OVERRIDES))
    def edit_a_template(self, template: str, text: str) -> None:
        path = self.folder / "templates" / "documents" / f"{template}.html.j2"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(OVERRIDE.format(template) + text, encoding="utf-8")

    @rule()
    def remove_templates(self) -> None:
        shutil.rmtree(self.folder / "templates", ignore_errors=True)

    @rule(change=st.sampled_from(CHANGES))
    def change_settings(self, change: dict[str, Any]) -> None:
        self.settings = change

    @rule(days=st.integers(-800, 800))
    def another_day(self, days: int) -> None:
        self.as_of = dt.date(2026, 3, 31) + dt.timedelta(days=days)

    @rule(name=st.sampled_from(["index.html", "bob/index.html", "bob/plan.json"]))
    def damage_what_is_published(self, name: str) -> None:
        place = self.root / "incremental" / name
        if place.exists():
            place.write_bytes(b"damaged")
            forced = self.root / "forced" / name
            forced.write_bytes(b"damaged")

    @rule()
    def damage_the_cache(self) -> None:
        for path in (self.root / "cache").glob("*"):
            path.write_bytes(path.read_bytes()[:-1])

    @invariant()
    def a_build_ends_like_a_clean_one(self) -> None:
        outcome = self.build("incremental", cached=True)
        forced = self.build("forced", cached=False)
        assert said(outcome) == said(forced)
        assert self.files("incremental") == self.files("forced")
        if not outcome.code:
            clean = self.build("clean", cached=False)
            assert said(clean) == said(outcome)
            assert self.files("clean") == self.files("incremental")
            shutil.rmtree(self.root / "clean")

    def build(self, output: str, *, cached: bool) -> BuildOutcome:
        options = {"formats": "html", "output": str(self.root / output), **self.settings}
        place = {"cache": str(self.root / "cache")} if cached else {}
        return build(load_settings(self.folder, {}, {**options, **place}), (), as_of=self.as_of)

    def files(self, output: str) -> dict[str, bytes]:
        place = self.root / output
        return {path.relative_to(place).as_posix(): path.read_bytes() for path in place.rglob("*") if path.is_file()}


def said(outcome: BuildOutcome) -> object:
    """What a user is told in the end, but for what was made and what was left."""
    found = [
        (finding.code, finding.severity, finding.file, finding.message, finding.remedy, finding.span, finding.where)
        for finding in outcome.findings
    ]
    return outcome.code, outcome.checked, found, outcome.messages


TestEdits = Edits.TestCase
TestEdits.settings = settings(
    max_examples=int(os.environ.get("EDIT_SEQUENCES", "3")),
    stateful_step_count=7,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
"""`EDIT_SEQUENCES=200 pytest tests/test_edits.py` looks harder than there is time for in every run."""
