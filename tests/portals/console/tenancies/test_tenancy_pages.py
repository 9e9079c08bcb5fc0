"""Tenancies as pages: from the contract to the empty room, with money that adds up and a paper behind every end."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from feidi.domain.incubation.enums import Programme, TenancyEnd, TenancyKind
from feidi.domain.incubation.models import Charge, ExitReview, SecondedPerson, Tenancy
from feidi.domain.incubation.services.tenancies import Terms
from feidi.engines.money import Money
from feidi.kernel.audit.models import AuditEntry
from tests.support.queries import assert_same_queries
from tests.support.tenancies import firm_of, floor_of, tenancy_of
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


def at(name: str, *args: str) -> str:
    return reverse(f"console:tenancies:{name}", args=args)


def text(client: Client, address: str, status: int = OK, **query: str) -> str:
    response = client.get(address, query)
    assert response.status_code == status, (address, response.status_code)
    return str(response.content.decode())


def send(client: Client, address: str, status: int = REDIRECT, **data: Any) -> str:
    response = client.post(address, data)
    assert response.status_code == status, (address, response.status_code, response.content.decode()[:3000])
    return str(response.content.decode())


def pdf(name: str = "合同.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, PDF, "application/pdf")


def given(world: World, unit: Any, **more: Any) -> dict[str, Any]:
    """Return a form of a new tenancy as somebody fills it in."""
    return {
        "outpost": world.outpost.pk,
        "kind": TenancyKind.SERVICE.value,
        "organization": "滨海戊财税有限公司",
        "contract": pdf(),
        "starts_on": "2026-12-01",
        "ends_on": "2027-11-30",
        "units": [unit.pk],
        "programme": Programme.NONE.value,
        "rent": "3000元",
        "due_day": "10",
        **more,
    }


def test_a_tenancy_is_entered_with_its_contract_and_holds_its_room(world: World) -> None:
    manager, (room, *_rest) = signed_in(world, "manager"), floor_of(world)
    send(manager, at("tenancy_new"), **given(world, room))
    row = Tenancy.objects.get()
    page = text(manager, at("tenancy_view", row.uid))
    assert "滨海戊财税有限公司" in page
    assert "A1室" in page
    assert "3,000" in page
    assert "合同.pdf" in page
    again = given(world, room, organization="滨海己法务有限公司", contract=pdf())
    page = send(manager, at("tenancy_new"), REFUSED, **again)
    assert row.number in page or "滨海戊财税有限公司" in page, "who holds the room is named to whoever may see it"
    assert 'value="滨海己法务有限公司"' in page, "what was typed is still there"
    assert Tenancy.objects.count() == 1


def test_a_term_past_the_head_lease_is_refused_and_says_until_when(world: World) -> None:
    manager, (room, *_rest) = signed_in(world, "manager"), floor_of(world)
    page = send(manager, at("tenancy_new"), REFUSED, **given(world, room, ends_on="2029-01-31"))
    assert 'role="alert"' in page
    assert "2029-01-31" in page, "what was typed"
    assert "2028-12-31" in page, "until when it may last"
    assert not Tenancy.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"rent": "3000"}, "币种"),
        ({"rent": "三四千"}, "500万元"),
        ({"ends_on": "明年"}, ""),
        ({"units": []}, ""),
        ({"kind": "palace"}, ""),
        ({"due_day": "31"}, "28"),
        ({"forgone": "3000元"}, "依据"),
    ],
)
def test_what_cannot_be_read_is_sent_back_and_nothing_is_kept(world: World, wrong: dict[str, Any], said: str) -> None:
    manager, (room, *_rest) = signed_in(world, "manager"), floor_of(world)
    response = manager.post(at("tenancy_new"), given(world, room, **wrong))
    assert response.status_code in {INVALID, REFUSED}
    page = response.content.decode()
    assert said in page
    where = 'class="refusal" role="alert"' if "forgone" in wrong else 'aria-invalid="true"'
    assert where in page, "it is said where somebody looks and hears"
    assert not Tenancy.objects.exists()


def test_rent_is_charged_once_received_in_parts_and_never_beyond(world: World) -> None:
    manager, (room, *_rest) = signed_in(world, "manager"), floor_of(world)
    row = tenancy_of(world, room, starts_on=date(2026, 10, 1))
    charged = manager.post(at("month_charge"), follow=True).content.decode()
    made = Charge.objects.filter(tenancy=row).count()
    assert f"新出账 {made} 笔" in charged
    assert "都已出账" in manager.post(at("month_charge"), follow=True).content.decode()
    assert Charge.objects.filter(tenancy=row).count() == made
    charge = Charge.objects.filter(tenancy=row).order_by("due_on").first()
    assert charge is not None
    receive = at("receipt_add", row.uid, charge.uid)
    send(manager, receive, received_on=world.now.date().isoformat(), amount="2000元", voucher="B-1")
    page = text(manager, at("charge_list"))
    assert "3,000" in page, "what is left of 5,000"
    page = send(manager, receive, REFUSED, received_on=world.now.date().isoformat(), amount="3000.01元")
    assert "3,000" in page, "what is left is said"
    send(manager, receive, received_on=world.now.date().isoformat(), amount="3000元")
    numbers = [each.cells for each in manager.get(at("charge_list"), {"show": "open"}).context["table"].rows]
    assert len(numbers) == made - 1, "what was received in full is not open any more"
    book = load_workbook(BytesIO(manager.get(at("charge_export"), {"show": "all"}).content)).active
    assert book is not None
    assert book.max_row == made + 1, "a header and every charge"


def test_terms_change_from_a_day_and_the_old_ones_stay(world: World) -> None:
    manager, (room, *_rest) = signed_in(world, "manager"), floor_of(world)
    row = tenancy_of(world, room)
    change = {
        "since": "2026-12-16",
        "programme": Programme.ACCELERATION.value,
        "rent": "8000元",
        "due_day": "10",
        "reason": "评审同意升级入加速区",
    }
    send(manager, at("terms_set", row.uid), **change)
    page = text(manager, at("tenancy_view", row.uid))
    assert "评审同意升级入加速区" in page
    assert "条款的变更" in page
    assert row.terms.count() == 2
    send(manager, at("terms_set", row.uid), REFUSED, **{**change, "since": "2026-01-01"})
    assert row.terms.count() == 2


def test_a_tenant_moves_and_renews_with_a_paper(world: World) -> None:
    manager, (first, second, _third) = signed_in(world, "manager"), floor_of(world)
    row = tenancy_of(world, first)
    held = row.units.get()
    move = {"on": "2026-12-01", "leaving": held.uid, "unit": second.pk, "reason": "人多了"}
    send(manager, at("unit_change", row.uid), **move)
    assert {each.unit.code for each in row.units.filter(voided_at__isnull=True)} == {"A1", "A2"}
    held.refresh_from_db()
    assert held.until == date(2026, 11, 30)
    send(manager, at("tenancy_extend", row.uid), INVALID, ends_on="2028-06-30", reason="续一年")
    send(manager, at("tenancy_extend", row.uid), ends_on="2028-06-30", reason="续一年", paper=pdf("续签.pdf"))
    row.refresh_from_db()
    assert row.ends_on == date(2028, 6, 30)
    late = {"ends_on": "2029-06-30", "reason": "再续", "paper": pdf("再续.pdf")}
    assert "2028-12-31" in send(manager, at("tenancy_extend", row.uid), REFUSED, **late)


def test_what_was_given_free_adds_up_and_names_its_basis(world: World) -> None:
    manager, (room, other, _third) = signed_in(world, "manager"), floor_of(world)
    free = Terms(
        Programme.INCUBATION,
        forgone=Money(600_000, "CNY"),
        forgone_until=date(2026, 12, 31),
        forgone_basis="区经科会纪〔2026〕3号",
    )
    tenancy_of(world, room, terms=free, starts_on=date(2026, 10, 1))
    tenancy_of(world, other, name="另一个", sponsor="滨海庚新材有限公司")
    page = text(manager, at("forgone_list"), year="2026")
    assert "区经科会纪〔2026〕3号" in page
    assert "滨海庚新材有限公司" not in page, "who pays is not on it"
    rows = load_workbook(BytesIO(manager.get(at("forgone_export"), {"year": "2026"}).content)).active
    assert rows is not None
    assert rows.max_row == 2
    assert "本年没有免租" in text(manager, at("forgone_list"), year="2024")


def test_leaving_is_asked_ticked_and_decided_by_another(world: World) -> None:
    manager, lead = signed_in(world, "manager"), signed_in(world, "lead")
    room = floor_of(world)[0]
    row = tenancy_of(world, room)
    send(manager, at("exit_ask", row.uid), how=TenancyEnd.LEFT.value, leaves_on="2026-12-31", reason="团队解散")
    review = ExitReview.objects.get()
    page = text(manager, at("tenancy_view", row.uid))
    assert "团队解散" in page
    tick = text(manager, at("exit_tick", row.uid, review.uid))
    assert 'name="deposit"' in tick, "the checklist of content"
    send(manager, at("exit_tick", row.uid, review.uid), keys="钥匙已交回")
    review.refresh_from_db()
    assert review.checklist["keys"]["said"] == "钥匙已交回"
    decide = at("exit_decide", row.uid, review.uid)
    day = world.now.date().isoformat()
    own = manager.post(decide, {"decided_on": day, "in_spite_of": "已经谈妥"})
    assert own.status_code == REFUSED, "who asked does not decide"
    send(lead, decide, REFUSED, decided_on=day)
    row.refresh_from_db()
    assert row.ended_on is None, "what is not settled stands in the way until somebody says why not"
    send(lead, decide, decided_on=day, in_spite_of="余下两项由运营公司接手")
    row.refresh_from_db()
    assert row.ended_on == date(2026, 12, 31)
    assert row.units.get().until == date(2026, 12, 31)


def test_a_seconded_name_is_masked_and_shown_on_record(world: World) -> None:
    manager, room = signed_in(world, "manager"), floor_of(world)[0]
    row = tenancy_of(world, room, kind=TenancyKind.HOME_RESEARCH, organization=firm_of(world, "云溪丁陶瓷有限公司"))
    send(manager, at("person_add", row.uid), name="欧阳小川", post="研发", since="2026-11-01", insured_at="")
    person = SecondedPerson.objects.get()
    page = text(manager, at("tenancy_view", row.uid))
    assert "欧阳小川" not in page
    before = AuditEntry.objects.filter(action="unmasked").count()
    officer = signed_in(world, "lead").post(at("person_show", row.uid, person.uid), follow=True).content.decode()
    assert "欧阳小川" in officer
    assert AuditEntry.objects.filter(action="unmasked").count() == before + 1


def test_a_rival_finds_no_tenancy_and_the_bureau_no_ledger(world: World) -> None:
    room = floor_of(world)[0]
    row = tenancy_of(world, room)
    charge = at("charge_list")
    assert signed_in(world, "rival").get(at("tenancy_view", row.uid)).status_code == NOT_THERE
    assert "查看入驻与孵化" in text(signed_in(world, "bureau"), charge, REFUSED), "the permission that lacks is named"
    assert signed_in(world, "rival").post(at("exit_ask", row.uid), {}).status_code == NOT_THERE


def test_the_list_filters_sorts_and_asks_alike_for_one_and_three(world: World) -> None:
    manager, rooms = signed_in(world, "manager"), floor_of(world)
    made: list[Tenancy] = []

    def more(n: int) -> None:
        for _each in range(n):
            name = f"滨海{len(made)}号科技有限公司"
            made.append(tenancy_of(world, rooms[len(made)], name=f"项目{len(made)}", sponsor=name))

    assert_same_queries(more, lambda: text(manager, at("tenancy_list")), at_most=60)
    page = text(manager, at("tenancy_list"), words="滨海1号")
    assert "滨海1号科技有限公司" in page
    assert "滨海0号科技有限公司" not in page
    assert "号科技有限公司" not in text(manager, at("tenancy_list"), show="over")
    book = load_workbook(BytesIO(manager.get(at("tenancy_export")).content)).active
    assert book is not None
    assert book.max_row == 4
