"""Turns the text of a plan into the same plan in normal form, or refuses; it never means anything else."""

from __future__ import annotations

from collections import Counter

from pcstrat.diagnostics import Severity
from pcstrat.edit.layout import in_normal_form
from pcstrat.edit.order import key_order
from pcstrat.edit.tree import tree_of
from pcstrat.errors import NotDoneError
from pcstrat.source import Source, read_source
from pcstrat.text import counted


def normal_form(source: Source) -> str:
    """The text of a file in normal form, with line feeds and without a byte order mark.

    The order of keys is that of today's format, whether the file is a valid plan or not.

    Raises:
        NotDoneError: if the file cannot be read, or not be put in normal form without a change of meaning.
    """
    refuse_errors(source)
    tree = tree_of(source)
    text = in_normal_form(tree, key_order)
    if text != source.text:
        again = read_source(text.encode(), source.file)
        if again.data != source.data or Counter(tree_of(again).comments) != Counter(tree.comments):
            message = f"'{source.file}' is left as it is: in normal form it would mean something else."
            raise NotDoneError(message, "This is a fault of pcstrat; please report it with the file.")
    return text


def refuse_errors(source: Source) -> None:
    """Refuse a file that is not valid YAML, or holds what plans do not use.

    Raises:
        NotDoneError: with the place and the text of the first error.
    """
    errors = [finding for finding in source.findings if finding.severity is Severity.ERROR]
    for finding in errors[:1]:
        place = f":{finding.span.start.line}:{finding.span.start.column}" if finding.span else ""
        others = len(errors) - 1
        more = f" There {'is' if others == 1 else 'are'} {counted(others, 'more problem')}." if others else ""
        raise NotDoneError(f"{source.file}{place}: {finding.message}{more}", finding.remedy)
