"""The pages: they stand up to inspection, hold no empty cell, and every link leads to a place that exists."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from typing import Any

import pytest
from markupsafe import escape

from pcstrat.commands.compare_files import comparison_files
from pcstrat.compare import TABLES, TOPICS, Digest, compare, digest
from pcstrat.memory.fingerprint import sha256
from pcstrat.model.plan import Plan
from pcstrat.publish.inspect_page import inspect_page
from pcstrat.publish.manifest import PublishedFile
from pcstrat.publish.markup import pieces_of
from pcstrat.registry import Registry
from pcstrat.render.blocks import Page, Section
from pcstrat.render.compare_pages import TEMPLATE, Compared, index_page, topic_page, whole_document
from pcstrat.render.compare_tables import PLANS_A_SHEET, table_section, way_of
from pcstrat.render.environment import Templates
from pcstrat.render.matrix import Matrix, MatrixCell
from pcstrat.render.plan_page import Particulars, plan_page

AS_OF = dt.date(2026, 11, 21)
Render = Callable[..., str]


class Reader(HTMLParser):
    """What a test reads of a page: ids, addresses, headings, table cells and the widest row."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.addresses: list[str] = []
        self.headings: list[tuple[int, str]] = []
        self.cells: list[str] = []
        self.widest = 0
        self._row = 0
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        self.ids.add(attributes.get("id") or "")
        if tag == "a":
            self.addresses.append(attributes.get("href") or "")
        if tag == "tr":
            self._row = 0
        if tag in {"td", "th"}:
            assert "colspan" not in attributes
            assert "rowspan" not in attributes
            self._row += 1
            self.widest = max(self.widest, self._row)
            self.cells.append("")
        if re.fullmatch(r"h\d", tag):
            self.headings.append((int(tag[1]), ""))
        self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, text: str) -> None:
        if {"td", "th"} & set(self._open):
            self.cells[-1] += text.strip()
        if self._open and re.fullmatch(r"h\d", self._open[-1]):
            level, before = self.headings[-1]
            self.headings[-1] = (level, before + text)


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    return reader


@pytest.fixture(scope="module")
def render() -> Render:
    templates = Templates()

    def html(template: str, page: Page, *, paged: bool = False) -> str:
        return templates.render(template, page=page, paged=paged)

    return html


