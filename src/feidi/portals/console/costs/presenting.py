"""From a comparison to what the components draw."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from feidi.engines.costing import (
    FIGURES,
    PROFILE,
    Comparison,
    Confidence,
    Figure,
    Line,
    Per,
    Place,
    Range,
    Side,
    Swing,
    period_words,
    whole_fen,
)
from feidi.engines.costing.beware import plain
from feidi.engines.costing.figures import Use
from feidi.engines.findings import Finding, Level
from feidi.engines.money import MoneyText
from feidi.kernel.messages import text_of
from feidi.kernel.money.display import format_money_text
from feidi.portals.console.lists import chat_lines
from feidi.portals.console.words import say
from feidi.portals.ui.pieces import Badge, Chart, Series, Tone

#: So many of the strongest influences are shown.
SWINGS: Final = 10
#: These may turn the conclusion round; the others are worth knowing.
_WEIGHTY: Final = frozenset(
    f"costing.{each}" for each in ("different_years", "different_baskets", "low_confidence", "missing", "below_minimum")
)
_TURNING: Final = frozenset(f"costing.{each}" for each in ("different_years", "different_baskets", "laboratory"))
_BESIDE: Final = frozenset({"costing.missing", "costing.not_said"})
_TONES: Final[dict[Confidence, Tone]] = {
    Confidence.HIGH: "ok",
    Confidence.MEDIUM: "info",
    Confidence.LOW: "warn",
    Confidence.STATED: "mark",
}


def money_of(value: Range | None) -> MoneyText | None:
    """Return an amount as the components show it; None when not known."""
    return None if value is None else MoneyText("", whole_fen(value.lo), whole_fen(value.hi), "CNY")


def money_words(value: Range | None) -> str:
    """Return an amount in words, exact."""
    shown = money_of(value)
    return _("未知") if shown is None else format_money_text(shown, reading=False)


def confidence_words(confidence: Confidence) -> str:
    """Return how far a figure can be trusted."""
    return {
        Confidence.HIGH: _("可信度高"),
        Confidence.MEDIUM: _("可信度中"),
        Confidence.LOW: _("可信度低"),
        Confidence.STATED: _("自报"),
    }[confidence]


def tone_of(figure: Figure) -> Tone:
    """Return the tone of a figure's confidence."""
    return _TONES[figure.confidence]


def value_words(figure: Figure) -> str:
    """Return value and unit of a figure, as written."""
    if figure.value is None:
        return _("未知")
    ends = " – ".join(plain(each) for each in dict.fromkeys((figure.value.lo, figure.value.hi)))
    return f"{ends}{figure.unit}" if figure.unit == "%" else f"{ends} {figure.unit}"


@dataclass(frozen=True, slots=True)
class Source:
    """One figure that an amount rests on, with the address of its source row."""

    label: str
    value: str
    about: str
    url: str
    badge: Badge | None
    beside: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """One side of an item."""

    place: str
    amount: MoneyText | None
    missing: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """One item."""

    code: str
    label: str
    per: str
    cells: tuple[Cell, Cell]
    difference: MoneyText | None
    exact: str
    same: bool
    counted: bool
    remarks: tuple[Finding, ...]
    granted: tuple[str, ...] = ()


def items_of(comparison: Comparison) -> list[Shown]:
    """Return every item with both sides."""
    return [_item(each, comparison) for each in comparison.lines]


def per_words(line: Line) -> str:
    """Return whether an item comes back every year."""
    return _("每年") if line.item.per is Per.YEAR else _("一次性")


def _item(line: Line, comparison: Comparison) -> Shown:
    as_of = comparison.as_of
    cells = (_cell(line.home, comparison.home, as_of), _cell(line.host, comparison.host, as_of))
    return Shown(
        line.item.code,
        say(line.item.label),
        per_words(line),
        cells,
        money_of(line.difference),
        money_words(line.difference),
        line.same,
        line.counted,
        weighed(line.remarks),
        tuple(_granted(line, comparison)),
    )


def _granted(line: Line, comparison: Comparison) -> Iterable[str]:
    for place, side in ((comparison.home, line.home), (comparison.host, line.host)):
        for each in side.subsidies:
            amount = MoneyText("", each.lo_fen, each.hi_fen, "CNY")
            words = _("{place} {clause}：{amount}").format(
                place=say(place.name), clause=each.clause, amount=format_money_text(amount)
            )
            yield words + _("（最高，不计入）") if each.amount is None else words


