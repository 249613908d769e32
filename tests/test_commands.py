"""The commands: what is published, what is kept, what is said, with plans that are good, bad, gone and hostile."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from folders import SMALL_PLAN, commit_all, files_in
from pcstrat.commands.build import build
from pcstrat.commands.catalogue import CODES, RULE_FORMATS, explain
from pcstrat.commands.catalogue import rules as list_rules
from pcstrat.commands.document_list import DATA_FILES
from pcstrat.commands.fix import fix
from pcstrat.commands.outcome import BuildOutcome
from pcstrat.commands.reports import FORMATS, Reports, actions_run
from pcstrat.commands.validate import ValidateRequest, Validation, validate
from pcstrat.commands.workshop import with_font
from pcstrat.diagnostics import Finding, Severity
from pcstrat.errors import ExitCode, NotDoneError, UsageError
from pcstrat.export.published_schemas import SCHEMAS, address
from pcstrat.publish import printing
from pcstrat.publish.manifest import read_manifest
from pcstrat.publish.printing import PdfResult
from pcstrat.render.environment import TemplateError
from pcstrat.rules import RULES
from pcstrat.settings import load_settings

AS_OF = dt.date(2026, 11, 21)
FONTS_LACK = "漢"


def plan(plan_id: str, **changes: str) -> str:
    """The small plan under another id, with pieces of its text replaced."""
    text = SMALL_PLAN.replace("id: small-plan", f"id: {plan_id}")
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    return text


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A user's folder with two plans."""
    put(tmp_path, "bob")
    put(tmp_path, "kent", QMM="QKS")
    return tmp_path


def put(folder: Path, plan_id: str, **changes: str) -> Path:
    path = folder / "strategies" / f"{plan_id}.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(plan(plan_id, **changes), encoding="utf-8")
    return path


def run(
    folder: Path, *arguments: str, formats: str = "html", as_of: dt.date = AS_OF, **options: object
) -> BuildOutcome:
    settings = load_settings(folder, {}, {"formats": formats, **options})
    return build(settings, arguments, as_of=as_of)


def errors(outcome: BuildOutcome) -> tuple[Finding, ...]:
    return tuple(finding for finding in outcome.findings if finding.severity is Severity.ERROR)


def files(folder: Path) -> dict[str, bytes]:
    return files_in(folder / "output")


def published_plans(folder: Path) -> list[str]:
    return sorted(name.removesuffix("/plan.json") for name in files(folder) if name.endswith("/plan.json"))


def validated(folder: Path, *arguments: str, **options: object) -> Validation:
    settings = load_settings(folder, {}, options)
    return validate(settings, ValidateRequest(plans=arguments), as_of=AS_OF)


def documents(plan_id: str) -> tuple[str, ...]:
    """The documents of a plan but its PDF, sorted."""
    return tuple(sorted(f"{plan_id}/{name}" for name in ("index.html", *(each.name for each in DATA_FILES))))


def schemas() -> tuple[str, ...]:
    """The schemas of what is published, sorted."""
    return tuple(sorted(map(address, SCHEMAS)))


def index(folder: Path) -> str:
    return (folder / "output" / "index.html").read_text(encoding="utf-8")


def test_every_document_is_written(folder: Path) -> None:
    outcome = run(folder)
    assert (outcome.code, outcome.checked, errors(outcome)) == (ExitCode.CLEAN, 2, ())
    assert {name for name in files(folder) if name.startswith("compare/")} > {
        "compare/index.html",
        "compare/tables.xlsx",
    }
    assert sorted(name for name in files(folder) if not name.startswith("compare/")) == [
        "accessibility.html", *documents("bob"), "index.html", *documents("kent"), "manifest.json", *schemas(),
    ]  # fmt: skip
    assert outcome.written == tuple(sorted(name for name in files(folder) if name != "manifest.json"))
    assert outcome.output == "output"


def test_every_json_file_leads_to_the_schema_that_it_keeps_to(folder: Path) -> None:
    run(folder)
    output = folder / "output"
    found = {
        path: json.loads(path.read_text("utf-8")) for path in output.rglob("*.json") if "schemas" not in path.parts
    }
    described = {path.relative_to(output).as_posix(): data for path, data in found.items() if "@context" not in data}
    assert sorted(described) == ["bob/plan.json", "compare/tables.json", "kent/plan.json", "manifest.json"]
    for name, data in described.items():
        schema = json.loads(((output / name).parent / data["$schema"]).read_text("utf-8"))
        Draft202012Validator.check_schema(schema)
        assert list(Draft202012Validator(schema).iter_errors(data)) == []
        assert not Draft202012Validator(schema).is_valid({"$schema": data["$schema"]})


def test_page_data_and_manifest_agree_on_the_content(folder: Path) -> None:
    run(folder)
    manifest = read_manifest(files(folder)["manifest.json"])
    entry = manifest.plan("bob")
    assert entry is not None
    assert entry.source == "strategies/bob.yaml"
    assert json.loads(files(folder)["bob/plan.json"])["content_hash"] == entry.content_hash
    assert entry.content_hash.encode() in files(folder)["bob/index.html"]
    assert manifest.engines == {}
    assert manifest.as_of == "2026-11-21"


