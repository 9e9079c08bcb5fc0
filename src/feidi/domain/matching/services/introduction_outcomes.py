"""What came of an introduction: technology contract, order, investment …, counted only with accepted evidence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.utils.translation import gettext as _

from feidi.domain.matching.access import EDIT
from feidi.domain.matching.enums import IntroductionState, OutcomeKind, Side, TechnologyContractKind
from feidi.domain.matching.events import OutcomeVoided
from feidi.domain.matching.models import Introduction, IntroductionOutcome
from feidi.domain.matching.services.introduction_changing import changed_introduction, drop_meetings, take_step
from feidi.domain.matching.services.outcome_pushing import push_outcome, take_back_outcome
from feidi.domain.parties.access import outpost_scope
from feidi.domain.parties.access import require as require_permission
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.engines.findings import refuse
from feidi.engines.money import Money
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded
from feidi.kernel.events import publish
from feidi.kernel.evidence.services import RequirementSpec, require
from feidi.kernel.money.display import format_money
from feidi.kernel.subjects import Subject

KIND: Final = "matching.outcome"
PURPOSE: Final = "outcome"
#: They end an introduction and need no evidence: nothing is claimed by them.
WITHOUT_EVIDENCE: Final = frozenset({OutcomeKind.DONE_WITHOUT, OutcomeKind.NOT_REACHABLE})
#: What shows that it is true, by kind.
_PROOF: Final = {
    OutcomeKind.TECHNOLOGY_CONTRACT: ("技术合同及登记证明", "Technology contract and proof of registration"),
    OutcomeKind.JOINT_RD: ("联合研发协议", "Joint research agreement"),
    OutcomeKind.ORDER: ("订单或合同", "Order or contract"),
    OutcomeKind.INVESTMENT: ("投资协议和到账凭证", "Investment agreement and proof of payment"),
    OutcomeKind.CREDIT: ("授信或放款凭证", "Proof of credit or loan"),
    OutcomeKind.HIRE: ("劳动合同或双聘协议", "Employment or joint-appointment contract"),
    OutcomeKind.SITE: ("场地租赁或购买合同", "Lease or purchase of the site"),
}


@dataclass(frozen=True, slots=True)
class TechnologyContract:
    """What a technology contract says besides its sum. ``technology`` None: not determined yet; the registration is
    made once, by the seller at the seller's place; ``solved_when``: what counts as solved.
    """

    kind: TechnologyContractKind
    technology: Money | None = None
    registration_number: str = ""
    registering_side: Side | None = None
    ownership: str = ""
    solved_when: str = ""


@dataclass(frozen=True, slots=True)
class NewOutcome:
    """What came of it, when, for how much (None: not said)."""

    kind: OutcomeKind
    on: date
    amount: Money | None = None
    contract: TechnologyContract | None = None
    note: str = ""


def record_outcome(*, actor: Actor, now: datetime, introduction: Introduction, new: NewOutcome) -> IntroductionOutcome:
    """Write down what came of an introduction and ask for its evidence; 自行解决 and 联系不上 end it without any.

    An order or an investment of a tenant is noted as a result of its incubation, too.
    Refused: names not shown yet (but for those two), over, a day in the future, a contract's particulars for
    something else or missing for a technology contract, a technology amount above the sum or in another currency.
    """
    require_permission(actor, EDIT, outpost_scope(introduction.outpost_id))
    if new.on > now.astimezone(SHANGHAI).date():
        raise refuse("pipeline.date_in_future", value=new.on.isoformat())
    if new.amount is not None and not new.amount.currency:
        raise refuse("matching.outcome_currency_unknown")
    _check_contract(new)
    with recorded(actor=actor, now=now) as unit, changed_introduction(unit, introduction) as row:
        _check_state(row, new.kind)
        outcome = IntroductionOutcome(
            introduction=row,
            kind=new.kind,
            on=new.on,
            amount_fen=new.amount.fen if new.amount else None,
            currency=(new.amount.currency or "") if new.amount else "",
            note=new.note.strip()[:500],
            recorded_by=actor.label[:160],
            created_at=now,
            **_contract_columns(new.contract),
        )
        outcome.save()
        unit.created(outcome, kind=KIND)
        if new.kind in WITHOUT_EVIDENCE:
            reason = f"{new.kind.label}：{new.note.strip()}" if new.note.strip() else str(new.kind.label)
            take_step(row, IntroductionState.ENDED, actor=actor, now=now, on=new.on, note=reason)
            row.ended_on, row.ended_reason = new.on, reason[:300]
            drop_meetings(unit, row, now, reason)
            return outcome
        zh, en = _PROOF[new.kind]
        subject = Subject(KIND, outcome.uid)
        require(
            actor=actor, now=now, subject=subject, purpose=PURPOSE, kinds=[RequirementSpec("outcome_proof", zh, en)]
        )
        if row.state != IntroductionState.CONCLUDED:
            take_step(row, IntroductionState.CONCLUDED, actor=actor, now=now, on=new.on)
        push_outcome(actor=actor, now=now, outcome=outcome, kind=KIND)
    return outcome


def void_outcome(*, actor: Actor, now: datetime, outcome: IntroductionOutcome, reason: str) -> IntroductionOutcome:
    """Take an outcome back that was entered in error, with a reason; figures lose it at once."""
    require_permission(actor, EDIT, outpost_scope(outcome.introduction.outpost_id))
    if not reason.strip():
        raise refuse("matching.introduction_reason")
    with recorded(actor=actor, now=now) as unit:
        row = IntroductionOutcome.objects.select_for_update().get(pk=outcome.pk)
        if row.voided_at is not None:
            raise refuse("matching.outcome_voided", reason=row.void_reason)
        before = unit.before(row, KIND)
        row.voided_at, row.void_reason, row.version = now, reason.strip()[:500], row.version + 1
        row.save(update_fields=["voided_at", "void_reason", "version"])
        unit.changed(row, kind=KIND, before=before, reason=reason.strip(), action="voided")
        take_back_outcome(actor=actor, now=now, outcome=row, kind=KIND, reason=reason)
        publish(OutcomeVoided(row.uid, row.void_reason))
    return row


def _check_contract(new: NewOutcome) -> None:
    technology = new.kind is OutcomeKind.TECHNOLOGY_CONTRACT
    if technology != (new.contract is not None):
        raise refuse("matching.outcome_contract_particulars", kind=str(new.kind.label))
    share = new.contract.technology if new.contract else None
    if share is None:
        return
    if new.amount is None:
        raise refuse("matching.outcome_sum_missing")
    if share.currency != new.amount.currency:
        raise refuse("matching.outcome_currencies", share=share.currency, sum=new.amount.currency)
    if share.fen > new.amount.fen:
        raise refuse(
            "matching.outcome_above_sum",
            share=format_money(share.fen, share.currency),
            sum=format_money(new.amount.fen, new.amount.currency),
        )


def _check_state(row: Introduction, kind: OutcomeKind) -> None:
    state = IntroductionState(row.state)
    if state is IntroductionState.ENDED:
        raise refuse("matching.introduction_not_now", state=str(state.label), step=_("登记结果"))
    if row.revealed_on is None and kind not in WITHOUT_EVIDENCE:
        raise refuse("matching.introduction_not_now", state=str(state.label), step=_("登记结果"))
    if state is IntroductionState.CONCLUDED and kind in WITHOUT_EVIDENCE:
        raise refuse("matching.introduction_not_now", state=str(state.label), step=str(kind.label))


def _contract_columns(contract: TechnologyContract | None) -> dict[str, str | int | None]:
    if contract is None:
        return {}
    return {
        "contract_kind": contract.kind,
        "technology_amount_fen": contract.technology.fen if contract.technology else None,
        "registration_number": contract.registration_number.strip()[:60],
        "registering_side": contract.registering_side or "",
        "ownership": contract.ownership.strip()[:300],
        "solved_when": contract.solved_when.strip()[:300],
    }
