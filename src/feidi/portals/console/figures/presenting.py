"""From figures to what the components draw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from feidi.domain.pipeline.enums import Stage
from feidi.domain.pipeline.selectors.projects import NO_PLAQUE
from feidi.domain.reporting.figure_texts import (
    apart_text,
    beside_text,
    growth_text,
    pot_money,
    progress_text,
    ratio_text,
    said,
    source_text,
    value_text,
    window_text,
)
from feidi.domain.reporting.selectors.definitions import standing_of
from feidi.domain.reporting.selectors.figures import figures_of, funnel_for, last_year, trend_for, words_for
from feidi.domain.reporting.selectors.figures_targets import Task, progress_of, tasks_for
from feidi.engines.measures import Count, Figure, Step, chain_of
from feidi.engines.money import MoneyText
from feidi.kernel.content.library import read
from feidi.kernel.documents.office.chat_text import ChatFigure, chat_text
from feidi.kernel.money.display import format_money_text
from feidi.portals.console.figures.lens import Lens, week_of, year_of
from feidi.portals.console.words import say_pair
from feidi.portals.ui.pieces import Chart, Series

TREND = ("lead_on", "contract_on", "verified_on")
_PUBLISHED = ("talked", "inspected", "key")


@dataclass(frozen=True, slots=True)
class Tile:
    """One figure at a glance; it opens its rows."""

    label: str
    value: str | MoneyText
    as_of: date
    url: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One figure with its definition, for the list of all."""

    label: str
    value: str
    beside: str
    apart: str
    formula: str
    window: str
    source: str
    url: str
    as_of: date
    apart_urls: tuple[tuple[str, str], ...] = ()
    #: By which signed version both sides agreed to it; empty where they have not, or it has changed since.
    confirmed: str = ""


@dataclass(frozen=True, slots=True)
class FiveWord:
    """One of the five words: three numbers, each with its rows."""

    label: str
    cells: tuple[tuple[int, str], ...]


def word_label(word: str) -> str:
    """Return one of the officials' five words."""
    return {
        "talking": _("在谈"),
        "signed": _("签约"),
        "registered": _("注册"),
        "started": _("开工"),
        "producing": _("投产"),
    }[word]


def tiles_of(lens: Lens) -> list[Tile]:
    """Return six figures. Task and comparison with last year only where the running year is looked at."""
    view, as_of = lens.view, lens.view.as_of
    leads, talking = figures_of(replace(view, period=week_of(as_of)), ("K01",))[0], words_for(view)[0]
    signed, verified, followed = figures_of(view, ("K08", "K14", "K05"))
    before = {each.code: each for each in figures_of(last_year(view), ("K08", "K14"))} if lens.of_this_year else {}
    tasks = tasks_for(lens.outposts, as_of) if lens.has_task else {}
    return [
        Tile(_("本周新增线索"), value_text(leads), as_of, _week_rows(lens, as_of)),
        Tile(_("在谈"), f"{len(talking.standing):,}{_('个')}", as_of, rows_url(lens, "word", "talking", "standing")),
        Tile(_("签约"), value_text(signed), as_of, rows_url(lens, "figure", "K08"), _notes(signed, before, tasks)),
        Tile(_("签约额"), _sum_of(signed), as_of, rows_url(lens, "figure", "K08", "sums"), _other_sums(signed)),
        Tile(
            _("核实落地"), value_text(verified), as_of, rows_url(lens, "figure", "K14"), _notes(verified, before, tasks)
        ),
        Tile(_("跟进及时率"), value_text(followed), as_of, rows_url(lens, "figure", "K05"), beside_text(followed)),
    ]


def card_lines(lens: Lens) -> list[tuple[str, str]]:
    """Return the six figures as lines of a picture: value, and what is said beside it."""
    found = []
    for tile in tiles_of(lens):
        value = tile.value if isinstance(tile.value, str) else format_money_text(tile.value)
        found.append((tile.label, "　".join(part for part in (value, tile.note) if part)))
    return found


