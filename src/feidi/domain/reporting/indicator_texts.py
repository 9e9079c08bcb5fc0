"""Readings in words, as officials read them: values, what stands beside them, why there is none. Never an internal code."""

from __future__ import annotations

from fractions import Fraction

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from feidi.domain.reporting.figure_texts import bound_text, pot_money, said, state_text
from feidi.engines.measures import INDICATORS, Definition, Pot, Reading, percent
from feidi.engines.money import MoneyText
from feidi.kernel.messages import Text
from feidi.kernel.money.display import format_money_text

TEXTS_INDICATORS = {
    "indicators.unknown": Text(gettext_lazy("没有这个指标"), gettext_lazy("从“全部指标”里打开")),
    "indicators.which_outpost": Text(
        gettext_lazy("要写明是哪个驻点：符合的有 {n} 个（{code}）"), gettext_lazy("用 --outpost 写驻点代码")
    ),
    "indicators.period_unreadable": Text(
        gettext_lazy("期间看不懂：{period}"), gettext_lazy("写成 2026、2026Q3 或 2026-09")
    ),
    "indicators.period_open": Text(
        gettext_lazy("{period}还没有结束（到{last}），今天是{today}，不能关账"), gettext_lazy("等期间过完再关账")
    ),
    "indicators.period_closed": Text(
        gettext_lazy("{period}已经关账，冻结的数字不再改"), gettext_lazy("后来的变化会作为“更正”列在旁边")
    ),
    "indicators.choice_twelve": Text(
        gettext_lazy("常看的指标要有1至{most}个，现在选了{n}个"), gettext_lazy("去掉几个，或至少选一个")
    ),
    "indicators.choice_tiles": Text(
        gettext_lazy("首屏最多{most}个，且要在常看的指标里；现在选了{n}个"), gettext_lazy("去掉多的，或先把它选进常看")
    ),
    "indicators.choice_changed": Text(
        gettext_lazy("{by}已经保存了第 {number} 版"), gettext_lazy("刷新页面，在新版上再改")
    ),
    "indicators.choice_same": Text(gettext_lazy("和现在用的一样，没有改动"), gettext_lazy("改了再保存")),
}
#: Why a figure has no value: code → words with the facts it was told with.
WHY = {
    "figures.nobody_said": gettext_lazy("缺：{n} 家都没有填报"),
    "figures.no_area": gettext_lazy("缺：面积没有登记"),
    "figures.no_years": gettext_lazy("累计没有年数，不能按年折算"),
    "figures.no_cost": gettext_lazy("缺：没有登记运营成本"),
    "figures.no_mentor": gettext_lazy("没有在任导师"),
    "figures.no_receipt": gettext_lazy("缺：没有登记收款"),
    "figures.other_currency": gettext_lazy("缺：有其他币种，不能相加"),
    "figures.no_standing": gettext_lazy("缺：还没有做过政策体检"),
    "figures.no_recheck": gettext_lazy("缺：还没有复核答复"),
    "figures.no_two_years": gettext_lazy("缺：{n} 家都没有两年可比的数据"),
    "figures.only_now": gettext_lazy("只按最近一次体检，不能倒推到过去"),
    "figures.no_plaque": gettext_lazy("这个指标不分牌子"),
    "figures.not_known_at": gettext_lazy("这个指标不能按当时登记还原"),
    "figures.not_connected": gettext_lazy("尚未接入"),
}
_SIDES = {"home": gettext_lazy("在本地工作"), "host": gettext_lazy("在飞地工作"), "": gettext_lazy("工作地未登记")}
_SMALL = 3


def why_text(reading: Reading) -> str:
    """Return why there is no value; empty where there is one."""
    if reading.state == "hidden":
        return _("不足 {n}，不显示").format(n=reading.facts.get("least", ""))
    if reading.state == "missing":
        why = str(WHY.get(reading.why, WHY["figures.not_connected"])).format(**reading.facts)
        return f"{why}（{when}）" if (when := _when_text(reading)) else why
    return state_text(reading.state)


def reading_text(reading: Reading) -> str:
    """Return the value with its unit: 11个, ≤ 20%, 30天, or why there is none."""
    definition = INDICATORS[reading.code]
    if reading.value is None:
        return why_text(reading)
    if definition.kind in {"ratio", "share"}:
        return f"{bound_text(reading.bound)}{percent(reading.value)}%"
    if definition.kind == "cost" or reading.code == "K36C":
        return f"{bound_text(reading.bound)}{yuan_text(reading.value)}"
    unit = said(definition.unit)
    gap = " " if get_language() == "en" and unit else ""
    return f"{bound_text(reading.bound)}{plain(reading.value)}{gap}{unit}"


