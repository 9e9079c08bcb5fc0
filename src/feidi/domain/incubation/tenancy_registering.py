"""What tenancies and what hangs on them tell the kernel at start."""

from typing import Any, Final

from feidi.domain.incubation import access, subscribers
from feidi.domain.incubation.tenancy_texts import TENANCY_TEXTS
from feidi.kernel.audit import AuditedKind, register_audited
from feidi.kernel.messages import register_texts
from feidi.kernel.subjects import SubjectKind
from feidi.kernel.subjects import register as register_subject

TENANCY: Final = "incubation.tenancy"
CHARGE: Final = "incubation.charge"
MILESTONE: Final = "incubation.milestone"
OUTCOME: Final = "incubation.tenant_outcome"
EXIT: Final = "incubation.exit_review"
SERVICE: Final = "incubation.service_request"
LAB: Final = "incubation.lab_entry"
LAB_USE: Final = "incubation.lab_use"
AUDITED: Final = {
    TENANCY: "incubation.Tenancy",
    "incubation.tenancy_unit": "incubation.TenancyUnit",
    "incubation.tenancy_term": "incubation.TenancyTerm",
    CHARGE: "incubation.Charge",
    "incubation.receipt": "incubation.Receipt",
    MILESTONE: "incubation.Milestone",
    "incubation.period_report": "incubation.PeriodReport",
    "incubation.tenant_visit": "incubation.TenantVisit",
    SERVICE: "incubation.ServiceRequest",
    LAB: "incubation.LabEntry",
    LAB_USE: "incubation.LabUse",
    "incubation.mentor": "incubation.Mentor",
    "incubation.mentor_hour": "incubation.MentorHour",
    OUTCOME: "incubation.TenantOutcome",
    EXIT: "incubation.ExitReview",
    "incubation.year_snapshot": "incubation.YearSnapshot",
    "incubation.seconded_person": "incubation.SecondedPerson",
    "incubation.research_topic": "incubation.ResearchTopic",
}
#: Fields that name people outside the staff: the trail keeps a keyed digest only.
PERSONAL: Final = {"incubation.seconded_person": frozenset({"name_sealed", "post"})}


def _asked(request: Any) -> str:
    return f"{request.kind} {request.asked_on}"


def register() -> None:
    """Run once, from ``registering.register``."""
    register_texts(TENANCY_TEXTS)
    register_subject(
        SubjectKind(
            TENANCY,
            "incubation.Tenancy",
            label=str,
            visible_to=access.tenancies_visible_to,
            url_name="console:tenancies:tenancy_view",
        )
    )
    for kind, model in (
        (CHARGE, "incubation.Charge"),
        (MILESTONE, "incubation.Milestone"),
        (EXIT, "incubation.ExitReview"),
    ):
        register_subject(SubjectKind(kind, model, label=str, visible_to=access.of_visible_tenancies))
    register_subject(
        SubjectKind(
            SERVICE,
            "incubation.ServiceRequest",
            label=_asked,
            visible_to=access.of_visible_tenancies,
            url_name="console:incubation:request_view",
        )
    )
    register_subject(
        SubjectKind(
            LAB,
            "incubation.LabEntry",
            label=str,
            visible_to=access.labs_visible_to,
            url_name="console:incubation:lab_view",
        )
    )
    register_subject(
        SubjectKind(
            LAB_USE,
            "incubation.LabUse",
            label=str,
            visible_to=access.of_visible_tenancies,
            url_name="console:incubation:lab_use_view",
        )
    )
    register_subject(
        SubjectKind(
            OUTCOME,
            "incubation.TenantOutcome",
            label=str,
            visible_to=access.outcomes_visible_to,
            url_name="console:incubation:outcome_view",
        )
    )
    for kind, model in AUDITED.items():
        register_audited(AuditedKind(kind, model, personal=PERSONAL.get(kind, frozenset())))
    subscribers.register()
