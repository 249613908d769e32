"""The engine: which rules run, what waivers and profiles do, and that nothing which fails hides anything else."""

from __future__ import annotations

import datetime as dt
import sys
import textwrap
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

import pcstrat.rules
from pcstrat.check import (
    ALWAYS_REPORTED,
    PROFILES,
    CheckOptions,
    PlanOptions,
    check_plan,
    profile_table,
    severity_in,
)
from pcstrat.commands.catalogue import CODES
from pcstrat.diagnostics import Severity
from pcstrat.errors import UsageError
from pcstrat.load import load_plan
from pcstrat.model.points import Action
from pcstrat.model.vocabulary import DocumentKind
from pcstrat.registry import Registry
from pcstrat.review import CheckedFinding, CheckResult
from pcstrat.rules import FAMILIES, PLANS, RULES, Hit, Related, Rule, Subject, rule, rule_by_code
from pcstrat.source import read_source

TODAY = dt.date(2027, 6, 1)

HEAD = """\
pcstrat: 1
id: larkshire
icb: QOC
document:
  title: A plan for Larkshire
  kind: primary care strategy
ambitions:
"""
AMBITION = """\
  - id: {id}
    title: {id}
    actions:
      - {{id: {id}-first, text: Buy a boat}}
      - Sell a boat
"""
TWO = HEAD + AMBITION.format(id="alpha") + AMBITION.format(id="beta")


def made(code: str, check: Callable[[Subject], Iterator[Hit]], **options: Any) -> Rule:
    """A rule for a test, about whatever its check yields."""
    words: dict[str, Any] = {"title": f"Title of {code}", "why": "Why.", "remedy": "Do it.", "before": "", "after": ""}
    severity = options.pop("severity", Severity.WARNING)
    return rule(code, f"rule-{code.lower()}", severity=severity, **words, **options)(check)


def on_actions(code: str, message: str = "Found", **options: Any) -> Rule:
    """A rule that finds something at every action."""

    def check(subject: Subject) -> Iterator[Hit]:
        for aim in subject.aims:
            for index, _ in enumerate(aim.aim.actions):
                yield Hit(path=(*aim.path, "actions", index), message=message)

    return made(code, check, **options)


def on_aims(code: str, **options: Any) -> Rule:
    def check(subject: Subject) -> Iterator[Hit]:
        for aim in subject.aims:
            yield Hit(path=aim.path, message=f"Aim {aim.name}")

    return made(code, check, **options)


def failing(code: str) -> Rule:
    def check(subject: Subject) -> Iterator[Hit]:
        yield Hit(path=("id",), message="Found before it failed")
        raise KeyError(subject.plan.id)

    return made(code, check)


@pytest.fixture(name="check")
def fixture_check(registry: Registry) -> Callable[..., CheckResult]:
    def check(text: str, *rules: Rule, as_of: dt.date = TODAY, **options: Any) -> CheckResult:
        loaded = load_plan(text.encode(), "larkshire.yaml", registry)
        return check_plan(loaded, registry, as_of, CheckOptions(**options), rules or SAMPLE)

    return check


def with_waiver(text: str, code: str, path: str = "", until: str = "March 2028") -> str:
    lines = [f"  - rule: {code}", *([f"    path: {path}"] if path else []), "    reason: It is meant."]
    return "\n".join([text.rstrip(), "waivers:", *lines, "    owner: The board", f"    until: {until}", ""])


SAMPLE = [found for found in RULES if found.family in "TWX"]
"""Rules of the catalogue that have nothing to say of the small plans here, unless a test makes them."""

WAIVER_RULES = [found for found in RULES if found.family in "WX"]


def codes(findings: tuple[CheckedFinding, ...]) -> list[str]:
    return [finding.code for finding in findings]


