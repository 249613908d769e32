"""Turns text from plans into Markdown that shows it: no markup, no mention and no reference in it means anything."""

from __future__ import annotations

import re

from pcstrat.text import visible

_SPECIAL = re.compile(r"([\\`*_{}\[\]#|~$^])")
"""What means something inside a line or a cell of a table, in one kind of Markdown or another."""

_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
"""Some kinds of Markdown know no backslash before these."""

_REFERENCE = re.compile(r"([@#]|\bGH(?=-)|://|\bwww\.)(?=\S)", re.IGNORECASE)
_BREAK = "<!-- -->"
"""Shows nothing, and keeps a mention, a reference or an address from being one."""

_LIST = re.compile(r"([-+]|\d+[.)])(?=\s)")
_BLANKS = re.compile(r"[ \t\n]+")


def escaped(text: str) -> str:
    """Text from a plan as Markdown that shows it on one line, or in one cell, and does nothing else."""
    shown = _SPECIAL.sub(r"\\\1", _BLANKS.sub(" ", visible(text)).translate(_ENTITIES))
    shown = _REFERENCE.sub(lambda match: f"{match[1]}{_BREAK}", shown)
    start = _LIST.match(shown)
    return f"{shown[: start.end() - 1]}\\{shown[start.end() - 1 :]}" if start else shown
