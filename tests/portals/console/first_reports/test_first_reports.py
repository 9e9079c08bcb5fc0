"""First reports on pages: list, tab, dispute, ruling, ledger's word, card; and the paste box that begins a lead."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from feidi.domain.parties.models import ContactPoint, Outpost
from feidi.domain.pipeline.enums import FirstReportState
from feidi.domain.pipeline.models import FirstReport, FirstReportDispute, Project
from feidi.domain.pipeline.services.first_reports import claim_first_report
from feidi.domain.pipeline.services.voiding import void_project
from feidi.kernel.todos.models import Todo
from tests.support.queries import assert_same_queries
from tests.support.world import PDF, World

pytestmark = pytest.mark.django_db
MESSAGE = "滨海某某生物，做POCT的，王总13900001234，想找中试，A轮，下周三过来看看，附近有地铁吗，王总139…"


@pytest.fixture(autouse=True)
def _at_the_hour_of_the_world(monkeypatch: pytest.MonkeyPatch, now: Any) -> None:
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: now)


def url(name: str, *args: str) -> str:
    return reverse(f"console:{name}", args=args)


def page(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, response.content.decode()[:3000]
    return response.content.decode()


@pytest.fixture
def sign_in(world: World) -> Any:
    def signed_in(role: str) -> Client:
        client = Client()
        client.force_login(world.users[role])
        return client

    return signed_in


@pytest.fixture
def two(world: World) -> tuple[FirstReport, FirstReport]:
    """The same investor with two outposts of one home."""
    sister = Outpost.objects.create(
        code="sister",
        name="姊妹驻点",
        short_name="姊妹",
        home=world.outpost.home,
        host=world.outpost.host,
        created_at=world.now,
    )
    world.user("sister", "officer", outpost=sister)
    first = world.lead()
    second = world.lead("介质检测二期", by="sister", owner=world.users["sister"], outpost=sister)
    return FirstReport.objects.get(project=first), FirstReport.objects.get(project=second)


def test_list_filters_sorts_copies_and_exports(sign_in: Any, world: World) -> None:
    project = world.lead()
    world.lead("陶瓷窑炉节能", "滨海乙装备有限公司", owner=world.users["lead"])
    officer = sign_in("officer")
    both = page(officer, url("first_reports:report_list") + "?sort=-reported")
    assert "陶瓷窑炉节能" in both
    assert "首报首谈 2026-11-23，共 2 宗" in both
    assert "陶瓷窑炉节能" not in page(officer, url("first_reports:report_list") + "?show=mine")
    assert "没有符合条件的首报" in page(officer, url("first_reports:report_list") + "?show=expiring")
    FirstReport.objects.filter(project=project).update(window_to=world.now.date())
    assert "低温介质检测" in page(officer, url("first_reports:report_list") + "?show=expiring&state=granted")
    assert "没有可看的首报" in page(sign_in("bureau"), url("first_reports:report_list"))
    book = officer.get(url("first_reports:report_export") + "?show=mine").content
    sheet = openpyxl.load_workbook(BytesIO(book)).active
    assert [row[0] for row in sheet.iter_rows(values_only=True)] == ["项目", "低温介质检测"]
    assert sign_in("bureau").get(url("first_reports:report_export")).status_code == 409


def test_list_costs_the_same_at_one_and_three_rows(sign_in: Any, world: World) -> None:
    officer, made = sign_in("officer"), []

    def rows(count: int) -> None:
        for _ in range(count):
            made.append(world.lead(f"项目{len(made)}", f"滨海{len(made)}有限公司", contact_name=f"人{len(made)}"))

    assert_same_queries(rows, lambda: officer.get(url("first_reports:report_list")))
    tab = url("pipeline:project_view", made[0].uid) + "?tab=first_report"

    def claims(count: int) -> None:
        for _ in range(count):
            FirstReport.objects.filter(project=made[0]).update(state=FirstReportState.LAPSED)
            claim_first_report(actor=world.actor("officer"), now=world.now, project=made[0])

    assert_same_queries(claims, lambda: officer.get(tab))


def test_tab_shows_the_right_and_renews_it(sign_in: Any, world: World) -> None:
    project = world.lead()
    claim, officer = FirstReport.objects.get(project=project), sign_in("officer")
    tab = page(officer, url("pipeline:project_view", project.uid) + "?tab=first_report")
    for words in ("首谈权有效", "2027-01-22", "参考外地做法，待本区确认", claim.digest[:16], "申请续期"):
        assert words in tab
    assert officer.post(url("first_reports:report_renew", claim.uid), {"reason": ""}).status_code == 409
    assert officer.post(url("first_reports:report_renew", claim.uid), {"reason": "对方开会"}).status_code == 302
    assert "2027-02-21" in page(officer, url("pipeline:project_view", project.uid) + "?tab=first_report")
    assert sign_in("rival").post(url("first_reports:report_renew", claim.uid), {"reason": "x"}).status_code == 404
    void_project(actor=world.actor("lead"), now=world.now, project=project, reason="重复")
    assert "低温介质检测" not in page(officer, url("first_reports:report_list"))


def test_claim_by_hand_with_evidence(sign_in: Any, world: World) -> None:
    project, officer = world.lead(source_channel=""), sign_in("officer")
    assert "登记首报" in page(officer, url("pipeline:project_view", project.uid) + "?tab=first_report")
    address = url("first_reports:report_claim", project.uid)
    assert "凭据" in page(officer, address)
    sent = {"unit": "", "how": "展会上认识", "evidence": SimpleUploadedFile("截图.pdf", PDF)}
    assert officer.post(address, sent).status_code == 302
    claim = FirstReport.objects.get(project=project)
    assert claim.evidence is not None
    assert "截图.pdf" in page(officer, url("pipeline:project_view", project.uid) + "?tab=first_report")
    assert officer.post(address, {"how": "再报"}).status_code == 409


def test_dispute_from_collision_to_ruling(sign_in: Any, world: World, two: tuple[FirstReport, FirstReport]) -> None:
    first, second = two
    sister, officer, bureau = sign_in("sister"), sign_in("officer"), sign_in("bureau")
    tab = page(sister, url("pipeline:project_view", second.project.uid) + "?tab=first_report")
    assert world.outpost.short_name in tab
    assert "投资方相同" in tab
    for hidden in (first.project.name, first.project.code, first.project.uid):
        assert hidden not in tab
    assert sister.get(url("pipeline:project_view", first.project.uid)).status_code == 404
    raising = url("first_reports:dispute_raise", second.uid)
    assert "2026-11-23" in page(sister, raising)
    assert sister.post(raising, {"against": first.uid, "grounds": ""}).status_code == 422
    assert sister.post(raising, {"against": first.uid, "grounds": "9月有来函"}).status_code == 302
    dispute = FirstReportDispute.objects.get()
    address = url("first_reports:dispute_view", dispute.uid)
    before = page(bureau, address)
    assert second.project.name in before
    assert first.project.name not in before
    assert "名称不显示" in before
    assert first.project.name not in page(sister, address)
    for role in ("rival", "rival_bureau", "verifier", "tenant"):
        assert sign_in(role).get(address).status_code == 404
    assert officer.post(url("first_reports:dispute_answer", dispute.uid), {"reason": "展会当天登记"}).status_code == 302
    assert first.project.name in page(bureau, address)
    assert "姊妹" in page(officer, url("first_reports:dispute_list"))
    ruling = url("first_reports:dispute_rule", dispute.uid)
    assert officer.get(ruling).status_code == 409
    assert "先报者优先" in page(bureau, ruling)
    sent = {
        "winner": first.uid,
        "rule": "earlier_report",
        "ruling": "以首报时间为准",
        "document": SimpleUploadedFile("裁定.pdf", PDF),
    }
    assert bureau.post(ruling, sent).status_code == 302
    shown = page(sister, address)
    assert "以首报时间为准" in shown
    assert "先报者优先" in shown
    assert first.project.name not in shown
    second.refresh_from_db()
    assert second.state == FirstReportState.REFUSED
    assert Todo.objects.filter(what__contains="已裁定").count() == 2


def test_a_collision_is_said_at_registration(sign_in: Any, world: World, two: tuple[FirstReport, FirstReport]) -> None:
    first, _second = two
    officer = sign_in("officer")
    sent = {"outpost": world.outpost.pk, "kind": "enterprise", "source_channel": "展会"}
    clean = officer.post(url("pipeline:project_new"), {**sent, "name": "独家", "sponsor": "独家公司"}, follow=True)
    assert "首谈期至 2027-01-22" in clean.content.decode()
    again = {**sent, "name": "三期", "sponsor": first.project.sponsor_name}
    told = officer.post(url("pipeline:project_new"), again, follow=True).content.decode()
    assert "姊妹自 2026-11-23 起也报过同一投资方（投资方相同）" in told
    assert "介质检测二期" not in told


def test_withdraw_check_grant_transfer(sign_in: Any, world: World, two: tuple[FirstReport, FirstReport]) -> None:
    first, second = two
    sister, lead = sign_in("sister"), sign_in("lead")
    assert sister.post(url("first_reports:report_check", second.uid)).status_code == 302
    assert sister.post(url("first_reports:report_grant", second.uid)).status_code == 409
    sister.post(url("first_reports:dispute_raise", second.uid), {"against": first.uid, "grounds": "先谈"})
    dispute = FirstReportDispute.objects.get()
    withdrawn = sister.post(url("first_reports:dispute_withdraw", dispute.uid), {"reason": "已沟通"})
    assert withdrawn.status_code == 302
    assert (
        sign_in("bureau").post(url("first_reports:report_grant", second.uid), {"reason": "可并行"}).status_code == 302
    )
    address = url("first_reports:report_transfer", first.uid)
    assert sign_in("officer").get(address).status_code == 409
    assert "姊妹" in page(lead, address)
    sister_key = Outpost.objects.get(code="sister").pk
    assert lead.post(address, {"to": sister_key, "reason": "离对方近"}).status_code == 302
    assert Project.objects.filter(outpost__code="sister", name=first.project.name).exists()


def test_what_the_ledger_says_is_confirmed_in_bulk(sign_in: Any, world: World) -> None:
    uids = [world.lead(f"台账{n}", f"台账{n}公司", source_channel="").uid for n in (1, 2)]
    Project.objects.filter(uid__in=uids).update(first_report_unit="云滨", first_report_on=world.now.date())
    officer = sign_in("officer")
    assert "台账填报" in page(officer, url("pipeline:project_view", uids[0]) + "?tab=first_report")
    address = url("first_reports:ledger_confirm")
    assert "台账2" in page(officer, address)
    assert officer.post(address, {"project": uids}).status_code == 409
    proof = SimpleUploadedFile("登记表.pdf", PDF)
    assert officer.post(address, {"project": uids, "evidence": proof, "note": "区里备案"}).status_code == 302
    assert FirstReport.objects.filter(unit="云滨", evidence__name="登记表.pdf").count() == 2
    assert "没有待确认的台账填报" in page(officer, address)


def test_card_is_a_picture_without_contacts(sign_in: Any, world: World, settings: Any) -> None:
    settings.FEIDI_DEMONSTRATION = True
    project = world.lead()
    text = page(sign_in("officer"), url("first_reports:card_view", project.uid))
    assert "保存图片" in text
    assert "王工" not in text
    image = sign_in("officer").get(url("first_reports:card_image", project.uid))
    assert image["Content-Type"] == "image/png"
    assert image.content.startswith(b"\x89PNG")
    assert sign_in("rival").get(url("first_reports:card_image", project.uid)).status_code == 404


def test_pasted_message_to_lead(sign_in: Any, world: World) -> None:
    world.lead("快检试剂", "滨海某某生物科技有限公司", contact_phone="13900008888")
    officer = sign_in("officer")
    assert "微信文字" in page(officer, url("pipeline:project_paste"))
    assert officer.post(url("pipeline:project_paste"), {"text": " "}).status_code == 422
    response = officer.post(url("pipeline:project_paste"), {"text": MESSAGE})
    form = response.context["form"]
    proposed = {field.name: field.value() for field in form.main if field.value()}
    assert {
        name: proposed[name] for name in ("name", "sponsor", "contact_name", "contact_phone", "needs", "round")
    } == {
        "name": "滨海某某生物 POCT",
        "sponsor": "滨海某某生物",
        "contact_name": "王总",
        "contact_phone": "13900001234",
        "needs": "中试",
        "round": "A轮",
    }
    assert (str(proposed["next_on"]), proposed["next_step"]) == ("2026-12-02", "下周三过来看看")
    assert "附近有地铁吗" in proposed["remarks"]
    text = response.content.decode()
    assert text.count("请确认") >= 6
    assert "理由：品牌相同" in text
    assert "快检试剂" in text
    assert "电话不全，没有采用：139…" in text
    sent = {**proposed, "outpost": world.outpost.pk, "kind": "enterprise", "pasted": MESSAGE}
    saved = officer.post(url("pipeline:project_new"), sent)
    project = Project.objects.get(name="滨海某某生物 POCT")
    assert saved.headers["Location"] == url("pipeline:project_view", project.uid)
    record = page(officer, saved.headers["Location"])
    assert "139****1234" in record
    timeline = page(officer, saved.headers["Location"] + "?tab=timeline")
    assert "王总139****1234，想找中试" in timeline
    for text in (record, timeline):
        assert "13900001234" not in text
    assert project.owner == world.users["officer"]
    assert Todo.objects.get(what="下周三过来看看").assignee == world.users["officer"]
    assert FirstReport.objects.get(project=project).state == FirstReportState.GRANTED
    assert len(record.split('data-copy="')[1].split('"')[0].splitlines()) <= 5


def test_a_refused_lead_keeps_what_was_pasted(sign_in: Any, world: World) -> None:
    world.lead("POCT")
    sent = {
        "outpost": world.outpost.pk,
        "name": "POCT",
        "sponsor": "滨海某某生物",
        "contact_name": "王总",
        "contact_phone": "13900001234",
        "kind": "enterprise",
        "pasted": "滨海某某生物，王总13900001234，李工13900007777",
    }
    officer = sign_in("officer")
    refused = officer.post(url("pipeline:project_new"), sent)
    assert refused.status_code == 409
    text = refused.content.decode()
    assert "李工13900007777" in text
    assert "请确认" in text
    assert officer.post(url("pipeline:project_new"), {**sent, "not_a_duplicate": "on"}).status_code == 302
    project = Project.objects.get(sponsor_name="滨海某某生物")
    hints = ContactPoint.objects.filter(person__in=project.parties.values("person_id")).values_list(
        "value_hint", flat=True
    )
    assert sorted(hints) == ["139****1234", "139****7777"]


def test_typing_shows_likeness_with_reason_and_strangers_only_as_existing(sign_in: Any, world: World) -> None:
    world.lead()
    asked = {"outpost": world.outpost.pk, "name": "x", "sponsor": "另一家", "contact_phone": "13900001234"}
    assert "联系电话相同" in sign_in("officer").get(url("pipeline:project_duplicates"), asked).content.decode()
    theirs = {"outpost": world.rival.pk, "name": "低温介质检测", "sponsor": "滨海甲检测技术有限公司"}
    told = sign_in("rival").get(url("pipeline:project_duplicates"), theirs).content.decode()
    assert world.outpost.short_name in told
    assert "2026-11-23" in told
    assert "低温介质检测" not in told
