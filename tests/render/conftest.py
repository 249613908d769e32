"""What tests of the page share: the page of a plan, and its HTML read back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

import pytest

from pcstrat.load import load_plan
from pcstrat.model.plan import Plan
from pcstrat.registry import Registry
from pcstrat.render.blocks import Page
from pcstrat.render.environment import Templates
from pcstrat.render.plan_page import Particulars, plan_page

AS_OF = dt.date(2026, 11, 21)
VOID = {"meta", "br", "img", "link", "input", "hr", "wbr"}


@dataclass
class Node:
    """An element of a page, with what is in it."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Node | str] = field(default_factory=list)

    def text(self) -> str:
        """What a reader sees in it: no styles, no hidden words, elements apart."""
        if self.tag in {"style", "head", "script"} or self.attributes.get("aria-hidden") == "true":
            return ""
        inline = {"a", "strong", "em"}
        parts = [
            child if isinstance(child, str) else (child.text() if child.tag in inline else f" {child.text()} ")
            for child in self.children
        ]
        return " ".join("".join(parts).split())

    def all(self, *tags: str) -> Iterator[Node]:
        """The elements below it, in reading order."""
        for child in self.children:
            if isinstance(child, Node):
                if not tags or child.tag in tags:
                    yield child
                yield from child.all(*tags)


class TreeBuilder(HTMLParser):
    """Reads HTML and refuses what is not well formed."""

    def __init__(self) -> None:
        super().__init__()
        self.root = Node("root")
        self.stack = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"<{tag}> states an attribute twice"
        node = Node(tag, {name: value or "" for name, value in attrs})
        self.stack[-1].children.append(node)
        if tag not in VOID:
            self.stack.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.stack.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.stack[-1].tag == tag, f"</{tag}> closes <{self.stack[-1].tag}> at {self.getpos()}"
        self.stack.pop()

    def handle_data(self, data: str) -> None:
        self.stack[-1].children.append(data)


def read_html(html: str) -> Node:
    builder = TreeBuilder()
    builder.feed(html)
    builder.close()
    assert builder.stack == [builder.root], f"<{builder.stack[-1].tag}> is never closed"
    return builder.root


@pytest.fixture(scope="session")
def tree() -> Callable[[str], Node]:
    return read_html


@pytest.fixture(scope="session")
def templates() -> Templates:
    return Templates()


@pytest.fixture(scope="session")
def plan_at(registry: Registry) -> Callable[[Path], Plan]:
    def read(path: Path) -> Plan:
        loaded = load_plan(path.read_bytes(), path.name, registry)
        assert loaded.plan is not None, loaded.findings
        return loaded.plan

    return read


@pytest.fixture(scope="session")
def page_of(registry: Registry) -> Callable[..., Page]:
    def page(plan: Plan, as_of: dt.date = AS_OF) -> Page:
        return plan_page(plan, registry, Particulars(as_of=as_of))

    return page


@pytest.fixture(scope="session")
def html_of(page_of: Callable[..., Page], templates: Templates) -> Callable[..., str]:
    def html(plan: Plan, as_of: dt.date = AS_OF) -> str:
        return templates.render("documents/plan.html.j2", page=page_of(plan, as_of))

    return html
