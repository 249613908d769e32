"""Turns sections into the same with links that differ: where aims are called alike, links to their parts say more.

A link to a section names the section and the one around it. Where that is not enough, it names everything around it,
and where that is not enough either, it has a number.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from pcstrat.render.blocks import Section
from pcstrat.render.markdown import LinkNames


def told_apart(sections: tuple[Section, ...], names: LinkNames) -> tuple[Section, ...]:
    """The sections of a page, each with a `link_title` whose usual one would be that of another link.

    Args:
        sections: All of them, with those below.
        names: What the other links of the page are called.
    """
    counts = Counter(_usual(trail).casefold() for trail in _trails(sections, ()))
    return _named(sections, (), counts, names)


def _trails(sections: tuple[Section, ...], around: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The title of each section with those around it, the innermost first."""
    for section in sections:
        trail = (_title(section), *around)
        yield trail
        yield from _trails(section.sections, trail)


def _title(section: Section) -> str:
    return section.contents_title or section.title


def _usual(trail: tuple[str, ...]) -> str:
    return ", ".join(trail[:2])


def _named(
    sections: tuple[Section, ...], around: tuple[str, ...], counts: Counter[str], names: LinkNames
) -> tuple[Section, ...]:
    named: list[Section] = []
    for section in sections:
        trail = (_title(section), *around)
        usual = _usual(trail)
        is_alike = counts[usual.casefold()] > 1
        name = names.of(", ".join(trail) if is_alike else usual, f"#{section.id}")
        below = _named(section.sections, trail, counts, names)
        named.append(replace(section, sections=below, link_title=name if is_alike or name != usual else ""))
    return tuple(named)
