"""How the answer of 遴选 reads: chances with their range and source, what was chosen, what would make it so."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from feidi.domain.matching.selectors.choosing import (
    AREA,
    CHANCE,
    CONFIDENCE,
    COST,
    KEY_PROJECTS,
    Choice,
    Experience,
    Told,
    thin,
)
from feidi.domain.parties.models import Fact
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.engines.portfolio import Chance, CurvePoint, Portfolio
from feidi.kernel.messages import Words
from feidi.kernel.money.display import format_money
from feidi.portals.ui.pieces import Badge, Chart, Column, Row, Series

COLUMNS = [
    Column("name", gettext_lazy("项目"), lead=True),
    Column("stage", gettext_lazy("阶段")),
    Column("sector", gettext_lazy("行业")),
    Column("chance", gettext_lazy("落地把握"), numeric=True),
    Column("rests", gettext_lazy("依据")),
    Column("area", gettext_lazy("场地（㎡）"), numeric=True),
    Column("cost", gettext_lazy("培育费用"), numeric=True),
    Column("lacks", gettext_lazy("问清")),
]
_FACTS: dict[str, Words] = {
    "chance": gettext_lazy("落地把握"),
    "area": gettext_lazy("要占多少场地"),
    "cost": gettext_lazy("培育费用"),
    "sector": gettext_lazy("行业"),
}


def share(value: float | None) -> str:
    """Return a probability as a percentage; nothing known is a dash.

    >>> share(0.6667), share(None)
    ('66.7%', '—')
    """
    return "—" if value is None else f"{value * 100:.1f}%"


def spread(p: float, lo: float | None, hi: float | None) -> str:
    """Return a probability with its range, where it has one."""
    return (
        share(p)
        if lo is None or hi is None
        else _("{p}（{lo} 至 {hi}）").format(p=share(p), lo=share(lo), hi=share(hi))
    )


def chance_text(chance: Chance | None) -> str:
    """Return a chance; out of cases with how many."""
    if chance is None:
        return _("没人填")
    told = spread(chance.p, chance.lo, chance.hi)
    if chance.cases is None:
        return told
    return _("{told}，{n} 例中 {k} 例").format(told=told, n=chance.cases, k=chance.successes)


def rests_on(fact: Fact | None) -> str:
    """Return on what a fact rests, who said it and when."""
    if fact is None:
        return ""
    day = fact.recorded_at.astimezone(SHANGHAI).date().isoformat()
    return _("{note}（{who}，{day}）").format(note=fact.source_note, who=fact.recorded_by, day=day)


def _rests(told: Told) -> str:
    if told.trial:
        return _("试算用的假设，没有人这样估计过")
    lines = [rests_on(told.facts.get(code)) for code in (CHANCE, AREA, COST)]
    read = [_("场地读自项目的用房需求“{text}”").format(text=told.project.office_need)] if told.area_read else []
    return "；".join(dict.fromkeys(each for each in [*lines, *read] if each))


def rows_of(told: Sequence[Told], choice: Choice | None, *, may_edit: bool) -> list[Row]:
    """Return the candidates, the chosen marked; each leads to where its facts are written down."""
    chosen = set(choice.portfolio.chosen) if choice else set()
    asks: dict[str, list[str]] = {}
    for ask in choice.portfolio.asks if choice else ():
        asks.setdefault(ask.id, []).append(str(_FACTS[ask.fact]))
    return [_row(each, chosen, asks.get(each.key, []), may_edit=may_edit) for each in told]


def _row(told: Told, chosen: set[str], lacks: Sequence[str], *, may_edit: bool) -> Row:
    project = told.project
    badges = [Badge(_("选中"), "ok", "check")] if told.key in chosen else []
    if told.trial:
        badges.append(Badge(_("试算"), "mark"))
    page = "console:choosing:chance_state" if may_edit else "console:pipeline:project_view"
    return Row(
        cells={
            "name": f"{project.code} {project.name}",
            "stage": project.get_talks_stage_display(),
            "sector": told.sector,
            "chance": chance_text(told.chance),
            "rests": _rests(told),
            "area": f"{told.area:g}" if told.area is not None else None,
            "cost": format_money(told.cost.fen, told.cost.currency) if told.cost else None,
            "lacks": "；".join(lacks),
        },
        url=reverse(page, args=[project.uid]),
        uid=project.uid,
        badges=badges,
    )


def said_of(portfolio: Portfolio) -> str:
    """Return the answer in one sentence."""
    aim = portfolio.aim
    told = spread(portfolio.probability, portfolio.probability_lo, portfolio.probability_hi)
    if portfolio.met:
        text = _("选这 {n} 个，至少落地 {least} 个的把握是 {told}，达到 {aim}。")
    else:
        text = _("达不到：在这些限制下最好的 {n} 个，至少落地 {least} 个的把握只有 {told}，低于 {aim}。")
    return text.format(n=len(portfolio.chosen), least=aim.at_least, told=told, aim=share(aim.confidence))


def facts_of(portfolio: Portfolio) -> list[tuple[str, object]]:
    """Return what the choice uses and what it is expected to give."""
    found: list[tuple[str, object]] = [
        (_("预期落地"), _("{n} 个").format(n=f"{portfolio.expected:.2f}")),
        (_("占用场地"), f"{portfolio.area:g} ㎡" if portfolio.area is not None else _("未知")),
    ]
    if portfolio.cost is not None:
        found.append((_("培育费用"), format_money(portfolio.cost.fen, portfolio.cost.currency)))
    return found


def distribution_of(portfolio: Portfolio) -> Chart:
    """Return how probable each number of landings is."""
    return Chart(
        "bar",
        _("恰好落地几个的把握"),
        categories=[str(at) for at in range(len(portfolio.distribution))],
        series=[Series(_("把握（%）"), [round(each * 100, 1) for each in portfolio.distribution])],
        unit="%",
    )


def curve_of(points: Sequence[CurvePoint], title: str, unit: str) -> Chart | None:
    """Return a curve with its range; None when there is nothing to draw. A range that is not known is a gap."""
    if not points:
        return None
    series = [Series(_("把握（%）"), [_percent(each.probability) for each in points])]
    # choosing nobody has a range of its own, which is no range of anything
    if any(each.chosen and each.probability_lo is not None for each in points):
        series.append(Series(_("最低"), [_percent(each.probability_lo) for each in points]))
        series.append(Series(_("最高"), [_percent(each.probability_hi) for each in points]))
    return Chart("line", title, [f"{each.limit:g}{unit}" for each in points], series, unit="%")


def _percent(value: float | None) -> float | None:
    return None if value is None else round(value * 100, 1)


def thin_text() -> str:
    """Return what 6 key projects can carry: 3 to 5 results ask more of each than few projects have."""
    needed = "；".join(
        _("至少 {least} 个要每个不低于 {p}").format(least=least, p=share(p)) for least, p in thin() if p is not None
    )
    return _(
        "{n} 个重点培育项目对 3—5 个成果来说偏少：要有 {aim} 的把握，{needed}。把握达不到，就要多培育几个，或把每个的把握做实。"
    ).format(n=KEY_PROJECTS, aim=f"{CONFIDENCE:.0%}", needed=needed)


def experience_text(experience: Experience) -> str:
    """Return what the outpost's own cases say, and that they are few."""
    if not experience.decided:
        return _("本驻点还没有到过重点培育、已见分晓的项目，没有自己的案例可比。")
    return _("本驻点到过重点培育、已见分晓的 {n} 个项目中，{k} 个经核验落地。").format(
        n=experience.decided, k=experience.landed
    )
