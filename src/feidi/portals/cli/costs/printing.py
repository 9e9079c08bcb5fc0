"""The comparison as lines for a terminal: both sides, the difference, what is missing, what to beware of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from feidi.engines.costing import FIGURES, PROFILE, Comparison, Line, Per, Range, Side, Swing, period_words, words_of
from feidi.engines.costing.beware import plain
from feidi.engines.costing.figures import Use
from feidi.engines.costing.ranges import whole_fen

#: So many of the strongest influences are listed; ``--json`` gives all.
SHOWN: Final = 10


def yuan(value: Range | None) -> str:
    """Return an amount in yuan, exact to the fen; 未知 when not known."""
    if value is None:
        return "未知"
    ends = [f"{whole_fen(each) / 100:,.2f}".removesuffix(".00") for each in dict.fromkeys((value.lo, value.hi))]
    return " – ".join(ends) + "元"


def lines_of(comparison: Comparison, swings: Iterable[Swing]) -> Iterator[str]:
    """Yield the whole answer as lines."""
    home, host = comparison.home.name.zh, comparison.host.name.zh
    yield f"成本测算　{comparison.profile.name or '（未命名）'}　截至 {comparison.as_of}　差额 = {host} − {home}"
    for line in comparison.lines:
        yield from _line(line, home, host)
    yield from _totals(comparison)
    yield from (f"！ {words_of(each)}" for each in comparison.remarks)
    yield from _swings(swings, home, host)


def _line(line: Line, home: str, host: str) -> Iterator[str]:
    per = "每年" if line.item.per is Per.YEAR else "一次性"
    yield f"【{line.item.label.zh}】{per}"
    yield f"  {home} {yuan(line.home.amount)}{_lacking(line.home)}"
    yield f"  {host} {yuan(line.host.amount)}{_lacking(line.host)}"
    yield f"  差额 {yuan(line.difference)}" + ("（两边用同一个数字）" if line.same else "")
    for name, side in ((home, line.home), (host, line.host)):
        yield from (f"    · {name} {_source(use)}" for use in side.uses)
    yield from (f"    ！ {words_of(each)}" for each in line.remarks)


def _lacking(side: Side) -> str:
    if not side.missing:
        return ""
    names = [(FIGURES[code].label if code in FIGURES else PROFILE[code]).zh for code in side.missing]
    return f"（缺：{'、'.join(names)}）"


def _source(use: Use) -> str:
    figure, label = use.figure, FIGURES[use.code].label.zh
    if figure is None or figure.value is None:
        return f"{label} 未知" + (f"：{figure.note.zh}" if figure is not None else "")
    value = " – ".join(plain(each) for each in dict.fromkeys((figure.value.lo, figure.value.hi)))
    said = [figure.place, period_words(figure.since, figure.until), figure.basket.zh, figure.source]
    where = f"{figure.file}:{figure.line}" if figure.file else "自报"
    return f"{label} {value} {figure.unit}｜{'｜'.join(filter(None, said))}｜{figure.confidence.value}｜{where}"


def _totals(comparison: Comparison) -> Iterator[str]:
    rows = [("每年合计", comparison.yearly)]
    if any(each.counted and each.item.per is Per.ONCE for each in comparison.lines):
        rows.append(("一次性合计", comparison.once))
    if comparison.profile.years > 1:
        rows.append((f"{comparison.profile.years} 年合计（价格不变）", comparison.over_years))
    for words, total in rows:
        yield f"{words}：{yuan(total.home)} / {yuan(total.host)}，差额 {yuan(total.difference)}"
    if comparison.left_out:
        names = [each.item.label.zh for each in comparison.lines if each.item.code in comparison.left_out]
        yield f"未计入合计（至少一边未知）：{'、'.join(names)}"


def _swings(swings: Iterable[Swing], home: str, host: str) -> Iterator[str]:
    sides = {"home": home, "host": host, "both": "两边"}
    listed = list(swings)[:SHOWN]
    if listed:
        yield "什么最影响差额（各 ±10%）："
    for each in listed:
        turn = "" if each.turns_at is None else f"；到 {plain(each.turns_at)} {each.unit} 时两边持平"
        yield f"  {sides[each.side]} {each.label.zh}：差额 {yuan(each.low)} … {yuan(each.high)}{turn}"
