"""Passing rows from one person to another: the one way in which every app writes it, audited row by row."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date, datetime
from typing import Any

from django.db.models import Model, QuerySet

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.models import OrganizationTitle, Outpost
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.parties.services.handing import Handler, Held
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded
from feidi.kernel.identity.models import User
from feidi.kernel.messages import Words
from feidi.kernel.subjects import Subject

TITLE = "parties.title"
HAND_OVER = "work.hand_over"


def pass_rows(
    *,
    actor: Actor,
    now: datetime,
    rows: QuerySet[Any],
    kind: str,
    field: str,
    to: User,
    reason: str,
    text_field: str = "",
) -> frozenset[str]:
    """Write ``to`` into ``field`` of every row (``text_field``: the name beside it); return their uids.

    Locks the rows in order of their keys. To be called by a service that has asked for the permission.
    """
    with recorded(actor=actor, now=now) as unit:
        found: list[Any] = list(rows.select_for_update(of=("self",)).order_by("pk"))
        for row in found:
            before = unit.before(row, kind)
            setattr(row, field, to)
            if text_field:
                setattr(row, text_field, to.display_name)
            row.version += 1
            unit.changed(row, kind=kind, before=before, reason=reason)
        changed = [field, *([text_field] if text_field else []), "version"]
        model: type[Model] = rows.model
        model._default_manager.bulk_update(found, changed, batch_size=200)
    return frozenset(row.uid for row in found)


def passing(
    code: str,
    label: Words,
    kind: str,
    *,
    field: str,
    rows_of: Callable[[Outpost, User, date], QuerySet[Any]],
    say: Callable[[Any], tuple[str, str]],
) -> Handler:
    """Return the handler of rows that name their person in one ``field``; ``say``: (what it is called, how it stands)."""

    def held(outpost: Outpost, user: User, today: date) -> list[Held]:
        told = ((row, say(row)) for row in rows_of(outpost, user, today))
        return [Held(Subject(kind, row.uid), name[:300], state[:120]) for row, (name, state) in told]

    def give(
        *, actor: Actor, now: datetime, outpost: Outpost, uids: Collection[str], giver: User, taker: User, reason: str
    ) -> frozenset[str]:
        require(actor, HAND_OVER, outpost_scope(outpost.pk))
        rows = rows_of(outpost, giver, now.astimezone(SHANGHAI).date()).filter(uid__in=uids)
        return pass_rows(actor=actor, now=now, rows=rows, kind=kind, field=field, to=taker, reason=reason)

    return Handler(code, label, kind, held, give)


def titles_held(outpost: Outpost, user: User) -> QuerySet[OrganizationTitle]:
    """Return the titles of the outpost for whose renewal ``user`` answers."""
    rows = OrganizationTitle.objects.filter(outpost=outpost, responsible=user, voided_at__isnull=True)
    return rows.select_related("organization").order_by("id")


def reassign_titles(
    *, actor: Actor, now: datetime, outpost: Outpost, uids: Collection[str], giver: User, taker: User, reason: str
) -> frozenset[str]:
    """Pass titles from ``giver`` to ``taker``; return which were still the giver's and have been passed."""
    require(actor, HAND_OVER, outpost_scope(outpost.pk))
    rows = OrganizationTitle.objects.filter(outpost=outpost, responsible=giver, uid__in=uids, voided_at__isnull=True)
    return pass_rows(actor=actor, now=now, rows=rows, kind=TITLE, field="responsible", to=taker, reason=reason)
