"""Turns what was found in a plan into safe fixes of its text: other spellings of what can mean one thing only.

A fix either leaves the meaning as it is, or is of something that could not be read and can only be meant one way. What
was found names a code; the table at the end says which code has a fix.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from pcstrat.diagnostics import Finding, Path, Severity
from pcstrat.edit.changes import Change, changed, rewritten
from pcstrat.edit.spelling import readable_amount, readable_time, usual_amount, usual_time
from pcstrat.load import Loaded, load_plan
from pcstrat.load.fields import field_names, is_notation, possible_values
from pcstrat.model.money import Money
from pcstrat.model.times import Time
from pcstrat.naming import item_name
from pcstrat.registry import Registry
from pcstrat.source import Source, read_source

_MOST_ROUNDS = 5
_LETTERS = re.compile(r"[^a-z0-9]")


@dataclass(frozen=True, slots=True)
class Fix:
    """Another spelling of a value, or of a key, and where it stands: its line, counted from 1, and the item's name."""

    path: Path
    line: int
    where: str
    before: str
    after: str
    of_key: bool = False


def fixed(source: Source, registry: Registry) -> tuple[str, list[Fix]]:
    """The text of a plan with every safe fix made, and the fixes; a file with other faults may still have some.

    Fixing one thing may show another, such as a misspelt value below a misspelt key, so it is done until none is left.
    """
    found: list[Fix] = []
    for _ in range(_MOST_ROUNDS):
        fixes = _fixes(source, registry)
        text = _with(source, fixes)
        if text == source.text:
            break
        found += sorted(fixes, key=lambda fix: fix.line)
        source = read_source(text.encode(), source.file)
    return source.text, found


def is_mendable(source: Source) -> bool:
    """Whether a file can have fixes at all: one that is not valid YAML is left as it is."""
    return not any(finding.severity is Severity.ERROR for finding in source.findings)


def with_fixable_marked(loaded: Loaded, registry: Registry) -> Loaded:
    """The same, with each finding marked that `fixed` would mend."""
    source = loaded.source
    if not is_mendable(source):
        return loaded
    marked = tuple(replace(entry, fixable=_can_mend(source, entry, registry)) for entry in loaded.findings)
    return loaded._replace(findings=marked)


def _can_mend(source: Source, finding: Finding, registry: Registry) -> bool:
    after = _after(source, finding, registry)
    return (
        after is not None
        and _change(source, _fix(source, finding.path, after, of_key=finding.code == "V02")) is not None
    )


def _fixes(source: Source, registry: Registry) -> list[Fix]:
    loaded = load_plan(source.text.encode(), source.file, registry)
    fixes: dict[tuple[Path, bool], Fix] = {}
    for finding in loaded.findings:
        after = _after(source, finding, registry)
        if after is not None:
            fix = _fix(source, finding.path, after, of_key=finding.code == "V02")
            fixes.setdefault((fix.path, fix.of_key), fix)
    if not _is_restated(source.data):
        for path, text in _texts(source.data, ()):
            usual = _usual(path, text)
            if usual not in {None, text}:
                fixes.setdefault((path, False), _fix(source, path, str(usual)))
    return list(fixes.values())


def _after(source: Source, finding: Finding, registry: Registry) -> str | None:
    """What a finding's value or key should be; `None` where that is not certain."""
    spell = _SPELLINGS.get(finding.code)
    given = finding.path[-1] if finding.code == "V02" else _value_at(source.data, finding.path)
    after = spell(source, finding.path, given, registry) if spell and isinstance(given, str) and given else None
    return None if after == given else after


def _fix(source: Source, path: Path, after: str, *, of_key: bool = False) -> Fix:
    span = source.key_span(path) if of_key else source.span(path)
    before = str(path[-1] if of_key else _value_at(source.data, path))
    return Fix(path, span.start.line, item_name(source.data, path), before, after, of_key)


def _with(source: Source, fixes: list[Fix]) -> str:
    """The text with fixes made; a fix that cannot be made on its line is taken off the list.

    Should the text then say anything but that, nothing is done.
    """
    changes = {fix: _change(source, fix) for fix in fixes}
    fixes[:] = [fix for fix in fixes if changes[fix] is not None]
    text = changed(source.text, [change for change in changes.values() if change is not None])
    again = read_source(text.encode(), source.file)
    if again.data != _fixed_data(source.data, (), {(fix.path, fix.of_key): fix.after for fix in fixes}):
        fixes.clear()
        return source.text
    return text


def _change(source: Source, fix: Fix) -> Change | None:
    start, end, key_start, key_end, _ = source.place(fix.path)
    stretch = (key_start, key_end) if fix.of_key else (start, end)
    text = rewritten(source.text[slice(*stretch)], fix.after)
    return None if text is None else Change(*stretch, text)


def _fixed_data(value: object, path: Path, fixes: dict[tuple[Path, bool], str]) -> object:
    if isinstance(value, dict):
        return {
            fixes.get(((*path, key), True), key): _fixed_data(entry, (*path, key), fixes)
            for key, entry in value.items()
        }
    if isinstance(value, list):
        return [_fixed_data(entry, (*path, index), fixes) for index, entry in enumerate(value)]
    return fixes.get((path, False), value)


def _value_at(data: object, path: Path) -> object:
    for step in path:
        if isinstance(data, dict):
            data = data.get(step)
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
        else:
            return None
    return data


def _texts(value: object, path: Path) -> Iterator[tuple[Path, str]]:
    entries: Iterable[tuple[str | int, object]] = ()
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        entries = value.items()
    elif isinstance(value, list):
        entries = enumerate(value)
    for step, entry in entries:
        yield from _texts(entry, (*path, step))


def _is_restated(data: object) -> bool:
    """Whether the words are those of another's document, which stay as they were published."""
    return _value_at(data, ("document", "restated_by")) is not None


def _usual(path: Path, text: str) -> str | None:
    if is_notation(path, Time):
        return usual_time(text)
    return usual_amount(text) if is_notation(path, Money) else None


def _same_letters(given: str, known: Iterable[str]) -> str | None:
    """The one word that has the same letters and figures, whatever their case and what stands between them."""
    wanted = _LETTERS.sub("", given.lower())
    found = [word for word in known if _LETTERS.sub("", word.lower()) == wanted]
    return found[0] if len(found) == 1 else None


def _field(source: Source, path: Path, given: str, _registry: Registry) -> str | None:
    name = _same_letters(given, field_names(path[:-1]))
    beside = _value_at(source.data, path[:-1])
    return name if isinstance(beside, dict) and name not in beside else None


_SPELLINGS: dict[str, Callable[[Source, Path, str, Registry], str | None]] = {
    "V02": _field,
    "V04": lambda _source, path, given, _registry: _same_letters(given, possible_values(path)),
    "V06": lambda _source, _path, given, _registry: readable_time(given),
    "V07": lambda _source, _path, given, _registry: readable_amount(given),
    "R03": lambda _source, _path, given, registry: _same_letters(given, registry.icbs),
    "R04": lambda _source, _path, given, registry: _same_letters(given, registry.commitments),
}
"""For the code of a finding, what its value can only be meant to be."""
