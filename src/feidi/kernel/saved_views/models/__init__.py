"""Saved filters."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from typing_extensions import override

from feidi.kernel.subjects.fields import Addressed


class SavedView(Addressed):
    """One way to see one list (``page``: the url name). ``query`` is the address's query text, without a leading ``?``;
    ``columns`` the chosen columns in order, empty: the page's own. ``shared_with``: the key of an outpost whose
    people see it, too. A name stands once per person and page (constraint).
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="saved_views")
    page = models.CharField(max_length=80)
    name = models.CharField(max_length=40)
    query = models.CharField(max_length=1000, blank=True)
    columns = models.JSONField(default=list, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    shared_with = models.BigIntegerField(null=True, blank=True, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "page", "name"], name="saved_view_name_once"),
            models.CheckConstraint(condition=~Q(name=""), name="saved_view_has_a_name"),
        ]
        ordering = ["position", "id"]

    @override
    def __str__(self) -> str:
        return self.name
