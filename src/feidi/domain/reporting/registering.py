"""What reporting tells the kernel at start: subject kinds, audited kinds, texts."""

from feidi.domain.parties.services.handing import register_handler
from feidi.domain.reporting import access, assessment_checks, report_checks, subscribers
from feidi.domain.reporting.contract_texts import TEXTS_CONTRACT
from feidi.domain.reporting.figure_texts import TEXTS_FIGURES
from feidi.domain.reporting.flow_texts import TEXTS_FLOWS
from feidi.domain.reporting.indicator_texts import TEXTS_INDICATORS
from feidi.domain.reporting.paper_texts import TEXTS_PAPERS
from feidi.domain.reporting.report_texts import TEXTS_REPORTS
from feidi.domain.reporting.services.reassigning import HANDLER
from feidi.domain.reporting.texts import TEXTS
from feidi.kernel.audit import AuditedKind, register_audited
from feidi.kernel.messages import register_texts
from feidi.kernel.subjects import SubjectKind
from feidi.kernel.subjects import register as register_subject

#: Rows with a page of their own: kind → (model, page).
PAGES: dict[str, tuple[str, str | None]] = {
    "reporting.contract": ("reporting.OperatingContract", "console:contracts:contract_view"),
    "reporting.bound_form": ("reporting.BoundForm", "console:papers:form_view"),
    "reporting.report": ("reporting.Report", "console:reports:report_view"),
    "reporting.report_delivery": ("reporting.ReportDelivery", "console:reports:received_view"),
    "reporting.report_plan": ("reporting.ReportPlan", "console:reports:plan_edit"),
    "reporting.paper": ("reporting.IssuedPaper", "console:papers:paper_view"),
    "reporting.flow": ("reporting.FlowEntry", "console:flows:entry_view"),
    "reporting.definitions": ("reporting.DefinitionSheet", "console:figures:definition_view"),
    "reporting.closed_period": ("reporting.ClosedPeriod", "console:indicators:closing_view"),
}
AUDITED = {
    **{kind: model for kind, (model, _page) in PAGES.items()},
    "reporting.budget_line": "reporting.BudgetLine",
    "reporting.cost": "reporting.ActualCost",
    "reporting.payment": "reporting.PaymentNode",
    "reporting.resource": "reporting.PromisedResource",
    "reporting.resource_use": "reporting.ResourceUse",
    "reporting.indicator": "reporting.Indicator",
    "reporting.sheet": "reporting.AssessmentSheet",
    "reporting.score": "reporting.IndicatorScore",
    "reporting.correction": "reporting.AssessmentCorrection",
    "reporting.filling": "reporting.FormFilling",
    "reporting.data_handover": "reporting.DataHandover",
    "reporting.report_file": "reporting.ReportFile",
    "reporting.report_receipt": "reporting.ReportReceipt",
    "reporting.indicator_choice": "reporting.IndicatorChoice",
    "reporting.flow_set_aside": "reporting.FlowSetAside",
    "reporting.wall_screen": "reporting.WallScreen",
    "reporting.wall_scene": "reporting.WallScene",
    "reporting.wall_map": "reporting.WallMap",
}
#: Never in the trail: what opens something.
LEFT_OUT = {
    "reporting.wall_screen": frozenset({"token_sha256"}),
    # what was frozen has a digest of its own
    "reporting.closed_period": frozenset({"figures", "definitions"}),
    # a report's body has a digest of its own, as of its approval
    "reporting.report": frozenset({"body"}),
}
#: Known to the trail by keyed digests only.
PERSONAL = {"reporting.report_plan": frozenset({"recipients_enc", "hints"})}


def register() -> None:
    """Run once, from ``AppConfig.ready``."""
    register_handler(HANDLER)
    register_texts(TEXTS)
    register_texts(TEXTS_FIGURES)
    register_texts(TEXTS_INDICATORS)
    register_texts(TEXTS_CONTRACT)
    register_texts(TEXTS_PAPERS)
    register_texts(TEXTS_FLOWS)
    register_texts(TEXTS_REPORTS)
    report_checks.register()
    assessment_checks.register()
    subscribers.register()
    for kind, (model, page) in PAGES.items():
        register_subject(SubjectKind(kind, model, label=str, visible_to=access.visible_to, url_name=page))
    register_subject(
        SubjectKind(
            "reporting.data_handover",
            "reporting.DataHandover",
            label=str,
            visible_to=access.handovers_visible_to,
            url_name="console:data_handovers:package_view",
        )
    )
    register_subject(
        SubjectKind("reporting.wall_map", "reporting.WallMap", label=str, visible_to=access.wall_visible_to)
    )
    for kind, model in AUDITED.items():
        hidden, personal = LEFT_OUT.get(kind, frozenset()), PERSONAL.get(kind, frozenset())
        register_audited(AuditedKind(kind, model, personal=personal, left_out=hidden))
