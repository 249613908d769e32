"""A build makes what has changed and nothing else, trusts nothing it cannot verify, and ends as a clean build does."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from folders import SMALL_PLAN, files_in
from pcstrat.commands import documents, workshop
from pcstrat.commands.build import build
from pcstrat.commands.outcome import BuildOutcome
from pcstrat.errors import ExitCode
from pcstrat.memory import fingerprint
from pcstrat.memory.store import Store
from pcstrat.publish import printing
from pcstrat.publish.cache import Records, records_from
from pcstrat.publish.printing import PdfResult
from pcstrat.settings import load_settings

AS_OF = dt.date(2026, 11, 21)
OVERRIDE = '{# template_api: 1 #}\n{% extends "shipped/documents/plan.html.j2" %}\n'
OVERLAP = ("    measures:", "      - {label: Year 2, when: 2024/25}\n    measures:")
"""A second band that overlaps the first: an error for a board (T01)."""


def put(folder: Path, plan_id: str, *changes: tuple[str, str]) -> None:
    text = SMALL_PLAN.replace("id: small-plan", f"id: {plan_id}")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path = folder / "strategies" / f"{plan_id}.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A user's folder with three plans that were built."""
    folder = tmp_path / "user"
    folder.mkdir()
    put(folder, "bob")
    put(folder, "kent", ("QMM", "QKS"))
    put(folder, "dorset", ("QMM", "QVV"))
    run(folder)
    return folder


def run(folder: Path, *arguments: str, as_of: dt.date = AS_OF, force: bool = False, **options: object) -> BuildOutcome:
    settings = load_settings(folder, {}, {"formats": "html", "cache": str(folder.parent / "cache"), **options})
    return build(settings, arguments, as_of=as_of, force=force)


def files(folder: Path, output: str = "output") -> dict[str, bytes]:
    return files_in(folder / output)


