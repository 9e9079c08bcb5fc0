"""Figures in words, as officials read them: for pages, papers and exports alike. Never an internal code."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from feidi.domain.reporting.selectors.figures_targets import Progress
from feidi.engines.measures import Definition, Figure, Pot, Ratio, Words, percent
from feidi.engines.money import MoneyText
from feidi.kernel.messages import Text
from feidi.kernel.money.display import format_money_text

TEXTS_FIGURES = {
    "figures.unknown": Text(gettext_lazy("没有这个指标"), gettext_lazy("从“全部指标”里打开")),
    "figures.no_outpost": Text(gettext_lazy("没有可以统计的驻点"), gettext_lazy("请管理员核对您的角色")),
}


def said(words: Words) -> str:
    """Return a label of the definition table in the reader's language."""
    return words.en if get_language() == "en" else words.zh


#: On what a definition rests. The table of definitions is an engine's; what it says is told in the reader's language here.
_SOURCES = {
    "本平台缺省，待本区确认": gettext_lazy("本平台缺省，待本区确认"),
    "参考外地做法（江门 2024），待本区确认": gettext_lazy("参考外地做法（江门 2024），待本区确认"),
    "参考外地做法（三明 2006），待本区确认": gettext_lazy("参考外地做法（三明 2006），待本区确认"),
    "参考外地做法（玉林 2008），待本区确认": gettext_lazy("参考外地做法（玉林 2008），待本区确认"),
    "启用报道：每年至少3—5家企业孵化出成果，3—5年内落地；口径待双方确认": gettext_lazy(
        "启用报道：每年至少3—5家企业孵化出成果，3—5年内落地；口径待双方确认"
    ),
    "国科发区〔2018〕300号，作对标，不作评级（10家以内；惠州5家以内）": gettext_lazy(
        "国科发区〔2018〕300号，作对标，不作评级（10家以内；惠州5家以内）"
    ),
    "国科发区〔2018〕300号，作对标，不作评级（30%）": gettext_lazy("国科发区〔2018〕300号，作对标，不作评级（30%）"),
    "国科发区〔2018〕300号，作对标，不作评级（3家）": gettext_lazy("国科发区〔2018〕300号，作对标，不作评级（3家）"),
    "工信部科〔2025〕131号，作对标，不作评级（20%）": gettext_lazy("工信部科〔2025〕131号，作对标，不作评级（20%）"),
    "工信部科〔2025〕131号，作对标，不作评级（30%）": gettext_lazy("工信部科〔2025〕131号，作对标，不作评级（30%）"),
}


def source_text(definition: Definition) -> str:
    """Return on what a definition rests, in the reader's language; a place's own words stay as they are."""
    return str(_SOURCES.get(definition.source, definition.source))


def bound_text(bound: str) -> str:
    """Return ≤, ≥ or nothing."""
    return {"<=": "≤ ", ">=": "≥ "}.get(bound, "")


def ratio_text(ratio: Ratio | None) -> str:
    """Return ≤ 20%, or why there is none."""
    if ratio is None:
        return "—"
    if ratio.value is None:
        return state_text(ratio.state)
    return f"{bound_text(ratio.bound)}{percent(ratio.value)}%"


def state_text(state: str) -> str:
    """Return why a figure has no value. A missing denominator is never 0 %."""
    return {"none": _("无数据"), "early": _("未满观察期"), "unclear": _("无法比较")}.get(state, "")


def value_text(figure: Figure) -> str:
    """Return the value with its unit: 11个, ≤ 20%, 30天, 未满观察期."""
    definition = figure.definition
    if figure.value is None:
        return state_text(figure.state)
    if definition.kind in {"ratio", "share"}:
        return f"{bound_text(figure.bound)}{percent(figure.value)}%"
    unit = said(definition.unit)
    gap = " " if get_language() == "en" and unit else ""
    return f"{bound_text(figure.bound)}{_plain(figure.value)}{gap}{unit}"


def beside_text(figure: Figure) -> str:
    """Return what stands beside the value: numerator / denominator, sums, quartiles; empty for a plain count."""
    kind = figure.definition.kind
    if kind == "ratio":
        return f"{figure.numerator:,} / {figure.denominator:,}"
    if kind == "money":
        return pots_text(figure.sums)
    if kind == "share":
        return "；".join(_share_text(figure, pot) for pot in figure.agreed)
    if kind == "days" and figure.spread is not None:
        low, high = figure.spread
        return _("25%—75%：{low}—{high} 天，{n} 个项目").format(low=_plain(low), high=_plain(high), n=figure.numerator)
    return ""


def _share_text(figure: Figure, agreed: Pot) -> str:
    paid = next((pot for pot in figure.sums if pot.currency == agreed.currency), Pot(agreed.currency, 0))
    return f"{format_money_text(pot_money(paid))} / {format_money_text(pot_money(agreed))}"


def apart_text(figure: Figure) -> str:
    """Return what was counted apart: 另有期初 3 个、强制推进 1 个未计入."""
    parts = []
    if figure.opening:
        parts.append(_("期初（台账填报）{n} 个").format(n=len(figure.opening)))
    if figure.forced:
        parts.append(_("强制推进 {n} 个").format(n=len(figure.forced)))
    return _("另有{parts}未计入").format(parts="、".join(parts)) if parts else ""


def pots_text(pots: Iterable[Pot]) -> str:
    """Return sums, one per currency."""
    return "；".join(format_money_text(pot_money(pot)) for pot in pots)


def pot_money(pot: Pot) -> MoneyText:
    """Return a sum as an amount; "at least" when some of its rows had no exact amount."""
    return MoneyText("", pot.fen, None if pot.unknown else pot.fen, pot.currency or None)


def progress_text(progress: Progress | None) -> str:
    """Return 完成年度任务30个的36.7%，序时进度88.8%，慢52.1个百分点."""
    if progress is None:
        return ""
    return _("完成年度任务{task}个的{done}%，序时进度{passed}%，{pace}").format(
        task=progress.task.floor, done=progress.done, passed=progress.passed, pace=pace_text(progress.points)
    )


def pace_text(points: Decimal) -> str:
    """Return how far ahead of or behind the time passed, in the reader's language; papers say it by ``pace_words``."""
    if not points:
        return _("与序时进度持平")
    words = _("快{points}个百分点") if points > 0 else _("慢{points}个百分点")
    return words.format(points=abs(points))


def growth_text(now: Fraction | None, before: Fraction | None) -> str:
    """Return 同比 +3 (上年同期 8); empty when either is not known."""
    if now is None or before is None:
        return ""
    change = now - before
    sign = "+" if change > 0 else ""
    return _("同比 {change}（上年同期 {before}）").format(change=f"{sign}{_plain(change)}", before=_plain(before))


def window_text(definition: Definition) -> str:
    """Return how long a cohort is followed."""
    if definition.window_days is None:
        return ""
    return _("观察期 {n} 天，满期前不给比率").format(n=definition.window_days)


def _plain(value: Fraction) -> str:
    if value.denominator == 1:
        return f"{value.numerator:,}"
    tenths = (2 * value.numerator * 10 + value.denominator) // (2 * value.denominator)
    return f"{tenths / 10:,.1f}".removesuffix(".0")