def test_a_plan_that_loses_its_last_date_loses_its_calendar_and_its_page_says_so(folder: Path) -> None:
    plan = folder / "strategies" / "bob.yaml"
    head = "pcstrat: 1\nid: bob\nicb: QU9\ndocument: {title: A plan, kind: briefing}\nambitions:\n  - id: one\n"
    milestone = "    title: One\n    milestones: [{text: Open it., when: May 2027}]\n"
    plan.write_text(head + milestone, encoding="utf-8")
    run(folder)
    assert b"BEGIN:VEVENT" in files(folder)["bob/milestones.ics"]
    assert b'<a href="milestones.ics">' in files(folder)["bob/index.html"]
    plan.write_text(head + milestone.replace(", when: May 2027", ""), encoding="utf-8")
    outcome = run(folder)
    assert "bob/milestones.ics" in outcome.removed
    assert b"milestones.ics" not in files(folder)["bob/index.html"]
    assert (
        b"<li>There is no calendar, because no milestone of this plan has a date.</li>"
        in (files(folder)["bob/index.html"])
    )
    assert b"milestones.ics" not in files(folder)["manifest.json"].partition(b"kent")[0]


def test_a_rebuild_is_byte_identical_and_writes_nothing(folder: Path) -> None:
    run(folder)
    first = files(folder)
    assert run(folder).written == ()
    shutil.rmtree(folder / "output")
    run(folder)
    assert files(folder) == first


def test_any_sequence_of_edits_ends_like_a_clean_build(folder: Path) -> None:
    run(folder)
    put(folder, "bob", **{"Easy access": "Easier access"})
    put(folder, "dorset", QMM="QVV")
    run(folder)
    (folder / "strategies" / "kent.yaml").unlink()
    run(folder)
    step_by_step = files(folder)
    shutil.rmtree(folder / "output")
    run(folder)
    assert files(folder) == step_by_step


def test_the_index_lists_every_plan(folder: Path) -> None:
    run(folder)
    text = index(folder)
    assert "NHS Norfolk and Waveney Integrated Care Board" in text
    assert "This ICB closed on 31 March 2026. Its area is now covered by Norfolk and Suffolk ICB." in text
    assert "NHS Kent and Medway Integrated Care Board" in text
    assert 'href="bob/index.html"' in text
    assert "Documents restated by the pcstrat project are not ICB publications." in text
    assert "Published: March 2024" in text


def test_an_open_board_is_not_called_closed(folder: Path) -> None:
    run(folder, as_of=dt.date(2025, 1, 1))
    assert "closed" not in index(folder)


def test_a_plan_with_errors_keeps_its_documents(folder: Path) -> None:
    run(folder)
    before = files(folder)
    put(folder, "bob", **{"    title: Easy access": "    title: Changed\n    tilte: x"})
    put(folder, "kent", QMM="QKS", **{"More staff": "Many more staff"})
    outcome = run(folder)
    assert outcome.code is ExitCode.FOUND
    (error,) = errors(outcome)
    assert error.file == "strategies/bob.yaml"
    assert error.span
    assert outcome.lines[error.file, error.span.start.line].strip() == "tilte: x"
    after = files(folder)
    assert after["bob/index.html"] == before["bob/index.html"]
    assert b"Many more staff" in after["kent/index.html"]
    assert "Not updated: 1 error." in index(folder)
    assert "tilte" not in index(folder)
    assert 'href="bob/index.html"' in index(folder)


def test_a_plan_that_never_was_published_is_listed_with_its_errors(folder: Path) -> None:
    (folder / "strategies" / "bob.yaml").write_text("pcstrat: 1\nid: bob\n", encoding="utf-8")
    assert run(folder).code is ExitCode.FOUND
    assert "Not published yet: " in index(folder)
    assert 'href="bob/' not in index(folder)


def test_all_or_nothing_publishes_nothing(folder: Path) -> None:
    run(folder)
    before = files(folder)
    put(folder, "bob", **{"icb: QMM": "icb: NOPE"})
    put(folder, "kent", QMM="QKS", **{"More staff": "Many more staff"})
    outcome = run(folder, all_or_nothing=True)
    assert outcome.code is ExitCode.FOUND
    assert "Nothing was published" in outcome.messages[0]
    assert files(folder) == before
    put(folder, "bob")
    assert run(folder, all_or_nothing=True).code is ExitCode.CLEAN


def test_all_or_nothing_counts_documents_too(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "checked_pdf", lambda _html, _base: PdfResult(pdf=b"%PDF"))
    put(folder, "bob", **{"Easy access": f"Easy {FONTS_LACK}"})
    outcome = run(folder, formats="html,pdf", jobs=1, all_or_nothing=True)
    assert outcome.code is ExitCode.FOUND
    assert "Nothing was published" in outcome.messages[0]
    assert not (folder / "output").exists()


