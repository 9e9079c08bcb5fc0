"""First reports and disputes: who sees them, lists, counts.

A claim is seen with its project. Of a sister outpost's claim an officer learns only that it exists, since when, and
which outpost to ring (``Collision``); the home side reads names once a project is reported, until then the same line.
Claims of different homes never meet.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet

from feidi.domain.parties.enums import ContactKind
from feidi.domain.parties.models import ContactPoint, Outpost
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.pipeline.access import VIEW, visible_in_office
from feidi.domain.pipeline.enums import FirstReportState
from feidi.domain.pipeline.models import FirstReport, FirstReportDispute, Project
from feidi.domain.pipeline.selectors.first_report_likeness import About, Why, likenesses
from feidi.kernel.access import Actor, ScopeKind

RULE, EDIT = "first_report.rule", "project.edit"
LIVE = (
    FirstReportState.CLAIMED,
    FirstReportState.CHECKED,
    FirstReportState.GRANTED,
    FirstReportState.DISPUTED,
)
#: Order of columns on the list → fields.
SORTS = {
    "project": ("project__sort_key",),
    "reported": ("reported_at",),
    "until": ("window_to",),
    "state": ("state",),
}


def visible_to(actor: Actor, queryset: QuerySet[FirstReport]) -> QuerySet[FirstReport]:
    """Narrow claims to those whose project the actor sees as outpost or home side."""
    return queryset.filter(project__in=visible_in_office(actor, Project.objects.all()), voided_at__isnull=True)


def can_view(actor: Actor, claim: FirstReport) -> bool:
    """Tell whether the actor may open ``claim``; agrees with ``visible_to``."""
    return visible_to(actor, FirstReport.objects.filter(pk=claim.pk)).exists()


def disputes_visible_to(actor: Actor, queryset: QuerySet[FirstReportDispute]) -> QuerySet[FirstReportDispute]:
    """Narrow disputes to those of the actor's outposts, and those that the actor may rule."""
    outposts = actor.scopes(VIEW, ScopeKind.OUTPOST)
    homes = actor.scopes(RULE, ScopeKind.HOME)
    party = Q(left__project__outpost_id__in=outposts) | Q(right__project__outpost_id__in=outposts)
    return queryset.filter(party | Q(home_id__in=homes))


@dataclass(frozen=True, slots=True)
class FirstReportFilter:
    """What the list shows. Empty means "any"."""

    words: str = ""
    state: str = ""
    expiring_by: date | None = None
    owner_id: int | None = None
    outpost_id: int | None = None


def list_first_reports(actor: Actor, wanted: FirstReportFilter) -> QuerySet[FirstReport]:
    """Return the claims that the actor may open, with what a list needs."""
    asked = Q()
    if words := wanted.words.strip():
        asked &= Q(project__name__icontains=words) | Q(project__sponsor_name__icontains=words)
    if wanted.expiring_by:
        asked &= Q(state=FirstReportState.GRANTED, window_to__lte=wanted.expiring_by)
    exact = {"state": wanted.state, "project__owner_id": wanted.owner_id, "project__outpost_id": wanted.outpost_id}
    asked &= Q(**{name: value for name, value in exact.items() if value})
    rows = visible_to(actor, FirstReport.objects.filter(asked, project__voided_at__isnull=True))
    return rows.select_related("project__outpost", "project__owner").order_by("-id")


def list_ledger_claims(actor: Actor) -> QuerySet[Project]:
    """Return the actor's outposts' projects whose first report is only the ledger's word (台账填报)."""
    outposts = actor.scopes(EDIT, ScopeKind.OUTPOST)
    asserted = Q(first_report_on__isnull=False) | ~Q(first_report_unit="")
    rows = Project.objects.filter(asserted, outpost_id__in=outposts, voided_at__isnull=True, first_reports__isnull=True)
    return rows.select_related("outpost").order_by("first_report_on", "id")


def get_first_report(actor: Actor, uid: str) -> FirstReport:
    """Return one claim that the actor may open; raises ``FirstReport.DoesNotExist`` for every other."""
    rows = FirstReport.objects.select_related("project__outpost__home", "project__owner", "evidence", "home")
    return visible_to(actor, rows).get(uid=uid)


