"""What loading says of a file that is no plan: every problem in one pass, at its place, in words a planner knows."""

from __future__ import annotations

import copy
import enum
import json
import re
import typing
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from pcstrat.diagnostics import Finding, Severity
from pcstrat.load import Loaded, load_plan, misspellings, references, shape, versions
from pcstrat.load.fields import description, field_names, may_be_text, needed_fields
from pcstrat.model import vocabulary
from pcstrat.model.plan import FORMAT_VERSION, Plan
from pcstrat.registry import Registry, load_registry
from pcstrat.rules import RULES
from pcstrat.source import CODES as TEXT_CODES
from pcstrat.source import read_source

TESTS = Path(__file__).parent
EXAMPLES = sorted((TESTS / "examples" / "shape").glob("*.yaml"))
FORMATS = sorted((TESTS / "formats").glob("*.yaml"))
PLANS = sorted((TESTS.parent / "strategies").glob("*.yaml"))
EXPECTATION = re.compile(r"# expect: (?P<code>\S+) (?P<line>\d+):(?P<column>\d+) (?P<message>[^|]+?) \| (?P<remedy>.+)")

Load = Callable[..., Loaded]


class Expected(NamedTuple):
    code: str
    line: int
    column: int
    message: str
    remedy: str


def expectations(path: Path) -> list[Expected]:
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("# expect")]
    matches = [EXPECTATION.fullmatch(line) for line in lines]
    assert all(matches), f"{path.name}: an expectation is badly written"
    return [
        Expected(match["code"], int(match["line"]), int(match["column"]), match["message"], match["remedy"])
        for match in matches
        if match
    ]


def place(finding: Finding) -> tuple[str, int, int]:
    assert finding.span is not None
    return finding.code, finding.span.start.line, finding.span.start.column


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_is_judged_as_it_says(path: Path, registry: Registry) -> None:
    expected = expectations(path)
    found = load_plan(path.read_bytes(), path.name, registry, file_id=path.stem).findings
    assert expected
    assert [place(finding) for finding in found] == [entry[:3] for entry in expected]
    for finding, entry in zip(found, expected, strict=True):
        assert entry.message in finding.message
        assert entry.remedy in finding.remedy


def test_every_code_has_an_example() -> None:
    shown = {entry.code for path in EXAMPLES for entry in expectations(path)}
    takes_two_files = {"R06"}
    assert shown - TEXT_CODES.keys() == {*shape.CODES, *references.CODES, *versions.CODES} - takes_two_files


def test_codes_have_titles_and_no_code_means_two_things() -> None:
    tables = [shape.CODES, references.CODES, versions.CODES, TEXT_CODES]
    assert all(title and title[0].isupper() for table in tables for title in table.values())
    assert len({code for table in tables for code in table}) == sum(map(len, tables))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_findings_are_sentences_without_the_words_of_programmers(path: Path, registry: Registry) -> None:
    for finding in load_plan(path.read_bytes(), path.name, registry, file_id=path.stem).findings:
        assert is_in_sentences(finding.message), finding.message
        assert is_in_sentences(finding.remedy), finding.remedy
        assert finding.where
        jargon = (
            r"\b(?:dict|str|None|null|tuple|mapping|boolean|integer|parse|validation|pydantic|object|type)\b|\[\]|\{\}"
        )
        assert not re.search(jargon, re.sub(r"['“][^'”]*['”]", "", finding.message)), finding.message


def is_in_sentences(text: str) -> bool:
    return bool(text) and (text[0].isupper() or not text[0].isalpha()) and text.endswith((".", "?", "}."))


@pytest.mark.parametrize("path", [*PLANS, *FORMATS], ids=lambda path: path.stem)
def test_real_plans_and_frozen_examples_load_without_a_finding(path: Path, registry: Registry) -> None:
    loaded = load_plan(path.read_bytes(), path.name, registry)
    assert loaded.plan is not None
    assert loaded.findings == ()


def naive_parts(value: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], BaseModel]]:
    if isinstance(value, BaseModel):
        yield path, value
        for name, field in type(value).model_fields.items():
            yield from naive_parts(getattr(value, name), (*path, field.alias or name))
    elif isinstance(value, tuple):
        for index, entry in enumerate(value):
            yield from naive_parts(entry, (*path, index)) if isinstance(entry, BaseModel) else ()


@pytest.mark.parametrize("path", FORMATS, ids=lambda path: path.stem)
def test_every_part_of_a_plan_is_found_where_parts_can_be(path: Path, registry: Registry) -> None:
    loaded = load_plan(path.read_bytes(), path.name, registry)
    assert loaded.plan is not None
    data = loaded.source.data
    assert isinstance(data, dict)
    found = {part.path: part.model for part in references._parts(data)}
    of_fields = {path for path, _ in naive_parts(loaded.plan) if isinstance(value_at(data, path), dict)}
    assert found.keys() == of_fields
    assert all(type(part) is found[path] for path, part in naive_parts(loaded.plan) if path in found)


