"""Revisions: files as they were in real repositories, and what hostile or incomplete ones are answered."""

from __future__ import annotations

import os
import re
import shutil
import sys
from pathlib import Path

import pytest

from folders import git
from pcstrat import revisions
from pcstrat.errors import NotDoneError
from pcstrat.revisions import Tree, file_at, paths_at

HOSTILE = [
    "--upload-pack=x",
    "--output=written",
    "--all",
    "--help",
    "-h",
    "-",
    "",
    " ",
    "v1..v2",
    "^v1",
    "v1\n",
    "v1\0",
    "v1:strategies",
    "HEAD^{tree}",
    "$(touch written)",
    "v1; touch written",
]


def commit(folder: Path, tag: str, **files: str) -> None:
    for name, content in files.items():
        path = folder / "strategies" / f"{name}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content.encode())
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", tag)
    git(folder, "tag", tag)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "repository"
    folder.mkdir()
    git(folder, "init", "--quiet", "--initial-branch=main")
    commit(folder, "v1", bob="id: bob\r\ntitle: first\r\n", kent="id: kent\n")
    commit(folder, "v2", bob="id: bob\ntitle: second\n")
    (folder / "strategies" / "bob.yaml").write_bytes(b"not committed")
    return folder


def refused(repository: Path, revision: str, path: str = "strategies/bob.yaml") -> NotDoneError:
    with pytest.raises(NotDoneError) as caught:
        file_at(repository, revision, path)
    return caught.value


@pytest.mark.parametrize(
    ("revision", "content"),
    [
        ("v1", b"id: bob\r\ntitle: first\r\n"),
        ("HEAD~1", b"id: bob\r\ntitle: first\r\n"),
        ("v2", b"id: bob\ntitle: second\n"),
        ("main", b"id: bob\ntitle: second\n"),
        ("HEAD@{0}", b"id: bob\ntitle: second\n"),
    ],
)
def test_a_file_is_read_as_it_was(repository: Path, revision: str, content: bytes) -> None:
    assert file_at(repository, revision, "strategies/bob.yaml") == content


def test_paths_start_from_the_folder_given(repository: Path) -> None:
    assert file_at(repository / "strategies", "v2", "bob.yaml") == b"id: bob\ntitle: second\n"
    (repository / "other").mkdir()
    assert file_at(repository / "other", "v2", "../strategies/bob.yaml") == b"id: bob\ntitle: second\n"
    assert paths_at(repository / "strategies", "v1", ".") == ("bob.yaml", "kent.yaml")


def test_a_file_deleted_since_is_still_there(repository: Path) -> None:
    git(repository, "rm", "--quiet", "strategies/kent.yaml")
    commit(repository, "v3")
    assert file_at(repository, "v1", "strategies/kent.yaml") == b"id: kent\n"
    assert paths_at(repository, "v1", "strategies") == ("strategies/bob.yaml", "strategies/kent.yaml")
    assert paths_at(repository, "v3", "strategies/") == ("strategies/bob.yaml",)


def test_a_folder_that_did_not_exist_held_nothing(repository: Path) -> None:
    assert paths_at(repository, "v1", "nowhere") == ()
    assert paths_at(repository, "v1", "strategies/bob.yaml") == ()


def test_names_that_git_would_quote_or_expand_are_taken_as_they_are(repository: Path) -> None:
    commit(repository, "v3", **{"bü *[b]ob": "id: x\n", ":(top)x": "id: y\n"})
    assert file_at(repository, "v3", "strategies/bü *[b]ob.yaml") == b"id: x\n"
    assert file_at(repository, "v3", "strategies/:(top)x.yaml") == b"id: y\n"
    assert "strategies/bü *[b]ob.yaml" in paths_at(repository, "v3", "strategies")
    assert "There is no file" in refused(repository, "v3", "strategies/*.yaml").message


@pytest.mark.parametrize("revision", [*HOSTILE, "v9", "0000000000000000000000000000000000000000"])
def test_what_is_no_revision_is_refused_and_does_nothing(repository: Path, revision: str) -> None:
    before = sorted(repository.rglob("*"))
    assert refused(repository, revision).message == f"git knows no revision {revision!r}."
    with pytest.raises(NotDoneError, match="git knows no revision"):
        paths_at(repository, revision, "strategies")
    assert sorted(repository.rglob("*")) == before


def test_a_missing_file_is_named_with_those_that_were_there(repository: Path) -> None:
    error = refused(repository, "v1", "strategies/bbo.yaml")
    assert error.message == "There is no file 'strategies/bbo.yaml' in revision 'v1'."
    assert error.remedy == "It has: strategies/bob.yaml, strategies/kent.yaml."


@pytest.mark.parametrize(
    "path", ["strategies", "strategies/", "", ".", "--help", "strategies/bob.yaml/", "/etc/passwd"]
)
def test_what_is_no_file_is_refused(repository: Path, path: str) -> None:
    assert "There is no file" in refused(repository, "v1", path).message


def test_a_path_out_of_the_repository_is_refused(repository: Path) -> None:
    assert "outside repository" in refused(repository, "v1", "../../etc/passwd").message


def test_a_name_with_nul_is_refused(repository: Path) -> None:
    assert "NUL" in refused(repository, "v1", "strategies/bob.yaml\0").message


def test_a_symbolic_link_is_not_taken_for_a_plan(repository: Path) -> None:
    (repository / "strategies" / "link.yaml").symlink_to("/etc/passwd")
    commit(repository, "v3")
    assert "is a symbolic link in revision 'v3'" in refused(repository, "v3", "strategies/link.yaml").message


