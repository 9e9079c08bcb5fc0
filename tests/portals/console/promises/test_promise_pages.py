"""Promises, shares, clauses, diligence as pages: what is typed is shown, what is decided counts, lists cost the same."""

from __future__ import annotations

from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from feidi.domain.pipeline.models import Agreement, BenefitTerm, ClauseReview, Commitment, DiligenceCheck, Project
from feidi.kernel.evidence.models import EvidenceItem
from tests.support.queries import assert_same_queries
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


def page(client: Client, name: str, *args: str, **query: str) -> str:
    response = client.get(reverse(name, args=args), query)
    assert response.status_code == OK, name
    return str(response.content.decode())


def send(client: Client, name: str, *args: str, **data: Any) -> Any:
    return client.post(reverse(name, args=args), data)


def pdf(name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, PDF + name.encode())


def sheet_of(response: Any) -> list[list[Any]]:
    assert response.status_code == OK
    rows = openpyxl.load_workbook(BytesIO(response.content)).worksheets[0].iter_rows(values_only=True)
    return [list(row) for row in rows]


def test_from_the_contract_to_what_was_met(world: World) -> None:
    officer, manager, lead = (signed_in(world, who) for who in ("officer", "manager", "lead"))
    project, today = world.lead(), world.now.date()
    given = {
        "kind": "tenancy",
        "signed_on": (today - timedelta(days=30)).isoformat(),
        "investor": "滨海甲检测技术有限公司",
        "method": "paper",
        "scan": pdf("入驻协议.pdf"),
        "term_from": today.isoformat(),
        "term_to": (today + timedelta(days=365)).isoformat(),
        "clause_text": "前两年免租，乙方应在一年内将注册地迁至云溪区。",
    }
    answer = officer.post(reverse("console:pipeline:agreement_add", args=[project.uid]), given, follow=True)
    told = answer.content.decode()
    assert "没有登记上游租约" in told, "not known is a warning, not a refusal"
    assert "还没有查：股权穿透" in told
    agreement = Agreement.objects.get()
    assert ClauseReview.objects.get().rule == "move_registration"

    send(
        officer,
        "console:promises:commitment_add",
        agreement.uid,
        side="investor",
        kind="investment",
        text="总投资5000万至8000万元",
        amount="5000万-8000万元人民币",
        due_on=(today - timedelta(days=3)).isoformat(),
    )
    row = Commitment.objects.get()
    shown = page(officer, "console:promises:commitment_list", due="overdue")
    assert "总投资5000万至8000万元" in shown
    assert "未知（没有采信的证据）" in shown
    assert "已逾期" in shown
    assert (
        page(officer, "console:pipeline:project_view", project.uid, tab="agreements").count("总投资5000万至8000万元")
        == 1
    )

    evidence = {"occurred_on": today.isoformat(), "amount": "6000万元人民币", "file": pdf("回单.pdf")}
    assert send(officer, "console:promises:commitment_show", row.uid, **evidence).status_code == REDIRECT
    wrong = {"occurred_on": today.isoformat(), "amount": "5000万-8000万元", "record": "约"}
    assert send(officer, "console:promises:commitment_show", row.uid, **wrong).status_code == INVALID
    item = EvidenceItem.objects.get()
    assert (
        "采信"
        not in page(officer, "console:promises:commitment_view", row.uid)
        .split("兑现证据")[2]
        .split("回单.pdf")[1][:900]
    )
    assert (
        send(officer, "console:promises:commitment_decide", row.uid, item.uid, decision="accept").status_code == REFUSED
    )
    send(manager, "console:promises:commitment_decide", row.uid, item.uid, decision="accept")
    done = page(lead, "console:promises:commitment_view", row.uid)
    assert "已兑现" in done
    assert "晚于期限兑现" in done
    exported = sheet_of(officer.get(reverse("console:promises:commitment_export")))
    assert [exported[0][0], exported[1][0], exported[1][-1]] == ["承诺", "总投资5000万至8000万元", "已兑现"]

    _share_and_clauses(world, agreement)
    for stranger in ("rival", "bureau", "tenant"):
        client = signed_in(world, stranger)
        for name, uid in (
            ("commitment_view", row.uid),
            ("benefit_view", BenefitTerm.objects.get().uid),
            ("clause_view", agreement.uid),
        ):
            assert client.get(reverse(f"console:promises:{name}", args=[uid])).status_code == NOT_THERE
    assert "总投资5000万至8000万元" not in page(signed_in(world, "bureau"), "console:promises:commitment_list")


