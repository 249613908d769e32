"""Turns a plan file, and everything else that its findings come from, into a key: the same key, the same findings."""

from __future__ import annotations

import datetime as dt

from pcstrat.memory.fingerprint import hash_of, hash_of_files, program, sha256
from pcstrat.settings import Settings
from pcstrat.workspace import PlanFile

_OWN_REGISTRY = ("icbs.csv", "commitments.yaml")


def shared_key(settings: Settings, as_of: dt.date) -> str:
    """What the findings of all plans depend on: pcstrat itself, the day, the user's registry, and which rules run."""
    registry = settings.registry_folder
    own = [registry.is_dir(), hash_of_files(registry / name for name in _OWN_REGISTRY)] if registry else []
    plans = {plan: own._asdict() for plan, own in settings.plans.items()}
    return hash_of(program(), as_of.isoformat(), own, settings.profile, settings.select, settings.ignore, plans)


def plan_key(shared: str, file: PlanFile, same_id: str) -> str:
    """The key of a plan; `same_id` is another file whose plan has the same id."""
    return hash_of(shared, file.name, file.plan_id, sha256(file.content), file.unreadable, same_id)
