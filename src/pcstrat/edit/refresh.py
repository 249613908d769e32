"""Turns last year's plan into a draft of the next: ids and open work stay, done work becomes an achievement.

Nothing is decided here. What last year's plan stated and nobody has decided anew is taken out or left, and said. Bands
whose years can only be counted on in one way are rolled over (`rolling`), and that is said, too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pcstrat.diagnostics import Path, Severity
from pcstrat.edit.changes import Change, changed, rewritten
from pcstrat.edit.comments import lost_comments
from pcstrat.edit.decisions import Decision, DecisionKind, PlaceInPlan, Rolled, path_in
from pcstrat.edit.normal_form import normal_form, refuse_errors
from pcstrat.edit.order import key_order
from pcstrat.edit.rolling import RolledBand, last_day_named, names_year_before, rolled_bands
from pcstrat.edit.structure import UneditableError, added, appended, block_at, entry_at, lines_at, removals
from pcstrat.edit.tree import Block, tree_of
from pcstrat.edit.unfolding import unfolded
from pcstrat.edit.work import items_under, list_at, mapping_at, part_of, texts_under, timelines, times, value_at_path
from pcstrat.errors import NotDoneError, UsageError
from pcstrat.load.fields import field_names
from pcstrat.model.times import Precision, Time, TimeKind, financial_year_of, read_time, time_or_none
from pcstrat.model.vocabulary import DocumentStatus, MilestoneKind, Progress
from pcstrat.naming import item_name, shorten
from pcstrat.source import Source, read_source
from pcstrat.text import counted

_DECIDED_ANEW = ("status_wording", "version", "published", "approved", "review")
"""What the title page says of last year's document alone."""

_WORK = ("milestones", "actions")
_NEXT = ("next_steps", "next")
"""Actions outside objectives, where there is no list of achievements."""
_AIMS = ("ambitions", "enablers")
_TITLED = (*_AIMS, "objectives", "strands", "funding")
_OF_THE_YEAR = frozenset(
    {"purpose", "messages", "vision", "ambitions_intro", "funding_statement", "statement", "rationale", "approach"}
)
"""What speaks of the year of the plan as a whole, and not of one time that has a field."""

_OF_ANY_WORK = ("year", "by", "until", "outcomes_when", "lasts", "as_at")
_TIMES = ("when", "due", *_OF_ANY_WORK)


@dataclass(frozen=True, slots=True)
class Refreshed:
    """The new text, how much was done, what was rolled over, and what there is to decide.

    Paths are those of the new text, as far as something still stands there.
    """

    text: str
    achieved: int
    carried: int
    rolled: tuple[Rolled, ...]
    decisions: tuple[Decision, ...]


def refreshed(source: Source, year: Time) -> Refreshed:
    """Roll a plan over into a financial year.

    Raises:
        NotDoneError: if the plan cannot be edited, or is for that year or a later one already.
    """
    refuse_errors(source)
    is_normal = normal_form(source) == source.text
    try:
        return _Refresh(source, year, keep_normal=is_normal).run()
    except UneditableError as error:
        raise UneditableError(source, error.path, error.why, error.remedy) from None


