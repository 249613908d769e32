"""Turns a revision of the user's repository into the text of files, as they were then. The only user of git.

git is asked, never obeyed: no shell, no hooks, no filters or external programs, no pager, no network, no locks, and
what the user typed is never taken for an option. The repository may belong to somebody else.
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from pcstrat.errors import NotDoneError
from pcstrat.patterns import Pattern

MAX_BYTES = 5_000_000
"""The largest file that is read: the same limit as for files on disk."""

_HASH = Pattern(r"[0-9a-f]{40}|[0-9a-f]{64}")
_TIMEOUT = 30
_LINK = "120000"
"""The mode that git gives a symbolic link."""

_SETTINGS = ("core.fsmonitor=false", "core.hooksPath=/dev/null", "protocol.allow=never", "core.quotePath=false")
_KEPT = ("GIT_CONFIG_", "GIT_EXEC_PATH", "GIT_CEILING_DIRECTORIES")
_FIXED = {
    "LC_ALL": "C",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_LITERAL_PATHSPECS": "1",
}


class _Entry(NamedTuple):
    """One thing in a revision's tree: `kind` is "blob" for files and symbolic links, `size` is 0 for anything else."""

    mode: str
    kind: str
    name: str
    size: int
    path: str


def git_version() -> str:
    """Return the version of git; nothing where it is not installed.

    Raises:
        NotDoneError: if it cannot be run.
    """
    if shutil.which("git") is None:
        return ""
    return _output(Path(), "version").decode(errors="replace").strip().removeprefix("git version ")


def file_at(repository: Path, revision: str, path: str) -> bytes:
    """Return the content of a file as it was in a revision.

    Args:
        repository: An existing folder in the repository; need not be its top.
        revision: Anything git takes for a commit: a tag, a branch, `HEAD~2`, a hash.
        path: The file, relative to `repository`, with forward slashes.

    Raises:
        NotDoneError: if git is missing, the folder is in no repository, the revision is unknown (the message says so
            when the clone is shallow), or there is no such file in it, or it is a symbolic link or too large.
    """
    commit = _commit(repository, revision)
    entry = next((entry for entry in _entries(repository, commit, path) if not path.endswith("/")), None)
    if entry is None or entry.kind != "blob":
        raise NotDoneError(f"There is no file '{path}' in revision {revision!r}.", _moved(repository, commit, path))
    if entry.mode == _LINK:
        raise NotDoneError(f"'{path}' is a symbolic link in revision {revision!r}.", "Name the file it leads to.")
    if entry.size > MAX_BYTES:
        raise NotDoneError(f"'{path}' in revision {revision!r} has more than {MAX_BYTES:,} bytes.")
    return _output(repository, "cat-file", "blob", entry.name)


def paths_at(repository: Path, revision: str, folder: str) -> tuple[str, ...]:
    """Return the files that stood directly in a folder in a revision, sorted; none if there was no such folder.

    The paths are relative to `repository`, as `folder` is. Raises as `file_at` does.
    """
    commit = _commit(repository, revision)
    inside = f"{folder.rstrip('/')}/" if folder not in {"", "."} else ""
    return tuple(sorted(entry.path for entry in _entries(repository, commit, inside) if entry.kind == "blob"))


def top_of(repository: Path) -> Path:
    """Return the top folder of the repository that a folder is in.

    Raises:
        NotDoneError: if git is missing, or the folder is in no repository or in one without files.
    """
    run = _git(repository, "rev-parse", "--show-toplevel")
    _refuse_no_repository(repository, run.stderr.decode(errors="replace"))
    said = os.fsdecode(run.stdout.removesuffix(b"\n"))
    if run.returncode or not said:
        raise NotDoneError(f"'{repository.as_posix()}' is in a git repository without a working tree.")
    return Path(said)


def top_or_none(folder: Path) -> Path | None:
    """Return the top folder of the repository that a folder is in; None where git knows of none."""
    try:
        return top_of(folder)
    except NotDoneError:
        return None


