"""PDFs are made from the package's fonts alone, load nothing from outside, and fail on every warning."""

from __future__ import annotations

import builtins
import errno
import io
import logging
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from pypdf import PdfReader

from pcstrat.errors import ExitCode, NotDoneError
from pcstrat.publish import pdf as pdf_module
from pcstrat.publish.fonts import missing_characters
from pcstrat.publish.inspect_pdf import inspect_pdf
from pcstrat.publish.pdf import _missing_glyph, engine_versions, make_pdf
from pcstrat.publish.problems import RefusedError

SMALL_PLAN = Path(__file__).parents[1] / "data" / "small-plan.yaml"


def document(body: str, head: str = "") -> str:
    style = "<style>body{font-family:var(--font)}</style>"
    return f'<!DOCTYPE html><html lang="en-GB"><head><title>T</title>{style}{head}</head><body>{body}</body></html>'


def refused(body: str, head: str = "", base: Path | None = None) -> str:
    with pytest.raises(RefusedError) as caught:
        make_pdf(document(f"<h1>Title</h1>{body}", head), base=base)
    assert caught.value.exit_code is ExitCode.NOT_DONE
    assert all(problem.message and problem.remedy for problem in caught.value.problems)
    return " ".join(problem.message for problem in caught.value.problems)


def test_a_plan_becomes_an_accessible_pdf(pdf: bytes) -> None:
    assert inspect_pdf(pdf) == ()
    reader = PdfReader(io.BytesIO(pdf))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert reader.metadata is not None
    assert reader.metadata.title == "A small plan for primary care – the pcstrat project"
    assert reader.outline
    assert "Open a hub in each place." in "".join(page.extract_text() for page in reader.pages).replace("\n", " ")


def test_the_content_hash_is_in_the_pdf(pdf: bytes, page: str) -> None:
    stated = page.partition('name="pcstrat-content-hash" content="')[2][:64]
    info = PdfReader(io.BytesIO(pdf)).trailer["/Info"]
    assert stated in {str(value) for value in info.values()}


def test_the_same_page_gives_the_same_bytes(page: str, pdf: bytes) -> None:
    assert make_pdf(page) == pdf


@pytest.mark.parametrize(
    "body",
    [
        '<img alt="x" src="http://127.0.0.1:9/x.png">',
        '<img alt="x" src="file:///etc/passwd">',
        '<img alt="x" src="FILE:///etc/passwd">',
        '<img alt="x" src="file://host/etc/passwd">',
        '<img alt="x" src="../../../../../../etc/passwd">',
        '<img alt="x" src="%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd">',
        '<a rel="attachment" href="file:///etc/passwd">x</a>',
        '<p style="background: url(ftp://127.0.0.1/x)">x</p>',
        "<style>@import url(https://127.0.0.1:9/x.css);</style>",
    ],
)
def test_nothing_outside_is_loaded(body: str, tmp_path: Path) -> None:
    assert "asks for" in refused(body, base=tmp_path)


def test_an_image_inside_an_image_is_refused(tmp_path: Path) -> None:
    svg = "<svg xmlns='http://www.w3.org/2000/svg'><image href='http://127.0.0.1:9/x.png'/></svg>"
    assert "127.0.0.1" in refused(f'<img alt="x" src="data:image/svg+xml,{svg}">', base=tmp_path)


def test_a_link_out_of_the_templates_is_refused(tmp_path: Path) -> None:
    secret = tmp_path / "secret.svg"
    secret.write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "logo.svg").symlink_to(secret)
    assert "asks for" in refused('<img alt="x" src="logo.svg">', base=tmp_path / "templates")


def test_a_file_of_the_templates_is_used(tmp_path: Path) -> None:
    (tmp_path / "logo.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>")
    assert make_pdf(document('<h1>T</h1><img alt="Logo" src="logo.svg">'), base=tmp_path).startswith(b"%PDF")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    assert "nowhere.svg" in refused('<img alt="x" src="nowhere.svg">', base=tmp_path)


def test_a_full_disk_is_no_fault_of_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_path: Path, _content: bytes) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(NotDoneError, match=r"^PDFs cannot be made: the disk is full\.$") as caught:
        make_pdf(document("<h1>T</h1><p>text</p>"))
    assert not isinstance(caught.value, RefusedError)
    assert caught.value.remedy == "Free some space, then try again."


def test_every_warning_is_a_reason(capfd: pytest.CaptureFixture[str]) -> None:
    text = refused(
        "<p>漢</p><p id=a></p><p id=a></p>", "<style>p { no-such: 1 } @media (min-width: 1px) { p {} }</style>"
    )
    assert "no-such: 1" in text
    assert "@media" in text
    assert "'漢' (U+6F22" in text
    assert "the id 'a'" in text
    assert capfd.readouterr() == ("", "")


