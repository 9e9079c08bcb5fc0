"""Claims as pages: begun, filed, followed to the money; what was not seen is not noted; the firm sees its own."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from feidi.domain.parties.models import Organization
from feidi.domain.parties.services.organizations import find_or_add_organization
from feidi.domain.policy.models import PolicyClaim
from feidi.domain.policy.selectors.library import library_of
from feidi.engines.rules.clauses import Clause, SubjectKind
from feidi.kernel.evidence.models import EvidenceItem
from feidi.kernel.files.models import StoredFile
from tests.access.claimed import claim_of
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


def firm_of(world: World, name: str = "滨海甲检测技术有限公司") -> Organization:
    return find_or_add_organization(actor=world.actor("officer"), now=world.now, outpost=world.outpost, name=name)


def clause_of(world: World) -> Clause:
    """A clause for firms of the invented pair that names papers."""
    clauses = library_of(world.outpost, on=world.now.date()).clauses.clauses.values()
    return next(each for each in clauses if each.subject is SubjectKind.ORGANIZATION and each.materials)


def picture(name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, PDF + name.encode())


def seen(claim: PolicyClaim, status: str, **more: Any) -> dict[str, Any]:
    claim.refresh_from_db()
    return {"version": claim.version, "status": status, "seen_on": "2026-11-23", **more}


def test_a_claim_from_draft_to_money(world: World) -> None:
    officer, firm, clause = signed_in(world, "officer"), firm_of(world), clause_of(world)
    new = reverse("console:policy_claims:claim_new")
    given = {"outpost": world.outpost.pk, "organization": firm.uid, "clause": clause.code, "applied": "30万元"}
    made = officer.post(new, given)
    claim = PolicyClaim.objects.get()
    assert made["Location"] == reverse("console:policy_claims:claim_view", args=[claim.uid])
    page = officer.get(made["Location"]).content.decode()
    assert "在这里登记不等于已经申报" in page
    assert clause.materials[0] in page
    again = officer.post(new, given)
    assert again.status_code == REFUSED
    assert "已有一件未办结的申报" in again.content.decode()
    record = reverse("console:policy_claims:claim_record", args=[claim.uid])
    empty = officer.post(record, seen(claim, "submitted"))
    assert empty.status_code == REFUSED
    assert "要有受理号或回执" in empty.content.decode()
    sent = {"acceptance_number": "YX-2026-017", "document": picture("回执.pdf")}
    assert officer.post(record, seen(claim, "submitted", **sent)).status_code == REDIRECT
    assert officer.post(record, seen(claim, "approved")).status_code == REFUSED
    assert officer.post(record, seen(claim, "approved", amount="24万元")).status_code == REDIRECT
    assert officer.post(record, seen(claim, "paid", amount="10万元")).status_code == REDIRECT
    assert officer.post(record, seen(claim, "paid", amount="2万元", note="第二批")).status_code == REDIRECT
    claim.refresh_from_db()
    assert (claim.approved_fen, claim.paid_fen, claim.acceptance_number) == (24_000_000, 12_000_000, "YX-2026-017")
    listed = officer.get(reverse("console:policy_claims:claim_list")).content.decode()
    assert "50%" in listed
    assert "到账 12万元 ÷ 核准 24万元" in listed


def test_a_refused_step_leaves_no_file_behind(world: World) -> None:
    officer = signed_in(world, "officer")
    claim = PolicyClaim.objects.get(uid=claim_of(world, firm_of(world), 1))
    record = reverse("console:policy_claims:claim_record", args=[claim.uid])
    late = seen(claim, "submitted", seen_on="2026-11-24", document=picture("回执.pdf"))
    assert officer.post(record, late).status_code == REFUSED
    assert not StoredFile.objects.exists()
    stale = seen(claim, "submitted", acceptance_number="1") | {"version": claim.version + 4}
    assert officer.post(record, stale).status_code == REFUSED


def test_papers_are_kept_with_the_claim(world: World) -> None:
    officer = signed_in(world, "officer")
    uid = claim_of(world, firm_of(world), 1)
    address = reverse("console:policy_claims:material_add", args=[uid, "material_1"])
    assert officer.post(address, {"file": picture("营业执照.pdf")}).status_code == REDIRECT
    assert EvidenceItem.objects.get().requirement.label_zh == "营业执照"
    page = officer.get(reverse("console:policy_claims:claim_view", args=[uid])).content.decode()
    assert "营业执照：营业执照.pdf" in page
    assert "还没有文件" not in page
    none = reverse("console:policy_claims:material_add", args=[uid, "material_9"])
    assert officer.post(none, {"file": picture("x.pdf")}).status_code == REFUSED


def test_without_anything_approved_there_is_no_rate(world: World) -> None:
    claim_of(world, firm_of(world), 1)
    page = signed_in(world, "officer").get(reverse("console:policy_claims:claim_list")).content.decode()
    assert "n/a" in page


def test_the_firm_reads_its_own_claims_and_no_others(world: World) -> None:
    claim_of(world, Organization.objects.get(name="滨海甲检测技术有限公司"), 1)
    other = claim_of(world, firm_of(world, "滨海乙传感有限公司"), 2)
    tenant = signed_in(world, "tenant")
    page = tenant.get(reverse("workspace:claim_list")).content.decode()
    assert "Qclaim1" in page
    assert "Qclaim2" not in page
    assert tenant.get(reverse("console:policy_claims:claim_view", args=[other])).status_code == NOT_THERE
    assert signed_in(world, "officer").get(reverse("workspace:claim_list")).status_code == REFUSED


def test_the_firm_reads_the_platforms_reason(world: World) -> None:
    claim = PolicyClaim.objects.get(uid=claim_of(world, Organization.objects.get(name="滨海甲检测技术有限公司"), 1))
    record = reverse("console:policy_claims:claim_record", args=[claim.uid])
    officer = signed_in(world, "officer")
    assert officer.post(record, seen(claim, "submitted", acceptance_number="1")).status_code == REDIRECT
    assert officer.post(record, seen(claim, "returned", note="辅助账缺第三季度")).status_code == REDIRECT
    assert "辅助账缺第三季度" in signed_in(world, "tenant").get(reverse("workspace:claim_list")).content.decode()


def test_a_claim_is_for_one_firm_that_is_on_file(world: World) -> None:
    officer, new = signed_in(world, "officer"), reverse("console:policy_claims:claim_new")
    given = {"outpost": world.outpost.pk, "clause": clause_of(world).code}
    refused = officer.post(new, {**given, "organization": "没有登记过的公司"})
    assert refused.status_code == INVALID
    assert "没有找到唯一一家叫“没有登记过的公司”的单位" in refused.content.decode()
    assert officer.post(new, {**given, "organization": firm_of(world).name}).status_code == REDIRECT
    assert PolicyClaim.objects.count() == 1


def test_the_list_asks_as_often_for_three_as_for_one(world: World) -> None:
    officer, numbers = signed_in(world, "officer"), iter(range(9))

    def rows(n: int) -> None:
        for number in (next(numbers) for _ in range(n)):
            claim_of(world, firm_of(world, f"滨海{number}号有限公司"), number)

    assert_same_queries(rows, lambda: officer.get(reverse("console:policy_claims:claim_list")))
