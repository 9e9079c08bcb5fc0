"""A case is delivered, and confirmed by the talent through a link of its own, with a score and a word."""

from __future__ import annotations

import secrets
from datetime import date, datetime, timedelta
from typing import Final

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.selectors.feedback import whose_of
from feidi.domain.parties.services.changing import changed, today_of
from feidi.domain.talent.access import EDIT, is_self
from feidi.domain.talent.enums import CaseState, ItemState
from feidi.domain.talent.kinds import CASE, TALENT
from feidi.domain.talent.models import GreenCase
from feidi.domain.talent.selectors.catalogue import catalogue_of
from feidi.domain.talent.selectors.delivery import case_of_token, token_digest
from feidi.domain.talent.services.cases import end_pause
from feidi.domain.talent.services.changing import not_ahead
from feidi.domain.talent.services.deadlines import stop_case_clock
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor, ActorKind
from feidi.kernel.audit import recorded
from feidi.kernel.feedback.enums import Via
from feidi.kernel.feedback.services.answering import Given, answer_ask
from feidi.kernel.feedback.services.asking import Respondent, ask
from feidi.kernel.subjects import Subject

#: The occasion of content on which a talent is asked.
OCCASION: Final = "case"
_TOKEN_BYTES: Final = 32
_SCORES: Final = range(1, 6)


def deliver_case(*, actor: Actor, now: datetime, case: GreenCase, on: date | None = None) -> tuple[GreenCase, str]:
    """Deliver a case whose items are all over; returns it and the token of its link, which is not kept.

    The clock ends with this day, in time or late. Refused: no permission, over before, an item still open, a day before
    the last item ended or in the future.
    """
    require(actor, EDIT, outpost_scope(case.outpost_id))
    day = not_ahead(on, now)
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    with recorded(actor=actor, now=now) as unit, changed(unit, case, kind=CASE, action="delivered") as row:
        if row.state != CaseState.OPEN:
            raise refuse("talent.case_over", number=row.number, state=str(CaseState(row.state).label))
        items = list(row.items.all())
        open_ones = [each.title for each in items if each.state not in {ItemState.DONE, ItemState.REFUSED}]
        if open_ones:
            raise refuse("talent.items_open", titles="、".join(open_ones))
        last = max(each.finished_on or row.opened_on for each in items)
        if day < last:
            raise refuse("talent.date_before", value=day.isoformat(), first=last.isoformat())
        end_pause(row, day)
        row.state, row.delivered_on = CaseState.DELIVERED, day
        _set_link(row, token, now)
        stop_case_clock(actor=actor, now=now, case=row, on=day)
    return row, token


def renew_delivery_link(*, actor: Actor, now: datetime, case: GreenCase) -> tuple[GreenCase, str]:
    """Make a new link; the one before opens nothing any more. Refused: no permission, not waiting to be confirmed."""
    require(actor, EDIT, outpost_scope(case.outpost_id))
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    with recorded(actor=actor, now=now) as unit, changed(unit, case, kind=CASE, action="link_renewed") as row:
        _refuse_unless_delivered(row)
        _set_link(row, token, now)
    return row, token


def confirm_by_link(*, now: datetime, token: str, score: int, word: str = "") -> GreenCase:
    """Take the confirmation of whoever holds the link, once. On record as anonymous, under the receipt's number.

    Refused: a link that is unknown, used or expired (alike), a score that is none.
    """
    case = case_of_token(token, now)
    actor = Actor(kind=ActorKind.TOKEN, label=f"人才确认：{case.number}")
    return _confirm(actor, now, case, score, word, token=token)


def confirm_own(*, actor: Actor, now: datetime, case: GreenCase, score: int, word: str = "") -> GreenCase:
    """Take the confirmation of the talent who is signed in. Refused: somebody else's case, not delivered, no score."""
    if not is_self(actor, case.talent):
        raise refuse("talent.not_yours")
    return _confirm(actor, now, case, score, word)


def _confirm(actor: Actor, now: datetime, case: GreenCase, score: int, word: str, *, token: str = "") -> GreenCase:
    if score not in _SCORES:
        raise refuse("talent.score", value=score)
    with recorded(actor=actor, now=now) as unit, changed(unit, case, kind=CASE, action="confirmed") as row:
        if token and row.token_sha256 != token_digest(token):  # used or renewed a moment ago
            raise refuse("talent.link_closed")
        _refuse_unless_delivered(row)
        row.state, row.score, row.word, row.confirmed_at = CaseState.CONFIRMED, score, word.strip()[:300], now
        row.token_sha256 = row.link_expires_on = None
        _count_answer(actor, now, row)
    return row


def _count_answer(actor: Actor, now: datetime, case: GreenCase) -> None:
    """Let the score count as the answer about this case: the talent is not asked a second time."""
    asked = ask(
        actor=actor,
        now=now,
        subject=Subject(CASE, case.uid),
        occasion=OCCASION,
        about=case.number,
        to=Respondent(f"{TALENT}:{case.talent.uid}"),
        whose=whose_of(case.outpost),
        owner=case.officer,
    )
    if asked is not None:
        answer_ask(actor=actor, now=now, asked=asked, given=Given(case.score, words=case.word), via=Via.HANDOVER)


def _refuse_unless_delivered(case: GreenCase) -> None:
    if case.state != CaseState.DELIVERED:
        raise refuse("talent.not_delivered", number=case.number, state=str(CaseState(case.state).label))


def _set_link(case: GreenCase, token: str, now: datetime) -> None:
    today = today_of(now)
    case.token_sha256 = token_digest(token)
    case.link_expires_on = today + timedelta(days=catalogue_of(case.outpost, today).link_days)
