"""What the agreements tab of a project shows below each agreement, and what entering one warns of."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse

from feidi.domain.pipeline.enums import AgreementKind, ClauseDecision, Stage
from feidi.domain.pipeline.models import Agreement, BenefitTerm, Commitment, Project
from feidi.domain.pipeline.selectors.commitments import standings_of
from feidi.domain.pipeline.selectors.diligence import warnings_before
from feidi.domain.space.selectors.head_leases import explain_against, explain_tenancy_end, find_bounding_lease
from feidi.engines.findings import Finding
from feidi.portals.console.promises.presenting import met_of, promised_of, share_text, state_badges


def promises_context(project: Project, today: date) -> dict[str, Any]:
    """Return each live agreement with its commitments, sharing terms, clause reviews and term. Eight queries."""
    live = project.agreements.filter(voided_at__isnull=True).prefetch_related("clause_reviews")
    agreements = list(live.order_by("-signed_on", "-id"))
    commitments = list(
        Commitment.objects.filter(agreement__in=agreements, voided_at__isnull=True).order_by("due_on", "id")
    )
    standings = standings_of(commitments, today)
    terms = list(BenefitTerm.objects.filter(agreement__in=agreements, voided_at__isnull=True).order_by("id"))
    lease = find_bounding_lease(project.outpost)
    return {
        "promises": [
            {
                "agreement": each,
                "commitments": [_shown(row, standings[row.pk]) for row in commitments if row.agreement_id == each.pk],
                "terms": [{"row": row, "share": share_text(row)} for row in terms if row.agreement_id == each.pk],
                "hits": len(each.clause_reviews.all()),
                "open_hits": sum(1 for row in each.clause_reviews.all() if row.decision == ClauseDecision.OPEN),
                "findings": _against(each, explain_against(lease, each.term_to)),
            }
            for each in agreements
        ]
    }


def _shown(row: Commitment, standing: Any) -> dict[str, Any]:
    return {
        "row": row,
        "url": reverse("console:promises:commitment_view", args=[row.uid]),
        "promised": promised_of(row),
        "met": met_of(row, standing),
        "badges": state_badges(standing),
    }


def _against(agreement: Agreement, finding: Finding | None) -> list[Finding]:
    return [finding] if finding is not None and agreement.kind == AgreementKind.TENANCY else []


def warnings_at_signing(agreement: Agreement) -> list[Finding]:
    """Return what whoever enters an agreement should know: diligence not done or too old on the day of signing, a term
    that could not be held against the head lease.
    """
    project = agreement.project
    found: list[Finding] = []
    if agreement.kind in {AgreementKind.CONTRACT, AgreementKind.TENANCY}:
        found += warnings_before(project, Stage.SIGNED, agreement.signed_on)
    return [*found, *_against(agreement, explain_tenancy_end(project.outpost, agreement.term_to))]
