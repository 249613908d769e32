"""The money named in a plan: tables as printed, lines, amounts, and what is said without an amount."""

from typing import Annotated

from pydantic import BeforeValidator

from pcstrat.model.base import Amount, CommitmentCode, Model, Prose, Ref, Text, When, many, optional, required
from pcstrat.model.points import Lineage, OutcomeEntry, PointEntry
from pcstrat.model.vocabulary import FundingCommitment, Pillar, Recurrence, Theme


class FundingAmount(Model):
    """One amount of a line, and the part of the line it is for."""

    amount: Amount = required("The amount as published: `£1.3m`, `£2m (TBC)`, `TBC`.")
    what: Prose | None = optional("What this amount is for, where a line has several.")
    ring_fenced: Text | None = optional("What it is ring-fenced to, as published.")
    note: Prose | None = optional("Words printed beside the amount.")


AmountEntry = Annotated[
    FundingAmount, BeforeValidator(lambda value: {"amount": value} if isinstance(value, str) else value)
]


class FundingLine(Lineage):
    """One line of a funding table."""

    title: Text = required("What the money is for, as printed.")
    text: Prose | None = optional("What else the line says.")
    parts: tuple[PointEntry, ...] = many("What the line covers, item by item.")
    amounts: tuple[AmountEntry, ...] = many("The amounts; none when the plan states none.")
    additional_to: Prose | None = optional("What the amount comes on top of.")
    excludes: Prose | None = optional("What the amount does not include.")
    fund: Text | None = optional("The fund it comes from.")
    recurrence: Recurrence | None = optional("Whether it comes every year.")
    lasts: When | None = optional("How long it lasts.")
    year: When | None = optional("The year or years it is for.")
    commitment: FundingCommitment | None = optional("Set when it differs from the table's.")
    outcomes: tuple[OutcomeEntry, ...] = many("What the money will bring.")
    serves: tuple[Ref, ...] = many(
        "Ids of the ambitions, objectives, enablers or actions it pays for (our classification)."
    )
    owner: Text | None = optional("Who answers for it.")
    pillars: tuple[Pillar, ...] = many("Parts of primary care it is about.")
    themes: tuple[Theme, ...] = many("Themes it is about.")
    commitments: tuple[CommitmentCode, ...] = many("National commitments it answers.")
    note: Prose | None = optional("A remark on how the source puts it.")


class FundingTable(Lineage):
    """A table of money as printed."""

    title: Text = required("Title as printed.")
    commitment: FundingCommitment = required("Whether the money is promised.")
    commitment_wording: Text | None = optional("How the document puts it.")
    columns: tuple[Text, ...] = many("Column headings as printed.")
    basis: Text | None = optional("The basis printed with the amounts, such as `FYE`.")
    year: When | None = optional("The year or years the table is for.")
    fund: Text | None = optional("The fund the money comes from.")
    recurrence: Recurrence | None = optional("Whether it comes every year.")
    text: Prose | None = optional("What is said of the table.")
    lines: tuple[FundingLine, ...] = many("The lines. A row with their total stands under `totals`.")
    note: Prose | None = optional("A remark on how the source puts it.")


class StatedTotal(Model):
    """A total that the document itself states."""

    amount: Amount = required("The total as published.")
    what: Prose = required("What it is the total of.")
    of: tuple[Ref, ...] = many(
        "Ids of the tables or lines it sums. A total of anything else has none: it is printed, not checked."
    )