def chat_of(lens: Lens) -> str:
    """Return the figures of the running year as lines for a chat group, at most 300 characters."""
    view, as_of = lens.view, lens.view.as_of
    codes = {"K01": _("登记线索"), "K08": _("签约"), "K14": _("核实落地")}
    year = {each.code: each for each in figures_of(replace(view, period=year_of(as_of)), tuple(codes))}
    week = {each.code: each for each in figures_of(replace(view, period=week_of(as_of)), tuple(codes))}
    tasks = {} if view.plaque else tasks_for(lens.outposts, as_of)
    lines = [
        ChatFigure(
            label=label,
            value=year[code].numerator,
            unit=_("个"),
            target=tasks[code].floor if code in tasks else None,
            added=week[code].numerator,
        )
        for code, label in codes.items()
    ]
    whose = [lens.outposts[0].short_name] if len(lens.outposts) == 1 else []
    named = " · ".join([*whose, *filter(None, [lens.plaque_name])])
    opening = f"【{named}】" if named else ""
    return chat_text(opening=opening, as_of=as_of, figures=lines).text


def _week_rows(lens: Lens, as_of: date) -> str:
    week = week_of(as_of)
    keep = {"outpost": str(lens.outposts[0].pk)} if len(lens.outposts) == 1 else {}
    keep |= {"plaque": lens.view.plaque} if lens.view.plaque else {}
    asked = replace(lens, query="")
    return asked.address(
        "figure_rows", span="own", since=week.start.isoformat(), until=as_of.isoformat(), as_of=as_of.isoformat(),
        kind="figure", code="K01", **keep,
    )  # fmt: skip


def _notes(figure: Figure, before: dict[str, Figure], tasks: dict[str, Task]) -> str:
    task, old = tasks.get(figure.code), before.get(figure.code)
    parts = []
    if task is not None and figure.value is not None and figure.as_of is not None:
        parts.append(progress_text(progress_of(task, int(figure.value), figure.as_of)))
    if old is not None:
        parts.append(growth_text(figure.value, old.value))
    return "；".join(part for part in parts if part)


def _sum_of(figure: Figure) -> str | MoneyText:
    main = next((pot for pot in figure.sums if pot.currency == "CNY"), None)
    return pot_money(main) if main else MoneyText("", 0, 0, "CNY")


def _other_sums(figure: Figure) -> str:
    others = [pot for pot in figure.sums if pot.currency != "CNY"]
    return _("另有{sums}").format(sums=beside_text(replace(figure, sums=tuple(others)))) if others else ""


def rows_url(lens: Lens, kind: str, code: str, part: str = "rows") -> str:
    """Return the address of the rows behind a number."""
    more = {} if part == "rows" else {"part": part}
    return lens.address("figure_rows", kind=kind, code=code, **more)


