"""Prose of a plan becomes emphasis and links, and nothing else, whatever stands in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pcstrat.light_markdown import links_in
from pcstrat.render.markdown import in_a_row, plain, prose
from pcstrat.text import has_unsafe_characters, visible

Tree = Callable[[str], Any]


@pytest.mark.parametrize(
    ("text", "html"),
    [
        (None, ""),
        ("", ""),
        ("Plain text, £1.3m (30%).", "Plain text, £1.3m (30%)."),
        ("two\n  lines", "two lines"),
        ("an *old* and **new** way", "an <em>old</em> and <strong>new</strong> way"),
        ("***both***", "<em><strong>both</strong></em>"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        (r"\*not this\*", "*not this*"),
        ("snake_case_name", "snake_case_name"),
        ("GP & pharmacy", "GP &amp; pharmacy"),
        ("a < b > c", "a &lt; b &gt; c"),
        ("[NHS](https://www.nhs.uk/)", '<a href="https://www.nhs.uk/">NHS</a>'),
        ("[write](mailto:a@b.uk)", '<a href="mailto:a@b.uk">write</a>'),
        ("[a *b* **c**](https://x.uk)", '<a href="https://x.uk">a b c</a>'),
        ("*[a](https://x.uk)*", '<em><a href="https://x.uk">a</a></em>'),
    ],
)
def test_emphasis_and_links(text: str | None, html: str) -> None:
    assert prose(text) == html


@pytest.mark.parametrize(
    ("statements", "line"),
    [
        ((), ""),
        (("", "Owner: Chief nurse"), "Owner: Chief nurse"),
        (("Owner: Chief nurse", "Year: 2027/28"), "Owner: Chief nurse. Year: 2027/28"),
        (("If: The weather is good.", "Status: open"), "If: The weather is good. Status: open"),
        (("If: Is it *good?*", "Status: open"), "If: Is it <em>good?</em> Status: open"),
        (("Said: “We are late.”", "About: Estates"), "Said: “We are late.” About: Estates"),
        (("Ends with v1.2", "About: R&D."), "Ends with v1.2. About: R&amp;D."),
    ],
)
def test_statements_in_a_row_have_one_mark_between_them(statements: tuple[str, ...], line: str) -> None:
    assert in_a_row(map(prose, statements)) == line


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<b onclick=x>b</b>",
        "<!-- -->",
        "</style>",
        "<img src=x onerror=y>",
        "&lt;b&gt;",
        "<https://x.uk>",
        "<?php ?>",
    ],
)
def test_html_is_shown_and_not_executed(text: str, tree: Tree) -> None:
    root = tree(str(prose(text)))
    assert list(root.all()) == []
    assert root.text() == text


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\tscript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "//evil.example",
        "/etc",
        "#top",
        "httpx://a",
        "&#106;avascript:x",
        " javascript:x",
    ],
)
def test_other_links_lose_their_address(address: str, tree: Tree) -> None:
    root = tree(str(prose(f"before [the *words*]({address}) after")))
    assert [node.tag for node in root.all()] in ([], ["em"])
    assert "the" in root.text()


@pytest.mark.parametrize(
    "text", ["![x](https://x.uk/y.png)", "`code`", "# heading", "- item", "> quote", "~~gone~~", "---"]
)
def test_other_markdown_is_shown_as_it_is_written(text: str, tree: Tree) -> None:
    assert {node.tag for node in tree(str(prose(text))).all()} <= {"a"}
    assert tree(str(prose(text))).text().startswith(text[0])


@pytest.mark.parametrize("character", ["\u202e", "\x1b", "\x00", "\ufeff", "\u2066", "\x85"])
def test_characters_that_cannot_be_seen_are_written_out(character: str) -> None:
    assert f"[U+{ord(character):04X}]" in prose(f"a{character}*b*")


def test_plain_text_has_neither_emphasis_nor_addresses() -> None:
    assert plain("**Bold** [link](https://x.uk) & <b>") == "Bold link & <b>"
    assert plain(None) == ""


MARKS = st.sampled_from(
    ["*", "**", "_", "[", "](", ")", "<", ">", "&", "\\", '"', "'", "`", "https://x.uk", "javascript:", "\n"]
)
TEXTS = st.lists(MARKS | st.text(max_size=4), max_size=25).map("".join)


@given(text=TEXTS)
@example(text='[a](https://x.uk/"onmouseover="x)')
@example(text="[a [b](https://b.uk) c](https://a.uk)")
@example(text="[*a](https://x.uk)*")
def test_any_text_becomes_well_formed_html_of_three_elements(text: str, tree: Tree) -> None:
    html = str(prose(text))
    for node in tree(html).all():
        assert node.tag in {"a", "strong", "em"}
        assert node.attributes.keys() == ({"href"} if node.tag == "a" else set())
        assert node.attributes.get("href", "https://").lower().startswith(("https://", "http://", "mailto:"))
        assert node.tag != "a" or not list(node.all())
    assert not has_unsafe_characters(html)


@given(text=TEXTS)
@example(text="[a](https://a.uk) \x1f(https://b.uk)")
def test_the_links_that_rules_see_are_those_of_pages(text: str, tree: Tree) -> None:
    shown = [(link.text(), link.attributes["href"]) for link in tree(str(prose(text))).all() if link.tag == "a"]
    assert list(links_in(text)) == shown


@given(text=st.text(alphabet=st.characters(blacklist_characters="*_[]\\`")))
@example(text="\x1f()")
def test_text_without_markup_is_shown_whole(text: str, tree: Tree) -> None:
    assert tree(str(prose(text))).text() == " ".join(visible(text).split())
