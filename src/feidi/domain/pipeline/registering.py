"""What the pipeline tells the kernel at start: subject kinds, audited kinds, texts, events."""

from django.db.models import QuerySet
from django.utils.translation import gettext

from feidi.domain.parties.selectors.duplicates import register_source
from feidi.domain.parties.services.rebuilding import register_derived
from feidi.domain.pipeline import access, subscribers
from feidi.domain.pipeline.assigning_texts import TEXTS_ASSIGNING
from feidi.domain.pipeline.events import EVENTS
from feidi.domain.pipeline.first_report_texts import TEXTS_FIRST_REPORT
from feidi.domain.pipeline.models import LandingCase, Project
from feidi.domain.pipeline.promise_kinds import register_promises
from feidi.domain.pipeline.selectors import policy_subjects
from feidi.domain.pipeline.selectors.alike import projects_alike
from feidi.domain.pipeline.selectors.submissions import submissions_visible_to
from feidi.domain.pipeline.services.indexing import PROJECTS
from feidi.domain.pipeline.services.ledger import setup as ledger
from feidi.domain.pipeline.texts import TEXTS
from feidi.kernel.access import Actor
from feidi.kernel.audit import AuditedKind, register_audited
from feidi.kernel.events import declare
from feidi.kernel.messages import register_texts
from feidi.kernel.subjects import SubjectKind
from feidi.kernel.subjects import register as register_subject

AUDITED = {
    "pipeline.project": "pipeline.Project",
    "pipeline.stage_log": "pipeline.StageLog",
    "pipeline.condition": "pipeline.ProjectCondition",
    "pipeline.gap": "pipeline.Gap",
    "pipeline.interaction": "pipeline.Interaction",
    "pipeline.agreement": "pipeline.Agreement",
    "pipeline.landing_case": "pipeline.LandingCase",
    "pipeline.submission": "pipeline.Submission",
    "pipeline.first_report": "pipeline.FirstReport",
    "pipeline.dispute": "pipeline.FirstReportDispute",
    "pipeline.target": "pipeline.Target",
    "pipeline.diligence": "pipeline.DiligenceCheck",
    "pipeline.commitment": "pipeline.Commitment",
    "pipeline.benefit_term": "pipeline.BenefitTerm",
    "pipeline.settlement": "pipeline.BenefitSettlement",
    "pipeline.clause_review": "pipeline.ClauseReview",
    "pipeline.recheck_round": "pipeline.RecheckRound",
    "pipeline.recheck": "pipeline.LandingRecheck",
}
#: Fields that name people outside the staff, or repeat talks with them: the trail keeps a keyed digest only.
PERSONAL = {
    "pipeline.project": frozenset({"leader", "referrer", "progress"}),
    "pipeline.interaction": frozenset({"people", "summary", "next_step", "as_written"}),
    "pipeline.first_report": frozenset({"referrer", "how"}),
    "pipeline.recheck_round": frozenset({"contact"}),
    "pipeline.recheck": frozenset({"answered_by"}),
}

#: What opens something is not repeated in the trail, not even as a digest.
LEFT_OUT = {"pipeline.recheck_round": frozenset({"token_sha256"})}


def _cases_visible_to(actor: Actor, queryset: QuerySet[LandingCase]) -> QuerySet[LandingCase]:
    return queryset.filter(project__in=access.visible_to(actor, Project.objects.all()))


def _case_label(case: LandingCase) -> str:
    return gettext("{code} {name} 落地核验").format(code=case.project.code, name=case.project.name)


def register() -> None:
    """Run once, from ``AppConfig.ready``."""
    register_texts(TEXTS)
    register_texts(TEXTS_ASSIGNING)
    register_source("pipeline.project", projects_alike)
    register_derived(PROJECTS)
    subscribers.register()
    policy_subjects.register()
    register_texts(TEXTS_FIRST_REPORT)
    ledger.register()
    register_promises()
    declare(*EVENTS, nobody_listens="the apps above (space, incubation, reporting) are not built yet")
    register_subject(
        SubjectKind(
            "pipeline.project",
            "pipeline.Project",
            label=str,
            visible_to=access.visible_to,
            url_name="console:pipeline:project_view",
        )
    )
    register_subject(
        SubjectKind(
            "pipeline.landing_case",
            "pipeline.LandingCase",
            label=_case_label,
            visible_to=_cases_visible_to,
            url_name="console:pipeline:landing_view",
        )
    )
    register_subject(
        SubjectKind(
            "pipeline.submission",
            "pipeline.Submission",
            label=str,
            visible_to=submissions_visible_to,
            url_name="console:submissions:submission_view",
        )
    )
    for kind, model in AUDITED.items():
        left_out = LEFT_OUT.get(kind, frozenset())
        register_audited(AuditedKind(kind, model, personal=PERSONAL.get(kind, frozenset()), left_out=left_out))
