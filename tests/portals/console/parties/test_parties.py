"""Organizations: only those one's outposts know; of others no more than whom to call; contacts masked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from feidi.domain.parties.enums import OrganizationKind
from feidi.domain.parties.models import (
    ContactPoint,
    Organization,
    OrganizationAlias,
    OrganizationIdentifier,
    OrganizationLink,
)
from feidi.domain.parties.services.organizations import find_or_add_organization
from feidi.domain.pipeline.enums import InteractionKind
from feidi.domain.pipeline.services.interacting import Talk, record_interaction
from feidi.kernel.audit.models import AuditEntry
from tests.support.queries import assert_same_queries
from tests.support.world import World

pytestmark = pytest.mark.django_db
USCC = "91110000600037341L"


@pytest.fixture
def at(world: World) -> Callable[[str], Client]:
    def sign_in(login: str) -> Client:
        client = Client()
        client.force_login(world.users[login])
        return client

    return sign_in


@pytest.fixture
def firm(world: World) -> Organization:
    """The sponsor of a lead, with a number, a second name and one contact."""
    world.lead(uscc=USCC)
    found = Organization.objects.get(name="滨海甲检测技术有限公司")
    OrganizationAlias.objects.create(organization=found, kind="short", name="甲检测", name_folded="甲检测")
    return found


def text_of(client: Client, name: str, *args: str, **query: str) -> str:
    response = client.get(reverse(f"console:parties:{name}", args=args), query)
    assert response.status_code == 200
    return response.content.decode()


def test_the_list_shows_what_ones_outposts_know(at: Callable[[str], Client], world: World, firm: Organization) -> None:
    world.lead("对手项目", "丙公司", by="rival", outpost=world.rival, owner=world.users["rival"])
    text = text_of(at("officer"), "organization_list")
    assert firm.name in text
    assert USCC in text
    assert "丙公司" not in text
    assert firm.name not in text_of(at("rival"), "organization_list")
    for nobody in ("bureau", "admin", "auditor"):
        assert firm.name not in text_of(at(nobody), "organization_list")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"words": "检测技术"}, True),
        ({"words": "滨海甲 （检测）"}, True),
        ({"words": "甲检测"}, True),
        ({"words": USCC[:8].lower()}, True),
        ({"words": USCC[:4]}, False),
        ({"words": "没有这家"}, False),
        ({"kind": "team"}, False),
        ({"kind": "nonsense"}, True),
        ({"sort": "-name", "page": "99"}, True),
    ],
)
def test_filters(at: Callable[[str], Client], firm: Organization, query: dict[str, str], found: bool) -> None:
    assert (f">{firm.name}</a>" in text_of(at("officer"), "organization_list", **query)) is found


def test_the_list_costs_the_same_at_one_and_three(at: Callable[[str], Client], world: World) -> None:
    client, n = at("officer"), [0]

    def organizations(count: int) -> None:
        for _ in range(count):
            n[0] += 1
            find_or_add_organization(
                actor=world.actor("officer"), now=world.now, outpost=world.outpost, name=f"滨海{n[0]}公司",
                kinds=[OrganizationKind.ENTERPRISE, OrganizationKind.TEAM],
            )  # fmt: skip

    assert_same_queries(organizations, lambda: client.get(reverse("console:parties:organization_list")), at_most=20)


def test_a_page_costs_the_same_at_one_and_three_projects(at: Callable[[str], Client], world: World) -> None:
    client, n = at("officer"), [0]

    def leads(count: int) -> None:
        for _ in range(count):
            n[0] += 1
            world.lead(f"项目{n[0]}", contact_name=f"王{n[0]}")

    address = []

    def ask() -> object:
        if not address:
            address.append(Organization.objects.get(name="滨海甲检测技术有限公司").uid)
        return client.get(reverse("console:parties:organization_view", args=address))

    assert_same_queries(leads, ask)


def test_the_record_tells_numbers_people_and_projects(at: Callable[[str], Client], firm: Organization) -> None:
    OrganizationIdentifier.objects.create(organization=firm, scheme="uscc", value="911100006000373400", valid=False)
    text = text_of(at("officer"), "organization_view", firm.uid)
    for words in ("甲检测", USCC, "校验位正确", "校验位不对", "低温介质检测", "王工", "139****1234", "云滨创新中心"):
        assert words in text, words
    assert "13900001234" not in text


@pytest.mark.sqlite_is_enough
@pytest.mark.parametrize("who", ["rival", "bureau", "verifier", "rival_bureau", "auditor", "admin"])
def test_a_record_is_closed_to_others(at: Callable[[str], Client], firm: Organization, who: str) -> None:
    assert at(who).get(reverse("console:parties:organization_view", args=[firm.uid])).status_code == 404


def test_two_outposts_see_the_firm_but_not_each_others_people(
    at: Callable[[str], Client], world: World, firm: Organization
) -> None:
    world.lead("对手项目", firm.name, by="rival", outpost=world.rival, owner=world.users["rival"], contact_name="李工")
    ours, theirs = (text_of(at(who), "organization_view", firm.uid) for who in ("officer", "rival"))
    assert ("王工" in ours, "李工" in ours, "对手项目" in ours) == (True, False, False)
    assert ("王工" in theirs, "李工" in theirs, "低温介质检测" in theirs) == (False, True, False)
    assert world.outpost.short_name not in theirs


def test_unmasking_is_permitted_recorded_and_works_without_scripts(
    at: Callable[[str], Client], world: World, firm: Organization
) -> None:
    point = ContactPoint.objects.get()
    address = reverse("console:parties:contact_unmask", args=[point.uid])
    assert at("officer").get(address).status_code == 405
    page = at("officer").post(address).content.decode()
    assert "13900001234" in page
    assert "<html" in page
    part = at("officer").post(address, headers={"HX-Request": "true"}).content.decode()
    assert "13900001234" in part
    assert f'id="contact-{point.uid}"' in part
    assert "<html" not in part
    assert AuditEntry.objects.filter(action="unmasked", subject_uid=point.uid).count() == 2
    for other in ("rival", "bureau", "admin", "tenant"):
        assert at(other).post(address).status_code == 404


@pytest.mark.parametrize("words", ["滨海甲检测技术有限公司", " 滨海甲 检测技术（有限公司） ", "甲检测", USCC.lower()])
def test_a_lookup_of_what_others_know_tells_only_whom_to_call(
    at: Callable[[str], Client], world: World, firm: Organization, words: str
) -> None:
    OrganizationLink.objects.update(since=world.now.date() - timedelta(days=30))
    text = text_of(at("rival"), "organization_lookup", words=words)
    assert "2026-10-24" in text
    assert world.outpost.short_name in text
    assert "低温介质检测" not in text
    assert firm.uid not in text


def test_a_lookup_of_parts_or_of_nothing(at: Callable[[str], Client], world: World, firm: Organization) -> None:
    assert "没有完全相同" in text_of(at("rival"), "organization_lookup", words="检测技术")
    assert "没有完全相同" in text_of(at("rival"), "organization_lookup", words=USCC[:10])
    empty = at("rival").get(reverse("console:parties:organization_lookup"), {"words": " "})
    assert empty.status_code == 422
    assert "请填写全称或代码" in empty.content.decode()


def test_a_lookup_of_ones_own_leads_to_it(at: Callable[[str], Client], firm: Organization) -> None:
    text = text_of(at("officer"), "organization_lookup", words=firm.name)
    assert reverse("console:parties:organization_view", args=[firm.uid]) in text


@pytest.mark.parametrize("who", ["bureau", "admin", "tenant"])
def test_a_lookup_needs_a_role_with_parties(at: Callable[[str], Client], firm: Organization, who: str) -> None:
    response = at(who).get(reverse("console:parties:organization_lookup"), {"words": firm.name})
    assert response.status_code == 409
    assert "查看单位与人员" in response.content.decode()


def test_the_list_leaves_as_a_workbook_with_every_column(
    at: Callable[[str], Client], world: World, firm: Organization
) -> None:
    world.lead("对手项目", "丙公司", by="rival", outpost=world.rival, owner=world.users["rival"])
    address = reverse("console:parties:organization_export")
    assert address in text_of(at("officer"), "organization_list")
    book = openpyxl.load_workbook(BytesIO(at("officer").get(address, {"words": "检测"}).content))
    rows = list(book.active.values)  # type: ignore[union-attr]
    assert rows[0][:2] == ("单位", "统一社会信用代码")
    assert [row[:2] for row in rows[1:]] == [(firm.name, USCC)]
    assert at("bureau").get(address).status_code == 409


def test_a_record_shows_the_latest_talks_of_its_projects(at: Callable[[str], Client], world: World) -> None:
    project = world.lead()
    talk = Talk(InteractionKind.CALL, world.now.date(), "约下周看实验室")
    record_interaction(actor=world.actor("officer"), now=world.now, project=project, talk=talk)
    firm = Organization.objects.get(name="滨海甲检测技术有限公司")
    text = text_of(at("officer"), "organization_view", firm.uid)
    assert "最近往来" in text
    assert "约下周看实验室" in text
