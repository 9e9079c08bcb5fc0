"""WeChat to lead, standing: on a telephone a message is pasted, looked at, saved; what looks like it is shown with why."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest

from feidi.domain.pipeline.enums import FirstReportState
from feidi.domain.pipeline.models import FirstReport, Project
from tests.journeys.walking import PHONE, Walker

pytestmark = pytest.mark.journey
MESSAGE = "滨海某某生物，做POCT的，王总13900001234，想找中试，A轮，附近有地铁吗"
A_MINUTE = 60


def test_paste_to_lead(walker: Callable[[str], Walker], people: Any) -> None:
    people.lead("快检试剂", "滨海某某生物科技有限公司", contact_name="王明", contact_phone="13900008888")
    officer = walker("officer")
    page = officer.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=officer.server)
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    begun = time.monotonic()
    officer.go("/projects/new/paste/")
    officer.fill(text=MESSAGE)
    officer.press("识别")
    proposed = {
        name: page.input_value(f"main >> [name='{name}']")
        for name in ("name", "sponsor", "contact_name", "contact_phone", "one_line", "needs", "round", "remarks")
    }
    assert proposed == {
        "name": "滨海某某生物 POCT",
        "sponsor": "滨海某某生物",
        "contact_name": "王总",
        "contact_phone": "13900001234",
        "one_line": "POCT",
        "needs": "中试",
        "round": "A轮",
        "remarks": "附近有地铁吗",
    }
    assert officer.says("由粘贴文字提出，请确认")
    assert officer.says("疑似已有：")
    assert officer.says("快检试剂（张专员 11-23 首报，投资方 滨海某某生物科技有限公司，理由：品牌相同）")
    officer.press("保存")
    taken = time.monotonic() - begun
    assert taken < A_MINUTE, f"{taken:.0f} s"
    assert officer.says("139****1234")
    assert not officer.says("13900001234")
    page.locator("button[data-copy]").first.click()
    copied = page.evaluate("() => navigator.clipboard.readText()").splitlines()
    project = Project.objects.get(name="滨海某某生物 POCT")
    assert copied == [f"【滨海某某生物 POCT】{project.code}", "投资方：滨海某某生物", "阶段：线索登记", "内容：POCT"]
    assert FirstReport.objects.get(project=project).state == FirstReportState.GRANTED
    officer.look("saved")
    for path, name in (
        (f"/projects/{project.uid}/?tab=first_report", "right"),
        (f"/first-reports/projects/{project.uid}/card/", "card"),
        ("/first-reports/", "list"),
    ):
        officer.go(path)
        officer.look(name)
    officer.go("/projects/new/paste/")
    officer.look("box")
    officer.fill(text=MESSAGE + "，下周三过来看看，王总139…")
    officer.press("识别")
    officer.look("proposed")
