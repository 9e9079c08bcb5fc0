"""Asking somebody how it was: once about one thing, by a link that holds for a while."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.conf import settings

from feidi.engines.findings import refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded
from feidi.kernel.feedback.access import require_edit
from feidi.kernel.feedback.kinds import ASK
from feidi.kernel.feedback.models import Ask
from feidi.kernel.feedback.selectors.asks import link_of, token_digest, token_of
from feidi.kernel.feedback.selectors.rules import Occasion, rules_of
from feidi.kernel.identity.models import User
from feidi.kernel.notify.sealed_body import mask_address
from feidi.kernel.notify.services import send_mail
from feidi.kernel.sealing import blind_index, seal
from feidi.kernel.subjects import Subject, new_uid

_ZONE: Final = ZoneInfo(settings.TIME_ZONE)


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose question it is: the numbers of the scopes of an outpost and of its home, and the home's place code."""

    outpost: int
    home: int | None
    place: str


@dataclass(frozen=True, slots=True)
class Respondent:
    """Who is asked. ``key`` names the person for good (``parties.person:<uid>``, an address); without ``email`` staff
    hand the link over themselves.
    """

    key: str
    name: str = ""
    email: str = ""


def ask(
    *,
    actor: Actor,
    now: datetime,
    subject: Subject,
    occasion: str,
    about: str,
    to: Respondent,
    whose: Whose,
    owner: User | None = None,
) -> Ask | None:
    """Ask ``to`` about ``subject`` on an occasion of content, and write to them where an address is known.

    The same person about the same thing on the same occasion: the first ask is returned, and nothing is sent again. None:
    the place does not ask on this occasion. ``about`` is what the page and the mail call it: it names no person.
    ``owner`` will follow up a bad score. Whether the actor may is the caller's question: asking is part of the act.
    """
    today = now.astimezone(_ZONE).date()
    rules = rules_of(whose.place, today)
    asked = rules.occasions.get(occasion)
    if asked is None:
        return None
    with recorded(actor=actor, now=now) as unit:
        uid = new_uid()
        row, made = Ask.objects.get_or_create(
            subject_kind=subject.kind,
            subject_uid=subject.uid,
            occasion=occasion,
            person_index=blind_index(to.key),
            defaults={
                "uid": uid,
                "scope_outpost": whose.outpost,
                "scope_home": whose.home,
                "place": whose.place,
                "about": about.strip()[:120],
                "counts": asked.counts,
                "to_enc": _sealed(uid, to),
                "to_hint": _hint(to),
                "owner": owner,
                "asked_on": today,
                "asked_by": actor.label[:160],
                "mailed": bool(to.email),
                "token_sha256": token_digest(token_of(uid, 1)),
                "expires_on": today + timedelta(days=rules.link_days),
                "created_at": now,
            },
        )
        if made:
            unit.created(row, kind=ASK)
            if to.email:
                _write(actor, now, row, asked, to.email)
    return row


def renew_link(*, actor: Actor, now: datetime, asked: Ask) -> Ask:
    """Make a new link with a new term; the one before opens nothing. Refused: no permission, answered already."""
    require_edit(actor, asked.scope_outpost)
    today = now.astimezone(_ZONE).date()
    with recorded(actor=actor, now=now) as unit:
        row = Ask.objects.select_for_update().get(pk=asked.pk)
        _refuse_answered(row)
        before = unit.before(row, ASK)
        row.generation += 1
        row.token_sha256 = token_digest(token_of(row.uid, row.generation))
        row.expires_on = today + timedelta(days=rules_of(row.place, today).link_days)
        row.withdrawn_on, row.withdrawn_reason = None, ""
        row.version += 1
        row.save()
        unit.changed(row, kind=ASK, before=before, action="link_renewed")
    return row


def withdraw_ask(*, actor: Actor, now: datetime, asked: Ask, reason: str) -> Ask:
    """Take a link back: it was sent to the wrong person. Refused: no permission, no reason, answered already."""
    require_edit(actor, asked.scope_outpost)
    words = reason.strip()[:300]
    if not words:
        raise refuse("feedback.reason_needed")
    with recorded(actor=actor, now=now) as unit:
        row = Ask.objects.select_for_update().get(pk=asked.pk)
        _refuse_answered(row)
        before = unit.before(row, ASK)
        row.token_sha256, row.generation = None, row.generation + 1
        row.withdrawn_on, row.withdrawn_reason = now.astimezone(_ZONE).date(), words
        row.version += 1
        row.save()
        unit.changed(row, kind=ASK, before=before, action="withdrawn", reason=words)
    return row


def message_of(asked: Ask, occasion: Occasion) -> str:
    """Return what is sent: by mail, or by staff in a chat. Both languages, clean lines."""
    return "\n".join(
        [
            f"{occasion.label.zh}：{asked.about}",
            "想请您用一分钟说说怎么样，一次有效：",
            link_of(asked),
            f"有效至 {asked.expires_on.isoformat()}。只有驻点的工作人员看得到您写的话，本地只看到汇总数字。",
            "",
            f"{occasion.label.en}: one minute, please – how was it? Only the outpost's staff reads your words.",
            "",
        ]
    )


def once_of(asked: Ask) -> str:
    """Return the name of the one mail of an ask."""
    return f"feedback:{asked.uid}"


def _write(actor: Actor, now: datetime, row: Ask, asked: Occasion, email: str) -> None:
    send_mail(
        actor=actor,
        now=now,
        to=email,
        subject="一分钟回访 One minute, please",
        text=message_of(row, asked),
        once=once_of(row),
    )


def _refuse_answered(row: Ask) -> None:
    if hasattr(row, "answer"):
        raise refuse("feedback.answered_already", on=row.answer.answered_on.isoformat())


def _sealed(uid: str, to: Respondent) -> bytes:
    if not (to.name or to.email):
        return b""
    return seal(json.dumps({"name": to.name, "email": to.email}, ensure_ascii=False), context=f"{ASK}:{uid}")


def _hint(to: Respondent) -> str:
    if to.name:
        return f"{to.name[:1]}**"
    return mask_address(to.email) if to.email else ""
