"""The words of the comparison. They state and do not judge."""

from __future__ import annotations

from collections.abc import Sequence

from pcstrat.compare.table import Depth
from pcstrat.numerals import UNITS
from pcstrat.registry.timing import Silence
from pcstrat.text import counted

DEPTHS = {
    Depth.MENTIONED: "Mentioned",
    Depth.OBJECTIVE: "Objective",
    Depth.MILESTONE: "With milestone",
    Depth.MEASURE: "With milestone and measure",
}
NOT_MENTIONED = Silence.NOT_MENTIONED.value
NOT_NAMED = "None named"
NO_OBJECTIVE = "No objective"
CAME_LATER = "the commitment was published after the plan"
ONE_PLAN = "Only one plan states amounts, so there is nothing to compare"
OUR_CLASSIFICATION = (
    "Pillars, themes, and which commitment an item answers are our classification, not the ICBs'. "
    "It was made by whoever wrote the plan's file."
)
COMMITMENTS_OF_AIMS = (
    "What states no commitment has those of the objective or ambition that it stands in, but for those that another "
    "part of it states."
)
THEMES_OF_AIMS = "What states no theme has those of the objective or ambition that it stands in."

_NUMBERS = ("no", *UNITS)


_BOTH = 2


def in_words(number: int) -> str:
    """A number as a sentence writes it: in words up to nine."""
    return _NUMBERS[number] if number < len(_NUMBERS) else f"{number:,}"


def plans_in_words(number: int) -> str:
    """`one plan`, `five plans`, `42 plans`."""
    return f"{in_words(number)} plan{'' if number == 1 else 's'}"


def the_plans(number: int, verb: str) -> str:
    """`The plan names`, `The plans name`: all that are compared, with a verb as many plans have it."""
    return f"The plan {'has' if verb == 'have' else f'{verb}s'}" if number == 1 else f"The plans {verb}"


def of_plans(part: Sequence[object] | int, whole: int, verb: str, verbs: str = "") -> str:
    """`All five plans state ...`, `Two of five plans state ...`, `None of the five plans states ...`.

    Of two plans, `Both plans state ...` and `Neither plan states ...`.
    """
    number = part if isinstance(part, int) else len(part)
    if whole == 1:
        return f"The plan {verb}" if number else f"The plan does not {verbs or verb.removesuffix('s')}"
    many = verbs or verb.removesuffix("s")
    if not number:
        return f"{'Neither plan' if whole == _BOTH else f'None of the {plans_in_words(whole)}'} {verb}"
    if number == whole:
        return f"{'Both' if whole == _BOTH else f'All {in_words(whole)}'} plans {many}"
    start = in_words(number)
    return f"{start[:1].upper()}{start[1:]} of {plans_in_words(whole)} {verb if number == 1 else many}"


def items(number: int) -> str:
    """`1 item`, `3 items`."""
    return counted(number, "item")
