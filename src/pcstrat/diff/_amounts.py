"""Turns two amounts, numbers or grades into the facts between them: up or down, by how much, firmer or looser."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from pcstrat.diff._times import Fact
from pcstrat.diff.kinds import Kind
from pcstrat.model.measures import Measure, Reading
from pcstrat.model.money import AmountStatus, Money, pounds_in_words
from pcstrat.model.quantities import Quantity
from pcstrat.model.vocabulary import Direction, FundingCommitment, Progress, Recurrence
from pcstrat.text import singular

_FIRMNESS = {
    FundingCommitment.NOT_STATED: 0,
    FundingCommitment.PROPOSED: 1,
    FundingCommitment.EXISTING: 2,
    FundingCommitment.COMMITTED: 2,
}
_ADVANCE = (Progress.STOPPED, Progress.DELAYED, Progress.PLANNED, Progress.UNDER_WAY, Progress.DONE)
_HUNDRED = 100

NUMBERS = (Kind.NUMBER_UP, Kind.NUMBER_DOWN, Kind.NUMBER_CHANGED)
TARGETS = (Kind.TARGET_RAISED, Kind.TARGET_LOWERED, Kind.TARGET_CHANGED)
BASELINES = (Kind.BASELINE_CHANGED, Kind.BASELINE_CHANGED, Kind.BASELINE_CHANGED)


def compare_money(old: Money, new: Money) -> Iterator[Fact]:
    """The facts between two amounts: what became of the amount, and of how settled it is, are two."""
    if (old.pounds is None) != (new.pounds is None):
        yield Fact(Kind.AMOUNT_REMOVED if new.pounds is None else Kind.AMOUNT_STATED)
        return
    if (old.pounds, old.upper) != (new.pounds, new.upper):
        yield compare_pounds(pounds_of(old), pounds_of(new))
    if old.status is not new.status:
        yield Fact(_STATUS_CHANGES.get((old.status, new.status), Kind.AMOUNT_CHANGED))
    elif (old.pounds, old.upper, old.qualifier) == (new.pounds, new.upper, new.qualifier):
        if " ".join(old.published.split()) != " ".join(new.published.split()):
            yield Fact(Kind.REWORDED)
    elif (old.pounds, old.upper) == (new.pounds, new.upper):
        yield Fact(Kind.AMOUNT_CHANGED)


_STATUS_CHANGES = {
    (AmountStatus.EXACT, AmountStatus.TO_BE_CONFIRMED): Kind.AMOUNT_UNCONFIRMED,
    (AmountStatus.TO_BE_CONFIRMED, AmountStatus.EXACT): Kind.AMOUNT_CONFIRMED,
}


def pounds_of(money: Money) -> tuple[Decimal, Decimal]:
    """Both ends of an amount, in pounds; one that is no range has the same twice."""
    return _range(money.pounds, money.upper)


def compare_pounds(olds: tuple[Decimal, Decimal], news: tuple[Decimal, Decimal]) -> Fact:
    """The fact between two amounts that differ, each with both of its ends in pounds."""
    sign = _direction(olds, news)
    if sign == 0:
        return Fact(Kind.AMOUNT_CHANGED)
    least, most = _steps(olds, news, sign)
    by = _from_to(pounds_in_words(least) if least > 0 else "", pounds_in_words(most))
    is_exact = olds[0] == olds[1] and least == most
    return Fact(Kind.MONEY_UP if sign > 0 else Kind.MONEY_DOWN, by + (share(most, olds[0]) if is_exact else ""))


def _range(lower: Decimal | None, upper: Decimal | None) -> tuple[Decimal, Decimal]:
    first = lower if lower is not None else Decimal(0)
    return first, upper if upper is not None else first


def _direction(old: tuple[Decimal, Decimal], new: tuple[Decimal, Decimal]) -> int:
    """1 if no end fell and one rose, -1 the other way round; 0 when a range widened or narrowed."""
    moves = {(after > before) - (after < before) for before, after in zip(old, new, strict=True)} - {0}
    return moves.pop() if len(moves) == 1 else 0


def _steps(old: tuple[Decimal, Decimal], new: tuple[Decimal, Decimal], sign: int) -> tuple[Decimal, Decimal]:
    """The least and the most by which one range lies above or below another; at least nothing where they overlap."""
    lower, higher = (old, new) if sign > 0 else (new, old)
    return max(higher[0] - lower[1], Decimal(0)), higher[1] - lower[0]


def _from_to(least: str, most: str) -> str:
    """By how much, where both sides may be ranges: "£200,000 to £1.2 million", "up to 5 percentage points"."""
    if least == most:
        return most
    return f"{least} to {most}" if least else f"up to {most}"


def share(by: Decimal, base: Decimal) -> str:
    """The change in percent of what was there before, to one decimal, with a comma before it; of nothing, nothing."""
    if not base:
        return ""
    percent = (by / abs(base) * _HUNDRED).quantize(Decimal("0.1"))
    return f", {percent.normalize():f}%"


def compare_numbers(old: Quantity, new: Quantity, kinds: Sequence[Kind]) -> Fact | None:
    """The fact between two numbers; `kinds` say what up, down and any other change are called."""
    if _number(old) == _number(new):
        same = " ".join(old.published.split()) == " ".join(new.published.split())
        return None if same else Fact(Kind.REWORDED)
    if old.number is None or new.number is None or _scale(old) != _scale(new):
        return Fact(kinds[2])
    olds, news = _range(old.number, old.upper), _range(new.number, new.upper)
    sign = _direction(olds, news)
    if sign == 0:
        return Fact(kinds[2])
    least, most = _steps(olds, news, sign)
    by = _from_to(_by(least, new.unit) if least else "", _by(most, new.unit))
    return Fact(kinds[0] if sign > 0 else kinds[1], by)


def _number(quantity: Quantity) -> tuple[object, ...]:
    numbers = (quantity.number, quantity.upper, quantity.of, quantity.unit, quantity.qualifier)
    return (*numbers, quantity.read_as, quantity.published if quantity.number is None else "")


def _scale(quantity: Quantity) -> tuple[object, ...]:
    return quantity.unit, quantity.of


def _by(by: Decimal, unit: str) -> str:
    if unit.startswith("£"):
        return pounds_in_words(by)
    if unit.startswith("%"):
        return f"{by.normalize():f} percentage point{'' if by == 1 else 's'}"
    return f"{by.normalize():,f} {_unit_of(by, unit)}".rstrip()


def _unit_of(by: Decimal, unit: str) -> str:
    """The unit after a number, whose first word is in the singular after 1: "1 minute per call"."""
    first, space, rest = unit.partition(" ")
    return f"{singular(first)}{space}{rest}" if by == 1 else unit


def compare_commitments(old: FundingCommitment, new: FundingCommitment) -> Fact | None:
    """Whether money is promised more firmly or less."""
    if old is new:
        return None
    step = _FIRMNESS[new] - _FIRMNESS[old]
    if step == 0:
        return Fact(Kind.COMMITMENT_CHANGED)
    return Fact(Kind.COMMITMENT_FIRMER if step > 0 else Kind.COMMITMENT_LOOSER)


def compare_recurrence(old: Recurrence, new: Recurrence) -> Fact | None:
    """Whether money begins or ceases to come every year."""
    if old is new:
        return None
    return Fact(Kind.MONEY_RECURS if new is Recurrence.RECURRENT else Kind.MONEY_ENDS)


def compare_progress(old: Progress, new: Progress) -> Fact:
    """Whether something has got further or fallen back."""
    ahead = _ADVANCE.index(new) > _ADVANCE.index(old)
    return Fact(Kind.PROGRESS_FORWARD if ahead else Kind.PROGRESS_BACK)


def measure_direction(measure: Measure) -> Direction | None:
    """Which way a measure should move: as stated, else from its baseline to its target where both are one scale."""
    if measure.direction is not None:
        return measure.direction
    start, end = _value(measure.baseline), _value(measure.target)
    if start is None or end is None or start.number is None or end.number is None or start.unit != end.unit:
        return None
    if start.number == end.number:
        return None
    return Direction.UP if end.number > start.number else Direction.DOWN


def _value(reading: Reading | None) -> Quantity | None:
    return reading.value if reading else None
