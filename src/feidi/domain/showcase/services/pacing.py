"""How often somebody may let the site reckon: one count an hour for all web processes, of nobody in particular."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F

from feidi.domain.parties.models import Outpost
from feidi.domain.showcase.models import CheckupCount
from feidi.domain.showcase.selectors.sites import rules_of
from feidi.engines.findings import refuse


def count_checkup(*, now: datetime, outpost: Outpost, origin_digest: str) -> None:
    """Count one check-up of this hour (``outpost.home`` is needed). What was asked is not written down.

    Refused: more than the site's rules allow from one place. Without a digest nobody can be told apart: not counted.
    """
    if not origin_digest:
        return
    most = rules_of(outpost).checkups_an_hour
    hour = now.replace(minute=0, second=0, microsecond=0)
    with transaction.atomic():
        count = _counted(origin_digest, hour)
    if count > most:
        raise refuse("showcase.too_many_checkups", most=most)


def forget_counts(*, now: datetime) -> int:
    """Take the counts of past hours away; return how many."""
    hour = now.replace(minute=0, second=0, microsecond=0)
    return CheckupCount.objects.filter(hour__lt=hour).delete()[0]


def _counted(origin_digest: str, hour: datetime) -> int:
    """Add one and return the count. The row that was written is locked until the end, so that each reads its own."""
    mine = CheckupCount.objects.filter(origin_digest=origin_digest, hour=hour)
    if not mine.update(count=F("count") + 1):
        forget_counts(now=hour)
        try:
            with transaction.atomic():
                CheckupCount.objects.create(origin_digest=origin_digest, hour=hour)
        except IntegrityError:
            # another process was first
            mine.update(count=F("count") + 1)
    return mine.values_list("count", flat=True).get()
