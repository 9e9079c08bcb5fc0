"""What the pipeline tells policy: which projects are a firm's, and that a first report with a referrer is a referral."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.db.models import OuterRef, Q, QuerySet

from feidi.domain.parties.models import Outpost
from feidi.domain.pipeline.enums import PartyRole
from feidi.domain.pipeline.models import FirstReport, ProjectParty
from feidi.domain.pipeline.selectors.first_reports import visible_to
from feidi.domain.policy.selectors.askable import About, Askable, masked_name, register_askable
from feidi.domain.policy.selectors.companions import register_companions
from feidi.domain.policy.selectors.payouts import register_reported
from feidi.engines.rules.clauses import SubjectKind as Clauses
from feidi.kernel.subjects import Subject, SubjectKind
from feidi.kernel.subjects import register as register_subject

REFERRAL: Final = "pipeline.first_report"
PROJECT: Final = "pipeline.project"
_OWN = (PartyRole.SPONSOR, PartyRole.TEAM, PartyRole.HOST_ENTITY, PartyRole.HOME_ENTITY)


def projects_of_firms(outpost: Outpost, organizations: Sequence[str]) -> Mapping[str, Sequence[Subject]]:
    """Return the live projects at an outpost that are each organization's own, oldest first (one query)."""
    rows = ProjectParty.objects.filter(
        organization__uid__in=organizations,
        project__outpost=outpost,
        project__voided_at__isnull=True,
        until__isnull=True,
        role__in=_OWN,
    )
    found: dict[str, list[Subject]] = {}
    for uid, project in rows.order_by("project_id").values_list("organization__uid", "project__uid"):
        subjects = found.setdefault(uid, [])
        if Subject(PROJECT, project) not in subjects:
            subjects.append(Subject(PROJECT, project))
    return found


def _label(claim: Any) -> str:
    return f"{claim.project.name} {claim.referrer}".strip()


def _referrals() -> QuerySet[FirstReport]:
    rows = FirstReport.objects.filter(project__voided_at__isnull=True, voided_at__isnull=True).exclude(referrer="")
    return rows.select_related("project__outpost__home", "project__outpost__host")


def _about(claim: Any) -> About:
    """Facts of the investment (paid-in money, how it settled) are the project's."""
    project = claim.project
    subjects = (Subject(REFERRAL, claim.uid), Subject(PROJECT, project.uid))
    name, masked = (f"{project.name[:100]} · {who}" for who in (claim.referrer, masked_name(claim.referrer)))
    return About(subjects, project.outpost, name, masked, project.code)


def reported_parties() -> QuerySet[ProjectParty]:
    """Return as whose own project a claim's firm or person was reported to the home side by the claim's outpost."""
    return ProjectParty.objects.filter(
        Q(organization=OuterRef("organization")) | Q(person=OuterRef("person")),
        project__outpost=OuterRef("outpost"),
        project__reported_at__isnull=False,
        project__voided_at__isnull=True,
        until__isnull=True,
        role__in=_OWN,
    )


def reported_referrals() -> QuerySet[FirstReport]:
    """Return the referral that a claim is about, where its project was reported to the home side."""
    return FirstReport.objects.filter(
        uid=OuterRef("about_uid"),
        project__outpost=OuterRef("outpost"),
        project__reported_at__isnull=False,
        project__voided_at__isnull=True,
        voided_at__isnull=True,
    )


def register() -> None:
    """Run once, from ``AppConfig.ready``."""
    register_companions(projects_of_firms)
    register_reported(reported_parties, of=Q())
    register_reported(reported_referrals, of=Q(organization=None, person=None, about_kind=REFERRAL))
    register_askable(
        Askable(
            kind=REFERRAL,
            clauses=Clauses.REFERRAL,
            rows=_referrals,
            visible_to=visible_to,
            about=_about,
            outpost="project__outpost",
            words=("project__name", "project__code", "referrer"),
            order="project__sort_key",
            beside={PROJECT: "project__uid"},
        )
    )
    # what is said of a referral is said of whoever referred
    register_subject(SubjectKind(REFERRAL, "pipeline.FirstReport", label=_label, visible_to=visible_to, personal=True))
