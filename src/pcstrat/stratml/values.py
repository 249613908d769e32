"""Turns a value of a measure into the number and the wording of a StratML result, and these back into the value.

The number of a result is its `NumberOfUnits`; wording never takes its place. Wording that says the same number is the
value as published; other wording is a note beside a number, and the value as published where there is none.
"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from pcstrat.model.quantities import Quantity, QuantityError, read_quantity
from pcstrat.patterns import Pattern

_DECIMAL = Pattern(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_READ_AS, _AS_WRITTEN, _NOT_READ = " (read as: {})", " (read as it stands)", " (not read as a number)"
_WITH_READING = Pattern(r"(.*\S) \((?:read as: (?P<other>.+)|(?P<same>read as it stands)|not read as a number)\)")
_SIGNS = ("%", "£")
Written = str | dict[str, str]
"""A value as a plan file has it: text, or the long form."""


class Said(NamedTuple):
    """What a result says: its value, a note beside it, and whether its number is in the value."""

    value: Written | None = None
    note: str | None = None
    has_number: bool = False


def number_and_wording(value: Quantity, unit: str) -> tuple[str | None, str]:
    """The number of a value where it is one exact number, and its wording, so that `said` gives the value back.

    "Over 60%" is no exact number. Wording that does not mean the value by itself has behind it how it is read.
    """
    number = f"{value.number:f}" if _is_one_number(value) and not value.qualifier else None
    wording = " ".join(value.published.split())
    if value.read_as is not None:
        return number, wording + _READ_AS.format(value.read_as)
    if value.number is None:
        return number, wording if _said_alone(wording, unit) == {"published": wording} else wording + _NOT_READ
    return number, wording if said(number or "", wording, unit).value == wording else wording + _AS_WRITTEN


def said(number: str, wording: str, unit: str) -> Said:
    """What the number and the wording of a result say of something that is counted in a unit; each may be empty."""
    counted = _counted(number, unit)
    if counted is None:
        return Said(_said_alone(wording, unit))
    text, value = counted
    worded = _with_reading(wording)
    if worded is not None and _number(worded[1]) == value:
        return Said(_long_form(*worded), has_number=True)
    if _number(wording) == value and _counts_alike(wording, unit):
        return Said(wording, has_number=True)
    return Said(text, wording or None, has_number=True)


def _said_alone(wording: str, unit: str) -> Written | None:
    """The value of wording without a number beside it: it is read where it is a number, its unit, and nothing else.

    A range or a part of a whole is read from its wording too, as StratML has no number for it.
    """
    worded = _with_reading(wording)
    if worded is not None:
        return _long_form(*worded)
    quantity = _read(wording)
    is_read = quantity is not None and (not _is_one_number(quantity) or quantity.unit in {"", *_SIGNS, unit})
    return (wording if is_read else {"published": wording}) if wording else None


def _counted(number: str, unit: str) -> tuple[str, Decimal] | None:
    """A number with its unit as a plan has it, and what it is; none where it cannot be read."""
    plain = f"{Decimal(number):f}" if _DECIMAL.fullmatch(number) else number
    quantity, value = _read(plain), _number(plain)
    if quantity is None or value is None or quantity.unit not in {"", *_SIGNS, unit}:
        return None
    with_unit = {"%": f"{plain}%", "£": f"£{plain}"}.get(unit, f"{plain} {unit}")
    return (with_unit if not quantity.unit and unit and _number(with_unit) == value else plain), value


def _with_reading(wording: str) -> tuple[str, str | None] | None:
    """The published wording and its reading, which may be that it is no number, where wording has them as we write."""
    match = _WITH_READING.fullmatch(wording)
    if match is None:
        return None
    read_as = match[1] if match["same"] else match["other"]
    return None if read_as and _read(read_as) is None else (match[1], read_as)


def _long_form(published: str, read_as: str | None) -> Written:
    if read_as is None:
        return {"published": published}
    return published if published == read_as else {"published": published, "read_as": read_as}


def _counts_alike(wording: str, unit: str) -> bool:
    """Whether wording is of per cent or of pounds where its unit is, if one is stated on both sides."""
    quantity = _read(wording)
    own = quantity.unit if quantity else ""
    return not own or not unit or [sign in own for sign in _SIGNS] == [sign in _in_signs(unit) for sign in _SIGNS]


def _in_signs(unit: str) -> str:
    quantity = _read(f"1 {unit}")
    return quantity.unit if quantity else unit


def _number(text: str | None) -> Decimal | None:
    """The number that text says, where that is one exact number."""
    quantity = _read(text) if text else None
    return quantity.number if quantity and _is_one_number(quantity) else None


def _is_one_number(value: Quantity) -> bool:
    return value.number is not None and value.upper is None and value.of is None


def _read(text: str) -> Quantity | None:
    try:
        return read_quantity(text)
    except QuantityError:
        return None