def test_a_finding_says_everything(check: Callable[..., CheckResult]) -> None:
    result = check(TWO, on_actions("A01"), ignore=())
    assert result.plan == "larkshire"
    assert result.file == "larkshire.yaml"
    only = result.findings[0]
    assert only.places
    starts = [(place.span.start.line, place.span.start.column) for place in only.places]
    assert starts == [(11, 9), (12, 9), (16, 9), (17, 9)]
    assert only.message == "Title of A01, in 4 places."
    assert only.severity is Severity.WARNING
    assert (only.why, only.remedy, only.plan) == ("Why.", "Do it.", "larkshire")
    assert only.places[0].where == "ambition 'alpha', action 'Buy a boat'"


def test_three_findings_stand_by_themselves(check: Callable[..., CheckResult]) -> None:
    text = TWO.rsplit("      - Sell", 1)[0]
    findings = check(text, on_actions("A01")).findings
    assert len(findings) == 3
    assert not any(finding.places for finding in findings)
    assert findings[0].address == "alpha-first"
    assert findings[1].address == "alpha/actions/2"


def test_what_rules_say_of_a_place_becomes_positions(check: Callable[..., CheckResult]) -> None:
    def look(_subject: Subject) -> Iterator[Hit]:
        related = Related(("document", "kind"), "The kind stands here.")
        yield Hit(path=("document", "title"), message="m", at_key=True, related=(related,), remedy="Do\nother.")
        yield Hit(path=("ambitions", 0, "owner"), message="absent")

    first, second = check(TWO, made("A01", look)).findings
    assert (first.span, first.remedy) != (None, "Do it.")
    assert first.span
    assert (first.span.start.line, first.span.start.column) == (5, 3)
    assert first.remedy == "Do other."
    assert first.related[0].span.start.line == 6
    assert second.span
    assert (second.span.start.line, second.span.start.column) == (8, 5)


def test_a_rule_that_fails_hides_nothing(check: Callable[..., CheckResult]) -> None:
    result = check(TWO, failing("A01"), on_aims("A02"), *WAIVER_RULES)
    assert codes(result.findings) == ["X01", "A01", "A02", "A02"]
    assert "KeyError in test_check.py: 'larkshire'" in result.findings[0].message
    assert result.unrun_rules == ("A01",)
    assert result.highest_profile is None


def test_a_file_that_is_no_plan_reports_its_shape_and_counts_the_rules(check: Callable[..., CheckResult]) -> None:
    result = check(TWO + "colour: red\nshape: round\n")
    assert codes(result.findings) == ["V02", "V02"]
    assert result.plan == "larkshire"
    assert len(result.unrun_rules) == len([found for found in SAMPLE if not found.by_engine])
    assert result.highest_profile is None
    assert all(finding.why and finding.fingerprint for finding in result.findings)


def test_other_plans_are_checked_in_full(registry: Registry) -> None:
    loaded = [load_plan(text.encode(), "x.yaml", registry) for text in ("{", TWO)]
    broken, whole = (check_plan(each, registry, TODAY) for each in loaded)
    assert broken.unrun_rules
    assert broken.plan == "x.yaml"
    assert not whole.unrun_rules
    assert whole.findings
    assert whole.highest_profile in PROFILES


def test_a_reference_that_leads_nowhere_lets_the_rules_run(check: Callable[..., CheckResult]) -> None:
    result = check(TWO.replace("    actions:", "    see: [nowhere]\n    actions:"), on_aims("A02"))
    assert sorted(codes(result.findings)) == ["A02", "A02", "R01", "R01"]
    assert not result.unrun_rules
    assert result.highest_profile is None


# --- which rules run ---


def counting(code: str, calls: list[str], **options: Any) -> Rule:
    def check(_subject: Subject) -> Iterator[Hit]:
        calls.append(code)
        return iter(())

    return made(code, check, **options)


@pytest.mark.parametrize(
    ("select", "ignore", "expected"),
    [
        ((), (), ["A01", "A02", "B01"]),
        (("A01",), (), ["A01"]),
        (("A",), (), ["A01", "A02"]),
        (("a02", "rule-b01"), (), ["A02", "B01"]),
        ((), ("A",), ["B01"]),
        (("A",), ("A01",), ["A02"]),
    ],
)
def test_rules_that_are_not_chosen_are_never_called(
    check: Callable[..., CheckResult], select: tuple[str, ...], ignore: tuple[str, ...], expected: list[str]
) -> None:
    calls: list[str] = []
    rules = [counting(code, calls) for code in ("A01", "A02", "B01")]
    check(TWO, *rules, select=select, ignore=ignore)
    assert calls == expected