def test_naming_a_plan_leaves_the_others_as_they_are(folder: Path) -> None:
    run(folder)
    before = files(folder)
    put(folder, "bob", **{"Easy access": "Easier access"})
    put(folder, "kent", QMM="QKS", **{"More staff": "Many more staff"})
    outcome = run(folder, "bob")
    assert outcome.checked == 1
    after = files(folder)
    assert b"Easier access" in after["bob/index.html"]
    assert after["kent/index.html"] == before["kent/index.html"]
    assert 'href="kent/index.html"' in index(folder)
    assert [entry.id for entry in read_manifest(after["manifest.json"]).plans] == ["bob", "kent"]


def test_naming_a_plan_lists_the_errors_of_others_and_does_not_fail_for_them(folder: Path) -> None:
    run(folder)
    put(folder, "kent", **{"icb: QMM": "icb: NOPE"})
    outcome = run(folder, "bob")
    assert (outcome.code, errors(outcome)) == (ExitCode.CLEAN, ())
    assert "Not updated: 1 error." in index(folder)


def test_naming_a_plan_lists_others_that_were_never_built(folder: Path) -> None:
    run(folder, "bob")
    assert "Not published yet." in index(folder)
    assert sorted(files(folder)) == [
        "accessibility.html", *documents("bob"), "index.html", "manifest.json", *schemas(),
    ]  # fmt: skip


def test_naming_a_plan_whose_id_changed_removes_the_old_documents(folder: Path) -> None:
    run(folder)
    (folder / "strategies" / "bob.yaml").write_text(plan("robert"), encoding="utf-8")
    outcome = run(folder, "bob")
    assert outcome.removed == documents("bob")
    assert "robert/index.html" in files(folder)
    assert "R05" in [finding.code for finding in outcome.findings]


@pytest.mark.parametrize("name", ["dorset", "dorset@home"])
def test_a_plan_outside_the_folder_is_kept_while_its_file_is_there(folder: Path, name: str) -> None:
    (folder / "drafts").mkdir()
    draft = folder / "drafts" / f"{name}.yaml"
    draft.write_text(plan("dorset"), encoding="utf-8")
    run(folder, f"drafts/{name}.yaml")
    run(folder, "bob")
    assert "dorset/index.html" in files(folder)
    draft.unlink()
    run(folder, "bob")
    assert "dorset/index.html" not in files(folder)


def test_a_plan_of_a_revision_is_kept_though_its_file_is_gone(folder: Path) -> None:
    draft = put(folder, "dorset")
    commit_all(folder)
    draft.unlink()
    run(folder, "dorset@main")
    run(folder, "bob")
    assert "dorset/index.html" in files(folder)
    manifest = read_manifest((folder / "output" / "manifest.json").read_bytes())
    assert {plan.id: plan.revision for plan in manifest.plans} == {"bob": "", "dorset": "main"}


def test_documents_of_a_plan_that_is_gone_are_removed(folder: Path) -> None:
    run(folder)
    (folder / "strategies" / "kent.yaml").unlink()
    removed = run(folder).removed
    assert [name for name in removed if not name.startswith("compare/")] == [*documents("kent")]
    assert "compare/index.html" in removed, "one plan alone has nothing to be compared with"
    assert not (folder / "output" / "kent").exists()
    assert "Kent" not in index(folder)


def test_documents_changed_by_hand_are_told(folder: Path) -> None:
    run(folder)
    (folder / "output" / "kent" / "plan.json").write_text("{}", encoding="utf-8")
    outcome = run(folder, "bob")
    assert any("'kent' were changed or removed by hand" in message for message in outcome.messages)


def test_a_foreign_manifest_is_told_and_kept(folder: Path) -> None:
    run(folder)
    (folder / "output" / "manifest.json").write_text("{}", encoding="utf-8")
    (folder / "strategies" / "kent.yaml").unlink()
    before = files(folder)
    with pytest.raises(NotDoneError, match="was not made by pcstrat"):
        run(folder)
    assert files(folder) == before


@pytest.mark.parametrize("written", ["id: bob", '"id": bob'])
def test_of_two_plans_with_one_id_neither_is_published_and_all_others_are(folder: Path, written: str) -> None:
    text = plan("bob").replace("id: bob", written, 1)
    (folder / "strategies" / "copy.yaml").write_text(text, encoding="utf-8")
    outcome = run(folder)
    assert outcome.code is ExitCode.FOUND
    assert [(error.code, error.file) for error in errors(outcome)] == [
        ("R06", "strategies/bob.yaml"), ("R06", "strategies/copy.yaml"),
    ]  # fmt: skip
    assert published_plans(folder) == ["kent"]
    assert index(folder).count("Not published yet: 1 error.") == 1


def test_two_plans_with_one_id_are_found_by_validate(folder: Path) -> None:
    (folder / "strategies" / "copy.yaml").write_text(plan("bob"), encoding="utf-8")
    found = validated(folder, select="T01")
    assert found.code is ExitCode.FOUND
    second = next(entry for entry in found.review.findings if entry.file == "strategies/copy.yaml")
    assert (second.code, second.severity) == ("R06", Severity.ERROR)
    assert "The file 'strategies/bob.yaml' has a plan with the id 'bob' too" in second.message
    assert second.span is not None
    assert second.span.start.line == 2
    assert validated(folder, "strategies/bob.yaml", "kent", select="T01").code is ExitCode.CLEAN


