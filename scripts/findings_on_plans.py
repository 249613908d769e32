"""Turns the plans of this repository into a table of findings by rule, with line and text, to judge each by hand.

`python scripts/findings_on_plans.py T W03` shows the rules whose codes begin so; without arguments, all. Nothing is
rolled up: every place is a row.
"""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from pcstrat.check import CheckedFinding, CheckOptions, check_plan
from pcstrat.diagnostics import Span
from pcstrat.load import Loaded, load_plan
from pcstrat.naming import shorten
from pcstrat.registry import load_registry

ROOT = Path(__file__).parent.parent
AS_OF = dt.date(2026, 11, 21)


class Place(NamedTuple):
    """One place of a finding."""

    plan: str
    line: int
    message: str
    text: str


def places(finding: CheckedFinding, loaded: Loaded) -> Iterator[Place]:
    """Every place of a finding, with the line of the file that it points at."""
    for span, message in [(place.span, place.message) for place in finding.places] or [(finding.span, finding.message)]:
        line = span.start.line if isinstance(span, Span) else 0
        yield Place(finding.plan, line, message, loaded.source.line(line).strip())


def collect(codes: list[str]) -> dict[str, list[Place]]:
    """Every place by code."""
    found: defaultdict[str, list[Place]] = defaultdict(list)
    registry = load_registry(None)
    for path in sorted((ROOT / "strategies").glob("*.yaml")):
        loaded = load_plan(path.read_bytes(), path.name, registry)
        result = check_plan(loaded, registry, AS_OF, CheckOptions())
        for finding in (*result.findings, *result.waived):
            if not codes or any(finding.code.startswith(code) for code in codes):
                title = f"{finding.code} {finding.rule.name if finding.rule else ''} ({finding.severity.value})"
                found[title] += places(finding, loaded)
    return found


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("codes", nargs="*", help="codes of rules, or what they begin with")
    found = collect(parser.parse_args().codes)
    for title, rows in sorted(found.items()):
        print(f"\n{title}: {len(rows)}")
        for row in rows:
            print(f"  {row.plan}:{row.line}: {row.message}")
            print(f"      {shorten(row.text, 110)}")
    print(f"\n{sum(map(len, found.values()))} findings of {len(found)} rules.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
