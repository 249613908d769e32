"""What tests of the diff share: a plan with one of everything that can slip, and changed copies of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import folders
from pcstrat.diff._strength import Strengths
from pcstrat.diff.significance import shipped_significances
from pcstrat.load import load_plan
from pcstrat.model.plan import Plan
from pcstrat.registry import Registry

PLAN = """\
pcstrat: 1
id: kent
icb: QKS
document:
  title: Primary care plan
  kind: delivery plan
  version: v1
  published: April 2025
ambitions:
  - id: access
    label: Priority 1
    title: Same-day care
    text: People who need care today get it today, near to where they live.
    owner: Chief medical officer
    partners: [Kent County Council, Medway Council]
    themes: [access, workforce]
    commitments: [PCA-APP]
    depends_on: [staff]
    actions:
      - id: hubs
        text: Open an urgent care hub in every place.
        when: by September 2026
        status: planned
      - id: phones
        text: Give every practice cloud telephony.
        owner: Digital team
    timeline:
      - label: Year 1
        when: 2025/26
        milestones:
          - text: First hub opens.
          - id: second-hub
            text: Second hub opens.
      - label: Year 2
        when: 2026/27
        milestones:
          - text: All hubs are open.
            when: March 2027
          - text: Opening hours are longer.
            when: {published: March 2026/27}
    measures:
      - id: seen-today
        text: More people are seen on the day.
        baseline: 60%
        target: {value: 80%, when: March 2027}
        direction: up
        splits: [deprivation]
      - id: waits
        text: Waits are shorter.
        target: 14 days
        direction: down
  - id: staff
    label: Priority 2
    title: Enough staff
    milestones:
      - id: training
        text: Train 40 pharmacists.
        when: April 2026 to September 2026
      - id: review
        text: Review the training.
        when: monthly
funding:
  - id: investment
    title: Investment
    commitment: committed
    lines:
      - id: hub-money
        title: Urgent care hubs
        amounts: [£9.6m]
        serves: [access]
      - id: phone-money
        title: Telephony
        amounts: [£2m (TBC)]
  - id: bids
    title: Bids
    commitment: proposed
    lines:
      - title: Estates
        amounts: [TBC]
risks:
  - id: builders
    text: Builders may be hard to find.
    mitigation: Book them early.
glossary:
  - term: PCN
    means: Primary care network
"""


@pytest.fixture(scope="session")
def text() -> str:
    return PLAN


@pytest.fixture(scope="session")
def strengths() -> Strengths:
    return shipped_significances().strengths


@pytest.fixture(scope="session")
def plan_of(registry: Registry) -> Callable[[str], Plan]:
    def read(content: str) -> Plan:
        loaded = load_plan(content.encode(), "kent.yaml", registry)
        assert loaded.plan is not None, loaded.findings
        return loaded.plan

    return read


@pytest.fixture(scope="session")
def base(plan_of: Callable[[str], Plan]) -> Plan:
    return plan_of(PLAN)


@pytest.fixture
def git() -> Callable[..., str]:
    return folders.git
