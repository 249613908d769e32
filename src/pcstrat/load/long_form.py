"""Turns a long form with a field that it does not have into how it is written: `{published: ..., read_as: ...}`."""

from __future__ import annotations

from collections.abc import Mapping

from pcstrat.diagnostics import Path
from pcstrat.load.fields import field_names, is_notation
from pcstrat.load.misspellings import fields_meant, nearest, where_field_belongs
from pcstrat.model.quantities import Quantity
from pcstrat.patterns import Pattern

FIELDS = ("published", "read_as")
_PLAIN = Pattern(r"[\w£%.()' -]{1,60}")


def is_misspelt_long_form(path: Path, written: object) -> bool:
    """Whether a set of fields that stands for a reading is meant as the long form of a number, which is misspelt."""
    if not isinstance(written, Mapping) or "value" in written or not is_notation(path, Quantity):
        return False
    own = field_names(path)
    return any(nearest(key, FIELDS) for key in map(str, written) if key not in own and " " not in key)


def wrong_fields(written: object) -> list[str]:
    """The fields of a long form that it does not have."""
    return sorted(str(key) for key in written if key not in FIELDS) if isinstance(written, Mapping) else []


def how_to_write(path: Path, written: Mapping[str, object]) -> str:
    """What to write instead of a long form with fields that it does not have; empty where nobody can tell."""
    if "value" in written:
        return ""
    inside: dict[str, object] = {}
    beside: dict[str, object] = {}
    for key, value in written.items():
        name = key if key in FIELDS else nearest(key, [field for field in FIELDS if field not in written])
        around = next(iter([key] if key in field_names(path) else fields_meant(key, path, written)), None)
        if key in FIELDS or (name and not around):
            inside[name or key] = value
        elif around:
            beside[around] = value
        else:
            return where_field_belongs(key, path, written)
    inside = {name: inside.get(name) for name in FIELDS if name in inside or name == "published"}
    return f"Write it like {_in_braces({'value': inside, **beside} if beside else inside)}."


def _in_braces(fields: Mapping[str, object]) -> str:
    return f"{{{', '.join(f'{name}: {_short(value)}' for name, value in fields.items())}}}"


def _short(value: object) -> str:
    """A value in braces; three dots for one that is no short text, or that would need quotes there."""
    if isinstance(value, Mapping):
        return _in_braces(value)
    return value if isinstance(value, str) and _PLAIN.fullmatch(value) else "..."
