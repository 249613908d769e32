"""Finds promises that bind nobody: vague verbs, the passive, several aims in one, what others have to do."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pcstrat.diagnostics import Severity
from pcstrat.light_markdown import plain
from pcstrat.model.aims import Enabler, Objective
from pcstrat.model.points import Action, Milestone
from pcstrat.model.vocabulary import Progress
from pcstrat.naming import shorten
from pcstrat.numerals import WORDS
from pcstrat.outline import children_of
from pcstrat.patterns import Pattern
from pcstrat.placeholders import filled
from pcstrat.reading import is_judged
from pcstrat.rules._counts import COUNT
from pcstrat.rules._nouns import NOUN_FIRST
from pcstrat.rules._promises import VAGUENESS, Promise, promised_words, promises
from pcstrat.rules._rule import PLANS, Hit, rule
from pcstrat.rules._told import told
from pcstrat.rules.subject import Item, Subject
from pcstrat.text import listed, sentence_case

_SEARCHES = Pattern(
    r"""(?:explore|consider|investigate|understand|look\ (?:into|at)
        |(?:review|identify)\ (?:\w+\ )?opportunities|review\ what\ opportunities)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_VAGUE = Pattern(
    r"""(?:continue\ (?:to|with|our|its|the)|work\ (?:to|towards)|support|encourage|embed|maximise|optimise|enhance
        |strengthen|promote|seek\ to|look\ to|aim\ to|raise\ (?:public\ )?awareness|champion|foster|take\ forward
        |drive\ (?:forward|up)?\ ?(?:change|improvements?|innovation|quality)|progress|engage\ with|keep\ talking
        |build\ (?:better|closer|stronger)\ (?:links|partnerships|relationships|ties))\b""",
    re.IGNORECASE | re.VERBOSE,
)
_BEGINS_SEARCH = ("explore", "consider", "investigate", "understand", "look ", "review ", "identify ")
_BEGINS_VAGUE = (
    *("continue ", "work to", "support", "encourage", "embed", "maximise", "optimise", "enhance", "strengthen"),
    *("promote", "seek to", "look to", "aim to", "raise ", "champion", "foster", "take forward", "drive ", "progress"),
    *("engage with", "keep talking", "build "),
)
_MAY_BE_VAGUE = (*_BEGINS_SEARCH, *_BEGINS_VAGUE)
_AND_DELIVERS = Pattern(
    r"(?:\b(?:and|then)|[.;:]) (?:we will )?(?:adopt|agree|appoint|award|build|buy|choose|commission|create|decide"
    r"|develop|draw up|hire|launch|list|make|open|pick|present|produce|propose|publish|put|recommend|rent|report|say"
    r"|set|share|sign|start|tell|write)\b",
    re.IGNORECASE,
)
_WITH_SO_MANY = Pattern(rf",? (?:by|with) (?:at least |up to )?{COUNT} ", re.IGNORECASE)
"""What somebody is supported with, and how much of it: "with 25 training places each year"."""
_WITH_A_THING = Pattern(
    r" with an? (?!(?:[\w-]+ ){0,3}?(?:approach|commitment|culture|emphasis|focus|mindset|number|offer|range|variety"
    r"|view|vision|way)\b)(?:[\w’'-]+ ){1,3}(?:that|which) (?!(?:can|could|may|might|should|would)\b)",
    re.IGNORECASE,
)
"""The same of one thing, told so that its doing can be seen: "with a phone line that nurses answer"."""
_PURPOSE = Pattern(r",? (?:so that|so as|in order to|which|that|to (?!the\b|all\b|our\b)[a-z]+)\b", re.IGNORECASE)
_DELIVERABLE = Pattern(
    r"""[0-9]|\b(?:agreements?|assessments?|campaigns?|clinics?|courses?|dashboards?|directory|events?|forums?
        |frameworks?|grants?|guides?|guidance|hubs?|lists?|metrics?|packs?|pilots?|plans?|polic(?:y|ies)|posts
        |procedures?|questions|registers?|reports?|roadmaps?|rota|schemes?|sessions?|strateg(?:y|ies)|surveys?
        |templates?|toolkits?|websites?|workshops?)\b""",
    re.IGNORECASE | re.VERBOSE,
)