def beside_of(reading: Reading) -> str:
    """Return what stands beside the value: numerator / denominator, sums, quartiles; empty for a plain count."""
    kind = INDICATORS[reading.code].kind
    if reading.state in {"missing", "hidden"}:
        return ""
    if kind == "money":
        return "；".join(format_money_text(pot_money(pot)) for pot in reading.sums)
    if kind == "share":
        return "；".join(_share(reading, pot) for pot in reading.agreed)
    if kind == "days" and reading.spread is not None:
        low, high = reading.spread
        return _("25%—75%：{low}—{high} 天，{n} 个项目").format(
            low=plain(low), high=plain(high), n=len(reading.above.keys)
        )
    if kind == "net" and reading.denominator is not None and reading.numerator is not None:
        return _flow_text(reading)
    if reading.denominator is None or reading.numerator is None:
        return _split_text(reading)
    parts = [f"{plain(reading.numerator)} / {plain(reading.denominator)}", unknown_text(reading), _when_text(reading)]
    return "；".join(part for part in parts if part)


def _flow_text(reading: Reading) -> str:
    """Return both directions; what cannot be netted with them (amounts, other currencies, months) after it."""
    parts = [_("进 {into}，出 {out}").format(into=side_text(reading, "in"), out=side_text(reading, "out"))]
    skip = "CNY" if reading.code == "K36C" else ""
    for label, pots in ((_("另进"), reading.sums), (_("另出"), reading.agreed)):
        others = [format_money_text(pot_money(pot)) for pot in pots if pot.currency != skip]
        if others:
            parts.append(label + " " + "、".join(others))
    months = {name[7:]: rows.total for name, rows in reading.split if name.startswith("months:")}
    if months:
        into, out = (plain(months.get(side, Fraction(0))) for side in ("host_to_home", "home_to_host"))
        parts.append(_("人月：进 {into}，出 {out}").format(into=into, out=out))
    return "；".join(parts)


def _when_text(reading: Reading) -> str:
    """Return of which year or day a figure tells, where that is not the period looked at."""
    if "year" in reading.facts:
        return _("{year}年").format(year=reading.facts["year"])
    return _("{day} 体检").format(day=reading.facts["on"]) if "on" in reading.facts else ""


def side_text(reading: Reading, side: str) -> str:
    """Return one direction of a flow."""
    amount = (reading.numerator if side == "in" else reading.denominator) or Fraction(0)
    if reading.code == "K36C":
        return yuan_text(amount)
    return f"{plain(amount)}{said(INDICATORS[reading.code].unit)}"


def unknown_text(reading: Reading) -> str:
    """Return how many rows nobody has said anything of."""
    if not reading.unknown:
        return ""
    said_of = _("{n} 家没有复核答复") if reading.code == "K18" else _("{n} 家未填报")
    return said_of.format(n=reading.unknown)


def _split_text(reading: Reading) -> str:
    sides = {name[5:]: rows for name, rows in reading.split if name.startswith("side:") and rows.keys}
    if tells_on_few(reading, "side:"):
        return _("有的工作地少于{n}人，不分列").format(n=_SMALL)
    return "，".join(f"{_SIDES.get(code, code)} {len(rows.keys)}" for code, rows in sides.items())


def tells_on_few(reading: Reading, group: str) -> bool:
    """Tell whether numbers by kind would tell on very few persons: one of them by itself, or the rest by subtraction."""
    return any(0 < len(rows.keys) < _SMALL for name, rows in reading.split if name.startswith(group))


def _share(reading: Reading, agreed: Pot) -> str:
    paid = next((pot for pot in reading.sums if pot.currency == agreed.currency), Pot(agreed.currency, 0))
    return f"{format_money_text(pot_money(paid))} / {format_money_text(pot_money(agreed))}"


def yuan_text(value: Fraction) -> str:
    """Return an amount of yuan as an official reads it."""
    fen = round(value * 100)
    sign = "-" if fen < 0 else ""
    return sign + format_money_text(MoneyText("", abs(fen), abs(fen), "CNY"))


def plain(value: Fraction) -> str:
    """Return a number with thousands separators, one decimal where it has one."""
    if value.denominator == 1:
        return f"{value.numerator:,}"
    sign, size = ("-", -value) if value < 0 else ("", value)
    tenths = (2 * size.numerator * 10 + size.denominator) // (2 * size.denominator)
    return sign + f"{tenths / 10:,.1f}".removesuffix(".0")


def label_of(definition: Definition) -> str:
    """Return the name of a figure in the reader's language."""
    return said(definition.label)
