"""Who sees which run.

The outpost's people (``playbook.view``) see all of its runs; a firm (``playbook.view_own``) its own; the home side
(``playbook.view_home``) those on rows it may see, which is to say on reported projects, and those on organizations and
talents from the day on which a step was handed to it. Of all others it learns a number (``count_unnamed``).
"""

from __future__ import annotations

from typing import Final

from django.apps import apps
from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from feidi.domain.parties.access import outpost_scope
from feidi.domain.playbook.enums import ServedKind
from feidi.domain.playbook.kinds import SERVED
from feidi.domain.playbook.models import PlaybookRun, RunStep
from feidi.kernel.access import Actor, Scope, ScopeKind
from feidi.kernel.subjects import Subject, SubjectKind, kind_of, registered_kinds, visible_row

VIEW: Final = "playbook.view"
EDIT: Final = "playbook.edit"
VIEW_HOME: Final = "playbook.view_home"
ANSWER_HOME: Final = "playbook.answer_home"
VIEW_OWN: Final = "playbook.view_own"
SUBMIT_OWN: Final = "evidence.submit_own"
REVIEW: Final = "evidence.review"


def runs_visible_to(actor: Actor, queryset: QuerySet[PlaybookRun]) -> QuerySet[PlaybookRun]:
    """Narrow to the runs the actor may open."""
    own = Q(organization_id__in=actor.scopes(VIEW_OWN, ScopeKind.ORGANIZATION))
    return queryset.filter(_in_office(actor) | own)


def runs_in_office(actor: Actor, queryset: QuerySet[PlaybookRun]) -> QuerySet[PlaybookRun]:
    """Narrow to the runs the actor sees as outpost or home side; a firm's own page is the workspace."""
    return queryset.filter(_in_office(actor))


def _in_office(actor: Actor) -> Q:
    staff = Q(outpost_id__in=actor.scopes(VIEW, ScopeKind.OUTPOST))
    homes = actor.scopes(VIEW_HOME, ScopeKind.HOME)
    return staff | (Q(outpost__home_id__in=homes) & _named_to(actor)) if homes else staff


def _named_to(actor: Actor) -> Q:
    """Match runs whose subject the home side knows: a row it may see, or (never a project) one it was handed a step of."""
    named = ~Q(served=ServedKind.PROJECT) & Q(named_home_on__isnull=False)
    known = {each.kind for each in registered_kinds()}
    for kind in SERVED.values():
        if kind in known:
            named |= Q(subject_kind=kind) & Q(Exists(kind_of(kind).visible_to(actor, _rows(kind_of(kind)))))
    return named


def _rows(kind: SubjectKind) -> QuerySet[Model]:
    model: type[Model] = apps.get_model(kind.model)
    rows: QuerySet[Model] = model._default_manager.filter(uid=OuterRef("subject_uid"))
    return rows


def can_view_run(actor: Actor, run: PlaybookRun) -> bool:
    """Tell whether ``run`` is among those visible."""
    if run.outpost_id in actor.scopes(VIEW, ScopeKind.OUTPOST):
        return True
    if run.organization_id and run.organization_id in actor.scopes(VIEW_OWN, ScopeKind.ORGANIZATION):
        return True
    return run.outpost.home_id in actor.scopes(VIEW_HOME, ScopeKind.HOME) and is_named(actor, run)


def is_named(actor: Actor, run: PlaybookRun) -> bool:
    """Tell whether the home side knows whom the run is about."""
    if run.served != ServedKind.PROJECT and run.named_home_on is not None:
        return True
    known = {each.kind for each in registered_kinds()}
    return run.subject_kind in known and visible_row(actor, Subject(run.subject_kind, run.subject_uid)) is not None


def steps_visible_to(actor: Actor, queryset: QuerySet[RunStep]) -> QuerySet[RunStep]:
    """Narrow to the steps of visible runs: files, evidence and clocks hang on steps."""
    return queryset.filter(run__in=runs_visible_to(actor, PlaybookRun.objects.all()).values("pk"))


def works_for(actor: Actor, run: PlaybookRun) -> bool:
    """Tell whether the actor is of the outpost whose run it is: remarks are for them alone."""
    return run.outpost_id in actor.scopes(VIEW, ScopeKind.OUTPOST)


def scopes_of(run: PlaybookRun) -> tuple[Scope, ...]:
    """Return the scopes over which evidence of a run is reviewed."""
    return outpost_scope(run.outpost_id), Scope(ScopeKind.HOME, run.outpost.home_id)
