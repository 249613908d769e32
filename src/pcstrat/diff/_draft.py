"""What is known of a change before it is named, weighed and given its fingerprint."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as field_of

from pcstrat.diff._items import Node
from pcstrat.diff._similar import Pair
from pcstrat.diff.changes import Part, Said
from pcstrat.diff.kinds import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A change before it is named, weighed and given its fingerprint."""

    kind: Kind
    old: Node | None = None
    new: Node | None = None
    field: str = ""
    before: Said | None = None
    after: Said | None = None
    amount: str = ""
    parts: Mapping[Node, Part] = field_of(default_factory=dict)
    commitments: tuple[Said, ...] = ()
    context: str = ""
    reason: str = ""
    guess: Pair | None = None
    """Set where it is only likely that both sides are one item."""
    is_together: bool = False
    """Whether it is about what several items, or all amounts of a line, come to together."""
    is_of_old: bool = False
    """Whether the old item names it: one that became several."""

    @property
    def node(self) -> Node:
        """The part it is about, as new as possible."""
        node = self.new or self.old
        assert node is not None  # noqa: S101 - a change has a side
        return node
