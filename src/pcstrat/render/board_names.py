"""Turns the ids by which commands name plans into the names of their boards, which readers of a page know."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from pcstrat.diff.alignment import Alignment
from pcstrat.diff.changes import Difference, Version
from pcstrat.diff.sentences import side_name
from pcstrat.registry import Registry


def named_by_board(results: Sequence[Difference | Alignment], registry: Registry) -> list[Difference | Alignment]:
    """Results with each plan called by its board, and its revision; of a board that is not known, as before.

    Several plans of one board are told apart by their ids, and two files of one plan by what the user called them.
    """
    return [_renamed(result, names) for result, names in zip(results, _names(results, registry), strict=True)]


def _names(results: Sequence[Difference | Alignment], registry: Registry) -> list[Mapping[Version, Version]]:
    """What each side of each result is called, and each plan that its divided boards' became besides."""
    sides = [(*versions_of(result), *_siblings(result)) for result in results]
    versions = [version for each in sides for version in each]
    plans = Counter(icb for _, icb in {(version.plan_id, version.icb) for version in versions})

    def named(version: Version) -> Version:
        board = registry.icb(version.icb)
        if board is None:
            return version
        name = board.short_name if plans[version.icb] == 1 else f"{board.short_name} ({version.plan_id})"
        return replace(version, label=f"{name} at {version.revision}" if version.revision else name)

    return [_told_apart({version: named(version) for version in each}) for each in sides]


def _told_apart(called: Mapping[Version, Version]) -> dict[Version, Version]:
    """Each side by its new name; with the one it had, where another side of the same result reads the same."""
    sides = Counter(map(side_name, called.values()))
    return {
        version: replace(new, label=f"{new.label} ({version.label})") if sides[side_name(new)] > 1 else new
        for version, new in called.items()
    }


def versions_of(result: Difference | Alignment) -> tuple[Version, ...]:
    """The sides of a result, the old ones first."""
    if isinstance(result, Alignment):
        return result.old, result.new
    return (*result.old, *([result.new] if result.new else []))


def _siblings(result: Difference | Alignment) -> tuple[Version, ...]:
    """The other plans of now that its old ones became."""
    return () if isinstance(result, Alignment) else result.siblings


def difference_named_by_board(difference: Difference, registry: Registry) -> Difference:
    """One difference named so, where it stands alone."""
    return _difference(difference, *_names([difference], registry))


def _renamed(result: Difference | Alignment, named: Mapping[Version, Version]) -> Difference | Alignment:
    if isinstance(result, Alignment):
        return replace(result, old=named[result.old], new=named[result.new])
    return _difference(result, named)


def _difference(result: Difference, named: Mapping[Version, Version]) -> Difference:
    labels = {version.label: named[version].label for version in result.old}
    return replace(
        result,
        old=tuple(named[version] for version in result.old),
        new=named[result.new] if result.new else None,
        changes=tuple(replace(each, whose=labels[each.whose]) if each.whose else each for each in result.changes),
        siblings=tuple(named[version] for version in result.siblings),
        unrelated=tuple(labels[label] for label in result.unrelated),
        divided=_by_board(result.divided, labels),
        unseen=_by_board(result.unseen, labels),
    )


def _by_board(
    known: Iterable[tuple[str, tuple[str, ...]]], labels: Mapping[str, str]
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((labels[label], names) for label, names in known)
