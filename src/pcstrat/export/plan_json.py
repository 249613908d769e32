"""Turns a plan into `plan.json`: all its data in a shape of its own that other programs can rely on.

The file is one object: `$schema` (where its schema stands, seen from the file), `pcstrat_plan` (the version of this
shape, 1), `as_of` (the date it was made for), `content_hash` (the same as in the page and the PDF), `icb` (what the
registry knows of the board) and `plan`. The plan has the fields of the plan file, in the same order; a field that is
not stated is left out. Some texts become objects:

- a time: `published` (the wording), `kind`, `start` and `end` (first and last day; null where open or unknown),
  `precision`, `approximate`, `financial_years`, `text` (as the page prints it), and where they are known
  `programme_years`, `every`, `qualifier`, `read_as`;
- an amount of money: `published`, `pounds` and `upper` (exact, as text; null where none is stated), `status`,
  `approximate`, `text`, and `qualifier` if there is one;
- a number: `published`, `number`, `upper`, `of` (exact, as text), `unit`, `approximate`, `text`, and where they are
  known `qualifier`, `read_as`.

New fields may appear in any version; a field is removed or changes its meaning only with a new version.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from enum import Enum
from typing import Any

from pydantic import BaseModel

from pcstrat.export.published_schemas import PLAN_DATA, address
from pcstrat.model.base import names_in_files, stated_fields
from pcstrat.model.money import Money, format_money
from pcstrat.model.plan import Plan
from pcstrat.model.quantities import Quantity, format_quantity
from pcstrat.model.times import Time, format_time
from pcstrat.registry import Icb, Registry

FORMAT_VERSION = 1
SCHEMA_ADDRESS = address(PLAN_DATA, folders_above=1)


def plan_data(plan: Plan, registry: Registry, *, as_of: dt.date, content_hash: str) -> dict[str, Any]:
    """The content of `plan.json` as plain data, which has the same text for the same plan everywhere."""
    return {
        "$schema": SCHEMA_ADDRESS,
        "pcstrat_plan": FORMAT_VERSION,
        "as_of": as_of.isoformat(),
        "content_hash": content_hash,
        "icb": _icb(plan.icb, registry),
        "plan": _model(plan),
    }


def _model(model: BaseModel) -> dict[str, Any]:
    """The fields that are stated, in the order of the model."""
    names = names_in_files(type(model))
    return {names[field]: _plain(value) for field, value in stated_fields(model)}


def _plain(value: object) -> Any:  # noqa: ANN401 - plain data of any shape
    notation = _NOTATIONS.get(type(value))
    if notation is not None:
        return notation(value)
    if isinstance(value, BaseModel):
        return _model(value)
    if isinstance(value, tuple):
        return [_plain(entry) for entry in value]
    return value.value if isinstance(value, Enum) else value


def time_data(time: Time) -> dict[str, Any]:
    """A time as other programs read it."""
    data: dict[str, Any] = {
        "published": time.published,
        "kind": time.kind.value,
        "start": _day(time.start),
        "end": _day(time.end),
        "precision": time.precision.value,
        "approximate": time.approximate,
        "financial_years": list(time.financial_years),
        "text": format_time(time),
    }
    years = list(time.years) if time.years else None
    return data | _stated(programme_years=years, every=time.every, qualifier=time.qualifier, read_as=time.read_as)


def money_data(money: Money) -> dict[str, Any]:
    """An amount of money as other programs read it."""
    data: dict[str, Any] = {
        "published": money.published,
        "pounds": _exact(money.pounds),
        "upper": _exact(money.upper),
        "status": money.status.value,
        "approximate": money.approximate,
        "text": format_money(money),
    }
    return data | _stated(qualifier=money.qualifier)


def number_data(quantity: Quantity) -> dict[str, Any]:
    """A number as other programs read it."""
    data: dict[str, Any] = {
        "published": quantity.published,
        "number": _exact(quantity.number),
        "upper": _exact(quantity.upper),
        "of": _exact(quantity.of),
        "unit": quantity.unit,
        "approximate": quantity.approximate,
        "text": format_quantity(quantity),
    }
    return data | _stated(qualifier=quantity.qualifier, read_as=quantity.read_as)


_NOTATIONS: dict[type, Callable[[Any], dict[str, Any]]] = {
    Time: time_data,
    Money: money_data,
    Quantity: number_data,
}


def _icb(code: str, registry: Registry) -> dict[str, Any]:
    """What the registry knows of the board; only its code where it knows nothing."""
    icb = registry.icb(code)
    if icb is None:
        return {"ods_code": code}
    return _stated(
        ods_code=icb.ods_code,
        name=icb.name,
        short_name=icb.short_name,
        region=icb.region_name,
        opened=_day(icb.opened),
        closed=_day(icb.closed),
        successors=[_successor(successor) for successor in registry.successors(code)],
    )


def _successor(icb: Icb) -> dict[str, str]:
    return {"ods_code": icb.ods_code, "name": icb.name, "short_name": icb.short_name}


def _stated(**fields: object) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value not in (None, "", [])}


def _day(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def _exact(number: Decimal | None) -> str | None:
    return None if number is None else f"{number:f}"
