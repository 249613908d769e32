"""The vocabulary of differences: every kind of change, its opposite, and what a change can mean."""

from __future__ import annotations

import enum


class Significance(enum.StrEnum):
    """What a change means for what the plan promises, the most important first."""

    WEAKENED = "weakened"
    STRENGTHENED = "strengthened"
    CHANGED = "changed"
    REWORDED = "reworded"

    @property
    def rank(self) -> int:
        """0 for what a reader must see first."""
        return list(Significance).index(self)

    @property
    def opposite(self) -> Significance:
        """What the same change means when the two sides are swapped."""
        swapped = {Significance.WEAKENED: Significance.STRENGTHENED, Significance.STRENGTHENED: Significance.WEAKENED}
        return swapped.get(self, self)


class Kind(enum.StrEnum):
    """What happened: the fact alone. What it means is looked up in `data/significance.toml`."""

    ADDED = "added"
    REMOVED = "removed"
    RETIRED = "retired"
    REINSTATED = "reinstated"
    MERGED = "merged"
    SPLIT = "split"
    MOVED = "moved"
    ACHIEVED = "achieved"
    REOPENED = "reopened"
    ID_CHANGED = "id-changed"
    LINEAGE_CHANGED = "lineage-changed"
    RENAMED = "renamed"
    RELABELLED = "relabelled"
    PRIORITY_HIGHER = "priority-higher"
    PRIORITY_LOWER = "priority-lower"
    REWORDED = "reworded"
    WORDING_SOFTER = "wording-softer"
    WORDING_FIRMER = "wording-firmer"
    WORDING_NARROWER = "wording-narrower"
    WORDING_WIDER = "wording-wider"
    STATED = "stated"
    NO_LONGER_STATED = "no-longer-stated"
    CHANGED = "changed"
    DATE_LATER = "date-later"
    DATE_EARLIER = "date-earlier"
    DATE_STATED = "date-stated"
    DATE_REMOVED = "date-removed"
    DATE_LESS_PRECISE = "date-less-precise"
    DATE_MORE_PRECISE = "date-more-precise"
    DATE_UNCLEAR = "date-unclear"
    DATE_CLEAR = "date-clear"
    DATE_UNDATED = "date-undated"
    DATE_DATED = "date-dated"
    DEADLINE_DROPPED = "deadline-dropped"
    DEADLINE_SET = "deadline-set"
    END_LATER = "end-later"
    END_EARLIER = "end-earlier"
    END_DROPPED = "end-dropped"
    END_SET = "end-set"
    DATE_CHANGED = "date-changed"
    MONEY_UP = "money-up"
    MONEY_DOWN = "money-down"
    AMOUNT_STATED = "amount-stated"
    AMOUNT_REMOVED = "amount-removed"
    AMOUNT_CONFIRMED = "amount-confirmed"
    AMOUNT_UNCONFIRMED = "amount-unconfirmed"
    AMOUNT_CHANGED = "amount-changed"
    COMMITMENT_FIRMER = "commitment-firmer"
    COMMITMENT_LOOSER = "commitment-looser"
    COMMITMENT_CHANGED = "commitment-changed"
    MONEY_RECURS = "money-recurs"
    MONEY_ENDS = "money-ends"
    TARGET_RAISED = "target-raised"
    TARGET_LOWERED = "target-lowered"
    TARGET_STATED = "target-stated"
    TARGET_REMOVED = "target-removed"
    TARGET_CHANGED = "target-changed"
    BASELINE_STATED = "baseline-stated"
    BASELINE_REMOVED = "baseline-removed"
    BASELINE_CHANGED = "baseline-changed"
    NUMBER_UP = "number-up"
    NUMBER_DOWN = "number-down"
    NUMBER_CHANGED = "number-changed"
    OWNER_ADDED = "owner-added"
    OWNER_REMOVED = "owner-removed"
    OWNER_CHANGED = "owner-changed"
    OWNER_MOVED = "owner-moved"
    TAG_ADDED = "tag-added"
    TAG_DROPPED = "tag-dropped"
    ENTRY_ADDED = "entry-added"
    ENTRY_REMOVED = "entry-removed"
    PROGRESS_FORWARD = "progress-forward"
    PROGRESS_BACK = "progress-back"

    @property
    def opposite(self) -> Kind:
        """What the same change is called when the two sides are swapped."""
        return _OPPOSITES.get(self, self)

    @property
    def is_wording(self) -> bool:
        """Whether it is best read word by word."""
        return self is Kind.REWORDED or self.value.startswith("wording-")


_PAIRS = (
    (Kind.ADDED, Kind.REMOVED),
    (Kind.RETIRED, Kind.REINSTATED),
    (Kind.MERGED, Kind.SPLIT),
    (Kind.ACHIEVED, Kind.REOPENED),
    (Kind.PRIORITY_HIGHER, Kind.PRIORITY_LOWER),
    (Kind.WORDING_SOFTER, Kind.WORDING_FIRMER),
    (Kind.WORDING_NARROWER, Kind.WORDING_WIDER),
    (Kind.STATED, Kind.NO_LONGER_STATED),
    (Kind.DATE_LATER, Kind.DATE_EARLIER),
    (Kind.DATE_STATED, Kind.DATE_REMOVED),
    (Kind.DATE_LESS_PRECISE, Kind.DATE_MORE_PRECISE),
    (Kind.DATE_UNCLEAR, Kind.DATE_CLEAR),
    (Kind.DATE_UNDATED, Kind.DATE_DATED),
    (Kind.DEADLINE_DROPPED, Kind.DEADLINE_SET),
    (Kind.END_LATER, Kind.END_EARLIER),
    (Kind.END_DROPPED, Kind.END_SET),
    (Kind.MONEY_UP, Kind.MONEY_DOWN),
    (Kind.AMOUNT_STATED, Kind.AMOUNT_REMOVED),
    (Kind.AMOUNT_CONFIRMED, Kind.AMOUNT_UNCONFIRMED),
    (Kind.COMMITMENT_FIRMER, Kind.COMMITMENT_LOOSER),
    (Kind.MONEY_RECURS, Kind.MONEY_ENDS),
    (Kind.TARGET_RAISED, Kind.TARGET_LOWERED),
    (Kind.TARGET_STATED, Kind.TARGET_REMOVED),
    (Kind.BASELINE_STATED, Kind.BASELINE_REMOVED),
    (Kind.NUMBER_UP, Kind.NUMBER_DOWN),
    (Kind.OWNER_ADDED, Kind.OWNER_REMOVED),
    (Kind.TAG_ADDED, Kind.TAG_DROPPED),
    (Kind.ENTRY_ADDED, Kind.ENTRY_REMOVED),
    (Kind.PROGRESS_FORWARD, Kind.PROGRESS_BACK),
)
_OPPOSITES = {one: other for pair in _PAIRS for one, other in (pair, pair[::-1])}
