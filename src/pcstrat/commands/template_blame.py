"""Turns problems of a page into problems that name the user's template, and its line, which causes them.

A problem that is gone without a template comes from it; one that is gone without a line of it comes from that line.
Nothing of this runs unless a page has problems and the user has templates.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TypeAlias

from pcstrat.publish.problems import Problem
from pcstrat.render.environment import TemplateError, Templates

Inspect: TypeAlias = Callable[[Templates], Iterable[Problem]]
"""The problems that a page has when it is made with some templates."""

_MOST_LINES = 300
_OF_PDF = frozenset({"D03", "D04"})


def blamed(problems: tuple[Problem, ...], templates: Templates, inspect: Inspect) -> tuple[Problem, ...]:
    """The same problems; those that a template of the user causes say so."""
    own = templates.own_names()
    if not problems or not own:
        return problems
    left = {name: _problems(templates.instead({name: None}), inspect) for name in own}
    return tuple(_with_cause(problem, templates, inspect, left) for problem in problems)


def _with_cause(
    problem: Problem, templates: Templates, inspect: Inspect, left: dict[str, frozenset[Problem]]
) -> Problem:
    if problem.code in _OF_PDF:
        remedy = f"{problem.remedy} A template or style of yours may be the cause: --no-user-templates leaves them out."
        return replace(problem, remedy=remedy)
    name = next((name for name, others in left.items() if problem not in others), None)
    if name is None:
        return problem
    place = f"{templates.own_path(name)}:{_line(problem, name, templates, inspect)}".rstrip(":")
    return replace(problem, message=f"{problem.message} Your template {place} causes this.")


def _line(problem: Problem, name: str, templates: Templates, inspect: Inspect) -> str:
    """The number of the first line without which the problem is gone; empty if no single line causes it."""
    lines = templates.own_path(name).read_text(encoding="utf-8").split("\n")
    for index in range(1, min(len(lines), _MOST_LINES)):
        without = "\n".join([*lines[:index], "", *lines[index + 1 :]])
        if lines[index].strip() and problem not in _problems(templates.instead({name: without}), inspect, {problem}):
            return str(index + 1)
    return ""


def _problems(templates: Templates, inspect: Inspect, failing: Iterable[Problem] = ()) -> frozenset[Problem]:
    """The problems with some templates; those of a template that is broken without a line tell nothing."""
    try:
        return frozenset(inspect(templates))
    except TemplateError:
        return frozenset(failing)
