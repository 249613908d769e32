"""Turns what checking found into the page on the quality of the documents, for people without a terminal.

It is grouped by plan and by who answers for the item. Plans stand in the order of their files and are not compared:
nothing here is a score.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from markupsafe import Markup, escape

from pcstrat.diagnostics import Severity, Span
from pcstrat.render.blocks import (
    Block,
    Cell,
    Column,
    Cover,
    FactStrip,
    Item,
    Items,
    Notice,
    Page,
    Paragraph,
    Row,
    Section,
    Table,
)
from pcstrat.review import CheckedFinding, CheckResult, FoundPlace, Review
from pcstrat.text import counted, long_date, sentence_case, visible
from pcstrat.verdict import found_sentence, profile_words, severities_sentence, severity_count, unrun_sentence

LANGUAGE = "en-GB"
TITLE = "The quality of the documents"
NOBODY = "Nobody is named"
_INTRO = (
    "This report is for whoever writes and approves the plans. It says what pcstrat found in the documents, not how "
    "good a plan or a board is, and it does not compare boards."
)
_INTERNAL = "This report is internal. It is not part of the published documents."
_LEVELS = (
    "An error keeps a plan from being published. A warning is what a board would want put right. Advice is the rest. "
    "Each entry says where it stands, what was found, what to do and why it matters."
)
_COUNTED = (
    "What was found in more than three places of a plan counts once here, and stands under each owner it concerns. "
    "“Since” counts what happened after a plan was written, “accepted” what its authors know of and give a reason for."
)
_COLUMNS = ("Plan", "Errors", "Warnings", "Advice", "Since", "Accepted", "Highest profile")
_CODE = re.compile(r"`([^`]*)`")


def findings_page(review: Review, publisher: str = "") -> Page:
    """The page of everything that was found."""
    twice = Counter(result.plan for result in review.results)
    names = [result.file if twice[result.plan] > 1 else result.plan for result in review.results]
    plans = [
        _plan(result, name, number) for number, (result, name) in enumerate(zip(review.results, names, strict=True))
    ]
    return Page(
        id="findings",
        language=LANGUAGE,
        cover=Cover(
            organisation=visible(publisher),
            title=TITLE,
            subtitle=sentence_case(counted(len(review.results), "plan")),
            strapline="",
            facts=(f"As at {long_date(review.as_of)}",),
        ),
        notices=(Notice(text=escape(_INTERNAL)),),
        sections=(_how_to_read(), _in_all(review, names), *plans),
        description=_INTRO,
        publisher=visible(publisher) or "pcstrat",
        running_head=TITLE,
    )


def _how_to_read() -> Section:
    blocks = tuple(Paragraph(text=escape(text)) for text in (_INTRO, _LEVELS))
    return Section(id="findings--about", title="How to read this report", level=2, blocks=blocks)


def _in_all(review: Review, names: Sequence[str]) -> Section:
    """What was found in all, and how much in each plan, in the order of the files."""
    rows = tuple(
        _counts(result, name, number) for number, (result, name) in enumerate(zip(review.results, names, strict=True))
    )
    columns = tuple(Column(title=title) for title in _COLUMNS)
    table = Table(id="findings--counts", caption="How much was found in each plan", columns=columns, rows=rows)
    text = Paragraph(text=escape(f"{found_sentence(review)} {_COUNTED}"))
    return Section(id="findings--all", title="What was found", level=2, blocks=(text, table))


def _counts(result: CheckResult, name: str, number: int) -> Row:
    levels = [finding.severity for finding in result.faults]
    numbers = [*map(levels.count, Severity), len(result.since), len(result.waived)]
    link = Markup('<a href="#{}">{}</a>').format(_id(number), _line_of(name))
    cells = [*(Cell(text=escape(f"{count:,}")) for count in numbers), Cell(text=escape(profile_words(result)))]
    return Row(header=Cell(text=link), cells=tuple(cells))


def _id(number: int) -> str:
    return f"findings--{number + 1}"


def _plan(result: CheckResult, name: str, number: int) -> Section:
    """One plan. Its heading holds its id, or its file, because no two headings may be the same."""
    section_id = _id(number)
    parts = [
        *_owners(result.faults, section_id),
        *_apart(result.since, f"{section_id}-since", "Since this plan was written", _since_intro()),
        *_apart(result.waived, f"{section_id}-waived", "Accepted", "The plan gives a reason for each of these."),
    ]
    return Section(
        id=section_id,
        title=_line_of(f"{result.title} ({name})" if result.title else name),
        label=visible(result.file),
        level=2,
        blocks=tuple(_plan_blocks(result)),
        sections=tuple(parts),
    )


def _since_intro() -> str:
    return "These are no faults of the plan: they happened after it was written."


def _plan_blocks(result: CheckResult) -> Iterator[Block]:
    if unrun := unrun_sentence(result):
        yield Notice(text=escape(_line_of(unrun)))
    if not result.is_plan or not (result.rules_run or result.unrun_rules):
        return
    found = sentence_case(severities_sentence(result.faults))
    profile = f"Highest profile that passes: {profile_words(result)}"
    facts = (f"Checked with {counted(result.rules_run, 'rule')}", found, profile)
    yield FactStrip(facts=tuple(escape(fact) for fact in facts if fact))
    if not (result.faults or result.unrun_rules):
        text = f"No issues found by {counted(result.rules_run, 'rule')}. A person should still read the plan."
        yield Paragraph(text=escape(text))


def _owners(findings: Iterable[CheckedFinding], section_id: str) -> Iterator[Section]:
    """The findings of each owner, in the order in which the plan names them; those without one come last."""
    by_owner: dict[str, dict[Severity, list[Item]]] = {}
    for finding in findings:
        for owner, item in _items(finding):
            by_owner.setdefault(owner, {}).setdefault(finding.severity, []).append(item)
    ordered = sorted(by_owner.items(), key=lambda entry: not entry[0])
    for number, (owner, levels) in enumerate(ordered, 1):
        yield Section(
            id=f"{section_id}-owner-{number}",
            title=f"For {owner}" if owner else NOBODY,
            level=3,
            blocks=tuple(_level(severity, levels[severity]) for severity in Severity if severity in levels),
            in_contents=False,
        )


def _level(severity: Severity, items: Sequence[Item]) -> Items:
    """The findings of one severity, the worst of which come first: told apart by their heading and by their edge."""
    heading = sentence_case(severity_count(len(items), severity))
    return Items(items=tuple(items), heading=heading, style=f"finding list--{severity.value}")


def _items(finding: CheckedFinding) -> Iterator[tuple[str, Item]]:
    """A finding as an item; one with several places as an item for each owner, with that owner's places."""
    if not finding.places:
        yield _line_of(finding.owner), _item(finding)
        return
    for owner in dict.fromkeys(place.owner for place in finding.places):
        yield _line_of(owner), _item(finding, [place for place in finding.places if place.owner == owner])


