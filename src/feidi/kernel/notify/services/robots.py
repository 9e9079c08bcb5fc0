"""Robots of chat groups: entered, tried, spoken through. A message leaves by a job after the commit and is tried again."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db.models import F, QuerySet

from feidi.engines.findings import refuse
from feidi.kernel.access import Actor, schedule_actor
from feidi.kernel.audit import recorded
from feidi.kernel.jobs.services import enqueue
from feidi.kernel.notify.access import ROBOT
from feidi.kernel.notify.enums import MailState, RobotKind
from feidi.kernel.notify.models import Robot, RobotMessage
from feidi.kernel.notify.robots.guard import check_address
from feidi.kernel.notify.robots.posting import NoAnswerError, hand_over
from feidi.kernel.notify.robots.writing import outcome_of, write_post
from feidi.kernel.sealing import seal, unseal
from feidi.kernel.subjects import Subject, new_uid

#: The job that sends one message, and how often it is tried (10 s, 40 s, 160 s … apart).
SAY: Final = "notify.robot_say"
SAY_TRIES: Final = 6
_SHOWN: Final = 4


class BusyError(Exception):
    """The group's vendor is busy or does not answer: to be tried again."""


def add_robot(
    *, actor: Actor, now: datetime, subject: Subject, kind: RobotKind, name: str, address: str, secret: str = ""
) -> Robot:
    """Enter a robot of the row that it speaks for. Whether ``actor`` may is for the calling service to decide.

    Refused: no name or one that is taken, an address that is not the vendor's own (or the setting's) over https.
    """
    name, address = name.strip()[:80], check_address(kind, address.strip())
    if not name:
        raise refuse("notify.robot_name")
    with recorded(actor=actor, now=now) as unit:
        taken = robots_of(subject).filter(name=name)
        if taken.exists():
            raise refuse("notify.robot_name_taken", name=name)
        uid = new_uid()
        row = Robot.objects.create(
            uid=uid,
            subject_kind=subject.kind,
            subject_uid=subject.uid,
            kind=kind,
            name=name,
            address_enc=seal(address, context=_context(uid, "address")),
            address_hint=address_hint(address),
            secret_enc=seal(secret.strip(), context=_context(uid, "secret")) if secret.strip() else b"",
            recorded_by=actor.label[:160],
            created_at=now,
        )
        unit.created(row, kind=ROBOT)
    return row


def void_robot(*, actor: Actor, now: datetime, robot: Robot, reason: str) -> Robot:
    """Use a robot no more; its address and secret are forgotten. Refused: no reason, out of use before."""
    if not reason.strip():
        raise refuse("notify.robot_void_needs_reason")
    with recorded(actor=actor, now=now) as unit:
        row = Robot.objects.select_for_update().get(pk=robot.pk)
        _refuse_voided(row)
        before = unit.before(row, ROBOT)
        row.voided_at, row.void_reason, row.version = now, reason.strip()[:500], row.version + 1
        row.address_enc, row.secret_enc = b"", b""
        row.save(update_fields=["voided_at", "void_reason", "version", "address_enc", "secret_enc"])
        unit.changed(row, kind=ROBOT, before=before, reason=row.void_reason, action="voided")
    return row


def say(*, actor: Actor, now: datetime, robot: Robot, title: str, text: str, once: str = "") -> RobotMessage:
    """Write a message to a robot's group; it leaves by a job after the commit.

    ``once``: a name of this very message; the second time the first one is returned and nothing is sent, unless that one
    was given up: then it is written anew, and the old one stays beside it. Refused: a robot out of use, no text.
    """
    _refuse_voided(robot)
    if not text.strip():
        raise refuse("notify.robot_no_text")
    with recorded(actor=actor, now=now) as unit:
        known = RobotMessage.objects.filter(once=once).first() if once else None
        if known is not None and known.state != MailState.FAILED:
            return known
        if known is not None:
            RobotMessage.objects.filter(pk=known.pk).update(once="")
        uid = new_uid()
        message = RobotMessage.objects.create(
            uid=uid,
            robot=robot,
            title=title[:80],
            text_enc=seal(text.strip(), context=_context(uid, "text")),
            once=once,
            created_at=now,
            created_by=actor.label[:160],
        )
        unit.acted("robot_told", kind=ROBOT, uid=robot.uid, message=uid)
        enqueue(SAY, actor=schedule_actor(SAY), now=now, title=SAY, message=uid)
    return message


def deliver_message(*, now: datetime, uid: str, last: bool = False) -> MailState:
    """Post one message and forget its text; returns where it stands.

    Sent already: nothing happens. Busy (429, 5xx, no answer): ``BusyError``, and with ``last`` it is given up. The vendor
    says no: given up at once, and refused. A crash between posting and writing that down sends it twice.
    """
    message = RobotMessage.objects.select_related("robot").filter(uid=uid).first()
    if message is None or message.state != MailState.QUEUED:
        return MailState(message.state) if message else MailState.FAILED
    robot = message.robot
    if robot.voided_at is not None:
        _note(message, "voided", given_up=True)
        _refuse_voided(robot)
    kind = RobotKind(robot.kind)
    address = check_address(kind, unseal(robot.address_enc, context=_context(robot.uid, "address")))
    secret = unseal(robot.secret_enc, context=_context(robot.uid, "secret")) if robot.secret_enc else ""
    text = unseal(message.text_enc, context=_context(message.uid, "text"))
    try:
        status, answer = hand_over(write_post(kind, address, secret, text, message.title, now))
    except NoAnswerError as error:
        _note(message, str(error), given_up=last)
        raise BusyError(str(error)) from None
    outcome, code = outcome_of(kind, status, answer)
    if outcome == "busy":
        _note(message, code, given_up=last)
        raise BusyError(code)
    if outcome == "refused":
        _note(message, code, given_up=True)
        raise refuse("notify.robot_refused", name=robot.name, code=code)
    queued = RobotMessage.objects.filter(pk=message.pk, state=MailState.QUEUED)
    queued.update(state=MailState.SENT, sent_at=now, text_enc=b"", tries=F("tries") + 1, error="")
    return MailState.SENT


def robots_of(subject: Subject) -> QuerySet[Robot]:
    """Return the robots in use of a row."""
    rows = Robot.objects.filter(subject_kind=subject.kind, subject_uid=subject.uid, voided_at__isnull=True)
    return rows.order_by("name", "id")


def address_hint(address: str) -> str:
    """Return the host and the last four characters: enough to tell two robots apart, not enough to use one.

    >>> address_hint("https://open.feishu.cn/open-apis/bot/v2/hook/0123456789abcd")
    'open.feishu.cn…abcd'
    """
    host = address.partition("//")[2].partition("/")[0]
    return f"{host}…{address[-_SHOWN:]}"[:80]


def _refuse_voided(row: Robot) -> None:
    if row.voided_at is not None:
        raise refuse("notify.robot_voided", name=row.name, reason=row.void_reason)


def _note(message: RobotMessage, error: str, *, given_up: bool) -> None:
    state = MailState.FAILED if given_up else MailState.QUEUED
    values = {"text_enc": b""} if given_up else {}
    RobotMessage.objects.filter(pk=message.pk).update(state=state, tries=F("tries") + 1, error=error[:80], **values)


def _context(uid: str, part: str) -> str:
    return f"notify.robot:{uid}:{part}"
