"""Questions about positions and flexible contracts; what a matcher may read of a position."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.db.models import Prefetch, Q, QuerySet

from feidi.domain.talent.access import contracts_visible_to, positions_visible_to
from feidi.domain.talent.enums import SalaryPer
from feidi.domain.talent.models import FlexibleContract, Position, PresenceMonth
from feidi.engines.money import Money
from feidi.kernel.access import Actor

SORTS: Final = {"number": "number", "title": "title", "organization": "organization__name", "opened": "opened_on"}


@dataclass(frozen=True, slots=True)
class PositionFilter:
    """What the list shows. Empty means "any"; ``show``: open (default of the page), closed, all."""

    words: str = ""
    show: str = "open"
    outpost_id: int | None = None


@dataclass(frozen=True, slots=True)
class PositionProfile:
    """A position as whoever matches may take it up: what is wanted, where, for how much. No person, no project."""

    uid: str
    outpost_id: int
    organization_id: int
    number: str
    title: str
    needs: str
    field: str
    works_at: str
    wanted: int
    salary_lo: Money | None
    salary_hi: Money | None
    salary_per: SalaryPer | None
    is_open: bool


def list_positions(actor: Actor, wanted: PositionFilter) -> QuerySet[Position]:
    """Return the positions that the actor may open, newest first."""
    rows = positions_visible_to(actor, Position.objects.filter(voided_at__isnull=True))
    if wanted.show in {"open", "closed"}:
        rows = rows.filter(closed_on__isnull=wanted.show == "open")
    if words := wanted.words.strip():
        rows = rows.filter(
            Q(title__icontains=words) | Q(number__icontains=words) | Q(organization__name__icontains=words)
        )
    if wanted.outpost_id:
        rows = rows.filter(outpost_id=wanted.outpost_id)
    return rows.select_related("outpost__home", "organization").order_by("-id")


def get_position(actor: Actor, uid: str) -> Position:
    """Return one that the actor may open; raises ``Position.DoesNotExist`` for every other."""
    return positions_visible_to(actor, Position.objects.select_related("outpost__home", "organization")).get(uid=uid)


def profile_of(uid: str) -> PositionProfile:
    """Return a position for whoever matches; raises ``Position.DoesNotExist`` for one taken back or unknown."""
    row = Position.objects.get(uid=uid, voided_at__isnull=True)
    return PositionProfile(
        row.uid,
        row.outpost_id,
        row.organization_id,
        row.number,
        row.title,
        row.needs,
        row.field,
        row.works_at,
        row.wanted,
        _money(row.salary_lo_fen, row.currency),
        _money(row.salary_hi_fen, row.currency),
        SalaryPer(row.salary_per) if row.salary_per else None,
        is_open=row.closed_on is None,
    )


def list_contracts(actor: Actor) -> QuerySet[FlexibleContract]:
    """Return the contracts that the actor may open, newest first, with their months and benefits."""
    rows = contracts_visible_to(actor, FlexibleContract.objects.filter(voided_at__isnull=True))
    months = Prefetch("months", queryset=PresenceMonth.objects.order_by("-month"))
    return (
        rows.select_related("talent__person", "talent__outpost__home", "home_unit")
        .prefetch_related(months, "benefits")
        .order_by("-starts_on", "-id")
    )


def get_contract(actor: Actor, uid: str) -> FlexibleContract:
    """Return one that the actor may open; raises ``FlexibleContract.DoesNotExist`` for every other."""
    return list_contracts(actor).get(uid=uid)


def _money(fen: int | None, currency: str) -> Money | None:
    return None if fen is None else Money(fen, currency or None)
