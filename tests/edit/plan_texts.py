"""Texts of valid plans with work of every kind, done and open, in ambitions, objectives, strands and bands."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count
from typing import Any

from hypothesis import strategies as st

TIMES = ("May 2026", "by June 2027", "2026/27", "Year 1", "from autumn 2027")
STATES = ("planned", "under way", "done", "done", "done", "delayed", "stopped")


@st.composite
def plan_texts(draw: st.DrawFn) -> str:
    """A valid plan on lines or in brackets, with keys in any order, lists at any indentation, and comments."""
    plan = _Plan(draw)
    data = plan.shuffled({"document": plan.document(), "ambitions": plan.some(plan.ambition, 1)} | plan.around())
    return "\n".join(["pcstrat: 1", "id: any", "icb: QU9", *_Lines(draw).mapping(data, 0)]) + draw(
        st.sampled_from(["\n", "", "\n\n# The end.\n"])
    )


class _Plan:
    """Draws the data of one plan; every item has an id of its own."""

    def __init__(self, draw: st.DrawFn) -> None:
        self._draw = draw
        self._numbers = count(1)

    def pick(self, *choices: Any) -> Any:
        return self._draw(st.sampled_from(choices))

    def maybe(self) -> bool:
        return self._draw(st.booleans())

    def some(self, make: Any, least: int) -> list[Any]:
        return [make() for _ in range(self._draw(st.integers(least, 2)))]

    def shuffled(self, data: dict[str, Any]) -> dict[str, Any]:
        keys = self._draw(st.permutations(sorted(data)))
        return {key: data[key] for key in keys if data[key] != []}

    def item(self) -> dict[str, Any]:
        number = next(self._numbers)
        return {"id": f"i{number}", "title": f"Item {number}"}

    def document(self) -> dict[str, Any]:
        fields = {"status": "final", "period": self.pick(*TIMES[:3]), "published": "April 2026", "review": "May 2027"}
        chosen = {key: value for key, value in fields.items() if self.maybe()}
        return self.shuffled({"title": "A plan", "kind": "delivery plan"} | chosen)

    def around(self) -> dict[str, Any]:
        return {"enablers": self.some(self.objective, 0), "delivery": {"next_steps": self.some(self.work, 1)}}

    def ambition(self) -> dict[str, Any]:
        return self.objective() | {"objectives": self.some(self.objective, 1)} if self.maybe() else self.objective()

    def objective(self) -> dict[str, Any]:
        return self.shuffled(self.item() | self.part() | {"strands": self.some(self.strand, 0)})

    def strand(self) -> dict[str, Any]:
        return self.shuffled(self.item() | self.part())

    def part(self) -> dict[str, Any]:
        return {
            "actions": self.some(self.work, 0),
            "milestones": self.some(self.milestone, 0),
            "timeline": self.some(self.band, 0),
            "achievements": self.pick([], [], ["It is done."], [{"text": "It is done.", "when": "May 2025"}]),
            "measures": self.pick([], ["More of it"]),
            "owner": self.pick([], "Ann"),
        }

    def band(self) -> dict[str, Any]:
        when = self.pick(*TIMES[:4])
        return self.shuffled({"label": f"Actions for {when}", "when": when, "milestones": self.some(self.milestone, 0)})

    def work(self) -> Any:
        more = {"when": self.pick(*TIMES), "owner": "Ann", "themes": ["access"], "commitments": ["FUL-INT"]}
        chosen = {key: value for key, value in more.items() if self.maybe()}
        text = {"text": f"Do thing {next(self._numbers)}."}
        return self.pick(text["text"], self.shuffled(text | {"status": self.pick(*STATES)} | chosen))

    def milestone(self) -> Any:
        work = self.work()
        return self.pick(work, work | {"kind": "outcome", "due": "May 2027"}) if isinstance(work, dict) else work


class _Lines:
    """Draws how data is written: on lines, or in brackets; every comment has a number of its own."""

    def __init__(self, draw: st.DrawFn) -> None:
        self._draw = draw
        self._comments = count(1)

    def pick(self, *choices: Any) -> Any:
        return self._draw(st.sampled_from(choices))

    def comment(self) -> str:
        return f"# remark {next(self._comments)}"

    def beside(self) -> str:
        return self.pick("", "", "", f"  {self.comment()}")

    def mapping(self, data: Mapping[str, Any], indent: int) -> list[str]:
        lines: list[str] = []
        for key, value in data.items():
            lines += self.around(indent) if lines else []
            lines += self.entry(key, value, indent)
        return lines

    def around(self, indent: int) -> list[str]:
        return self.pick([], [], [], [], [""], [f"{' ' * indent}{self.comment()}"])

    def entry(self, key: str, value: Any, indent: int) -> list[str]:
        start = f"{' ' * indent}{key}:"
        if isinstance(value, dict | list) and (key in {"themes", "commitments"} or self.pick(0, 0, 0, 0, 1)):
            return self.brackets(start, value, indent + 2)
        if isinstance(value, dict):
            return [start + self.beside(), *self.mapping(value, indent + 2)]
        if isinstance(value, list):
            return [start + self.beside(), *self.items(value, indent + self.pick(0, 2))]
        return [f"{start} {value}{self.beside()}"]

    def items(self, items: list[Any], indent: int) -> list[str]:
        lines: list[str] = []
        for item in items:
            lines += self.around(indent)
            lines += self.item(item, indent)
        return [*lines, *self.pick([], [], [f"{' ' * (indent + 1)}{self.comment()}"])]

    def item(self, item: Any, indent: int) -> list[str]:
        dash = f"{' ' * indent}- "
        if isinstance(item, str):
            return [f"{dash}{item}{self.beside()}"]
        if self.pick(0, 0, 1):
            return self.brackets(f"{' ' * indent}-", item, indent + 2)
        first, *rest = self.mapping(item, indent + 2)
        return [dash + first.lstrip(), *rest]

    def brackets(self, start: str, data: Any, indent: int) -> list[str]:
        """A value in brackets, on the line of its key or dash, or below it after a comment."""
        gap = self.pick(" ", " ", " ", f"{self.beside()}\n{' ' * indent}")
        return f"{start}{gap}{self.flow(data, indent)}{self.beside()}".split("\n")

    def flow(self, data: Any, indent: int) -> str:
        if isinstance(data, str):
            return data
        signs, entries = "[]", [self.flow(item, indent + 2) for item in data] if isinstance(data, list) else []
        if isinstance(data, dict):
            signs, entries = "{}", [f"{key}: {self.flow(value, indent + 2)}" for key, value in data.items()]
        parts = [f"{self.space(indent)}{entry}{self.space(indent)}" for entry in entries]
        return f"{signs[0]}{','.join(parts)}{self.pick('', '', ',')}{self.space(indent)}{signs[1]}"

    def space(self, indent: int) -> str:
        line = f"\n{' ' * indent}"
        return self.pick("", " ", " ", " ", line, f"  {self.comment()}{line}", f"{line}{self.comment()}{line}")
