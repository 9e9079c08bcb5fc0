"""What the pipeline tells policy: which projects are a firm's, and that a first report is the referral of a clause."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from feidi.domain.parties.models import Outpost
from feidi.domain.pipeline.enums import PartyRole
from feidi.domain.pipeline.models import ProjectParty
from feidi.domain.pipeline.selectors.first_reports import visible_to
from feidi.domain.policy.selectors.companions import register_companions
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


def register() -> None:
    """Run once, from ``AppConfig.ready``."""
    register_companions(projects_of_firms)
    register_subject(SubjectKind(REFERRAL, "pipeline.FirstReport", label=_label, visible_to=visible_to))
