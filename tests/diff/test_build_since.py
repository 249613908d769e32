"""`pcstrat build --since REV`: each document and the index say what has changed since then."""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from pcstrat.commands.build import build
from pcstrat.commands.outcome import BuildOutcome
from pcstrat.errors import ExitCode, NotDoneError
from pcstrat.settings import load_settings

Git = Callable[..., str]
AS_OF = dt.date(2026, 11, 21)


@pytest.fixture
def repository(tmp_path: Path, text: str, git: Git) -> Path:
    """Kent's plan and Devon's, of which Devon's is gone by now, Kent's cut, and Surrey's new."""
    folder = tmp_path / "mine"
    strategies = folder / "strategies"
    strategies.mkdir(parents=True)
    git(folder, "init", "--quiet", "--initial-branch=main")
    (strategies / "kent.yaml").write_text(text, encoding="utf-8")
    (strategies / "devon.yaml").write_text(other(text, "devon", "QJK"), encoding="utf-8")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "v1")
    git(folder, "tag", "v1")
    (strategies / "devon.yaml").unlink()
    (strategies / "surrey.yaml").write_text(other(text, "surrey", "QXU"), encoding="utf-8")
    (strategies / "kent.yaml").write_text(text.replace("£9.6m", "£8.4m"), encoding="utf-8")
    return folder


def other(text: str, plan_id: str, icb: str) -> str:
    return text.replace("id: kent", f"id: {plan_id}").replace("icb: QKS", f"icb: {icb}")


def built(folder: Path, *plans: str, since: str | None = "v1", formats: str = "html") -> BuildOutcome:
    return build(load_settings(folder, {}, {"formats": formats}), plans, as_of=AS_OF, since=since)


def page(folder: Path, name: str) -> str:
    html = (folder / "output" / name).read_text(encoding="utf-8")
    return " ".join(re.sub(r"<[^>]+>", " ", html.partition("<main")[2]).split())


def test_a_document_says_what_has_changed(repository: Path) -> None:
    assert built(repository).code is ExitCode.CLEAN
    kent = page(repository, "kent/index.html")
    assert "1 change since v1 (v1, April 2025): 1 weakened." in kent
    assert "Less money: from £9.6m to £8.4m (£1.2 million, 12.5%)." in kent
    assert "This plan is new since v1." in page(repository, "surrey/index.html")


def test_the_index_says_what_has_changed_and_leads_there(repository: Path) -> None:
    built(repository)
    index = page(repository, "index.html")
    assert "1 change since v1 (v1, April 2025): 1 weakened." in index
    assert "Primary care plan (devon), gone since v1." in index
    html = (repository / "output" / "index.html").read_text(encoding="utf-8")
    assert 'href="kent/index.html#part--changes"' in html
    assert 'id="part--changes"' in (repository / "output" / "kent" / "index.html").read_text(encoding="utf-8")


def test_without_a_revision_nothing_speaks_of_changes(repository: Path) -> None:
    built(repository, since=None)
    assert "What has changed" not in page(repository, "kent/index.html")
    assert "gone since" not in page(repository, "index.html")


def test_a_pdf_says_it_too(repository: Path) -> None:
    built(repository, "kent", formats="html,pdf")
    assert (repository / "output" / "kent" / "kent.pdf").is_file()


def test_data_of_the_plan_is_the_same_with_and_without(repository: Path) -> None:
    built(repository)
    before = json.loads((repository / "output" / "kent" / "plan.json").read_text(encoding="utf-8"))
    built(repository, since=None)
    assert json.loads((repository / "output" / "kent" / "plan.json").read_text(encoding="utf-8")) == before


def test_one_plan_built_again_changes_what_is_said_of_it_alone(repository: Path) -> None:
    built(repository, since=None)
    built(repository, "kent")
    index = page(repository, "index.html")
    assert index.count("since v1 (v1, April 2025)") == 1
    assert "new since" not in index
    assert "devon), gone since v1" in index


@pytest.mark.parametrize("revision", ["v99", "--all", ""])
def test_an_unknown_revision_publishes_nothing(repository: Path, revision: str) -> None:
    with pytest.raises(NotDoneError, match="knows no revision"):
        built(repository, since=revision)
    assert not (repository / "output").exists()


def test_a_folder_without_history_publishes_nothing(repository: Path) -> None:
    shutil.rmtree(repository / ".git")
    with pytest.raises(NotDoneError, match="not in a git repository"):
        built(repository)
    assert not (repository / "output").exists()


def test_an_old_plan_that_cannot_be_read_leaves_what_is_published(repository: Path, git: Git) -> None:
    built(repository, since=None)
    before = page(repository, "index.html")
    path = repository / "strategies" / "kent.yaml"
    good = path.read_text(encoding="utf-8")
    path.write_text("pcstrat: 1\nid: kent\nnonsense: 1\n", encoding="utf-8")
    git(repository, "add", "--all")
    git(repository, "commit", "--quiet", "--message", "broken")
    git(repository, "tag", "broken")
    path.write_text(good, encoding="utf-8")
    with pytest.raises(NotDoneError, match=r"kent\.yaml@broken:1 is not a plan that can be compared"):
        built(repository, since="broken")
    assert page(repository, "index.html") == before


def test_a_shallow_clone_says_what_it_needs(repository: Path, tmp_path: Path, git: Git) -> None:
    git(repository, "add", "--all")
    git(repository, "commit", "--quiet", "--message", "v2")
    git(tmp_path, "clone", "--quiet", "--depth", "1", f"file://{repository}", "shallow")
    with pytest.raises(NotDoneError) as caught:
        built(tmp_path / "shallow")
    assert "holds 1 commit of the history" in caught.value.remedy