@rule(
    "O05",
    "vague-verb",
    title="An action begins with a vague verb and names no result and date",
    severity=Severity.ADVICE,
    heuristic=True,
    why=f"{VAGUENESS}. Whoever explores or supports is never late and has never failed.",
    remedy="Say what will exist when it is done, and by when: “publish the options by June 2027”.",
    owed_by=PLANS,
    before="""
actions: [Explore opportunities for a closer partnership with libraries.]
""",
    after="""
milestones: [{text: Publish a plan for clinics in libraries., when: by June 2027}]
""",
)
def vague_verb(subject: Subject) -> Iterator[Hit]:
    """Actions and milestones that lead with a vague verb and lack a thing to be delivered, a date, or both."""
    for promise in filter(_is_vague, promises(subject)):
        wanted = (("what will exist in the end", _names_result(promise)), ("by when", promise.is_dated))
        lacks = [words for words, is_said in wanted if not is_said]
        if lacks:
            message = f"“{shorten(sentence_case(promise.doing))}” does not say {listed(lacks, 'or')}."
            yield Hit(path=promise.path, message=message, at_words=promise.doing)


def _is_vague(promise: Promise) -> bool:
    """Whether the verb is vague. To understand is a fair first step with a date, and what goes on needs none."""
    if not promise.doing.casefold().startswith(_MAY_BE_VAGUE):
        return False
    if _SEARCHES.match(promise.doing):
        return not (promise.is_dated and promise.doing.casefold().startswith("understand"))
    is_vague = _VAGUE.match(promise.doing) and not NOUN_FIRST.match(promise.doing)
    return bool(is_vague) and not (promise.doing.casefold().startswith("continue") and _names_result(promise))


def _names_result(promise: Promise) -> bool:
    """Whether a thing is named that can be handed over: by the verb itself, or by a point below it."""
    if _SEARCHES.match(promise.doing):
        return _AND_DELIVERS.search(promise.whole) is not None
    what = _PURPOSE.split(promise.doing, maxsplit=1)[0]
    if (verb := _VAGUE.match(promise.doing)) is not None:
        what = _PURPOSE.split(promise.doing[verb.end() :], maxsplit=1)[0]
    if _WITH_SO_MANY.search(promise.doing) or _WITH_A_THING.search(promise.doing):
        return True
    points = (point.text or point.title or "" for point in promise.item.get("points") or ())
    return any(_DELIVERABLE.search(text) for text in (what, *points))


_PASSIVE = Pattern(
    r"\b(?:will|would|should|must|(?:is|are) to|needs? to) (?:\w+ly )?be (?:\w+ly )?"
    r"(?P<verb>taken forward|set up|\w+ed|begun|bought|built|cast|cut|drawn|driven|found|given|held|kept|made|put|run"
    r"|sent|sought|taught|undertaken|written)\b(?P<rest>.*)",
    re.IGNORECASE,
)
_STATE = Pattern(r"based|delayed|directed|expected|focused|involved|needed|placed|required|rooted", re.IGNORECASE)
_ACTIVE = Pattern(r"\b(?:we|the icb|our team) (?:will|are|have)\b", re.IGNORECASE)


@rule(
    "O06",
    "passive-promise",
    title="A promise does not say who will keep it",
    severity=Severity.ADVICE,
    heuristic=True,
    requires=("O13",),
    why=f"{VAGUENESS}. “Will be taken forward” commits nobody; the NHS service manual asks for the active voice.",
    remedy="Begin with who will do it, as in “We will open ...”, or name the `owner`.",
    owed_by=PLANS,
    before="""
actions: [Closer ties with libraries will be taken forward.]
""",
    after="""
actions: [The Coastal Board will take closer ties with libraries forward.]
""",
)
def passive_promise(subject: Subject) -> Iterator[Hit]:
    """Actions and milestones in the passive, without an agent, an owner or a sentence that says who.

    Whoever restates a plan may have chosen the passive, so that a restatement is not judged.
    """
    if not is_judged(subject.plan):
        return
    for promise in promised_words(subject).naming(" be "):
        match = _PASSIVE.search(promise.sentence)
        if match is None or _STATE.fullmatch(match["verb"]) or re.search(r"\bby (?!\d|the end)", match["rest"]):
            continue
        named = filled(*(promise.item.get(field) for field in ("owner", "led_by", "set_by")))
        if not named and not _ACTIVE.search(promise.whole):
            yield Hit(
                path=promise.path,
                message=f"“{shorten(promise.sentence)}” does not say by whom.",
                at_words=promise.sentence,
            )


