"""Invented firms, persons, credit codes and telephone numbers. Pure: a seed in, the same names out."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from random import Random
from typing import Final

from stdnum.cn import uscc

from feidi.domain.pipeline.enums import ProjectKind

#: Divisions that do not exist: a credit code of the demonstration can be nobody's.
DIVISIONS: Final = ("999801", "999802", "999901", "999999")
_FIRST: Final = "澄砚栩霁桁沐衡汐岫瀚珩漱苒籽翊皓"
_SECOND: Final = "岳川衍辰蘅屿澈棠朔彧榕祁"
_TRADES: Final = {
    "生物医药": ("生物技术", "医疗科技", "诊断技术", "生物医药"),
    "半导体新材料": ("半导体材料", "新材料", "电子材料", "精密陶瓷"),
    "绿色环保": ("环保科技", "环境技术", "绿能科技", "节能技术"),
    "其他": ("实业发展", "商业运营"),
}
_SURNAMES: Final = "王李张刘陈杨黄赵吴周徐孙马朱胡林郭何高罗"
_TITLES: Final = ("工", "博士", "总", "经理", "教授", "老师")
_GIVEN: Final = ("晓", "宁", "静", "远", "文", "言", "青", "正", "明", "岚", "越", "然", "平", "欣", "凡")
_CODE_ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"


@dataclass(frozen=True, slots=True)
class Firm:
    """One invented project with its sponsor and the person one calls there."""

    project: str
    one_line: str
    field: str
    kind: ProjectKind
    sponsor: str
    brand: str
    trade: str
    code: str
    contact: str
    phone: str

    @property
    def home_name(self) -> str:
        """The name of the firm it would register at home."""
        return f"云溪{self.brand}{self.trade}有限公司"


def credit_code(random: Random) -> str:
    """Return a credit code with a right check digit and a division that does not exist."""
    body = "".join(random.choice(_CODE_ALPHABET) for _ in range(9))
    front = f"91{random.choice(DIVISIONS)}{body}"
    return front + str(uscc.calc_check_digit(front))


def phone(random: Random) -> str:
    """Return a number of the block 139 0000 xxxx."""
    return f"1390000{random.randrange(10_000):04d}"


def person(random: Random) -> str:
    """Return a plain form of address (王工, 李博士) or a plain name (陈晓)."""
    surname = random.choice(_SURNAMES)
    return surname + (random.choice(_TITLES) if random.random() < 0.7 else random.choice(_GIVEN))  # noqa: PLR2004


def brands(random: Random) -> list[str]:
    """Return every brand, shuffled."""
    found = [first + second for first in _FIRST for second in _SECOND]
    random.shuffle(found)
    return found


def topics() -> Iterator[dict[str, str]]:
    """Return the invented projects: ``project``, ``one_line``, ``field``."""
    text = files(__package__).joinpath("data/projects.csv").read_text(encoding="utf-8")
    yield from csv.DictReader(text.splitlines())


def invent_firms(random: Random) -> list[Firm]:
    """Return all firms in the order of the list; the same seed gives the same firms."""
    names = brands(random)
    return [_firm(random, row, names.pop()) for row in topics()]


def _firm(random: Random, row: dict[str, str], brand: str) -> Firm:
    trade = random.choice(_TRADES[row["field"]])
    kind = _kind(random, row)
    contact = person(random)
    return Firm(
        project=row["project"],
        one_line=row["one_line"],
        field=row["field"],
        kind=kind,
        sponsor=_sponsor(kind, brand, trade, contact),
        brand=brand,
        trade=trade,
        code=credit_code(random) if kind is ProjectKind.ENTERPRISE else "",
        contact=contact,
        phone=phone(random),
    )


def _kind(random: Random, row: dict[str, str]) -> ProjectKind:
    if "平台" in row["project"]:
        return ProjectKind.PLATFORM
    drawn = random.random()
    if row["field"] == "其他" or drawn < 0.8:  # noqa: PLR2004 - four of five leads are firms
        return ProjectKind.ENTERPRISE
    return ProjectKind.TEAM if drawn < 0.95 else ProjectKind.TALENT  # noqa: PLR2004


def _sponsor(kind: ProjectKind, brand: str, trade: str, contact: str) -> str:
    match kind:
        case ProjectKind.TEAM:
            return f"{brand}{trade}创业团队"
        case ProjectKind.TALENT:
            return contact
        case ProjectKind.PLATFORM:
            return f"滨海{brand}{trade}研究院"
        case _:
            return f"滨海{brand}{trade}有限公司"
