"""Three spoken sentences become a need: masked by the house, looked at, published; a competitor finds nothing of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from feidi.domain.matching.models import Profile
from tests.journeys.walking import PHONE, Walker
from tests.support.profiles import firm

pytestmark = pytest.mark.journey
RIVAL = "云溪对家陶瓷机械有限公司"
SPOKEN = (
    "云溪窑科陶瓷机械有限公司二号线喷嘴老堵，一天停三次。换过两家墨水没用，联系王工13912345678。"
    "想三个月内找做过类似产线的人看好。"
)


def test_need_in_three_sentences(walker: Callable[[str], Walker], people: Any) -> None:
    people.user("competitor", "tenant", organization=firm(people, RIVAL))
    officer = walker("officer")
    page = officer.page
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    officer.go("/matching/profiles/")
    officer.look("empty")
    officer.follow("登记需求")
    officer.fill(owner="云溪窑科陶瓷机械有限公司", text=SPOKEN)
    officer.look("asked")
    officer.press("下一步：看脱敏文本")
    masked = page.input_value("main >> [name='masked_text']")
    assert "13912345678" not in masked
    assert "窑科" not in masked
    assert officer.says("已替您划去")
    officer.look("second-look")
    page.check("main >> [name='masked_seen']")
    officer.press("保存")
    assert officer.says("问企业")
    assert officer.says("三个月内")
    row = Profile.objects.get()
    assert row.state == "open"
    officer.look("record")
    officer.follow("加入屏蔽名单")
    officer.fill(firm=RIVAL, reason="同一条街的同行")
    officer.press("保存")
    assert officer.says("同一条街的同行")
    officer.follow("填写")
    officer.fill(ownership="归本厂")
    officer.press("保存")
    assert officer.says("归本厂")

    competitor = walker("competitor")
    for address in (
        f"/matching/profiles/{row.uid}/",
        f"/my/matching/profiles/{row.uid}/",
        "/matching/profiles/",
        "/my/matching/profiles/",
        "/search/?q=喷嘴",
    ):
        competitor.go(address)
        assert not competitor.says("喷嘴老堵"), address
    competitor.go("/my/matching/profiles/")
    competitor.look("competitor")