@pytest.mark.parametrize(
    "plan_id", ["con", "nul", "aux", "prn", "com1", "lpt9", "compare", "index", "manifest", "accessibility", "findings"]
)
def test_an_id_that_cannot_stand_in_the_site_is_an_error_of_that_plan_alone(folder: Path, plan_id: str) -> None:
    (folder / "strategies" / "bob.yaml").write_text(plan(plan_id), encoding="utf-8")
    outcome = run(folder)
    assert outcome.code is ExitCode.FOUND
    (error,) = errors(outcome)
    assert (error.code, error.path, error.span is not None) == ("R07", ("id",), True)
    assert f"such as {plan_id}-plan" in error.remedy
    assert published_plans(folder) == ["kent"]


def test_nothing_to_build_is_a_failure(tmp_path: Path) -> None:
    (tmp_path / "strategies").mkdir()
    for command in (lambda: run(tmp_path), lambda: validated(tmp_path)):
        with pytest.raises(NotDoneError, match="holds no plans"):
            command()


def test_a_broken_template_publishes_nothing_and_names_its_line(folder: Path) -> None:
    run(folder)
    before = files(folder)
    override = folder / "templates" / "blocks" / "paragraph.html.j2"
    override.parent.mkdir(parents=True)
    override.write_text("{# template_api: 1 #}\n<p>{{ block.nothing }}</p>", encoding="utf-8")
    with pytest.raises(TemplateError, match=r"paragraph\.html\.j2:2"):
        run(folder)
    assert files(folder) == before
    assert run(folder, user_templates=False).code is ExitCode.CLEAN


def test_a_file_that_replaces_no_template_is_refused(folder: Path) -> None:
    override = folder / "templates" / "blocks" / "paragraf.html.j2"
    override.parent.mkdir(parents=True)
    override.write_text("{# template_api: 1 #}\n<p>Ours</p>", encoding="utf-8")
    with pytest.raises(TemplateError, match="replaces no template") as caught:
        run(folder)
    assert caught.value.remedy == "Did you mean 'blocks/paragraph.html.j2'?"
    assert run(folder, user_templates=False).code is ExitCode.CLEAN


def test_a_file_that_a_template_of_the_user_includes_is_not_refused(folder: Path) -> None:
    override = folder / "templates" / "documents" / "plan.html.j2"
    override.parent.mkdir(parents=True)
    extends = '{# template_api: 1 #}\n{% extends "shipped/documents/plan.html.j2" %}'
    include = '{% block logo %}{% include "documents/our-logo.html.j2" %}{% endblock %}'
    override.write_text(f"{extends}\n{include}", encoding="utf-8")
    override.with_name("our-logo.html.j2").write_text("{# template_api: 1 #}\n<p>Our logo</p>", encoding="utf-8")
    (folder / "templates" / "README.txt").write_text("Ours.", encoding="utf-8")
    assert run(folder).code is ExitCode.CLEAN


def test_a_template_that_is_not_accessible_refuses_the_plan(folder: Path) -> None:
    override = folder / "templates" / "documents" / "plan.html.j2"
    override.parent.mkdir(parents=True)
    extends = '{# template_api: 1 #}\n{% extends "shipped/documents/plan.html.j2" %}'
    text = f'{extends}\n{{% block logo %}}<img src="http://x/">{{% endblock %}}'
    override.write_text(text, encoding="utf-8")
    outcome = run(folder)
    assert outcome.code is ExitCode.FOUND
    assert {finding.code for finding in errors(outcome)} == {"D02"}
    assert all(finding.message.endswith("plan.html.j2:3 causes this.") for finding in errors(outcome))
    assert sorted(files(folder)) == ["accessibility.html", "index.html", "manifest.json", *schemas()]


def test_fonts_are_embedded_on_request(folder: Path) -> None:
    run(folder, "bob", embed_fonts=True)
    page = files(folder)["bob/index.html"]
    assert page.count(b"data:font/ttf;base64,") == 3


def test_the_font_stands_once_in_a_page_that_comes_in_pieces() -> None:
    page = "".join(with_font(iter(["<head>", "</he", "ad><p>", "", "</head> is no end here</p>"])))
    head, styles, body = page.partition("<style>")
    assert head == "<head>"
    assert styles + body.rpartition("</style>\n")[2] == "<style></head><p></head> is no end here</p>"


def test_hostile_text_is_harmless_in_every_document(folder: Path) -> None:
    hostile = "</title><script>alert(1)</script><img src=x onerror=y> \u202eabc =1+1"
    put(folder, "bob", **{"Easy access": hostile, "A small plan for primary care": hostile})
    outcome = run(folder)
    assert outcome.code is ExitCode.CLEAN
    for name in ("index.html", "bob/index.html"):
        assert b"<script" not in files(folder)[name]
        assert b"<img" not in files(folder)[name]
        assert "\u202e".encode() not in files(folder)[name]
    assert "\u202e".encode() not in files(folder)["bob/plan.json"]


# --- with PDFs -------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, BuildOutcome]:
    """Two plans built in two processes."""
    folder = tmp_path_factory.mktemp("built")
    put(folder, "bob")
    put(folder, "kent", QMM="QKS")
    return folder, run(folder, formats="html,pdf", jobs=2)