def get_dispute(actor: Actor, uid: str) -> FirstReportDispute:
    """Return one dispute that the actor may open; raises ``FirstReportDispute.DoesNotExist`` for every other."""
    rows = FirstReportDispute.objects.select_related(
        "home", "document", "winner", "left__project__outpost__home", "right__project__outpost__home"
    )
    return disputes_visible_to(actor, rows).get(uid=uid)


def list_disputes(actor: Actor) -> QuerySet[FirstReportDispute]:
    """Return the disputes the actor may open, open ones first."""
    rows = disputes_visible_to(actor, FirstReportDispute.objects.all())
    return rows.select_related(
        "left__project__outpost", "right__project__outpost", "winner__project__outpost"
    ).order_by("ruled_at", "-id")


def claims_of(project: Project) -> list[FirstReport]:
    """Return a project's claims, the live one first."""
    rows = project.first_reports.filter(voided_at__isnull=True).select_related("evidence").order_by("-id")
    return sorted(rows, key=lambda each: each.state not in LIVE)


def reported_of(projects: Iterable[Project]) -> dict[int, datetime]:
    """Return project key → when it was first reported, of those that were."""
    rows = FirstReport.objects.filter(project__in=list(projects), voided_at__isnull=True).order_by("-reported_at")
    return dict(rows.values_list("project_id", "reported_at"))


def find_live_claim(project: Project) -> FirstReport | None:
    """Return the project's live claim, None without one."""
    return project.first_reports.filter(state__in=LIVE, voided_at__isnull=True).first()


def last_progress(claim: FirstReport) -> date:
    """Return the last day on which the claim's project moved: its last talk, or the start of the window."""
    since = claim.window_from or claim.reported_at.astimezone(SHANGHAI).date()
    talked = claim.project.last_talk_on
    return max(since, talked) if talked else since


def ends_on(claim: FirstReport, progress_days: int) -> date | None:
    """Return the last day on which a granted right still holds if nothing more is done; None when not granted."""
    if claim.state != FirstReportState.GRANTED or claim.window_to is None:
        return None
    return min(claim.window_to, last_progress(claim) + timedelta(days=progress_days))


@dataclass(frozen=True, slots=True)
class Collision:
    """What an officer may know of a sister outpost's project: which outpost, since when, why it looks the same.

    ``claim``: uid of the other's live claim, "" when it has none; it opens nothing for who may not see it.
    """

    outpost: str
    phone: str
    since: date
    reasons: tuple[str, ...]
    claim: str = ""


def collisions_of(project: Project, about: About | None = None) -> list[Collision]:
    """Return the projects of sister outposts of the same home that are about the same investor.

    A brand alone is too little to stop a colleague in another building: number, sponsor, phone or person is needed.
    """
    if not Outpost.objects.filter(home=project.outpost.home_id).exclude(pk=project.outpost_id).exists():
        return []
    given = about or about_project(project)
    sisters = Project.objects.filter(outpost__home=project.outpost.home, voided_at__isnull=True)
    sisters = sisters.exclude(outpost=project.outpost).select_related("outpost")
    found = []
    for each in likenesses(sisters, given):
        reasons = tuple(why.value for why in each.reasons if why not in {Why.BRAND, Why.SAME_NAME})
        if not reasons:
            continue
        claim = find_live_claim(each.project)
        since = claim.reported_at if claim else each.project.created_at
        outpost = each.project.outpost
        found.append(
            Collision(
                outpost.short_name,
                outpost.phone,
                since.astimezone(SHANGHAI).date(),
                reasons,
                claim.uid if claim else "",
            )
        )
    return found


def about_project(project: Project) -> About:
    """Return what is stored of a project in the terms of ``likenesses``."""
    number = (
        project.parties.filter(role="sponsor", until__isnull=True, organization__identifiers__scheme="uscc")
        .values_list("organization__identifiers__value", flat=True)
        .first()
    )
    contacts = project.parties.filter(role="contact", until__isnull=True, person__isnull=False).select_related("person")
    people = [each.person for each in contacts if each.person]
    points = ContactPoint.objects.filter(person__in=people, kind=ContactKind.PHONE, voided_at__isnull=True)
    return About(
        name=project.name,
        sponsor=project.sponsor_name,
        uscc=number or "",
        phones=tuple(points.values_list("blind_index", flat=True)),
        contact=people[0].name if people else "",
        text=f"{project.name} {project.one_line} {project.core_product}",
    )
