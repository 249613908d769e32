"""Turns views into HTML with Jinja templates: the shipped ones, and a user's overrides of them.

Overrides are code of somebody else: they run in a sandbox, with autoescape, against a time limit, and an undefined name
is an error that says where it stands and what there is instead. An override may extend what it replaces as
`shipped/<name>`, so that nobody copies a whole file.
"""

from __future__ import annotations

import ctypes
import dataclasses
import difflib
import re
import threading
import traceback
from collections.abc import Callable, Iterator, Mapping, Sized
from contextlib import contextmanager
from functools import cache, cached_property
from itertools import islice
from pathlib import Path
from time import monotonic
from typing import Any, NoReturn

from jinja2 import BaseLoader, Environment, StrictUndefined, TemplateNotFound, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from pcstrat.errors import NotDoneError
from pcstrat.render.blocks import TEMPLATE_API
from pcstrat.render.markdown import in_a_row
from pcstrat.render.template_folders import shipped_folder

SECONDS_ALLOWED = 20.0
LONGEST_REPETITION = 1_000_000
_TOO_LARGE = "'{}' with values of this size is not allowed in templates"
_PADDING = frozenset(["center", "ljust", "rjust", "zfill", "expandtabs"])
_WIDE = re.compile(r"%[^a-zA-Z%]*(?:\*|\d{4})")
_SHIPPED_PREFIX = "shipped/"
_STATED_API = re.compile(r"template_api:\s*(\d+)")
_STYLES = {
    "shared": ("assets/tokens.css", "assets/base.css"),
    "screen": ("assets/screen.css",),
    "print": ("assets/print.css",),
    "paged": ("assets/pdf.css",),
    "one_page": ("assets/one-page.css",),
    "compare": ("assets/compare.css",),
    "compare_screen": ("assets/compare-screen.css",),
    "compare_print": ("assets/compare-print.css",),
    "findings": ("assets/findings.css",),
    "custom": ("assets/custom.css",),
}
"""Style sheets by the medium they are for. The last is not shipped: a place for a user's own."""
_PLACES_IN_LOOP = frozenset({"index", "index0", "first", "last", "length"})
_TEXTS_A_PIECE = 4_096
"""How many texts that templates give, most of them short, make a piece of a page."""

_READ_AS_TEMPLATES = frozenset({".j2", ".css"})
"""Endings of the files in a user's folder that are meant for us."""


class TemplateError(NotDoneError):
    """A template could not be used; the message names its file and line."""


class _TooSlowError(BaseException):
    """Raised inside a rendering that takes too long; no template can catch it."""


class DescribedUndefined(StrictUndefined):
    """An undefined value whose error names the fields that the view has."""

    def _fail_with_undefined_error(self, *_args: object, **_kwargs: object) -> NoReturn:
        raise UndefinedError(f"'{self._undefined_name}' is not defined. {self._alternatives()}".strip())

    def _alternatives(self) -> str:
        owner = self._undefined_obj
        if not dataclasses.is_dataclass(owner):
            return ""
        fields = sorted(field.name for field in dataclasses.fields(owner))
        return f"{type(owner).__name__} has: {', '.join(fields)}."

    __str__ = __iter__ = __len__ = __bool__ = __eq__ = __ne__ = _fail_with_undefined_error
    __add__ = __call__ = __getitem__ = __contains__ = _fail_with_undefined_error
    __hash__ = None  # type: ignore[assignment]  # as Jinja does it


class _Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox, with a limit on repetition: `'a' * 10 ** 9` would fill the memory before any time limit."""

    intercepted_binops = frozenset(["*", "**", "%"])

    def getattr(self, obj: Any, attribute: str) -> Any:  # noqa: ANN401 - as Jinja has it
        """An attribute; the fields of views, nearly all that templates read, need no checks and are found at once."""
        if attribute in _fields_of(type(obj)):  # type: ignore[arg-type]  # classes are hashable
            return getattr(obj, attribute)
        return super().getattr(obj, attribute)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:  # noqa: ANN401 - as Jinja has it
        if operator == "**" or (operator == "*" and _repeats_too_much(left, right)) or _pads(left):
            raise SecurityError(_TOO_LARGE.format(operator))
        return super().call_binop(context, operator, left, right)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:  # noqa: ANN401 - as Jinja has it
        return not (isinstance(obj, str) and attr in _PADDING) and super().is_safe_attribute(obj, attr, value)

    def wrap_str_format(self, value: Any) -> None:  # noqa: ANN401 - as Jinja has it
        if super().wrap_str_format(value) is not None:
            raise SecurityError("'format' is not allowed in templates; join texts with ~")


@cache
def _fields_of(view: type) -> frozenset[str]:
    """The fields of a class of views, `kind` among them; of Jinja's loops, where they are; none for any other class."""
    if view is LoopContext:
        return _PLACES_IN_LOOP
    if not dataclasses.is_dataclass(view):
        return frozenset()
    names = [field.name for field in dataclasses.fields(view) if not field.name.startswith("_")]
    return frozenset([*names, "kind"] if hasattr(view, "kind") else names)


