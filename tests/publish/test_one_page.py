"""The plan on a page is one sheet of paper for any plan: it says less rather than shrink, and is never cut off."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader

from pcstrat.load import load_plan
from pcstrat.model.plan import Plan
from pcstrat.publish.inspect_page import inspect_page
from pcstrat.publish.inspect_pdf import inspect_pdf
from pcstrat.publish.pdf import make_sheet
from pcstrat.publish.problems import RefusedError
from pcstrat.publish.reading import read_page
from pcstrat.registry import Registry, load_registry
from pcstrat.render.environment import Templates
from pcstrat.render.one_page import STEPS, Allowance, one_pages
from pcstrat.render.plan_page import Particulars, plan_page

TESTS = Path(__file__).parents[1]
ROOT = TESTS.parent
A4_LANDSCAPE = (842, 595)
"""Points."""


@pytest.fixture(scope="module")
def registry() -> Registry:
    return load_registry(None)


@pytest.fixture(scope="module")
def sheets_of(registry: Registry) -> Callable[[str], tuple[str, ...]]:
    """The sheets of a plan as HTML, from its text."""
    templates = Templates()

    def sheets(text: str) -> tuple[str, ...]:
        loaded = load_plan(text.encode(), "plan.yaml", registry)
        assert loaded.plan is not None, loaded.findings
        page = plan_page(loaded.plan, registry, Particulars(as_of=dt.date(2026, 11, 21)))
        pages = one_pages(loaded.plan, registry, page)
        return tuple(templates.render("documents/one_page.html.j2", page=sheet) for sheet in pages)

    return sheets


def text_of(name: str) -> str:
    path = TESTS / "data" / "small-plan.yaml" if name == "small-plan" else ROOT / "strategies" / f"{name}.yaml"
    return (TESTS / "hostile" / "plan.yaml" if name == "hostile" else path).read_text(encoding="utf-8")


def said(html: str) -> str:
    return read_page(html).text


SHORT = """\
pcstrat: 1
id: short
icb: QMM
document:
  title: Short
  kind: briefing
ambitions:
  - id: one
    title: One
"""
WORD = "Gesundheitsversorgungszusammenhang"


def longest() -> str:
    """A plan with far more of everything than a sheet can hold, in long words."""
    title = " ".join([WORD] * 12)
    ambitions = "".join(
        f"  - id: aim-{number}\n    label: Ambition {number}\n    title: {title} {number}\n    actions:\n"
        + "".join(f"      - {action} {title}.\n" for action in range(30))
        + "    timeline:\n      - label: Year 1\n        when: 2024/25\n        milestones:\n"
        + "".join(f"          - text: {day} {title}\n            when: {day} May 2024\n" for day in range(1, 20))
        for number in range(9)
    )
    return (
        f"pcstrat: 1\nid: longest\nicb: QM7\ndocument:\n  title: {title}\n  kind: delivery plan\n"
        f"  period: 2024/25\n  purpose: {title}. {title}.\n  contact: {title}\n"
        f"  restated_by:\n    publisher: {title}\nambitions:\n{ambitions}"
        "funding:\n  - title: Money\n    commitment: proposed\n    lines:\n"
        + "".join(
            f"      - id: line-{number}\n        title: {title}\n        amounts:\n          - amount: £{number}m\n"
            for number in range(1, 30)
        )
    )


@pytest.mark.parametrize("name", ["short", "small-plan", "hostile", "longest", "herts-west-essex", "south-east-london"])
def test_any_plan_fits_on_one_accessible_sheet(name: str, sheets_of: Callable[[str], tuple[str, ...]]) -> None:
    text = {"short": SHORT, "longest": longest()}.get(name) or text_of(name)
    sheets = sheets_of(text)
    html, pdf = make_sheet(sheets)
    assert inspect_page(html).problems == ()
    assert inspect_pdf(pdf, html) == ()  # the same words in the same order, nothing below 12 points
    pages = PdfReader(io.BytesIO(pdf)).pages
    assert [tuple(map(round, (page.mediabox.width, page.mediabox.height))) for page in pages] == [A4_LANDSCAPE]


def test_a_short_plan_loses_nothing(sheets_of: Callable[[str], tuple[str, ...]]) -> None:
    sheets = sheets_of(text_of("small-plan"))
    html, _ = make_sheet(sheets)
    assert html == sheets[0]


def test_the_sheet_says_as_much_as_fits(sheets_of: Callable[[str], tuple[str, ...]]) -> None:
    sheets = sheets_of(text_of("herts-west-essex"))
    html, _ = make_sheet(sheets)
    place = sheets.index(html)
    assert 0 < place < len(sheets) - 1
    with pytest.raises(RefusedError, match="does not fit"):
        make_sheet(sheets[place - 1 : place])


def test_each_sheet_says_less_than_the_one_before(sheets_of: Callable[[str], tuple[str, ...]]) -> None:
    lengths = [len(said(sheet)) for sheet in sheets_of(longest())]
    assert lengths == sorted(lengths, reverse=True)
    assert len(lengths) > len(STEPS) / 2


def test_every_step_takes_something_away() -> None:
    allowance = Allowance()
    for name, value in STEPS:
        assert value < getattr(allowance, name), name
        allowance = dataclasses.replace(allowance, **{name: value})


def test_what_is_left_out_is_counted(sheets_of: Callable[[str], tuple[str, ...]]) -> None:
    least = said(sheets_of(longest())[-1])
    assert "171datesintheplan" in least
    first = said(sheets_of(longest())[0])
    assert "and27more" in first
    assert "and3moreambitions" in first
    assert "24moreamountsintheplan" in first


def test_it_reads_in_the_order_of_importance(sheets_of: Callable[[str], tuple[str, ...]]) -> None:
    html, _ = make_sheet(sheets_of(text_of("small-plan")))
    headings = [heading.text for heading in read_page(html).headings]
    assert headings == [
        "asmallplanforprimarycare",
        "whattheplanisfor",
        "whattheplansetsouttodo",
        "firstdates",
        "money",
        "notstatedinthisplan",
    ]


def test_dates_of_periods_are_not_denied(sheets_of: Callable[[str], tuple[str, ...]]) -> None:
    periods = """\
    timeline:
      - label: Year 1
        when: 2024/25
        milestones: [Open the hub.]
      - label: Year 2
        when: 2025/26
        milestones: [Look at it again.]
