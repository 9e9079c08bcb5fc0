"""Talents and the green channel as pages: on file by consent, masked, decided at home, one clock, a link shown once."""

from __future__ import annotations

import re
from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from feidi.domain.talent.enums import CaseState, Whereabouts
from feidi.domain.talent.models import ClassRuling, FlexibleContract, GreenCase, Position, Talent
from feidi.domain.talent.services.rulings import ask_ruling
from feidi.domain.talent.services.talents import Work
from feidi.kernel.audit.models import AuditEntry
from tests.support.queries import assert_same_queries
from tests.support.talents import PAPER, PHONE, made, opened
from tests.support.world import PDF, World

pytestmark = pytest.mark.django_db

OK, REDIRECT, NOT_THERE, REFUSED, INVALID = 200, 302, 404, 409, 422


@pytest.fixture(autouse=True)
def _at_the_hour_of_the_world(monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: now)


def signed_in(world: World, who: str) -> Client:
    client = Client()
    client.force_login(world.users[who])
    return client


@pytest.fixture
def officer(world: World) -> Client:
    return signed_in(world, "officer")


def at(name: str, *args: str) -> str:
    return reverse(f"console:talents:{name}", args=args)


def text(client: Client, address: str, status: int = OK, **query: str) -> str:
    response = client.get(address, query)
    assert response.status_code == status, (address, response.status_code)
    return str(response.content.decode())


def send(client: Client, address: str, status: int = REDIRECT, **data: Any) -> str:
    response = client.post(address, data)
    assert response.status_code == status, (address, response.status_code, response.content.decode()[:3000])
    return str(response.content.decode())


def person(world: World, **more: Any) -> dict[str, Any]:
    return {
        "outpost": world.outpost.pk,
        "name": "林博士",
        "origin": "mainland",
        "phone": PHONE,
        "paper_kind": "id_card",
        "paper_number": PAPER,
        "works_at": "host",
        "employer": "滨海某某传感器有限公司",
        "given_how": "paper",
        "given_on": "2026-11-20",
        "paper": SimpleUploadedFile("林博士身份证.pdf", PDF, "application/pdf"),
        **more,
    }


def test_a_person_is_put_on_file_with_the_signed_consent_and_shown_masked(world: World, officer: Client) -> None:
    send(officer, at("talent_new"), INVALID, **person(world, name=""))
    shown = send(officer, at("talent_new"), REFUSED, **person(world, paper=""))
    assert "写的是纸面签字，却没有签字页" in shown
    send(officer, at("talent_new"), **person(world))
    talent = Talent.objects.get()
    page = text(officer, at("talent_view", talent.uid))
    assert PAPER not in page
    assert PHONE not in page
    for words in (talent.paper_hint, "139****5678", "在飞地工作", "类别未裁定", "同意书-20261123.pdf"):
        assert words in page, words
    assert "林博士身份证" not in page
    assert "林博士" in text(officer, at("talent_list"))
    assert "没有在有效期内的委托处理协议" in text(officer, at("talent_list"))


def test_what_is_sealed_is_shown_once_for_a_reason_on_record(world: World, officer: Client) -> None:
    talent = made(world)
    send(officer, at("talent_unmask", talent.uid), REFUSED, reason="")
    page = send(officer, at("talent_unmask", talent.uid), OK, reason="落户填表")
    assert PAPER in page
    assert PHONE in page
    assert AuditEntry.objects.get(subject_uid=talent.uid, action="unmasked").reason == "落户填表"


def test_the_package_and_the_erasure(world: World, officer: Client) -> None:
    talent = made(world)
    response = officer.post(at("talent_package", talent.uid))
    assert ZipFile(BytesIO(response.content)).namelist() == ["data.json"]
    send(officer, at("request_add", talent.uid, "erasure"), how="paper")
    assert "待办" in text(officer, at("talent_view", talent.uid))
    send(officer, at("talent_erase", talent.uid), reason="本人要求")
    page = text(officer, at("talent_view", talent.uid))
    assert "（已按本人要求删除）" in page
    assert "由 officer (officer) 删除。" in page
    assert "林博士" not in page
    assert talent.number not in text(officer, at("talent_list"))
    assert talent.number in text(officer, at("talent_list"), show="erased")


def test_a_question_goes_home_and_comes_back_decided(world: World, officer: Client) -> None:
    talent = made(world, work=Work(works_at=Whereabouts.HOST))
    bureau = signed_in(world, "bureau")
    assert talent.number not in text(bureau, at("ruling_list"))
    assert text(bureau, at("talent_view", talent.uid), NOT_THERE)
    send(officer, at("ruling_ask", talent.uid), question="每周在云溪两天")
    ruling = ClassRuling.objects.get()
    assert talent.number in text(bureau, at("ruling_list"))
    page = text(bureau, at("ruling_view", ruling.uid))
    for words in ("在飞地工作，不在本地工作", "林博士", "乙类人才", "每周在云溪两天"):
        assert words in page, words
    assert PHONE not in page
    assert talent.paper_hint not in page
    send(officer, at("ruling_decide", ruling.uid), REFUSED, class_code="YI", basis="第五条")
    send(bureau, at("ruling_decide", ruling.uid), INVALID, class_code="YI", basis=" ")
    send(bureau, at("ruling_decide", ruling.uid), class_code="YI", basis="联席会议")
    assert "乙类人才（演示）" in text(officer, at("talent_view", talent.uid))


