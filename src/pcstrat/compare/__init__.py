"""Turns plans into tables that put them side by side.

Each plan is walked once and becomes a digest; each topic is a function from all digests to its tables. The catalogue
below is the only list of topics: a new one is a module and a line here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping

from pcstrat.compare import (
    accountability,
    commitments,
    counts,
    funding,
    inequalities,
    measures,
    milestones,
    pillars,
    profile,
    themes,
    year_on_year,
)
from pcstrat.compare.digest import digest
from pcstrat.compare.facts import Digest
from pcstrat.compare.table import Table, Topic
from pcstrat.compare.view import View, view_of
from pcstrat.diff import Difference
from pcstrat.registry import Registry

__all__ = ["TABLES", "TOPICS", "Digest", "Table", "Topic", "compare", "digest"]

TOPICS: Mapping[str, Callable[[View], Topic]] = {
    "profile": profile.topic,
    "commitments": commitments.topic,
    "pillars": pillars.topic,
    "objectives": themes.topic,
    "milestones": milestones.topic,
    "funding": funding.topic,
    "measures": measures.topic,
    "inequalities": inequalities.topic,
    "accountability": accountability.topic,
    "year-on-year": year_on_year.topic,
    "counts": counts.topic,
}
"""Every topic by its id, in the order in which they are shown."""


TABLES = {
    "funding-lines": "funding",
    "measures-all": "measures",
    "milestones-by-theme": "milestones",
    "commitments-by-depth": "commitments",
    "accountability-objectives": "accountability",
    "year-on-year-changes": "year-on-year",
}
"""The further tables of topics that have several. The leading table of a topic has the topic's id."""


def compare(
    digests: Iterable[Digest],
    registry: Registry,
    *,
    as_of: dt.date,
    topics: Iterable[str] = TOPICS,
    differences: Mapping[str, Difference] | None = None,
) -> tuple[Topic, ...]:
    """Compare plans: the tables of each topic asked for. The order of the digests does not matter.

    Args:
        digests: The plans.
        registry: The ICBs and national commitments.
        as_of: The date that the run counts from.
        topics: Ids of `TOPICS`.
        differences: By the id of a plan, what changed in it since an earlier one, where there is one.
    """
    view = view_of(digests, registry, as_of, differences)
    asked = set(topics)
    return tuple(make(view) for name, make in TOPICS.items() if name in asked)
