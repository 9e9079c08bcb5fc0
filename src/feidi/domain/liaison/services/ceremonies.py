"""集中签约: the list of a signing ceremony. Whether a signing counts is the agreement's own, decided when it is entered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from feidi.domain.liaison.models import Ceremony, CeremonyItem
from feidi.domain.liaison.services.changing import changed, void
from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.models import Outpost
from feidi.domain.pipeline.models import Agreement, Project
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded

KIND, ITEM = "liaison.ceremony", "liaison.ceremony_item"
EDIT: Final = "liaison.edit"


@dataclass(frozen=True, slots=True)
class CeremonyPlan:
    """What, when, where; ``script``: the host's words (主持词), empty: drafted from the list."""

    title: str
    held_on: date
    place: str = ""
    script: str = ""


def plan_ceremony(
    *, actor: Actor, now: datetime, outpost: Outpost, plan: CeremonyPlan, projects: Sequence[Project] = ()
) -> Ceremony:
    """Put a ceremony on the calendar with its list. Refused: no title, a project of another outpost or twice."""
    require(actor, EDIT, outpost_scope(outpost.pk))
    _check(plan)
    with recorded(actor=actor, now=now) as unit:
        row = Ceremony(outpost=outpost, recorded_by=actor.label[:160], created_at=now)
        _fill(row, plan)
        row.save()
        unit.created(row, kind=KIND)
        for project in projects:
            add_item(actor=actor, now=now, ceremony=row, project=project)
    return row


def edit_ceremony(*, actor: Actor, now: datetime, ceremony: Ceremony, version: int, plan: CeremonyPlan) -> Ceremony:
    """Change title, day, place or the host's words. Refused: no title; another day while agreements are linked."""
    require(actor, EDIT, outpost_scope(ceremony.outpost_id))
    _check(plan)
    with recorded(actor=actor, now=now) as unit, changed(unit, ceremony, KIND, version=version) as row:
        linked = row.items.filter(voided_at__isnull=True, agreement__isnull=False).exclude(
            agreement__signed_on=plan.held_on
        )
        for item in linked.select_related("agreement"):
            raise _other_day(item.agreement, plan.held_on)
        _fill(row, plan)
    return row


def void_ceremony(*, actor: Actor, now: datetime, ceremony: Ceremony, reason: str) -> None:
    """Take a ceremony back with a reason; the agreements themselves stay as they are."""
    require(actor, EDIT, outpost_scope(ceremony.outpost_id))
    with recorded(actor=actor, now=now) as unit:
        void(unit, ceremony, KIND, now, reason)


def add_item(
    *,
    actor: Actor,
    now: datetime,
    ceremony: Ceremony,
    project: Project,
    signatories: str = "",
    seat_cards: str = "",
) -> CeremonyItem:
    """Put a project on the list, last; the one agreement signed that day is linked at once.

    Refused: a project of another outpost, one that stands on the list.
    """
    require(actor, EDIT, outpost_scope(ceremony.outpost_id))
    if project.outpost_id != ceremony.outpost_id:
        raise refuse("liaison.other_outpost", code=project.code)
    with recorded(actor=actor, now=now) as unit:
        # locked, so that of two who add the same project the second is told
        Ceremony.objects.select_for_update().get(pk=ceremony.pk)
        live = ceremony.items.filter(voided_at__isnull=True)
        if live.filter(project=project).exists():
            raise refuse("liaison.listed_already", code=project.code)
        last = live.order_by("-position").values_list("position", flat=True).first() or 0
        row = CeremonyItem(
            ceremony=ceremony,
            project=project,
            agreement=_only_one_of_the_day(ceremony, project),
            position=last + 1,
            signatories=signatories.strip(),
            seat_cards=seat_cards.strip(),
            created_at=now,
        )
        row.save()
        unit.created(row, kind=ITEM)
    return row


def edit_item(
    *,
    actor: Actor,
    now: datetime,
    item: CeremonyItem,
    signatories: str,
    seat_cards: str,
    version: int | None = None,
) -> CeremonyItem:
    """Write down who signs and which seat cards stand on the table. Refused: somebody has done so since ``version``."""
    require(actor, EDIT, outpost_scope(item.ceremony.outpost_id))
    mine = ("signatories", "seat_cards", "agreement")
    with recorded(actor=actor, now=now) as unit, changed(unit, item, ITEM, version=version, only=mine) as row:
        row.signatories, row.seat_cards = signatories.strip(), seat_cards.strip()
    return row


def link_agreement(*, actor: Actor, now: datetime, item: CeremonyItem, agreement: Agreement | None) -> CeremonyItem:
    """Say which agreement was signed there; None takes the link back.

    Refused: of another project, taken back, signed on another day, on another ceremony's list.
    """
    require(actor, EDIT, outpost_scope(item.ceremony.outpost_id))
    if agreement is not None:
        _check_agreement(item, agreement)
    with recorded(actor=actor, now=now) as unit, changed(unit, item, ITEM) as row:
        row.agreement = agreement
    return row


def move_item(*, actor: Actor, now: datetime, item: CeremonyItem) -> None:
    """Put a project before the one above it; the first stays where it is."""
    require(actor, EDIT, outpost_scope(item.ceremony.outpost_id))
    with recorded(actor=actor, now=now) as unit:
        Ceremony.objects.select_for_update().get(pk=item.ceremony_id)
        live = item.ceremony.items.filter(voided_at__isnull=True, position__lt=item.position)
        above = live.order_by("-position").first()
        if above is None:
            return
        with changed(unit, item, ITEM) as row, changed(unit, above, ITEM) as other:
            row.position, other.position = other.position, row.position


def remove_item(*, actor: Actor, now: datetime, item: CeremonyItem, reason: str) -> None:
    """Strike a project off the list with a reason."""
    require(actor, EDIT, outpost_scope(item.ceremony.outpost_id))
    with recorded(actor=actor, now=now) as unit:
        void(unit, item, ITEM, now, reason)


def _check(plan: CeremonyPlan) -> None:
    if not plan.title.strip():
        raise refuse("liaison.says_nothing")


def _fill(row: Ceremony, plan: CeremonyPlan) -> None:
    row.title, row.held_on = plan.title.strip(), plan.held_on
    row.place, row.script = plan.place.strip(), plan.script.strip()


def _only_one_of_the_day(ceremony: Ceremony, project: Project) -> Agreement | None:
    found = project.agreements.filter(signed_on=ceremony.held_on, voided_at__isnull=True)
    free = list(found.exclude(ceremony_items__in=CeremonyItem.objects.filter(voided_at__isnull=True))[:2])
    return free[0] if len(free) == 1 else None


def _check_agreement(item: CeremonyItem, agreement: Agreement) -> None:
    if agreement.project_id != item.project_id or agreement.voided_at is not None:
        raise refuse("liaison.agreement_of_other_project", code=item.project.code)
    if agreement.signed_on != item.ceremony.held_on:
        raise _other_day(agreement, item.ceremony.held_on)
    listed = CeremonyItem.objects.filter(
        agreement=agreement, voided_at__isnull=True, ceremony__voided_at__isnull=True
    ).exclude(pk=item.pk)
    for other in listed.select_related("ceremony"):
        raise refuse("liaison.agreement_listed", title=other.ceremony.title)


def _other_day(agreement: Agreement | None, held_on: date) -> Exception:
    signed = agreement.signed_on.isoformat() if agreement else ""
    return refuse("liaison.agreement_other_day", signed=signed, held=held_on.isoformat())