_GERUND = Pattern(
    r"(?!bring\b|during\b|including\b|nursing\b|wellbeing\b|housing\b|learning\b)[a-z]+ing\b", re.IGNORECASE
)
_IMPERATIVE = Pattern(
    rf"""(?:(?:achieve|address|adopt|align|appoint|assess|attract|bring|coordinate|create|cut|deliver|develop|digitise
        |double|embed|employ|enable|enhance|enrol|ensure|equip|establish|expand|extend|give|grow|halve|hire|identify
        |improve|integrate|introduce|invest|join|keep|launch|lower|make|maximise|modernise|prevent|promote|protect
        |provide|publish|raise|recruit|reduce|renew|reopen|replace|restore|retain|secure|shorten|simplify|stabilise
        |strengthen|tackle|teach|transform|treat|upskill|widen)\b
        |(?:build|commission|increase|open|put|reform|share|support|train)
         \ (?:an?|all|every|its|more|new|our|the|their|[0-9]+|(?!one\b){WORDS})\b
        |(?:buy|let|pay|use)
         \ (?:all|an?|every|more|our|strong|the|their|[0-9]+|(?!across|always|as|is|this)[a-z]+s)\b)""",
    re.IGNORECASE | re.VERBOSE,
)
_VERB_OR_NOUN = Pattern(
    r"(?:build|close|commission|design|fund|increase|open|pilot|plant|put|reform|share|support|train)\b", re.IGNORECASE
)
_WHOLE_AIM = 3
"""Words from which on an aim with a word like "train" is taken for a sentence, beside another one."""
_VERBS_ALONE = Pattern(r"[a-z]+(?: up| out)?(?:, [a-z]+(?: up| out)?)*", re.IGNORECASE)
_JOINED = Pattern(
    r",? and |, |,? (?:as well as|whil(?:e|st)) "
    r"(?=(?:building|creating|cutting|developing|expanding|growing|improving|increasing|protecting|raising|reducing"
    r"|strengthening|training) (?!and\b)\w+)"
)
_BESIDE = (" as well as ", " while ", " whilst ")
_JOINERS = (";", ", ", " and ", *_BESIDE)
_MOTTO = 3


@rule(
    "O07",
    "several-in-one",
    title="One objective holds several",
    severity=Severity.ADVICE,
    heuristic=True,
    why="""NHS England's guidance asks for specific objectives. Two aims in one cannot have one owner, one measure and
    one date, and one of them gets lost.""",
    remedy="Make an objective of each, or say what they have in common. Titles that are names may stay.",
    before="""
ambitions: [{id: clinics, title: Opening clinics in every town and training volunteers for them}]
""",
    after="""
ambitions: [{id: clinics, title: Opening clinics in every town}, {id: people, title: Training volunteers}]
""",
)
def several_in_one(subject: Subject) -> Iterator[Hit]:
    """Titles of objectives with two verbs that each have an object of their own, or a verb and a semicolon."""
    for item in subject.of(Objective):
        part = item.part
        is_group = isinstance(part, Enabler) or bool(children_of(part))
        if not is_group and not item.is_retired:
            parts = _aims_in(plain(part.title))
            if len(parts) > 1:
                named = listed([f"“{shorten(text, 40)}”" for text in parts])
                yield Hit(path=(*item.path, "title"), message=f"This is {len(parts)} aims in one: {named}.")


