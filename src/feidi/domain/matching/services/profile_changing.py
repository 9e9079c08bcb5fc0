"""The one way a profile is changed: locked, live, versioned, on the trail, found as it is now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

from feidi.domain.matching.enums import ProfileState
from feidi.domain.matching.models import Profile
from feidi.domain.matching.services.profile_indexing import KIND, index_profile
from feidi.engines.findings import Finding, Level, refuse
from feidi.kernel.audit import Unit
from feidi.kernel.audit.models import AuditEntry

_SHOWN: Final = 60


def locked_profile(profile: Profile, *, closed: bool = False) -> Profile:
    """Return the row as it stands now, locked. Refused: taken back; closed, unless ``closed`` are taken too."""
    row = Profile.objects.select_for_update(of=("self",)).select_related("outpost__home").get(pk=profile.pk)
    if row.voided_at is not None:
        raise refuse("matching.profile_voided", number=row.number, reason=row.void_reason)
    if row.state == ProfileState.CLOSED and not closed:
        raise refuse("matching.profile_closed", number=row.number, reason=row.closed_reason)
    return row


@contextmanager
def changed_profile(
    unit: Unit, profile: Profile, *, reason: str = "", action: str = "changed", closed: bool = False
) -> Iterator[Profile]:
    """Give the locked row to be changed; on leaving it is saved with its next version, noted and indexed."""
    row = locked_profile(profile, closed=closed)
    before = unit.before(row, KIND)
    yield row
    row.version += 1
    row.save()
    unit.changed(row, kind=KIND, before=before, reason=reason.strip(), action=action)
    index_profile(row)


def refuse_conflicts(row: Profile, version: int, values: Mapping[str, Any], labels: Mapping[str, Any]) -> None:
    """Refuse when a field that is being saved was changed by somebody else since ``version``: who, what, to what.

    Changes elsewhere on the profile (a block, another fact) do not stand in the way.
    """
    entries = list(
        AuditEntry.objects.filter(subject_kind=KIND, subject_uid=row.uid, state__version__gt=version).select_related(
            "link"
        )
    )
    touched = {name for entry in entries for name in entry.changes}
    fields = sorted(
        name for name, value in values.items() if {name, f"{name}_id"} & touched and getattr(row, name) != value
    )
    if not fields:
        return
    who = "、".join(sorted({each.link.actor_label for each in entries if set(each.changes) & set(fields)}))
    named = [str(labels.get(name, name)) for name in fields]
    reasons = [
        Finding(Level.PROBLEM, "matching.field_changed", {"field": label, "value": str(getattr(row, name))[:_SHOWN]})
        for name, label in zip(fields, named, strict=True)
    ]
    raise refuse("matching.changed_meanwhile", *reasons, who=who, fields="、".join(named))
