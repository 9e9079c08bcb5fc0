"""The owner's pages: what is its own, a preview before anything is released, released, taken back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from feidi.domain.showcase.enums import SheetKind
from feidi.domain.showcase.models import Picture, Product, Publication, Sheet
from feidi.domain.showcase.services.drafts import take_up_sheet
from tests.support.showcase import firm_of, own_project, photograph, published
from tests.support.world import PDF, World

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_the_hour_of_the_world(monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: now)


def at(name: str, *args: str) -> str:
    return reverse(f"workspace:showcase:{name}", args=args)


def tenant_of(world: World) -> Client:
    client = Client()
    client.force_login(world.users["tenant"])
    return client


def opened(world: World, kind: SheetKind, uid: str) -> Sheet:
    answer = tenant_of(world).post(at("sheet_open", "yunbin", kind, uid))
    assert answer.status_code == 302
    return Sheet.objects.get(subject_uid=uid)


def ticked(*codes: str, **more: Any) -> dict[str, Any]:
    return {**{f"show_{code}": "on" for code in codes}, **more}


def test_a_look_before_anything_is_released(world: World) -> None:
    project = own_project(world)
    tenant = tenant_of(world)
    assert "低温在线检测" in tenant.get(at("sheet_list")).content.decode()
    sheet = opened(world, SheetKind.PROJECT, project.uid)
    first = tenant.get(at("sheet_edit", sheet.uid)).content.decode()
    assert "现在什么都没有公开" in first
    look = tenant.post(at("sheet_edit", sheet.uid), ticked("name", "industry", en_industry="Materials", preview="1"))
    text = look.content.decode()
    assert "这是预览，还没有同意公开" in text
    assert "Materials" in text
    sheet.refresh_from_db()
    assert sheet.released == {}


def test_released_and_taken_back(world: World) -> None:
    project = own_project(world)
    tenant, sheet = tenant_of(world), opened(world, SheetKind.PROJECT, project.uid)
    upload = SimpleUploadedFile("样机.jpg", photograph())
    sent = ticked("name", "industry", "picture", picture=upload, alt="样机", release="1", version=sheet.version)
    answer = tenant.post(at("sheet_edit", sheet.uid), sent)
    assert answer.status_code == 302
    sheet.refresh_from_db()
    assert set(sheet.released) == {"name", "industry", "picture"}
    row = take_up_sheet(actor=world.actor("officer"), now=world.now, sheet=sheet)
    published(world, row)
    public = reverse("public:showcase:show_view", args=["yunbin", row.uid])
    page = Client().get(public).content.decode()
    picture = Picture.objects.get()
    assert picture.uid in page
    assert "低温探头标定台" not in page
    address = reverse("public:showcase:picture_view", args=["yunbin", picture.uid, "small"])
    shown = Client().get(address)
    assert (shown.status_code, b"".join(shown.streaming_content)[:3]) == (200, b"\xff\xd8\xff")
    tenant.post(at("sheet_withdraw", sheet.uid))
    assert Client().get(public).status_code == 404
    assert Client().get(address).status_code == 404
    assert Publication.objects.get().editions.get().state == "withdrawn"


def test_what_cannot_be_released_is_said_and_nothing_is(world: World) -> None:
    project = own_project(world)
    tenant, sheet = tenant_of(world), opened(world, SheetKind.PROJECT, project.uid)
    for sent, said in (
        (ticked("industry", release="1"), "没有勾选名称"),
        (ticked("name", "wanted", release="1"), "勾选了“希望对接什么”，却没有内容"),
        (ticked("name", "wanted", zh_wanted="<script>x</script>", release="1"), "网页程序"),
        (ticked("name", "picture", picture=SimpleUploadedFile("a.png", PDF), release="1"), "其实是 PDF"),
    ):
        answer = tenant.post(at("sheet_edit", sheet.uid), sent)
        assert answer.status_code == 409
        assert said in answer.content.decode()
    sheet.refresh_from_db()
    assert sheet.released == {}


def test_a_product_is_entered_changed_and_its_release_stays(world: World) -> None:
    firm = firm_of(world)
    tenant = tenant_of(world)
    sent = {"organization": firm.uid, "name": "标定仪", "what": "现场两点标定"}
    assert tenant.post(at("product_new"), sent).status_code == 302
    product = Product.objects.get()
    sheet = opened(world, SheetKind.PRODUCT, product.uid)
    tenant.post(at("sheet_edit", sheet.uid), ticked("name", "what", release="1", version=sheet.version))
    tenant.post(at("product_edit", product.uid), {**sent, "what": "Q改过"})
    product.refresh_from_db()
    sheet.refresh_from_db()
    assert product.what == "Q改过"
    assert sheet.released["what"]["zh"] == "现场两点标定"


def test_nobody_opens_anothers(world: World) -> None:
    project = world.lead("别人的项目", "别人有限公司")
    firm_of(world)
    tenant = tenant_of(world)
    assert tenant.post(at("sheet_open", "yunbin", "project", project.uid)).status_code == 404
    sheet = opened(world, SheetKind.ORGANIZATION, firm_of(world).uid)
    officer = Client()
    officer.force_login(world.users["officer"])
    assert officer.get(at("sheet_edit", sheet.uid)).status_code == 404
    assert officer.post(at("sheet_withdraw", sheet.uid)).status_code == 404