def test_a_file_that_is_far_too_large_is_refused(repository: Path) -> None:
    commit(repository, "v3", big="x" * 5_000_001, fits="x" * 5_000_000)
    assert "more than 5,000,000 bytes" in refused(repository, "v3", "strategies/big.yaml").message
    assert len(file_at(repository, "v3", "strategies/fits.yaml")) == 5_000_000


def test_a_folder_outside_any_repository_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert "is not in a git repository" in refused(tmp_path, "v1").message
    assert "There is no folder" in refused(tmp_path / "nowhere", "v1").message


@pytest.mark.parametrize("depth", [1, 2])
def test_a_shallow_clone_says_how_deep_it_is_and_what_to_do(repository: Path, tmp_path: Path, depth: int) -> None:
    commit(repository, "v3", bob="third")
    source, clone = repository.as_uri(), tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", f"--depth={depth}", "--branch=main", source, str(clone))
    assert file_at(clone, "HEAD", "strategies/bob.yaml") == b"third"
    error = refused(clone, f"HEAD~{depth}")
    assert re.search(rf"it holds {depth} commits? of the history", error.remedy)
    assert "git fetch --unshallow" in error.remedy
    assert f"above {depth}" in error.remedy


def test_a_whole_clone_says_nothing_of_depth(repository: Path) -> None:
    assert "shallow" not in refused(repository, "v9").remedy


def test_git_that_is_not_installed_is_said(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert "git is not installed" in refused(repository, "v1").message


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in for git is a shell script")
def test_a_git_that_lies_in_a_relative_folder_is_not_run(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake = tmp_path / "git"
    fake.write_text("#!/bin/sh\ntouch ran\n", encoding="utf-8")
    fake.chmod(0o755)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", ".")
    assert "git is not installed" in refused(repository, "v1").message
    assert not (tmp_path / "ran").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in for git is a shell script")
def test_a_git_that_hangs_is_given_up(repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake = tmp_path / "git"
    fake.write_text("#!/bin/sh\nexec sleep 20\n", encoding="utf-8")
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(revisions, "_TIMEOUT", 0.2)
    assert "git did not answer within 0.2 seconds" in refused(repository, "v1").message


def test_a_git_that_cannot_be_run_is_said(repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(revisions, "_program", lambda: str(tmp_path / "gone"))
    assert refused(repository, "v1").message == "git cannot be run: No such file or directory."


def test_a_repository_of_another_user_is_said(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(revisions._FIXED, "GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    assert "the repository belongs to another user" in refused(repository, "v1").message


def test_the_environment_of_a_hook_does_not_lead_to_another_repository(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    git(other, "init", "--quiet")
    monkeypatch.setenv("GIT_DIR", str(other / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(other / "index"))
    assert file_at(repository / "strategies", "v1", "kent.yaml") == b"id: kent\n"


@pytest.mark.skipif(sys.platform == "win32", reason="the programs are shell scripts")
def test_programs_that_a_repository_names_are_not_run(repository: Path, tmp_path: Path) -> None:
    ran = tmp_path / "ran"
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\ntouch '{ran}'\ncat\n", encoding="utf-8")
    program.chmod(0o755)
    (repository / ".gitattributes").write_text("*.yaml filter=x diff=x\n", encoding="utf-8")
    commit(repository, "v3")
    for name in (
        "filter.x.smudge",
        "filter.x.clean",
        "diff.x.textconv",
        "diff.external",
        "core.fsmonitor",
        "core.pager",
    ):
        git(repository, "config", name, str(program))
    assert file_at(repository, "v2", "strategies/bob.yaml") == b"id: bob\ntitle: second\n"
    assert paths_at(repository, "v2", "strategies")
    assert not ran.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in for git is a shell script")
def test_every_call_guards_itself(repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log, real = tmp_path / "log", shutil.which("git")
    stand_in = tmp_path / "git"
    script = f"""#!/bin/sh\necho "$GIT_OPTIONAL_LOCKS $GIT_LITERAL_PATHSPECS $*" >> '{log}'\nexec '{real}' "$@"\n"""
    stand_in.write_text(script, encoding="utf-8")
    stand_in.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    assert file_at(repository, "v1", "strategies/kent.yaml")
    calls = log.read_text(encoding="utf-8").splitlines()
    assert [call.count("--end-of-options") for call in calls] == [1, 1, 0]  # the last one names nothing but a hash
    assert calls[2].split()[-3:-1] == ["cat-file", "blob"]
    for call in calls:
        assert call.startswith("0 1 --no-pager ")
        assert "-c core.fsmonitor=false -c core.hooksPath=/dev/null -c protocol.allow=never" in call


def test_reading_leaves_the_repository_as_it_was(repository: Path) -> None:
    index = repository / ".git" / "index"
    before = index.stat().st_mtime_ns
    file_at(repository, "v1", "strategies/bob.yaml")
    assert index.stat().st_mtime_ns == before
    assert (repository / "strategies" / "bob.yaml").read_bytes() == b"not committed"


def test_many_files_are_read_at_once(repository: Path) -> None:
    (repository / "strategies" / "link.yaml").symlink_to("bob.yaml")
    commit(repository, "v3", empty="", long="id: long\n" * 3)
    tree = Tree(repository, "v3")
    assert tree.contents(tree.paths) == {
        "strategies/bob.yaml": b"not committed",
        "strategies/empty.yaml": b"",
        "strategies/kent.yaml": file_at(repository, "v3", "strategies/kent.yaml"),
        "strategies/long.yaml": b"id: long\n" * 3,
    }
    assert tree.contents(()) == {}
