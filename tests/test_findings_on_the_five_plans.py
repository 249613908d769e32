"""Every finding on the five plans has been judged by hand, and rules count for no more than their findings deserve."""

from collections import Counter, defaultdict

import findings_on_plans
from findings_on_plans import DISPUTABLE, STANDS, collect, judgements

from pcstrat.diagnostics import Severity
from pcstrat.rules import RULES

ENOUGH = 5
"""Findings below this number prove nothing of a rule."""


def stand_of(codes: list[str]) -> float:
    return codes.count(STANDS) / len(codes)


def test_every_finding_has_a_judgement_and_every_judgement_a_finding() -> None:
    found = Counter(place.fingerprint for place in collect())
    assert found.total() > 200
    assert max(found.values()) == 1, "findings that cannot be told apart"
    unjudged = [place for place in collect() if place.fingerprint not in judgements()]
    how = "Compare each with the plan and its document: python scripts/findings_on_plans.py --add, then fill in."
    assert not unjudged, f"{unjudged}\n{how}"
    assert set(judgements()) == set(found), "judged, but no longer found: python scripts/findings_on_plans.py --add"
    for judged in judgements().values():
        assert judged.judgement in {STANDS, DISPUTABLE}, judged
        assert bool(judged.reason) == (judged.judgement == DISPUTABLE), f"say why: {judged}"


def test_nine_in_ten_findings_above_advice_stand() -> None:
    by_rule: defaultdict[str, list[str]] = defaultdict(list)
    for place in collect():
        if place.severity is not Severity.ADVICE:
            by_rule[place.code].append(judgements()[place.fingerprint].judgement)
    assert len(by_rule) > 15
    assert not {code: judged for code, judged in by_rule.items() if stand_of(judged) < 0.9}


def test_heuristic_rules_are_advice_unless_proven_on_enough_findings() -> None:
    heuristic = [rule for rule in RULES if rule.heuristic and rule.severity is not Severity.ADVICE]
    assert heuristic
    for rule in heuristic:
        judged = [judgements()[place.fingerprint].judgement for place in collect() if place.code == rule.code]
        assert len(judged) >= ENOUGH, rule.code
        assert stand_of(judged) >= 0.9, rule.code
        assert rule.proven == f"{judged.count(STANDS)} of {len(judged)} findings on the five plans stand"


def test_the_page_counts_what_was_found_and_names_what_is_disputable() -> None:
    page = findings_on_plans.page("")
    assert f"| all | | | | {len(collect())} |" in page
    disputed = [judged for judged in judgements().values() if judged.judgement == DISPUTABLE]
    assert disputed
    assert all(judged.reason in page for judged in disputed)
