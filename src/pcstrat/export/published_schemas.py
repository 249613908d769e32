"""Says where the JSON Schemas of published files stand beside them, and gives their texts."""

from __future__ import annotations

FOLDER = "schemas"
"""The folder of the site that holds them."""

PLAN_DATA = "plan-data.json"
COMPARISON = "compare.json"
MANIFEST = "manifest.json"
SCHEMAS = (PLAN_DATA, COMPARISON, MANIFEST)


def address(schema: str, *, folders_above: int = 0) -> str:
    """The relative address of a schema for a file that stands so many folders below the top of the site."""
    return f"{'../' * folders_above}{FOLDER}/{schema}"


def schema_bytes(schema: str) -> bytes:
    """The text of a schema as it is published."""
    from importlib import resources  # noqa: PLC0415 - addresses are needed where nothing has changed, texts are not

    return resources.files("pcstrat").joinpath("data", FOLDER, schema).read_bytes()
