"""Turns plan files into the documents of each, in order: one by one or, where it pays, in several processes."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

from pcstrat.commands.documents import Documents, documents_of
from pcstrat.commands.workshop import Workshop
from pcstrat.workers import cheapest_start, crew, processes
from pcstrat.workspace import PlanFile

PLANS_A_PROCESS = {"fork": 2, "spawn": 8}
"""From how many plans on one more process saves more time than it takes to start, where no PDFs are made."""


class _Task(NamedTuple):
    """A plan to make documents of, and another file whose plan has the same id, if there is one."""

    file: PlanFile
    same_id: str


@dataclass(frozen=True, slots=True)
class _Maker:
    """What makes the documents of one plan after the other. It travels to other processes."""

    workshop: Workshop

    def make(self, task: _Task) -> Documents:
        documents = documents_of(task.file, self.workshop, task.same_id)
        gc.collect(0)  # templates and the views they showed hold one another: those of several plans would pile up
        return documents


@contextmanager
def made_documents(
    files: Sequence[PlanFile], workshop: Workshop, same: Mapping[str, str]
) -> Iterator[Iterator[Documents]]:
    """The documents of each file, in order, as they are made. However the block ends, no process is left behind.

    Processes that are copies of this one should have little left to load. So the first plan is made here before they
    start, or, since PDFs take much longer than that, what makes PDFs is loaded.

    Args:
        files: The plans.
        workshop: What documents are made with.
        same: By name, which files have a plan with the id of another, which is the value.

    Raises:
        NotDoneError: if a template cannot be used, PDFs cannot be made at all, or a process ends unexpectedly.
    """
    make = _Maker(workshop).make
    tasks = [_Task(file, same.get(file.name, "")) for file in files]
    number = _useful_processes(workshop, len(tasks))
    if number <= 1:
        yield map(make, tasks)
        return
    first = [] if workshop.makes_pdf else [make(tasks.pop(0))]
    if workshop.makes_pdf and cheapest_start() == "fork":
        _load(workshop)
    with crew(make, number, "makes documents") as made:
        yield chain(first, made(tasks))


def _useful_processes(workshop: Workshop, plans: int) -> int:
    useful = plans if workshop.makes_pdf else plans // PLANS_A_PROCESS[cheapest_start()]
    return min(processes(workshop.settings.jobs), useful)


def _load(workshop: Workshop) -> None:
    from pcstrat.publish.printing import load_engine  # not for web pages alone

    load_engine()
    workshop.load()
