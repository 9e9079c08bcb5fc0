"""What may be said of results: counts with the pieces of evidence behind them, no names. Reckoned when a draft is
written, frozen with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_noop as _

from feidi.domain.incubation.models import TenantOutcome
from feidi.domain.incubation.selectors.outcomes import KIND as OUTCOME
from feidi.domain.parties.models import Outpost
from feidi.domain.pipeline.models import Project
from feidi.domain.talent.enums import CaseState
from feidi.domain.talent.models import GreenCase
from feidi.kernel.evidence.enums import ItemState
from feidi.kernel.evidence.models import EvidenceItem


@dataclass(frozen=True, slots=True)
class Figure:
    """One count on a day. ``evidence``: accepted pieces behind it; None where the count rests on none."""

    code: str
    label: str
    count: int
    evidence: int | None
    as_of: date


def reckon_results(outpost: Outpost, as_of: date) -> list[Figure]:
    """Return verified landings, accepted results of incubation, and talent matters that the person confirmed."""
    landed = Project.objects.filter(outpost=outpost, voided_at__isnull=True, verified_on__lte=as_of)
    outcomes = TenantOutcome.objects.filter(outpost=outpost, voided_at__isnull=True, dated_on__lte=as_of)
    cases = GreenCase.objects.filter(outpost=outpost, voided_at__isnull=True, state=CaseState.CONFIRMED)
    proved = _accepted(OUTCOME, list(outcomes.values_list("uid", flat=True)))
    behind = _accepted("pipeline.project", list(landed.values_list("uid", flat=True)), purpose="landing")
    return [
        Figure("verified", _("核实落地项目"), landed.count(), sum(behind.values()), as_of),
        Figure("outcomes", _("有证据的孵化成果"), len(proved), sum(proved.values()), as_of),
        Figure("talents", _("本人确认办结的人才事项"), cases.count(), None, as_of),
    ]


def _accepted(kind: str, uids: list[str], purpose: str = "") -> dict[str, int]:
    """Return uid → accepted pieces of evidence, of those that have any."""
    rows = EvidenceItem.objects.filter(
        requirement__subject_kind=kind,
        requirement__subject_uid__in=uids,
        state=ItemState.ACCEPTED,
        voided_at__isnull=True,
    )
    if purpose:
        rows = rows.filter(requirement__purpose=purpose)
    found: dict[str, int] = {}
    for uid in rows.values_list("requirement__subject_uid", flat=True):
        found[uid] = found.get(uid, 0) + 1
    return found
