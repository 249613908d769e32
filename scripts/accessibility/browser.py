"""Checks pages in Chromium: axe-core, narrow and enlarged views, keyboard, forced colours, no styles, no requests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, Playwright, Request
from results import Result

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    *("--disable-gpu", "--disable-quic", "--no-first-run", "--no-sandbox"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDE = {"width": 1280, "height": 900}
NARROW = {"width": 320, "height": 640}
ENLARGED = {"width": 320, "height": 256}
"""What a window of 1280 by 1024 pixels shows at 400 percent."""

AXE_WIDE, AXE_NARROW = "axe-core at 1280 pixels", "axe-core at 320 pixels"
SIDEWAYS = "no sideways scrolling at 320 pixels"
ENLARGEMENT = "readable at 400 percent"
KEYS_WIDE, KEYS_NARROW = "keyboard at 1280 pixels", "keyboard at 320 pixels"
FORCED = "forced colours"
UNSTYLED = "without styles"
COLOURS = "colours from the closed list"
NUMBERS = "numbers to the right"
SETTING = "no block capitals, even margins or slanted letters"
REQUESTS = "no request outside the file"
CHECKS = (
    *(AXE_WIDE, AXE_NARROW, SIDEWAYS, ENLARGEMENT, KEYS_WIDE, KEYS_NARROW, FORCED, UNSTYLED, COLOURS, NUMBERS, SETTING),
    REQUESTS,
)
MOST_STOPS = 20_000
SCRIPTS = (Path(__file__).parent / "in_page.js").read_text(encoding="utf-8")


@dataclass
class Opened:
    """A page that is open in the browser, and what it has asked for."""

    page: Page
    address: str
    asked: list[str] = field(default_factory=list)


class Browsing:
    """A browser that opens pages of one folder, each with axe-core and our own script at hand."""

    def __init__(self, playwright: Playwright, folder: Path, modules: Path, pairs: list[list[str]]) -> None:
        self.browser: Browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        self.folder = folder
        self.axe = (modules / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
        self.pairs = pairs

    @property
    def version(self) -> str:
        """The version of the browser."""
        return str(self.browser.version)

    def check(self, document: str) -> Iterator[Result]:
        """Every check of one page; one that breaks off counts as not checked."""
        asked: list[str] = []
        for names, options, checks in (
            (
                (AXE_WIDE, COLOURS, NUMBERS, SETTING, UNSTYLED),
                {"viewport": WIDE},
                (self._axe, self._colours, _numbers, _setting, _unstyled),
            ),
            ((AXE_NARROW, SIDEWAYS), {"viewport": NARROW}, (self._axe_open, _sideways)),
            ((ENLARGEMENT,), {"viewport": ENLARGED}, (_enlarged,)),
            ((KEYS_WIDE,), {"viewport": WIDE, "reduced_motion": "reduce"}, (_keyboard,)),
            ((KEYS_NARROW,), {"viewport": NARROW, "reduced_motion": "reduce"}, (_keyboard,)),
            ((FORCED,), {"viewport": WIDE, "forced_colors": "active"}, (self._forced,)),
        ):
            context = self.browser.new_context(**options)
            try:
                opened = self._open(context, document)
                yield from (_guarded(document, name, check, opened) for name, check in zip(names, checks, strict=True))
                asked += opened.asked
            finally:
                context.close()
        yield Result(document, REQUESTS, tuple(dict.fromkeys(asked)))

    def print_badly(self, document: str, pdf: Path) -> None:
        """Print a page as a PDF without tags, which no check may accept."""
        context = self.browser.new_context()
        page = context.new_page()
        page.goto((self.folder / document).resolve().as_uri())
        page.pdf(path=pdf, tagged=False)
        context.close()

    def _open(self, context: BrowserContext, document: str) -> Opened:
        address = (self.folder / document).resolve().as_uri()
        page = context.new_page()
        opened = Opened(page, address)

        def note(request: Request) -> None:
            if request.url.split("#")[0] != address and not request.url.startswith("data:"):
                opened.asked.append(request.url)

        context.on("request", note)
        context.route(
            "**/*", lambda route: route.continue_() if route.request.url.startswith("file:") else route.abort()
        )
        page.goto(address)
        page.evaluate(self.axe)
        page.evaluate(SCRIPTS)
        return opened

    def _axe(self, opened: Opened) -> Iterator[str]:
        """What axe-core calls a violation, and what it could not finish in a way that needs no person."""
        found = opened.page.evaluate(
            "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})", AXE_TAGS
        )
        if not found["passes"]:
            yield "axe-core found nothing that passes: it did not run"
        for violation in found["violations"]:
            for node in violation["nodes"]:
                why = " ".join(node.get("failureSummary", "").split())
                yield f"{violation['id']}: {' '.join(map(str, node['target']))}: {why}"

    def _axe_open(self, opened: Opened) -> Iterator[str]:
        """The narrow page as it comes, and with everything unfolded."""
        yield from self._axe(opened)
        opened.page.evaluate("proof.unfold()")
        yield from self._axe(opened)
        opened.page.evaluate("proof.fold()")

    def _colours(self, opened: Opened) -> Iterator[str]:
        for text, background, words in opened.page.evaluate("proof.colours()"):
            if [text, background] not in self.pairs:
                yield f"{text} on {background} is not in the list: '{words}'"

    def _forced(self, opened: Opened) -> Iterator[str]:
        """The same words as in ordinary colours, each in a colour that stands out."""
        with_colours = opened.page.evaluate("proof.shown()")
        opened.page.emulate_media(forced_colors="none")
        yield from _difference(opened.page.evaluate("proof.shown()"), with_colours, "in forced colours")
        opened.page.emulate_media(forced_colors="active")
        found = opened.page.evaluate(
            "axe.run(document, {runOnly: {type: 'rule', values: ['color-contrast']}, resultTypes: ['violations']})"
        )
        for violation in found["violations"]:
            yield from (f"too little contrast: {' '.join(map(str, node['target']))}" for node in violation["nodes"])
        yield from opened.page.evaluate("proof.unframed()")


def _guarded(document: str, name: str, check: Callable[[Opened], Iterator[str]], opened: Opened) -> Result:
    try:
        return Result(document, name, tuple(dict.fromkeys(check(opened))))
    except Exception as error:  # noqa: BLE001 - whatever stops a check, the check did not pass
        return Result(document, name, (f"It broke off: {error}",), checked=False)


def _sideways(opened: Opened) -> Iterator[str]:
    yield from opened.page.evaluate("proof.sideways()")


def _numbers(opened: Opened) -> Iterator[str]:
    """Columns of numbers stand to the right, where they can be compared."""
    yield from opened.page.evaluate("proof.numbers()")


def _setting(opened: Opened) -> Iterator[str]:
    """Text is set as it is written."""
    yield from opened.page.evaluate("proof.set()")


def _enlarged(opened: Opened) -> Iterator[str]:
    """Nothing is cut off, nothing scrolls in two directions, nothing that stays in place covers the text."""
    yield from opened.page.evaluate("proof.sideways()")
    yield from opened.page.evaluate("proof.cutOff()")
    yield from opened.page.evaluate("proof.covering()")


def _unstyled(opened: Opened) -> Iterator[str]:
    """Without any style, everything that the page holds can be read, in the order in which it stands."""
    held = opened.page.evaluate("proof.held()")
    opened.page.evaluate("proof.strip()")
    yield from _difference(held, opened.page.evaluate("proof.shown()"), "without styles")


def _difference(expected: str, found: str, where: str) -> Iterator[str]:
    if expected == found:
        return
    place = next(
        (i for i, (a, b) in enumerate(zip(expected, found, strict=False)) if a != b), min(len(expected), len(found))
    )
    yield f"the text differs {where}: '{expected[place : place + 60]}' is '{found[place : place + 60]}'"


def _keyboard(opened: Opened) -> Iterator[str]:
    """Tab reaches everything once, in order, visibly, and leaves the page; Enter unfolds and follows."""
    page = opened.page
    yield from _skip_link(page)
    for _ in range(2):
        expected = page.evaluate("proof.startWalk()")
        if expected > MOST_STOPS:
            yield f"the page has {expected} stops of the Tab key"
        for _ in range(expected + 1):
            page.keyboard.press("Tab")
        yield from page.evaluate("proof.endWalk()")
        if not page.evaluate("proof.folded()"):
            return
        yield from _unfold_by_key(page)


def _unfold_by_key(page: Page) -> Iterator[str]:
    """Open every fold with Enter, so that the second walk goes through what was in it."""
    for number in range(page.evaluate("proof.folded()")):
        page.evaluate("number => proof.focusFold(number)", number)
        page.keyboard.press("Enter")
    if left := page.evaluate("proof.folded()"):
        yield f"{left} folded parts do not open with Enter"


def _skip_link(page: Page) -> Iterator[str]:
    """The first stop leads to the main part, and the next stop is inside it."""
    page.keyboard.press("Tab")
    if not page.evaluate("proof.onSkipLink()"):
        yield "the first stop of the Tab key is not a link to the main part"
        return
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    if not page.evaluate("proof.inMain()"):
        yield "the link to the main part does not lead there"
