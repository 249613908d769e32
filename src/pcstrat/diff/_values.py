"""Turns a value of a plan into its text as published, and into what a change shows of it."""

from __future__ import annotations

import enum

from pcstrat.diff._items import Node, own_words
from pcstrat.diff.changes import Said
from pcstrat.model.aims import Labels
from pcstrat.model.base import Model
from pcstrat.model.measures import Measure, Reading
from pcstrat.model.money import Money
from pcstrat.model.points import Retired
from pcstrat.model.quantities import Quantity
from pcstrat.model.times import Time
from pcstrat.text import listed


def published(value: object) -> str:
    """A value in the words of the plan, on one line."""
    if isinstance(value, Time | Money | Quantity):
        return " ".join(value.published.split())
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, enum.Enum):
        return str(value.value)
    if isinstance(value, tuple):
        return ", ".join(map(published, value))
    return " ".join(str(value).split())


def said(value: object) -> Said | None:
    """What a change shows of a value; nothing where it is not stated."""
    return None if value is None else Said(text=published(value), value=value)


def said_of_node(node: Node) -> Said:
    """What a change shows of a whole part that came or went."""
    part = node.part
    if isinstance(part, Reading):
        return Said(text=reading_words(part), value=part.value)
    if isinstance(part, Retired):
        return Said(text=published(part.reason), value=part)
    amount = getattr(part, "amount", None)
    if isinstance(amount, Money):
        return Said(text=published(amount), value=amount)
    return Said(text=own_text(node), value=None)


def reading_words(reading: Reading) -> str:
    """A value with its day: "48% (2025/26)"."""
    when = f" ({published(reading.when)})" if reading.when else ""
    return f"{published(reading.value)}{when}"


def target_words(measure: Measure) -> str:
    """The target with its day: "target 90% by March 2027"; empty where there is none."""
    if measure.target is None:
        return ""
    value, when = published(measure.target.value), measure.by or measure.target.when
    return f"target {value} {_with_by(published(when))}" if when else f"target {value}"


def _with_by(when: str) -> str:
    return when if when.startswith(("by ", "from ", "in ", "within ")) else f"by {when}"


def own_text(node: Node) -> str:
    """The words of a part in full: its title and text, whatever else names it, or all that it says."""
    part = node.part
    if isinstance(part, Labels):
        return listed([f"“{heading}”" for heading in _stated(part)])
    fields = (getattr(part, name, None) for name in ("title", "name", "term", "document", "text", "what", "says"))
    texts = [published(field) for field in fields if isinstance(field, str)]
    return ": ".join(texts) or own_words(part) or ", ".join(_stated(part)) or node.key.replace("_", " ")


def _stated(part: Model) -> list[str]:
    """What a part says in fields of its own, in their order."""
    values = (value for name, value in vars(part).items() if name != "id")
    return [published(value) for value in values if isinstance(value, str | Time | Money | Quantity)]