def _repeats_too_much(left: object, right: object) -> bool:
    return any(
        isinstance(number, int) and isinstance(text, Sized) and number * max(len(text), 1) > LONGEST_REPETITION
        for number, text in ((left, right), (right, left))
    )


def _pads(text: object) -> bool:
    """Whether `text % values` could fill up a value to any length."""
    return isinstance(text, str) and _WIDE.search(text) is not None


def _formatted(text: str, *values: object) -> str:
    """Jinja's filter `format`, without padding."""
    if _pads(text):
        raise SecurityError(_TOO_LARGE.format("format"))
    return str(text) % values


def _padding_refused(*_values: object) -> NoReturn:
    raise SecurityError(_TOO_LARGE.format("center"))


class _Loader(BaseLoader):
    """Looks in the user's folder first, then in the shipped one; `shipped/` always means the shipped one."""

    def __init__(self, shipped: Path, overrides: Path | None, instead: Mapping[str, str | None]) -> None:
        self.shipped = shipped
        self.overrides = overrides
        self.instead = instead

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        del environment
        path = self.find(template)
        if path is None:
            raise TemplateNotFound(template)
        if changed := self.instead.get(template):
            return changed, str(path), lambda: True
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            raise TemplateError(f"{path}: The template is not UTF-8 text.", "Save it with that encoding.") from None
        if self.is_override(path):
            _refuse_other_api(path, text)
        return text, str(path), lambda: True

    def find(self, template: str) -> Path | None:
        """The file of a template; None when there is none, or when its name leads out of the folders."""
        folders = [self.shipped]
        if template.startswith(_SHIPPED_PREFIX):
            template = template.removeprefix(_SHIPPED_PREFIX)
        elif self.overrides is not None and self.instead.get(template, "") is not None:
            folders.insert(0, self.overrides)
        for folder in folders:
            path = (folder / template).resolve()
            if path.is_file() and path.is_relative_to(folder.resolve()):
                return path
        return None

    def is_override(self, path: Path) -> bool:
        """Whether a file is the user's."""
        return self.overrides is not None and path.is_relative_to(self.overrides.resolve())


def _refuse_other_api(path: Path, text: str) -> None:
    stated = _STATED_API.search(text[:500])
    if stated is None:
        remedy = f"Start the file with {{# template_api: {TEMPLATE_API} #}}."
        raise TemplateError(f"{path}:1: The template does not say which version of the views it is for.", remedy)
    if int(stated.group(1)) != TEMPLATE_API:
        message = f"{path}:1: The template is for version {stated.group(1)} of the views; this is {TEMPLATE_API}."
        raise TemplateError(message, "Compare it with the shipped template and update it.")


def _named(folder: Path | None) -> dict[str, Path]:
    """The templates and styles in a folder, by the name that they are used by."""
    paths = sorted(folder.rglob("*")) if folder else []
    read = [path for path in paths if path.suffix in _READ_AS_TEMPLATES and path.is_file()]
    return {path.relative_to(folder).as_posix(): path for path in read} if folder else {}


