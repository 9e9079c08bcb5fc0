"""Periodic reports as pages: taken, edited, approved by another, sent, archived, verified; plans, robots, a visit."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import docx
import pytest
from django.core import mail as outbox
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from feidi.domain.pipeline.models import Project
from feidi.domain.reporting.models import Report, ReportPlan
from feidi.domain.reporting.services.report_plans import addresses_of
from feidi.kernel.files.services import path_of
from feidi.kernel.jobs.services import run_pending
from feidi.kernel.notify.models import Robot, RobotMessage
from feidi.kernel.subjects import new_uid
from tests.support.queries import assert_same_queries
from tests.support.robot_server import RobotServer, robot_server
from tests.support.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_the_hour_of_the_world(monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: now)


@pytest.fixture
def server(settings: Any) -> Iterator[RobotServer]:
    with robot_server() as made:
        settings.FEIDI_ROBOT_HOSTS = (made.origin,)
        yield made


def ask(client: Client, view: str, /, *args: str, status: int = 200, **query: str) -> Any:
    response = client.get(reverse(f"console:reports:{view}", args=args), query)
    assert response.status_code == status, words(response.content.decode())[:3000]
    return response


def send(client: Client, view: str, /, *args: str, status: int = 302, query: str = "", **data: Any) -> Any:
    response = client.post(reverse(f"console:reports:{view}", args=args) + query, data)
    assert response.status_code == status, words(response.content.decode())[:3000]
    return response


def words(html: str) -> str:
    bare = re.sub(r"<script.*?</script>|<[^>]+>", " ", html, flags=re.DOTALL)
    return re.sub(r"\s+", " ", bare)


def said(client: Client, view: str, /, *args: str, **query: str) -> str:
    return words(ask(client, view, *args, **query).content.decode())


def filled(world: World) -> None:
    told = world.to_signed(world.lead("甲项目"))
    world.lead("乙项目", "滨海乙有限公司")
    Project.objects.filter(pk=told.pk).update(reported_at=world.now)


def drafted(world: World, client: Client, kind: str = "monthly", period: str = "2026-11") -> Report:
    filled(world)
    client.force_login(world.users["officer"])
    send(client, "report_new", query=f"?kind={kind}", outpost=world.outpost.pk, period=period)
    return Report.objects.get()


def test_from_the_empty_list_to_the_archive(world: World, client: Client) -> None:
    client.force_login(world.users["officer"])
    assert "还没有报表" in said(client, "report_list")
    row = drafted(world, client)
    shown = said(client, "report_view", row.uid)
    assert "本年签约 1个 ，完成年度任务30个的 3.3% ，序时进度89.6%，" in shown
    assert "这是您编的，要请另一位有审批权限的人批准" in shown
    assert "乙项目" not in shown
    draft = docx.Document(io.BytesIO(ask(client, "report_download", row.uid, "docx").content))
    assert "草稿，未经批准" in draft.sections[0].header.paragraphs[0].text
    ask(client, "report_download", row.uid, "zip", status=404)
    editing = ask(client, "text_edit", row.uid).content.decode()
    assert "【累计签约：1个】" in editing
    fields = {
        "overview": "本年【累计签约：1个】，另有 7 家在谈。",
        "highlights_words": "亮点一。",
        "version": row.version,
    }
    send(client, "text_edit", row.uid, **fields)
    shown = said(client, "report_view", row.uid)
    assert "本年 1个 ，另有 7 家在谈" in shown
    assert "没有出处" in shown
    refused = send(
        client, "text_edit", row.uid, status=409, **{**fields, "overview": "【累计签约：2个】", "version": 2}
    )
    assert "不是报表里的数字" in refused.content.decode()
    send(client, "report_refresh", row.uid)
    send(client, "report_approve", row.uid, status=409, version=Report.objects.get().version)
    client.force_login(world.users["lead"])
    assert "批准" in said(client, "report_view", row.uid)
    send(client, "report_approve", row.uid, version=Report.objects.get().version)
    client.force_login(world.users["officer"])
    assert b"".join(ask(client, "report_download", row.uid, "pdf").streaming_content).startswith(b"%PDF")
    send(client, "report_send", row.uid, status=409, addresses="", forms_chosen=["pdf"])
    send(client, "report_send", row.uid, addresses="a@example.cn，b@example.cn", forms_chosen=["pdf"])
    run_pending(clock=lambda: world.now)
    assert sorted(each.to[0] for each in outbox.outbox) == ["a@example.cn", "b@example.cn"]
    assert [len(each.attachments) for each in outbox.outbox] == [1, 1]
    send(client, "report_archive", row.uid)
    assert "内容和每个文件都与批准时一致" in said(client, "report_verify", row.uid)
    shown = said(client, "report_view", row.uid)
    assert "a***@example.cn" in shown
    assert "a@example.cn" not in shown
    path = path_of(Report.objects.get().files.get(form="xlsx").file)
    path.chmod(0o600)
    path.write_bytes(b"PK altered")
    assert "有内容与批准时不一致" in said(client, "report_verify", row.uid)
    send(client, "report_revise", row.uid)
    new = Report.objects.get(revision=2)
    assert "已有第 2 版" in said(client, "report_view", row.uid)
    send(client, "report_void", new.uid, reason="重复")
    assert "已作废：重复" in said(client, "report_view", new.uid).replace(" ", "")
    table = said(client, "report_list", kind="monthly", state="archived")
    assert row.number in table
    assert row.number not in said(client, "report_list", state="sent")
    book = load_workbook(io.BytesIO(ask(client, "report_export", state="archived").content)).active
    assert [book["A2"].value, book["B2"].value, book["E2"].value] == [row.title, row.number, "已归档"]


def test_a_copy_is_checked_on_its_page(world: World, client: Client) -> None:
    row = drafted(world, client)
    data = ask(client, "report_download", row.uid, "docx").content
    send(client, "report_check", row.uid, file=SimpleUploadedFile("同.docx", data))
    assert "改稿的数字与报表一致" in said(client, "report_view", row.uid)
    document = docx.Document(io.BytesIO(data))
    changed = next(run for each in document.paragraphs for run in each.runs if run.text == "1个")
    changed.text = "9个"
    buffer = io.BytesIO()
    document.save(buffer)
    send(client, "report_check", row.uid, file=SimpleUploadedFile("改.docx", buffer.getvalue()))
    assert "9 与台账 1 不符" in said(client, "report_view", row.uid)
    send(client, "report_check", row.uid, status=422)


def test_what_reads_otherwise_today_is_said_and_not_changed(world: World, client: Client) -> None:
    row = drafted(world, client)
    client.force_login(world.users["lead"])
    send(client, "report_approve", row.uid, version=1)
    assert "更正" not in said(client, "report_view", row.uid)
    world.to_signed(world.lead("丁项目", "滨海丁有限公司"))
    shown = said(client, "report_view", row.uid)
    assert "累计签约 1个 2个" in shown
    assert "本年签约 1个 ，" in shown


def test_plans(world: World, client: Client) -> None:
    filled(world)
    client.force_login(world.users["officer"])
    assert "还没有计划" in said(client, "plan_list")
    given = {"outpost": world.outpost.pk, "kind": "monthly", "addresses": "ke.zhang@example.cn"}
    send(client, "plan_new", **given)
    plan = ReportPlan.objects.get()
    assert (plan.day, addresses_of(plan)) == (3, ["ke.zhang@example.cn"])
    listed = said(client, "plan_list")
    assert "每月3日" in listed
    assert "2026-12-03" in listed
    assert "k***@example.cn" in listed
    assert "ke.zhang" not in listed
    send(client, "plan_new", status=409, **given)
    assert "k***@example.cn" in said(client, "plan_edit", plan.uid)
    send(client, "plan_edit", plan.uid, day=5, addresses="")
    plan.refresh_from_db()
    assert (plan.day, plan.hints) == (5, [])
    send(client, "plan_edit", plan.uid, status=409, day=5, addresses="nobody")
    send(client, "plan_void", plan.uid, status=409, reason="")
    send(client, "plan_void", plan.uid, reason="不再要求")
    assert "还没有计划" in said(client, "plan_list")


def test_a_robot_that_failed_says_why_in_words_and_waits_or_is_given_up(
    world: World, client: Client, server: RobotServer
) -> None:
    client.force_login(world.users["officer"])
    given = {"outpost": world.outpost.pk, "kind": "feishu", "name": "飞书群", "secret": "wrong"}
    send(client, "robot_new", **given, address=f"{server.origin}/feishu/x")
    robot = Robot.objects.get()
    send(client, "robot_test", robot.uid)
    run_pending(clock=lambda: world.now)
    assert "没有送出：加签不对" in said(client, "robot_list")
    RobotMessage.objects.update(state="queued", tries=2, error="ConnectTimeout", text_enc=b"x")
    page = said(client, "robot_list")
    assert "第 2 次没有送到，稍后自动再试（共 6 次）：连不上对方" in page
    assert "ConnectTimeout" in page, "the code stays, for whoever asks"


def test_robots(world: World, client: Client, server: RobotServer) -> None:
    client.force_login(world.users["officer"])
    assert "还没有群机器人" in said(client, "robot_list")
    given = {"outpost": world.outpost.pk, "kind": "dingtalk", "name": "招商群", "secret": server.secret}
    refused = send(client, "robot_new", status=409, **given, address="https://evil.example/robot")
    assert "不在允许之列" in refused.content.decode()
    send(client, "robot_new", **given, address=f"{server.origin}/dingtalk?access_token=t0123456789")
    robot = Robot.objects.get()
    listed = ask(client, "robot_list").content.decode()
    assert "招商群" in listed
    assert "t0123456789" not in listed
    send(client, "robot_test", robot.uid)
    run_pending(clock=lambda: world.now)
    assert "测试消息，收到说明群机器人已接通" in str(server.taken)
    assert RobotMessage.objects.get().state == "sent"
    assert "测试消息 · 已发送" in said(client, "robot_list")
    client.force_login(world.users["rival"])
    send(client, "robot_test", robot.uid, status=404)
    assert "招商群" not in said(client, "robot_list")
    client.force_login(world.users["officer"])
    send(client, "robot_void", robot.uid, reason="群已解散")
    assert "已停用" in said(client, "robot_list")
    send(client, "robot_test", robot.uid, status=409)


def test_a_visit_has_its_four_things_ready(world: World, client: Client) -> None:
    client.force_login(world.users["officer"])
    assert "还没有可汇报的数字" in said(client, "visit_view")
    filled(world)
    query = {"guests": "区领导一行5人", "on": "2026-11-24"}
    shown = said(client, "visit_view", **query)
    assert "区领导一行5人" in shown
    assert "乙项目" not in shown
    outline = docx.Document(io.BytesIO(ask(client, "visit_outline", **query).content))
    text = "\n".join(each.text for each in outline.paragraphs)
    assert "截至11月23日，本年签约1个，完成年度任务30个的3.3%" in text
    assert "工作汇报提纲" in text
    assert "乙项目" not in text
    card = ask(client, "visit_card", **query)
    assert card["Content-Type"] == "image/png"
    sheet = docx.Document(io.BytesIO(ask(client, "visit_sign_in", **query).content))
    assert any("区领导一行5人" in each.text for each in sheet.paragraphs)
    assert len(sheet.tables[0].rows) == 19
    client.force_login(world.users["bureau"])
    ask(client, "visit_view", status=409)


def test_the_list_asks_as_often_however_long_it_is(world: World, client: Client) -> None:
    made = drafted(world, client)
    days = iter(range(1, 20))

    def rows(count: int) -> None:
        for _ in range(count):
            day = made.period_from.replace(day=next(days))
            kept = Report.objects.get(pk=made.pk)
            kept.pk, kept.uid, kept.as_of = None, new_uid(), day
            kept.save(force_insert=True)

    assert_same_queries(rows, lambda: client.get(reverse("console:reports:report_list")))
    assert_same_queries(rows, lambda: client.get(reverse("console:reports:report_export")))
