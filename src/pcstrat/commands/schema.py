"""`pcstrat schema`: the JSON Schema of a plan file, with the codes of the registry that holds here."""

from __future__ import annotations

from pcstrat.export.plan_schema import plan_schema_text
from pcstrat.files import write
from pcstrat.registry import load_registry
from pcstrat.settings import Settings


def schema(settings: Settings, output: str = "") -> str:
    """The schema as text, or what was done when it goes into a file.

    Raises:
        NotDoneError: if the registry cannot be read, or the file cannot be written.
    """
    text = plan_schema_text(load_registry(settings.registry_folder))
    if not output:
        return text
    write(settings.folder / output, output, text.encode())
    return f"The schema is written to {output}."
