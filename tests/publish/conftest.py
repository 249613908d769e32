"""A page and its PDF, made once for all tests of publishing."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from pcstrat.load import load_plan
from pcstrat.publish.pdf import make_pdf
from pcstrat.registry import load_registry
from pcstrat.render.environment import Templates
from pcstrat.render.plan_page import Particulars, plan_page

SMALL_PLAN = Path(__file__).parents[1] / "data" / "small-plan.yaml"


@pytest.fixture(scope="session")
def page() -> str:
    """The page of a small plan that has every sort of block."""
    registry = load_registry(None)
    plan = load_plan(SMALL_PLAN.read_bytes(), SMALL_PLAN.name, registry).plan
    assert plan is not None
    view = plan_page(plan, registry, Particulars(as_of=dt.date(2026, 11, 21)))
    return Templates().render("documents/plan.html.j2", page=view)


@pytest.fixture(scope="session")
def pdf(page: str) -> bytes:
    """Its PDF."""
    return make_pdf(page)
