"""The columns that measures are computed from, gathered from the pipeline: eight queries per outpost, however many rows.

What was gathered is kept in the process as long as nothing was written anywhere: the newest link of the audit trail
tells. Nothing of a person's is kept, only keys, days and sums.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from threading import Lock
from typing import Any

import numpy as np
from django.db import connection
from django.db.models import Model, Q

from feidi.domain.pipeline.enums import AgreementKind, CommitmentKind, Counting, InteractionKind, Stage, Track
from feidi.domain.pipeline.models import (
    Agreement,
    Commitment,
    Interaction,
    LandingCase,
    Project,
    ProjectCondition,
    StageLog,
)
from feidi.domain.reporting.selectors.figures_days import (
    as_number,
    as_text,
    day_of,
    days_of,
    lower_to,
    written_days,
    written_moments,
)
from feidi.engines.measures import TALKS, Columns, MoneyRow, empty_columns
from feidi.engines.measures.rows import Array
from feidi.kernel.audit.models import AuditEntry, AuditLink
from feidi.kernel.calendar.working_days import almanac
from feidi.kernel.evidence.enums import ItemState
from feidi.kernel.evidence.models import EvidenceItem

CONTACT_WORKING_DAYS = 1
_COUNTED = (Counting.FIRST, Counting.INCREMENT, Counting.NEW_INVESTOR)
_NOT_CONTACT = (InteractionKind.NOTE,)
_KEPT = 16
_NEWEST = "SELECT id, hash FROM audit_auditlink ORDER BY id DESC LIMIT 1"
#: So many entries of the trail are looked at one by one; after more (an import) the outpost is loaded anew.
_FEW = 400
_EVIDENCE = "evidence.item"
#: What hangs on a project: kind → (table, path to the project).
OF_PROJECT: dict[str, tuple[type[Model], str]] = {
    "pipeline.project": (Project, "pk"),
    "pipeline.stage_log": (StageLog, "project_id"),
    "pipeline.condition": (ProjectCondition, "project_id"),
    "pipeline.interaction": (Interaction, "project_id"),
    "pipeline.agreement": (Agreement, "project_id"),
    "pipeline.commitment": (Commitment, "agreement__project_id"),
    "pipeline.landing_case": (LandingCase, "project_id"),
}

Mark = tuple[int, str]
Pairs = tuple[Array, Array]


@dataclass(frozen=True, slots=True)
class Book:
    """One outpost's projects: columns that hold whatever the period, and the long tables the others are taken from.

    ``notes``: (place of the project, day). ``conditions``: (place, since, until; 0 still). ``landings``: (place,
    verified on, revoked on; 0 stands).
    """

    columns: dict[str, Array]
    notes: Pairs
    conditions: tuple[Array, Array, Array]
    landings: tuple[Array, Array, Array]
    money: tuple[MoneyRow, ...]


@dataclass(frozen=True, slots=True)
class Gathered:
    """What figures need: the columns as they stand at the end of a period, and the sums."""

    columns: Columns
    money: tuple[MoneyRow, ...]


_books: dict[int, tuple[Mark, Book]] = {}
_ready: dict[tuple[object, ...], Gathered] = {}
#: One thread loads; the others find what it loaded.
_loading = Lock()


def state_mark() -> Mark | None:
    """Return what changes with every write; None when nothing was ever written through the services."""
    # a page of figures asks a dozen times: the statement costs a tenth of what building it costs
    with connection.cursor() as cursor:
        cursor.execute(_NEWEST)
        found = cursor.fetchone()
    return (found[0], found[1]) if found else None


def gather(
    outposts: Sequence[int], end: date, *, known_at: datetime | None = None, mark: Mark | None = None
) -> Gathered:
    """Return the columns of these outposts' projects as at ``end`` (first day that is not looked at).

    ``known_at``: only what had been written down by then. ``mark``: the state of the trail, where it is known already.
    """
    mark = (mark or state_mark()) if known_at is None else None
    key = (mark, tuple(sorted(outposts)), end)
    if mark is not None and key in _ready:
        return _ready[key]
    if mark is None:
        return _joined([_at_end(_load(each, known_at), end) for each in sorted(outposts)])
    with _loading:
        if key in _ready:
            return _ready[key]
        found = _joined([_at_end(_book(each, mark), end) for each in sorted(outposts)])
        while len(_ready) >= _KEPT:
            _ready.pop(next(iter(_ready)), None)
        _ready[key] = found
    return found


def _book(outpost: int, mark: Mark) -> Book:
    kept = _books.get(outpost)
    if kept is None or kept[0] != mark:
        touched = None if kept is None else touched_since(kept[0])
        fresh = _load(outpost, None, touched)
        kept = (mark, fresh if kept is None or touched is None else _mended(kept[1], fresh, touched))
        _books[outpost] = kept
    return kept[1]


def touched_since(mark: Mark) -> frozenset[int] | None:
    """Return the projects written to since ``mark``; None when there are too many, or the trail is not the same."""
    if not AuditLink.objects.filter(pk=mark[0], hash=mark[1]).exists():
        return None
    entries = list(
        AuditEntry.objects.filter(link_id__gt=mark[0]).values_list("subject_kind", "subject_uid")[: _FEW + 1]
    )
    if len(entries) > _FEW:
        return None
    uids: dict[str, set[str]] = {}
    for kind, uid in entries:
        uids.setdefault(kind, set()).add(uid)
    found: set[int] = set()
    for kind, (model, path) in OF_PROJECT.items():
        if kind in uids:
            found.update(model._default_manager.filter(uid__in=uids[kind]).values_list(path, flat=True))
    if _EVIDENCE in uids:
        shown = EvidenceItem.objects.filter(uid__in=uids[_EVIDENCE]).values("requirement__subject_uid")
        found.update(Project.objects.filter(uid__in=shown).values_list("pk", flat=True))
    return frozenset(found)


def _mended(old: Book, fresh: Book, touched: frozenset[int]) -> Book:
    """Return ``old`` with the touched projects as they are in ``fresh`` (those no longer live are gone)."""
    stays = ~np.isin(old.columns["key"], list(touched))
    moved, begin = np.cumsum(stays) - 1, int(stays.sum())

    def long(before: tuple[Array, ...], after: tuple[Array, ...]) -> tuple[Array, ...]:
        kept = stays[before[0]]
        places = np.concatenate([moved[before[0][kept]], after[0] + begin])
        return (places, *(np.concatenate([b[kept], a]) for b, a in zip(before[1:], after[1:], strict=True)))

    notes, conditions, landings = (
        long(getattr(old, name), getattr(fresh, name)) for name in ("notes", "conditions", "landings")
    )
    return Book(
        {name: np.concatenate([column[stays], fresh.columns[name]]) for name, column in old.columns.items()},
        (notes[0], notes[1]),
        (conditions[0], conditions[1], conditions[2]),
        (landings[0], landings[1], landings[2]),
        (*(each for each in old.money if each.key not in touched), *fresh.money),
    )


def _joined(parts: Sequence[Gathered]) -> Gathered:
    if not parts:
        return Gathered(Columns(0, empty_columns(0)), ())
    if len(parts) == 1:
        return parts[0]
    names = parts[0].columns.data
    data = {name: np.concatenate([part.columns[name] for part in parts]) for name in names}
    return Gathered(Columns(len(data["key"]), data), tuple(each for part in parts for each in part.money))


def _at_end(book: Book, end: date) -> Gathered:
    """Fill the columns that depend on the day: last note, condition, whether the verification stands."""
    last, size = end.toordinal(), len(book.columns["key"])
    data = dict(book.columns)
    places, days = book.notes
    noted = np.zeros(size, dtype=np.int64)
    early = days < last
    np.maximum.at(noted, places[early], days[early])
    data["noted_on"] = noted
    places, since, until = book.conditions
    data["under_condition"] = _flag(size, places[(since < last) & ((until == 0) | (until >= last))])
    places, verified, revoked = book.landings
    data["verified_stands"] = _flag(size, places[(verified < last) & ((revoked == 0) | (revoked >= last))])
    return Gathered(Columns(size, data), book.money)


def _flag(size: int, places: Array) -> Array:
    flags = np.zeros(size, dtype=np.int64)
    flags[places] = 1
    return flags


class _Loader:
    """Loads one outpost, or of it ``only`` these projects. ``place``: key of a project → its place in the columns."""

    def __init__(self, outpost: int, known_at: datetime | None, only: frozenset[int] | None = None) -> None:
        self.outpost, self.known_at, self.only = outpost, known_at, only
        live = Project.objects.filter(self.mine(""), self.known(), outpost_id=outpost, voided_at__isnull=True)
        rows = list(
            live.order_by("pk").values_list("pk", as_number("judged_follow"), as_number("major"), as_text("created_at"))
        )
        self.place = {row[0]: at for at, row in enumerate(rows)}
        self.data = empty_columns(len(rows))
        self.data["key"][:] = [row[0] for row in rows]
        self.data["judged_follow"][:] = [-1 if row[1] is None else row[1] for row in rows]
        self.data["major"][:] = [row[2] or 0 for row in rows]
        self.created = written_moments([row[3] for row in rows])

    def known(self, moment: str = "created_at") -> Q:
        return Q(**{f"{moment}__lte": self.known_at}) if self.known_at else Q()

    def mine(self, path: str = "project__") -> Q:
        """Narrow to the outpost's projects (by ``path``), and to those asked for."""
        if self.only is not None:
            return Q(**{f"{path}pk__in": self.only, f"{path}outpost_id": self.outpost})
        return Q(**{f"{path}outpost_id": self.outpost})

    def places(self, keys: Iterable[int]) -> Array:
        return np.array([self.place.get(key, -1) for key in keys], dtype=np.int64)

    def first(self, name: str, places: Array, days: Array) -> None:
        """Keep the earliest known day of each project."""
        lower_to(self.data[name], places, days)

    def log(self) -> None:
        rows = list(
            StageLog.objects.filter(self.known("recorded_at"), self.mine())
            .order_by()
            .values_list(
                "project_id", "track", "to_stage", as_text("occurred_on"), as_number("opened"), as_number("forced")
            )
        )
        if not rows:
            return
        keys, tracks, stages, days, opened, forced = zip(*rows, strict=True)
        at, on, stage = self.places(keys), written_days(days), np.array(stages)
        home, claim = np.array(tracks) == Track.HOME.value, np.array(opened, dtype=bool)
        there = at >= 0
        self._openings(at, on, stage, home, there & claim)
        moved = there & ~claim
        for code in (*TALKS, "registered", "started", "producing"):
            wanted = moved & (stage == code)
            self.first(f"{code}_on", at[wanted], on[wanted])
        self.first("home_on", at[moved & home], on[moved & home])
        pushed = moved & np.array(forced, dtype=bool)
        self.first("forced_on", at[pushed], on[pushed])

    def _openings(self, at: Array, on: Array, stage: Any, home: Any, claim: Any) -> None:
        talks = claim & ~home
        for index, code in enumerate(TALKS):
            here = talks & (stage == code)
            self.data["opening_place"][at[here]] = np.maximum(self.data["opening_place"][at[here]], index)
        self.first("opened_on", at[talks], on[talks])
        self.data["home_opening"][at[claim & home]] = 1

    def interactions(self) -> Pairs:
        rows = list(
            Interaction.objects.filter(self.known(), self.mine(), voided_at__isnull=True, occurred_on__isnull=False)
            .order_by()
            .values_list("project_id", as_text("occurred_on"), "kind")
        )
        at, on = self.places(row[0] for row in rows), written_days([row[1] for row in rows])
        met = np.array([row[2] not in _NOT_CONTACT for row in rows], dtype=bool)
        there = at >= 0
        self.first("contacted_on", at[there & met], on[there & met])
        return at[there], on[there]

    def conditions(self) -> tuple[Array, Array, Array]:
        rows = list(
            ProjectCondition.objects.filter(self.known(), self.mine(), voided_at__isnull=True)
            .order_by()
            .values_list("project_id", "since", "ended_on", "code")
        )
        at, since, until = (
            self.places(row[0] for row in rows),
            days_of(row[1] for row in rows),
            days_of(row[2] for row in rows),
        )
        rejected = (at >= 0) & np.array([row[3] == "rejected" for row in rows], dtype=bool)
        self.first("judged_on", at[rejected], since[rejected])
        there = at >= 0
        return at[there], since[there], until[there]

    def agreements(self) -> list[MoneyRow]:
        rows = list(
            Agreement.objects.filter(self.known(), self.mine(), voided_at__isnull=True)
            .order_by("id")
            .values_list("project_id", "kind", "signed_on", "counting", "counted_fen", "currency")
        )
        columns = {AgreementKind.CONTRACT: "contract_on", AgreementKind.TENANCY: "tenancy_on"}
        money = []
        for key, kind, on, counting, fen, currency in rows:
            if key not in self.place:
                continue
            name = columns.get(AgreementKind(kind), "framework_on")
            self.first(name, self.places([key]), days_of([on]))
            if counting in _COUNTED:
                money.append(MoneyRow(key, on, "signed", currency, fen))
        starts = Commitment.objects.filter(
            self.known(), self.mine("agreement__project__"), agreement__voided_at__isnull=True,
            voided_at__isnull=True, kind=CommitmentKind.START, due_on__isnull=False,
        )  # fmt: skip
        for key, due in starts.order_by("id").values_list("agreement__project_id", "due_on"):
            if due is not None and key in self.place:
                # the last promise made is the one that holds
                self.data["agreed_start_on"][self.place[key]] = due.toordinal()
        return money

    def landings(self) -> tuple[Array, Array, Array]:
        rows = list(
            LandingCase.objects.filter(self.known("decided_at"), self.mine(), verified_on__isnull=False)
            .order_by()
            .values_list("project_id", "verified_on", "revoked_at")
        )
        at, verified = self.places(row[0] for row in rows), days_of(row[1] for row in rows)
        revoked = np.array([self._revoked(row[2]) for row in rows], dtype=np.int64)
        there = at >= 0
        self.first("verified_on", at[there], verified[there])
        return at[there], verified[there], revoked[there]

    def _revoked(self, moment: datetime | None) -> int:
        return day_of(moment) if self.known_at is None or (moment and moment <= self.known_at) else 0

    def paid(self) -> list[MoneyRow]:
        landed = LandingCase.objects.filter(self.mine()).values("project__uid")
        items = EvidenceItem.objects.filter(
            self.known("reviewed_at"), requirement__subject_kind="pipeline.project", requirement__kind="money",
            requirement__subject_uid__in=landed, state=ItemState.ACCEPTED, voided_at__isnull=True,
            amount_fen__isnull=False,
        )  # fmt: skip
        rows = list(
            items.values_list("requirement__subject_uid", "occurred_on", "reviewed_at", "amount_fen", "currency")
        )
        keys = dict(Project.objects.filter(uid__in={row[0] for row in rows}).values_list("uid", "pk")) if rows else {}
        return [
            MoneyRow(keys[uid], on or date.fromordinal(day_of(reviewed)), "paid", currency, fen)
            for uid, on, reviewed, fen, currency in rows
            if keys.get(uid) in self.place
        ]

    def derive(self) -> None:
        """Days that follow from the others: when it came in, left the talks, was judged, should have been contacted."""
        data = self.data
        opening = data["opening_place"] >= 0
        since = np.where(opening & (data["opened_on"] == 0), self.created, data["opened_on"])
        every = np.arange(len(opening))
        lower_to(data["entered_on"], every[opening], since[opening])
        for code in TALKS:
            lower_to(data["entered_on"], every, data[f"{code}_on"])
        signed = data["opening_place"] == TALKS.index(Stage.SIGNED.value)
        data["left_talks_on"][:] = data["signed_on"]
        lower_to(data["left_talks_on"], every[signed], since[signed])
        for code in TALKS[TALKS.index("negotiating") :]:
            lower_to(data["judged_on"], every, data[f"{code}_on"])
        days = np.unique(data["lead_on"])
        calendar = almanac()
        due = {
            int(day): calendar.add(date.fromordinal(int(day)), CONTACT_WORKING_DAYS).date.toordinal()
            for day in days
            if day > 0
        }
        data["contact_due_on"][:] = [due.get(day, 0) for day in data["lead_on"].tolist()]


def _load(outpost: int, known_at: datetime | None, only: frozenset[int] | None = None) -> Book:
    loader = _Loader(outpost, known_at, only)
    loader.log()
    notes = loader.interactions()
    conditions = loader.conditions()
    money = loader.agreements() + loader.paid()
    landings = loader.landings()
    loader.derive()
    return Book(loader.data, notes, conditions, landings, tuple(money))
