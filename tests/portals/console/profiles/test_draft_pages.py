"""Pages of drafts, of the question whether it still holds, and of evidence."""

from __future__ import annotations

from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from feidi.domain.matching.enums import ProfileState, Side
from feidi.domain.matching.models import Profile
from feidi.kernel.evidence.models import EvidenceItem
from tests.support.profiles import make_profile
from tests.support.world import World

pytestmark = pytest.mark.django_db
OK, REDIRECT, NOT_THERE, REFUSED = 200, 302, 404, 409


@pytest.fixture
def hour(world: World, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The clock of the pages, to be moved on."""
    now = [world.now]
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: now[0])
    return now


@pytest.fixture
def client(world: World, hour: list[Any]) -> Client:
    return as_(world, "officer")


def as_(world: World, login: str) -> Client:
    client = Client()
    client.force_login(world.users[login])
    return client


def at(name: str, *args: str) -> str:
    return reverse(f"console:profiles:{name}", args=args)


def said(response: Any) -> str:
    return unescape(response.content.decode())


def test_one_act_from_the_project(world: World, client: Client) -> None:
    project = world.lead("窑测一号", one_line="陶瓷窑炉温度场在线检测，可以带设备到现场试一周")
    match = reverse("console:candidates:project_match", args=[project.uid])
    assert at("project_draft", project.uid) in said(client.get(match))
    assert at("project_draft", project.uid) in said(client.get(reverse("console:pipeline:project_view", args=[project.uid])))  # fmt: skip
    done = client.post(at("project_draft", project.uid), {"side": "offer"})
    made = Profile.objects.get()
    assert done.headers["Location"] == at("profile_view", made.uid)
    # which kind a need is of, somebody says
    asking = said(client.get(match, {"side": "need"}))
    assert '<option value="talent">' in asking
    assert client.post(at("project_draft", project.uid), {"side": "need"}).status_code == REFUSED
    assert client.post(at("project_draft", project.uid), {"side": "need", "kind": "talent"}).status_code == REDIRECT
    assert as_(world, "rival").post(at("project_draft", project.uid), {"side": "offer"}).status_code == NOT_THERE


def test_many_drafts_are_read_then_published_then_undone(world: World, client: Client) -> None:
    drafts = [make_profile(world, Side.NEED, draft=True) for _ in range(2)]
    wrong = make_profile(world, Side.NEED, draft=True, owner="云溪窑科机械有限公司")
    Profile.objects.filter(pk=wrong.pk).update(masked_text="云溪窑科机械有限公司的窑炉温度飘")
    listed = said(client.get(at("profile_list"), {"show": "draft"}))
    assert 'form="publish-drafts"' in listed
    assert "publish-drafts" not in said(client.get(at("profile_list")))
    picked = {"picked": [each.uid for each in (*drafts, wrong)]}
    look = said(client.post(at("drafts_publish"), picked))
    assert all(each.masked_text in look for each in drafts)
    assert not Profile.objects.filter(state=ProfileState.OPEN).exists(), "looking publishes nothing"
    done = client.post(at("drafts_publish"), {**picked, "masked_seen": "on"})
    html = said(done)
    assert all(each.number in html.partition('id="refused"')[0] for each in drafts)
    assert wrong.number in html.partition('id="refused"')[2]
    assert "云溪窑科机械" in html.partition('id="refused"')[2]
    made = done.context["made"]
    assert len(made) == 2
    back = said(client.post(at("drafts_unpublish"), {"made": [*made, "nonsense", "x:y"]}))
    assert "已改回草稿" in back
    assert Profile.objects.filter(state=ProfileState.DRAFT).count() == 3
    assert client.post(at("drafts_publish")).headers["Location"].endswith("?show=draft")


def test_another_outposts_drafts_are_not_even_read(world: World, client: Client) -> None:
    theirs = make_profile(world, draft=True, by="rival", outpost=world.rival)
    assert client.post(at("drafts_publish"), {"picked": [theirs.uid]}).status_code == REDIRECT
    made = f"{theirs.uid}:{theirs.version}"
    assert theirs.number not in said(client.post(at("drafts_unpublish"), {"made": [made]}))


def test_it_still_holds_in_one_tap(world: World, client: Client, hour: list[Any]) -> None:
    profile = make_profile(world, owner="滨海甲检测技术有限公司")
    hour[0] = world.now + timedelta(days=40)
    assert "40 天前" in said(client.get(at("profile_list")))
    assert client.post(at("profile_confirm", profile.uid)).status_code == REDIRECT
    assert "今天" in said(client.get(at("profile_list"))).partition("<tbody")[2]
    hour[0] = world.now + timedelta(days=41)
    tenant = as_(world, "tenant")
    own = reverse("workspace:profile_view", args=[profile.uid])
    assert reverse("workspace:profile_confirm", args=[profile.uid]) in said(tenant.get(own))
    assert tenant.post(reverse("workspace:profile_confirm", args=[profile.uid])).headers["Location"] == own
    assert reverse("workspace:profile_confirm", args=[profile.uid]) not in said(tenant.get(own))
    profile.refresh_from_db()
    assert profile.confirmed_on == hour[0].date()
    assert as_(world, "rival").post(at("profile_confirm", profile.uid)).status_code == NOT_THERE
    imported = make_profile(world, confirmed=False)
    assert "没人确认过" in said(client.get(at("profile_view", imported.uid)))


def test_evidence_is_handed_in_returned_corrected_accepted(world: World, client: Client) -> None:
    profile, lead = make_profile(world, Side.OFFER), as_(world, "lead")
    here = at("profile_view", profile.uid)
    assert "未知：还没有审核过的证据" in said(client.get(here))
    sent = {"record": "省计量院检测报告", "occurred_on": "2026-11-20"}
    assert (
        client.post(at("claim_show", profile.uid), {"record": "", "occurred_on": "2026-11-20"}).status_code == REFUSED
    )
    assert client.post(at("claim_show", profile.uid), sent).status_code == REDIRECT
    item = EvidenceItem.objects.get()
    decide = at("claim_decide", profile.uid, item.uid)
    # who advises has a part and is not offered the decision
    assert decide not in said(client.get(here))
    assert decide in said(lead.get(here))
    assert client.post(decide, {"decision": "accept"}).status_code == REFUSED
    assert lead.post(decide, {"reason": ""}).status_code == REFUSED
    assert lead.post(decide, {"reason": "报告没有盖章"}).status_code == REDIRECT
    html = said(client.get(here))
    assert "报告没有盖章" in html
    assert "采信比例：0%" in html
    client.post(f"{at('claim_show', profile.uid)}?replaces={item.uid}", {**sent, "record": "盖章的报告"})
    second = EvidenceItem.objects.get(record="盖章的报告")
    lead.post(at("claim_decide", profile.uid, second.uid), {"decision": "accept"})
    assert "采信比例：100%" in said(client.get(here))
