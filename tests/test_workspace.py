"""What a PLAN is: paths, ids and revisions become the content of plan files, or are refused with what was meant."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from folders import git
from pcstrat import revisions
from pcstrat.errors import ExitCode, NotDoneError, UsageError
from pcstrat.settings import Settings, load_settings
from pcstrat.text import visible
from pcstrat.workspace import PlanFile, resolve_plans


def write(path: Path, content: str = "") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes((content or path.name).encode())
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A user's folder with two plans."""
    folder = tmp_path / "mine"
    write(folder / "strategies" / "kent.yaml")
    write(folder / "strategies" / "bob.yaml")
    return folder


@pytest.fixture
def repository(folder: Path) -> Path:
    """The same folder under git: bob differs at v2023, and kent is younger than v2023."""
    git(folder, "init", "--quiet", "--initial-branch=main")
    write(folder / "strategies" / "bob.yaml", "old bob")
    git(folder, "add", "strategies/bob.yaml")
    git(folder, "commit", "--quiet", "--message", "old")
    git(folder, "tag", "v2023")
    write(folder / "strategies" / "bob.yaml")
    return folder


def settings(folder: Path, **options: object) -> Settings:
    return load_settings(folder, {}, options)


def resolve(folder: Path, *arguments: str) -> tuple[PlanFile, ...]:
    return resolve_plans(arguments, settings(folder))


def one(folder: Path, argument: str) -> PlanFile:
    (plan,) = resolve(folder, argument)
    return plan


def usage(folder: Path, *arguments: str) -> UsageError:
    with pytest.raises(UsageError) as caught:
        resolve(folder, *arguments)
    assert caught.value.exit_code == ExitCode.USAGE
    return caught.value


def not_done(folder: Path, *arguments: str) -> NotDoneError:
    with pytest.raises(NotDoneError) as caught:
        resolve(folder, *arguments)
    assert caught.value.exit_code == ExitCode.NOT_DONE
    return caught.value


def test_without_arguments_it_is_every_plan_by_file_name(folder: Path) -> None:
    write(folder / "strategies" / "avon.yml")
    write(folder / "strategies" / "DORSET.YAML")
    for other in (".bob.yaml", "bob.yaml~", "bob.yaml.bak", "notes.txt", "yaml"):
        write(folder / "strategies" / other)
    (folder / "strategies" / "folder.yaml").mkdir()
    plans = resolve(folder)
    assert [plan.name for plan in plans] == [
        f"strategies/{name}" for name in ("DORSET.YAML", "avon.yml", "bob.yaml", "kent.yaml")
    ]
    assert [plan.plan_id for plan in plans] == ["DORSET", "avon", "bob", "kent"]
    assert [plan.content for plan in plans] == [b"DORSET.YAML", b"avon.yml", b"bob.yaml", b"kent.yaml"]


def test_no_plans_at_all_is_never_a_success(folder: Path) -> None:
    (folder / "empty").mkdir()
    with pytest.raises(NotDoneError, match="The folder 'empty' holds no plans"):
        resolve_plans([], settings(folder, strategies="empty"))
    with pytest.raises(NotDoneError, match="The folder 'nowhere' cannot be read: No such file"):
        resolve_plans([], settings(folder, strategies="nowhere"))


def test_a_path_is_a_plan_wherever_it_is(folder: Path, tmp_path: Path) -> None:
    assert one(folder, "strategies/bob.yaml") == PlanFile(
        plan_id="bob", name="strategies/bob.yaml", content=b"bob.yaml", path=folder / "strategies" / "bob.yaml"
    )
    outside = write(tmp_path / "draft.txt")
    assert one(folder, str(outside)).name == outside.as_posix()
    assert one(folder, "../draft.txt").content == b"draft.txt"


def test_an_id_is_a_plan_in_the_folder_of_the_plans(folder: Path) -> None:
    assert one(folder, "bob").path == folder / "strategies" / "bob.yaml"
    write(folder / "strategies" / "avon.yml")
    assert one(folder, "avon").name == "strategies/avon.yml"
    plans = write(folder / "elsewhere" / "devon.yaml").parent
    assert resolve_plans(["devon"], settings(folder, strategies=plans))[0].content == b"devon.yaml"


