"""Makes plans for measuring: seeded, about 1,500 lines each, with the common parts of the format in plausible words."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path

LINES = 1_500
ICBS = ("QMM", "QKS", "QVV", "QOC", "QU9", "QKK", "QT1", "QM7")
WHO = ("The care team", "The people board", "Place leaders", "The digital group", "The estates group", "Each network")
DOES = ("opens", "trains", "joins up", "publishes", "reviews with patients", "replaces", "staffs", "measures")
WHAT = ("urgent care hubs", "pharmacy clinics", "dental sessions", "eye checks", "home visits", "phone lines")
WHERE = ("in the north", "on the coast", "in each town", "in care homes", "for children", "for carers", "in schools")
THEMES = ("access", "workforce", "prevention", "digital-and-data", "estates", "continuity")
PILLARS = ("general-practice", "community-pharmacy", "dentistry", "optometry")


def write_plans(folder: Path, count: int, *, seed: int = 2026) -> None:
    """Write plans `plan-01.yaml` and so on; the same seed gives the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(1, count + 1):
        text = plan_text(f"plan-{number:02}", ICBS[number % len(ICBS)], random.Random(seed + number))  # noqa: S311 - no secret depends on it
        (folder / f"plan-{number:02}.yaml").write_text(text, encoding="utf-8", newline="\n")


def plan_text(plan_id: str, icb: str, chance: random.Random) -> str:
    """One plan: as many ambitions as make it long enough."""
    head, tail = list(_head(plan_id, icb, chance)), list(_tail(chance))
    ambitions: list[str] = []
    number = 0
    while len(head) + len(ambitions) + len(tail) < LINES:
        number += 1
        ambitions += _ambition(number, chance)
    return "\n".join([*head, *ambitions, *tail, ""])


def edited_plan(text: str, *, seed: int = 2026) -> str:
    """Another version of a plan, with some 60 edits: words, dates, money, targets, owners, and milestones that went."""
    chance = random.Random(seed)  # noqa: S311 - no secret depends on it
    lines: list[str] = []
    left_out = 0
    for line in text.split("\n"):
        if left_out:
            left_out -= 1
        elif line.lstrip().startswith("- id: milestone-") and chance.random() < GONE:
            left_out = 2  # its text and its time
        else:
            lines.append(_edited(line, chance))
    return "\n".join(lines)


GONE = 0.03
"""The share of milestones that an edited plan has given up."""
EDITS = (
    (re.compile(r"(?<=text: )(The|Each|Place) .+(?=\.$)"), 0.06, lambda old, chance: f"{old} by {chance.choice(WHO)}"),
    (re.compile(r"(?<=- )(The|Each|Place) .+(?=\.$)"), 0.06, lambda old, _: f"{old} and more"),
    (re.compile(r"(?<=when: by )\w+ \d{4}$"), 0.05, lambda _, chance: _month(chance)),
    (re.compile(r"(?<=£)[\d.]+(?=m\])"), 0.4, lambda _, chance: f"{chance.randint(1, 90) / 10}"),
    (re.compile(r"(?<=target: )\d+(?=%)"), 0.12, lambda old, _: f"{int(old) + 5}"),
    (re.compile(r"(?<=baseline: )\d+(?=%)"), 0.08, lambda old, _: f"{int(old) - 5}"),
    (re.compile(r"(?<=^        owner: ).+"), 0.2, lambda _old, _chance: "The new board"),
    (re.compile(r"(?<=^        pillars: \[)[a-z-]+"), 0.2, lambda _, chance: chance.choice(PILLARS)),
)
"""What an edited plan changes in a line, how often, and into what."""


def _edited(line: str, chance: random.Random) -> str:
    for pattern, share, change in EDITS:
        found = pattern.search(line)
        if found and chance.random() < share:
            return line[: found.start()] + change(found[0], chance) + line[found.end() :]
    return line


def sentence(chance: random.Random) -> str:
    """A plain sentence of ours."""
    parts = (chance.choice(WHO), chance.choice(DOES), str(chance.randint(2, 400)), chance.choice(WHAT))
    return f"{' '.join(parts)} {chance.choice(WHERE)}."


