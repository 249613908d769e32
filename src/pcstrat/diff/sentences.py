"""Turns a change into sentences: the fact first, by how much, the reason given, and what it may be the same as.

The words of every kind of change stand here, in one catalogue for every format.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from pcstrat.diff.changes import SHOWN, Change, Difference, Version
from pcstrat.diff.contents import commitments_sentence, parts_sentence
from pcstrat.diff.kinds import Kind, Significance
from pcstrat.diff.suggestion_sentences import suggestion_sentence
from pcstrat.light_markdown import plain
from pcstrat.model.points import Retired
from pcstrat.naming import shorten
from pcstrat.text import counted, listed, sentence_case

LEADS = {
    Kind.ADDED: "Added",
    Kind.REMOVED: "Removed",
    Kind.RETIRED: "Given up",
    Kind.REINSTATED: "Taken up again",
    Kind.MERGED: "Merged",
    Kind.SPLIT: "Split",
    Kind.MOVED: "Moved",
    Kind.ACHIEVED: "Done",
    Kind.REOPENED: "No longer done",
    Kind.ID_CHANGED: "Has another id",
    Kind.LINEAGE_CHANGED: "Its declared past changed",
    Kind.RENAMED: "Renamed",
    Kind.RELABELLED: "Labelled differently",
    Kind.PRIORITY_HIGHER: "Higher priority",
    Kind.PRIORITY_LOWER: "Lower priority",
    Kind.REWORDED: "Reworded",
    Kind.WORDING_SOFTER: "Softer wording",
    Kind.WORDING_FIRMER: "Firmer wording",
    Kind.WORDING_NARROWER: "Names less",
    Kind.WORDING_WIDER: "Names more",
    Kind.STATED: "Now stated",
    Kind.NO_LONGER_STATED: "No longer stated",
    Kind.CHANGED: "Changed",
    Kind.DATE_LATER: "Later",
    Kind.DATE_EARLIER: "Earlier",
    Kind.DATE_STATED: "Date now stated",
    Kind.DATE_REMOVED: "Date no longer stated",
    Kind.DATE_LESS_PRECISE: "Date less precise",
    Kind.DATE_MORE_PRECISE: "Date more precise",
    Kind.DATE_UNCLEAR: "Date now unclear",
    Kind.DATE_CLEAR: "Date now clear",
    Kind.DATE_UNDATED: "No date any more",
    Kind.DATE_DATED: "Now has a date",
    Kind.DEADLINE_DROPPED: "No end date any more",
    Kind.DEADLINE_SET: "Now has an end date",
    Kind.END_LATER: "Ends later",
    Kind.END_EARLIER: "Ends earlier",
    Kind.END_DROPPED: "No end any more",
    Kind.END_SET: "Now has an end",
    Kind.DATE_CHANGED: "Date changed",
    Kind.MONEY_UP: "More money",
    Kind.MONEY_DOWN: "Less money",
    Kind.AMOUNT_STATED: "Amount now stated",
    Kind.AMOUNT_REMOVED: "Amount no longer stated",
    Kind.AMOUNT_CONFIRMED: "Amount confirmed",
    Kind.AMOUNT_UNCONFIRMED: "Amount now to be confirmed",
    Kind.AMOUNT_CHANGED: "Amount changed",
    Kind.COMMITMENT_FIRMER: "Promised more firmly",
    Kind.COMMITMENT_LOOSER: "Promised less firmly",
    Kind.COMMITMENT_CHANGED: "Promised differently",
    Kind.MONEY_RECURS: "Money now comes every year",
    Kind.MONEY_ENDS: "Money no longer comes every year",
    Kind.TARGET_RAISED: "Target raised",
    Kind.TARGET_LOWERED: "Target lowered",
    Kind.TARGET_STATED: "Target now stated",
    Kind.TARGET_REMOVED: "Target no longer stated",
    Kind.TARGET_CHANGED: "Target changed",
    Kind.BASELINE_STATED: "Baseline now stated",
    Kind.BASELINE_REMOVED: "Baseline no longer stated",
    Kind.BASELINE_CHANGED: "Baseline changed",
    Kind.NUMBER_UP: "Number up",
    Kind.NUMBER_DOWN: "Number down",
    Kind.NUMBER_CHANGED: "Number changed",
    Kind.OWNER_ADDED: "Owner now stated",
    Kind.OWNER_REMOVED: "Owner no longer stated",
    Kind.OWNER_CHANGED: "Owner changed",
    Kind.OWNER_MOVED: "Same body, named in another place",
    Kind.TAG_ADDED: "Now filed under",
    Kind.TAG_DROPPED: "No longer filed under",
    Kind.ENTRY_ADDED: "Added to a list",
    Kind.ENTRY_REMOVED: "Taken off a list",
    Kind.PROGRESS_FORWARD: "Further on",
    Kind.PROGRESS_BACK: "Fallen back",
}
"""What each kind of change is called at the start of its sentence."""

HEADINGS = {
    Significance.WEAKENED: "Weakened",
    Significance.STRENGTHENED: "Strengthened",
    Significance.CHANGED: "Changed in other ways",
    Significance.REWORDED: "Reworded",
}
"""Headings over the changes that mean one thing."""

_UNSAID_FIELDS = frozenset(
    {"", "when", "text", "title", "name", "owner", "target", "value", "amount", "amounts", "commitment"}
)
"""Fields that the kind of change says already."""

_OF_DOCUMENT = "document."
"""What the plan says of its document, it says of itself."""

_ID_OF_PLAN = "Plan.id"
_FIELD_WORDS = {
    "icb": "board",
    "labels": "own headings",
    "restated_by": "who restated it",
    "if": "condition",
    "led_by": "lead",
    "by": "by when",
    "was": "earlier ids",
    "timeline": "band of the timeline",
    "repeats": "how often",
    "commitments": "national commitment",
    "mentions": "national commitment mentioned",
    "themes": "theme",
    "pillars": "part of primary care",
    "splits": "split",
    "serves": "what the money is for",
    "depends_on": "what it depends on",
    "see": "see also",
}
_TAG_LEADS = {
    "commitments": "answers the national commitment",
    "mentions": "mentions the national commitment",
    "themes": "under the theme",
    "pillars": "part of",
    "splits": "split by",
    "scope": "covers",
}
_ENTRY_LEADS = {
    "previous": "replaces the earlier plan",
    "inherits": "continues the plan of",
    "serves": "pays for",
    "depends_on": "depends on",
}
"""What follows "Now" or "No longer" where a tag, or what is told like one, was added or dropped."""

_LONGEST = 300
_PREPOSITION = re.compile(
    r"(?:after|at|before|between|by|during|every|from|in|on|over|since|throughout|until|up to|within)\b", re.IGNORECASE
)
"""A text that "from ... to" would not read well before."""

_BESIDE = "see the other changes of this item"
_TO = " to "
"""In a text, it could be taken for the "to" between the two texts."""


def fact_sentence(change: Change) -> str:
    """The fact: "Later: from March 2025 to June 2025 (3 months)."."""
    lead = _lead(change)
    amount = f" ({change.amount})" if change.amount else ""
    before, after = (
        shorten(side.title or plain(side.text), _LONGEST) if side else "" for side in (change.before, change.after)
    )
    if change.kind in {Kind.RETIRED, Kind.REINSTATED}:
        return _given_up(change, before or after)
    if change.kind is Kind.SPLIT:
        return _ended(f"{lead}: into {after}")
    if change.kind is Kind.MERGED:
        return _ended(f"{lead}: {before} into “{after}”")
    if before and after:
        return _ended(f"{lead}: {_both(change, before, after)}{amount}")
    text = _BESIDE if change.context == SHOWN else before or after
    if f" ({text})" == _field(change):  # a part that says nothing itself is called by its field
        text = ""
    if change.kind is Kind.ID_CHANGED:
        return f"Now has an id: {after}." if after else f"Has no id any more: it was {before}."
    return _ended(f"{lead}: {_without_stop(text) if amount else text}{amount}" if text else f"{lead}{amount}")


def _both(change: Change, before: str, after: str) -> str:
    """What it was and what it is: "from 80% to 85%"; of wordings and of what "to" stands in, more clearly apart."""
    if change.is_worded:
        return f"was “{_without_stop(before)}”, now “{_without_stop(after)}”"
    is_range = _TO in before or _TO in after
    unclear = is_range or change.is_together or any(map(_PREPOSITION.match, (before, after)))
    return f"was {before}, now {after}" if unclear else f"from {before} to {after}"


def _lead(change: Change) -> str:
    """What happened, and to which field where the kind of change does not say it."""
    leads = {
        Kind.TAG_ADDED: ("Now", _TAG_LEADS),
        Kind.TAG_DROPPED: ("No longer", _TAG_LEADS),
        Kind.ENTRY_ADDED: ("Now", _ENTRY_LEADS),
        Kind.ENTRY_REMOVED: ("No longer", _ENTRY_LEADS),
    }
    start, verbs = leads.get(change.kind, ("", {}))
    if verb := verbs.get(change.field.rpartition(".")[2]):
        return f"{start} {verb}"
    if change.subject == _ID_OF_PLAN and change.before and change.after:
        return "Called otherwise in files and links"
    return f"{LEADS[change.kind]}{_field(change)}"


def _given_up(change: Change, reason: str) -> str:
    """When and why it was given up, and what it had promised, which is no part of the reason."""
    side = change.before or change.after
    retired = side.value if side else None
    when = retired.when if isinstance(retired, Retired) else None
    dated = f" ({' '.join(when.published.split())})" if when else ""
    is_back = change.kind is Kind.REINSTATED
    start = f"{LEADS[change.kind]}; it was given up{dated}" if is_back else f"{LEADS[change.kind]}{dated}"
    promise = f" What it {'promises' if is_back else 'had promised'}: {change.amount}." if change.amount else ""
    return f"{_ended(f'{start}: {reason}' if reason else start)}{promise}"


def _field(change: Change) -> str:
    """The field in brackets, where the kind of change does not say it."""
    field = change.field.removeprefix(_OF_DOCUMENT)
    steps = [step for step in field.split(".") if step not in _UNSAID_FIELDS]
    if change.kind in {Kind.STATED, Kind.NO_LONGER_STATED} and change.field == "when":
        return " (date)"
    if change.kind in {Kind.ID_CHANGED, Kind.RELABELLED, Kind.LINEAGE_CHANGED, Kind.RETIRED, Kind.REINSTATED} or (
        change.kind in _SAY_THEIR_PART
    ):
        return ""
    words = ", ".join(_FIELD_WORDS.get(step, step.replace("_", " ")) for step in steps)
    return f" ({words})" if words else ""


_SAY_THEIR_PART = frozenset(kind for kind in Kind if kind.value.startswith(("target", "baseline", "priority")))


def _without_stop(text: str) -> str:
    """Without the full stop at its end; three dots, where a text was cut, stay."""
    return text if text.endswith("...") else text.removesuffix(".")


def _ended(sentence: str) -> str:
    return sentence if sentence.rstrip("”").endswith((".", "!", "?")) else f"{sentence}."


def wording_lead(change: Change) -> str:
    """What stands before words that are shown one by one; nothing where they are only other words."""
    return "" if change.kind is Kind.REWORDED else f"{_lead(change)}: "


def reason_sentence(change: Change) -> str:
    """The remark that stands beside it now; of what was weakened without one, that no reason is given."""
    if change.reason and change.kind is not Kind.RETIRED:
        return _ended(f"Remark in the plan: {shorten(change.reason, _LONGEST)}")
    weakened = change.significance is Significance.WEAKENED and change.kind is not Kind.RETIRED
    return "Reason given: none stated." if weakened else ""


def sentences(change: Change) -> tuple[str, ...]:
    """Everything to say of a change."""
    said = (fact_sentence(change), parts_sentence(change), *remarks(change))
    return tuple(sentence for sentence in said if sentence)


def whole_fact(change: Change) -> str:
    """The fact with all that came or went with it, where there is one place for it."""
    return " ".join(filter(None, (fact_sentence(change), parts_sentence(change), commitments_sentence(change))))


def remarks(change: Change) -> tuple[str, ...]:
    """What stands beside the fact: the commitments that went or came with it, the reason, what it may be."""
    said = (commitments_sentence(change), reason_sentence(change), suggestion_sentence(change))
    return tuple(filter(None, said))


def summary_sentence(changes: Iterable[Change]) -> str:
    """How many changes of which meaning: "3 changes: 1 weakened, 2 reworded."."""
    counts = Counter(change.significance for change in changes)
    if not counts:
        return "No changes."
    parts = [f"{counts[meaning]:,} {meaning.value}" for meaning in Significance if counts[meaning]]
    return f"{sentence_case(counted(counts.total(), 'change'))}: {', '.join(parts)}."


def sides_sentence(difference: Difference) -> str:
    """Which plans were compared: "bob@v1 to bob", "bob, new since v1"."""
    old = listed([side_name(version) for version in difference.old])
    new = side_name(difference.new) if difference.new else ""
    since = f" since {difference.since}" if difference.since else ""
    if old and new:
        return f"{old} to {new}"
    return f"{new}, new{since}" if new else f"{old}, gone{since}"


def caution_sentence(difference: Difference) -> str:
    """That the new plan may have nothing to do with an old one, or is not the only one that follows it; else empty."""
    sentences = (
        *_divided_sentences(difference),
        *_one_board_sentences(difference),
        _mixed_sentence(difference),
        *_unseen_sentences(difference),
        _unseen_before_sentence(difference),
        _unrelated_sentence(difference),
    )
    return " ".join(filter(None, sentences))


def _divided_sentences(difference: Difference) -> Iterator[str]:
    """Which plans have parts of which old ones now."""
    names = _sibling_names(difference)
    for plans, labels in _labels_by(difference.divided):
        now = listed([difference.new.label if difference.new else "", *(names[plan] for plan in plans)])
        yield f"What {listed(labels)} planned is now divided between {now}; what went into another of them is not lost."


def _sibling_names(difference: Difference) -> Mapping[str, str]:
    """What the other plans of now are called, by their ids."""
    return {version.plan_id: version.label for version in difference.siblings}


def _one_board_sentences(difference: Difference) -> Iterator[str]:
    names = _sibling_names(difference)
    for plans in difference.of_one_board:
        which = "in both" if len(plans) == 2 else "in several"  # noqa: PLR2004 - two are both
        yield f"The plans {listed([names[plan] for plan in plans])} are of one board: what stands {which} counts once."


def _mixed_sentence(difference: Difference) -> str:
    if not difference.mixed:
        return ""
    names = _sibling_names(difference)
    others = listed([names[plan] for plan in difference.mixed])
    return f"Money added up with {others}, where other boards' money is too, is not called less or more."


def _unseen_sentences(difference: Difference) -> Iterator[str]:
    """Which boards have parts of which old plans that nothing is known of."""
    for boards, labels in _labels_by(difference.unseen):
        old, heirs, them = listed(labels), listed(list(boards)), "it" if len(boards) == 1 else "them"
        yield (
            f"Take care: {heirs} took over a part of {old} too, and no plan of {them} was given. What is "
            f"gone from {old}, and its money that is less, may be there, so neither is called weakened."
        )


def _labels_by(known: Iterable[tuple[str, tuple[str, ...]]]) -> Iterable[tuple[tuple[str, ...], list[str]]]:
    """Old plans of which the same is known, by what that is."""
    labels: dict[tuple[str, ...], list[str]] = {}
    for label, names in known:
        labels.setdefault(names, []).append(label)
    return labels.items()


def _unseen_before_sentence(difference: Difference) -> str:
    if not (difference.unseen_before and difference.new):
        return ""
    boards, them = listed(list(difference.unseen_before)), "it" if len(difference.unseen_before) == 1 else "them"
    return (
        f"Take care: the board of {difference.new.label} took over from {boards} too, and no plan of {them} was "
        "given. What is new, and money that is more, may be from there, so neither is called strengthened."
    )


def _unrelated_sentence(difference: Difference) -> str:
    if not difference.unrelated:
        return ""
    verb = "follows" if len(difference.unrelated) == 1 else "follows any of"
    return f"Take care: nothing says that the new plan {verb} {listed(list(difference.unrelated), 'or')}."


def side_name(version: Version) -> str:
    """What one side is called, with its version and date where the plan states them."""
    details = ", ".join(filter(None, (version.version, version.date)))
    return f"{version.label} ({details})" if details else version.label