def _aims_in(title: str) -> list[str]:
    """The aims that a title joins."""
    if title.casefold().startswith("to "):
        title = title[len("to ") :].replace(" and to ", " and ").replace(", to ", ", ")
    if title.casefold().startswith("we will "):
        title = title[len("we will ") :].replace(" and we will ", " and ").replace(", we will ", ", ")
    if not any(joiner in title for joiner in _JOINERS):
        return [title]
    if ";" in title:
        parts = [text.strip() for text in title.split(";") if text.strip()]
        is_name = not any(verb.match(text) for verb in (_GERUND, _IMPERATIVE, _VERB_OR_NOUN) for text in parts)
        return [title] if is_name else parts
    verb = next((verb for verb in (_GERUND, _IMPERATIVE, _VERB_OR_NOUN) if verb.match(title)), None)
    if verb is None:
        return [title]
    found: list[str] = []
    for joiner, text in zip(["", *_JOINED.findall(title)], _JOINED.split(title), strict=True):
        is_aim = joiner.endswith(_BESIDE) or (verb is not _VERB_OR_NOUN and verb.match(text))
        is_last_aim = verb is _IMPERATIVE and len(found) > 1 and _VERB_OR_NOUN.match(text) and " " in text
        if not found or is_aim or is_last_aim or (verb is not _GERUND and _begins_an_aim(found[-1], text)):
            found.append(text)
            is_list = joiner.endswith(("and ", *_BESIDE))
        else:
            found[-1] += f"{joiner}{text}"
    for index in range(len(found) - 1, 0, -1):
        if _VERBS_ALONE.fullmatch(found[index - 1]):
            found[index - 1 : index + 1] = [f"{found[index - 1]} and {found[index]}"]
    return found if is_list and len(found) > 1 and not _is_motto(found) else [title]


def _begins_an_aim(before: str, text: str) -> bool:
    """Whether a word that is a verb or a noun is a verb here: two long halves that begin with one are two aims."""
    halves = (before, text)
    begin = all(_IMPERATIVE.match(half) or _VERB_OR_NOUN.match(half) for half in halves)
    return begin and all(len(half.split()) >= _WHOLE_AIM for half in halves)


def _is_motto(parts: list[str]) -> bool:
    """Whether parts are a name in the manner of "Start well, live well, age well"."""
    return (
        len({text.split()[-1].casefold() for text in parts}) == 1 and max(len(text.split()) for text in parts) < _MOTTO
    )


_NATIONAL_WORDS = ("national", "nhs", "government", "department of health", "dhsc", "ministerial")
_NATIONAL_SUBJECT = Pattern(
    r"(?:the )?(?:national [a-z ]{3,40}?|nhs england|nhse|department of health and social care|dhsc|government)"
    r" (?:is|are|will|intends?|plans?|has)\b(?! promoted| (?:been )?launched)",
    re.IGNORECASE,
)
_NATIONAL_NEED = Pattern(
    r"\b(?:awaiting|pending|once|subject to|depend(?:s|ing|ent) on|wait(?:s|ing)? for)\b[^.]{0,60}"
    r"\b(?:national|nhs england|nhse|dhsc|ministerial|government)\b",
    re.IGNORECASE,
)


@rule(
    "O13",
    "others-decide",
    title="What is promised is for a national body to do",
    severity=Severity.ADVICE,
    heuristic=True,
    why="""NHS England's guidance asks for the ICB's own objectives. What a national body decides may come late, or not
    at all, and the ICB can only wait.""",
    remedy="Say what the ICB itself will do, and put what it waits for in `if`.",
    owed_by=PLANS,
    before="""
actions: [The national library scheme will be extended to our towns.]
""",
    after="""
actions: [{text: We will bring the library scheme to our towns., if: once it is open to new areas}]
""",
)
def others_decide(subject: Subject) -> Iterator[Hit]:
    """Actions and milestones whose subject is a national body or programme, or that wait for one."""
    for promise in promised_words(subject).naming(*_NATIONAL_WORDS):
        if _NATIONAL_SUBJECT.match(promise.sentence) or _waits(promise.item, promise.sentence):
            yield Hit(
                path=promise.path,
                message=f"“{shorten(promise.sentence)}” is for a national body to do.",
                at_words=promise.sentence,
            )


def _waits(item: Item, sentence: str) -> bool:
    condition = item.get("condition")
    return _NATIONAL_NEED.search(sentence) is not None and not condition


