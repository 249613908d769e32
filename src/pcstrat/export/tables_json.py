"""Turns comparison tables into JSON, for other programs. `docs/schemas/compare.json` is the schema of the shape.

`pcstrat_compare` is its version. New fields may appear in any version; a field is removed or changes its meaning only
with a new one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from pcstrat.compare.table import Cell, OutOfScope, PlanFacts, Proof, Row, Stated, Table, Topic, Value
from pcstrat.export.json_text import to_text
from pcstrat.export.plan_json import money_data, number_data, time_data
from pcstrat.model.money import Money
from pcstrat.model.quantities import Quantity
from pcstrat.model.times import Time

FORMAT_VERSION = 1


def tables_json(topics: Iterable[Topic], *, as_of: dt.date) -> str:
    """The text of the JSON file: the same bytes for the same plans everywhere."""
    return to_text(tables_data(topics, as_of=as_of))


def tables_data(topics: Iterable[Topic], *, as_of: dt.date) -> dict[str, Any]:
    """The content of the JSON file as plain data. What is the same in many cells is one object; do not change it."""
    found = list(topics)
    plans = found[0].tables[0].plans if found else ()
    items = _Items()
    return {
        "pcstrat_compare": FORMAT_VERSION,
        "as_of": as_of.isoformat(),
        "plans": [_plan(facts) for facts in plans],
        "topics": [_topic(topic, items) for topic in found],
    }


class _Items:
    """The items that prove cells, each turned into data once: most prove cells of several tables."""

    def __init__(self) -> None:
        self.known: dict[int, dict[str, Any]] = {}

    def of(self, proofs: Iterable[Proof]) -> list[dict[str, Any]]:
        """Items as data, by their identity: the tables hold them for as long as this is in use."""
        known = self.known
        return [known.get(id(proof)) or known.setdefault(id(proof), _proof(proof)) for proof in proofs]


def _plan(facts: PlanFacts) -> dict[str, Any]:
    return {
        "id": facts.plan,
        "name": facts.name,
        "icb": facts.icb,
        "kind": facts.kind,
        "status": facts.status,
        "published": facts.published,
        "period": facts.period,
    }


def _topic(topic: Topic, items: _Items) -> dict[str, Any]:
    return {
        "id": topic.id,
        "title": topic.title,
        "finding": topic.finding,
        "method": list(topic.method),
        "tables": [_table(table, items) for table in topic.tables],
    }


def _table(table: Table, items: _Items) -> dict[str, Any]:
    return {
        "id": table.id,
        "title": table.title,
        "finding": table.finding,
        "shape": table.shape.value,
        "row_heads": table.heads,
        "not_stated": table.not_stated,
        "columns": [
            _filled(id=column.id, title=column.title, kind=column.kind.value, plan=column.plan)
            for column in table.columns
        ],
        "rows": [_row(row, items) for row in table.rows],
    }


def _row(row: Row, items: _Items) -> dict[str, Any]:
    about = _filled(id=row.id, title=row.title, code=row.code, group=row.group, plan=row.plan)
    return about | {"cells": [_cell(cell, items) for cell in row.cells]}


def _cell(cell: Cell, items: _Items) -> dict[str, Any]:
    data: dict[str, Any] = {"kind": cell.kind, "text": cell.text}
    if isinstance(cell, OutOfScope):
        return data | _filled(why=cell.why)
    if not isinstance(cell, Stated):
        return data
    depth = cell.depth.value if cell.depth else None
    return data | _filled(value=_value(cell.value), depth=depth, note=cell.note, items=items.of(cell.proofs))


def _proof(proof: Proof) -> dict[str, Any]:
    where = {"plan": proof.plan, "id": proof.id, "anchor": proof.anchor, "name": proof.name}
    return where | _filled(value=_value(proof.value))


def _value(value: Value) -> object:
    match value:
        case Time():
            return time_data(value)
        case Money():
            return money_data(value)
        case Quantity():
            return number_data(value)
        case Decimal():
            return {"pounds": f"{value:f}"}
        case dt.date():
            return {"day": value.isoformat()}
        case int() | None:
            return value


def _filled(**fields: object) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value not in (None, "", [])}
