"""The generated pages of docs/ say what the code says, and every field of a plan says what reads it."""

import subprocess
import sys

import generate_docs


def test_pages_have_not_drifted() -> None:
    command = [sys.executable, generate_docs.__file__, "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{done.stdout}{done.stderr}Run: make docs"


def test_every_field_says_what_reads_it() -> None:
    models = generate_docs.models_in_order()
    assert len(models) > 40
    for model in models:
        for name, field in model.model_fields.items():
            assert generate_docs.reader(model, name)
            assert field.description, f"{model.__name__}.{name} is not documented"


def test_no_reader_is_named_for_a_field_that_does_not_exist() -> None:
    names = {name for model in generate_docs.models_in_order() for name in model.model_fields}
    assert set(generate_docs.READERS["fields"]) == names
