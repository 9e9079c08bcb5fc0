"""评审: a panel over one application, and its seats with the points of each judge."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from typing_extensions import override

from feidi.domain.incubation.admission_enums import ScoreRule, SeatState
from feidi.domain.incubation.models.application import Application
from feidi.kernel.subjects.fields import Addressed, Voidable

#: Points run from 0 to 100, kept in hundredths.
MOST = 10_000


class Review(Addressed, Voidable):
    """The ``n``-th panel over an application; one is open at a time (constraint).

    ``criteria``  code, labels and weight as they were when it opened, so that a later change of content changes no result
    ``result``    hundredths of a point; None while open, or when too few scores were given
    ``trimmed``   whether the highest and the lowest were in fact left out
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="reviews")
    n = models.PositiveSmallIntegerField(default=1)
    opened_on = models.DateField()
    due_on = models.DateField()
    rule = models.CharField(max_length=8, choices=ScoreRule.choices)
    judges_needed = models.PositiveSmallIntegerField()
    criteria = models.JSONField()
    closed_on = models.DateField(null=True, blank=True)
    result = models.PositiveIntegerField(null=True, blank=True)
    trimmed = models.BooleanField(default=False)
    opinion = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "n"], name="review_once_per_round"),
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(closed_on__isnull=True, voided_at__isnull=True),
                name="review_one_open",
            ),
            models.CheckConstraint(condition=Q(result__isnull=True) | Q(result__lte=MOST), name="review_result_range"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.application_id} {self.n}"


class ReviewSeat(Addressed):
    """One judge on one panel, once (constraint). Recused says why (constraint); scored has its total (constraint).

    ``found``   the recusal follows from a relation on record, it was not declared
    ``points``  criterion → hundredths of 0…100; points of one who stepped aside later stay here and are not counted
    """

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="seats")
    judge = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=SeatState.choices, default=SeatState.ASSIGNED)
    found = models.BooleanField(default=False)
    recused_reason = models.CharField(max_length=300, blank=True)
    points = models.JSONField(default=dict, blank=True)
    total = models.PositiveIntegerField(null=True, blank=True)
    remark = models.TextField(blank=True)
    scored_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "judge"], name="seat_once_per_judge"),
            models.CheckConstraint(
                condition=~Q(state=SeatState.RECUSED) | ~Q(recused_reason=""), name="seat_recused_says_why"
            ),
            models.CheckConstraint(
                condition=~Q(state=SeatState.SCORED) | Q(total__isnull=False, total__lte=MOST),
                name="seat_scored_has_total",
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.review_id} {self.judge_id}"
