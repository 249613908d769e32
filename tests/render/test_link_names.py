"""Links that lead apart are called apart, whatever the plans call their items."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pcstrat.load import Loaded
from pcstrat.model.plan import Plan
from pcstrat.publish.inspect_page import inspect_page
from pcstrat.registry import Registry
from pcstrat.render import words
from pcstrat.render.environment import Templates
from pcstrat.render.plan_page import Particulars, plan_page
from pcstrat.render.site import Listed, ListedFile, site_page

ALIKE = """\
pcstrat: 1
id: alike
icb: QMM
document:
  title: A plan that repeats itself
  kind: briefing
ambitions:
  - id: one
    title: Do one thing
    milestones:
      - id: first
        text: Agree the plan.
        when: by March 2027
      - id: second
        text: Agree the plan.
        when: by March 2028
      - id: third
        text: Agree the plan.
        when: by March 2028
  - id: two
    title: Do another
    depends_on: [first, second, third]
"""


def problems(html: str) -> list[str]:
    return [problem.message for problem in inspect_page(html).problems]


def test_items_that_say_the_same_have_links_of_their_own(
    load: Callable[..., Loaded], html_of: Callable[..., str]
) -> None:
    plan = load(ALIKE).plan
    assert isinstance(plan, Plan)
    html = html_of(plan)
    assert problems(html) == []
    assert 'aria-label="Agree the plan., By March 2027, Do one thing"' in html


AIMS_ALIKE = """\
pcstrat: 1
id: alike
icb: QMM
document: {title: A plan that repeats itself, kind: briefing}
ambitions:
  - id: access
    title: Access
    measures: [{text: Calls answered, pillars: [dentistry]}]
    objectives:
      - {id: o1, title: Calls, pillars: [dentistry], actions: [Call.], strands: [title: Staff]}
      - {id: o2, title: Calls, actions: [Call.], measures: [Calls answered], risks: [Money runs out.]}
  - id: staff
    title: Staff
    measures: [{text: Calls answered, pillars: [optometry]}]
    objectives:
      - {id: o3, title: Calls, pillars: [optometry], actions: [Call.], strands: [title: Staff]}
"""


def test_aims_that_are_called_the_same_have_links_of_their_own(
    load: Callable[..., Loaded], html_of: Callable[..., str]
) -> None:
    plan = load(AIMS_ALIKE).plan
    assert isinstance(plan, Plan)
    html = html_of(plan)
    assert problems(html) == []
    assert '<a href="#o3" aria-label="Calls, Staff">Calls</a>' in html
    assert 'aria-label="Link to What we will do, Calls, Access"' in html
    assert 'aria-label="Link to What we will do, Calls, Access (2)"' in html
    assert 'aria-label="Link to What we will do, Calls, Staff"' in html
    assert '<a href="#staff">Calls answered (Staff)</a>' in html


TITLES_ALIKE = """\
pcstrat: 1
id: alike
icb: QMM
document: {title: A plan that repeats itself, kind: briefing}
ambitions:
  - {id: one, label: LABEL_1, title: Better access, pillars: [dentistry]}
  - {id: two, label: LABEL_2, title: Better access, pillars: [optometry], strands: [{title: Staff}, {title: Staff}]}
  - id: three
    title: Money
    objectives:
      - {id: o1, title: better access, pillars: [dentistry]}
enablers:
  - {id: four, title: Better access, actions: [Open a clinic.]}
