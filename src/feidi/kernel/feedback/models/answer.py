"""满意度: who was asked about what, what they said, and what was done about a bad score."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.db import models
from django.db.models import Q
from typing_extensions import override

from feidi.kernel.feedback.enums import Via
from feidi.kernel.subjects.fields import Addressed, SubjectColumns

BEST: Final = 5
SURE: Final = 10


class Scoped(models.Model):
    """Abstract: whose it is. Numbers of scopes, and the code of the place whose content holds; what they mean the domain knows."""

    scope_outpost = models.BigIntegerField(db_index=True)
    scope_home = models.BigIntegerField(null=True, blank=True)
    place = models.CharField(max_length=40)

    class Meta:
        abstract = True


class Ask(Addressed, SubjectColumns, Scoped):
    """One person asked once about one thing on one occasion (constraint).

    ``about``         what the page calls it; names no person
    ``person_index``  keyed digest of who is asked: the same person is not asked twice
    ``to_enc``        name and address, sealed; ``to_hint`` shows the first letter
    ``generation``    goes up when the link is renewed or taken back; the link before opens nothing
    ``token_sha256``  digest of the link, NULL once taken back
    ``counts``        whether the answer counts in the figure of satisfaction (asking who did not come does not)
    """

    occasion = models.CharField(max_length=20)
    about = models.CharField(max_length=120)
    counts = models.BooleanField()
    person_index = models.CharField(max_length=40)
    to_enc = models.BinaryField(default=b"")
    to_hint = models.CharField(max_length=80, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    asked_on = models.DateField()
    asked_by = models.CharField(max_length=160)
    mailed = models.BooleanField(default=False)
    generation = models.PositiveSmallIntegerField(default=1)
    token_sha256 = models.CharField(max_length=64, unique=True, null=True, blank=True)
    expires_on = models.DateField()
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_uid", "occasion", "person_index"], name="feedback_asked_once"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True) | (Q(token_sha256__isnull=True) & ~Q(withdrawn_reason="")),
                name="feedback_withdrawn_opens_nothing",
            ),
        ]
        indexes = [models.Index(fields=["scope_outpost", "asked_on"], name="feedback_asked")]

    @override
    def __str__(self) -> str:
        return self.about


class Answer(Addressed):
    """What one person said, once. Never changed, never taken back: a figure nobody can polish.

    ``satisfaction`` 1–5, ``recommend`` 0–10, NULL: not asked or not said. ``reason``: a code of content (why somebody did not
    come). ``words_enc``: the free text, sealed, for it may name people; emptied when the person has it erased.
    Columns of the ask stand here again so that figures read one table.
    """

    ask = models.OneToOneField(Ask, on_delete=models.PROTECT, related_name="answer")
    scope_outpost = models.BigIntegerField()
    scope_home = models.BigIntegerField(null=True, blank=True)
    occasion = models.CharField(max_length=20)
    about = models.CharField(max_length=120)
    counts = models.BooleanField()
    satisfaction = models.PositiveSmallIntegerField(null=True, blank=True)
    recommend = models.PositiveSmallIntegerField(null=True, blank=True)
    reason = models.CharField(max_length=40, blank=True)
    words_enc = models.BinaryField(default=b"")
    via = models.CharField(max_length=10, choices=Via.choices)
    answered_on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(satisfaction__isnull=True) | Q(satisfaction__gte=1, satisfaction__lte=BEST),
                name="feedback_satisfaction_1_to_5",
            ),
            models.CheckConstraint(
                condition=Q(recommend__isnull=True) | Q(recommend__lte=SURE), name="feedback_recommend_0_to_10"
            ),
            models.CheckConstraint(
                condition=Q(satisfaction__isnull=False) | Q(recommend__isnull=False) | ~Q(reason=""),
                name="feedback_answer_says_something",
            ),
        ]
        indexes = [
            models.Index(fields=["scope_outpost", "answered_on"], name="feedback_answered"),
            models.Index(fields=["scope_home", "answered_on"], name="feedback_answered_home"),
        ]

    @override
    def __str__(self) -> str:
        return self.about


class FollowUp(Addressed):
    """回访: a bad score is asked after, by a day; closed with what was done (constraint)."""

    answer = models.OneToOneField(Answer, on_delete=models.PROTECT, related_name="follow_up")
    scope_outpost = models.BigIntegerField()
    about = models.CharField(max_length=120)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    opened_on = models.DateField()
    due_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    closed_by = models.CharField(max_length=160, blank=True)
    done = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True, done="") | (Q(closed_on__isnull=False) & ~Q(done="")),
                name="feedback_follow_up_closed_says_what",
            ),
        ]
        indexes = [models.Index(fields=["scope_outpost", "closed_on", "due_on"], name="feedback_follow_ups")]

    @override
    def __str__(self) -> str:
        return self.about
