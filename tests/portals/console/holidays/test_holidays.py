"""An administrator pastes the State Council's notice of a year: read day by day, kept, and the clocks move with it."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from feidi.kernel.audit.models import AuditEntry
from feidi.kernel.calendar.models import HolidayNotice
from feidi.kernel.calendar.notice_text import read_notice
from feidi.kernel.calendar.shipped import shipped
from feidi.kernel.deadlines.clock import ClockSpec
from feidi.kernel.deadlines.models import Deadline
from feidi.kernel.deadlines.services import start_clock
from feidi.kernel.subjects import Subject
from tests.support.world import World

PUBLISHED = """国务院办公厅关于2026年部分节假日安排的通知
各省、自治区、直辖市人民政府，国务院各部委、各直属机构：
经国务院批准，现将2026年元旦、春节、清明节、劳动节、端午节、中秋节和国庆节放假调休日期的具体安排通知如下。
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
节假日期间，各地区、各部门要妥善安排好值班和安全、保卫等工作。
2025年11月4日"""
#: Invented: no notice of 2027 is published yet.
INVENTED = """一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2027-02-05至2027-02-11放假调休，共7天。2月13日（周六）上班。"""
SOURCE = "测试用的虚构通知"


@pytest.fixture(autouse=True)
def _at_the_hour_of_the_world(monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: now)


def codes(year: int, text: str) -> list[str]:
    return [each.code for each in read_notice(year, text).findings]


def test_the_published_notice_is_read_as_it_is_shipped() -> None:
    read = read_notice(2026, PUBLISHED)
    assert list(read.days) == sorted(shipped().years[2026], key=lambda each: each.date)
    assert [each.code for each in read.findings] == ["calendar.day_without_kind"], "the day of signing, left alone"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("元旦：1月1日（周四）放假，共1天。", ["calendar.weekday_differs"]),
        ("元旦：1月1日至3日放假，共4天。", ["calendar.count_differs"]),
        ("春节：2月30日放假。", ["calendar.no_such_day"]),
        ("春节：2月9日至5日放假。", ["calendar.span_wrong"]),
        ("关于2026年部分节假日安排的通知\n元旦：1月1日放假。", ["calendar.notice_of_other_year"]),
        ("春节：2月5日至11日。", ["calendar.day_without_kind"]),
        ("元旦：12月31日至1月2日放假", []),
        ("没有日期的一段话：大家好。", []),
        ("", []),
    ],
)
def test_what_does_not_agree_is_said(text: str, found: list[str]) -> None:
    assert codes(2027, text) == found


def test_new_year_may_begin_in_december() -> None:
    days = [each.date for each in read_notice(2027, "元旦：12月31日至1月2日放假").days]
    assert days == [date(2026, 12, 31), date(2027, 1, 1), date(2027, 1, 2)]


def words(response: Any) -> str:
    """Return what is read, without tags."""
    return re.sub(r"<[^>]+>", "", response.content.decode())


def at(name: str, *args: int) -> str:
    return reverse(f"console:holidays:{name}", args=args)


@pytest.mark.django_db
def test_a_notice_is_read_kept_and_moves_the_clocks(world: World, client: Client, now: datetime) -> None:
    clock = ClockSpec("far", "远期", "Far away", 60, "working", "interaction")
    officer, subject = world.actor("officer"), Subject("pipeline.project", world.lead().uid)
    deadline = start_clock(actor=officer, now=now, subject=subject, clock=clock, on=date(2026, 11, 23))
    assert (deadline.due_on.year, deadline.provisional) == (2027, True)
    client.force_login(world.users["admin"])
    listed = client.get(at("notice_list")).content.decode()
    assert "2027 年的通知还没有录入" in listed
    assert "2026 年的通知还没有录入" not in listed
    assert "随平台附带" in listed
    assert "shipped" not in listed
    assert "暂定" in client.get(at("notice_view", 2027)).content.decode()
    sent = {"year": "2027", "source": SOURCE, "text": INVENTED}
    looked = words(client.post(at("notice_add"), sent | {"read": ""}))
    assert "2027-02-05 — 2027-02-11" in looked
    assert "2027-02-13" in looked
    assert not HolidayNotice.objects.filter(year=2027).exists(), "looked at only"
    wrong = client.post(at("notice_add"), sent | {"text": INVENTED.replace("周五", "周四"), "keep": ""})
    assert wrong.status_code == 409
    assert "通知写的是周四" in wrong.content.decode()
    assert client.post(at("notice_add"), sent | {"keep": ""}).status_code == 302
    deadline.refresh_from_db()
    assert not deadline.provisional
    kept = words(client.get(at("notice_view", 2027)))
    assert SOURCE in kept
    assert "2027-02-05 — 2027-02-11" in kept
    assert AuditEntry.objects.filter(action="settled", subject_uid=deadline.uid).count() == 1
    before = deadline.due_on
    corrected = sent | {"text": INVENTED.replace("11放假调休，共7天", "12放假调休，共8天"), "keep": ""}
    client.post(at("notice_add"), corrected)
    assert Deadline.objects.get(pk=deadline.pk).due_on > before
    assert "此前另有 1 份，已被替代" in client.get(at("notice_list")).content.decode()
    assert "已被替代的通知" in client.get(at("notice_view", 2027)).content.decode()


@pytest.mark.django_db
def test_everybody_reads_and_only_the_administrator_writes(world: World, client: Client) -> None:
    for role in ("officer", "lead", "bureau", "tenant"):
        client.force_login(world.users[role])
        assert client.get(at("notice_list")).status_code == 200
        assert client.get(at("notice_view", 2026)).status_code == 200
        assert "录入通知" not in client.get(at("notice_list")).content.decode()
        sent = {"year": "2027", "source": SOURCE, "text": INVENTED, "keep": ""}
        for refused in (client.get(at("notice_add")), client.post(at("notice_add"), sent)):
            assert refused.status_code == 409
            assert "没有上传放假通知的权限" in refused.content.decode()
    assert client.get(at("notice_view", 1999)).status_code == 404
    assert not HolidayNotice.objects.filter(year=2027).exists()
