"""The console of the public site: a draft written, sent, returned, published by another, withdrawn; media; messages."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from feidi.domain.matching.models import Profile
from feidi.domain.showcase.enums import InquiryKind
from feidi.domain.showcase.models import HallVisit, Inquiry, MediaReport, Picture, Publication
from feidi.domain.showcase.services.inquiries import Message, take_inquiry
from feidi.kernel.access import ANONYMOUS
from feidi.kernel.audit.models import AuditEntry
from feidi.kernel.todos.models import Todo
from tests.support.queries import assert_same_queries
from tests.support.showcase import draft_of, own_project, photograph, published, released, shown_project, written
from tests.support.world import PDF, World

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_the_hour_of_the_world(monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: now)


def at(name: str, *args: str) -> str:
    return reverse(f"console:showcase:{name}", args=args)


def of(world: World, role: str) -> Client:
    client = Client()
    client.force_login(world.users[role])
    return client


def begun(world: World, kind: str = "news") -> Publication:
    sent = {"outpost": world.outpost.pk, "kind": kind, "title": "开放日"}
    answer = of(world, "officer").post(at("publication_new"), sent)
    row = Publication.objects.get()
    assert answer.headers["Location"] == at("publication_edit", row.uid)
    return row


def test_from_a_draft_to_the_site_and_off_again(world: World) -> None:
    row = begun(world)
    officer, lead = of(world, "officer"), of(world, "lead")
    text = {"title_zh": "开放日", "title_en": "Open day", "body_zh": "## 日程\n\n- 上午\n- 下午", "alt": "展厅"}
    officer.post(at("publication_edit", row.uid), {**text, "cover": SimpleUploadedFile("图.jpg", photograph())})
    page = officer.get(at("publication_view", row.uid)).content.decode()
    assert "<li>上午</li>" in page
    assert "公众将看到（英文）" in page
    officer.post(at("edition_send", row.uid))
    assert "要由另一位有发布权限的同事审核" in officer.get(at("publication_view", row.uid)).content.decode()
    lead.post(at("edition_return", row.uid), {"reason": "写明日期"})
    officer.post(at("edition_send", row.uid))
    lead.post(at("edition_publish", row.uid), {})
    address = reverse("public:showcase:news_view", args=["yunbin", row.uid])
    assert f'href="{address}"' in lead.get(at("publication_view", row.uid)).content.decode(), (
        "one look at what went out"
    )
    public = Client().get(address)
    assert public.status_code == 200
    assert "<li>上午</li>" in public.content.decode()
    lead.post(at("publication_withdraw", row.uid), {"reason": "改期"})
    assert Client().get(reverse("public:showcase:news_view", args=["yunbin", row.uid])).status_code == 404
    history = officer.get(at("publication_view", row.uid)).content.decode()
    assert f'href="{address}"' not in history
    assert all(each in history for each in ("起草", "送审", "退回", "审核发布", "撤下", "写明日期", "改期"))


def test_a_lead_who_wrote_it_is_told_to_find_another(world: World) -> None:
    row = begun(world)
    lead = of(world, "lead")
    lead.post(at("publication_edit", row.uid), {"title_zh": "改过"})
    lead.post(at("edition_send", row.uid))
    assert "要由另一位有发布权限的同事审核" in lead.get(at("publication_view", row.uid)).content.decode()
    assert lead.post(at("edition_publish", row.uid), {}).status_code == 409


def test_scheduled_by_the_form(world: World) -> None:
    row = begun(world)
    of(world, "officer").post(at("edition_send", row.uid))
    of(world, "lead").post(at("edition_publish", row.uid), {"on": "2026-11-30", "at": "08:00"})
    edition = row.editions.get()
    assert edition.visible_from is not None
    assert edition.visible_from.isoformat() == "2026-11-30T00:00:00+00:00"
    assert "定时发布" in of(world, "officer").get(at("publication_list")).content.decode()


@pytest.mark.parametrize(("name", "said"), [("海报.png", "其实是 PDF"), ("大图.png", "100 百万像素")])
def test_what_is_no_picture_is_refused_in_the_form(world: World, name: str, said: str) -> None:
    row = begun(world)
    stream = BytesIO()
    if name == "大图.png":
        Image.new("1", (10_000, 10_000)).save(stream, "PNG")
    upload = SimpleUploadedFile(name, stream.getvalue() or PDF)
    answer = of(world, "officer").post(at("publication_edit", row.uid), {"title_zh": "开放日", "cover": upload})
    assert answer.status_code == 409
    assert said in answer.content.decode()
    assert 'value="开放日"' in answer.content.decode(), "what was typed stays"
    assert not Picture.objects.exists()


@pytest.mark.parametrize(
    "given", [{"on": "明天"}, {"on": "2026-13-01"}, {"on": "2026-12-01", "at": "下午"}, {"at": "15:00"}]
)
def test_an_hour_that_cannot_be_read_publishes_nothing(world: World, given: dict[str, str]) -> None:
    row = written(world)
    of(world, "officer").post(at("edition_send", row.uid))
    lead = of(world, "lead")
    answer = lead.post(at("edition_publish", row.uid), given, follow=True)
    assert row.editions.get().state == "review", "it would have been public at once"
    assert "没有发布" in answer.content.decode()
    assert lead.post(at("edition_publish", row.uid), {"on": "2026-12-01", "at": "15:00"}).status_code == 302
    assert row.editions.get().state == "published"


def test_a_script_is_refused_and_said(world: World) -> None:
    row = begun(world)
    text = {"title_zh": "开放日", "body_zh": "<script>alert(1)</script>"}
    answer = of(world, "officer").post(at("publication_edit", row.uid), text)
    assert answer.status_code == 409
    assert "网页程序" in answer.content.decode()
    assert "<script>alert" not in answer.content.decode()


def test_the_outpost_holds_back_but_adds_nothing(world: World) -> None:
    released(world, own_project(world))
    officer = of(world, "officer")
    listed = officer.get(at("sheet_list")).content.decode()
    assert "低温在线检测" in listed
    sheet = own_sheet()
    form = officer.get(at("sheet_take", sheet.uid)).content.decode()
    assert "核心产品" in form
    assert "团队人数" not in form, "what was not released is not on offer"
    answer = officer.post(at("sheet_take", sheet.uid), {"held_back": ["core_product"]})
    row = Publication.objects.get()
    assert answer.headers["Location"] == at("publication_view", row.uid)
    page = officer.get(at("publication_view", row.uid)).content.decode()
    assert "低温探头标定台" not in page
    assert "滨海大学实验室" in page


def own_sheet() -> Any:
    from feidi.domain.showcase.models import Sheet

    return Sheet.objects.get()


def test_the_home_side_reads_what_is_public_and_no_draft(world: World) -> None:
    draft, public = written(world, draft=draft_of("Q草稿")), written(world, draft=draft_of("Q公开"))
    published(world, public)
    bureau = of(world, "bureau")
    listed = bureau.get(at("publication_list")).content.decode()
    assert "Q公开" in listed
    assert "Q草稿" not in listed
    assert bureau.get(at("publication_view", draft.uid)).status_code == 404
    assert bureau.get(at("publication_view", public.uid)).status_code == 200
    assert bureau.post(at("publication_withdraw", public.uid), {"reason": "x"}).status_code in {404, 409}


def test_results_are_reckoned_and_frozen(world: World) -> None:
    row = begun(world, "result")
    content = row.editions.get().content
    assert [each["code"] for each in content["figures"]] == ["verified", "outcomes", "talents"]
    of(world, "officer").post(at("publication_edit", row.uid), {"title_zh": "年度成效"})
    assert row.editions.get().content["figures"] == content["figures"], "a change of words keeps the figures"


def test_a_report_of_the_media_has_a_link_a_screenshot_and_a_second_person(world: World) -> None:
    officer = of(world, "officer")
    given = {
        "outpost": world.outpost.pk,
        "medium": "滨海日报",
        "title": "两座城",
        "reported_on": "2026-11-20",
        "link": "https://news.example.com/1",
        "screenshot": SimpleUploadedFile("截图.png", photograph(kind="PNG")),
    }
    officer.post(at("media_new"), given)
    row = MediaReport.objects.get()
    assert row.screenshot is not None
    assert officer.post(at("media_new"), {**given, "screenshot": ""}).status_code == 409, "the same link twice"
    news = reverse("public:showcase:news_list", args=["yunbin"])
    assert "两座城" not in Client().get(news).content.decode()
    of(world, "lead").post(at("media_show", row.uid))
    assert 'href="https://news.example.com/1"' in Client().get(news).content.decode()
    assert officer.get(at("media_export")).status_code == 200
    officer.post(at("media_void", row.uid), {"reason": "登错"})
    assert "两座城" not in Client().get(news).content.decode()


def inquiry_of(world: World, kind: InquiryKind = InquiryKind.NEED) -> Inquiry:
    message = Message(kind, "找低温标定实验室", "林博士", "13900004321", "虚构仪器厂")
    return take_inquiry(actor=ANONYMOUS, now=world.now, outpost=world.outpost, message=message)


def test_a_message_becomes_a_draft_of_a_need(world: World) -> None:
    row = inquiry_of(world)
    officer = of(world, "officer")
    page = officer.get(at("inquiry_view", row.uid)).content.decode()
    assert "13900004321" not in page
    assert "林博士" not in page
    shown = officer.post(at("inquiry_unmask", row.uid), {"reason": "回电话"}).content.decode()
    assert "13900004321" in shown
    assert AuditEntry.objects.filter(subject_uid=row.uid, action="unmasked").exists()
    answer = officer.post(
        at("inquiry_turn", row.uid),
        {"organization": "虚构仪器厂", "kind": "technology", "title": "低温标定", "masked_text": "找液氮温区标定"},
    )
    assert answer.status_code == 302, answer.content.decode()[-2000:]
    profile = Profile.objects.get()
    row.refresh_from_db()
    assert (row.state, row.turned_uid, profile.state) == ("turned", profile.uid, "draft")
    assert not Todo.objects.filter(subject_uid=row.uid, done_at__isnull=True).exists()


def test_a_message_becomes_a_visit(world: World) -> None:
    row = inquiry_of(world, InquiryKind.VISIT)
    given = {"delegation": "虚构商会", "on": "2026-12-03", "begins": "10:00", "ends": "11:00", "people": "9"}
    assert of(world, "officer").post(at("inquiry_turn", row.uid), given).status_code == 302
    assert HallVisit.objects.get().state == "asked"


def test_an_inquiry_is_answered_once(world: World) -> None:
    row = inquiry_of(world)
    officer = of(world, "officer")
    assert officer.post(at("inquiry_answer", row.uid), {"answer": "已电话答复"}).status_code == 302
    assert officer.post(at("inquiry_answer", row.uid), {"answer": "再答"}).status_code == 409
    assert "没有待答复的留言" in officer.get(at("inquiry_list")).content.decode()


LISTS = ("publication_list", "sheet_list", "media_list", "inquiry_list")


@pytest.mark.parametrize("name", LISTS)
def test_lists_cost_the_same_at_one_row_and_at_three(world: World, name: str) -> None:
    client, made = of(world, "officer"), []

    def rows(count: int) -> None:
        for _ in range(count):
            made.append(1)
            at_number = len(made)
            if name == "sheet_list":
                released(world, own_project(world, f"项目{at_number}"))
            elif name == "media_list":
                given = {"outpost": world.outpost.pk, "medium": "报", "title": f"题{at_number}"}
                client.post(at("media_new"), {**given, "reported_on": "2026-11-20"})
            elif name == "inquiry_list":
                inquiry_of(world)
            else:
                shown_project(world, own_project(world, f"项目{at_number}"))

    assert_same_queries(rows, lambda: client.get(at(name)))
