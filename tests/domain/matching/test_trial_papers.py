"""The sheet of a trial on paper: both sides, what was agreed before, what was measured; it comes back by its QR."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils.translation import override

from feidi.domain.matching.enums import Channel, NextDecision, Side
from feidi.domain.matching.models import Trial
from feidi.domain.matching.services.introductions import (
    Interest,
    agree_to_introduction,
    express_interest,
    reveal_identities,
)
from feidi.domain.matching.services.trial_papers import print_trial
from feidi.domain.matching.services.trials import Measured, NewTrial, plan_trial, record_trial_result, void_trial
from feidi.engines.findings import RefusedError
from feidi.kernel.documents.access import can_view
from feidi.kernel.documents.models import PrintedForm
from feidi.kernel.documents.selectors import find_form
from tests.support.profiles import make_profile
from tests.support.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def act(world: World) -> dict[str, Any]:
    """The officer, now."""
    return {"actor": world.actor("officer"), "now": world.now}


@pytest.fixture
def trial(world: World, act: dict[str, Any]) -> Trial:
    need = make_profile(world, Side.NEED, owner="云溪甲窑炉有限公司")
    offer = make_profile(world, Side.OFFER, owner="滨海乙检测有限公司")
    row = express_interest(need=need, offer=offer, interest=Interest(Channel.OFFICER), **act)
    for side in Side:
        row = agree_to_introduction(introduction=row, side=side, by="同意的人", **act)
    row = reveal_identities(introduction=row, **act)
    day = world.now.date() + timedelta(days=1)
    new = NewTrial("喷嘴堵塞检测", "样砖二十片", "连续八小时", day, "二车间", "需求方付材料")
    return plan_trial(introduction=row, new=new, **act)


def text(form: PrintedForm) -> str:
    return str(form.data)


def test_before_the_trial_the_sheet_says_what_was_agreed_and_leaves_nothing_unsaid(
    trial: Trial, act: dict[str, Any]
) -> None:
    form = print_trial(trial=trial, **act)

    assert form.title == "试验合作单"
    for said in ("云溪甲窑炉有限公司", "滨海乙检测有限公司", "样砖二十片", "需求方付材料", "没有谈定"):
        assert said in text(form)
    assert "实测结果" not in text(form)
    assert find_form(form.token) == form


def test_after_it_the_sheet_says_what_was_measured_in_chinese_whoever_prints(trial: Trial, act: dict[str, Any]) -> None:
    result = Measured(act["now"].date(), "堵塞 3 次，原 11 次", NextDecision.WIDEN)
    trial = record_trial_result(trial=trial, result=result, **act)

    with override("en"):
        form = print_trial(trial=trial, **act)

    assert form.title == "试验结果单"
    assert "堵塞 3 次，原 11 次" in text(form)
    assert "扩大" in text(form)


def test_its_print_is_seen_by_the_outposts_people_only(world: World, trial: Trial, act: dict[str, Any]) -> None:
    form = print_trial(trial=trial, **act)
    may = {login for login in ("officer", "lead", "rival", "bureau", "tenant") if can_view(world.actor(login), form)}
    assert may == {"officer", "lead"}


def test_what_was_taken_back_is_not_printed_and_no_rival_prints(
    world: World, trial: Trial, act: dict[str, Any]
) -> None:
    with pytest.raises(RefusedError) as not_permitted:
        print_trial(trial=trial, **{**act, "actor": world.actor("rival")})
    trial = void_trial(trial=trial, reason="登记错了", **act)
    with pytest.raises(RefusedError) as taken_back:
        print_trial(trial=trial, **act)
    assert not_permitted.value.refusal.code == "parties.not_permitted"
    assert taken_back.value.refusal.code == "matching.trial_voided"
