"""Templates are somebody else's code: they run shut in, against a clock, and their faults are named and placed."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from markupsafe import Markup

from pcstrat.errors import ExitCode
from pcstrat.render.blocks import TEMPLATE_API, Paragraph
from pcstrat.render.environment import TemplateError, Templates, shipped_folder

API = f"{{# template_api: {TEMPLATE_API} #}}\n"
SHIPPED = sorted(shipped_folder().rglob("*.j2"))


@dataclass(frozen=True)
class View:
    """A view with two fields."""

    title: str = "<b>Title</b>"
    text: Markup = Markup("<em>safe</em>")  # noqa: RUF009 - markup does not change


Render = Callable[..., str]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "documents").mkdir()
    (tmp_path / "blocks").mkdir()
    return tmp_path


@pytest.fixture
def render(folder: Path) -> Render:
    def run(
        text: str, *, name: str = "documents/mine.html.j2", api: str = API, seconds: float = 20, **views: object
    ) -> str:
        (folder / name).write_text(api + text, encoding="utf-8")
        return Templates(folder, seconds=seconds).render(name, **({"view": View()} | views))

    return run


def failure(render: Render, text: str, **options: object) -> TemplateError:
    with pytest.raises(TemplateError) as caught:
        render(text, **options)
    assert caught.value.exit_code is ExitCode.NOT_DONE
    assert caught.value.message
    return caught.value


# --- what comes with pcstrat -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_every_shipped_template_compiles_and_states_its_api(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.startswith(API)
    Templates().environment.compile(text)
    assert "| safe" not in text
    assert "|safe" not in text
    assert "autoescape" not in text


def test_there_are_templates_to_look_at() -> None:
    assert len(SHIPPED) >= 16


def test_shipped_styles_cannot_end_their_element() -> None:
    for style in Templates().styles.values():
        assert "</" not in style
        assert "@import" not in style
        assert "http" not in style


def test_without_a_folder_of_ones_own_there_are_no_overrides(tmp_path: Path) -> None:
    for folder in (None, tmp_path / "nowhere", shipped_folder(), shipped_folder() / ".." / shipped_folder().name):
        assert Templates(folder).loader.overrides is None


def test_files_are_those_of_both_folders(folder: Path) -> None:
    own = folder / "blocks" / "paragraph.html.j2"
    own.write_text(API, encoding="utf-8")
    assert own in Templates(folder).files()
    assert set(SHIPPED) <= set(Templates(folder).files())


# --- what is shown ---------------------------------------------------------------------------------------------------


def test_text_is_escaped_and_markup_is_not(render: Render) -> None:
    assert render("{{ view.title }} {{ view.text }}") == "&lt;b&gt;Title&lt;/b&gt; <em>safe</em>"


def test_an_own_template_stands_for_the_shipped_one_and_can_extend_it(folder: Path) -> None:
    name = "blocks/paragraph.html.j2"
    (folder / name).write_text(API + '<i>{% include "shipped/blocks/paragraph.html.j2" %}</i>', encoding="utf-8")
    block = Paragraph(text=Markup("Hello"))
    assert Templates(folder).render(name, block=block) == "<i><p>Hello</p></i>"
    assert Templates(folder).render(f"shipped/{name}", block=block) == "<p>Hello</p>"


def test_own_styles_are_added(folder: Path) -> None:
    (folder / "assets").mkdir()
    (folder / "assets" / "custom.css").write_text("p::after { content: '</style><script>' }", encoding="utf-8")
    assert Templates(folder).styles["custom"] == "p::after { content: '<\\/style><script>' }"
    assert Templates().styles["custom"] == ""


# --- faults are named -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "use",
    [
        "{{ view.tittle }}",
        "{% for x in view.tittle %}{% endfor %}",
        "{% if view.tittle %}{% endif %}",
        "{{ view.tittle.x }}",
    ],
)
def test_an_unknown_field_names_the_file_the_line_and_the_fields(use: str, render: Render, folder: Path) -> None:
    error = failure(render, f"line two\n{use}")
    assert error.message == (f"{folder / 'documents/mine.html.j2'}:3: 'tittle' is not defined. View has: text, title.")
    assert error.remedy


def test_an_unknown_name_is_named(render: Render) -> None:
    assert "'vieuw' is not defined." in failure(render, "{{ vieuw.title }}").message


def test_a_fault_in_an_included_file_is_placed_there(render: Render, folder: Path) -> None:
    (folder / "blocks" / "inner.html.j2").write_text(f"{API}\n\n{{{{ view.nothing }}}}", encoding="utf-8")
    message = failure(render, '{% include "blocks/inner.html.j2" %}').message
    assert message.startswith(f"{folder / 'blocks/inner.html.j2'}:4: 'nothing'")


@pytest.mark.parametrize(
    ("text", "line"), [("{% if x %}", 2), ("a\n{{ x", 3), ("a\nb\n{% nonsense %}", 4), ("{{ 'a' | nofilter }}", 2)]
)
def test_a_syntax_error_is_placed(text: str, line: int, render: Render, folder: Path) -> None:
    assert failure(render, text).message.startswith(f"{folder / 'documents/mine.html.j2'}:{line}: ")


def test_a_template_must_say_what_it_was_written_for(render: Render, folder: Path) -> None:
    error = failure(render, "text", api="")
    assert f"{folder / 'documents/mine.html.j2'}:1: The template does not say" in error.message
    assert f"template_api: {TEMPLATE_API}" in error.remedy


def test_a_template_for_other_views_is_refused(render: Render) -> None:
    error = failure(render, "text", api="{# template_api: 99 #}")
    assert "is for version 99 of the views" in error.message


def test_a_file_that_is_no_text_is_named(render: Render, folder: Path) -> None:
    (folder / "blocks" / "bad.html.j2").write_bytes(b"\xff\xfe\x00")
    assert "bad.html.j2" in failure(render, '{% include "blocks/bad.html.j2" %}').message


def test_a_missing_template_has_a_suggestion() -> None:
    with pytest.raises(TemplateError) as caught:
        Templates().render("documents/plann.html.j2")
    assert caught.value.message == "There is no template 'documents/plann.html.j2'."
    assert caught.value.remedy == "Did you mean 'documents/plan.html.j2'?"


# --- shut in --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("statement", ["include", "extends", "import", "from"])
@pytest.mark.parametrize(
    "path", ["../secret.txt", "/etc/passwd", "documents/../../secret.txt", "shipped/../pyproject.toml"]
)
def test_no_file_outside_the_folders_can_be_read(statement: str, path: str, render: Render, folder: Path) -> None:
    (folder.parent / "secret.txt").write_text(f"{API}secret", encoding="utf-8")
    rest = {"import": " as x", "from": " import x"}.get(statement, "")
    assert failure(render, f'{{% {statement} "{path}"{rest} %}}').message == f"There is no template '{path}'."


def test_a_link_that_leads_out_is_not_followed(render: Render, folder: Path) -> None:
    secret = folder.parent / "secret.j2"
    secret.write_text(f"{API}secret", encoding="utf-8")
    (folder / "blocks" / "link.html.j2").symlink_to(secret)
    assert "There is no template" in failure(render, '{% include "blocks/link.html.j2" %}').message


@pytest.mark.parametrize(
    "text",
    [
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ view.__class__ }}",
        "{{ view.__init__.__globals__ }}",
        "{{ self._TemplateReference__context }}",
        "{{ (view.title.format)('{0.__class__}', view) }}{{ view.title.__class__ }}",
        "{{ '{0.__class__.__mro__}'.format(view) }}",
        "{{ cycler.__init__.__globals__.os }}",
        "{{ view|attr('__class__') }}",
        "{{ [].append.__self__ }}",
        "{{ namespace.__init__ }}",
        "{{ 'a'.ljust(1000000000) }}",
        "{{ '{:1000000000}'.format(1) }}",
    ],
)
def test_a_template_cannot_leave_its_sandbox(text: str, render: Render) -> None:
    assert failure(render, text)


def test_a_template_cannot_change_what_it_is_given(render: Render) -> None:
    numbers = [1, 2]
    failure(render, "{{ numbers.append(3) }}", numbers=numbers)
    failure(render, "{{ numbers.clear() }}", numbers=numbers)
    assert numbers == [1, 2]


@pytest.mark.parametrize(
    "text",
    [
        "{{ 'a' * 10 ** 9 }}",
        "{{ 'a' * 1000000000 }}",
        "{{ 1000000000 * 'a' }}",
        "{{ ('abc' * 900000) * 900000 }}",
        "{{ [1] * 99999999 }}",
        "{{ 9 ** 9 ** 9 }}",
        "{{ '%1000000000d' % 1 }}",
        "{{ '%*d' % (1000000000, 1) }}",
        "{{ '%1000000000d' | format(1) }}",
        "{{ 'a' | center(1000000000) }}",
        "{{ 'a' | indent(1000000000) }}",
    ],
)
def test_what_would_fill_the_memory_is_refused(text: str, render: Render) -> None:
    assert "is not allowed in templates" in failure(render, text).message


@pytest.mark.parametrize(
    "text",
    [
        "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
        "{% macro m(n) %}{% for x in range(99) %}{{ m(n + 1) if n < 9 }}{% endfor %}{% endmacro %}{{ m(0) }}",
    ],
)
def test_what_does_not_end_is_stopped(text: str, render: Render) -> None:
    started = time.monotonic()
    error = failure(render, text, seconds=0.3)
    assert time.monotonic() - started < 10
    assert re.search("took longer than 0.3 seconds", error.message)
    assert "loop" in error.remedy


def test_endless_recursion_is_a_fault_of_the_template(render: Render) -> None:
    assert failure(render, "{% macro again() %}{{ again() }}{% endmacro %}{{ again() }}")


def test_after_a_rendering_that_was_stopped_the_next_one_works(render: Render) -> None:
    failure(render, "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}", seconds=0.2)
    assert render("fine") == "fine"
    time.sleep(0.3)
    assert render("fine", seconds=0.2) == "fine"
