"""The worked example does what it says: its commands are run and its edits made, word by word, in an empty folder."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PAGE = Path(__file__).parent.parent / "docs" / "worked-example.md"
STEP = re.compile(r"(?:<!-- in place of: (?P<old>[^\n]+) -->\n)?```(?P<kind>\w+)\n(?P<body>.*?)```", re.DOTALL)
PLAN = Path("our-plans", "strategies", "shropshire-telford-and-wrekin.yaml")
NO_PDF = ("pcstrat build", "pcstrat build --format html")
"""The tests of PDFs are elsewhere; a page is enough here."""


def steps() -> Iterator[re.Match[str]]:
    return STEP.finditer(PAGE.read_text(encoding="utf-8"))


class Newcomer:
    """Somebody who types what the page says."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.folder = home
        programs = home / "programs"
        programs.mkdir()
        (programs / "pcstrat").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m pcstrat "$@"\n', encoding="utf-8")
        (programs / "pcstrat").chmod(0o755)
        who = {
            f"GIT_{role}_{what}": "planner@example.org"
            for role in ("AUTHOR", "COMMITTER")
            for what in ("NAME", "EMAIL")
        }
        self.environment = os.environ | who | {
            "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
            "SOURCE_DATE_EPOCH": "1795219200",
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_SYSTEM": os.devnull,
        }  # fmt: skip

    def types(self, commands: str) -> str:
        """Run commands one after the other; what they print on both streams."""
        where = self.home / "where"
        script = f'{commands.replace(*NO_PDF)}\ncode=$?\npwd > "{where}"\nexit $code'
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-c", script], cwd=self.folder, env=self.environment,
            capture_output=True, text=True, check=False, timeout=120,
        )  # fmt: skip
        assert done.returncode in {0, 1}, done.stderr
        self.folder = Path(where.read_text(encoding="utf-8").strip())
        return done.stdout

    def edits(self, old: str, new: str) -> None:
        """Put new lines in place of an old one, as far in as it stood."""
        path = self.home / PLAN
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        (place,) = [place for place, line in enumerate(lines) if line.strip() == old]
        indent = lines[place][: len(lines[place]) - len(lines[place].lstrip())]
        lines[place : place + 1] = (f"{indent}{added}\n" for added in new.rstrip("\n").split("\n"))
        path.write_text("".join(lines), encoding="utf-8")


@pytest.mark.skipif(not shutil.which("bash") or os.name == "nt", reason="needs bash")
def test_every_step_of_the_example_does_what_the_page_says(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    newcomer = Newcomer(tmp_path)
    printed = ""
    said: list[tuple[str, str]] = []
    for step in steps():
        if step["kind"] == "sh":
            printed = newcomer.types(step["body"])
        elif step["kind"] == "yaml":
            newcomer.edits(step["old"], step["body"])
        else:
            said.append((step["body"].strip(), printed.strip()))
    if request.config.getoption("--update-golden"):
        text = PAGE.read_text(encoding="utf-8")
        for old, new in said:
            text = text.replace(f"```text\n{old}\n```", f"```text\n{new}\n```")
        PAGE.write_text(text, encoding="utf-8", newline="\n")
        return
    assert len(said) >= 4
    for expected, actual in said:
        assert actual == expected
    assert newcomer.types("pcstrat fmt --check") == "1 plan already in normal form.\n"
    assert (newcomer.folder / "output" / "shropshire-telford-and-wrekin" / "index.html").exists()
