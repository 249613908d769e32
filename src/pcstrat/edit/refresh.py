"""Turns last year's plan into a draft of the next: ids and open work stay, done work becomes an achievement.

Nothing is decided here. What last year's plan stated and nobody has decided anew is taken out or left, and said.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pcstrat.diagnostics import Path
from pcstrat.edit.changes import Change, changed, rewritten
from pcstrat.edit.normal_form import normal_form, refuse_errors
from pcstrat.edit.order import key_order
from pcstrat.edit.structure import added, appended, lines_at, removal
from pcstrat.edit.tree import tree_of
from pcstrat.errors import NotDoneError, UsageError
from pcstrat.load.fields import field_names
from pcstrat.model.times import Precision, Time, TimeError, TimeKind, parse_time, read_time
from pcstrat.model.vocabulary import DocumentStatus, Progress
from pcstrat.naming import item_name, shorten
from pcstrat.source import Source, read_source

_DECIDED_ANEW = ("status_wording", "version", "published", "approved", "review")
"""What the title page says of last year's document alone."""

_WORK = ("milestones", "actions")


@dataclass(frozen=True, slots=True)
class Decision:
    """Something that a person has to decide: where, as far as it has a place in the new text, and what."""

    path: Path
    where: str
    what: str


@dataclass(frozen=True, slots=True)
class Refreshed:
    """The new text, how much was done, and what there is to decide."""

    text: str
    achieved: int
    carried: int
    decisions: tuple[Decision, ...]


def refreshed(source: Source, year: Time) -> Refreshed:
    """Roll a plan over into a financial year.

    Raises:
        NotDoneError: if the plan cannot be edited, or is for that year or a later one already.
    """
    refuse_errors(source)
    return _Refresh(source, year).run()


class _Refresh:
    """Rolls one plan over. Paths are those of the old text; each edit is written once, at the end."""

    def __init__(self, source: Source, year: Time) -> None:
        assert isinstance(source.data, dict)  # noqa: S101 - a plan that loads
        self._source = source
        self._data = source.data
        self._year = year
        self._tree = tree_of(source)
        self._changes: list[Change] = []
        self._decisions: list[Decision] = []

    def run(self) -> Refreshed:
        self._title_page()
        done = [path for path in _items(self._data, ()) if self._status(path) == Progress.DONE]
        carried = [path for path in _items(self._data, ()) if path not in done]
        for part in dict.fromkeys(map(_part_of, done)):
            self._achieve(part, [path for path in done if _part_of(path) == part])
        for path in carried:
            self._carry(path)
        for path, text in _times(self._data, ()):
            self._time_passed(path, text)
        text = changed(self._source.text, self._changes)
        again = read_source(text.encode(), self._source.file)
        refuse_errors(again)
        if normal_form(self._source) == self._source.text:
            text = normal_form(again)
            again = read_source(text.encode(), self._source.file)
        return Refreshed(text, len(done), len(carried), tuple(self._placed(again)))

    def _decide(self, path: Path, what: str) -> None:
        self._decisions.append(Decision(path, item_name(self._data, path), what))

    def _title_page(self) -> None:
        document = self._data["document"]
        self._set("status", DocumentStatus.DRAFT.value)
        self._period(document.get("period"))
        for key in _DECIDED_ANEW:
            if key in document:
                self._changes.append(removal(self._tree, ("document", key)))
                self._decide(("document",), f"'{key}' was '{_shown(document[key])}' and is taken out: state it anew.")
        for key in ("board", "comment_on", "restated_by"):
            if key in document:
                self._decide(("document", key), f"'{key}' is last year's: look at all of it.")

    def _period(self, period: object) -> None:
        old = read_time(period) if period is not None else None
        start = self._year.start
        assert start is not None  # noqa: S101 - a financial year has a first day
        if old is not None and old.start is not None and old.start >= start:
            message = (
                f"'{self._source.file}' is for {old.published} already, not for a year before {self._year.published}."
            )
            raise NotDoneError(message, "Name a later year with --to.")
        if old is not None and old.end is not None and old.end >= start:
            what = f"The period '{old.published}' covers {self._year.published} and stays: does the plan roll on?"
            self._decide(("document", "period"), what)
        else:
            self._set("period", self._year.published)

    def _set(self, key: str, value: str) -> None:
        """Write a value of the title page, in place of the old one or as a new line."""
        document = self._data["document"]
        if key not in document:
            line = f"{key}: {value}"
            self._changes.append(added(self._tree, ("document",), [line], key_order(("document",))))
            return
        start, end, *_ = self._source.place(("document", key))
        text = rewritten(self._source.text[start:end], value) if isinstance(document[key], str) else value
        self._changes.append(Change(start, end, text or value))
        if document[key] != value:
            self._decide(("document", key), f"'{key}' was '{_shown(document[key])}' and is now '{value}'.")

    def _status(self, path: Path) -> str:
        return str(_mapping(self._data, path).get("status", ""))

    def _achieve(self, part: Path, done: list[Path]) -> None:
        """Make achievements of the milestones and actions of one part that are done."""
        lines: list[str] = []
        for path in done:
            lines += self._achievement(path, (*part, "achievements"))
        for holder in dict.fromkeys(path[:-1] for path in done):
            inside = [path for path in done if path[:-1] == holder]
            gone = [holder] if len(inside) == len(_list(self._data, holder)) else inside
            self._changes += [removal(self._tree, path) for path in gone]
        if "achievements" in _mapping(self._data, part):
            self._changes.append(appended(self._tree, (*part, "achievements"), lines))
        else:
            block = ["achievements:", *(f"  {line}" if line else "" for line in lines)]
            self._changes.append(added(self._tree, part, block, key_order(part)))

    def _achievement(self, path: Path, target: Path) -> list[str]:
        """The lines of an achievement: those of the milestone, as far as an achievement has such fields."""
        item = _mapping(self._data, path)
        fields = field_names(target)
        lost = [key for key in item if key not in fields]
        for key in lost:
            if key not in {"status", "kind"}:
                self._decide(path, f"It is done; '{key}' ('{_shown(item[key])}') has no place in an achievement.")
        lines = lines_at(self._tree, path, lost)
        if "when" not in item and path[-4:-3] == ("timeline",):
            lines += self._time_of_band(path)
        return lines

    def _time_of_band(self, path: Path) -> list[str]:
        """The line that says when something was done, which stood over its band."""
        when = _mapping(self._data, path[:-2]).get("when")
        text = rewritten("", when) if isinstance(when, str) else None
        if text is None:
            self._decide(path, "It is done; say when, since its band does not state a time.")
            return []
        return [f"  when: {text}"]

    def _carry(self, path: Path) -> None:
        status = self._status(path)
        if status == Progress.STOPPED:
            self._decide(path, "It was stopped: take it out, or say why with 'retired'.")
        elif status == Progress.DELAYED:
            self._decide(path, "It is delayed: state the new time.")

    def _time_passed(self, path: Path, text: str) -> None:
        """Ask for what a time before the new year says of work to come."""
        try:
            time = parse_time(text)
        except TimeError:
            return
        is_over = time.end is not None and self._year.start is not None and time.end < self._year.start
        if not is_over or time.kind is TimeKind.UNCLEAR:
            return
        item = path[:-1]
        if item[-2:-1] and item[-2] in _WORK:
            if self._status(item) != Progress.DONE and path[-1] in {"when", "due"}:
                self._decide(path, f"'{text}' is over and nobody says that it is done: done, or a new time?")
        elif path[-1] in {"year", "by", "until"} or (path[-1] == "when" and "timeline" in path):
            self._decide(path, f"'{text}' is before {self._year.published}: does it still stand?")

    def _placed(self, again: Source) -> Iterator[Decision]:
        """The decisions with the paths of the new text, in its order; what is gone there is placed at what is left."""
        for decision in self._decisions:
            path = decision.path
            yield Decision(_path_in(again.data, self._data, path), decision.where, decision.what)


