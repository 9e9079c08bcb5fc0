"""A talent's own pages: my case, one receipt, the visible clock, my consents, my data; nothing of others."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.test import Client
from django.urls import reverse

from feidi.domain.parties.models import Organization
from feidi.domain.parties.services.organizations import find_or_add_organization
from feidi.domain.talent.enums import ContractKind, GivenHow
from feidi.domain.talent.models import GreenCase, Talent
from feidi.domain.talent.services.cases import tell_missing
from feidi.domain.talent.services.contracts import NewContract, add_contract
from feidi.domain.talent.services.delivery import deliver_case
from feidi.domain.talent.services.erasing import erase_talent
from feidi.domain.talent.services.items import finish_item
from feidi.domain.talent.services.positions import NewPosition, open_position
from feidi.domain.talent.services.talents import link_account
from tests.support.queries import assert_same_queries
from tests.support.talents import PAPER, made, opened
from tests.support.world import World

pytestmark = pytest.mark.django_db
OK, REDIRECT, NOT_THERE, REFUSED = 200, 302, 404, 409


@pytest.fixture(autouse=True)
def _at_the_hour_of_the_world(monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: now)


@pytest.fixture
def act(world: World) -> dict[str, Any]:
    return {"actor": world.actor("officer"), "now": world.now}


@pytest.fixture
def two(world: World, act: dict[str, Any]) -> tuple[Talent, Talent]:
    """Two talents of one outpost, each with an account."""
    made_two = []
    for login, name in (("lin", "林博士"), ("zhou", "周工")):
        world.user(login, "talent", outpost=world.outpost)
        talent = made(world, name, paper=PAPER if login == "lin" else "", phone="")
        made_two.append(link_account(talent=talent, user=world.users[login], **act))
    return made_two[0], made_two[1]


def text(client: Client, name: str, *args: str, status: int = OK) -> str:
    response = client.get(reverse(f"workspace:{name}", args=args))
    assert response.status_code == status, name
    return str(response.content.decode())


def test_signing_in_leads_to_ones_own_case_with_its_clock(
    world: World, at: Callable[[str], Client], two: tuple[Talent, Talent], act: dict[str, Any]
) -> None:
    case, other = opened(world, two[0], on=date(2026, 11, 16)), opened(world, two[1], "housing")
    tell_missing(case=case, missing=["落户申请表"], on=date(2026, 11, 18), **act)
    client = at("lin")
    assert client.get("/").headers["Location"] == reverse("workspace:talent_home")
    home = text(client, "talent_home")
    assert case.number in home
    assert other.number not in home
    assert "周工" not in home
    page = text(client, "green_case", case.uid)
    for words in ("时钟停止：等申请人，还剩 8 个工作日", "时钟停着，在等您：", "落户申请表"):
        assert words in page, words
    text(client, "green_case", other.uid, status=NOT_THERE)
    pdf = client.post(reverse("workspace:green_receipt", args=[case.uid]))
    assert pdf.content.startswith(b"%PDF")
    assert client.post(reverse("workspace:green_receipt", args=[other.uid])).status_code == NOT_THERE


def test_somebody_who_reads_english_reads_what_the_services_are_called(
    world: World, at: Callable[[str], Client], two: tuple[Talent, Talent], act: dict[str, Any]
) -> None:
    case = opened(world, two[0], on=date(2026, 11, 16))
    client = at("lin")
    client.cookies["django_language"] = "en"
    for item in case.items.all():
        finish_item(item=item, result="done", **act)
    _case, token = deliver_case(case=case, **act)
    link = reverse("public:delivery:case_confirm", args=[token])
    for page in (text(client, "talent_home"), text(client, "green_case", case.uid), client.get(link).content.decode()):
        assert "Household registration" in page
        assert "落户" not in page


def test_a_console_page_of_oneself_is_not_ones_own(
    world: World, at: Callable[[str], Client], two: tuple[Talent, Talent]
) -> None:
    case, client = opened(world, two[0]), at("lin")
    for name, uid in (("talent_view", two[0].uid), ("case_view", case.uid)):
        assert client.get(reverse(f"console:talents:{name}", args=[uid])).status_code == NOT_THERE
    unmask = client.post(reverse("console:talents:talent_unmask", args=[two[0].uid]), {"reason": "看"})
    assert unmask.status_code == NOT_THERE


def test_delivery_is_confirmed_signed_in(
    world: World, at: Callable[[str], Client], two: tuple[Talent, Talent], act: dict[str, Any]
) -> None:
    case, client = opened(world, two[0]), at("lin")
    confirm = reverse("workspace:green_confirm", args=[case.uid])
    assert client.post(confirm, {"score": "5"}).status_code == REFUSED
    finish_item(item=case.items.get(), result="已落户", **act)
    deliver_case(case=case, **act)
    assert "超时办结" in text(client, "green_case", case.uid)
    assert client.post(confirm, {"score": "x"}).status_code == REFUSED
    assert client.post(confirm, {"score": "3", "word": "晚了"}).status_code == REDIRECT
    assert GreenCase.objects.get().score == 3


def test_consents_are_read_and_withdrawn_by_oneself_only(
    at: Callable[[str], Client], two: tuple[Talent, Talent]
) -> None:
    client = at("lin")
    assert "本人同意驻点为办理所申请的人才服务事项" in text(client, "talent_home")
    theirs = two[1].consents.get()
    withdraw = "workspace:own_consent_withdraw"
    assert client.post(reverse(withdraw, args=[two[1].uid, theirs.uid])).status_code == NOT_THERE
    mine = two[0].consents.get()
    assert client.post(reverse(withdraw, args=[two[0].uid, theirs.uid])).status_code == NOT_THERE
    assert client.post(reverse(withdraw, args=[two[0].uid, mine.uid])).status_code == REDIRECT
    mine.refresh_from_db()
    theirs.refresh_from_db()
    assert (mine.withdrawn_how, theirs.withdrawn_on) == (GivenHow.ONLINE, None)


def test_ones_data_is_taken_along_and_its_erasure_asked_for(
    at: Callable[[str], Client], two: tuple[Talent, Talent], act: dict[str, Any]
) -> None:
    client = at("lin")
    package = client.post(reverse("workspace:own_package", args=[two[0].uid]))
    data = json.loads(ZipFile(BytesIO(package.content)).read("data.json"))
    assert data["talent"]["paper_number"] == PAPER
    assert client.post(reverse("workspace:own_package", args=[two[1].uid])).status_code == NOT_THERE
    ask = reverse("workspace:own_data_request", args=[two[0].uid, "erasure"])
    assert client.post(ask).status_code == REDIRECT
    assert client.post(reverse("workspace:own_data_request", args=[two[0].uid, "x"])).status_code == NOT_THERE
    assert "办理中" in text(client, "talent_home")
    erase_talent(talent=two[0], reason="本人要求", **act)
    assert two[0].number not in text(client, "talent_home")


def test_an_organization_sees_its_own_positions_and_contracts_and_no_others(
    world: World, at: Callable[[str], Client], two: tuple[Talent, Talent], act: dict[str, Any]
) -> None:
    firms: list[Organization] = []
    for number in (1, 2):
        firm = find_or_add_organization(outpost=world.outpost, name=f"单位{number}有限公司", **act)
        open_position(outpost=world.outpost, new=NewPosition(firm, f"岗位甲{number}"), **act)
        new = NewContract(firm, ContractKind.DUAL, date(2026, 1, 1), date(2027, 1, 1))
        add_contract(talent=two[number - 1], new=new, **act)
        firms.append(firm)
    world.user("boss", "tenant_admin", organization=firms[0])
    world.user("clerk", "tenant", organization=firms[0])
    page = text(at("boss"), "own_positions")
    assert "岗位甲1" in page
    assert "林博士" in page
    assert "岗位甲2" not in page
    assert "周工" not in page
    text(at("clerk"), "own_positions", status=REFUSED)
    text(at("boss"), "talent_home", status=REFUSED)


def test_ones_home_costs_the_same_with_one_case_and_with_three(
    world: World, at: Callable[[str], Client], two: tuple[Talent, Talent]
) -> None:
    client = at("lin")

    def rows(count: int) -> None:
        for _each in range(count):
            opened(world, two[0], "settling", "housing")

    assert_same_queries(rows, lambda: client.get(reverse("workspace:talent_home")))
