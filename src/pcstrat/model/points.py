"""What plans are mostly made of: points, and the points that carry a time, an owner or a promise."""

from typing import Annotated, Any

from pydantic import BeforeValidator, ConfigDict, Field, model_validator

from pcstrat.model.base import (
    CommitmentCode,
    Id,
    Model,
    Prose,
    Ref,
    SourceRef,
    Text,
    When,
    many,
    optional,
    required,
)
from pcstrat.model.vocabulary import MilestoneKind, Pillar, Progress, Theme


def text_alone(value: Any) -> Any:  # noqa: ANN401 - whatever stood in the file
    """Read text that stands alone as an item that has only text."""
    return {"text": value} if isinstance(value, str) else value


class Retired(Model):
    """Why and when an item was given up."""

    reason: Prose = required("Why the item was given up.")
    when: When | None = optional("When it was given up.")


class Lineage(Model):
    """An item that may have a history: its permanent id and the ids it had before."""

    id: Id | None = optional("Permanent name of the item, unique in the plan, and its anchor in the page.")
    was: tuple[Id, ...] = many("Ids the item had before; each stays as a second anchor.")
    merged_from: tuple[Id, ...] = many("Ids of earlier items that became this one.")
    split_from: Id | None = optional("Id of the earlier item that this one was a part of.")
    retired: Retired | None = optional("Set when the item was given up: it stays in the file with the reason.")


class Point(Lineage):
    """A statement, with its label, lead and sub-points where the plan prints them. Text alone is short for `text`."""

    model_config = ConfigDict(
        json_schema_extra={"anyOf": [{"required": ["text"]}, {"required": ["title"]}, {"required": ["points"]}]}
    )

    label: Text | None = optional("Number or letter as printed, such as `a)` or `01`.")
    title: Text | None = optional("The lead or heading of the point, as printed.")
    text: Prose | None = optional("What it says, in plain English.")
    points: tuple[Annotated["Point", BeforeValidator(text_alone)], ...] = many("Points under this one.")
    when: When | None = optional("When it is, was or will be.")
    pillars: tuple[Pillar, ...] = many("Parts of primary care it is about (our classification).")
    themes: tuple[Theme, ...] = many("Themes it is about (our classification).")
    source: SourceRef | None = optional("Where the statement comes from: the id of an entry in `sources`.")
    note: Prose | None = optional("A remark on how the source puts it, such as a defect kept as published.")

    @model_validator(mode="after")
    def _says_something(self) -> "Point":
        if not (self.text or self.title or self.points):
            message = "This item is empty. Give it a text, a title or points."
            raise ValueError(message)
        return self


PointEntry = Annotated[Point, BeforeValidator(text_alone)]
"""A point, or text alone."""


class Action(Point):
    """Something the ICB says it will do."""

    owner: Text | None = optional("Who answers for it.")
    led_by: Text | None = optional("Who leads the work, where that is somebody else.")
    partners: tuple[Text, ...] = many("Who takes part.")
    condition: Prose | None = Field(
        default=None, alias="if", description="What it depends on, as published: `if the pilot succeeds`."
    )
    status: Progress | None = optional("How far it has got.")
    set_by: Text | None = optional("The other body that set the date or the task.")
    see: tuple[Ref, ...] = many("Ids of items the text points to.")
    depends_on: tuple[Ref, ...] = many("Ids of items that must come first.")
    commitments: tuple[CommitmentCode, ...] = many("National commitments it answers (our classification).")


class Milestone(Action):
    """An action, output or outcome with a time of its own or that of the band it stands in."""

    kind: MilestoneKind = Field(default=MilestoneKind.ACTION, description="What it marks; an action unless said.")
    due: When | None = optional("A second time: the deadline named inside the text of the item.")
    repeats: When | None = optional("How often it recurs, such as `every 3 months`.")


class Outcome(Point):
    """What will be different for people, staff or the system."""


class Achievement(Point):
    """What has been done already."""

    led_by: Text | None = optional("Who did it.")


class Benefit(Point):
    """What is gained."""


ActionEntry = Annotated[Action, BeforeValidator(text_alone)]
MilestoneEntry = Annotated[Milestone, BeforeValidator(text_alone)]
OutcomeEntry = Annotated[Outcome, BeforeValidator(text_alone)]
AchievementEntry = Annotated[Achievement, BeforeValidator(text_alone)]
BenefitEntry = Annotated[Benefit, BeforeValidator(text_alone)]


class PointList(Model):
    """Points under a heading of the plan's own."""

    label: Text | None = optional("The plan's own heading.")
    intro: Prose | None = optional("What stands before the list.")
    says: int | None = optional("How many points the text says there are.")
    points: tuple[PointEntry, ...] = many("The points.")


class Section(Lineage):
    """A part of the document with a heading of its own."""

    label: Text | None = optional("Number or letter as printed.")
    title: Text | None = optional("Heading as printed.")
    text: Prose | None = optional("What stands before the points.")
    says: int | None = optional("How many points the text says there are.")
    points: tuple[PointEntry, ...] = many("The points.")
