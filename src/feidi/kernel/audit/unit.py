"""The unit of work: one ``atomic()`` block that ends by appending one link to the chain."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.db.models import Model

from feidi.kernel.access import Actor
from feidi.kernel.audit.canonical import ALGORITHM, Json, digest, plain, reason_for, state_of
from feidi.kernel.audit.models import AuditEntry, AuditLink
from feidi.kernel.audit.register import audited_kind

if TYPE_CHECKING:
    from hashlib import _Hash

#: PostgreSQL advisory lock that orders the links ("feidi audit chain", any fixed number would do).
_CHAIN_LOCK = 0x466569646941
FIRST_HASH = "0" * 64


@dataclass(frozen=True, slots=True)
class Adopted:
    """Entries prepared elsewhere (bulk work): how many, the running digest over theirs in order of ``seq``
    (1 … count), and what writes them under a link. They stand first in the link.
    """

    count: int
    hasher: _Hash
    write: Callable[[int], None]


@dataclass(slots=True)
class Unit:
    """Collects what one transaction changed. Written as one link when the block ends."""

    actor: Actor
    now: datetime
    entries: list[AuditEntry] = field(default_factory=list)
    adopted: Adopted | None = None

    def adopt(self, *, count: int, hasher: _Hash, write: Callable[[int], None]) -> None:
        """Cover entries prepared elsewhere by this unit's link, before its own. Once per unit."""
        if self.adopted is not None:
            message = "a unit of work adopts prepared entries once"
            raise ValueError(message)
        self.adopted = Adopted(count, hasher, write)

    def before(self, row: Model, kind: str | None = None) -> dict[str, Json]:
        """Return the recorded values of ``row`` now, to be handed to ``changed`` after saving."""
        from feidi.kernel.audit.register import audited_kinds  # noqa: PLC0415 - tiny, avoids a wide import

        label = row._meta.label
        declared = audited_kind(kind) if kind else next(each for each in audited_kinds() if each.model == label)
        return state_of(row, declared)

    def created(self, row: Any, *, kind: str, reason: str = "") -> None:
        """Record that ``row`` was made."""
        declared = audited_kind(kind)
        self._append("created", kind, row.uid, {}, state_of(row, declared), reason_for(row, declared, reason))

    def changed(
        self, row: Any, *, kind: str, before: Mapping[str, Json], reason: str = "", action: str = "changed"
    ) -> None:
        """Record what differs between ``before`` and ``row`` as it is now; nothing differs, nothing is written."""
        declared = audited_kind(kind)
        state = state_of(row, declared)
        changes = {name: [before.get(name), value] for name, value in state.items() if before.get(name) != value}
        if changes or action != "changed":
            self._append(action, kind, row.uid, changes, state, reason_for(row, declared, reason))

    def acted(self, action: str, *, kind: str, uid: str, reason: str = "", **params: Any) -> None:
        """Record an act that leaves no changed row behind (a download, an unmasking, a refused override)."""
        self._append(action, kind, uid, {name: plain(value) for name, value in params.items()}, None, reason)

    def _append(
        self, action: str, kind: str, uid: str, changes: dict[str, Any], state: dict[str, Json] | None, reason: str
    ) -> None:
        self.entries.append(
            AuditEntry(
                subject_kind=kind,
                subject_uid=uid,
                action=action,
                changes=changes,
                state=state,
                reason=reason[:500],
                digest=entry_digest(kind, uid, action, changes, state, reason[:500]),
            )
        )


def entry_digest(
    kind: str, uid: str, action: str, changes: dict[str, Any], state: dict[str, Json] | None, reason: str
) -> str:
    """Return the digest of one entry; its place and link are covered by the link's own digest."""
    return digest(kind, uid, action, changes, state, reason)


def link_digest(entry_digests: Iterator[str]) -> str:
    """Return the digest over the entries' digests in their order."""
    hasher = sha256()
    for each in entry_digests:
        hasher.update(each.encode())
    return hasher.hexdigest()


def link_hash(link: AuditLink) -> str:
    """Return the hash that the next link will carry as ``previous_hash``."""
    return digest(
        link.previous_hash,
        link.algorithm,
        link.digest,
        link.count,
        link.total,
        plain(link.at),
        link.actor_kind,
        link.actor_user_id,
        link.actor_label,
        link.on_behalf_of,
    )


def append_link(*, actor: Actor, now: datetime, count: int, digest_of_entries: str) -> AuditLink:
    """Append one link under the chain's lock. To be the last write of the transaction but its entries."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_CHAIN_LOCK])
    last = AuditLink.objects.order_by("-id").first()
    link = AuditLink(
        previous_hash=last.hash if last else FIRST_HASH,
        algorithm=ALGORITHM,
        digest=digest_of_entries,
        count=count,
        total=(last.total if last else 0) + count,
        at=now,
        actor_kind=actor.kind.value,
        actor_user_id=actor.user_id,
        actor_label=actor.label[:160],
        on_behalf_of=(actor.on_behalf_of or "")[:80],
    )
    link.hash = link_hash(link)
    link.save()
    return link


def _close(unit: Unit) -> None:
    adopted = unit.adopted
    if not unit.entries and adopted is None:
        return
    first = adopted.count if adopted else 0
    hasher = adopted.hasher.copy() if adopted else sha256()
    for entry in unit.entries:
        hasher.update(entry.digest.encode())
    link = append_link(
        actor=unit.actor, now=unit.now, count=first + len(unit.entries), digest_of_entries=hasher.hexdigest()
    )
    if adopted:
        adopted.write(link.pk)
    for seq, entry in enumerate(unit.entries, start=first + 1):
        entry.link = link
        entry.seq = seq
    AuditEntry.objects.bulk_create(unit.entries, batch_size=500)


_current: ContextVar[Unit | None] = ContextVar("feidi_audit_unit", default=None)


@contextmanager
def recorded(*, actor: Actor, now: datetime) -> Iterator[Unit]:
    """Run a block in one transaction that ends with one audit link. Inner blocks join the outer one."""
    outer = _current.get()
    if outer is not None:
        mark, adopted = len(outer.entries), outer.adopted
        try:
            with transaction.atomic():
                yield outer
        except BaseException:
            # what the rolled-back block wrote is gone, so its entries must go with it
            del outer.entries[mark:]
            outer.adopted = adopted
            raise
        return
    with transaction.atomic():
        unit = Unit(actor=actor, now=now)
        token = _current.set(unit)
        try:
            yield unit
            _close(unit)
        finally:
            _current.reset(token)


def current_unit() -> Unit:
    """Return the unit that is open: who acts and when, for a listener that an event does not tell it."""
    unit = _current.get()
    if unit is None:
        message = "no unit of work is open"
        raise RuntimeError(message)
    return unit
