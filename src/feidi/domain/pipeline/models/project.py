"""The project: what the ledger says of it, and where it stands on its three tracks."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, Value, When
from typing_extensions import override

from feidi.domain.parties.models import Organization, Outpost, Person
from feidi.domain.pipeline.enums import TRACK_STAGES, ConditionCode, PartyRole, ProjectKind, Stage, Track
from feidi.domain.pipeline.models.amounts import ProjectAmounts
from feidi.kernel.subjects.fields import Addressed, Voidable


def _stages(track: Track) -> list[str]:
    return [stage.value for stage in TRACK_STAGES[track]]


def stage_place() -> Case:
    """Return how far the furthest track has come, in the order of ``Stage`` (codes have none)."""
    furthest = [
        When(**{f"{track}_stage": stage.value}, then=Value(place))
        for track in (Track.HOME.value, Track.HOST.value, Track.TALKS.value)
        for place, stage in enumerate(Stage)
        if stage in TRACK_STAGES[Track(track)]
    ]
    return Case(*furthest, default=Value(-1), output_field=models.IntegerField())


class Project(Addressed, Voidable, ProjectAmounts):
    """One investment project of one outpost.

    ``talks_stage``, ``host_stage`` and ``home_stage`` are written by ``services.moving`` (and, as an opening
    position, by the import) and by nothing else. ``*_opening``: the position is the staff's claim
    (期初, 台账填报), not evidence. ``claims`` holds the dates and sums that a ledger asserts about
    stages reached; they are shown as claims and never counted. ``reported_at``: first 报送.
    ``verified_on``: set while a verified landing stands. ``sponsor_name`` repeats the sponsor's name
    for lists and matching; it is written with the sponsor's ``ProjectParty``.
    """

    outpost = models.ForeignKey(Outpost, on_delete=models.PROTECT, related_name="projects")
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=160)
    name_folded = models.CharField(max_length=160)
    kind = models.CharField(max_length=12, choices=ProjectKind.choices, default=ProjectKind.ENTERPRISE)
    sponsor_name = models.CharField(max_length=160, blank=True)
    sponsor_folded = models.CharField(max_length=160, blank=True)
    sort_key = models.CharField(max_length=160, blank=True)

    talks_stage = models.CharField(max_length=16, choices=Stage.choices, default=Stage.LEAD)
    host_stage = models.CharField(max_length=16, choices=Stage.choices, blank=True)
    home_stage = models.CharField(max_length=16, choices=Stage.choices, blank=True)
    talks_opening = models.BooleanField(default=False)
    host_opening = models.BooleanField(default=False)
    home_opening = models.BooleanField(default=False)
    stage_since = models.DateField(null=True, blank=True)
    condition = models.CharField(max_length=16, choices=ConditionCode.choices, blank=True)
    reported_at = models.DateTimeField(null=True, blank=True)
    verified_on = models.DateField(null=True, blank=True)
    claims = models.JSONField(default=dict, blank=True)

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="projects"
    )
    owner_text = models.CharField(max_length=60, blank=True)
    leader = models.CharField(max_length=60, blank=True)
    sponsor_place = models.CharField(max_length=120, blank=True)
    industry = models.CharField(max_length=120, blank=True)
    source_channel = models.CharField(max_length=80, blank=True)
    referrer = models.CharField(max_length=120, blank=True)
    first_report_unit = models.CharField(max_length=120, blank=True)
    first_report_on = models.DateField(null=True, blank=True)
    tech_source = models.CharField(max_length=500, blank=True)
    core_product = models.CharField(max_length=500, blank=True)
    team_size = models.PositiveIntegerField(null=True, blank=True)
    land_need = models.CharField(max_length=120, blank=True)
    office_need = models.CharField(max_length=120, blank=True)
    energy_need = models.CharField(max_length=200, blank=True)
    eia_class = models.CharField(max_length=80, blank=True)
    policy_request = models.TextField(blank=True)
    screening_verdict = models.CharField(max_length=200, blank=True)
    judged_follow = models.BooleanField(null=True, blank=True)
    feedback_sent_on = models.DateField(null=True, blank=True)
    major = models.BooleanField(null=True, blank=True)
    assessment = models.TextField(blank=True)
    landing_plan = models.TextField(blank=True)
    opinions = models.JSONField(default=dict, blank=True)
    last_talk_on = models.DateField(null=True, blank=True)
    progress = models.TextField(blank=True)
    problems = models.TextField(blank=True)
    coordination = models.TextField(blank=True)
    next_step = models.TextField(blank=True)
    expected_sign_on = models.DateField(null=True, blank=True)
    end_reason = models.CharField(max_length=300, blank=True)
    remarks = models.TextField(blank=True)
    one_line = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["outpost", "code"], name="project_code_once_per_outpost"),
            models.CheckConstraint(condition=~Q(name=""), name="project_has_a_name"),
            models.CheckConstraint(
                condition=Q(talks_stage__in=_stages(Track.TALKS)), name="project_talks_stage_is_of_talks"
            ),
            models.CheckConstraint(
                condition=Q(host_stage__in=["", *_stages(Track.HOST)]), name="project_host_stage_is_of_host"
            ),
            models.CheckConstraint(
                condition=Q(home_stage__in=["", *_stages(Track.HOME)]), name="project_home_stage_is_of_home"
            ),
            models.CheckConstraint(
                condition=Q(host_stage="", home_stage="") | Q(talks_stage=Stage.SIGNED),
                name="project_tracks_open_at_signed",
            ),
            models.CheckConstraint(
                condition=Q(verified_on__isnull=True) | ~Q(home_stage__in=["", Stage.PREPARING]),
                name="project_verified_from_registered_on",
            ),
            models.CheckConstraint(
                condition=Q(verified_on__isnull=True) | Q(reported_at__isnull=False),
                name="project_verified_was_reported",
            ),
        ]
        indexes = [
            # words in a name and their stages are read from the index alone, a quarter of reading the rows
            models.Index(
                fields=["outpost", "voided_at", "-id", "name", "sponsor_name", "code", "condition", "talks_stage"],
                name="project_list",
            ),
            # with what is voided told apart, so that stages are counted from the index alone
            models.Index(fields=["outpost", "talks_stage", "voided_at", "-id"], name="project_by_stage"),
            models.Index(fields=["outpost", "sort_key", "id"], name="project_by_name"),
            models.Index(fields=["outpost", "name_folded", "sponsor_folded"], name="project_match"),
            models.Index(fields=["owner", "voided_at"], name="project_by_owner"),
            models.Index(fields=["outpost", "last_talk_on", "id"], name="project_by_last_talk"),
            models.Index(fields=["outpost", "stage_since", "id"], name="project_by_stage_date"),
            # what board and desk count is read from the index alone, not row by row. Not a partial index: the condition
            # is a parameter of the statement, which SQLite compares with the rows even when the index holds no other
            models.Index(
                fields=[
                    *("outpost", "voided_at", "condition", "talks_stage", "-id"),
                    *("owner", "last_talk_on", "stage_since"),
                ],
                name="project_board",
            ),
            models.Index("outpost", "voided_at", stage_place(), F("id").desc(), name="project_by_stage_place"),
            # few are verified: a partial index costs an import nothing
            models.Index(
                fields=["outpost", "verified_on"], condition=Q(verified_on__isnull=False), name="project_verified"
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class ProjectParty(models.Model):
    """An organization or a person (exactly one: constraint) in a role of a project, from when until when."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="parties")
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, null=True, blank=True, related_name="project_roles"
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="project_roles")
    role = models.CharField(max_length=12, choices=PartyRole.choices)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(organization__isnull=False, person__isnull=True)
                | Q(organization__isnull=True, person__isnull=False),
                name="project_party_is_exactly_one",
            ),
            models.UniqueConstraint(
                fields=["project", "organization", "role"],
                condition=Q(until__isnull=True, organization__isnull=False),
                name="project_party_organization_once",
            ),
            models.UniqueConstraint(
                fields=["project", "person", "role"],
                condition=Q(until__isnull=True, person__isnull=False),
                name="project_party_person_once",
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.project_id} {self.role}"
