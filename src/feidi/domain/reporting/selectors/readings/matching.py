"""K34 and K35: candidates accepted, precision at ten, introductions that came to cooperation."""

from __future__ import annotations

from datetime import datetime, time

from feidi.domain.matching.enums import Verdict
from feidi.domain.matching.models import CandidateRow, Introduction, IntroductionOutcome
from feidi.domain.matching.selectors.outcomes import counted
from feidi.domain.matching.selectors.precision import FIRST, both_agreed
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.reporting.selectors.readings.asked import Question
from feidi.engines.measures import Reading, Rows, ratio_reading

CANDIDATE, INTRODUCTION = "matching.candidate", "matching.introduction"


def matching_readings(asked: Question) -> dict[str, Reading]:
    """Return K34, precision at ten and K35."""
    answered = CandidateRow.objects.filter(
        candidate_list__outpost_id__in=asked.pks, candidate_list__voided_at__isnull=True, picked=True,
        answered_at__gte=datetime.combine(asked.start, time(), SHANGHAI),
        answered_at__lt=datetime.combine(asked.end, time(), SHANGHAI),
    ).exclude(verdict=Verdict.NONE)  # fmt: skip
    rows = list(answered.order_by("pk").values_list("pk", "position", "verdict"))
    ten = [each for each in rows if each[1] <= FIRST]
    return {"K34": _share("K34", rows), "K34P": _share("K34P", ten), "K35": _cooperation(asked)}


def _share(code: str, rows: list[tuple[int, int, str]]) -> Reading:
    yes = tuple(key for key, _position, verdict in rows if verdict == Verdict.ACCEPTED)
    return ratio_reading(code, Rows(CANDIDATE, yes), Rows(CANDIDATE, tuple(key for key, _p, _v in rows)))


def _cooperation(asked: Question) -> Reading:
    agreed = {
        each.pk
        for each in Introduction.objects.filter(both_agreed(), outpost_id__in=asked.pks, voided_at__isnull=True)
        if each.need_agreed_on
        and each.offer_agreed_on
        and asked.start <= max(each.need_agreed_on, each.offer_agreed_on) < asked.end
    }
    rows = list(
        IntroductionOutcome.objects.filter(
            introduction_id__in=agreed, voided_at__isnull=True, on__lte=asked.view.as_of
        ).select_related("introduction")
    )
    good = counted(rows)
    reached = {each.introduction_id for each in rows if each.pk in good}
    return ratio_reading("K35", Rows(INTRODUCTION, tuple(sorted(reached))), Rows(INTRODUCTION, tuple(sorted(agreed))))
