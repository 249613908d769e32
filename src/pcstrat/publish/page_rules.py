"""The rules for links, tables and charts of a page that is about to be published, each with what to do."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from pcstrat.light_markdown import one_spelling
from pcstrat.publish.markup import Tag
from pcstrat.text import is_number

Note = Callable[[str, str], None]
"""Takes what is wrong and what to do."""

_SAYS_NOTHING = frozenset({
    *("here", "click here", "read more", "more", "link", "this", "this page", "this link", "details", "see more"),
    *("download", "find out more", "learn more", "view", "go", "open", "page", "pdf", "document"),
})  # fmt: skip
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_FILE = re.compile(r"(?!\w+:)[^?#]*\.(?!html?\b)[a-z]{2,5}(?:[?#].*)?", re.IGNORECASE)
_TYPE_AND_SIZE = re.compile(r"\([^()]+, [\d.,]+ ?[KMG]?B\)")
_PICTURE_NAME = re.compile(r"\S+\.(?:png|jpe?g|gif|svg|webp)", re.IGNORECASE)
_CAPITALS = re.compile(r"[A-Z](?<!\w[A-Z])[A-Z]+(?:[ \u00a0]+[A-Z]{2,})+\b")
"""It begins with a letter and looks back, because a search for a letter is twice as fast as one for a word boundary."""

_ABBREVIATIONS = frozenset({
    *("NHS", "ICB", "ICS", "ICP", "GP", "GPS", "PCN", "PCNS", "UK", "PDF", "HTML", "CSV", "JSON", "ODS"),
    *("VCSE", "VCFSE", "ARRS", "INT", "INTS", "MDT", "COPD", "CVD", "UEC", "PHM"),
})  # fmt: skip
"""What every plan of the NHS writes in capitals because it is an abbreviation; a page's own stand in its glossary."""

LONGEST_ALTERNATIVE = 125
LONGEST_CODE = 4
"""Letters of a word in capitals that may be an abbreviation nobody explains."""

RIGHT_ALIGNED = frozenset({"numeric", "cell--figure", "cell--zero"})
"""Classes of cells that styles set to the right, as columns of numbers are."""


_TO_THE_RIGHT = "Give the cells class='numeric', or make it a numeric column of the view."


def block_capitals(text: str, abbreviations: Iterable[str] = ()) -> tuple[str, ...]:
    """Runs of words in capitals, each once: two words or more that are no abbreviations, one of them a long one.

    `abbreviations` are those that the page itself explains.
    """
    known = _ABBREVIATIONS | {*abbreviations}
    runs = dict.fromkeys(_CAPITALS.findall(text))
    return tuple(run for run in runs if _is_shouted([word for word in run.split() if word not in known]))


def _is_shouted(words: Sequence[str]) -> bool:
    return len(words) > 1 and max(map(len, words)) > LONGEST_CODE


class Links:
    """Reads the links of a page: each says where it leads, and no two that lead apart are called the same."""

    def __init__(self, note: Note) -> None:
        self.note = note
        self.targets: dict[str, str] = {}
        self.told: set[str] = set()
        self.all: list[str] = []

    def read(self, name: str, tag: Tag) -> None:
        """Look at a link that ends here; `name` is what a screen reader calls it."""
        address = tag.attributes.get("href", "").strip()
        self.all.append(address)
        if address in {"", "#"}:
            self.note(f"The link '{name[:80]}' leads nowhere", "Say where it leads, or make it plain text.")
        if "target" in tag.attributes:
            self.note(f"The link '{name[:80]}' opens a window of its own", "Remove its 'target'.")
        called = name.casefold()
        if called in _SAYS_NOTHING:
            self.note(f"The link '{name}' does not say where it leads", "Name the page or the part it leads to.")
        if _ADDRESS.fullmatch(name):
            self.note(f"A link is called by its address, '{name[:80]}'", "Write what stands at the address.")
        if _FILE.fullmatch(address) and not _TYPE_AND_SIZE.search(name):
            remedy = "End it with both, like '(PDF only, 545KB)'."
            self.note(f"The link '{name[:80]}' to the file '{address[:80]}' does not give its type and size", remedy)
        other = self.targets.setdefault(called, address)
        if other != address and one_spelling(other) != one_spelling(address) and called not in self.told:
            self.told.add(called)
            what = f"Two links are called '{name[:80]}' and lead to '{other[:60]}' and '{address[:60]}'"
            remedy = "Give each a name of its own: a link in a text other words, an item another title or label."
            self.note(what, remedy)


@dataclass(slots=True)
class Table:
    """A table being read."""

    captioned: bool = False
    heads: int = 0
    widths: set[int] = field(default_factory=set)
    width: int = 0
    has_header: bool = False
    heads_said: list[str] = field(default_factory=list)
    columns: dict[int, list[tuple[str, frozenset[str]]]] = field(default_factory=dict)

    def left_numbers(self) -> Iterator[str]:
        """The heads of the columns of numbers alone that do not all stand to the right."""
        for place, cells in self.columns.items():
            stated = [(text, classes) for text, classes in cells if "missing" not in classes]
            numbers = stated and all(is_number(text) for text, _ in stated)
            if numbers and any(RIGHT_ALIGNED.isdisjoint(classes) for _, classes in cells):
                yield self.heads_said[place - 1] if place <= len(self.heads_said) else str(place)


