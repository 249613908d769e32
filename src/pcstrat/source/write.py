"""Turns plain data into YAML text as people write it in a plan file."""

from __future__ import annotations

import io
from collections.abc import Mapping

from ruamel.yaml import YAML
from ruamel.yaml.scalarstring import FoldedScalarString, LiteralScalarString

WIDTH = 120
_LONG = 80


def to_yaml(data: Mapping[str, object]) -> str:
    """The text of a plan file with this data: long texts folded, lists indented, one newline at the end."""
    yaml = YAML(pure=True)
    yaml.width = WIDTH
    yaml.allow_unicode = True
    yaml.indent(mapping=2, sequence=4, offset=2)
    text = io.StringIO()
    yaml.dump(_as_written(data), text)
    return text.getvalue()


def _as_written(value: object) -> object:
    if isinstance(value, Mapping):
        return {key: _as_written(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [_as_written(entry) for entry in value]
    if isinstance(value, str) and "\n" in value:
        return LiteralScalarString(value)
    if isinstance(value, str) and len(value) > _LONG:
        return FoldedScalarString(value)
    return value
