"""Verbs of the directory of laboratories 无界实验室, and of one use: request → answer → sample → result → fee."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.utils.translation import gettext_lazy as _

from feidi.domain.incubation.access import EDIT, REPORT_OWN, is_own
from feidi.domain.incubation.enums import Biosafety, ChargeKind, LabState, OpenTo, TenancyKind
from feidi.domain.incubation.models import LabEntry, LabUse, Tenancy
from feidi.domain.incubation.selectors.labs import is_open_to, level_suffices
from feidi.domain.incubation.services.changing import adding, changing, voiding
from feidi.domain.incubation.services.charges import NewCharge, add_charge
from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.models import Organization, Outpost
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.pipeline.services.attaching import Attachment, attach
from feidi.engines.findings import refuse
from feidi.engines.money import Money
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded
from feidi.kernel.calendar.working_days import add_working_days
from feidi.kernel.subjects import Subject

KIND: Final = "incubation.lab_entry"
USE_KIND: Final = "incubation.lab_use"
#: What may follow which state, and how the step is called.
_STEPS: Final = {
    LabState.AGREED: (LabState.ASKED, _("答复")),
    LabState.DECLINED: (LabState.ASKED, _("答复")),
    LabState.SAMPLED: (LabState.AGREED, _("送样")),
    LabState.REPORTED: (LabState.SAMPLED, _("登记结果")),
    LabState.SETTLED: (LabState.REPORTED, _("结费")),
}


@dataclass(frozen=True, slots=True)
class LabFacts:
    """What is known of a laboratory. ``price`` None, ``biosafety`` empty, ``days`` None: nobody has said."""

    owner: Organization
    title: str
    method: str
    source: str
    checked_on: date
    place: str = ""
    biosafety: str = ""
    price: Money | None = None
    price_per: str = ""
    days: int | None = None
    open_to: OpenTo = OpenTo.ALL
    conditions: str = ""
    offer: str = ""


def add_lab(*, actor: Actor, now: datetime, outpost: Outpost, facts: LabFacts) -> LabEntry:
    """Enter a laboratory. Refused: what it is, what it does or where that is from not said, a price without currency."""
    require(actor, EDIT, outpost_scope(outpost.pk))
    row = LabEntry(outpost=outpost, recorded_by=actor.label[:160], created_at=now)
    _fill(row, facts, now)
    return adding(row, kind=KIND, actor=actor, now=now)


def change_lab(*, actor: Actor, now: datetime, lab: LabEntry, facts: LabFacts) -> LabEntry:
    """Say otherwise what is known of it. Refused as ``add_lab``; taken out before."""
    require(actor, EDIT, outpost_scope(lab.outpost_id))
    with changing(lab, kind=KIND, actor=actor, now=now) as row:
        _fill(row, facts, now)
    return row


def void_lab(*, actor: Actor, now: datetime, lab: LabEntry, reason: str) -> LabEntry:
    """Take a laboratory out of the directory; what was used of it stays. Refused: no reason."""
    require(actor, EDIT, outpost_scope(lab.outpost_id))
    return voiding(lab, kind=KIND, actor=actor, now=now, reason=reason)


def ask_lab(
    *, actor: Actor, now: datetime, lab: LabEntry, tenancy: Tenancy, purpose: str, biosafety: str = ""
) -> LabUse:
    """Ask to use a laboratory, as the tenant or for it.

    Refused: neither tenant nor outpost, nothing said, over, a directory of another outpost, not open to such a tenant, a
    level that it has not. A level that nobody has said of it is asked for, not refused.
    """
    _may_ask(actor, tenancy)
    if not purpose.strip():
        raise refuse("incubation.lab_purpose_needed")
    if lab.voided_at is not None:
        raise refuse("incubation.voided", reason=lab.void_reason)
    if tenancy.ended_on is not None:
        raise refuse("incubation.tenancy_over", ended_on=tenancy.ended_on.isoformat())
    if lab.outpost_id != tenancy.outpost_id:
        raise refuse("incubation.lab_of_another")
    if not is_open_to(lab, tenancy):
        kind, open_to = str(TenancyKind(tenancy.kind).label), str(OpenTo(lab.open_to).label)
        raise refuse("incubation.lab_not_open", lab=lab.title, open_to=open_to, kind=kind)
    if level_suffices(lab, biosafety) is False:
        has, wanted = str(Biosafety(lab.biosafety).label), str(Biosafety(biosafety).label)
        raise refuse("incubation.lab_level_low", lab=lab.title, has=has, wanted=wanted)
    row = LabUse(
        lab=lab,
        tenancy=tenancy,
        purpose=purpose.strip()[:500],
        biosafety=biosafety,
        asked_on=_today(now),
        asked_by=actor.label[:160],
        created_at=now,
    )
    return adding(row, kind=USE_KIND, actor=actor, now=now)


def answer_lab(
    *, actor: Actor, now: datetime, use: LabUse, agreed: bool, answer: str = "", price: Money | None = None
) -> LabUse:
    """Write down what the laboratory said. Refused: a no without a reason, a price without currency, answered before."""
    if not agreed and not answer.strip():
        raise refuse("incubation.lab_answer_needed")
    _check_price(price)
    with _step(actor, now, use, LabState.AGREED if agreed else LabState.DECLINED) as row:
        row.answered_on, row.answer = _today(now), answer.strip()[:300]
        if agreed and price is not None:
            row.agreed_fen, row.currency = price.fen, price.currency or ""
    return row


def hand_sample(*, actor: Actor, now: datetime, use: LabUse, sample: str, on: date) -> LabUse:
    """Write down that a sample was handed over; the result is due after the laboratory's working days, where it said so.

    Refused: nothing said, a day to come or before the answer, not agreed.
    """
    if not sample.strip():
        raise refuse("incubation.lab_sample_needed")
    with _step(actor, now, use, LabState.SAMPLED) as row:
        _check_day(now, on, row.answered_on)
        row.sample, row.sample_on = sample.strip()[:200], on
        days = row.lab.days
        row.due_on = add_working_days(on, days).date if days is not None else None
    return row


def record_result(
    *, actor: Actor, now: datetime, use: LabUse, result: str, on: date, report: Attachment | None = None
) -> LabUse:
    """Write down what was measured, with the report where there is one.

    Refused: nothing said, a day to come or before the sample, no sample, a file that is not what it says.
    """
    if not result.strip():
        raise refuse("incubation.lab_result_needed")
    with recorded(actor=actor, now=now), _step(actor, now, use, LabState.REPORTED) as row:
        _check_day(now, on, row.sample_on)
        row.result, row.result_on = result.strip()[:500], on
        row.result_file = attach(actor=actor, now=now, subject=Subject(USE_KIND, row.uid), given=report)
    return row


def settle_lab(
    *, actor: Actor, now: datetime, use: LabUse, fee: Money, charge: bool, due_on: date | None = None
) -> LabUse:
    """Write down what it cost; with ``charge`` it is due in the tenant's ledger by ``due_on`` (None: today). 0 is free.

    Refused: no currency, below 0, nothing to charge, no result yet; with ``charge`` whoever may not enter charges.
    """
    _check_price(fee)
    if charge and not fee.fen:
        raise refuse("incubation.lab_fee_nothing")
    today = _today(now)
    with recorded(actor=actor, now=now), _step(actor, now, use, LabState.SETTLED) as row:
        row.fee_fen, row.currency, row.fee_on = fee.fen, fee.currency or "", today
        if charge:
            note = f"{row.lab.title}：{row.purpose}"
            new = NewCharge(
                ChargeKind.SERVICE, row.result_on or today, row.result_on or today, due_on or today, fee, note
            )
            row.charge = add_charge(actor=actor, now=now, tenancy=row.tenancy, new=new)
    return row


def withdraw_lab(*, actor: Actor, now: datetime, use: LabUse) -> LabUse:
    """Take back what one asked for, before a sample was handed over."""
    _may_ask(actor, use.tenancy)
    with changing(use, kind=USE_KIND, actor=actor, now=now, action="withdrawn") as row:
        if row.state not in {LabState.ASKED, LabState.AGREED}:
            raise refuse("incubation.lab_not_now", state=str(LabState(row.state).label), step=str(_("撤回")))
        row.state = LabState.WITHDRAWN
    return row


@contextmanager
def _step(actor: Actor, now: datetime, use: LabUse, to: LabState) -> Iterator[LabUse]:
    require(actor, EDIT, outpost_scope(use.tenancy.outpost_id))
    before, step = _STEPS[to]
    with changing(use, kind=USE_KIND, actor=actor, now=now, action=to.value) as row:
        if row.state != before:
            raise refuse("incubation.lab_not_now", state=str(LabState(row.state).label), step=str(step))
        yield row
        row.state = to


def _fill(row: LabEntry, facts: LabFacts, now: datetime) -> None:
    said = {_("实验室"): facts.title, _("能做什么"): facts.method, _("来源"): facts.source}
    lacks = [str(label) for label, value in said.items() if not value.strip()]
    if lacks:
        raise refuse("incubation.lab_says_nothing", lacks="、".join(lacks))
    if facts.checked_on > _today(now):
        raise refuse("incubation.day_to_come", on=facts.checked_on.isoformat())
    _check_price(facts.price)
    row.owner, row.title, row.method = facts.owner, facts.title.strip()[:160], facts.method.strip()[:500]
    row.source, row.checked_on, row.place = facts.source.strip()[:200], facts.checked_on, facts.place.strip()[:160]
    row.biosafety, row.days, row.open_to = facts.biosafety, facts.days, facts.open_to
    row.price_fen = facts.price.fen if facts.price else None
    row.currency = (facts.price.currency or "") if facts.price else ""
    row.price_per, row.conditions = facts.price_per.strip()[:40], facts.conditions.strip()[:300]
    row.offer = facts.offer


def _check_price(price: Money | None) -> None:
    if price is None:
        return
    if not price.currency:
        raise refuse("incubation.lab_currency_needed", value=str(price.units))
    if price.fen < 0:
        raise refuse("incubation.amount_positive", value=str(price.units))


def _check_day(now: datetime, on: date, before: date | None) -> None:
    if on > _today(now):
        raise refuse("incubation.day_to_come", on=on.isoformat())
    if before is not None and on < before:
        raise refuse("incubation.lab_day_before", on=on.isoformat(), before=before.isoformat())


def _may_ask(actor: Actor, tenancy: Tenancy) -> None:
    if not is_own(actor, tenancy, REPORT_OWN):
        require(actor, EDIT, outpost_scope(tenancy.outpost_id))


def _today(now: datetime) -> date:
    return now.astimezone(SHANGHAI).date()
