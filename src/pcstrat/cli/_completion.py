"""Turns what is typed so far into what it may become: plans, revisions, tables, rules, codes and values of options.

A shell asks at every press of the key, so nothing heavy is loaded: names of tables, rules and ICBs come from
`data/completion.json`, which `make docs` writes, and plans from the names of their files.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, MutableMapping
from importlib.resources import files
from pathlib import Path
from typing import TypeAlias

from pcstrat.errors import PcstratError

Choice: TypeAlias = tuple[str, str]
"""A word and what it means; some shells show both."""


def join_at_sign(environment: MutableMapping[str, str]) -> None:
    """Put the @ and the revision behind it together, which bash hands over as two words and takes back as one."""
    words = environment.get("COMP_WORDS", "").split("\n")
    number = environment.get("COMP_CWORD", "")
    if number.isdecimal() and words[int(number) - 1 : int(number)] == ["@"]:
        sign = int(number) - 1
        words[sign : sign + 2] = ["".join(words[sign : sign + 2])]
        environment.update(COMP_WORDS="\n".join(words), COMP_CWORD=str(sign))


def plans(incomplete: str) -> list[Choice]:
    """Ids of the plans; after an @ the revisions of the repository."""
    plan, at, revision = incomplete.rpartition("@")
    if at:
        return [(f"{plan}@{name}", "") for name in _revisions() if name.startswith(revision)]
    return [(name, "") for name in _plan_ids() if name.startswith(incomplete)]


def tables_and_plans(incomplete: str) -> list[Choice]:
    """Tables of the comparison, then plans."""
    return [*_known("tables", incomplete), *plans(incomplete)]


def revisions(incomplete: str) -> list[Choice]:
    """Branches and tags."""
    return [(name, "") for name in _revisions() if name.startswith(incomplete)]


def rules(incomplete: str) -> list[Choice]:
    """Codes and names of rules; the last one of a list with commas."""
    before, comma, last = incomplete.rpartition(",")
    return [(f"{before}{comma}{word}", meaning) for word, meaning in _known("rules", last)]


def codes(incomplete: str) -> list[Choice]:
    """Everything that can be explained: codes and names of rules, and codes that are no rules."""
    return [*_known("rules", incomplete), *_known("codes", incomplete)]


def one_of(*values: str) -> Callable[[str], list[Choice]]:
    """What completes one of a few values."""

    def complete(incomplete: str) -> list[Choice]:
        return [(value, "") for value in values if value.startswith(incomplete)]

    return complete


def some_of(*values: str) -> Callable[[str], list[Choice]]:
    """What completes the last of a list of values with commas; none is named twice."""

    def complete(incomplete: str) -> list[Choice]:
        before, comma, last = incomplete.rpartition(",")
        left = [value for value in values if value not in before.split(",")]
        return [(f"{before}{comma}{value}", "") for value in left if value.startswith(last)]

    return complete


def icbs(incomplete: str) -> list[Choice]:
    """ODS codes of ICBs."""
    return list(_known("icbs", incomplete))


def _known(kind: str, incomplete: str) -> Iterator[Choice]:
    words = json.loads(files("pcstrat").joinpath("data", "completion.json").read_text(encoding="utf-8"))
    for word, meaning in words[kind].items():
        if word.lower().startswith(incomplete.lower()):
            yield word, meaning


def _plan_ids() -> list[str]:
    from pcstrat.settings import load_settings  # only when a plan is asked for

    try:
        folder = load_settings(Path.cwd(), os.environ, {}).strategies
        return sorted(path.stem for path in folder.iterdir() if path.suffix in {".yaml", ".yml"})
    except (PcstratError, OSError):
        return []


def _revisions() -> tuple[str, ...]:
    from pcstrat.revisions import revision_names

    return revision_names(Path.cwd())
