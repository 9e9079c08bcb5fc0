"""报名: who comes, in which order they said so, and the ticket that opens the door."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from typing_extensions import override

from feidi.domain.parties.models import Organization, Person
from feidi.domain.pipeline.models import Project
from feidi.domain.roadshow.enums import RegisteredBy, RegistrationState
from feidi.domain.roadshow.models.activity import Activity
from feidi.kernel.subjects.fields import Addressed, Voidable


class Registration(Addressed, Voidable):
    """One person for one activity; ``position`` is its number in order of commit (constraint: each once).

    ``phone_enc``, ``mail_enc``  sealed for this row; the hints are what everybody sees; by the indexes one person has one
                                 live registration (constraint)
    ``code``                     typed at the door and printed on the badge; ``token_enc``: the secret of the ticket's
                                 page, sealed so that it can be sent again; ``token_sha256`` finds it
    ``organization_name``        as typed; ``organization``, ``person``, ``project``: whom the outpost knows them as
    ``answers``                  by code of question, typed
    Erased: neither contact, answer nor ticket is left (constraint), and of the name its first character; that somebody
    came, when and for which organization stays.
    """

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="registrations")
    position = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=RegistrationState.choices)
    origin = models.CharField(max_length=8, choices=RegisteredBy.choices)
    name = models.CharField(max_length=60)
    phone_enc = models.BinaryField(default=b"")
    phone_hint = models.CharField(max_length=30, blank=True)
    phone_index = models.CharField(max_length=40, blank=True)
    mail_enc = models.BinaryField(default=b"")
    mail_hint = models.CharField(max_length=80, blank=True)
    mail_index = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=60, blank=True)
    organization_name = models.CharField(max_length=160, blank=True)
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, null=True, blank=True, related_name="activity_registrations"
    )
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="activity_registrations"
    )
    project = models.ForeignKey(
        Project, on_delete=models.PROTECT, null=True, blank=True, related_name="activity_registrations"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="activity_registrations"
    )
    answers = models.JSONField(default=dict, blank=True)
    language = models.CharField(max_length=10, default="zh-hans")
    consent_version = models.CharField(max_length=40)
    consent_sha256 = models.CharField(max_length=64)
    code = models.CharField(max_length=8)
    token_enc = models.BinaryField(default=b"")
    token_sha256 = models.CharField(max_length=64, unique=True, null=True, blank=True)
    origin_digest = models.CharField(max_length=40, blank=True)
    registered_at = models.DateTimeField()
    promoted_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.CharField(max_length=160, blank=True)
    cancelled_reason = models.CharField(max_length=300, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)
    recorded_by = models.CharField(max_length=160)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["activity", "position"], name="registration_position_once"),
            models.UniqueConstraint(fields=["activity", "code"], name="registration_code_once"),
            models.UniqueConstraint(
                fields=["activity", "phone_index"],
                condition=~Q(phone_index="") & ~Q(state=RegistrationState.CANCELLED),
                name="registration_once_per_phone",
            ),
            models.UniqueConstraint(
                fields=["activity", "mail_index"],
                condition=~Q(mail_index="") & ~Q(state=RegistrationState.CANCELLED),
                name="registration_once_per_mail",
            ),
            models.CheckConstraint(
                condition=~Q(state=RegistrationState.CANCELLED)
                | (Q(cancelled_at__isnull=False, token_sha256__isnull=True) & ~Q(cancelled_by="")),
                name="registration_cancelled_has_no_ticket",
            ),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True)
                | Q(
                    phone_enc=b"",
                    phone_index="",
                    phone_hint="",
                    mail_enc=b"",
                    mail_index="",
                    mail_hint="",
                    token_enc=b"",
                    token_sha256__isnull=True,
                    user__isnull=True,
                ),
                name="registration_erased_holds_nothing",
            ),
        ]
        indexes = [
            models.Index(fields=["activity", "state", "position"], name="registration_list"),
            models.Index(fields=["organization", "-registered_at"], name="registration_of_firm"),
            models.Index(fields=["origin_digest", "-registered_at"], name="registration_from_where"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.activity_id}-{self.position}"
