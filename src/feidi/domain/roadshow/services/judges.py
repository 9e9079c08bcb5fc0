"""评委: asked by account or by a link; taken off again; links renewed."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.models import Organization
from feidi.domain.parties.services.changing import changed, locked, said, today_of
from feidi.domain.roadshow.models import Assignment, Entry, Judge, Roadshow, Sheet
from feidi.domain.roadshow.roadshow_access import EDIT
from feidi.domain.roadshow.roadshow_enums import RoundPhase, SheetState
from feidi.domain.roadshow.roadshow_kinds import JUDGE, SHOW
from feidi.domain.roadshow.selectors.roadshow_rules import roadshow_rules
from feidi.domain.roadshow.services.recusing import find_recusals, take_back
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded
from feidi.kernel.identity.models import User
from feidi.kernel.notify.services import send_mail
from feidi.kernel.subjects import Subject
from feidi.kernel.todos.services import add_todo

_TOKEN: Final = 32
_LABEL: Final = 160


@dataclass(frozen=True, slots=True)
class NewJudge:
    """Who is asked: an account, or a name (then by link). ``mail``: where the link goes; it is not kept."""

    name: str = ""
    user: User | None = None
    works_for: Organization | None = None
    works_as: str = ""
    trades: Sequence[str] = ()
    mail: str = ""


def ask_judge(*, actor: Actor, now: datetime, show: Roadshow, new: NewJudge) -> tuple[Judge, str]:
    """Ask somebody to judge; returns the judge and, without an account, the token of the link, which is not kept.

    Entries tied to the judge on record are set aside at once. Refused: nobody named, on the panel already.
    """
    require(actor, EDIT, outpost_scope(show.outpost_id))
    name = new.user.display_name if new.user else said(new.name, "roadshow.judge_name_needed")
    with recorded(actor=actor, now=now) as unit:
        locked(show)
        live = show.judges.filter(voided_at__isnull=True)
        if live.filter(user=new.user).exists() if new.user else live.filter(name=name, user__isnull=True).exists():
            raise refuse("roadshow.judge_twice", judge=name)
        row = Judge(
            roadshow=show,
            name=name[:60],
            user=new.user,
            works_for=new.works_for,
            works_as=new.works_as.strip()[:120],
            trades=[each.strip() for each in new.trades if each.strip()],
            recorded_by=actor.label[:_LABEL],
            created_at=now,
        )
        token = "" if new.user else _give_link(row, now)
        row.save()
        unit.created(row, kind=JUDGE)
        find_recusals(unit=unit, judges=[row], entries=open_entries(show))
        _invite(actor, now, row, token, new.mail)
    return row, token


def renew_link(*, actor: Actor, now: datetime, judge: Judge, mail: str = "") -> str:
    """Give a judge a new link; the old one opens nothing any more. Refused: one who signs in."""
    require(actor, EDIT, outpost_scope(judge.roadshow.outpost_id))
    if judge.user_id is not None:
        raise refuse("roadshow.judge_signs_in", judge=judge.name)
    with recorded(actor=actor, now=now) as unit:
        with changed(unit, judge, kind=JUDGE, action="link_renewed") as row:
            token = _give_link(row, now)
        _invite(actor, now, row, token, mail)
    return token


def remove_judge(*, actor: Actor, now: datetime, judge: Judge, reason: str) -> Judge:
    """Take a judge off, with the reason; seats are freed. Refused: no reason, scores of his are locked in a round."""
    require(actor, EDIT, outpost_scope(judge.roadshow.outpost_id))
    why = said(reason, "roadshow.reason_needed")
    with recorded(actor=actor, now=now) as unit:
        if Sheet.objects.filter(judge=judge, state=SheetState.LOCKED, entry__voided_at__isnull=True).exists():
            raise refuse("roadshow.judge_has_scored", judge=judge.name)
        for seat in Assignment.objects.filter(judge=judge, voided_at__isnull=True):
            take_back(unit, seat, why)
        with changed(unit, judge, kind=JUDGE, reason=why, action="voided") as row:
            row.voided_at, row.void_reason, row.token_sha256 = now, why[:500], None
    return row


def judge_of_token(token: str, now: datetime) -> Judge:
    """Return the judge of a link. Refused alike: never there, replaced, past its day, taken off, the show taken back."""
    rows = Judge.objects.filter(token_sha256=_digest(token), voided_at__isnull=True, roadshow__voided_at__isnull=True)
    row = rows.select_related("roadshow__outpost__home").first()
    if row is None or row.token_until is None or row.token_until < today_of(now):
        raise refuse("roadshow.link_closed")
    return row


def open_entries(show: Roadshow) -> list[Entry]:
    """Return the entries of rounds in which somebody may still stand aside."""
    rows = Entry.objects.filter(round__roadshow=show, voided_at__isnull=True, round__voided_at__isnull=True)
    rows = rows.exclude(round__phase__in=[RoundPhase.CLOSED, RoundPhase.SEALED])
    return list(rows.select_related("project", "round").order_by("round__n", "position", "id"))


def _digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def _give_link(row: Judge, now: datetime) -> str:
    token = secrets.token_urlsafe(_TOKEN)
    show = row.roadshow
    days = timedelta(days=roadshow_rules(show.outpost).link_days)
    row.token_sha256, row.token_until = _digest(token), max(show.held_on, today_of(now)) + days
    return token


def _invite(actor: Actor, now: datetime, row: Judge, token: str, mail: str) -> None:
    """Tell an account by a to-do, an address by mail; who gave neither gets the link by hand."""
    show = row.roadshow
    if row.user is not None:
        what = _("请担任 {number} {title} 的评委：先声明回避").format(number=show.number, title=show.title_zh)
        add_todo(
            actor=actor, now=now, subject=Subject(SHOW, show.uid), what=what, assignee=row.user, due_on=show.held_on
        )
    if token and mail.strip():
        address = settings.FEIDI_URL.rstrip("/") + reverse("public:judging:judge_desk", args=[token])
        words = _(
            "{name}：请担任“{title}”（{day}）的评委。打开下面的链接，先声明与项目有没有关系，到时在平板上打分。"
            "链接只给您本人，请不要转发。\n\n{address}"
        )
        text = words.format(name=row.name, title=show.title_zh, day=show.held_on.isoformat(), address=address)
        send_mail(
            actor=actor,
            now=now,
            to=mail.strip(),
            subject=_("请担任路演评委：{title}").format(title=show.title_zh)[:160],
            text=text,
            once=f"roadshow.judge:{row.uid}:{row.version}",
        )
