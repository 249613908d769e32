"""Holds what every document is made with; each part is loaded when it is first asked for."""

from __future__ import annotations

import datetime as dt
from contextlib import ExitStack
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from pcstrat.commands.build_cache import BuildCache
from pcstrat.render.template_folders import user_templates
from pcstrat.settings import Settings
from pcstrat.workers import processes

if TYPE_CHECKING:
    from pcstrat.commands.since import Since
    from pcstrat.load import Loaded
    from pcstrat.publish.workers import PdfStarter
    from pcstrat.registry import Registry
    from pcstrat.render.blocks import Page
    from pcstrat.render.environment import Templates
    from pcstrat.review import CheckResult


class Workshop:
    """What every document is made with; a context manager that ends the processes that make PDFs.

    `plans` is how many plans there are to make: more processes than that would have nothing to do.
    """

    def __init__(self, settings: Settings, as_of: dt.date, cache: BuildCache, *, plans: int = 1) -> None:
        self.settings = settings
        self.as_of = as_of
        self.cache = cache
        self.since: Since | None = None
        self.jobs = max(1, min(processes(settings.jobs), plans)) if "pdf" in settings.formats else 1
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.__exit__(kind, error, trace)

    @cached_property
    def start_pdf(self) -> PdfStarter:
        """What starts to make a PDF; the processes for that start with the first."""
        from pcstrat.publish.workers import pdf_workers  # noqa: PLC0415 - not for web pages alone

        return self._stack.enter_context(pdf_workers(self.jobs, self.templates_folder))

    @cached_property
    def registry(self) -> Registry:
        """The boards and national commitments."""
        from pcstrat.registry import load_registry  # noqa: PLC0415 - not where nothing has changed

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
        html = self.templates.render(template, page=page, paged=paged)
        return with_font(html) if self.settings.embed_fonts else html

    def check(self, loaded: Loaded) -> CheckResult:
        """What the rules say of a plan."""
        from pcstrat.check import check_plan  # noqa: PLC0415 - not where nothing has changed
        from pcstrat.commands.plan_checks import check_options  # noqa: PLC0415

        return check_plan(loaded, self.registry, self.as_of, check_options(self.settings))


def templates_in_use(settings: Settings) -> Templates:
    """The shipped templates with the user's own over them.

    Raises:
        NotDoneError: if a file among the user's own is used by nothing.
    """
    from pcstrat.render.environment import Templates  # noqa: PLC0415 - not where nothing has changed

    templates = Templates(user_templates(settings))
    templates.refuse_unused()
    return templates


def with_font(html: str) -> str:
    """A page that carries the font inside it."""
    from pcstrat.publish.fonts import embedded_styles  # noqa: PLC0415 - only where it is asked for

    return html.replace("</head>", f"<style>\n{embedded_styles()}\n</style>\n</head>", 1)
