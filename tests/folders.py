"""A user's folder as tests make one: a small plan, git, and the files that are in a folder."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

SMALL_PLAN = (Path(__file__).parent / "data" / "small-plan.yaml").read_text(encoding="utf-8")
"""The text of a valid plan with a little of everything."""

IDENTITY = ("-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "commit.gpgsign=false")


def git(folder: Path, *arguments: str, day: str = "2025-04-01") -> str:
    """Run git as one author on one day, without settings of the machine, so that hashes are the same everywhere."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    environment |= dict.fromkeys(("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"), os.devnull)
    environment |= dict.fromkeys(("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"), f"{day}T12:00:00Z")
    command = ["git", "-C", str(folder), *IDENTITY, *arguments]
    return subprocess.run(command, check=True, capture_output=True, env=environment, encoding="utf-8").stdout.strip()


def commit_all(folder: Path) -> None:
    """Make a folder a repository with everything in one commit, on the branch main."""
    git(folder, "init", "--quiet", "--initial-branch", "main")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "First")


def files_in(folder: Path) -> dict[str, bytes]:
    """The content of every file below a folder, by its path from there."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }
