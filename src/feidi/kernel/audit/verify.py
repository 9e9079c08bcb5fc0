"""``audit verify``: whether the chain is whole, and the rows still hold what was last recorded of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Max, Model

from feidi.kernel.audit.canonical import differing, is_keyed
from feidi.kernel.audit.models import AuditEntry, AuditLink
from feidi.kernel.audit.register import AuditedKind, audited_kinds
from feidi.kernel.audit.unit import FIRST_HASH, entry_digest, link_digest, link_hash


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that does not hold. ``code``: chain_broken, link_altered, entries_altered, entry_altered,
    row_differs, row_missing, tail_cut; ``where`` names the link or the row, ``detail`` the fields.
    ``keyed``: all of these fields were recorded as keyed digests, which nobody can compare without the key.
    """

    code: str
    where: str
    detail: str = ""
    keyed: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was checked and what was found."""

    links: int
    entries: int
    rows: int
    head: str
    faults: tuple[Fault, ...]


def verify(*, expected_head: str | None = None, expected_total: int | None = None) -> Verdict:
    """Check chain, entries and rows. ``expected_*`` come from a backup's manifest and show a cut tail."""
    faults = list(_chain_faults())
    last = AuditLink.objects.order_by("-id").first()
    total = last.total if last else 0
    if expected_head and not AuditLink.objects.filter(hash=expected_head).exists():
        faults.append(Fault("tail_cut", expected_head, f"total {total} < {expected_total}"))
    rows = 0
    for kind in audited_kinds():
        for count, fault in _row_faults(kind):
            rows += count
            if fault:
                faults.append(fault)
    return Verdict(
        links=AuditLink.objects.count(),
        entries=AuditEntry.objects.count(),
        rows=rows,
        head=last.hash if last else FIRST_HASH,
        faults=tuple(faults),
    )


def _chain_faults() -> Iterator[Fault]:
    previous, total = FIRST_HASH, 0
    for link in AuditLink.objects.order_by("id").iterator(chunk_size=2000):
        total += link.count
        if link.previous_hash != previous or link.total != total:
            yield Fault("chain_broken", f"link {link.pk}")
        if link_hash(link) != link.hash:
            yield Fault("link_altered", f"link {link.pk}")
        digests: list[str] = []
        for entry in AuditEntry.objects.filter(link=link).order_by("seq").iterator(chunk_size=2000):
            digests.append(entry.digest)
            computed = entry_digest(
                entry.subject_kind, entry.subject_uid, entry.action, entry.changes, entry.state, entry.reason
            )
            if computed != entry.digest:
                yield Fault("entry_altered", f"{entry.subject_kind} {entry.subject_uid}", f"link {link.pk}")
        if link_digest(iter(digests)) != link.digest or len(digests) != link.count:
            yield Fault("entries_altered", f"link {link.pk}")
        previous, total = link.hash, link.total


def _row_faults(kind: AuditedKind) -> Iterator[tuple[int, Fault | None]]:
    """Yield (1, fault or None) for each row of ``kind`` that has a recorded state."""
    latest = (
        AuditEntry.objects.filter(subject_kind=kind.kind, state__isnull=False)
        .values("subject_uid")
        .annotate(last=Max("id"))
        .values_list("last", flat=True)
    )
    model = apps.get_model(kind.model)
    batch: list[AuditEntry] = []
    for entry in AuditEntry.objects.filter(id__in=latest).order_by("id").iterator(chunk_size=500):
        batch.append(entry)
        if len(batch) == 500:  # noqa: PLR2004 - one chunk of the iterator
            yield from _compare(kind, model, batch)
            batch = []
    yield from _compare(kind, model, batch)


def _compare(kind: AuditedKind, model: type[Model], batch: list[AuditEntry]) -> Iterator[tuple[int, Fault | None]]:
    # every audited model is addressed by uid; the type of Django's base model does not know that
    found: list[Any] = list(model._default_manager.filter(uid__in=[each.subject_uid for each in batch]))
    rows = {row.uid: row for row in found}
    for entry in batch:
        row = rows.get(entry.subject_uid)
        where = f"{kind.kind} {entry.subject_uid}"
        if row is None:
            yield 1, Fault("row_missing", where)
            continue
        recorded = entry.state or {}
        fields = differing(row, kind, recorded)
        keyed = all(is_keyed(recorded[name]) for name in fields)
        yield 1, Fault("row_differs", where, ", ".join(fields), keyed) if fields else None
