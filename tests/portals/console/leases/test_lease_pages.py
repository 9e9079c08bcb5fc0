"""The head lease as pages: entering, what it costs, which tenancies outlast it, who sees and who changes it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from feidi.domain.pipeline.enums import AgreementKind
from feidi.domain.space.models import HeadLease
from feidi.domain.space.services import LeaseTerms, add_head_lease
from tests.support.queries import assert_same_queries
from tests.support.world import PDF, World

pytestmark = pytest.mark.django_db

OK, REDIRECT, NOT_THERE, REFUSED, INVALID = 200, 302, 404, 409, 422


@pytest.fixture(autouse=True)
def _at_the_hour_of_the_world(monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: now)


def signed_in(world: World, who: str) -> Client:
    client = Client()
    client.force_login(world.users[who])
    return client


def terms(world: World, **more: Any) -> dict[str, Any]:
    return {
        "outpost": world.outpost.pk,
        "landlord": "滨海置业有限公司（演示）",
        "premises": "科创路1号3层",
        "area_m2": "1150",
        "starts_on": "2022-01-10",
        "ends_on": "2027-08-31",
        "rent": "92000元",
        "basis": "whole",
        **more,
    }


def test_the_lease_and_the_tenancies_it_bounds(world: World) -> None:
    lead, address = signed_in(world, "lead"), reverse("console:leases:lease_new")
    assert "没有登记上游租约" in lead.get(reverse("console:leases:lease_list")).content.decode()
    assert lead.post(address, terms(world, ends_on="2021-01-01")).status_code == REFUSED
    assert lead.post(address, terms(world, rent="9万到10万元")).status_code == INVALID
    scan = SimpleUploadedFile("租赁合同.pdf", PDF)
    assert lead.post(address, terms(world, document=scan)).status_code == REDIRECT
    lease = HeadLease.objects.get()
    assert lease.document is not None
    assert lease.document.subject_uid == lease.uid
    shown = lead.get(reverse("console:leases:lease_view", args=[lease.uid])).content.decode()
    assert "9.2万元" in shown
    assert "80元" in shown
    assert "不足 12 个月" in shown
    until = date(2027, 8, 31)
    project = world.lead()
    world.contract(project, kind=AgreementKind.TENANCY, term_from=world.now.date(), term_to=until)
    longer = {
        "kind": "tenancy",
        "signed_on": "2026-11-20",
        "investor": "甲",
        "method": "paper",
        "scan": SimpleUploadedFile("入驻协议.pdf", PDF),
        "term_to": (until + timedelta(days=1)).isoformat(),
    }
    refused = lead.post(reverse("console:pipeline:agreement_add", args=[project.uid]), longer)
    assert refused.status_code == REFUSED
    assert "晚于上游租约到期日 2027-08-31" in refused.content.decode()

    edit = reverse("console:leases:lease_edit", args=[lease.uid])
    prefilled = lead.get(edit).context["form"].initial
    assert (prefilled["version"], prefilled["landlord"]) == (lease.version, lease.landlord)
    version = str(lease.version)
    assert lead.post(edit, terms(world, ends_on="2027-06-30", version=version)).status_code == REDIRECT
    assert lead.post(edit, terms(world, version=version)).status_code == REFUSED, "the second saver is told"
    outlasts = lead.get(reverse("console:leases:lease_view", args=[lease.uid])).content.decode()
    assert "晚于上游租约 62 天" in outlasts
    exported = lead.get(reverse("console:leases:lease_export"))
    assert exported.status_code == OK

    # who only reads, who reads nothing
    for who, sees in (
        ("officer", True),
        ("bureau", True),
        ("auditor", True),
        ("verifier", False),
        ("rival", False),
        ("tenant", False),
    ):
        client = signed_in(world, who)
        assert client.get(reverse("console:leases:lease_view", args=[lease.uid])).status_code == (
            OK if sees else NOT_THERE
        ), who
        answer = client.post(reverse("console:leases:lease_void", args=[lease.uid]), {"reason": "理由"})
        assert answer.status_code == (REFUSED if sees else NOT_THERE), who
    assert (
        "低温介质检测"
        not in signed_in(world, "bureau").get(reverse("console:leases:lease_view", args=[lease.uid])).content.decode()
    )
    assert lead.post(reverse("console:leases:lease_void", args=[lease.uid]), {"reason": "录错"}).status_code == REDIRECT
    assert "没有登记上游租约" in lead.get(reverse("console:leases:lease_list")).content.decode()


def test_the_list_costs_the_same(world: World) -> None:
    client, made = signed_in(world, "officer"), [0]

    def rows(count: int) -> None:
        for _ in range(count):
            made[0] += 1
            lease = LeaseTerms(
                f"出租方{made[0]}", "3层", world.now.date(), world.now.date() + timedelta(days=100 + made[0])
            )
            add_head_lease(actor=world.actor("lead"), now=world.now, outpost=world.outpost, terms=lease)

    assert_same_queries(rows, lambda: client.get(reverse("console:leases:lease_list")))
