"""Turns differences between plans into JSON of a published shape, `docs/schemas/diff.json`.

The shape is its own and not that of our classes, so that it stays when they change. New fields may appear in any
version; a field is removed or changes its meaning only with a new version.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from pcstrat.diagnostics import Path
from pcstrat.diff.alignment import Alignment, Stand, Standing, Topic
from pcstrat.diff.alignment_items import Planned
from pcstrat.diff.changes import Change, Difference, Part, PartOf, Said, Version
from pcstrat.diff.kinds import Significance
from pcstrat.diff.sentences import sentences
from pcstrat.diff.wording import word_changes
from pcstrat.export.json_text import to_text
from pcstrat.export.plan_json import money_data, number_data, time_data
from pcstrat.model.money import Money
from pcstrat.model.quantities import Quantity
from pcstrat.model.times import Time
from pcstrat.report.diff_text import Result

FORMAT_VERSION = 1


def diff_json(results: Sequence[Result]) -> str:
    """The text of the JSON document: UTF-8, one newline at its end, the same bytes for the same input."""
    return to_text({"pcstrat_diff": FORMAT_VERSION, "results": [_result(result) for result in results]})


def _result(result: Result) -> dict[str, Any]:
    if isinstance(result, Alignment):
        return {
            "comparison": "boards",
            "old": [_document(result.old)],
            "new": _document(result.new),
            "topics": [_topic(topic) for topic in result.topics],
            "money_of_no_topic": dict(zip(("old", "new"), map(list, result.loose_money), strict=True)),
        }
    return {
        "comparison": "versions",
        "since": result.since or None,
        "unrelated": list(result.unrelated),
        "divided_with": list(result.divided_with),
        "mixed": list(result.mixed),
        "of_one_board": [list(plans) for plans in result.of_one_board],
        "unseen_successors": list(dict.fromkeys(board for _, boards in result.unseen for board in boards)),
        "unseen_predecessors": list(result.unseen_before),
        "old": [_version(version) for version in result.old],
        "new": _version(result.new) if result.new else None,
        "summary": _summary(result),
        "changes": [_change(change) for change in result.changes],
    }


def _summary(difference: Difference) -> dict[str, int]:
    counts = {meaning.value: len(difference.of(meaning)) for meaning in Significance}
    return {"changes": len(difference.changes), **counts}


def _version(version: Version) -> dict[str, str]:
    return {
        "plan": version.plan_id,
        "icb": version.icb,
        "title": version.title,
        "label": version.label,
        "version": version.version,
        "date": version.date,
    }


def _document(version: Version) -> dict[str, str]:
    return _version(version) | {"kind": version.kind, "status": version.status, "period": version.period}


def _change(change: Change) -> dict[str, Any]:
    data: dict[str, Any] = {
        "fingerprint": change.fingerprint,
        "kind": change.kind.value,
        "significance": change.significance.value,
        "item": {"id": change.item_id or None, "name": change.name},
        "subject": change.subject,
        "field": change.field or None,
        "old": _place(change.old_plan, change.old_path),
        "new": _place(change.new_plan, change.new_path),
        "before": _said(change.before),
        "after": _said(change.after),
        "amount": change.amount or None,
        "reason": change.reason or None,
        "sentences": list(sentences(change)),
        "possibly_same_as": _suggestion(change),
    }
    if change.parts:
        data["parts"] = [_part(part) for part in change.parts]
    if change.commitments:
        data["commitments"] = [_said(code) for code in change.commitments]
    if change.part_of:
        data["possibly_joined_with"] = [_part_of(found) for found in change.part_of]
    if change.is_worded and change.before and change.after:
        words = word_changes(change.before.text, change.after.text)
        data["words"] = [{"mark": piece.mark.value, "text": piece.text} for piece in words]
    return data


def _part(part: Part) -> dict[str, Any]:
    data = {"noun": part.noun, "text": part.text, "id": part.item_id or None, "promise": part.promise or None}
    return {**data, "possibly_same_as": _suggestion(part)} if part.suggestion else data


def _place(plan: str, path: Path | None) -> dict[str, Any] | None:
    return None if path is None else {"plan": plan, "path": list(path)}


def _said(said: Said | None) -> dict[str, Any] | None:
    """The text as published and, of a time, an amount or a number, what it means."""
    if said is None:
        return None
    data: dict[str, Any] = {"text": said.text, **({"title": said.title} if said.title else {})}
    match said.value:
        case Time():
            data["time"] = time_data(said.value)
        case Money():
            data["money"] = money_data(said.value)
        case Quantity():
            data["number"] = number_data(said.value)
    return data


def _suggestion(change: Change | Part) -> dict[str, Any] | None:
    if change.suggestion is None:
        return None
    found = change.suggestion
    return {"id": found.item_id or None, "name": found.name, "path": list(found.path), "score": found.score}


def _part_of(found: PartOf) -> dict[str, Any]:
    """What it may be part of, or made of."""
    return {
        "id": found.item_id or None,
        "name": found.name,
        "path": list(found.path),
        "score": found.score,
        "is_whole": found.is_whole,
        "is_joined": found.is_joined,
        "total": found.total or None,
    }


def _topic(topic: Topic) -> dict[str, Any]:
    return {
        "group": topic.group.value,
        "code": topic.code,
        "title": topic.title,
        "coverage": topic.coverage.value,
        "old": _plans(topic.old, topic.stands[0]),
        "new": _plans(topic.new, topic.stands[1]),
    }


def _plans(planned: Iterable[Planned], stand: Stand) -> dict[str, Any]:
    items = [
        {
            "id": entry.item_id or None,
            "name": entry.name,
            "path": list(entry.path),
            "dates": list(entry.dates),
            "money": list(entry.money),
            "measures": list(entry.measures),
        }
        for entry in planned
    ]
    out_of_scope = stand.standing is Standing.OUT_OF_SCOPE
    return {"out_of_scope": out_of_scope, "standing": stand.standing.value, "why": stand.words, "items": items}