def test_pdfs_are_made_and_linked_with_their_size(built: tuple[Path, BuildOutcome]) -> None:
    folder, outcome = built
    assert errors(outcome) == ()
    pdf = files(folder)["bob/bob.pdf"]
    assert pdf.startswith(b"%PDF")
    link = f'<a href="bob.pdf">PDF of this plan (PDF only, {round(len(pdf) / 1024)}KB)</a>'
    assert link in files(folder)["bob/index.html"].decode()
    assert 'href="kent/kent.pdf"' in index(folder)


def test_the_plan_on_a_page_is_linked_from_its_page_and_the_index(built: tuple[Path, BuildOutcome]) -> None:
    folder, _ = built
    sheet = files(folder)["bob/bob-on-a-page.pdf"]
    size = f"(PDF only, {round(len(sheet) / 1024)}KB)"
    page = files(folder)["bob/index.html"].decode()
    assert f'<a href="bob-on-a-page.pdf">The plan on a page {size}</a>' in page
    assert 'href="bob/bob-on-a-page.pdf"' in index(folder)
    manifest = json.loads(files(folder)["manifest.json"])
    listed = {file["path"] for plan in manifest["plans"] for file in plan["files"]}
    assert {"bob/bob-on-a-page.pdf", "kent/kent-on-a-page.pdf"} <= listed


def test_the_manifest_names_the_engines(built: tuple[Path, BuildOutcome]) -> None:
    engines = read_manifest(files(built[0])["manifest.json"]).engines
    assert {"weasyprint", "pango", "font-source-sans-pro"} <= engines.keys()


def test_one_process_makes_the_same_bytes_and_keeps_the_engines(
    built: tuple[Path, BuildOutcome], tmp_path: Path
) -> None:
    shutil.copytree(built[0], tmp_path / "copy")
    put(tmp_path / "copy", "dorset", QMM="QVV")
    outcome = run(tmp_path / "copy", "bob", formats="html,pdf", jobs=1)
    kept = [name for name in outcome.unchanged if not name.startswith("compare/")]
    pdfs = ("bob/bob-on-a-page.pdf", "bob/bob.pdf")
    assert kept == ["accessibility.html", *sorted((*pdfs, *documents("bob"))), *schemas()]
    manifest = read_manifest(files(tmp_path / "copy")["manifest.json"])
    assert manifest.engines
    run(tmp_path / "copy", "bob")
    manifest = read_manifest(files(tmp_path / "copy")["manifest.json"])
    assert "bob/bob.pdf" not in files(tmp_path / "copy")
    assert manifest.engines, "kent still has its PDF"


def test_a_character_without_a_glyph_is_found_in_the_plan(folder: Path) -> None:
    path = put(folder, "bob", **{"Train 30 nurses": f"Train {FONTS_LACK} nurses"})
    outcome = run(folder, "bob", formats="html,pdf", jobs=1)
    assert outcome.code is ExitCode.FOUND
    (finding,) = errors(outcome)
    assert (finding.code, finding.file) == ("D01", "strategies/bob.yaml")
    assert "U+6F22" in finding.message
    assert finding.span is not None
    line = path.read_text(encoding="utf-8").splitlines()[finding.span.start.line - 1]
    assert line[finding.span.start.column - 1] == FONTS_LACK
    assert "bob/index.html" not in files(folder)


def pdf_says(monkeypatch: pytest.MonkeyPatch, **result: Any) -> None:
    monkeypatch.setattr(printing, "checked_pdf", lambda _html, _base: PdfResult(**result))


def test_missing_libraries_stop_the_build(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_html: str, _base: Path | None) -> PdfResult:
        raise NotDoneError("PDFs cannot be made.", "Install Pango.")

    monkeypatch.setattr(printing, "checked_pdf", fail)
    with pytest.raises(NotDoneError, match="PDFs cannot be made") as caught:
        run(folder, formats="html,pdf", jobs=1)
    assert caught.value.remedy == "Install Pango."
    assert not (folder / "output").exists()