def test_a_folder_stands_for_the_plans_in_it(folder: Path) -> None:
    assert [plan.plan_id for plan in resolve(folder, "strategies/")] == ["bob", "kent"]
    (folder / "empty").mkdir()
    assert not_done(folder, "empty").message == "The folder 'empty' holds no plans."


def test_arguments_keep_their_order_and_each_plan_comes_once(folder: Path) -> None:
    plans = resolve(folder, "kent", "strategies/bob.yaml", "bob", "./strategies/kent.yaml", "strategies")
    assert [plan.plan_id for plan in plans] == ["kent", "bob"]


@pytest.mark.parametrize(
    ("argument", "remedy"),
    [
        ("bbo", "Did you mean 'bob'?"),
        ("strategies/knet.yaml", "Did you mean 'kent'?"),
        ("zzzz", "The plans are: bob, kent."),
        ("C:\\plans\\bob.yaml", None),
        ("C:/plans/bob.yaml", "Did you mean 'bob'?"),
        ("@", "The plans are: bob, kent."),
        ("@v2023", None),
        ("bob@", "Did you mean 'bob'?"),
        (":strategies/bob.yaml", "Did you mean 'bob'?"),
        ("../bob", "Did you mean 'bob'?"),
        ("a\0b", None),
        ("x" * 5000, "The plans are: bob, kent."),
    ],
)
def test_what_names_nothing_is_wrong_usage_with_a_suggestion(folder: Path, argument: str, remedy: str | None) -> None:
    error = usage(folder, argument)
    assert error.message == f"There is no plan '{visible(argument)}'."
    assert remedy is None or error.remedy == remedy


@pytest.mark.parametrize("argument", ["", " "])
def test_an_empty_argument_is_not_every_plan(folder: Path, argument: str) -> None:
    assert usage(folder, argument).message == "A PLAN is empty."


def test_an_unknown_id_without_a_folder_of_plans_says_that_there_is_none(tmp_path: Path) -> None:
    assert "The folder 'strategies' cannot be read" in usage(tmp_path, "bob").remedy


@pytest.mark.parametrize("other", ["bob.yml", "BOB.yaml"])
def test_two_files_for_one_id_are_an_error(folder: Path, other: str) -> None:
    write(folder / "strategies" / other)
    if len(list((folder / "strategies").iterdir())) == 2:
        pytest.skip("the file system takes upper and lower case as one")
    error = usage(folder)
    assert f"strategies/{other}" in error.message
    assert "strategies/bob.yaml" in error.message


def test_an_id_with_two_files_is_an_error_but_either_path_will_do(folder: Path) -> None:
    write(folder / "strategies" / "bob.yml")
    assert "has two files: 'strategies/bob.yaml' and 'strategies/bob.yml'" in usage(folder, "bob").message
    assert one(folder, "strategies/bob.yml").content == b"bob.yml"


def test_a_file_named_like_an_id_is_ambiguous(folder: Path) -> None:
    write(folder / "bob", "another")
    message = usage(folder, "bob").message
    assert message == "'bob' can be read as the file 'bob', or as the plan 'strategies/bob.yaml'."
    assert one(folder, "./bob").content == b"another"


def test_a_folder_named_like_an_id_is_ambiguous_only_if_it_holds_plans(folder: Path) -> None:
    (folder / "bob").mkdir()
    assert one(folder, "bob").content == b"bob.yaml"
    write(folder / "bob" / "x.yaml")
    assert usage(folder, "bob").message.startswith("'bob' can be read as the folder 'bob', or as the plan")


def test_a_file_that_cannot_be_read_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    found = settings(folder)
    monkeypatch.setattr(Path, "open", refuse)
    for arguments in ([], ["bob"], ["strategies/bob.yaml"]):
        plan = resolve_plans(arguments, found)[0]
        assert plan.unreadable == "'strategies/bob.yaml' cannot be read: Permission denied."
        assert (plan.content, plan.remedy) == (b"", "Put a plan in its place that can be read, or remove it.")