"""
    first = said(sheets_of(SHORT + periods)[0])
    assert "withoutdatesofitsown:2024/25and2025/26." in first
    assert "doesnotgivedates" not in first
    assert "thisplandoesnotgivedatesforwhatitwilldo." in said(sheets_of(SHORT)[0])


def test_bars_and_their_words_do_not_overlap(sheets_of: Callable[[str], tuple[str, ...]]) -> None:
    html, _ = make_sheet(sheets_of(text_of("herts-west-essex")))
    widths = [float(width) for width in re.findall(r'class="amounts__bar[^>]*width: ([\d.]+)%', html)]
    room = re.findall(r"\.amounts li {[^}]*padding-left: (\d+)%", html)[-1]  # the last rule holds
    assert widths
    assert max(widths) < float(room)


def test_a_template_that_leaves_no_room_is_refused(tmp_path: Path, registry: Registry) -> None:
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "custom.css").write_text(".sheet-head { height: 300mm; }", encoding="utf-8")
    plan: Plan | None = load_plan(SHORT.encode(), "plan.yaml", registry).plan
    assert plan is not None
    page = plan_page(plan, registry, Particulars(as_of=dt.date(2026, 11, 21)))
    templates = Templates(tmp_path)
    sheets = [templates.render("documents/one_page.html.j2", page=sheet) for sheet in one_pages(plan, registry, page)]
    with pytest.raises(RefusedError, match="does not fit on one sheet") as caught:
        make_sheet(sheets)
    assert [problem.code for problem in caught.value.problems] == ["D03"]


@pytest.mark.parametrize(
    "style", ["position: absolute; left: 280mm", "position: absolute; top: 205mm", "margin-left: 260mm"]
)
def test_text_outside_the_sheet_does_not_fit(style: str) -> None:
    head = "<title>T</title><style>@page{size: A4 landscape; margin: 12mm} body{font-family: var(--font)}</style>"
    body = f'<body><h1 style="{style}">Heading here</h1></body>'
    sheet = f'<!DOCTYPE html><html lang="en-GB"><head>{head}</head>{body}</html>'
    with pytest.raises(RefusedError, match="does not fit"):
        make_sheet([sheet])
