"""Which mentors advise the tenant of a project: they do not judge it."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q

from feidi.domain.incubation.models import MentorHour
from feidi.domain.pipeline.models import Project


def mentor_ties(user_id: int | None, persons: frozenset[int], project: Project) -> Iterator[str]:
    """Yield that somebody is a mentor of the project's tenant: an hour was taken."""
    who = Q(mentor__person__in=persons)
    if user_id is not None:
        who |= Q(mentor__user=user_id)
    hours = MentorHour.objects.filter(who, voided_at__isnull=True, mentor__voided_at__isnull=True)
    if hours.filter(tenancy__project=project, tenancy__voided_at__isnull=True).exists():
        yield "是项目入驻企业的导师"
