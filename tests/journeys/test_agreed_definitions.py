"""What the figures mean is drawn up, printed, signed and shown beside each figure; a year's holidays are pasted and kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from feidi.domain.pipeline.services.plaques import set_plaques
from feidi.domain.reporting.models import DefinitionSheet
from feidi.domain.reporting.services.data_handover import hand_over
from feidi.kernel.calendar.models import HolidayNotice
from feidi.kernel.documents.models import PrintedForm
from feidi.kernel.documents.services import render_form_pages
from tests.journeys.walking import Walker, photographed

pytestmark = pytest.mark.journey
#: Invented: no notice of 2027 is published yet.
INVENTED = "一、元旦：1月1日（周五）至3日（周日）放假，共3天。\n二、春节：2月5日（周五）至11日（周四）放假调休，共7天。2月13日（周六）上班。"


@pytest.fixture(autouse=True)
def _at_the_hour_of_the_world(people: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: people.now)


def test_agreed_definitions(walker: Callable[[str], Walker], people: Any, tmp_path: Path) -> None:
    project = people.to_signed(people.lead())
    code = people.outpost.plaques.order_by("pk").values_list("code", flat=True)[0]
    set_plaques(actor=people.actor("lead"), now=people.now, project=project, codes=[code])
    lead = walker("lead")
    lead.go("/figures/")
    lead.follow("按牌子")
    lead.look("1-plaques")
    lead.go("/figures/")
    lead.follow("保存图片")
    lead.look("2-picture")
    lead.go("/figures/all/")
    lead.follow("口径确认单")
    lead.refuse_with("生成新版", "首次确认", send="生成")
    lead.look("3-version")
    lead.press("打印确认单")
    sheet = DefinitionSheet.objects.get()
    lead.go(f"/figures/definitions/{sheet.uid}/")
    lead.follow("上传签好的纸件")
    photo = photographed(render_form_pages(PrintedForm.objects.get())[0], tmp_path)
    lead.fill(signers="周主任、李核验", signed_on="2026-11-23")
    lead.page.check("[name=sealed]")
    lead.upload("签好的确认单.jpg", photo, "image/jpeg")
    lead.press("保存", within="main")
    assert lead.says("线下签署 2026-11-23，2 人，已盖章")
    lead.go("/figures/definitions/")
    lead.look("4-versions")
    lead.go("/figures/all/")
    assert lead.says("口径已由双方确认：第 1 版（2026-11-23）")
    lead.look("5-figures")


def test_data_handed_over(walker: Callable[[str], Walker], people: Any, tmp_path: Path) -> None:
    people.lead()
    package = hand_over(actor=people.actor("lead"), now=people.now, home=people.outpost.home, out=tmp_path).handover
    lead = walker("lead")
    lead.go("/data-handovers/")
    lead.look("1-list")
    lead.follow(package.number)
    lead.follow("登记签收与删除")
    lead.fill(received_by="云溪区经科局（演示）", received_on="2026-11-23")
    lead.press("保存", within="main")
    assert lead.says("已签收，待删除证明")
    lead.look("2-received")


def test_holidays(walker: Callable[[str], Walker]) -> None:
    admin = walker("admin")
    admin.go("/holidays/")
    admin.look("1-years")
    admin.follow("录入通知")
    admin.fill(year="2027", source="测试用的虚构通知", text=INVENTED)
    admin.press("读一遍")
    assert admin.says("2027-02-13")
    admin.look("2-read")
    admin.press("收下")
    assert HolidayNotice.objects.get(year=2027).days.count() == 11
    admin.look("3-kept")
