"""A problem of a page names the user's template and line that cause it, and no other."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from pcstrat.commands.template_blame import blamed
from pcstrat.publish.problems import Problem
from pcstrat.render.blocks import TEMPLATE_API
from pcstrat.render.environment import Templates

NAME = "macros/contents.html.j2"
IMAGE = Problem(code="D02", message="An image has no alternative text.", remedy="Give it one.")
WORDS = Problem(code="D02", message="A word of the plan is wrong.", remedy="Change it.")
PDF = Problem(code="D03", message="WeasyPrint says: no.", remedy="Mend the template or style.")


@pytest.fixture
def templates(tmp_path: Path) -> Templates:
    path = tmp_path / NAME
    path.parent.mkdir()
    text = f"{{# template_api: {TEMPLATE_API} #}}\n<p>Ours</p>\n\n{{% if true %}}\n<img>\n{{% endif %}}"
    path.write_text(text, encoding="utf-8")
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "custom.css").write_text("p {}", encoding="utf-8")
    return Templates(tmp_path)


def inspect(templates: Templates) -> Iterable[Problem]:
    """What a page would have wrong that shows the template and some words of the plan."""
    html = templates.render(NAME)
    return (IMAGE, WORDS) if "<img>" in html else (WORDS,)


def test_the_template_and_line_without_which_it_is_gone_are_named(templates: Templates) -> None:
    (found,) = blamed((IMAGE,), templates, inspect)
    assert found.message == f"{IMAGE.message} Your template {templates.own_path(NAME)}:5 causes this."


def test_what_the_plan_causes_is_not_laid_on_a_template(templates: Templates) -> None:
    assert blamed((WORDS,), templates, inspect) == (WORDS,)


def test_what_only_the_pdf_shows_may_be_a_template(templates: Templates) -> None:
    (found,) = blamed((PDF,), templates, inspect)
    assert "--no-user-templates" in found.remedy


def test_without_templates_of_ones_own_nothing_is_tried() -> None:
    assert blamed((IMAGE,), Templates(), lambda _templates: pytest.fail("made again")) == (IMAGE,)
