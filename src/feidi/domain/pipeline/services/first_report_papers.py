"""《首报首谈裁定书》: a ruling on paper, one print for each side.

A side's paper names its own project; of the other side it says which outpost reported when, as its page does.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.pipeline.enums import DisputeState
from feidi.domain.pipeline.models import FirstReport, FirstReportDispute
from feidi.domain.pipeline.selectors.first_report_rules import first_report_rules
from feidi.domain.pipeline.selectors.first_reports import EDIT, RULE
from feidi.domain.pipeline.selectors.standing import subject_of
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor, Scope, ScopeKind
from feidi.kernel.audit import recorded
from feidi.kernel.documents.models import PrintedForm
from feidi.kernel.documents.services.printing import print_form

_DIGEST = 12


def print_ruling(*, actor: Actor, now: datetime, dispute: FirstReportDispute, claim: FirstReport) -> PrintedForm:
    """Print the ruling for the side of ``claim``, with a QR. The home side prints both, an outpost its own.

    Refused: no permission, no side of this dispute, not ruled, a place that writes no such paper.
    """
    check_side(actor, dispute, claim)
    if dispute.state != DisputeState.RULED:
        raise refuse("first_reports.not_ruled", state=str(DisputeState(dispute.state).label))
    form = first_report_rules(dispute.home).paper_form
    if not form:
        raise refuse("first_reports.no_paper", place=dispute.home.name_zh)
    with recorded(actor=actor, now=now):
        printed, _pdf = print_form(
            actor=actor,
            now=now,
            subject=subject_of(claim.project),
            form="statement",
            title=form["title"]["zh"],
            data=ruling_data(dispute, claim),
        )
    return printed


def check_side(actor: Actor, dispute: FirstReportDispute, claim: FirstReport) -> None:
    """Refuse unless the actor rules for the home, or works for the side of ``claim``."""
    if claim.pk not in {dispute.left_id, dispute.right_id}:
        raise refuse("first_reports.no_party")
    if not actor.may(RULE, Scope(ScopeKind.HOME, dispute.home_id)):
        require(actor, EDIT, outpost_scope(claim.project.outpost_id))


def ruling_data(dispute: FirstReportDispute, claim: FirstReport) -> dict[str, Any]:
    """Return what the paper for one side says; compared with the print when the signed paper comes back."""
    rules = first_report_rules(dispute.home)
    rule = rules.ruling(dispute.rule)
    won = dispute.winner_id == claim.pk
    winner = dispute.winner.project.outpost if dispute.winner else None
    return {
        "facts": [
            {"label": "送达驻点", "value": claim.project.outpost.name},
            {"label": "项目", "value": f"{claim.project.code} {claim.project.name}"},
            {"label": "投资方/团队", "value": claim.project.sponsor_name},
            {"label": "争议提出", "value": f"{dispute.raised_by}，{_moment(dispute.raised_at)}"},
            {"label": "裁定依据", "value": f"{rule.label_zh}：{rule.text_zh}" if rule else dispute.rule},
            {"label": "依据来源", "value": rule.source if rule else ""},
            {"label": "裁定", "value": f"首谈权归{winner.name if winner else ''}"},
            {"label": "本驻点", "value": "享有首谈权" if won else "不享有首谈权，首报记录保留"},
            {
                "label": "首谈期",
                "value": f"{claim.window_from} 至 {claim.window_to}" if won and claim.window_to else "—",
            },
            {"label": "裁定人、时间", "value": f"{dispute.ruled_by}，{_moment(dispute.ruled_at)}"},
        ],
        "words": [str(rules.paper_form.get("words", "")), f"裁定理由：{dispute.ruling}"],
        "tables": [
            {
                "title": "双方首报",
                "columns": ["驻点", "首报时间", "首报单位", "凭据", "内容摘要（前12位）"],
                "rows": [_side(each) for each in (dispute.left, dispute.right)],
            }
        ],
        "chain": [{"hand": step["label"]["zh"], "seal": step["seal"]} for step in rules.paper_form.get("chain", ())],
    }


def _side(claim: FirstReport) -> list[str]:
    return [
        claim.project.outpost.short_name,
        _moment(claim.reported_at),
        claim.unit,
        "有" if claim.evidence_id else "无",
        claim.digest[:_DIGEST],
    ]


def _moment(at: datetime | None) -> str:
    return f"{at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}" if at else ""
