"""K01–K40 over a filled world: rows add up, what is kept is what a recount gives, a cohort waits for its window."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from feidi.domain.incubation.models import Tenancy
from feidi.domain.incubation.selectors.outcomes import results_of_year
from feidi.domain.matching.selectors.precision import AnswerFilter, precision_of
from feidi.domain.pipeline.selectors.rechecks import retention
from feidi.domain.reporting.enums import FlowDirection, FlowKind
from feidi.domain.reporting.selectors.figures import View
from feidi.domain.reporting.selectors.flows import flows_for
from feidi.domain.reporting.selectors.indicators import Indicator, indicators_for
from feidi.domain.reporting.selectors.readings import kept
from feidi.domain.space.selectors.usage import use_figures
from feidi.engines.measures import INDICATORS, Period, named_period
from feidi.kernel.feedback.selectors.answers import satisfaction
from tests.access.cast import Cast
from tests.support.figures import adds_up
from tests.support.queries import queries_of
from tests.support.world import World

pytestmark = pytest.mark.django_db
YEAR = named_period("2026")


def all_of(
    world: World, outposts: tuple[int, ...], period: Period = YEAR, as_of: date | None = None
) -> dict[str, Indicator]:
    view = View(outposts, period, as_of or world.now.date())
    return {each.code: each for each in indicators_for(view, now=world.now)}


def test_every_figures_rows_add_up(cast: Cast) -> None:
    own = (cast.world.outpost.pk,)
    everywhere = tuple(sorted({each.project.outpost_id for each in cast.rows.values()}))
    told = set()
    for outposts in (own, everywhere):
        for period, as_of in (
            (YEAR, None),
            (named_period("2026-11"), None),
            (named_period("2025"), date(2025, 12, 31)),
        ):
            found = all_of(cast.world, outposts, period, as_of)
            assert list(found) == list(INDICATORS)
            for one in found.values():
                adds_up(one)
                assert one.label
                assert one.value_text
                assert (one.reason == "") == (one.value is not None)
                told |= {one.code} if one.reading.above.keys else set()
    assert len(told) >= 15, f"the world is not filled: {sorted(told)}"


def test_what_is_kept_is_what_a_recount_gives(cast: Cast) -> None:
    world, outposts = cast.world, (cast.world.outpost.pk,)
    first = all_of(world, outposts)
    world.lead("新项目", "滨海新有限公司")
    mended = all_of(world, outposts)
    kept.forget()
    anew = all_of(world, outposts)
    assert mended["K01"].value == (first["K01"].value or 0) + 1
    for code in INDICATORS:
        old, new = mended[code].reading, anew[code].reading
        assert (old.value, old.numerator, old.denominator, old.state) == (
            new.value, new.numerator, new.denominator, new.state,
        ), code  # fmt: skip


def test_the_second_look_asks_little(cast: Cast) -> None:
    outposts = (cast.world.outpost.pk,)
    kept.forget()
    first = queries_of(lambda: all_of(cast.world, outposts))
    again = queries_of(lambda: all_of(cast.world, outposts))
    assert len(again) < len(first) / 2
    assert len(again) <= 40, "\n".join(again)


def test_cohorts_wait_for_their_window(cast: Cast) -> None:
    world = cast.world
    tenancy = Tenancy.objects.filter(outpost=world.outpost, project__isnull=False).first()
    assert tenancy is not None
    Tenancy.objects.filter(outpost=world.outpost).update(starts_on=date(2022, 5, 1))
    kept.forget()
    outposts = (world.outpost.pk,)
    admitted = named_period("2022")
    early = all_of(world, outposts, admitted, date(2025, 12, 31))["K17T"]
    assert early.reading.state == "early"
    assert early.reason == "未满观察期"
    late = all_of(world, outposts, admitted, date(2026, 1, 1))
    assert late["K17T"].value == 0
    assert late["K17F"].reading.state == "early"


def test_the_same_figure_is_the_same_on_the_pages_of_its_own_app(cast: Cast) -> None:
    """What the app itself shows to its lead, and what stands among the figures."""
    world = cast.world
    found, lead = all_of(world, (world.outpost.pk,)), world.actor("lead")
    first, after = YEAR.start, world.now.date() + timedelta(days=1)
    use = use_figures(lead, world.outpost, first, after, world.now)
    for code, share in {
        "K19": use.area_time, "K20": use.occupied, "K21": use.vacancy_days, "K22": use.meeting_use, "K22N": use.no_show,
    }.items():  # fmt: skip
        reading = found[code].reading
        assert (reading.value, reading.numerator or 0, reading.denominator or 0) == (
            share.value, share.numerator, share.denominator,
        ), code  # fmt: skip
    results = results_of_year(lead, world.outpost, 2026)
    assert found["K16"].value == len(results.counted)
    answers = AnswerFilter(since=first, until=world.now.date(), outpost_id=world.outpost.pk)
    precision = precision_of(lead, answers)
    assert (found["K34"].reading.numerator, found["K34"].reading.denominator) == (
        precision.accepted.yes, precision.accepted.all,
    )  # fmt: skip
    assert (found["K34P"].reading.numerator, found["K34P"].reading.denominator) == (
        precision.at_ten.yes, precision.at_ten.all,
    )  # fmt: skip
    flows = flows_for(lead, [world.outpost], YEAR, world.now.date())
    assert (found["K36C"].value or 0) * 100 == flows.net(FlowKind.CAPITAL, "CNY")
    assert (found["K36T"].value or 0) == flows.contracts(FlowDirection.HOST_TO_HOME) - flows.contracts(
        FlowDirection.HOME_TO_HOST
    )
    said = satisfaction((world.outpost.pk,), first, world.now.date())
    assert (found["K39"].value is None) == (said.mean is None)
    kept_landings = retention(world.outpost, world.now.date())
    assert (found["K18"].reading.denominator or 0) == kept_landings.denominator
