"""Answering, once; a bad score opens a follow-up with a clock."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import QuerySet

from feidi.engines.findings import refuse
from feidi.kernel.access import Actor, ActorKind
from feidi.kernel.audit import Unit, recorded
from feidi.kernel.calendar.clock import Unit as Days
from feidi.kernel.deadlines.clock import ClockSpec
from feidi.kernel.deadlines.services import start_clock, stop_all_clocks
from feidi.kernel.events import publish
from feidi.kernel.feedback.access import require_edit
from feidi.kernel.feedback.enums import Via
from feidi.kernel.feedback.events import Answered
from feidi.kernel.feedback.kinds import ANSWER, ASK, FOLLOW_UP
from feidi.kernel.feedback.models import Answer, Ask, FollowUp
from feidi.kernel.feedback.models.answer import BEST, SURE
from feidi.kernel.feedback.selectors.asks import ask_of_token, token_digest
from feidi.kernel.feedback.selectors.rules import FeedbackRules, Occasion, rules_of
from feidi.kernel.feedback.services.asking import once_of
from feidi.kernel.identity.models import User
from feidi.kernel.notify.services import forget_addresses
from feidi.kernel.sealing import blind_index, seal
from feidi.kernel.subjects import Subject, new_uid
from feidi.kernel.todos.models import Todo
from feidi.kernel.todos.services import add_todo, reassign_todos, settle_todos

CLOCK: Final = "feedback.follow_up"
FOLLOWED: Final = "followed_up"
_TODO: Final = "回访：评价不满意"
_ZONE: Final = ZoneInfo(settings.TIME_ZONE)
_LONGEST: Final = 500
#: Why a question nobody answered is taken back when its person is forgotten. Stands in the row: Chinese, like the data.
_FORGOTTEN: Final = "个人信息已删除"


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody says: 1–5, 0–10, a reason's code, words. None and empty: not said."""

    satisfaction: int | None = None
    recommend: int | None = None
    reason: str = ""
    words: str = ""


def answer_by_link(*, now: datetime, token: str, given: Given) -> tuple[Answer, bool]:
    """Take what the holder of a link says; answered before, the first answer is returned with False.

    Refused: a link that is unknown, taken back or expired (alike), a score out of range, an unknown reason, nothing said.
    """
    asked = ask_of_token(token, now.astimezone(_ZONE).date())
    actor = Actor(kind=ActorKind.TOKEN, label="满意度链接")
    return _answer(actor, now, asked, given, Via.LINK, token=token)


def answer_ask(*, actor: Actor, now: datetime, asked: Ask, given: Given, via: Via) -> tuple[Answer, bool]:
    """Take down what was said in an owner app's own form, so that it is not asked twice.

    Answered before: the first answer is returned with False. Refused as above. Whether the actor may is the caller's question.
    """
    return _answer(actor, now, asked, given, via)


def close_follow_up(*, actor: Actor, now: datetime, follow_up: FollowUp, done: str) -> FollowUp:
    """End a follow-up with what was done. Its clock stops, its to-do is done.

    Refused: no permission, nothing said, ended before.
    """
    require_edit(actor, follow_up.scope_outpost)
    words = done.strip()[:_LONGEST]
    if not words:
        raise refuse("feedback.done_says_nothing")
    today = now.astimezone(_ZONE).date()
    with recorded(actor=actor, now=now) as unit:
        row = _open(follow_up)
        before = unit.before(row, FOLLOW_UP)
        row.closed_on, row.closed_by, row.done = today, actor.label[:160], words
        row.version += 1
        row.save()
        unit.changed(row, kind=FOLLOW_UP, before=before, action="closed")
        subject = Subject(FOLLOW_UP, row.uid)
        stop_all_clocks(actor=actor, now=now, subject=subject, on=today)
        settle_todos(
            actor=actor, now=now, todos=Todo.objects.filter(subject_kind=subject.kind, subject_uid=subject.uid)
        )
    return row


def assign_follow_up(*, actor: Actor, now: datetime, follow_up: FollowUp, owner: User) -> FollowUp:
    """Say who asks after it; the to-do goes along. Refused: no permission, ended before."""
    require_edit(actor, follow_up.scope_outpost)
    with recorded(actor=actor, now=now) as unit:
        row = _open(follow_up)
        before, giver = unit.before(row, FOLLOW_UP), row.owner
        row.owner = owner
        row.version += 1
        row.save()
        unit.changed(row, kind=FOLLOW_UP, before=before, action="assigned")
        open_ones = Todo.objects.filter(subject_kind=FOLLOW_UP, subject_uid=row.uid, done_at__isnull=True)
        if giver is None:
            _remind(actor, now, row)
        elif giver != owner:
            uids = list(open_ones.values_list("uid", flat=True))
            reassign_todos(actor=actor, now=now, uids=uids, giver=giver, taker=owner, reason="回访转交")
    return row


def forget_words(*, actor: Actor, now: datetime, subject: Subject) -> int:
    """Forget the words that were said about a row, and who said them, because the person has it erased; return how many.

    The scores stay: they name nobody. Whether the actor may is the caller's question.
    """
    return _forget(actor, now, Ask.objects.filter(subject_kind=subject.kind, subject_uid=subject.uid), words=True)


