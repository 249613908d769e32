"""Says which plans need not be checked again: what was found in them before, as long as nothing of that has changed."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Mapping
from typing import Any

from pcstrat.commands.plan_files import id_in
from pcstrat.commands.plan_keys import plan_key, shared_key
from pcstrat.history import stated_id
from pcstrat.memory.findings import checked, checked_data
from pcstrat.memory.fingerprint import sha256
from pcstrat.memory.store import Store
from pcstrat.review import Checked
from pcstrat.settings import Settings
from pcstrat.workspace import PlanFile

MOST = 200
"""Plans that are remembered beside those of the last run, at most."""


class CheckMemory:
    """What was found in the plans of a folder before, and what is to be remembered of this run.

    Each set of circumstances has a memory of its own: a check for the board leaves that of a check without options
    alone. With `force` nothing is recalled. A memory that cannot be read or written costs the time to check again.
    """

    def __init__(self, settings: Settings, as_of: dt.date, *, force: bool = False) -> None:
        self._shared = shared_key(settings, as_of) if settings.cache else ""
        self._store = Store(settings.cache, "checks", settings.folder, self._shared) if settings.cache else None
        self._before, self._rules = _read(self._store)
        self._trusted = {} if force else self._before
        self._seen: dict[str, Mapping[str, Any]] = {}
        self._has_news = False

    def id_in(self, file: PlanFile) -> str:
        """The id that a file states; one that cannot be seen at a glance is remembered."""
        record = self._trusted.get(file.name, {})
        if not stated_id(file.content) and record.get("content") == sha256(file.content):
            return str(record["id"])
        return id_in(file)

    def recall(self, file: PlanFile, same_id: str) -> Checked | None:
        """What checking a file would find; `same_id` is another file whose plan has the same id."""
        record = self._trusted.get(file.name, {})
        if not record or record.get("key") != plan_key(self._shared, file, same_id):
            return None
        with contextlib.suppress(AttributeError, KeyError, TypeError, ValueError):
            known = checked(record["found"], self._rules)
            self._seen[file.name] = record
            return known
        return None

    def keep(self, file: PlanFile, same_id: str, found: Checked) -> None:
        """Remember what was found, unless that is not all there is to find: a rule failed, or the file was not read."""
        self._seen[file.name] = {}
        if self._store is None or file.unreadable or (found.result.is_plan and found.result.unrun_rules):
            return
        self._has_news = True
        self._seen[file.name] = {
            "key": plan_key(self._shared, file, same_id),
            "content": sha256(file.content),
            "id": self.id_in(file),
            "found": checked_data(found, self._rules),
        }

    def write(self, *, all_plans: bool) -> None:
        """Remember this run for the next; `all_plans` if plans that it did not see are gone."""
        others = {} if all_plans else {name: record for name, record in self._before.items() if name not in self._seen}
        kept = {name: record for name, record in self._seen.items() if record} | dict(list(others.items())[:MOST])
        if self._store is None or (not self._has_news and kept.keys() == self._before.keys()):
            return
        with contextlib.suppress(OSError):
            self._store.write({"rules": self._rules, "plans": kept})


def _read(store: Store | None) -> tuple[dict[str, Any], dict[str, Any]]:
    """What is remembered of plans, by the names of their files, and the words of rules; nothing in another shape."""
    match store.read() if store else None:
        case {"plans": dict(plans), "rules": dict(rules)} if all(isinstance(record, dict) for record in plans.values()):
            return plans, rules
    return {}, {}
