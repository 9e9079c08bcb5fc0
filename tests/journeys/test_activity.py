"""A guest registers on a telephone, shows the ticket at a door whose line is lost in between, and is one entry; who came
stands in the talks of the project.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from feidi.domain.pipeline.models import Interaction
from feidi.domain.roadshow.models import Activity, CheckIn, Registration
from feidi.domain.roadshow.services.activities import Item, put_programme
from feidi.kernel.feedback.models import Ask
from feidi.kernel.notify.models import Mail
from feidi.kernel.notify.sealed_body import unseal_body
from tests.journeys.walking import PHONE, Walker, walking
from tests.support.activities import joined, opened

pytestmark = pytest.mark.journey

FIRM = "滨海甲检测技术有限公司"
#: The line answers again: nothing waits in this browser any more.
_THROUGH = "() => document.querySelectorAll('[data-door-queue] li').length === 0"


class Hour:
    """The hour at which the site is asked."""

    def __init__(self, now: Any) -> None:
        self.now = now


@pytest.fixture
def hour(people: Any, monkeypatch: pytest.MonkeyPatch) -> Hour:
    """The world's hour, to be moved on."""
    made = Hour(people.now)
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: made.now)
    return made


@pytest.fixture
def guest(browser: Any, server: str, people: Any, hour: Hour) -> Iterator[Walker]:
    """Somebody with a phone and no account. The first request loads the code of every page: not what is walked here."""
    Client().get("/public/events/")
    with walking(browser, server, "activity") as made:
        _to_phone(made)
        yield made


def _to_phone(who: Walker) -> None:
    who.page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})


def _look(who: Walker, name: str) -> None:
    who.look(name)
    _to_phone(who)


def _planned(people: Any) -> Activity:
    starts = people.now + timedelta(hours=2)
    row = opened(people, kind="matchmaking", starts_at=starts, title_zh="低温检测对接会", capacity=3)
    items = [Item(starts, "开场"), Item(starts + timedelta(minutes=30), "低温检测", speaker="林博士")]
    put_programme(actor=people.actor("officer"), now=people.now, activity=row, items=items)
    joined(people, row, 8, answers={"need": "找试验线"}, organization_name="云溪某陶瓷公司")
    return row


def _registered(guest: Walker, hour: Hour) -> Registration:
    guest.go("/public/events/")
    _look(guest, "1-list")
    guest.follow("低温检测对接会")
    assert guest.says("还剩 2")
    _look(guest, "2-one")
    guest.follow("报名")
    hour.now += timedelta(seconds=20)
    guest.fill(name="方远", phone="139 0000 4321", mail="fang@example.cn", organization_name=FIRM, title="总经理")
    guest.page.check("main >> [name=consent]")
    guest.page.evaluate("() => document.querySelectorAll('main [required]').forEach(e => { e.required = false; })")
    guest.press("提交报名")
    assert guest.says("没有回答"), "what is missing is said, and what was typed is still there"
    _look(guest, "3-form")
    hour.now += timedelta(seconds=20)
    guest.fill(**{"q-need": "找低温阀门"})
    guest.page.check("main >> [name=consent]")
    guest.press("提交报名")
    row = Registration.objects.get(name="方远")
    assert guest.says(row.code)
    _look(guest, "4-ticket")
    return row


def _ticket_by_mail(row: Registration) -> str:
    mail = Mail.objects.get(subject="报名成功：低温检测对接会", to_hint="f***@example.cn")
    body = unseal_body(mail.body_enc, mail.uid)
    assert row.code in body.text
    assert [each.name for each in body.attachments] == ["ticket.png", "activity.ics"]
    return body.text


def _scan(officer: Walker, code: str) -> None:
    officer.page.fill("#id_code", code)
    officer.page.press("#id_code", "Enter")


def _at_the_door(officer: Walker, activity: Activity, row: Registration) -> None:
    _to_phone(officer)
    officer.go(f"/events/{activity.uid}/door/")
    officer.page.fill("#id_door", "正门")
    said = officer.page.locator("[data-door-said]")
    # the line is gone: the scan waits in the browser
    officer.page.context.set_offline(True)
    _scan(officer, row.code)
    said.get_by_text("没有网络").wait_for()
    assert CheckIn.objects.count() == 0
    # it comes back, but the answer to the first try is lost: the scan is through, and the door does not know
    lost: list[int] = []

    def lose(route: Any) -> None:
        if not lost:
            lost.append(route.fetch().status)
            route.abort("internetdisconnected")
        else:
            route.continue_()

    officer.page.route("**/door/scan/", lose)
    officer.page.context.set_offline(False)
    officer.page.wait_for_function(_THROUGH, timeout=30_000)
    assert lost == [200]
    entry = CheckIn.objects.get()
    assert (entry.registration, entry.door) == (row, "正门")
    assert officer.page.inner_text("[data-door-came]") == "1"
    # the same ticket once more, by another scan: the same entry, and the answer says so
    _scan(officer, row.code)
    said.get_by_text("早已签到").wait_for()
    assert CheckIn.objects.get() == entry
    assert (
        officer.page.evaluate("() => Object.keys(localStorage).filter((each) => each.startsWith('feidi-door')).length")
        == 0
    )
    _look(officer, "5-door")


def _without_a_script(officer: Walker, activity: Activity) -> None:
    """The last digits name one of them; a walk-in is one form."""
    other = Registration.objects.get(name="来宾8")
    officer.go(f"/events/{activity.uid}/door/")
    _scan(officer, other.phone_hint[-4:])
    officer.page.locator("[data-door-said]").get_by_text("来宾8").wait_for()
    officer.follow("现场登记")
    officer.fill(name="闻笛", phone="13900008765", organization_name="云溪某窑炉公司")
    officer.page.check("main >> [name=consent]")
    _look(officer, "6-walk-in")
    officer.press("登记并签到")
    assert officer.says("3 / 3")


def test_activity(guest: Walker, walker: Callable[[str], Walker], people: Any, hour: Hour) -> None:
    project = people.lead(sponsor=FIRM)
    before = Interaction.objects.filter(project=project).count()
    activity = _planned(people)
    row = _registered(guest, hour)
    assert "/public/events/ticket/" in _ticket_by_mail(row)
    hour.now = activity.starts_at - timedelta(minutes=20)
    officer = walker("officer")
    _at_the_door(officer, activity, row)
    _without_a_script(officer, activity)
    hour.now = activity.ends_at
    other = Registration.objects.get(name="来宾8")
    guest.page.reload()
    guest.fill(code=other.code, note="约了看试验线")
    guest.press("记下")
    assert guest.says(other.code)
    officer.go(f"/events/{activity.uid}/")
    officer.look("7-activity")
    officer.page.locator("main >> details.confirm:has(summary:has-text('结束签到')) >> summary").first.click()
    officer.press("结束签到", within="main >> details.confirm[open]")
    assert officer.says("已举办")
    officer.go(f"/events/{activity.uid}/attendance/")
    assert officer.says("方远")
    officer.look("8-attendance")
    officer.go(f"/events/{activity.uid}/registrations/")
    officer.look("9-people")
    talks = list(Interaction.objects.filter(project=project).order_by("pk"))[before:]
    assert [each.kind for each in talks] == ["note", "meeting"]
    officer.go(f"/projects/{project.uid}/?tab=timeline")
    assert officer.says("参加活动《低温检测对接会》")
    assert officer.says("约了看试验线")
    assert Ask.objects.filter(occasion="event").count() == 3, "who came is asked how it was"
