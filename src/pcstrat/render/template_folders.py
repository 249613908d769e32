"""Says where templates are: the shipped ones, and a user's own that go before them. It loads no template engine."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from pcstrat.settings import Settings


def shipped_folder() -> Path:
    """The templates that come with pcstrat: inside the package, or beside the source tree it runs from."""
    packaged = Path(str(resources.files("pcstrat"))) / "templates"
    return packaged if packaged.is_dir() else Path(__file__).parents[3] / "templates"


def user_templates(settings: Settings) -> Path | None:
    """The folder of the user's own templates, if there is one and it is used."""
    return settings.templates if settings.user_templates and settings.templates.is_dir() else None
