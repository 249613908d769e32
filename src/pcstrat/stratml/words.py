"""The words that a StratML file of ours uses where the standard leaves them open; reading it back relies on them."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

from pcstrat.model.vocabulary import MilestoneKind
from pcstrat.patterns import Pattern

_IN_URI = "%/:=&?~#+!$,;'@()*"
_SCHEME = Pattern(r"[A-Za-z][A-Za-z0-9+.-]*:")
_LONE_PERCENT = Pattern(r"%(?![0-9A-Fa-f]{2})")

KIND = "Kind of document: "
LANGUAGE = "Language: "
PERIOD = "Period: "
RESTATED = "Not a publication of the organisation itself. Restated by: "
NOT_CARRIED = "StratML has no place for: "
ENABLER = "An enabler."
PART_OF = "A part of: "
LEAD = "Lead of the document"
WHEN, DUE, STATUS, GIVEN_UP = "When", "Deadline", "Status", "Given up"
BASELINE, LATEST = "Baseline: ", "Latest: "
ACTION, MILESTONE, OUTCOME = "Action", "Milestone", "Outcome"
"""The units of indicators that are promises, not numbers."""

STAGES: Mapping[str, str] = {
    ACTION: "Output_Processing",
    OUTCOME: "Outcome",
    MilestoneKind.ACTION: "Output_Processing",
    MilestoneKind.OUTPUT: "Output",
    MilestoneKind.OUTCOME: "Outcome",
}
"""Where in the chain of value an action, an outcome or a kind of milestone stands."""

ROLES: Mapping[str, str] = {"owner": "Owner", "accountable": "Accountable", "led_by": "Lead", "partners": "Partner"}
"""The role of a stakeholder, for each field that names who does something."""


def item_identifier(item_id: str) -> str:
    """The id of an item as an XML identifier, which may not begin with a digit."""
    return f"_{item_id}" if item_id[:1].isdigit() else item_id


def plan_identifier(plan_id: str) -> str:
    """The id of a plan as an XML identifier. The full stop keeps it apart from the ids of items."""
    return f"plan.{plan_id}"


def as_uri(address: str | None) -> str | None:
    """An address as a URI may be written (RFC 3986): other characters as percent codes, no colon like a scheme."""
    if not address:
        return None
    written = quote(_LONE_PERCENT.sub("%25", address), safe=_IN_URI)
    return written if _SCHEME.match(written) or ":" not in written.partition("/")[0] else f"./{written}"


def icb_identifier(ods_code: str) -> str:
    """The ODS code of an ICB as an XML identifier."""
    return f"icb.{ods_code}"


def from_identifier(identifier: str) -> str:
    """The id or code that was made an XML identifier."""
    return identifier.removeprefix("_").removeprefix("plan.").removeprefix("icb.")
