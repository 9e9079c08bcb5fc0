"""An application for admission: what was answered, where it stands, the files with it, the first answer given."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from typing_extensions import override

from feidi.domain.incubation.admission_enums import ApplicationState, Origin, Verdict
from feidi.domain.parties.models import Organization, Outpost
from feidi.domain.pipeline.models import Agreement, Project
from feidi.kernel.files.models import StoredFile
from feidi.kernel.subjects.fields import Addressed, Voidable


class Application(Addressed, Voidable):
    """One application to one outpost. Sent, it has a number (once per outpost: constraint); rejected, it says why and how
    to do better (constraint); from its acceptance on it has a project (constraint).

    ``secret_sha256``   of the one code that opens it without an account; the code itself is not kept
    ``answers``         question → what was said; a question that is not there was not answered, ``?`` is 还不清楚
    ``phone_sealed``    the contact's phone, encrypted; ``phone_masked`` is what pages show
    ``missing``         what was told once to be completed: question, what about it
    ``origin_digest``   keyed digest of the visitor's address and the day: counts drafts, leads back to nobody
    """

    outpost = models.ForeignKey(Outpost, on_delete=models.PROTECT, related_name="applications")
    number = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=10, choices=ApplicationState.choices, default=ApplicationState.DRAFT)
    origin = models.CharField(max_length=8, choices=Origin.choices)
    origin_digest = models.CharField(max_length=40, blank=True)
    secret_sha256 = models.CharField(max_length=64, unique=True)
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, null=True, blank=True, related_name="applications"
    )
    project = models.ForeignKey(Project, on_delete=models.PROTECT, null=True, blank=True, related_name="applications")
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    applicant = models.CharField(max_length=160, blank=True)
    one_line = models.CharField(max_length=300, blank=True)
    answers = models.JSONField(default=dict, blank=True)
    contact_name = models.CharField(max_length=80, blank=True)
    phone_sealed = models.BinaryField(null=True, blank=True)
    phone_masked = models.CharField(max_length=40, blank=True)
    content_sha256 = models.CharField(max_length=64)
    submitted_on = models.DateField(null=True, blank=True)
    asked_on = models.DateField(null=True, blank=True)
    missing = models.JSONField(default=list, blank=True)
    accepted_on = models.DateField(null=True, blank=True)
    verdict = models.CharField(max_length=8, choices=Verdict.choices, blank=True)
    reasons = models.JSONField(default=list, blank=True)
    feedback = models.TextField(blank=True)
    place_offered = models.CharField(max_length=160, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    decided_by = models.CharField(max_length=160, blank=True)
    notice_until = models.DateField(null=True, blank=True)
    waiting_until = models.DateField(null=True, blank=True)
    sent_home_on = models.DateField(null=True, blank=True)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    #: a draft that was never sent: when what was typed was erased
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["outpost", "number"], condition=~Q(number=""), name="application_number_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[ApplicationState.DRAFT, ApplicationState.WITHDRAWN])
                | (~Q(number="") & Q(submitted_on__isnull=False)),
                name="application_sent_has_number",
            ),
            models.CheckConstraint(
                condition=~Q(state=ApplicationState.REJECTED) | ~Q(feedback=""), name="application_rejected_says_why"
            ),
            models.CheckConstraint(
                condition=Q(accepted_on__isnull=True) | Q(project__isnull=False),
                name="application_accepted_has_project",
            ),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True)
                | Q(state=ApplicationState.DRAFT, contact_name="", phone_sealed__isnull=True, voided_at__isnull=False),
                name="application_erased_says_nothing",
            ),
            models.CheckConstraint(
                condition=~Q(state=ApplicationState.ADMITTED) | Q(agreement__isnull=False),
                name="application_admitted_has_agreement",
            ),
        ]
        indexes = [
            models.Index(fields=["outpost", "state", "-id"], name="application_list"),
            models.Index(fields=["origin_digest", "created_at"], name="application_of_origin"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.number or '草稿'} {self.applicant}".strip()


class ApplicationStep(models.Model):
    """One step of an application, append-only: from where to where, when, by whom. ``note`` is for the outpost's people."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="steps")
    from_state = models.CharField(max_length=10, choices=ApplicationState.choices, blank=True)
    to_state = models.CharField(max_length=10, choices=ApplicationState.choices)
    occurred_on = models.DateField()
    at = models.DateTimeField()
    by = models.CharField(max_length=160)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["application", "id"], name="application_step_order")]

    @override
    def __str__(self) -> str:
        return f"{self.application_id} {self.to_state}"


class ApplicationFile(Addressed, Voidable):
    """One file that answers one question."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="files")
    question = models.CharField(max_length=60)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")

    @override
    def __str__(self) -> str:
        return f"{self.application_id} {self.question}"


class FirstAnswer(Addressed, Voidable):
    """The one page given within the first days, as it was given (``data``), and the digest over it. One holds (constraint):
    a later one replaces it with a reason.
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="first_answers")
    data = models.JSONField()
    sha256 = models.CharField(max_length=64)
    issued_on = models.DateField()
    issued_by = models.CharField(max_length=160)
    due_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application"], condition=Q(voided_at__isnull=True), name="first_answer_one_holds"
            )
        ]

    @override
    def __str__(self) -> str:
        return f"{self.application_id} {self.issued_on}"
