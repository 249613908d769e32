"""The document itself: what it is, for whom, when, by whom, and who answers for it."""

from pcstrat.model.base import (
    CommitmentCode,
    Id,
    Model,
    OdsCode,
    PersonRef,
    PlanRef,
    Prose,
    SourceRef,
    Text,
    When,
    many,
    optional,
    required,
)
from pcstrat.model.points import PointEntry
from pcstrat.model.vocabulary import DocumentKind, DocumentStatus, MessageKind, Pillar, PlaceKind, Theme


class Restatement(Model):
    """Who restated the document, when it is not the ICB that publishes."""

    publisher: Text = required("Who restates it.")
    date: When | None = optional("When it was restated.")
    note: Prose | None = optional("What was done to it.")


class OutOfScope(Model):
    """What the document says, or shows, that it does not cover."""

    what: Prose = required("What is not covered.")
    why: Prose = required("Why.")
    commitments: tuple[CommitmentCode, ...] = many("National commitments that are out of scope for this document.")
    themes: tuple[Theme, ...] = many("Themes that are out of scope.")
    pillars: tuple[Pillar, ...] = many("Parts of primary care that are out of scope.")


class Feedback(Model):
    """How to comment on the document."""

    text: Prose | None = optional("What is asked for.")
    contact: Text | None = optional("Where to send comments.")
    closes: When | None = optional("Until when.")


class BoardDetails(Model):
    """What a board needs to see beside the plan (NHS Act 2006, sections 14Z52 to 14Z54, and good practice)."""

    health_and_wellbeing_board_opinion: Prose | None = optional("The opinion of each health and wellbeing board.")
    equality_impact_assessment: Prose | None = optional("Whether one was made, and what it found.")
    quality_impact_assessment: Prose | None = optional("Whether one was made, and what it found.")
    consultation: Prose | None = optional("Who was consulted, and when.")
    approvals: tuple[PointEntry, ...] = many("Boards that approved it, with dates.")


class Document(Model):
    """Title page and document control."""

    title: Text = required("Title as printed.")
    subtitle: Text | None = optional("Subtitle as printed.")
    strapline: Text | None = optional("Motto as printed.")
    kind: DocumentKind = required("What sort of document it is.")
    part_of: Text | None = optional("The larger document it belongs to.")
    status: DocumentStatus | None = optional("Draft, final or superseded.")
    status_wording: Text | None = optional("How the document puts its status.")
    version: Text | None = optional("Version as printed.")
    published: When | None = optional("When it was published.")
    approved: When | None = optional("When the board approved it.")
    review: When | None = optional("When it will be reviewed.")
    period: When | None = optional("The period the plan covers.")
    scope: tuple[Pillar, ...] = many("Parts of primary care it covers.")
    audience: tuple[PointEntry, ...] = many("Who it is written for.")
    prepared_for: tuple[Text, ...] = many("The bodies it was prepared for, in every published form of the name.")
    purpose: Prose | None = optional("What the document is for, in one or two sentences.")
    owner: Text | None = optional("Who owns the document.")
    lead: tuple[PersonRef, ...] = many("People who lead it.")
    contact: Text | None = optional("How to reach whoever answers for it.")
    comment_on: Feedback | None = optional("How to comment.")
    out_of_scope: tuple[OutOfScope, ...] = many("What it does not cover, with reasons.")
    board: BoardDetails | None = optional("Details for boards.")
    original_url: Text | None = optional("Where the ICB's own document stands.")
    restated_by: Restatement | None = optional("Who restated it, when the publisher is not the ICB.")
    inherits: tuple[OdsCode, ...] = many("ODS codes of ICBs whose plans this one continues.")
    previous: tuple[PlanRef, ...] = many("Ids of the plans that this one replaces.")
    note: Prose | None = optional("A remark, such as: the document has no title page.")


class Person(Model):
    """Somebody the document names."""

    id: Id = required("Permanent name, used where the plan refers to the person.")
    name: Text = required("Name as printed.")
    role: Text | None = optional("Role as printed.")
    organisation: Text | None = optional("Organisation as printed.")


class Message(Model):
    """A foreword or closing letter, reported in our words."""

    id: Id | None = optional("Permanent name.")
    kind: MessageKind = required("Foreword or closing.")
    title: Text | None = optional("Heading as printed.")
    by: tuple[PersonRef, ...] = many("Who signed it.")
    text: Prose | None = optional("What it says.")
    points: tuple[PointEntry, ...] = many("What it says, point by point.")


class Quote(Model):
    """What somebody said, reported in our words and without quotation marks."""

    id: Id | None = optional("Permanent name.")
    who: Text | None = optional("Who said it.")
    person: PersonRef | None = optional("The person who said it, when the plan names them.")
    about: Text = required("What it is about.")
    says: Prose = required("What was said, in our words.")
    source: SourceRef | None = optional("The document it comes from.")


class Place(Model):
    """An area inside the ICB's that the plan names."""

    id: Id = required("Permanent name.")
    name: Text = required("Name as printed.")
    kind: PlaceKind | None = optional("What sort of area it is.")
    also_called: tuple[Text, ...] = many("Other names the document uses.")
    text: Prose | None = optional("What the plan says of the place as a whole.")
    note: Prose | None = optional("A remark, such as: what sort of area it is stands in no line of the source.")


class LeftOut(Model):
    """Something of the source that is deliberately not encoded."""

    what: Prose = required("What is left out.")
    why: Prose = required("Why.")


class Term(Model):
    """An abbreviation or term and what it stands for."""

    term: Text = required("The term as printed.")
    means: Text | None = optional("What the document says it stands for; absent when it never does.")
    also: tuple[Text, ...] = many("Other spellings in the document.")
    note: Prose | None = optional("A remark, such as: used, but never explained.")
