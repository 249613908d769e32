"""Values of measures as a plan may write them: alone, in the long form of a number, or with when they were read."""

from __future__ import annotations

import pytest

from pcstrat.model.measures import Measure


@pytest.mark.parametrize(
    ("written", "published", "number"),
    [
        ("30%", "30%", "30"),
        ({"published": "not measured"}, "not measured", None),
        ({"published": "more than one in four", "read_as": "over 1 in 4"}, "more than one in four", "1"),
        ({"value": {"published": "not measured"}, "when": "April 2026"}, "not measured", None),
    ],
)
def test_a_value_may_stand_alone_in_each_of_its_forms(written: object, published: str, number: str | None) -> None:
    measure = Measure.model_validate({"text": "People seen.", "baseline": written})
    assert measure.baseline is not None
    value = measure.baseline.value
    assert (value.published, None if value.number is None else str(value.number)) == (published, number)
