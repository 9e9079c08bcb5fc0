"""试验合作单 on paper, with its QR: what was agreed before, what was measured after. Papers are Chinese whatever the
reader's language.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import override

from feidi.domain.matching.access import EDIT
from feidi.domain.matching.enums import NextDecision
from feidi.domain.matching.models import Trial
from feidi.domain.matching.services.introductions import reader_of
from feidi.domain.matching.services.trials import KIND
from feidi.domain.parties.access import outpost_scope, require
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor
from feidi.kernel.documents.models import PrintedForm
from feidi.kernel.documents.services.printing import print_form
from feidi.kernel.money.display import format_money
from feidi.kernel.subjects import Subject

_WORDS = (
    "本单写明试验前双方商定的样品、方案、地点和费用；未写明的，不因本单推定由任何一方承担。",
    "试验结果以双方在场签字的读数为准；本单不是技术合同，知识产权和怎样算解决另在合同里约定。",
)


def print_trial(*, actor: Actor, now: datetime, trial: Trial) -> PrintedForm:
    """Print a trial with a QR, for both sides to sign: the sheet before it, or with the result once that is written down.

    Refused: no permission, taken back.
    """
    require(actor, EDIT, outpost_scope(trial.introduction.outpost_id))
    if trial.voided_at is not None:
        raise refuse("matching.trial_voided", reason=trial.void_reason)
    with override("zh-hans"):
        data = trial_statement(trial)
    form, _pdf = print_form(
        actor=actor,
        now=now,
        subject=Subject(KIND, trial.uid),
        form="statement",
        title="试验结果单" if trial.measured else "试验合作单",
        data=data,
    )
    return form


def trial_statement(trial: Trial) -> dict[str, Any]:
    """Return what the printed sheet says."""
    introduction = trial.introduction
    plan = [
        ["试验内容", trial.subject],
        ["样品或产线", trial.sample],
        ["试验方案", trial.protocol],
        ["计划日期", trial.planned_on.isoformat()],
        ["地点", trial.place],
        ["谁付费", trial.payer],
        ["费用", "没有谈定" if trial.cost_fen is None else format_money(trial.cost_fen, trial.currency)],
    ]
    done = [
        ["试验日期", trial.done_on.isoformat() if trial.done_on else ""],
        ["实测结果", trial.measured],
        ["下一步", str(NextDecision(trial.next_decision).label) if trial.next_decision else "尚未商定"],
    ]
    tables = [{"title": "试验之前商定", "columns": ["项目", "内容"], "rows": plan}]
    if trial.measured:
        tables.append({"title": "试验结果", "columns": ["项目", "内容"], "rows": done})
    return {
        "facts": [
            {"label": "对接编号", "value": introduction.number},
            {"label": "需求方", "value": reader_of(introduction.need)},
            {"label": "供给方", "value": reader_of(introduction.offer)},
            {"label": "驻点", "value": introduction.outpost.name},
        ],
        "words": list(_WORDS),
        "tables": tables,
        "chain": [{"hand": "需求方", "seal": True}, {"hand": "供给方", "seal": True}, {"hand": "服务专员"}],
    }