def _share_and_clauses(world: World, agreement: Agreement) -> None:
    officer, today = signed_in(world, "officer"), world.now.date()
    send(
        officer,
        "console:promises:benefit_add",
        agreement.uid,
        basis="地方留成",
        counterpart="前湾区",
        share="60%",
    )
    assert (
        send(
            officer, "console:promises:benefit_add", agreement.uid, basis="a", counterpart="b", share="六成"
        ).status_code
        == INVALID
    )
    term = BenefitTerm.objects.get()
    period = {"period_from": "2025-01-01", "period_to": "2025-12-31", "settled_on": today.isoformat()}
    send(officer, "console:promises:settlement_add", term.uid, **period, basis="100.01元", paid="60元")
    now = page(officer, "console:promises:benefit_view", term.uid)
    assert "60.01元" in now
    assert "-0.01元" in now
    assert "60%" in page(officer, "console:promises:benefit_list")
    assert sheet_of(officer.get(reverse("console:promises:benefit_export")))[1][6] == "60.01元"

    review = ClauseReview.objects.get()
    pointed = page(officer, "console:promises:clause_view", agreement.uid)
    assert "<mark>免租</mark>" in pointed
    assert "指引，非法律意见" in pointed
    send(officer, "console:promises:clause_decide", review.uid, decision="to_amend", note="改为场地服务费")
    assert "需修改" in page(officer, "console:promises:clause_list")
    assert sheet_of(officer.get(reverse("console:promises:clause_export")))[1][5] == "优惠与迁入注册地挂钩"
    assert send(officer, "console:promises:clause_scan", agreement.uid).status_code == REFUSED, "the scan holds no text"
    send(officer, "console:promises:clause_save", agreement.uid, text="前两年免租。")
    assert ClauseReview.objects.get().decision == "amended"


def test_a_look_at_a_public_source_is_written_down(world: World) -> None:
    officer, project = signed_in(world, "officer"), world.lead()
    tab = page(officer, "console:pipeline:project_view", project.uid, tab="diligence")
    assert tab.count("还没有查：") == 6
    assert f'data-copy="{project.sponsor_name}"' in tab
    assert "http://www.gsxt" not in tab
    assert "https://www.gsxt" not in tab
    look = {"searched_for": project.sponsor_name, "checked_on": world.now.date().isoformat()}
    found = {**look, "result": "finding", "note": ""}
    assert send(officer, "console:targets:diligence_add", project.uid, "enforcement", **found).status_code == REFUSED
    clean = {**look, "result": "clean", "file": pdf("查询.pdf")}
    assert send(officer, "console:targets:diligence_add", project.uid, "enforcement", **clean).status_code == REDIRECT
    check = DiligenceCheck.objects.get()
    assert check.file is not None
    assert check.file.subject_uid == check.uid
    tenant = signed_in(world, "tenant")
    assert tenant.get(reverse("console:files:file_view", args=[check.file.uid])).status_code == NOT_THERE
    assert page(officer, "console:pipeline:project_view", project.uid, tab="diligence").count("还没有查：") == 5
    send(officer, "console:targets:diligence_void", check.uid, reason="查错了名字")
    assert page(officer, "console:pipeline:project_view", project.uid, tab="diligence").count("还没有查：") == 6


class Rows:
    """Agreements with promises, shares and sentences, each with its own project."""

    def __init__(self, world: World, project: Project | None = None) -> None:
        self.world, self.project, self.number = world, project, 0

    def __call__(self, count: int) -> None:
        officer = signed_in(self.world, "officer")
        for _ in range(count):
            self.number += 1
            project = self.project or self.world.lead(f"项目{self.number}", f"单位{self.number}")
            agreement = self.world.contract(project, clause_text="免租两年，须纳统。")
            give = {"side": "home", "kind": "support", "text": f"承诺{self.number}", "amount": "10万元"}
            send(officer, "console:promises:commitment_add", agreement.uid, **give)
            send(
                officer,
                "console:promises:commitment_show",
                Commitment.objects.latest("id").uid,
                record="a",
                occurred_on="2026-11-20",
            )
            send(officer, "console:promises:benefit_add", agreement.uid, basis="a", counterpart="b", share="1/3")
            settled = {"period_from": "2025-01-01", "period_to": "2025-12-31", "settled_on": "2026-11-20"}
            send(
                officer, "console:promises:settlement_add", BenefitTerm.objects.latest("id").uid, **settled, paid="1元"
            )


@pytest.mark.parametrize("name", ["commitment_list", "benefit_list", "clause_list"])
def test_lists_cost_the_same(world: World, name: str) -> None:
    client = signed_in(world, "officer")
    assert_same_queries(Rows(world), lambda: page(client, f"console:promises:{name}"))


def test_the_tab_costs_the_same(world: World) -> None:
    client, project = signed_in(world, "officer"), world.lead()
    assert_same_queries(
        Rows(world, project), lambda: page(client, "console:pipeline:project_view", project.uid, tab="agreements")
    )