def test_a_process_that_dies_is_explained(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pcstrat.workers._start_worker", os.abort)
    with pytest.raises(NotDoneError, match="ended unexpectedly"):
        run(folder, formats="html,pdf", jobs=2)


# --- validate --------------------------------------------------------------------------------------------------------


def test_validate_finds_nothing_in_good_plans(folder: Path) -> None:
    found = validated(folder, select="T01,W")
    assert (found.code, len(found.review.results), found.review.findings) == (ExitCode.CLEAN, 2, ())


def test_validate_finds_everything_in_one_pass(folder: Path) -> None:
    put(folder, "bob", **{"title: Easy access": "tilte: x", "icb: QMM": "icb: QMM\nnothing: x"})
    (folder / "strategies" / "kent.yaml").write_text("pcstrat: 1\nid: kent\n\tx", encoding="utf-8")
    found = validated(folder)
    assert found.code is ExitCode.FOUND
    assert {finding.file for finding in found.review.findings} == {"strategies/bob.yaml", "strategies/kent.yaml"}
    assert len(found.review.findings) == 3
    assert not (folder / "output").exists()


# --- what the rules find ---------------------------------------------------------------------------------------------

OVERLAP = {"    measures:": "      - {label: Year 2, when: 2024/25}\n    measures:"}
"""A second band that overlaps the first: T01."""


def codes(found: Validation) -> list[str]:
    return [finding.code for finding in found.review.findings]


def test_the_profile_decides_what_is_an_error(folder: Path) -> None:
    put(folder, "bob", **OVERLAP)
    assert validated(folder, select="T01").code is ExitCode.CLEAN
    assert validated(folder, select="T01", profile="board").code is ExitCode.FOUND
    assert validated(folder, "kent", select="T01", profile="board").code is ExitCode.CLEAN


@pytest.mark.parametrize(
    ("fail_on", "code"), [("error", ExitCode.CLEAN), ("warning", ExitCode.FOUND), ("advice", ExitCode.FOUND)]
)
def test_fail_on_sets_the_exit_code(folder: Path, fail_on: str, code: ExitCode) -> None:
    put(folder, "bob", **OVERLAP)
    assert validated(folder, select="T01", fail_on=fail_on).code is code


def test_settings_hold_for_one_plan(folder: Path) -> None:
    put(folder, "bob", **OVERLAP)
    put(folder, "kent", QMM="QKS", **OVERLAP)
    toml = 'select = "T01"\n[plans.bob]\nprofile = "board"\n[plans.kent]\nselect = "T02"\nignore = "T01"\n'
    (folder / "pcstrat.toml").write_text(toml, encoding="utf-8")
    found = validated(folder)
    assert [(finding.plan, finding.severity) for finding in found.review.findings] == [("bob", Severity.ERROR)]
    assert found.code is ExitCode.FOUND


MISSPELT = {
    "  kind: delivery plan": "  Kind: Delivery_Plan",
    "published: March 2024": "published: 03/04/2024",
    "period: 2024/25 to 2026/27": "period: 2024-25 to 2026-27",
}


def test_what_can_be_mended_is_marked_counted_and_then_mended(folder: Path) -> None:
    path = put(folder, "bob", **MISSPELT)
    found = validated(folder, "bob")
    fixable = {finding.code: finding.fixable for finding in found.review.findings}
    assert fixable == {"V02": True, "V06": False}
    assert "[*] 1 finding can be mended with `pcstrat validate --fix`." in found.text.splitlines()
    assert "strategies/bob.yaml:7:3: error V02 [*] " in found.text
    assert fix(load_settings(folder, {}, {}), ["bob"]).code is ExitCode.CLEAN
    after = validated(folder, "bob")
    assert "kind: delivery plan" in path.read_text(encoding="utf-8")
    assert {finding.code for finding in after.review.findings if finding.severity is Severity.ERROR} == {"V06"}
    assert "[*]" not in after.text


def test_what_no_fix_is_made_for_is_not_said_to_be_mendable(folder: Path) -> None:
    path = put(folder, "bob", **MISSPELT)
    path.write_text(path.read_text(encoding="utf-8") + "broken: [\n", encoding="utf-8")
    found = validated(folder, "bob")
    assert not any(finding.fixable for finding in found.review.findings)
    assert "[*]" not in found.text


def test_settings_for_a_plan_that_does_not_exist_are_wrong_usage(folder: Path) -> None:
    (folder / "pcstrat.toml").write_text('[plans.bobb]\nprofile = "board"\n', encoding="utf-8")
    with pytest.raises(UsageError, match="plan 'bobb', which does not exist") as caught:
        validated(folder)
    assert caught.value.remedy == "Did you mean 'bob'?"
    assert validated(folder, "kent", select="T01").code is ExitCode.CLEAN


def test_settings_for_a_plan_that_cannot_be_read_are_right(folder: Path) -> None:
    (folder / "strategies" / "bob.yaml").write_text("{", encoding="utf-8")
    (folder / "pcstrat.toml").write_text('[plans.bob]\nprofile = "board"\n', encoding="utf-8")
    assert validated(folder).code is ExitCode.FOUND


def test_a_file_that_is_no_plan_passes_nothing_and_others_are_checked(folder: Path) -> None:
    (folder / "strategies" / "bob.yaml").write_text("pcstrat: 1\nid: bob\n", encoding="utf-8")
    put(folder, "kent", QMM="QKS", **OVERLAP)
    found = validated(folder, select="T01,T02")
    bob, kent = found.review.results
    assert (bob.is_plan, bob.highest_profile, bob.rules_run, len(bob.unrun_rules)) == (False, None, 0, 2)
    assert (kent.is_plan, kent.rules_run) == (True, 2)
    assert "bob: The file is no valid plan yet, so 2 rules could not be run." in found.text
    assert "No issues" not in found.text
    assert not found.review.is_complete


def test_a_rule_that_fails_is_not_a_success(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: object) -> Any:
        raise KeyError("gone")

    monkeypatch.setattr("pcstrat.check._run.Found", fail)
    put(folder, "bob", **OVERLAP)
    found = validated(folder, "bob", select="T01")
    assert found.code is ExitCode.NOT_DONE
    assert codes(found) == ["X01"]
    assert "1 rule failed: T01." in found.text


@pytest.mark.parametrize(
    ("options", "why"),
    [
        ({"ignore": ",".join(sorted({rule.family for rule in RULES}))}, "every rule is ignored"),
        ({"select": "T01", "ignore": "T01"}, "T01 is selected, and T01 ignored"),
        ({"select": "W04"}, "W04 can say something only beside other rules"),
    ],
)
def test_options_that_leave_no_rule_are_wrong_usage(folder: Path, options: dict[str, str], why: str) -> None:
    with pytest.raises(UsageError) as caught:
        validated(folder, **options)
    assert caught.value.message == f"No rule is left to run: {why}."


def test_the_plan_is_named_whose_own_settings_leave_no_rule(folder: Path) -> None:
    (folder / "pcstrat.toml").write_text('select = "T01"\n[plans.kent]\nignore = "T"\n', encoding="utf-8")
    with pytest.raises(UsageError, match="No rule is left to run for the plan 'kent': T01 is selected, and T ignored"):
        validated(folder)
    assert validated(folder, "bob").code is ExitCode.CLEAN


def test_rules_that_no_plan_owes_are_not_a_success(folder: Path) -> None:
    put(folder, "bob", **{"kind: delivery plan": "kind: briefing"})
    alone = validated(folder, "bob", select="O16")
    assert alone.code is ExitCode.NOT_DONE
    assert "1 plan checked, but no rule was run." in alone.text
    assert "bob: None of the rules that were asked for applies to this kind of document." in alone.text
    assert not alone.review.is_complete
    both = validated(folder, select="O16")
    assert both.code is ExitCode.CLEAN
    assert "2 plans checked. No issues found by 1 rule." in both.text
    assert "bob: None of the rules that were asked for applies to this kind of document." in both.text
    assert [result.rules_run for result in both.review.results] == [0, 1]


def test_a_rule_that_does_not_exist_is_wrong_usage(folder: Path) -> None:
    with pytest.raises(UsageError, match="There is no rule 'bands-overlop'"):
        validated(folder, select="bands-overlop")


def test_what_a_board_would_refuse_is_not_built(folder: Path) -> None:
    put(folder, "bob", **OVERLAP)
    outcome = run(folder, profile="board", select="T01")
    assert outcome.code is ExitCode.FOUND
    assert [finding.code for finding in errors(outcome)] == ["T01"]
    assert "bob/index.html" not in files(folder)
    assert "Not published yet: 1 error." in index(folder)
    assert run(folder, profile="draft", select="T01").code is ExitCode.CLEAN
    outcome = run(folder, "kent", profile="board", select="T01")
    assert "Not updated: 1 error." in index(folder)
    assert run(folder, profile="board", select="T01", all_or_nothing=True).messages == (
        "Nothing was published, because a plan has errors (--all-or-nothing).",
    )


def test_findings_are_published_only_when_a_setting_says_so(folder: Path) -> None:
    put(folder, "bob", **OVERLAP)
    run(folder, select="T01")
    assert not any("findings" in name for name in files(folder))
    run(folder, "kent", select="T01", publish_findings=True)
    page = files(folder)["findings.html"].decode()
    assert "Two bands of one timeline overlap" not in page
    assert "Rule T01" in page
    run(folder, select="T01")
    assert "findings.html" not in files(folder)


@pytest.mark.parametrize(
    ("outputs", "expected"),
    [
        (("pdf=x",), "--output is 'pdf=x'."),
        (("html",), "--output is 'html'."),
        (("html=",), "--output is 'html='."),
        (("html=a", "json=./a"), "Two --output options name the same file."),
        (("html=output/findings.html",), "inside the folder that is published"),
    ],
)
def test_outputs_that_make_no_sense_are_refused(folder: Path, outputs: tuple[str, ...], expected: str) -> None:
    request = ValidateRequest(outputs=outputs)
    with pytest.raises(UsageError, match=re.escape(expected)):
        validate(load_settings(folder, {}, {}), request, as_of=AS_OF)


def test_an_unknown_format_is_refused(folder: Path) -> None:
    with pytest.raises(UsageError, match="--format is 'xml'"):
        validate(load_settings(folder, {}, {}), ValidateRequest(format="xml"), as_of=AS_OF)


def test_reports_are_written_beside_what_is_printed(folder: Path) -> None:
    outputs = tuple(f"{kind}=reports/findings.{kind}" for kind in FORMATS)
    request = ValidateRequest(format="json", outputs=outputs)
    done = validate(load_settings(folder, {}, {"publish_findings": True}), request, as_of=AS_OF)
    written = {kind: (folder / "reports" / f"findings.{kind}").read_bytes() for kind in FORMATS}
    assert written["json"].decode() == done.text
    assert written["html"].startswith(b"<!DOCTYPE html>")
    assert all(content.endswith(b"\n") and b"\r" not in content for content in written.values())


def test_a_report_that_cannot_be_written_is_said(folder: Path) -> None:
    request = ValidateRequest(outputs=("json=strategies",))
    with pytest.raises(NotDoneError, match="'strategies' cannot be written"):
        validate(load_settings(folder, {}, {}), request, as_of=AS_OF)


def test_a_template_can_not_make_the_report_inaccessible(folder: Path) -> None:
    override = folder / "templates" / "documents" / "findings.html.j2"
    override.parent.mkdir(parents=True)
    extends = '{# template_api: 1 #}\n{% extends "shipped/documents/findings.html.j2" %}'
    override.write_text(f'{extends}\n{{% block logo %}}<img src="x">{{% endblock %}}', encoding="utf-8")
    with pytest.raises(NotDoneError, match="no text in its place"):
        validate(load_settings(folder, {}, {}), ValidateRequest(format="html"), as_of=AS_OF)


def test_the_report_has_the_font_when_pages_have_it(folder: Path) -> None:
    settings = load_settings(folder, {}, {"embed_fonts": True})
    assert "data:font/ttf" in validate(settings, ValidateRequest(format="html"), as_of=AS_OF).text


# --- in GitHub Actions -----------------------------------------------------------------------------------------------


def in_actions(folder: Path, format_: str, **environment: str) -> str:
    settings = load_settings(folder, {}, {"select": "T01"})
    run_of = actions_run(folder, {"GITHUB_ACTIONS": "true"} | environment)
    request = ValidateRequest(format=format_)
    return validate(settings, request, as_of=AS_OF, reports=Reports(settings, actions=run_of)).text


def test_annotations_follow_the_text_and_the_summary_has_everything(folder: Path, tmp_path: Path) -> None:
    put(folder, "bob", **OVERLAP)
    summary = tmp_path / "summary.md"
    summary.write_text("before\n", encoding="utf-8")
    text = in_actions(folder, "text", GITHUB_STEP_SUMMARY=str(summary), GITHUB_WORKSPACE=str(folder.parent))
    assert f"\n::warning file={folder.name}/strategies/bob.yaml,line=" in text
    assert text.index("Checked 2 plans") < text.index("::warning")
    assert summary.read_text(encoding="utf-8").startswith("before\n# What pcstrat found")


def test_other_formats_have_no_annotations(folder: Path, tmp_path: Path) -> None:
    put(folder, "bob", **OVERLAP)
    json.loads(in_actions(folder, "json", GITHUB_STEP_SUMMARY=str(tmp_path / "s")))
    assert not (tmp_path / "s").exists()
    assert in_actions(folder, "github").startswith("::warning file=strategies/bob.yaml")


def test_outside_actions_there_are_none(folder: Path) -> None:
    assert actions_run(folder, {}) is None
    assert actions_run(folder, {"GITHUB_ACTIONS": "true", "GITHUB_WORKSPACE": "/elsewhere"}).prefix == ""  # type: ignore[union-attr]


def test_a_summary_that_cannot_be_written_is_said(folder: Path) -> None:
    with pytest.raises(NotDoneError, match="step summary cannot be written"):
        in_actions(folder, "text", GITHUB_STEP_SUMMARY=str(folder))


# --- the catalogue ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("format_", RULE_FORMATS)
def test_every_rule_is_listed_once(format_: str) -> None:
    text = list_rules(format_)
    assert all(
        text.count(f" {rule.name}") + text.count(f"`{rule.name}`") + text.count(f'"{rule.name}"') for rule in RULES
    )


def test_the_list_says_what_counts_for_how_much() -> None:
    data = json.loads(list_rules("json"))
    assert [rule["code"] for rule in data["rules"]] == list(dict.fromkeys(rule["code"] for rule in data["rules"]))
    first = next(rule for rule in data["rules"] if rule["code"] == "T01")
    assert first["profiles"] == {"draft": "warning", "board": "error", "publish": "error"}
    assert re.search(
        r"\n  T01 +bands-overlap +Two bands of one timeline overlap +warning +error +error\n", list_rules("text")
    )
    assert f"{len(RULES)} rules, with" in list_rules("text")
    assert "| T01 | `bands-overlap` |" in list_rules("markdown")
    with pytest.raises(UsageError, match="--format is 'html'"):
        list_rules("html")


def test_every_code_can_be_explained() -> None:
    for code in (*CODES, *(rule.code for rule in RULES)):
        text = explain([code])
        assert text.startswith(f"{code}")
        assert "Why it matters:" in text
        assert "What to do:" in text


def test_a_rule_is_explained_with_an_example() -> None:
    text = explain(["bands-overlap"])
    assert text.startswith("T01 bands-overlap: Two bands of one timeline overlap\n")
    assert "warning in draft, error in board and error in publish" in text
    assert text.index("Before:\n") < text.index("After:\n")
    assert explain(["T01", "v02"]).count("Why it matters:") == 2


@pytest.mark.parametrize(
    ("code", "remedy"),
    [("T001", "Did you mean 'T01'?"), ("bands-overlaps", "Did you mean 'bands-overlap'?"), ("?", "lists them")],
)
def test_a_code_that_does_not_exist_is_wrong_usage(code: str, remedy: str) -> None:
    with pytest.raises(UsageError, match="There is no code") as caught:
        explain([code])
    assert remedy in caught.value.remedy
