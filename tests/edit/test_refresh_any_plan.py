"""`refresh` of any valid plan gives a valid plan: what is done is an achievement of its part, all else stays."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from hypothesis import given, settings
from plan_texts import plan_texts

from pcstrat.edit.decisions import DecisionKind
from pcstrat.edit.refresh import financial_year, refreshed
from pcstrat.load import Loaded
from pcstrat.source import read_source

YEAR = financial_year("2027/28")


def parts_of(data: Any) -> Iterator[dict[str, Any]]:
    """Every ambition, objective, enabler and strand."""
    for key in ("ambitions", "enablers", "objectives", "strands"):
        for part in data.get(key, ()):
            yield part
            yield from parts_of(part)


def text_of(item: Any) -> str:
    return str(item if isinstance(item, str) else item["text"])


def work_in(part: dict[str, Any]) -> list[Any]:
    bands = [item for band in part.get("timeline", ()) for item in band.get("milestones", ())]
    return [*part.get("actions", ()), *part.get("milestones", ()), *bands]


def is_done(item: Any) -> bool:
    return isinstance(item, dict) and item.get("status") == "done"


def texts(items: list[Any]) -> list[str]:
    return sorted(map(text_of, items))


def comments(text: str) -> list[str]:
    return sorted(re.findall(r"# remark \d+", text))


@settings(max_examples=60)
@given(plan_texts())
def test_refresh_of_any_valid_plan_gives_a_valid_plan(load: Callable[..., Loaded], text: str) -> None:
    assert load(text).errors == (), text
    source = read_source(text.encode(), "any.yaml")
    result = refreshed(source, YEAR)
    gone = " ".join(one.detail for one in result.decisions if one.kind is DecisionKind.COMMENT_GONE)
    assert sorted([*comments(result.text), *comments(gone)]) == comments(text)
    after = load(result.text)
    assert after.errors == ()
    for old, new in zip(parts_of(source.data), parts_of(after.source.data), strict=True):
        assert old["id"] == new["id"]
        done = [item for item in work_in(old) if is_done(item)]
        assert work_in(new) == [item for item in work_in(old) if not is_done(item)]
        assert texts(new.get("achievements", [])) == texts([*old.get("achievements", ()), *done])


def test_what_is_done_in_an_ambition_and_in_its_last_strand_goes_to_each(load: Callable[..., Loaded]) -> None:
    text = """\
pcstrat: 1
id: kernow
icb: QT6
document:
  title: A plan
  kind: delivery plan
ambitions:
  - id: access
    title: Easier to reach a surgery
    milestones:
      - {text: A hub is open., status: done}
    strands:
      - title: By telephone
        actions:
          - {text: Buy telephones., status: done}
"""
    result = refreshed(read_source(text.encode(), "kernow.yaml"), YEAR)
    assert load(result.text).errors == ()
    (ambition,) = read_source(result.text.encode(), "kernow.yaml").data["ambitions"]  # type: ignore[index, call-overload]
    assert ambition["achievements"] == [{"text": "A hub is open."}]
    assert ambition["strands"] == [{"title": "By telephone", "achievements": [{"text": "Buy telephones."}]}]
