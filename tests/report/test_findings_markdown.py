"""The Markdown report: complete, and text from plans is only text in it."""

from __future__ import annotations

from markdown_it import MarkdownIt

from pcstrat.report.findings_markdown import findings_markdown
from pcstrat.review import Review
from pcstrat.text import has_unsafe_characters


def test_everything_is_listed(whole: Review) -> None:
    text = findings_markdown(whole).replace("\\", "")
    assert text.startswith("# What pcstrat found\n\nChecked 2 plans with 6 rules")
    assert "## A plan for Larkshire\n\nstrategies/plan-1.yaml\n" in text
    assert "- **warning Q01** line 9, ambition 'Boats for all': “Boats for all” is too many. Mend Q01.\n" in text
    assert "\n    - Why: Because of the law.\n" in text
    assert "\n2 warnings and 1 piece of advice.\n" in text
    assert text.count("    - line 1") == 5
    assert "### Since this plan was written (no fault of the plan)\n\n- **Q04** line 3, the plan: " in text
    assert "Accepted by The board until March 2028: The weather is not ours." in text
    assert "**The file is no valid plan yet, so 6 rules could not be run.**" in text


def test_it_fits_where_it_must(whole: Review) -> None:
    full = findings_markdown(whole)
    assert findings_markdown(whole, longest=len(full.encode())) == full
    cut = findings_markdown(whole, longest=600)
    assert len(cut.encode()) <= 600
    assert cut.endswith("its end is left out._\n")


def test_hostile_text_is_only_text(hostile: Review) -> None:
    text = findings_markdown(hostile)
    assert not has_unsafe_characters(text)
    kinds = {
        token.type
        for block in MarkdownIt("gfm-like", {"linkify": False}).parse(text)
        for token in (block, *(block.children or ()))
    }
    assert not {kind for kind in kinds if kind.startswith(("link", "image", "code", "html_block", "table", "fence"))}
    inside = [
        token.content
        for block in MarkdownIt("gfm-like", {"linkify": False}).parse(text)
        for token in (block.children or ())
        if token.type == "html_inline"
    ]
    assert set(inside) <= {"<!-- -->"}
