"""Turns the money of plans into groups of plans whose money is alike, and says of the others why theirs is not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple, TypeAlias

from pcstrat.compare.facts import Amount, Digest
from pcstrat.model.money import AmountStatus
from pcstrat.model.vocabulary import FundingCommitment
from pcstrat.text import counted, listed

Signature: TypeAlias = tuple[tuple[str, object], ...]
"""What has to agree before sums of money can be compared, each with its name."""


class Likeness(NamedTuple):
    """Which plans have money of one commitment that is alike.

    Attributes:
        groups: The ids of plans that are alike, at least two in each.
        reasons: By the id of a plan with such money that is in no group, why.
    """

    groups: tuple[tuple[str, ...], ...]
    reasons: Mapping[str, str]

    def like(self, plan: str) -> tuple[str, ...]:
        """The other plans that a plan can be compared with."""
        return tuple(other for group in self.groups if plan in group for other in group if other != plan)


def likeness(digests: Iterable[Digest], commitment: FundingCommitment) -> Likeness:
    """Which plans have money of a commitment that can be compared."""
    having = [digest for digest in digests if _of(digest, commitment)]
    gaps = {digest.plan: tuple(_gaps(digest, commitment)) for digest in having}
    known = {digest.plan: _signature(digest, commitment) for digest in having if not gaps[digest.plan]}
    by_signature: dict[Signature, list[str]] = defaultdict(list)
    for plan, signature in known.items():
        by_signature[signature].append(plan)
    groups = tuple(tuple(plans) for plans in by_signature.values() if len(plans) > 1)
    grouped = {plan for group in groups for plan in group}
    complete = [digest for digest in having if digest.plan in known]
    reasons = {
        digest.plan: listed(gaps[digest.plan]) or _unlike(digest, complete, known)
        for digest in having
        if digest.plan not in grouped
    }
    return Likeness(groups, reasons)


def is_summed(amount: Amount) -> bool:
    """Whether an amount has one figure, exact or to be confirmed, and so is in a subtotal."""
    money = amount.money
    return money is not None and money.pounds is not None and money.upper is None and money.status in _SETTLED


_SETTLED = (AmountStatus.EXACT, AmountStatus.TO_BE_CONFIRMED)


def _of(digest: Digest, commitment: FundingCommitment) -> list[Amount]:
    return [amount for amount in digest.amounts if amount.commitment is commitment]


def _gaps(digest: Digest, commitment: FundingCommitment) -> Iterator[str]:
    """What a plan leaves open about its money, so that a sum of it cannot be compared with any other."""
    amounts = _of(digest, commitment)
    in_no_sum = sum(not is_summed(amount) for amount in amounts)
    if in_no_sum:
        yield f"{counted(in_no_sum, 'amount is a range or has', 'amounts are ranges or have')} no figure"
    unsure = 0 if commitment is FundingCommitment.NOT_STATED else len(_of(digest, FundingCommitment.NOT_STATED))
    if unsure:
        yield f"the plan does not say how certain {counted(unsure, 'amount is', 'amounts are')}"
    if not all(amount.year and amount.year.financial_years for amount in amounts):
        yield "the year of an amount is not stated"
    if not digest.document.scope and not all(amount.pillars for amount in amounts):
        yield "the part of primary care that an amount is for is not stated"


def _signature(digest: Digest, commitment: FundingCommitment) -> Signature:
    amounts = _of(digest, commitment)
    scope = digest.document.scope
    return (
        ("kinds of document", digest.document.kind),
        ("parts of primary care", frozenset(pillar for amount in amounts for pillar in amount.pillars or scope)),
        ("themes", frozenset(theme for amount in amounts for theme in amount.themes)),
        ("years", frozenset(amount.year.financial_years for amount in amounts if amount.year)),
        ("how long the money lasts", frozenset(amount.lasts.published if amount.lasts else "" for amount in amounts)),
        ("whether the money comes again", frozenset(amount.recurrence for amount in amounts)),
        ("what the amounts leave out", _texts(amount.excludes for amount in amounts)),
        ("what they come on top of", _texts(amount.additional_to for amount in amounts)),
        ("what they are based on", _texts(amount.basis for amount in amounts)),
        ("amounts still to be confirmed", any(_is_unsure(amount) for amount in amounts)),
    )


def _texts(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(" ".join(text.casefold().split()) for text in texts)


def _is_unsure(amount: Amount) -> bool:
    return amount.money is not None and amount.money.status is AmountStatus.TO_BE_CONFIRMED


def _unlike(digest: Digest, plans: Iterable[Digest], known: Mapping[str, Signature]) -> str:
    """In what a plan differs from the one that is most like it."""
    own = known[digest.plan]
    others = {other.name: _differing(own, known[other.plan]) for other in plans if other is not digest}
    if not others:
        return "no other plan says enough of such money"
    nearest = min(others, key=lambda name: len(others[name]))
    return f"it differs from {nearest} in {listed(others[nearest])}"


def _differing(one: Signature, other: Signature) -> list[str]:
    return [name for (name, first), (_, second) in zip(one, other, strict=True) if first != second]