def test_loggers_are_left_as_they_were() -> None:
    logger = logging.getLogger("weasyprint")
    before = (logger.handlers[:], logger.propagate, logger.level)
    refused('<img alt="x" src="http://127.0.0.1:9/">')
    assert (logger.handlers, logger.propagate, logger.level) == before


def test_fonts_of_the_system_are_not_used() -> None:
    made = make_pdf(document("<h1>Title</h1><p style='font-family: DejaVu Sans, monospace'>text</p>"))
    names = {str(font["/BaseFont"]) for page in PdfReader(io.BytesIO(made)).pages for font in _fonts(page)}
    assert names
    assert all("Source-Sans-Pro" in name for name in names)


def _fonts(page: object) -> list[dict[str, object]]:
    return [font.get_object() for font in page["/Resources"]["/Font"].values()]  # type: ignore[index]


def test_versions_name_what_decides_the_bytes() -> None:
    assert {"weasyprint", "pango", "font-source-sans-pro"} <= engine_versions().keys()


@pytest.mark.parametrize(("platform", "command"), [("linux", "Pango"), ("darwin", "brew"), ("win32", "pacman")])
def test_a_missing_library_is_explained(monkeypatch: pytest.MonkeyPatch, platform: str, command: str) -> None:
    real = builtins.__import__

    def without_pango(name: str, *args: object, **kwargs: object) -> object:
        if name == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0': error 0x7e\n\nmore")
        return real(name, *args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.delitem(sys.modules, "pcstrat.publish.engine", raising=False)
    monkeypatch.delattr("pcstrat.publish.engine", raising=False)
    monkeypatch.setattr(builtins, "__import__", without_pango)
    with pytest.raises(NotDoneError) as caught:
        make_pdf(document("<h1>T</h1>"))
    assert "'libpango-1.0-0' is missing" in caught.value.message
    assert command.lower() in caught.value.remedy.lower()
    assert "--format html" in caught.value.remedy


@pytest.mark.parametrize("package", ["weasyprint", "pypdf", "fontTools"])
def test_a_missing_package_is_not_called_a_missing_library(package: str, tmp_path: Path) -> None:
    (tmp_path / "strategies").mkdir()
    text = SMALL_PLAN.read_text(encoding="utf-8")
    for name in ("one", "two"):
        plan = text.replace("id: small-plan", f"id: {name}")
        (tmp_path / "strategies" / f"{name}.yaml").write_text(plan, encoding="utf-8")
    (tmp_path / "without").mkdir()
    missing = f"raise ModuleNotFoundError('No module named {package}', name='{package}')"
    (tmp_path / "without" / f"{package}.py").write_text(missing, encoding="utf-8")
    said = set()
    for jobs in ("1", "2"):
        command = [sys.executable, "-m", "pcstrat", "build", "--jobs", jobs]
        environment = os.environ | {"PYTHONPATH": str(tmp_path / "without")}
        done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=False)
        assert done.returncode == 3
        said.add(done.stderr.decode())
    (words,) = said
    assert f"the Python package '{package}' is not installed" in words
    assert "pip install pcstrat" in words
    assert "pango" not in words.lower()


@pytest.mark.parametrize("character", ["\u202e", "\u20dd", "\x1b", "\u2028"])
def test_a_character_that_cannot_be_seen_is_named_by_its_number(character: str) -> None:
    message = _missing_glyph(character).message
    assert character not in message
    assert f"U+{ord(character):04X} (" in message
    (problem,) = missing_characters(f"The{character}end")
    assert character not in problem.message


def test_the_font_configuration_is_ours() -> None:
    pdf_module._engine()
    assert Path(os.environ["FONTCONFIG_FILE"]).name == "fonts.conf"
    assert Path(os.environ["FONTCONFIG_FILE"]).is_file()


def test_of_a_missing_library_our_words_are_all_that_is_said() -> None:
    code = (
        "import cffi\n"
        "def dlopen(self, name, flags=0):\n    raise OSError(f\"cannot load library '{name}': no such file\")\n"
        "cffi.FFI.dlopen = dlopen\n"
        "from pcstrat.errors import NotDoneError\nfrom pcstrat.publish import pdf\n"
        "try:\n    pdf.engine_versions()\nexcept NotDoneError as error:\n    print(error.message)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert re.fullmatch(r"PDFs cannot be made: the system library '\S+' is missing\.\n", done.stdout)
    assert done.stderr == ""
