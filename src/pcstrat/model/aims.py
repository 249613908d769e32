"""Ambitions, objectives, enablers and strands: what the plan sets out to achieve, and everything said under it."""

from typing import Annotated

from pydantic import BeforeValidator, Field

from pcstrat.model.base import (
    CaseStudyRef,
    CommitmentCode,
    Count,
    Id,
    Model,
    Prose,
    Ref,
    Text,
    When,
    flag,
    many,
    optional,
    required,
)
from pcstrat.model.document import Quote
from pcstrat.model.evidence import StatisticEntry
from pcstrat.model.funding import FundingTable
from pcstrat.model.measures import MeasureEntry
from pcstrat.model.points import (
    AchievementEntry,
    ActionEntry,
    BenefitEntry,
    Lineage,
    MilestoneEntry,
    OutcomeEntry,
    PointEntry,
    PointList,
    text_alone,
)
from pcstrat.model.vision import AlsoCalledEntry
from pcstrat.model.vocabulary import Level, Pillar, Theme
from pcstrat.placeholders import filled


class Labels(Model):
    """The plan's own headings for common parts; absent ones take pcstrat's."""

    rationale: Text | None = optional("Heading over why.")
    text: Text | None = optional("Heading over what it is.")
    features: Text | None = optional("Heading over features.")
    involves: Text | None = optional("Heading over who is involved.")
    actions: Text | None = optional("Heading over what will be done.")
    approach: Text | None = optional("Heading over how it will be done.")
    strands: Text | None = optional("Heading over the parts of the work.")
    timeline: Text | None = optional("Heading over when.")
    measures: Text | None = optional("Heading over how progress is judged.")
    funding: Text | None = optional("Heading over the money.")
    funding_statement: Text | None = optional("Heading over what is said of money.")
    outcomes: Text | None = optional("Heading over outcomes.")
    achievements: Text | None = optional("Heading over what has been done.")
    objectives: Text | None = optional("Heading over the list of objectives.")
    ambitions: Text | None = optional("Heading over the ambitions of the plan.")
    enablers: Text | None = optional("Heading over the enablers of the plan.")
    statistics: Text | None = optional("Heading over numbers.")
    benefits: Text | None = optional("Heading over benefits.")
    risks: Text | None = optional("Heading over risks.")


class Band(Model):
    """A band of a timeline as the plan prints it, and what stands in it."""

    id: Id | None = optional("Permanent name.")
    label: Text = required("Heading as printed, such as `Year 1 – 2023/24` or `Actions for 23/24`.")
    band: When | None = optional("The years of the plan it is for: `Year 1`, `Years 3 to 5`. Else as in the label.")
    when: When | None = optional("The period it states: `2023/24`. Else as in the label.")
    text: Prose | None = optional("What is said of the band.")
    note: Prose | None = optional("A remark, such as a defect kept as published.")
    milestones: tuple[MilestoneEntry, ...] = many("What stands in the band.")


class Period(Model):
    """The time printed over a whole part of the plan."""

    label: Text = required("Wording as printed.")
    when: When | None = optional("The period it states.")


class Review(Model):
    """When and how an objective will be looked at again."""

    when: When | None = optional("When.")
    text: Prose = required("What may happen then.")


class Risk(Lineage):
    """Something that may go wrong."""

    label: Text | None = optional("Number as printed.")
    text: Prose = required("What may go wrong.")
    category: Text | None = optional("Kind of risk.")
    likelihood: Level | None = optional("How likely.")
    impact: Level | None = optional("How bad.")
    mitigation: Prose | None = optional("What will be done about it.")
    owner: Text | None = optional("Who answers for it.")
    pillars: tuple[Pillar, ...] = many("Parts of primary care it is about.")
    themes: tuple[Theme, ...] = many("Themes it is about.")
    note: Prose | None = optional("A remark on how the source puts it.")


RiskEntry = Annotated[Risk, BeforeValidator(text_alone)]


class Strand(Lineage):
    """A part of an objective or enabler: a programme of work, a workstream, a sector's initiative."""

    # It shares most fields with `Objective` and no base: the order of fields is the order of keys in files and on
    # paper, and fields of a base would all come first.

    label: Text | None = optional("Number or letter as printed.")
    title: Text = required("Title as printed.")
    also_called: tuple[AlsoCalledEntry, ...] = many("Other titles of the same strand.")
    text: Prose | None = optional("What it is.")
    rationale: tuple[PointEntry, ...] = many("Why.")
    features: tuple[PointEntry, ...] = many("What it consists of.")
    involves: tuple[PointEntry, ...] = many("Who is involved.")
    actions: tuple[ActionEntry, ...] = many("What will be done.")
    approach: tuple[PointEntry, ...] = many("How it will be done.")
    period: Period | None = optional("The time printed over the strand.")
    timeline: tuple[Band, ...] = many("Bands as printed.")
    milestones: tuple[MilestoneEntry, ...] = many("Milestones outside any band.")
    measures: tuple[MeasureEntry, ...] = many("How progress will be judged.")
    outcomes: tuple[OutcomeEntry, ...] = many("What will be different.")
    achievements: tuple[AchievementEntry, ...] = many("What has been done.")
    statistics: tuple[StatisticEntry, ...] = many("Numbers in it.")
    funding_statement: tuple[PointEntry, ...] = many("What is said of money without an amount.")
    owner: Text | None = optional("Who answers for it.")
    led_by: Text | None = optional("Who leads it.")
    partners: tuple[Text, ...] = many("Who takes part.")
    pillars: tuple[Pillar, ...] = many("Parts of primary care it is about.")
    themes: tuple[Theme, ...] = many("Themes it is about.")
    commitments: tuple[CommitmentCode, ...] = many("National commitments it answers.")
    mentions: tuple[CommitmentCode, ...] = many("National commitments it only mentions.")
    case_studies: tuple[CaseStudyRef, ...] = many("Ids of case studies that show it.")
    note: Prose | None = optional("A remark on how the source puts it.")


