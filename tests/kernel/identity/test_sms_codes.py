"""Codes by SMS: nobody learns who has a number, nobody guesses, nobody floods."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from feidi.engines.findings import RefusedError
from feidi.kernel.audit.verify import verify
from feidi.kernel.identity import sms
from feidi.kernel.identity.enums import SmsPurpose
from feidi.kernel.identity.models import SignInAttempt, SmsCode, User
from feidi.kernel.identity.services.phones import (
    clean_mobile,
    find_phone,
    find_user_by_phone,
    phone_index,
    remove_phone,
    set_phone,
)
from feidi.kernel.identity.services.sms_codes import ask_code, prune_codes, take_code
from feidi.kernel.jobs.register import schedule_kinds
from tests.kernel.identity.people import ADMIN, NUMBER, a_user, themselves

pytestmark = pytest.mark.django_db
STRANGE = "13800005678"


@pytest.fixture(autouse=True)
def outbox(settings: Any) -> Iterator[list[sms.Message]]:
    """The fake gateway's messages; sending is waited for by ``ask``."""
    settings.FEIDI_SMS_GATEWAY = "memory"
    sms.MemoryGateway.outbox.clear()
    yield sms.MemoryGateway.outbox
    sms.settle()


def with_phone(now: datetime, number: str = NUMBER) -> User:
    user = a_user(now)
    set_phone(actor=ADMIN, now=now, user=user, number=number)
    return user


def ask(now: datetime, number: str = NUMBER, address: str | None = "10.0.0.1") -> str:
    """Ask for a code; returns the code of the refusal, empty when there was none."""
    try:
        ask_code(now=now, number=number, address=address, purpose=SmsPurpose.SIGN_IN)
    except RefusedError as error:
        return error.refusal.code
    sms.settle()
    return ""


def take(now: datetime, code: str, number: str = NUMBER) -> User | str:
    try:
        return take_code(now=now, index=phone_index(number), code=code, purpose=SmsPurpose.SIGN_IN, address="10.0.0.1")
    except RefusedError as error:
        return error.refusal.code


def test_a_code_signs_its_owner_in_once(now: datetime, outbox: list[sms.Message]) -> None:
    user = with_phone(now, "+86 139-0000-1234")
    assert ask(now) == ""
    (message,) = outbox
    assert (message.number, len(message.code)) == (NUMBER, 6)
    assert message.code in message.text
    assert "5 分钟" in message.text
    row = SmsCode.objects.get()
    assert message.code not in row.digest
    assert NUMBER not in row.phone_index
    assert take(now, f" {message.code} ") == user
    assert take(now, message.code) == "identity.sms_code_wrong"


def test_an_old_code_and_one_tried_too_often_open_nothing(now: datetime, outbox: list[sms.Message]) -> None:
    with_phone(now)
    ask(now)
    assert take(now + timedelta(minutes=5), outbox[0].code) == "identity.sms_code_wrong"
    later = now + timedelta(minutes=10)
    ask(later)
    # the code before does not stand beside the new one
    assert take(later, outbox[0].code) == "identity.sms_code_wrong"
    for _guess in range(4):
        assert take(later, "0000000") == "identity.sms_code_wrong"
    assert take(later, outbox[1].code) == "identity.sms_code_wrong"
    # guessing codes locks no account: anybody could do that to anybody
    assert not SignInAttempt.objects.filter(login="zhang.san").exists()
    assert SignInAttempt.objects.filter(login__startswith="sms:", succeeded=False).count() == 7


def test_a_strange_number_is_answered_alike(now: datetime, outbox: list[sms.Message]) -> None:
    user = with_phone(now)
    answers = {}
    for number in (NUMBER, STRANGE):
        row = [ask(now, number, None), ask(now + timedelta(seconds=59), number, None)]
        row += [str(take(now, "0000000", number)) for _ in range(6)]
        for minute in range(1, 6):
            row.append(ask(now + timedelta(minutes=minute), number, None))
        answers[number] = row
    assert answers[NUMBER] == answers[STRANGE]
    assert answers[NUMBER][:2] == ["", "identity.sms_too_often"]
    assert answers[NUMBER][-2:] == ["", "identity.sms_too_often"]
    assert {each.number for each in outbox} == {NUMBER}
    # a closed account is as strange
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert find_user_by_phone(NUMBER) is None


def test_one_address_asks_for_twenty_numbers_an_hour(now: datetime) -> None:
    answers = [ask(now, f"138000000{each:02}", "10.0.0.9") for each in range(21)]
    assert answers == [*[""] * 20, "identity.sms_too_often"]
    assert ask(now, "13800000099", "10.0.0.8") == ""
    assert ask(now + timedelta(minutes=61), "13800000098", "10.0.0.9") == ""


