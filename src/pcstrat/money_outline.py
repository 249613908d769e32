"""Turns the tables of money in a plan into its amounts, and says what holds for each line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from pcstrat.model.aims import Objective, Strand
from pcstrat.model.funding import FundingAmount, FundingLine, FundingTable
from pcstrat.model.money import Money
from pcstrat.model.plan import Plan
from pcstrat.model.times import Time
from pcstrat.model.vocabulary import FundingCommitment, Recurrence
from pcstrat.outline import placed_parts


def commitment_of(line: FundingLine, table: FundingTable) -> FundingCommitment:
    """Whether the money of a line is promised: as the line says, else its table."""
    return line.commitment or table.commitment


def funded_year(line: FundingLine, table: FundingTable) -> Time | None:
    """The year or years that the money of a line is for: as the line says, else its table."""
    return line.year or table.year


def recurrence_of(line: FundingLine, table: FundingTable) -> Recurrence | None:
    """Whether the money of a line comes every year: as the line says, else its table."""
    return line.recurrence or table.recurrence


def fund_of(line: FundingLine, table: FundingTable) -> str | None:
    """The fund that the money of a line comes from: as the line says, else its table."""
    return line.fund or table.fund


class NamedAmount(NamedTuple):
    """One amount with the line and table it stands in; what the line leaves open, the table says.

    `is_given_up` says that its line was given up, or something around it.
    """

    table: FundingTable
    line: FundingLine
    amount: FundingAmount
    is_given_up: bool

    @property
    def commitment(self) -> FundingCommitment:
        """Whether the money is promised."""
        return commitment_of(self.line, self.table)

    @property
    def money(self) -> Money:
        """The amount itself."""
        return self.amount.amount

    @property
    def year(self) -> Time | None:
        """The year or years that it is for."""
        return funded_year(self.line, self.table)

    @property
    def recurrence(self) -> Recurrence | None:
        """Whether it comes every year."""
        return recurrence_of(self.line, self.table)


def placed_tables(plan: Plan) -> Iterator[tuple[FundingTable, bool]]:
    """Every funding table of a plan, wherever it stands, and whether it was given up, or an aim around it."""
    yield from ((table, table.retired is not None) for table in plan.funding)
    for _, part, is_given_up in placed_parts(plan):
        for table in part.funding if isinstance(part, Objective) else ():
            yield table, is_given_up or table.retired is not None


def amounts_in_plan(plan: Plan) -> tuple[NamedAmount, ...]:
    """Every amount of a plan, also those that were given up, which are part of no sum."""
    placed = ((table, line, over) for table, over in placed_tables(plan) for line in table.lines)
    return tuple(named for table, line, over in placed for named in amounts_in_line(table, line, is_given_up=over))


def amounts_in_line(table: FundingTable, line: FundingLine, *, is_given_up: bool = False) -> tuple[NamedAmount, ...]:
    """Every amount of one line of a table. `is_given_up` says that something around the table was."""
    over = is_given_up or table.retired is not None or line.retired is not None
    return tuple(NamedAmount(table, line, amount, over) for amount in line.amounts)


def paid_for(plan: Plan) -> frozenset[str]:
    """The ids of what a line of money says that it pays for, without the money that was given up."""
    lines = (line for table, over in placed_tables(plan) if not over for line in table.lines)
    return frozenset(item_id for line in lines if line.retired is None for item_id in line.serves)


def speaks_of_money(part: Objective | Strand) -> bool:
    """Whether a part names money that was not given up, in words or in a table."""
    tables = part.funding if isinstance(part, Objective) else ()
    standing = (table for table in tables if table.retired is None)
    return any(point.retired is None for point in part.funding_statement) or any(
        not table.lines or any(line.retired is None for line in table.lines) for table in standing
    )
