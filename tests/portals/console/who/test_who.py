"""The pages of who is who, by the client: queue, side by side, preview, merge, undo; titles; stand-ins."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from feidi.domain.parties.models import (
    Organization,
    OrganizationMerge,
    OrganizationPair,
    OrganizationTitle,
    StandIn,
)
from feidi.domain.parties.services.duplicates import add_pair
from feidi.domain.parties.services.organizations import find_or_add_organization
from feidi.domain.parties.services.titles import TitlePaper, add_title
from feidi.kernel.audit.models import AuditEntry
from tests.support.queries import assert_same_queries
from tests.support.world import World

pytestmark = pytest.mark.django_db
FULL, SHORT = "滨海云检测技术有限公司", "滨海云检测"


@pytest.fixture(autouse=True)
def _at_the_hour_of_the_world(monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: now)


def firm(world: World, name: str) -> Organization:
    """An organization the officer's outpost knows."""
    return find_or_add_organization(actor=world.actor("officer"), now=world.now, outpost=world.outpost, name=name)


def text_of(response: Any) -> str:
    return str(response.content.decode())


def test_from_the_queue_to_one_organization_and_back(world: World, client: Client) -> None:
    world.lead("云检测一期", FULL)
    world.lead("云检测二期", SHORT, contact_name="陈晓")
    kept, gone = Organization.objects.get(name=FULL), Organization.objects.get(name=SHORT)
    pair = OrganizationPair.objects.get()
    client.force_login(world.users["officer"])
    queue = text_of(client.get(reverse("console:who:pair_list")))
    assert f"{FULL} ／ {SHORT}" in queue
    compared = text_of(client.get(reverse("console:who:pair_view", args=[pair.uid])))
    assert "云检测一期" in compared
    assert "云检测二期" in compared
    on_page = text_of(client.get(reverse("console:parties:organization_view", args=[gone.uid])))
    assert reverse("console:who:pair_view", args=[pair.uid]) in on_page

    address = reverse("console:who:merge_new", args=[pair.uid])
    shown = client.get(address, {"keep": "left"})
    assert shown.context["kept"] == kept
    assert "陈晓" in text_of(shown)
    plan = shown.context["preview"].digest
    empty = client.post(address, {"keep": "left", "plan": plan})
    assert empty.status_code == 422
    world.lead("云检测三期", SHORT)
    late = client.post(address, {"keep": "left", "plan": plan, "reason": "营业执照相同"})
    assert late.status_code == 409
    assert "又有变动" in text_of(late)
    plan = client.get(address, {"keep": "left"}).context["preview"].digest
    done = client.post(address, {"keep": "left", "plan": plan, "reason": "营业执照相同"}, follow=True)
    assert "营业执照相同" in text_of(done)
    led = client.get(reverse("console:parties:organization_view", args=[gone.uid]), follow=True)
    assert led.redirect_chain[-1][0] == reverse("console:parties:organization_view", args=[kept.uid])
    assert "已并入" in text_of(led)
    assert all(name in text_of(led) for name in ("云检测一期", "云检测二期", "云检测三期", "陈晓"))
    assert SHORT not in text_of(client.get(reverse("console:who:pair_list")))
    assert SHORT in text_of(client.get(reverse("console:who:pair_list"), {"state": "merged"}))

    merge = OrganizationMerge.objects.get()
    back = client.post(reverse("console:who:merge_undo", args=[merge.uid]), follow=True)
    assert "已撤销" in text_of(back)
    assert client.get(reverse("console:parties:organization_view", args=[gone.uid])).status_code == 200
    # related: a branch; the pair leaves the queue and can be put back
    said = {"state": "related", "relation": "branch_of", "lesser": "right"}
    client.post(reverse("console:who:pair_decide", args=[pair.uid]), said)
    assert gone.relations_out.get().target == kept
    again = client.post(reverse("console:who:pair_reopen", args=[pair.uid]), {"reason": "看错"}, follow=True)
    assert "合并，保留" in text_of(again)


def test_two_that_the_machine_did_not_pair(world: World, client: Client) -> None:
    one, two = firm(world, "甲一二三有限公司"), firm(world, "完全另外的名字")
    client.force_login(world.users["officer"])
    address = reverse("console:who:pair_add", args=[one.uid])
    assert client.post(address, {"words": "没有这家"}).status_code == 409
    there = client.post(address, {"words": two.name}, follow=True)
    assert "合并，保留" in text_of(there)
    assert OrganizationPair.objects.get().found_by.startswith("officer")


