"""Turns a check into a rule: its code, its words and its reasons in one place; what it finds are hits, in paths.

A rule never raises for what stands in a plan, counts no lines and knows no severity but its default: `check` runs it,
places its hits in the file and judges them by the profile.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from pcstrat.diagnostics import Path, Severity
from pcstrat.model.vocabulary import DocumentKind
from pcstrat.patterns import Pattern

if TYPE_CHECKING:
    from pcstrat.rules.subject import Subject

_CODE = Pattern(r"[A-Z][0-9]{2}")
_NAME = Pattern(r"[a-z0-9]+(-[a-z0-9]+)*")

PLANS = frozenset(DocumentKind) - {DocumentKind.BRIEFING}
"""The kinds of document that promise something: all but briefings."""


class Related(NamedTuple):
    """Another place that a hit is about, and what it has to do with it: "Year 2 stands here".

    `at_words` are those of a long text that are meant, and `text_before` what stands before them, as in `Hit`.
    """

    path: Path
    words: str
    at_words: str = ""
    text_before: str = ""


class Hit(NamedTuple):
    """One thing that a rule found at one path.

    `remedy` replaces the rule's own where the place allows better advice. `at_key` points at the key instead of its
    value, `at_words` at these words in a text of several lines: at their first use, or at the one after `text_before`,
    which is the text before the words that are meant, with or without mark-up. `at_most` caps the severity: facts that
    nobody has verified never cause more than advice. `explained_at` are the places where a finding of a required
    rule explains this one: exactly there, or at the item if it is an item's path; its own item and those of related
    places, unless stated.
    """

    path: Path
    message: str
    remedy: str = ""
    related: tuple[Related, ...] = ()
    at_key: bool = False
    at_words: str = ""
    text_before: str = ""
    at_most: Severity | None = None
    explained_at: tuple[Path, ...] | None = None


Check: TypeAlias = Callable[["Subject"], Iterator[Hit]]


class Rule(NamedTuple):
    """One rule.

    Attributes:
        code: Letter of the family and two digits; never used again for another rule.
        name: The same in words, for people who prefer them: `bands-overlap`.
        title: What is wrong, as a short sentence without full stop. It stands over several places in one.
        severity: What it counts for unless a profile says otherwise.
        why: Why it matters, with the guidance or law it rests on.
        remedy: What to do.
        before: Lines of a plan that it finds fault with: fields of the plan, or of one ambition.
        after: The same lines put right.
        check: What finds the hits.
        heuristic: Whether it may be wrong about a plan. Then it is at most advice, unless `proven`.
        proven: How many of its findings on real plans stood when checked by hand, at least nine in ten.
        requires: Codes whose findings silence this one where they explain it: see `Hit.explained_at`.
        owed_by: The kinds of document that it applies to.
        since: Whether it reports what has happened since the plan was written: never a fault, and advice only.
        by_engine: Whether `check` itself finds it, because it is about the run.
    """

    code: str
    name: str
    title: str
    severity: Severity
    why: str
    remedy: str
    before: str
    after: str
    check: Check
    heuristic: bool = False
    proven: str = ""
    requires: tuple[str, ...] = ()
    owed_by: frozenset[DocumentKind] = frozenset(DocumentKind)
    since: bool = False
    by_engine: bool = False

    @property
    def family(self) -> str:
        """The letter that the codes of its family begin with."""
        return self.code[0]

    def applies_to(self, kind: DocumentKind) -> bool:
        """Whether a document of this kind owes what the rule asks for."""
        return kind in self.owed_by


def rule(  # noqa: PLR0913 - one keyword for each part of a rule
    code: str,
    name: str,
    *,
    title: str,
    severity: Severity,
    why: str,
    remedy: str,
    before: str,
    after: str,
    heuristic: bool = False,
    proven: str = "",
    requires: tuple[str, ...] = (),
    owed_by: frozenset[DocumentKind] = frozenset(DocumentKind),
    since: bool = False,
    by_engine: bool = False,
) -> Callable[[Check], Rule]:
    """Make the function below it a rule. Nothing is registered: `rules.RULES` lists what runs.

    Raises:
        ValueError: if the rule breaks the promises of the catalogue.
    """
    if not _CODE.fullmatch(code) or not _NAME.fullmatch(name):
        message = f"{code} {name}: a rule has a code like T01 and a name like bands-overlap"
        raise ValueError(message)
    if severity is not Severity.ADVICE and (since or (heuristic and not proven)):
        message = f"{code}: what may be wrong, or is no fault, is advice"
        raise ValueError(message)

    def make(check: Check) -> Rule:
        return Rule(
            code=code,
            name=name,
            title=title,
            severity=severity,
            why=" ".join(why.split()),
            remedy=" ".join(remedy.split()),
            before=before.strip("\n") + "\n",
            after=after.strip("\n") + "\n",
            check=check,
            heuristic=heuristic,
            proven=proven,
            requires=requires,
            owed_by=owed_by,
            since=since,
            by_engine=by_engine,
        )

    return make
