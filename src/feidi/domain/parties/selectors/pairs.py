"""Questions about the review queue: pairs of organizations that may be one, as far as the actor may know them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from feidi.domain.parties.access import organizations_visible_to
from feidi.domain.parties.enums import PairState
from feidi.domain.parties.models import Organization, OrganizationLink, OrganizationMerge, OrganizationPair
from feidi.kernel.access import Actor, ScopeKind

VIEW = "party.view"


@dataclass(frozen=True, slots=True)
class PairFilter:
    """What the queue shows. Empty means "any" but for the state, which is open then."""

    state: str = ""
    kind: str = ""
    words: str = ""
    organization_id: int | None = None


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a pair. Of an organization that the actor may not see only ``since``, ``outpost`` and ``phone``."""

    organization: Organization | None
    since: str
    outpost: str
    phone: str


def pairs_visible_to(actor: Actor, rows: QuerySet[OrganizationPair]) -> QuerySet[OrganizationPair]:
    """Narrow to pairs of which the actor sees at least one side; adds ``seen_left`` and ``seen_right``."""
    seen = rows.annotate(seen_left=_seen(actor, "left"), seen_right=_seen(actor, "right"))
    return seen.filter(Q(seen_left=True) | Q(seen_right=True))


def _seen(actor: Actor, side: str) -> Q:
    """Tell of one side that an outpost of the actor knows it, or what it was merged into: the queue is for staff."""
    known = OrganizationLink.objects.filter(outpost_id__in=actor.scopes(VIEW, ScopeKind.OUTPOST))
    own = known.filter(organization_id=OuterRef(f"{side}_id"))
    into = known.filter(organization_id=OuterRef(f"{side}__merged_into_id"))
    return Q(Exists(own)) | Q(Exists(into))


def list_pairs(actor: Actor, wanted: PairFilter) -> QuerySet[OrganizationPair]:
    """Return the queue, surest first. Open pairs of voided organizations are left out."""
    rows = _with_links(pairs_visible_to(actor, OrganizationPair.objects.all()))
    state = wanted.state or PairState.OPEN
    rows = rows.filter(state=state)
    if state == PairState.OPEN:
        rows = rows.filter(left__voided_at__isnull=True, right__voided_at__isnull=True)
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.words.strip():
        words = wanted.words.strip()
        left = Q(left__name__icontains=words, seen_left=True)
        rows = rows.filter(left | Q(right__name__icontains=words, seen_right=True))
    if wanted.organization_id:
        rows = rows.filter(Q(left_id=wanted.organization_id) | Q(right_id=wanted.organization_id))
    return rows.order_by("-score", "id")


def get_pair(actor: Actor, uid: str) -> OrganizationPair:
    """Return one pair; raises ``OrganizationPair.DoesNotExist`` for one of which the actor sees neither side."""
    return _with_links(pairs_visible_to(actor, OrganizationPair.objects.all())).get(uid=uid)


def _with_links(rows: QuerySet[OrganizationPair]) -> QuerySet[OrganizationPair]:
    links = OrganizationLink.objects.select_related("outpost").order_by("since", "id")
    sides = ("left", "right")
    return rows.select_related(*sides).prefetch_related(
        *(Prefetch(f"{each}__links", links, to_attr="known_by") for each in sides)
    )


def sides_of(pair: OrganizationPair) -> tuple[Side, Side]:
    """Return both sides of a pair from the queue, in as much as the actor may know them."""
    return _side(pair.left, pair.seen_left), _side(pair.right, pair.seen_right)  # type: ignore[attr-defined]


def _side(organization: Organization, seen: object) -> Side:
    links: Sequence[OrganizationLink] = organization.known_by  # type: ignore[attr-defined]
    first = links[0] if links else None
    return Side(
        organization if seen else None,
        first.since.isoformat() if first else "",
        first.outpost.short_name if first else "",
        first.outpost.phone if first else "",
    )


def merges_visible_to(actor: Actor, rows: QuerySet[OrganizationMerge]) -> QuerySet[OrganizationMerge]:
    """Narrow to merges into an organization that an outpost of the actor knows."""
    outposts = actor.scopes(VIEW, ScopeKind.OUTPOST)
    known = OrganizationLink.objects.filter(outpost_id__in=outposts)
    return rows.filter(kept_id__in=known.values("organization_id"))


def get_merge(actor: Actor, uid: str) -> OrganizationMerge:
    """Return one merge; raises ``OrganizationMerge.DoesNotExist`` for one that the actor may not see."""
    return merges_visible_to(actor, OrganizationMerge.objects.select_related("kept", "gone")).get(uid=uid)


def merges_into(actor: Actor, organization: Organization) -> list[OrganizationMerge]:
    """Return what was taken up in an organization, newest first."""
    rows = merges_visible_to(actor, OrganizationMerge.objects.filter(kept=organization))
    return list(rows.select_related("gone").order_by("-id"))


def standing_for(actor: Actor, uid: str) -> Organization | None:
    """Return the organization that one merged away now is, if the actor sees it; None: it was not merged, or unseen."""
    found = Organization.objects.filter(uid=uid, merged_into__isnull=False).select_related("merged_into").first()
    while found is not None and found.merged_into is not None:
        found = found.merged_into
    if found is None or not organizations_visible_to(actor, Organization.objects.filter(pk=found.pk)).exists():
        return None
    return found