class _Refresh:
    """Rolls one plan over. Paths are those of the old text; each edit is written once, at the end."""

    def __init__(self, source: Source, year: Time, *, keep_normal: bool) -> None:
        assert isinstance(source.data, dict)  # noqa: S101 - a plan that loads
        self._before = tree_of(source)
        self._keep_normal = keep_normal
        self._data = source.data
        self._year = year
        self._work = list(items_under(self._data, _WORK))
        self._done = [path for path in self._work if self._status(path) == Progress.DONE]
        self._source = unfolded(source, self._places_to_edit())
        self._tree = tree_of(self._source)
        assert year.start is not None  # noqa: S101 - a financial year has a first day
        self._start = year.start
        self._changes: list[Change] = []
        self._rolled: list[Rolled] = []
        self._decisions: list[Decision] = []

    def run(self) -> Refreshed:
        self._title_page()
        done = set(self._done)
        carried = [path for path in self._work if path not in done]
        for part in dict.fromkeys(map(part_of, self._done)):
            self._achieve(part, [path for path in self._done if part_of(path) == part])
        for path in (*carried, *items_under(self._data, _NEXT)):
            self._carry(path)
        for path in timelines(self._data):
            self._roll(path)
        for path, text in times(self._data, _TIMES):
            self._time_passed(path, text)
        for path in ((*item, "title") for item in items_under(self._data, _TITLED)):
            self._year_named(path)
        for path in texts_under(self._data, _OF_THE_YEAR):
            self._last_year_in(path)
        return self._result(len(done), sum(map(self._is_open, carried)))

    def _places_to_edit(self) -> Iterator[Path]:
        """The mappings and lists that entries are put into or taken out of."""
        yield ("document",)
        for path in self._done:
            yield from (path[:length] for length in range(1, len(path)))
            part = part_of(path)
            if mapping_at(self._data, part).get("achievements"):
                yield (*part, "achievements")

    def _result(self, achieved: int, carried: int) -> Refreshed:
        text = changed(self._source.text, self._changes)
        again = read_source(text.encode(), self._source.file)
        if any(finding.severity is Severity.ERROR for finding in again.findings):
            message = f"'{self._source.file}' is left as it is: what would come of it could not be read."
            raise NotDoneError(message, "This is a fault of pcstrat; please report it with the file.")
        if self._keep_normal:
            text = normal_form(again)
            again = read_source(text.encode(), self._source.file)
        for path, comments in lost_comments(self._before, tree_of(again)).items():
            self._comment_gone(path, comments)
        rolled = tuple(replace(one, place=self._placed(one.place, again)) for one in self._rolled)
        decisions = tuple(replace(one, place=self._placed(one.place, again)) for one in self._decisions)
        return Refreshed(text, achieved, carried, rolled, decisions)

    def _place(self, path: Path) -> PlaceInPlan:
        """Where something stands, in words: its ambition, or else its part of the plan, and its name there."""
        if path[0] in _AIMS and len(path) > 2:  # noqa: PLR2004 - the list and the number in it
            aim = value_at_path(self._data, path[:2])
            field = str(path[-1]).replace("_", " ")
            within = item_name(aim, path[2:]) if len(path) > 3 else f"its {field}"  # noqa: PLR2004 - a field of the aim
            return PlaceInPlan(path, item_name(self._data, path[:2]), within)
        return PlaceInPlan(path, str(path[0]).replace("_", " "), item_name(self._data, path))

    def _placed(self, place: PlaceInPlan, again: Source) -> PlaceInPlan:
        """The place with its path in the new text; what is gone there is placed at what is left around it."""
        return replace(place, path=path_in(again.data, self._data, place.path))

    def _decide(self, path: Path, kind: DecisionKind, detail: str = "") -> None:
        self._decisions.append(Decision(self._place(path), kind, detail))

    def _comment_gone(self, path: Path, comments: Sequence[str]) -> None:
        at = f" at '{path[-1]}'" if path and isinstance(path[-1], str) else ""
        self._decide(path, DecisionKind.COMMENT_GONE, f"'{' '.join(comments)}'{at}")

    def _title_page(self) -> None:
        document = self._data["document"]
        self._set("status", DocumentStatus.DRAFT.value)
        self._period(document.get("period"))
        for key in _DECIDED_ANEW:
            if key in document:
                self._changes += removals(self._tree, ("document",), [key])
                self._decide(("document",), DecisionKind.TAKEN_OUT, f"'{key}' was '{_shown(document[key])}'.")
        for key in ("title", "subtitle", "strapline"):
            self._year_named(("document", key))
        for key in ("board", "comment_on", "restated_by"):
            if key in document:
                self._decide(("document", key), DecisionKind.LAST_YEARS, f"'{key}'")

    def _year_named(self, path: Path) -> None:
        """Ask for a title that names last year, or a year before it, and none that is still to come."""
        text = mapping_at(self._data, path[:-1]).get(str(path[-1]))
        last = last_day_named(text) if isinstance(text, str) else None
        if last is not None and last < self._start:
            self._decide(path, DecisionKind.EARLIER_YEAR, f"'{shorten(str(text))}'")

    def _last_year_in(self, path: Path) -> None:
        """Ask for a text of the whole plan that speaks of last year. What was before may well be told for ever."""
        text = str(value_at_path(self._data, path))
        if names_year_before(text, self._start) and not self._is_given_up(path[:-1]):
            self._decide(path, DecisionKind.EARLIER_YEAR, f"'{shorten(text)}'")

    def _period(self, period: object) -> None:
        old = read_time(period) if period is not None else None
        if old is not None and old.start is not None and old.start >= self._start:
            message = (
                f"'{self._source.file}' is for {old.published} already, not for a year before {self._year.published}."
            )
            raise NotDoneError(message, "Name a later year with --to.")
        if old is not None and old.end is not None and old.end >= self._start:
            what = f"The period '{old.published}' covers {self._year.published} and stays. Does the plan roll on?"
            self._decide(("document", "period"), DecisionKind.CHANGED, what)
        else:
            self._set("period", self._year.published)

    def _set(self, key: str, value: str) -> None:
        """Write a value of the title page, in place of the old one or as a new line."""
        document = self._data["document"]
        if key not in document:
            line = f"{key}: {value}"
            self._changes.append(added(self._tree, ("document",), [line], key_order(("document",))))
            self._decide(("document",), DecisionKind.ADDED, f"'{key}' was not stated and is now '{value}'.")
            return
        start, end, *_ = self._source.place(("document", key))
        text = rewritten(self._source.text[start:end], value) if isinstance(document[key], str) else value
        self._changes.append(Change(start, end, text or value))
        if document[key] != value:
            what = f"'{key}' was '{_shown(document[key])}' and is now '{value}'."
            self._decide(("document", key), DecisionKind.CHANGED, what)

    def _status(self, path: Path) -> str:
        return str(mapping_at(self._data, path).get("status", ""))

    def _achieve(self, part: Path, done: list[Path]) -> None:
        """Make achievements of the milestones and actions of one part that are done."""
        gone = self._gone(done)
        for items in ((*holder, step) for holder, steps in gone.items() for step in steps if isinstance(step, str)):
            self._hand_on_comments(items)
        lines = [line for path in done for line in self._achievement(path, (*part, "achievements"))]
        stated = mapping_at(self._data, part).get("achievements")
        if stated == []:
            gone.setdefault(part, []).append("achievements")
        for holder, steps in gone.items():
            self._changes += removals(self._tree, holder, steps)
        if stated:
            self._changes.append(appended(self._tree, (*part, "achievements"), lines))
        else:
            block = ["achievements:", *(f"  {line}" if line else "" for line in lines)]
            self._changes.append(added(self._tree, part, block, key_order(part), gone.get(part, ())))

    def _gone(self, done: list[Path]) -> dict[Path, list[str | int]]:
        """What is taken out, by what it stands in: each item that is done, or its list if all in it are."""
        gone: dict[Path, list[str | int]] = {}
        for items in dict.fromkeys(path[:-1] for path in done):
            inside = [path for path in done if path[:-1] == items]
            is_all = len(inside) == len(list_at(self._data, items))
            for path in [items] if is_all else inside:
                gone.setdefault(path[:-1], []).append(path[-1])
        return gone

    def _hand_on_comments(self, items: Path) -> None:
        """Give the comments above and below a list that is taken out to its first item and to its last one."""
        above = entry_at(self._tree, items)
        block = block_at(self._tree, items)
        first, last = block.entries[0], block.entries[-1]
        first.above[:0] = [line for line in (*above.above, above.head.strip()) if line]
        below = last.value.below if isinstance(last.value, Block) else last.after
        below += block.below

    def _achievement(self, path: Path, target: Path) -> list[str]:
        """The lines of an achievement: those of the milestone, as far as an achievement has such fields."""
        item = mapping_at(self._data, path)
        fields = field_names(target)
        is_deadline = self._is_no_day_of_doing(item.get("when"))
        if is_deadline:
            self._decide(path, DecisionKind.DONE_WHEN, f"It was to be done '{_shown(item['when'])}'.")
        lost = [key for key in item if key not in fields or (key == "when" and is_deadline)]
        for key in lost:
            if key not in {"status", "when"} and item[key] != MilestoneKind.ACTION:
                self._decide(path, DecisionKind.DONE_WITHOUT, f"'{key}' is '{_shown(item[key])}'.")
        is_of_band = "when" not in item and path[-4:-3] == ("timeline",)
        return lines_at(self._tree, path, lost, self._time_of_band(path) if is_of_band else ())

    def _time_of_band(self, path: Path) -> list[str]:
        """The entry that says when something was done, which stood over its band."""
        when = mapping_at(self._data, path[:-2]).get("when")
        text = rewritten("", when) if isinstance(when, str) else None
        if text is None or self._is_no_day_of_doing(when):
            self._decide(path, DecisionKind.DONE_WHEN)
            return []
        return [f"when: {text}"]

    def _is_no_day_of_doing(self, when: object) -> bool:
        """Whether a time of something done cannot say when: a deadline, or a time of the new year or later."""
        time = read_time(when) if when is not None else None
        return time is not None and (time.kind is TimeKind.BY or (time.start is not None and time.start >= self._start))

    def _is_open(self, item: Path) -> bool:
        """Whether something is still to do: neither done nor stopped, and not given up."""
        return not self._is_given_up(item) and self._status(item) not in {Progress.DONE, Progress.STOPPED}

    def _is_given_up(self, path: Path) -> bool:
        """Whether the plan has given something up, or anything around it."""
        around = (mapping_at(self._data, path[:length]) for length in range(1, len(path) + 1))
        return any("retired" in each for each in around)

    def _carry(self, path: Path) -> None:
        status = self._status(path)
        if self._is_given_up(path):
            return
        if status == Progress.STOPPED:
            self._decide(path, DecisionKind.STOPPED)
        elif status == Progress.DELAYED:
            self._decide(path, DecisionKind.DELAYED)
        elif status == Progress.DONE:
            self._decide(path, DecisionKind.DONE_HERE)

    def _roll(self, timeline: Path) -> None:
        """Roll the bands of a timeline over that are over, or say why they stay."""
        bands = list_at(self._data, timeline)
        for band in rolled_bands(bands, financial_year_of(self._start)):
            path = (*timeline, band.number)
            still_open = [item for item in self._work_in(path) if self._is_open(item)]
            if not still_open and "text" not in mapping_at(self._data, path):
                self._decide(path, DecisionKind.BAND_EMPTY)
            if isinstance(band, RolledBand) and self._reword(path, band):
                for item in still_open:
                    if not {"when", "due"} & set(mapping_at(self._data, item)):
                        self._decide(item, DecisionKind.ROLLED_WORK)
            elif still_open:
                why = "its wording cannot be changed on one line" if isinstance(band, RolledBand) else band.why
                what = f"{counted(len(still_open), 'open item')}. It stays: {why}."
                self._decide(path, DecisionKind.BAND_LEFT, what)

    def _work_in(self, band: Path) -> list[Path]:
        inside = items_under(mapping_at(self._data, band), ("milestones",))
        return [(*band, *path) for path in inside]

    def _reword(self, path: Path, band: RolledBand) -> bool:
        """Write the new wording of a band, all of it or nothing."""
        changes: list[Change] = []
        for key, value in band.wording.items():
            start, end, *_ = self._source.place((*path, key))
            text = rewritten(self._source.text[start:end], value)
            if text is None:
                return False
            changes.append(Change(start, end, text))
        self._changes += changes
        old = mapping_at(self._data, path)
        told = [f"'{key}' was '{_shown(old[key])}' and is now '{value}'" for key, value in band.wording.items()]
        self._rolled.append(Rolled(self._place(path), "; ".join(told)))
        return True

    def _time_passed(self, path: Path, text: str) -> None:
        """Ask for what a time before the new year says of work to come."""
        time = time_or_none(text)
        if time is None or time.end is None or time.end >= self._start or time.kind is TimeKind.UNCLEAR:
            return
        if self._is_given_up(path[:-1]):
            return
        item, key = path[:-1], path[-1]
        kind = item[-2] if len(item) > 1 and isinstance(item[-1], int) else item[-1] if item else ""
        if kind in {*_WORK, *_NEXT}:
            if key in {"when", "due"} and self._is_open(item):
                self._decide(item, DecisionKind.OVERDUE, f"'{text}'")
        elif key in _OF_ANY_WORK or kind in {"period", "review", "target", "phases"}:
            self._decide(path, DecisionKind.EARLIER_YEAR, f"'{text}'")


def financial_year(text: str) -> Time:
    """The year to roll over into.

    Raises:
        UsageError: if the text is not a financial year.
    """
    time = time_or_none(text)
    if time is None or time.kind is not TimeKind.DATE or time.precision is not Precision.FINANCIAL_YEAR:
        raise UsageError(f"--to '{text}' is not a financial year.", "Write it like 2027/28.")
    return time


def _shown(value: object) -> str:
    return shorten(", ".join(map(str, value)) if isinstance(value, list) else str(value))