def test_a_file_that_may_not_be_looked_at_is_not_taken_for_missing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "lstat", refuse)
    monkeypatch.setattr(Path, "stat", refuse)
    monkeypatch.setattr(Path, "is_dir", lambda _: False)
    assert "cannot be read: Permission denied" in one(folder, "strategies/bob.yaml").unreadable


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_does_not_make_us_wait(folder: Path) -> None:
    os.mkfifo(folder / "strategies" / "pipe.yaml")
    assert one(folder, "pipe").unreadable == "'strategies/pipe.yaml' is a named pipe, not a file."
    assert [plan.plan_id for plan in resolve(folder) if not plan.unreadable] == ["bob", "kent"]


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="no such sockets here")
def test_what_is_no_file_says_so_and_keeps_nothing_from_being_read(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder / "strategies")  # the path of a socket may not be long
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket.yaml")
        plans = resolve(folder)
    assert plans[-1].unreadable == "'strategies/socket.yaml' is a device or a socket, not a file."
    assert [plan.content for plan in plans] == [b"bob.yaml", b"kent.yaml", b""]


def test_a_broken_link_is_named_not_passed_over(folder: Path) -> None:
    (folder / "strategies" / "link.yaml").symlink_to("nothing.yaml")
    assert "'strategies/link.yaml' cannot be read" in one(folder, "link").unreadable
    assert [bool(plan.unreadable) for plan in resolve(folder)] == [False, False, True]


def test_a_link_out_of_the_users_folder_is_refused(folder: Path, tmp_path: Path) -> None:
    secret = write(tmp_path / "secret.yaml")
    (folder / "strategies" / "link.yaml").symlink_to(secret)
    for arguments in ([], ["bob", "kent", "link"], ["strategies/link.yaml"]):
        *others, plan = resolve(folder, *arguments)
        assert plan.unreadable == "'strategies/link.yaml' leads out of your own folder by a symbolic link."
        assert (plan.content, len(others)) == (b"", 2 if len(arguments) != 1 else 0)
    assert one(folder, str(secret)).content == b"secret.yaml"


def test_a_file_behind_a_linked_folder_is_refused(folder: Path, tmp_path: Path) -> None:
    write(tmp_path / "secrets" / "x.yaml")
    (folder / "linked").symlink_to(tmp_path / "secrets")
    assert "leads out" in one(folder, "linked/x.yaml").unreadable
    assert "leads out" in not_done(folder, "linked").message


def test_a_link_out_of_a_folder_of_plans_elsewhere_is_refused(folder: Path, tmp_path: Path) -> None:
    plans = write(tmp_path / "plans" / "x.yaml").parent
    (plans / "link.yaml").symlink_to(folder / "strategies" / "bob.yaml")
    leading_out, within = resolve_plans([], settings(folder, strategies=plans))
    assert "leads out" in leading_out.unreadable
    assert within.content == b"x.yaml"


def test_a_link_within_the_users_folder_is_followed(folder: Path) -> None:
    (folder / "strategies" / "link.yaml").symlink_to("bob.yaml")
    assert one(folder, "link").content == b"bob.yaml"


def test_no_more_is_read_than_shows_that_a_file_is_too_large(folder: Path) -> None:
    write(folder / "strategies" / "big.yaml", "x" * 6_000_000)
    assert len(one(folder, "big").content) == 5_000_001