def _head(plan_id: str, icb: str, chance: random.Random) -> Iterator[str]:
    yield from ("pcstrat: 1", f"id: {plan_id}", f"icb: {icb}", "document:")
    yield from (f"  title: Primary care plan {plan_id}", "  kind: delivery plan", "  status: final")
    yield from ("  published: April 2025", "  period: 2025/26 to 2029/30", f"  purpose: {sentence(chance)}")
    yield "sources:"
    for number in range(1, 21):
        yield from (f"  - id: source-{number}", f"    title: {sentence(chance)[:-1]}", "    date: March 2024")
    yield "people:"
    for number in range(1, 9):
        yield from (f"  - id: person-{number}", f"    name: Person {number}", "    role: Director")
    yield "figures:"
    yield from ("  - {key: population, value: c. 400000, as_at: April 2024, source: source-1}",)
    yield from ("strengths:", "  title: What is good", "  items:")
    for number in range(1, 7):
        yield from (f"    - title: Strength {number}", "      points:", f"        - {sentence(chance)}")
    yield from ("challenges:", "  title: What is hard", "  items:")
    for number in range(1, 11):
        yield from (f"    - title: Challenge {number}", "      statistics:")
        yield f"        - {{text: People who wait, value: {chance.randint(5, 95)}%, source: source-{number}}}"
    yield from ("vision:", f"  statement: {sentence(chance)}", "ambitions:")


def _ambition(number: int, chance: random.Random) -> Iterator[str]:
    yield from (f"  - id: ambition-{number}", f"    label: Ambition {number}", f"    title: {sentence(chance)[:-1]}")
    yield from (f"    text: {sentence(chance)}", f"    themes: [{chance.choice(THEMES)}]", "    objectives:")
    for letter in "abc":
        yield from _objective(f"{number}{letter}", chance)


def _objective(label: str, chance: random.Random) -> Iterator[str]:
    yield from (f"      - id: objective-{label}", f"        label: {label}", f"        title: {sentence(chance)[:-1]}")
    yield from (
        f"        owner: {chance.choice(WHO)}",
        f"        pillars: [{chance.choice(PILLARS)}]",
        "        rationale:",
    )
    yield from (f"          - {sentence(chance)}" for _ in range(2))
    yield "        actions:"
    for number in range(4):
        yield from (f"          - text: {sentence(chance)}", f"            when: by {_month(chance)}")
        yield from ("            points:", *(f"              - {sentence(chance)}" for _ in range(number % 3 + 1)))
    yield "        timeline:"
    for year in range(2025, 2028):
        yield from (f"          - label: Year {year - 2024}", f"            when: {year}/{year % 100 + 1}")
        yield "            milestones:"
        for number in range(3):
            yield from (
                f"              - id: milestone-{label}-{year}-{number}",
                f"                text: {sentence(chance)}",
            )
            yield f"                when: by {('June', 'September', 'December')[number]} {year}"
    yield "        measures:"
    for number in range(2):
        yield from (f"          - id: measure-{label}-{number}", f"            text: {sentence(chance)[:-1]}")
        low = chance.randint(10, 50)
        yield from (f"            baseline: {low}%", f"            target: {low + 20}%", "            by: March 2028")
        yield f"            source: source-{chance.randint(1, 20)}"
    yield from ("        outcomes:", f"          - {{text: {sentence(chance)}, when: 2028/29}}", "        risks:")
    yield from (f"          - text: {sentence(chance)}", f"            mitigation: {sentence(chance)}")


def _month(chance: random.Random) -> str:
    return f"{chance.choice(('May', 'July', 'October'))} {chance.randint(2025, 2029)}"


def _tail(chance: random.Random) -> Iterator[str]:
    yield from ("funding:", "  - title: Money", "    commitment: committed", "    lines:")
    for number in range(1, 13):
        yield from (f"      - id: line-{number}", f"        title: {sentence(chance)[:-1]}")
        yield from (
            f"        amounts: [£{chance.randint(1, 90) / 10}m]",
            f"        year: {2025 + number % 3}/{26 + number % 3}",
        )
    yield "risks:"
    for _ in range(6):
        yield from (f"  - text: {sentence(chance)}", f"    mitigation: {sentence(chance)}", "    owner: The board")
    yield from ("glossary:", *(f"  - {{term: T{number}, means: thing {number}}}" for number in range(12)))
