"""人才类别 as decided: a question with the check-up it rests on, and the home side's ruling."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from typing_extensions import override

from feidi.domain.policy.models import Checkup
from feidi.domain.talent.enums import AskedBecause, RulingState
from feidi.domain.talent.models.person import Talent
from feidi.kernel.files.models import StoredFile
from feidi.kernel.subjects.fields import Addressed, Voidable


class ClassRuling(Addressed, Voidable):
    """One question to the home side, open once per talent (constraint). A class is never typed: it is what a ruling says.

    ``checkup``  what the clauses said of the person that day; ``clauses`` the ones asked, with their verdicts
    ``class_code``  granted exactly when there is one (constraint); decided means by whom, when, on what basis (constraint)
    """

    talent = models.ForeignKey(Talent, on_delete=models.PROTECT, related_name="rulings")
    checkup = models.ForeignKey(Checkup, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    clauses = models.JSONField(default=list)
    because = models.CharField(max_length=12, choices=AskedBecause.choices)
    question = models.CharField(max_length=300, blank=True)
    asked_on = models.DateField()
    asked_by = models.CharField(max_length=160)
    state = models.CharField(max_length=10, choices=RulingState.choices, default=RulingState.ASKED)
    class_code = models.CharField(max_length=20, blank=True)
    class_name = models.CharField(max_length=60, blank=True)
    basis = models.CharField(max_length=300, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    decided_by = models.CharField(max_length=160, blank=True)
    paper = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["talent"],
                condition=Q(state=RulingState.ASKED, voided_at__isnull=True),
                name="ruling_asked_once",
            ),
            models.CheckConstraint(
                condition=(Q(state=RulingState.GRANTED) & ~Q(class_code=""))
                | (~Q(state=RulingState.GRANTED) & Q(class_code="")),
                name="ruling_grants_a_class",
            ),
            models.CheckConstraint(
                condition=Q(state=RulingState.ASKED) | (Q(decided_on__isnull=False) & ~Q(decided_by="") & ~Q(basis="")),
                name="ruling_says_who_and_why",
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.talent_id} {self.state}"
