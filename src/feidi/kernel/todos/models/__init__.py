"""A person's to-do."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from typing_extensions import override

from feidi.kernel.subjects.fields import Addressed, SubjectColumns, Voidable


class Todo(Addressed, SubjectColumns, Voidable):
    """One thing to do, about a subject, for a user."""

    what = models.CharField(max_length=300)
    assignee = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="todos")
    due_on = models.DateField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.CharField(max_length=160, blank=True)

    class Meta:
        indexes = [models.Index(fields=["assignee", "done_at", "due_on"], name="todo_open_by_person")]

    @override
    def __str__(self) -> str:
        return self.what
