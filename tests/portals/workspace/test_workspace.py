"""A founder sees where the project stands and what is asked, hands papers in, and sees nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from feidi.domain.pipeline.models import LandingCase, Project, ProjectParty
from feidi.domain.pipeline.services.landing import decide_item, submit_landing
from feidi.kernel.audit.verify import verify
from feidi.kernel.evidence.models import EvidenceItem
from feidi.kernel.files.models import StoredFile
from tests.portals.workspace.conftest import paper
from tests.support.queries import assert_same_queries
from tests.support.world import World

pytestmark = pytest.mark.django_db
At = Callable[[str], Client]


def page(client: Client, name: str, *args: str) -> str:
    response = client.get(reverse(f"workspace:{name}", args=args))
    assert response.status_code == 200
    return response.content.decode()


def add(project: Project, kind: str, again: str = "") -> str:
    return reverse("workspace:evidence_add", args=[project.uid, kind]) + (f"?replaces={again}" if again else "")


def hand_in(at: At, project: Project, kind: str = "licence", **more: Any) -> EvidenceItem:
    response = at("tenant").post(add(project, kind), {"file": paper(f"{kind}.pdf"), **more})
    assert response.status_code == 302, response.content.decode()
    return EvidenceItem.objects.order_by("-id").first()  # type: ignore[return-value]


def decide(world: World, case: LandingCase, item: EvidenceItem, *, accept: bool, reason: str = "") -> None:
    case.refresh_from_db()
    decide_item(actor=world.actor("verifier"), now=world.now, case=case, item=item, accept=accept, reason=reason)


def submitted(world: World, case: LandingCase, *kinds: str) -> None:
    for kind in kinds:
        world.hand_in(case, kind)
    submit_landing(actor=world.actor("officer"), now=world.now, case=case)


def test_home_says_where_it_stands_and_what_is_asked(at: At, project: Project) -> None:
    text = page(at("tenant"), "home")
    assert "低温介质检测" in text
    assert "在云州市云溪区" in text
    assert "正在准备落地" in text
    assert "场地文件：请提交" in text
    assert "现场查看记录：请提交" not in text


def test_what_a_project_owes_is_said_once_at_the_top(at: At, project: Project) -> None:
    page = at("tenant").get(reverse("workspace:home"))
    owed = next(each for each in page.context["parts"] if each.code == "owe").lines
    address = reverse("workspace:project_view", args=[project.uid])
    assert [each.text for each in owed if each.url == address] == page.context["cards"][0]["asked"] != []
    assert page.content.decode().count(owed[-1].text) == 1


def test_root_leads_a_tenant_here(at: At, project: Project) -> None:
    assert at("tenant").get("/").headers["Location"] == "/my/"


def test_without_a_project_the_page_says_what_it_is_for(at: At, world: World) -> None:
    assert "还没有您的项目" in page(at("tenant"), "home")


@pytest.mark.sqlite_is_enough
@pytest.mark.parametrize("who", ["officer", "lead", "rival", "bureau", "verifier", "rival_bureau", "admin", "auditor"])
def test_others_find_nothing_here(at: At, project: Project, who: str) -> None:
    client = at(who)
    assert "还没有您的项目" in page(client, "home")
    for address in (reverse("workspace:project_view", args=[project.uid]), add(project, "licence")):
        assert client.get(address).status_code == 404
    for name in ("landing_open", "evidence_withdraw"):
        args = [project.uid] if name == "landing_open" else [project.uid, "2" * 12]
        assert client.post(reverse(f"workspace:{name}", args=args)).status_code == 404


def test_a_tenant_of_another_firm_and_a_referrer_see_nothing(at: At, world: World, project: Project) -> None:
    other = world.lead("别家项目", "滨海乙材料有限公司")
    firm = ProjectParty.objects.get(project=other, role="sponsor").organization
    world.user("neighbour", "tenant", organization=firm)
    assert at("neighbour").get(reverse("workspace:project_view", args=[project.uid])).status_code == 404
    ProjectParty.objects.create(project=project, organization=firm, role="referrer")
    assert at("neighbour").get(reverse("workspace:project_view", args=[project.uid])).status_code == 404
    assert "别家项目" in page(at("neighbour"), "home")


def test_the_list_costs_the_same_at_one_and_three(at: At, world: World) -> None:
    client, made = at("tenant"), []

    def projects(n: int) -> None:
        for _ in range(n):
            made.append(world.to_signed(world.lead(f"低温介质检测{len(made)}号", not_a_duplicate=True)))
            world.landing_case(made[-1], kinds=("licence",))

    assert_same_queries(projects, lambda: client.get("/my/"))


def test_handing_in_a_paper(at: At, world: World, project: Project) -> None:
    item = hand_in(at, project, "money", amount="50万元", occurred_on="2026-11-20", record="首付款")
    assert (item.amount_fen, item.currency, str(item.occurred_on)) == (50_000_000, "CNY", "2026-11-20")
    assert item.submitted_by_id_number == world.users["tenant"].pk
    text = page(at("tenant"), "project_view", project.uid)
    assert "资金凭证：已提交，待核验" in text
    assert "提交资金凭证" in text
    assert verify().faults == ()


def test_a_site_visit_is_not_asked_of_the_tenant(at: At, project: Project) -> None:
    assert "不用您提交" in page(at("tenant"), "project_view", project.uid)
    assert at("tenant").get(add(project, "site_visit")).status_code == 404
    assert at("tenant").get(add(project, "nonsense")).status_code == 404


@pytest.mark.sqlite_is_enough
@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"occurred_on": "昨天"}, "看不懂这个日期"),
        ({"amount": "一大笔"}, "看不懂金额"),
        ({"amount": "30-50万元"}, "看不出确切金额"),
        ({"file": ""}, "这一项没有填"),
        ({"occurred_on": "9999-01-01"}, "9999-01-01"),
    ],
)
def test_bad_input_is_explained_and_keeps_what_was_typed(
    at: At, project: Project, sent: dict[str, Any], words: str
) -> None:
    given = {"file": paper(), "amount": "50万元", "record": "首付款说明", **sent}
    response = at("tenant").post(add(project, "money"), given)
    text = response.content.decode()
    assert response.status_code in {409, 422}
    assert words in text
    assert "首付款说明" in text
    assert not EvidenceItem.objects.exists()
    assert not StoredFile.objects.filter(name="执照.pdf", voided_at__isnull=True).exists()


def test_a_marked_file_is_refused_and_an_internal_one_asks_for_a_reason(at: At, project: Project) -> None:
    secret = at("tenant").post(add(project, "licence"), {"file": paper("机密★ 协议.pdf")})
    assert "严禁上传国家秘密" in secret.content.decode()
    internal = at("tenant").post(add(project, "licence"), {"file": paper("内部资料 执照.pdf")})
    assert "mark_reason" in internal.content.decode()
    sent = {"file": paper("内部资料 执照.pdf"), "mark_reason": "我司自己的文件"}
    assert at("tenant").post(add(project, "licence"), sent).status_code == 302


def test_a_returned_paper_shows_the_reason_and_is_replaced(at: At, world: World, case: LandingCase) -> None:
    project = case.project
    item = hand_in(at, project, "licence")
    submitted(world, case, "site", "money", "site_visit")
    decide(world, case, item, accept=False, reason="照片看不清")
    text = page(at("tenant"), "project_view", project.uid)
    assert "被退回，照片看不清" in text
    assert "重新提交" in text
    assert "verifier" not in text
    again = page(at("tenant"), "home")
    assert "落户企业营业执照：被退回，请重新提交" in again
    assert "照片看不清" in at("tenant").get(add(project, "licence", item.uid)).content.decode()
    response = at("tenant").post(add(project, "licence", item.uid), {"file": paper("清晰.pdf")})
    assert response.status_code == 302
    new = EvidenceItem.objects.order_by("-id").first()
    assert new is not None
    assert new.replaces_id == item.pk
    assert "?replaces=" not in page(at("tenant"), "project_view", project.uid)


def test_what_the_operator_handed_in_is_not_shown(at: At, world: World, case: LandingCase) -> None:
    theirs = world.hand_in(case, "site")
    submitted(world, case, "licence", "money", "site_visit")
    decide(world, case, theirs, accept=False, reason="只对运营方说的话")
    text = page(at("tenant"), "project_view", case.project.uid)
    assert "只对运营方说的话" not in text
    assert "site.pdf" not in text
    assert at("tenant").get(add(case.project, "site", theirs.uid)).status_code == 404


def test_withdrawing_before_a_decision(at: At, world: World, case: LandingCase) -> None:
    item = hand_in(at, case.project, "licence")
    address = reverse("workspace:evidence_withdraw", args=[case.project.uid, item.uid])
    assert at("tenant").post(address, {"reason": ""}).status_code == 409
    assert at("tenant").post(address, {"reason": "传错了"}).status_code == 302
    item.refresh_from_db()
    assert item.void_reason == "传错了"


def test_a_waiting_home_side_is_never_late(at: At, world: World, case: LandingCase) -> None:
    submitted(world, case, "licence", "site", "money", "site_visit")
    text = page(at("tenant"), "project_view", case.project.uid)
    assert "待反馈 · 第" in text
    assert "逾期" not in text


def test_the_tenant_may_begin_the_landing(at: At, world: World) -> None:
    from feidi.domain.pipeline.enums import Stage, Track

    project = world.to_signed(world.lead())
    assert "落地材料" not in page(at("tenant"), "project_view", project.uid)
    world.advance(project, Stage.PREPARING, track=Track.HOME)
    assert "开始准备落地材料" in page(at("tenant"), "project_view", project.uid)
    assert at("tenant").post(reverse("workspace:landing_open", args=[project.uid])).status_code == 302
    assert "还差什么" in page(at("tenant"), "project_view", project.uid)


def test_own_files_open(at: At, project: Project) -> None:
    item = hand_in(at, project)
    assert item.file is not None
    response = at("tenant").get(reverse("console:files:file_view", args=[item.file.uid]))
    assert b"".join(response.streaming_content).startswith(b"%PDF")  # type: ignore[attr-defined]
    assert at("rival").get(reverse("console:files:file_view", args=[item.file.uid])).status_code == 404
