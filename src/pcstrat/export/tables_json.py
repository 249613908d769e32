"""Turns comparison tables into JSON, for other programs. `data/schemas/compare.json` is the schema of the shape.

Each item that proves cells is written once, under `items`; cells name it by its key there. Each row and each item
stands on a line of its own, so that files can be compared line by line.

`pcstrat_compare` is its version. New fields may appear in any version; a field is removed or changes its meaning only
with a new one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import chain
from typing import Any

from pydantic_core import to_json

from pcstrat.compare.table import Cell, NotStated, PlanFacts, Proof, Row, SaidOutOfScope, Stated, Table, Topic, Value
from pcstrat.export.json_text import safe_text
from pcstrat.export.plan_json import money_data, number_data, time_data
from pcstrat.model.money import Money
from pcstrat.model.quantities import Quantity
from pcstrat.model.times import Time

FORMAT_VERSION = 1
_TIMES_KEPT = 4_096
_PIECE = 65_536
"""Bytes, or the line that is longer."""

_ITEMS = "items"
_SPREAD = frozenset({"plans", _ITEMS, "topics", "tables", "columns", "rows"})
"""The fields whose entries stand on lines of their own."""


def tables_json(topics: Sequence[Topic], *, as_of: dt.date, schema: str = "") -> Iterator[str]:
    """The text of the JSON file, in pieces: the same bytes for the same plans everywhere.

    `schema` is the address of its schema, seen from where the file will stand.
    """
    lines = _lines(({"$schema": schema} if schema else {}) | _data(topics, as_of))
    piece = bytearray()
    for line in lines:
        piece += line
        if len(piece) >= _PIECE:
            yield safe_text(bytes(piece))
            piece.clear()
    yield f"{safe_text(bytes(piece))}\n"


def _lines(value: dict[str, Any]) -> Iterator[bytes]:
    """An object as JSON with a line for each field and for each entry of those that are spread."""
    if _SPREAD.isdisjoint(value):
        yield to_json(value)
        return
    for number, (name, field) in enumerate(value.items()):
        yield b",\n" if number else b"{\n"
        yield to_json(name) + b": "
        if name == _ITEMS:
            yield from _named(field)
        else:
            yield from _entries(field) if name in _SPREAD else (to_json(field),)
    yield b"\n}"


def _named(entries: Iterable[tuple[str, dict[str, Any]]]) -> Iterator[bytes]:
    """An object with a line for each entry, which are made as they are written: there may be very many."""
    yield b"{\n"
    for number, (name, entry) in enumerate(entries):
        yield (b",\n" if number else b"") + to_json(name) + b": " + to_json(entry)
    yield b"\n}"


def _entries(entries: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    """A list with a line for each entry, which are made as they are written."""
    end = b"[]"
    for entry in entries:
        yield b"[\n" if end == b"[]" else b",\n"
        yield from _lines(entry)
        end = b"\n]"
    yield end


def _data(topics: Sequence[Topic], as_of: dt.date) -> dict[str, Any]:
    """The content of the JSON file; what is spread is made when it is asked for, once."""
    items = _Items(topics)
    return {
        "pcstrat_compare": FORMAT_VERSION,
        "as_of": as_of.isoformat(),
        "plans": map(_plan, topics[0].tables[0].plans if topics else ()),
        _ITEMS: ((key, _proof(proof)) for key, proof in items.by_key.items()),
        "topics": (_topic(topic, items) for topic in topics),
    }


class _Items:
    """The items that prove cells, each under a key of its own: most prove cells of several tables."""

    def __init__(self, topics: Iterable[Topic]) -> None:
        self.by_key: dict[str, Proof] = {}
        self._keys: dict[int, str] = {}
        tables = (table for topic in topics for table in topic.tables)
        for _, _, cell in chain.from_iterable(table.cells for table in tables):
            for proof in cell.proofs if isinstance(cell, Stated) else ():
                if id(proof) not in self._keys:
                    self._keys[id(proof)] = self._add(proof)

    def keys(self, proofs: Iterable[Proof]) -> list[str]:
        """What items are called in the file. They are known by identity: the tables hold them while this is in use."""
        return [self._keys[id(proof)] for proof in proofs]

    def _add(self, proof: Proof) -> str:
        """The key of an item, `PLAN/ID`; a number follows for another amount of the same line, and for another name."""
        first = key = f"{proof.plan}/{proof.id}"
        number = 1
        while (held := self.by_key.setdefault(key, proof)) is not proof and _proof(held) != _proof(proof):
            number += 1
            key = f"{first}/{number}"
        return key


def _plan(facts: PlanFacts) -> dict[str, Any]:
    return {
        "id": facts.plan,
        "name": facts.name,
        "icb": facts.icb,
        "kind": facts.kind,
        "status": facts.status.text,
        "published": facts.published.text,
        "period": facts.period.text,
    }


def _topic(topic: Topic, items: _Items) -> dict[str, Any]:
    return {
        "id": topic.id,
        "title": topic.title,
        "finding": topic.finding,
        "method": list(topic.method),
        "tables": (_table(table, items) for table in topic.tables),
    }


def _table(table: Table, items: _Items) -> dict[str, Any]:
    return {
        "id": table.id,
        "title": table.title,
        "finding": table.finding,
        "shape": table.shape.value,
        "row_heads": table.heads,
        "not_stated": table.not_stated,
        "columns": (
            _filled(id=column.id, title=column.title, kind=column.kind.value, plan=column.plan)
            for column in table.columns
        ),
        "rows": (_row(row, items) for row in table.rows),
    }


def _row(row: Row, items: _Items) -> dict[str, Any]:
    about = _filled(id=row.id, title=row.title, code=row.code, group=row.group, plan=row.plan)
    return about | {"cells": [_cell(cell, items) for cell in row.cells]}


def _cell(cell: Cell, items: _Items) -> dict[str, Any]:
    data: dict[str, Any] = {"kind": cell.kind, "text": cell.text}
    if isinstance(cell, SaidOutOfScope):
        return data | _filled(why=cell.why)
    if not isinstance(cell, Stated | NotStated):
        return data
    if cell.value is not None:
        data["value"] = _value(cell.value)
    if cell.whole is not None:
        data["of"] = cell.whole
    if isinstance(cell, NotStated):
        return data
    if cell.depth:
        data["depth"] = cell.depth.value
    if cell.note:
        data["note"] = cell.note
    if cell.proofs:
        data["items"] = items.keys(cell.proofs)
    return data


def _proof(proof: Proof) -> dict[str, Any]:
    where = {"plan": proof.plan, "id": proof.id, "anchor": proof.anchor, "name": proof.name}
    return where | _filled(value=_value(proof.value))


def _value(value: Value) -> object:
    match value:
        case Time():
            return _time(value)
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


@lru_cache(maxsize=_TIMES_KEPT)
def _time(time: Time) -> dict[str, Any]:
    """A time as data; most times stand in many items."""
    return time_data(time)


def _filled(**fields: object) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value not in (None, "", [])}
