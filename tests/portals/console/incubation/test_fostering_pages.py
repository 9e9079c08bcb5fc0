"""What happens to tenants as pages: nothing counts without accepted evidence, and who says it does not accept it."""

from __future__ import annotations

import re
from datetime import date, datetime
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from feidi.domain.incubation.enums import RequestState, TenantOutcomeKind
from feidi.domain.incubation.models import (
    Milestone,
    PeriodReport,
    ServiceRequest,
    Tenancy,
    TenantOutcome,
    TenantVisit,
    YearSnapshot,
)
from feidi.domain.incubation.services.reports import ask_reports
from feidi.domain.parties.models import Fact
from feidi.domain.parties.services.organizations import find_or_add_organization
from feidi.domain.parties.services.persons import find_or_add_person
from feidi.kernel.evidence.models import EvidenceItem
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


def test_a_milestone_is_moved_with_a_reason_and_reached_by_what_another_accepts(world: World, row: Tenancy) -> None:
    manager, lead = signed_in(world, "manager"), signed_in(world, "lead")
    send(manager, at("milestone_add", row.uid), title="样机定型", track="host", due_on="2026-10-01")
    step = Milestone.objects.get()
    assert "逾期 53 天" in text(manager, at("milestone_list"), show="late")
    send(manager, at("milestone_move", step.uid), INVALID, due_on="2026-12-01")
    send(manager, at("milestone_move", step.uid), due_on="2026-12-01", reason="模具晚到")
    assert "样机定型" not in text(manager, at("milestone_list"), show="late")
    send(manager, at("milestone_show", step.uid), occurred_on="2026-11-20", record="检测报告 2026-091")
    item = EvidenceItem.objects.latest("id")
    decide = at("milestone_decide", step.uid, item.uid)
    send(manager, decide, REFUSED, accept="1", decision="accept")
    step.refresh_from_db()
    assert step.reached_on is None, "who handed it in does not accept it"
    page = text(lead, at("milestone_view", step.uid))
    form = re.search(rf'action="{decide}"[^>]*>(.*?)</form>', page, re.DOTALL)
    assert form, "who may accept it finds the button"
    fields = dict(re.findall(r'<(?:input|button)[^>]*name="([^"]+)"[^>]*value="([^"]*)"', form.group(1)))
    fields.pop("csrfmiddlewaretoken", None)
    send(lead, decide, **fields)
    step.refresh_from_db()
    assert step.reached_on == date(2026, 11, 20)
    assert "样机定型" in text(lead, at("milestone_list"), show="reached")


def test_a_report_of_a_tenant_that_rang_is_accepted_by_another_and_becomes_a_fact(world: World, row: Tenancy) -> None:
    manager, lead = signed_in(world, "manager"), signed_in(world, "lead")
    ask_reports(actor=world.actor("manager"), now=world.now, tenancies=[row], until=world.now.date())
    report = PeriodReport.objects.order_by("period_from").first()
    assert report is not None
    page = send(manager, at("report_answer", report.uid), REFUSED, insured_staff="几个", news="")
    assert "几个" in page, "the value that cannot be read is said and kept"
    send(manager, at("report_answer", report.uid), insured_staff="9人", cash_months="", news="样机两台")
    send(manager, at("report_decide", report.uid), REFUSED, decision="accept")
    assert not Fact.objects.filter(fact="insured_staff").exists()
    send(lead, at("report_decide", report.uid), REFUSED, decision="return", reason="")
    send(lead, at("report_decide", report.uid), decision="return", reason="缺 9 月名册")
    assert "缺 9 月名册" in text(manager, at("report_view", report.uid))
    send(manager, at("report_answer", report.uid), insured_staff="10人", cash_months="", news="补齐")
    send(lead, at("report_decide", report.uid), decision="accept")
    assert Fact.objects.get(fact="insured_staff").number == 10
    assert not Fact.objects.filter(fact="cash_months").exists(), "不清楚 is not nought"


def test_a_service_has_an_owner_a_promised_day_and_a_result(world: World, row: Tenancy) -> None:
    manager = signed_in(world, "manager")
    form = text(manager, at("request_add", row.uid))
    kind = re.search(r'<option value="([a-z_]+)"', form)
    assert kind, "services are content"
    send(manager, at("request_add", row.uid), INVALID, kind="wishes", what="什么都要")
    send(manager, at("request_add", row.uid), kind=kind.group(1), what="想找做过注册的人")
    asked = ServiceRequest.objects.get()
    assert "想找做过注册的人" in text(manager, at("request_list"))
    send(manager, at("request_take", asked.uid), owner=world.users["officer"].pk, provider="滨海辛财税有限公司")
    send(manager, at("request_end", asked.uid), delivered="yes", result="介绍了两位")
    asked.refresh_from_db()
    assert asked.state == RequestState.DELIVERED
    page = text(manager, at("request_view", asked.uid))
    assert "滨海辛财税有限公司" in page
    assert "介绍了两位" in page
    send(manager, at("request_end", asked.uid), REFUSED, delivered="no", result="再来一次")
    assert "想找做过注册的人" not in text(manager, at("request_list")), "only what is open is listed first"