def test_a_rule_that_does_not_exist_is_wrong_usage(check: Callable[..., CheckResult]) -> None:
    with pytest.raises(UsageError, match="There is no rule 'bands-overlop'") as caught:
        check(TWO, select=("bands-overlop",))
    assert caught.value.remedy == "Did you mean 'bands-overlap'?"
    with pytest.raises(UsageError):
        check(TWO, ignore=("",))


V_CODES = "Codes with V are about the shape of the plan: always reported, and never selected, ignored or waived."


@pytest.mark.parametrize(
    ("entry", "remedy"),
    [
        ("V04", V_CODES),
        ("v99", V_CODES),
        ("R", "Codes with R are about ids, references and codes: always reported"),
        ("D01", "Codes with D are about the documents: always reported"),
        ("T7", "Did you mean 'T07'?"),
        ("T-4", "Did you mean 'T04'?"),
        ("t021", "Did you mean 'T21'?"),
        ("T99", "Codes with T go from T01 to T30; `pcstrat rules` lists them."),
        ("Z01", "The codes of rules begin with T, O, M, F, N, S, P, W or X; `pcstrat rules` lists them."),
        ("bands overlap", "Did you mean 'bands-overlap'?"),
        ("Bands_Overlop", "Did you mean 'bands-overlap'?"),
        ("overlap", "Did you mean 'bands-overlap'?"),
        ("ALL", "Every rule runs unless some are selected or ignored."),
        ("something else", "`pcstrat rules` lists them."),
        ("", "`pcstrat rules` lists them."),
    ],
)
def test_what_is_no_rule_is_explained(check: Callable[..., CheckResult], entry: str, remedy: str) -> None:
    for options in ({"select": (entry,)}, {"ignore": (entry,)}):
        with pytest.raises(UsageError) as caught:
            check(TWO, **options)
        assert caught.value.message == f"There is no rule '{entry}'."
        assert caught.value.remedy.startswith(remedy)


def test_every_code_that_is_no_rule_is_explained_so() -> None:
    assert {code[0] for code in CODES} == set(ALWAYS_REPORTED)
    assert not set(ALWAYS_REPORTED) & set(FAMILIES)


def test_a_waiver_of_what_cannot_be_waived_says_so(check: Callable[..., CheckResult]) -> None:
    waiver = "\nwaivers: [{rule: V04, reason: x, owner: x, until: March 2030}]\n"
    (found,) = [finding for finding in check(TWO + waiver).findings if finding.code == "W04"]
    assert found.remedy.startswith(V_CODES)


def test_a_plan_may_have_options_of_its_own(check: Callable[..., CheckResult]) -> None:
    calls: list[str] = []
    rules = [counting(code, calls) for code in ("A01", "A02")]
    plans = {"larkshire": PlanOptions(ignore=("A01",), profile="board"), "other": PlanOptions(ignore=("A02",))}
    result = check(TWO, *rules, plans=plans)
    assert calls == ["A02"]
    assert result.profile == "board"


def test_a_briefing_is_not_asked_for_what_it_does_not_owe(check: Callable[..., CheckResult]) -> None:
    calls: list[str] = []
    owed = counting("A01", calls, owed_by=PLANS)
    result = check(TWO.replace("primary care strategy", "briefing"), owed)
    assert not calls
    assert not result.unrun_rules


# --- one cause, one message ---


def yielding(code: str, *hits: Hit, **options: Any) -> Rule:
    """A rule that finds these."""
    return made(code, lambda _subject: iter(hits), **options)


TITLE, ACTION = ("ambitions", 0, "title"), ("ambitions", 0, "actions", 0)