class Tables:
    """Reads the tables of a page: a caption, headers for rows and columns, nothing merged, numbers to the right."""

    def __init__(self, note: Note) -> None:
        self.note = note
        self.open: list[Table] = []
        self.read = 0

    def start(self) -> None:
        """A table begins."""
        self.open.append(Table())
        self.read += 1

    def row(self) -> None:
        """A row begins."""
        if self.open:
            self.open[-1].width = 0
            self.open[-1].has_header = False

    def cell(self, tag: Tag) -> bool:
        """A cell begins; whether it stands in a table."""
        if not self.open:
            return False
        table = self.open[-1]
        table.width += 1
        if tag.attributes.get("rowspan", "1") != "1" or tag.attributes.get("colspan", "1") != "1":
            self.note("A table has merged cells", "Repeat what the cell says, or make two tables.")
        if tag.name == "th":
            scope = tag.attributes.get("scope", "")
            table.has_header = True
            table.heads += scope == "col"
            if scope not in {"col", "row"}:
                remedy = "Give the <th> scope='col' or scope='row'."
                self.note("A header cell of a table does not say what it heads", remedy)
        return True

    def cell_said(self, tag: Tag, text: str) -> None:
        """A cell ends that says this; the name of its column, which a narrow screen shows in it, does not count."""
        table = self.open[-1]
        if tag.name == "th":
            table.heads_said += [text] if tag.attributes.get("scope") == "col" else []
        else:
            head = table.heads_said[table.width - 1] if table.width <= len(table.heads_said) else ""
            said = text.removeprefix(f"{head}:").strip()
            classes = frozenset(tag.attributes.get("class", "").split())
            table.columns.setdefault(table.width, []).append((said, classes))

    def end_row(self) -> None:
        """A row ends."""
        if self.open:
            table = self.open[-1]
            table.widths.add(table.width)
            if not table.has_header:
                self.note("A row of a table has no header", "Make its first cell a <th scope='row'>.")

    def caption(self, text: str) -> None:
        """The caption of the table says this."""
        if self.open:
            self.open[-1].captioned = bool(text)

    def end(self) -> None:
        """A table ends."""
        if not self.open:
            return
        table = self.open.pop()
        if not table.captioned:
            self.note("A table has no caption", "Start it with <caption>, which says what it shows.")
        if not table.heads:
            self.note("A table has no headers over its columns", "Start it with a row of <th scope='col'>.")
        for head in table.left_numbers():
            self.note(f"The numbers of a table's column '{head[:60]}' do not stand to the right", _TO_THE_RIGHT)
        if len(table.widths) > 1:
            widths = " and ".join(map(str, sorted(table.widths)))
            self.note(f"The rows of a table have {widths} cells", "Give every row as many cells as the first.")


@dataclass(slots=True)
class _Part:
    """One part of a page, from a heading h2 to the next: its charts, tables, links, and the ids in it."""

    charts: list[tuple[str, int, int]] = field(default_factory=list)
    tables: int = 0
    links: list[str] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)


class Charts:
    """Sees that each chart is followed by a table in its part, or by a link to a part that has one."""

    def __init__(self) -> None:
        self.parts = [_Part()]

    def heading(self, level: int) -> None:
        """A heading of level 1 or 2 begins, and with it a part; what stands before the first belongs to it."""
        self.parts.append(_Part(ids=set(self.parts[-1].ids) if level == 1 else set()))

    def identified(self, name: str) -> None:
        """An id stands here."""
        self.parts[-1].ids.add(name)

    def table(self) -> None:
        """A table begins."""
        self.parts[-1].tables += 1

    def link(self, address: str) -> None:
        """A link leads there."""
        self.parts[-1].links.append(address)

    def chart(self, name: str) -> None:
        """A chart ends."""
        part = self.parts[-1]
        part.charts.append((name, part.tables, len(part.links)))

    def alone(self) -> Iterator[str]:
        """The charts without a table."""
        tabled = {name for part in self.parts if part.tables for name in part.ids}
        for part in self.parts:
            for name, tables, links in part.charts:
                led = any(address.startswith("#") and address[1:] in tabled for address in part.links[links:])
                if part.tables == tables and not led:
                    yield name


def alternative_problem(alternative: str) -> str:
    """What is wrong with the text in place of an image; nothing if it will do."""
    if not alternative:
        return "An image has no text in its place"
    if _PICTURE_NAME.fullmatch(alternative):
        return f"The text in place of an image is the name of a file, '{alternative}'"
    if len(alternative) > LONGEST_ALTERNATIVE:
        return f"The text in place of an image has {len(alternative)} characters, more than {LONGEST_ALTERNATIVE}"
    return ""
