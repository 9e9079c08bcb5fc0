"""Writes the pages of the ledger that lack: a copy of rows, kept for the search over months."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, timedelta
from typing import Final

import numpy as np
from django.db import transaction
from django.db.models.functions import Coalesce

from feidi.domain.space.models import LedgerPage, Occupation, Unit
from feidi.domain.space.selectors.taken import NUMBER, Seconds, beginning_in, months_of
from feidi.domain.space.services.occupying import lock_units
from feidi.engines.slots import Interval

#: As far as the next free slot is looked for when nothing is said.
_AHEAD: Final = timedelta(days=90)


def write_pages(*, now: datetime, days: timedelta = _AHEAD) -> int:
    """Write the pages that lack of every room that can be booked, from this month on; return how many.

    The room is locked meanwhile, so that nobody changes what is being copied.
    """
    months = months_of(Interval(now, now + days))
    rooms = set(
        Unit.objects.filter(bookable=True, voided_at__isnull=True).values_list(Coalesce("parent_id", "pk"), flat=True)
    )
    kept = set(LedgerPage.objects.filter(root_id__in=rooms, month__in=months).values_list("root_id", "month"))
    lacking: dict[int, list[date]] = defaultdict(list)
    for room in sorted(rooms):
        lacking[room] += [month for month in months if (room, month) not in kept]
    return sum(_write(room, found) for room, found in lacking.items() if found)


def _write(room: int, months: list[date]) -> int:
    with transaction.atomic():
        lock_units(Unit.objects.get(pk=room))
        pages = [LedgerPage(root_id=room, month=month, columns=_columns(room, month)) for month in months]
        LedgerPage.objects.bulk_create(pages, ignore_conflicts=True)
    return len(pages)


def _columns(room: int, month: date) -> bytes:
    rows = Occupation.objects.filter(beginning_in([room], month), freed_at__isnull=True).order_by("starts_at", "id")
    found = rows.values_list("unit_id", Seconds("starts_at"), Seconds("ends_at"))
    return np.array(list(found), NUMBER).tobytes()
