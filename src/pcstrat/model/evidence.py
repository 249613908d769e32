"""Why change: sources, figures about the area, statistics, strengths and challenges."""

from typing import Annotated, Literal

from pydantic import BeforeValidator

from pcstrat.model.base import Count, Id, Model, Number, Prose, SourceRef, Text, When, many, optional, required
from pcstrat.model.points import Lineage, PointEntry, text_alone
from pcstrat.model.vocabulary import FigureKey, Pillar, Scale, Theme

NotStated = Literal["not stated"]


class Source(Model):
    """A document the plan takes a fact from, as its notes name it."""

    id: Id = required("Permanent name, used by `source` of facts.")
    title: Text = required("Title as printed.")
    marker: Text | None = optional("The number or sign of the note, such as `4`.")
    by: Text | None = optional("Who published it.")
    date: When | None = optional("When it was published.")
    covers: Text | None = optional("The period it covers, as printed in its title.")
    scale: Scale | None = optional("National, regional or local.")
    url: Text | None = optional("Its address, where the plan gives one.")
    where: Text | None = optional("The part of the plan whose note this is.")
    note: Prose | None = optional("A remark, such as: no marker points to it.")


class FigurePart(Model):
    """A share of a figure."""

    value: Number = required("The number as published.")
    of: Text = required("What this part counts.")


class Figure(Model):
    """A count about the area. A list, so that one count may be stated twice."""

    id: Id | None = optional("Permanent name.")
    key: FigureKey = required("What is counted, from a standard list.")
    value: Number = required("The number as published.")
    text: Text | None = optional("What is counted, in the plan's words, where the key does not say it all.")
    parts: tuple[FigurePart, ...] = many("How the number divides.")
    as_at: When | None = optional("The date the number holds for.")
    where: Text | None = optional("Where in the document it is stated.")
    source: SourceRef | NotStated | None = optional("Where the number comes from.")
    note: Prose | None = optional("A remark, such as: another place in the document states another number.")


class Statistic(Lineage):
    """A number with what it says, of whom, as at when, and from where. Text alone is a statement without a number."""

    value: Number | None = optional("The number as published.")
    text: Prose = required("What the number says, as a plain sentence.")
    of: Text | None = optional("The whole it is a share of, or the population.")
    period: When | None = optional("The time it covers.")
    as_at: When | None = optional("The date it holds for.")
    source: SourceRef | NotStated | None = optional("Where it comes from: the id of a source, or `not stated`.")
    marker: Text | None = optional("The note marker printed beside it.")
    where: Text | None = optional("Where in the document it stands, when stated more than once.")
    pillars: tuple[Pillar, ...] = many("Parts of primary care it is about.")
    themes: tuple[Theme, ...] = many("Themes it is about.")
    note: Prose | None = optional("A remark, such as a defect kept as published.")


StatisticEntry = Annotated[Statistic, BeforeValidator(text_alone)]


class EvidenceItem(Lineage):
    """One strength or one challenge."""

    label: Text | None = optional("Number or letter as printed.")
    title: Text | None = optional("Lead or heading as printed.")
    text: Prose | None = optional("What it says.")
    points: tuple[PointEntry, ...] = many("Points under it.")
    statistics: tuple[StatisticEntry, ...] = many("Numbers that show it.")
    pillars: tuple[Pillar, ...] = many("Parts of primary care it is about.")
    themes: tuple[Theme, ...] = many("Themes it is about.")
    source: SourceRef | None = optional("Where it comes from.")
    note: Prose | None = optional("A remark on how the source puts it.")


class Evidence(Model):
    """The strengths, or the challenges, as a list with its heading."""

    title: Text | None = optional("Heading as printed.")
    intro: Prose | None = optional("What stands before the list.")
    says: Count | None = optional("How many items the text says there are.")
    items: tuple[Annotated[EvidenceItem, BeforeValidator(text_alone)], ...] = many("The items.")


class Context(Lineage):
    """What the plan says of its area and of why it was written."""

    label: Text | None = optional("Number as printed.")
    title: Text | None = optional("Heading as printed.")
    text: Prose | None = optional("What it says.")
    points: tuple[PointEntry, ...] = many("Points under it.")
    statistics: tuple[StatisticEntry, ...] = many("Numbers in it.")
