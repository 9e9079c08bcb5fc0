"""Any ledger that can be imported comes out and goes in again without a change."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feidi.domain.pipeline.models import Project
from feidi.domain.pipeline.services.ledger import export_projects
from feidi.domain.pipeline.services.ledger.money_cells import Amount, in_words
from feidi.engines.sheets import parse_money
from tests.domain.pipeline.ledger.conftest import Importing
from tests.support.home import examples
from tests.support.world import World

MONEY = st.one_of(
    st.none(),
    st.integers(0, 10**7),
    st.decimals(0, 10**5, places=2).map(float),
    st.sampled_from(
        ["1200万", "约3000万美元", "1000-3000", "不低于2亿元", "数千万人民币", "未透露", "500万港币", "3亿", "十万"]
    ),
)
DAY = st.one_of(
    st.none(),
    st.dates(date(2015, 1, 1), date(2026, 11, 1)),
    st.sampled_from(["2026年底", "2023.5", "2025年3月18日", "待定", "尽快"]),
)
WORDS = st.one_of(st.just(""), st.text(alphabet="云海滨江 ab=+-@'\"，。；1２", max_size=12).map(str.strip))
ROW = st.fixed_dictionaries(
    {
        "计划总投资(万元)": MONEY, "其中固定资产投资(万元)": MONEY, "预计产值(万元)": MONEY, "签约金额(万元)": MONEY,
        "币种": st.sampled_from(["", "人民币", "美元"]), "首报时间": DAY, "预计签约时间": DAY, "签约日期": DAY, "备注": WORDS, "最新进展": WORDS,
        "项目阶段": st.sampled_from(["", "在谈", "签约；暂缓", "在孵", "开工（装修、设备进场）", "注册落户", "入孵培育；落地筹备"]),
        "团队人数": st.sampled_from([None, 5, "8-10人", "约20人"]), "协议类型": st.sampled_from(["", "投资合同", "口头"]),
    }
)  # fmt: skip


@pytest.mark.django_db
@pytest.mark.sqlite_is_enough
@settings(
    max_examples=examples(15),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(rows=st.lists(ROW, min_size=1, max_size=6))
def test_out_and_in_again(importing: Importing, world: World, rows: list[dict[str, Any]]) -> None:
    Project.objects.all().update(voided_at=world.now)
    already = Project.objects.count()
    named = [
        {**row, "项目名称": f"第{already}轮第{at}号独立项目", "投资方/团队": f"滨海{already}之{at}有限公司"}
        for at, row in enumerate(rows)
    ]
    batch = importing(named)
    assert batch.counts["new"] == len(rows)
    live = Project.objects.filter(voided_at__isnull=True).order_by("id")
    data = export_projects(actor=world.actor("officer"), now=world.now, queryset=live)
    again = importing.preview(data)
    assert {label: changes for label, changes in again.rows.values_list("label", "changes") if changes} == {}
    assert again.counts["unchanged"] == len(rows)


@given(
    st.integers(0, 10**14), st.integers(0, 10**14), st.sampled_from(["", "CNY", "USD", "HKD", "EUR", "JPY", "TWD", "DEM"]),
    st.booleans(), st.sampled_from(["exact", "range", "least", "most"]),
)  # fmt: skip
def test_amounts_in_words_read_back(low: int, more: int, currency: str, about: bool, shape: str) -> None:
    bounds = {"exact": (low, low), "range": (low, low + more + 1), "least": (low, None), "most": (None, low)}[shape]
    amount = Amount(*bounds, currency, about, "")
    found, _findings = parse_money(in_words(amount))
    assert (found.lo_fen, found.hi_fen, found.currency or "") == (*bounds, currency)
