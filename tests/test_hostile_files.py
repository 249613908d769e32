"""Files that break YAML readers end `validate` with clear errors, and what is no fault is read."""

import datetime as dt
import subprocess
import sys
from pathlib import Path

import pytest
from hostile_files import FILES, NO_FAULT, findings

from pcstrat.commands.validate import ValidateRequest, Validation, validate
from pcstrat.errors import ExitCode
from pcstrat.settings import load_settings


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "strategies").mkdir()
    return tmp_path


def validated(folder: Path, content: bytes) -> Validation:
    (folder / "strategies" / "hostile.yaml").write_bytes(content)
    return validate(load_settings(folder, {}, {}), ValidateRequest(), as_of=dt.date(2026, 11, 21))


@pytest.mark.parametrize("name", [name for name in FILES if name not in NO_FAULT])
def test_a_hostile_file_is_refused_in_plain_words(name: str, folder: Path) -> None:
    found = validated(folder, FILES[name])
    assert found.code is ExitCode.FOUND
    assert "strategies/hostile.yaml:" in found.text
    assert "\n  -> " in found.text
    assert "Highest profile that passes: none." in found.text
    assert all(finding.message and finding.remedy for finding in findings(name))


@pytest.mark.parametrize("name", sorted(NO_FAULT))
def test_what_is_no_fault_is_read(name: str, folder: Path) -> None:
    assert validated(folder, FILES[name]).code is ExitCode.CLEAN
    assert not findings(name)


def test_many_hostile_files_at_once_end_the_process_as_one_does(folder: Path) -> None:
    for number, content in enumerate(FILES.values()):
        (folder / "strategies" / f"plan-{number}.yaml").write_bytes(content)
    done = subprocess.run(
        [sys.executable, "-m", "pcstrat", "validate"], cwd=folder, capture_output=True, check=False, timeout=120
    )
    assert done.returncode == ExitCode.FOUND
    assert b"Traceback" not in done.stdout + done.stderr
    assert f"Checked {len(FILES)} plans".encode() in done.stdout


def test_a_folder_in_place_of_a_plan_could_not_be_checked(folder: Path) -> None:
    (folder / "strategies" / "hostile.yaml").mkdir()
    command = [sys.executable, "-m", "pcstrat", "validate", "strategies/hostile.yaml"]
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False, timeout=120)
    assert done.returncode == ExitCode.NOT_DONE
    assert b"Traceback" not in done.stdout + done.stderr
