"""To which projects of the outpost a registrant belongs: as said, else by person and organization."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from django.db.models import Q

from feidi.domain.pipeline.enums import ConditionCode
from feidi.domain.pipeline.models import Project, ProjectParty
from feidi.domain.roadshow.models import Activity, Registration

#: A project with another condition is over or at rest; its clocks stand still, and a guest does not start them again.
_ALIVE: Final = ("", ConditionCode.UNREACHABLE)


def projects_of(activity: Activity, registrations: Sequence[Registration]) -> dict[int, tuple[Project, ...]]:
    """Return registration → its projects at the activity's outpost that are under way. Two queries."""
    said = {each.pk: each.project_id for each in registrations if each.project_id}
    rest = [each for each in registrations if each.pk not in said]
    firms = {each.organization_id for each in rest if each.organization_id}
    people = {each.person_id for each in rest if each.person_id}
    parties = ProjectParty.objects.filter(
        Q(organization_id__in=firms) | Q(person_id__in=people), until__isnull=True, project__outpost=activity.outpost_id
    ).values_list("organization_id", "person_id", "project_id")
    of_firm: dict[int, set[int]] = defaultdict(set)
    of_person: dict[int, set[int]] = defaultdict(set)
    for organization_id, person_id, project_id in parties:
        (of_firm[organization_id] if organization_id else of_person[person_id]).add(project_id)
    wanted = {
        each.pk: {said[each.pk]}
        if each.pk in said
        else of_firm.get(each.organization_id or 0, set()) | of_person.get(each.person_id or 0, set())
        for each in registrations
    }
    ids = set().union(*wanted.values()) if wanted else set()
    alive = Project.objects.filter(pk__in=ids, condition__in=_ALIVE, voided_at__isnull=True).select_related(
        "outpost__home"
    )
    by_id = {each.pk: each for each in alive.order_by("pk")}
    return {pk: tuple(by_id[each] for each in sorted(found) if each in by_id) for pk, found in wanted.items()}
