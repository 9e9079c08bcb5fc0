"""What the record page shows of a project."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from feidi.domain.parties.models import ContactPoint
from feidi.domain.pipeline.enums import PartyRole, ProjectKind, Track
from feidi.domain.pipeline.models import Gap, Project
from feidi.domain.pipeline.selectors.first_reports import claims_of
from feidi.domain.pipeline.selectors.landing import PURPOSE, live_case
from feidi.domain.pipeline.selectors.projects import plaque_names
from feidi.domain.pipeline.selectors.standing import explain_next, subject_of
from feidi.engines.stages import Answer
from feidi.kernel.access import Actor
from feidi.kernel.deadlines.selectors import running
from feidi.kernel.evidence.selectors import state_of
from feidi.portals.console.daily_tab import daily_context
from feidi.portals.console.first_reports.presenting import tab_context
from feidi.portals.console.pipeline import presenting
from feidi.portals.console.pipeline.changes import corrections_of, project_history
from feidi.portals.console.pipeline.presenting import Might, might
from feidi.portals.console.playbooks.cards import run_card
from feidi.portals.console.profiles.cards import project_profiles
from feidi.portals.console.promises.tab import promises_context
from feidi.portals.console.targets.presenting import diligence_context
from feidi.portals.console.words import say_pair
from feidi.portals.ui.pieces import Crumb, Tab

TABS = ("overview", "timeline", "first_report", "diligence", "agreements", "landing", "daily", "history")


def record_context(actor: Actor, project: Project, today: date, tab: str) -> dict[str, Any]:
    """Return the context of the record page; only the shown tab is asked for."""
    tab = tab if tab in TABS else "overview"
    may = might(actor, project)
    gaps = list(project.gaps.filter(filled_at__isnull=True).order_by("due_on"))
    here = reverse("console:pipeline:project_view", args=[project.uid])
    labels = {
        "overview": _("概览"),
        "timeline": _("时间线"),
        "first_report": _("首报"),
        "diligence": _("尽调"),
        "agreements": _("协议"),
        "landing": _("落地"),
        "daily": _("待办、交办与会议"),
        "history": _("修改记录"),
    }
    parts = {
        "overview": lambda project, may: (
            _overview(project, may)
            | project_profiles(actor, project, today)
            | run_card(actor, "project", project.uid, today, outpost_id=project.outpost_id)
        ),
        "timeline": _timeline,
        "first_report": lambda project, _may: tab_context(actor, project, claims_of(project)),
        "diligence": lambda project, _may: diligence_context(actor, project, today),
        "agreements": lambda project, may: _agreements(project, may) | promises_context(project, today),
        "landing": _landing,
        "daily": lambda project, _may: daily_context(actor, project, today),
        "history": _history,
    }
    return {
        "project": project,
        "may": may,
        "today": today,
        "tab": tab,
        "tabs": [Tab(code, labels[code], f"{here}?tab={code}") for code in TABS],
        "crumbs": [Crumb(_("项目"), reverse("console:pipeline:project_list")), Crumb(project.name)],
        "badges": presenting.badges_of(project),
        "clocks": [_clock(each) for each in running([subject_of(project)])[subject_of(project)]],
        "condition": project.conditions.filter(ended_on__isnull=True, voided_at__isnull=True).first(),
        "gaps": gaps,
        "copy_text": presenting.wechat_text(project),
        **_next_steps(actor, project, gaps),
        **parts[tab](project, may),
    }


def _clock(row: Any) -> dict[str, Any]:
    return {
        "label": say_pair(row.label_zh, row.label_en),
        "due_on": row.due_on,
        "waiting_since": row.started_on if row.waiting_on else None,
        "unconfirmed": bool(row.taken_from),
    }


def _next_steps(actor: Actor, project: Project, gaps: Sequence[Gap]) -> dict[str, Any]:
    """Return the checklist of every stage that may come next, the one the button uses."""
    waived = {gap.guard: f"{gap.responsible_text} {gap.due_on:%m-%d}" for gap in gaps}
    return {"next_steps": [_step(answer, project, waived) for answer in explain_next(project, actor)]}


def _step(answer: Answer, project: Project, waived: dict[str, str]) -> dict[str, Any]:
    return {
        "answer": answer,
        "label": presenting.stage_label(project.outpost, answer.track, answer.to),
        "track": Track(answer.track).label,
        "rows": presenting.checklist_rows(answer, project, waived),
        "short": _("还差 {n} 项").format(n=len(answer.reasons)),
        "role_missing": any(reason.code == "stages.role_needed" for reason in answer.reasons),
        "url": reverse("console:pipeline:project_move", args=[project.uid]) + f"?track={answer.track}&to={answer.to}",
    }


def _overview(project: Project, may: Might) -> dict[str, Any]:
    parties = list(project.parties.filter(until__isnull=True).select_related("organization", "person").order_by("id"))
    if not may.notes:
        parties = [party for party in parties if party.role != PartyRole.CONTACT]
    contacts = [party.person for party in parties if party.role == PartyRole.CONTACT and party.person]
    points = ContactPoint.objects.filter(person__in=contacts, voided_at__isnull=True).select_related("person")
    amount = presenting.amount_of
    return {
        "parties": parties,
        "points": list(points),
        "contacts_without": [each for each in contacts if each.pk not in {point.person_id for point in points}],
        "pairs": [
            (_("类别"), ProjectKind(project.kind).label),
            (_("责任人"), project.owner_text),
            (_("牌子"), "、".join(plaque_names([project]).get(project.pk, ())) or _("未归牌子")),
            (_("产业领域"), project.industry),
            (_("线索来源"), project.source_channel),
            (_("引荐人"), project.referrer),
            (_("首报单位"), project.first_report_unit),
            (_("首报时间"), project.first_report_on),
            (_("计划总投资"), amount(project, "planned_investment")),
            (_("其中固定资产投资"), amount(project, "fixed_investment")),
            (_("预计产值"), amount(project, "expected_output")),
            (_("预计税收"), amount(project, "expected_tax")),
            (_("核心产品"), project.core_product),
            (_("技术来源"), project.tech_source),
            (_("团队人数"), project.team_size),
            (_("需求（用地/厂房㎡）"), project.land_need),
            (_("需求（办公㎡）"), project.office_need),
            (_("政策诉求"), project.policy_request),
            (_("存在问题"), project.problems),
            (_("需协调事项"), project.coordination),
            (_("下一步计划"), project.next_step),
            (_("预计签约时间"), project.expected_sign_on),
            (_("备注"), project.remarks),
        ],
        "claims": claim_pairs(project) if may.edit else [],
    }


CLAIM_LABELS = {
    "signed_on": gettext_lazy("签约日期"),
    "agreement_kind": gettext_lazy("协议类型"),
    "signed_amount": gettext_lazy("签约金额"),
    "registered_on": gettext_lazy("注册日期"),
    "home_entity": gettext_lazy("落户企业名称"),
    "site_on": gettext_lazy("场地落实日期"),
    "paid_in": gettext_lazy("到位资金"),
    "started_on": gettext_lazy("开工日期"),
    "producing_on": gettext_lazy("投产日期"),
    "reached_on": gettext_lazy("达产日期"),
    "verified_on": gettext_lazy("核实落地日期"),
}


def claim_pairs(project: Project) -> list[tuple[str, str]]:
    """Return what a ledger asserts about stages reached: its values in its own words."""
    claims = project.claims or {}
    return [(str(label), str(claims[key].get("text", ""))) for key, label in CLAIM_LABELS.items() if key in claims]


def _timeline(project: Project, may: Might) -> dict[str, Any]:
    talks = list(project.interactions.all()) if may.notes else []
    return {"entries": presenting.timeline_of(project, talks, list(project.stage_log.all()), might_edit=may.edit)}


def _agreements(project: Project, may: Might) -> dict[str, Any]:
    del may
    rows = list(project.agreements.select_related("scan", "counting_against").order_by("-signed_on", "-id"))
    return {"agreements": presenting.agreement_rows(rows), "corrections": corrections_of(rows)}


def _landing(project: Project, may: Might) -> dict[str, Any]:
    del may
    return {
        "case": live_case(project),
        "past_cases": list(project.landing_cases.filter(state="revoked").order_by("-revoked_at")),
        "states": state_of(subject_of(project), PURPOSE),
    }


def _history(project: Project, may: Might) -> dict[str, Any]:
    return {"history": project_history(project) if may.edit else []}
