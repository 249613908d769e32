"""Texts of YAML files as careless hands write them: comments everywhere, any indentation, every kind of text."""

from __future__ import annotations

from itertools import count
from typing import Any

from hypothesis import strategies as st

KEYS = ("pcstrat", "id", "title", "text", "when", "points", "ambitions", "objectives", "note", "label", "other", "zzz")
WORDS = st.sampled_from(["care", "a", "ünï", "x", "50%", "it's", "no", "012", "tag", "–", "£2m"])
PLAIN = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)


@st.composite
def yaml_texts(draw: st.DrawFn) -> str:
    """A whole file; most, but not all, are valid YAML."""
    writer = _Writer(draw)
    lines = writer.around(0)
    if draw(st.booleans()):
        lines += ["---" + writer.beside()]
        lines += writer.around(0)
    lines += writer.mapping(0, 0)
    lines += writer.around(0)
    end = draw(st.sampled_from(["", "\n", "\n\n\n"]))
    text = "\n".join(lines) + end
    return draw(st.sampled_from(["", "\ufeff"])) + text.replace("\n", draw(st.sampled_from(["\n", "\r\n"])))


@st.composite
def flow_texts(draw: st.DrawFn) -> str:
    """A file whose values stand in brackets within brackets, over one line or many; most are valid YAML."""
    writer = _Writer(draw)
    lines = []
    for key in draw(st.lists(st.sampled_from(KEYS), unique=True, min_size=1, max_size=3)):
        lines += [f"{key}: {writer.flow(0, 2)}{writer.beside()}"]
    return "\n".join([*lines, ""])


