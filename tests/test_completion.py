"""Shells complete plans, revisions, tables, rules and codes of ICBs, and nothing heavy is loaded for it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from typer import Context
from typer.main import get_command
from typer.testing import CliRunner

from folders import commit_all, git
from pcstrat.cli import _completion, define_commands
from pcstrat.cli._app import app, asked
from pcstrat.commands.catalogue import CODES
from pcstrat.errors import UsageError
from pcstrat.rules import RULES


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
    commit_all(folder)
    git(folder, "tag", "v2023")
    assert set(words(_completion.plans("bob@"))) == {"bob@main", "bob@v2023"}
    assert words(_completion.plans("bob@v")) == ["bob@v2023"]
    assert words(_completion.revisions("m")) == ["main"]


@pytest.mark.skipif(not shutil.which("bash") or os.name == "nt", reason="needs bash")
@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        (("diff", "bob", "@"), {"@main", "@v2023", "@v2024"}),
        (("diff", "bob", "@", "v"), {"@v2023", "@v2024"}),
        (("compare", "bob", "@", "m"), {"@main"}),
        (("diff", "b"), {"bob", "bath"}),
    ],
)
def test_bash_which_begins_a_new_word_at_the_sign_is_told_what_stands_behind_it(
    folder: Path, typed: tuple[str, ...], offered: set[str]
) -> None:
    commit_all(folder)
    for name in ("v2023", "v2024"):
        git(folder, "tag", name)
    programs = folder / "programs"
    programs.mkdir()
    (programs / "pcstrat").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m pcstrat "$@"\n', encoding="utf-8")
    (programs / "pcstrat").chmod(0o755)
    words = ("pcstrat", *typed)
    script = (
        'eval "$(pcstrat --show-completion bash)"\n'
        f"COMP_WORDS=({' '.join(words)}) COMP_CWORD={len(words) - 1}\n"
        '_pcstrat_completion pcstrat\nprintf "%s\\n" "${COMPREPLY[@]}"\n'
    )
    environment = os.environ | {"PATH": f"{programs}{os.pathsep}{os.environ['PATH']}", "SHELL": "/bin/bash"}
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-c", script], cwd=folder, env=environment,
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert set(done.stdout.split()) == offered


@pytest.mark.usefixtures("folder")
def test_tables_rules_and_codes() -> None:
    assert {"commitments", "bob"} <= set(words(_completion.tables_and_plans("")))
    assert words(_completion.tables_and_plans("commit"))[0] == "commitments"
    assert "T01" in words(_completion.rules("T"))
    assert "T01,T02" in words(_completion.rules("T01,T0"))
    assert "bands-overlap" in words(_completion.rules("bands-o"))
    assert ("T6Y0W", "NHS Norfolk and Suffolk Integrated Care Board") in _completion.icbs("t6")


def test_whatever_can_be_explained_is_completed() -> None:
    every = {*CODES, *(rule.code for rule in RULES), *(rule.name for rule in RULES)}
    assert {word for word in every if word not in words(_completion.codes(word))} == set()
    assert set(words(_completion.codes(""))) == every


def test_a_list_is_completed_value_by_value() -> None:
    complete = _completion.some_of("html", "pdf")
    assert words(complete("")) == ["html", "pdf"]
    assert words(complete("html,p")) == ["html,pdf"]
    assert words(complete("html,h")) == []


@pytest.mark.parametrize(
    ("option", "command"),
    [
        ("--format", "validate"), ("--format", "status"), ("--format", "doctor"), ("--format", "rules"),
        ("--format", "compare"), ("--format", "diff a b"), ("--format", "build"), ("--profile", "validate"),
        ("--fail-on", "validate"), ("--fail-on", "diff a b"),
    ],
)  # fmt: skip
def test_what_an_option_is_completed_with_is_what_it_takes(option: str, command: str) -> None:
    define_commands()
    told = CliRunner().invoke(app, [*command.split(), option, "no such value"])
    assert told.exit_code == 0  # the parser takes any text; what is asked for is run by `main`
    with pytest.raises(UsageError) as refused:
        asked.pop()()
    parsed = get_command(app).commands[command.partition(" ")[0]]  # type: ignore[attr-defined]
    parameter = next(entry for entry in parsed.params if option in entry.opts)
    completed = [item.value for item in parameter.shell_complete(Context(get_command(app)), "")]
    assert refused.value.remedy.endswith(f" {', '.join(completed)}.")


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
        ("pcstrat explain R0", "R03"),
        ("pcstrat explain Y", "Y01"),
        ("pcstrat validate --profile b", "board"),
        ("pcstrat validate --fail-on w", "warning"),
        ("pcstrat validate --format s", "sarif"),
        ("pcstrat diff --fail-on w", "weakened"),
        ("pcstrat status --format c", "csv"),
        ("pcstrat build --format html,", "html,pdf"),
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
