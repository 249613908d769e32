"""Turns how milestones stand into text for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from pcstrat.naming import shorten
from pcstrat.status import MilestoneStatus, PlanStatus, Standing
from pcstrat.text import counted, visible

NO_OWNER = "no owner stated"
_HEADINGS = {
    Standing.OVERDUE: "Overdue",
    Standing.DUE: "Due",
    Standing.UPCOMING: "Upcoming",
    Standing.NO_DATE: "No date",
    Standing.DONE: "Done",
    Standing.STOPPED: "Stopped",
}
_LONGEST = 100


def status_text(plans: Iterable[PlanStatus]) -> str:
    """Each plan with its counts, its milestones by how they stand, and its owners."""
    return "\n".join("\n".join(_plan_lines(plan)) + "\n" for plan in plans)


def counts_sentence(counts: Mapping[Standing, int]) -> str:
    """The counts that are not zero: `3 overdue, 2 due and 1 done`."""
    return ", ".join(f"{number} {standing.value}" for standing, number in counts.items() if number)


def _plan_lines(plan: PlanStatus) -> Iterator[str]:
    yield f"{visible(plan.plan_id)}: {visible(plan.title)}"
    if not plan.milestones:
        yield "  This plan names no milestones."
        return
    yield (
        f"  {counted(len(plan.milestones), 'milestone')} as at {plan.as_of.isoformat()}: {counts_sentence(plan.counts)}"
    )
    recorded = len(plan.recorded)
    if recorded < len(plan.milestones):
        known = f"for {recorded} of them" if recorded else "for none of them"
        yield f"  Progress is recorded {known}: what is overdue may have been done."
    for standing, heading in _HEADINGS.items():
        group = [milestone for milestone in plan.milestones if milestone.standing is standing]
        if group:
            yield ""
            yield f"  {heading} ({len(group)})"
            for milestone in group:
                yield from _milestone_lines(milestone)
    yield ""
    yield "  By owner"
    for owner, counts in plan.by_owner.items():
        yield f"    {visible(owner) or NO_OWNER}: {counts_sentence(counts)}"


def _milestone_lines(milestone: MilestoneStatus) -> Iterator[str]:
    yield f"    {visible(shorten(milestone.what, _LONGEST))}"
    facts = [milestone.when or "no date stated"]
    if milestone.days_over:
        facts.append(f"{counted(milestone.days_over, 'day')} over")
    if milestone.recorded and milestone.recorded.value != milestone.standing.value:
        facts.append(f"recorded as {milestone.recorded.value}")
    facts += [milestone.owner or NO_OWNER, shorten(milestone.part or milestone.aim, _LONGEST)]
    yield f"      {visible('; '.join(facts))}"
