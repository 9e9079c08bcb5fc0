"""The audit trail of one home, with what proves it: links in full where the home has a part, else only their hashes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from feidi.domain.parties.models import Organization, OrganizationLink
from feidi.domain.reporting.services import handover_verify
from feidi.domain.reporting.services.handover_tables import Extent
from feidi.kernel.audit.canonical import plain
from feidi.kernel.audit.models import AuditEntry, AuditLink
from feidi.kernel.audit.unit import FIRST_HASH

LINKS, ENTRIES, PROGRAM = "links.jsonl", "entries.jsonl", "verify.py"
_SOME = 400
_FULL = ("algorithm", "digest", "count", "total", "actor_kind", "actor_user_id", "actor_label", "on_behalf_of")
_ENTRY = ("subject_kind", "subject_uid", "action", "changes", "state", "reason")


def write_audit(extent: Extent, folder: Path) -> dict[str, Any]:
    """Write links, entries and the program that checks them; returns head, total, and how many are the home's.

    Of an organization that another home knows as well, acts are left out: they may be the other's.
    """
    folder.mkdir(parents=True, exist_ok=True)
    own = _own_entries(extent)
    mine: set[int] = set()
    for chunk in _chunks(sorted(own)):
        mine.update(AuditEntry.objects.filter(pk__in=chunk).values_list("link_id", flat=True))
    links = _write(folder / LINKS, lambda: _links(mine))
    _write(folder / ENTRIES, lambda: _entries(mine, own))
    (folder / PROGRAM).write_text(Path(handover_verify.__file__).read_text(encoding="utf-8"), encoding="utf-8")
    last = AuditLink.objects.order_by("-id").first()
    return {
        "head": last.hash if last else FIRST_HASH,
        "total": last.total if last else 0,
        "links": links,
        "own_links": len(mine),
        "own_entries": len(own),
    }


def _own_entries(extent: Extent) -> set[int]:
    alone = extent.uids.get("parties.organization", set()) - _known_elsewhere(extent)
    found: set[int] = set()
    for kind, uids in extent.uids.items():
        if kind == "identity.user":
            continue
        for chunk in _chunks(sorted(alone if kind == "parties.organization" else uids)):
            rows = AuditEntry.objects.filter(subject_kind=kind, subject_uid__in=chunk)
            found.update(rows.values_list("pk", flat=True))
    return found


def _known_elsewhere(extent: Extent) -> set[str]:
    others = OrganizationLink.objects.exclude(outpost__in=extent.outposts).values("organization_id")
    return set(Organization.objects.filter(pk__in=others).values_list("uid", flat=True))


def _links(mine: set[int]) -> Iterator[dict[str, Any]]:
    for link in AuditLink.objects.order_by("id").iterator(2000):
        told = {"link": link.pk, "previous_hash": link.previous_hash, "hash": link.hash}
        if link.pk in mine:
            told |= {name: plain(getattr(link, name)) for name in _FULL} | {"at": plain(link.at)}
        yield told


def _entries(mine: set[int], own: set[int]) -> Iterator[dict[str, Any]]:
    for chunk in _chunks(sorted(mine)):
        for row in AuditEntry.objects.filter(link_id__in=chunk).order_by("link_id", "seq").iterator(2000):
            told = {"link": row.link_id, "seq": row.seq, "digest": row.digest}
            yield told | ({name: getattr(row, name) for name in _ENTRY} if row.pk in own else {})


def _write(path: Path, rows: Callable[[], Iterator[dict[str, Any]]]) -> int:
    count = 0
    with path.open("w", encoding="utf-8") as out:
        for each in rows():
            out.write(json.dumps(each, ensure_ascii=False, separators=(",", ":")) + "\n")
            count += 1
    return count


def _chunks(values: list[int] | list[str]) -> Iterator[list[Any]]:
    for start in range(0, len(values), _SOME):
        yield values[start : start + _SOME]
