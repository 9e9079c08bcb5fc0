"""Drafting as pages: what is checked and tried, who reads, who decides, what the decision leaves behind."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from feidi.kernel.content.models import ContentProposal
from feidi.kernel.content.parsing import digest_of
from feidi.kernel.content.proposing import propose_content, published_text
from tests.support.queries import assert_same_queries
from tests.support.world import World

pytestmark = pytest.mark.django_db

OK, REDIRECT, NOT_THERE, REFUSED, INVALID = 200, 302, 404, 409, 422
PLACE, PATH = "yunxi", "policies/support-2026.yaml"
POLICY = """valid_from: 2026-01-01
source: 演示：虚构
document: {title: 云溪区扶持办法（演示）, number: null, issued: 2026, url: null, grade: D}
clauses:
  - 代码: YXT-01
    名称: 设备补助
    对象: 企业
    方式: 核准
    效力: {状态: 有效, 自: 2026-01-01, 至: 2027-12-31}
    依据: {条: 第一条, 原文: 给予30万元, 所见: 全文}
    待遇: 一次性30万元
    条件: 无
    金额: 30万元
"""


@pytest.fixture(autouse=True)
def _at_the_hour_of_the_world(monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: now)


def signed_in(world: World, who: str) -> Client:
    client = Client()
    client.force_login(world.users[who])
    return client


def edit(path: str = PATH, place: str = PLACE) -> str:
    return f"{reverse('console:drafts:draft_edit')}?place={place}&path={path}"


def proposed(world: World, who: str = "lead", path: str = PATH, body: str = POLICY) -> ContentProposal:
    text = published_text(PLACE, path)
    return propose_content(
        actor=world.actor(who),
        now=world.now,
        place=PLACE,
        path=path,
        body=body,
        base_sha256=digest_of(text) if text else "",
        note="新政策",
    )


def given(body: str = POLICY, **more: str) -> dict[str, str]:
    return {"body": body, "base": "", "note": "新政策", "do": "check", **more}


def test_a_draft_is_checked_proposed_read_and_published(world: World) -> None:
    lead, bureau = signed_in(world, "lead"), signed_in(world, "bureau")
    start = lead.post(reverse("console:drafts:draft_start"), {"place": PLACE, "name": "support-2026"})
    assert start.status_code == REDIRECT
    begun = lead.get(start["Location"]).content.decode()
    assert "演示：虚构" in begun
    assert "人工核定: 请写条件" in begun
    checked = lead.post(edit(), given()).content.decode()
    assert "没有发现问题" in checked
    assert not ContentProposal.objects.exists()
    sent = lead.post(edit(), given(do="propose"))
    proposal = ContentProposal.objects.get()
    assert sent["Location"] == reverse("console:drafts:draft_view", args=[proposal.uid])
    own = lead.get(sent["Location"]).content.decode()
    assert "起草人不能复核自己的草稿" in own
    assert "复核无误，发布" not in own
    shown = bureau.get(sent["Location"]).content.decode()
    assert "代码: YXT-01" in shown
    assert "复核无误，发布" in shown
    assert bureau.post(reverse("console:drafts:draft_approve", args=[proposal.uid])).status_code == REDIRECT
    assert published_text(PLACE, PATH) == POLICY
    after = bureau.get(sent["Location"]).content.decode()
    assert world.actor("bureau").label in after
    assert "代码: YXT-01" in after  # the difference stays readable


def test_a_fault_names_line_and_clause_and_what_was_typed_stays(world: World) -> None:
    lead = signed_in(world, "lead")
    wrong = POLICY.replace("金额: 30万元", "金额: 30").replace("方式: 核准", "方式: 批准")
    checked = lead.post(edit(), given(wrong)).content.decode()
    assert "YXT-01" in checked
    assert "第 13 行" in checked
    refused = lead.post(edit(), given(wrong, do="propose"))
    assert refused.status_code == REFUSED
    page = refused.content.decode()
    assert "处问题，没有提交" in page
    assert "方式: 批准" in page
    assert not ContentProposal.objects.exists()


def test_the_check_alone_is_sent_to_a_page_that_asks_for_it(world: World) -> None:
    fragment = signed_in(world, "lead").post(edit(), given(), headers={"HX-Request": "true"}).content.decode()
    assert fragment.lstrip().startswith('<section id="checked"')
    assert "<html" not in fragment


def test_returned_with_a_reason(world: World) -> None:
    proposal = proposed(world)
    bureau, address = signed_in(world, "bureau"), reverse("console:drafts:draft_return", args=[proposal.uid])
    assert bureau.post(address, {"reason": " "}).status_code == REFUSED
    assert bureau.post(address, {"reason": "请写明依据第几条"}).status_code == REDIRECT
    shown = signed_in(world, "lead").get(reverse("console:drafts:draft_view", args=[proposal.uid])).content.decode()
    assert "请写明依据第几条" in shown
    assert "再起草" in shown


@pytest.mark.sqlite_is_enough
@pytest.mark.parametrize(
    ("who", "reads", "decides"),
    [
        ("lead", True, False),
        ("bureau", True, True),
        ("admin", True, True),
        ("officer", False, False),
        ("verifier", False, False),
        ("auditor", False, False),
        ("tenant", False, False),
        ("rival", False, False),
        ("rival_bureau", False, False),
    ],
)
def test_who_reads_and_decides(world: World, who: str, *, reads: bool, decides: bool) -> None:
    proposal, client = proposed(world), signed_in(world, who)
    shown = client.get(reverse("console:drafts:draft_view", args=[proposal.uid]))
    assert shown.status_code == (OK if reads else NOT_THERE)
    for act in ("approve", "return", "withdraw"):
        answer = client.post(reverse(f"console:drafts:draft_{act}", args=[proposal.uid]), {"reason": ""})
        if not reads:
            assert answer.status_code == NOT_THERE
    listed = client.get(reverse("console:drafts:draft_list"))
    assert (PATH in listed.content.decode()) == reads
    proposal.refresh_from_db()
    assert (proposal.state == "approved") == decides


def test_content_of_a_rival_home_cannot_be_drafted(world: World) -> None:
    for place in ("yunzhou", "nowhere", "../etc"):
        assert signed_in(world, "lead").get(edit(place=place)).status_code in {OK, NOT_THERE}
    rival_home = world.rival.home.code
    assert signed_in(world, "lead").get(edit("enclave/targets.yaml", rival_home)).status_code == NOT_THERE
    for path in ("policies/../x.yaml", "secrets.yaml", "industries.csv"):
        assert signed_in(world, "lead").get(edit(path)).status_code == NOT_THERE


def test_the_list_asks_as_often_for_three_as_for_one(world: World) -> None:
    lead, made = signed_in(world, "lead"), iter(range(1, 9))

    def rows(n: int) -> None:
        for number in (next(made) for _ in range(n)):
            body = POLICY.replace("YXT-01", f"YXT-0{number}")
            proposed(world, path=f"policies/support-{number}.yaml", body=body)

    assert_same_queries(rows, lambda: lead.get(reverse("console:drafts:draft_list")))


def _pasted(client: Client, text: str) -> Any:
    return client.post(reverse("console:drafts:band_paste"), {"basis": "研发费用", "pasted": text})


def test_a_table_from_excel_becomes_bands(world: World) -> None:
    lead = signed_in(world, "lead")
    made = _pasted(lead, "下限\t上限\t奖励\n300万元\t1,000万元\t5万元\n1000万元\t不限\t10万元\n")
    assert made.status_code == OK
    page = made.content.decode()
    assert "区间: &quot;[300万元, 1000万元)&quot;, 金额: 5万元" in page
    assert "区间: &quot;[1000万元, )&quot;, 金额: 10万元" in page


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("300\t1000万元\t5万元", "“300”没有单位"),
        ("300万元\t1000万元", "有 2 列"),
        ("300万元\t1000万元\t5", "金额“5”没有单位"),
        ("下限\t上限\t奖励", "没有看到数据行"),
        ("\t\t5万元", "下限和上限都空着"),
    ],
)
def test_a_table_that_leaves_something_to_guess_is_refused(world: World, text: str, words: str) -> None:
    answer = _pasted(signed_in(world, "lead"), text)
    assert answer.status_code == INVALID
    assert words in answer.content.decode()
