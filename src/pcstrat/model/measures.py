"""How progress will be judged."""

from typing import Annotated, Any

from pydantic import BeforeValidator

from pcstrat.model.base import (
    CommitmentCode,
    Model,
    Number,
    Prose,
    Ref,
    SourceRef,
    Text,
    When,
    many,
    optional,
    required,
)
from pcstrat.model.points import Lineage, PointEntry, text_alone
from pcstrat.model.vocabulary import Direction, Pillar, Split, Theme


class Reading(Model):
    """A value of an indicator at a time."""

    value: Number = required("The value as published.")
    when: When | None = optional("When it was read, or by when it is to be reached.")
    source: SourceRef | None = optional("Where it comes from.")
    note: Prose | None = optional("A remark.")


def _value_alone(value: Any) -> Any:  # noqa: ANN401 - whatever stood in the file
    """Read a value that stands alone, as text or in the long form of a number, as a reading that has only a value."""
    is_long = isinstance(value, dict) and "published" in value
    return {"value": value} if is_long or isinstance(value, str) else value


ReadingEntry = Annotated[Reading, BeforeValidator(_value_alone)]


class Measure(Lineage):
    """One way by which the plan will be judged. Whatever the plan prints under such a heading is one."""

    label: Text | None = optional("Number or letter as printed.")
    title: Text | None = optional("Short name of the measure.")
    text: Prose = required("What the plan says it will see.")
    points: tuple[PointEntry, ...] = many("Points under it.")
    indicator: Text | None = optional("What is counted. Left out where the text of the measure says it.")
    unit: Text | None = optional("In what unit.")
    population: Text | None = optional("Of whom.")
    baseline: ReadingEntry | None = optional("Where it starts.")
    latest: ReadingEntry | None = optional("The newest value.")
    target: ReadingEntry | None = optional("The value to reach.")
    by: When | None = optional("By when the target is to be reached.")
    direction: Direction | None = optional("Which way it should move.")
    splits: tuple[Split, ...] = many("How it will be split.")
    frequency: Text | None = optional("How often it will be read.")
    source: SourceRef | None = optional("Where its values come from.")
    owner: Text | None = optional("Who answers for it.")
    of: tuple[Ref, ...] = many("Ids of the actions and milestones it judges.")
    pillars: tuple[Pillar, ...] = many("Parts of primary care it is about.")
    themes: tuple[Theme, ...] = many("Themes it is about.")
    commitments: tuple[CommitmentCode, ...] = many("National commitments it answers.")
    note: Prose | None = optional("A remark on how the source puts it.")


MeasureEntry = Annotated[Measure, BeforeValidator(text_alone)]
