"""Questions about imports."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from feidi.engines.findings import refuse
from feidi.kernel.access import Actor
from feidi.kernel.imports.access import visible_to
from feidi.kernel.imports.enums import RowState
from feidi.kernel.imports.models import ImportBatch, ImportRow
from feidi.kernel.subjects import Subject


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would do: rows per state, and one page of them."""

    counts: dict[str, int]
    rows: tuple[ImportRow, ...]
    total: int
    page: int
    pages: int


def get_batch(*, actor: Actor, uid: str) -> ImportBatch:
    """Return the batch that ``actor`` may see, or refuse with ``imports.not_found``."""
    batch = visible_to(actor, ImportBatch.objects.select_related("file").filter(uid=uid)).first()
    if batch is None:
        raise refuse("imports.not_found", batch=uid)
    return batch


def list_batches(*, actor: Actor, subject: Subject | None = None) -> QuerySet[ImportBatch]:
    """Return the batches that ``actor`` may see, newest first, of one subject when given."""
    batches = visible_to(actor, ImportBatch.objects.select_related("file")).order_by("-id")
    return batches.filter(subject_kind=subject.kind, subject_uid=subject.uid) if subject else batches


def list_rows(batch: ImportBatch, *, state: str = "", told: bool = False) -> QuerySet[ImportRow]:
    """Return the rows of a batch in the order of the file, of one state, or only those with findings (``told``)."""
    rows = batch.rows.order_by("row")
    rows = rows.filter(state=state) if state in RowState.values else rows
    return rows.exclude(findings=[]) if told else rows


def preview_page(batch: ImportBatch, *, state: str = "", page: int = 1, size: int = 50) -> Preview:
    """Return counts and one page of rows (three queries). A page beyond the last is the last."""
    rows = list_rows(batch, state=state)
    total = rows.count()
    pages = max(1, -(-total // size))
    page = min(max(1, page), pages)
    shown = tuple(rows[(page - 1) * size : page * size])
    return Preview(dict(batch.counts), shown, total, page, pages)
