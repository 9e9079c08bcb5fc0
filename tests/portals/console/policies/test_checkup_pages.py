"""企业政策体检 as pages: what stands where, filling in what is missing, keeping, printing, who sees it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation
from docx import Document

from feidi.domain.parties.models import Fact, Organization
from feidi.domain.parties.services.titles import TitlePaper, add_title
from feidi.domain.pipeline.enums import PartyRole
from feidi.domain.pipeline.services.registering import add_party
from feidi.domain.policy.models import Checkup
from feidi.kernel.documents.models import PrintedForm
from feidi.kernel.jobs.models import Job
from tests.support.policies import POLICY, firm, publish
from tests.support.queries import assert_same_queries
from tests.support.world import PDF, World

pytestmark = pytest.mark.django_db

OK, REDIRECT, NOT_THERE, REFUSED, INVALID = 200, 302, 404, 409, 422
FULL = {
    "fact-rd_spend": "500万元",
    "fact-legal_person": "是",
    "fact-employees": "30人",
    "fact-titles": ["high_tech"],
    "source": "document",
    "note": "2025年度审计报告",
}


@pytest.fixture(autouse=True)
def _at_the_hour_of_the_world(monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: now)


@pytest.fixture
def organization(world: World) -> Organization:
    publish(world, POLICY)
    return firm(world, founded_on=date(2020, 5, 1))


def signed_in(world: World, who: str) -> Client:
    client = Client()
    client.force_login(world.users[who])
    return client


def page(organization: Organization) -> str:
    return reverse("console:policies:checkup", args=[organization.uid])


def fill(client: Client, organization: Organization, given: dict[str, Any]) -> Any:
    return client.post(reverse("console:policies:facts_state", args=[organization.uid]), {"source": "stated", **given})


def stands(shown: Any) -> dict[str, str]:
    """Return clause → group of the invented clauses."""
    return {
        row["clause"]: group["code"]
        for group in shown.context["groups"]
        for row in group["rows"]
        if row["clause"].startswith("T-")
    }


def test_filling_in_a_missing_fact_turns_the_answer(world: World, organization: Organization) -> None:
    client = signed_in(world, "officer")
    shown = client.get(page(organization))
    assert stands(shown)["T-RATE"] == "unknown"
    asked = [each.name for each in shown.context["form"].asked()]
    assert {"fact-rd_spend", "fact-employees", "fact-titles", "fact-judged:T-JUDGED:1"} <= set(asked)
    assert "只差它的有 1 条，最多 30万元" in shown.content.decode()
    assert '<input type="hidden" name="as_of" value="2026-11-23">' in shown.content.decode()
    answer = fill(client, organization, {"fact-rd_spend": "500万元"})
    assert answer.status_code == REDIRECT
    after = client.get(answer["Location"].removesuffix("#changed"))
    assert stands(after)["T-RATE"] == "applicable"
    flips = {each["clause"]: each for each in after.context["flips"]}
    assert (str(flips["T-RATE"]["was"].text), str(flips["T-RATE"]["now"].text)) == ("待核实", "可申请")
    assert flips["T-RATE"]["amount"] == "25万元"
    assert "fact-rd_spend" not in [each.name for each in after.context["form"].asked()]
    text = after.content.decode()
    for words in (
        "受理中，还剩 17 天",
        "适用飞地企业",
        "按研发费用的5%给予补助",
        "公平竞争审查：本地纳税",
        "需工作人员向原单位核实",
    ):
        assert words in text, words


def test_every_group_is_shown_and_the_head_counts_them(world: World, organization: Organization) -> None:
    client = signed_in(world, "officer")
    assert fill(client, organization, FULL).status_code == REDIRECT
    shown = client.get(page(organization))
    assert set(stands(shown).values()) == {
        *("applicable", "automatic", "contested", "unknown", "near", "out_of_window", "unconfirmed", "expired"),
    }
    combination = shown.context["combination"]
    assert "研发费用补助" in [each["name"] for each in combination["best"]["rows"]]
    assert "称号奖励" in [each["name"] for each in combination["given_up"]]
    assert "落户奖励" in [each["name"] for each in combination["left_out"]]
    assert shown.context["tiles"][0]["value"].fen >= 25_000_000
    copied = shown.context["copy_text"]
    assert copied.startswith(f"【{organization.name}】政策体检（截至 2026-11-23）")
    assert len(copied) <= 300
    # another day: the window had not opened
    earlier = client.get(page(organization), {"as_of": "2026-10-15"})
    assert stands(earlier)["T-RATE"] == "out_of_window"
    assert "17 天后开始受理" in earlier.content.decode()
    assert client.get(page(organization), {"as_of": "2030-01-01"}).context["as_of"] == world.now.date()
    assert client.get(page(organization), {"as_of": "昨天", "since": "neulich"}).status_code == OK


def test_what_cannot_be_read_comes_back_with_the_reason(world: World, organization: Organization) -> None:
    client = signed_in(world, "officer")
    answer = fill(client, organization, {"fact-rd_spend": "500", "fact-employees": "三十"})
    assert answer.status_code == REFUSED
    form = answer.context["form"]
    assert set(form.errors) == {"fact-rd_spend", "fact-employees", "__all__"}
    assert 'value="500"' in answer.content.decode()
    assert not Fact.objects.exists()
    nothing = fill(client, organization, {"fact-rd_spend": ""})
    assert nothing.status_code == INVALID
    assert "没有填写任何一项" in nothing.content.decode()
    assert fill(client, organization, {"fact-no_such": "1"}).status_code == INVALID


def test_facts_are_shown_changed_and_taken_back(world: World, organization: Organization) -> None:
    client = signed_in(world, "officer")
    paper = SimpleUploadedFile("审计报告.pdf", PDF)
    given = {"fact-employees": "30人", "confirmed_by": "人社局", "document": paper, "note": "社保清单"}
    assert fill(client, organization, given).status_code == REDIRECT
    shown = client.get(page(organization))
    told = {each["id"]: each for each in shown.context["facts"]}
    assert (told["employees"]["words"], told["employees"]["document"]) == ("30人", "审计报告.pdf")
    assert told["established_on"]["row"] == ""
    change = client.get(page(organization), {"fact": "employees"})
    assert next(each.name for each in change.context["form"].asked()) == "fact-employees"
    assert change.context["form"]["fact-employees"].initial == "30人"
    row = Fact.objects.get(fact="employees")
    withdraw = reverse("console:policies:fact_withdraw", args=[organization.uid, row.uid])
    assert client.post(withdraw, {"reason": ""}).status_code == REFUSED
    assert client.post(withdraw, {"reason": "不是本单位的"}).status_code == REDIRECT
    assert "employees" not in {each["id"] for each in client.get(page(organization)).context["facts"]}


def test_titles_of_the_register_are_offered_ticked(world: World, organization: Organization) -> None:
    paper = TitlePaper("high_tech", number="GR1", valid_from=date(2025, 2, 1), valid_to=date(2028, 1, 31))
    add_title(
        actor=world.actor("officer"), now=world.now, outpost=world.outpost, organization=organization, paper=paper
    )
    form = signed_in(world, "officer").get(page(organization)).context["form"]
    assert form["fact-titles"].initial == ["high_tech"]
    assert "资质台账已有：高新技术企业" in str(form["fact-titles"].help_text)


def test_keeping_printing_and_word(world: World, organization: Organization) -> None:
    client = signed_in(world, "officer")
    fill(client, organization, FULL)
    answer = client.post(reverse("console:policies:checkup_keep", args=[organization.uid]), {})
    row = Checkup.objects.get()
    assert answer["Location"] == reverse("console:policies:checkup_view", args=[row.uid])
    shown = client.get(answer["Location"])
    assert stands(shown)["T-RATE"] == "applicable"
    assert "重新计算：结果一致" in shown.content.decode()
    judged = next(row for group in shown.context["groups"] for row in group["rows"] if row["clause"] == "T-JUDGED")
    assert judged["missing_names"] == ["作出突出贡献"], "what was missing is named as it was then"
    printed = client.post(reverse("console:policies:checkup_print", args=[row.uid]))
    form = PrintedForm.objects.get()
    assert printed["Location"] == reverse("console:pipeline:form_view", args=[form.uid])
    assert client.get(printed["Location"]).content.startswith(b"%PDF")
    word = client.get(reverse("console:policies:checkup_word", args=[row.uid]))
    text = "\n".join(cell.text for table in Document(BytesIO(word.content)).tables for cell in table._cells)
    assert "研发费用补助" in text
    assert "25万元" in text
    listed = client.get(reverse("console:policies:checkup_list"), {"words": "乙制造"})
    (line,) = listed.context["table"].rows
    assert (line.cells["checked"], line.cells["applicable"]) == (world.now.date(), row.summary["groups"]["applicable"])
    assert "留存的体检" in client.get(page(organization)).content.decode()


def test_each_entity_of_a_project_has_its_own_check_up(world: World, organization: Organization) -> None:
    project = world.lead("飞地项目", "滨海丁有限公司")
    add_party(project=project, party=organization, role=PartyRole.HOME_ENTITY)
    shown = signed_in(world, "officer").get(page(organization))
    assert [each.name for each in shown.context["entities"]] == ["滨海丁有限公司"]
    assert shown.context["entities"][0].url in shown.content.decode()


def test_everybody_is_reckoned_in_the_background(world: World, organization: Organization) -> None:
    client = signed_in(world, "officer")
    answer = client.post(reverse("console:policies:evaluate_start"), {"outpost": world.outpost.uid})
    job = Job.objects.get(kind="policy.evaluate_everybody")
    assert answer["Location"] == reverse("console:jobs:job_view", args=[job.uid])
    assert job.title == f"{world.outpost.short_name}：全部重新计算"
    for who in ("rival", "bureau"):
        start = signed_in(world, who).post(reverse("console:policies:evaluate_start"), {"outpost": world.outpost.uid})
        assert start.status_code == NOT_THERE, who


def test_who_sees_a_check_up_and_who_does_not(world: World, organization: Organization) -> None:
    world.user("own_firm", "tenant", organization=organization)
    officer = signed_in(world, "officer")
    fill(officer, organization, FULL)
    officer.post(reverse("console:policies:checkup_keep", args=[organization.uid]), {})
    row, fact = Checkup.objects.get(), Fact.objects.get(fact="employees")
    gets = [
        page(organization),
        *(reverse(f"console:policies:{name}", args=[row.uid]) for name in ("checkup_view", "checkup_word")),
    ]
    posts = [
        *(reverse(f"console:policies:{name}", args=[organization.uid]) for name in ("facts_state", "checkup_keep")),
        reverse("console:policies:fact_withdraw", args=[organization.uid, fact.uid]),
        reverse("console:policies:checkup_print", args=[row.uid]),
    ]
    for who in ("rival", "bureau", "verifier", "auditor", "own_firm", "tenant", "admin", "rival_bureau"):
        client = signed_in(world, who)
        assert [client.get(each).status_code for each in gets] == [NOT_THERE] * len(gets), who
        assert [client.post(each, {}).status_code for each in posts] == [NOT_THERE] * len(posts), who
    assert signed_in(world, "bureau").get(reverse("console:policies:checkup_list")).status_code == REFUSED
    assert (
        organization.name
        not in signed_in(world, "rival").get(reverse("console:policies:checkup_list")).content.decode()
    )


def test_the_list_costs_the_same(world: World) -> None:
    publish(world, POLICY)
    client, made = signed_in(world, "officer"), [0]

    def rows(count: int) -> None:
        for _ in range(count):
            made[0] += 1
            row = firm(world, f"丙{made[0]}有限公司", founded_on=date(2020, 5, 1) - timedelta(days=made[0]))
            client.post(reverse("console:policies:checkup_keep", args=[row.uid]), {})

    assert_same_queries(rows, lambda: client.get(reverse("console:policies:checkup_list")))


def test_the_page_in_english(world: World, organization: Organization) -> None:
    client = signed_in(world, "officer")
    fill(client, organization, FULL)
    with translation.override("zh-hans"):  # whatever the page turns on ends here
        client.cookies["django_language"] = "en"
        shown = client.get(page(organization))
    assert shown.status_code == OK
    assert "R&amp;D subsidy" in shown.content.decode()
