"""The wall: scenes as fragments that change only when something changed, names only when cleared, a screen's token."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from feidi.domain.reporting.models import WallMap, WallScene, WallScreen
from feidi.domain.reporting.selectors.wall import scenes_of
from feidi.domain.reporting.services.wall import load_map, make_screen, revoke_screen
from feidi.domain.showcase.selectors.cleared import Cleared
from feidi.engines.findings import RefusedError
from feidi.kernel.audit.models import AuditEntry
from tests.support.flows import contract, landed
from tests.support.world import World

pytestmark = pytest.mark.django_db
SCENES = ("funnel", "flows", "landings", "targets", "space", "events", "alerts")
REFUSED, NOT_THERE, UNCHANGED = 409, 404, 304


@pytest.fixture(autouse=True)
def _at_the_hour_of_the_world(monkeypatch: pytest.MonkeyPatch, world: World) -> None:
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: world.now)


def client(world: World, who: str = "lead") -> Client:
    found = Client()
    found.force_login(world.users[who])
    return found


def scene(world: World, code: str, who: str = "lead", **more: Any) -> Any:
    return client(world, who).get(reverse("wall:scene_view", args=[world.outpost.uid, code]), **more)


def screen(world: World) -> tuple[WallScreen, str]:
    return make_screen(actor=world.actor("lead"), now=world.now, outpost=world.outpost, label="展厅东墙")


def picture(kind: str = "PNG") -> bytes:
    drawn = BytesIO()
    Image.new("RGB", (8, 8), "#123456").save(drawn, kind)
    return drawn.getvalue()


def test_every_scene_stands_on_the_page_without_a_script_and_is_a_fragment_by_itself(world: World) -> None:
    for code in SCENES:
        page = client(world).get(reverse("wall:wall_view"), {"scene": code}).content.decode()
        assert f'data-code="{code}"' in page
        assert page.count('aria-current="page"') == 1
        assert "数据截至" in page
        answer = scene(world, code)
        assert f'data-code="{code}"' in answer.content.decode()
        assert "<html" not in answer.content.decode()
    assert scene(world, "nothing").status_code == NOT_THERE


def test_a_scene_is_sent_again_only_when_something_in_it_changed(world: World) -> None:
    first = scene(world, "flows")
    again = scene(world, "flows", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, bool(again["X-As-Of"])) == (UNCHANGED, b"", True)
    contract(world)
    changed = scene(world, "flows", headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200
    assert "1 份合同 · 60万元" in changed.content.decode()


def test_a_name_is_shown_only_where_the_public_site_shows_it(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    hidden, shown = (
        landed(world, "低温介质检测"),
        landed(world, "窑炉温度场", sponsor="滨海乙检测技术有限公司", contact_phone="13900002222"),
    )
    cleared = Cleared("p", shown.project.uid, "窑炉温度场（公开名）", "", {})
    monkeypatch.setattr("feidi.portals.wall.scenes.cleared_projects", lambda _outpost, _now: [cleared])
    _row, token = screen(world)
    pages = [scene(world, code).content.decode() for code in SCENES]
    pages += [Client().get(reverse("wall:screen_scene", args=[token, code])).content.decode() for code in SCENES]
    pages.append(Client().get(reverse("wall:screen_view", args=[token])).content.decode())
    for page in pages:
        for secret in (hidden.project.name, hidden.project.sponsor_name, hidden.project.uid, hidden.project.code):
            assert secret not in page
        assert shown.project.sponsor_name not in page
    assert sum("窑炉温度场（公开名）" in page for page in pages) == 2
    assert "名称未公开的项目" in pages[SCENES.index("landings")]
    assert "✓ 资金凭证" in pages[SCENES.index("landings")]


def test_a_screen_opens_by_its_own_address_leads_nowhere_and_closes_for_good(world: World) -> None:
    row, token = screen(world)
    address = reverse("wall:screen_view", args=[token])
    page = Client().get(address)
    text = page.content.decode()
    assert page.status_code == 200
    assert page["X-Robots-Tag"] == "noindex, nofollow"
    assert not re.search(r'data-drill-url="[^"]', text)
    assert 'href="/' not in re.sub(r"<link[^>]*>", "", text), "a screen leads nowhere"
    assert token not in str(list(AuditEntry.objects.values_list("state", "changes")))
    assert Client().get(reverse("wall:screen_view", args=["wrong"])).status_code == NOT_THERE
    revoke_screen(actor=world.actor("lead"), now=world.now, screen=row, reason="屏幕换了")
    closed = Client().get(address)
    assert (closed.status_code, "不能用了" in closed.content.decode()) == (NOT_THERE, True)
    assert Client().get(reverse("wall:screen_scene", args=[token, "funnel"])).status_code == NOT_THERE
    with pytest.raises(RefusedError, match=r"reporting.wall_revoked"):
        revoke_screen(actor=world.actor("lead"), now=world.now, screen=row, reason="再来")


def test_a_screen_ends_on_its_day(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    row, token = screen(world)
    later = world.now + timedelta(days=(row.expires_on - world.now.date()).days + 1)
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: later)
    assert Client().get(reverse("wall:screen_view", args=[token])).status_code == NOT_THERE


def test_the_home_side_sees_the_wall_and_a_rival_does_not(world: World) -> None:
    assert scene(world, "funnel", "bureau").status_code == 200
    assert scene(world, "funnel", "rival").status_code == NOT_THERE
    assert client(world, "auditor").get(reverse("wall:wall_view")).status_code == REFUSED
    assert Client().get(reverse("wall:wall_view")).status_code == 302


def test_the_lead_settles_screens_scenes_and_the_map(world: World) -> None:
    settings = reverse("wall:setting_view", args=[world.outpost.uid])
    assert client(world, "officer").get(settings).status_code == NOT_THERE
    made = client(world).post(reverse("wall:screen_make", args=[world.outpost.uid]), {"label": "大厅"})
    address = re.search(r"/wall/screen/([\w-]+)/", made.content.decode())
    assert address is not None
    assert Client().get(address[0]).status_code == 200
    assert address[1] not in client(world).get(settings).content.decode(), "shown once"
    data: dict[str, Any] = {f"position-{code}": 9 - at for at, code in enumerate(SCENES)}
    data |= {f"seconds-{code}": 30 for code in SCENES} | {"shown-alerts": "on", "shown-funnel": "on"}
    save = reverse("wall:scene_save", args=[world.outpost.uid])
    assert client(world).post(save, data).status_code == 302
    shown = [(each.code, each.seconds) for each in scenes_of(world.outpost) if each.shown]
    assert shown == [("alerts", 30), ("funnel", 30)]
    assert scene(world, "flows").status_code == NOT_THERE, "switched off"
    assert client(world).post(save, {**data, "seconds-alerts": "2"}).status_code == REFUSED
    assert (
        client(world).post(save, {key: value for key, value in data.items() if "shown" not in key}).status_code
        == REFUSED
    )
    assert WallScene.objects.count() == len(SCENES)


def test_a_map_needs_its_approval_number_and_shows_it(world: World) -> None:
    load = reverse("wall:map_load", args=[world.outpost.uid])
    given = {"picture": SimpleUploadedFile("图.png", picture()), "number": " "}
    assert client(world).post(load, given).status_code == REFUSED
    assert WallMap.objects.count() == 0
    given = {"picture": SimpleUploadedFile("图.png", picture()), "number": "GS（2024）0650号"}
    assert client(world).post(load, given).status_code == 302
    _row, token = screen(world)
    page = Client().get(reverse("wall:screen_scene", args=[token, "flows"])).content.decode()
    assert "审图号：GS（2024）0650号" in page
    drawn = Client().get(reverse("wall:screen_map", args=[token]))
    assert drawn["Content-Type"] == "image/png"
    assert b"".join(drawn.streaming_content)[:4] == b"\x89PNG"
    with pytest.raises(RefusedError, match=r"reporting.wall_map_picture"):
        load_map(
            actor=world.actor("lead"),
            now=world.now,
            outpost=world.outpost,
            name="图.txt",
            chunks=[b"text"],
            number="GS",
        )
    loaded = WallMap.objects.get(voided_at=None)
    client(world).post(reverse("wall:map_void", args=[loaded.uid]), {"reason": "过期"})
    assert "审图号" not in Client().get(reverse("wall:screen_scene", args=[token, "flows"])).content.decode()
    assert Client().get(reverse("wall:screen_map", args=[token])).status_code == NOT_THERE
