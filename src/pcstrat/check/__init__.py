"""Turns loaded plans into results: runs the rules, applies profiles and waivers, and places every finding in its file.

Rules speak in paths; here, once and at the end, paths become lines and columns. A rule that fails becomes a finding
about pcstrat (X01) and hides nothing. A file that is no valid plan is reported as far as loading got, with the number
of rules that could not run; other plans are not affected.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from pcstrat.check._choice import ALWAYS_REPORTED, chosen, rule_meant
from pcstrat.check._findings import checked, from_loading, rolled_up, told_apart
from pcstrat.check._profiles import profile_table, severity_in
from pcstrat.check._run import Crash, Found, run, without_consequences
from pcstrat.check._waivers import accepting_waiver, judged, placed_waivers
from pcstrat.diagnostics import Path, Severity
from pcstrat.load import Loaded
from pcstrat.registry import Registry
from pcstrat.review import CheckedFinding, CheckResult
from pcstrat.rules import RULES, Hit, Rule, Subject
from pcstrat.rules.engine import crashed
from pcstrat.settings import PROFILES

__all__ = [
    "ALWAYS_REPORTED",
    "PROFILES",
    "CheckOptions",
    "PlanOptions",
    "check_plan",
    "profile_table",
    "rule_meant",
    "severity_in",
]


class PlanOptions(NamedTuple):
    """What differs for one plan: its own profile, and rules besides those selected and ignored for all."""

    profile: str | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()


class CheckOptions(NamedTuple):
    """Which rules run, and how much they count. `select` and `ignore` hold codes, beginnings of codes, or names."""

    profile: str = "draft"
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    plans: Mapping[str, PlanOptions] = {}

    def for_plan(self, plan: str) -> CheckOptions:
        """The options that hold for one plan."""
        own = self.plans.get(plan, PlanOptions())
        return CheckOptions(
            profile=own.profile or self.profile,
            select=(*self.select, *own.select),
            ignore=(*self.ignore, *own.ignore),
        )


def check_plan(
    loaded: Loaded,
    registry: Registry,
    as_of: dt.date,
    options: CheckOptions | None = None,
    rules: Iterable[Rule] = RULES,
) -> CheckResult:
    """Check one plan.

    Raises:
        UsageError: if the options name a rule that does not exist, or leave none that can run.
    """
    name = _plan_name(loaded)
    given = options or CheckOptions()
    own = given.for_plan(name)
    catalogue = tuple(rules)
    selected = chosen(catalogue, own.select, own.ignore, for_plan=name if name in given.plans else "")
    if loaded.plan is None:
        return _not_a_plan(loaded, name, own.profile, selected)
    return _check(loaded, Subject(loaded.plan, registry, as_of), own.profile, catalogue, frozenset(selected))


def _plan_name(loaded: Loaded) -> str:
    data = loaded.source.data
    stated = data.get("id") if isinstance(data, dict) else None
    return stated if isinstance(stated, str) else loaded.source.file


def _not_a_plan(loaded: Loaded, name: str, profile: str, selected: Iterable[Rule]) -> CheckResult:
    findings = told_apart([from_loading(finding, loaded.source, name) for finding in loaded.findings])
    unrun = tuple(rule.code for rule in selected if not rule.by_engine)
    return _result(loaded, name, profile, findings, counts=(0, 0), unrun=unrun, highest=None)


def _check(
    loaded: Loaded, subject: Subject, profile: str, catalogue: Collection[Rule], selected: Collection[Rule]
) -> CheckResult:
    """Run the rules selected, as far as the document owes what they ask for."""
    plan = subject.plan
    owed = [rule for rule in catalogue if rule.applies_to(plan.document.kind)]
    found, crashes = run((rule for rule in owed if rule in selected), subject)
    crashed_rules = [crash.rule for crash in crashes]
    ran = frozenset(rule for rule in owed if rule in selected and rule not in crashed_rules)
    waivers = placed_waivers(plan.waivers, loaded.source.data, catalogue)
    about_waivers = (entry for entry in judged(waivers, found, catalogue, ran, subject.as_of) if entry.rule in selected)
    single = [*without_consequences(found, _causes(loaded)), *about_waivers, *map(_crash, crashes)]
    waived = [(entry, accepting_waiver(waivers, entry, subject.as_of)) for entry in single]
    told = [from_loading(finding, loaded.source, plan.id) for finding in loaded.findings]
    told += [checked(entry, loaded.source, plan.id, profile, waiver) for entry, waiver in waived]
    not_run = [rule for rule in owed if rule not in ran]
    may_pass = not (crashes or loaded.errors)
    highest = _highest_profile((entry for entry, waiver in waived if waiver is None), not_run) if may_pass else None
    unrun = tuple(rule.code for rule in crashed_rules)
    left_out = _by_themselves(rule for rule in owed if rule not in selected)
    counts = _by_themselves(ran), left_out
    return _result(loaded, plan.id, profile, told_apart(told), counts=counts, unrun=unrun, highest=highest)


def _by_themselves(rules: Iterable[Rule]) -> int:
    """How many rules these are, without those that are about the run."""
    return sum(not rule.by_engine for rule in rules)


def _result(  # noqa: PLR0913 - one for each part of a result
    loaded: Loaded,
    plan: str,
    profile: str,
    findings: list[CheckedFinding],
    *,
    counts: tuple[int, int],
    unrun: tuple[str, ...],
    highest: str | None,
) -> CheckResult:
    return CheckResult(
        file=loaded.source.file,
        plan=plan,
        title=loaded.plan.document.title if loaded.plan else "",
        is_plan=loaded.plan is not None,
        findings=_in_order(rolled_up(finding for finding in findings if finding.accepted is None)),
        waived=_in_order([finding for finding in findings if finding.accepted is not None]),
        rules_run=counts[0],
        rules_left_out=counts[1],
        unrun_rules=unrun,
        profile=profile,
        highest_profile=highest,
    )


def _in_order(findings: Iterable[CheckedFinding]) -> tuple[CheckedFinding, ...]:
    return tuple(sorted(findings, key=lambda finding: finding.sort_key))


def _causes(loaded: Loaded) -> Mapping[str, list[Path]]:
    """Where loading found something, by code; of a reference in a list, where the list stands."""
    causes: dict[str, list[Path]] = {}
    for finding in loaded.findings:
        is_entry = bool(finding.path) and isinstance(finding.path[-1], int)
        causes.setdefault(finding.code, []).append(finding.path[:-1] if is_entry else finding.path)
    return causes


def _crash(crash: Crash) -> Found:
    message = f"The rule {crash.rule.code} ({crash.rule.name}) failed: {crash.how}."
    return Found(crashed, Hit(path=(), message=message))


def _highest_profile(counted: Iterable[Found], not_run: Iterable[Rule]) -> str | None:
    """The strictest profile under which nothing is an error and every rule ran that could have found one."""
    judgements = [(entry.rule, entry.hit.at_most) for entry in counted]
    judgements += [(rule, None) for rule in not_run]
    passed = None
    for profile in PROFILES:
        if any(severity_in(profile, rule, at_most) is Severity.ERROR for rule, at_most in judgements):
            break
        passed = profile
    return passed