"""


@pytest.mark.parametrize(
    ("labels", "on_card", "next_to_it"),
    [
        (("", ""), 'aria-label="Better access (2)">Better access', "Better access (2)"),
        (("1", "2"), ">2 Better access", "2 Better access"),
        (
            ("Ambition 1", "Ambition 2"),
            'aria-label="Ambition 2: Better access">Better access',
            "Ambition 2: Better access",
        ),
    ],
)
def test_ambitions_of_one_title_have_links_of_their_own(
    load: Callable[..., Loaded],
    html_of: Callable[..., str],
    labels: tuple[str, str],
    on_card: str,
    next_to_it: str,
) -> None:
    text = TITLES_ALIKE
    for number, label in enumerate(labels, 1):
        text = text.replace(f"label: LABEL_{number}, ", f'label: "{label}", ' if label else "")
    plan = load(text).plan
    assert isinstance(plan, Plan)
    html = html_of(plan)
    assert problems(html) == []
    cards = html[html.index('<ul class="cards') :]
    assert f'<a href="#two" {on_card}</a>'.replace('" >', '">') in cards
    assert f'<a class="neighbours__link" rel="next" href="#two">Next: {next_to_it}</a>' in html


NAMES = st.sampled_from(["Care", "care", "Care (2)", "Staff", *words.SECTIONS.values(), *words.SERVICES.values()])


def _ambition(aim_id: str, title: str, label: str, below: list[str]) -> dict[str, Any]:
    """An ambition with objectives, milestones and measures of these names, and links to the web with the same words."""
    named = list(enumerate(below))
    return {
        "id": aim_id,
        "title": title,
        "text": ", ".join(f"[{name}](https://example.org/{name.casefold().replace(' ', '-')})" for name in below)
        or "x",
        **({"label": label} if label else {}),
        "pillars": ["dentistry"],
        "milestones": [{"id": f"{aim_id}-m{n}", "text": name, "when": "by March 2027"} for n, name in named],
        "measures": [{"id": f"{aim_id}-k{n}", "text": name} for n, name in named],
        "objectives": [{"id": f"{aim_id}-o{n}", "title": name} for n, name in named],
    }


@settings(max_examples=25)
@given(
    aims=st.lists(
        st.tuples(NAMES, st.sampled_from(["", "1", "2", "Goal 1"]), st.lists(NAMES, max_size=2)), min_size=2, max_size=4
    )
)
def test_whatever_aims_are_called_no_two_links_of_one_name_lead_apart(
    registry: Registry, templates: Templates, aims: list[tuple[str, str, list[str]]]
) -> None:
    ambitions = [_ambition(f"a{number}", *aim) for number, aim in enumerate(aims)]
    plan = Plan.model_validate(
        {
            "pcstrat": 1,
            "id": "alike",
            "icb": "QMM",
            "document": {"title": "A plan", "kind": "briefing"},
            "ambitions": ambitions,
        }
    )
    page = plan_page(plan, registry, Particulars(as_of=dt.date(2026, 11, 21)))
    assert problems(templates.render("documents/plan.html.j2", page=page)) == []


def test_a_link_in_a_text_keeps_its_words_and_that_to_a_section_gets_a_number(
    load: Callable[..., Loaded], html_of: Callable[..., str]
) -> None:
    text = TITLES_ALIKE.replace(
        "title: Money\n", 'title: Money\n    text: "[at a glance](https://example.org/glance)"\n'
    )
    plan = load(text.replace(", label: LABEL_1", "").replace(", label: LABEL_2", "")).plan
    assert isinstance(plan, Plan)
    html = html_of(plan)
    assert problems(html) == []
    assert '<a href="https://example.org/glance">at a glance</a>' in html
    assert '<a href="#part--glance" aria-label="At a glance (2)">At a glance</a>' in html


def listed(plan_id: str, title: str, short_name: str) -> Listed:
    icb: dict[str, Any] = {"name": f"NHS {short_name} Integrated Care Board", "short_name": short_name}
    return Listed(
        plan_id=plan_id,
        data={"icb": icb, "plan": {"id": plan_id, "document": {"title": title, "kind": "briefing"}}},
        files={"html": ListedFile(href=f"{plan_id}/index.html", size=1)},
    )


def test_the_index_says_what_a_plan_is_for_else_what_it_hopes_for(templates: Templates) -> None:
    hopeful, silent = listed("a", "One", "Kent"), listed("b", "Two", "Devon")
    hopeful.data["plan"]["vision"] = {"statement": "Care near home."}  # type: ignore[index]
    html = templates.render("documents/index.html.j2", page=site_page([hopeful, silent], as_of=dt.date(2026, 11, 21)))
    assert problems(html) == []
    assert html.count("Care near home.") == 1


def test_plans_that_are_called_the_same_have_links_of_their_own(templates: Templates) -> None:
    plans = [
        listed("a", "Joint forward plan", "Kent"),
        listed("b", "Joint forward plan", "Kent"),
        listed("c", "Primary care plan", "Kent"),
        listed("d", "Joint forward plan", "Devon"),
    ]
    html = templates.render("documents/index.html.j2", page=site_page(plans, as_of=dt.date(2026, 11, 21)))
    assert problems(html) == []
    assert "Devon: read the plan" in html
    assert "Kent, Primary care plan: read the plan" in html
    assert "Kent, Joint forward plan (a): read the plan" in html
