"""The rows of the messy ledger: 127 as staff keep them: new ones, known ones, doubtful ones, three that cannot be."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any, Final

from django.db.models import Count
from stdnum.cn import uscc

from feidi.domain.pipeline.models import Project
from feidi.portals.cli.demonstration import sayings
from feidi.portals.cli.demonstration.invented import DIVISIONS, brands, credit_code, person, phone

TOTAL, UPDATES, SUSPECTED, REFUSED = 127, 21, 5, 3
Row = dict[str, Any]
_KINDS: Final = ("便携式", "在线", "高纯", "低温", "车规级", "医用", "柔性", "超薄", "模块化", "小型")
_THINGS: Final = {
    "气体流量计": "半导体新材料",
    "陶瓷基片": "半导体新材料",
    "检测试剂": "生物医药",
    "膜过滤组件": "绿色环保",
    "导热膜": "半导体新材料",
    "湿度传感器": "半导体新材料",
    "培养装置": "生物医药",
    "吸附材料": "绿色环保",
    "水质分析仪": "绿色环保",
    "封装胶": "半导体新材料",
    "敷料": "生物医药",
    "消毒设备": "生物医药",
}
_MONEY: Final = (
    "1200万", "数千万", "未透露", 800, 1500, "3000-5000", "约2000万元", "1.2亿", "300万美元", "≥5000", "", 650.5,
    "2,600", "待定", 1000,
)  # fmt: skip
_STAGES: Final = ("线索", "在谈", "洽谈中", "初步研判", "对接中", "考察", "暂缓", "在谈", "跟进中", "已签约", "入驻")
_SHORT: Final = ("电话沟通", "微信发资料", "电话，负责人出差", "线上会议，介绍政策", "对方来电问厂房")
_LONG: Final = ("来访，{who}等3人", "走访企业，{who}接待", "{who}来访看场地，有意向", "上门拜访{who}，看样机")
_DATE_SHAPES: Final[tuple[Callable[[date], Any], ...]] = (
    lambda day: day,
    lambda day: f"{day.year}.{day.month}",
    lambda day: f"{day.year}年{day.month}月{day.day}日",
    lambda day: f"{day.year}/{day.month}/{day.day}",
    lambda day: f"{day:%Y%m%d}",
    lambda day: day,
)


@dataclass(frozen=True, slots=True)
class KnownProject:
    """A project of the installation that the ledger speaks of again."""

    code: str
    name: str
    sponsor: str
    uscc: str


def known_projects() -> list[KnownProject]:
    """Return open projects of the demonstration for the ledger to mention; none without a demonstration."""
    early = ("lead", "screening", "negotiating")
    twins = Project.objects.values("name_folded").annotate(n=Count("id")).filter(n__gt=1).values("name_folded")
    open_rows = Project.objects.filter(condition="", talks_stage__in=early, talks_opening=False)
    rows = open_rows.exclude(name_folded__in=twins).order_by("-code")
    found = []
    for row in rows[: UPDATES + SUSPECTED]:
        number = row.parties.filter(role="sponsor", organization__identifiers__scheme="uscc").values_list(
            "organization__identifiers__value", flat=True
        )
        found.append(KnownProject(row.code, row.name, row.sponsor_name, number.first() or ""))
    return found


def messy_rows(random: Random, today: date, known: Sequence[KnownProject]) -> list[Row]:
    """Return the rows in the order of the file. Without known projects every row but the refused ones is new."""
    known = known if len(known) >= SUSPECTED + 3 else ()
    updated = [_known_row(random, today, each, nth) for nth, each in enumerate(known[SUSPECTED : SUSPECTED + UPDATES])]
    doubtful = _doubtful(random, today, known[:SUSPECTED])
    fresh = _fresh(random, today, TOTAL - len(updated) - len(doubtful) - REFUSED)
    spoil(random, fresh)
    refused = _refused(random, today, fresh, updated)
    rows = [*fresh, *updated, *doubtful]
    random.shuffle(rows)
    # a row that repeats another stands after it
    for nth, row in enumerate(refused):
        rows.insert(len(rows) - 2 * nth, row)
    for number, row in enumerate(rows, start=1):
        row["seq"] = number
    return rows


def _fresh(random: Random, today: date, count: int) -> list[Row]:
    names = [(kind + thing, field) for thing, field in _THINGS.items() for kind in _KINDS]
    random.shuffle(names)
    marks = [f"云{each}" for each in brands(random)]
    return [_row(random, today, name, field, f"滨海{marks.pop()}科技有限公司") for name, field in names[:count]]


def _row(random: Random, today: date, name: str, field: str, sponsor: str) -> Row:
    first = today - timedelta(days=random.randrange(20, 700))
    who, known = person(random), random.random() < 0.85  # noqa: PLR2004 - some rows name nobody
    return {
        "code": "",
        "name": name + ("项目" if random.random() < 0.3 else ""),  # noqa: PLR2004 - as people write
        "uscc": credit_code(random) if random.random() < 0.6 else "",  # noqa: PLR2004
        "sponsor": sponsor,
        "industry": field,
        "stage": random.choice(_STAGES),
        "source": sayings.source(random),
        "first_report_on": random.choice(_DATE_SHAPES)(first),
        "owner": random.choice(("陈晓", "周宁", "陈晓", "小林")),
        "planned": random.choice(_MONEY),
        "fixed": random.choice(("", 300, "500万", "", 120)),
        "contact": who if known else "",
        "phone": phone(random) if known else "",
        "team": random.choice((6, 12, "20余人", "", 35, 8, 15, "", 4)),
        "land": random.choice(("", "1000㎡", "厂房2000平", "3亩", 800)),
        "office": random.choice(("", 120, "200㎡", "80-100")),
        "progress": progress(random, today, who),
        "next_step": random.choice(sayings.NEXT_STEPS),
        "expected_sign_on": random.choice(("", "", f"{today.year + 1}年一季度", "年底前", f"{today.year + 1}.3")),
        "remarks": random.choice(("", "", "", "需陪同看厂房", "对接人换过")),
    }


def progress(random: Random, today: date, who: str) -> str:
    """Return a cell like ``11.3 电话沟通；11.10 来访，李博士等3人``: days of the last weeks, no year."""
    last = today - timedelta(days=random.randrange(2, 25))
    first = last - timedelta(days=random.randrange(4, 15))
    shape = random.choice(("{0.month}.{0.day} ", "{0.month}月{0.day}日"))
    talks = [shape.format(first) + random.choice(_SHORT), shape.format(last) + random.choice(_LONG).format(who=who)]
    return "；".join(talks[: random.choice((1, 2, 2, 2))])


def _known_row(random: Random, today: date, each: KnownProject, nth: int) -> Row:
    row = _row(random, today, each.name, "", each.sponsor)
    row |= {"name": each.name, "uscc": "", "industry": "", "stage": "在谈", "contact": "", "phone": "", "owner": ""}
    # half by number, half by name and sponsor alone
    return row | {"code": each.code if nth % 2 else "", "planned": "", "fixed": "", "first_report_on": ""}


def _doubtful(random: Random, today: date, known: Sequence[KnownProject]) -> list[Row]:
    rows = []
    for nth, each in enumerate(known):
        other = f"滨海云{brands(random)[0]}实业有限公司"
        row = _row(random, today, each.name, "", each.sponsor) | {"uscc": "", "phone": "", "contact": ""}
        match nth % 3:
            case 0:
                row |= {"name": each.name, "sponsor": other}
            case 1:
                row |= {"name": f"{each.name}生产线", "sponsor": each.sponsor}
            case _:
                row |= {"name": f"前湾{other[3:5]}新品中试", "sponsor": other, "uscc": each.uscc}
                if not each.uscc:
                    row |= {"name": each.name}
        rows.append(row)
    return rows


def _refused(random: Random, today: date, fresh: list[Row], updated: list[Row]) -> list[Row]:
    """Return three rows that cannot be taken: a stage nobody knows, a row that contradicts another, a wrong number."""
    unknown = _row(random, today, "冷链周转箱", "其他", "滨海云栩冷链设备有限公司") | {"stage": "已经黄了"}
    again = dict(fresh[0]) | {"stage": "签约", "planned": "8000万", "remarks": "与前面那行哪个对？"}
    if len(updated) > 3:  # noqa: PLR2004 - a number of one project beside the name of another
        crossed = dict(updated[0]) | {"code": updated[3]["code"] or updated[1]["code"]}
    else:
        crossed = _row(random, today, "", "其他", "滨海云岫包装有限公司") | {"name": "", "stage": "搁浅"}
    return [unknown, again, crossed]


def spoil(random: Random, rows: list[Row]) -> None:
    """Put in what real ledgers have: a wrong check digit, an impossible day, a code kept as a number."""
    rows[0]["planned"] = "1200万"
    good = credit_code(random)
    rows[1]["uscc"] = good[:-1] + ("0" if good[-1] != "0" else "1")
    rows[2]["first_report_on"] = "2025-13-40"
    rows[3]["uscc"] = _digits_only(random)
    rows[4] |= {"phone": int(phone(random)), "contact": rows[4]["contact"] or "陈工"}
    rows[9] |= {"phone": phone(random), "contact": ""}
    rows[5]["first_report_on"] = "2023.5"
    rows[6]["fixed"] = "=ROUND(L{row}*0.6,0)"
    rows[6]["planned"] = 2000
    rows[7]["progress"] = "11.3 电话沟通；11.10 来访，李博士等3人"
    rows[8]["name"] = f"  {rows[8]['name'][:3]}\n{rows[8]['name'][3:]} "


def _digits_only(random: Random) -> int:
    """Return a credit code that happens to be all digits: in a number cell its last digits are lost."""
    while True:
        front = f"91{random.choice(DIVISIONS)}{random.randrange(10**9):09d}"
        check = str(uscc.calc_check_digit(front))
        if check.isdigit():
            return int(front + check)
