"""Turns text from plans into Markdown that shows it: no markup, no mention and no reference in it means anything."""

from __future__ import annotations

import re

from pcstrat.text import visible

_SPECIAL = re.compile(r"([\\`*_\[\]<>~&$])")
"""What means something inside a line; text from plans never begins one."""

_REFERENCE = re.compile(r"(@|#|\bGH(?=-)|://|\bwww(?=\.))", re.IGNORECASE)
_BREAK = "<!-- -->"
"""Shows nothing, and keeps a mention, a reference or an address from being one."""


def escaped(text: str) -> str:
    """Text from a plan as Markdown that shows it and does nothing else."""
    shown = _SPECIAL.sub(r"\\\1", visible(text.replace("\t", " ").replace("\n", " ")))
    return _REFERENCE.sub(lambda match: f"{match[1]}{_BREAK}", shown)