def _apart(findings: Sequence[CheckedFinding], section_id: str, title: str, intro: str) -> Iterator[Section]:
    if findings:
        items = tuple(_item(finding, finding.places) for finding in findings)
        blocks = (Paragraph(text=escape(intro)), Items(items=items, style="finding"))
        yield Section(id=section_id, title=title, level=3, blocks=blocks, in_contents=False)


def _item(finding: CheckedFinding, places: Sequence[FoundPlace] = ()) -> Item:
    return Item(
        title=escape(_upper(finding.where)) if not places else _words(finding.rule.title if finding.rule else ""),
        text=_words(finding.message) if not places else Markup(),
        facts=tuple(_facts(finding, single=not places)),
        items=tuple(_details(finding, places)),
    )


def _facts(finding: CheckedFinding, *, single: bool) -> Iterator[Markup]:
    if not finding.since:
        yield escape(sentence_case(finding.severity.value))
    yield escape(f"Rule {finding.code}")
    if single and finding.span:
        yield escape(_line(finding.span))
    if finding.accepted:
        owner, until, reason = map(visible, finding.accepted)
        yield escape(f"Accepted by {owner} until {until}: {reason}")


def _details(finding: CheckedFinding, places: Sequence[FoundPlace]) -> Iterator[Item]:
    """What to do comes first, because it is what a reader looks for; then the reason, and every place."""
    if finding.remedy and not finding.accepted:
        yield Item(title=Markup("What to do"), text=_words(finding.remedy))
    if finding.why:
        yield Item(title=Markup("Why it matters"), text=_words(finding.why))
    for title, listed in (("Where", places), ("See also", finding.related)):
        if listed:
            yield Item(
                title=escape(title), text=escape(counted(len(listed), "place")), items=tuple(map(_place, listed))
            )


def _place(place: FoundPlace) -> Item:
    return Item(title=escape(_upper(place.where)), text=_words(place.message), facts=(escape(_line(place.span)),))


def _line(span: Span) -> str:
    return f"Line {span.start.line}"


def _line_of(text: str) -> str:
    return " ".join(visible(text).split())


def _upper(text: str) -> str:
    return sentence_case(visible(text))


def _words(text: str) -> Markup:
    """Our words, and the plan's in them, as text; what is set as code elsewhere stands in quotation marks."""
    return escape(_CODE.sub(r"“\1”", _line_of(text)))
