"""Turns sections into the same with links that differ: where aims are called alike, links to their parts say more.

A link to a section names the section and the one around it. Where that is not enough, it names everything around it,
and where that is not enough either, it has a number.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from pcstrat.render.blocks import Section


def told_apart(sections: tuple[Section, ...]) -> tuple[Section, ...]:
    """The sections of a page, each with a `link_title` whose usual one would be that of another section."""
    counts = Counter(_usual(trail) for trail in _trails(sections, ()))
    if max(counts.values(), default=0) <= 1:
        return sections
    return _named(sections, (), counts, Counter())


def _trails(sections: tuple[Section, ...], around: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The title of each section with those around it, the innermost first."""
    for section in sections:
        trail = (_title(section), *around)
        yield trail
        yield from _trails(section.sections, trail)


def _title(section: Section) -> str:
    return section.contents_title or section.title


def _usual(trail: tuple[str, ...]) -> str:
    return ", ".join(trail[:2]).casefold()


def _named(
    sections: tuple[Section, ...], around: tuple[str, ...], counts: Counter[str], taken: Counter[str]
) -> tuple[Section, ...]:
    named: list[Section] = []
    for section in sections:
        trail = (_title(section), *around)
        name = ""
        if counts[_usual(trail)] > 1:
            name = ", ".join(trail)
            taken[name.casefold()] += 1
            number = taken[name.casefold()]
            name += f" ({number})" if number > 1 else ""
        named.append(replace(section, sections=_named(section.sections, trail, counts, taken), link_title=name))
    return tuple(named)
