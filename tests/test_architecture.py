"""The structure of pcstrat: imports point down only, each library has one home, and nothing grows too long to read.

Edit the tables here in the same commit as the structure, and say why in the commit.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "src" / "pcstrat"
FILES = sorted(PACKAGE.rglob("*.py"))

LEVELS: tuple[frozenset[str], ...] = (
    frozenset({"diagnostics", "errors", "text", "patterns", "clock"}),
    frozenset({"source", "model", "settings", "naming", "workers", "files", "light_markdown"}),
    frozenset({"registry", "workspace", "revisions", "outline", "reading", "terms", "review"}),
    frozenset({"load", "rules", "compare", "diff", "history", "status", "memory"}),
    frozenset({"check", "edit", "export", "progress", "stratml"}),
    frozenset({"render", "report"}),
    frozenset({"publish"}),
    frozenset({"commands"}),
    frozenset({"cli"}),
    frozenset({"__main__"}),
)
"""Modules from the ground up. A module may import what stands on lower levels, and its own siblings in a package."""

SIDEWAYS = {
    ("clock", "errors"): "the clock says what is wrong with a date",
    ("compare", "diff"): "a table of the comparison says what changed from year to year",
    ("text", "patterns"): "most texts need no pattern compiled",
    ("workspace", "revisions"): "a PLAN may be a file at a revision",
}
"""Imports within a level, each with its reason."""

HOMES = {
    "ruamel": {"source"},
    "_ruamel_yaml": {"source"},
    "pydantic": {"model", "load", "export", "diff/_items", "stratml/carried"},  # the last three ask models for fields
    "pydantic_core": {"model", "load", "export"},  # the last writes JSON with it, and says what its types are there
    "jinja2": {"render/environment"},
    "markdown_it": {"light_markdown"},
    "markupsafe": {"render"},
    "weasyprint": {"publish"},
    "xlsxwriter": {"export/tables_xlsx"},
    "icalendar": {"export/calendar"},
    "pypdf": {"publish"},
    "fontTools": {"publish"},
    "font_source_sans_pro": {"publish"},
    "tinycss2": {"publish"},
    "rich": {"report", "progress"},
    "watchfiles": {"commands/watch"},
    "typer": {"cli"},
    "click": {"cli"},
}
"""Where each library may be imported: modules, or packages with everything in them."""

LONGEST_FILE = 400
LONGEST_FUNCTION = 60
FEWEST_MODULES = 60


def name_of(path: Path) -> str:
    """`render/environment`; a package is called after its folder."""
    return path.relative_to(PACKAGE).with_suffix("").as_posix().removesuffix("/__init__")


def top_of(name: str) -> str:
    return name.split("/", maxsplit=1)[0]


def imports(path: Path) -> Iterator[tuple[str, int]]:
    """Every module that a file imports, anywhere in it, with the line."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno} imports relatively"
            yield node.module or "", node.lineno
            if node.module == "pcstrat":
                yield from ((f"pcstrat.{alias.name}", node.lineno) for alias in node.names)


def level_of(module: str) -> int:
    found = [number for number, names in enumerate(LEVELS) if module in names]
    assert found, f"give the module {module} a level"
    return found[0]


def is_fine(importer: str, imported: str) -> bool:
    if importer == imported or (importer, imported) in SIDEWAYS:
        return True
    return level_of(imported) < level_of(importer)


def test_the_tests_below_see_the_modules() -> None:
    assert len(FILES) >= FEWEST_MODULES
    assert {"cli", "render/environment", "model/plan", "publish", "rules"} <= {name_of(path) for path in FILES}


def test_every_module_has_one_level() -> None:
    modules = {top_of(name_of(path)) for path in FILES} - {"__init__"}
    known = [name for names in LEVELS for name in names]
    assert len(known) == len(set(known))
    assert modules - set(known) == set(), "give new modules a level"
    assert all(level_of(importer) == level_of(imported) for importer, imported in SIDEWAYS)


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_imports_point_down(path: Path) -> None:
    importer = top_of(name_of(path))
    for module, line in imports(path):
        parts = module.split(".")
        if parts[0] == "pcstrat" and len(parts) > 1 and parts[1] != "__version__":
            assert importer != "__init__", "the package itself imports nothing of ours"
            assert is_fine(importer, parts[1]), f"{path.name}:{line}: {importer} may not import {parts[1]}"


def test_every_exception_is_needed() -> None:
    used = {
        (top_of(name_of(path)), module.split(".")[1])
        for path in FILES
        for module, _ in imports(path)
        if module.startswith("pcstrat.")
    }
    assert SIDEWAYS.keys() <= used


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_each_library_has_its_home(path: Path) -> None:
    name = name_of(path)
    for module, line in imports(path):
        library = module.split(".")[0]
        if library in sys.stdlib_module_names or library in {"pcstrat", ""}:
            continue
        assert library in HOMES, f"{path.name}:{line}: say in HOMES where {library} may be imported"
        homes = HOMES[library]
        assert name in homes or top_of(name) in homes, f"{path.name}:{line}: {library} belongs in {sorted(homes)}"


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_every_module_says_what_it_is_for(path: Path) -> None:
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    assert docstring
    assert docstring.splitlines()[0].endswith((".", ":")), "the first line is a sentence of its own"


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_nothing_is_too_long_to_read(path: Path) -> None:
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= LONGEST_FILE, f"{path.name} has {lines} lines"
    for function in functions(path):
        length = (function.end_lineno or function.lineno) - function.lineno + 1
        assert length <= LONGEST_FUNCTION, f"{path.name}:{function.lineno}: {function.name} has {length} lines"


def test_most_functions_are_short() -> None:
    lengths = sorted((node.end_lineno or 0) - node.lineno + 1 for path in FILES for node in functions(path))
    assert lengths[len(lengths) // 2] <= 10
    assert lengths[len(lengths) * 95 // 100] <= 35


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_only_the_command_line_prints(path: Path) -> None:
    if top_of(name_of(path)) in {"report", "cli", "progress"}:
        return
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in {"print", "input"}, f"{path.name}:{node.lineno} prints"
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "sys":
            assert node.attr not in {"stdout", "stderr", "exit"}, f"{path.name}:{node.lineno} uses sys.{node.attr}"


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_only_the_clock_knows_what_day_it_is(path: Path) -> None:
    if name_of(path) == "clock":
        return
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            assert node.func.attr not in {"today", "now", "utcnow"}, f"{path.name}:{node.lineno} asks for the date"
