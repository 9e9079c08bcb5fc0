"""The closed lists of the engine: which figures a place may state, which items a comparison has, in which units.

A place's content names figures by these codes; a profile quotes its own figures by them too. Adding one is a change
of the program, because a formula must use it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Final


@dataclass(frozen=True, slots=True)
class Label:
    """A Chinese and an English text."""

    zh: str
    en: str


class Kind(StrEnum):
    """What a figure measures; its base unit is the one the formulas calculate in."""

    RENT = "rent"  #: yuan per m² and year
    PAY = "pay"  #: yuan per person and year
    HOURLY = "hourly"  #: yuan per hour
    POWER = "power"  #: yuan per kWh
    VOLUME = "volume"  #: yuan per m³
    SHARE = "share"  #: 1
    ONCE = "once"  #: yuan, once


#: How a figure's unit is written → factor into the base unit of its kind.
UNITS: Final[dict[Kind, dict[str, Fraction]]] = {
    Kind.RENT: {"元/㎡/月": Fraction(12), "元/㎡/天": Fraction(365), "元/㎡/年": Fraction(1)},
    Kind.PAY: {"元/月": Fraction(12), "元/年": Fraction(1)},
    Kind.HOURLY: {"元/小时": Fraction(1)},
    Kind.POWER: {"元/kWh": Fraction(1)},
    Kind.VOLUME: {"元/m³": Fraction(1)},
    Kind.SHARE: {"%": Fraction(1, 100)},
    Kind.ONCE: {"元": Fraction(1)},
}


@dataclass(frozen=True, slots=True)
class FigureDef:
    """One figure a place may state. ``national``: one and the same for all places of the country, also while unknown."""

    code: str
    label: Label
    kind: Kind
    national: bool = False

    @property
    def units(self) -> tuple[str, ...]:
        """The units it may be written in."""
        return tuple(UNITS[self.kind])


class Per(StrEnum):
    """Whether an item comes back every year or once."""

    YEAR = "year"
    ONCE = "once"


@dataclass(frozen=True, slots=True)
class ItemDef:
    """One line of a comparison."""

    code: str
    label: Label
    per: Per = Per.YEAR


#: Insurance → the base whose floor and ceiling it uses.
INSURANCES: Final = {
    "pension": "pension",
    "medical": "medical",
    "maternity": "medical",
    "unemployment": "unemployment",
    "injury": "injury",
}
_INSURED: Final = {
    "pension": Label("养老保险", "Pension"),
    "medical": Label("医疗保险", "Medical insurance"),
    "maternity": Label("生育保险", "Maternity insurance"),
    "unemployment": Label("失业保险", "Unemployment insurance"),
    "injury": Label("工伤保险", "Injury insurance"),
    "housing": Label("住房公积金", "Housing fund"),
}
CONVERSION: Final = {
    "pilot": Label("中试", "Pilot runs"),
    "testing": Label("检测", "Testing"),
    "certification": Label("认证/注册", "Certification and registration"),
    "environment": Label("环评", "Environmental assessment"),
    "equipment": Label("设备", "Equipment"),
}


def _insurance_figures() -> list[FigureDef]:
    made: list[FigureDef] = []
    for code, label in _INSURED.items():
        rate = Label(f"{label.zh}单位费率", f"{label.en}: employer rate")
        made.append(FigureDef(f"{code}_rate", rate, Kind.SHARE))
        if code == "maternity":
            continue
        for end, zh, en in (
            ("floor", "缴费基数下限", "floor of the base"),
            ("ceiling", "缴费基数上限", "ceiling of the base"),
        ):
            made.append(FigureDef(f"{code}_base_{end}", Label(f"{label.zh}{zh}", f"{label.en}: {en}"), Kind.PAY))
    return made


_FIGURES: Final = [
    FigureDef("office_grade_a", Label("甲级写字楼租金", "Grade-A office rent"), Kind.RENT),
    FigureDef("office_park", Label("产业园区办公租金", "Park office rent"), Kind.RENT),
    FigureDef("plant_rent", Label("厂房租金", "Plant rent"), Kind.RENT),
    FigureDef("wage_non_private", Label("非私营单位平均工资", "Average wage, non-private"), Kind.PAY),
    FigureDef("wage_private", Label("私营单位平均工资", "Average wage, private"), Kind.PAY),
    FigureDef("minimum_wage", Label("最低工资", "Minimum wage"), Kind.PAY),
    FigureDef("minimum_wage_hour", Label("非全日制小时最低工资", "Minimum hourly wage, part-time"), Kind.HOURLY),
    *_insurance_figures(),
    FigureDef("power_peak", Label("电价（峰段）", "Power, peak"), Kind.POWER),
    FigureDef("power_flat", Label("电价（平段）", "Power, flat"), Kind.POWER),
    FigureDef("power_valley", Label("电价（谷段）", "Power, valley"), Kind.POWER),
    FigureDef("gas_price", Label("非居民用气价格", "Gas, non-residential"), Kind.VOLUME),
    FigureDef("water_price", Label("非居民用水价格", "Water, non-residential"), Kind.VOLUME),
    FigureDef("income_tax", Label("企业所得税税率", "Corporate income tax"), Kind.SHARE, national=True),
    FigureDef(
        "income_tax_high_tech",
        Label("高新技术企业所得税税率", "Corporate income tax, high-tech"),
        Kind.SHARE,
        national=True,
    ),
    FigureDef("research_deduction", Label("研发费用加计扣除比例", "Extra deduction of R&D"), Kind.SHARE, national=True),
    *(FigureDef(code, label, Kind.ONCE) for code, label in CONVERSION.items()),
]
FIGURES: Final[dict[str, FigureDef]] = {each.code: each for each in _FIGURES}

_ITEMS: Final = [
    ItemDef("office", Label("办公场地", "Office")),
    ItemDef("plant", Label("厂房", "Plant")),
    ItemDef("wages", Label("工资", "Wages")),
    ItemDef("social", Label("社会保险（单位部分）", "Social insurance, employer")),
    ItemDef("housing", Label("住房公积金（单位部分）", "Housing fund, employer")),
    ItemDef("power", Label("电费", "Power")),
    ItemDef("gas", Label("燃气费", "Gas")),
    ItemDef("water", Label("水费", "Water")),
    ItemDef("tax", Label("企业所得税", "Corporate income tax")),
    *(ItemDef(code, label, Per.ONCE) for code, label in CONVERSION.items()),
    ItemDef("subsidies", Label("政策扶持（减项）", "Subsidies, deducted"), Per.ONCE),
]
ITEMS: Final[dict[str, ItemDef]] = {each.code: each for each in _ITEMS}

#: What a profile states, by code: the words on screen.
PROFILE: Final[dict[str, Label]] = {
    "people": Label("人数", "Headcount"),
    "wage": Label("人员年薪", "Yearly pay"),
    "office": Label("办公面积", "Office area"),
    "plant": Label("厂房面积", "Plant area"),
    "power": Label("用电量", "Power used"),
    "gas": Label("用气量", "Gas used"),
    "water": Label("用水量", "Water used"),
    "profit": Label("应纳税所得额", "Taxable income"),
    "research": Label("研发投入", "R&D spending"),
    "policy": Label("政策测算结果", "What the policies grant"),
}
