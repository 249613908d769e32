"""Turns the models of a plan into every subject that a change can have: a class, and a field with a dot."""

from __future__ import annotations

import typing
from collections.abc import Iterator
from functools import cache

from pcstrat.diff._items import field_specs
from pcstrat.model.base import Model
from pcstrat.model.plan import Plan
from pcstrat.model.vocabulary import Direction

CONTEXTS = (
    *(direction.value for direction in Direction),
    *("retired", "done", "moved", "empty", "alike", "divided", "numbers", "hedges", "anew", "guessed", "years", "once"),
    *("kept", "missed", "again", "met", "past", "elsewhere", "work", "less", "given", "names", "narrowed", "reversed"),
    "shown",
)
"""What can make a change mean something else: the direction of a measure, how its item came or went, other numbers."""


@cache
def subjects() -> tuple[str, ...]:
    """Every subject, sorted: `Milestone`, `Milestone.when`, `Measure.target.when`."""
    found: set[str] = set()
    for model in _models(Plan, set()):
        found.add(model.__name__)
        found.update(f"{model.__name__}.{field}" for field in _fields(model, frozenset()))
    return tuple(sorted(found))


@cache
def reference_fields() -> frozenset[str]:
    """The fields that name other items by their ids."""
    return frozenset(spec.key for model in _models(Plan, set()) for spec in field_specs(model) if spec.refers)


def _models(model: type[Model], known: set[type[Model]]) -> set[type[Model]]:
    """A class of a plan and every class that it can hold."""
    if model not in known:
        known.add(model)
        for info in model.model_fields.values():
            for held in _held(info.annotation):
                _models(held, known)
    return known


def _fields(model: type[Model], around: frozenset[type[Model]]) -> Iterator[str]:
    """The fields of a class, and those of the parts that it has one of, as they are written."""
    for spec in field_specs(model):
        yield spec.key
        annotation = model.model_fields[spec.name].annotation
        if typing.get_origin(annotation) is tuple:  # entries of a list are subjects of their own
            continue
        for held in _held(annotation):
            if held not in around:
                yield from (f"{spec.key}.{below}" for below in _fields(held, around | {model, held}))


def _held(annotation: object) -> Iterator[type[Model]]:
    """The classes of parts that a field can hold."""
    if isinstance(annotation, type) and issubclass(annotation, Model):
        yield annotation
    for part in typing.get_args(annotation):
        yield from _held(part)
