"""What the pages on all plans are made from, as plain data: the ledger fills it, `site_pages` reads it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from pcstrat.commands.workshop import Workshop
    from pcstrat.compare import Digest
    from pcstrat.publish.manifest import PublishedPlan
    from pcstrat.publish.staging import Publication
    from pcstrat.workspace import PlanFile


class Entry(NamedTuple):
    """One plan as the index lists it: the part of its published data that is shown, its errors, and what changed."""

    plan_id: str
    data: Mapping[str, Any]
    errors: int
    changes: str = ""


class Site(NamedTuple):
    """All plans of an output folder, and what its pages on them are made with.

    `plans` are published, `compared` are those of them that are up to date, and `digests` are those that this run made,
    each by the id of the plan; `seen` are all files of plans, and `same_ids` files of the same id, each by file name.
    """

    workshop: Workshop
    publication: Publication
    entries: Sequence[Entry]
    plans: Mapping[str, PublishedPlan]
    compared: Mapping[str, PlanFile]
    digests: Mapping[str, Digest]
    seen: Mapping[str, PlanFile]
    same_ids: Mapping[str, str]

    @property
    def compares(self) -> bool:
        """Whether there is anything to compare, and pages to lead to it."""
        return len(self.compared) > 1 and "html" in self.workshop.settings.formats