def test_a_visit_is_of_a_day_that_has_come(world: World, row: Tenancy) -> None:
    manager = signed_in(world, "manager")
    send(manager, at("visit_add", row.uid), REFUSED, visited_on="2026-12-24", note="去过了")
    assert not TenantVisit.objects.exists()
    send(manager, at("visit_add", row.uid), visited_on="2026-11-20", people_seen="4", note="四人在调机")
    assert TenantVisit.objects.get().people_seen == 4


def test_a_result_counts_once_another_accepted_its_evidence(world: World, row: Tenancy) -> None:
    manager, lead = signed_in(world, "manager"), signed_in(world, "lead")
    kind = TenantOutcomeKind.PATENT.value
    send(manager, at("outcome_add", row.uid), REFUSED, kind=kind, title="发明专利", dated_on="2026-12-24")
    send(manager, at("outcome_add", row.uid), kind=kind, title="发明专利", dated_on="2026-06-01")
    found = TenantOutcome.objects.get()
    assert "证据未采信，不计入" in text(manager, at("outcome_list"), year="2026")
    send(manager, at("outcome_show", found.uid), occurred_on="2026-06-01", record="ZL 2026 1 0000000.0")
    item = EvidenceItem.objects.latest("id")
    page = text(lead, at("outcome_view", found.uid))
    decide = at("outcome_decide", found.uid, item.uid)
    form = re.search(rf'action="{decide}"[^>]*>(.*?)</form>', page, re.DOTALL)
    assert form
    fields = dict(re.findall(r'<(?:input|button)[^>]*name="([^"]+)"[^>]*value="([^"]*)"', form.group(1)))
    fields.pop("csrfmiddlewaretoken", None)
    send(manager, decide, REFUSED, **fields)
    send(lead, decide, **fields)
    assert "已采信，计入" in text(manager, at("outcome_list"), year="2026")
    book = load_workbook(BytesIO(manager.get(at("outcome_export"), {"year": "2026"}).content)).active
    assert book is not None
    assert [each.value for each in book[2]][-1] == "已采信，计入"
    home = text(signed_in(world, "bureau"), at("outcome_list"), year="2026")
    assert "发明专利" not in home, "of a project that was not reported to it the home side sees nothing"


def test_the_year_is_frozen_as_filed_and_exported_so(world: World, row: Tenancy) -> None:
    lead = signed_in(world, "manager")
    before = text(lead, at("statistics_view"), year="2025")
    assert row.number not in before
    freeze = at("year_freeze") + f"?outpost={world.outpost.code}&year=2025"
    form = text(lead, freeze)
    typed = re.findall(r'<input type="number" name="([a-z0-9_]+)"', form)
    assert typed, "what only people know is asked"
    send(lead, freeze, INVALID, **{typed[0]: "约三百"})
    assert not YearSnapshot.objects.exists()
    send(lead, freeze, **{typed[0]: "301", "note": "按报表"})
    assert YearSnapshot.objects.get().year == 2025
    book = load_workbook(BytesIO(lead.get(at("statistics_export"), {"year": "2025"}).content)).active
    assert book is not None
    assert 301 in [each.value for line in book.iter_rows() for each in line]


def test_a_rival_finds_nothing_and_the_bureau_no_services(world: World, row: Tenancy) -> None:
    manager = signed_in(world, "manager")
    send(manager, at("milestone_add", row.uid), title="样机定型", track="host", due_on="2026-12-01")
    step = Milestone.objects.get()
    assert signed_in(world, "rival").get(at("milestone_view", step.uid)).status_code == NOT_THERE
    assert signed_in(world, "bureau").get(at("milestone_view", step.uid)).status_code == NOT_THERE, "not reported"
    assert signed_in(world, "bureau").get(at("request_list")).status_code == REFUSED


@pytest.mark.parametrize("name", ["milestone_list", "outcome_list", "warning_list", "report_list"])
def test_lists_ask_alike_for_one_and_three(world: World, name: str) -> None:
    manager, rooms = signed_in(world, "manager"), floor_of(world)
    made: list[Tenancy] = []

    def more(n: int) -> None:
        for _each in range(n):
            sponsor = f"滨海{len(made)}号科技有限公司"
            made.append(tenancy_of(world, rooms[len(made)], name=f"项目{len(made)}", sponsor=sponsor))
            uid = made[-1].uid
            send(manager, at("milestone_add", uid), title=f"样机{len(made)}", track="host", due_on="2026-10-01")
            send(manager, at("outcome_add", uid), kind="patent", title=f"专利{len(made)}", dated_on="2026-06-01")
        ask_reports(actor=world.actor("manager"), now=world.now, tenancies=made, until=world.now.date())

    query = {"report_list": {"show": "all"}}.get(name, {})
    assert_same_queries(more, lambda: text(manager, at(name), **query), at_most=60)


def test_a_mentor_is_found_by_typing_and_told_from_another_of_the_same_name(world: World) -> None:
    act: dict[str, Any] = {"actor": world.actor("officer"), "now": world.now, "outpost": world.outpost}
    for firm in ("滨海甲检测技术有限公司", "滨海乙材料有限公司"):
        unit = find_or_add_organization(name=firm, **act)
        find_or_add_person(name="王强", organization=unit, **act)
    page = text(signed_in(world, "manager"), at("mentor_new"))
    assert "data-search" in page
    assert "王强 滨海甲检测技术有限公司</option>" in page
    assert "王强 滨海乙材料有限公司</option>" in page
