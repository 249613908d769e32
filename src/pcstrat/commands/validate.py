"""`pcstrat validate`: says everything that is wrong with plans, in one pass, in the formats that are asked for."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePath
from typing import NamedTuple

from pcstrat.commands.check_memory import CheckMemory
from pcstrat.commands.outputs import checked_outputs, one_of
from pcstrat.commands.plan_files import Work, code_with, same_ids
from pcstrat.commands.reports import FORMATS, Reports, refuse_public_outputs
from pcstrat.diagnostics import Severity
from pcstrat.errors import ExitCode, UsageError
from pcstrat.review import Checked, CheckedFinding, CheckResult, Review
from pcstrat.settings import Settings
from pcstrat.workspace import PlanFile, resolve_plans


class ValidateRequest(NamedTuple):
    """What is asked for: which plans, the format for stdout, and formats for files, each as `FORMAT=PATH`.

    `stdin` is the content of the one plan to check instead, if it comes from there. With `force`, plans that have not
    changed are checked again too.
    """

    plans: tuple[str, ...] = ()
    stdin: bytes | None = None
    format: str = "text"
    outputs: tuple[str, ...] = ()
    force: bool = False


class Validation(NamedTuple):
    """What was found, and the text for stdout."""

    code: ExitCode
    review: Review
    text: str


def validate(
    settings: Settings, request: ValidateRequest, *, as_of: dt.date, reports: Reports | None = None
) -> Validation:
    """Check the plans that the request names, or all, and put what was found into every format asked for.

    Raises:
        UsageError: if the request or a setting names something that does not exist, or more than one thing.
        NotDoneError: if there are no plans, one cannot be read, or a report cannot be made or written.
    """
    reports = reports or Reports(settings)
    one_of("--format", request.format, FORMATS)
    outputs = checked_outputs(request.outputs, FORMATS, settings)
    refuse_public_outputs(outputs, settings)
    files = _files(request, settings)
    memory = CheckMemory(settings, as_of, force=request.force) if request.stdin is None else None
    review = check_files(files, settings, as_of, memory)
    if memory:
        memory.write(all_plans=not request.plans)
    if not request.plans and request.stdin is None:
        _refuse_unknown_plans(settings, review)
    for kind, path in outputs:
        reports.write(kind, path, review)
    text = reports.for_stdout(request.format, review)
    return Validation(code=code_with(files, code_of_review(review, settings.fail_on)), review=review, text=text)


def _files(request: ValidateRequest, settings: Settings) -> tuple[PlanFile, ...]:
    if request.stdin is None:
        return resolve_plans(request.plans, settings)
    return (PlanFile(plan_id="", name="<stdin>", content=request.stdin),)


def check_files(
    files: Iterable[PlanFile], settings: Settings, as_of: dt.date, memory: CheckMemory | None = None
) -> Review:
    """Check each file that the memory does not know, and keep what was found and the lines that findings point into.

    Raises:
        UsageError: if the settings select or ignore a rule that does not exist.
        NotDoneError: if the registry cannot be read, or a process ends unexpectedly.
    """
    files = tuple(files)
    same = same_ids(files, memory.id_in) if memory else same_ids(files)
    works = [Work(file, same.get(file.name, "")) for file in files]
    known = [memory.recall(*work) if memory else None for work in works]
    to_check = [work for work, found in zip(works, known, strict=True) if found is None]
    new = iter([*_checked_anew(to_check, settings, as_of)])
    results: list[CheckResult] = []
    lines: dict[tuple[str, int], str] = {}
    for work, found in zip(works, known, strict=True):
        result, own_lines = found or next(new)
        if memory and not found:
            memory.keep(*work, Checked(result, own_lines))
        results.append(result)
        lines |= own_lines
    return Review(results=tuple(results), as_of=as_of, lines=lines)


def _checked_anew(works: Sequence[Work], settings: Settings, as_of: dt.date) -> Iterator[Checked]:
    if not works:
        return
    from pcstrat.commands.plan_checks import Checker, check_options, checked_files  # only what changed
    from pcstrat.registry import load_registry

    checker = Checker(load_registry(settings.registry_folder), as_of, check_options(settings))
    yield from checked_files(checker, works, settings.jobs)


def code_of_review(review: Review, fail_on: str) -> ExitCode:
    """1 if anything counts as much as `fail_on` or more, or a file is no plan; 3 if a rule should have run and did not.

    Where no rule that is asked for applies to any of the plans, nothing was checked, which is 3 too. What has happened
    since a plan was written never counts.
    """
    plans = [result for result in review.results if result.is_plan]
    if any(result.unrun_rules for result in plans) or (plans and not any(result.rules_run for result in plans)):
        return ExitCode.NOT_DONE
    found = any(_counts(finding, fail_on) for finding in review.faults)
    return ExitCode.FOUND if found or len(plans) < len(review.results) else ExitCode.CLEAN


def _counts(finding: CheckedFinding, fail_on: str) -> bool:
    return finding.severity.rank <= Severity(fail_on).rank


def _refuse_unknown_plans(settings: Settings, review: Review) -> None:
    """Refuse settings for plans that are not there, which would otherwise do nothing without a word."""
    there = sorted({name for result in review.results for name in (result.plan, PurePath(result.file).stem)})
    for plan in settings.plans:
        if plan not in there:
            close = difflib.get_close_matches(plan, there, n=1)
            remedy = f"Did you mean '{close[0]}'?" if close else f"The plans are: {', '.join(there)}."
            raise UsageError(f"There are settings for the plan '{plan}', which does not exist.", remedy)
