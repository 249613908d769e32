"""One ICB's plan: the whole of one file."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from pcstrat.model.aims import Ambition, AmbitionsIntro, Enabler, Labels, RiskEntry
from pcstrat.model.base import Id, Model, OdsCode, Text, many, optional, required
from pcstrat.model.delivery import CaseStudy, Delivery, Waiver
from pcstrat.model.document import Document, LeftOut, Message, Person, Place, Quote, Term
from pcstrat.model.evidence import Context, Evidence, Figure, Source
from pcstrat.model.funding import FundingTable, StatedTotal
from pcstrat.model.points import BenefitEntry, OutcomeEntry, PointEntry, Section, text_alone
from pcstrat.model.vision import AlignmentEntry, Engagement, Vision

FORMAT_VERSION = 1
"""The version of the plan file that this pcstrat writes and reads without upgrading."""


class Plan(Model):
    """One ICB's strategy document."""

    pcstrat: Literal[1, "1"] = Field(description="Version of the format, always the first key: `pcstrat: 1`.")
    id: Id = required("Name of the plan, the same as the file's: `strategies/<id>.yaml`.")
    icb: OdsCode = required("ODS code of the ICB, such as `QMM`.")
    system_name: Text | None = optional("What the ICB calls its system, as printed.")
    language: Literal["en-GB", "cy-GB"] = Field(default="en-GB", description="Language of the plan.")
    document: Document = required("Title page and document control.")
    labels: Labels | None = optional("The plan's own headings for common parts.")
    sources: tuple[Source, ...] = many("Documents that facts of the plan come from.")
    people: tuple[Person, ...] = many("People the document names.")
    places: tuple[Place, ...] = many("Areas inside the ICB's that the document names.")
    messages: tuple[Message, ...] = many("Forewords and closing letters, reported.")
    quotes: tuple[Quote, ...] = many("What people said, reported.")
    context: tuple[Annotated[Context, BeforeValidator(text_alone)], ...] = many(
        "The area, and why the plan was written."
    )
    requirements: tuple[Section, ...] = many("What the strategy has to do or be, as lists with headings.")
    figures: tuple[Figure, ...] = many("Counts about the area.")
    strengths: Evidence | None = optional("What is good today.")
    challenges: Evidence | None = optional("What has to change.")
    vision: Vision | None = optional("Where the plan wants to get to.")
    engagement: Engagement | None = optional("Who was asked, and what they said.")
    alignment_intro: Section | None = optional("What stands before the documents it fits with.")
    alignment: tuple[AlignmentEntry, ...] = many("Other documents that the plan fits with or answers.")
    ambitions_intro: AmbitionsIntro | None = optional("What stands before the ambitions.")
    ambitions: tuple[Ambition, ...] = required("What the plan sets out to achieve.")
    enablers_intro: AmbitionsIntro | None = optional("What stands before the enablers.")
    enablers: tuple[Enabler, ...] = many("Workstreams that serve several ambitions.")
    funding: tuple[FundingTable, ...] = many("Tables of money of the whole plan.")
    funding_statement: tuple[PointEntry, ...] = many("What is said of money without an amount.")
    totals: tuple[StatedTotal, ...] = many("Totals that the document itself states.")
    outcomes: tuple[OutcomeEntry, ...] = many("What will be different because of the whole plan.")
    benefits: tuple[BenefitEntry, ...] = many("What the whole plan brings.")
    risks_intro: Section | None = optional("What stands before the risks.")
    risks: tuple[RiskEntry, ...] = many("What may go wrong with the whole plan.")
    delivery: Delivery | None = optional("How the plan will be carried out.")
    case_studies: tuple[CaseStudy, ...] = many("Stories the document tells as examples.")
    glossary: tuple[Term, ...] = many("Abbreviations and terms.")
    left_out: tuple[LeftOut, ...] = many("What of the source is deliberately not encoded, and why.")
    waivers: tuple[Waiver, ...] = many("Findings that the ICB knows of and accepts.")
