"""Robots of chat groups: signed as each vendor asks, tried again when busy, never posted anywhere else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from feidi.engines.findings import RefusedError
from feidi.kernel.access import schedule_actor
from feidi.kernel.audit.models import AuditEntry
from feidi.kernel.jobs.enums import JobState
from feidi.kernel.jobs.models import Job
from feidi.kernel.jobs.services import run_pending
from feidi.kernel.notify.enums import MailState, RobotKind
from feidi.kernel.notify.models import Robot, RobotMessage
from feidi.kernel.notify.robots import posting
from feidi.kernel.notify.robots.explaining import why_not
from feidi.kernel.notify.robots.guard import check_address
from feidi.kernel.notify.robots.writing import outcome_of, write_post
from feidi.kernel.notify.services import add_robot, robots_of, say, void_robot
from feidi.kernel.notify.services.robots import SAY_TRIES, BusyError, deliver_message
from feidi.kernel.subjects import Subject
from tests.kernel.files.hosts import NOW
from tests.support.robot_server import RobotServer, robot_server

pytestmark = pytest.mark.django_db
ACTOR = schedule_actor("reporting.due")
GROUP = Subject("parties.outpost", "abcdefghjkmn")
WECOM = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693a91f6"


@pytest.fixture
def server(settings: Any) -> Iterator[RobotServer]:
    with robot_server() as made:
        settings.FEIDI_ROBOT_HOSTS = (made.origin,)
        yield made


def robot(server: RobotServer, kind: str, **more: Any) -> Robot:
    tail = {"wecom": f"/wecom/send?key={server.key}", "dingtalk": "/dingtalk?access_token=t", "feishu": "/feishu/x"}
    given = {"address": server.origin + tail[kind], "secret": "" if kind == "wecom" else server.secret, "name": kind}
    return add_robot(actor=ACTOR, now=NOW, subject=GROUP, kind=RobotKind(kind), **{**given, **more})


def tell(row: Robot, text: str = "截至11月20日，签约11个", **more: Any) -> RobotMessage:
    return say(actor=ACTOR, now=NOW, robot=row, title="招商周报", text=text, **more)


def again(message: RobotMessage) -> RobotMessage:
    return RobotMessage.objects.get(pk=message.pk)


@pytest.mark.parametrize("kind", list(RobotKind))
def test_each_vendor_takes_what_is_signed_as_it_asks(server: RobotServer, kind: RobotKind) -> None:
    message = tell(robot(server, kind))
    assert server.calls == 0, "nothing leaves before the job"
    run_pending(clock=lambda: NOW)
    kept = again(message)
    assert (kept.state, kept.tries, bytes(kept.text_enc), kept.sent_at) == (MailState.SENT, 1, b"", NOW)
    assert "签约11个" in str(server.taken)
    assert len(server.taken) == 1
    assert deliver_message(now=NOW, uid=message.uid) == MailState.SENT
    assert server.calls == 1, "what is sent is left alone"


@pytest.mark.parametrize(("kind", "code"), [("dingtalk", "310000"), ("feishu", "19021")])
def test_a_wrong_secret_is_given_up_at_once(server: RobotServer, kind: str, code: str) -> None:
    message = tell(robot(server, kind, secret="SECother"))
    run_pending(clock=lambda: NOW)
    kept = again(message)
    assert (kept.state, kept.error, bytes(kept.text_enc)) == (MailState.FAILED, code, b"")
    job = Job.objects.get(kind="notify.robot_say")
    assert (job.state, job.error_code) == (JobState.FAILED, "notify.robot_refused")
    assert not server.taken


def test_a_wrong_key_is_given_up_at_once(server: RobotServer) -> None:
    message = tell(robot(server, "wecom", address=f"{server.origin}/wecom/send?key=other"))
    run_pending(clock=lambda: NOW)
    assert (again(message).state, again(message).error) == (MailState.FAILED, "93000")


@pytest.mark.parametrize("busy", ["429", "503", "busy", "slow", "huge"])
def test_busy_is_tried_again_later(server: RobotServer, busy: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(posting, "_READ", 0.2)
    message = tell(robot(server, "wecom"))
    server.plan = [busy]
    with pytest.raises(BusyError):
        run_pending(clock=lambda: NOW)
    kept = again(message)
    assert (kept.state, kept.tries) == (MailState.QUEUED, 1)
    assert kept.error
    assert run_pending(clock=lambda: NOW + timedelta(seconds=9)) == []
    run_pending(clock=lambda: NOW + timedelta(seconds=11))
    assert (again(message).state, len(server.taken)) == (MailState.SENT, 1)


def test_tried_six_times_it_is_given_up(server: RobotServer) -> None:
    message = tell(robot(server, "feishu"))
    server.plan = ["429"] * SAY_TRIES
    moment = NOW
    for _ in range(SAY_TRIES):
        with pytest.raises(BusyError):
            run_pending(clock=lambda at=moment: at)
        moment += timedelta(hours=2)
    kept = again(message)
    assert (kept.state, kept.tries, kept.error, bytes(kept.text_enc)) == (MailState.FAILED, SAY_TRIES, "429", b"")
    assert server.calls == SAY_TRIES


def test_nobody_there_is_busy_and_the_error_names_no_address(settings: Any) -> None:
    settings.FEIDI_ROBOT_HOSTS = ("http://127.0.0.1:9",)
    row = add_robot(
        actor=ACTOR, now=NOW, subject=GROUP, kind=RobotKind.WECOM, name="群", address="http://127.0.0.1:9/x?key=hidden"
    )
    message = tell(row)
    with pytest.raises(BusyError) as error:
        run_pending(clock=lambda: NOW)
    assert "hidden" not in str(error.value) + again(message).error
    assert error.value.__cause__ is None


def test_a_redirect_is_not_followed_and_words_are_no_answer(server: RobotServer) -> None:
    first, second = tell(robot(server, "wecom")), tell(robot(server, "feishu"))
    server.plan = ["redirect", "words"]
    run_pending(clock=lambda: NOW)
    assert [again(each).state for each in (first, second)] == [MailState.FAILED, MailState.FAILED]
    assert server.calls == 2


@pytest.mark.parametrize(
    "address",
    [
        "http://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=1",
        "https://qyapi.weixin.qq.com.evil.example/send?key=1",
        "https://evil.example/?x=https://qyapi.weixin.qq.com",
        "https://qyapi.weixin.qq.com@evil.example/send",
        "https://someone:word@qyapi.weixin.qq.com/send",
        "https://qyapi.weixin.qq.com:8443/send",
        "https://qyapi.weixin.qq.com:x/send",
        "https://oapi.dingtalk.com/robot/send",
        "https://127.0.0.1/send",
        "https://[::1]/send",
        "http://169.254.169.254/latest/meta-data",
        "file:///etc/passwd",
        "gopher://qyapi.weixin.qq.com/",
        "https://qyapi.weixin.qq.com\\@evil.example/",
        "https://qyapi.weixin.qq.com /",
        "https://qyapi.weixin.qq.com/\r\nHost: evil",
        "https://企业微信.example/send",
        "https:///send",
        "",
        "https://qyapi.weixin.qq.com/" + "x" * 600,
    ],
)
def test_other_addresses_are_refused(address: str) -> None:
    with pytest.raises(RefusedError) as refused:
        check_address(RobotKind.WECOM, address)
    assert refused.value.refusal.code in {"notify.robot_address", "notify.robot_host"}


def test_the_vendors_own_address_and_the_settings_are_taken(settings: Any) -> None:
    assert check_address(RobotKind.WECOM, WECOM) == WECOM
    assert check_address(RobotKind.WECOM, "https://QYAPI.weixin.qq.com:443/send?key=1")
    own = "https://wx.example.cn/send?key=1"
    with pytest.raises(RefusedError):
        check_address(RobotKind.WECOM, own)
    settings.FEIDI_ROBOT_HOSTS = ("https://wx.example.cn",)
    assert check_address(RobotKind.WECOM, own) == own


def test_a_host_that_is_allowed_no_more_is_not_asked(server: RobotServer, settings: Any) -> None:
    message = tell(robot(server, "wecom"))
    settings.FEIDI_ROBOT_HOSTS = ()
    run_pending(clock=lambda: NOW)
    assert Job.objects.get(kind="notify.robot_say").error_code == "notify.robot_host"
    assert server.calls == 0
    assert again(message).state == MailState.QUEUED


def test_address_and_secret_are_sealed_and_forgotten_when_out_of_use(server: RobotServer) -> None:
    row = robot(server, "feishu", name="项目群")
    written = str(AuditEntry.objects.filter(subject_kind="notify.robot").values_list("state", "changes"))
    for hidden in (server.secret, "feishu/x"):
        assert hidden.encode() not in bytes(row.address_enc) + bytes(row.secret_enc)
        assert hidden not in written
    assert list(robots_of(GROUP)) == [row]
    with pytest.raises(RefusedError, match="robot_name_taken"):
        robot(server, "wecom", name="项目群")
    message = tell(row)
    with pytest.raises(RefusedError, match="robot_void_needs_reason"):
        void_robot(actor=ACTOR, now=NOW, robot=row, reason=" ")
    gone = void_robot(actor=ACTOR, now=NOW, robot=row, reason="群已解散")
    assert (bytes(gone.address_enc), bytes(gone.secret_enc)) == (b"", b"")
    run_pending(clock=lambda: NOW)
    assert (again(message).state, server.calls) == (MailState.FAILED, 0)
    with pytest.raises(RefusedError, match="robot_voided"):
        tell(gone)
    assert robot(server, "wecom", name="项目群").name == "项目群", "its name is free again"


def test_once_is_once(server: RobotServer) -> None:
    row = robot(server, "wecom")
    first = tell(row, once="report:1")
    assert tell(row, "另一句", once="report:1") == first
    with pytest.raises(RefusedError, match="robot_no_text"):
        tell(row, "  ")
    run_pending(clock=lambda: NOW)
    assert server.calls == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        RobotMessage.objects.filter(pk=first.pk).update(text_enc=b"x")


def test_what_was_given_up_may_be_said_again_and_the_failure_stays(server: RobotServer) -> None:
    row = robot(server, "feishu", secret="wrong")
    first = tell(row, once="weekly")
    run_pending(clock=lambda: NOW)
    assert again(first).state == MailState.FAILED
    second = tell(row, once="weekly")
    assert second.uid != first.uid
    assert tell(row, once="weekly").uid == second.uid, "while it waits it is the same"
    assert (again(first).once, again(first).error) == ("", "19021")


@pytest.mark.parametrize(
    ("kind", "error", "words"),
    [
        ("feishu", "19021", "加签不对"),
        ("wecom", "93000", "从群设置里重新复制地址"),
        ("dingtalk", "310000", "关键词"),
        ("wecom", "ConnectTimeout", "能不能上外网"),
        ("wecom", "502", "对方服务器出错"),
        ("feishu", "77777", "核对地址和密钥"),
    ],
)
def test_a_failure_is_told_in_words_with_its_code(kind: str, error: str, words: str) -> None:
    said = why_not(RobotKind(kind), error)
    assert words in said
    assert error in said
    assert why_not(RobotKind(kind), "") == ""


def test_what_a_vendor_would_read_as_a_mention_is_none() -> None:
    post = write_post(RobotKind.WECOM, WECOM, "", "<@all> 签约", "周报", NOW)
    assert post.body["markdown"]["content"] == "＜@all> 签约"
    feishu = write_post(RobotKind.FEISHU, "https://open.feishu.cn/x", "", '<at user_id="all">', "周报", NOW)
    assert "sign" not in feishu.body
    assert "＜at" in feishu.body["content"]["text"]
    assert write_post(RobotKind.DINGTALK, "https://oapi.dingtalk.com/x", "", "一\n二", "周报", NOW).url.endswith("/x")


@pytest.mark.parametrize(
    ("status", "answer", "outcome"),
    [
        *((200, {name: 0}, "taken") for name in ("errcode", "code", "StatusCode")),
        *((200, answer, "refused") for answer in (None, [], {"errcode": "0"}, {"errcode": 93000})),
        *((status, None, "busy") for status in (429, 500, 502)),
        (404, {}, "refused"),
        (201, {"errcode": 0}, "refused"),
        (200, {"errcode": -1}, "busy"),
    ],
)
def test_what_an_answer_means(status: int, answer: Any, outcome: str) -> None:
    assert outcome_of(RobotKind.WECOM, status, answer)[0] == outcome
