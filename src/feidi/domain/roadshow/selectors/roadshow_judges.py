"""Who may be asked to judge for an outpost; a judge's desk: what he is shown, and where each sheet stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet

from feidi.domain.parties.models import Membership, Outpost
from feidi.domain.parties.selectors.standing import roles_of
from feidi.domain.roadshow.models import Entry, Judge, Recusal, Sheet
from feidi.domain.roadshow.roadshow_access import SCORE
from feidi.domain.roadshow.roadshow_enums import RoundPhase, SheetState
from feidi.domain.roadshow.selectors.roadshow_rules import roadshow_rules
from feidi.domain.roadshow.selectors.roadshow_sight import judge_fields, seen_of, title_for
from feidi.domain.roadshow.selectors.roadshows import assigned_entries
from feidi.kernel.identity.models import User


@dataclass(frozen=True, slots=True)
class Tie:
    """An entry a judge is asked about: what it is called then, and why he stands aside already."""

    entry: Entry
    title: str
    seen: list[tuple[str, str]]
    recused: str


@dataclass(frozen=True, slots=True)
class Seat:
    """An entry dealt to a judge: what the phase opens of it, and his own sheet (None: not begun)."""

    entry: Entry
    title: str
    seen: list[tuple[str, str]]
    sheet: Sheet | None
    open: bool

    @property
    def state(self) -> str:
        """Where the sheet stands; "" before the first saving."""
        return self.sheet.state if self.sheet else ""


@dataclass(frozen=True, slots=True)
class Criterion:
    """One line of a scoring sheet."""

    code: str
    zh: str
    en: str
    look_zh: str
    look_en: str
    points: int
    value: str


def judges_of(outpost: Outpost, on: date) -> QuerySet[User]:
    """Return the users who hold, on a day and over this outpost, a role that content lets score roadshows, by name."""
    roles = [code for code, each in roles_of(outpost.home.code).items() if SCORE in each["permissions"]]
    held = Membership.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on), valid_from__lte=on)
    users = held.filter(outpost=outpost, role__in=roles).values("user_id")
    return User.objects.filter(pk__in=users, is_active=True).order_by("display_name", "id")


def ties_to_declare(judge: Judge) -> list[Tie]:
    """Return the entries a judge is asked about: of rounds that are neither prepared still nor over."""
    rows = Entry.objects.filter(
        round__roadshow=judge.roadshow_id, voided_at__isnull=True, round__voided_at__isnull=True
    )
    rows = rows.exclude(round__phase__in=[RoundPhase.PREPARING, RoundPhase.CLOSED, RoundPhase.SEALED])
    aside = dict(Recusal.objects.filter(judge=judge, voided_at__isnull=True).values_list("entry_id", "reason"))
    fields = roadshow_rules(judge.roadshow.outpost).sight(RoundPhase.DECLARING).judge
    return [
        Tie(each, title_for(each, fields), seen_of(each.project, fields), aside.get(each.pk, ""))
        for each in rows.select_related("project", "round").order_by("round__n", "position", "id")
    ]


def seats_of(judge: Judge) -> list[Seat]:
    """Return what a judge was dealt and may see now; while rounds are prepared or declared, nothing."""
    found = []
    for entry in assigned_entries(judge):
        if entry.round.phase in {RoundPhase.PREPARING, RoundPhase.DECLARING}:
            continue
        fields = judge_fields(entry.round)
        sheet: Sheet | None = next(iter(entry.own_sheet), None)  # type: ignore[attr-defined]
        takes = entry.round.phase == RoundPhase.SCORING and judge.declared_at is not None
        found.append(
            Seat(
                entry,
                title_for(entry, fields),
                seen_of(entry.project, fields),
                sheet,
                takes and (sheet is None or sheet.state == SheetState.DRAFT),
            )
        )
    return found


def seat_of(judge: Judge, entry_uid: str) -> tuple[Seat, Seat | None]:
    """Return one seat of a judge, and the one to score after it: the next in running order that is open, then from the top.

    Raises Entry.DoesNotExist for what was not dealt to him, as for what is not there.
    """
    seats = seats_of(judge)
    at = next((at for at, seat in enumerate(seats) if seat.entry.uid == entry_uid), None)
    if at is None:
        raise Entry.DoesNotExist
    return seats[at], next((each for each in (*seats[at + 1 :], *seats[:at]) if each.open), None)


def criteria_of(seat: Seat) -> list[Criterion]:
    """Return the lines of a seat's sheet with what stands in them."""
    points: dict[str, Any] = seat.sheet.points if seat.sheet else {}
    return [
        Criterion(
            each["code"], each["zh"], each["en"], each["look_zh"], each["look_en"], each["points"],
            f"{Decimal(points[each['code']]) / 100:f}" if each["code"] in points else "",
        )
        for each in seat.entry.round.criteria
    ]  # fmt: skip
