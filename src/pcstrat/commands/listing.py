"""Turns the data file of a plan into the part of it that the list of all plans shows."""

from __future__ import annotations

from typing import Any

DATA = "plan.json"
"""The name of the data file in the folder of the plan."""


def listing_data(data: dict[str, Any]) -> dict[str, Any]:
    """The part of `plan.json` that the index shows."""
    plan = data.get("plan")
    plan = plan if isinstance(plan, dict) else {}
    return {"icb": data.get("icb"), "plan": {key: plan[key] for key in ("id", "icb", "document") if key in plan}}
