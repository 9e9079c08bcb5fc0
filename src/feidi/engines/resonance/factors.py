"""The five factors explained: the values, what to ask, what would lift them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from feidi.engines.findings import Finding, Level, Scalar, refuse
from feidi.engines.resonance import intervals
from feidi.engines.resonance.intervals import Interval
from feidi.engines.resonance.model import Amount, FactorCode, Investor, Project, Window


@dataclass(frozen=True, slots=True)
class Found:
    """A factor before its exponent is known."""

    interval: Interval
    values: Mapping[str, Scalar]
    asks: tuple[str, ...]
    lift: Finding | None


def bound_share(*, multiple: float, contributed_fen: int, invested_there_fen: int, left_fen: int) -> float:
    """Return the share of a fund's money left that 返投 binds: (multiple × contributed − invested there) / left, in 0..1.

    Raises RefusedError when nothing is left, or a figure is below 0.

    >>> bound_share(multiple=1.5, contributed_fen=1000, invested_there_fen=500, left_fen=2000)
    0.5
    """
    if min(multiple, contributed_fen, invested_there_fen, left_fen) < 0:
        raise refuse("resonance.reinvestment_wrong")
    if left_fen == 0:
        raise refuse("resonance.nothing_left")
    return min(1.0, max(0.0, multiple * contributed_fen - invested_there_fen) / left_fen)


def factors(investor: Investor, project: Project, stages: Sequence[str]) -> dict[FactorCode, Found]:
    """Return every factor of a pair whose facts have been checked."""
    return {
        FactorCode.SECTOR: _sector(investor, project),
        FactorCode.STAGE: _stage(investor, project, stages),
        FactorCode.TICKET: _ticket(investor, project),
        FactorCode.REGION: _region(investor, project),
        FactorCode.WINDOW: _window(investor, project),
    }


def _found(interval: Interval, values: Mapping[str, Scalar], asks: Sequence[str], lift: Finding | None) -> Found:
    """What is decided asks nothing, whatever else is missing; what is full needs no lift."""
    decided = interval[0] == interval[1]
    return Found(interval, values, () if decided else tuple(asks), None if interval[1] == 1 else lift)


def _lift(code: str, **params: Scalar) -> Finding:
    return Finding(Level.NOTE, code, params)


def _sector(investor: Investor, project: Project) -> Found:
    ours, theirs = _weighted(investor.sectors), _weighted(project.sectors)
    asks = [f"{side}.sectors" for side, sectors in (("investor", ours), ("project", theirs)) if not sectors]
    missing = [each for each in theirs if each not in ours]
    lift = _lift("resonance.lift_sector", missing="、".join(missing)) if missing else None
    values = {"investor": "、".join(ours) or "?", "project": "、".join(theirs) or "?"}
    return _found(intervals.sector_interval(investor.sectors, project.sectors), values, asks, lift)


def _weighted(sectors: Mapping[str, float] | None) -> list[str]:
    return [sector for sector, weight in (sectors or {}).items() if weight > 0]


def _stage(investor: Investor, project: Project, stages: Sequence[str]) -> Found:
    ours = [each for each in stages if each in (investor.stages or ())]
    asks = [] if ours else ["investor.stages"]
    lift = None
    if project.stage is None:
        asks.append("project.stage")
    elif ours:
        at = stages.index(project.stage)
        lift = _lift("resonance.lift_stage", nearest=min(ours, key=lambda each: abs(stages.index(each) - at)))
    values = {"investor": "、".join(ours) or "?", "project": project.stage or "?"}
    return _found(intervals.stage_interval(investor.stages, project.stage, stages), values, asks, lift)


def _ticket(investor: Investor, project: Project) -> Found:
    ticket, ask = investor.ticket, project.ask
    interval = intervals.ticket_interval(ticket, ask)
    values = {"investor": amount_words(ticket), "project": amount_words(ask)}
    return _found(interval, values, _ticket_asks(ticket, ask), _ticket_lift(ticket, ask))


def _ticket_asks(ticket: Amount | None, ask: Amount | None) -> list[str]:
    asks = [] if ticket else ["investor.ticket"]
    asks += [] if ask else ["project.ask"]
    if ticket and ask and not intervals.comparable(ticket, ask):
        unknown = [
            f"{side}.currency" for side, amount in (("investor", ticket), ("project", ask)) if amount.currency is None
        ]
        return unknown or ["exchange_rate"]
    if ticket and None in (ticket.lo_fen, ticket.hi_fen):
        asks.append("investor.ticket")
    if ask and ask.lo_fen != ask.hi_fen:
        asks.append("project.ask")
    return asks


def _ticket_lift(ticket: Amount | None, ask: Amount | None) -> Finding | None:
    """What the best case still lacks: money beyond the largest cheque, or an ask as large as the smallest."""
    if ticket is None or ask is None or not intervals.comparable(ticket, ask):
        return None
    if ticket.lo_fen is not None and ask.hi_fen is not None and ask.hi_fen < ticket.lo_fen:
        least = Amount(ticket.lo_fen, ticket.lo_fen, ticket.currency)
        return _lift("resonance.lift_ticket_least", least=amount_words(least), least_fen=ticket.lo_fen)
    if ticket.hi_fen is not None and (ask.lo_fen or 0) > ticket.hi_fen:
        rest = (ask.lo_fen or 0) - ticket.hi_fen
        return _lift("resonance.lift_ticket_rest", rest=amount_words(Amount(rest, rest, ask.currency)), rest_fen=rest)
    return None


def amount_words(amount: Amount | None) -> str:
    """Return an amount in whole units with its currency; ? = not known.

    >>> amount_words(Amount(500_000_00, None)), amount_words(Amount(150, 150, None))
    ('500,000–? CNY', '1.50 ?')
    """
    if amount is None:
        return "?"
    ends = dict.fromkeys("?" if fen is None else _units(fen) for fen in (amount.lo_fen, amount.hi_fen))
    return f"{'–'.join(ends)} {amount.currency or '?'}"


def _units(fen: int) -> str:
    whole, rest = divmod(fen, 100)
    return f"{whole:,}.{rest:02}" if rest else f"{whole:,}"


def _region(investor: Investor, project: Project) -> Found:
    mandate, places = investor.mandate, project.places
    asks = [] if mandate and mandate.bound is not None and mandate.places else ["investor.mandate"]
    asks += [] if places is not None else ["project.places"]
    bound = mandate.bound if mandate else None
    ours = "、".join(sorted(mandate.places)) if mandate else ""
    values = {
        "investor": ours or "?",
        "project": "?" if places is None else "、".join(sorted(places)),
        "bound": "?" if bound is None else f"{bound:.0%}",
    }
    lift = _lift("resonance.lift_region", places=ours) if ours else None
    return _found(intervals.region_interval(mandate, places), values, asks, lift)


def _window(investor: Investor, project: Project) -> Found:
    ours, theirs = investor.window, project.window
    asks = [
        f"{side}.window"
        for side, window in (("investor", ours), ("project", theirs))
        if window is None or window.start is None or window.end is None
    ]
    values = {"investor": _days(ours), "project": _days(theirs)}
    lift = _lift("resonance.lift_window", window=_days(ours)) if ours else None
    return _found(intervals.window_interval(ours, theirs), values, asks, lift)


def _days(window: Window | None) -> str:
    if window is None:
        return "?"
    return "–".join("?" if each is None else each.isoformat() for each in (window.start, window.end))