def words_of(lens: Lens) -> list[FiveWord]:
    """Return the five words: standing or ever, in the period, this week."""
    now, week = words_for(lens.view), words_for(replace(lens.view, period=week_of(lens.view.as_of)))
    return [
        FiveWord(
            word_label(each.word),
            (
                (len(each.standing), rows_url(lens, "word", each.word, "standing")),
                (len(each.keys), rows_url(lens, "word", each.word)),
                (len(this.keys), ""),
            ),
        )
        for each, this in zip(now, week, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class PlaqueLine:
    """One plaque's share: each number opens its rows."""

    label: str
    url: str
    cells: tuple[tuple[str | MoneyText, str], ...]


def plaque_lines(lens: Lens) -> list[PlaqueLine]:
    """Return the figures of each plaque, of what belongs to none, and of all."""
    named = [*lens.plaques, (NO_PLAQUE, _("未归牌子")), ("", _("合计（每个项目一次）"))]
    return [_plaque_line(lens, code, label) for code, label in named]


def _plaque_line(lens: Lens, code: str, label: str) -> PlaqueLine:
    asked = "&".join(part for part in lens.query.split("&") if part and not part.startswith("plaque="))
    query = "&".join(part for part in (asked, urlencode({"plaque": code}) if code else "") if part)
    mine = replace(lens, view=replace(lens.view, plaque=code), query=query)
    leads, signed, verified = figures_of(mine.view, ("K01", "K08", "K14"))
    talking = words_for(mine.view)[0]
    cells: tuple[tuple[str | MoneyText, str], ...] = (
        (value_text(leads), rows_url(mine, "figure", "K01")),
        (f"{len(talking.standing):,}{_('个')}", rows_url(mine, "word", "talking", "standing")),
        (value_text(signed), rows_url(mine, "figure", "K08")),
        (_sum_of(signed), rows_url(mine, "figure", "K08", "sums")),
        (value_text(verified), rows_url(mine, "figure", "K14")),
    )
    return PlaqueLine(label, mine.address("figure_overview"), cells)


def funnel_chart(lens: Lens) -> Chart:
    """Return the funnel; each bar opens its rows, bounds carry ≤ or ≥."""
    steps = funnel_for(lens.view, openings=lens.openings)
    return Chart(
        kind="funnel",
        title=_("漏斗：本期线索走到了哪一步（含期初）") if lens.openings else _("漏斗：本期线索走到了哪一步"),
        categories=[Stage(each.stage).label for each in steps],
        series=[Series(_("项目数"), [each.count.n for each in steps])],
        unit=_("个"),
        urls=[rows_url(lens, "step", each.stage) for each in steps],
        texts=[count_text(each.count) for each in steps],
        notes=[_step_note(each) for each in steps],
        notes_label=_("转化"),
    )


def count_text(count: Count) -> str:
    """Return ≥ 100 or 100."""
    return f"≥ {count.n:,}" if count.at_least else f"{count.n:,}"


def _step_note(step: Step) -> str:
    if step.of_last is None:
        return ""
    return _("占上一阶段 {last}，占线索 {first}").format(last=ratio_text(step.of_last), first=ratio_text(step.of_first))


def trend_chart(lens: Lens) -> Chart:
    """Return leads, contracts and verified landings of the last twelve months."""
    months, counts = trend_for(lens.view, TREND)
    names = (_("新增线索"), _("签约"), _("核验通过"))
    return Chart(
        kind="line",
        title=_("近十二个月（当月按截至日计）"),
        categories=[f"{each.start:%Y-%m}" for each in months],
        series=[Series(name, values) for name, values in zip(names, counts, strict=True)],
        unit=_("个"),
    )


def lines_of(lens: Lens, figures: Sequence[Figure]) -> list[Line]:
    """Return every figure with its definition, and what both sides have signed of it."""
    stands = [standing_of(each) for each in lens.outposts]
    agreed = stands[0] if len(stands) == 1 and stands[0].signed else None
    words = (
        _("口径已由双方确认：第 {n} 版（{day}）").format(n=agreed.signed.revision, day=agreed.signed_on)
        if agreed and agreed.signed
        else ""
    )
    return [
        replace(_line(lens, each), confirmed="" if agreed and each.code in agreed.changed else words)
        for each in figures
    ]


def _line(lens: Lens, figure: Figure) -> Line:
    definition = figure.definition
    apart = [(len(figure.opening), "opening", _("期初 {n} 个")), (len(figure.forced), "forced", _("强制推进 {n} 个"))]
    return Line(
        label=said(definition.label),
        value=value_text(figure),
        beside=beside_text(figure),
        apart=apart_text(figure),
        formula=said(definition.formula),
        window=window_text(definition),
        source=source_text(definition),
        url=rows_url(lens, "figure", figure.code),
        as_of=lens.view.as_of,
        apart_urls=tuple(
            (words.format(n=n), rows_url(lens, "figure", figure.code, part)) for n, part, words in apart if n
        ),
    )


@dataclass(frozen=True, slots=True)
class Published:
    """One number that was said in public, with what it means against the one before."""

    label: str
    count: str
    of_last: str
    as_of: date


def published_of(lens: Lens) -> list[Published]:
    """Return the funnel that the press reported (at least 100 → 20 → 6), when content has one and one home is seen."""
    homes = {each.home.code for each in lens.outposts}
    if len(homes) != 1:
        return []
    facts: dict[str, Any] = {
        each["code"]: each for each in read(homes.pop(), "enclave/enclave.yaml", on=None).data["published_facts"]
    }
    said_in_order = [facts[code] for code in _PUBLISHED if code in facts]
    if len(said_in_order) < len(_PUBLISHED):
        return []
    counts = [Count(each["value"], at_least=each["qualifier"] == "at_least") for each in said_in_order]
    ratios = [None, *chain_of(counts)]
    return [
        Published(say_pair(**fact["label"]), count_text(count), ratio_text(ratio), fact["as_of"])
        for fact, count, ratio in zip(said_in_order, counts, ratios, strict=False)
    ]
