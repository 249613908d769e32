"""`pcstrat init`: starts a folder for plans, or a plan in it, with what the registry knows. Nothing is overwritten."""

from __future__ import annotations

import datetime as dt
import json
import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from pcstrat.errors import UsageError
from pcstrat.export.plan_schema import plan_schema_text
from pcstrat.files import create_all
from pcstrat.load import load_plan
from pcstrat.model.vocabulary import DocumentKind
from pcstrat.registry import Icb, Registry, load_registry
from pcstrat.settings import FILE_NAME, Settings, has_settings_file
from pcstrat.text import listed, long_date

SCHEMA_NAME = "plan.schema.json"
_MOST_SUGGESTED = 4
_WIDTH = 110
DEFAULT_KIND = DocumentKind.PRIMARY_CARE_STRATEGY


@dataclass(frozen=True, slots=True, kw_only=True)
class InitRequest:
    """What to start: a plan for an ICB, by its ODS code, or the folder alone; the rest has defaults."""

    icb: str = ""
    plan_id: str = ""
    title: str = ""
    kind: str = DEFAULT_KIND.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Started:
    """What was started: the files written, those that were there and stay, what to know, and what to do next."""

    written: tuple[str, ...]
    kept: tuple[str, ...]
    remarks: tuple[str, ...]
    next_steps: tuple[str, ...]


def init(settings: Settings, request: InitRequest, as_of: dt.date) -> Started:
    """Start a folder, and in it a plan if an ICB is named.

    Raises:
        UsageError: if no ICB has the code, the id or kind cannot be, or there is a plan with the id.
        NotDoneError: if a file cannot be written; nothing is started then.
    """
    registry = load_registry(settings.registry_folder)
    icb = _icb(request.icb, registry) if request.icb else None
    contents = dict(_folder_files(settings, registry, icb))
    if icb:
        path, content = _plan(settings, request, icb, registry)
        contents[path] = content
    written, kept = create_all(contents, lambda path: _shown(path, settings))
    kept = [name for name in kept if not name.endswith(SCHEMA_NAME)]
    return Started(
        written=tuple(written),
        kept=tuple(kept),
        remarks=tuple(_remarks(icb, registry, as_of)),
        next_steps=tuple(_next_steps(settings, icb, request, registry, as_of)),
    )


def _icb(code: str, registry: Registry) -> Icb:
    icb = registry.icb(code)
    if icb is not None:
        return icb
    named = [other.ods_code for other in registry.icbs.values() if code.lower() in other.name.lower()]
    codes = named or [close for close in (registry.suggest_icb(code),) if close]
    close_ones = [f"{close} ({registry.icbs[close].name})" for close in codes[:_MOST_SUGGESTED]]
    hint = f"Did you mean {listed(close_ones, 'or')}?" if close_ones else "Run pcstrat init alone to see all codes."
    raise UsageError(f"No ICB has the code '{code}'.", hint)


def _folder_files(settings: Settings, registry: Registry, icb: Icb | None) -> Iterator[tuple[Path, bytes]]:
    """The files that every folder of plans has; one that is started already needs the schema at most."""
    yield settings.strategies / SCHEMA_NAME, plan_schema_text(registry).encode()
    has_settings = has_settings_file(settings.folder)
    if has_settings and settings.strategies.is_dir():
        return
    if not has_settings:
        publisher = (
            f"publisher = {json.dumps(icb.name, ensure_ascii=False)}" if icb else '#publisher = "Name of your ICB"'
        )
        yield settings.folder / FILE_NAME, _start("pcstrat.toml", PUBLISHER=publisher)
    yield settings.folder / ".gitignore", _start("gitignore")
    yield settings.folder / "README.md", _start("README.md")


def _plan(settings: Settings, request: InitRequest, icb: Icb, registry: Registry) -> tuple[Path, bytes]:
    """The path and the text of a new plan.

    Raises:
        UsageError: if it cannot be: the words are those of `validate`.
    """
    plan_id = _plan_id(request, icb)
    path = settings.strategies / f"{plan_id}.yaml"
    kinds = [kind.value for kind in DocumentKind]
    if request.kind not in kinds:
        raise UsageError(f"--kind is {request.kind!r}.", f"It may be: {', '.join(kinds)}.")
    content = _start(
        "plan.yaml",
        SCHEMA=SCHEMA_NAME,
        NAME=icb.name,
        CODE=icb.ods_code,
        REGION=icb.region_name,
        HISTORY=_history(icb, registry),
        ID=plan_id,
        KINDS=_comment(f"The title page. Kinds: {listed(kinds, 'or')}."),
        TITLE=json.dumps(request.title or _title(request.kind, icb), ensure_ascii=False),
        KIND=request.kind,
        INHERITS=_inherits(icb, registry),
    )
    if errors := load_plan(content, path.name, registry).errors:
        raise UsageError(errors[0].message, errors[0].remedy)
    for name in (f"{plan_id}.yaml", f"{plan_id}.yml"):
        if (settings.strategies / name).exists():
            there = _shown(settings.strategies / name, settings)
            raise UsageError(f"There is a plan '{there}' already; it stays as it is.", "Choose another name with --id.")
    return path, content


def _plan_id(request: InitRequest, icb: Icb) -> str:
    return request.plan_id or re.sub(r"[^a-z0-9]+", "-", icb.short_name.lower()).strip("-")


def _title(kind: str, icb: Icb) -> str:
    return f"{kind[:1].upper()}{kind[1:]} for {icb.short_name}"


def _history(icb: Icb, registry: Registry) -> str:
    """What came before the board and after it, as lines of a comment."""
    before = [f"{other.name} ({other.ods_code})" for other in registry.predecessors(icb.ods_code)]
    lines = [f"It took over, wholly or in part, from {listed(before)}."] if before else []
    if icb.closed:
        lines.append(f"It closed on {long_date(icb.closed)}.")
    return "".join(f"\n{_comment(line)}" for line in lines)


def _comment(sentence: str) -> str:
    return "\n".join(textwrap.wrap(sentence, _WIDTH, initial_indent="# ", subsequent_indent="# "))


def _inherits(icb: Icb, registry: Registry) -> str:
    codes = [other.ods_code for other in registry.predecessors(icb.ods_code)]
    return f"  inherits: [{', '.join(codes)}]" if codes else "  #inherits: [QMM]"


def _start(name: str, **words: str) -> bytes:
    """A shipped file to start from, with its @WORDS@ filled in."""
    text = files("pcstrat").joinpath("data", "start", name).read_text(encoding="utf-8")
    return re.sub(r"@([A-Z]+)@", lambda match: words[match[1]], text).encode()


def _remarks(icb: Icb | None, registry: Registry, as_of: dt.date) -> Iterator[str]:
    if icb is None or icb.is_open(as_of):
        return
    after = [f"{other.name} ({other.ods_code})" for other in registry.successors(icb.ods_code)]
    covered = f" Its area is now covered by {listed(after)}: for a new plan use --icb with that code." if after else ""
    is_over = icb.closed is not None and icb.closed < as_of
    when = f"closed on {long_date(icb.closed)}" if is_over and icb.closed else f"opens on {long_date(icb.opened)}"
    yield f"{icb.name} {when}.{covered}"


def _next_steps(
    settings: Settings, icb: Icb | None, request: InitRequest, registry: Registry, as_of: dt.date
) -> Iterator[str]:
    if icb is None:
        yield "Start a plan with: pcstrat init --icb CODE. The codes of the ICBs:"
        for other in sorted(registry.icbs.values(), key=lambda each: each.short_name):
            if other.is_open(as_of):
                yield f"  {other.ods_code:<6} {other.short_name}"
        return
    plan_id = _plan_id(request, icb)
    yield f"Write your plan in {_shown(settings.strategies / f'{plan_id}.yaml', settings)}."
    yield "Check it with: pcstrat validate"
    yield "Make the documents with: pcstrat build"


def _shown(path: Path, settings: Settings) -> str:
    return path.relative_to(settings.folder).as_posix() if path.is_relative_to(settings.folder) else path.as_posix()
