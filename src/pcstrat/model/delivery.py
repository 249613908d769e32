"""How the plan will be carried out: principles, governance, phases, monitoring, next steps, case studies."""

from pcstrat.model.base import Id, Model, PersonRef, PlaceRef, Prose, Ref, Text, When, many, optional, required
from pcstrat.model.points import ActionEntry, Lineage, PointEntry, PointList
from pcstrat.model.vocabulary import BodyRole, BodyStatus, Pillar


class Body(Model):
    """A body or team and what it does."""

    id: Id | None = optional("Permanent name.")
    name: Text = required("Name as printed.")
    role: BodyRole | None = optional("Its role.")
    text: Prose | None = optional("What it does, or for what.")
    status: BodyStatus | None = optional("Whether it exists yet.")
    members: tuple[PointEntry, ...] = many("Who belongs to it.")
    points: tuple[PointEntry, ...] = many("What else is said of it.")


class GovernanceLevel(Model):
    """A level at which delivery is governed."""

    id: Id | None = optional("Permanent name.")
    title: Text = required("Heading as printed.")
    text: Prose | None = optional("What is said of the level.")
    bodies: tuple[Body, ...] = many("Bodies at this level.")
    points: tuple[PointEntry, ...] = many("What else is said.")


class Phase(Lineage):
    """A phase of delivery."""

    title: Text = required("Title as printed.")
    text: Prose | None = optional("What happens in it.")
    when: When | None = optional("When.")
    points: tuple[PointEntry, ...] = many("Points under it.")


class Delivery(Model):
    """How the plan will be carried out."""

    label: Text | None = optional("Number as printed.")
    title: Text | None = optional("Heading as printed.")
    text: Prose | None = optional("What is said of it.")
    points: tuple[PointEntry, ...] = many("Points under it.")
    principles: PointList | None = optional("Principles that delivery rests on.")
    levels_title: Text | None = optional("Heading over the levels, as printed.")
    levels_intro: Prose | None = optional("What stands before the levels.")
    levels: tuple[GovernanceLevel, ...] = many("Levels of governance.")
    phases: tuple[Phase, ...] = many("Phases.")
    monitoring: PointList | None = optional("How progress will be watched.")
    next_steps: tuple[ActionEntry, ...] = many("What comes next.")
    recommendations: PointList | None = optional("What the reader is asked to decide or note.")


class CaseStudy(Lineage):
    """A story the document tells as an example."""

    id: Id = required("Permanent name.")
    label: Text | None = optional("Heading as printed.")
    title: Text = required("Title.")
    organisation: Text | None = optional("The organisation it is about.")
    people: tuple[PersonRef, ...] = many("People in it.")
    place: PlaceRef | None = optional("Where it happens.")
    text: Prose | None = optional("What happened, in our words.")
    points: tuple[PointEntry, ...] = many("What happened, point by point.")
    learning: tuple[PointEntry, ...] = many("What was learned or said, in our words.")
    link_text: Text | None = optional("Words of the link as printed, where it points to film or further reading.")
    url: Text | None = optional("Its address, where the plan gives one.")
    pillars: tuple[Pillar, ...] = many("Parts of primary care it is about.")
    about: tuple[Ref, ...] = many("Ids of the items it shows.")
    note: Prose | None = optional("A remark, such as: it is not about primary care.")


class Waiver(Model):
    """A finding the ICB knows of and accepts, with the reason."""

    rule: Text = required("Code of the rule.")
    path: Text | None = optional("Where in the plan; the whole plan when absent.")
    reason: Prose = required("Why it is accepted.")
    owner: Text = required("Who accepted it.")
    until: When = required("Until when.")