def test_findings_that_another_explains_are_left_out(check: Callable[..., CheckResult]) -> None:
    cause = yielding("A01", Hit(path=TITLE, message="The cause"))
    effects = on_aims("A02", requires=("A01",))
    found = check(TWO, effects, cause).findings
    assert [(finding.code, finding.path[:2]) for finding in found] == [("A01", TITLE[:2]), ("A02", ("ambitions", 1))]


def test_what_stands_inside_an_item_is_only_explained_by_it_if_it_says_so(check: Callable[..., CheckResult]) -> None:
    cause = yielding("A01", Hit(path=TITLE, message="The cause"))
    apart = yielding("A02", Hit(path=ACTION, message="m"), requires=("A01",))
    explained = yielding("A02", Hit(path=ACTION, message="m", explained_at=(TITLE[:2],)), requires=("A01",))
    assert codes(check(TWO, cause, apart).findings) == ["A01", "A02"]
    assert codes(check(TWO, cause, explained).findings) == ["A01"]


def test_a_hit_may_say_that_nothing_or_only_one_field_explains_it(check: Callable[..., CheckResult]) -> None:
    cause = yielding("A01", Hit(path=TITLE, message="The cause"))
    for explained_at, expected in (((), 2), ((("ambitions", 0, "text"),), 2), ((TITLE,), 1)):
        effect = yielding("A02", Hit(path=TITLE, message="m", explained_at=explained_at), requires=("A01",))
        assert len(check(TWO, cause, effect).findings) == expected


def test_a_cause_at_a_related_place_counts(check: Callable[..., CheckResult]) -> None:
    def effect(_subject: Subject) -> Iterator[Hit]:
        yield Hit(path=("document",), message="m", related=(Related(("ambitions", 0), "here"),))

    assert codes(check(TWO, on_aims("A01"), made("A02", effect, requires=("A01",))).findings) == ["A01", "A01"]


def test_a_cause_elsewhere_or_further_in_explains_nothing(check: Callable[..., CheckResult]) -> None:
    def inside(_subject: Subject) -> Iterator[Hit]:
        yield Hit(path=("ambitions", 0, "actions", 1), message="Inside")

    assert codes(check(TWO, made("A01", inside), on_aims("A02", requires=("A01",))).findings).count("A02") == 2


def test_findings_of_loading_can_be_required(check: Callable[..., CheckResult]) -> None:
    text = TWO.replace("    actions:", "    see: [nowhere]\n    actions:", 1)
    found = check(text, on_aims("A02", requires=("R01",))).findings
    assert [finding.path for finding in found if finding.code == "A02"] == [("ambitions", 1)]


# --- severities and profiles ---


def test_the_cap_of_a_hit_counts_in_every_profile() -> None:
    strict = next(found for found in RULES if profile_table("publish").get(found.code) is Severity.ERROR)
    assert severity_in("publish", strict) is Severity.ERROR
    assert severity_in("publish", strict, Severity.ADVICE) is Severity.ADVICE
    assert severity_in("draft", rule_by_code("T12") or strict, Severity.WARNING) is Severity.ADVICE


def test_profiles_name_rules_and_grow_stricter() -> None:
    table = read_source(files("pcstrat").joinpath("data", "profiles.yaml").read_bytes(), "profiles.yaml").data
    assert isinstance(table, dict)
    assert tuple(table) == PROFILES
    for code in {code for profile in table.values() for code in profile}:
        found = rule_by_code(code)
        assert found, code
        assert not found.since
        assert found.proven or not found.heuristic
    for found in RULES:
        ranks = [severity_in(profile, found).rank for profile in PROFILES]
        assert ranks == sorted(ranks, reverse=True), found.code


def test_errors_by_default_are_few() -> None:
    assert {found.code for found in RULES if found.severity is Severity.ERROR} == {"W04"}


OVERLAP = HEAD + textwrap.indent(
    textwrap.dedent(
        """\
        - id: alpha
          title: Alpha
          timeline:
            - {label: One, when: 2027/28 to 2028/29, milestones: [Buy a boat]}
            - {label: Two, when: 2028/29, milestones: [Sell a boat]}
        """
    ),
    "  ",
)


