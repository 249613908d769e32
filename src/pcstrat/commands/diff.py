"""`pcstrat diff`: says what changed between plans, or since a revision, by meaning."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path
from urllib.parse import quote

from pcstrat.commands.outputs import checked_outputs, one_of, write_report
from pcstrat.commands.plan_files import named_plans
from pcstrat.commands.since import Since, comparable_plan
from pcstrat.commands.succession import plans_of_folder, readable_plans, rest_of
from pcstrat.diff import (
    Called,
    Difference,
    Significance,
    Significances,
    Version,
    diff_plans,
    load_significances,
    version_of,
)
from pcstrat.diff.alignment import align_plans, follows, is_continuation
from pcstrat.errors import ExitCode, NotDoneError, UsageError
from pcstrat.history import PlansAt
from pcstrat.model.plan import Plan
from pcstrat.registry import Registry, load_registry
from pcstrat.report.diff_json import diff_json
from pcstrat.report.diff_markdown import diff_markdown
from pcstrat.report.diff_text import Result, diff_text
from pcstrat.revisions import day_of, revision_on, top_or_none
from pcstrat.settings import Settings
from pcstrat.text import listed, long_date
from pcstrat.workspace import PlanFile

FORMATS = ("text", "markdown", "json", "html")
FAIL_ON = ("any", "weakened", "none")
TEMPLATE = "documents/diff.html.j2"
_FEWEST = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class DiffRequest:
    """What is asked for: plans, or what changed since a revision or a day; in which formats; what counts as found."""

    plans: tuple[str, ...] = ()
    since: str | None = None
    since_date: str | None = None
    format: str = "text"
    outputs: tuple[str, ...] = ()
    fail_on: str = "any"


@dataclass(frozen=True, slots=True, kw_only=True)
class DiffOutcome:
    """What was found, the text for stdout, and the files that were written."""

    code: ExitCode
    results: tuple[Result, ...]
    text: str
    written: tuple[str, ...] = ()


@dataclass(frozen=True)
class Workbench:
    """What every comparison needs."""

    settings: Settings
    registry: Registry
    meanings: Significances
    arguments: Sequence[str]

    @cached_property
    def history(self) -> Settings:
        """Settings that say in which repository revisions are looked up.

        Raises:
            UsageError: if plans of several repositories are named.
        """
        return _history(self.arguments, self.settings)


def diff(settings: Settings, request: DiffRequest, *, colour: bool = False) -> DiffOutcome:
    """Compare, and put what was found into every format that is asked for.

    Raises:
        UsageError: if the request makes no sense, or names no plan.
        NotDoneError: if a revision, a plan or a file cannot be read or written; never "no changes" instead.
    """
    outputs = _checked(request, settings)
    registry, meanings = load_registry(settings.registry_folder), load_significances(settings.registry_folder)
    bench = Workbench(settings, registry, meanings, request.plans)
    results = _results(bench, request)
    formats = _formats(bench, results, colour=colour)
    for kind, path in outputs:
        write_report(path, formats[kind]((settings.folder / path).parent), settings)
    text = formats[request.format](None)
    written = tuple(path for _, path in outputs)
    return DiffOutcome(code=code_of(results, request.fail_on), results=results, text=text, written=written)


def code_of(results: Sequence[Result], fail_on: str) -> ExitCode:
    """1 if something was found that counts."""
    if fail_on == "none":
        return ExitCode.CLEAN
    weakened = any(isinstance(result, Difference) and result.of(Significance.WEAKENED) for result in results)
    differs = any(result.changes if isinstance(result, Difference) else result.differs for result in results)
    return ExitCode.FOUND if (weakened if fail_on == "weakened" else differs) else ExitCode.CLEAN


def _checked(request: DiffRequest, settings: Settings) -> list[tuple[str, str]]:
    """The formats to write, each with its path.

    Raises:
        UsageError: if the request makes no sense.
    """
    if request.since is not None and request.since_date is not None:
        raise UsageError("--since and --since-date are given both.", "Give one of the two.")
    if request.since is None and request.since_date is None and len(request.plans) < _FEWEST:
        raise UsageError("There is nothing to compare with.", "Name two plans, or give --since REVISION.")
    one_of("--format", request.format, FORMATS)
    one_of("--fail-on", request.fail_on, FAIL_ON)
    return checked_outputs(request.outputs, FORMATS, settings)


def _results(bench: Workbench, request: DiffRequest) -> tuple[Result, ...]:
    if request.since is not None:
        return tuple(_since(bench, request.plans, request.since))
    if request.since_date is not None:
        revision = revision_on(bench.history.folder, _day(request.since_date))
        return tuple(_since(bench, request.plans, revision))
    return (_two_sides(bench, request.plans),)


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"--since-date {text!r} is not a date.", "Write it as 2026-11-21.") from None


def _two_sides(bench: Workbench, arguments: Sequence[str]) -> Result:
    """The last argument is the new plan, the others are old ones."""
    *old_files, new_file = [_one_file(argument, bench.settings) for argument in arguments]
    old = [comparable_plan(file, bench.registry) for file in old_files]
    new = comparable_plan(new_file, bench.registry)
    called = [_called(file) for file in (*old_files, new_file)]
    if len(old) > 1 or is_continuation(old, new, bench.registry):
        division = rest_of(old, new, lambda: _beside(bench, new_file), bench.registry)
        found = diff_plans(
            old,
            new,
            significances=bench.meanings,
            called=called,
            division=division,
            registry=bench.registry,
        )
        pairs = zip(found.old, old, strict=True)
        unrelated = (version.label for version, plan in pairs if not follows(plan, new, bench.registry))
        return replace(found, unrelated=tuple(unrelated))
    sides = version_of(old[0], called[0]), version_of(new, called[1])
    return align_plans(old[0], new, bench.registry, sides)


def _beside(bench: Workbench, file: PlanFile) -> Iterable[Plan]:
    """The plans in the folder that a plan is from: of today, or of its revision."""
    revision, settings = file.revision, bench.settings
    files = PlansAt(revision, settings).in_folder() if revision else plans_of_folder(settings)
    return readable_plans(files, bench.registry)


def _history(arguments: Sequence[str], settings: Settings) -> Settings:
    """The settings for looking into the past: of plans that stand in another repository, with the folders of that one.

    Raises:
        UsageError: if plans of several repositories are named.
    """
    paths = [path for argument in arguments if (path := settings.folder / argument).exists()]
    folders = [(path if path.is_dir() else path.parent).resolve() for path in paths]
    tops = {folder: top for folder in folders if (top := top_or_none(folder)) is not None}
    several = sorted({f"'{top.as_posix()}'" for top in tops.values()})
    if len(several) > 1:
        raise UsageError(
            f"The plans stand in several git repositories: {listed(several)}.",
            "Compare the plans of one repository at a time.",
        )
    if not tops or top_or_none(settings.folder) in tops.values():
        return settings
    folder, top = next(iter(tops.items()))
    return settings._replace(folder=top, strategies=folder)


def _one_file(argument: str, settings: Settings) -> PlanFile:
    files = named_plans([argument], settings)
    if len(files) != 1:
        raise UsageError(f"'{argument}' names {len(files)} plans.", "Name one plan for each side, or use --since.")
    return files[0]


def _called(file: PlanFile) -> Called:
    return Called(f"{file.plan_id}@{file.revision}", file.revision) if file.revision else Called(file.plan_id)


def _since(bench: Workbench, arguments: tuple[str, ...], revision: str) -> Iterator[Difference]:
    files = named_plans(arguments, bench.settings)
    since = Since(revision, bench.history, bench.registry, files)
    for file in files:
        yield since.difference(file, comparable_plan(file, bench.registry))
    if not arguments:
        yield from since.gone()


def _formats(bench: Workbench, results: Sequence[Result], *, colour: bool) -> dict[str, Callable[[Path | None], str]]:
    """Each format, as a function of the folder that its file will be in; None where that is not known."""
    return {
        "text": lambda _: f"{diff_text(results, colour=colour)}\n",
        "markdown": lambda _: diff_markdown(results),
        "json": lambda _: diff_json(results),
        "html": lambda folder: _html(bench, results, folder),
    }


def _html(bench: Workbench, results: Sequence[Result], folder: Path | None) -> str:
    from pcstrat.commands.workshop import templates_in_use  # only pages need templates
    from pcstrat.render.diff_page import diff_page

    settings = bench.settings
    address = _addresses(settings, results, folder) if folder is not None else _nowhere

    @cache
    def day(revision: str) -> str:
        try:
            return long_date(day_of(bench.history.folder, revision))
        except (NotDoneError, UsageError):
            return ""  # of one of several repositories

    dated = tuple(_with_days(result, day) for result in results)
    page = diff_page(dated, bench.registry, settings.publisher or "", address)
    return templates_in_use(settings).render(TEMPLATE, page=page)


def _with_days(result: Result, day: Callable[[str], str]) -> Result:
    """What changed, with the days on which git took in the revisions that were compared."""
    if not isinstance(result, Difference):
        return result

    def dated(version: Version) -> Version:
        return replace(version, recorded=day(version.revision)) if version.revision else version

    return replace(result, old=tuple(map(dated, result.old)), new=result.new and dated(result.new))


def _nowhere(_plan: str, _item: str) -> str:
    return ""


def _addresses(settings: Settings, results: Sequence[Result], folder: Path) -> Callable[[str, str], str]:
    """Where items stand in the pages that were built, as seen from a folder; pages show plans of today alone."""
    sides = [side for result in results if not isinstance(result, Difference) for side in (result.old, result.new)]
    today = {side.plan_id for side in sides if not side.revision}
    output = (settings.folder / settings.output).resolve()

    @cache
    def shown(plan: str) -> str:
        try:
            return (output / plan / "index.html").read_text(encoding="utf-8") if plan in today else ""
        except (OSError, UnicodeDecodeError):
            return ""

    def address(plan: str, item: str) -> str:
        if f' id="{item}"' not in shown(plan):
            return ""
        try:
            way = Path(os.path.relpath(output / plan / "index.html", folder.resolve()))
        except ValueError:  # on another drive of Windows
            return ""
        return f"{quote(way.as_posix())}#{item}"

    return address
