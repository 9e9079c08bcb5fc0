"""What the tests of names share: where things lie, and texts that look like names."""

from __future__ import annotations

import csv
from pathlib import Path

from hypothesis import strategies as st

HERE = Path(__file__).parent
SHARED = HERE.parents[3] / "shared"
_PLACES = ["", "深圳", "深圳市", "广东省", "中国", "滨海市", "大厂回族自治县", "上海", "朝阳区", "香港", "Shenzhen "]
_BRANDS = ["甲乙", "東方", "华为", "三联", "TCL", "永安", "万", "上海", "", "天天天然", "ABC", "ＡＢ", "𠮷野", "粤"]
_TRADES = ["", "科技", "材料", "生物科技", "（集团）", "(深圳)", "电力", "銀行", "[控股]", " ", "technology"]
_FORMS = [
    "",
    "有限公司",
    "有限责任公司",
    "股份有限公司",
    "集团",
    "店",
    "（有限合伙）",
    " Co., Ltd.",
    "Limited",
    "研究院",
]
_BRANCHES = ["", "云溪分公司", "第二分公司", "深圳办事处", "A", "-W"]


def name_like() -> st.SearchStrategy[str]:
    """Texts put together as names are, and as they are not."""
    parts = st.tuples(*(st.sampled_from(each) for each in (_PLACES, _BRANDS, _TRADES, _FORMS, _BRANCHES)))
    return parts.map("".join)


def rows_of(name: str) -> list[dict[str, str]]:
    """Return the rows of a table beside the tests."""
    with (HERE / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))
