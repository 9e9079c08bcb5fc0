"""An organization put right: its number with a conflict to review, its names, the firm that a team became."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from feidi.domain.parties.enums import AliasKind, PairKind, PairState
from feidi.domain.parties.models import Organization, OrganizationPair
from feidi.domain.parties.services.organizations import find_or_add_organization, link_organization
from feidi.domain.parties.services.uscc import fault_of
from feidi.domain.pipeline.models import Project
from feidi.kernel.audit.models import AuditEntry
from feidi.kernel.audit.verify import verify
from tests.support.queries import assert_same_queries
from tests.support.world import World

pytestmark = pytest.mark.django_db
LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


@pytest.fixture(autouse=True)
def _at_the_hour_of_the_world(monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: now)


def code(body: str) -> str:
    """Complete a body of eight characters into a valid credit code."""
    starts = (f"91990000{body}{middle}" for middle in LETTERS)
    found = (start + last for start in starts for last in LETTERS)
    return next(each for each in found if fault_of(each) is None)


RIGHT, WRONG = code("MA5TEXT1"), code("MA5TEXT2")


def url(name: str, organization: Organization) -> str:
    return reverse(f"console:parties:{name}", args=[organization.uid])


def firm(world: World, name: str, uscc: str = "") -> Organization:
    return find_or_add_organization(
        actor=world.actor("officer"), now=world.now, outpost=world.outpost, name=name, uscc=uscc
    )


def numbers(organization: Organization) -> list[str]:
    return list(organization.identifiers.order_by("id").values_list("value", flat=True))


def test_a_wrong_code_is_put_right_and_the_conflict_settled(world: World, client: Client) -> None:
    project = world.lead("甲项目", "滨海甲有限公司", uscc=WRONG)
    mine = Organization.objects.get(name="滨海甲有限公司")
    other = firm(world, "云溪丙陶瓷装备有限公司", WRONG)
    pair = OrganizationPair.objects.get(kind=PairKind.NUMBER)
    client.force_login(world.users["officer"])
    page = url("organization_number", mine) + f"?was={WRONG}"
    assert WRONG in client.get(page).content.decode()
    sent = {"scheme": "uscc", "was": WRONG, "value": RIGHT, "change_reason": "录入时看错行"}
    answer = client.post(page, sent, follow=True)
    html = answer.content.decode()
    assert numbers(mine) == [RIGHT]
    assert f"{WRONG} → {RIGHT}" in html
    assert "录入时看错行" in html
    pair.refresh_from_db()
    assert (pair.state, pair.decision_note) == (PairState.NOT_SAME, "号码更正后不再相同")
    assert numbers(other) == [WRONG]
    search = client.get(reverse("console:search:search_view"), {"q": RIGHT[:10], "kind": "pipeline.project"})
    assert project.code in search.content.decode()
    assert not verify().faults


def test_a_code_that_another_holds_is_a_conflict_to_review(world: World, client: Client) -> None:
    other = firm(world, "云溪丙陶瓷装备有限公司", RIGHT)
    mine = firm(world, "滨海甲有限公司")
    client.force_login(world.users["officer"])
    answer = client.post(
        url("organization_number", mine), {"scheme": "uscc", "value": RIGHT, "change_reason": "补录"}, follow=True
    )
    assert "另一家单位也登记了这个号码" in answer.content.decode()
    pair = OrganizationPair.objects.get(kind=PairKind.NUMBER)
    assert {pair.left_id, pair.right_id} == {mine.pk, other.pk}
    assert numbers(mine) == numbers(other) == [RIGHT]


def test_numbers_are_refused_with_the_reason(world: World, client: Client) -> None:
    mine = firm(world, "滨海甲有限公司", RIGHT)
    client.force_login(world.users["officer"])
    page, sent = url("organization_number", mine), {"scheme": "uscc", "change_reason": "错"}
    broken = RIGHT[:-1] + ("0" if RIGHT[-1] != "0" else "1")
    answer = client.post(page, {**sent, "value": broken})
    assert answer.status_code == 409
    assert "校验码" in answer.content.decode()
    for wrong in ({"value": RIGHT}, {"value": WRONG, "was": "没有这个号"}, {"scheme": "hk_br", "value": " "}):
        assert client.post(page, {**sent, **wrong}).status_code in {409, 422}, wrong
    assert client.post(page, {**sent, "value": WRONG, "change_reason": ""}).status_code == 422
    assert client.post(page, {**sent, "scheme": "hk_br", "value": "1234567 8"}).status_code == 302
    assert numbers(mine) == [RIGHT, "12345678"]
    for login, status in (("rival", 404), ("bureau", 404), ("tenant", 404)):
        client.force_login(world.users[login])
        assert client.post(page, {**sent, "value": WRONG}).status_code == status, login


def test_it_is_renamed_and_its_projects_follow(world: World, client: Client) -> None:
    project = world.lead("甲项目", "滨海甲有限公司")
    mine = Organization.objects.get(name="滨海甲有限公司")
    client.force_login(world.users["officer"])
    sent = {"name": "滨海甲股份有限公司", "former": "yes", "change_reason": "股份制改造"}
    answer = client.post(url("organization_rename", mine), sent, follow=True)
    assert "1 个项目的投资方名称随之改了" in answer.content.decode()
    mine.refresh_from_db()
    assert mine.name == "滨海甲股份有限公司"
    assert list(mine.aliases.values_list("kind", "name")) == [(AliasKind.FORMER, "滨海甲有限公司")]
    assert Project.objects.get(pk=project.pk).sponsor_name == "滨海甲股份有限公司"
    assert firm(world, "滨海甲有限公司").pk == mine.pk
    assert client.post(url("organization_rename", mine), sent).status_code == 409
    client.post(url("organization_rename", mine), {**sent, "name": "滨海甲集团有限公司", "former": "no"})
    assert mine.aliases.count() == 1
    assert not verify().faults


def test_another_name_is_known_and_taken_away(world: World, client: Client) -> None:
    mine = firm(world, "滨海甲检测科技有限公司")
    client.force_login(world.users["officer"])
    assert client.post(url("alias_add", mine), {"kind": "short", "name": "甲检"}).status_code == 302
    assert client.post(url("alias_add", mine), {"kind": "short", "name": "甲检"}).status_code == 409
    assert firm(world, "甲检").pk == mine.pk
    assert "去掉“甲检”" in client.get(url("organization_view", mine)).content.decode()
    assert client.post(url("alias_drop", mine), {"name": "甲检", "reason": ""}).status_code == 409
    client.post(url("alias_drop", mine), {"name": "甲检", "reason": "是另一家"})
    assert not mine.aliases.exists()
    assert AuditEntry.objects.filter(action="alias_dropped", reason="是另一家").exists()


def test_a_team_becomes_a_firm_and_both_stay(world: World, client: Client) -> None:
    team = firm(world, "陶瓷膜攻关团队")
    client.force_login(world.users["officer"])
    sent = {"name": "滨海陶膜科技有限公司", "uscc": RIGHT, "since": "2026-11-02"}
    html = client.post(url("organization_continue", team), sent, follow=True).content.decode()
    assert "延续为" in html
    made = Organization.objects.get(name="滨海陶膜科技有限公司")
    assert "由此延续而来" in client.get(url("organization_view", made)).content.decode()
    assert client.post(url("organization_continue", team), sent).status_code == 409
    assert client.post(url("organization_continue", team), {"name": team.name}).status_code == 409
    assert Organization.objects.filter(voided_at__isnull=True).filter(pk__in=[team.pk, made.pk]).count() == 2


def test_another_outpost_sees_what_but_not_who_and_why(world: World, client: Client) -> None:
    mine = firm(world, "滨海甲有限公司", WRONG)
    link_organization(outpost=world.rival, organization=mine, now=world.now)
    client.force_login(world.users["officer"])
    sent = {"scheme": "uscc", "was": WRONG, "value": RIGHT, "change_reason": "Q内部原因"}
    client.post(url("organization_number", mine), sent)
    client.force_login(world.users["rival"])
    html = client.get(url("organization_view", mine)).content.decode()
    assert RIGHT in html
    assert "Q内部原因" not in html


def test_queries(world: World, client: Client) -> None:
    mine, n = firm(world, "滨海甲有限公司"), iter(range(99))
    client.force_login(world.users["officer"])

    def rows(count: int) -> None:
        for _ in range(count):
            client.post(url("alias_add", mine), {"kind": "short", "name": f"简称{next(n)}"})

    assert_same_queries(rows, lambda: client.get(url("organization_view", mine)), at_most=40)
