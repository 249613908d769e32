"""Turns plans of today into what changed in each since a revision, or since the plans that it says it replaces."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from pcstrat.commands.plan_files import load_file
from pcstrat.commands.succession import division_of, plans_of_folder, readable_plans, rest_of
from pcstrat.compare import Digest
from pcstrat.diff import Called, Difference, Significances, diff_plans, load_significances
from pcstrat.diff.alignment import is_continuation
from pcstrat.errors import NotDoneError
from pcstrat.history import PlansAt, stated_id
from pcstrat.model.plan import Plan
from pcstrat.registry import Registry
from pcstrat.settings import Settings
from pcstrat.workspace import PlanFile, archived_plans

_HASH_LENGTH, _SHORT_HASH = 40, 10


def comparable_plan(file: PlanFile, registry: Registry) -> Plan:
    """The plan of a file.

    Raises:
        NotDoneError: if it is none; its first error says why.
    """
    loaded = load_file(file, registry)
    if loaded.plan is None:
        first = next(iter(loaded.errors), None)
        place = f"{file.name}:{first.span.start.line}" if first and first.span else file.name
        why = f": {first.message}" if first else "."
        raise NotDoneError(f"{place} is not a plan that can be compared{why}", f"Run 'pcstrat validate {file.name}'.")
    return loaded.plan


def short_revision(revision: str) -> str:
    """A revision as messages name it: of a whole hash, the beginning does."""
    return revision[:_SHORT_HASH] if len(revision) >= _HASH_LENGTH and revision.isalnum() else revision


class Since:
    """What changed in plans since a revision. The revision is looked up at once, and each of its files read once.

    A plan is found at the revision by its id, wherever it stood; else in the place where it stands now, under an id
    that no plan has any more. A plan that is gone counts as well for the one that says it replaces it; and for a new
    one that follows it, because it is the same board's or, as the registry knows, its successor's. When boards merge,
    last year's plans are many; a new plan follows them also while they still stand beside it.

    Args:
        revision: Anything git takes for a commit.
        settings: Say where the user's folder is.
        registry: The ICBs, and which follows which.
        files: The plans that are compared. Those of the folder that are not among them are not taken for gone.

    Raises:
        NotDoneError: if git cannot be asked, or knows no such revision (of a shallow clone, with the depth it needs).
    """

    def __init__(self, revision: str, settings: Settings, registry: Registry, files: Sequence[PlanFile]) -> None:
        self.revision = short_revision(revision)
        self._registry = registry
        self._meanings: Significances = load_significances(settings.registry_folder)
        self._then = PlansAt(revision, settings)
        today: dict[str, PlanFile] = {}
        for file in (*files, *plans_of_folder(settings)):
            today.setdefault(os.path.realpath(file.path) if file.path else file.name, file)
        self._today = tuple(today.values())
        self._ids = {_id_of(file) for file in self._today}
        self._names = {file.plan_id for file in self._today}
        self._found: dict[str, Difference] = {}

    def difference(self, file: PlanFile, plan: Plan) -> Difference:
        """What changed in a plan; one that did not exist then is new.

        Raises:
            NotDoneError: if the plan of then cannot be read.
        """
        if plan.id not in self._found:
            old = list(self._predecessors(file, plan))
            self._found[plan.id] = self._between(old, plan, self._siblings(file, plan, old))
        return self._found[plan.id]

    def remember(self, plan_id: str, difference: Difference) -> None:
        """Take over what another process found of a plan."""
        self._found.setdefault(plan_id, difference)

    def known(self, plan_id: str) -> Difference | None:
        """What changed in a plan, if that was asked before."""
        return self._found.get(plan_id)

    def sentence(self, plan_id: str) -> str:
        """How much has changed in a plan for which the difference was asked; empty for any other."""
        from pcstrat.render.diff_page import since_sentence  # diff itself needs no pages

        found = self._found.get(plan_id)
        return since_sentence(found) if found else ""

    def gone_sentences(self) -> Iterator[str]:
        """Which plans of then no plan of today follows."""
        for difference in self.gone():
            version = difference.old[0]
            yield f"{version.title} ({version.plan_id}), gone since {self.revision}."

    def gone(self) -> Iterator[Difference]:
        """The plans of then that no plan of today follows."""
        followed = self._followed() if self._gone else ()
        for plan in self._gone:
            if plan.id not in followed:
                yield self._between([plan], None)

    def _between(self, old: Sequence[Plan], new: Plan | None, siblings: Sequence[Plan] = ()) -> Difference:
        return diff_plans(
            old,
            new,
            significances=self._meanings,
            called=[Called(f"{plan.id}@{self.revision}", self.revision) for plan in old],
            since=self.revision,
            division=division_of(old, new, siblings, self._registry) if new else None,
            registry=self._registry,
        )

    def _siblings(self, file: PlanFile, plan: Plan, old: Sequence[Plan]) -> list[Plan]:
        """The other plans of today that follow the same plans of then, where a board was split."""
        followed = {before.id for before in old} - {plan.id}
        if not followed:
            return []
        loaded = ((other, load_file(other, self._registry).plan) for other in self._today if other.name != file.name)
        others = ((other, found) for other, found in loaded if found and found.id not in followed)
        return [
            found for other, found in others if followed & {before.id for before in self._predecessors(other, found)}
        ]

    def _followed(self) -> set[str]:
        followed = {version.plan_id for found in self._found.values() for version in found.old}
        for file in self._today:
            plan = load_file(file, self._registry).plan if _id_of(file) not in self._found else None
            followed |= {before.id for before in self._predecessors(file, plan)} if plan else set()
        return followed

    def _predecessors(self, file: PlanFile, plan: Plan) -> Iterator[Plan]:
        own = self._then.with_id(plan.id, file.path) or self._same_place(file)
        if own is None:
            yield from (gone for gone in self._gone if self._is_followed_by(plan, gone))
            yield from self._replaced_beside(plan)
            return
        own_plan = comparable_plan(own, self._registry)
        yield own_plan
        yield from (gone for gone in self._gone if gone.id != own_plan.id and replaces(plan, gone))

    def _replaced_beside(self, plan: Plan) -> Iterator[Plan]:
        """The plans of then that a new one replaces, says it or the registry, and that still stand beside it."""
        taken_over = {icb.ods_code for icb in self._registry.predecessors(plan.icb)}
        for beside in readable_plans(self._today, self._registry):
            if beside.id != plan.id and (replaces(plan, beside) or beside.icb in taken_over):
                then = self._then.with_id(beside.id, None)
                if then is not None:
                    yield comparable_plan(then, self._registry)

    def _same_place(self, file: PlanFile) -> PlanFile | None:
        """The plan whose file had the same name under an id that no plan has now: the plan was renamed."""
        for found in self._then.in_folder():
            if found.plan_id == file.plan_id and stated_id(found.content) not in self._ids:
                return found
        return None

    def _is_followed_by(self, plan: Plan, gone: Plan) -> bool:
        return replaces(plan, gone) or (gone.id not in self._renamed and is_continuation([gone], plan, self._registry))

    @cached_property
    def _gone(self) -> tuple[Plan, ...]:
        """The plans of then whose ids no plan has now."""
        files = [file for file in self._then.in_folder() if _id_of(file) not in self._ids]
        return tuple(comparable_plan(file, self._registry) for file in files)

    @cached_property
    def _renamed(self) -> frozenset[str]:
        """The ids of then that have another id now in the same file."""
        return frozenset(_id_of(file) for file in self._then.in_folder() if file.plan_id in self._names)


def differences(
    digests: Iterable[Digest],
    files: Mapping[str, PlanFile],
    registry: Registry,
    settings: Settings,
    since: Since | None = None,
) -> dict[str, Difference]:
    """What changed in plans since earlier ones, by the ids of those that have one.

    Args:
        digests: The plans compared.
        files: The file of each, by the id of the plan.
        registry: The ICBs.
        settings: Say where the user's own table of meanings is.
        since: A revision, if one was asked for; else an earlier plan is the last one of the same id in the archive
            beside the plan, or those that it says it replaces, or those of boards that its board took over.

    Raises:
        NotDoneError: if an earlier plan cannot be read.
    """
    if since is not None:
        return _since_revision(since, digests, files, registry)
    return _since_replaced(digests, files, registry, settings)


def _since_revision(
    since: Since, digests: Iterable[Digest], files: Mapping[str, PlanFile], registry: Registry
) -> dict[str, Difference]:
    """What changed in each plan since a revision, by id. Raises as `Since.difference`."""
    asked = {digest.plan: since.known(digest.plan) for digest in digests}
    return {
        plan_id: found or since.difference(files[plan_id], comparable_plan(files[plan_id], registry))
        for plan_id, found in asked.items()
    }


def _since_replaced(
    digests: Iterable[Digest], files: Mapping[str, PlanFile], registry: Registry, settings: Settings
) -> dict[str, Difference]:
    """What changed since earlier plans, by the id of the newer one: the last one in its archive, or those it replaces.

    Only such plans are loaded again, from `files`, which has them by id.
    """
    every = tuple(digests)
    meanings = load_significances(settings.registry_folder)
    found: dict[str, Difference] = {}

    def plans_of_now() -> Iterable[Plan]:
        here = {file.name: file for file in (*files.values(), *plans_of_folder(settings))}
        return readable_plans(here.values(), registry)

    for newer in every:
        archived = _last_archived(files[newer.plan], newer.plan, registry, settings)
        followed = _followed_by(newer, every, registry) if archived is None else []
        olders = [archived] if archived else [files[older.plan] for older in followed]
        if olders:
            plans = [comparable_plan(file, registry) for file in olders]
            now = comparable_plan(files[newer.plan], registry)
            division = rest_of(plans, now, plans_of_now, registry)
            found[newer.plan] = diff_plans(
                plans,
                now,
                significances=meanings,
                called=[Called(archived.name, archived.revision or "")] if archived else (),
                division=division,
                registry=registry,
            )
    return found


def _last_archived(file: PlanFile, plan_id: str, registry: Registry, settings: Settings) -> PlanFile | None:
    """The newest plan of the same id in the archive beside a plan, where `refresh` puts last year's."""
    own = [each for each in archived_plans(file, settings) if stated_id(each.content) == plan_id]
    return max(own, key=lambda each: _age(each, registry), default=None)


def _age(file: PlanFile, registry: Registry) -> tuple[dt.date, str]:
    document = comparable_plan(file, registry).document
    times = (document.period, document.approved, document.published)
    return next((time.start for time in times if time and time.start), dt.date.min), file.name


def _followed_by(newer: Digest, every: Iterable[Digest], registry: Registry) -> list[Digest]:
    """The plans that a plan says it replaces; else those of the boards that its board took over."""
    others = [digest for digest in every if digest.plan != newer.plan]
    declared = [older for older in others if _says_it_replaces(newer, older)]
    taken_over = {icb.ods_code for icb in registry.predecessors(newer.icb)}
    return declared or [older for older in others if older.icb in taken_over]


def _says_it_replaces(newer: Digest, older: Digest) -> bool:
    return older.plan in newer.document.previous or older.icb in newer.document.inherits


def _id_of(file: PlanFile) -> str:
    return stated_id(file.content) or file.plan_id


def replaces(plan: Plan, gone: Plan) -> bool:
    """Whether a plan says itself that it continues another."""
    return gone.id in plan.document.previous or gone.icb in plan.document.inherits