def forget_person(
    *, actor: Actor, now: datetime, keys: Iterable[str], subject: Subject | None = None, words: bool = True
) -> int:
    """Forget who was asked under any of ``keys`` (see ``Respondent.key``), about ``subject`` or anything; return how many.

    Name, address, the link and the digest of the key go, and the address of the mail that went out; with ``words`` also
    what was said (without: their time is over, but not at their wish). Scores stay: they name nobody. A question that
    was not answered is taken back. Whether the actor may is the caller's question.
    """
    rows = Ask.objects.filter(person_index__in=[blind_index(each) for each in keys if each])
    if subject is not None:
        rows = rows.filter(subject_kind=subject.kind, subject_uid=subject.uid)
    return _forget(actor, now, rows, words=words)


def _forget(actor: Actor, now: datetime, rows: QuerySet[Ask], *, words: bool) -> int:
    today = now.astimezone(_ZONE).date()
    with recorded(actor=actor, now=now) as unit:
        found = list(rows.select_for_update(of=("self",)).select_related("answer").order_by("pk"))
        for row in found:
            before = unit.before(row, ASK)
            row.to_enc, row.to_hint, row.person_index = b"", "", f"forgotten:{row.uid}"
            row.token_sha256, row.generation = None, row.generation + 1
            if not hasattr(row, "answer") and row.withdrawn_on is None:
                row.withdrawn_on, row.withdrawn_reason = today, _FORGOTTEN
            row.version += 1
            row.save()
            unit.changed(row, kind=ASK, before=before, action="forgotten")
            if words and hasattr(row, "answer"):
                _forget_words(unit, row.answer)
            forget_addresses(once=once_of(row))
    return len(found)


def _forget_words(unit: Unit, answer: Answer) -> None:
    before = unit.before(answer, ANSWER)
    answer.words_enc, answer.version = b"", answer.version + 1
    answer.save()
    unit.changed(answer, kind=ANSWER, before=before, action="words_forgotten")


def _answer(actor: Actor, now: datetime, asked: Ask, given: Given, via: Via, *, token: str = "") -> tuple[Answer, bool]:
    rules = rules_of(asked.place, asked.asked_on)
    occasion = rules.occasions.get(asked.occasion)
    if occasion is None:
        raise refuse("feedback.link_closed")
    _check(occasion, given)
    today, uid = now.astimezone(_ZONE).date(), new_uid()
    with recorded(actor=actor, now=now) as unit:
        row = Ask.objects.select_for_update(of=("self",)).get(pk=asked.pk)
        if token and row.token_sha256 != token_digest(token):  # renewed or taken back a moment ago
            raise refuse("feedback.link_closed")
        words = given.words.strip()[:_LONGEST]
        answer, made = Answer.objects.get_or_create(
            ask=row,
            defaults={
                "uid": uid,
                "scope_outpost": row.scope_outpost,
                "scope_home": row.scope_home,
                "occasion": row.occasion,
                "about": row.about,
                "counts": row.counts,
                "satisfaction": given.satisfaction,
                "recommend": given.recommend,
                "reason": given.reason,
                "words_enc": seal(words, context=f"{ANSWER}:{uid}") if words else b"",
                "via": via,
                "answered_on": today,
                "created_at": now,
            },
        )
        if made:
            unit.created(answer, kind=ANSWER)
            if rules.is_bad(given.satisfaction, given.recommend):
                _follow_up(actor, now, unit, answer, rules)
            publish(Answered(answer.uid, row.subject_kind, row.subject_uid, row.occasion, given.satisfaction, words))
    return answer, made


def _check(occasion: Occasion, given: Given) -> None:
    if given.satisfaction is not None and not 1 <= given.satisfaction <= BEST:
        raise refuse("feedback.satisfaction", value=given.satisfaction)
    if given.recommend is not None and not 0 <= given.recommend <= SURE:
        raise refuse("feedback.recommend", value=given.recommend)
    if given.reason and given.reason not in occasion.reasons:
        raise refuse("feedback.reason_unknown", value=given.reason[:40])
    if given.satisfaction is None and given.recommend is None and not given.reason:
        raise refuse("feedback.says_nothing")


def _follow_up(actor: Actor, now: datetime, unit: Unit, answer: Answer, rules: FeedbackRules) -> None:
    uid, asked_for = new_uid(), answer.ask.owner
    # an answer may come when whoever asked has left: then it stands open for the others, on nobody's desk
    owner = asked_for if asked_for is not None and asked_for.is_active else None
    spec = ClockSpec(CLOCK, "不满意回访", "Follow-up of a bad score", rules.follow_up_days, Days.WORKING, FOLLOWED)
    clock = start_clock(
        actor=actor,
        now=now,
        subject=Subject(FOLLOW_UP, uid),
        clock=spec,
        on=answer.answered_on,
        scope_outpost=answer.scope_outpost,
    )
    row = FollowUp.objects.create(
        uid=uid,
        answer=answer,
        scope_outpost=answer.scope_outpost,
        about=answer.about,
        owner=owner,
        opened_on=answer.answered_on,
        due_on=clock.due_on,
        created_at=now,
    )
    unit.created(row, kind=FOLLOW_UP)
    if row.owner is not None:
        _remind(actor, now, row)


def _remind(actor: Actor, now: datetime, row: FollowUp) -> None:
    subject = Subject(FOLLOW_UP, row.uid)
    add_todo(actor=actor, now=now, subject=subject, what=_TODO, assignee=row.owner, due_on=row.due_on)


def _open(follow_up: FollowUp) -> FollowUp:
    row = FollowUp.objects.select_for_update(of=("self",)).select_related("owner").get(pk=follow_up.pk)
    if row.closed_on is not None:
        raise refuse("feedback.follow_up_closed", on=row.closed_on.isoformat(), by=row.closed_by)
    return row
