"""A run with everything in it: findings, many alike, something since, something waived, a broken file, a crash."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pcstrat.check import check_plan
from pcstrat.commands.outcome import lines_of_result
from pcstrat.diagnostics import Severity
from pcstrat.load import load_plan
from pcstrat.registry import Registry
from pcstrat.review import CheckResult, Review
from pcstrat.rules import Hit, Related, Rule, Subject, rule
from pcstrat.rules.engine import RULES as ENGINE

AS_OF = dt.date(2027, 6, 1)
HOSTILE = Path(__file__).parents[1] / "hostile" / "plan.yaml"

PLAN = """\
pcstrat: 1
id: larkshire
icb: QOC
document:
  title: A plan for Larkshire
  kind: primary care strategy
ambitions:
  - id: alpha
    title: Boats for all
    owner: Harbour Team
    actions:
      - Buy a boat
      - Sell a boat
      - Paint a boat
  - id: beta
    title: Fewer storms
    actions:
      - Ask the weather
waivers:
  - rule: Q02
    path: beta
    reason: The weather is not ours.
    owner: The board
    until: March 2028
"""


def made(code: str, check: Callable[[Subject], Iterator[Hit]], **options: Any) -> Rule:
    words: dict[str, Any] = {"title": f"Title of {code}", "before": "", "after": ""}
    words |= {"why": "Because of the law. And more.", "remedy": f"Mend {code}."}
    severity = options.pop("severity", Severity.WARNING)
    return rule(code, f"rule-{code.lower()}", severity=severity, **words, **options)(check)


def _titles(_subject: Subject) -> Iterator[Hit]:
    related = Related(("ambitions", 1, "title"), "The storms stand here.")
    yield Hit(path=("ambitions", 0, "title"), message="“Boats for all” is too many.", related=(related,))


def _aims(subject: Subject) -> Iterator[Hit]:
    for aim in subject.aims:
        yield Hit(path=aim.path, message=f"“{aim.name}” is an aim.")


def _actions(subject: Subject) -> Iterator[Hit]:
    for aim in subject.aims:
        for index, _ in enumerate(aim.aim.actions):
            yield Hit(path=(*aim.path, "actions", index), message=f"Action {index + 1} is short.")


def _closed(_subject: Subject) -> Iterator[Hit]:
    yield Hit(path=("icb",), message="The board has closed.")


def _fails(_subject: Subject) -> Iterator[Hit]:
    raise ZeroDivisionError
    yield


QUIET = made("Q09", lambda _subject: iter(()))
RULES = (
    made("Q01", _titles),
    made("Q02", _aims, severity=Severity.ADVICE),
    made("Q03", _actions),
    made("Q04", _closed, severity=Severity.ADVICE, since=True),
    *ENGINE,
)


@pytest.fixture
def reviewed(registry: Registry) -> Callable[..., Review]:
    """Check texts of plans with rules for these tests."""

    def review(*texts: str | bytes, rules: tuple[Rule, ...] = RULES) -> Review:
        results: list[CheckResult] = []
        lines: dict[tuple[str, int], str] = {}
        for number, text in enumerate(texts, 1):
            content = text if isinstance(text, bytes) else text.encode()
            loaded = load_plan(content, f"strategies/plan-{number}.yaml", registry)
            result = check_plan(loaded, registry, AS_OF, rules=rules)
            results.append(result)
            lines |= lines_of_result(loaded, result)
        return Review(results=tuple(results), as_of=AS_OF, lines=lines)

    return review


@pytest.fixture
def whole(reviewed: Callable[..., Review]) -> Review:
    """A plan with findings of every sort, and a file that is no plan."""
    broken = PLAN.split("waivers:", maxsplit=1)[0].replace("larkshire", "brokenshire")
    return reviewed(PLAN, f"{broken}languag: cy\n")


@pytest.fixture
def clean(reviewed: Callable[..., Review]) -> Review:
    """Two plans without findings."""
    text = PLAN.split("waivers:", maxsplit=1)[0]
    return reviewed(text, text.replace("larkshire", "kent"), rules=(QUIET, *ENGINE))


@pytest.fixture
def crashed(reviewed: Callable[..., Review]) -> Review:
    """A plan on which a rule failed."""
    return reviewed(PLAN.split("waivers:", maxsplit=1)[0], rules=(made("Q08", _fails), *ENGINE))


@pytest.fixture
def hostile(reviewed: Callable[..., Review]) -> Review:
    """The hostile plan, with a finding at everything it says."""

    def everything(subject: Subject) -> Iterator[Hit]:
        for leaf in subject.texts:
            yield Hit(path=leaf.path, message=leaf.text, remedy=leaf.text)

    def first(subject: Subject) -> Iterator[Hit]:
        yield from list(everything(subject))[:1]

    single = [made(f"H{number:02}", _nth(number)) for number in range(60)]
    rules = (made("Z01", everything), made("Z02", first), *single, *ENGINE)
    broken = b'pcstrat: 1\nid: "::error::x"\n"##[error]\\e[31m\\u202e<script>": "%0A::warning::x"\n'
    return reviewed(HOSTILE.read_bytes(), broken, rules=rules)


def _nth(number: int) -> Callable[[Subject], Iterator[Hit]]:
    def check(subject: Subject) -> Iterator[Hit]:
        for leaf in list(subject.texts)[number : number + 1]:
            yield Hit(path=leaf.path, message=leaf.text, remedy=leaf.text, related=(Related(leaf.path, leaf.text),))

    return check
