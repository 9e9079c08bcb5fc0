"""Pages of signing ceremonies: pasted codes, 已计 with its date, totals apart, list, script and cards on paper."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any

import docx
import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from feidi.domain.liaison.models import Ceremony
from feidi.domain.liaison.services.ceremonies import CeremonyPlan, plan_ceremony
from feidi.domain.pipeline.enums import AgreementKind
from tests.support.queries import assert_same_queries
from tests.support.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(world: World, monkeypatch: pytest.MonkeyPatch) -> Client:
    """The officer, at the moment of the world."""
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: world.now)
    client = Client()
    client.force_login(world.users["officer"])
    return client


def at(name: str, *args: str) -> str:
    """Return an address of this part."""
    return reverse(f"console:ceremonies:{name}", args=args)


def words_of(response: Any) -> str:
    """Return every word of a Word file."""
    document = docx.Document(BytesIO(response.content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(each.text for each in document.paragraphs), *cells])


def test_a_ceremony_from_pasted_codes_to_cards(client: Client, world: World) -> None:
    day, early = world.now.date(), world.now.date() - timedelta(days=200)
    old, new = world.lead(), world.lead("新材料中试", "滨海乙材料有限公司", contact_name="李工")
    world.contract(old, 3_000_000_000, signed_on=early)
    again = world.contract(old, 3_000_000_000)
    frame = world.contract(new, 50_000_000_000, kind=AgreementKind.FRAMEWORK)
    plan = {"outpost": world.outpost.pk, "title": "秋季集中签约", "held_on": day.isoformat(), "place": "会展中心"}
    bad = client.post(at("ceremony_new"), {**plan, "projects": f"{old.code}\nYB-0000-0000"})
    assert bad.status_code == 409
    assert not Ceremony.objects.exists()
    client.post(at("ceremony_new"), {**plan, "projects": f"{old.code} 老项目\n{new.code.lower()}"})
    row = Ceremony.objects.get()
    page = client.get(at("ceremony_view", row.uid))
    text = page.content.decode()
    assert [each.agreement for each in row.items.order_by("position")] == [again, frame], "one of that day each"
    assert f"已计（{early.isoformat()} 已首次签约）" in text
    assert "只计增量" in text
    assert page.context["totals"] == [("已计", "1 个，3,000万元"), ("单列", "1 个，5亿元")]

    first = row.items.get(project=old)
    client.post(
        at("item_edit", first.uid), {"signatories": "王总", "seat_cards": "王五、李建国", "agreement": again.pk}
    )
    client.post(at("item_move", row.items.get(project=new).uid))
    told = client.get(at("ceremony_view", row.uid)).context["copy_text"].splitlines()
    assert told[0].endswith("秋季集中签约")
    assert told[2].startswith("1. 新材料中试 5亿元 单列")
    listed = words_of(client.get(at("list_download", row.uid)))
    for words in ("秋季集中签约签约名单", "王总", "已计（", "单列", "合计：已计 1 个，3,000万元；单列 1 个，5亿元。"):
        assert words in listed, words
    assert "第2个项目：低温介质检测（滨海甲检测技术有限公司），签约代表：王总。" in words_of(
        client.get(at("script_download", row.uid))
    )
    cards = docx.Document(BytesIO(client.get(at("cards_download", row.uid)).content))
    assert [each.text.strip() for each in cards.paragraphs] == ["王　五", "王　五", "李建国", "李建国"]
    changed = {**plan, "version": row.version, "title": row.title, "script": "请签约。"}
    client.post(at("ceremony_edit", row.uid), changed)
    assert "请签约。" in words_of(client.get(at("script_download", row.uid)))
    book = openpyxl.load_workbook(BytesIO(client.get(at("ceremony_export")).content)).active
    assert [line[3] for line in book.iter_rows(values_only=True)][1:] == [
        f"{new.code} 新材料中试", f"{old.code} 低温介质检测",
    ]  # fmt: skip
    client.post(at("item_remove", first.uid), {"reason": "改期"})
    client.post(at("item_add", row.uid), {"project": old.code, "seat_cards": "王五"})
    assert row.items.filter(voided_at=None).count() == 2
    client.post(at("ceremony_void", row.uid), {"reason": "取消"})
    assert "秋季集中签约" not in client.get(at("ceremony_list")).content.decode()


def test_lists_and_pages_cost_the_same_at_one_and_three(client: Client, world: World) -> None:
    act: dict[str, Any] = {"actor": world.actor("officer"), "now": world.now}
    n, made = [0], list[Ceremony]()

    def make(count: int) -> None:
        for _ in range(count):
            n[0] += 1
            project = world.lead(f"项目{n[0]}", contact_name=f"王{n[0]}")
            world.contract(project, 100, signed_on=world.now.date() - timedelta(days=9))
            world.contract(project, 100)
            plan = CeremonyPlan(f"签约{n[0]}", world.now.date())
            made.append(plan_ceremony(outpost=world.outpost, plan=plan, projects=[project], **act))
            if len(made) > 1:
                plan_ceremony(outpost=world.outpost, plan=CeremonyPlan("另", world.now.date()), **act)
                client.post(at("item_add", made[0].uid), {"project": project.code})

    assert_same_queries(make, lambda: client.get(at("ceremony_list")), at_most=20)
    assert_same_queries(make, lambda: client.get(at("ceremony_view", made[0].uid)), at_most=24)


def test_the_second_who_writes_seat_cards_is_told(client: Client, world: World) -> None:
    project = world.lead()
    plan = CeremonyPlan("秋季集中签约", world.now.date())
    row = plan_ceremony(
        actor=world.actor("officer"), now=world.now, outpost=world.outpost, plan=plan, projects=[project]
    )
    address = at("item_edit", row.items.get().uid)
    version = client.get(address).context["form"]["version"].value()
    assert client.post(address, {"signatories": "王总", "seat_cards": "王五", "version": version}).status_code == 302
    late = client.post(address, {"signatories": "李总", "seat_cards": "李四", "version": version})
    assert late.status_code == 409
    assert "王总" in late.content.decode()
    assert row.items.get().signatories == "王总"
    fresh = late.context["form"]["version"].value()
    assert client.post(address, {"signatories": "李总", "seat_cards": "李四", "version": fresh}).status_code == 302
    assert row.items.get().signatories == "李总"
