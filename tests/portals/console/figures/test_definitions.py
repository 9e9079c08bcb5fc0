"""口径确认单: each definition printed, signed by both sides, in versions that say what changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from feidi.domain.reporting.models import DefinitionSheet
from feidi.domain.reporting.selectors.definitions import standing_of
from feidi.domain.reporting.services.definitions import make_sheet
from feidi.engines.findings import RefusedError
from feidi.engines.measures import DEFINITIONS, INDICATORS, Words
from feidi.kernel.documents.models import PrintedForm, SignedCopy
from feidi.kernel.documents.services import render_form_pages
from tests.journeys.walking import photographed
from tests.support.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_the_hour_of_the_world(monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: now)


def at(name: str, *args: str) -> str:
    return reverse(f"console:figures:{name}", args=args)


def text(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def test_a_version_is_made_printed_signed_and_holds(world: World, client: Client, tmp_path: Path) -> None:
    client.force_login(world.users["lead"])
    assert "口径未确认" in text(client, at("definition_list"))
    assert "本平台缺省，待本区确认" in text(client, at("figure_list"))
    client.post(at("definition_make", world.outpost.uid), {"reason": "首次确认"})
    sheet = DefinitionSheet.objects.get()
    assert (sheet.revision, sheet.note, len(sheet.definitions)) == (1, "首次确认", len(INDICATORS))
    again = client.post(at("definition_make", world.outpost.uid), {"reason": "再来"})
    assert again.status_code == 409
    assert "口径与第 1 版相同" in again.content.decode()
    shown = text(client, at("definition_view", sheet.uid))
    assert all(each.formula.zh in shown and each.label.zh in shown for each in INDICATORS.values())
    client.post(at("definition_print", sheet.uid))
    form = PrintedForm.objects.get()
    assert [row[0] for row in form.data["tables"][0]["rows"]] == [each.label.zh for each in INDICATORS.values()]
    assert [each["hand"] for each in form.data["chain"]] == ["运营方负责人", "主办方负责人"]
    photo = SimpleUploadedFile("签好的确认单.jpg", photographed(render_form_pages(form)[0], tmp_path), "image/jpeg")
    signed = {"file": photo, "signers": "梁远、郑文", "signed_on": "2026-11-23", "sealed": "on"}
    assert client.post(at("definition_signed", sheet.uid), signed).status_code == 302
    assert SignedCopy.objects.get().recognised
    assert "线下签署 2026-11-23，2 人，已盖章" in text(client, at("definition_view", sheet.uid))
    assert "第 1 版已确认" in text(client, at("definition_list"))
    client.force_login(world.users["bureau"])
    listed = text(client, at("figure_list"))
    assert listed.count("口径已由双方确认：第 1 版（2026-11-23）") == len(DEFINITIONS)
    assert "待本区确认" not in listed
    assert "生成新版" not in text(client, at("definition_list"))
    assert client.post(at("definition_print", sheet.uid)).status_code == 409
    client.force_login(world.users["rival"])
    assert client.get(at("definition_view", sheet.uid)).status_code == 404


def test_a_changed_definition_asks_for_a_new_version(
    world: World, client: Client, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    test_a_version_is_made_printed_signed_and_holds(world, client, tmp_path)
    words = Words("本期首次登记、当日有联系方式的项目数", "changed")
    changed = {**INDICATORS, "K01": replace(DEFINITIONS["K01"], formula=words)}
    monkeypatch.setattr("feidi.domain.reporting.selectors.definitions.INDICATORS", changed)
    assert standing_of(world.outpost).changed == {"K01"}
    client.force_login(world.users["lead"])
    listed = text(client, at("definition_list"))
    assert "口径已变，待确认新版" in listed
    assert "与已签版本不同的指标：线索数" in listed
    assert text(client, at("figure_list")).count("口径已由双方确认") == len(DEFINITIONS) - 1
    second = make_sheet(actor=world.actor("lead"), now=world.now, outpost=world.outpost, note="线索须有联系方式")
    shown = text(client, at("definition_view", second.uid))
    assert shown.count("本版改动") == 1
    assert f"上一版：{DEFINITIONS['K01'].formula.zh}" in shown
    assert standing_of(world.outpost).signed == DefinitionSheet.objects.get(revision=1), "unsigned changes nothing"
    with pytest.raises(RefusedError):
        make_sheet(actor=world.actor("bureau"), now=world.now, outpost=world.outpost)
