"""服务进度: a playbook at work on one project, organization or talent, with the steps of the day it was started."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from typing_extensions import override

from feidi.domain.parties.models import Organization, Outpost
from feidi.domain.playbook.enums import OwnerSide, RunEvent, RunState, ServedKind, StepState
from feidi.kernel.subjects.fields import Addressed, SubjectColumns


class PlaybookRun(Addressed, SubjectColumns):
    """One run. Invariants (constraints): one running run of a playbook on one subject; stopped says when and why.

    ``plan``          the playbook as it was on the first day, as its file states it; ``sha256`` of that file
    ``place, path``   where the file stands
    ``answers``       what was answered to its questions; a question nobody has answered is absent
    ``planned_end``   the end as reckoned on the first day; ``planned_open``: some step has no time set, so not before
    ``organization``  the firm that sees it in its workspace (None: no firm does)
    ``named_home_on`` since when the home side knows of it although its subject is not reported: a step was handed to it
    """

    outpost = models.ForeignKey(Outpost, on_delete=models.PROTECT, related_name="playbook_runs")
    number = models.CharField(max_length=40)
    playbook = models.CharField(max_length=60)
    title_zh = models.CharField(max_length=120)
    title_en = models.CharField(max_length=160)
    place = models.CharField(max_length=40)
    path = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    plan = models.JSONField()
    served = models.CharField(max_length=12, choices=ServedKind.choices)
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, null=True, blank=True, related_name="playbook_runs"
    )
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    answers = models.JSONField(default=dict, blank=True)
    started_on = models.DateField()
    planned_end = models.DateField()
    planned_open = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=RunState.choices, default=RunState.RUNNING)
    ended_on = models.DateField(null=True, blank=True)
    ended_reason = models.CharField(max_length=300, blank=True)
    named_home_on = models.DateField(null=True, blank=True)
    recorded_by = models.CharField(max_length=160)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["outpost", "number"], name="playbook_run_number_once"),
            models.UniqueConstraint(
                fields=["outpost", "playbook", "subject_kind", "subject_uid"],
                condition=Q(state=RunState.RUNNING),
                name="playbook_run_once_while_running",
            ),
            models.CheckConstraint(
                condition=Q(state=RunState.RUNNING, ended_on__isnull=True)
                | (~Q(state=RunState.RUNNING) & Q(ended_on__isnull=False)),
                name="playbook_run_over_has_its_day",
            ),
            models.CheckConstraint(
                condition=~Q(state=RunState.STOPPED) | ~Q(ended_reason=""), name="playbook_run_stopped_says_why"
            ),
        ]
        indexes = [
            models.Index(fields=["outpost", "state", "-id"], name="playbook_run_list"),
            models.Index(fields=["subject_kind", "subject_uid"], name="playbook_run_subject"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.number} {self.title_zh}"


class RunStep(Addressed):
    """One step of a run. Invariants (constraints): done has its day; skipped says why; asked has the day it was handed over.

    ``due_on``     by clock or as agreed otherwise (``due_agreed``); None: no time is set, or its clock has not begun
    ``planned_on`` the day it was to be over as reckoned on the first day (None: no time was set for it)
    ``asked_*``    交件日期, 交给谁, 受理号/回执; ``answer`` what came back
    ``left_on``    the day on which it was skipped
    ``unclear``    it waits because a question is open (待问清)
    """

    run = models.ForeignKey(PlaybookRun, on_delete=models.PROTECT, related_name="steps")
    position = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=60)
    phase = models.CharField(max_length=60)
    label_zh = models.CharField(max_length=120)
    label_en = models.CharField(max_length=160)
    owner = models.CharField(max_length=8, choices=OwnerSide.choices)
    optional = models.BooleanField(default=False)
    state = models.CharField(max_length=14, choices=StepState.choices, default=StepState.WAITING)
    unclear = models.BooleanField(default=False)
    opened_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    due_agreed = models.BooleanField(default=False)
    planned_on = models.DateField(null=True, blank=True)
    asked_on = models.DateField(null=True, blank=True)
    asked_of = models.CharField(max_length=120, blank=True)
    receipt = models.CharField(max_length=80, blank=True)
    done_on = models.DateField(null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)
    answer = models.CharField(max_length=500, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "code"], name="playbook_step_once_per_run"),
            models.CheckConstraint(
                condition=Q(state=StepState.DONE, done_on__isnull=False)
                | (~Q(state=StepState.DONE) & Q(done_on__isnull=True)),
                name="playbook_step_done_has_its_day",
            ),
            models.CheckConstraint(
                condition=~Q(state=StepState.SKIPPED) | ~Q(reason=""), name="playbook_step_skipped_says_why"
            ),
            models.CheckConstraint(
                condition=~Q(state=StepState.ASKED) | Q(asked_on__isnull=False), name="playbook_step_asked_has_its_day"
            ),
        ]
        indexes = [models.Index(fields=["owner", "state", "due_on"], name="playbook_step_owed")]

    @override
    def __str__(self) -> str:
        return self.label_zh


class RunEntry(models.Model):
    """One entry of a run's history. Appended, never changed. ``inside``: for the outpost's people only."""

    run = models.ForeignKey(PlaybookRun, on_delete=models.PROTECT, related_name="entries")
    step = models.ForeignKey(RunStep, on_delete=models.PROTECT, null=True, blank=True, related_name="entries")
    what = models.CharField(max_length=10, choices=RunEvent.choices)
    occurred_on = models.DateField()
    at = models.DateTimeField()
    by = models.CharField(max_length=160)
    note = models.CharField(max_length=500, blank=True)
    inside = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["run", "id"], name="playbook_entry_of")]

    @override
    def __str__(self) -> str:
        return f"{self.run_id}: {self.what}"
