"""The ruling on paper: a print for each side that names only its own project, signed and recognised."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from feidi.domain.parties.models import Outpost
from feidi.domain.pipeline.models import FirstReport, FirstReportDispute
from feidi.domain.pipeline.selectors.first_report_rules import first_report_rules
from feidi.domain.pipeline.services.first_report_disputes import answer_dispute, raise_dispute, rule_dispute
from feidi.domain.pipeline.services.first_report_papers import print_ruling
from feidi.engines.findings import RefusedError
from feidi.kernel.documents.models import PrintedForm, SignedCopy
from feidi.kernel.documents.services.printing import render_form_pages
from tests.support.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_the_hour_of_the_world(monkeypatch: pytest.MonkeyPatch, now: Any) -> None:
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: now)


@pytest.fixture
def dispute(world: World) -> FirstReportDispute:
    """The same investor with two outposts of one home, disputed, answered, not ruled yet."""
    sister = Outpost.objects.create(
        code="sister", name="姊妹驻点", short_name="姊妹", home=world.outpost.home, host=world.outpost.host,
        created_at=world.now,
    )  # fmt: skip
    world.user("sister", "officer", outpost=sister)
    first = world.lead("Q甲检测")
    second = world.lead("Q乙检测", by="sister", owner=world.users["sister"], outpost=sister)
    mine, theirs = FirstReport.objects.get(project=first), FirstReport.objects.get(project=second)
    made = raise_dispute(
        actor=world.actor("sister"), now=world.now, claim=theirs, against=mine.uid, grounds="十月已面谈"
    )
    answer_dispute(actor=world.actor("officer"), now=world.now, dispute=made, statement="九月已首报")
    return made


def ruled(world: World, dispute: FirstReportDispute) -> FirstReportDispute:
    rule_dispute(
        actor=world.actor("bureau"), now=world.now, dispute=dispute, winner=dispute.right, rule="earlier_report",
        ruling="平台记录在先",
    )  # fmt: skip
    return FirstReportDispute.objects.select_related(
        "home", "winner__project__outpost", "left__project__outpost__home", "right__project__outpost__home"
    ).get(pk=dispute.pk)


def url(name: str, dispute: FirstReportDispute, *more: str) -> str:
    return reverse(f"console:first_reports:{name}", args=[dispute.uid, *more])


def signed_in(world: World, login: str) -> Client:
    client = Client()
    client.force_login(world.users[login])
    return client


def test_each_side_gets_its_own_paper(world: World, dispute: FirstReportDispute) -> None:
    bureau = signed_in(world, "bureau")
    assert bureau.post(url("ruling_print", dispute, dispute.left.uid)).status_code == 409
    dispute = ruled(world, dispute)
    assert bureau.get(url("dispute_view", dispute)).content.decode().count("打印裁定书") == 2
    papers = {}
    for side in (dispute.left, dispute.right):
        assert bureau.post(url("ruling_print", dispute, side.uid)).status_code == 302
        papers[side.project.name] = str(PrintedForm.objects.order_by("-id")[0].data)
    assert "Q乙检测" not in papers["Q甲检测"]
    assert "Q甲检测" not in papers["Q乙检测"]
    assert "享有首谈权" in papers["Q甲检测"]
    assert "不享有首谈权" in papers["Q乙检测"]
    for paper in papers.values():
        assert "平台记录在先" in paper
        assert "先报者优先" in paper
    assert "首报首谈裁定书" in bureau.get(url("dispute_view", dispute)).content.decode()


def test_who_may_print_which(world: World, dispute: FirstReportDispute) -> None:
    dispute = ruled(world, dispute)
    officer = signed_in(world, "officer")
    assert officer.get(url("dispute_view", dispute)).content.decode().count("打印裁定书") == 1
    assert officer.post(url("ruling_print", dispute, dispute.right.uid)).status_code == 302
    for login, claim, status in (
        ("officer", dispute.left.uid, 409),
        ("sister", dispute.right.uid, 409),
        ("verifier", dispute.right.uid, 404),
        ("rival", dispute.right.uid, 404),
        ("rival_bureau", dispute.right.uid, 404),
        ("bureau", "nobody", 404),
    ):
        assert signed_in(world, login).post(url("ruling_print", dispute, claim)).status_code == status, (login, claim)


def test_a_place_without_the_form_says_so(
    world: World, dispute: FirstReportDispute, monkeypatch: pytest.MonkeyPatch
) -> None:
    dispute = ruled(world, dispute)
    bare = replace(first_report_rules(dispute.home), paper_form={})
    monkeypatch.setattr("feidi.domain.pipeline.services.first_report_papers.first_report_rules", lambda _home: bare)
    with pytest.raises(RefusedError) as refused:
        print_ruling(actor=world.actor("bureau"), now=world.now, dispute=dispute, claim=dispute.left)
    assert refused.value.refusal.code == "first_reports.no_paper"


def test_the_signed_paper_is_recognised(world: World, dispute: FirstReportDispute) -> None:
    dispute = ruled(world, dispute)
    bureau = signed_in(world, "bureau")
    bureau.post(url("ruling_print", dispute, dispute.right.uid))
    (picture,) = render_form_pages(PrintedForm.objects.get())
    sent = {
        "file": SimpleUploadedFile("签好.png", picture),
        "signers": "李科长、张主任",
        "signed_on": world.now.date().isoformat(),
        "sealed": "on",
    }
    page = url("ruling_signed", dispute, dispute.right.uid)
    assert bureau.get(page).status_code == 200
    answer = bureau.post(page, sent, follow=True)
    assert "线下签署" in answer.content.decode()
    assert SignedCopy.objects.get().recognised
