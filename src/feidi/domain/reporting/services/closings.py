"""关账: freeze the figures of a period that is over; and the outpost's choice of figures in daily use."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.models import Outpost
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.reporting.models import ClosedPeriod, IndicatorChoice
from feidi.domain.reporting.selectors.closings import KIND, definition_digests, digest_of, find_closing, frozen_of
from feidi.domain.reporting.selectors.figures import View
from feidi.domain.reporting.selectors.indicator_choice import SIX, TWELVE, chosen_for
from feidi.domain.reporting.selectors.indicators import indicators_for
from feidi.engines.findings import refuse
from feidi.engines.measures import INDICATORS, last_day, named_period
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded

CLOSE: Final = "report.close"
ISSUE: Final = "report.issue"
CHOICE: Final = "reporting.indicator_choice"
_NOTE, _LABEL = 300, 160


def close_period(*, actor: Actor, now: datetime, outpost: Outpost, period: str, note: str = "") -> ClosedPeriod:
    """Freeze every figure of a year, quarter or month as of its last day.

    Refused: a name that cannot be read, a period that is not over, one that is closed.
    """
    require(actor, CLOSE, outpost_scope(outpost.pk))
    try:
        days = named_period(period)
    except ValueError:
        raise refuse("indicators.period_unreadable", period=period) from None
    today, last = now.astimezone(SHANGHAI).date(), last_day(days)
    if last >= today:
        raise refuse("indicators.period_open", period=period, last=last.isoformat(), today=today.isoformat())
    with recorded(actor=actor, now=now) as unit:
        Outpost.objects.select_for_update(of=("self",)).get(pk=outpost.pk)  # a period is closed once
        if find_closing((outpost.pk,), days) is not None:
            raise refuse("indicators.period_closed", period=period)
        found = indicators_for(View((outpost.pk,), days, last))
        figures = {each.code: frozen_of(each.reading) for each in found}
        row = ClosedPeriod.objects.create(
            outpost=outpost,
            period=period.strip().upper().replace("-Q", "Q"),
            starts_on=days.start,
            ends_on=last,
            figures=figures,
            definitions=definition_digests(),
            sha256=digest_of(figures),
            note=note.strip()[:_NOTE],
            closed_by=actor.label[:_LABEL],
            closed_on=today,
            created_at=now,
        )
        unit.created(row, kind=KIND)
    return row


def choose_indicators(
    *, actor: Actor, now: datetime, outpost: Outpost, codes: Sequence[str], tiles: Sequence[str], seen: int
) -> IndicatorChoice:
    """Put the outpost's next choice of figures into daily use. ``seen``: the version that the editor had before them.

    Refused: a figure that does not exist, more than twelve or none, more than six tiles, a tile that is not in daily use,
    the same choice again, another version saved since.
    """
    require(actor, ISSUE, outpost_scope(outpost.pk))
    wanted, on_top = list(dict.fromkeys(codes)), list(dict.fromkeys(tiles))
    if not 0 < len(wanted) <= TWELVE or any(code not in INDICATORS for code in wanted):
        raise refuse("indicators.choice_twelve", n=len(wanted), most=TWELVE)
    if len(on_top) > SIX or any(code not in wanted for code in on_top):
        raise refuse("indicators.choice_tiles", n=len(on_top), most=SIX)
    with recorded(actor=actor, now=now) as unit:
        Outpost.objects.select_for_update(of=("self",)).get(pk=outpost.pk)  # versions come one after the other
        current = chosen_for((outpost,))
        if current.number != seen:
            raise refuse("indicators.choice_changed", number=current.number, by=current.by)
        if (list(current.codes), list(current.tiles)) == (wanted, on_top):
            raise refuse("indicators.choice_same")
        row = IndicatorChoice.objects.create(
            outpost=outpost,
            number=current.number + 1,
            codes=wanted,
            tiles=on_top,
            made_by=actor.label[:_LABEL],
            created_at=now,
        )
        unit.created(row, kind=CHOICE)
    return row