def said(outcome: BuildOutcome) -> tuple[object, ...]:
    """What a user is told of plans, in the end: neither what was made nor what was found in memory."""
    errors = [
        (finding.code, finding.severity, finding.file, finding.message, finding.remedy, finding.span, finding.where)
        for finding in outcome.findings
    ]
    return outcome.code, outcome.checked, errors, outcome.messages


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of the pages that are rendered from now on."""
    pages: list[str] = []
    real = workshop.Workshop.pieces

    def pieces(self: workshop.Workshop, template: str, page: documents.Page, *, paged: bool = False) -> Iterator[str]:
        pages.append(page.id)
        return real(self, template, page, paged=paged)

    monkeypatch.setattr(workshop.Workshop, "pieces", pieces)
    return pages


SITE = {"index", "accessibility"}


def plans(rendered: list[str]) -> set[str]:
    return {"bob", "kent", "dorset"} & set(rendered)


# --- what is made ----------------------------------------------------------------------------------------------------


def test_nothing_changed_renders_nothing_and_says_the_same(folder: Path, rendered: list[str]) -> None:
    before = files(folder)
    outcome = run(folder)
    assert rendered == []
    assert (outcome.rebuilt, outcome.up_to_date) == ((), ("bob", "dorset", "kent"))
    assert (outcome.written, outcome.removed) == ((), ())
    assert files(folder) == before
    assert said(outcome) == said(run(folder, force=True))


def test_a_plan_with_errors_is_called_neither_built_nor_up_to_date(folder: Path) -> None:
    put(folder, "bob", ("Easy access", "[unfinished"))
    for _ in ("anew", "remembered"):
        outcome = run(folder)
        assert (outcome.code, outcome.rebuilt, outcome.up_to_date) == (ExitCode.FOUND, (), ("dorset", "kent"))


def test_one_plan_edited_makes_its_documents_the_comparison_and_the_index(folder: Path, rendered: list[str]) -> None:
    put(folder, "bob", ("Easy access", "Easier access"))
    outcome = run(folder)
    assert plans(rendered) == {"bob"}
    assert set(rendered) >= SITE
    assert any(page.startswith("compare") for page in rendered)
    assert (outcome.rebuilt, outcome.up_to_date) == (("bob",), ("dorset", "kent"))
    assert b"Easier access" in files(folder)["bob/index.html"]


def test_the_time_of_a_file_means_nothing(folder: Path, rendered: list[str]) -> None:
    path = folder / "strategies" / "bob.yaml"
    before = path.stat()
    os.utime(path)
    run(folder)
    assert rendered == []
    path.write_text(path.read_text(encoding="utf-8").replace("Easy access", "Hard access"), encoding="utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_size == before.st_size
    run(folder)
    assert plans(rendered) == {"bob"}


@pytest.mark.parametrize(
    "option",
    [
        {"publisher": "NHS Somewhere"},
        {"accessibility_contact": "hello@example.nhs.uk"},
        {"embed_fonts": True},
        {"profile": "board", "select": "T01"},
    ],
    ids=",".join,
)
def test_what_documents_or_findings_depend_on_makes_all_plans_anew(
    folder: Path, rendered: list[str], option: dict[str, object]
) -> None:
    run(folder, **option)
    assert plans(rendered) == {"bob", "kent", "dorset"}


@pytest.mark.parametrize("option", [{"jobs": "3"}, {"fail_on": "advice"}, {"all_or_nothing": True}], ids=str)
def test_what_documents_do_not_depend_on_changes_nothing(
    folder: Path, rendered: list[str], option: dict[str, object]
) -> None:
    run(folder, **option)
    assert rendered == []


def test_a_template_makes_all_plans_anew_when_it_comes_changes_and_goes(folder: Path, rendered: list[str]) -> None:
    override = folder / "templates" / "documents" / "plan.html.j2"
    override.parent.mkdir(parents=True)
    for text in (OVERRIDE, f"{OVERRIDE}{{# changed #}}"):
        rendered.clear()
        override.write_text(text, encoding="utf-8")
        run(folder)
        assert plans(rendered) == {"bob", "kent", "dorset"}
    rendered.clear()
    run(folder)
    assert rendered == []
    shutil.rmtree(folder / "templates")
    run(folder)
    assert plans(rendered) == {"bob", "kent", "dorset"}


def test_a_registry_of_ones_own_counts_by_its_content(folder: Path, rendered: list[str]) -> None:
    shipped = Path(sys.modules["pcstrat"].__file__ or "").parent / "data" / "icbs.csv"
    header, row, *_ = shipped.read_text(encoding="utf-8").splitlines()
    (folder / "registry").mkdir()
    (folder / "registry" / "icbs.csv").write_text(f"{header}\n{row}\n", encoding="utf-8")
    run(folder)
    assert plans(rendered) == {"bob", "kent", "dorset"}
    rendered.clear()
    run(folder)
    assert rendered == []


@pytest.mark.parametrize("function", ["program", "engines"])
def test_another_pcstrat_or_engine_makes_everything_anew(
    folder: Path, rendered: list[str], function: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "checked_pdf", lambda _html, _base: PdfResult(pdf=b"%PDF"))
    options = {"formats": "html,pdf", "jobs": "1"}
    run(folder, **options)
    rendered.clear()
    run(folder, **options)
    assert rendered == []
    monkeypatch.setattr(f"pcstrat.commands.build_cache.{function}", lambda: "another")
    run(folder, **options)
    assert plans(rendered) == {"bob", "kent", "dorset"}


def test_what_is_installed_is_known_by_content_and_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = fingerprint.program.__wrapped__()
    assert before == fingerprint.program.__wrapped__()
    (tmp_path / "weasyprint-999.dist-info").mkdir()
    monkeypatch.syspath_prepend(tmp_path)
    assert fingerprint.program.__wrapped__() != before


def test_force_makes_everything_anew(folder: Path, rendered: list[str]) -> None:
    before = files(folder)
    assert run(folder, force=True).rebuilt == ("bob", "dorset", "kent")
    assert plans(rendered) == {"bob", "kent", "dorset"}
    assert files(folder) == before
    rendered.clear()
    run(folder)
    assert rendered == []


def test_naming_a_plan_leaves_what_is_known_of_others(folder: Path, rendered: list[str]) -> None:
    put(folder, "kent", ("QMM", "QKS"), ("Easy access", "Easier access"))
    run(folder, "bob")
    assert plans(rendered) == set()
    rendered.clear()
    outcome = run(folder)
    assert plans(rendered) == {"kent"}
    assert outcome.up_to_date == ("bob", "dorset")


# --- PDFs, which take longest ----------------------------------------------------------------------------------------


@pytest.fixture
def pdfs(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The pages that PDFs are made of from now on; making them takes no time here."""
    pages: list[str] = []

    def make(html: str, _base: Path | None) -> PdfResult:
        pages.append(html)
        return PdfResult(pdf=b"%PDF " + fingerprint.hash_of(html).encode(), engines={"weasyprint": "1"})

    monkeypatch.setattr(printing, "checked_pdf", make)
    return pages


def with_pdf(folder: Path, **options: object) -> BuildOutcome:
    return run(folder, formats="html,pdf", jobs="1", **options)