class Objective(Lineage):
    """What an ambition sets out to achieve. Enablers and ambitions have the same shape."""

    id: Id = required("Permanent name, unique in the plan, and its anchor in the page.")
    label: Text | None = optional("Label as printed, such as `Objective 2a`.")
    also_labelled: tuple[Text, ...] = many("Other labels of the same item, such as `b)`.")
    title: Text = required("Title as printed.")
    also_called: tuple[AlsoCalledEntry, ...] = many("Other titles of the same item, and where they stand.")
    marks: tuple[Text, ...] = many("Marks printed beside it, such as `ICS Strategic Priority`.")
    additional: bool = flag("Whether it stands beyond the ambitions or enablers that the plan counts.")
    statement: Prose | None = optional("A formally published one-sentence statement, such as a vision.")
    text: Prose | None = optional("What it is, in a sentence or two.")
    rationale: tuple[PointEntry, ...] = many("Why.")
    statistics: tuple[StatisticEntry, ...] = many("Numbers in it.")
    features: tuple[PointEntry, ...] = many("What it consists of.")
    involves: tuple[PointEntry, ...] = many("Who is involved.")
    actions: tuple[ActionEntry, ...] = many("What will be done.")
    approach: tuple[PointEntry, ...] = many("How it will be done.")
    lists: tuple[PointList, ...] = many("Lists of another kind, each under its own heading.")
    strands: tuple[Strand, ...] = many("Parts of the work.")
    period: Period | None = optional("The time printed over the whole of it.")
    timeline: tuple[Band, ...] = many("Bands as printed.")
    milestones: tuple[MilestoneEntry, ...] = many("Milestones outside any band.")
    review: Review | None = optional("When it will be looked at again.")
    measures: tuple[MeasureEntry, ...] = many("How progress will be judged.")
    funding: tuple[FundingTable, ...] = many("Tables of money under it.")
    funding_statement: tuple[PointEntry, ...] = many("What is said of money without an amount.")
    outcomes_intro: Prose | None = optional("What stands before the outcomes.")
    outcomes: tuple[OutcomeEntry, ...] = many("What will be different.")
    outcomes_when: When | None = optional("The time printed over the outcomes.")
    achievements: tuple[AchievementEntry, ...] = many("What has been done.")
    benefits: tuple[BenefitEntry, ...] = many("What it brings.")
    risks: tuple[RiskEntry, ...] = many("What may go wrong.")
    owner: Text | None = optional("Who answers for it: the responsible lead.")
    accountable: tuple[Text, ...] = many("Bodies accountable for it.")
    led_by: Text | None = optional("Who leads the work.")
    partners: tuple[Text, ...] = many("Who takes part.")
    pillars: tuple[Pillar, ...] = many("Parts of primary care it is about (our classification).")
    themes: tuple[Theme, ...] = many("Themes it is about (our classification).")
    commitments: tuple[CommitmentCode, ...] = many("National commitments it answers (our classification).")
    mentions: tuple[CommitmentCode, ...] = many("National commitments it only mentions (our classification).")
    also_serves: tuple[Ref, ...] = many("Ids of other ambitions and objectives it serves.")
    see: tuple[Ref, ...] = many("Ids of items the text points to.")
    depends_on: tuple[Ref, ...] = many("Ids of items that must come first.")
    quotes: tuple[Quote, ...] = many("What people said of it, in our words.")
    case_studies: tuple[CaseStudyRef, ...] = many("Ids of case studies that show it.")
    labels: Labels | None = optional("Headings of its own, where they differ from the plan's.")
    note: Prose | None = optional("A remark on how the source puts it.")

    @property
    def who_answers(self) -> tuple[str, ...]:
        """Who answers for the whole of it: its accountable bodies and its owner, without placeholders.

        Who is named for a part of it, such as an action, answers for that part alone; who leads the work need not
        answer for it.
        """
        return filled(*self.accountable, self.owner)


class Ambition(Objective):
    """The top grouping. It may have objectives, or be one: it counts as one when it has no children."""

    objectives: tuple[Objective, ...] = many("Its objectives.")
    says: Count | None = Field(default=None, description="How many objectives the text says it has.")


class Enabler(Objective):
    """A workstream that serves several ambitions, in the shape of an objective."""


class AmbitionsIntro(Model):
    """What stands before the ambitions, the objectives or the enablers."""

    label: Text | None = optional("Number as printed.")
    title: Text | None = optional("Heading as printed.")
    text: Prose | None = optional("What it says.")
    says: Count | None = optional("How many the text says there are.")
    says_objectives: Count | None = optional("How many objectives the text says there are in all.")
    points: tuple[PointEntry, ...] = many("Points under it.")