def test_the_home_side_sees_counts_and_clocks_and_no_name(world: World) -> None:
    opened(world, made(world))
    page = text(signed_in(world, "bureau"), at("home_view"))
    assert "林博士" not in page
    assert "YB-LT" not in page
    assert "已超时" in page
    assert "少于 5 份，不显示" in page


def test_one_case_from_the_receipt_to_the_link(world: World, officer: Client) -> None:
    talent = made(world)
    send(officer, at("case_new", talent.uid), INVALID, officer=world.users["officer"].pk, opened_on="2026-11-02")
    send(
        officer,
        at("case_new", talent.uid),
        services=["settling"],
        officer=world.users["officer"].pk,
        opened_on="2026-11-02",
    )
    case = GreenCase.objects.get()
    assert "已超时 5 个工作日" in text(officer, at("case_view", case.uid))
    proposed = text(officer, at("case_tell", case.uid))
    assert "落户申请表" in proposed
    send(officer, at("case_tell", case.uid), missing="落户申请表", on="2026-11-04")
    page = text(officer, at("case_view", case.uid))
    assert "时钟停止：等申请人，还剩 8 个工作日" in page
    send(officer, at("case_tell", case.uid), REFUSED, missing="又一样", on="2026-11-05")
    send(officer, at("case_resume", case.uid), REFUSED, on="2026-11-01")
    send(officer, at("case_resume", case.uid), on="2026-11-09")
    item = case.items.get()
    photo = SimpleUploadedFile("回执 林博士.pdf", PDF, "application/pdf")
    send(
        officer,
        at("item_hand", case.uid, item.uid),
        department="云溪区公安部门（演示）",
        what="身份证、聘用合同",
        handed_on="2026-11-10",
        acceptance_number="GA-2026-7",
        receipt=photo,
    )
    handed = item.hand_offs.get()
    send(officer, at("hand_off_answer", case.uid, handed.uid), answer="已受理", on="2026-11-11")
    page = text(officer, at("case_view", case.uid))
    for words in ("GA-2026-7", "回执-20261123.pdf", "已受理", "补材料"):
        assert words in page, words
    assert "身份证、聘用合同" in text(officer, at("talent_view", talent.uid))
    send(officer, at("item_finish", case.uid, item.uid), done="yes", result="已落户", on="2026-11-20")
    link_page = send(officer, at("case_deliver", case.uid), OK)
    link = re.search(r"/public/delivery/[\w-]+/", link_page)
    assert link is not None
    assert "超时办结，晚了 2 个工作日" in text(officer, at("case_view", case.uid))
    assert link[0] not in text(officer, at("case_view", case.uid))
    newer = re.search(r"/public/delivery/[\w-]+/", send(officer, at("case_renew", case.uid), OK))
    assert newer is not None
    public = Client()
    assert public.get(link[0]).status_code == NOT_THERE
    page = text(public, newer[0])
    assert "林" not in page
    assert "晚了 2 个" in page
    assert public.post(newer[0], {"score": "9"}).status_code == REFUSED
    assert GreenCase.objects.get().state == CaseState.DELIVERED
    done = public.post(newer[0], {"score": "4", "word": "慢了两天"})
    assert (done.status_code, GreenCase.objects.get().score) == (OK, 4)
    assert public.get(newer[0]).status_code == NOT_THERE
    assert public.post(newer[0], {"score": "1"}).status_code == NOT_THERE
    assert GreenCase.objects.get().score == 4
    assert "慢了两天" in text(officer, at("case_view", case.uid))


@pytest.mark.parametrize("token", ["x", "0" * 43, "%00", "../../etc"])
def test_guessed_links_open_nothing_and_say_no_more_than_expired_ones(world: World, token: str) -> None:
    assert world.outpost.pk
    response = Client().get(f"/public/delivery/{token}/")
    assert response.status_code == NOT_THERE
    assert response.get("X-Robots-Tag", "noindex, nofollow") == "noindex, nofollow"


def test_the_receipt_is_printed_with_its_code_and_without_the_name(world: World, officer: Client) -> None:
    case = opened(world, made(world))
    response = officer.post(at("receipt_print", case.uid))
    pdf = officer.get(response.headers["Location"])
    assert pdf.headers["Content-Type"] == "application/pdf"
    assert pdf.content.startswith(b"%PDF")


