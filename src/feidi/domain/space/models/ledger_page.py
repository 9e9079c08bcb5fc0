"""The ledger of a room and a month as columns, so that a search over months reads pages instead of rows."""

from __future__ import annotations

from django.db import models
from typing_extensions import override

from feidi.domain.space.models.premises import Unit


class LedgerPage(models.Model):
    """Live occupations of a room and its parts that begin in one month (UTC), each as three numbers.

    ``columns``: unit, beginning, end (seconds since 1970), 64 bits each, little-endian, by beginning. Made from the
    ledger and never more than a copy: the database itself throws a page away with any change to what stands on it
    (``space.triggers``), a job writes it anew, and what has no page is read from the rows.
    """

    root = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    month = models.DateField()
    columns = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["root", "month"], name="ledger_page_once")]

    @override
    def __str__(self) -> str:
        return f"{self.root_id} {self.month:%Y-%m}"