def test_a_locked_account_is_told_only_to_who_holds_the_phone(now: datetime, outbox: list[sms.Message]) -> None:
    user = with_phone(now)
    for _ in range(5):
        SignInAttempt.objects.create(login=user.login, succeeded=False, at=now)
    ask(now)
    assert take(now, "0000000") == "identity.sms_code_wrong"
    assert take(now, outbox[0].code) == "identity.locked_out"


def test_a_number_is_sealed_one_account_s_and_forgotten_when_removed(now: datetime) -> None:
    user, other = with_phone(now), a_user(now, "li.si", "李四")
    phone = find_phone(user)
    assert phone is not None
    assert (phone.value_hint, NUMBER.encode() in bytes(phone.value_enc)) == ("139****1234", False)
    with pytest.raises(RefusedError, match="phone_taken"):
        set_phone(actor=ADMIN, now=now, user=other, number=NUMBER)
    with pytest.raises(RefusedError, match="not_permitted"):
        remove_phone(actor=themselves(other, now), now=now, phone=phone)
    set_phone(actor=themselves(user, now), now=now, user=user, number=STRANGE, confirmed=True)
    phone.refresh_from_db()
    assert (phone.value_hint, bytes(phone.value_enc), phone.blind_index) == ("", b"", "")
    set_phone(actor=ADMIN, now=now, user=other, number=NUMBER)
    assert find_user_by_phone(NUMBER) == other
    assert verify().faults == ()


@pytest.mark.parametrize("text", ["", "1390000123", "0757-82340000", "12345678901", "abc", "+1"])
def test_what_takes_no_sms_is_refused(text: str) -> None:
    with pytest.raises(RefusedError, match="phone_malformed"):
        clean_mobile(text)
    assert clean_mobile("+852 6123 4567") == "+85261234567"


def test_without_a_gateway_nothing_is_asked(now: datetime, settings: Any) -> None:
    settings.FEIDI_SMS_GATEWAY = "none"
    assert ask(now) == "identity.sms_not_offered"
    with pytest.raises(sms.NotSentError):
        sms.gateway().send(sms.Message(NUMBER, "", ""))


def test_the_log_gateway_writes_a_private_file(settings: Any, tmp_path: Any) -> None:
    settings.FEIDI_SMS_GATEWAY, settings.FEIDI_HOME = "log", tmp_path
    sms.gateway().send(sms.Message(NUMBER, "验证码 123456", "123456"))
    path = tmp_path / "sms.log"
    assert path.read_text(encoding="utf-8") == f"{NUMBER}  验证码 123456\n"
    assert path.stat().st_mode & 0o077 == 0


class _Relay(BaseHTTPRequestHandler):
    """A relay that keeps what it is sent and answers as it is told."""

    taken: list[tuple[str | None, Any]] = []
    status = 202

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.taken.append((self.headers.get("Authorization"), json.loads(body)))
        self.send_response(self.status)
        self.end_headers()

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


def test_the_http_gateway_posts_and_hears_a_refusal(settings: Any, caplog: Any, monkeypatch: Any) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    server = HTTPServer(("127.0.0.1", 0), _Relay)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        settings.FEIDI_SMS_GATEWAY, settings.FEIDI_SMS_TOKEN = "http", "token-1"
        settings.FEIDI_SMS_URL = f"http://127.0.0.1:{server.server_port}/send"
        settings.FEIDI_SMS_BODY = '{"to": ["{number}"], "params": {"code": "{code}"}, "sign": "飞地"}'
        sms.send_later(sms.Message(NUMBER, 'he said "hi"', "123456"))
        sms.settle()
        assert _Relay.taken == [("Bearer token-1", {"to": [NUMBER], "params": {"code": "123456"}, "sign": "飞地"})]
        _Relay.status = 500
        sms.send_later(sms.Message(NUMBER, "", "123456"))
        sms.settle()
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
    assert "SMS not sent: status 500" in caplog.text
    assert NUMBER not in caplog.text
    settings.FEIDI_SMS_URL = f"http://127.0.0.1:{server.server_port}/send"
    with pytest.raises(sms.NotSentError, match="ConnectionError"):
        sms.gateway().send(sms.Message(NUMBER, "", ""))


def test_codes_of_yesterday_are_deleted(now: datetime) -> None:
    with_phone(now)
    for days in (2, 0):
        assert ask(now - timedelta(days=days)) == ""
    assert prune_codes(now=now) == 1
    assert SmsCode.objects.get().sent_at == now
    schedules = {each.code for each in schedule_kinds()}
    assert "account.prune_codes" in schedules
