"""落地核验表: what the paper form says of a case."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from feidi.domain.parties.access import require
from feidi.domain.pipeline.access import scopes_of
from feidi.domain.pipeline.enums import LandingState
from feidi.domain.pipeline.models import LandingCase
from feidi.domain.pipeline.selectors.landing import PURPOSE, landing_content, warnings_of
from feidi.domain.pipeline.selectors.standing import subject_of
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor
from feidi.kernel.documents.models import PrintedForm
from feidi.kernel.documents.services.printing import print_form
from feidi.kernel.evidence.enums import ItemState
from feidi.kernel.evidence.models import EvidenceItem
from feidi.kernel.evidence.selectors import state_of
from feidi.kernel.messages import text_of
from feidi.kernel.money.display import format_money

FORM = "landing_check"


def print_landing_form(*, actor: Actor, now: datetime, case: LandingCase) -> PrintedForm:
    """Freeze the case as a printed form with a QR. Either side may print; a draft is not printed."""
    scopes = scopes_of(case.project)
    if not actor.may("landing.submit", *scopes):
        require(actor, "landing.verify", *scopes)
    if case.state == LandingState.DRAFT:
        raise refuse("pipeline.landing_state", state=str(LandingState(case.state).label))
    title = landing_content(case.project.outpost).data["paper_form"]["title"]["zh"]
    form, _pdf = print_form(
        actor=actor, now=now, subject=subject_of(case.project), form=FORM, title=title, data=landing_form_data(case)
    )
    return form


def landing_form_data(case: LandingCase) -> dict[str, Any]:
    """Return what the form says of the case now; compared with the print when the signed paper comes back."""
    content = landing_content(case.project.outpost).data
    return {
        "project": case.project.name,
        "code": case.project.code,
        "outpost": case.project.outpost.name,
        "home_entity": case.home_entity or case.project.sponsor_name,
        "evidence": [
            {
                "label": each.requirement.label_zh,
                "state": f"需要 {each.needed} 份",
                "items": [_item(item) for item in each.items],
            }
            for each in state_of(subject_of(case.project), PURPOSE)
        ],
        "signals": [{"label": "提示", "value": text_of(each)} for each in warnings_of(case)],
        "chain": [
            {"hand": f"{step['label']['zh']}（{step.get('hands', 1)}人）", "seal": bool(step.get("seal"))}
            for step in content["paper_form"]["chain"]
        ],
    }


def _item(item: EvidenceItem) -> dict[str, Any]:
    people = "、".join(str(name) for name in item.details.get("people", ()))
    what = item.file.name if item.file else item.record
    return {
        "what": f"{what}（{people}）" if people else what,
        # a decision made after the print is what the signatures are for: it is not a changed content
        "state": "已退回" if item.state == ItemState.RETURNED else "已提交",
        "on": item.occurred_on.isoformat() if item.occurred_on else "",
        "amount": format_money(item.amount_fen, item.currency) if item.amount_fen is not None else "",
    }
