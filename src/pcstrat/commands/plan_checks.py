"""Turns plan files into what is to be said of them: one by one or, where it pays, in several processes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pcstrat.check import CheckOptions, PlanOptions, check_plan
from pcstrat.commands.outcome import lines_of_result
from pcstrat.commands.plan_files import Work, load_file
from pcstrat.registry import Registry
from pcstrat.review import Checked
from pcstrat.settings import Settings
from pcstrat.workers import crew, processes

PLANS_A_PROCESS = 8
"""From how many plans on one more process saves more time than it takes to start."""


class Checker(NamedTuple):
    """What all files of a run are checked with. It travels to other processes."""

    registry: Registry
    as_of: dt.date
    options: CheckOptions

    def check(self, work: Work) -> Checked:
        """Load one file and check it."""
        loaded = load_file(work.file, self.registry, same_id=work.same_id)
        result = check_plan(loaded, self.registry, self.as_of, self.options)
        return Checked(result, lines_of_result(loaded, result))


def check_options(settings: Settings) -> CheckOptions:
    """What the settings say of the rules."""
    own = {
        plan: PlanOptions(profile=given.profile, select=given.select, ignore=given.ignore)
        for plan, given in settings.plans.items()
    }
    return CheckOptions(profile=settings.profile, select=settings.select, ignore=settings.ignore, plans=own)


def checked_files(checker: Checker, works: Sequence[Work], jobs: int | None) -> Iterator[Checked]:
    """Check every file, in order, in as many processes as pay for themselves, and in `jobs` at most.

    The first file is always checked here: what that prepares, processes that are copies of this one have too.

    Raises:
        UsageError: if the options select or ignore a rule that does not exist.
        NotDoneError: if a process ends unexpectedly.
    """
    yield from map(checker.check, works[:1])
    others = works[1:]
    number = min(processes(jobs), len(works) // PLANS_A_PROCESS)
    if number <= 1:
        yield from map(checker.check, others)
        return
    with crew(checker.check, number, "checks plans") as checked:
        yield from checked(others)
