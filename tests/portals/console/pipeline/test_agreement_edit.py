"""An agreement put right after it was entered: why, what changed, and every agreement of the project counted anew."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from feidi.domain.pipeline.enums import AgreementKind, Counting
from feidi.domain.pipeline.models import Agreement, Project
from feidi.kernel.audit.models import AuditEntry
from feidi.kernel.audit.verify import verify
from tests.support.world import PDF, World

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_the_hour_of_the_world(monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: now)


def url(agreement: Agreement) -> str:
    return reverse("console:pipeline:agreement_edit", args=[agreement.uid])


def sent(agreement: Agreement, **more: Any) -> dict[str, Any]:
    given = {
        "version": agreement.version,
        "kind": agreement.kind,
        "signed_on": agreement.signed_on.isoformat(),
        "investor": agreement.investor,
        "amount": f"{agreement.amount_text}人民币",
        "method": "paper",
        "change_reason": "合同上写的是另一个数",
    }
    return {**given, **more}


def counts(project: Project) -> list[tuple[str, int | None]]:
    rows = project.agreements.filter(voided_at__isnull=True).order_by("signed_on", "id")
    return [(each.counting, each.counted_fen) for each in rows]


def test_an_amount_is_put_right_and_the_rest_counted_anew(world: World, client: Client) -> None:
    project, today = world.lead(), world.now.date()
    first = world.contract(project, 300_000_000, signed_on=today - timedelta(days=9))
    world.contract(project, 450_000_000, adds_capital=True)
    assert counts(project) == [(Counting.FIRST, 300_000_000), (Counting.INCREMENT, 150_000_000)]
    client.force_login(world.users["officer"])
    look = client.get(url(first)).content.decode()
    assert "300万元" in look
    answer = client.post(url(first), sent(first, amount="400万元人民币"), follow=True)
    html = answer.content.decode()
    assert counts(project) == [(Counting.FIRST, 400_000_000), (Counting.INCREMENT, 50_000_000)]
    assert "协议更正" in html
    assert "300万元 → 400万元人民币" in html
    assert "合同上写的是另一个数" in html
    entry = AuditEntry.objects.get(action="corrected")
    assert entry.changes["counted_fen"] == [300_000_000, 400_000_000]
    history = client.get(reverse("console:pipeline:project_view", args=[project.uid]) + "?tab=history")
    assert "登记" in history.content.decode()
    assert not verify().faults


def test_which_is_first_may_change_sides(world: World, client: Client) -> None:
    project, today = world.lead(), world.now.date()
    first = world.contract(project, 100_000_000, signed_on=today - timedelta(days=9))
    second = world.contract(project, 200_000_000, signed_on=today - timedelta(days=5))
    client.force_login(world.users["officer"])
    client.post(url(first), sent(first, signed_on=(today - timedelta(days=1)).isoformat()))
    rows = dict(project.agreements.values_list("uid", "counting"))
    assert rows == {second.uid: Counting.FIRST, first.uid: Counting.ALREADY}
    second.refresh_from_db()
    client.post(url(second), sent(second, kind="framework"))
    rows = dict(project.agreements.values_list("uid", "counting"))
    assert rows == {second.uid: Counting.APART, first.uid: Counting.FIRST}
    assert not verify().faults


def test_refused(world: World, client: Client) -> None:
    project = world.lead()
    row = world.contract(project, 300_000_000)
    client.force_login(world.users["officer"])
    assert client.post(url(row), sent(row, change_reason="")).status_code == 422
    same = client.post(url(row), sent(row, amount=row.amount_text))
    assert same.status_code == 409
    later = (world.now.date() + timedelta(days=2)).isoformat()
    for wrong in ({"signed_on": later}, {"version": 99}, {"amount": "400万"}):
        assert client.post(url(row), sent(row, **wrong)).status_code in {409, 422}, wrong
    Project.objects.update(reported_at=world.now)
    for login, status in (("bureau", 409), ("rival", 404), ("tenant", 404)):
        client.force_login(world.users[login])
        assert client.post(url(row), sent(row, investor="别家")).status_code == status, login
    assert Agreement.objects.get().investor == row.investor
    Agreement.objects.update(voided_at=world.now, void_reason="登记两次")
    client.force_login(world.users["officer"])
    assert client.get(url(row)).status_code == 409


def test_another_scan_and_a_tenancy_within_the_lease(world: World, client: Client) -> None:
    project = world.lead()
    row = world.contract(project, kind=AgreementKind.FRAMEWORK)
    old = row.scan_id
    client.force_login(world.users["officer"])
    scan = SimpleUploadedFile("新扫描件.pdf", PDF + b"2")
    assert client.post(url(row), sent(row, scan=scan, signatory="王总")).status_code == 302
    row.refresh_from_db()
    assert row.scan_id != old
    assert row.signatory == "王总"
    record = reverse("console:pipeline:project_view", args=[project.uid]) + "?tab=agreements"
    assert "换了一份" in client.get(record).content.decode()
