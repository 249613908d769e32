"""Turns the plans of this repository into findings to judge by hand, and the judgements into a table by rule.

`python scripts/findings_on_plans.py T W03` shows the rules whose codes begin so; without arguments, all. Nothing is
rolled up: every place is a row. `--add` puts findings that nobody has judged into `findings_judged.csv`, without a
judgement, and removes those that are no longer found; a test fails until each has one.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import io
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from pcstrat.check import CheckOptions, check_plan
from pcstrat.diagnostics import Severity, Span
from pcstrat.load import Loaded, load_plan
from pcstrat.naming import shorten
from pcstrat.registry import load_registry
from pcstrat.review import CheckedFinding
from pcstrat.rules import RULES, Rule, rule_by_code

ROOT = Path(__file__).parent.parent
AS_OF = dt.date(2026, 11, 21)
JUDGED = Path(__file__).with_name("findings_judged.csv")
STANDS, DISPUTABLE = "stands", "disputable"
COLUMNS = ("fingerprint", "rule", "plan", "judgement", "reason", "message")


class Place(NamedTuple):
    """One place of a finding."""

    code: str
    severity: Severity
    plan: str
    fingerprint: str
    line: int
    message: str
    text: str


class Judgement(NamedTuple):
    """What somebody who compared a finding with the plan and with the published document says of it."""

    fingerprint: str
    rule: str
    plan: str
    judgement: str
    reason: str
    message: str


def places(finding: CheckedFinding, loaded: Loaded) -> Iterator[Place]:
    """Every place of a finding, with the line of the file that it points at."""
    for place in finding.places or (finding,):
        line = place.span.start.line if isinstance(place.span, Span) else 0
        text = loaded.source.line(line).strip()
        yield Place(finding.code, finding.severity, finding.plan, place.fingerprint, line, place.message, text)


@cache
def collect() -> tuple[Place, ...]:
    """Every place, by rule and plan, in the order of the file."""
    found: list[Place] = []
    registry = load_registry(None)
    for path in sorted((ROOT / "strategies").glob("*.yaml")):
        loaded = load_plan(path.read_bytes(), path.name, registry)
        result = check_plan(loaded, registry, AS_OF, CheckOptions())
        for finding in (*result.findings, *result.waived):
            found += places(finding, loaded)
    return tuple(sorted(found, key=lambda place: (place.code, place.plan, place.line, place.message)))


def judgements() -> dict[str, Judgement]:
    """What has been judged, by fingerprint."""
    with JUDGED.open(encoding="utf-8", newline="") as file:
        return {row["fingerprint"]: Judgement(**row) for row in csv.DictReader(file)}


def updated_judgements() -> str:
    """The file of judgements with a row for everything that is found now, and for nothing else."""
    known = judgements() if JUDGED.exists() else {}
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for place in collect():
        old = known.get(place.fingerprint)
        judged = (old.judgement, old.reason) if old else ("", "")
        writer.writerow((place.fingerprint, place.code, place.plan, *judged, place.message))
    return text.getvalue()


def page(generated: str) -> str:
    """The table by rule, and every finding that a planner may dispute."""
    by_rule: defaultdict[str, list[Place]] = defaultdict(list)
    for place in collect():
        by_rule[place.code].append(place)
    judged = judgements()
    intro = (Path(__file__).with_name("findings_intro.md")).read_text(encoding="utf-8").rstrip()
    lines = ["# The findings on the five plans", "", generated, "", intro, ""]
    lines += [
        "| rule | what is wrong | kind | severity | found | stand | disputable |",
        "|---|---|---|---|--:|--:|--:|",
    ]
    totals: Counter[str] = Counter()
    for code, found in by_rule.items():
        rule = rule_by_code(code)
        assert rule  # noqa: S101 - only rules find anything in valid plans
        verdicts = Counter(judged[place.fingerprint].judgement for place in found)
        totals.update(verdicts)
        numbers = f"{len(found)} | {verdicts[STANDS]} | {verdicts[DISPUTABLE]}"
        lines.append(
            f"| [{code}](rules.md#{code.lower()}) | {rule.title} | {kind(rule)} | {rule.severity.value} | {numbers} |"
        )
    lines.append(f"| all | | | | {totals.total()} | {totals[STANDS]} | {totals[DISPUTABLE]} |")
    silent = [rule for rule in _catalogue() if rule.code not in by_rule]
    lines += ["", f"The other {len(silent)} rules find nothing: {', '.join(rule.code for rule in silent)}."]
    lines += ["", "## What a planner may dispute", "", "| rule | plan | finding | why |", "|---|---|---|---|"]
    for row in collect():
        if judged[row.fingerprint].judgement == DISPUTABLE:
            reason = cell(judged[row.fingerprint].reason)
            lines.append(f"| {row.code} | {row.plan}, line {row.line} | {cell(row.message)} | {reason} |")
    return "\n".join(lines)


def kind(rule: Rule) -> str:
    """Whether a rule goes by what is stated, may be wrong, or speaks of what came later."""
    if rule.since:
        return "since"
    return "heuristic" if rule.heuristic else "exact"


def cell(text: str) -> str:
    """A text as a cell of a table."""
    return text.replace("|", "\\|")


def _catalogue() -> Iterable[Rule]:
    return sorted((rule for rule in RULES if not rule.by_engine), key=lambda rule: rule.code)


def main() -> int:
    """Print the findings, or bring the file of judgements up to date."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("codes", nargs="*", help="codes of rules, or what they begin with")
    parser.add_argument("--add", action="store_true", help="bring findings_judged.csv up to date")
    options = parser.parse_args()
    if options.add:
        JUDGED.write_text(updated_judgements(), encoding="utf-8", newline="\n")
        return 0
    rows = [row for row in collect() if not options.codes or row.code.startswith(tuple(options.codes))]
    title = ""
    for row in rows:
        rule = rule_by_code(row.code)
        if title != row.code:
            title = row.code
            count = sum(other.code == title for other in rows)
            print(f"\n{title} {rule.name if rule else ''} ({rule.severity.value if rule else 'error'}): {count}")
        print(f"  {row.plan}:{row.line}: {row.message}\n      {shorten(row.text, 110)}")
    print(f"\n{len(rows)} findings of {len({row.code for row in rows})} rules.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