def _path_in(new: Any, old: Any, path: Path) -> Path:  # noqa: ANN401 - plain data
    """The path in new data of what stands at a path in old data: list items are found by what they hold."""
    found: list[str | int] = []
    for step in path:
        old = old[step]
        if isinstance(step, str) and isinstance(new, dict) and step in new:
            new = new[step]
            found.append(step)
        elif isinstance(step, int) and isinstance(new, list) and (places := _like(new, old)):
            new = new[places[0]]
            found.append(places[0])
        else:
            break
    return tuple(found)


def _like(items: list[object], wanted: object) -> list[int]:
    same = [number for number, item in enumerate(items) if item == wanted]
    names = [number for number, item in enumerate(items) if _name(item) == _name(wanted) is not None]
    return same or names


def _name(item: object) -> object:
    """What a list item is known by."""
    if not isinstance(item, dict):
        return None
    return next((item[key] for key in ("id", "label", "title", "text", "what") if key in item), None)


def _items(data: object, path: Path) -> Iterator[Path]:
    """The paths of all milestones and actions that are more than text alone."""
    entries = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for step, value in entries:
        if isinstance(value, dict) and path and path[-1] in _WORK:
            yield (*path, step)
        yield from _items(value, (*path, step))


def _times(data: object, path: Path) -> Iterator[tuple[Path, str]]:
    entries = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for step, value in entries:
        if isinstance(value, str) and step in {"when", "due", "year", "by", "until"}:
            yield (*path, step), value
        yield from _times(value, (*path, step))


def _part_of(path: Path) -> Path:
    """The path of the objective, enabler or strand that a milestone or action belongs to."""
    return path[:-4] if path[-4:-3] == ("timeline",) else path[:-2]


def _at(data: Any, path: Path) -> Any:  # noqa: ANN401 - whatever stands there
    for step in path:
        data = data[step]
    return data


def _mapping(data: object, path: Path) -> Mapping[str, object]:
    value = _at(data, path)
    return value if isinstance(value, dict) else {}


def _list(data: object, path: Path) -> list[object]:
    value = _at(data, path)
    return value if isinstance(value, list) else []


def _shown(value: object) -> str:
    return shorten(", ".join(map(str, value)) if isinstance(value, list) else str(value))


def financial_year(text: str) -> Time:
    """The year to roll over into.

    Raises:
        UsageError: if the text is not a financial year.
    """
    try:
        time = parse_time(text)
    except TimeError:
        time = None
    if time is None or time.kind is not TimeKind.DATE or time.precision is not Precision.FINANCIAL_YEAR:
        raise UsageError(f"--to '{text}' is not a financial year.", "Write it like 2027/28.")
    return time