class Written:
    """Takes the files of a comparison, by path."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}

    def write(self, path: str, content: bytes) -> PublishedFile:
        self.files[path] = content
        return PublishedFile(path, sha256(content), len(content))

    def write_parts(self, path: str, parts: Iterable[bytes]) -> PublishedFile:
        return self.write(path, b"".join(parts))


def files_of(
    digests: Iterable[Digest], registry: Registry, render: Render, *, with_pdf: bool = False
) -> dict[str, bytes]:
    """The files of a comparison; a PDF is its page here."""
    written = Written()

    @contextmanager
    def start_pdf(html: str) -> Iterator[Callable[[], PublishedFile]]:
        yield lambda: written.write("compare/compare.pdf", html.encode())

    def pieces(template: str, page: Page, *, paged: bool = False) -> Iterator[str]:
        yield from pieces_of(render(template, page, paged=paged))

    made = comparison_files(
        digests,
        registry,
        pieces,
        written,
        as_of=AS_OF,
        publisher="A publisher",
        start_pdf=start_pdf if with_pdf else None,
    )
    assert {file.path: file.size for file in made} == {path: len(content) for path, content in written.files.items()}
    return written.files


@pytest.fixture(scope="module")
def files(digests: tuple[Digest, ...], registry: Registry, render: Render) -> dict[str, bytes]:
    return files_of(digests, registry, render, with_pdf=True)


@pytest.fixture(scope="module")
def pages(files: dict[str, bytes]) -> dict[str, str]:
    return {path: content.decode() for path, content in files.items() if path.endswith(".html")}


@pytest.fixture(scope="module")
def anchors(plans: tuple[Plan, ...], registry: Registry, render: Render) -> dict[str, set[str]]:
    return {
        plan.id: read(render("documents/plan.html.j2", plan_page(plan, registry, Particulars(as_of=AS_OF)))).ids
        for plan in plans
    }


def test_the_files(files: dict[str, bytes]) -> None:
    names = {"index.html", "facts.csv", "tables.xlsx", "tables.json", "compare.pdf"}
    names |= {f"{topic}.html" for topic in TOPICS} | {f"{table}.csv" for table in (*TOPICS, *TABLES)}
    assert set(files) == {f"compare/{name}" for name in names}
    assert all(files.values())


def test_the_same_plans_give_the_same_files(
    files: dict[str, bytes], digests: tuple[Digest, ...], registry: Registry, render: Render
) -> None:
    assert files_of(reversed(digests), registry, render, with_pdf=True) == files


def test_pages_stand_up_to_inspection(pages: dict[str, str]) -> None:
    for path, html in pages.items():
        assert not inspect_page(html).problems, path


def test_headings_read_as_contents(pages: dict[str, str]) -> None:
    headings = read(pages["compare/commitments.html"]).headings
    assert headings[0] == (1, "National commitments: what five plans say")
    titles = [title for level, title in headings if level == 2]
    assert titles == [
        "Read this first",
        "National commitments",
        "How far each plan takes the commitments",
        "How we judged this",
        "Other tables",
    ]


def test_no_cell_is_empty_and_no_table_has_more_than_six_plans(pages: dict[str, str]) -> None:
    for path, html in pages.items():
        reader = read(html)
        assert reader.cells, path
        assert all(reader.cells), path
        assert reader.widest <= PLANS_A_SHEET[True] + 1, path


def test_every_link_leads_somewhere(
    pages: dict[str, str], files: dict[str, bytes], anchors: dict[str, set[str]]
) -> None:
    to_items = 0
    for path, html in pages.items():
        reader = read(html)
        for address in reader.addresses:
            target, _, anchor = address.partition("#")
            if match := re.fullmatch(r"\.\./([a-z-]+)/index\.html", target):
                assert not anchor or anchor in anchors[match[1]], f"{path}: {address}"
                to_items += 1
            elif not target:
                assert anchor in reader.ids, f"{path}: {address}"
            else:
                assert target in {"../index.html", "../accessibility.html"} or f"compare/{target}" in files, (
                    f"{path}: {address}"
                )
    assert to_items > 1000


def test_every_proof_has_an_anchor_in_the_page_of_its_plan(real: Any, anchors: dict[str, set[str]]) -> None:
    proofs = {
        proof for table in real.by_id.values() for _, _, cell in table.cells for proof in getattr(cell, "proofs", ())
    }
    assert len(proofs) > 300
    assert not [proof for proof in proofs if proof.anchor not in anchors[proof.plan]]


def test_every_stated_cell_of_a_matrix_leads_to_the_plan(pages: dict[str, str]) -> None:
    cells = re.findall(r'<td class="cell cell--(\w+)">(.*?)</td>', pages["compare/commitments.html"], re.DOTALL)
    assert {style for style, _ in cells} == {
        "none",
        "mentioned",
        "objective",
        "milestone",
        "measure",
        "outside",
        "figure",
        "zero",
    }
    for style, content in cells:
        if style in {"mentioned", "objective", "milestone", "measure"}:
            assert "index.html#" in content


def test_milestones_in_cells_have_their_dates(pages: dict[str, str]) -> None:
    html = pages["compare/milestones.html"]
    assert re.search(r">[^<>]+ \(September 2023 to July 2024\)</a>", html)
    assert " (2023/24)</a>" in html


def test_charts_have_a_name_and_a_table(pages: dict[str, str]) -> None:
    for name, chart in (("commitments", "chart--coverage--1"), ("milestones", "chart--milestones--1")):
        html = pages[f"compare/{name}.html"]
        assert html.index(f'<title id="{chart}">') < html.index('<table class="matrix"', html.index(chart))
    assert "chart--money" not in pages["compare/funding.html"], "one plan alone has no chart across plans"


def test_a_sentence_above_each_chart_says_what_it_shows(pages: dict[str, str]) -> None:
    def above(name: str, chart: str) -> str:
        before = pages[f"compare/{name}.html"].partition(f'aria-labelledby="chart--{chart}--1"')[0]
        return before.rpartition("<p>")[2].partition("</p>")[0]

    bars = above("commitments", "coverage")
    assert bars == (
        "Each bar is the 45 commitments. In all bars together, 38 have a dated milestone, 10 of these a measure too, "
        "and 65 are not mentioned."
    )
    assert above("milestones", "milestones") == (
        "Milestones by year: 75 in 2023/24, 3 in 2023/24 or 2024/25, 43 in 2024/25, 31 in 2025/26 and 2 in 2026/27. "
        "13 have no clear date."
    )


def test_years_that_a_chart_has_no_room_for_are_told(data: Any, registry: Registry, render: Render) -> None:
    milestones = [{"text": f"M{year}", "when": f"May {year}"} for year in range(2015, 2026)]
    plan = Plan.model_validate(data("a", ambitions=[{"id": "one", "title": "One", "milestones": milestones}]))
    html = files_of([digest(plan, registry)], registry, render)["compare/milestones.html"].decode()
    assert "3 milestones of earlier years stand in the table alone." in html


def test_money_that_is_alike_has_a_chart_and_other_money_the_reason_why_not(
    data: Any, registry: Registry, render: Render
) -> None:
    def plan(name: str, *amounts: str) -> Plan:
        line = {"title": "L", "amounts": amounts, "pillars": ["dentistry"], "year": "2024/25"}
        funding = [{"title": "M", "commitment": "committed", "lines": [line]}]
        return Plan.model_validate(data(name, funding=funding))

    plans = plan("a", "£1m", "£2m (TBC)"), plan("b", "£1m", "£2m (TBC)"), plan("c", "£9m", "£1m to £2m")
    digests = [digest(each, registry) for each in plans]
    html = files_of(digests, registry, render)["compare/funding.html"].decode()
    assert html.count("£1 million, committed<") == 2
    assert (
        "Two plans name committed money that is alike. Each of them names £1 million. Each of them names £2 million "
        "to be confirmed."
    ) in html
    assert html.count("£2 million, committed, to be confirmed<") == 2
    assert "£9 million, committed<" not in html
    assert (
        "money is not drawn where it is not alike: Norfolk and Waveney (c) (1 amount is a range or has no figure)"
        in html
    )


def test_the_sentence_above_a_chart_of_money_says_from_what_to_what_it_goes(
    data: Any, registry: Registry, render: Render
) -> None:
    def plan(name: str, amount: str) -> Plan:
        line = {"title": "L", "amounts": [amount], "pillars": ["dentistry"], "year": "2024/25"}
        return Plan.model_validate(data(name, funding=[{"title": "M", "commitment": "proposed", "lines": [line]}]))

    digests = [digest(plan(*each), registry) for each in (("a", "£1m"), ("b", "£1m"), ("c", "£9m"))]
    html = files_of(digests, registry, render)["compare/funding.html"].decode()
    assert "Three plans name proposed money that is alike. Sums go from £1 million (two plans) to £9 million" in html
    assert "longest bar" not in html


def test_what_would_be_one_more_is_shown(data: Any, registry: Registry) -> None:
    def cells(number: int, *, linked: bool) -> tuple[MatrixCell, ...]:
        aims = [{"id": f"aim-{each}", "title": f"Aim {each}", "commitments": ["FUL-INT"]} for each in range(number)]
        topics = compare([digest(Plan.model_validate(data("a", ambitions=aims)), registry)], registry, as_of=AS_OF)
        table = next(table for topic in topics for table in topic.tables if table.id == "commitments")
        section = table_section(table, way_of("commitments", table.plans, linked=linked), 2, lead=True)
        blocks = [block for part in all_sections([section]) for block in part.blocks if isinstance(block, Matrix)]
        return tuple(cell for block in blocks for row in block.rows for cell in row.cells if cell.items)

    for number, linked, shown, folded in ((2, False, 2, 0), (3, False, 1, 0), (4, True, 4, 0), (24, True, 3, 21)):
        (cell,) = cells(number, linked=linked)
        assert (len(cell.items), len(cell.folded)) == (shown, folded), (number, linked)
        assert "and 1 more" not in f"{cell.fold}{cell.more}"
        assert bool(cell.more) is (number == 3)


def test_a_line_of_money_with_two_amounts_is_named_once(data: Any, registry: Registry, render: Render) -> None:
    lines = [{"title": "Teams", "amounts": ["£1m", "£2m", "TBC", "£1m to £2m"]}]
    funding = [{"title": title, "commitment": "committed", "lines": lines} for title in ("First", "Second")]
    plan = Plan.model_validate(data("a", funding=funding))
    html = files_of([digest(plan, registry)], registry, render)["compare/funding.html"].decode()
    committed = next(cell for cell in re.findall(r"<td class=\"cell.*?</td>", html, re.DOTALL) if "£6 million" in cell)
    assert "4 amounts" in committed
    assert committed.count(">Teams</a>") == 2


def test_many_plans_are_split_and_not_shrunk(plans: tuple[Plan, ...], registry: Registry, render: Render) -> None:
    copies = [digest(plans[n % 5].model_copy(update={"id": f"plan-{n}"}), registry) for n in range(13)]
    html = files_of(copies, registry, render)["compare/pillars.html"].decode()
    assert not inspect_page(html).problems
    assert read(html).widest <= PLANS_A_SHEET[True] + 1
    assert [f"Dentistry: plans {part} of 13" in html for part in ("1 to 4", "5 to 8", "9 to 13")] == [True] * 3


def test_no_part_of_a_page_is_in_memory_as_a_whole(real: Any) -> None:
    """Not even a table: of many plans, one has millions of characters."""
    compared = Compared(topics=real.topics, as_of=AS_OF)
    page = topic_page(compared, next(topic for topic in real.topics if topic.id == "milestones"), ())
    pieces = list(Templates().pieces(TEMPLATE, page=page))
    assert "".join(pieces) == Templates().render(TEMPLATE, page=page)
    assert sum("<td" in piece for piece in pieces) > 2, "tables are not one text"


ROOM_ON_PAPER = 635
"""What the margins of a landscape page leave, in pixels: 168 mm."""


def test_no_chart_on_paper_is_higher_than_a_page(data: Any, registry: Registry, render: Render) -> None:
    """A chart is never divided between two pages: what is higher would be cut off."""
    ambition = {"id": "one", "title": "One", "milestones": [{"text": "Opens.", "when": "May 2027"}]}
    line = {"title": "L", "amounts": ["£2m", "£3m (TBC)"], "pillars": ["dentistry"], "year": "2027/28"}
    funding = [{"title": "M", "commitment": "committed", "lines": [line]}]
    names = [f"plan-{number}" for number in range(23)]
    made = (data(name, icb="QU9", ambitions=[ambition], funding=funding) for name in names)
    topics = compare([digest(Plan.model_validate(each), registry) for each in made], registry, as_of=AS_OF)
    html = render(TEMPLATE, whole_document(Compared(topics=topics, as_of=AS_OF)), paged=True)
    charts = re.findall(r'<svg class="chart" width="100%" height="(\d+)".*?</svg>', html, re.DOTALL)
    assert len(charts) > 3
    assert max(map(int, charts)) < ROOM_ON_PAPER
    for chart in ("coverage", "milestones", "money"):
        parts = re.findall(rf'<title id="chart--{chart}--\d+">.*?</svg>', html, re.DOTALL)
        assert [name for name in names if not any(f"({name})" in part for part in parts)] == [], chart


EMPTY = {
    "profile": "The two plans are documents of one kind. Neither plan states when it was published",
    "commitments": "No plan mentions any of the 45 national commitments.",
    "commitments-by-depth": "Together the plans give no answers to a commitment.",
    "pillars": "No plan has a dated milestone about general practice, community pharmacy, dentistry or eye care.",
    "objectives": "No plan has an objective for any of the 16 themes.",
    "milestones": "The two plans have no milestones.",
    "milestones-by-theme": "The plans have no milestones.",
    "funding": "Neither plan gives amounts of money.",
    "funding-lines": "The plans name no amounts.",
    "measures": "Neither plan names measures.",
    "measures-all": "The plans name no measures.",
    "accountability": "The plans have no objectives or enablers.",
    "accountability-objectives": "The plans have no objectives or enablers.",
    "counts": "The plans have no objectives or enablers.",
}


def test_plans_that_say_nothing_yet_are_told_so_in_plain_sentences(
    data: Any, registry: Registry, render: Render
) -> None:
    digests = [digest(Plan.model_validate(data(name, ambitions=[])), registry) for name in ("a", "b")]
    topics = compare(digests, registry, as_of=AS_OF)
    findings = {table.id: table.finding for topic in topics for table in topic.tables}
    assert {name: finding for name, finding in findings.items() if not finding.startswith(EMPTY.get(name, ""))} == {}
    pages = files_of(digests, registry, render)
    assert "chart--milestones" not in pages["compare/milestones.html"].decode()
    assert "In all bars together, none have a dated milestone, and" in pages["compare/commitments.html"].decode()


def test_the_document_for_print_needs_no_pages_beside_it(real: Any, render: Render) -> None:
    html = render(TEMPLATE, whole_document(Compared(topics=real.topics, as_of=AS_OF)), paged=True)
    assert not inspect_page(html).problems
    assert not [address for address in read(html).addresses if address.startswith("../") and address != "../index.html"]
    assert "size: A4 landscape" in html


def test_paper_says_every_count_and_names_the_items_of_commitments_alone(real: Any) -> None:
    page = whole_document(Compared(topics=real.topics, as_of=AS_OF))
    matrices = [block for section in all_sections(page.sections) for block in section.blocks if block.kind == "matrix"]
    stated = [cell for matrix in matrices for row in matrix.rows for cell in row.cells if cell.style not in NO_ITEMS]
    assert any(cell.items for cell in stated)
    assert not any(cell.items or cell.more for cell in stated if cell.style in {"figure", "zero", "stated"})
    assert all(cell.items for cell in stated if cell.style not in {"figure", "zero", "stated"})


def test_every_item_of_a_cell_can_be_reached_from_it(real: Any) -> None:
    topic = next(topic for topic in real.topics if topic.id == "commitments")
    page = topic_page(Compared(topics=real.topics, as_of=AS_OF), topic, ())
    matrices = [block for section in all_sections(page.sections) for block in section.blocks if block.kind == "matrix"]
    cells = [cell for matrix in matrices for row in matrix.rows for cell in row.cells if cell.count and cell.items]
    assert any(cell.folded for cell in cells)
    for cell in cells:
        assert len(cell.items) + len(cell.folded) == int(cell.count.split()[0])
        assert cell.fold == (f"and {len(cell.folded)} more" if cell.folded else "")
        assert all("#" in item for item in (*cell.items, *cell.folded))
        assert not cell.more


def test_a_long_page_has_contents_that_reach_every_group(real: Any, render: Render) -> None:
    compared = Compared(topics=real.topics, as_of=AS_OF)
    topic = next(topic for topic in real.topics if topic.id == "commitments")
    html = render(TEMPLATE, topic_page(compared, topic, ()))
    contents = html.partition('class="contents-fold"')[2].partition("</details>")[0]
    groups = {row.group for row in topic.tables[0].rows}
    assert all(f">{escape(group)}</a>" in contents for group in groups)
    assert 'class="contents"' not in render(TEMPLATE, index_page(compared, ()))


def test_paper_has_one_table_where_pages_have_many_short_ones(real: Any) -> None:
    page = whole_document(Compared(topics=real.topics, as_of=AS_OF))
    blocks = {part.id: part.blocks for part in all_sections(page.sections)}
    by_theme = real["milestones-by-theme"]
    matrix = next(block for block in blocks["table--milestones-by-theme"] if block.kind == "matrix")
    assert [row.title for row in matrix.rows] == [f"{row.group}: {row.title}" for row in by_theme.rows]
    objectives = next(block for block in blocks["table--accountability-objectives"] if block.kind == "table")
    assert objectives.columns[1].title == "Plan"
    assert {str(row.cells[0].text) for row in objectives.rows} < {facts.name for facts in by_theme.plans}


def all_sections(sections: Iterable[Section]) -> Iterator[Section]:
    for section in sections:
        yield section
        yield from all_sections(section.sections)


NO_ITEMS = {"none", "outside"}


def test_a_hostile_plan_in_pages(hostile: Any, render: Render) -> None:
    html = render(TEMPLATE, whole_document(Compared(topics=hostile.topics, as_of=AS_OF)))
    assert not inspect_page(html).problems
    assert "<script" not in html
    assert "onerror=" not in re.sub(r"&lt;.*?&gt;", "", html)


@pytest.mark.parametrize("paged", [True, False])
def test_the_pdf_has_no_style_that_it_cannot_use(made: Any, data: Any, render: Render, paged: bool) -> None:  # noqa: FBT001
    pdf = pytest.importorskip("pcstrat.publish.pdf")
    item = {"id": "one", "title": "One", "commitments": ["FUL-INT"], "milestones": [{"text": "T", "when": "May 2024"}]}
    topics = made(data("a", ambitions=[item]), data("b")).topics[1:5]
    html = render(TEMPLATE, whole_document(Compared(topics=topics, as_of=AS_OF)), paged=paged)
    assert pdf.make_pdf(html).startswith(b"%PDF")
