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
    """A valid plan on lines of its own, with keys in any order, lists at any indentation, and comments."""
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
    """Draws how data is written."""

    def __init__(self, draw: st.DrawFn) -> None:
        self._draw = draw

    def mapping(self, data: Mapping[str, Any], indent: int) -> list[str]:
        lines: list[str] = []
        for key, value in data.items():
            lines += self.around(indent) if lines else []
            lines += self.entry(key, value, indent)
        return lines

    def around(self, indent: int) -> list[str]:
        return self._draw(st.sampled_from([[], [], [], [], [""], [f"{' ' * indent}# A remark."]]))

    def entry(self, key: str, value: Any, indent: int) -> list[str]:
        start = f"{' ' * indent}{key}:"
        if isinstance(value, dict):
            return [start, *self.mapping(value, indent + 2)]
        if isinstance(value, list) and key in {"themes", "commitments"}:
            return [f"{start} [{', '.join(value)}]"]
        if isinstance(value, list):
            return [start, *self.items(value, indent + self._draw(st.sampled_from([0, 2])))]
        return [f"{start} {value}"]

    def items(self, items: list[Any], indent: int) -> list[str]:
        lines: list[str] = []
        for item in items:
            lines += self.around(indent)
            lines += self.item(item, indent)
        return lines

    def item(self, item: Any, indent: int) -> list[str]:
        dash = f"{' ' * indent}- "
        if isinstance(item, str):
            return [f"{dash}{item}"]
        if not any(isinstance(value, list | dict) for value in item.values()) and self._draw(st.booleans()):
            return [f"{dash}{{{', '.join(f'{key}: {value}' for key, value in item.items())}}}"]
        first, *rest = self.mapping(item, indent + 2)
        return [dash + first.lstrip(), *rest]
