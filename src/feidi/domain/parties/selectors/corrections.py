"""What was put right about an organization, and to which others it is joined, as far as one's outposts wrote it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from feidi.domain.parties.enums import RelationKind
from feidi.domain.parties.models import Organization, OrganizationRelation, Outpost
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.kernel.access import Actor, ScopeKind
from feidi.kernel.audit.models import AuditEntry

VIEW, KIND = "party.view", "parties.organization"
ACTIONS = ("number_corrected", "renamed", "alias_added", "alias_dropped", "continued")
_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Correction:
    """One correction: when, by whom and why (empty where another outpost wrote it), what stood before, what stands."""

    on: date
    action: str
    was: str
    now: str
    who: str
    reason: str


@dataclass(frozen=True, slots=True)
class Joined:
    """Another organization and how this one is joined to it. ``inward``: the other is the lesser one."""

    organization: Organization
    kind: str
    since: date | None
    inward: bool


def corrections_of(actor: Actor, organization: Organization) -> list[Correction]:
    """Return what was corrected, newest first. That it was corrected all see who know it; who and why, its own side."""
    own = set(Outpost.objects.filter(pk__in=actor.scopes(VIEW, ScopeKind.OUTPOST)).values_list("uid", flat=True))
    entries = AuditEntry.objects.filter(
        subject_kind=KIND, subject_uid=organization.uid, action__in=ACTIONS
    ).select_related("link")
    found = []
    for each in entries.order_by("-id")[:_SHOWN]:
        said, mine = each.changes, each.changes.get("outpost") in own
        found.append(
            Correction(
                on=each.link.at.astimezone(SHANGHAI).date(),
                action=each.action,
                was=str(said.get("was", "")),
                now=str(said.get("now", "")),
                who=each.link.actor_label if mine else "",
                reason=each.reason if mine else "",
            )
        )
    return found


def joined_to(actor: Actor, organization: Organization) -> list[Joined]:
    """Return the organizations to which this one is joined, as outposts of the actor wrote it down."""
    rows = OrganizationRelation.objects.filter(
        Q(source=organization) | Q(target=organization), outpost_id__in=actor.scopes(VIEW, ScopeKind.OUTPOST)
    ).select_related("source", "target")
    return [
        Joined(
            organization=row.source if row.target_id == organization.pk else row.target,
            kind=RelationKind(row.kind),
            since=row.since,
            inward=row.target_id == organization.pk,
        )
        for row in rows.order_by("id")
    ]
