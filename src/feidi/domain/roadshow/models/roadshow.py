"""路演: a show of projects before judges; its rounds, who presents in which order, who judges."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from typing_extensions import override

from feidi.domain.parties.models import Organization, Outpost, Person
from feidi.domain.pipeline.models import Project
from feidi.domain.roadshow.models.activity import Activity
from feidi.domain.roadshow.roadshow_enums import RoundPhase, ScoreMethod
from feidi.kernel.subjects.fields import Addressed, Voidable

#: Under so many judges the highest and lowest score are not dropped.
TRIM_NEEDS = 5


class Roadshow(Addressed, Voidable):
    """One show of an outpost. ``activity``: the event at which it is held, with its room and registration, if any.

    ``interest_code``  the word in the link on stage by which investors in the room say that they are interested
    """

    outpost = models.ForeignKey(Outpost, on_delete=models.PROTECT, related_name="roadshows")
    number = models.CharField(max_length=40)
    title_zh = models.CharField(max_length=120)
    title_en = models.CharField(max_length=200, blank=True)
    held_on = models.DateField()
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, null=True, blank=True, related_name="roadshows")
    interest_code = models.CharField(max_length=24, unique=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_by = models.CharField(max_length=160)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["outpost", "number"], name="roadshow_number_once"),
            models.CheckConstraint(condition=~Q(title_zh=""), name="roadshow_has_a_title"),
        ]
        indexes = [models.Index(fields=["outpost", "-held_on"], name="roadshow_list")]

    @override
    def __str__(self) -> str:
        return self.title_zh


class Round(Addressed, Voidable):
    """The ``n``-th round, by a format of content as it was when the round was made: a later change of content changes no
    result. ``criteria``: code, labels, what to look at, points; ``ties``: rules of the engine in their order; ``advance``:
    so many of each group go on (NULL: nobody has said). Trimming needs five judges (constraint).
    """

    roadshow = models.ForeignKey(Roadshow, on_delete=models.PROTECT, related_name="rounds")
    n = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=60)
    format = models.CharField(max_length=40)
    pitch_minutes = models.PositiveSmallIntegerField()
    question_minutes = models.PositiveSmallIntegerField()
    judges_needed = models.PositiveSmallIntegerField()
    method = models.CharField(max_length=8, choices=ScoreMethod.choices)
    decimals = models.PositiveSmallIntegerField(default=2)
    criteria = models.JSONField()
    ties = models.JSONField(default=list, blank=True)
    advance = models.PositiveSmallIntegerField(null=True, blank=True)
    phase = models.CharField(max_length=10, choices=RoundPhase.choices, default=RoundPhase.PREPARING)
    on_stage = models.ForeignKey("Entry", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    on_stage_at = models.DateTimeField(null=True, blank=True)
    recorded_by = models.CharField(max_length=160)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["roadshow", "n"], condition=Q(voided_at__isnull=True), name="roadshow_round_once"
            ),
            models.CheckConstraint(
                condition=~Q(method=ScoreMethod.TRIMMED) | Q(judges_needed__gte=TRIM_NEEDS),
                name="roadshow_round_trims_from_five",
            ),
            models.CheckConstraint(condition=Q(judges_needed__gte=1), name="roadshow_round_has_judges"),
        ]

    @override
    def __str__(self) -> str:
        return self.name


class Entry(Addressed, Voidable):
    """One project in one round, once while it stands (constraint). Withdrawn says why, as every void does.

    ``letter_words``  what the team is told beside its figures: judges' remarks as somebody cleared them
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="entries")
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="roadshow_entries")
    group = models.CharField(max_length=20, blank=True)
    position = models.PositiveSmallIntegerField()
    letter_words = models.TextField(blank=True)
    letter_cleared_at = models.DateTimeField(null=True, blank=True)
    letter_cleared_by = models.CharField(max_length=160, blank=True)
    recorded_by = models.CharField(max_length=160)

    class Meta:
        verbose_name_plural = "entries"
        constraints = [
            models.UniqueConstraint(
                fields=["round", "project"], condition=Q(voided_at__isnull=True), name="roadshow_entry_once"
            ),
            models.CheckConstraint(
                condition=Q(letter_cleared_at__isnull=True) | ~Q(letter_cleared_by=""),
                name="roadshow_letter_cleared_by_somebody",
            ),
        ]
        indexes = [models.Index(fields=["round", "position"], name="roadshow_running_order")]

    @override
    def __str__(self) -> str:
        return f"{self.round_id} {self.position}"


class Judge(Addressed, Voidable):
    """One judge of a show: by account (once: constraint), or by a link of which only a digest is kept.

    ``works_for``    the organization on record, for what follows from it; ``works_as``: unit and post in words
    ``trades``       what the judge knows, in words of industries
    ``declared_at``  since when the judge has answered about interests; NULL: not yet, and scores nothing
    """

    roadshow = models.ForeignKey(Roadshow, on_delete=models.PROTECT, related_name="judges")
    name = models.CharField(max_length=60)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    works_for = models.ForeignKey(Organization, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    works_as = models.CharField(max_length=120, blank=True)
    trades = models.JSONField(default=list, blank=True)
    token_sha256 = models.CharField(max_length=64, null=True, blank=True, unique=True)
    token_until = models.DateField(null=True, blank=True)
    declared_at = models.DateTimeField(null=True, blank=True)
    recorded_by = models.CharField(max_length=160)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["roadshow", "user"],
                condition=Q(voided_at__isnull=True, user__isnull=False),
                name="roadshow_judge_account_once",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="roadshow_judge_has_a_name"),
            models.CheckConstraint(
                condition=Q(token_sha256__isnull=True) | Q(token_until__isnull=False), name="roadshow_judge_link_ends"
            ),
        ]

    @override
    def __str__(self) -> str:
        return self.name
