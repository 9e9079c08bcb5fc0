"""Keys of names: what makes two rows worth comparing. Derived from the names, made anew whenever those change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from feidi.domain.parties.likeness import keys_of
from feidi.domain.parties.models import NameKey, Organization

ORGANIZATION = "parties.organization"
_LENGTH = 24
_BATCH = 2000


def keys_of_names(names: Iterable[str]) -> set[str]:
    """Return the keys of all of a row's names together."""
    return {key[:_LENGTH] for name in names if name.strip() for key in keys_of(name)}


def write_keys(kind: str, uid: str, names: Iterable[str]) -> None:
    """Bring one row's keys up to date; writes nothing when nothing changed."""
    write_many(kind, {uid: tuple(names)})


def write_organization_keys(organization: Organization) -> None:
    """Bring the keys of an organization's name and other names up to date."""
    others = organization.aliases.values_list("name", flat=True)
    write_keys(ORGANIZATION, organization.uid, [organization.name, *others])


def write_many(kind: str, names: Mapping[str, Collection[str]]) -> int:
    """Bring the keys of many rows (uid → names) up to date: one question, at most two statements. Returns rows added."""
    known: dict[str, set[str]] = defaultdict(set)
    rows = NameKey.objects.filter(subject_kind=kind, subject_uid__in=names)
    for uid, key in rows.values_list("subject_uid", "key"):
        known[uid].add(key)
    wanted = {uid: keys_of_names(each) for uid, each in names.items()}
    stale = [uid for uid in known if known[uid] - wanted[uid]]
    if stale:
        rows.filter(subject_uid__in=stale).delete()
    new = [
        NameKey(subject_kind=kind, subject_uid=uid, key=key)
        for uid, keys in wanted.items()
        for key in sorted(keys if uid in stale else keys - known[uid])
    ]
    # another transaction may have been faster
    NameKey.objects.bulk_create(new, batch_size=_BATCH, ignore_conflicts=True)
    return len(new)


def forget_keys(kind: str, uids: Collection[str]) -> None:
    """Take rows out of every comparison to come."""
    NameKey.objects.filter(subject_kind=kind, subject_uid__in=uids).delete()