class Tree:
    """The files under a folder of the repository in one revision, which is looked up when the tree is made.

    Args:
        repository: An existing folder in the repository; need not be its top. Paths start from it.
        revision: Anything git takes for a commit.
        whole: Whether to take the whole repository. Paths then start from its top.

    Raises:
        NotDoneError: as `file_at` does of the revision.
    """

    def __init__(self, repository: Path, revision: str, *, whole: bool = False) -> None:
        self._repository = repository
        options = ("-r", "--full-tree") if whole else ("-r",)
        entries = _entries(repository, _commit(repository, revision), "", *options)
        self._entries = {entry.path: entry for entry in entries if entry.kind == "blob"}

    @property
    def paths(self) -> tuple[str, ...]:
        """Every file, sorted."""
        return tuple(sorted(self._entries))

    def contents(self, paths: Iterable[str]) -> dict[str, bytes]:
        """The content of files by path, read by one process; symbolic links and what is too large are left out."""
        entries = [self._entries[path] for path in paths]
        wanted = [entry for entry in entries if entry.mode != _LINK and entry.size <= MAX_BYTES]
        if not wanted:
            return {}
        names = "".join(f"{entry.name}\n" for entry in wanted).encode("ascii")
        said = _output(self._repository, "cat-file", "--batch", given=names)
        contents: dict[str, bytes] = {}
        place = 0
        for entry in wanted:
            start = said.index(b"\n", place) + 1
            if said[place:start].rstrip().endswith(b" missing"):
                message = f"git does not have the content of '{entry.path}', because the clone is a partial one."
                raise NotDoneError(message, "Clone the repository without --filter.")
            place = start + entry.size + 1
            contents[entry.path] = said[start : place - 1]
        return contents


def revision_on(repository: Path, day: dt.date) -> str:
    """Return the hash of the last commit of the current branch on or before a day (UTC).

    Raises:
        NotDoneError: if there is none (the message says so when the clone is shallow), or git cannot be asked.
    """
    _commit(repository, "HEAD")
    until = f"--before={day.isoformat()}T23:59:59Z"
    asked = ("rev-list", "--first-parent", "--max-count=1", until, "--end-of-options", "HEAD")
    commit = _output(repository, *asked).decode("ascii", errors="replace").strip()
    if not _HASH.fullmatch(commit):
        message = f"There is no revision on or before {day.isoformat()}."
        raise NotDoneError(message, _shallow(repository) or "See 'git log' for the first one.")
    return commit


def day_of(repository: Path, revision: str) -> dt.date:
    """Return the day (UTC) on which a revision was committed.

    Raises:
        NotDoneError: if git cannot be asked, or knows no such revision.
    """
    asked = ("rev-list", "--max-count=1", "--timestamp", "--end-of-options", _commit(repository, revision))
    seconds = _output(repository, *asked).decode("ascii").partition(" ")[0]
    return dt.datetime.fromtimestamp(int(seconds), dt.UTC).date()


def revision_names(repository: Path) -> tuple[str, ...]:
    """Return the branches and tags, the newest first; none where git cannot be asked."""
    asked = ("for-each-ref", "--sort=-creatordate", "--format=%(refname:short)", "refs/tags", "refs/heads")
    try:
        done = _git(repository, *asked)
    except NotDoneError:
        return ()
    return tuple(done.stdout.decode(errors="replace").split()) if done.returncode == 0 else ()


def _moved(repository: Path, commit: str, path: str) -> str:
    """Say which files did stand in the folder of a file that is not there."""
    folder = path.rpartition("/")[0]
    names = [entry.path for entry in _entries(repository, commit, f"{folder}/" if folder else "")]
    plans = [name for name in names if name.lower().endswith((".yaml", ".yml"))]
    return f"It has: {', '.join(plans[:20])}." if plans else ""