def test_a_change_that_the_page_does_not_show_leaves_its_pdf(folder: Path, pdfs: list[str]) -> None:
    with_pdf(folder)
    assert len(pdfs) == 7, "two for each plan, and the comparison"
    pdfs.clear()
    put(folder, "bob", ("id: bob", "id: bob  # a remark"))
    outcome = with_pdf(folder)
    assert (outcome.rebuilt, pdfs, outcome.written) == (("bob",), [], ())
    assert with_pdf(folder, ignore="T,M").rebuilt == ("bob", "dorset", "kent")
    assert pdfs == []


def test_another_day_makes_only_the_pdfs_that_say_so(folder: Path, pdfs: list[str]) -> None:
    with_pdf(folder)
    pdfs.clear()
    with_pdf(folder, as_of=AS_OF + dt.timedelta(days=1))
    assert all("as at 22 November 2026" in html or "As at 22 November 2026" in html for html in pdfs)
    assert len(pdfs) == 2, "the comparison, and the plan of a board that has closed"
    assert json.loads(files(folder)["kent/plan.json"])["as_of"] == "2026-11-22"


def test_a_font_or_picture_of_the_templates_makes_pdfs_anew(folder: Path, pdfs: list[str]) -> None:
    with_pdf(folder)
    pdfs.clear()
    (folder / "templates").mkdir()
    (folder / "templates" / "logo.svg").write_text("<svg/>", encoding="utf-8")
    with_pdf(folder)
    assert len(pdfs) == 7, "two for each plan, and the comparison"


def test_a_pdf_that_is_refused_is_refused_again_without_being_made(folder: Path, pdfs: list[str]) -> None:
    put(folder, "bob", ("Easy access", "Easy 漢 access"))
    first = with_pdf(folder)
    pdfs.clear()
    again = with_pdf(folder)
    assert (first.code, pdfs) == (ExitCode.FOUND, [])
    assert said(again) == said(first)
    assert again.lines == {key: first.lines[key] for key in again.lines}


# --- what is noticed although nothing else changed -------------------------------------------------------------------


def test_an_error_is_told_again_and_again(folder: Path, rendered: list[str]) -> None:
    put(folder, "bob", ("    title: Easy access", "    title: Changed\n    tilte: x"))
    first = run(folder)
    rendered.clear()
    again = run(folder)
    assert (again.code, rendered) == (ExitCode.FOUND, [])
    assert said(again) == said(first)
    error = next(finding for finding in again.findings if finding.code == "V02")
    assert error.span
    assert again.lines[error.file, error.span.start.line].strip() == "tilte: x"


def test_a_stricter_profile_is_noticed_in_plans_that_have_not_changed(folder: Path) -> None:
    put(folder, "bob", OVERLAP)
    assert run(folder, select="T01").code is ExitCode.CLEAN
    outcome = run(folder, select="T01", profile="board")
    assert outcome.code is ExitCode.FOUND
    assert said(outcome) == said(run(folder, select="T01", profile="board", force=True))
    assert run(folder, select="T01", profile="board", all_or_nothing=True).messages == (
        "Nothing was published, because a plan has errors (--all-or-nothing).",
    )
    assert run(folder, select="T01").code is ExitCode.CLEAN


def test_a_second_file_with_the_id_of_a_plan_is_noticed(folder: Path) -> None:
    copy = folder / "strategies" / "copy.yaml"
    copy.write_bytes((folder / "strategies" / "bob.yaml").read_bytes())
    assert [finding.code for finding in run(folder).findings if finding.code == "R06"] == ["R06", "R06"]
    copy.unlink()
    assert run(folder).code is ExitCode.CLEAN


def test_findings_are_published_in_full_when_nothing_is_loaded(folder: Path) -> None:
    put(folder, "bob", OVERLAP)
    run(folder, select="T01", publish_findings=True)
    put(folder, "kent", ("QMM", "QKS"), ("Easy access", "Easier access"))
    run(folder, select="T01", publish_findings=True)
    page = files(folder)["findings.html"]
    run(folder, select="T01", publish_findings=True, force=True)
    assert files(folder)["findings.html"] == page
    assert b"Rule T01" in page


# --- what is not trusted ---------------------------------------------------------------------------------------------


def changed(folder: Path, name: str) -> Path:
    path = folder / "output" / name
    path.write_bytes(path.read_bytes() + b" ")
    return path


@pytest.mark.parametrize("name", ["bob/index.html", "bob/plan.json", "index.html", "compare/profile.csv"])
@pytest.mark.parametrize("damage", [changed, lambda folder, name: (folder / "output" / name).unlink()])
def test_a_document_that_was_changed_or_removed_is_made_anew(
    folder: Path, name: str, damage: Callable[[Path, str], object]
) -> None:
    before = files(folder)
    damage(folder, name)
    assert run(folder).written == (name,)
    assert files(folder) == before


