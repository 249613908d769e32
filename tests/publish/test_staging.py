"""The output folder holds what it held before, or everything new; an interruption is mended by the next run."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pcstrat.errors import ExitCode, NotDoneError
from pcstrat.memory.fingerprint import sha256
from pcstrat.publish.journal import Journal, Stage
from pcstrat.publish.lock import FILE_NAME as LOCK
from pcstrat.publish.manifest import FILE_NAME, Manifest, PublishedFile, PublishedPlan, read_manifest
from pcstrat.publish.staging import PREFIX, Changes, Publication

MARK = b'<meta name="generator" content="pcstrat">'


@pytest.fixture
def output(tmp_path: Path) -> Path:
    return tmp_path / "output"


def publish(output: Path, plans: dict[str, bytes], *, index: bytes = b"") -> Changes:
    """Publish an index and one page for each plan."""
    with Publication(output, "output") as publication:
        return publication.commit(staged(publication, plans, index))


def staged(publication: Publication, plans: dict[str, bytes], index: bytes = b"") -> Manifest:
    files = (publication.write("index.html", MARK + index + "".join(plans).encode()),) if plans else ()
    entries = tuple(entry(name, publication.write(f"{name}/index.html", content)) for name, content in plans.items())
    return Manifest(pcstrat="1", as_of="2026-11-21", files=files, plans=entries)


def entry(name: str, *files: PublishedFile) -> PublishedPlan:
    return PublishedPlan(id=name, source=name, source_sha256="", content_hash="", as_of="2026-11-21", files=files)


def held(output: Path) -> dict[str, bytes]:
    """Every file of a folder."""
    return {
        path.relative_to(output).as_posix(): path.read_bytes() for path in sorted(output.rglob("*")) if path.is_file()
    }


def test_everything_is_written_and_nothing_is_left(output: Path) -> None:
    changes = publish(output, {"bob": b"one", "kent": b"two"})
    assert changes == Changes(written=("bob/index.html", "index.html", "kent/index.html"))
    assert sorted(held(output)) == ["bob/index.html", "index.html", "kent/index.html", FILE_NAME]
    manifest = read_manifest((output / FILE_NAME).read_bytes())
    assert [file.path for file in manifest.all_files()] == ["index.html", "bob/index.html", "kent/index.html"]


def test_what_is_the_same_is_left_alone(output: Path) -> None:
    publish(output, {"bob": b"one"})
    before = (output / "bob" / "index.html").stat().st_mtime_ns
    assert publish(output, {"bob": b"one"}) == Changes(unchanged=("bob/index.html", "index.html"))
    assert (output / "bob" / "index.html").stat().st_mtime_ns == before


def test_a_file_in_parts_is_a_file_like_any_other(output: Path) -> None:
    def publish_parts(*parts: bytes) -> Changes:
        with Publication(output, "output") as publication:
            long = publication.write_parts("long.csv", iter(parts))
            assert long == PublishedFile("long.csv", sha256(b"".join(parts)), len(b"".join(parts)))
            return publication.commit(Manifest(pcstrat="1", as_of="2026-11-21", files=(long,), plans=()))

    assert publish_parts(b"a,", b"b\n").written == ("long.csv",)
    before = (output / "long.csv").stat().st_mtime_ns
    assert publish_parts(b"a", b",b\n") == Changes(unchanged=("long.csv",))
    assert (output / "long.csv").stat().st_mtime_ns == before
    assert publish_parts(b"c").written == ("long.csv",)
    assert sorted(held(output)) == ["long.csv", FILE_NAME]


def test_a_file_of_somebody_else_is_not_overwritten_by_parts_either(output: Path) -> None:
    publish(output, {"bob": b"one"})
    (output / "long.csv").write_bytes(b"mine")
    before = held(output)
    with Publication(output) as publication, pytest.raises(NotDoneError, match=r"long\.csv' is not listed"):
        publication.write_parts("long.csv", [b"ours"])
    assert held(output) == before


def test_parts_that_fail_half_way_leave_nothing(output: Path) -> None:
    def parts() -> Iterator[bytes]:
        yield b"half"
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    publish(output, {"bob": b"one"})
    before = held(output)
    with (
        Publication(output, "output") as publication,
        pytest.raises(NotDoneError, match="The disk of 'output' is full"),
    ):
        publication.write_parts("long.csv", parts())
    assert held(output) == before


def test_documents_of_plans_that_are_gone_are_removed(output: Path) -> None:
    publish(output, {"bob": b"one", "kent": b"two"})
    (output / "kent" / "notes.txt").write_text("mine")
    (output / "mine.txt").write_text("mine")
    changes = publish(output, {"bob": b"one"})
    assert changes.removed == ("kent/index.html",)
    assert sorted(held(output)) == ["bob/index.html", "index.html", "kent/notes.txt", FILE_NAME, "mine.txt"]
    (output / "kent" / "notes.txt").unlink()
    publish(output, {"bob": b"one", "kent": b"two"})
    publish(output, {"bob": b"one"})
    assert not (output / "kent").exists()


def test_without_commit_nothing_changes(output: Path) -> None:
    publish(output, {"bob": b"one"})
    before = held(output)
    with Publication(output) as publication:
        publication.write("bob/index.html", b"new")
    assert held(output) == before


def test_a_folder_that_was_made_in_vain_is_removed(tmp_path: Path) -> None:
    with Publication(tmp_path / "a" / "b"):
        pass
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("content", "expected"), [(b"{", "is damaged"), (b'{"name": "app"}', "was not made by pcstrat")]
)
def test_a_foreign_manifest_is_told_and_nothing_is_changed(output: Path, content: bytes, expected: str) -> None:
    publish(output, {"bob": b"one", "kent": b"two"})
    (output / FILE_NAME).write_bytes(content)
    before = held(output)
    with pytest.raises(NotDoneError) as caught:
        publish(output, {"bob": b"one"})
    assert caught.value.message == f"'output/{FILE_NAME}' {expected} and would be overwritten."
    assert "--output" in caught.value.remedy
    assert held(output) == before


@pytest.mark.parametrize(
    ("name", "earlier"), [("bob/index.html", {}), ("kent/index.html", {}), ("kent/index.html", {"bob": b"one"})]
)
def test_a_file_that_no_manifest_lists_is_never_overwritten(output: Path, name: str, earlier: dict[str, bytes]) -> None:
    publish(output, earlier)
    (output / name).parent.mkdir(parents=True, exist_ok=True)
    (output / name).write_bytes(b"mine")
    before = held(output)
    with pytest.raises(NotDoneError) as caught:
        publish(output, {"bob": b"new", "kent": b"new"})
    assert caught.value.message == f"'output/{name}' is not listed in 'manifest.json' and would be overwritten."
    assert "Move it away" in caught.value.remedy
    assert held(output) == before


def test_a_file_that_no_manifest_lists_may_hold_the_same(output: Path) -> None:
    (output / "bob").mkdir(parents=True)
    (output / "bob" / "index.html").write_bytes(b"one")
    assert publish(output, {"bob": b"one"}).unchanged == ("bob/index.html",)


def test_a_listed_file_that_was_changed_by_hand_is_made_anew(output: Path) -> None:
    publish(output, {"bob": b"one"})
    (output / "bob" / "index.html").write_bytes(b"changed")
    assert publish(output, {"bob": b"one"}).written == ("bob/index.html",)


def test_the_web_site_of_somebody_else_is_not_overwritten(output: Path) -> None:
    output.mkdir()
    (output / "index.html").write_text("<h1>My own page</h1>")
    with pytest.raises(NotDoneError, match="was not made by pcstrat"):
        publish(output, {"bob": b"one"})
    assert list(held(output)) == ["index.html"]


def test_a_symbolic_link_to_the_output_is_fine(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "output").symlink_to(tmp_path / "real")
    publish(tmp_path / "output", {"bob": b"one"})
    assert (tmp_path / "real" / "bob" / "index.html").read_bytes() == b"one"


def test_a_symbolic_link_inside_the_output_is_not_followed(output: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    output.mkdir()
    (output / "bob").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(NotDoneError, match="symbolic link"):
        publish(output, {"bob": b"one"})
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_link_in_the_place_of_a_file_is_replaced_and_its_target_kept(output: Path, tmp_path: Path) -> None:
    (tmp_path / "target").write_bytes(b"theirs")
    (output / "bob").mkdir(parents=True)
    (output / "bob" / "index.html").symlink_to(tmp_path / "target")
    publish(output, {"bob": b"one"})
    assert (tmp_path / "target").read_bytes() == b"theirs"
    assert not (output / "bob" / "index.html").is_symlink()


@pytest.mark.parametrize("path", ["../x", "/x", "con/index.html", "a/../../x", "C:/x", ".git/config"])
def test_a_name_that_leads_elsewhere_is_refused(output: Path, path: str) -> None:
    with Publication(output) as publication, pytest.raises(NotDoneError):
        publication.write(path, b"x")


def test_a_folder_in_the_place_of_a_file_is_refused(output: Path) -> None:
    (output / "bob" / "index.html").mkdir(parents=True)
    with pytest.raises(NotDoneError, match="is a folder"):
        publish(output, {"bob": b"one"})


# --- failures while it works -----------------------------------------------------------------------------------------


@pytest.fixture
def before(output: Path) -> dict[str, bytes]:
    """What is published before something goes wrong."""
    publish(output, {"bob": b"old bob", "kent": b"old kent"})
    return held(output)


NEW = {"bob": b"new bob", "dorset": b"new dorset"}


class Interrupt:
    """Fails or kills at the n-th replacement of a file."""

    def __init__(self, number: int, error: BaseException) -> None:
        self.left = number
        self.error = error
        self.real = Path.replace

    def method(self) -> Callable[[Path, Path], Path]:
        """What stands in for `Path.replace`."""

        def replace(source: Path, target: Path) -> Path:
            self.left -= 1
            if self.left == -1:
                raise self.error
            return self.real(source, target)

        return replace


@pytest.mark.parametrize("number", range(6))
@pytest.mark.parametrize("error", [PermissionError(errno.EACCES, "Permission denied"), KeyboardInterrupt()])
def test_a_failure_between_moves_brings_everything_back(
    output: Path, before: dict[str, bytes], number: int, error: BaseException, monkeypatch: pytest.MonkeyPatch
) -> None:
    interrupt = Interrupt(number, error)
    monkeypatch.setattr(Path, "replace", interrupt.method())
    with pytest.raises((NotDoneError, KeyboardInterrupt)):
        publish(output, NEW)
    assert interrupt.left < 0
    assert held(output) == before
    assert not (output / "dorset").exists()


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (errno.ENOSPC, "disk of 'output' is full"),
        (errno.EROFS, "cannot be written to"),
        (errno.EIO, "cannot be written"),
    ],
)
def test_a_full_or_read_only_disk_changes_nothing(
    output: Path, before: dict[str, bytes], number: int, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_handle: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(NotDoneError, match=expected) as caught:
        publish(output, NEW)
    assert caught.value.exit_code is ExitCode.NOT_DONE
    assert caught.value.remedy
    monkeypatch.undo()
    assert held(output) == before


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the superuser may write anywhere")
def test_a_read_only_folder_is_explained(output: Path, before: dict[str, bytes]) -> None:
    output.chmod(0o555)
    try:
        with pytest.raises(NotDoneError, match="cannot be written to"):
            publish(output, NEW)
        assert held(output) == before
    finally:
        output.chmod(0o755)


def test_an_output_that_is_a_file_is_explained(output: Path) -> None:
    output.write_text("x")
    with pytest.raises(NotDoneError, match="is not a folder"):
        publish(output, NEW)


def test_a_file_where_a_folder_has_to_be_is_named(output: Path) -> None:
    output.mkdir(exist_ok=True)
    (output / "bob").write_text("mine")
    with pytest.raises(NotDoneError, match=r"/bob' is not a folder"):
        publish(output, NEW)
    assert (output / "bob").read_text() == "mine"


def test_an_output_that_vanishes_is_not_made_again(output: Path) -> None:
    with Publication(output, "output") as publication:
        publication.write("bob/index.html", b"x")
        shutil.rmtree(output)
        with pytest.raises(NotDoneError, match="vanished"):
            publication.write("kent/index.html", b"x")
    assert not output.exists()


# --- interruptions that the next run mends ---------------------------------------------------------------------------


KILL = """
import os, sys
from pathlib import Path
from pcstrat.publish.manifest import Manifest, PublishedPlan
from pcstrat.publish.staging import Publication

