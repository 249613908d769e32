"""Text from plans in Markdown means nothing but itself, whatever program shows it."""

from __future__ import annotations

import pytest

from pcstrat.report.markdown import escaped


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a | b", r"a \| b"),
        ("<b>bold</b>", "&lt;b&gt;bold&lt;/b&gt;"),
        ("**bold** [x](http://y)", r"\*\*bold\*\* \[x\](http://<!-- -->y)"),
        ("@team and #12", r"@<!-- -->team and \#<!-- -->12"),
        ("see www.example.org", "see www.<!-- -->example.org"),
        ("&amp;", "&amp;amp;"),
        ("two\nlines", "two lines"),
        ("- a", r"\- a"),
        ("1. a", r"1\. a"),
        ("LAW-ABUSE (2)", "LAW-ABUSE (2)"),
        ("an e-mail @ home, room # 3", r"an e-mail @ home, room \# 3"),
        ("as GH-12 says", "as GH<!-- -->-12 says"),
        ("a\u202eb", r"a\[U+202E\]b"),
        ("{{ site.title }} x^2", r"\{\{ site.title \}\} x\^2"),
    ],
)
def test_markdown_shows_text_as_text(text: str, shown: str) -> None:
    assert escaped(text) == shown
