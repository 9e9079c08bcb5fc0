"""What held on a day, as far as it was known at a moment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Q, QuerySet

from feidi.domain.parties.models import Fact
from feidi.kernel.subjects import Subject


def list_facts(subject: Subject, *, as_of: date, known_at: datetime) -> QuerySet[Fact]:
    """Return the facts of a subject that hold on ``as_of`` by what was recorded up to ``known_at``.

    A fact superseded by one recorded up to ``known_at`` is left out; asked again later, the answer is the same.
    """
    return list_facts_of([subject], as_of=as_of, known_at=known_at)


def list_facts_of(subjects: Iterable[Subject], *, as_of: date, known_at: datetime) -> QuerySet[Fact]:
    """Return the same of many subjects in one question."""
    by_kind: defaultdict[str, list[str]] = defaultdict(list)
    for each in subjects:
        by_kind[each.kind].append(each.uid)
    wanted = Q(pk__in=[])
    for kind, uids in by_kind.items():
        wanted |= Q(subject_kind=kind, subject_uid__in=uids)
    known = Fact.objects.filter(wanted, recorded_at__lte=known_at)
    return (
        known.filter(Q(holds_from__isnull=True) | Q(holds_from__lte=as_of))
        .filter(Q(holds_to__isnull=True) | Q(holds_to__gt=as_of))
        .exclude(superseded_by__recorded_at__lte=known_at)
        .order_by("fact", "-holds_from", "-recorded_at", "-id")
    )


def find_fact(subject: Subject, fact: str, *, as_of: date, known_at: datetime) -> Fact | None:
    """Return the newest such fact of one kind, or None: unknown is not no."""
    return list_facts(subject, as_of=as_of, known_at=known_at).filter(fact=fact).first()
