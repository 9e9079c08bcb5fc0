"""Every page of projects and landing, as the people who use it see it."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from feidi.domain.pipeline.enums import Stage, Track
from feidi.domain.pipeline.models import Agreement, LandingCase, Project
from feidi.domain.pipeline.services.landing import submit_landing
from tests.support.world import PDF, World

pytestmark = pytest.mark.django_db


def url(name: str, *args: str) -> str:
    return reverse(f"console:pipeline:{name}", args=args)


@pytest.fixture
def sign_in(client: Client, world: World) -> Any:
    def signed_in(role: str) -> Client:
        client.force_login(world.users[role])
        return client

    return signed_in


def page(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, response.content.decode()[:3000]
    return response.content.decode()


def test_project_list(sign_in: Any, world: World) -> None:
    assert "还没有项目" in page(sign_in("officer"), url("project_list")), "the first day: nothing is filtered away"
    world.lead()
    world.lead("陶瓷窑炉节能", "滨海乙装备有限公司", contact_name="", contact_phone="")
    client = sign_in("officer")
    both = page(client, url("project_list"))
    assert "低温介质检测" in both
    assert "陶瓷窑炉节能" in both
    only = page(client, url("project_list") + "?show=no_contact")
    assert "低温介质检测" not in only
    assert "陶瓷窑炉节能" in only
    assert "没有符合条件的项目" in page(client, url("project_list") + "?words=没有这个")


def test_project_list_needs_a_role(sign_in: Any, world: World) -> None:
    world.lead()
    assert "低温介质检测" not in page(sign_in("bureau"), url("project_list"))
    assert "低温介质检测" not in page(sign_in("rival"), url("project_list"))


@pytest.mark.parametrize("n", [1, 3])
def test_project_list_queries(sign_in: Any, world: World, n: int, django_assert_max_num_queries: Any) -> None:
    for at in range(n):
        world.lead(f"项目{at}", f"滨海{at}有限公司")
    client = sign_in("officer")
    page(client, url("project_list"))
    with django_assert_max_num_queries(16):
        page(client, url("project_list"))


def test_project_new(sign_in: Any, world: World) -> None:
    client = sign_in("officer")
    assert "登记线索" in page(client, url("project_new"))
    sent = {"outpost": world.outpost.pk, "name": "骨修复材料", "sponsor": "滨海丙生物团队", "kind": "team"}
    response = client.post(url("project_new"), sent)
    project = Project.objects.get(name="骨修复材料")
    assert response.headers["Location"] == url("project_view", project.uid)
    assert "联系人" in page(client, url("project_view", project.uid))


def test_project_new_keeps_what_was_typed_when_refused(sign_in: Any, world: World) -> None:
    client = sign_in("officer")
    sent = {
        "outpost": world.outpost.pk,
        "name": "骨修复材料",
        "sponsor": "滨海丙",
        "kind": "team",
        "contact_name": "李博士",
        "contact_phone": "12345",
    }
    response = client.post(url("project_new"), sent)
    text = response.content.decode()
    assert response.status_code == 409
    assert "12345" in text
    assert "不像电话号码" in text
    assert not Project.objects.exists()


def test_project_duplicates(sign_in: Any, world: World) -> None:
    world.lead()
    found = page(
        sign_in("officer"),
        url("project_duplicates") + f"?outpost={world.outpost.pk}&name=低温（介质）检测&sponsor=",
    )
    assert "疑似已有" in found


@pytest.mark.parametrize("tab", ["overview", "timeline", "agreements", "landing", "history"])
def test_project_view(sign_in: Any, world: World, tab: str) -> None:
    project = world.to_signed(world.lead())
    text = page(sign_in("officer"), url("project_view", project.uid) + f"?tab={tab}")
    assert project.code in text
    assert "13900001234" not in text


def test_project_view_is_404_for_strangers(sign_in: Any, world: World) -> None:
    project = world.lead()
    for role in ("rival", "bureau", "verifier", "auditor", "admin", "rival_bureau"):
        page(sign_in(role), url("project_view", project.uid), 404)
    led = sign_in("tenant").get(url("project_view", project.uid))
    assert led.headers["Location"] == reverse("workspace:project_view", args=[project.uid]), "its own page, not ours"


def test_project_edit_shows_the_second_saver_what_changed(sign_in: Any, world: World) -> None:
    project = world.lead()
    client = sign_in("officer")
    assert "修改项目" in page(client, url("project_edit", project.uid))
    sent = {
        "version": project.version,
        "name": project.name,
        "kind": "enterprise",
        "industry": "新材料",
        "planned_investment": "1200万元",
    }
    assert client.post(url("project_edit", project.uid), sent).status_code == 302
    project.refresh_from_db()
    assert (project.planned_investment_lo_fen, project.planned_investment_currency) == (1_200_000_000, "CNY")
    again = client.post(url("project_edit", project.uid), {**sent, "industry": "环保"})
    assert again.status_code == 409
    text = again.content.decode()
    assert "在您打开之后改过这个项目" in text
    assert "已改为“新材料”" in text, "what the other wrote, at the field"
    assert "industry" not in text.split("id_industry", 1)[0].rsplit("refusal", 1)[-1], "no column names on screen"
    assert 'value="环保"' in text, "what was typed is still there"
    knowing = {**sent, "industry": "环保", "version": project.version}
    assert f'name="version" value="{project.version}"' in text
    assert client.post(url("project_edit", project.uid), knowing).status_code == 302
    project.refresh_from_db()
    assert project.industry == "环保"


def test_project_move(sign_in: Any, world: World) -> None:
    project = world.lead()
    client = sign_in("officer")
    address = url("project_move", project.uid)
    assert "关键信息表" in page(client, f"{address}?track=talks&to=screening")
    refused = client.post(address, {"track": "talks", "to": "screening"})
    assert refused.status_code == 409
    assert "还差：关键信息表" in refused.content.decode()
    sent = {
        "track": "talks",
        "to": "screening",
        "waive": "screening_key_facts",
        "responsible": "张专员",
        "due_on": "2026-12-01",
    }
    assert client.post(address, sent).status_code == 302
    assert Project.objects.get(pk=project.pk).talks_stage == "screening"
    assert "待补" in page(client, url("project_view", project.uid))


def test_project_move_skip_is_refused_with_reasons(sign_in: Any, world: World) -> None:
    project = world.lead()
    response = sign_in("officer").post(url("project_move", project.uid), {"track": "talks", "to": "signed"})
    text = response.content.decode()
    assert response.status_code == 409
    assert "不能跳过阶段" in text
    assert "投资合同" in text


def test_condition_lay_and_condition_end(sign_in: Any, world: World) -> None:
    project = world.lead()
    client = sign_in("officer")
    page(client, url("condition_lay", project.uid))
    client.post(url("condition_lay", project.uid), {"code": "paused", "reason": "等待批复"})
    assert "等待批复" in page(client, url("project_view", project.uid))
    client.post(url("condition_end", project.uid), {"reason": "批复已到"})
    assert Project.objects.get(pk=project.pk).condition == ""


def test_interaction_add_interaction_view_interaction_void(sign_in: Any, world: World) -> None:
    project = world.lead()
    client = sign_in("officer")
    page(client, url("interaction_add", project.uid))
    sent = {"kind": "visit_out", "occurred_on": "2026-11-20", "summary": "看实验室"}
    refused = client.post(url("interaction_add", project.uid), sent)
    assert "参加人" in refused.content.decode()
    client.post(url("interaction_add", project.uid), {**sent, "people": "王工"})
    row = project.interactions.get()
    page(client, url("interaction_view", row.uid))
    client.post(url("interaction_void", row.uid), {"reason": "记错项目"})
    assert "已撤回" in page(client, url("project_view", project.uid) + "?tab=timeline")


def test_interaction_confirm(sign_in: Any, world: World) -> None:
    project = world.lead()
    row = project.interactions.create(
        kind="call",
        occurred_on="2025-11-03",
        year_proposed=True,
        source="ledger",
        recorded_by="x",
        created_at=world.now,
    )
    client = sign_in("officer")
    assert "请确认年份" in page(client, url("interaction_view", row.uid))
    assert client.post(url("interaction_confirm", row.uid), {"occurred_on": "2026-13-40"}).status_code == 409
    client.post(url("interaction_confirm", row.uid), {"occurred_on": "2026-11-03"})
    row.refresh_from_db()
    assert (row.occurred_on.isoformat(), row.year_proposed) == ("2026-11-03", False)


@pytest.mark.parametrize("name", ["contact_add", "owner_assign", "opinion_record", "home_entity_set"])
def test_contact_add_owner_assign_opinion_record_home_entity_set(sign_in: Any, world: World, name: str) -> None:
    project = world.lead()
    client = sign_in("officer")
    page(client, url(name, project.uid))
    sent = {
        "contact_add": {"name": "陈晓", "phone": "13900005678"},
        "owner_assign": {"owner": world.users["lead"].pk},
        "opinion_record": {"key": "legal_opinion", "done": "yes", "on": "2026-11-20", "note": "同意"},
        "home_entity_set": {"name": "云溪甲检测有限公司"},
    }[name]
    assert client.post(url(name, project.uid), sent).status_code == 302
    assert client.post(url(name, project.uid), {}).status_code == 422


def test_agreement_add_and_agreement_void(sign_in: Any, world: World) -> None:
    project = world.lead()
    client = sign_in("officer")
    page(client, url("agreement_add", project.uid))

    def sent(**more: Any) -> dict[str, Any]:
        return {
            "kind": "contract",
            "signed_on": "2026-11-20",
            "investor": "滨海甲",
            "amount": "3000万元",
            "method": "paper",
            "scan": SimpleUploadedFile("合同.pdf", PDF),
            **more,
        }

    no_currency = client.post(url("agreement_add", project.uid), sent(amount="3000"))
    assert no_currency.status_code in {409, 422}
    assert not Agreement.objects.exists()
    assert client.post(url("agreement_add", project.uid), sent()).status_code == 302
    client.post(url("agreement_add", project.uid), sent(scan=SimpleUploadedFile("二次.pdf", PDF + b" ")))
    text = page(client, url("project_view", project.uid) + "?tab=agreements")
    assert "不计入：2026-11-20 已首次签约；如为增资请登记增量" in text
    first = Agreement.objects.get(counting="first")
    client.post(url("agreement_void", first.uid), {"reason": "录错"})
    assert Agreement.objects.get(voided_at=None).counting == "first"


@pytest.fixture
def case(world: World) -> LandingCase:
    project = world.to_signed(world.lead())
    made = world.landing_case(project)
    world.advance(project, Stage.PREPARING, Stage.REGISTERED, track=Track.HOME)
    return LandingCase.objects.get(pk=made.pk)


def test_landing_open_evidence_add_signals_state(sign_in: Any, world: World) -> None:
    project = world.to_signed(world.lead())
    client = sign_in("officer")
    opened = client.post(url("landing_open", project.uid))
    assert opened.status_code == 302
    made = LandingCase.objects.get()
    page(client, url("evidence_add", made.uid, "licence"))
    sent = {"file": SimpleUploadedFile("执照.pdf", PDF), "occurred_on": "2026-11-20"}
    assert client.post(url("evidence_add", made.uid, "licence"), sent).status_code == 302
    assert client.post(url("evidence_add", made.uid, "licence"), {}).status_code == 409
    client.post(url("signals_state", made.uid), {"insured_people": "0", "address": "云溪科创路1号"})
    text = page(client, url("landing_view", made.uid))
    assert "参保人数为 0" in text
    refused = client.post(url("landing_submit", made.uid))
    assert refused.status_code == 409
    assert "还差：场地文件" in refused.content.decode()


def test_landing_submit_evidence_decide_landing_return_landing_verify_landing_revoke(
    sign_in: Any, world: World, case: LandingCase
) -> None:
    client = sign_in("officer")
    assert client.post(url("landing_submit", case.uid)).status_code == 302
    client = sign_in("verifier")
    assert case.project.name in page(client, url("landing_queue"))
    text = page(client, url("landing_view", case.uid))
    assert "采信" in text
    refused = client.post(url("landing_verify", case.uid))
    assert "需要采信 1 份，已采信 0 份" in refused.content.decode()
    from feidi.kernel.evidence.models import EvidenceItem

    items = list(EvidenceItem.objects.filter(state="submitted"))
    for item in items[:-1]:
        client.post(url("evidence_decide", case.uid, item.uid), {"decision": "accept"})
    client.post(url("evidence_decide", case.uid, items[-1].uid), {"decision": "return", "reason": "不清楚"})
    client.post(url("landing_return", case.uid), {"reason": "补一份"})
    assert "不清楚" in page(sign_in("officer"), url("landing_view", case.uid))
    world.hand_in(
        LandingCase.objects.get(pk=case.pk),
        items[-1].requirement.kind,
        replaces=EvidenceItem.objects.get(pk=items[-1].pk),
    )
    sign_in("officer").post(url("landing_submit", case.uid))
    client = sign_in("verifier")
    last = EvidenceItem.objects.get(state="submitted")
    client.post(url("evidence_decide", case.uid, last.uid), {"decision": "accept"})
    assert client.post(url("landing_verify", case.uid)).status_code == 302
    assert LandingCase.objects.get(pk=case.pk).state == "verified"
    client.post(url("landing_revoke", case.uid), {"reason": "迁出"})
    assert "已撤销" in page(client, url("landing_view", case.uid))


def test_form_print_form_view_signed_copy_add(sign_in: Any, world: World, case: LandingCase) -> None:
    submit_landing(actor=world.actor("officer"), now=world.now, case=case)
    client = sign_in("officer")
    printed = client.post(url("form_print", case.uid))
    assert printed.status_code == 302, printed.content.decode()[:2000]
    pdf = client.get(printed.headers["Location"])
    assert pdf.content.startswith(b"%PDF")
    page(client, url("signed_copy_add", case.uid))
    from feidi.kernel.documents.models import PrintedForm
    from feidi.kernel.documents.services import render_form_pages

    picture = render_form_pages(PrintedForm.objects.get())[0]
    today = client.get(url("landing_view", case.uid)).context["today"].isoformat()
    sent = {
        "file": SimpleUploadedFile("签好.png", picture),
        "signers": "赵一、钱二",
        "signed_on": today,
        "sealed": "on",
    }
    response = client.post(url("signed_copy_add", case.uid), sent)
    assert response.status_code == 302, response.content.decode()[:3000]
    assert "线下签署" in page(client, url("landing_view", case.uid))


def test_project_export(sign_in: Any, world: World) -> None:
    world.lead()
    response = sign_in("officer").get(url("project_export"))
    assert response.content[:2] == b"PK"


def test_project_void_and_project_restore(sign_in: Any, world: World) -> None:
    project = world.lead()
    assert sign_in("officer").post(url("project_void", project.uid), {"reason": "录错"}).status_code == 409
    client = sign_in("lead")
    assert client.post(url("project_void", project.uid), {}).status_code == 409
    client.post(url("project_void", project.uid), {"reason": "录错"})
    assert project.name not in page(client, url("project_list"))
    assert "已作废" in page(client, url("project_view", project.uid))
    client.post(url("project_restore", project.uid), {"reason": "没有录错"})
    assert project.name in page(client, url("project_list"))
