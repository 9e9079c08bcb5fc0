"""绿色通道: a case is opened, told once what is missing, stands still while the applicant is waited for, goes on."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.services.changing import changed, locked, said, today_of
from feidi.domain.parties.services.numbering import next_code
from feidi.domain.talent.access import EDIT
from feidi.domain.talent.enums import CaseState, ItemState, PauseReason
from feidi.domain.talent.kinds import CASE, ITEM
from feidi.domain.talent.models import ClockPause, Consent, GreenCase, GreenItem, Talent
from feidi.domain.talent.selectors.catalogue import SERVICE_CONSENT, Catalogue, Service, catalogue_of
from feidi.domain.talent.selectors.clocks import promise_of
from feidi.domain.talent.services.changing import not_ahead
from feidi.domain.talent.services.deadlines import start_case_clock, stop_case_clock
from feidi.domain.talent.services.talents import refuse_erased
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import Unit, recorded
from feidi.kernel.identity.models import User
from feidi.kernel.sealing import seal
from feidi.kernel.subjects import new_uid

LETTERS: Final = "LT"


@dataclass(frozen=True, slots=True)
class Child:
    """Data of a child, kept only in the item that needs it, sealed."""

    name: str
    born: str
    wish: str = ""


@dataclass(frozen=True, slots=True)
class NewCase:
    """What is asked for: services by code in their order; the child where one of them needs it."""

    services: Sequence[str]
    officer: User
    opened_on: date | None = None
    child: Child | None = None


def open_case(*, actor: Actor, now: datetime, talent: Talent, new: NewCase) -> GreenCase:
    """Open a case under one receipt number; its clock starts. Words and days are those of today's content.

    Refused: no permission, erased, no consent in force, no service, one that the place does not offer, a child's data
    without a guardian's own consent or without a service that needs it, a day in the future.
    """
    require(actor, EDIT, outpost_scope(talent.outpost_id))
    opened_on = not_ahead(new.opened_on, now)
    catalogue = catalogue_of(talent.outpost, today_of(now))
    services = _services(catalogue, new.services)
    with recorded(actor=actor, now=now) as unit:
        owner = locked(talent)
        refuse_erased(owner)
        _require_consent(owner, SERVICE_CONSENT, now)
        guardian = _guardian(owner, services, new.child, catalogue, now)
        row = GreenCase(
            outpost=owner.outpost,
            number=next_code(outpost=owner.outpost, letters=LETTERS, now=now),
            talent=owner,
            officer=new.officer,
            opened_on=opened_on,
            promised=promise_of([(each.promised, each.serial) for each in services]),
            content_sha256=catalogue.sha256,
            recorded_by=actor.label[:160],
            created_at=now,
        )
        row.save()
        unit.created(row, kind=CASE)
        for place, service in enumerate(services):
            _add_item(unit, row, place, service, new.child, guardian)
        start_case_clock(actor=actor, now=now, case=row, on=opened_on)
    return row


def tell_missing(
    *, actor: Actor, now: datetime, case: GreenCase, missing: Sequence[str], on: date | None = None
) -> GreenCase:
    """一次性告知: tell the applicant once all that is missing; the clock stands still until it has come.

    Refused: no permission, not under way, told before (what was forgotten then is not the applicant's fault, and stops no
    clock), nothing said, waiting already, a day before the case or in the future.
    """
    require(actor, EDIT, outpost_scope(case.outpost_id))
    day = not_ahead(on, now)
    wanted = [each.strip()[:120] for each in missing if each.strip()]
    if not wanted:
        raise refuse("talent.missing_says_nothing")
    with recorded(actor=actor, now=now) as unit, changed(unit, case, kind=CASE, action="told_missing") as row:
        _under_way(row)
        if row.told_on is not None:
            raise refuse("talent.told_once", number=row.number, on=row.told_on.isoformat())
        row.missing, row.told_on = wanted, day
        _pause(actor, now, row, PauseReason.DOCUMENTS, "、".join(wanted), day)
    return row


def pause_case(*, actor: Actor, now: datetime, case: GreenCase, note: str, on: date | None = None) -> GreenCase:
    """Stop the clock because the applicant has to answer something. Papers are asked for by ``tell_missing``, once.

    Refused: no permission, not under way, nothing said, waiting already, a day before the last pause or in the future.
    """
    require(actor, EDIT, outpost_scope(case.outpost_id))
    words = said(note, "talent.pause_says_nothing")
    day = not_ahead(on, now)
    with recorded(actor=actor, now=now) as unit, changed(unit, case, kind=CASE, action="paused", reason=words) as row:
        _under_way(row)
        _pause(actor, now, row, PauseReason.ANSWER, words, day)
    return row


def resume_case(*, actor: Actor, now: datetime, case: GreenCase, on: date | None = None) -> GreenCase:
    """Let the clock go on: what was awaited has come. Refused: no permission, not waiting, before the pause began."""
    require(actor, EDIT, outpost_scope(case.outpost_id))
    day = not_ahead(on, now)
    with recorded(actor=actor, now=now) as unit, changed(unit, case, kind=CASE, action="resumed") as row:
        pause = row.pauses.filter(until__isnull=True).first()
        if pause is None:
            raise refuse("talent.not_waiting", number=row.number)
        if day < pause.since:
            raise refuse("talent.date_before", value=day.isoformat(), first=pause.since.isoformat())
        end_pause(row, day)
        start_case_clock(actor=actor, now=now, case=row, on=day)
    return row


def withdraw_case(*, actor: Actor, now: datetime, case: GreenCase, reason: str) -> GreenCase:
    """End a case that the applicant no longer wants; it counts in no figure. Refused: no permission, no reason, over."""
    require(actor, EDIT, outpost_scope(case.outpost_id))
    words = said(reason, "talent.reason_needed")
    with (
        recorded(actor=actor, now=now) as unit,
        changed(unit, case, kind=CASE, action="withdrawn", reason=words) as row,
    ):
        _under_way(row)
        end_pause(row, today_of(now))
        row.state, row.withdrawn_reason = CaseState.WITHDRAWN, words[:300]
        stop_case_clock(actor=actor, now=now, case=row, on=today_of(now))
    return row


def end_pause(case: GreenCase, on: date) -> None:
    """End a pause that still stands, of a locked case; nothing where none does."""
    for pause in case.pauses.filter(until__isnull=True):
        pause.until = max(on, pause.since)
        pause.save(update_fields=["until"])


def _pause(actor: Actor, now: datetime, case: GreenCase, reason: PauseReason, note: str, on: date) -> None:
    last = case.pauses.order_by("-since", "-id").first()
    if last is not None and last.until is None:
        raise refuse("talent.waiting_already", number=case.number, since=last.since.isoformat())
    first = max(case.opened_on, last.until if last and last.until else case.opened_on)
    if on < first:
        raise refuse("talent.date_before", value=on.isoformat(), first=first.isoformat())
    ClockPause.objects.create(case=case, reason=reason, note=note[:300], since=on, by=actor.label[:160])
    stop_case_clock(actor=actor, now=now, case=case, on=on)


def _under_way(case: GreenCase) -> None:
    if case.state != CaseState.OPEN:
        raise refuse("talent.case_over", number=case.number, state=str(CaseState(case.state).label))


def _services(catalogue: Catalogue, codes: Sequence[str]) -> list[Service]:
    if not codes:
        raise refuse("talent.no_service")
    found = []
    for code in dict.fromkeys(codes):
        service = catalogue.service(code)
        if service is None:
            raise refuse("talent.service_unknown", value=code)
        found.append(service)
    return found


def _require_consent(talent: Talent, purpose: str, now: datetime) -> Consent:
    row = (
        talent.consents.filter(purpose=purpose, voided_at__isnull=True, withdrawn_on__isnull=True)
        .filter(keep_until__gt=today_of(now))
        .first()
    )
    if row is None:
        text = catalogue_of(talent.outpost, today_of(now)).consent(purpose)
        raise refuse("talent.no_consent", label=text.label_zh if text else purpose)
    return row


def _guardian(
    talent: Talent, services: Sequence[Service], child: Child | None, catalogue: Catalogue, now: datetime
) -> Consent | None:
    """Return the guardian's consent that covers the child's data, None where there is none to cover."""
    if child is None:
        return None
    if not any(each.child for each in services):
        raise refuse("talent.child_not_needed")
    purpose = next((each.code for each in catalogue.consents if each.guardian), "")
    return _require_consent(talent, purpose, now)


def _add_item(
    unit: Unit, case: GreenCase, place: int, service: Service, child: Child | None, guardian: Consent | None
) -> None:
    waiting = service.serial and place > 0
    row = GreenItem(
        uid=new_uid(),
        case=case,
        service=service.code,
        title=service.label_zh,
        department=service.department,
        documents=list(service.documents),
        promised=service.promised,
        taken_from=service.taken_from,
        serial=service.serial,
        position=place,
        state=ItemState.WAITING if waiting else ItemState.OPEN,
        started_on=None if waiting else case.opened_on,
        created_at=unit.now,
    )
    if service.child and child is not None:
        told = json.dumps({"name": child.name, "born": child.born, "wish": child.wish}, ensure_ascii=False)
        row.child_enc, row.guardian_consent = seal(told, context=f"{ITEM}:{row.uid}"), guardian
    row.save()
    unit.created(row, kind=ITEM)