def _entries(repository: Path, commit: str, path: str, *options: str) -> Iterator[_Entry]:
    """Yield what a tree holds at a path or, with a slash at its end, in the folder there."""
    where = [f"./{path}"] if path else []
    listing = _output(repository, "ls-tree", "-z", "-l", *options, "--end-of-options", commit, *where)
    for line in listing.decode(errors="surrogateescape").split("\0"):
        if line:
            fields, _, name = line.partition("\t")
            mode, kind, blob, size = fields.split()
            yield _Entry(mode, kind, blob, int(size) if size.isdigit() else 0, name)


def _commit(repository: Path, revision: str) -> str:
    """Return the hash of the commit that a revision means."""
    if revision and revision.isprintable():
        asked = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
        run = _git(repository, *asked)
        commit = run.stdout.decode(errors="replace").strip()
        if run.returncode == 0 and _HASH.fullmatch(commit):
            return commit
        _refuse_no_repository(repository, run.stderr.decode(errors="replace"))
    message = f"git knows no revision {revision!r}."
    raise NotDoneError(
        message, _shallow(repository) or "See 'git tag' and 'git log'; 'git fetch --tags' gets new tags."
    )


def _refuse_no_repository(repository: Path, said: str) -> None:
    if "cannot change to" in said:
        raise NotDoneError(f"There is no folder '{repository.as_posix()}' to look for revisions in.")
    if "not a git repository" in said:
        raise NotDoneError(f"'{repository.as_posix()}' is not in a git repository, so it has no revisions.")
    if "dubious ownership" in said:
        message = f"git refuses '{repository.as_posix()}', because the repository belongs to another user."
        raise NotDoneError(message, "Run 'git status' there: git says how to allow it.")


def _shallow(repository: Path) -> str:
    """Say what to do if the clone lacks the older part of its history, or nothing if it has all of it."""
    if _git(repository, "rev-parse", "--is-shallow-repository").stdout.strip() != b"true":
        return ""
    depth = _git(repository, "rev-list", "--count", "HEAD").stdout.decode("ascii").strip() or "0"
    commits = "commit" if depth == "1" else "commits"
    return (
        f"This clone is shallow: it holds {depth} {commits} of the history. Run 'git fetch --unshallow --tags', "
        f"or fetch a depth above {depth} ('fetch-depth: 0' for a checkout step)."
    )


def _output(repository: Path, *arguments: str, given: bytes = b"") -> bytes:
    run = _git(repository, *arguments, given=given)
    if run.returncode != 0:
        said = run.stderr.decode(errors="replace").strip().removeprefix("fatal: ")
        raise NotDoneError(f"git could not read '{repository.as_posix()}': {said or 'it does not say why'}.")
    return run.stdout


def _git(repository: Path, *arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    settings = [part for setting in _SETTINGS for part in ("-c", setting)]
    command = [_program(), "--no-pager", "-C", str(repository), *settings, *arguments]
    try:
        return subprocess.run(  # noqa: S603 - an absolute program, a list of arguments, no shell
            command,
            input=given,
            capture_output=True,
            check=False,
            timeout=_TIMEOUT,
            env=_environment(os.environ),
        )
    except subprocess.TimeoutExpired:
        message = f"git did not answer within {_TIMEOUT} seconds in '{repository.as_posix()}'."
        raise NotDoneError(message) from None
    except OSError as error:
        raise NotDoneError(f"git cannot be run: {error.strerror}.") from None
    except ValueError:
        raise NotDoneError("git cannot be asked for a name that contains the character NUL.") from None


def _program() -> str:
    """Return git's full path: one that lies in the current folder by accident or malice is never run."""
    found = shutil.which("git")
    if found is None or not Path(found).is_absolute():
        message = "git is not installed, or not on the PATH; only git can read an earlier revision."
        raise NotDoneError(message, "Install git, or name a file instead of a revision.")
    return found


def _environment(inherited: Mapping[str, str]) -> dict[str, str]:
    """Return the environment for git without what a hook or another repository put there, such as GIT_DIR."""
    kept = {name: value for name, value in inherited.items() if not name.startswith("GIT_") or name.startswith(_KEPT)}
    return {**kept, **_FIXED}
