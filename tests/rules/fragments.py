"""Turns the examples of rules into plans: short fragments completed at their end, so that positions stay true."""

from __future__ import annotations

import datetime as dt
import re
import textwrap
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pcstrat.check import check_plan
from pcstrat.load import load_plan
from pcstrat.model.plan import Plan
from pcstrat.registry import Registry, load_registry
from pcstrat.review import CheckedFinding, CheckResult

EXAMPLES = Path(__file__).parent.parent / "examples" / "rules"
AS_OF = dt.date(2027, 6, 1)

COMPLETION = {
    "pcstrat": "pcstrat: 1",
    "id": "id: example",
    "icb": "icb: QOC",
    "document": "document: {title: A plan, kind: primary care strategy}",
    "ambitions": "ambitions: [{id: the-only-ambition, title: The only ambition}]",
}

_KEY = re.compile(r"^([a-z_]+):", re.MULTILINE)
_EXPECTED = re.compile(r"^# expect: (\d+):(\d+) (.+)$", re.MULTILINE)
_AS_OF = re.compile(r"^# as-of: (\S+)$", re.MULTILINE)


@dataclass(frozen=True)
class Expected:
    line: int
    column: int
    words: str


@dataclass(frozen=True)
class Example:
    path: Path
    text: str

    @property
    def code(self) -> str:
        return self.path.parent.name

    @property
    def expected(self) -> list[Expected]:
        return [Expected(int(line), int(column), words) for line, column, words in _EXPECTED.findall(self.text)]

    def found(self) -> list[tuple[int, int, str]]:
        """Line, column and message of each place at which the rule of this example finds something."""
        match = _AS_OF.search(self.text)
        result = check_text(self.text, dt.date.fromisoformat(match[1]) if match else AS_OF)
        return [place for finding in result.findings if finding.code == self.code for place in places_of(finding)]


def places_of(finding: CheckedFinding) -> list[tuple[int, int, str]]:
    assert finding.span
    places = finding.places or (finding,)
    return [(place.span.start.line, place.span.start.column, place.message) for place in places if place.span]


def completed(text: str) -> str:
    """A plan made of a fragment. Fields that a plan does not have are those of its one ambition."""
    keys = set(_KEY.findall(text))
    if not keys <= set(Plan.model_fields):
        head = "ambitions:\n  - id: the-only-ambition\n    title: The only ambition\n"
        text = head + textwrap.indent(text, "    ")
        keys = {"ambitions"}
    missing = [line for key, line in COMPLETION.items() if key not in keys]
    return "\n".join([text.rstrip("\n"), *missing, ""])


@cache
def registry() -> Registry:
    return load_registry(None)


def check_text(text: str, as_of: dt.date = AS_OF) -> CheckResult:
    loaded = load_plan(completed(text).encode(), "example.yaml", registry())
    assert loaded.plan is not None, [finding.message for finding in loaded.findings]
    return check_plan(loaded, registry(), as_of)


def examples(kind: str) -> list[Example]:
    """Every example of one kind, `fire` or `quiet`."""
    paths = sorted(EXAMPLES.glob(f"*/{kind}*.yaml"))
    return [Example(path, path.read_text(encoding="utf-8")) for path in paths]
