"""Finds objectives that answer no national commitment, or one whose period was over before the plan began."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from pcstrat.diagnostics import Path, Severity
from pcstrat.naming import shorten
from pcstrat.rules._promises import around, living
from pcstrat.rules._rule import PLANS, Hit, Related, rule
from pcstrat.rules.subject import Item, Role, Subject
from pcstrat.text import listed, long_date


@rule(
    "O09",
    "no-commitment",
    title="An objective answers no national commitment",
    severity=Severity.ADVICE,
    why="""Comparison across plans goes by national commitments: an objective without one is missing from every table of
    coverage. A local objective may well have none.""",
    remedy="""If it answers one, add its code to `commitments`: `pcstrat compare commitments` lists them. A local
    objective answers none: waive this with that reason.""",
    owed_by=PLANS,
    before="""
text: People should find a clinic wherever they live.
""",
    after="""
text: People should find a clinic wherever they live.
commitments: [FUL-ACCESS]
""",
)
def no_commitment(subject: Subject) -> Iterator[Hit]:
    """Objectives with no commitment on them, over them or anywhere under them."""
    for aim in living(subject.objectives):
        items = (*around(aim.item), *aim.inside)
        if not any(item.get("commitments") for item in items):
            only = f" It only mentions {listed(aim.aim.mentions)}." if aim.aim.mentions else ""
            yield Hit(path=aim.path, message=f"“{shorten(aim.aim.title)}” is linked to no national commitment.{only}")


@rule(
    "O10",
    "commitment-over",
    title="A commitment was over before the plan began",
    severity=Severity.WARNING,
    why="""A national target whose period has ended no longer asks for anything: the plan answers what nobody asks, and
    may miss what came after it.""",
    remedy="Link what is asked for in the years of the plan, or move the code to `mentions`.",
    before="""
document: {title: A plan, kind: primary care strategy, period: 2026-2029}
ambitions: [{id: the-app, title: The app, commitments: [PCA-APP]}]
""",
    after="""
document: {title: A plan, kind: primary care strategy, period: 2026-2029}
ambitions: [{id: the-app, title: The app, commitments: [MTP-APP95]}]
""",
)
def commitment_over(subject: Subject) -> Iterator[Hit]:
    """Codes whose period ended before the plan was written or began, or before what they are linked to."""
    starts = {time.item: time.time.start for time in subject.times if time.role is Role.PLANNED}
    begins = _begins(subject)
    places: dict[tuple[Item | None, str], list[tuple[Path, dt.date, dt.date]]] = {}
    for item in subject.holding("commitments"):
        for index, code in enumerate(item.get("commitments") if item.aim else ()):
            start = starts.get(item) or begins
            commitment = subject.registry.commitment(code)
            ended = commitment and commitment.applies_to
            if start and ended and ended < start:
                places.setdefault((item.aim, code), []).append(((*item.path, "commitments", index), ended, start))
    for (_, code), found in places.items():
        yield _over(subject, code, found)


def _over(subject: Subject, code: str, found: list[tuple[Path, dt.date, dt.date]]) -> Hit:
    commitment = subject.registry.commitments[code]
    path, ended, start = found[0]
    after = f" What came after it is {listed(commitment.superseded_by)}." if commitment.superseded_by else ""
    message = (
        f"{code} ({commitment.title}) ended on {long_date(ended)}, and nothing here begins before "
        f"{long_date(start)}.{after}"
    )
    related = tuple(Related(place, f"{code} stands here too.") for place, *_ in found[1:])
    is_sure = commitment.verified_on and (subject.written_from or subject.begins)
    return Hit(path=path, message=message, related=related, at_most=None if is_sure else Severity.ADVICE)


def _begins(subject: Subject) -> dt.date | None:
    """The first day that counts for the whole plan: when it was written or begins, else of anything it plans."""
    stated = max((day for day in (subject.written_from, subject.begins) if day), default=None)
    planned = (time.time.start for time in subject.times if time.role is Role.PLANNED and time.time.start)
    return stated or min(planned, default=None)


RULES = (no_commitment, commitment_over)
