"""Closed periods: the figures as they were frozen, and what is counted differently since (更正), never in their place."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from functools import cache
from typing import Any, Final

from django.apps import apps
from django.db.models import QuerySet

from feidi.domain.reporting.access import visible_to
from feidi.domain.reporting.indicator_texts import beside_of, reading_text
from feidi.domain.reporting.models import ClosedPeriod
from feidi.domain.reporting.selectors.definitions import definitions_today
from feidi.domain.reporting.selectors.figures import View
from feidi.domain.reporting.selectors.figures_columns import OF_PROJECT
from feidi.engines.measures import Period, Pot, Reading, Rows
from feidi.kernel.access import Actor
from feidi.kernel.audit.models import AuditEntry
from feidi.kernel.subjects.registry import UnknownSubjectKindError, kind_of

KIND: Final = "reporting.closed_period"
#: Of more rows only a digest is kept: that they differ is known then, which ones is not.
_KEPT_KEYS: Final = 5_000
_LOOKED_AT: Final = 300
_WRITES: Final = 3
#: Actions of the trail by which something is put right or taken back.
_PUT_RIGHT: Final = frozenset({"corrected", "voided", "revoked"})


@dataclass(frozen=True, slots=True)
class Write:
    """Something written to a row after its period was closed, with the reason that was given."""

    at: datetime
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class Correction:
    """What is counted differently since the period was closed.

    ``since``: when the first of the rows that differ was written to, with a reason if any was (None: not known);
    ``added`` and ``removed``: keys of the rows above the line that count now and did not, and the other way round (None:
    too many were kept to tell); ``touched``: the rows it was looked for in; ``writes``: what was written to them with a
    reason, the first ones.
    """

    old: Reading
    new: Reading
    since: datetime | None
    added: tuple[int, ...] | None
    removed: tuple[int, ...] | None
    touched: tuple[int, ...] = ()
    writes: tuple[Write, ...] = ()

    @property
    def old_text(self) -> str:
        """The frozen value."""
        return _whole(self.old)

    @property
    def new_text(self) -> str:
        """The value counted now."""
        return _whole(self.new)


@dataclass(frozen=True, slots=True)
class Frozen:
    """One figure of a closed period. ``meaning_changed``: its definition is not the one it was frozen under."""

    closing: ClosedPeriod
    reading: Reading
    meaning_changed: bool
    correction: Correction | None

    @property
    def text(self) -> str:
        """The frozen value with its unit."""
        return reading_text(self.reading)


def _whole(reading: Reading) -> str:
    beside = beside_of(reading)
    return f"{reading_text(reading)}（{beside}）" if beside else reading_text(reading)


def list_closings(actor: Actor) -> QuerySet[ClosedPeriod]:
    """Return the closed periods that the actor may read, the latest first."""
    rows = visible_to(actor, ClosedPeriod.objects.select_related("outpost__home"))
    return rows.order_by("outpost__code", "-ends_on", "-starts_on")


def get_closing(actor: Actor, uid: str) -> ClosedPeriod:
    """Return one that the actor may read; raises ``ClosedPeriod.DoesNotExist`` for every other."""
    return visible_to(actor, ClosedPeriod.objects.select_related("outpost__home")).get(uid=uid)


def find_closing(outposts: Sequence[int], period: Period) -> ClosedPeriod | None:
    """Return the closing of just this period of one outpost; of several outposts together none is closed."""
    if len(outposts) != 1:
        return None
    rows = ClosedPeriod.objects.filter(outpost_id=outposts[0], starts_on=period.start).select_related("outpost__home")
    return next((each for each in rows if period_of(each) == period), None)


def period_of(closing: ClosedPeriod) -> Period:
    """Return the days of a closing."""
    return Period(closing.starts_on, type(closing.ends_on).fromordinal(closing.ends_on.toordinal() + 1))


def view_of_closing(closing: ClosedPeriod) -> View:
    """Return what was looked at when it was closed: the period as of its last day."""
    return View((closing.outpost_id,), period_of(closing), closing.ends_on)


@cache
def definition_digests() -> dict[str, str]:
    """Return code → digest of what each figure means in this program. Shared: read it, never change it."""
    return {each["code"]: _digest({**each, "source": ""}) for each in definitions_today()}


def frozen_of(reading: Reading) -> dict[str, Any]:
    """Return a reading as it is kept: exact numbers as text, rows by key."""
    return {
        "state": reading.state,
        "value": _told(reading.value),
        "numerator": _told(reading.numerator),
        "denominator": _told(reading.denominator),
        "bound": reading.bound,
        "why": reading.why,
        "facts": dict(reading.facts),
        "unknown": reading.unknown,
        "sums": [[each.currency, each.fen, each.unknown] for each in reading.sums],
        "agreed": [[each.currency, each.fen, each.unknown] for each in reading.agreed],
        "spread": [_told(each) for each in reading.spread] if reading.spread else None,
        "above": _rows(reading.above),
        "below": _rows(reading.below) if reading.below else None,
    }


def _rows(rows: Rows) -> dict[str, Any]:
    keys = sorted(rows.keys)
    kept = {"kind": rows.kind, "n": len(keys), "digest": _digest(keys)}
    return {**kept, "keys": keys} if len(keys) <= _KEPT_KEYS else kept


def thawed(code: str, data: Mapping[str, Any]) -> Reading:
    """Return what was frozen as a reading again; the rows by key, where they were kept."""
    pots = {name: tuple(Pot(*each) for each in data[name]) for name in ("sums", "agreed")}
    above, below = data["above"], data["below"]
    spread = tuple(Fraction(each) for each in data["spread"]) if data["spread"] else None
    apart = {"unknown": Rows(above["kind"], tuple(range(data["unknown"])))} if data["unknown"] else {}
    return Reading(
        code=code,
        state=data["state"],
        value=_read(data["value"]),
        numerator=_read(data["numerator"]),
        denominator=_read(data["denominator"]),
        bound=data["bound"],
        above=Rows(above["kind"], tuple(above.get("keys", ()))),
        below=Rows(below["kind"], tuple(below.get("keys", ()))) if below else None,
        apart=apart,
        sums=pots["sums"],
        agreed=pots["agreed"],
        spread=(spread[0], spread[1]) if spread else None,
        why=data["why"],
        facts=data["facts"],
    )


def same(frozen: Mapping[str, Any], reading: Reading) -> bool:
    """Tell whether a recount says what was frozen: the numbers, the state, the sums (not: which rows made them)."""
    now = frozen_of(reading)
    names = ("state", "value", "numerator", "denominator", "bound", "sums", "agreed", "spread")
    return all(_plain(now[name]) == _plain(frozen[name]) for name in names)


def frozen_figures(closing: ClosedPeriod, recounted: Iterable[Reading]) -> dict[str, Frozen]:
    """Return code → the frozen figure, with what is counted differently now beside it."""
    today = definition_digests()
    found: dict[str, Frozen] = {}
    for reading in recounted:
        data = closing.figures.get(reading.code)
        if data is None:
            continue
        changed = closing.definitions.get(reading.code) != today.get(reading.code)
        old = thawed(reading.code, data)
        correction = None if same(data, reading) else _correction(closing, data, old, reading)
        found[reading.code] = Frozen(closing, old, changed, correction)
    return found


def _correction(closing: ClosedPeriod, data: Mapping[str, Any], old: Reading, new: Reading) -> Correction:
    if "keys" not in data["above"]:
        return Correction(old, new, None, None, None)
    before, now = set(old.above.keys), set(new.above.keys)
    added, removed = tuple(sorted(now - before)), tuple(sorted(before - now))
    beneath = set(new.below.keys) if new.below else set()
    below = beneath ^ set(old.below.keys) if new.below and old.below else set()
    # the same rows: what they say was changed, above the line or below it
    touched = [*added, *removed, *sorted(below)] or sorted(now | beneath)
    since, writes = written_since(new.above.kind, touched, closing.created_at)
    return Correction(old, new, since, added, removed, tuple(touched[:_LOOKED_AT]), writes)


def written_since(kind: str, keys: Sequence[int], moment: datetime) -> tuple[datetime | None, tuple[Write, ...]]:
    """Return when these rows (or what hangs on a project) were first written to after a moment, and the writes with a
    reason: a correction gives one, a note of progress does not. None: not known.
    """
    looked = list(keys)[:_LOOKED_AT]
    sources: list[tuple[str, Any, str]]
    if kind == "pipeline.project":
        sources = [(name, model, path) for name, (model, path) in OF_PROJECT.items()]
    else:
        try:
            sources = [(kind, apps.get_model(kind_of(kind).model), "pk")]
        except UnknownSubjectKindError:
            return None, ()
    reasoned: list[tuple[str, datetime, str, str]] = []
    firsts: list[datetime] = []
    for name, model, path in sources:
        uids = model._default_manager.filter(**{f"{path}__in": looked}).values("uid")
        rows = AuditEntry.objects.filter(subject_kind=name, subject_uid__in=uids, link__at__gt=moment).order_by("id")
        firsts += list(rows.values_list("link__at", flat=True)[:1])
        told = rows.exclude(reason="").values_list("action", "link__at", "link__actor_label", "reason")
        reasoned += list(told[:_LOOKED_AT]) if firsts else []
    # a correction explains a figure better than a stage that was moved with a reason
    right = [each for each in reasoned if each[0].rpartition(".")[2] in _PUT_RIGHT]
    writes = sorted((Write(*each[1:]) for each in right or reasoned), key=lambda each: each.at)
    since = writes[0].at if writes else min(firsts, default=None)
    return since, tuple(dict.fromkeys(writes))[:_WRITES]


def _told(value: Fraction | None) -> str | None:
    return None if value is None else str(value)


def _read(value: str | None) -> Fraction | None:
    return None if value is None else Fraction(value)


def _plain(value: Any) -> Any:
    return json.loads(json.dumps(value, default=str))


def _digest(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def digest_of(figures: Mapping[str, Any]) -> str:
    """Return the digest of everything that a closing keeps."""
    return _digest(figures)
