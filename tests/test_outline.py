"""The outline of a plan: what a line of money says counts before what its table says."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pcstrat.model.funding import FundingLine, FundingTable
from pcstrat.model.times import Time
from pcstrat.money_outline import commitment_of, fund_of, funded_year, recurrence_of

TABLE = {
    "title": "Money",
    "commitment": "committed",
    "fund": "Estates fund",
    "recurrence": "recurrent",
    "year": "2026/27",
}
OWN = {"commitment": "proposed", "fund": "Digital fund", "recurrence": "non-recurrent", "year": "2027/28"}


@pytest.mark.parametrize(
    ("ask", "field"),
    [(commitment_of, "commitment"), (fund_of, "fund"), (recurrence_of, "recurrence"), (funded_year, "year")],
)
def test_a_line_counts_before_its_table(ask: Callable[[FundingLine, FundingTable], object], field: str) -> None:
    table = FundingTable.model_validate(TABLE)
    said = [ask(FundingLine.model_validate({"title": "Vans"} | own), table) for own in ({}, {field: OWN[field]})]
    assert [each.published if isinstance(each, Time) else each for each in said] == [TABLE[field], OWN[field]]
