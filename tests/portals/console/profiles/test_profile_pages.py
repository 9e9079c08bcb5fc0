"""Pages of needs and offers: three sentences, a second look, published; guarded, read back, on paper, exported."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import docx
import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from feidi.domain.matching.enums import Confidentiality, Side, TaggedBy
from feidi.domain.matching.models import NeedSheet, Profile, ProfileReading
from feidi.domain.parties.models import Organization
from feidi.domain.parties.services.persons import find_or_add_person
from tests.support.profiles import firm, in_days, make_profile
from tests.support.queries import assert_same_queries
from tests.support.world import World

pytestmark = pytest.mark.django_db
SPOKEN = (
    "云溪窑科机械有限公司二号喷墨线喷嘴老堵，一天停三次。窑炉烧成带温度也飘，能耗下不来。"
    "想三个月内找人看好，预算50万以内，联系王工13912345678。"
)


@pytest.fixture
def client(world: World, monkeypatch: pytest.MonkeyPatch) -> Client:
    """The officer, at the moment of the world."""
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: world.now)
    client = Client()
    client.force_login(world.users["officer"])
    return client


def at(name: str, *args: str) -> str:
    """Return an address of this part."""
    return reverse(f"console:profiles:{name}", args=args)


def asked(world: World, **more: Any) -> dict[str, Any]:
    """Return the short page as filled in."""
    given = {
        "outpost": world.outpost.pk, "side": "need", "owner": "云溪窑科机械有限公司", "text": SPOKEN,
        "kind": "technology",
    }  # fmt: skip
    return {**given, **more}


def proposed(response: Any) -> dict[str, Any]:
    """Return what the second look would send as it stands."""
    form = response.context["form"]
    values = {name: form[name].value() for name in form.fields}
    for name in ("outpost", "officer", "project"):
        values[name] = getattr(values[name], "pk", values[name])
    return {name: value for name, value in values.items() if value not in (None, "", [])} | {
        "expires_on": form["expires_on"].value().isoformat(),
        "amount": "",
        "price": "",
    }


def test_three_sentences_become_a_published_need(client: Client, world: World) -> None:
    owner = firm(world, "云溪窑科机械有限公司")
    find_or_add_person(
        actor=world.actor("officer"), now=world.now, outpost=world.outpost, name="王建国", organization=owner
    )
    second = client.post(at("profile_new"), asked(world, text=SPOKEN + "王建国在厂里等。"))
    page = second.content.decode()
    masked = second.context["form"]["masked_text"].value()

    assert second.status_code == 200
    assert not Profile.objects.exists(), "nothing is kept before somebody has looked"
    for word in ("云溪窑科机械有限公司", "13912345678", "王建国"):
        assert word not in masked
        assert f"<del>{word}</del>" in page
    assert "本单位二号喷墨线喷嘴老堵" in masked

    draft = client.post(at("profile_new"), {**proposed(second), "masked_seen": ""})
    assert Profile.objects.get().state == "draft"
    again = client.post(at("profile_new"), {**proposed(second), "masked_seen": "on"})
    assert again.status_code == 409
    assert "内容相同" in again.content.decode()
    row = Profile.objects.get()
    assert draft.headers["Location"] == at("profile_view", row.uid)
    client.post(at("profile_publish", row.uid), {})
    assert Profile.objects.get().state == "draft", "not without having seen the masked text"
    client.post(at("profile_publish", row.uid), {"masked_seen": "on"})

    row = Profile.objects.get()
    assert (row.state, row.organization, row.side) == ("open", owner, Side.NEED)
    listed = client.get(at("profile_list")).content.decode()
    assert row.number in listed
    record = client.get(at("profile_view", row.uid)).content.decode()
    assert "13912345678" not in record, "telephones are sealed with their person, not kept in a text"
    for word in ("139****5678", "本单位二号", "问企业", "三个月内", "预算50万以内", row.number):
        assert word in record, word
    told = client.get(at("profile_view", row.uid)).context["copy_text"]
    assert len(told) <= 300
    assert "云溪窑科" not in told
    assert "13912345678" not in told


def test_what_still_tells_the_firm_is_sent_back_with_the_words(client: Client, world: World) -> None:
    second = client.post(at("profile_new"), asked(world))
    sent = {**proposed(second), "masked_seen": "on", "masked_text": SPOKEN, "title": "云溪窑科机械有限公司喷嘴堵"}
    answer = client.post(at("profile_new"), sent)

    assert answer.status_code == 409
    errors = answer.context["form"].errors
    assert "云溪窑科机械有限公司" in str(errors["title"])
    assert "13912345678" in str(errors["masked_text"])
    assert not Profile.objects.exists()
    assert not Organization.objects.filter(name="云溪窑科机械有限公司").exists(), "a refusal leaves no firm behind"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "没有写内容"),
        ("堵", "看不出要什么"),
        ("喷嘴老堵，想找人看😀", "表情符号"),
        ("喷嘴老堵\u202e，想找人看", "控制字符"),
        ("喷嘴老堵" * 250_000, "最多 4000 个"),
    ],
)
def test_texts_that_nobody_can_read_come_back_with_why(client: Client, world: World, text: str, told: str) -> None:
    answer = client.post(at("profile_new"), asked(world, text=text))

    assert answer.status_code == 409
    assert told in answer.content.decode()[:200_000]


def test_a_new_firm_is_entered_on_the_way_and_a_known_one_is_shown_while_typing(client: Client, world: World) -> None:
    client.post(at("profile_new"), {**proposed(client.post(at("profile_new"), asked(world))), "masked_seen": "on"})
    row = Profile.objects.get()
    assert row.organization is not None
    assert row.organization.links.filter(outpost=world.outpost).exists()

    known = client.get(at("profile_known"), {"outpost": str(world.outpost.pk), "owner": "云溪窑科机械有限公司"})
    assert "疑似已有" in known.content.decode()
    assert row.number in known.content.decode()
    nothing = client.get(at("profile_known"), {"outpost": str(world.rival.pk), "owner": "云溪窑科机械有限公司"})
    assert row.number not in nothing.content.decode()


def test_changing_keeps_unknown_apart_from_none_and_any(client: Client, world: World) -> None:
    row = make_profile(world, full_text="一号窑烧成带温度飘。")
    page = client.get(at("profile_edit", row.uid))
    sent = {**proposed(page), "amount": "100-300万元", "regions": ["*"], "rounds": ["a", "b"], "exclusive": "false"}
    answer = client.post(at("profile_edit", row.uid), sent)
    row.refresh_from_db()

    assert answer.status_code == 302
    assert (row.amount_lo_fen, row.amount_hi_fen, row.currency) == (100_000_000, 300_000_000, "CNY")
    assert (row.regions, row.rounds, row.sectors) == ([], ["a", "b"], None)
    assert (row.exclusive, row.return_ratio_percent, row.area_m2_lo) == (False, None, None)
    record = client.get(at("profile_view", row.uid)).content.decode()
    assert "不限" in record
    assert "返投比例、" in record, "what is unknown is named, not shown as nothing"
    stale = client.post(at("profile_edit", row.uid), {**sent, "version": 1, "amount": "400万元"})
    assert stale.status_code == 409
    assert "改过同样的内容" in stale.content.decode()


def test_guarded_by_name_block_agreement_and_paper(client: Client, world: World) -> None:
    rival = firm(world, "云溪对家陶瓷机械有限公司")
    row = make_profile(world, confidentiality=Confidentiality.NDA)
    nobody = client.post(at("block_add", row.uid), {"firm": "没有这一家有限公司"})
    client.post(at("block_add", row.uid), {"firm": rival.name, "reason": "三条街外的同行"})
    own = client.post(at("block_add", row.uid), {"firm": str(row.organization)})
    sent = client.post(at("reading_add", row.uid), {"what": "masked", "firm": rival.name, "reader": "李工"})
    page = client.get(at("profile_view", row.uid)).content.decode()

    assert (nobody.status_code, own.status_code, sent.status_code) == (409, 409, 409)
    assert "没有找到" in nobody.content.decode()
    assert "屏蔽名单里，不能给它看" in sent.content.decode()
    for word in ("三条街外的同行", rival.name, "须签保密协议"):
        assert word in page
    client.post(at("block_lift", row.uid, rival.uid), {"reason": "说开了"})
    client.post(at("agreement_add", row.uid), {"firm": rival.name, "signed_on": "2026-11-20"})
    client.post(at("reading_add", row.uid), {"what": "masked", "reader": "李工（微信图片）"})
    page = client.get(at("profile_view", row.uid)).content.decode()
    assert "已移出" in page
    assert "2026-11-20" in page
    assert "李工（微信图片）" in page
    assert ProfileReading.objects.get().on_paper
    agreement = row.confidentiality_agreements.get()
    client.post(at("agreement_void", row.uid, agreement.uid), {"reason": "签错了"})
    assert "2026-11-20" not in client.get(at("profile_view", row.uid)).content.decode()


def test_the_sheet_is_filled_with_what_was_said_read_back_and_printed(client: Client, world: World) -> None:
    row = make_profile(world, full_text=SPOKEN)
    begun = NeedSheet.objects.get(profile=row)
    said = SPOKEN.replace("13912345678", "139****5678")
    assert (begun.goal, begun.finish, begun.indicators) == (said, "三个月内", "")
    client.post(
        at("sheet_fill", row.uid),
        {"goal": SPOKEN, "indicators": "", "finish": "三个月内", "funding": begun.funding, "ownership": "归本厂"},
    )
    client.post(at("sheet_read_back", row.uid), {"to": "王工", "on": "2026-11-23"})
    assert "念给 王工 听过" in client.get(at("profile_view", row.uid)).content.decode()
    client.post(at("sheet_fill", row.uid), {"goal": SPOKEN, "indicators": "一天停机少于一次", "finish": "三个月内"})
    sheet = NeedSheet.objects.get(profile=row)

    assert (sheet.indicators, sheet.ownership, sheet.read_back_on) == ("一天停机少于一次", "", None)
    document = docx.Document(BytesIO(client.get(at("sheet_download", row.uid)).content))
    cells = [cell.text for table in document.tables for line in table.rows for cell in line.cells]
    assert {"考核指标", "一天停机少于一次", "产权归属", "问企业", row.number} <= set(cells)
    told = client.get(at("sheet_fill", row.uid)).context["copy_text"]
    assert "考核指标：一天停机少于一次" in told
    assert client.get(at("sheet_download", make_profile(world, Side.OFFER).uid)).status_code == 409


def test_a_person_puts_it_to_a_node_and_it_stays_there(client: Client, world: World) -> None:
    row = make_profile(world, masked_text="想找低温传感器，能在液氮里测的。")
    assert (row.chain, row.node, row.tagged_by) == ("semiconductor_materials", "cryogenic_sensors", TaggedBy.MACHINE)
    client.post(at("profile_tag", row.uid), {"place": "green/monitoring"})
    page = client.get(at("profile_edit", row.uid))
    client.post(
        at("profile_edit", row.uid), {**proposed(page), "masked_text": "想找溅射靶材供应商。", "masked_seen": "on"}
    )
    row.refresh_from_db()

    assert (row.masked_text, row.node, row.tagged_by) == ("想找溅射靶材供应商。", "monitoring", TaggedBy.PERSON)
    client.post(at("profile_tag", row.uid), {"place": "/other"})
    row.refresh_from_db()
    assert (row.chain, row.node) == ("", "other")


def test_renewed_paused_closed_and_taken_back(client: Client, world: World) -> None:
    row = make_profile(world)
    assert client.post(at("profile_renew", row.uid), {"until": "2026-11-01"}).status_code == 409
    client.post(at("profile_renew", row.uid), {"until": in_days(world, 30).isoformat()})
    client.post(at("profile_pause", row.uid), {"reason": "等设备到货"})
    assert row.number not in client.get(at("profile_list")).content.decode()
    assert row.number in client.get(at("profile_list"), {"show": "paused"}).content.decode()
    client.post(at("profile_close", row.uid), {"reason": "自己解决了"})
    assert row.number in client.get(at("profile_list"), {"show": "closed"}).content.decode()
    client.post(at("profile_void", row.uid), {"reason": "登记错了"})
    assert row.number not in client.get(at("profile_list"), {"show": "all"}).content.decode()
    assert "登记错了" in client.get(at("profile_view", row.uid)).content.decode()


def test_the_list_filters_sorts_and_exports_what_it_shows(client: Client, world: World) -> None:
    need = make_profile(world, title="喷嘴堵塞", owner="云溪窑科机械有限公司")
    offer = make_profile(world, Side.OFFER, title="窑炉检测")
    make_profile(world, by="rival", outpost=world.rival, title="别人的")

    def shown(**asked: str) -> list[str]:
        rows = client.get(at("profile_list"), asked).context["table"].rows
        return [each.cells["title"] for each in rows]

    assert shown() == ["窑炉检测", "喷嘴堵塞"]
    assert shown(sort="title") == sorted(["窑炉检测", "喷嘴堵塞"])
    assert shown(side="offer") == ["窑炉检测"]
    assert shown(words="窑科机械") == shown(words=need.number) == ["喷嘴堵塞"]
    assert shown(show="ask") == ["喷嘴堵塞"]
    book = openpyxl.load_workbook(BytesIO(client.get(at("profile_export"), {"side": "offer"}).content))
    cells = [str(cell.value) for line in book.worksheets[0].iter_rows() for cell in line]
    assert offer.number in cells
    assert offer.masked_text in cells
    assert need.number not in cells
    text = client.get(at("profile_list")).context["copy_text"]
    assert "喷嘴堵塞" in text
    assert "窑科" not in text


def test_lists_and_records_ask_the_database_as_often_at_three_as_at_one(client: Client, world: World) -> None:
    assert_same_queries(lambda n: [make_profile(world) for _each in range(n)], lambda: client.get(at("profile_list")))
    row = make_profile(world)

    def block(n: int) -> None:
        for _each in range(n):
            name = f"云溪同行{ProfileReading.objects.count()}号{row.blocks.count()}有限公司"
            client.post(at("block_add", row.uid), {"firm": firm(world, name).name})

    assert_same_queries(block, lambda: client.get(at("profile_view", row.uid)), at_most=45)


def test_it_begins_from_a_project(client: Client, world: World) -> None:
    project = world.lead()
    page = client.get(at("profile_new"), {"project": project.uid, "side": "offer"})
    form = page.context["form"]

    assert project.code in page.content.decode()
    assert (form["kind"].value(), form["side"].value()) == ("project", "offer")
    second = client.post(
        at("profile_new"),
        asked(
            world, side="offer", owner="", project=project.code, kind="project", text="滨海甲检测做低温介质在线检测。"
        ),
    )
    assert "滨海甲检测" not in second.context["form"]["masked_text"].value()
    client.post(at("profile_new"), {**proposed(second), "project": project.code, "masked_seen": "on"})
    assert Profile.objects.get().project == project


def test_records_of_project_and_firm_list_theirs_and_lead_on(client: Client, world: World) -> None:
    project = world.lead()
    row = make_profile(world, project=project)
    own = make_profile(world, owner="滨海甲检测技术有限公司")
    firm_row = Organization.objects.get(name="滨海甲检测技术有限公司")
    record = client.get(reverse("console:pipeline:project_view", args=[project.uid])).content.decode()
    unit = client.get(reverse("console:parties:organization_view", args=[firm_row.uid])).content.decode()

    assert row.number in record
    assert own.number not in record
    assert own.number in unit
    for page, begun in ((record, f"project={project.uid}"), (unit, "owner=")):
        assert f"{at('profile_new')}?{begun}" in page
    begun_at = client.get(at("profile_new"), {"owner": firm_row.name, "side": "offer"}).context["form"]
    assert begun_at["owner"].value() == firm_row.name
    auditor = Client()
    auditor.force_login(world.users["bureau"])
    assert row.number not in auditor.get(reverse("console:pipeline:project_view", args=[project.uid])).content.decode()


def test_the_search_box_leads_to_it(client: Client, world: World) -> None:
    row = make_profile(world, title="喷嘴堵塞求助", full_text="一号线喷嘴堵塞，想找人看。")
    for words in ("喷嘴堵塞", row.number, "一号线"):
        page = client.get(reverse("console:search:search_view"), {"q": words}).content.decode()
        assert at("profile_view", row.uid) in page, words
    bureau = Client()
    bureau.force_login(world.users["bureau"])
    page = bureau.get(reverse("console:search:search_view"), {"q": "喷嘴堵塞"}).content.decode()
    assert row.uid not in page
    assert "需求与供给" not in page.partition("<main")[2]


def test_nobody_else_opens_or_changes_one(world: World, client: Client) -> None:
    row = make_profile(world)
    for role in ("rival", "bureau", "auditor", "admin", "tenant"):
        other = Client()
        other.force_login(world.users[role])
        assert other.get(at("profile_view", row.uid)).status_code in {403, 404, 409}
        assert other.post(at("profile_void", row.uid), {"reason": "x"}).status_code in {403, 404, 409}
        assert other.get(at("profile_export")).status_code in {200, 403, 404, 409}
    row.refresh_from_db()
    assert row.voided_at is None
