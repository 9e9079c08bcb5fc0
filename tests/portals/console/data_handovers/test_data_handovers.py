"""数据移交: what was handed over, to whom, and whether the deletion is certified."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from feidi.domain.reporting.models import DataHandover
from feidi.domain.reporting.services.data_handover import hand_over
from feidi.kernel.documents.models import PrintedForm, SignedCopy
from feidi.kernel.documents.services import render_form_pages
from tests.journeys.walking import photographed
from tests.support.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def package(world: World, monkeypatch: pytest.MonkeyPatch, now: datetime, tmp_path: Path) -> DataHandover:
    """A package of the own home, made by the lead of all its outposts."""
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: now)
    world.lead()
    home = world.outpost.home
    return hand_over(actor=world.actor("lead"), now=now, home=home, out=tmp_path).handover


def at(name: str, row: DataHandover | None = None) -> str:
    return reverse(f"console:data_handovers:{name}", args=[row.uid] if row else [])


def test_a_package_is_received_signed_for_and_its_deletion_certified(
    package: DataHandover, world: World, client: Client, tmp_path: Path, now: datetime
) -> None:
    client.force_login(world.users["lead"])
    assert "待签收" in client.get(at("package_list")).content.decode()
    shown = client.get(at("package_view", package)).content.decode()
    assert package.sha256 in shown
    assert "数据移交回执" in shown
    assert "数据删除证明" in shown
    early = {"received_by": "郑文", "received_on": f"{now.date() - timedelta(days=1)}"}
    refused = client.post(at("receipt_record", package), early)
    assert refused.status_code == 409
    assert "在移交之前，或还没有到" in refused.content.decode()
    late = {"received_by": "郑文", "received_on": f"{now.date()}", "deleted_on": f"{now.date() + timedelta(days=3)}"}
    assert client.post(at("receipt_record", package), late).status_code == 409
    done = {"received_by": "云溪区经科局 郑文", "received_on": f"{now.date()}"}
    assert client.post(at("receipt_record", package), done).status_code == 302
    assert "已签收，待删除证明" in client.get(at("package_list")).content.decode()
    assert client.post(at("receipt_record", package), done | {"deleted_on": f"{now.date()}"}).status_code == 302
    assert "已签收，已删除" in client.get(at("package_list")).content.decode()
    form = PrintedForm.objects.get(title="数据移交回执")
    photo = SimpleUploadedFile("回执.jpg", photographed(render_form_pages(form)[0], tmp_path), "image/jpeg")
    signed = {"file": photo, "signers": "梁远、郑文", "signed_on": f"{now.date()}", "sealed": "on"}
    assert client.post(at("receipt_signed", package), signed).status_code == 302
    assert SignedCopy.objects.get().form == form
    assert f"线下签署 {now.date()}，2 人，已盖章" in client.get(at("package_view", package)).content.decode()


@pytest.mark.sqlite_is_enough
@pytest.mark.parametrize(
    ("role", "lists", "views", "records"),
    [
        ("lead", 200, 200, 200),
        ("bureau", 200, 200, 409),
        ("auditor", 200, 200, 409),
        ("officer", 409, 404, 404),
        ("rival_bureau", 200, 404, 404),
        ("rival", 409, 404, 404),
        ("tenant", 409, 404, 404),
        ("admin", 409, 404, 404),
    ],
)
def test_who_sees_and_records(
    package: DataHandover, world: World, client: Client, role: str, lists: int, views: int, records: int
) -> None:
    client.force_login(world.users[role])
    listed = client.get(at("package_list"))
    assert listed.status_code == lists
    assert (package.number in listed.content.decode()) is (views == 200)
    assert client.get(at("package_view", package)).status_code == views
    for name in ("receipt_record", "receipt_signed"):
        assert client.get(at(name, package)).status_code == records
    sent = {"received_by": "谁", "received_on": "2026-11-23"}
    assert (client.post(at("receipt_record", package), sent).status_code == 302) is (records == 200)
    package.refresh_from_db()
    assert bool(package.received_by) is (records == 200)
