"""K39: how content those are who were asked; hidden below five answers."""

from __future__ import annotations

from fractions import Fraction

from feidi.domain.reporting.selectors.readings.asked import Question
from feidi.engines.measures import Reading, Rows, mean_reading, nps_reading
from feidi.kernel.feedback.selectors.answers import answers_between

KIND = "feedback.answer"


def feedback_readings(asked: Question) -> dict[str, Reading]:
    """Return the mean of the marks 1–5 and the net promoter score of the marks 0–10; each has its own n."""
    rows = answers_between(asked.pks, asked.start, asked.last).filter(counts=True) if asked.begun else ()
    said = [(each.pk, each.satisfaction, each.recommend) for each in rows]
    content = [(key, mark) for key, mark, _sure in said if mark is not None]
    sure = [(key, mark) for key, _content, mark in said if mark is not None]
    return {"K39": mean_reading("K39", _marks(content)), "K39N": nps_reading("K39N", _marks(sure))}


def _marks(rows: list[tuple[int, int]]) -> Rows:
    return Rows(KIND, tuple(key for key, _mark in rows), tuple(Fraction(mark) for _key, mark in rows))
