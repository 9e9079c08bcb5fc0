"""绿色通道: one case, one receipt, one visible clock that stands still while the applicant is waited for."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from typing_extensions import override

from feidi.domain.parties.models import Outpost
from feidi.domain.talent.enums import CaseState, ItemState, PauseReason
from feidi.domain.talent.models.person import Consent, Talent
from feidi.kernel.files.models import StoredFile
from feidi.kernel.subjects.fields import Addressed, Voidable


class GreenCase(Addressed, Voidable):
    """One case of one talent under one receipt number (``number``).

    ``promised``      working days, by the content of the day it was opened (``content_sha256``); NULL: no promise is known
    ``missing``       what was told to be missing, in words; told once (``told_on``)
    ``token_sha256``  digest of the link by which delivery is confirmed; the token itself is not kept
    Delivered has a day; confirmed has a score of 1 to 5 (constraints).
    """

    outpost = models.ForeignKey(Outpost, on_delete=models.PROTECT, related_name="green_cases")
    number = models.CharField(max_length=40)
    talent = models.ForeignKey(Talent, on_delete=models.PROTECT, related_name="cases")
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=CaseState.choices, default=CaseState.OPEN)
    opened_on = models.DateField()
    promised = models.PositiveSmallIntegerField(null=True, blank=True)
    content_sha256 = models.CharField(max_length=64)
    missing = models.JSONField(default=list, blank=True)
    told_on = models.DateField(null=True, blank=True)
    delivered_on = models.DateField(null=True, blank=True)
    token_sha256 = models.CharField(max_length=64, unique=True, null=True, blank=True)
    link_expires_on = models.DateField(null=True, blank=True)
    score = models.PositiveSmallIntegerField(null=True, blank=True)
    word = models.CharField(max_length=300, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True)
    recorded_by = models.CharField(max_length=160)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["outpost", "number"], name="green_case_number_once"),
            models.CheckConstraint(
                condition=~Q(state__in=[CaseState.DELIVERED, CaseState.CONFIRMED]) | Q(delivered_on__isnull=False),
                name="green_case_delivered_has_day",
            ),
            models.CheckConstraint(
                condition=~Q(state=CaseState.CONFIRMED) | Q(score__gte=1, score__lte=5, confirmed_at__isnull=False),
                name="green_case_confirmed_has_score",
            ),
            models.CheckConstraint(
                condition=~Q(state=CaseState.WITHDRAWN) | ~Q(withdrawn_reason=""),
                name="green_case_withdrawn_says_why",
            ),
            models.CheckConstraint(
                condition=Q(token_sha256=None) | Q(link_expires_on__isnull=False), name="green_case_link_ends"
            ),
        ]
        indexes = [models.Index(fields=["outpost", "state", "-id"], name="green_case_list")]

    @override
    def __str__(self) -> str:
        return self.number


class GreenItem(Addressed):
    """One service of a case, with a clock of its own. Words and days are those of the content at opening.

    ``taken_from``   the place whose practice the days are (参考外地做法), until this place confirms them
    ``child_enc``    data of a child, sealed for this row, only here and only with a guardian's consent (constraint)
    Finished has a day and what came of it (constraint).
    """

    case = models.ForeignKey(GreenCase, on_delete=models.PROTECT, related_name="items")
    service = models.CharField(max_length=40)
    title = models.CharField(max_length=80)
    department = models.CharField(max_length=120, blank=True)
    documents = models.JSONField(default=list)
    promised = models.PositiveSmallIntegerField(null=True, blank=True)
    taken_from = models.CharField(max_length=60, blank=True)
    serial = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=ItemState.choices, default=ItemState.OPEN)
    started_on = models.DateField(null=True, blank=True)
    finished_on = models.DateField(null=True, blank=True)
    result = models.CharField(max_length=300, blank=True)
    child_enc = models.BinaryField(default=b"")
    guardian_consent = models.ForeignKey(Consent, on_delete=models.PROTECT, null=True, blank=True, related_name="items")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "service"], name="green_item_once_per_case"),
            models.CheckConstraint(
                condition=Q(child_enc=b"") | Q(guardian_consent__isnull=False), name="green_item_child_needs_guardian"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[ItemState.DONE, ItemState.REFUSED])
                | (Q(finished_on__isnull=False) & ~Q(result="")),
                name="green_item_finished_says_what",
            ),
        ]

    @override
    def __str__(self) -> str:
        return self.title


class ClockPause(models.Model):
    """The clock of a case stands still: after ``since`` until ``until`` (NULL: still). One at a time (constraint)."""

    case = models.ForeignKey(GreenCase, on_delete=models.PROTECT, related_name="pauses")
    reason = models.CharField(max_length=10, choices=PauseReason.choices)
    note = models.CharField(max_length=300, blank=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    by = models.CharField(max_length=160)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(until__isnull=True), name="pause_one_at_a_time"),
            models.CheckConstraint(condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="pause_in_order"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.case_id} {self.since}–{self.until or ''}"


class HandOff(Addressed):
    """交件: an item brought to a department. Departments do not sign in: what they said is written down here.

    An answer has its day (constraint).
    """

    item = models.ForeignKey(GreenItem, on_delete=models.PROTECT, related_name="hand_offs")
    department = models.CharField(max_length=120)
    handed_on = models.DateField()
    contact = models.CharField(max_length=80, blank=True)
    acceptance_number = models.CharField(max_length=80, blank=True)
    receipt = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answered_on = models.DateField(null=True, blank=True)
    answer = models.CharField(max_length=300, blank=True)
    recorded_by = models.CharField(max_length=160)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True, answer="") | (Q(answered_on__gte=F("handed_on")) & ~Q(answer="")),
                name="hand_off_answered_after_handed",
            )
        ]

    @override
    def __str__(self) -> str:
        return f"{self.department} {self.handed_on}"