def value_at(data: Any, path: tuple[str | int, ...]) -> Any:
    for step in path:
        data = data[step]
    return data


def test_a_smallest_plan_loads(load: Load, minimal_text: Callable[..., str], minimal: dict[str, Any]) -> None:
    loaded = load(minimal_text())
    assert loaded.findings == ()
    assert loaded.plan == Plan.model_validate(minimal)
    assert loaded.source.text == minimal_text()


# --- the format -----------------------------------------------------------------------------------------------------


def models(model: type[BaseModel] = Plan, seen: set[type[BaseModel]] | None = None) -> set[type[BaseModel]]:
    seen = set() if seen is None else seen
    if model not in seen:
        seen.add(model)
        for field in model.model_fields.values():
            for part in parts_of(field.annotation):
                models(part, seen)
    return seen


def parts_of(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in typing.get_args(annotation):
        yield from parts_of(part)


def used(value: object) -> Iterator[tuple[type[BaseModel], str]]:
    if isinstance(value, BaseModel):
        for name in value.model_fields_set:
            yield type(value), name
            yield from used(getattr(value, name))
    elif isinstance(value, tuple):
        for entry in value:
            yield from used(entry)


def test_the_frozen_example_uses_every_field_of_every_model(load: Load) -> None:
    plan = load((TESTS / "formats" / f"{FORMAT_VERSION}.yaml").read_text(encoding="utf-8")).plan
    every = {(model, name) for model in models() for name in model.model_fields}
    assert len(every) > 400
    missing = every - set(used(plan))
    assert not missing, sorted(f"{model.__name__}.{name}" for model, name in missing)


def test_every_released_format_has_a_frozen_example_and_a_way_to_today() -> None:
    assert [path.stem for path in FORMATS] == [str(version) for version in range(1, FORMAT_VERSION + 1)]
    assert sorted(versions.UPGRADES) == list(range(1, FORMAT_VERSION))


def test_old_formats_are_upgraded_step_by_step(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(versions, "FORMAT_VERSION", 3)
    steps = {1: lambda data: {**data, "one": "1"}, 2: lambda data: {**data, "two": data["one"]}}
    monkeypatch.setattr(versions, "UPGRADES", steps)
    assert versions.upgrade({"pcstrat": "1"}) == {"pcstrat": "1", "one": "1", "two": "1"}
    assert versions.upgrade({"pcstrat": "3"}) == {"pcstrat": "3"}


@pytest.mark.parametrize("version", ["0", "-1", "1.0", "01", "1 2", "٣", "true", "9" * 5000, "[1]", "{a: b}", '""'])
def test_what_is_no_version_is_one_finding(version: str, load: Load) -> None:
    loaded = load(f"pcstrat: {version}\nid: [nonsense]\n")
    assert loaded.plan is None
    assert [finding.code for finding in loaded.findings] == ["V12"]


# --- notation -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", "# nothing\n", "- a\n- list\n", "just text\n", "\x00", "pcstrat: 1\n\tid: x\n"])
def test_what_is_no_mapping_has_one_finding_of_the_text(text: str, load: Load) -> None:
    loaded = load(text)
    assert loaded.plan is None
    assert {finding.code for finding in loaded.findings} <= TEXT_CODES.keys()
    assert len(loaded.findings) == 1
    assert loaded.findings[0].where == "the file"


def test_a_value_means_what_is_written(load: Load, minimal_text: Callable[..., str]) -> None:
    text = minimal_text("  - id: no\n    title: 012\n    text: on\n    label: 1.10\n    owner: null and void\n")
    plan = load(text).plan
    assert plan is not None
    aim = plan.ambitions[1]
    assert (aim.id, aim.title, aim.text, aim.label, aim.owner) == ("no", "012", "on", "1.10", "null and void")


@pytest.mark.parametrize("written", ["yes", "true", "on", "1"])
def test_yes_may_be_written_in_several_ways(written: str, load: Load, minimal_text: Callable[..., str]) -> None:
    plan = load(minimal_text(f"    additional: {written}\n")).plan
    assert plan is not None
    assert plan.ambitions[0].additional


def test_a_finding_names_only_one_cause(load: Load, minimal_text: Callable[..., str]) -> None:
    text = minimal_text(
        "people:\n  - {id: a, nmae: Ada}\nglossary:\n  - term:\n    mean: X\nvision: {elements: [{a: }]}\n"
    )
    assert [finding.code for finding in load(text).findings] == ["V02", "V09", "V02", "V03"]


@pytest.mark.parametrize(
    ("written", "wrong", "remedy"),
    [
        ("{published: c400, when: March 2026}", "when", "{value: {published: c400}, when: March 2026}"),
        ("{publishd: c400}", "publishd", "{published: c400}"),
        ("{publishd: c400, when: March 2026}", "publishd", "{value: {published: c400}, when: March 2026}"),
        ("{published: c400, read: '400'}", "read", "{published: c400, read_as: 400}"),
        ("{published: '4: 5', note: [x]}", "note", "{value: {published: ...}, note: ...}"),
        ("{value: {publishd: c400}}", "publishd", "{published: c400}"),
    ],
)
def test_a_misspelt_long_form_of_a_number_says_how_it_is_written(
    written: str, wrong: str, remedy: str, load: Load, minimal_text: Callable[..., str]
) -> None:
    measures = f"measures: [{{text: More staff., baseline: {written}}}]"
    text = minimal_text().replace("ambitions:\n  - ", f"ambitions:\n  - {measures}\n    ")
    (finding,) = load(text).findings
    message = f"The long form of a number has only published and read_as, not {wrong}."
    assert (finding.code, finding.message, finding.remedy) == ("V08", message, f"Write it like {remedy}.")


def test_fields_that_are_no_long_form_keep_their_own_messages(load: Load, minimal_text: Callable[..., str]) -> None:
    for written, code in (("{The aim: 40%}", "V03"), ("{valu: 40%}", "V02"), ("{published: 40%, value: 40%}", "V08")):
        measures = f"measures: [{{text: More staff., baseline: {written}}}]"
        text = minimal_text().replace("ambitions:\n  - ", f"ambitions:\n  - {measures}\n    ")
        assert [finding.code for finding in load(text).findings] == [code], written


def test_references_are_looked_at_even_where_the_shape_is_wrong(load: Load, minimal_text: Callable[..., str]) -> None:
    broken = minimal_text("    see: [nowhere]\n    commitments: [FUL-ACES]\n    ownr: X\n")
    assert {finding.code for finding in load(broken).findings} == {"R01", "R04", "V02"}
    assert {finding.code for finding in load(broken.replace("ownr", "owner")).findings} == {"R01", "R04"}


def test_ids_used_twice_are_found_even_where_the_shape_is_wrong(load: Load, minimal_text: Callable[..., str]) -> None:
    text = minimal_text("    ownr: X\n    milestones: [{id: twice, text: A}, {id: twice, text: B}]\n")
    assert [finding.code for finding in load(text).findings] == ["V02", "R02"]


def test_what_is_not_yaml_hides_nothing_else(load: Load, minimal_text: Callable[..., str]) -> None:
    text = minimal_text("    text: Care: for all\n    ownr: X\n    commitments: [FUL-ACES]\n    see: [nowhere]\n")
    loaded = load(text)
    assert loaded.plan is None
    assert [finding.code for finding in loaded.findings] == ["Y09", "V02", "R04", "R01"]
    assert loaded.findings[0].where == "ambition 'Do one thing'"


def test_what_a_broken_line_may_have_held_is_not_called_missing(load: Load, minimal_text: Callable[..., str]) -> None:
    text = minimal_text("    see: [clinic]\n    milestones:\n      - id: clinic\n        text:Open it\n")
    assert [finding.code for finding in load(text).findings] == ["Y02"]
    blanked = text.replace("pcstrat: 1", "pcstrat 1")
    assert {finding.code for finding in load(blanked).findings} == {"Y02"}


def test_what_cannot_be_read_may_be_what_a_reference_means(load: Load, minimal_text: Callable[..., str]) -> None:
    text = minimal_text("    see: [the-clinic]\n    milstones: [{id: the-clinic, text: A}]\n")
    assert [finding.code for finding in load(text).findings] == ["V02"]


def test_a_badly_written_reference_is_reported_once(load: Load, minimal_text: Callable[..., str]) -> None:
    assert [finding.code for finding in load(minimal_text("    see: [Not An Id]\n")).findings] == ["V05"]


def test_every_word_proposed_for_another_is_one_of_the_format() -> None:
    names = {field.alias or name for model in models() for name, field in model.model_fields.items()}
    assert not {name for entry in misspellings.FIELDS_MEANT.values() for name in entry} - names
    values = {str(member) for entry in vars(vocabulary).values() if is_choice(entry) for member in entry}
    assert not {value for entry in misspellings.VALUES_MEANT.values() for value in entry} - values


def test_one_of_a_list_means_the_list(load: Load, minimal_text: Callable[..., str]) -> None:
    text = minimal_text("") + "delivery: {levels: [{title: Quay, body: [The quay office]}]}\n"
    (finding,) = load(text).findings
    assert finding.remedy == "Did you mean 'bodies'?"


def is_choice(entry: object) -> typing.TypeGuard[type[enum.StrEnum]]:
    return isinstance(entry, type) and issubclass(entry, enum.StrEnum)


def test_codes_of_loading_and_of_rules_differ() -> None:
    of_loading = [table.keys() for table in (shape.CODES, references.CODES, versions.CODES, TEXT_CODES)]
    assert not set().union(*of_loading) & {rule.code for rule in RULES}


def test_a_plan_with_errors_of_reference_is_still_a_plan(load: Load, minimal_text: Callable[..., str]) -> None:
    loaded = load(minimal_text("    see: [nowhere]\n"))
    assert loaded.plan is not None
    assert loaded.errors == loaded.findings != ()


def test_the_name_of_the_file_is_compared_only_where_it_is_known(load: Load, minimal_text: Callable[..., str]) -> None:
    assert load(minimal_text(), file_id="minimal").findings == ()
    (finding,) = load(minimal_text(), file_id="other").findings
    assert (finding.code, finding.severity) == ("R05", Severity.WARNING)
    assert load(minimal_text(), file_id="other").errors == ()


def test_quotations_do_not_end_a_sentence(load: Load, minimal_text: Callable[..., str]) -> None:
    (finding,) = load(minimal_text('    statistics: [{text: x, value: "c. many. Or so"}]\n')).findings
    assert finding.message == "“c. many. Or so” has no number that counts something."
    assert finding.remedy.startswith("If the source says it this way")


def test_what_is_said_of_fields() -> None:
    assert description(("ambitions", 0, "actions", 2)) == "What will be done."
    assert description(("nowhere", "at", "all")) == description(()) == ""
    assert needed_fields(("ambitions", 3)) == ["'id'", "'title'"]
    assert field_names(("document", "title")) == []
    assert may_be_text(("ambitions", 0, "actions", 0))
    assert not may_be_text(("ambitions", 0))
    assert not may_be_text(())
    assert "if" in field_names(("ambitions", 0, "actions", 0))


# --- whatever happens to a plan, loading says so and goes on ------------------------------------------------------

SEED = read_source((TESTS / "formats" / "1.yaml").read_bytes(), "1.yaml").data
REGISTRY = load_registry(None)
ODD = st.sampled_from(
    [None, "", "text", "A b: c", "12", [], [None], ["a", "b"], {}, {"a": None}, {"a b": "c"}, [[["x"]]]]
)
KEYS = st.sampled_from(["texts", "Title", "a key with words", "id", "£", "points", "if", "0", "\u202e"])


def containers(value: Any) -> Iterator[Any]:
    if isinstance(value, dict | list) and value:
        yield value
        for entry in value.values() if isinstance(value, dict) else value:
            yield from containers(entry)


def mutate(draw: Callable[..., Any], data: Any) -> None:
    places = list(containers(data))
    where = places[draw(st.integers(0, len(places) - 1))]
    steps = list(where) if isinstance(where, dict) else list(range(len(where)))
    step = steps[draw(st.integers(0, len(steps) - 1))]
    change = draw(st.sampled_from(["delete", "replace", "rename", "nest", "repeat"]))
    if change == "delete":
        del where[step]
    elif change == "replace":
        where[step] = copy.deepcopy(draw(ODD))
    elif change == "nest":
        where[step] = draw(st.sampled_from([{"text": where[step]}, [where[step]]]))
    elif isinstance(where, list):
        where.append(copy.deepcopy(where[step]))
    else:
        where[draw(KEYS)] = where.pop(step) if change == "rename" else copy.deepcopy(where[step])


@st.composite
def mutated(draw: Callable[..., Any]) -> str:
    data = copy.deepcopy(SEED)
    for _ in range(draw(st.integers(1, 6))):
        mutate(draw, data)
    return json.dumps(data, ensure_ascii=False, indent=1)


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(text=mutated())
@example(text="{}")
@example(text='{"pcstrat": "1"}')
def test_a_damaged_plan_never_raises_and_every_finding_is_complete(text: str) -> None:
    loaded = load_plan(text.encode(), "plan.yaml", REGISTRY)
    lines = text.split("\n")
    assert loaded.plan is not None or loaded.errors
    for finding in loaded.findings:
        assert finding.where
        assert is_in_sentences(finding.message), finding
        assert is_in_sentences(finding.remedy), finding
        assert finding.span is not None
        assert 1 <= finding.span.start.line <= finding.span.end.line <= len(lines)
        assert 1 <= finding.span.start.column <= len(lines[finding.span.start.line - 1]) + 1
        assert finding.span.start <= finding.span.end
