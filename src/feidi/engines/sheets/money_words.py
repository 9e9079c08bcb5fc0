"""The words that stand around an amount: currencies, bounds, approximations, "not told"."""

from __future__ import annotations

import re
from typing import Final

#: Written forms of each currency; 元 and 块 alone are no currency of their own (see ``GENERIC``).
CURRENCY_WORDS: Final = {
    "CNY": ("人民币", "人民幣", "rmb", "cny", "cn¥", "¥"),
    "USD": ("美元", "美金", "usd", "us$"),
    "HKD": ("香港元", "港元", "港币", "港幣", "港纸", "hkd", "hk$"),
    "MOP": ("澳门元", "澳门币", "葡币", "mop"),
    "EUR": ("欧元", "歐元", "eur", "€"),
    "GBP": ("英镑", "英鎊", "gbp", "£"),
    "JPY": ("日元", "日圆", "日円", "jpy"),
    "AUD": ("澳大利亚元", "澳元", "aud"),
    "CAD": ("加拿大元", "加元", "加币", "cad"),
    "SGD": ("新加坡元", "新加坡币", "新元", "新币", "坡币", "sgd"),
    "CHF": ("瑞士法郎", "瑞郎", "chf"),
    "TWD": ("新台币", "新臺幣", "台币", "臺幣", "twd"),
    "KRW": ("韩元", "韩币", "韩圆", "krw"),
    "DEM": ("德国马克", "马克", "dem"),
}
#: Currencies we know by name but do not keep: the amount stays, its currency is unknown.
OTHER_CURRENCIES: Final = (
    "卢布", "卢比", "泰铢", "越南盾", "林吉特", "马币", "比索", "里拉", "克朗", "兰特", "第纳尔", "里亚尔", "迪拉姆",
    "法郎", "新西兰元", "巴西雷亚尔", "雷亚尔", "先令", "澳币",
)  # fmt: skip
GENERIC: Final = ("元", "圆", "圓", "块钱", "块")
_ALL = {word: code for code, words in CURRENCY_WORDS.items() for word in words}
_NAMES = sorted([*_ALL, *OTHER_CURRENCIES, *GENERIC, "$"], key=len, reverse=True)
CURRENCY = re.compile("|".join(re.escape(name) for name in _NAMES), re.IGNORECASE)

NOT_STATED = re.compile(
    r"^(?:未透露|未披露|不披露|保密|面议|面谈|待定|待议|待商|暂无|暂未确定|未确定|不确定|未定|未知|不详|不明|无数据|尚未|未填|无|没有|n/?a|nan|null|none|tbd|"
    r"[-/\\—_*?]+|\.\.\.|…+|待核实|待补充|待明确|待确认|未明确|另行商定|洽谈中|协商中|商谈中)$",
    re.IGNORECASE,
)
VAGUE = re.compile(
    r"^(?:约|近|超|过|逾|上|达|达到|有)*(?:数|几|若干|多|上|过)(?:十|百|千|万|亿|拾|佰|仟)+(?:级别?|量级|规模)?|"
    r"^(?:约|近)*(?:十|百|千|万|亿)+(?:级别?|量级)|^近(?:十|百|千|万|亿)+|^(?:十|百|千|万|亿)*[多余几]|"
    r"^(?:百|千|万|亿)+(?:元|人民币|美元|港元|港币)*$"
)
AT_LEAST: Final = (
    "不低于", "不少于", "不小于", "不得低于", "至少", "超过", "超出", "大于等于", "大于", "高于", "超", "逾", "≥", ">=", "＞", ">", "起投",
)  # fmt: skip
AT_LEAST_AFTER: Final = ("及以上", "或以上", "以上", "起步", "起", "+", "多", "余")
AT_MOST: Final = (
    "不超过", "不高于", "不多于", "不大于", "不得超过", "至多", "最多", "低于", "少于", "小于等于", "小于", "未满", "不足", "≤", "<=", "<",
)  # fmt: skip
AT_MOST_AFTER: Final = ("及以下", "或以下", "以下", "以内", "之内", "封顶")
ABOUT: Final = ("大约为", "大约", "约为", "约合", "约", "大概", "接近", "将近", "近", "左右", "上下", "≈", "~")
LABELS = re.compile(
    r"^(?:项目|计划|预计|拟|拟定|暂定|初步|意向|实际|首期|一期|二期|三期|其中|固定资产|设备|协议|合同|签约|到位|注册|认缴|实缴|年|年度|合计|共计|总计|共|合|为|计)*"
    r"(?:总投资额?|投资总额|投资额?|注册资本|资本|金额|资金|产值|税收|营收|营业收入|收入|融资额?|估值|租金|出资额?|规模)?(?:合计|共计|总计|大写|小写|约定|为|[:：])*"
)
PER = re.compile(
    r"(?:[/每](?:年度?|月|季度?|日|天|㎡|m²|m2|平方米|平米|平|亩|人|吨|家|个|项|台|套|度|次))+$|^(?:每年|每月|年均|月均)"
)
UNITS: Final = {
    "": 1, "十": 10, "百": 100, "千": 1_000, "万": 10_000, "十万": 100_000, "百万": 1_000_000, "千万": 10_000_000,
    "亿": 100_000_000, "十亿": 1_000_000_000, "百亿": 10_000_000_000, "千亿": 100_000_000_000, "万亿": 1_000_000_000_000,
    "w": 10_000, "k": 1_000,
}  # fmt: skip


def currency_code(word: str) -> str | None:
    """Return the code of a written currency, None for generic or unknown words.

    >>> currency_code("港币"), currency_code("元"), currency_code("RMB")
    ('HKD', None, 'CNY')
    """
    return _ALL.get(word.lower())
