"""A text in every style of YAML that plans use, and the paths of data."""

from __future__ import annotations

from collections.abc import Iterator

from pcstrat.diagnostics import Path


def paths(data: object, path: Path = ()) -> Iterator[Path]:
    yield path
    if isinstance(data, dict):
        for key, value in data.items():
            yield from paths(value, (*path, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from paths(value, (*path, index))


PLAN = """\
# A plan
title: "Primary care: £1.3m"
label: 'It''s 😀 ours'
ambitions:
  - id: a-1   # the first
    text: >-
      Patients tell us: access
      matters.

      Much.
    themes: [access, digital £, more]
    points:
    - one
    - text: two
      owner:
    -
    - |
      Block
        more

  - {when: 2025/26, what: All live}
last: over
  two lines
"""
