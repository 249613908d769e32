"""Turns a plan into an index: what each id is called, where it stands in the page, and which number its source has."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from markupsafe import Markup

from pcstrat import outline
from pcstrat.light_markdown import links_in
from pcstrat.model.aims import Objective, Strand
from pcstrat.model.base import Model
from pcstrat.model.plan import Plan
from pcstrat.money_outline import paid_for
from pcstrat.naming import NAMING_FIELDS, shorten
from pcstrat.outline import Dated
from pcstrat.registry import Registry
from pcstrat.render.markdown import LinkNames, link, plain
from pcstrat.text import visible

_TELLING_LABEL = re.compile(r"[A-Za-z]{3,}.*\d|[A-Za-z]{3,} [a-z]+$", re.IGNORECASE)
"""A label that says which item is meant by itself: "Objective 2a", "Priority two", but not "1." or "b)"."""


part_id = outline.part_id
"""The anchor of a part that has no id of its own."""


@dataclass(frozen=True, slots=True)
class PlanIndex:
    """The plan being shown, the registry its codes stand in, the names of its items by id, and its milestones.

    `link_names` are those of links in its texts and those given to links in its page so far. `titles` counts aims by
    title. `given_up` has the ids of aims that were given up, or stand in one that was; `paid_for` those of what a
    funding line says, in our classification, that it pays for.
    """

    plan: Plan
    registry: Registry
    names: dict[str, str]
    source_numbers: dict[str, int]
    milestones: tuple[Dated, ...]
    link_names: LinkNames
    titles: Counter[str]
    given_up: frozenset[str]
    paid_for: frozenset[str]

    def link_name(self, aim: Objective, shown: str) -> str:
        """What a link is called that shows an aim's title: that, with its label or a number if other aims have it."""
        alike = self.titles[visible(aim.title).casefold()] > 1
        return self.link_names.of(full_name(aim) if alike else shown, f"#{aim.id}")

    def milestones_under(self, aim: Objective) -> tuple[Dated, ...]:
        """What counts as a milestone in an aim, its strands and its objectives."""
        ids = {part.id for part in outline.all_parts(aim) if isinstance(part, Objective)}
        return tuple(entry for entry in self.milestones if entry.aim.id in ids)

    def link(self, item_id: str) -> Markup:
        """A link to an item of the plan, by its name."""
        address = f"#{item_id}"
        return link(address, self.link_names.of(self.names.get(item_id, item_id), address))

    def link_showing(self, shown: str, address: str, name: str = "") -> Markup:
        """A link with words of its own. Who hears it alone hears `name`, with a number if another link is called so."""
        name = self.link_names.of(name or shown, address)
        return link(address, shown, "" if name == shown else name)

    def links(self, item_ids: tuple[str, ...]) -> Markup:
        """Links to several items, separated by commas."""
        return Markup(", ").join(map(self.link, item_ids))

    def source_name(self, source_id: str) -> str:
        """What a reference to a source is called: "Source 12"."""
        return f"Source {self.source_numbers.get(source_id, 0)}"

    def source_link(self, source_id: str) -> Markup:
        """A link to the entry of a source."""
        return link(f"#{source_id}", self.source_name(source_id))

    def commitment_title(self, code: str) -> str:
        """The title of a national commitment, or its code where the registry has none."""
        commitment = self.registry.commitment(code)
        return commitment.title if commitment else code


def index_plan(plan: Plan, registry: Registry) -> PlanIndex:
    """Index every item of a plan that has an id."""
    names = _unique_names(plan)
    numbers = {source.id: number for number, source in enumerate(plan.sources, 1)}
    titles = Counter(visible(part.title).casefold() for part in outline.parts_of(plan) if isinstance(part, Objective))
    milestones = tuple(outline.milestones_in_plan(plan))
    return PlanIndex(
        plan,
        registry,
        names,
        numbers,
        milestones,
        _names_in_texts(plan),
        titles,
        given_up=outline.given_up_aims(plan),
        paid_for=paid_for(plan),
    )


def _names_in_texts(plan: Plan) -> LinkNames:
    """The names of the links in the plan's own texts, which stay as they are: others that are alike get a number."""
    names = LinkNames()
    for text in _texts_below(plan):
        for words, address in links_in(text):
            names.of(words, address)
    return names


def _texts_below(item: Model) -> Iterator[str]:
    """Every text in the fields of a model and of all below it."""
    for value in vars(item).values():
        yield from (text for text in (value if type(value) is tuple else (value,)) if type(text) is str)
    for below in models_below(item):
        yield from _texts_below(below)


def _unique_names(plan: Plan) -> dict[str, str]:
    """The name of each item; of two that are alike with what each stands in, or a number, so that links differ."""
    items: list[tuple[str, str, str]] = []
    _add_named_items(plan, "", items)
    counts = Counter(name.casefold() for _, name, _ in items)
    unique = LinkNames()
    names: dict[str, str] = {}
    for item_id, name, within in items:
        longer = f"{name} ({within})" if counts[name.casefold()] > 1 and within else name
        names[item_id] = unique.of(longer, item_id)
    return names


def _add_named_items(item: Model, within: str, named: list[tuple[str, str, str]]) -> None:
    """Add id, name, and the name of the item around it, of an item and all below it."""
    item_id = vars(item).get("id")
    if item_id and not isinstance(item, Plan):
        name = short_name(item)
        named.append((item_id, name, within))
        within = name
    for below in models_below(item):
        _add_named_items(below, within, named)


def models_below(item: Model) -> Iterator[Model]:
    """The models in the fields of a model, in order."""
    for value in vars(item).values():
        if type(value) is tuple:
            yield from (entry for entry in value if _is_model(type(entry)))  # type: ignore[arg-type]  # as below
        elif _is_model(type(value)):  # type: ignore[arg-type]  # classes are hashable
            yield value


@cache
def _is_model(kind: type) -> bool:
    """Whether values of a type are models: to remember it is quicker than to ask pydantic of every value."""
    return issubclass(kind, Model)


def short_name(item: Model) -> str:
    """What an item is called in a link: "Objective 2a" where it has such a label, else its name."""
    label = getattr(item, "label", None) if isinstance(item, Objective) else None
    return visible(label) if label and _TELLING_LABEL.search(label) else name_of(item)


def full_name(item: Objective | Strand) -> str:
    """Label and title as one line, such as "Objective 2a: Title" or "1 Title"; a title alone where it has no label."""
    title, label = visible(item.title), visible(item.label or "")
    if not label or not isinstance(item, Objective):
        return title
    return f"{label}: {title}" if _TELLING_LABEL.search(label) else f"{label} {title}"


def label_and_title(item: Objective) -> tuple[str, str]:
    """What stands small above a title, and the title; a label that says nothing alone, such as "1", is part of it."""
    label = visible(item.label or "")
    return (label, visible(item.title)) if _TELLING_LABEL.search(label) else ("", full_name(item))


def name_of(item: Model) -> str:
    """What an item is called where something else refers to it: its title, or the first words of its text."""
    fields = [field for field in NAMING_FIELDS if field not in {"label", "key"}]
    for field in (*fields, "label"):
        value = getattr(item, field, None)
        if isinstance(value, str) and value:
            return visible(shorten(plain(value), 70))
    return "an item"


def anchors_of(item: object) -> tuple[str, ...]:
    """The ids an item answers to: its own and the ones it had before."""
    own = getattr(item, "id", None)
    return (*([own] if own else []), *getattr(item, "was", ()))
