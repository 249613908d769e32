"""The generated pages of docs/ say what the code says, and every field of a plan says what reads it."""

import importlib.util
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
SCRIPT = ROOT / "scripts" / "generate_docs.py"
sys.path.insert(0, str(SCRIPT.parent))


def load_script() -> object:
    spec = importlib.util.spec_from_file_location("generate_docs", SCRIPT)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_pages_have_not_drifted() -> None:
    done = subprocess.run([sys.executable, str(SCRIPT), "--check"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{done.stdout}{done.stderr}Run: make docs"


def test_every_field_says_what_reads_it() -> None:
    script = load_script()
    models = script.models_in_order()  # type: ignore[attr-defined]
    assert len(models) > 40
    for model in models:
        for name, field in model.model_fields.items():
            assert script.reader(model, name)  # type: ignore[attr-defined]
            assert field.description, f"{model.__name__}.{name} is not documented"


def test_no_reader_is_named_for_a_field_that_does_not_exist() -> None:
    script = load_script()
    names = {name for model in script.models_in_order() for name in model.model_fields}  # type: ignore[attr-defined]
    assert set(script.READERS["fields"]) == names  # type: ignore[attr-defined]
