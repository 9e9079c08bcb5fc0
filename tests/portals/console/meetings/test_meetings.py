"""Pages of meetings: called, recorded, decided, minuted, taken back; what the home side may not read is struck out."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any

import docx
import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from feidi.domain.liaison.enums import MeetingKind
from feidi.domain.liaison.models import AgendaItem, Decision, Meeting
from feidi.domain.liaison.services.coordinations import NewCoordination, ask_department, open_coordination
from feidi.domain.liaison.services.instructions import NewInstruction, give_instruction
from feidi.domain.liaison.services.meetings import NewDecision, NewMeeting, call_meeting, decide, record_meeting
from feidi.kernel.subjects import Subject
from feidi.kernel.todos.models import Todo
from feidi.kernel.todos.services import add_todo
from feidi.portals.console.meetings.forms import read_people, write_people
from tests.support.queries import assert_same_queries
from tests.support.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_the_hour_of_the_world(monkeypatch: pytest.MonkeyPatch, now: Any) -> None:
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: now)


@pytest.fixture
def sign_in(world: World) -> Any:
    def signed_in(role: str) -> Client:
        client = Client()
        client.force_login(world.users[role])
        return client

    return signed_in


def url(name: str, *args: str) -> str:
    return reverse(f"console:meetings:{name}", args=args)


def page(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, response.content.decode()[:3000]
    return response.content.decode()


def word(client: Client, address: str) -> str:
    document = docx.Document(BytesIO(client.get(address).content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def held(world: World, project: Any = None, kind: MeetingKind = MeetingKind.JOINT) -> Meeting:
    officer = world.actor("officer")
    agenda = [("通报上月进展", None), ("低温介质检测是否列入重点", project)]
    new = NewMeeting(kind, "第4次联席会议", world.now.date(), place="多功能会议室", chair="陈局", agenda=agenda)
    meeting = call_meeting(actor=officer, now=world.now, outpost=world.outpost, new=new)
    item = meeting.agenda.get(position=2)
    record_meeting(
        actor=officer,
        now=world.now,
        meeting=meeting,
        present=[{"name": "陈局", "unit": "经科局", "title": "局长"}, {"name": "周宁", "unit": "联络处", "title": ""}],
        summary="会议听取了汇报。",
        discussions={item.pk: "低温介质检测技术成熟，同意列入"},
    )
    new_decision = NewDecision(
        "低温介质检测列入重点培育", "", world.users["officer"], world.now.date() + timedelta(days=7), item
    )
    decide(actor=officer, now=world.now, meeting=meeting, new=new_decision)
    return meeting


def test_people_are_read_as_typed() -> None:
    text = "陈局　经科局　局长\n\n周宁, 招商联络处\n李四\n赵六 镇街 招商办 主任"
    people = read_people(text)
    assert people == [
        {"name": "陈局", "unit": "经科局", "title": "局长"},
        {"name": "周宁", "unit": "招商联络处", "title": ""},
        {"name": "李四", "unit": "", "title": ""},
        {"name": "赵六", "unit": "镇街", "title": "招商办 主任"},
    ]
    assert read_people(write_people(people)) == people


def test_from_the_invitation_to_issued_minutes(sign_in: Any, world: World) -> None:
    officer, project = sign_in("officer"), world.lead()
    assert "没有符合条件的会议" in page(officer, url("meeting_list"))
    assert project.code in page(officer, url("meeting_new") + f"?project={project.uid}")
    sent = {
        "outpost": world.outpost.pk,
        "kind": "review",
        "title": "重点培育评审会",
        "held_on": "2026-11-23",
        "held_at": "上午9时",
        "agenda": f"通报情况\n{project.code} 低温介质检测是否列入重点",
    }
    officer.post(url("meeting_new"), sent)
    meeting = Meeting.objects.get()
    first, second = meeting.agenda.all()
    assert (first.project, second.project, second.title) == (None, project, "低温介质检测是否列入重点")
    officer.post(url("item_move", second.uid))
    officer.post(url("item_edit", first.uid), {"title": "通报上月情况", "project": ""})
    officer.post(url("item_add", meeting.uid), {"title": "其他", "project": ""})
    extra = AgendaItem.objects.get(title="其他")
    officer.post(url("item_remove", extra.uid))
    assert [item.title for item in meeting.agenda.filter(voided_at=None)] == [
        "低温介质检测是否列入重点",
        "通报上月情况",
    ]
    assert "签名" in word(officer, url("sign_in_download", meeting.uid))
    assert officer.post(url("minutes_issue", meeting.uid)).status_code == 409
    record = {"present": "陈局 经科局 局长\n周宁 联络处", "absent": "李四 财政局", f"said_{second.pk}": "同意列入"}
    assert f"said_{second.pk}" in page(officer, url("meeting_record", meeting.uid))
    assert officer.post(url("meeting_record", meeting.uid), {**record, "present": ""}).status_code == 422
    assert officer.post(url("meeting_record", meeting.uid), record).status_code == 302
    decision = {"text": "一周内补齐尽调清单", "due_on": "2026-11-30", "item": second.pk}
    nobody = officer.post(url("decision_add", meeting.uid), decision)
    assert nobody.status_code == 409
    assert "没有写责任人" in nobody.content.decode()
    officer.post(url("decision_add", meeting.uid), {**decision, "responsible": world.users["officer"].pk})
    officer.post(url("decision_add", meeting.uid), {"text": "函告财政局", "responsible_text": "招商联络处"})
    todo = Todo.objects.get()
    assert (todo.assignee, todo.what) == (world.users["officer"], f"{meeting.number} 一周内补齐尽调清单")
    assert officer.post(url("item_remove", second.uid)).status_code == 409
    assert "讨论稿" in word(officer, url("minutes_download", meeting.uid))
    assert officer.post(url("minutes_issue", meeting.uid)).status_code == 302
    minutes = word(officer, url("minutes_download", meeting.uid))
    for words in (
        "评审会纪要",
        "陈局（经科局 局长）、周宁（联络处）",
        "李四（财政局）",
        "议定事项",
        "2026年11月30日",
        "同意列入",
    ):
        assert words in minutes
    assert "讨论稿" not in minutes
    assert officer.post(url("item_add", meeting.uid), {"title": "补"}).status_code == 409
    _finished_and_taken_back(officer, meeting, sent)
    todo.refresh_from_db()
    assert todo.done_at is not None


def _finished_and_taken_back(officer: Client, meeting: Meeting, sent: dict[str, Any]) -> None:
    first_decision = Decision.objects.get(text="一周内补齐尽调清单")
    officer.post(url("decision_finish", first_decision.uid), {"result": "已补齐"})
    shown = page(officer, url("meeting_view", meeting.uid))
    assert "已补齐" in shown
    assert "1. 一周内补齐尽调清单（officer，11-30）" in shown
    assert officer.post(url("minutes_reopen", meeting.uid), {"reason": "漏了一位"}).status_code == 302
    officer.post(url("decision_void", Decision.objects.get(text="函告财政局").uid), {"reason": "重复"})
    edited = {**sent, "version": Meeting.objects.get().version, "title": "第二次评审会"}
    assert officer.post(url("meeting_edit", meeting.uid), edited).status_code == 302
    again = page(officer, url("meeting_view", meeting.uid))
    assert "漏了一位" in again
    assert "第二次评审会" in again
    assert "函告财政局" not in again
    officer.post(url("meeting_void", meeting.uid), {"reason": "改期"})
    assert "没有符合条件的会议" in page(officer, url("meeting_list"))


def test_what_is_not_reported_the_home_side_does_not_read(sign_in: Any, world: World) -> None:
    project = world.lead()
    meeting = held(world, project)
    Meeting.objects.filter(pk=meeting.pk).update(title="低温介质检测专题会", summary="滨海甲检测技术有限公司介绍情况")
    bureau, officer = sign_in("bureau"), sign_in("officer")
    addresses = (
        url("meeting_view", meeting.uid),
        url("meeting_list") + "?cols=agenda",
        url("meeting_list") + f"?project={project.uid}",
    )
    for address in addresses:
        assert "低温介质" in page(officer, address)
        seen = page(bureau, address)
        for mark in ("低温介质", "滨海甲", project.code, "技术成熟"):
            assert mark not in seen, (address, mark)
    shown = page(bureau, url("meeting_view", meeting.uid))
    assert "（未报送项目）" in shown
    assert "通报上月进展" in shown
    for name in ("minutes_download", "sign_in_download"):
        assert "低温介质" not in word(bureau, url(name, meeting.uid))
    assert "低温介质" in word(officer, url("minutes_download", meeting.uid))
    book = openpyxl.load_workbook(BytesIO(bureau.get(url("meeting_export")).content)).active
    assert book is not None
    cells = str(list(book.iter_rows(values_only=True)))
    assert "（未报送项目）" in cells
    assert "低温介质" not in cells
    for asked in ("?words=低温", "?words=滨海甲", f"?project={project.uid}"):
        assert meeting.uid not in page(bureau, url("meeting_list") + asked)
    assert meeting.uid in page(bureau, url("meeting_list") + f"?words={meeting.number}")
    project.reported_at = world.now
    project.save()
    assert "低温介质检测列入重点培育" in page(bureau, url("meeting_view", meeting.uid))


def test_list_filters_and_exports(sign_in: Any, world: World) -> None:
    held(world)
    officer = sign_in("officer")
    Decision.objects.update(due_on=world.now.date() - timedelta(days=1))
    for asked, here in (
        ("kind=joint", True),
        ("kind=weekly", False),
        ("show=undone", True),
        ("show=mine", True),
        ("show=minuted", False),
        ("show=open", True),
        ("words=重点培育", True),
        ("words=上月进展", True),
        ("words=没有", False),
    ):
        assert ("第4次联席会议" in page(officer, url("meeting_list") + f"?{asked}")) == here, asked
    assert "2026-11-23 第4次联席会议：决定 1 项，未办结 1 项" in page(officer, url("meeting_list"))
    sheet = openpyxl.load_workbook(BytesIO(officer.get(url("meeting_export")).content)).active
    assert sheet is not None
    assert [row[4] for row in sheet.iter_rows(values_only=True)] == ["决定事项", "低温介质检测列入重点培育"]
    for role in ("rival", "rival_bureau", "tenant"):
        assert sign_in(role).get(url("meeting_view", Meeting.objects.get().uid)).status_code == 404


def test_four_lists_of_a_weekly_meeting(sign_in: Any, world: World) -> None:
    officer, today = world.actor("officer"), world.now.date()
    old = world.lead("陶瓷窑炉节能", "滨海乙装备有限公司", now=world.now - timedelta(days=40))
    fresh = world.lead()
    subject = Subject("pipeline.project", fresh.uid)
    add_todo(
        actor=officer, now=world.now, subject=subject, what="请王工来看场地", assignee=world.users["officer"],
        due_on=today + timedelta(days=2),
    )  # fmt: skip
    new = NewCoordination("云溪区供电局", "临时用电", due_on=today)
    asked = open_coordination(actor=officer, now=world.now, outpost=world.outpost, new=new)
    ask_department(actor=officer, now=world.now, coordination=asked, asked_on=today, letter_number="1号")
    matter = NewInstruction("区经科局", "周五前报送线索清单", today, today + timedelta(days=4))
    give_instruction(actor=officer, now=world.now, outpost=world.outpost, new=matter)
    meeting = held(world, kind=MeetingKind.WEEKLY)
    assert "四张单子" in page(sign_in("officer"), url("meeting_view", meeting.uid))
    week = page(sign_in("officer"), url("meeting_week", meeting.uid))
    for words in ("请王工来看场地", "陶瓷窑炉节能", "云溪区供电局", "待反馈 · 第 1 天", "周五前报送线索清单"):
        assert words in week
    assert "本周要见 1，超过14天没动 1，等别人 1，要报送 1" in week
    assert old.name in week
    now_standing = page(sign_in("officer"), url("week_view"))
    assert "本周要见 1，超过14天没动 1，等别人 1，要报送 1" in now_standing, "before any meeting is called"
    assert old.name not in page(sign_in("rival"), url("week_view"))
    assert url("week_view") in page(sign_in("officer"), reverse("console:home"))
    assert sign_in("bureau").get(url("week_view")).status_code == 409
    assert sign_in("bureau").get(url("meeting_week", meeting.uid)).status_code == 409
    assert sign_in("rival").get(url("meeting_week", meeting.uid)).status_code == 404


@pytest.mark.parametrize("role", ["officer", "bureau"])
def test_list_and_record_cost_the_same_at_one_and_three_rows(sign_in: Any, world: World, role: str) -> None:
    client, meeting = sign_in(role), held(world)

    def rows(count: int) -> None:
        for _ in range(count):
            at = Meeting.objects.count()
            held(world, world.lead(f"项目{at}", f"滨海{at}有限公司", contact_name=f"人{at}"))

    def items(count: int) -> None:
        for _ in range(count):
            at = AgendaItem.objects.count()
            project = world.lead(f"题{at}", f"滨海题{at}有限公司", contact_name=f"题{at}")
            item = AgendaItem.objects.create(
                meeting=meeting, position=at, title=f"议题{at}", project=project, created_at=world.now
            )
            new = NewDecision("办", "某", world.users["officer"], None, item)
            decide(actor=world.actor("officer"), now=world.now, meeting=meeting, new=new)

    assert_same_queries(rows, lambda: client.get(url("meeting_list")))
    assert_same_queries(items, lambda: client.get(url("meeting_view", meeting.uid)))


def test_the_second_who_writes_the_record_is_told_what_the_first_wrote(world: World, sign_in: Any) -> None:
    meeting, officer = held(world), sign_in("officer")
    first, second = meeting.agenda.order_by("position")
    address = url("meeting_record", meeting.uid)
    before = officer.get(address).context["form"]["version"].value()
    said = {"present": "陈局 经科局 局长", "summary": "甲记的", f"said_{first.pk}": "甲记的议题一"}
    assert officer.post(address, {**said, f"said_{second.pk}": second.discussion, "version": before}).status_code == 302
    late = {"present": "周宁", "summary": "乙记的", f"said_{first.pk}": "乙记的议题一", "version": before}
    told = page_of_post(officer, address, late, 409)
    for words in ("甲记的", "甲记的议题一", "陈局"):
        assert words in told, words
    assert "{&#x27;name" not in told, "people by name, not as stored"
    assert meeting.agenda.get(pk=first.pk).discussion == "甲记的议题一"
    again = officer.post(address, late).context["form"]["version"].value()
    assert officer.post(address, {**late, "version": again}).status_code == 302, "once more is a deliberate act"
    assert meeting.agenda.get(pk=first.pk).discussion == "乙记的议题一"
    assert officer.post(address, {**late, "version": "nonsense"}).status_code == 302


def test_the_second_who_corrects_an_item_is_told(world: World, sign_in: Any) -> None:
    meeting, officer = held(world), sign_in("officer")
    first, second = meeting.agenda.order_by("position")
    address = url("item_edit", second.uid)
    version = officer.get(address).context["form"]["version"].value()
    officer.post(url("item_move", second.uid))
    assert officer.post(address, {"title": "先改的", "version": version}).status_code == 302, "moved is not rewritten"
    told = page_of_post(officer, address, {"title": "后改的", "version": version}, 409)
    assert "先改的" in told
    assert AgendaItem.objects.get(pk=second.pk).title == "先改的"
    assert officer.post(url("item_edit", first.uid), {"title": "没带版本的照旧"}).status_code == 302


def page_of_post(client: Client, address: str, data: dict[str, Any], status: int) -> str:
    response = client.post(address, data)
    assert response.status_code == status, response.content.decode()[:2000]
    return response.content.decode()
