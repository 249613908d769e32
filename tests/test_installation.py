"""pcstrat works when installed: from a wheel, from an sdist, and editable, in a folder that is not the repository."""

import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PLAN = ROOT / "strategies" / "norfolk-waveney.yaml"


def run(*command: str, folder: Path, environment: Mapping[str, str] | None = None) -> str:
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False, env={**os.environ, **(environment or {})}
    )
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def distributions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An sdist, and the wheel that is made from it: what a package index would carry."""
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(ROOT), folder=folder)
    return folder


@pytest.fixture
def workshop(tmp_path: Path) -> Path:
    """A user's folder with one plan."""
    (tmp_path / "strategies").mkdir()
    shutil.copy(PLAN, tmp_path / "strategies")
    return tmp_path


def build_with(package: Path, workshop: Path) -> str:
    """Build the plan with the package in one folder, before any other that is installed."""
    command = (sys.executable, "-m", "pcstrat", "build", "--format", "html")
    run(*command, folder=workshop, environment={"PYTHONPATH": str(package)})
    where = run(
        sys.executable, "-c", "import pcstrat; print(pcstrat.__file__)", folder=workshop,
        environment={"PYTHONPATH": str(package)},
    )  # fmt: skip
    assert Path(where.strip()).is_relative_to(package)
    return (workshop / "output" / "norfolk-waveney" / "index.html").read_text(encoding="utf-8")


def unpacked(wheel: Path, folder: Path) -> Path:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def test_a_wheel_brings_templates_data_and_licences(distributions: Path, workshop: Path, tmp_path: Path) -> None:
    package = unpacked(next(distributions.glob("*.whl")), tmp_path / "package")
    names = {path.relative_to(package).as_posix() for path in package.rglob("*") if path.is_file()}
    assert {"pcstrat/templates/layout/page.html.j2", "pcstrat/data/icbs.csv", "pcstrat/py.typed"} <= names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert any(name.endswith("LICENCES.md") for name in names)
    assert "Ambition 2" in build_with(package, workshop)


def test_a_wheel_makes_the_same_page_as_the_source_tree(distributions: Path, workshop: Path, tmp_path: Path) -> None:
    package = unpacked(next(distributions.glob("*.whl")), tmp_path / "package")
    assert build_with(package, workshop) == build_with(ROOT / "src", workshop)


def test_an_sdist_holds_what_building_and_testing_need(distributions: Path, tmp_path: Path) -> None:
    shutil.unpack_archive(next(distributions.glob("*.tar.gz")), tmp_path)
    tree = next(path for path in tmp_path.iterdir() if path.is_dir())
    for name in ("templates/layout/page.html.j2", "strategies/bob.yaml", "tests/conftest.py", "LICENSE", "README.md"):
        assert (tree / name).is_file(), name
    assert not (tree / "output").exists()
