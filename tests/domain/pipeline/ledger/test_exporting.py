"""Written out and read back: nothing changes; and the error workbook comes back corrected."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
import pytest

from feidi.domain.pipeline.models import Project
from feidi.domain.pipeline.services.ledger import error_workbook, export_projects, findings_of
from feidi.engines.findings import RefusedError
from feidi.engines.sheets import read_workbook
from tests.domain.pipeline.ledger.conftest import Importing
from tests.support.world import World

pytestmark = pytest.mark.django_db
RICH: list[dict[str, Any]] = [
    {
        "项目名称": "甲项目", "统一社会信用代码": "91110000600037341L", "投资方/团队": "滨海甲有限公司", "项目阶段": "已注册", "首报时间": date(2025, 1, 8),
        "责任人": "officer", "联系人": "王工", "联系电话": "13900001234", "计划总投资(万元)": 1200.5, "其中固定资产投资(万元)": "800", "币种": "人民币",
        "团队人数": 12, "需求(用地/厂房㎡)": 2000, "预计产值(万元)": "1000-3000", "预计税收(万元)": "约50", "最新进展": "11.3 电话沟通；11.10 来访，李博士等3人",
        "签约日期": "2025.3.18", "协议类型": "投资合同", "签约金额(万元)": 1200, "注册日期": "2025年5月", "落户企业名称": "云溪甲有限公司", "备注": "=1+1",
    },
    {"项目名称": "乙项目", "投资方/团队": "李博士创业团队", "项目阶段": "洽谈对接（暂缓）", "计划总投资(万元)": "数千万人民币", "预计签约时间": "2026年底", "存在问题": "@层高\n不足"},
    {"项目名称": "丙项目", "投资方/团队": "滨海丙有限公司", "项目阶段": "在孵", "计划总投资(万元)": "500万美元", "其中固定资产投资(万元)": 300, "团队人数": "8-10人"},
    {"项目名称": "丁项目", "投资方/团队": "", "项目阶段": "", "计划总投资(万元)": "未透露", "首报时间": "长远"},
    {"项目名称": "戊项目", "投资方/团队": "滨海戊有限公司", "项目阶段": "开工（装修、设备进场）", "计划总投资(万元)": "不低于3亿元", "到位资金(万元)": "200万港币"},
]  # fmt: skip


def exported(world: World, **more: Any) -> bytes:
    return export_projects(actor=world.actor("officer"), now=world.now, queryset=Project.objects.order_by("id"), **more)


def test_reading_back_what_was_written_changes_nothing(importing: Importing, world: World) -> None:
    importing(RICH)
    batch = importing.preview(exported(world))
    changed = dict(batch.rows.exclude(changes={}).values_list("label", "changes"))
    assert changed == {}
    assert {name: n for name, n in batch.counts.items() if n} == {"rows": 5, "unchanged": 5}
    differing = {each.code for each in findings_of(batch)} & {"ledger.stage_differs", "ledger.condition_differs"}
    assert not differing


def test_what_is_written(importing: Importing, world: World) -> None:
    importing(RICH)
    sheet = openpyxl.load_workbook(BytesIO(exported(world))).active
    header = [cell.value for cell in sheet[1]]
    row = dict(zip(header, sheet[2], strict=True))
    assert row["计划总投资(万元)"].value == 1200.5
    assert row["预计产值(万元)"].value == "1000-3000"
    assert row["签约日期"].value.date() == date(2025, 3, 18)
    assert row["注册日期"].value == "2025年5月"
    assert row["联系电话"].value == "139****1234"
    assert row["最新进展"].value == "11.3 电话沟通；11.10 来访，李博士等3人"
    assert (row["备注"].value, row["备注"].data_type) == ("=1+1", "s")
    assert sheet.max_row == 6


def test_chosen_columns_only(importing: Importing, world: World) -> None:
    importing(RICH)
    sheet = read_workbook(exported(world, columns=["name", "stage"]), name="x.xlsx").sheets[0]
    assert [column.name for column in sheet.columns] == ["项目名称", "项目阶段"]


def test_export_needs_the_permission_over_every_outpost(importing: Importing, world: World) -> None:
    importing(RICH)
    with pytest.raises(RefusedError):
        export_projects(actor=world.actor("rival"), now=world.now, queryset=Project.objects.all())


def test_the_error_workbook_comes_back_corrected(importing: Importing) -> None:
    rows = [
        {"项目名称": "好项目", "投资方/团队": "甲公司", "项目阶段": "在谈", "联系电话": ""},
        {
            "项目名称": "坏阶段",
            "投资方/团队": "乙公司",
            "项目阶段": "飞升",
            "联系电话": "13900001234",
            "联系人": "王工",
        },
        {"项目名称": "", "投资方/团队": "丙公司", "项目阶段": "在谈", "联系电话": ""},
    ]
    batch = importing(rows, skip_bad=True)
    data = error_workbook(batch)
    book = openpyxl.load_workbook(BytesIO(data))
    sheet = book.active
    assert [[cell.value for cell in row][:2] for row in sheet.iter_rows(min_row=2)] == [
        ["坏阶段", "乙公司"],
        [None, "丙公司"],
    ]
    assert [cell.value for cell in sheet[1]][-1] == "问题"
    assert "看不懂阶段“飞升”" in sheet.cell(2, sheet.max_column).value
    wrong = sheet.cell(2, 3)
    assert wrong.fill.fgColor.rgb == "FFFFC7CE"
    assert "飞升" in wrong.comment.text
    assert sheet.cell(2, 4).value == "13900001234"
    sheet.cell(2, 3).value, sheet.cell(3, 1).value = "签约", "丙项目"
    stream = BytesIO()
    book.save(stream)
    again = importing(stream.getvalue())
    assert again.counts["new"] == 2
    assert set(Project.objects.values_list("problems", flat=True)) == {""}