def weighed(remarks: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return remarks as the component draws them: what may turn the conclusion round is marked."""
    return tuple(replace(each, level=Level.PROBLEM) if each.code in _WEIGHTY else each for each in remarks)


def missing_words(side: Side) -> str:
    """Return for want of what an amount is not known."""
    return "、".join(say(FIGURES[code].label if code in FIGURES else PROFILE[code]) for code in side.missing)


def _cell(side: Side, place: Place, as_of: date) -> Cell:
    sources = [_source(use.figure, place, as_of) for use in side.uses if use.figure is not None]
    sources += [replace(_source(each, place, as_of), beside=True) for use in side.uses for each in use.others]
    sources += [_nobody(use) for use in side.uses if use.figure is None]
    return Cell(say(place.name), money_of(side.amount), missing_words(side), tuple(sources))


def _nobody(use: Use) -> Source:
    return Source(say(FIGURES[use.code].label), _("未知"), _("没有任何一级地方写过这个数字"), "", None)


def _source(figure: Figure, place: Place, as_of: date) -> Source:
    known = figure.value is not None and figure.confidence is not Confidence.STATED
    parts = [period_words(figure.since, figure.until), say(figure.basket), figure.source] if known else []
    where = [] if figure.confidence is Confidence.STATED else [say(place.called(figure.place))]
    badge = None
    if figure.value is not None:
        badge = Badge(confidence_words(figure.confidence), tone_of(figure))
    return Source(
        say(figure.definition.label),
        value_words(figure),
        "｜".join(each for each in (*where, *parts, say(figure.note)) if each),
        figure_url(figure, as_of) if figure.file else "",
        badge,
    )


def figure_url(figure: Figure, as_of: date) -> str:
    """Return the address of a figure's source row."""
    asked = urlencode({"place": figure.place, "as_of": as_of.isoformat()})
    return f"{reverse('console:costs:figure_list')}?{asked}#{row_id(figure)}"


def row_id(figure: Figure) -> str:
    """Return the id of a figure's row on the page of figures."""
    return f"{figure.place}-{figure.file.removeprefix('costs/').removesuffix('.yaml')}-{figure.line}"


def chart_of(comparison: Comparison) -> Chart:
    """Return both sides by item in yuan, intervals by their middle; an unknown is a gap. Bars open their item."""
    lines = [each for each in comparison.lines if each.home.amount is not None or each.host.amount is not None]
    wide = any(
        amount is not None and not amount.is_point for each in lines for amount in (each.home.amount, each.host.amount)
    )
    return Chart(
        kind="bars",
        title=_("两边成本（元；区间取中点）") if wide else _("两边成本（元）"),
        categories=[f"{say(each.item.label)}（{per_words(each)}）" for each in lines],
        series=[
            Series(say(comparison.home.name), [_middle(each.home.amount) for each in lines]),
            Series(say(comparison.host.name), [_middle(each.host.amount) for each in lines]),
        ],
        unit=_("元"),
        urls=[f"#item-{each.item.code}" for each in lines],
    )


def _middle(value: Range | None) -> float | None:
    return None if value is None else whole_fen((value.lo + value.hi) / 2) / 100


@dataclass(frozen=True, slots=True)
class Total:
    """One row of totals."""

    label: str
    home: MoneyText | None
    host: MoneyText | None
    difference: MoneyText | None


def totals_of(comparison: Comparison) -> list[Total]:
    """Return the totals: a year, once (where something is), all the years."""
    if not any(each.counted for each in comparison.lines):
        return []
    rows = [(_("每年合计"), comparison.yearly)]
    if any(each.counted and each.item.per is Per.ONCE for each in comparison.lines):
        rows.append((_("一次性合计"), comparison.once))
    if len(rows) > 1 or comparison.profile.years > 1:
        words = _("{n} 年合计（价格不变）").format(n=comparison.profile.years)
        rows.append((words, comparison.over_years))
    return [Total(words, *map(money_of, (each.home, each.host, each.difference))) for words, each in rows]


def left_out_words(comparison: Comparison) -> str:
    """Return the names of the items that are in no total."""
    return "、".join(say(each.item.label) for each in comparison.lines if each.item.code in comparison.left_out)


@dataclass(frozen=True, slots=True)
class Influence:
    """One row of what the difference hangs on."""

    what: str
    now: str
    low: MoneyText | None
    high: MoneyText | None
    turns_at: str


def influences_of(comparison: Comparison, swings: Sequence[Swing]) -> list[Influence]:
    """Return the strongest influences on the difference."""
    sides = {"home": say(comparison.home.name), "host": say(comparison.host.name), "both": _("两边")}
    found = []
    for each in swings[:SWINGS]:
        now = " – ".join(plain(end) for end in dict.fromkeys((each.value.lo, each.value.hi)))
        turn = "" if each.turns_at is None else f"{plain(each.turns_at)} {each.unit}"
        what = f"{sides[each.side]} {say(each.label)}"
        found.append(Influence(what, f"{now} {each.unit}", money_of(each.low), money_of(each.high), turn))
    return found


def chat_of(comparison: Comparison) -> str:
    """Return the comparison as lines for a chat message; the warning about years is never left out."""
    home, host = say(comparison.home.name), say(comparison.host.name)
    head = _("【成本测算】{name}{host}比{home}，截至{day}").format(
        name=f"{comparison.profile.name}：" if comparison.profile.name else "",
        host=host,
        home=home,
        day=comparison.as_of,
    )
    lines = [_("年份不同的数字不能当作同一时点的差距。")] if _has(comparison, "costing.different_years") else []
    lines += [f"{each.label}{_('差额')}：{_signed(each.difference)}" for each in totals_of(comparison)]
    lines += [
        f"{say(each.item.label)}：{_signed(money_of(each.difference))}" for each in comparison.lines if each.counted
    ]
    if comparison.left_out:
        lines.append(_("未计入（至少一边未知）：{items}").format(items=left_out_words(comparison)))
    return chat_lines(head, lines)


def _has(comparison: Comparison, code: str) -> bool:
    return any(each.code == code for line in comparison.lines for each in line.remarks)


def _signed(value: MoneyText | None) -> str:
    return _("未知") if value is None else format_money_text(value)


def remarks_of(comparison: Comparison) -> tuple[list[str], list[str]]:
    """Return the warnings in words, each once: those that may turn the conclusion round, and the others.

    What is missing is left out: it stands beside each amount.
    """
    found = [*comparison.remarks, *(each for line in comparison.lines for each in line.remarks)]
    said = {text_of(each): each.code for each in found if each.code not in _BESIDE}
    first = [words for words, code in said.items() if code in _TURNING]
    return first, [words for words in said if words not in first]
