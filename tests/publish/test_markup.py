"""`MarkupReader` reads tags as browsers do, so that no check misses what a browser would run."""

from __future__ import annotations

from html.parser import HTMLParser
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pcstrat.publish.markup import MarkupReader, Tag


def told(*pieces: str) -> list[str]:
    """The tags, texts and raw contents of a page that comes in pieces, in order."""
    found: list[str] = []

    def start(tag: Tag) -> None:
        found.append(" ".join([tag.name, *(f"{key}={value}" for key, value in tag.attributes.items())]))
        found.extend(filter(None, [tag.raw]))

    def end(tag: Tag) -> None:
        found.append(f"/{tag.name}")

    reader = MarkupReader(text=found.append, steps=lambda tag: (start if tag.start else end,))
    for piece in pieces:
        reader.feed(piece)
    reader.close()
    return found


class Reference(HTMLParser):
    """The standard library's reader, told in the same way."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append(" ".join([tag, *(f"{key}={value or ''}" for key, value in attrs)]))

    def handle_endtag(self, tag: str) -> None:
        self.found.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        self.found.append(data)


@pytest.mark.parametrize(
    "markup",
    [
        "<p title=it's>x</p><script>alert(1)</script><p>don't</p>",
        "<a href=/it's>x</a>",
        "<p title='a > b'>x</p>",
        '<p title="a > b" lang=en>x</p>',
        "<p title = 'it'>x</p>",
        "<input disabled><br>",
        "<!-- <script>no</script> --><p>x</p>",
        "a < b > c",
    ],
)
def test_it_is_read_as_the_standard_library_reads_it(markup: str) -> None:
    assert "".join(told(markup)) == "".join(Reference(markup).found)


@pytest.mark.parametrize("comment", ["<!-->", "<!--->", "<!-- a --!>", "<!---->"])
def test_a_comment_ends_where_browsers_end_it(comment: str) -> None:
    assert told(f"{comment}<script>run()</script><!-- -->") == ["script", "run()", "/script"]


@pytest.mark.parametrize(("opened", "shown"), [("<a ", "<a " * 99_999), ("<a =", ""), ("<! ", ""), ("<!--", "")])
def test_tags_that_never_end_take_no_time(opened: str, shown: str) -> None:
    assert "".join(told(opened * 100_000)) == shown


MARKUP = st.lists(
    st.sampled_from([
        *("<", ">", "</", "<!--", "-->", "--!>", "<!", "/", "=", '"', "'", "&amp;", "&", " ", "x", "a title=", "a"),
        *("<style>", "<STYLE media='x'>", "</style>", "</style", "<script", "</script >", "<p class='b'>", "</p>"),
    ])
).map("".join)  # fmt: skip


@given(MARKUP, st.lists(st.integers(0, 80)))
def test_pieces_are_read_as_the_whole_is(markup: str, places: list[int]) -> None:
    cuts = [0, *sorted(places), len(markup)]
    assert told(*(markup[start:end] for start, end in pairwise(cuts))) == told(markup)
