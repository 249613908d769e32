"""Holds what every document is made with; each part is loaded when it is first asked for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from pcstrat.commands.build_cache import BuildCache
from pcstrat.render.template_folders import user_templates
from pcstrat.settings import Settings

if TYPE_CHECKING:
    from pcstrat.commands.since import Since
    from pcstrat.load import Loaded
    from pcstrat.registry import Registry
    from pcstrat.render.blocks import Page
    from pcstrat.render.environment import Templates
    from pcstrat.review import CheckResult

_END_OF_HEAD = "</head>"


class Workshop:
    """What every document is made with. It travels to other processes, which load those parts anew."""

    def __init__(self, settings: Settings, as_of: dt.date, cache: BuildCache) -> None:
        self.settings = settings
        self.as_of = as_of
        self.cache = cache
        self.since: Since | None = None

    def __getstate__(self) -> dict[str, object]:
        """What it is made from."""
        return {name: vars(self)[name] for name in ("settings", "as_of", "cache", "since")}

    def load(self) -> None:
        """Load what every plan needs. Raises as `registry` and `templates`."""
        _ = self.registry, self.templates

    @cached_property
    def registry(self) -> Registry:
        """The boards and national commitments."""
        from pcstrat.registry import load_registry  # not where nothing has changed

        return load_registry(self.settings.registry_folder)

    @cached_property
    def templates(self) -> Templates:
        """The templates in use."""
        return templates_in_use(self.settings)

    @property
    def templates_folder(self) -> Path | None:
        """The user's own templates, if they are used."""
        return user_templates(self.settings)

    @property
    def makes_pdf(self) -> bool:
        """Whether PDFs are asked for."""
        return "pdf" in self.settings.formats

    def render(self, template: str, page: Page, *, paged: bool = False) -> str:
        """A page as HTML, with the font in it if that is asked for; `paged` for the PDF that is made from it."""
        return "".join(self.pieces(template, page, paged=paged))

    def pieces(self, template: str, page: Page, *, paged: bool = False) -> Iterator[str]:
        """The same, piece by piece."""
        pieces = self.templates.pieces(template, page=page, paged=paged)
        return with_font(pieces) if self.settings.embed_fonts else pieces

    def check(self, loaded: Loaded) -> CheckResult:
        """What the rules say of a plan."""
        from pcstrat.check import check_plan  # not where nothing has changed
        from pcstrat.commands.plan_checks import check_options

        return check_plan(loaded, self.registry, self.as_of, check_options(self.settings))


def templates_in_use(settings: Settings) -> Templates:
    """The shipped templates with the user's own over them.

    Raises:
        NotDoneError: if a file among the user's own is used by nothing.
    """
    from pcstrat.render.environment import Templates  # not where nothing has changed

    templates = Templates(user_templates(settings))
    templates.refuse_unused()
    return templates


def with_font(pieces: Iterable[str]) -> Iterator[str]:
    """A page that carries the font inside it, piece by piece."""
    from pcstrat.publish.fonts import embedded_styles  # only where it is asked for

    coming, head = iter(pieces), ""
    while _END_OF_HEAD not in head and (piece := next(coming, None)) is not None:
        head += piece
    yield head.replace(_END_OF_HEAD, f"<style>\n{embedded_styles()}\n</style>\n{_END_OF_HEAD}", 1)
    yield from coming
