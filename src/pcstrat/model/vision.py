"""Where the plan wants to get to, and how it fits with other plans and with what people said."""

from typing import Annotated

from pydantic import BeforeValidator

from pcstrat.model.base import (
    CommitmentCode,
    Count,
    Id,
    Model,
    Prose,
    Ref,
    Text,
    VisionListRef,
    When,
    many,
    optional,
    required,
)
from pcstrat.model.evidence import StatisticEntry
from pcstrat.model.points import ActionEntry, BenefitEntry, Lineage, PointEntry, PointList, text_alone
from pcstrat.model.vocabulary import Pillar, Scale, Theme


class VisionList(Model):
    """A list of elements with its heading, as the document prints it."""

    id: Id = required("Permanent name, used by `lists` of elements.")
    label: Text | None = optional("Number as printed.")
    title: Text | None = optional("Heading as printed.")
    intro: Prose | None = optional("What stands before the list.")
    when: When | None = optional("The time the list is for.")
    says: Count | None = optional("How many elements the text says there are.")
    note: Prose | None = optional("A remark, such as: the document prints no heading.")


class AlsoCalled(Model):
    """Another title of the same thing, and where it stands."""

    title: Text = required("The other title as printed.")
    where: Text | None = optional("Where it is used.")


AlsoCalledEntry = Annotated[
    AlsoCalled, BeforeValidator(lambda value: {"title": value} if isinstance(value, str) else value)
]


class VisionElement(Lineage):
    """One attribute or objective of the vision."""

    label: Text | None = optional("Number or letter as printed.")
    title: Text | None = optional("Title as printed.")
    also_called: tuple[AlsoCalledEntry, ...] = many("Other titles of the same element.")
    text: Prose | None = optional("What it says.")
    details: tuple[PointEntry, ...] = many("How it will be done.")
    benefits: tuple[BenefitEntry, ...] = many("What it brings.")
    lists: tuple[VisionListRef, ...] = many("The lists it stands in.")
    pillars: tuple[Pillar, ...] = many("Parts of primary care it is about.")
    themes: tuple[Theme, ...] = many("Themes it is about.")
    commitments: tuple[CommitmentCode, ...] = many("National commitments it answers (our classification).")
    mentions: tuple[CommitmentCode, ...] = many("National commitments it only mentions (our classification).")
    note: Prose | None = optional("A remark on how the source puts it.")


class PartSide(Model):
    """One side of a part of the vision: how things are, or how they will be."""

    label: Text | None = optional("Heading as printed.")
    text: Prose | None = optional("What it says.")
    points: tuple[PointEntry, ...] = many("Points under it.")
    statistics: tuple[StatisticEntry, ...] = many("Numbers in it.")


class VisionPart(Lineage):
    """A part of the vision, told as today and future."""

    label: Text | None = optional("Number or letter as printed.")
    title: Text = required("Title as printed.")
    statement: Prose | None = optional("The vision in a sentence.")
    text: Prose | None = optional("What else it says.")
    today: PartSide | None = optional("The challenge today.")
    future: PartSide | None = optional("The future.")
    pillars: tuple[Pillar, ...] = many("Parts of primary care it is about.")
    themes: tuple[Theme, ...] = many("Themes it is about.")


class Vision(Model):
    """The vision: statement, aims, elements and parts."""

    label: Text | None = optional("Number as printed.")
    title: Text | None = optional("Heading as printed.")
    statement: Prose | None = optional("The vision in a sentence, as published.")
    text: Prose | None = optional("What else is said of it.")
    aims: PointList | None = optional("How the vision will be reached, as a list.")
    lists: tuple[VisionList, ...] = many("The lists that the elements stand in.")
    elements: tuple[Annotated[VisionElement, BeforeValidator(text_alone)], ...] = many("The elements.")
    parts: tuple[VisionPart, ...] = many("Parts of the vision.")


class EngagementStep(Lineage):
    """A step by which the plan came about."""

    title: Text | None = optional("Name of the step as printed.")
    text: Prose | None = optional("What was done.")
    when: When | None = optional("When.")
    statistics: tuple[StatisticEntry, ...] = many("Numbers: how many people took part.")
    note: Prose | None = optional("A remark, such as: which step the date belongs to is unclear.")


class Engagement(Model):
    """Who was asked, how, and what they said."""

    label: Text | None = optional("Number as printed.")
    title: Text | None = optional("Heading as printed.")
    text: Prose | None = optional("What is said of it.")
    steps: tuple[Annotated[EngagementStep, BeforeValidator(text_alone)], ...] = many("What was done.")
    dates: tuple[PointEntry, ...] = many("Dates printed beside the steps that no step can be tied to.")
    groups: tuple[PointEntry, ...] = many("Who was asked.")
    numbers: tuple[StatisticEntry, ...] = many("How many took part.")
    questions: tuple[Text, ...] = many("What was asked.")
    heard: tuple[PointEntry, ...] = many("What people said, in our words.")
    next: tuple[ActionEntry, ...] = many("What will still be asked.")


class Alignment(Lineage):
    """Another document that the plan fits with or answers."""

    document: Text = required("Title as printed.")
    also_called: tuple[AlsoCalledEntry, ...] = many("Other titles of the same document.")
    by: Text | None = optional("Who published it.")
    scale: Scale | None = optional("National, regional or local.")
    when: When | None = optional("When it was published.")
    covers: Text | None = optional("The period it covers, as printed.")
    url: Text | None = optional("Its address, where the plan gives one.")
    count: Count | None = optional("How many priorities the text says it has.")
    says: tuple[PointEntry, ...] = many("What it says, as the plan reports it.")
    status: Text | None = optional("How far it has got, as the plan puts it: `being developed`.")
    answer: tuple[PointEntry, ...] = many("How the plan answers it.")
    serves: tuple[Ref, ...] = many("Ids of the ambitions and objectives that answer it.")
    note: Prose | None = optional("A remark.")


AlignmentEntry = Annotated[
    Alignment, BeforeValidator(lambda value: {"document": value} if isinstance(value, str) else value)
]
