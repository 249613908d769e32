"""Every rule fires where its examples say, stays quiet where they say, and is described by lines that prove it."""

import functools
import re
from pathlib import Path

import fragments
import pytest

from pcstrat.check import PROFILES, severity_in
from pcstrat.model.times import TimeError, parse_time
from pcstrat.rules import RULES, Rule, rule_by_code

ROOT = Path(__file__).parent.parent.parent
FIRE, QUIET = fragments.examples("fire"), fragments.examples("quiet")
WITHOUT_EXAMPLES = {"X01"}
"""Nothing in a plan can make a rule fail; `tests/test_check.py` shows what happens when one does."""
DESCRIBED = [rule for rule in RULES if rule.code not in WITHOUT_EXAMPLES]


def name_of(example: fragments.Example) -> str:
    return f"{example.code}-{example.path.stem}"


@pytest.mark.parametrize("example", FIRE, ids=name_of)
def test_fires_where_expected(example: fragments.Example) -> None:
    assert example.expected, "an example that fires says where: # expect: LINE:COLUMN words of the message"
    found = example.found()
    assert sorted((line, column) for line, column, _ in found) == sorted(
        (entry.line, entry.column) for entry in example.expected
    ), found
    for entry in example.expected:
        messages = [message for line, column, message in found if (line, column) == (entry.line, entry.column)]
        assert any(entry.words in message for message in messages), messages


@pytest.mark.parametrize("example", QUIET, ids=name_of)
def test_stays_quiet(example: fragments.Example) -> None:
    assert not example.expected
    assert not example.found()


def test_every_rule_has_examples_and_every_folder_a_rule() -> None:
    assert len(FIRE) >= len(DESCRIBED)
    wanted = {rule.code for rule in DESCRIBED}
    assert {example.code for example in FIRE} == wanted
    assert {example.code for example in QUIET} == wanted
    assert {path.name for path in fragments.EXAMPLES.iterdir()} == wanted
    stray = [path for path in fragments.EXAMPLES.rglob("*.*") if not re.fullmatch(r"(fire|quiet).*\.yaml", path.name)]
    assert not stray


@pytest.mark.parametrize("rule", DESCRIBED, ids=lambda rule: rule.code)
def test_before_and_after_tell_what_a_rule_is_about(rule: Rule) -> None:
    before = [finding.code for finding in fragments.check_text(rule.before).findings]
    after = [finding.code for finding in fragments.check_text(rule.after).findings]
    assert rule.code in before
    assert rule.code not in after


@pytest.mark.parametrize("example", [*FIRE, *QUIET], ids=name_of)
def test_examples_do_not_borrow_from_the_plans(example: fragments.Example) -> None:
    plans = _words_of_the_plans()
    assert len(plans) > 50_000
    for line in example.text.splitlines():
        text = re.sub(r"^.*?: ", "", line).strip(" {}[]-'\"")
        words = _words(text)
        if len(words.split()) >= 4 and not line.startswith("#") and not _is_time(text):
            assert words not in plans, f"a plan says the same: {text}"


@functools.cache
def _words_of_the_plans() -> str:
    return _words("\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "strategies").glob("*.yaml")))


def _words(text: str) -> str:
    return f" {' '.join(re.findall(r'[a-z0-9£%]+', text.casefold()))} "


def _is_time(text: str) -> bool:
    try:
        parse_time(text)
    except TimeError:
        return False
    return True


def test_codes_and_names_are_used_once() -> None:
    assert len({rule.code for rule in RULES}) == len({rule.name for rule in RULES}) == len(RULES)


def test_required_rules_exist_and_do_not_silence_each_other() -> None:
    for rule in RULES:
        for code in rule.requires:
            required = rule_by_code(code)
            assert required, f"{rule.code} requires {code}"
            assert rule.code not in required.requires


def test_no_rule_is_silenced_by_one_that_counts_less() -> None:
    """A plan would pass a profile with an error that only shows when something slighter has been put right."""
    for rule in RULES:
        for required in filter(None, map(rule_by_code, rule.requires)):
            for profile in PROFILES:
                counts, hidden = severity_in(profile, required), severity_in(profile, rule)
                assert counts.rank <= hidden.rank, f"{required.code} hides {rule.code} in {profile}"
