"""A mail is a row first, leaves after the commit, is tried again, and its body is forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from smtplib import SMTPConnectError, SMTPRecipientsRefused
from typing import Any

import pytest
from django.core import mail as outbox
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction

from feidi.engines.findings import RefusedError
from feidi.kernel.access import ANONYMOUS, Actor, schedule_actor
from feidi.kernel.audit.models import AuditEntry
from feidi.kernel.identity.models import User
from feidi.kernel.jobs.enums import JobState
from feidi.kernel.jobs.models import Job
from feidi.kernel.jobs.services import run_pending
from feidi.kernel.notify import digests
from feidi.kernel.notify.access import can_view, visible_to
from feidi.kernel.notify.digests import Digest, Part, register_digest
from feidi.kernel.notify.enums import MailState
from feidi.kernel.notify.models import Mail, Subscription
from feidi.kernel.notify.selectors import list_own_mails, list_subscribers
from feidi.kernel.notify.services import (
    Attachment,
    choose_topics,
    deliver_mail,
    forget_old_mails,
    send_digests,
    send_mail,
    stop_all,
)
from feidi.kernel.notify.services.delivering import TRIES
from feidi.kernel.notify.services.subscriptions import stop_token
from tests.kernel.files.hosts import NOW, make_actor, make_user

pytestmark = pytest.mark.django_db
CLOCK = schedule_actor("notify.daily_digest")
INVITATION = b"BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n"


@pytest.fixture
def person() -> User:
    user = make_user("李四")
    user.email = "li.si@example.cn"
    user.save()
    return user


def actor_of(user: User) -> Actor:
    return make_actor(user=user)


def write(to: User | str, **more: Any) -> Mail:
    given = {"actor": CLOCK, "now": NOW, "subject": "会议改期", "text": "改到周五，见页面。"}
    return send_mail(to=to, **{**given, **more})


def run(later: timedelta = timedelta()) -> list[Job]:
    return run_pending(clock=lambda: NOW + later)


def test_a_mail_leaves_by_a_job_and_is_forgotten(person: User) -> None:
    mail = write(person, attachments=[Attachment("会.ics", "text/calendar; method=REQUEST", INVITATION)])
    assert (mail.state, mail.to_hint, outbox.outbox) == (MailState.QUEUED, "l***@example.cn", [])
    assert b"example.cn" not in bytes(mail.to_enc)
    assert "周五".encode() not in bytes(mail.body_enc)
    [job] = run()
    assert (job.state, job.result) == (JobState.DONE, {"state": "sent"})
    [sent] = outbox.outbox
    assert (sent.to, sent.subject, sent.body) == (["li.si@example.cn"], "会议改期", "改到周五，见页面。")
    [part] = [each for each in sent.message().walk() if each.get_content_type() == "text/calendar"]
    assert part.get_param("method") == "REQUEST"
    assert part.get_payload(decode=True) == INVITATION
    assert part.get_filename() == "会.ics"
    mail.refresh_from_db()
    assert (mail.state, mail.sent_at, bytes(mail.body_enc), mail.tries) == (MailState.SENT, NOW, b"", 1)
    # again is harmless
    assert deliver_mail(now=NOW, uid=mail.uid) is MailState.SENT
    assert len(outbox.outbox) == 1
    assert AuditEntry.objects.filter(subject_uid=mail.uid, action="mail_written").count() == 1


def test_what_is_rolled_back_is_never_sent(person: User) -> None:
    with transaction.atomic():
        write(person)
        transaction.set_rollback(True)
    assert (run(), Mail.objects.count(), outbox.outbox) == ([], 0, [])


def test_the_same_thing_is_written_once(person: User) -> None:
    assert write(person, once="会议 7") == write(person, once="会议 7", text="别的")
    assert write(person) != write(person)
    assert Mail.objects.count() == 3
    run()
    assert len(outbox.outbox) == 3


def test_a_server_that_does_not_answer_is_asked_again(person: User, monkeypatch: pytest.MonkeyPatch) -> None:
    mail = write(person)
    real, errors = EmailMessage.send, [SMTPConnectError(421, "later"), TimeoutError("later")]

    def send(self: EmailMessage, *args: Any, **kwargs: Any) -> int:
        if errors:
            raise errors.pop(0)
        return real(self, *args, **kwargs)

    monkeypatch.setattr(EmailMessage, "send", send)
    for later, error in ((0, SMTPConnectError), (11, TimeoutError)):
        with pytest.raises(error):
            run(timedelta(seconds=later))
        mail.refresh_from_db()
        assert (mail.state, mail.error) == (MailState.QUEUED, error.__name__)
    assert run(timedelta(seconds=20)) == [], "not before its time"
    run(timedelta(minutes=2))
    mail.refresh_from_db()
    assert (mail.state, mail.error, mail.tries) == (MailState.SENT, "", 3)


def test_at_last_it_is_given_up(person: User, monkeypatch: pytest.MonkeyPatch) -> None:
    mail, later = write(person), timedelta()

    def send(self: EmailMessage, *args: Any, **kwargs: Any) -> int:
        raise TimeoutError

    monkeypatch.setattr(EmailMessage, "send", send)
    for _ in range(TRIES):
        with pytest.raises(TimeoutError):
            run(later)
        later += timedelta(hours=2)
    assert run(later) == []
    mail.refresh_from_db()
    assert (mail.state, mail.tries, bytes(mail.body_enc)) == (MailState.FAILED, TRIES, b"")


def test_an_address_that_the_server_refuses_is_not_tried_again(person: User, monkeypatch: pytest.MonkeyPatch) -> None:
    mail = write(person)

    def send(self: EmailMessage, *args: Any, **kwargs: Any) -> int:
        raise SMTPRecipientsRefused({person.email: (550, b"no such user")})

    monkeypatch.setattr(EmailMessage, "send", send)
    [job] = run()
    assert (job.state, job.error_code) == (JobState.FAILED, "notify.refused_by_server")
    mail.refresh_from_db()
    assert (mail.state, mail.error) == (MailState.FAILED, "SMTPRecipientsRefused")
    assert person.email not in str(job.error_params)


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"to": "not an address"}, "bad_address"),
        ({"to": "a@b.cn\nBcc: c@d.cn"}, "bad_address"),
        ({"to": ""}, "bad_address"),
        ({"subject": " "}, "bad_subject"),
        ({"subject": "一\nBcc: c@d.cn"}, "bad_subject"),
        ({"subject": "长" * 161}, "bad_subject"),
        ({"text": " \n"}, "no_text"),
        ({"attachments": [Attachment("大.bin", "application/octet-stream", bytes(2 * 1024 * 1024 + 1))]}, "too_big"),
        ({"attachments": [Attachment("../x", "text/plain", b"")]}, "bad_attachment"),
        ({"attachments": [Attachment("x", "calendar", b"")]}, "bad_attachment"),
    ],
)
def test_what_cannot_be_sent(more: dict[str, Any], code: str) -> None:
    with pytest.raises(RefusedError, match=rf"notify\.{code}"):
        write(**{"to": "a@example.cn", **more})
    assert (Mail.objects.count(), Job.objects.count()) == (0, 0)


def test_an_account_that_cannot_get_mail(person: User) -> None:
    person.email = ""
    with pytest.raises(RefusedError, match=r"notify\.no_address"):
        write(person)
    person.email, person.is_active = "li.si@example.cn", False
    with pytest.raises(RefusedError, match=r"notify\.account_closed"):
        write(person)


def test_only_the_own_mails_are_seen(person: User) -> None:
    own, other, nobodys = write(person), write("wang@example.cn"), write("zhao@example.cn")
    me, else_ = actor_of(person), actor_of(make_user("别人"))
    assert list(list_own_mails(me)) == [own]
    for actor in (me, else_, ANONYMOUS, CLOCK):
        seen = set(visible_to(actor, Mail.objects.all()))
        assert seen == {each for each in (own, other, nobodys) if can_view(actor, each)}
    assert not set(visible_to(else_, Mail.objects.all()))


def test_a_sent_mail_has_no_body(person: User) -> None:
    mail = write(person)
    with pytest.raises(IntegrityError), transaction.atomic():
        Mail.objects.filter(pk=mail.pk).update(state=MailState.SENT, sent_at=NOW)


def test_what_could_not_be_sent_is_forgotten(person: User) -> None:
    mail = write(person)
    assert forget_old_mails(now=NOW + timedelta(days=29)) == 0
    assert forget_old_mails(now=NOW + timedelta(days=31)) == 1
    mail.refresh_from_db()
    assert (mail.state, bytes(mail.body_enc)) == (MailState.FAILED, b"")
    assert forget_old_mails(now=NOW + timedelta(days=31)) == 0


@pytest.fixture
def topic() -> Iterator[list[str]]:
    """A topic whose lines the test sets."""
    lines: list[str] = []

    def part(actor: Actor, now: datetime) -> Part | None:
        return Part(list(lines), "/todos/") if lines and actor.user_id and now else None

    register_digest(Digest("test.news", "新鲜事", "有新的", lambda _actor: True, part))
    try:
        yield lines
    finally:
        digests._DIGESTS.pop("test.news")


def subscribe(person: User, *topics: str) -> list[Subscription]:
    return choose_topics(actor=actor_of(person), now=NOW, user=person, topics=topics or ("test.news",))


def test_no_digest_unless_asked_for(person: User, topic: list[str]) -> None:
    topic.append("XQ-1 有新的供给")
    assert send_digests(actor=CLOCK, now=NOW) == 0
    subscribe(person)
    assert send_digests(actor=CLOCK, now=NOW) == 1
    run()
    [sent] = outbox.outbox
    assert sent.subject == "今日摘要 2026-11-23"
    assert "新鲜事\n- XQ-1 有新的供给\nhttp://localhost/todos/" in sent.body
    assert "李四" not in sent.body
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert sent.extra_headers["List-Unsubscribe"].strip("<>") in sent.body


def test_one_digest_a_day_and_none_without_news(person: User, topic: list[str]) -> None:
    subscribe(person)
    assert send_digests(actor=CLOCK, now=NOW) == 0
    topic.extend(f"XQ-{at}" for at in range(20))
    send_digests(actor=CLOCK, now=NOW)
    send_digests(actor=CLOCK, now=NOW + timedelta(hours=3))
    assert Mail.objects.count() == 1
    run()
    assert "另有 8 条" in outbox.outbox[0].body
    send_digests(actor=CLOCK, now=NOW + timedelta(days=1))
    assert Mail.objects.count() == 2


def test_the_digest_speaks_the_readers_language(person: User, topic: list[str]) -> None:
    person.language = "en"
    person.save()
    topic.append("N-1")
    subscribe(person)
    send_digests(actor=CLOCK, now=NOW)
    run()
    assert "2026-11-23" in outbox.outbox[0].subject


def test_one_tap_ends_it(person: User, topic: list[str]) -> None:
    topic.append("XQ-1")
    subscribe(person)
    token = stop_token(person)
    assert stop_all(actor=ANONYMOUS, now=NOW, token=token) == 1
    assert stop_all(actor=ANONYMOUS, now=NOW, token=token) == 0
    assert (list_subscribers(), send_digests(actor=CLOCK, now=NOW)) == ([], 0)
    with pytest.raises(RefusedError, match=r"notify\.link_unknown"):
        stop_all(actor=ANONYMOUS, now=NOW, token=token + "x")
    subscribe(person)
    assert list_subscribers() == [person]


def test_nobody_subscribes_another(person: User, topic: list[str]) -> None:
    other = actor_of(make_user("别人"))
    with pytest.raises(RefusedError, match=r"notify\.not_yours"):
        choose_topics(actor=other, now=NOW, user=person, topics=["test.news"])
    with pytest.raises(RefusedError, match=r"notify\.nobody"):
        choose_topics(actor=CLOCK, now=NOW, user=person, topics=["test.news"])
    with pytest.raises(RefusedError, match=r"notify\.unknown_topic"):
        subscribe(person, "no.such")
    [row] = subscribe(person)
    assert subscribe(person) == [row]
    assert choose_topics(actor=actor_of(person), now=NOW, user=person, topics=[]) == []
    person.email = ""
    with pytest.raises(RefusedError, match=r"notify\.no_address"):
        subscribe(person)
    assert [each.action for each in AuditEntry.objects.filter(subject_uid=row.uid).order_by("id")] == [
        "created",
        "ended",
    ]


def test_who_has_left_gets_nothing(person: User, topic: list[str]) -> None:
    topic.append("XQ-1")
    subscribe(person)
    person.is_active = False
    person.save()
    assert send_digests(actor=CLOCK, now=NOW) == 0
