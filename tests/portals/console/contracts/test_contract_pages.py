"""委托运营协议 on pages: entered by the operator's lead, scored by the bureau, read by the auditor, by nobody else."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from feidi.domain.reporting.models import ActualCost, AssessmentSheet, Indicator, OperatingContract
from tests.domain.reporting.test_contracts import make_contract
from tests.support.world import World

pytestmark = pytest.mark.django_db


def client(world: World, role: str) -> Client:
    found = Client()
    found.force_login(world.users[role])
    return found


def post(world: World, role: str, url: str, expect: int = 302, **data: Any) -> str:
    response = client(world, role).post(url, data)
    assert response.status_code == expect, response.content.decode()[:3000]
    return response.content.decode()


def look(world: World, role: str, url: str) -> str:
    response = client(world, role).get(url)
    assert response.status_code == 200, (url, response.status_code)
    return response.content.decode()


def _kept(world: World) -> str:
    """Enter a contract and what belongs to it; return its address."""
    terms = {
        "outpost": world.outpost.pk, "number": "委运1", "title": "驻点委托运营", "client": "云溪区经科局",
        "operator": "滨海企服运营有限公司", "starts_on": "2026-01-01", "ends_on": "2026-12-31", "total": "300万元",
    }  # fmt: skip
    assert "没有登记委托运营协议" in look(world, "lead", "/contracts/")
    post(world, "lead", "/contracts/new/", **terms)
    assert "已有编号" in post(world, "lead", "/contracts/new/", 409, **terms)
    contract = OperatingContract.objects.get()
    top = f"/contracts/{contract.uid}"
    post(world, "lead", f"{top}/budget/", year=2026, category="rent", amount="100万元")
    post(world, "lead", f"{top}/costs/add/", on="2026-05-06", category="rent", amount="50万元", voucher="记字5号")
    post(world, "lead", f"{top}/costs/add/", 409, on="2025-05-06", category="rent", amount="50万元")
    post(world, "lead", f"{top}/payments/add/", label="首付款", amount="90万元", due_on="2026-02-01")
    node = contract.payments.get()
    assert "待付 · 第 " in look(world, "lead", f"{top}/"), "since its day, and nobody is called late"
    post(world, "lead", f"{top}/payments/{node.uid}/paid/", paid_on="2026-02-03", amount="90万元")
    post(world, "lead", f"{top}/resources/add/", kind="mentor", label="产业导师", quantity=10, unit="人")
    resource = contract.resources.get()
    post(world, "lead", f"{top}/resources/{resource.uid}/use/", used_on="2026-03-01", quantity=2, note="辅导两家")
    page = look(world, "auditor", f"{top}/")
    for words in (
        "1,000,000元",
        "500,000元",
        "首付款",
        "已付",
        "产业导师",
        "辅导两家",
        "算不出（没有核实落地）",
        "50.0%",
    ):
        assert words in page
    assert "登记成本" not in page
    assert "记字5号" in look(world, "bureau", f"{top}/costs/?year=2026&category=rent")
    assert "记字5号" in look(world, "bureau", f"{top}/years/2026/unit-cost/")
    for url in ("/contracts/export/", f"{top}/costs/export/"):
        assert client(world, "bureau").get(url)["Content-Type"].endswith("sheet")
    return top


def test_a_contract_is_kept_and_a_year_assessed(world: World) -> None:
    top = _kept(world)
    year = f"{top}/years/2026"
    post(world, "lead", f"{year}/indicators/add/", label="核实落地数", definition="口径", weight="60", measure="K14")
    post(world, "lead", f"{year}/indicators/add/", label="满意度", definition="问卷", weight="40")
    assert "合计" in look(world, "bureau", f"{year}/indicators/")
    landed, said = Indicator.objects.order_by("position")
    own = {
        "as_of": "2026-11-23", f"score_{landed.uid}": "50", f"score_{said.uid}": "38.5", f"value_{said.uid}": "92分",
    }  # fmt: skip
    assert "满分 60" in look(world, "lead", f"{year}/self/")
    post(world, "lead", f"{year}/self/", 422, **{**own, f"score_{landed.uid}": "61"})
    post(world, "lead", f"{year}/self/", **own)
    given = {
        f"score_{landed.uid}": "40", f"score_{said.uid}": "35", f"deduction_{said.uid}": "1.5",
        f"why_{said.uid}": "迟报", "payment_opinion": "同意付款", "proposed": "95万元",
    }  # fmt: skip
    post(world, "lead", f"{year}/score/", 409, **given)
    assert "自评 38.5" in look(world, "bureau", f"{year}/score/")
    post(world, "bureau", f"{year}/score/", **given)
    item = AssessmentSheet.objects.get().scores.get(indicator=said)
    post(world, "lead", f"{year}/items/{item.uid}/dispute/", reason="问卷口径不同")
    assert "有异议，未定" in look(world, "auditor", f"{year}/")
    post(world, "bureau", f"{year}/freeze/", 409)
    post(world, "bureau", f"{year}/items/{item.uid}/settle/", reason="维持")
    post(world, "bureau", f"{year}/print/")
    post(world, "bureau", f"{year}/freeze/")
    post(world, "bureau", f"{year}/correct/", indicator=said.uid, what="扣分", before="1.5", after="1", reason="误算")
    page = look(world, "lead", f"{year}/")
    for words in ("88.5", "75", "73.5", "950,000元", "扣分：1.5 → 1", "2026年度绩效结果单"):
        assert words in page
    assert "登记更正" not in page
    assert client(world, "auditor").get(f"{year}/export/")["Content-Type"].endswith("sheet")
    assert "0个" in look(world, "auditor", f"{year}/items/{AssessmentSheet.objects.get().scores.first().uid}/")  # type: ignore[union-attr]
    cost = ActualCost.objects.get()
    post(world, "lead", f"{top}/void/cost/{cost.uid}/", reason="重复")
    assert client(world, "lead").get(f"{top}/years/2031/").status_code == 404
    for role in ("rival", "rival_bureau", "officer", "verifier", "admin"):
        assert client(world, role).get(f"{top}/").status_code == 404, role
        assert client(world, role).get(f"{year}/").status_code == 404, role


def test_the_list_costs_the_same_at_one_and_three(world: World) -> None:
    counts = []
    for number in ("委1", "委2", "委3"):
        make_contract(world, number)
        who = client(world, "bureau")
        who.get("/contracts/")
        with CaptureQueriesContext(
            connection,
        ) as found:
            assert who.get("/contracts/").status_code == 200
        counts.append(len(found))
    assert counts[0] == counts[2]


def test_terms_are_changed_with_the_reason_and_what_stood_before(world: World) -> None:
    top = _kept(world)
    contract = OperatingContract.objects.get()
    terms = {
        "version": contract.version, "outpost": world.outpost.pk, "number": "委运1", "title": "驻点委托运营",
        "client": "云溪区经科局", "operator": "滨海企服运营有限公司", "starts_on": "2026-01-01",
        "ends_on": "2027-12-31", "total": "600万元", "change_reason": "补充协议延期一年",
    }  # fmt: skip
    assert "600万元" not in look(world, "lead", f"{top}/edit/")
    post(world, "lead", f"{top}/edit/", **terms)
    page = look(world, "bureau", f"{top}/")
    for words in ("补充协议延期一年", "2026-12-31 → 2027-12-31", "300万元 → 600万元", "协议修改"):
        assert words in page
    assert "修改协议" not in page
    version = OperatingContract.objects.get().version
    again = {**terms, "version": version}
    assert "没有改动任何内容" in post(world, "lead", f"{top}/edit/", 409, **again)
    for wrong, words in (
        ({"version": 1}, "别人刚改过"),
        ({"starts_on": "2027-01-01"}, "2026 年已经登记了成本"),
        ({"total": "100万美元"}, "CNY"),
        ({"ends_on": "2025-01-01"}, "不晚于"),
    ):
        assert words in post(world, "lead", f"{top}/edit/", 409, **{**again, **wrong})
    post(world, "lead", f"{top}/edit/", 422, **{**again, "change_reason": ""})
    post(world, "bureau", f"{top}/edit/", 409, **{**again, "title": "改"})
    post(world, "rival", f"{top}/edit/", 404, **{**again, "title": "改"})
    assert OperatingContract.objects.get().version == version