real, left = Path.replace, int(sys.argv[2])

def replace(source, target):
    global left
    if left == 0:
        os._exit(137)
    left -= 1
    return real(source, target)

Path.replace = replace
with Publication(Path(sys.argv[1])) as publication:
    index = publication.write("index.html", b'<meta name="generator" content="pcstrat">new')
    plans = [
        PublishedPlan(id=name, source=name, source_sha256="", content_hash="", as_of="2026-11-21",
                      files=(publication.write(f"{name}/index.html", f"new {name}".encode()),))
        for name in ("bob", "dorset")
    ]
    publication.commit(Manifest(pcstrat="1", as_of="2026-11-21", files=(index,), plans=tuple(plans)))
"""


@pytest.fixture
def killed(output: Path, before: dict[str, bytes], request: pytest.FixtureRequest) -> Path:
    """A folder in which a publication of NEW was killed at the n-th replacement, the journal's own the first."""
    del before
    command = [sys.executable, "-c", KILL, str(output), str(request.param)]
    assert subprocess.run(command, check=False).returncode == 137
    return output


def finished(output: Path) -> bool:
    return sorted(held(output)) == ["bob/index.html", "dorset/index.html", "index.html", FILE_NAME]


@pytest.mark.parametrize("killed", [0], indirect=True)
def test_a_kill_before_the_journal_has_changed_nothing(killed: Path) -> None:
    with Publication(killed) as publication:
        assert "before it published anything" in publication.messages[0]
        assert publication.old is not None
        assert [plan.id for plan in publication.old.plans] == ["bob", "kent"]
    assert sorted(held(killed)) == ["bob/index.html", "index.html", "kent/index.html", FILE_NAME]
    assert (killed / "bob" / "index.html").read_bytes() == b"old bob"


