"""Whoever does as a remedy says is rid of the finding, and has a valid plan."""

from typing import NamedTuple

import fragments
import pytest

from pcstrat.check import check_plan
from pcstrat.diagnostics import Severity
from pcstrat.load import load_plan
from pcstrat.review import CheckedFinding


class Remedy(NamedTuple):
    """A remedy by its code and words, a fragment with the finding, and the same when it has been done as told."""

    code: str
    words: str
    before: str
    done: str


_PERIOD = "document: {title: Bells, kind: primary care strategy, period: 2027-2030}\n"
_SHORT = "document: {title: Bells, kind: primary care strategy, period: 1 May 2027 to 15 December 2028}\n"
_GAP = "timeline:\n  - {label: First stage, when: 2027/28}\n%s  - {label: Third stage, when: 2029/30}\n"
_ALWAYS = "  - {label: Throughout, when: 2027/28 to 2028/29}\n"
_RING = "{text: Ring the bell., when: June 2028}"
_LATE = "text: Sailors who sleep., target: 80%, by: March 2037"
_ON_THE_WAY = f"{_LATE}, points: [{{text: 60%, when: March 2030}}]"
_MONEY = "funding:\n  - {title: Bells, commitment: proposed, year: 2027/28, lines: [{title: Rope, amounts: [£%dk]}]}\n"
_MEANT = "strengths: {items: [{title: Bells, statistics: [{value: 40%%, text: Sailors who sleep., source: %s}]}]}\n"