def test_the_highest_profile_that_passes(check: Callable[..., CheckResult]) -> None:
    assert not check(TWO).findings
    assert check(TWO).highest_profile == "publish"
    assert check(OVERLAP).highest_profile == "draft"
    assert check(OVERLAP, profile="publish").highest_profile == "draft"
    assert [finding.severity for finding in check(OVERLAP, profile="board").findings] == [Severity.ERROR]
    assert check(with_waiver(OVERLAP, "T01")).highest_profile == "publish"


def test_a_profile_does_not_pass_when_its_rules_did_not_run(check: Callable[..., CheckResult]) -> None:
    assert check(TWO, ignore=("T12",)).highest_profile == "publish"
    assert check(TWO, ignore=("T01",)).highest_profile == "draft"
    assert check(TWO, select=("T12",)).highest_profile is None


# --- waivers ---


def test_a_waiver_accepts_findings_at_and_inside_its_path(check: Callable[..., CheckResult]) -> None:
    rules = [on_actions("A01"), *WAIVER_RULES]
    for path, left in (("", 0), ("alpha", 2), ("alpha-first", 3), ("alpha/actions/2", 3), ("ambitions/1", 2)):
        result = check(with_waiver(TWO, "A01", path), *rules)
        places = [place for finding in result.findings for place in finding.places or (finding,)]
        assert len(result.waived) == 4 - left, path
        assert len(places) == left, path
        assert all(finding.accepted and finding.accepted.owner == "The board" for finding in result.waived)


def test_waivers_that_expired_or_match_nothing_are_findings(check: Callable[..., CheckResult]) -> None:
    assert codes(check(with_waiver(OVERLAP, "T01", until="May 2027")).findings) == ["T01", "W01"]
    assert codes(check(with_waiver(OVERLAP, "T01", until="June 2027")).findings) == []
    assert codes(check(with_waiver(OVERLAP, "T01", until="ongoing")).findings) == ["T01", "W02"]
    assert codes(check(with_waiver(OVERLAP, "T02")).findings) == ["T01", "W03"]
    assert codes(check(with_waiver(OVERLAP, "T01", "alpha/timeline/1")).findings) == ["T01", "W03"]
    assert codes(check(with_waiver(OVERLAP, "T01", "omega")).findings) == ["T01", "W03"]
    assert codes(check(with_waiver(OVERLAP, "Q77")).findings) == ["T01", "W04"]
    assert codes(check(with_waiver(OVERLAP, "V02")).findings) == ["T01", "W04"]


def test_a_waiver_of_a_rule_that_did_not_run_is_left_alone(check: Callable[..., CheckResult]) -> None:
    assert not check(with_waiver(OVERLAP, "T02"), ignore=("T02", "T01")).findings


def test_a_waiver_of_a_finding_that_another_explains_matches(check: Callable[..., CheckResult]) -> None:
    text = OVERLAP.replace("One, when", "One, band: Year 1, when")
    assert codes(check(text).findings) == ["T02"]
    assert codes(check(with_waiver(text, "T01")).findings) == ["T02"]


# --- fingerprints ---


def prints(result: CheckResult) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for finding in result.findings:
        for place in finding.places or (finding,):
            found[place.where] = (*found.get(place.where, ()), place.fingerprint)
    return found


def test_fingerprints_outlast_unrelated_edits(check: Callable[..., CheckResult]) -> None:
    before = prints(check(TWO, on_actions("A01")))
    assert len(before) == 4
    lines = TWO.replace("ambitions:\n", "# A remark\nambitions:\n  - {id: new, title: new, actions: [Row]}\n")
    assert before.items() <= prints(check(lines, on_actions("A01"))).items()
    turned = HEAD + AMBITION.format(id="beta") + AMBITION.format(id="alpha")
    assert prints(check(turned, on_actions("A01"))) == before
    swapped = TWO.replace(
        "      - {id: alpha-first, text: Buy a boat}\n      - Sell a boat\n",
        "      - Sell a boat\n      - {id: alpha-first, text: Buy a boat}\n",
    )
    assert swapped != TWO
    assert prints(check(swapped, on_actions("A01"))) == before