@pytest.mark.parametrize("killed", range(1, 6), indirect=True)
def test_a_kill_between_moves_is_finished_by_the_next_run(killed: Path) -> None:
    assert [path for path in killed.iterdir() if path.name.startswith(PREFIX)]
    with Publication(killed) as publication:
        assert "is now finished" in publication.messages[0]
        assert publication.old is not None
        assert [plan.id for plan in publication.old.plans] == ["bob", "dorset"]
    assert finished(killed)
    assert (killed / "bob" / "index.html").read_bytes() == b"new bob"


@pytest.mark.parametrize("killed", [3], indirect=True)
def test_a_publication_whose_files_are_lost_is_undone(killed: Path) -> None:
    (staging,) = killed.glob(f"{PREFIX}*")
    for path in (staging / "new").rglob("*"):
        if path.is_file():
            path.write_bytes(path.read_bytes()[:3])
    with Publication(killed) as publication:
        assert "was undone" in publication.messages[0]
    assert sorted(held(killed)) == ["bob/index.html", "index.html", "kent/index.html", FILE_NAME]
    assert (killed / "bob" / "index.html").read_bytes() == b"old bob"
    assert (killed / "kent" / "index.html").read_bytes() == b"old kent"


@pytest.mark.parametrize("killed", [2], indirect=True)
def test_after_a_kill_a_build_goes_on_as_usual(killed: Path) -> None:
    publish(killed, {"kent": b"newer"})
    assert sorted(held(killed)) == ["index.html", "kent/index.html", FILE_NAME]


