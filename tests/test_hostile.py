"""One hostile plan goes through every step: what it says is shown as text, and nothing of it is ever done."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from pcstrat.load import Loaded, load_plan
from pcstrat.registry import Registry
from pcstrat.render.environment import Templates
from pcstrat.render.plan_page import Particulars, plan_page
from pcstrat.text import has_unsafe_characters

PLAN = Path(__file__).parent / "hostile" / "plan.yaml"
MARKS = sorted(set(re.findall(r"MARK-\d\d", PLAN.read_text(encoding="utf-8"))))
AS_OF = dt.date(2026, 11, 21)

ALLOWED_ELEMENTS = frozenset(
    (
        *("html", "head", "meta", "title", "style", "body", "header", "main", "section", "nav", "footer", "div", "p"),
        *("h1", "h2", "h3", "h4", "ul", "li", "details", "summary", "a", "span", "strong", "em"),
        *("table", "caption", "thead", "tbody", "tr", "th", "td", "svg", "text", "rect", "circle", "defs", "pattern"),
    )
)
SAFE_ADDRESS = re.compile(r"#\S+|https?://|mailto:", re.IGNORECASE)


class Elements(HTMLParser):
    """Collects the elements of a page with their attributes, and its text."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")

    def unknown_decl(self, data: str) -> None:
        raise AssertionError(f"a declaration: {data}")

    def handle_pi(self, data: str) -> None:
        raise AssertionError(f"an instruction: {data}")

    def attributes(self, name: str) -> Iterator[str]:
        return (attributes[name] for _, attributes in self.elements if name in attributes)


@pytest.fixture(scope="module")
def loaded(registry: Registry) -> Loaded:
    return load_plan(PLAN.read_bytes(), "hostile/plan.yaml", registry)


@pytest.fixture(scope="module")
def html(loaded: Loaded, registry: Registry) -> str:
    assert loaded.plan is not None, loaded.findings
    return Templates().render("documents/plan.html.j2", page=plan_page(loaded.plan, registry, Particulars(as_of=AS_OF)))


@pytest.fixture(scope="module")
def page(html: str) -> Elements:
    reader = Elements()
    reader.feed(html)
    reader.close()
    return reader


def test_it_is_a_plan_like_any_other(loaded: Loaded) -> None:
    assert loaded.plan is not None
    assert {finding.code for finding in loaded.findings} == {"V11"}
    assert loaded.errors == ()
    assert len(MARKS) == 45


def test_everything_it_says_is_shown(page: Elements) -> None:
    text = " ".join(page.texts)
    assert [mark for mark in MARKS if mark not in text and mark not in " ".join(page.attributes("href"))] == []


def test_it_adds_no_element_and_no_behaviour(page: Elements) -> None:
    assert {tag for tag, _ in page.elements} <= ALLOWED_ELEMENTS
    names = {name for _, attributes in page.elements for name in attributes}
    assert not {name for name in names if name.startswith("on") or name in {"srcdoc", "src", "action"}}
    assert [style for style in page.attributes("style") if not re.fullmatch(r"width: [0-9.]+%", style)] == []
    assert len([tag for tag, _ in page.elements if tag == "style"]) == 3


def test_it_leads_nowhere_but_to_the_page_and_the_web(page: Elements) -> None:
    assert [address for address in page.attributes("href") if not SAFE_ADDRESS.match(address)] == []


def test_templates_in_it_are_not_run(page: Elements) -> None:
    text = " ".join(page.texts)
    for written in ("{{ 7*7 }}", "{% raw %}", "{# gone #}", "${7*7}", "{% include '/etc/passwd' %}"):
        assert written in text
    assert not re.search(r"\b49\b", text)


def test_hidden_and_reordering_characters_are_written_out(html: str) -> None:
    body = html[html.index("<body>") :]
    assert not has_unsafe_characters(body)
    for code in ("001B", "0007", "007F", "009B", "202E", "2066", "200E", "FEFF", "00AD", "2028", "0085"):
        assert f"[U+{code}]" in body


def test_its_ids_do_not_take_the_place_of_the_page_s_own(page: Elements) -> None:
    ids = list(page.attributes("id"))
    assert len(ids) == len(set(ids))
    assert {"main", "top", "contents", "page--main"} <= set(ids)