def test_fingerprints_tell_findings_apart(check: Callable[..., CheckResult]) -> None:
    twice = TWO.replace("      - Sell a boat\n", "      - Sell a boat\n      - Sell a boat\n")
    found = [entry for group in prints(check(twice, on_actions("A01"))).values() for entry in group]
    assert len(found) == len(set(found)) == 6
    assert prints(check(TWO, on_actions("A01", "Other"))) != prints(check(TWO, on_actions("A01")))
    assert prints(check(TWO, on_actions("A02"))) != prints(check(TWO, on_actions("A01")))
    other_plan = check(TWO.replace("id: larkshire", "id: finchshire"), on_actions("A01"))
    assert prints(other_plan) != prints(check(TWO, on_actions("A01")))
    assert prints(check(TWO, on_actions("A01", "found  \n"))) == prints(check(TWO, on_actions("A01")))


# --- the catalogue ---


def test_the_catalogue_is_complete() -> None:
    assert {found.family for found in RULES} == set(FAMILIES)
    listed = set(map(id, RULES))
    modules = [name for name in sys.modules if name.startswith("pcstrat.rules.")]
    assert len(modules) >= 6
    for name in modules:
        for value in vars(sys.modules[name]).values():
            assert not isinstance(value, Rule) or id(value) in listed, f"{value.code} is not in RULES"
    folder = Path(pcstrat.rules.__file__).parent
    unlisted = {path.stem for path in folder.glob("[a-z]*.py")} - {name.rsplit(".", 1)[-1] for name in modules}
    assert not unlisted, "rules/__init__.py imports every module of rules"


def test_rules_speak_plainly() -> None:
    assert len(RULES) > 20
    for found in RULES:
        assert not found.title.endswith("."), found.code
        assert found.why.endswith("."), found.code
        assert found.remedy.endswith("."), found.code
        assert len(found.title) <= 80, found.code
        assert rule_by_code(found.name) is rule_by_code(found.code.lower()) is found


def test_what_may_be_wrong_is_advice() -> None:
    with pytest.raises(ValueError, match="is advice"):
        on_aims("A01", heuristic=True)
    with pytest.raises(ValueError, match="is advice"):
        on_aims("A01", since=True)
    with pytest.raises(ValueError, match="a code like T01"):
        on_aims("A1")
    assert on_aims("A01", heuristic=True, proven="19 of 20 findings stand").heuristic
    assert on_aims("A01", since=True, severity=Severity.ADVICE).since


def test_briefings_are_the_only_kind_that_owes_less() -> None:
    assert frozenset(DocumentKind) - PLANS == {DocumentKind.BRIEFING}


def test_no_rule_fails_on_the_plans(strategies: Path, registry: Registry) -> None:
    files_ = sorted(strategies.glob("*.yaml"))
    assert len(files_) == 5
    for path in files_:
        result = check_plan(load_plan(path.read_bytes(), path.name, registry), registry, dt.date(2026, 11, 21))
        assert not result.unrun_rules, path.name


def test_findings_that_are_no_more_than_advice_have_a_list_of_their_own(check: Callable[..., CheckResult]) -> None:
    def some_capped(subject: Subject) -> Iterator[Hit]:
        for index, path in enumerate(item.path for item in subject.of(Action) for _ in range(2)):
            yield Hit(path=path, message="Wrong.", at_most=Severity.ADVICE if index % 2 else None)

    found = check(TWO, made("A01", some_capped), ignore=()).findings
    listed = [(finding.severity, len(finding.places)) for finding in found if finding.code == "A01"]
    assert listed == [(Severity.WARNING, 4), (Severity.ADVICE, 4)]
    assert len({finding.fingerprint for finding in found}) == len(found)
