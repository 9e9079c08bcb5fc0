"""The whole line: a lead is registered, followed, signed, lands; a second person verifies it; the paper comes back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from feidi.domain.pipeline.models import LandingCase, Project
from feidi.kernel.audit.verify import verify
from feidi.kernel.documents.models import PrintedForm, SignedCopy
from feidi.kernel.documents.services import render_form_pages
from feidi.portals.ui.clock import business_today
from tests.journeys.walking import Walker, photographed

pytestmark = pytest.mark.journey
NAME, SPONSOR = "窑炉余热回收", "滨海乙热能有限公司"


@pytest.mark.parametrize("database", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def test_whole_line(walker: Callable[[str], Walker], people: Any, tmp_path: Path, database: str) -> None:
    if connection.vendor != database:
        pytest.skip(f"walked on {connection.vendor} by its own variant")
    people.lead()
    officer = walker("officer")
    _register(officer)
    _follow_to_signed(officer)
    _land(officer)
    verifier = walker("verifier")
    _return(verifier)
    _correct(officer)
    _sign_on_paper(officer, tmp_path)
    _verify(verifier)
    officer.follow("项目页")
    officer.look("15-verified")
    assert officer.says("经核验落地")
    verdict = verify()
    assert verdict.faults == ()
    assert verdict.links > 20


def _record(who: Walker) -> None:
    project = Project.objects.get(name=NAME)
    who.go(f"/projects/{project.uid}/")


def _register(who: Walker) -> None:
    """The name of a known project is shown as one while it is typed; a new name is saved."""
    who.go("/")
    who.look("01-desk")
    who.follow("项目", within="#rail")
    who.look("02-list")
    who.follow("登记线索")
    who.page.locator("[name=name]").press_sequentially("低温（介质）检测", delay=20)
    who.page.wait_for_selector("text=疑似已有")
    who.look("03-duplicate-while-typing")
    who.fill(name=NAME, sponsor=SPONSOR, kind="企业", one_line="陶瓷窑炉烟气余热回收发电", source_channel="展会")
    who.page.wait_for_selector("text=疑似已有", state="detached")
    who.fill(contact_name="王工", contact_phone="13900005678")
    who.press("保存", within="main")
    assert who.says("下一步与还差什么")
    assert who.says("139****5678")
    who.look("04-record")


def _move(who: Walker, label: str) -> None:
    who.unfold()
    who.follow(f"推进到“{label}”")
    who.press(f"进入“{label}”")
    assert who.says(f"已进入“{label}”")


def _opinion(who: Walker, lacking: str) -> None:
    who.supply(lacking)
    who.fill(note="云办函〔2026〕18号")
    who.press("保存", within="main")


def _follow_to_signed(who: Walker) -> None:
    """Each missing thing is supplied by its own link, each stage entered by its own button."""
    who.supply("关键信息表")
    who.fill(expected_output="1200万元", office_need="200㎡", coordination="无", judged_follow="是")
    who.fill(feedback_sent_on=f"{business_today():%Y-%m-%d}", assessment="技术成熟，已有三条线在用", major="否")
    who.fill(landing_plan="云溪产业园 A3，2026 年四季度，自筹 5000 万元")
    who.look("05-edit")
    who.press("保存", within="main")
    _move(who, "线索研判")
    _move(who, "洽谈对接")
    who.supply("至少一次走访或来访")
    who.fill(kind="走访", people="王工、张专员", summary="看中试线，余热回收率 62%")
    who.press("保存", within="main")
    who.look("06-timeline")
    _record(who)
    _move(who, "考察尽调")
    _move(who, "项目评估")
    for lacking in ("协议草案", "合法性审核意见", "财政意见", "公平竞争审查意见"):
        _opinion(who, lacking)
    _move(who, "商务谈判")
    who.supply("已签投资合同或入驻协议")
    who.fill(kind="投资合同", signed_on=f"{business_today():%Y-%m-%d}", investor=SPONSOR, amount="5000万元")
    who.upload("投资合同.pdf")
    who.look("07-agreement")
    who.press("保存", within="main")
    assert who.says("5,000 万元") or who.says("5,000万元")
    _record(who)
    _move(who, "签约")


def _hand_in(who: Walker, kind: str, **values: str) -> None:
    who.follow("提交材料", within=f".panel:has-text('{kind}')")
    who.fill(occurred_on=f"{business_today():%Y-%m-%d}", **values)
    who.upload(f"{kind}.pdf")
    if kind == "现场查看记录":
        who.look("08-evidence")
    who.press("提交", within="main")


def _land(who: Walker) -> None:
    """The home entity, four kinds of evidence, the home track, and the case is submitted."""
    _move(who, "落地筹备")
    who.supply("落户企业")
    who.fill(name="云溪乙热能有限公司")
    who.press("保存", within="main")
    _record(who)
    who.supply("营业执照")
    who.press("开始准备落地材料", within="main")
    _hand_in(who, "落户企业营业执照")
    _hand_in(who, "场地文件")
    _hand_in(who, "资金凭证", amount="500万元")
    _hand_in(who, "现场查看记录", record="设备已进场两台", people="张专员、李工")
    who.follow("项目页")
    _move(who, "注册落户")
    case = LandingCase.objects.get(project__name=NAME)
    who.go(f"/projects/landing/{case.uid}/")
    who.press("提交核验")
    assert who.says("已提交核验")
    who.look("09-case-submitted")


def _accept(who: Walker, *kinds: str) -> None:
    for kind in kinds:
        who.press("采信", within=f".panel:has-text('{kind}')")


def _return(who: Walker) -> None:
    """Another person, from the home side: accepts three, returns the bank slip and the case with it."""
    who.go("/")
    who.look("10-verifier-desk")
    who.follow("落地核验", within="#rail")
    who.look("11-queue")
    who.follow(NAME)
    who.look("12-case-for-the-verifier")
    _accept(who, "落户企业营业执照", "场地文件", "现场查看记录")
    who.refuse_with("退回", "回单看不到付款方名称，请补完整回单", within=".panel:has-text('资金凭证')", send="退回")
    who.refuse_with("退回运营方", "资金凭证不清楚", send="退回")
    assert who.says("已退回运营方")


def _correct(who: Walker) -> None:
    """The officer finds it on the desk, hands in a better slip and submits again."""
    who.go("/")
    assert who.says("被退回的落地材料")
    who.look("13-returned-on-the-desk")
    who.follow(NAME, within=".panel:has-text('被退回的落地材料')")
    assert who.says("回单看不到付款方名称")
    who.follow("补正")
    who.fill(occurred_on=f"{business_today():%Y-%m-%d}", amount="500万元")
    who.upload("完整回单.pdf")
    who.press("提交", within="main")
    who.press("提交核验")


def _sign_on_paper(who: Walker, folder: Path) -> None:
    """The form is printed, signed by pen, photographed askew, and recognised by its QR."""
    token = who.page.locator("form[action$='/paper/'] [name=csrfmiddlewaretoken]").input_value()
    address = who.page.locator("form[action$='/paper/']").get_attribute("action")
    printed = who.page.request.post(
        who.server + str(address), form={"csrfmiddlewaretoken": token}, headers={"Referer": who.page.url}
    )
    assert printed.body().startswith(b"%PDF")
    who.page.reload()
    photo = photographed(render_form_pages(PrintedForm.objects.get())[0], folder)
    who.follow("上传签好的表")
    who.fill(signers="张专员、李工、赵一、钱二", signed_on=f"{business_today():%Y-%m-%d}")
    who.page.check("[name=sealed]")
    who.upload("签好的核验表.jpg", photo, "image/jpeg")
    who.press("保存", within="main")
    assert who.says("线下签署")
    assert SignedCopy.objects.get().recognised
    who.look("14-signed-on-paper")


def _verify(who: Walker) -> None:
    who.page.reload()
    _accept(who, "资金凭证")
    who.press("核验通过")
    assert who.says("落地已核验")
    assert LandingCase.objects.get(project__name=NAME).state == "verified"
