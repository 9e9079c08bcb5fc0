"""Activities as pages: planned with a room, registrants masked, the door safe to ask twice, papers, what home may read."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from functools import partial
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localtime
from openpyxl import load_workbook

from feidi.domain.parties.services.organizations import find_or_add_organization
from feidi.domain.roadshow.enums import ActivityState
from feidi.domain.roadshow.models import Activity, ActivityMeeting, CheckIn, Registration
from feidi.kernel.audit.models import AuditEntry
from tests.support.activities import entered, joined, opened, planned
from tests.support.queries import assert_same_queries
from tests.support.rooms import make_rooms
from tests.support.world import World

pytestmark = pytest.mark.django_db

OK, REDIRECT, NOT_THERE, REFUSED, INVALID = 200, 302, 404, 409, 422


class Clock:
    """The hour at which the site is asked."""

    now: datetime


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch, now: datetime) -> Clock:
    made = Clock()
    made.now = now
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: made.now)
    return made


def signed_in(world: World, who: str) -> Client:
    client = Client()
    client.force_login(world.users[who])
    return client


@pytest.fixture
def officer(world: World) -> Client:
    return signed_in(world, "officer")


def at(name: str, *args: str) -> str:
    return reverse(f"console:events:{name}", args=args)


def text(client: Client, address: str, status: int = OK, **query: str) -> str:
    response = client.get(address, query)
    assert response.status_code == status, (address, response.status_code)
    return str(response.content.decode())


def send(client: Client, address: str, status: int = REDIRECT, /, **data: Any) -> str:
    response = client.post(address, data)
    assert response.status_code == status, (address, response.status_code, response.content.decode()[:3000])
    return str(response.content.decode())


def told(world: World, **more: Any) -> dict[str, Any]:
    return {
        "outpost": world.outpost.pk,
        "kind": "matchmaking",
        "title_zh": "低温介质对接会",
        "day": "2026-12-01",
        "begins": "14:00",
        "ends": "16:00",
        "address": "滨海区演示路 1 号",
        "capacity": "30",
        "audience": "public",
        **more,
    }


def test_planned_changed_opened_and_listed(world: World, officer: Client) -> None:
    assert "没有这样的活动" in text(officer, at("activity_list"))
    past = send(officer, at("activity_new"), REFUSED, **told(world, day="2026-11-01"))
    assert "已过" in past, "what could never be opened is not planned"
    send(officer, at("activity_new"), **told(world))
    row = Activity.objects.get()
    assert row.state == ActivityState.DRAFT
    send(officer, at("programme_edit", row.uid), lines="14:00 开场\n14:30 低温检测｜林博士｜滨海某公司")
    refused = send(officer, at("programme_edit", row.uid), REFUSED, lines="两点半 开场")
    assert "第 1 行看不懂" in refused
    send(
        officer,
        at("questions_edit", row.uid),
        lines="*一句话说需求或能提供什么｜文字\n来几人｜数字\n怎么来｜单选｜地铁、开车",
    )
    row.refresh_from_db()
    assert [(each["code"], each["kind"]) for each in row.questions] == [
        ("need", "text"), ("q1", "number"), ("q2", "choice"),
    ]  # fmt: skip
    assert "看不懂" in send(officer, at("questions_edit", row.uid), REFUSED, lines="怎么来｜单选｜地铁")
    send(officer, at("activity_open", row.uid))
    row.refresh_from_db()
    send(officer, at("activity_edit", row.uid), **told(world, title_zh="改名的会", version=str(row.version)))
    row.refresh_from_db()
    assert (row.title_zh, len(row.questions), row.state) == ("改名的会", 3, ActivityState.OPEN)
    assert "改名的会" in text(officer, at("activity_list"), words="改名")
    assert "改名的会" not in text(officer, at("activity_list"), show="past")
    page = text(officer, at("activity_view", row.uid))
    assert all(each in page for each in ("林博士", "14:30", "停止报名", "取消活动"))
    send(officer, at("activity_close", row.uid))
    assert Activity.objects.get().state == ActivityState.CLOSED


def test_months_and_what_was_held(world: World, officer: Client, clock: Clock) -> None:
    row = opened(world, capacity=9)
    for n in (1, 2):
        joined(world, row, n)
    entered(world, joined(world, row, 3))
    clock.now = row.ends_at
    send(officer, at("activity_hold", row.uid))
    opened(world, title_zh="下月一场", starts_at=world.now + timedelta(days=20))
    page = text(officer, at("activity_list"), month="2026-11")
    assert "2026-11（1）" in page
    assert "2026-12（1）" in page
    assert "2026-11-25 09:30–11:30 周三" in page
    assert "事先报名 3 人，到场 1 人，未到 2 人" in page
    assert "下月一场" not in page
    assert "下月一场" in text(officer, at("activity_list"), month="2026-12")
    assert "下月一场" in text(officer, at("activity_list"), month="x")


def test_a_room_is_booked_with_it_and_who_has_it_is_said(world: World, officer: Client) -> None:
    rooms = make_rooms(world)
    unit = next(each for each in rooms.values() if each.bookable and not each.parent_id and not each.needs_approval)
    send(officer, at("activity_new"), **told(world, unit=unit.pk, address="", capacity=""))
    taken = send(
        officer, at("activity_new"), REFUSED, **told(world, unit=unit.pk, address="", capacity="", begins="15:00")
    )
    assert "field-unit" in taken or unit.name in taken
    assert Activity.objects.count() == 1
    assert unit.name in text(officer, at("activity_view", Activity.objects.get().uid))


def test_registrants_are_masked_listed_exported_and_looked_at_on_record(world: World, officer: Client) -> None:
    row = opened(world, kind="matchmaking")
    first = joined(world, row, 1, answers={"need": "找阀门"})
    send(officer, at("registration_new", row.uid), INVALID, name="王电话")
    send(officer, at("registration_new", row.uid), name="王电话", phone="13900000001", consent="on")
    page = text(officer, at("registration_list", row.uid))
    assert "来宾1" in page
    assert "王电话" in page
    assert "13800000001" not in page
    assert "王电话" not in text(officer, at("registration_list", row.uid), words=first.code)
    book = load_workbook(BytesIO(officer.get(at("registration_export", row.uid)).content))
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    assert rows[0][-2:] == ("一句话说需求或能提供什么", "一共来几人（各自报名）")
    assert "找阀门" in rows[1]
    assert all("13800000001" not in str(cell) for line in rows for cell in line)
    assert "没有写为什么要看" in send(officer, at("registration_unmask", first.uid), REFUSED, reason=" ")
    assert "13800000001" in send(officer, at("registration_unmask", first.uid), OK, reason="通知改期")
    assert AuditEntry.objects.filter(subject_uid=first.uid, action="unmasked").count() == 1
    page = text(officer, at("registration_view", first.uid))
    assert "找阀门" in page
    send(officer, at("registration_resend", first.uid))
    send(officer, at("registration_cancel", first.uid), reason="来电取消")
    assert "来电取消" in text(officer, at("registration_view", first.uid))
    send(officer, at("registration_erase", first.uid), reason="本人要求")
    assert "来宾1" not in text(officer, at("registration_view", first.uid))


def test_a_registrant_is_put_to_a_firm_and_a_project(world: World, officer: Client) -> None:
    project = world.lead()
    find_or_add_organization(
        actor=world.actor("officer"), now=world.now, outpost=world.outpost, name="滨海某某传感器有限公司"
    )
    row = joined(world, opened(world), 1)
    given = {"version": row.version, "organization": "没听过的公司", "project": project.code}
    assert "没有联系过" in send(officer, at("registration_link", row.uid), REFUSED, **given)
    send(officer, at("registration_link", row.uid), **{**given, "organization": "滨海某某传感器有限公司"})
    row.refresh_from_db()
    assert (row.organization.name, row.project) == ("滨海某某传感器有限公司", project)  # type: ignore[union-attr]


def test_the_door_takes_a_number_digits_or_an_address_once(world: World, officer: Client, clock: Clock) -> None:
    row = opened(world, capacity=9)
    one, two, twin = joined(world, row, 1), joined(world, row, 2), joined(world, row, 3, phone="13911110002")
    clock.now = row.starts_at
    door = at("door_view", row.uid)
    assert "0</span> / " in text(officer, door)
    first = officer.post(door, {"code": f" {one.code.lower()} ", "nonce": "a", "door": "正门"}, follow=True)
    assert "已签到 09:30" in first.content.decode()
    again = officer.post(door, {"code": f"https://x/{row.uid}/door/?code={one.code}", "nonce": "b"}, follow=True)
    assert "早已签到：11-25 09:30，正门" in again.content.decode()
    several = send(officer, door, OK, code="0002", nonce="c")
    assert two.name in several
    assert twin.name in several
    whole = officer.post(door, {"code": "13911110002", "nonce": "d"}, follow=True)
    assert twin.name in whole.content.decode()
    assert "本场没有票号" in send(officer, door, REFUSED, code="9999", nonce="e")
    assert "本场没有票号" in send(officer, door, REFUSED, code="", nonce="f")
    assert CheckIn.objects.count() == 2
    assert "2</span> / " in text(officer, door)


def test_what_a_browser_keeps_of_the_door_names_nobody(world: World, officer: Client, clock: Clock) -> None:
    row = opened(world)
    one = joined(world, row, 1)
    clock.now = row.starts_at
    officer.post(at("door_view", row.uid), {"code": one.code, "nonce": "a"})
    shell = text(officer, at("door_shell", row.uid))
    assert "来宾1" not in shell
    assert "人数截至 09:30" in shell
    assert "来宾1" in text(officer, at("door_view", row.uid)), "the message waits for the page that somebody sees"
    worker = officer.get(at("door_worker", row.uid))
    assert worker.headers["Content-Type"].startswith("text/javascript")
    code = worker.content.decode()
    assert f'const DOOR = "{at("door_view", row.uid)}";' in code
    assert "/static/ui/door.js" in code
    assert code.count("来宾") == 0
    bureau = signed_in(world, "bureau")
    for name in ("door_shell", "door_worker"):
        text(bureau, at(name, row.uid), NOT_THERE)


def test_a_waiter_is_let_in_by_who_stands_at_the_door(world: World, officer: Client, clock: Clock) -> None:
    row = opened(world, capacity=1)
    joined(world, row, 1)
    waiter = joined(world, row, 2)
    clock.now = row.starts_at
    page = send(officer, at("door_view", row.uid), REFUSED, code=waiter.code, nonce="a")
    assert "放行这位候补" in page
    send(officer, at("door_view", row.uid), code=waiter.code, nonce="b", let_in="1")
    assert CheckIn.objects.get().registration == waiter


def test_the_queue_of_the_door_gets_the_same_answer_however_often_it_asks(
    world: World, officer: Client, clock: Clock
) -> None:
    row = opened(world)
    one = joined(world, row, 1)
    clock.now = row.starts_at + timedelta(minutes=30)
    scan = {"code": one.code, "nonce": "a", "door": "侧门", "scanned_at": row.starts_at.isoformat(), "way": "scan"}
    answers = [officer.post(at("door_scan", row.uid), scan).json() for _ in range(3)]
    assert [(each["state"], each["words"], each["came"]) for each in answers] == [("in", "已签到 09:30", 1)] * 3
    other = officer.post(at("door_scan", row.uid), {**scan, "nonce": "b"}).json()
    assert other["state"] == "again"
    wrong = officer.post(at("door_scan", row.uid), {**scan, "code": "ZZZZZZ", "nonce": "c", "scanned_at": "gestern"})
    assert (wrong.status_code, wrong.json()["state"]) == (REFUSED, "refused")
    assert CheckIn.objects.count() == 1


def test_a_walk_in_is_one_form_and_sent_twice_one_entry(world: World, officer: Client, clock: Clock) -> None:
    row = opened(world, capacity=1)
    clock.now = row.starts_at
    address = at("walk_in_new", row.uid)
    form = officer.get(address, {"door": "正门"}).context["form"]
    given = {"nonce": form.initial["nonce"], "door": "正门", "name": "闻笛", "phone": "13900000009", "consent": "on"}
    for _ in range(2):
        send(officer, address, **given)
    assert (Registration.objects.count(), CheckIn.objects.count()) == (1, 1)
    full = {**given, "nonce": "other", "phone": "13900000008"}
    assert "名额 1" in send(officer, address, REFUSED, **full)
    send(officer, address, **full, crowd="on")
    assert CheckIn.objects.count() == 2


def test_closed_the_figures_have_their_rows_and_projects_their_talks(
    world: World, officer: Client, clock: Clock
) -> None:
    project = world.lead()
    row = opened(world, capacity=9)
    one = joined(world, row, 1, organization_name="滨海甲检测技术有限公司")
    two = joined(world, row, 2)
    entered(world, one)
    entered(world, two)
    joined(world, row, 3)
    clock.now = row.ends_at
    send(officer, at("meeting_note", row.uid), one=one.code, other=two.code, note="看样机")
    send(officer, at("activity_hold", row.uid))
    page = text(officer, at("attendance_view", row.uid))
    assert "未到率 33.3% ＝ 未到 1 人 ÷ 事先报名 3 人" in page
    assert project.name in page
    assert "看样机" in page
    missed = text(officer, at("registration_list", row.uid), came="missed")
    assert "来宾3" in missed
    assert "来宾1" not in missed
    record = reverse("console:pipeline:project_view", args=[project.uid])
    assert "参加活动" in text(officer, record, tab="timeline")
    meeting = ActivityMeeting.objects.get()
    assert "已写入项目" in send(officer, at("meeting_void", meeting.uid), REFUSED, reason="错了")
    assert "签到已结束" in send(officer, at("entry_void", CheckIn.objects.all()[0].uid), REFUSED, reason="错了")


def test_an_entry_and_a_note_are_taken_back(world: World, officer: Client, clock: Clock) -> None:
    row = opened(world)
    one, two = joined(world, row, 1), joined(world, row, 2)
    entered(world, one)
    clock.now = row.starts_at
    send(officer, at("meeting_note", row.uid), one=one.code, other=two.code)
    send(officer, at("meeting_void", ActivityMeeting.objects.get().uid), reason="记错")
    send(officer, at("entry_void", CheckIn.objects.get().uid), reason="扫错人")
    assert "没有签到" in text(officer, at("registration_view", one.uid))


def test_papers(world: World, officer: Client) -> None:
    row = opened(world, capacity=99)
    for n in range(12):
        joined(
            world,
            row,
            n,
            name="阿卜杜勒·热合曼·买买提江" if n == 3 else f"来宾{n}",
            organization_name="滨海甲检测技术有限公司" * 2,
        )
    badges = officer.get(at("badge_print", row.uid))
    assert badges.headers["Content-Type"] == "application/pdf"
    assert badges.content.startswith(b"%PDF")
    assert badges.content.count(b"/Type /Page\n") + badges.content.count(b"/Type/Page/") >= 1
    one = officer.get(at("badge_print", row.uid), {"code": row.registrations.all()[0].code})
    assert len(one.content) < len(badges.content)
    with ZipFile(BytesIO(officer.get(at("sign_in_download", row.uid)).content)) as parts:
        sheet, above = parts.read("word/document.xml").decode(), parts.read("word/header1.xml").decode()
    assert "来宾5" in sheet
    assert re.search(r"\d{4}年\d+月\d+日\d\d:\d\d—\d\d:\d\d", re.sub(r"<[^>]+>", "", sheet))
    assert f"{localtime(row.created_at):%Y-%m-%d %H:%M}" in re.sub(r"<[^>]+>", "", above), "Shanghai, as on every page"


def test_found_by_the_words_of_its_programme_by_staff_alone(world: World, officer: Client) -> None:
    row = opened(world)
    send(officer, at("programme_edit", row.uid), lines="10:00 超导磁体冷却｜林博士")
    search = reverse("console:search:search_view")
    assert "低温介质沙龙" in text(officer, search, q="超导磁体")
    assert "低温介质沙龙" not in text(officer, search, q="林博士")
    assert "低温介质沙龙" not in text(signed_in(world, "bureau"), search, q="超导磁体")


def test_cancelled_with_a_reason_everybody_is_told(world: World, officer: Client) -> None:
    row = opened(world)
    joined(world, row, 1)
    assert "没有写原因" in send(officer, at("activity_cancel", row.uid), REFUSED, reason="")
    assert "1 封" in officer.post(at("activity_cancel", row.uid), {"reason": "台风"}, follow=True).content.decode()


def test_home_reads_counts_and_public_words_and_nobody(world: World) -> None:
    bureau = signed_in(world, "bureau")
    draft, row = planned(world, title_zh="草稿"), opened(world)
    first = joined(world, row, 1)
    page = text(bureau, at("activity_list"))
    assert "低温介质沙龙" in page
    assert "草稿" not in page
    shown = text(bureau, at("activity_view", row.uid))
    assert "来宾1" not in shown
    assert first.code not in shown
    text(bureau, at("activity_view", draft.uid), NOT_THERE)
    for name in (
        "registration_list",
        "attendance_view",
        "door_view",
        "badge_print",
        "sign_in_download",
        "activity_edit",
    ):
        text(bureau, at(name, row.uid), NOT_THERE)
    text(bureau, at("registration_view", first.uid), NOT_THERE)
    assert bureau.get(at("activity_export")).status_code == OK


def test_lists_take_as_many_queries_for_many_as_for_one(world: World, officer: Client) -> None:
    row = opened(world, capacity=999)

    def more(count: int) -> None:
        for _ in range(count):
            other = opened(world, title_zh=f"又一场{Activity.objects.count()}")
            n = Registration.objects.count()
            joined(world, row, n, organization_name="滨海甲检测技术有限公司")
            entered(world, joined(world, other, n + 1))

    for address in (at("activity_list"), at("registration_list", row.uid), reverse("public:events:activity_list")):
        assert_same_queries(more, partial(officer.get, address))
