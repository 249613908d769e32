"""`pcstrat schema`: the JSON Schema of a plan file, with the codes of the registry that holds here."""

from __future__ import annotations

from pcstrat.commands.outputs import SCHEMA, refuse_other_files, write_report
from pcstrat.export.plan_schema import plan_schema_text
from pcstrat.registry import load_registry
from pcstrat.settings import Settings


def schema(settings: Settings, output: str = "") -> str:
    """The schema as text, or what was done when it goes into a file.

    Raises:
        UsageError: if the file is no schema that pcstrat wrote, or is among the plans.
        NotDoneError: if the registry cannot be read, or the file cannot be written.
    """
    if output:
        refuse_other_files(SCHEMA, output, settings)
    text = plan_schema_text(load_registry(settings.registry_folder))
    if not output:
        return text
    write_report(output, text, settings)
    return f"The schema is written to {output}."
