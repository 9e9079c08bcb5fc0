"""Who may not judge an application: relations on record, found before anybody has to say so."""

from __future__ import annotations

from django.db.models import Q

from feidi.domain.incubation.models import Application
from feidi.domain.parties.models import Membership, Organization, OrganizationRelation
from feidi.domain.pipeline.models import ProjectParty
from feidi.kernel.identity.models import User


def relation_of(judge: User, application: Application) -> str:
    """Return why a judge may not judge, in words, or "": works for the applicant or somebody tied to it or to its project
    (investor, referrer …), is its officer, or the project's owner.
    """
    if application.officer_id == judge.pk:
        return "是这份申请的服务专员"
    project = application.project
    if project is not None and project.owner_id == judge.pk:
        return "是这个项目的责任人"
    return _tie_of(judge, application)


def _tie_of(judge: User, application: Application) -> str:
    houses, tied = _houses(judge), _tied(application)
    for pk in houses & tied.keys():
        return f"任职于{_name(pk)}（{tied[pk]}）"
    related = OrganizationRelation.objects.filter(
        Q(source__in=houses, target__in=tied) | Q(source__in=tied, target__in=houses)
    ).select_related("source", "target")
    found = related.first()
    if found is None:
        return ""
    return f"任职单位与申请方有关：{found.source.name} {found.get_kind_display()} {found.target.name}"


def _tied(application: Application) -> dict[int, str]:
    """Return organization → what it is to the application: the applicant itself, or a party of its project."""
    live = ProjectParty.objects.filter(project__applications=application, until__isnull=True)
    tied: dict[int, str] = {}
    for each in live.select_related("organization"):
        if each.organization is not None:
            tied[each.organization.pk] = str(each.get_role_display())
    if application.organization is not None:
        tied[application.organization.pk] = "申请单位"
    return tied


def _houses(judge: User) -> set[int]:
    """Return the organizations a judge works for or has worked for as far as accounts know."""
    rows = Membership.objects.filter(user=judge)
    found: set[int | None] = {pk for pair in rows.values_list("works_for_id", "organization_id") for pk in pair}
    return {pk for pk in found if pk is not None}


def _name(pk: int) -> str:
    found = Organization.objects.filter(pk=pk).values_list("name", flat=True).first()
    return found or ""
