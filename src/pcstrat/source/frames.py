"""The mappings and lists that are being read: their data and, in the same shape, the places of their values."""

from __future__ import annotations

import enum
from typing import Final, NamedTuple, TypeAlias

Children: TypeAlias = "dict[str, Place] | list[Place] | None"
Place: TypeAlias = "tuple[int, int, int, int, Children]"
"""Offsets: start and end of a value, start and end of its key, and the places inside it."""

NOWHERE: Place = (0, 0, 0, 0, None)
"""The place of the root of a file that could not be read."""


class Built(NamedTuple):
    """What a file holds: its data, the place of its root, and whether that is all as it was written."""

    data: object = None
    root: Place = NOWHERE
    is_whole: bool = True


class Pending(enum.Enum):
    """What a mapping waits for when it is not the value of a key."""

    KEY = enum.auto()
    END_OF_KEY = enum.auto()
    UNWANTED = enum.auto()


KEY: Final = Pending.KEY
END_OF_KEY: Final = Pending.END_OF_KEY
UNWANTED: Final = Pending.UNWANTED


class Map:
    """A mapping that is being read."""

    __slots__ = ("data", "flow", "key", "key_end", "key_start", "places", "start")

    def __init__(self, start: int, *, flow: bool) -> None:
        self.data: dict[str, object] = {}
        self.places: dict[str, Place] = {}
        self.key: str | Pending = KEY
        self.key_start = self.key_end = self.start = start
        self.flow = flow

    def put(self, value: object, start: int, end: int, children: Children) -> None:
        """Take the value of the current key, or the end of a key that is not text."""
        key = self.key
        if isinstance(key, str):
            self.data[key] = value
            self.places[key] = (start, end, self.key_start, self.key_end, children)
        self.key = UNWANTED if key is END_OF_KEY else KEY

    @property
    def step(self) -> str | None:
        """The key of the value that is being read."""
        return self.key if isinstance(self.key, str) else None


class List:
    """A list that is being read. The suspects are the indexes of its items that are block mappings of one key."""

    __slots__ = ("data", "flow", "key", "places", "start", "suspects")

    def __init__(self, start: int, *, flow: bool) -> None:
        self.data: list[object] = []
        self.places: list[Place] = []
        self.suspects: list[int] = []
        self.key: None = None
        self.start = start
        self.flow = flow

    def put(self, value: object, start: int, end: int, children: Children) -> None:
        """Take the next item."""
        self.data.append(value)
        self.places.append((start, end, start, end, children))

    @property
    def step(self) -> int:
        """The index of the item that is being read."""
        return len(self.data)