def cache_of(folder: Path) -> Path:
    (path,) = (folder.parent / "cache").iterdir()
    return path


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: content[:-10],
        lambda content: content[: len(content) // 2],
        lambda _content: b"",
        lambda _content: b"\x00\xff" * 50,
        lambda content: content.replace(b"pcstrat-cache 2", b"pcstrat-cache 3"),
        lambda content: content.replace(b"warning", b"advice_"),
        lambda content: content.partition(b"\n")[2],
    ],
    ids=["cut", "halved", "empty", "noise", "of another version", "edited", "headless"],
)
def test_a_damaged_cache_is_not_believed(folder: Path, rendered: list[str], damage: Callable[[bytes], bytes]) -> None:
    before = files(folder)
    path = cache_of(folder)
    content = path.read_bytes()
    path.write_bytes(damage(content))
    assert run(folder).rebuilt == ("bob", "dorset", "kent")
    assert plans(rendered) == {"bob", "kent", "dorset"}
    assert files(folder) == before
    assert path.read_bytes() == content


def test_the_cache_of_another_folder_does_not_pass_for_ours(folder: Path, tmp_path: Path) -> None:
    before = files(folder)
    other = tmp_path / "other"
    other.mkdir()
    put(other, "bob", ("Easy access", "Another access"))
    settings = load_settings(other, {}, {"formats": "html", "cache": str(tmp_path / "elsewhere")})
    build(settings, (), as_of=AS_OF)
    (foreign,) = (tmp_path / "elsewhere").iterdir()
    shutil.copy(foreign, cache_of(folder))
    assert run(folder).rebuilt == ("bob", "dorset", "kent")
    assert files(folder) == before


def test_a_cache_that_was_forged_with_care_leads_to_no_other_file(folder: Path) -> None:
    path = cache_of(folder)
    store = Store(path.parent, "build", folder / "output")
    assert store.path == path
    records = records_from(store.read())
    assert set(records.plans) == {f"strategies/{name}.yaml" for name in ("bob", "kent", "dorset")}
    body = path.read_bytes().partition(b"\n")[2].replace(b'"bob/index.html"', b'"../strategies/bob.yaml"')
    path.write_bytes(f"pcstrat-cache 2 {fingerprint.sha256(body)}\n".encode() + body)
    assert isinstance(store.read(), dict)
    assert records_from(store.read()) == Records()


def test_a_cache_that_cannot_be_written_is_said_and_no_failure(folder: Path) -> None:
    shutil.rmtree(folder.parent / "cache")
    (folder.parent / "cache").write_text("a file", encoding="utf-8")
    outcome = run(folder)
    assert outcome.code is ExitCode.CLEAN
    assert [message for message in outcome.messages if "The next build starts anew" in message]


def test_nothing_is_remembered_where_there_is_no_place_for_it(folder: Path, rendered: list[str]) -> None:
    settings = load_settings(folder, {}, {"formats": "html"})
    assert settings.cache is None
    build(settings, (), as_of=AS_OF)
    assert plans(rendered) == {"bob", "kent", "dorset"}


def test_what_is_remembered_of_folders_that_are_gone_is_removed(folder: Path) -> None:
    old = cache_of(folder)
    shutil.rmtree(folder / "output")
    run(folder, output="elsewhere")
    assert not old.exists()


def test_findings_stay_out_of_what_is_published(folder: Path) -> None:
    put(folder, "bob", OVERLAP)
    run(folder, select="T01")
    assert b"overlap" in cache_of(folder).read_bytes()
    assert not any(b"overlap" in content for content in files(folder).values())


# --- what is loaded --------------------------------------------------------------------------------------------------

MODULES = """
import sys
from pcstrat.cli import main
try:
    main()
finally:
    print("MODULES", *sys.modules)
"""


@pytest.mark.pdf
def test_nothing_changed_loads_neither_engine_nor_templates_nor_plans(folder: Path) -> None:
    command = [sys.executable, "-c", MODULES, "build", "--as-of", "2026-11-21", "--jobs", "1"]
    environment = os.environ | {"XDG_CACHE_HOME": str(folder.parent / "own")}
    for _ in range(2):
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=True)
    assert "Nothing has changed in 3 plans since the last build.\n" in done.stdout
    assert (folder / "output" / "bob" / "bob.pdf").is_file()
    modules = set(done.stdout.partition("MODULES")[2].split())
    assert "pcstrat.commands.build" in modules
    assert not modules & {
        "weasyprint", "jinja2", "markdown_it", "pypdf", "fontTools", "rich", "ruamel.yaml", "xlsxwriter",
        "multiprocessing", "pcstrat.model.plan", "pcstrat.rules",
    }  # fmt: skip
