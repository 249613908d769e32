"""Files of the user's own: each is written whole or not at all."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from pcstrat.errors import NotDoneError
from pcstrat.files import create, create_all, rewrite, write

CONTENT = b"pcstrat: 1\n"


def _new(path: Path) -> object:
    return create(path, "plan", CONTENT)


def _again(path: Path) -> object:
    return write(path, "plan", CONTENT)


def _changed(path: Path) -> object:
    return rewrite(path, "plan", path.read_bytes(), CONTENT)


def everything_below(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that takes a name but no content, as a full one does."""

    def fail(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", fail)


@pytest.mark.usefixtures("full_disk")
@pytest.mark.parametrize("writing", [_new, _again])
def test_a_full_disk_leaves_no_piece_of_a_new_file(tmp_path: Path, writing: Callable[[Path], object]) -> None:
    with pytest.raises(NotDoneError, match="No space left"):
        writing(tmp_path / "archive" / "plan.yaml")
    assert list(tmp_path.iterdir()) == []


def test_several_files_are_written_or_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mine").write_bytes(b"mine")
    contents = {tmp_path / name: CONTENT for name in ("a/b/first", "mine", "a/second")}
    real, calls = os.fsync, []

    def fail_late(descriptor: int) -> None:
        calls.append(descriptor)
        if len(calls) == len(contents):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        real(descriptor)

    monkeypatch.setattr(os, "fsync", fail_late)
    with pytest.raises(NotDoneError, match="'second' cannot be written: No space left"):
        create_all(contents, lambda path: path.name)
    assert [path.name for path in tmp_path.rglob("*")] == ["mine"]
    monkeypatch.setattr(os, "fsync", real)
    assert create_all(contents, lambda path: path.name) == (["first", "second"], ["mine"])
    assert (tmp_path / "mine").read_bytes() == b"mine"


def test_a_file_where_a_folder_should_be_leaves_nothing_new(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(NotDoneError, match="'plan' cannot be written"):
        create_all({tmp_path / "new" / "plan": CONTENT, tmp_path / "file" / "plan": CONTENT}, lambda path: path.name)
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


@pytest.mark.usefixtures("full_disk")
@pytest.mark.parametrize("writing", [_again, _changed])
def test_a_full_disk_leaves_what_was_there(tmp_path: Path, writing: Callable[[Path], object]) -> None:
    (tmp_path / "plan.yaml").write_bytes(b"old")
    with pytest.raises(NotDoneError, match="No space left"):
        writing(tmp_path / "plan.yaml")
    assert everything_below(tmp_path) == {"plan.yaml": b"old"}


def test_a_new_file_never_takes_the_place_of_another(tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_bytes(b"old")
    assert not create(tmp_path / "plan.yaml", "plan", CONTENT)
    assert everything_below(tmp_path) == {"plan.yaml": b"old"}


@pytest.mark.parametrize("before", [{}, {"plan.yaml": b"old"}])
def test_a_file_system_without_hard_links_will_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: dict[str, bytes]
) -> None:
    def fail(_path: Path, _target: Path) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(Path, "hardlink_to", fail)
    for name, content in before.items():
        (tmp_path / name).write_bytes(content)
    assert create(tmp_path / "plan.yaml", "plan", CONTENT) == (not before)
    assert everything_below(tmp_path) == (before or {"plan.yaml": CONTENT})


def test_a_new_file_cannot_be_a_folder(tmp_path: Path) -> None:
    with pytest.raises(NotDoneError, match="it is a folder"):
        create(tmp_path, "plan", CONTENT)


@pytest.mark.skipif(os.name == "nt", reason="links and pipes are for POSIX")
class TestWhatIsNoUsualFile:
    def test_a_link_stays_a_link(self, tmp_path: Path) -> None:
        (tmp_path / "link").symlink_to("report")
        write(tmp_path / "link", "report", CONTENT)
        assert (tmp_path / "link").is_symlink()
        assert (tmp_path / "report").read_bytes() == CONTENT

    def test_a_pipe_is_written_to_and_stays_one(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "pipe")
        reader = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
        write(tmp_path / "pipe", "pipe", CONTENT)
        assert os.read(reader, 100) == CONTENT
        assert (tmp_path / "pipe").is_fifo()
        os.close(reader)
