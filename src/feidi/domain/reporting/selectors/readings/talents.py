"""K32 and K33: cases delivered in time, persons introduced."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from feidi.domain.reporting.selectors.readings.asked import Question
from feidi.domain.talent.kinds import CASE, TALENT
from feidi.domain.talent.models import Talent
from feidi.domain.talent.selectors.figures import talent_figures
from feidi.engines.measures import Reading, Rows, count_reading, ratio_reading


def talent_readings(asked: Question) -> dict[str, Reading]:
    """Return both; persons by class and by where they work stand beside the sum."""
    found = talent_figures(asked.outposts, asked.view.period, asked.view.as_of)
    on_time, came = found.on_time, found.introduced
    apart = {"unpromised": Rows(CASE, on_time.unpromised), "standing": Rows(CASE, on_time.standing)}
    below = Rows(CASE, (*on_time.in_time, *on_time.late))
    told = ratio_reading("K32", Rows(CASE, on_time.in_time), below)
    whose = dict(Talent.objects.filter(outpost_id__in=asked.pks, voided_at__isnull=True).values_list("person_id", "pk"))

    def rows(persons: Iterable[int]) -> Rows:
        return Rows(TALENT, tuple(whose[each] for each in persons if each in whose))

    split = [(f"class:{code}", rows(each)) for code, each in came.by_class]
    split += [(f"side:{code}", rows(each)) for code, each in came.by_side]
    counted = count_reading("K33", rows(came.persons))
    return {
        "K32": _beside(told, {name: each for name, each in apart.items() if each.keys}),
        "K33": Reading(
            "K33", "known", counted.value, Fraction(len(counted.above.keys)), above=counted.above, split=tuple(split)
        ),
    }


def _beside(told: Reading, apart: dict[str, Rows]) -> Reading:
    return Reading(
        told.code, told.state, told.value, told.numerator, told.denominator, told.bound, told.above, told.below, apart
    )
