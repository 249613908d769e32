"""Document control says whose plans a plan continues in words that readers know."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from pcstrat.load import Loaded
from pcstrat.registry import Registry
from pcstrat.render.environment import Templates
from pcstrat.render.plan_page import Particulars, plan_page


def test_the_boards_whose_plans_it_continues_have_their_names(
    load: Callable[..., Loaded], minimal_text: Callable[..., str], registry: Registry
) -> None:
    text = minimal_text().replace("  kind: briefing\n", "  kind: briefing\n  inherits: [QU9, QNQ]\n")
    plan = load(text).plan
    assert plan
    page = plan_page(plan, registry, Particulars(as_of=dt.date(2026, 11, 21)))
    html = Templates(None).render("documents/plan.html.j2", page=page)
    names = [board.name for code in ("QU9", "QNQ") if (board := registry.icb(code))]
    assert f"{names[0]} and {names[1]}" in html
    assert "QNQ" not in html