def test_positions_and_contracts(world: World, officer: Client) -> None:
    told = {"outpost": world.outpost.pk, "organization": "滨海某某传感器有限公司", "title": "工艺工程师", "wanted": "2"}
    send(officer, at("position_new"), REFUSED, **told, lo="3万元", hi="2万元", per="month")
    send(officer, at("position_new"), **told)
    row = Position.objects.get()
    page = text(officer, at("position_view", row.uid))
    assert "未知" in page
    send(officer, at("position_close", row.uid), reason="招到了")
    assert row.number not in text(officer, at("position_list"))
    assert row.number in text(officer, at("position_list"), show="closed")
    talent = made(world)
    send(
        officer,
        at("contract_new", talent.uid),
        home_unit="滨海大学",
        kind="dual",
        starts_on="2026-03-01",
        ends_on="2027-03-01",
    )
    contract = FlexibleContract.objects.get()
    send(officer, at("month_add", contract.uid), month="2026-10-05", days="6")
    send(officer, at("benefit_add", contract.uid), clause="YX-TAL-01")
    month = contract.months.get()
    send(officer, at("month_show", contract.uid, month.uid), record="门禁记录", occurred_on="2026-10-31")
    page = text(officer, at("contract_view", contract.uid))
    for words in ("2026-10", "证据未采信，不计入", "人才安居补贴", "未知不等于不接受"):
        assert words in page, words
    manager = signed_in(world, "manager")
    found = re.search(r"/talents/contracts/\w+/days/\w+/decide/", text(manager, at("contract_view", contract.uid)))
    assert found is not None
    send(manager, found[0], decision="accept")
    assert "已采信" in text(officer, at("contract_view", contract.uid))


def test_figures_open_their_rows(world: World, officer: Client) -> None:
    talent = made(world)
    opened(world, talent)
    shown = text(officer, at("figure_view"))
    assert "人才服务按时办结率" in shown
    assert "<strong>0 %</strong>" in shown
    assert "0 / 1 件" in shown
    assert "YB-LT-2026-0001" in text(officer, at("figure_rows"), part="late")
    send(officer, at("arrival_show", talent.uid, "employment"), record="聘用合同", occurred_on="2026-05-01")
    manager = signed_in(world, "manager")
    found = re.search(r"/talents/\w+/evidence/\w+/decide/", text(manager, at("talent_view", talent.uid)))
    assert found is not None
    send(manager, found[0], decision="accept")
    assert talent.number in text(officer, at("figure_rows"), part="introduced")
    assert text(officer, at("figure_rows"), NOT_THERE, part="nothing")
    assert "类别未裁定" in text(signed_in(world, "bureau"), at("figure_view"))


def test_an_agreement_between_home_side_and_operator_is_on_record(world: World, officer: Client) -> None:
    told = {"outpost": world.outpost.pk, "handler": "云溪区经科局（演示）", "processor": "运营公司（演示）"}
    days = {"purposes": "办理人才服务", "signed_on": "2026-01-05", "starts_on": "2026-01-05"}
    send(officer, at("agreement_new"), REFUSED, **told, **days, ends_on="2025-01-01")
    send(officer, at("agreement_new"), **told, **days)
    assert "办理人才服务" in text(signed_in(world, "bureau"), at("agreement_list"))
    assert "没有在有效期内的委托处理协议" not in text(officer, at("talent_list"))


LISTS = {
    "talents": ("officer", "talent_list"),
    "cases": ("officer", "case_list"),
    "rulings": ("bureau", "ruling_list"),
    "retention": ("officer", "retention_list"),
    "figures": ("officer", "figure_view"),
}


@pytest.mark.parametrize("name", LISTS)
def test_a_list_costs_the_same_at_one_row_and_at_three(world: World, name: str) -> None:
    role, address = LISTS[name]
    client, made_so_far = signed_in(world, role), []

    def rows(count: int) -> None:
        for _each in range(count):
            made_so_far.append(made(world, f"某人{len(made_so_far)}", paper="", phone=""))
            opened(world, made_so_far[-1], "settling", "housing")
            ask_ruling(actor=world.actor("officer"), now=world.now, talent=made_so_far[-1])

    assert_same_queries(rows, lambda: client.get(at(address)))


@pytest.mark.parametrize("name", ["talent_view", "case_view"])
def test_a_record_costs_the_same_with_one_and_with_three_of_everything(world: World, name: str) -> None:
    talent, client = made(world), signed_in(world, "officer")
    first = opened(world, talent)

    def rows(count: int) -> None:
        for _each in range(count):
            opened(world, talent, "settling", "housing")

    uid = talent.uid if name == "talent_view" else first.uid
    assert_same_queries(rows, lambda: client.get(at(name, uid)))


def test_a_talent_s_page_leads_to_a_playbook(world: World, officer: Client) -> None:
    page = text(officer, at("talent_view", made(world).uid))
    assert 'id="playbook-runs"' in page
    assert "开办服务" in page