def test_titles_by_hand_by_paste_and_out_again(world: World, client: Client) -> None:
    one = firm(world, FULL)
    client.force_login(world.users["officer"])
    add = reverse("console:who:title_add", args=[one.uid])
    sent = {"outpost": world.outpost.pk, "title": "high_tech", "number": "GR1", "valid_from": "2023-12-28"}
    client.post(add, sent)
    title = OrganizationTitle.objects.get()
    assert title.responsible == world.users["officer"]
    assert "高新技术企业" in text_of(client.get(reverse("console:parties:organization_view", args=[one.uid])))
    page = text_of(client.get(reverse("console:who:title_view", args=[title.uid])))
    assert "2026-12-27" in page
    assert "待核实" in page, "where the term of years comes from, and that nobody has checked it"
    renew = reverse("console:who:title_renew", args=[title.uid])
    assert client.post(renew, {"valid_from": "2020-01-01"}).status_code == 409
    client.post(renew, {"valid_from": "2026-12-28", "number": "GR2"})
    paste = reverse("console:who:title_paste")
    rows = f"单位名称\t资质名称\t有效期起\n{FULL}\t科小\t2026-03-01\n"
    client.post(paste, {"outpost": world.outpost.pk, "text": rows})
    bad = client.post(paste, {"outpost": world.outpost.pk, "text": rows.replace("科小", "诺贝尔奖")})
    assert "诺贝尔奖" in text_of(bad)
    book = openpyxl.Workbook()
    for row in (("企业名称", "资质"), (FULL, "专精特新中小企业")):
        book.active.append(row)
    stream = BytesIO()
    book.save(stream)
    client.post(
        paste, {"outpost": world.outpost.pk, "text": "", "file": SimpleUploadedFile("t.xlsx", stream.getvalue())}
    )
    listed = client.get(reverse("console:who:title_list"))
    assert [row.cells["number"] for row in listed.context["table"].rows if row.cells["number"]] == ["GR1", "GR2"]
    assert len(listed.context["table"].rows) == 4
    due = client.get(reverse("console:who:title_list"), {"state": "due"})
    assert [row.cells["number"] for row in due.context["table"].rows] == ["GR1"]
    answer = client.get(reverse("console:who:title_export"), {"state": "due"})
    sheet = openpyxl.load_workbook(BytesIO(answer.content)).active
    assert sheet is not None
    assert [row[2] for row in sheet.iter_rows(values_only=True)][1] == "GR1"
    assert AuditEntry.objects.filter(action="titles_exported").count() == 1
    client.post(reverse("console:who:title_void", args=[title.uid]), {"reason": "记错"})
    title.refresh_from_db()
    assert title.void_reason == "记错"


def test_a_stand_in_is_arranged_and_taken_back(world: World, client: Client) -> None:
    client.force_login(world.users["officer"])
    assert "现在没有替班" in text_of(client.get(reverse("console:who:stand_in_list")))
    sent = {
        "outpost": world.outpost.pk,
        "absent": world.users["officer"].pk,
        "stand_in": world.users["manager"].pk,
        "since": "2026-11-23",
        "until": "2026-11-20",
    }
    add = reverse("console:who:stand_in_add")
    assert client.post(add, sent).status_code == 409
    assert "manager" in text_of(client.post(add, {**sent, "until": "2026-11-27"}, follow=True))
    client.post(reverse("console:who:stand_in_void", args=[StandIn.objects.get().uid]))
    assert StandIn.objects.get().voided_at is not None


class Filler:
    """Makes rows, each different from the last."""

    def __init__(self, world: World) -> None:
        self.world, self.number = world, 0
        self.first = firm(world, "甲零有限公司")

    def other(self) -> Organization:
        """One more organization."""
        self.number += 1
        return firm(self.world, f"{'乙丙丁戊己庚'[self.number]}号{self.number}有限公司")

    def pair(self) -> None:
        """One more pair of the first."""
        add_pair(actor=self.world.actor("officer"), now=self.world.now, one=self.first, other=self.other())

    def title(self) -> None:
        """One more title of the first."""
        paper = TitlePaper(
            "high_tech", number=str(self.number), valid_from=self.world.now.date().replace(day=self.number + 1)
        )
        self.number += 1
        add_title(
            actor=self.world.actor("officer"), now=self.world.now, outpost=self.world.outpost,
            organization=self.first, paper=paper, responsible=self.world.users["officer"],
        )  # fmt: skip

    def stand_in(self) -> None:
        """One more stand-in."""
        self.number += 1
        users, today = self.world.users, self.world.now.date()
        StandIn.objects.create(
            outpost=self.world.outpost, absent=users["lead"], stand_in=users["officer"], since=today, until=today,
            recorded_by="x", created_at=self.world.now,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("page", "kind"),
    [("pair_list", "pair"), ("title_list", "title"), ("stand_in_list", "stand_in"), ("", "pair"), ("", "title")],
)
def test_a_page_costs_the_same_at_one_row_and_at_three(world: World, client: Client, page: str, kind: str) -> None:
    fill = Filler(world)
    client.force_login(world.users["officer"])
    address = (
        reverse(f"console:who:{page}") if page else reverse("console:parties:organization_view", args=[fill.first.uid])
    )

    def rows(count: int) -> None:
        for _ in range(count):
            getattr(fill, kind)()

    assert_same_queries(rows, lambda: client.get(address))


def test_a_title_begins_with_finding_the_firm(client: Client, world: World) -> None:
    client.force_login(world.users["officer"])
    world.lead("甲项目", "滨海云测检测技术有限公司")
    world.lead("乙项目", "滨海云测材料有限公司")
    address = reverse("console:who:title_new")
    assert address in client.get(reverse("console:who:title_list")).content.decode()
    both = client.get(address, {"words": "云测"}).content.decode()
    assert "滨海云测检测技术有限公司" in both
    assert "滨海云测材料有限公司" in both
    one = client.get(address, {"words": "云测材料"})
    firm = Organization.objects.get(name="滨海云测材料有限公司")
    assert one.headers["Location"] == reverse("console:who:title_add", args=[firm.uid])
    assert "没有联系过这样的单位" in client.get(address, {"words": "从没见过"}).content.decode()
    client.force_login(world.users["rival"])
    assert "滨海云测" not in client.get(address, {"words": "云测"}).content.decode().replace('value="云测"', "")