def test_git_is_not_asked_about_paths_and_ids(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(revisions, "_git", lambda *_: pytest.fail("git was asked"))
    assert len(resolve(folder, "bob", "strategies/kent.yaml", "strategies")) == 2


@pytest.mark.parametrize("argument", ["bob@v2023", "strategies/bob.yaml@v2023", "bob@HEAD", "bob@main"])
def test_an_id_or_path_at_a_revision(repository: Path, argument: str) -> None:
    revision = argument.rpartition("@")[2]
    assert one(repository, argument) == PlanFile(
        plan_id="bob", name=f"strategies/bob.yaml@{revision}", content=b"old bob", revision=revision
    )


@pytest.mark.parametrize("argument", ["v2023:strategies/bob.yaml", "HEAD@{0}:strategies/bob.yaml"])
def test_a_revision_and_a_path(repository: Path, argument: str) -> None:
    assert one(repository, argument).content == b"old bob"


def test_the_last_at_sign_divides(repository: Path) -> None:
    write(repository / "strategies" / "a@b.yaml")
    git(repository, "add", "--all")
    git(repository, "commit", "--quiet", "--message", "new")
    assert one(repository, "a@b@HEAD").content == b"a@b.yaml"
    assert one(repository, "a@b").revision is None


def test_a_plan_is_not_the_same_plan_at_another_revision(repository: Path) -> None:
    plans = resolve(repository, "bob", "bob@v2023", "v2023:strategies/bob.yaml")
    assert [plan.name for plan in plans] == ["strategies/bob.yaml", "strategies/bob.yaml@v2023"]


def test_a_plan_deleted_since_is_found_with_its_folder_gone(repository: Path) -> None:
    (repository / "strategies" / "bob.yaml").unlink()
    (repository / "strategies" / "kent.yaml").unlink()
    (repository / "strategies").rmdir()
    for argument in ("bob@v2023", "strategies/bob.yaml@v2023", "v2023:strategies/bob.yaml"):
        assert one(repository, argument).content == b"old bob"


def test_paths_at_a_revision_start_from_the_users_folder_not_the_top(repository: Path) -> None:
    (repository / "below").mkdir()
    assert one(repository / "below", "v2023:../strategies/bob.yaml").content == b"old bob"
    plans = resolve_plans(["bob@v2023"], settings(repository / "below", strategies="../strategies"))
    assert plans[0].content == b"old bob"


def test_a_file_named_like_a_plan_at_a_revision_is_ambiguous(repository: Path) -> None:
    write(repository / "bob@v2023")
    message = usage(repository, "bob@v2023").message
    assert message == "'bob@v2023' can be read as the file 'bob@v2023', or as 'bob' at the revision 'v2023'."


def test_both_forms_of_revision_at_once_are_ambiguous(repository: Path) -> None:
    write(repository / "strategies" / "x.yaml@v2023")
    write(repository / "v9:strategies" / "x.yaml")
    git(repository, "add", "--all")
    git(repository, "commit", "--quiet", "--message", "odd names")
    git(repository, "tag", "--force", "v2023")
    git(repository, "tag", "v9")
    error = usage(repository, "v9:strategies/x.yaml@v2023")
    assert "'v9:strategies/x.yaml' at the revision 'v2023'" in error.message
    assert "'strategies/x.yaml@v2023' at the revision 'v9'" in error.message


def test_two_files_for_one_id_at_a_revision_are_an_error(repository: Path) -> None:
    write(repository / "strategies" / "bob.yml")
    git(repository, "add", "--all")
    git(repository, "commit", "--quiet", "--message", "two")
    (repository / "strategies" / "bob.yml").unlink()
    assert "has two files" in usage(repository, "bob@HEAD").message
    assert one(repository, "bob").content == b"bob.yaml"


@pytest.mark.parametrize(
    ("argument", "says", "remedy"),
    [
        ("bbo@v2023", "There is no plan 'bbo' in revision 'v2023'.", "Did you mean 'bob'?"),
        ("kent@v2023", "There is no plan 'kent' in revision 'v2023'.", "The plans are: bob."),
        ("strategies/kent.yaml@v2023", "There is no file 'kent.yaml' in revision 'v2023'.", "It has: bob.yaml."),
        ("bob@v1999", "git knows no revision 'v1999'.", None),
        ("bob@--upload-pack=x", "git knows no revision '--upload-pack=x'.", None),
        ("--upload-pack=x:strategies/bob.yaml", "git knows no revision '--upload-pack=x'.", None),
        ("v1999:strategies/bob.yaml", "git knows no revision 'v1999'.", None),
        ("v2023:bob", "There is no file 'bob' in revision 'v2023'.", None),
    ],
)
def test_what_a_revision_does_not_have_is_not_done(
    repository: Path, argument: str, says: str, remedy: str | None
) -> None:
    error = not_done(repository, argument)
    assert error.message == says
    assert remedy is None or error.remedy == remedy


def test_why_each_reading_failed_is_said(repository: Path) -> None:
    message = not_done(repository, "HEAD@{0}:strategies/none.yaml").message
    assert "git knows no revision '{0}:strategies/none.yaml'" in message
    assert "There is no file 'none.yaml' in revision 'HEAD@{0}'" in message


def test_a_revision_without_a_repository_is_not_done(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(folder.parent.parent))
    assert "is not in a git repository" in not_done(folder, "bob@v2023").message


def test_a_path_with_an_at_sign_needs_no_repository(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(folder.parent.parent))
    write(folder / "team@work" / "bob.yaml")
    assert one(folder, "team@work/bob.yaml").content == b"bob.yaml"
