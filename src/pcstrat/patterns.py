"""Holds regular expressions until they are needed: compiling all of ours would take longer than reading a plan."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any, Protocol, TypeAlias

Match: TypeAlias = re.Match[str]


class _Search(Protocol):
    def __call__(self, text: str, begin: int = 0, end: int = sys.maxsize, /) -> Match | None: ...


class Pattern:
    """A regular expression that is compiled when it is first used. What it can do is what one of `re` can do."""

    def __init__(self, written: str, flags: re.RegexFlag = re.NOFLAG) -> None:
        self._written = written
        self._flags = flags

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self._written, self._flags)

    @cached_property
    def search(self) -> _Search:
        """Find the first match anywhere in a text, or between two places in it."""
        return self._compiled.search

    @cached_property
    def match(self) -> _Search:
        """Match the beginning of a text, or of what follows a place in it."""
        return self._compiled.match

    @cached_property
    def fullmatch(self) -> Callable[[str], Match | None]:
        """Match a whole text."""
        return self._compiled.fullmatch

    @cached_property
    def finditer(self) -> Callable[[str], Iterator[Match]]:
        """Find every match."""
        return self._compiled.finditer

    @cached_property
    def findall(self) -> Callable[[str], list[Any]]:
        """Find the text, or the groups, of every match."""
        return self._compiled.findall

    @cached_property
    def sub(self) -> Callable[..., str]:
        """Replace every match in a text."""
        return self._compiled.sub

    @cached_property
    def split(self) -> Callable[..., list[Any]]:
        """Divide a text at every match, or at the first `maxsplit`."""
        return self._compiled.split
