"""The structure of pcstrat: imports point down only, each library has one home, and nothing grows too long to read.

Edit the tables here in the same commit as the structure, and say why in the commit.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parent.parent
PACKAGE = REPOSITORY / "src" / "pcstrat"
FILES = sorted(PACKAGE.rglob("*.py"))
MODULES = {
    ".".join(("pcstrat", *path.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(".__init__"): path
    for path in FILES
}
"""The file of each module, by the name that imports it."""

LEVELS: tuple[frozenset[str], ...] = (
    frozenset({"diagnostics", "errors", "text", "patterns", "clock", "numerals", "hedges", "placeholders"}),
    frozenset({"source", "model", "settings", "naming", "workers", "files", "light_markdown"}),
    frozenset({"registry", "workspace", "revisions", "outline", "money_outline", "reading", "terms", "review"}),
    frozenset({"load", "rules", "compare", "diff", "history", "status", "memory", "verdict"}),
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
    ("money_outline", "outline"): "tables of money stand in aims",
    ("placeholders", "patterns"): "names are read where nobody may be named",
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
    "rich": {"progress"},
    "watchfiles": {"commands/watch"},
    "typer": {"cli"},
    "subprocess": {"revisions"},  # git is the only program that is run
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
            names = (f"{node.module}.{alias.name}" for alias in node.names)
            yield from ((name if name in MODULES else node.module or "", node.lineno) for name in names)


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
        if parts[0] == "pcstrat" and len(parts) > 1:
            assert importer != "__init__", "the package itself imports nothing of ours"
            assert is_fine(importer, parts[1]), f"{path.name}:{line}: {importer} may not import {parts[1]}"


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_what_is_private_stays_in_its_package(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("pcstrat"):
            parts = (node.module or "").split(".")[1:]
            private = [name for name in (*parts, *(alias.name for alias in node.names)) if re.match("_[a-z]", name)]
            is_own = parts[:1] == [top_of(name_of(path))]
            assert is_own or not private, f"{path.name}:{node.lineno} imports {private} of another package"


def described() -> Iterator[tuple[int, list[str], set[str]]]:
    """Each row of the table in ARCHITECTURE.md: the level, its modules, and the libraries that they use."""
    for line in (REPOSITORY / "ARCHITECTURE.md").read_text(encoding="utf-8").splitlines():
        if re.match(r"\| \d", line):
            _, level, modules, _, libraries, _ = line.split("|")
            yield int(level), re.findall(r"`(\w+)`", modules), set(re.findall(r"`(\w+)`", libraries))


def test_the_page_on_the_structure_has_the_same_levels() -> None:
    rows = [(level, module) for level, modules, _ in described() for module in modules]
    assert sorted(rows) == sorted((level, module) for level, modules in enumerate(LEVELS) for module in modules)


def test_the_page_on_the_structure_names_the_same_libraries() -> None:
    homes = {(library, top_of(home)) for library, places in HOMES.items() for home in places}
    for _, modules, libraries in described():
        assert libraries == {library for library, home in homes if home in modules}, f"in the row of {modules}"


def test_no_modules_import_each_other() -> None:
    """Nor in a circle: not inside a function, and not for types alone, which only hide that two modules are one."""
    imported = {name: {module for module, _ in imports(path)} & MODULES.keys() for name, path in MODULES.items()}
    try:
        TopologicalSorter({name: below - {name} for name, below in imported.items()}).prepare()
    except CycleError as error:
        pytest.fail(" imports ".join(reversed(error.args[1])))


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
        if library not in HOMES and library in {*sys.stdlib_module_names, "pcstrat", ""}:
            continue
        assert library in HOMES, f"{path.name}:{line}: say in HOMES where {library} may be imported"
        homes = HOMES[library]
        assert name in homes or top_of(name) in homes, f"{path.name}:{line}: {library} belongs in {sorted(homes)}"


@pytest.mark.parametrize(("library", "home"), [(name, home) for name, homes in HOMES.items() for home in sorted(homes)])
def test_each_home_is_lived_in(library: str, home: str) -> None:
    inside = (path for path in FILES if home in {name_of(path), top_of(name_of(path))})
    named = (ast.dump(ast.parse(path.read_text(encoding="utf-8"))) for path in inside)
    assert any(re.search(rf"'{library}\b", tree) for tree in named), f"{home} has no use for {library}: take it out"


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_every_module_says_what_it_is_for(path: Path) -> None:
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    assert docstring
    assert docstring.splitlines()[0].endswith((".", ":")), "the first line is a sentence of its own"


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_every_exception_from_what_linters_ask_has_a_reason(path: Path) -> None:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        silenced = re.search(
            r"# (?:noqa: [A-Z]+[0-9]+(?:, [A-Z]+[0-9]+)*|type: ignore\[[\w, -]+\])(?P<reason>.*)$", line
        )
        assert silenced is None or re.match(r"(?: -|  #) \S", silenced["reason"]), f"{path.name}:{number}: say why"


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