REMEDIES = [
    Remedy(
        "M07",
        "Add an entry to its `points`, with the number in % to reach by the end of the plan in `text`, and "
        "`when: March 2030`.",
        _PERIOD + f"ambitions: [{{id: bells, title: Bells, measures: [{{{_LATE}}}]}}]",
        _PERIOD + f"ambitions: [{{id: bells, title: Bells, measures: [{{{_ON_THE_WAY}}}]}}]",
    ),
    Remedy(
        "M07",
        "with the number of weeks to reach by the end of the plan in `text`, and `when: 15 December 2028`.",
        _SHORT
        + "ambitions: [{id: bells, title: Bells, measures: [{text: Wait for a bell., target: 9 weeks, by: 2034}]}]",
        _SHORT + "ambitions: [{id: bells, title: Bells, measures: [{text: Wait for a bell., target: 9 weeks, by: 2034, "
        "points: [{text: 12 weeks, when: 15 December 2028}]}]}]",
    ),
    Remedy(
        "M11",
        "say in `text` why it is lower and when the national one will be reached",
        "measures: [{text: Patients seen on the same day., target: 80%, commitments: [MTP-SAME90]}]",
        "measures: [{text: 'Patients seen on the same day. This is lower than the national target, because the ferry "
        "is small. We will reach that in May 2029.', target: 80%, commitments: [MTP-SAME90]}]",
    ),
    Remedy(
        "M11",
        "Say in `text` why it is later than the national one.",
        _PERIOD
        + "ambitions: [{id: bells, title: Bells, measures: [{text: Patients seen on the same day., target: 90%, "
        "by: March 2029, commitments: [MTP-SAME90]}]}]",
        _PERIOD
        + "ambitions: [{id: bells, title: Bells, measures: [{text: Patients seen on the same day. This is later "
        "than the national date because the ferry is small., target: 90%, by: March 2029, "
        "commitments: [MTP-SAME90]}]}]",
    ),
    Remedy(
        "T07",
        "Move it to “Later”, or correct its time.",
        f"timeline:\n{_ALWAYS}  - {{label: Start, when: 2027/28, milestones: [{_RING}]}}\n"
        "  - {label: Later, when: 2028/29}\n",
        f"timeline:\n{_ALWAYS}  - {{label: Start, when: 2027/28}}\n"
        f"  - {{label: Later, when: 2028/29, milestones: [{_RING}]}}\n",
    ),
    Remedy(
        "T17",
        "delete it here and tell of it in a `text`",
        _PERIOD + "delivery: {next_steps: [{text: The bell was hung., when: in June 2025}]}",
        _PERIOD + "delivery: {text: The bell was hung in June 2025.}",
    ),
    Remedy(
        "T23",
        "Correct the time in the text, or the `period`. Work of later years belongs in a later plan.",
        _PERIOD + "ambitions: [{id: bells, title: Bells, actions: [Hang the bell in the tower by May 2031.]}]",
        _PERIOD.replace("2030", "2032")
        + "ambitions: [{id: bells, title: Bells, actions: [Hang the bell in the tower by May 2031.]}]",
    ),
    Remedy(
        "T23",
        "What will come of the work may come later: say `kind: outcome`.",
        _PERIOD + "ambitions: [{id: bells, title: Bells, milestones: [The bells reach 90 sailors in May 2031.]}]",
        _PERIOD + "ambitions: [{id: bells, title: Bells, milestones: [{text: The bells reach 90 sailors in May 2031., "
        "kind: outcome}]}]",
    ),
    Remedy(
        "F01",
        "say in the `text` of the line when it will be known",
        _PERIOD + "funding: [{title: Bells, commitment: proposed, lines: [{title: Rope}]}]",
        _PERIOD + "funding: [{title: Bells, commitment: proposed, "
        "lines: [{title: Rope, text: The board sets the amount in July 2027.}]}]",
    ),
    Remedy(
        "T19",
        "Say in `answer` which document follows it",
        _PERIOD + "alignment: [{document: Bell charter, covers: 2024-2028}]",
        _PERIOD + "alignment: [{document: Bell charter, covers: 2024-2028, answer: [The tower plan follows it.]}]",
    ),
    Remedy(
        "T19",
        "or in `document.review` when this plan will be looked at again",
        _PERIOD + "alignment: [{document: Bell charter, covers: 2024-2028}]",
        _PERIOD.replace("}", ", review: March 2028}") + "alignment: [{document: Bell charter, covers: 2024-2028}]",
    ),
    Remedy(
        "V05",
        "Give the same id to the source itself, under `sources`.",
        _MEANT % "Bell Keepers Record",
        _MEANT % "bell-keepers-record" + "sources: [{id: bell-keepers-record, title: Bell Keepers Record, date: 2026}]",
    ),
    Remedy(
        "R01",
        "add the source under `sources` with this id",
        _MEANT % "bell-keepers-record",
        _MEANT % "bell-keepers-record" + "sources: [{id: bell-keepers-record, title: Bell Keepers Record, date: 2026}]",
    ),
    Remedy(
        "T03",
        "add a band for the time between that says in its `text` why nothing is planned",
        _GAP % "",
        _GAP % "  - {label: Second stage, when: 2028/29, text: The tower is closed.}\n",
    ),
    Remedy(
        "O12",
        "Put in place of these words, in `if`",
        "actions: ['Where possible, we will hang the bell in the tower by May 2028.']",
        "actions: [{text: We will hang the bell in the tower by May 2028., if: The board agrees to it in May 2027.}]",
    ),
    Remedy(
        "S22",
        "Decide on one form, and write it everywhere.",
        "delivery: {text: The harbour otter counting service (HOCS) counts otters., points: [Ask the HCOS.]}",
        "delivery: {text: The harbour otter counting service (HOCS) counts otters., points: [Ask the HOCS.]}",
    ),
    Remedy(
        "F14",
        "Correct the amount or the lines.",
        _MONEY % 300 + "funding_statement: [Together we will invest £500k in 2027/28.]",
        _MONEY % 500 + "funding_statement: [Together we will invest £500k in 2027/28.]",
    ),
]


def findings_in(text: str) -> tuple[CheckedFinding, ...]:
    """What is found in a fragment, valid or not."""
    loaded = load_plan(fragments.completed(text).encode(), "example.yaml", fragments.registry())
    return tuple(check_plan(loaded, fragments.registry(), fragments.AS_OF).findings)


@pytest.mark.parametrize("remedy", REMEDIES, ids=lambda remedy: remedy.code)
def test_what_is_done_as_told_is_found_no_more(remedy: Remedy) -> None:
    before = [finding for finding in findings_in(remedy.before) if finding.code == remedy.code]
    assert before
    assert all(remedy.words in finding.remedy for finding in before), [finding.remedy for finding in before]
    after = findings_in(remedy.done)
    assert remedy.code not in {finding.code for finding in after}
    assert not [finding.message for finding in after if finding.severity is Severity.ERROR]
