"""Shells complete plans, revisions, tables, rules and codes of ICBs, and nothing heavy is loaded for it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pcstrat.cli import _completion


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "strategies").mkdir()
    for name in ("bob.yaml", "bath.yml", "notes.txt"):
        (tmp_path / "strategies" / name).touch()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def words(choices: list[tuple[str, str]]) -> list[str]:
    return [word for word, _ in choices]


def test_plans_are_the_names_of_their_files(folder: Path) -> None:
    assert words(_completion.plans("")) == ["bath", "bob"]
    assert words(_completion.plans("bo")) == ["bob"]
    (folder / "pcstrat.toml").write_text("unknown = 1", encoding="utf-8")
    assert _completion.plans("") == []


def test_revisions_follow_the_at_sign(folder: Path) -> None:
    assert _completion.plans("bob@") == []
    author = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    for command in (("init", "-q", "-b", "main"), ("add", "."), (*author, "commit", "-qm", "x"), ("tag", "v2023")):
        subprocess.run(["git", *command], cwd=folder, check=True)
    assert set(words(_completion.plans("bob@"))) == {"bob@main", "bob@v2023"}
    assert words(_completion.plans("bob@v")) == ["bob@v2023"]
    assert words(_completion.revisions("m")) == ["main"]


@pytest.mark.usefixtures("folder")
def test_tables_rules_and_codes() -> None:
    assert {"commitments", "bob"} <= set(words(_completion.tables_and_plans("")))
    assert words(_completion.tables_and_plans("commit"))[0] == "commitments"
    assert "T01" in words(_completion.rules("T"))
    assert "T01,T02" in words(_completion.rules("T01,T0"))
    assert "bands-overlap" in words(_completion.rules("bands-o"))
    assert ("T6Y0W", "NHS Norfolk and Suffolk Integrated Care Board") in _completion.icbs("t6")


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("pcstrat validate b", "bob"),
        ("pcstrat build b", "bob"),
        ("pcstrat status b", "bob"),
        ("pcstrat fmt b", "bob"),
        ("pcstrat migrate b", "bob"),
        ("pcstrat refresh b", "bob"),
        ("pcstrat import plan.stratml --icb T6", "T6Y0W"),
        ("pcstrat compare fund", "funding"),
        ("pcstrat explain T0", "T01"),
        ("pcstrat validate --select T0", "T01"),
        ("pcstrat init --icb T6", "T6Y0W"),
    ],
)
def test_a_shell_is_answered_without_loading_what_is_slow(folder: Path, line: str, word: str) -> None:
    code = (
        "import sys\n"
        "from pcstrat.cli import main\n"
        "try:\n    main()\n"
        "finally:\n    open('modules', 'w').write(' '.join(sys.modules))\n"
    )
    asked = {"_PCSTRAT_COMPLETE": "complete_bash", "COMP_WORDS": line, "COMP_CWORD": str(len(line.split()) - 1)}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, env=os.environ | asked, capture_output=True, text=True, check=True
    )
    assert word in done.stdout.split()
    loaded = set((folder / "modules").read_text().split())
    assert "pcstrat.cli._completion" in loaded
    assert not loaded & {"pcstrat.model", "pcstrat.rules", "pcstrat.compare", "pcstrat.registry", "pcstrat.load"}
    assert not loaded & {"ruamel.yaml", "jinja2", "weasyprint"}
