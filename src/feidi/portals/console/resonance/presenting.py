"""How a pair reads: its interval, each factor in words, the questions, what one fact would lift."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from feidi.domain.matching.selectors.resonance import Backer, Pair, Seeker, explain
from feidi.engines.findings import Finding, Level
from feidi.engines.resonance import Factor, FactorCode, Resonance, State
from feidi.kernel.messages import Words, fix_of, text_of
from feidi.portals.ui.pieces import Badge, Column, Row, Tone

FACTORS: dict[FactorCode, Words] = {
    FactorCode.SECTOR: gettext_lazy("行业"),
    FactorCode.STAGE: gettext_lazy("轮次"),
    FactorCode.TICKET: gettext_lazy("金额"),
    FactorCode.REGION: gettext_lazy("地域与返投"),
    FactorCode.WINDOW: gettext_lazy("时间"),
}
COLUMNS = [
    Column("investor", gettext_lazy("投资方"), lead=True, sortable=True),
    Column("project", gettext_lazy("项目"), sortable=True),
    Column("score", gettext_lazy("共振（0–100）"), sortable=True, numeric=True),
    *(Column(code.value, label, numeric=True) for code, label in FACTORS.items()),
    Column("asks", gettext_lazy("问清")),
    Column("lift", gettext_lazy("补上哪一项能提高多少")),
]
STATES: dict[State, tuple[Words, Tone]] = {
    State.YES: (gettext_lazy("已能判断"), "ok"),
    State.POSSIBLE: (gettext_lazy("问清后可判断"), "warn"),
    State.NO: (gettext_lazy("有一项为零"), "quiet"),
}
_ASKS: dict[str, Words] = {
    "investor.sectors": gettext_lazy("投资方看哪些行业"),
    "investor.stages": gettext_lazy("投资方投哪几轮"),
    "investor.ticket": gettext_lazy("投资方单笔投多少"),
    "investor.currency": gettext_lazy("投资方用什么币种"),
    "investor.mandate": gettext_lazy("投资方的地域要求和剩余资金的返投比例"),
    "investor.window": gettext_lazy("投资方什么时候能投"),
    "project.sectors": gettext_lazy("项目属于哪个行业"),
    "project.stage": gettext_lazy("项目在哪一轮"),
    "project.ask": gettext_lazy("项目要多少钱"),
    "project.currency": gettext_lazy("项目要什么币种"),
    "project.places": gettext_lazy("项目打算落在哪里"),
    "project.window": gettext_lazy("项目什么时候用钱"),
    "exchange_rate": gettext_lazy("两边币种不同，按什么汇率谈"),
}


def percent(lo: float, hi: float) -> str:
    """Return an interval of 0..1 as 0–100; one number where both ends are the same.

    >>> percent(0.25, 0.25), percent(0, 1)
    ('25', '0–100')
    """
    low, high = f"{lo * 100:.0f}", f"{hi * 100:.0f}"
    return low if low == high else f"{low}–{high}"


def state_of(pair: Pair) -> State:
    """Return whether a pair can be, may be, or cannot be."""
    if pair.hi <= 0:
        return State.NO
    return State.YES if pair.lo > 0 else State.POSSIBLE


def asks_of(codes: Iterable[str]) -> str:
    """Return what is to be asked, as one line."""
    return "；".join(str(_ASKS.get(code, code)) for code in codes)


def lifts_of(told: Resonance) -> list[str]:
    """Return what would lift the score, the largest lift first; only what lifts it at all."""
    found = [each for each in told.factors if each.lift is not None and each.lifted is not None]
    found = [each for each in found if (each.lifted or 0) > told.hi + 1e-9]
    return [
        _("{what}补上后最高 {score}").format(what=text_of(each.lift).rstrip("。") + "，", score=f"{(each.lifted or 0) * 100:.0f}")
        for each in sorted(found, key=lambda each: -(each.lifted or 0))
        if each.lift
    ]  # fmt: skip


def pair_url(backer: Backer, seeker: Seeker) -> str:
    """Return the address of one pair."""
    query = urlencode({"investor": backer.profile.uid, "project": seeker.key})
    return f"{reverse('console:resonance:pair_view')}?{query}"


def investor_name(backer: Backer) -> str:
    """Return who would invest, with its number."""
    profile = backer.profile
    return f"{profile.organization or profile.title}（{profile.number}）"


def seeker_name(seeker: Seeker) -> str:
    """Return who seeks money, with its number."""
    if seeker.profile is not None:
        return f"{seeker.name}（{seeker.profile.number}）"
    return f"{seeker.name}（{seeker.project.code}）" if seeker.project else seeker.name


def rows_of(pairs: Sequence[Pair]) -> list[Row]:
    """Return pairs as list rows, each with its factors."""
    return [_row(each) for each in pairs]


def _row(pair: Pair) -> Row:
    told = explain(pair.backer, pair.seeker)
    word, tone = STATES[told.state]
    return Row(
        cells={
            "investor": investor_name(pair.backer),
            "project": seeker_name(pair.seeker),
            "score": percent(told.lo, told.hi),
            **{factor.code.value: percent(factor.lo, factor.hi) for factor in told.factors},
            "asks": asks_of(told.asks),
            "lift": "；".join(lifts_of(told)[:1]),
        },
        url=pair_url(pair.backer, pair.seeker),
        badges=[Badge(word, tone)],
        tone="quiet" if told.state is State.NO else "",
    )


def factors_of(told: Resonance) -> list[dict[str, Any]]:
    """Return each factor: its interval, the values it comes from, what to ask, what would bring it to 1."""
    return [_factor(each) for each in told.factors]


def _factor(factor: Factor) -> dict[str, Any]:
    said = Finding(Level.NOTE, f"resonance.factor_{factor.code.value}", factor.values)
    return {
        "name": FACTORS[factor.code],
        "interval": percent(factor.lo, factor.hi),
        "hi": f"{factor.hi * 100:.0f}",
        "said": text_of(said),
        "asks": asks_of(factor.asks),
        "lift": text_of(factor.lift) if factor.lift else "",
        "fix": fix_of(factor.lift) if factor.lift else "",
        "lifted": f"{factor.lifted * 100:.0f}" if factor.lifted is not None else "",
    }
