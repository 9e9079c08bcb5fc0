"""Demonstration 5, landing on paper: a licence alone says what is missing; nobody insured is a warning; the bank slip is
returned and corrected; the form is signed by two and photographed; whoever handed it in may not verify it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from feidi.domain.parties.models import Membership
from feidi.domain.pipeline.enums import Stage, Track
from feidi.domain.pipeline.models import LandingCase
from feidi.domain.pipeline.services.landing import submit_landing
from feidi.kernel.documents.models import PrintedForm, SignedCopy
from feidi.kernel.documents.services import render_form_pages
from tests.journeys.walking import Walker, photographed

pytestmark = pytest.mark.journey


@pytest.fixture
def case(people: Any, monkeypatch: pytest.MonkeyPatch) -> LandingCase:
    """A landing whose only paper is the licence."""
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: people.now)
    project = people.to_signed(people.lead())
    made = people.landing_case(project, kinds=("licence",))
    people.advance(project, Stage.PREPARING, track=Track.HOME)
    return LandingCase.objects.get(pk=made.pk)


def _open(who: Walker, case: LandingCase) -> None:
    who.go(f"/projects/landing/{case.uid}/")


def _only_a_licence(officer: Walker, case: LandingCase) -> None:
    """What is missing stands in one line; nobody insured warns and closes no door."""
    _open(officer, case)
    assert officer.says("还差：场地文件、资金凭证、现场查看记录")
    officer.look("1-licence-only")
    officer.follow("登记参保、实缴、开票、地址")
    officer.fill(insured_people="0", insured_month="2026-10")
    officer.press("保存", within="main")
    assert officer.says("参保人数为 0：可能是空壳")
    officer.look("2-nobody-insured")


def _slip_is_returned(verifier: Walker, case: LandingCase) -> None:
    _open(verifier, case)
    assert verifier.says("参保人数为 0：可能是空壳")
    for kind in ("落户企业营业执照", "场地文件", "现场查看记录"):
        verifier.press("采信", within=f".panel:has-text('{kind}')")
    reason = "回单付款人不是落户企业，请补落户企业账户的回单"
    verifier.refuse_with("退回", reason, within=".panel:has-text('资金凭证')", send="退回")
    verifier.refuse_with("退回运营方", "资金凭证不清楚", send="退回")
    verifier.look("3-slip-returned")


def _corrected(officer: Walker, case: LandingCase) -> None:
    _open(officer, case)
    assert officer.says("退回原因：回单付款人不是落户企业")
    assert officer.says("还差：资金凭证")
    officer.follow("补正")
    officer.fill(occurred_on="2026-11-23", amount="500万元")
    officer.upload("落户企业回单.pdf")
    officer.press("提交", within="main")
    officer.press("提交核验")


def _signed_on_paper(officer: Walker, case: LandingCase, folder: Path) -> None:
    """Printed with a QR, signed by two and sealed by pen, photographed askew, recognised."""
    _open(officer, case)
    officer.post(f"/projects/landing/{case.uid}/paper/")
    photo = photographed(render_form_pages(PrintedForm.objects.get())[0], folder)
    _open(officer, case)
    officer.follow("上传签好的表")
    officer.fill(signers="张专员、李核验", signed_on="2026-11-23")
    officer.page.check("[name=sealed]")
    officer.upload("签好的核验表.jpg", photo, "image/jpeg")
    officer.press("保存", within="main")
    assert SignedCopy.objects.get().recognised
    said = " ".join(officer.page.inner_text("main").split())
    assert "线下签署 2026-11-23，2 人，已盖章" in said, said
    officer.look("4-signed-on-paper")


def _own_work_is_not_verified(officer: Walker, case: LandingCase) -> None:
    """Whoever handed it in holds the verifier's role as well: no button, and a forged request is refused."""
    _open(officer, case)
    assert officer.says("您不能核验这一项：您是提交人")
    assert officer.page.locator("main >> button:has-text('核验通过')").count() == 0
    assert officer.post(f"/projects/landing/{case.uid}/verify/").status == 409
    officer.look("5-own-work")


def test_landing_on_paper(walker: Callable[[str], Walker], people: Any, case: LandingCase, tmp_path: Path) -> None:
    officer, verifier = walker("officer"), walker("verifier")
    _only_a_licence(officer, case)
    for kind in ("site", "money", "site_visit"):
        people.hand_in(case, kind)
    people.advance(case.project, Stage.REGISTERED, track=Track.HOME)
    submit_landing(actor=people.actor("officer"), now=people.now, case=LandingCase.objects.get(pk=case.pk))
    _slip_is_returned(verifier, case)
    _corrected(officer, case)
    _signed_on_paper(officer, case, tmp_path)
    Membership.objects.create(
        user=people.users["officer"],
        role="verifier",
        home=people.outpost.home,
        valid_from=people.now.date(),
        created_at=people.now,
    )
    _own_work_is_not_verified(officer, case)
    _open(verifier, case)
    verifier.press("采信", within=".panel:has-text('资金凭证')")
    verifier.press("核验通过")
    assert verifier.says("落地已核验")
    case.refresh_from_db()
    assert case.state == "verified"
    verifier.look("6-verified")