def test_a_journal_that_leads_out_is_not_followed(output: Path, tmp_path: Path) -> None:
    publish(output, {"bob": b"one"})
    (tmp_path / "precious").write_text("x")
    staging = output / f"{PREFIX}1"
    staging.mkdir()
    (staging / "journal.json").write_bytes(Journal((), ("../precious",)).to_bytes())
    with Publication(output):
        pass
    assert (tmp_path / "precious").exists()
    assert not staging.exists()


def test_a_journal_cut_short_counts_as_none(output: Path) -> None:
    stage = Stage(output, lambda path: output / path)
    output.mkdir()
    (output / "journal.json").write_bytes(Journal((("a", "0" * 64),), ()).to_bytes()[:-9])
    assert stage.journal() is None


# --- two builds at once ----------------------------------------------------------------------------------------------


def test_a_second_build_is_refused(output: Path) -> None:
    with Publication(output, "output"), pytest.raises(NotDoneError, match=rf"process {os.getpid()}") as caught:
        publish(output, NEW)
    assert "Wait" in caught.value.remedy
    publish(output, NEW)
    assert finished(output)


def test_the_lock_of_a_dead_process_is_taken_over(output: Path) -> None:
    output.mkdir()
    (output / LOCK).write_text("999999")
    publish(output, NEW)
    assert finished(output)


def test_the_lock_of_a_killed_process_is_taken_over(output: Path) -> None:
    code = (
        "import os, sys\nfrom pathlib import Path\nfrom pcstrat.publish.staging import Publication\n"
        "publication = Publication(Path(sys.argv[1])).__enter__()\n"
        "publication.write('bob/index.html', b'x')\nos._exit(9)"
    )
    assert subprocess.run([sys.executable, "-c", code, str(output)], check=False).returncode == 9
    assert (output / LOCK).exists()
    publish(output, NEW)
    assert finished(output)
