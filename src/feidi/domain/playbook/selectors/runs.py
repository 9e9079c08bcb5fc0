"""Questions about runs: the list, one, those on a row, what a side owes, and how many are not to be named."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.apps import apps
from django.db.models import Exists, Min, OuterRef, Prefetch, Q, QuerySet

from feidi.domain.playbook.access import VIEW_HOME, VIEW_OWN, runs_in_office, runs_visible_to
from feidi.domain.playbook.enums import OwnerSide, RunState, ServedKind, StepState
from feidi.domain.playbook.models import PlaybookRun, RunStep
from feidi.kernel.access import Actor, ScopeKind
from feidi.kernel.subjects import Subject, kind_of, label_of, registered_kinds, visible_row

ACTIVE: Final = (StepState.OPEN, StepState.ASKED)
#: Column of the list → field.
SORTS: Final = {
    "number": "number",
    "playbook": "title_zh",
    "started": "started_on",
    "due": "next_due",
    "planned": "planned_end",
    "state": "state",
}


@dataclass(frozen=True, slots=True)
class RunFilter:
    """What the list shows. Empty means "any"; ``show``: running (the page's default), finished, stopped, all.

    ``side``: whose turn it is; ``late_on``: only runs with a step past its day on this day.
    """

    words: str = ""
    show: str = "running"
    playbook: str = ""
    side: str = ""
    officer_id: int | None = None
    outpost_id: int | None = None
    late_on: date | None = None


def list_runs(actor: Actor, wanted: RunFilter) -> QuerySet[PlaybookRun]:
    """Return the runs of one's office, newest first, with the steps whose turn it is (``current``) and ``next_due``."""
    rows = runs_in_office(actor, PlaybookRun.objects.filter(_conditions(wanted)))
    active = Q(steps__state__in=ACTIVE)
    return (
        rows.annotate(next_due=Min("steps__due_on", filter=active))
        .select_related("outpost__home", "outpost__host", "officer", "organization")
        .prefetch_related(Prefetch("steps", RunStep.objects.filter(state__in=ACTIVE).order_by("position"), "current"))
        .order_by("-id")
    )


def get_run(actor: Actor, uid: str) -> PlaybookRun:
    """Return one of one's office; raises ``PlaybookRun.DoesNotExist`` for every other."""
    return runs_in_office(actor, _whole()).get(uid=uid)


def get_step(actor: Actor, uid: str) -> RunStep:
    """Return a step of a run of one's office with its run; raises ``RunStep.DoesNotExist`` for every other."""
    steps = RunStep.objects.select_related("run__outpost__home", "run__outpost__host", "run__officer")
    return steps.filter(run__in=runs_in_office(actor, PlaybookRun.objects.all()).values("pk")).get(uid=uid)


def own_runs(actor: Actor) -> QuerySet[PlaybookRun]:
    """Return the runs of the actor's own organization, newest first: staff of the outpost has none of its own."""
    own = actor.scopes(VIEW_OWN, ScopeKind.ORGANIZATION)
    return _whole().filter(organization_id__in=own).order_by("-id")


def runs_on(actor: Actor, subject: Subject) -> QuerySet[PlaybookRun]:
    """Return the runs on a row that the actor may open in office, newest first."""
    rows = _whole().filter(subject_kind=subject.kind, subject_uid=subject.uid)
    return (
        runs_in_office(actor, rows)
        .prefetch_related(Prefetch("steps", RunStep.objects.filter(state__in=ACTIVE).order_by("position"), "current"))
        .order_by("-id")
    )


def list_owed(actor: Actor, side: OwnerSide) -> QuerySet[RunStep]:
    """Return the steps that a side owes in runs of one's office, those handed over first, the longest waiting first."""
    runs = runs_in_office(actor, PlaybookRun.objects.filter(state=RunState.RUNNING))
    return (
        RunStep.objects.filter(run__in=runs.values("pk"), owner=side, state__in=ACTIVE)
        .select_related("run__outpost__home", "run__outpost__host", "run__officer")
        .order_by("state", "asked_on", "opened_on", "id")
    )


def count_unnamed(actor: Actor, side: OwnerSide) -> int:
    """Return how many steps the home side owes in runs whose subject it may not know yet (not reported)."""
    homes = actor.scopes(VIEW_HOME, ScopeKind.HOME)
    if not homes:
        return 0
    seen = runs_visible_to(actor, PlaybookRun.objects.all()).values("pk")
    hidden = RunStep.objects.filter(
        run__outpost__home_id__in=homes, run__state=RunState.RUNNING, owner=side, state__in=ACTIVE
    ).exclude(run__in=seen)
    return hidden.count()


def subject_labels(actor: Actor, runs: Iterable[PlaybookRun]) -> dict[int, str]:
    """Return run id → what its subject is called, "" where the actor may not know. At most two queries per kind of subject.

    Who may open the row knows it; so does the home side that was handed a step of the run, and the firm whose run it is.
    """
    rows = list(runs)
    open_to = _names(actor, rows)
    told = [each for each in rows if _subject(each) not in open_to and _is_told(actor, each)]
    names = {**open_to, **_names(None, told)}
    return {each.pk: names.get(_subject(each), "") for each in rows}


def _subject(run: PlaybookRun) -> Subject:
    return Subject(run.subject_kind, run.subject_uid)


def _names(actor: Actor | None, runs: Iterable[PlaybookRun]) -> dict[Subject, str]:
    """Return the names of the runs' subjects, with ``actor`` only of those that it may open."""
    wanted: defaultdict[str, set[str]] = defaultdict(set)
    for each in runs:
        wanted[each.subject_kind].add(each.subject_uid)
    known = {each.kind for each in registered_kinds()}
    names: dict[Subject, str] = {}
    for kind in wanted.keys() & known:
        found = apps.get_model(kind_of(kind).model)._default_manager.filter(uid__in=wanted[kind])
        for row in kind_of(kind).visible_to(actor, found) if actor else found:
            names[Subject(kind, row.uid)] = label_of(row, kind)
    return names


def _is_told(actor: Actor, run: PlaybookRun) -> bool:
    if run.organization_id and run.organization_id in actor.scopes(VIEW_OWN, ScopeKind.ORGANIZATION):
        return True
    told = run.served != ServedKind.PROJECT and run.named_home_on is not None
    return told and run.outpost.home_id in actor.scopes(VIEW_HOME, ScopeKind.HOME)


def sees_subject(actor: Actor, run: PlaybookRun) -> bool:
    """Tell whether the actor may open the row that the run is about."""
    known = {each.kind for each in registered_kinds()}
    return run.subject_kind in known and visible_row(actor, Subject(run.subject_kind, run.subject_uid)) is not None


def _whole() -> QuerySet[PlaybookRun]:
    return PlaybookRun.objects.select_related("outpost__home", "outpost__host", "officer", "organization")


def _conditions(wanted: RunFilter) -> Q:
    asked = {"playbook": wanted.playbook, "officer_id": wanted.officer_id, "outpost_id": wanted.outpost_id}
    found = Q(**{name: value for name, value in asked.items() if value})
    if wanted.show != "all":
        found &= Q(state=wanted.show if wanted.show in RunState.values else RunState.RUNNING)
    if wanted.words:
        found &= (
            Q(number__icontains=wanted.words)
            | Q(title_zh__icontains=wanted.words)
            | Q(organization__name__icontains=wanted.words)
        )
    steps = RunStep.objects.filter(run=OuterRef("pk"), state__in=ACTIVE)
    if wanted.side:
        found &= Q(Exists(steps.filter(owner=wanted.side)))
    if wanted.late_on:
        found &= Q(Exists(steps.filter(due_on__lt=wanted.late_on)))
    return found