class _Writer:
    """Draws one file; every comment has a number of its own."""

    def __init__(self, draw: st.DrawFn) -> None:
        self._draw = draw
        self._numbers = count(1)

    def pick(self, *choices: Any) -> Any:
        return self._draw(st.sampled_from(choices))

    def comment(self) -> str:
        return f"# c{next(self._numbers)}{self.pick('', ' a: b', ' - x', '  ')}"

    def beside(self) -> str:
        return self.pick("", "", "", " ", f"  {self.comment()}", f" {self.comment()}")

    def around(self, indent: int) -> list[str]:
        """Comments and blank lines of any indentation between two items."""
        lines = []
        for _ in range(self.pick(0, 0, 0, 1, 2, 3)):
            where = max(0, indent + self.pick(0, 0, 0, -2, -1, 1, 2, 4))
            lines.append(self.pick("", " " * indent, " " * where + self.comment()))
        return lines

    def mapping(self, indent: int, depth: int) -> list[str]:
        keys = self._draw(st.lists(st.sampled_from(KEYS), unique=True, min_size=1, max_size=4))
        lines: list[str] = []
        for key in keys:
            lines += self.around(indent) if lines else []
            written = self.pick(key, key, key, f'"{key}"')
            lines += self.value(f"{' ' * indent}{written}:", indent, depth, keyed=True)
        return lines

    def sequence(self, indent: int, depth: int) -> list[str]:
        lines: list[str] = []
        for _ in range(self.pick(1, 2, 3)):
            lines += self.around(indent) if lines else []
            lines += self.value(f"{' ' * indent}-", indent, depth, keyed=False)
        return lines

    def value(self, start: str, indent: int, depth: int, *, keyed: bool) -> list[str]:
        kinds = ["nothing", "plain", "quoted", "block", "brackets", "later"]
        kinds += ["mapping", "sequence", "mapping", "sequence"] if depth < 4 else []
        kind = self.pick(*kinds)
        inner = indent + self.pick(1, 2, 2, 2, 3, 4)
        if kind == "sequence" and keyed and self.pick(0, 1):
            inner = indent
        if kind in {"mapping", "sequence"}:
            lines = getattr(self, kind)(inner, depth + 1)
            if not keyed and self.pick(1, 0):
                return [start + " " * (inner - indent - 1) + lines[0].lstrip(" "), *lines[1:]]
            return [start + self.beside(), *self.around(inner), *lines]
        return getattr(self, kind)(start, indent, inner)

    def nothing(self, start: str, _indent: int, _inner: int) -> list[str]:
        return [start + self.beside()]

    def plain(self, start: str, _indent: int, inner: int) -> list[str]:
        lines = [f"{start}{self.pick(' ', ' ', '   ')}{self._draw(PLAIN)}"]
        for _ in range(self.pick(0, 0, 1, 2)):
            lines += [*self.pick([], [""]), " " * (inner + self.pick(0, 3)) + self._draw(PLAIN)]
        return [*lines[:-1], lines[-1] + self.beside()]

    def quoted(self, start: str, _indent: int, inner: int) -> list[str]:
        quote = self.pick("'", '"')
        text = self._draw(PLAIN).replace("'", "") + self.pick("", " # no comment", ": x", " - ")
        lines = [f"{start} {quote}{text}"]
        for _ in range(self.pick(0, 0, 1, 2)):
            lines[-1] += self.pick("", " ", "\\" if quote == '"' else "", "\\ " if quote == '"' else "")
            lines += [*self.pick([], ["", " "]), " " * inner + self._draw(PLAIN).replace("'", "")]
        return [*lines[:-1], lines[-1] + quote + self.beside()]

    def block(self, start: str, indent: int, inner: int) -> list[str]:
        digit = self.pick("", "", str(inner - indent))
        header = f"{start} {self.pick('|', '>')}{digit}{self.pick('', '-', '+', '+')}{self.beside()}"
        lines = [header, *self.pick([], [""], ["", ""])]
        for _ in range(self.pick(0, 1, 1, 2, 3)):
            after_text = len(lines) > 1 and lines[-1].strip()
            more = self.pick(0, 0, 2) if digit or after_text else 0
            lines += [" " * (inner + more) + self._draw(PLAIN) + self.pick("", "", "  ")]
            lines += self.pick([], [], [""], [" " * (inner + 2)], ["", ""])
        return lines

    def brackets(self, start: str, indent: int, _inner: int) -> list[str]:
        gap = self.pick("", " ", f"\n{' ' * (indent + 5)}", f"  {self.comment()}\n{' ' * (indent + 2)}")
        text = self.pick(
            f"[a,{gap} b]", f"[{gap}]", f"{{a: b,{gap} 'c': d{gap}}}", f"[[a],{gap}{{x: 'y z'}}{gap}]", "[]"
        )
        if self.pick(0, 1):
            text = f"{{published: x,{gap} read_as: y}}"
        return [*f"{start} {text}".split("\n")[:-1], f"{start} {text}".split("\n")[-1] + self.beside()]

    def later(self, start: str, _indent: int, inner: int) -> list[str]:
        text = self.pick(self._draw(PLAIN), '"quoted"', "[a, b]", f"|\n{' ' * (inner + 2)}text")
        return [start + self.beside(), *self.around(inner), *f"{' ' * inner}{text}".split("\n")]

    def flow(self, depth: int, indent: int) -> str:
        """A value in brackets with spaces, line ends and comments wherever there may be some."""
        kind = self.pick("{}", "{}", "[]") if depth < 3 else "text"
        if kind == "text" or (depth and self.pick(0, 0, 1)):
            return self.pick(self._draw(PLAIN), f'"{self._draw(PLAIN)}, {{a}}"', "'it''s'", "a\n" + " " * indent + "b")
        keys = self._draw(st.lists(st.sampled_from(KEYS), unique=True, max_size=4)) if kind == "{}" else ["", ""]
        parts = []
        for key in keys:
            key_text = self.pick(f"{key}: ", f"{key}: ", f'"{key}":') if key else ""
            parts.append(f"{self.space(indent)}{key_text}{self.flow(depth + 1, indent + 2)}{self.space(indent)}")
        comma = self.pick("", "", ",") if parts else ""
        return f"{kind[0]}{','.join(parts)}{comma}{self.space(indent)}{kind[1]}"

    def space(self, indent: int) -> str:
        line = "\n" + " " * indent
        return self.pick("", " ", " ", line, f"  {self.comment()}{line}", f"{line}{self.comment()}{line}")
