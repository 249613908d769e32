"""What is remembered comes back as it was, or not at all; what decides it is known by content alone."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pcstrat.diagnostics import Position, Severity, Span
from pcstrat.memory import fingerprint
from pcstrat.memory.findings import checked, checked_data, finding, finding_data
from pcstrat.memory.fingerprint import hash_of_files, hash_of_folder, sha256
from pcstrat.memory.store import Store
from pcstrat.review import Acceptance, Checked, CheckedFinding, CheckResult, FoundPlace, RuleWords

TEXTS = st.text(st.characters(), max_size=5)
"""Any characters, halves of surrogate pairs among them, since names of files may have them."""
POSITIONS = st.builds(Position, line=st.integers(1, 9), column=st.integers(1, 9))
SPANS = st.builds(Span, POSITIONS, POSITIONS)
PATHS = st.lists(TEXTS | st.integers(0, 9), max_size=3).map(tuple)
PLACES = st.lists(
    st.builds(FoundPlace, path=PATHS, span=SPANS, where=TEXTS, message=TEXTS, fingerprint=TEXTS, owner=TEXTS),
    max_size=2,
).map(tuple)
CODES = st.sampled_from(["T01", "V02"])
RULES = {"T01": RuleWords("a-rule", "A rule", Severity.WARNING, "Because.", "Mend it."), "V02": None}


@st.composite
def findings(draw: st.DrawFn) -> CheckedFinding:
    code = draw(CODES)
    rule = RULES[code]
    return CheckedFinding(
        code=code,
        severity=draw(st.sampled_from(Severity)),
        file=draw(TEXTS),
        message=draw(TEXTS),
        remedy=draw(TEXTS),
        span=draw(st.none() | SPANS),
        path=draw(PATHS),
        where=draw(TEXTS),
        notes=tuple(draw(st.lists(TEXTS, max_size=2))),
        plan=draw(TEXTS),
        rule=rule,
        why=draw(TEXTS | st.just(rule.why if rule else "")),
        address=draw(TEXTS),
        fingerprint=draw(TEXTS),
        places=draw(PLACES),
        related=draw(PLACES),
        since=draw(st.booleans()),
        accepted=draw(st.none() | st.builds(Acceptance, TEXTS, TEXTS, TEXTS)),
        owner=draw(TEXTS),
    )


FOUND = st.builds(
    Checked,
    st.builds(
        CheckResult,
        file=TEXTS,
        plan=TEXTS,
        title=TEXTS,
        is_plan=st.booleans(),
        findings=st.lists(findings(), max_size=2).map(tuple),
        waived=st.lists(findings(), max_size=2).map(tuple),
        rules_run=st.integers(0, 99),
        rules_left_out=st.integers(0, 99),
        unrun_rules=st.lists(CODES, max_size=2).map(tuple),
        profile=TEXTS,
        highest_profile=st.none() | TEXTS,
    ),
    st.dictionaries(st.tuples(TEXTS, st.integers(1, 9)), TEXTS, max_size=2),
)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(found=FOUND)
def test_what_was_found_comes_back_equal(tmp_path: Path, found: Checked) -> None:
    store = Store(tmp_path / "cache", "tests", tmp_path)
    rules: dict[str, object] = {}
    store.write([checked_data(found, rules), rules])
    data = store.read()
    assert isinstance(data, list)
    assert checked(*data) == found
    simple = [finding(finding_data(entry)) for entry in found.result.findings]
    assert [(entry.code, entry.span, entry.notes) for entry in simple] == [
        (entry.code, entry.span, entry.notes) for entry in found.result.findings
    ]


@pytest.mark.parametrize(
    "data", [[], [1], ["T01", "worst", "f", "m", "r", "w", None, [], []], [*"abcdef", [1], [], []]]
)
def test_other_data_is_no_finding(data: list[object]) -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        finding(data)


def test_circumstances_and_kinds_have_files_of_their_own(tmp_path: Path) -> None:
    stores = [Store(tmp_path, kind, tmp_path, now) for kind in ("build", "checks") for now in ("board", "draft")]
    for number, store in enumerate(stores):
        store.write(number)
    assert [store.read() for store in stores] == [0, 1, 2, 3]
    assert len(list(tmp_path.iterdir())) == 4, "nothing half-written is left"


def test_a_write_that_fails_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(tmp_path, "tests", tmp_path)
    store.write("before")

    def full(_self: Path, _target: Path) -> Path:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as context:
        context.setattr(Path, "replace", full)
        with pytest.raises(OSError, match="No space"):
            store.write("after")
    assert store.read() == "before"
    assert [path.name for path in tmp_path.iterdir()] == [store.path.name]


def test_a_folder_is_known_by_the_names_and_content_of_its_files(tmp_path: Path) -> None:
    def hashed() -> str:
        return hash_of_folder(tmp_path)

    seen = [hashed()]
    (tmp_path / "below").mkdir()
    path = tmp_path / "below" / "a.txt"
    for change in (
        lambda: path.write_text("one", encoding="utf-8"),
        lambda: path.write_text("two", encoding="utf-8"),
        lambda: path.rename(path.with_name("b.txt")),
        lambda: path.symlink_to("b.txt"),
        lambda: path.unlink() or path.symlink_to("../below/b.txt"),
        lambda: path.unlink() or path.symlink_to("nowhere"),
    ):
        change()
        seen.append(hashed())
    assert len(set(seen)) == len(seen)
    os.utime(path.with_name("b.txt"))
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "x.pyc").write_bytes(b"compiled")
    assert hashed() == seen[-1]


def test_a_long_file_is_known_by_all_of_it(tmp_path: Path) -> None:
    contents = [b"x" * 200_000, b"x" * 199_999 + b"y", b"y" + b"x" * 199_999]
    for number, content in enumerate(contents):
        (tmp_path / str(number)).write_bytes(content)
    with (tmp_path / "1").open("rb") as file:
        assert fingerprint.hash_of_file(file) == sha256(contents[1])
    assert len({hash_of_files([tmp_path / str(number)]) for number in range(4)}) == 4, "a missing file is unlike any"