class Templates:
    """The templates in use. `overrides` is the user's folder; None, or a folder that is not there, means none."""

    def __init__(
        self,
        overrides: Path | None = None,
        *,
        seconds: float = SECONDS_ALLOWED,
        instead: Mapping[str, str | None] | None = None,
    ) -> None:
        shipped = shipped_folder()
        own = overrides if overrides and overrides.is_dir() and overrides.resolve() != shipped.resolve() else None
        self.loader = _Loader(shipped, own, instead or {})
        self.seconds = seconds

    def own_names(self) -> tuple[str, ...]:
        """The names of the user's own templates and styles."""
        return tuple(_named(self.loader.overrides))

    def own_path(self, name: str) -> Path:
        """Where a template of the user's own stands."""
        return _named(self.loader.overrides)[name]

    def instead(self, texts: Mapping[str, str | None]) -> Templates:
        """The same templates, some of the user's with another text, or left out where that is None."""
        return Templates(self.loader.overrides, seconds=self.seconds, instead=texts)

    @cached_property
    def environment(self) -> Environment:
        """The sandboxed Jinja environment; autoescape is always on."""
        environment = _Sandbox(
            loader=self.loader,
            autoescape=True,
            undefined=DescribedUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            extensions=["jinja2.ext.loopcontrols"],
        )
        environment.filters |= {"format": _formatted, "center": _padding_refused, "indent": _padding_refused}
        environment.filters["in_a_row"] = in_a_row
        environment.filters["words"] = lambda text: str(text).replace("_", " ")
        return environment

    @cached_property
    def styles(self) -> Mapping[str, Markup]:
        """Style sheets by medium, each ready to stand in a `<style>` element; empty where there is none."""
        return {medium: self._style(names) for medium, names in _STYLES.items()}

    def _style(self, names: tuple[str, ...]) -> Markup:
        paths = {name: path for name in names if (path := self.loader.find(name))}
        text = "\n".join(
            self.loader.instead.get(name) or path.read_text(encoding="utf-8") for name, path in paths.items()
        )
        # "</" would end the style element; CSS needs it nowhere else than in strings, where this escape means the same.
        return Markup(text.replace("</", "<\\/"))  # noqa: S704 - styles of ours and of the user's own folder

    def files(self) -> tuple[Path, ...]:
        """Every file that a page may be made from, the user's and the shipped, in a stable order."""
        folders = [self.loader.shipped, *([self.loader.overrides] if self.loader.overrides else [])]
        return tuple(path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file())

    def refuse_unused(self) -> None:
        """Refuse templates and styles of a user that nothing reads, which would otherwise do nothing without a word.

        Raises:
            TemplateError: if there is one.
        """
        texts = {
            name: path.read_text("utf-8", errors="replace") for name, path in _named(self.loader.overrides).items()
        }
        known = [*_named(self.loader.shipped), *_STYLES["custom"]]
        for name in texts:
            if name not in known and not any(name in text for other, text in texts.items() if other != name):
                close = difflib.get_close_matches(name, known, n=1)
                remedy = (
                    f"Did you mean '{close[0]}'?" if close else "Rename or remove it; docs/templates.md has the names."
                )
                path = f"{self.loader.overrides}/{name}"
                raise TemplateError(
                    f"{path}: This file replaces no template, and no template of yours uses it.", remedy
                )

    def render(self, template: str, *, paged: bool = False, **views: object) -> str:
        """One document as HTML; `paged` adds the styles of pages that only a PDF has.

        Raises:
            TemplateError: if a template is missing or faulty, uses a field that is not there, or takes too long.
        """
        return "".join(self.pieces(template, paged=paged, **views))

    def pieces(self, template: str, *, paged: bool = False, **views: object) -> Iterator[str]:
        """One document as HTML, piece by piece: of many plans, a page has millions of characters. As `render`."""
        texts = self._texts(template, styles=self.styles, paged=paged, **views)
        seconds, some = self.seconds, [""]
        while some:
            start = monotonic()
            with self._explained(template), _time_limit(seconds):
                some = list(islice(texts, _TEXTS_A_PIECE))
            seconds -= monotonic() - start
            yield "".join(some)

    def _texts(self, template: str, **views: object) -> Iterator[str]:
        yield from self.environment.get_template(template).generate(**views)

    @contextmanager
    def _explained(self, template: str) -> Iterator[None]:
        """Turn what a template raises into a failure in plain words."""
        try:
            yield
        except _TooSlowError:
            message = f"The template {template} took longer than {self.seconds:g} seconds."
            raise TemplateError(message, "Look for a loop that does not end in your templates.") from None
        except TemplateSyntaxError as error:
            raise TemplateError(f"{error.filename}:{error.lineno}: {error.message}", "Mend the template.") from None
        except TemplateNotFound as error:
            raise TemplateError(f"There is no template '{error.name}'.", self._did_you_mean(str(error.name))) from None
        except TemplateError:
            raise
        except Exception as error:
            place = self._place(error)
            raise TemplateError(
                f"{place}: {error}", "Mend the template, or remove it to use the shipped one."
            ) from error

    def _did_you_mean(self, name: str) -> str:
        known = [path.relative_to(self.loader.shipped).as_posix() for path in self.loader.shipped.rglob("*.j2")]
        close = difflib.get_close_matches(name, known, n=1)
        return f"Did you mean '{close[0]}'?" if close else "See the list of templates in the documentation."

    def _place(self, error: BaseException) -> str:
        """File and line of the innermost template that an error came from."""
        frames = traceback.extract_tb(error.__traceback__)
        inside = [frame for frame in frames if frame.filename.endswith(".j2")]
        return f"{inside[-1].filename}:{inside[-1].lineno}" if inside else "a template"


@contextmanager
def _time_limit(seconds: float) -> Iterator[None]:
    """Stop this thread's Python code after a time, on every platform and from any thread."""
    thread = threading.get_ident()
    finished = threading.Event()

    def stop() -> None:
        if not finished.wait(seconds):
            ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(_TooSlowError))

    watchdog = threading.Thread(target=stop, daemon=True)
    watchdog.start()
    try:
        yield
    finally:
        finished.set()
        watchdog.join()
