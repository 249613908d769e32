"""What was checked, with what result, and the record of it that `pcstrat build` can publish."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

FORMAT_VERSION = 1
MOST_SHOWN = 12


@dataclass(frozen=True)
class Result:
    """One check of one document: passed without problems; `checked` is False where it could not be run."""

    document: str
    check: str
    problems: tuple[str, ...] = ()
    checked: bool = True

    @property
    def word(self) -> str:
        """The result as the record states it."""
        if not self.checked:
            return "not checked"
        return "failed" if self.problems else "passed"


@dataclass
class Record:
    """Every result of a run, and what it was checked with."""

    folder: Path
    documents: tuple[str, ...]
    date: str
    instruments: dict[str, str] = field(default_factory=dict)
    results: list[Result] = field(default_factory=list)

    def add(self, results: Iterable[Result]) -> None:
        """Keep results."""
        self.results += results

    def complete(self, expected: dict[str, tuple[str, ...]]) -> None:
        """Add what was expected and never ran, as not checked. `expected` is the documents of each check."""
        done = {(result.check, result.document) for result in self.results}
        for check, documents in expected.items():
            for document in documents:
                if (check, document) not in done:
                    self.results.append(Result(document, check, ("It was not run.",), checked=False))

    def distrust(self, checks: Iterable[str]) -> None:
        """Count as not checked what was checked by a check that does not see faults."""
        why = ("It accepts a document in which everything is wrong.",)
        blind = set(checks)
        self.results = [
            Result(result.document, result.check, why, checked=False) if result.check in blind else result
            for result in self.results
        ]

    @property
    def passed(self) -> bool:
        """Whether there are results, and all are good."""
        return bool(self.results) and all(result.word == "passed" for result in self.results)

    def checks(self) -> Iterator[tuple[str, dict[str, int]]]:
        """Each check with the number of documents by result."""
        for name in dict.fromkeys(result.check for result in self.results):
            counts = dict.fromkeys(("passed", "failed", "not checked"), 0)
            for result in self.results:
                if result.check == name:
                    counts[result.word] += 1
            yield name, counts

    def to_json(self) -> str:
        """The record as `accessibility-results.json`: documents by path with their content's hash."""
        failing = {result.document for result in self.results if result.word != "passed"}
        data = {
            "pcstrat_accessibility": FORMAT_VERSION,
            "date": self.date,
            "instruments": dict(sorted(self.instruments.items())),
            "checks": [{"name": name} | counts for name, counts in self.checks()],
            "documents": {
                path: {
                    "sha256": hashlib.sha256((self.folder / path).read_bytes()).hexdigest(),
                    "passed": path not in failing,
                }
                for path in self.documents
            },
        }
        return json.dumps(data, ensure_ascii=False, indent=2) + "\n"

    def report(self) -> str:
        """The result in words, failures first."""
        return "\n".join([*self._failures(), *self._counts(), self._verdict()])

    def _failures(self) -> Iterator[str]:
        for result in self.results:
            if result.word != "passed":
                yield f"{result.word}: {result.check}: {result.document}"
                yield from (f"    {problem}" for problem in result.problems[:MOST_SHOWN])
                if len(result.problems) > MOST_SHOWN:
                    yield f"    and {len(result.problems) - MOST_SHOWN} more"

    def _counts(self) -> Iterator[str]:
        for name, counts in self.checks():
            yield f"{name}: {', '.join(f'{number} {word}' for word, number in counts.items() if number)}"

    def _verdict(self) -> str:
        pages = sum(path.endswith(".html") for path in self.documents)
        pdfs = len(self.documents) - pages
        counted = f"{pages} pages, {pdfs} PDFs, {len(self.results)} checks"
        if self.passed:
            return f"{counted}: machine checks passed. A person must still judge what machines cannot."
        failed = sum(result.word == "failed" for result in self.results)
        unchecked = sum(result.word == "not checked" for result in self.results)
        return f"{counted}: {failed} failed, {unchecked} not checked."
