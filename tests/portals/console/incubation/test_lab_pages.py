"""The directory of laboratories and a use of it as pages, for the office and for the tenant on its own page."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from feidi.domain.incubation.enums import LabState
from feidi.domain.incubation.models import Charge, LabEntry, LabUse, Tenancy
from tests.support.queries import assert_same_queries
from tests.support.tenancies import floor_of, tenancy_of
from tests.support.world import World

pytestmark = pytest.mark.django_db
OK, REDIRECT, NOT_THERE, REFUSED, INVALID = 200, 302, 404, 409, 422


@pytest.fixture(autouse=True)
def _at_the_hour_of_the_world(monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: now)


@pytest.fixture
def row(world: World) -> Tenancy:
    return tenancy_of(world, floor_of(world)[0])


def signed_in(world: World, who: str) -> Client:
    client = Client()
    client.force_login(world.users[who])
    return client


def at(name: str, *args: str) -> str:
    return reverse(f"console:incubation:{name}", args=args)


def text(client: Client, address: str, status: int = OK, **query: str) -> str:
    response = client.get(address, query)
    assert response.status_code == status, (address, response.status_code)
    return str(response.content.decode())


def send(client: Client, address: str, status: int = REDIRECT, **data: Any) -> str:
    response = client.post(address, data)
    assert response.status_code == status, (address, response.status_code, response.content.decode()[:3000])
    return str(response.content.decode())


def told(world: World, **more: Any) -> dict[str, Any]:
    plain = {
        "outpost": world.outpost.pk, "title": "元素分析室", "owner": "滨海检测中心", "method": "ICP-MS，测重金属",
        "source": "电话询问", "checked_on": "2026-11-20", "open_to": "all", "price": "800元", "price_per": "每个样品",
        "days": "5", "biosafety": "bsl1",
    }  # fmt: skip
    return {**plain, **more}


def test_a_use_goes_from_the_tenants_page_to_the_fee(world: World, row: Tenancy) -> None:
    officer, lead = signed_in(world, "officer"), signed_in(world, "lead")
    world.user("tenant_own", "tenant", organization=row.organization)
    tenant = signed_in(world, "tenant_own")
    assert "名录里还没有实验室" in text(officer, at("lab_list"))
    send(officer, at("lab_new"), **told(world))
    lab = LabEntry.objects.get()
    assert "元素分析室" in text(officer, at("lab_list"))
    directory = reverse("workspace:lab_list", args=[row.uid])
    page = text(tenant, directory)
    assert "ICP-MS" in page
    assert "800.00" in page or "800 元" in page or "800元" in page
    ask = reverse("workspace:lab_ask", args=[row.uid, lab.uid])
    assert "BSL-1" in send(tenant, ask, REFUSED, purpose="培养细胞", biosafety="bsl2"), "why not is said"
    send(tenant, ask, purpose="测三批样品的铅")
    use = LabUse.objects.get()
    assert "测三批样品的铅" in text(officer, reverse("console:tenancies:tenancy_view", args=[row.uid]))
    assert "测三批样品的铅" in text(officer, at("lab_use_list"))
    send(officer, at("lab_use_answer", use.uid), INVALID, agreed="maybe")
    send(officer, at("lab_use_answer", use.uid), agreed="yes", price="2400元", answer="下周可以")
    assert "下周可以" in text(tenant, directory)
    send(officer, at("lab_use_sample", use.uid), REFUSED, sample="三瓶", on="2026-12-24")
    send(officer, at("lab_use_sample", use.uid), sample="三瓶", on="2026-11-23")
    lie = SimpleUploadedFile("report.pdf", b"MZ\x90 this is no pdf")
    send(officer, at("lab_use_result", use.uid), REFUSED, result="铅未检出", on="2026-11-23", file=lie)
    send(officer, at("lab_use_result", use.uid), result="铅未检出", on="2026-11-23")
    send(officer, at("lab_use_settle", use.uid), REFUSED, fee="2400元", charge="on")
    send(lead, at("lab_use_settle", use.uid), fee="2400元", charge="on")
    use.refresh_from_db()
    assert use.state == LabState.SETTLED
    assert Charge.objects.filter(lab_use=use, amount_fen=240_000).exists()
    page = text(tenant, directory)
    assert "铅未检出" in page
    assert "2,400" in page or "2400" in page
    assert "测三批样品的铅" in text(officer, at("lab_view", lab.uid))


def test_a_tenant_takes_its_request_back(world: World, row: Tenancy) -> None:
    officer = signed_in(world, "officer")
    world.user("tenant_own", "tenant", organization=row.organization)
    tenant = signed_in(world, "tenant_own")
    send(officer, at("lab_new"), **told(world))
    send(officer, at("lab_use_add", row.uid), lab=LabEntry.objects.get().pk, purpose="测铅")
    send(tenant, reverse("workspace:lab_withdraw", args=[row.uid, LabUse.objects.get().uid]))
    assert LabUse.objects.get().state == LabState.WITHDRAWN


def test_what_was_not_asked_is_not_free(world: World, row: Tenancy) -> None:
    officer = signed_in(world, "officer")
    send(officer, at("lab_new"), **told(world, price="", days="", biosafety=""))
    lab = LabEntry.objects.get()
    assert text(officer, at("lab_view", lab.uid)).count("没有问到") == 3
    send(officer, at("lab_edit", lab.uid), **told(world, price="一两百", days=""), status=INVALID)
    send(officer, at("lab_edit", lab.uid), **told(world, title="元素分析室二", price="0元"))
    lab.refresh_from_db()
    assert (lab.title, lab.price_fen) == ("元素分析室二", 0)
    sheet = load_workbook(BytesIO(officer.get(at("lab_export")).content)).active
    assert [cell.value for cell in sheet["A"]][1:] == ["元素分析室二"]
    send(officer, at("lab_void", lab.uid), REFUSED, reason="")
    send(officer, at("lab_void", lab.uid), reason="停用")
    assert "元素分析室二" not in text(officer, at("lab_list"))


def test_lists_ask_the_same_whatever_they_hold(world: World, row: Tenancy) -> None:
    officer = signed_in(world, "officer")
    names = iter("甲乙丙丁戊己庚辛")

    def more(count: int) -> None:
        for _each in range(count):
            send(officer, at("lab_new"), **told(world, title=f"分析室{next(names)}"))
            send(officer, at("lab_use_add", row.uid), lab=LabEntry.objects.latest("id").pk, purpose="测铅")

    assert_same_queries(more, lambda: officer.get(at("lab_list")))
    assert_same_queries(more, lambda: officer.get(at("lab_use_list")))


def test_every_list_leaves_as_a_workbook_of_what_it_shows(world: World, row: Tenancy) -> None:
    manager = signed_in(world, "manager")
    send(manager, at("lab_new"), **told(world))
    send(manager, at("lab_use_add", row.uid), lab=LabEntry.objects.get().pk, purpose="测铅")
    send(manager, at("milestone_add", row.uid), title="样机定型", track="host", due_on="2026-12-10")
    send(manager, at("request_add", row.uid), kind="ip", what="专利挖掘")
    for name, words in (
        ("milestone", "样机定型"),
        ("request", "专利挖掘"),
        ("lab_use", "测铅"),
        ("report", "单位"),
        ("warning", "单位"),
    ):
        assert at(f"{name}_export") in text(manager, at(f"{name}_list")), name
        sheet = load_workbook(BytesIO(manager.get(at(f"{name}_export")).content)).active
        assert words in {cell for line in sheet.iter_rows(values_only=True) for cell in line}, name
    empty = load_workbook(BytesIO(manager.get(at("milestone_export"), {"show": "reached"}).content)).active
    assert empty.max_row == 1, "as the filter says"
    assert signed_in(world, "tenant").get(at("warning_export")).status_code == REFUSED
