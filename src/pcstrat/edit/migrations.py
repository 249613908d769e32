"""Turns the text of a plan in an older format into the newest one, step by step, with its comments.

Each released version that is no longer the newest has a function in `REWRITES`, which returns changes of the text. What
they come to is measured by the function that upgrades the data (`load.versions.UPGRADES`): both must say the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from pcstrat.edit.changes import Change, changed
from pcstrat.edit.normal_form import refuse_errors
from pcstrat.edit.tree import Tree, tree_of
from pcstrat.errors import NotDoneError
from pcstrat.load.versions import UPGRADES, version_findings
from pcstrat.model.plan import FORMAT_VERSION
from pcstrat.source import Source, read_source

Rewrite = Callable[[Tree, Mapping[str, Any]], Iterable[Change]]
"""From the tree and the data of a plan in one version to the changes that make it one in the next."""

REWRITES: dict[int, Rewrite] = {}
"""For each old version, what turns its text into the next version's; the version itself is changed for it."""


def version_of(source: Source) -> int:
    """The format version that a file states.

    Raises:
        NotDoneError: if it states none that is known.
    """
    refuse_errors(source)
    for finding in version_findings(source):
        raise NotDoneError(f"{source.file}: {finding.message}", finding.remedy)
    assert isinstance(source.data, dict)  # noqa: S101 - it has a version
    return int(source.data["pcstrat"])


def migrated(
    source: Source,
    *,
    newest: int = FORMAT_VERSION,
    rewrites: Mapping[int, Rewrite] = REWRITES,
    upgrades: Mapping[int, Callable[[Any], Any]] = UPGRADES,
) -> str:
    """The text of a plan in the newest version of the format.

    Raises:
        NotDoneError: if the file cannot be read, or an edit does not come to what upgrading the data does.
    """
    for version in range(version_of(source), newest):
        source = _next(source, version, rewrites[version], upgrades[version])
    return source.text


def _next(source: Source, version: int, rewrite: Rewrite, upgrade: Callable[[Any], Any]) -> Source:
    assert isinstance(source.data, dict)  # noqa: S101 - it has a version
    tree = tree_of(source)
    start, end, *_ = source.place(("pcstrat",))
    stated = Change(start, end, source.text[start:end].replace(str(version), str(version + 1)))
    text = changed(source.text, [*rewrite(tree, source.data), stated])
    again = read_source(text.encode(), source.file)
    expected = upgrade(source.data) | {"pcstrat": str(version + 1)}
    if again.data != expected:
        message = f"'{source.file}' is left as it is: format {version + 1} would not mean the same."
        raise NotDoneError(message, "This is a fault of pcstrat; please report it with the file.")
    return again