_HAVE_DONE = Pattern(
    r"(?:we|the (?:icb|board|partners?|teams?)) (?:have |has )?(?:already |also |now |recently )?"
    r"(?!need)(?:[a-z]{2,}[^\We]ed|agreed|been|begun|began|bought|brought|built|found|gave|given|grew|held|led|made|met|ran|sent"
    r"|spent|taught|took|taken|told|won|written|wrote)\b(?! to\b| \w+ed to\b)",
    re.IGNORECASE,
)
_BEGINS_DONE = ("we ", "the icb ", "the board ", "the partner", "the team")
_IS_DONE = Pattern(
    r"(?!(?:after|as|if|once|since|until|when|where)\b)(?:(?!(?:that|which|who|will)\b)[^\s,.;:]+ ){1,8}?(?:has|have) "
    r"(?:already |recently )?been (?:\w+ed|built|begun|bought|held|made|put|run|set up|written)\b(?! to\b)",
    re.IGNORECASE,
)
_TO_ACHIEVEMENTS = "List what the document says was done under `achievements`."
_STILL_TO_DO = Pattern(r"\b(?:will|shall|plan to|aim to|now|next)\b", re.IGNORECASE)
_ORDERS = Pattern(
    r"(?<=[.!?;] )(?!(?:it|they|this|these|that|those|there|he|she|we|you|our|its|his|her|their|the|an?|all|both|each"
    rf"|every|some|most|many|more|few|much|{WORDS}|nobody|everybody|everyone|nothing|about|after|among|as|at|because"
    r"|before|by|during|for|from|in|of|on|since|so|then|through|to|until|with|yet)\b)[a-z]+(?<!ed|ly)(?<![^s]s)\b",
    re.IGNORECASE,
)
"""A later sentence that begins like an order, "Open two more": with no subject, and no noun in the plural."""
_YEAR = Pattern(r"\b20[0-9]{2}\b")


@rule(
    "O17",
    "done-among-plans",
    title="Something that has been done stands among what will be done",
    severity=Severity.ADVICE,
    heuristic=True,
    requires=("T17",),
    why="""NHS England's guidance asks that joint forward plans are delivery-focused, with specific milestones. What has
    been done already makes the list of promises longer than it is.""",
    remedy="Move it to `achievements`, or set its `status` to done. Say here what is still to be done.",
    owed_by=PLANS,
    before="""
actions: [We have opened a clinic in the old library.]
""",
    after="""
achievements: [We have opened a clinic in the old library.]
""",
)
def done_among_plans(subject: Subject) -> Iterator[Hit]:
    """Actions and milestones whose sentence is in the past: in the perfect, or with a time from before the plan.

    Those whose status says that they are done are left out.
    In a restated plan the status is what the document itself said on the day it came out, so that it counts too.
    """
    past = told(subject)
    for promise in promises(subject):
        if (_is_told(promise) or promise in past) and not _is_to_go_on(subject, promise.whole):
            yield Hit(
                path=promise.path,
                message=f"“{shorten(promise.sentence)}” says what has been done already.",
                at_words=promise.sentence,
            )
    if subject.document.restated_by is not None:
        for item in subject.of(Action):
            if item.part.status is Progress.DONE and item.aim_or_strand and not item.is_retired:
                text = shorten(plain(item.part.text or item.part.title or ""))
                message = f"“{text}” was done when the document came out, which lists it as future work."
                yield Hit(path=(*item.path, "status"), message=message, remedy=_TO_ACHIEVEMENTS)


def _is_told(promise: Promise) -> bool:
    """Whether a sentence tells what has been done."""
    lower = promise.sentence.casefold()
    if lower.startswith(_BEGINS_DONE) and _HAVE_DONE.match(promise.sentence):
        return True
    return " been " in lower and _is_undated(promise.item) and _IS_DONE.match(promise.sentence) is not None


def _is_to_go_on(subject: Subject, text: str) -> bool:
    """Whether a text also says what is still to be done, or names a year after that of the plan."""
    if _STILL_TO_DO.search(text) or _ORDERS.search(text):
        return True
    written = subject.written_on
    return written is not None and any(int(year) > written.year for year in _YEAR.findall(text))


def _is_undated(item: Item) -> bool:
    """Whether "has been done" cannot mean a state to reach: it is no milestone, and no time is stated for it."""
    return not isinstance(item.part, Milestone) and item.get("when") is None


RULES = (vague_verb, passive_promise, several_in_one, others_decide, done_among_plans)
