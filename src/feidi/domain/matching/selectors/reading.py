"""Who may read what of a profile: the one place that says so, for lists, introductions, the workspace, search, export.

- The outpost's people and the owner read all of it.
- A blocked firm reads nothing, by whatever name, project or merged row it comes, and is shown to no profile that
  blocks it.
- Any other firm reads nothing until a list sent to it, or an introduction, has opened the masked text; the names once
  both advisers agreed (at once where the owner lets the name be known); the full text with the names and, where a
  confidentiality agreement is asked for, once that is signed. An introduction that ended opens no text any more;
  names that were shown stay known.
- A draft, and what was taken back, is read by nobody else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from django.db.models import Q, QuerySet

from feidi.domain.matching.access import VIEW, VIEW_OWN, own_profiles
from feidi.domain.matching.enums import Confidentiality, IntroductionState, ListState, ProfileState, Viewed
from feidi.domain.matching.models import (
    CandidateRow,
    ConfidentialityAgreement,
    Introduction,
    Profile,
    ProfileBlock,
)
from feidi.domain.matching.selectors.firms import close_firms, owners_of, same_firms
from feidi.domain.pipeline.access import OWN_ROLES
from feidi.kernel.access import Actor, ScopeKind


@dataclass(frozen=True, slots=True)
class Reading:
    """What of a profile may be read: the masked text, the full text, whose it is. ``blocked``: on the block list."""

    masked: bool = False
    full: bool = False
    identity: bool = False
    blocked: bool = False

    def allows(self, what: Viewed) -> bool:
        """Tell whether this version may be read."""
        return {Viewed.MASKED: self.masked, Viewed.FULL: self.full, Viewed.IDENTITY: self.identity}[what]

    @property
    def anything(self) -> bool:
        """Tell whether there is anything to read at all."""
        return self.masked or self.full or self.identity


WHOLE: Final = Reading(masked=True, full=True, identity=True)
NOTHING: Final = Reading()
BLOCKED: Final = Reading(blocked=True)


def reading_of(actor: Actor, profile: Profile, today: date) -> Reading:
    """Return what ``actor`` may read of one profile."""
    return readings_of(actor, [profile], today)[profile.pk]


def readings_of(actor: Actor, profiles: Iterable[Profile], today: date) -> dict[int, Reading]:
    """Return what ``actor`` may read of each profile (by id). A fixed number of queries."""
    rows = list(profiles)
    staffed = actor.scopes(VIEW, ScopeKind.OUTPOST)
    found = {each.pk: WHOLE for each in rows if each.outpost_id in staffed}
    rest = [each for each in rows if each.pk not in found]
    firms = actor.scopes(VIEW_OWN, ScopeKind.ORGANIZATION)
    if rest and firms:
        own = own_profiles(actor, Profile.objects.filter(pk__in=[each.pk for each in rest]))
        found |= dict.fromkeys(own.values_list("pk", flat=True), WHOLE)
        rest = [each for each in rest if each.pk not in found]
    return {**found, **readings_by(firms, rest, today)}


def readings_by(firms: Collection[int], profiles: Iterable[Profile], today: date) -> dict[int, Reading]:
    """Return what organizations (one reader) may read of profiles that are not theirs: for papers, too."""
    rows = list(profiles)
    if not firms or not rows:
        return dict.fromkeys((each.pk for each in rows), NOTHING)
    blocked = blocked_firms(rows)
    families = same_firms(firms)
    readers = frozenset().union(*families.values())
    opened = _opened(readers, rows, today)
    return {each.pk: _reading(each, bool(blocked[each.pk] & readers), opened) for each in rows}


def blocked_firms(profiles: Iterable[Profile]) -> dict[int, frozenset[int]]:
    """Return profile → every organization that must never see it. Whose the profile is, is never among them."""
    rows = list(profiles)
    listed: dict[int, set[int]] = defaultdict(set)
    blocks = ProfileBlock.objects.filter(profile_id__in=[each.pk for each in rows], lifted_at__isnull=True)
    for profile, organization in blocks.values_list("profile_id", "organization_id"):
        listed[profile].add(organization)
    if not listed:
        return dict.fromkeys((each.pk for each in rows), frozenset())
    same = same_firms({each for ids in listed.values() for each in ids})
    close = close_firms(same)
    owners = owners_of(rows)
    found = {}
    for each in rows:
        ids = listed.get(each.pk, set())
        core = frozenset[int]().union(*(same[one] for one in ids))
        wide = frozenset[int]().union(*(close[one] for one in ids))
        found[each.pk] = (core | (wide - owners[each.pk])) - {each.organization_id or 0}
    return found


def meetable(profile: Profile, others: Sequence[Profile]) -> dict[int, bool]:
    """Return whether ``profile`` and each of the others may be shown to each other: neither side blocks the other's
    firms, and they are not of the same firm. A fixed number of queries.
    """
    blocked = blocked_firms([profile, *others])
    owners = owners_of([profile, *others])
    families = same_firms({one for ids in owners.values() for one in ids})
    firms = {pk: frozenset[int]().union(*(families[one] for one in ids)) for pk, ids in owners.items()}
    mine = firms[profile.pk]
    return {
        each.pk: each.pk != profile.pk
        and not blocked[profile.pk] & firms[each.pk]
        and not blocked[each.pk] & mine
        and not mine & firms[each.pk]
        for each in others
    }


def readable_by(actor: Actor, queryset: QuerySet[Profile], today: date) -> QuerySet[Profile]:
    """Narrow to profiles of which the actor may read anything."""
    staff = Q(outpost_id__in=actor.scopes(VIEW, ScopeKind.OUTPOST))
    firms = actor.scopes(VIEW_OWN, ScopeKind.ORGANIZATION)
    if not firms:
        return queryset.filter(staff)
    own = own_profiles(actor, Profile.objects.all()).values("pk")
    shown = _shown_to(firms)
    others = list(Profile.objects.filter(shown).select_related("person").distinct())
    open_to = [pk for pk, reading in readings_by(firms, others, today).items() if reading.anything]
    return queryset.filter(staff | Q(pk__in=own) | Q(pk__in=open_to))


def _shown_to(firms: Collection[int]) -> Q:
    """Return the condition for profiles that a sent list or an introduction may have opened to these organizations."""
    readers = frozenset[int]().union(*same_firms(firms).values())
    own = _owned_by(readers).values("pk")
    rows = CandidateRow.objects.filter(candidate_list__profile__in=own, **_SENT).values("profile_id")
    live = Introduction.objects.filter(voided_at__isnull=True)
    needs, offers = live.filter(offer__in=own).values("need_id"), live.filter(need__in=own).values("offer_id")
    return Q(pk__in=rows) | Q(pk__in=needs) | Q(pk__in=offers)


_SENT: Final = {
    "picked": True,
    "candidate_list__state": ListState.SENT,
    "candidate_list__voided_at__isnull": True,
}


def _owned_by(firms: Collection[int]) -> QuerySet[Profile]:
    return Profile.objects.filter(
        Q(organization_id__in=firms)
        | Q(person__organization_id__in=firms)
        | Q(
            project__parties__organization_id__in=firms,
            project__parties__role__in=OWN_ROLES,
            project__parties__until__isnull=True,
        )
    )


@dataclass(frozen=True, slots=True)
class _Opened:
    """What has been opened to a reader: profiles by a sent list, by a live introduction, by shown names, by agreement."""

    listed: frozenset[int]
    introduced: frozenset[int]
    revealed: frozenset[int]
    once_revealed: frozenset[int]
    signed: frozenset[int]


def _opened(readers: Collection[int], rows: Sequence[Profile], today: date) -> _Opened:
    ids = [each.pk for each in rows]
    own = _owned_by(readers).values("pk")
    listed = CandidateRow.objects.filter(profile_id__in=ids, candidate_list__profile__in=own, **_SENT)
    met: Mapping[str, set[int]] = {"introduced": set(), "revealed": set(), "once_revealed": set()}
    meetings = Introduction.objects.filter(
        Q(need_id__in=ids, offer__in=own) | Q(offer_id__in=ids, need__in=own), voided_at__isnull=True
    )
    for need, offer, state, revealed in meetings.values_list("need_id", "offer_id", "state", "revealed_on"):
        for pk in {need, offer} & set(ids):
            if revealed is not None:
                met["once_revealed"].add(pk)
            if state != IntroductionState.ENDED:
                met["introduced"].add(pk)
                if revealed is not None:
                    met["revealed"].add(pk)
    agreements = ConfidentialityAgreement.objects.filter(
        Q(until__isnull=True) | Q(until__gte=today),
        profile_id__in=ids,
        organization_id__in=readers,
        voided_at__isnull=True,
        signed_on__lte=today,
    )
    return _Opened(
        listed=frozenset(listed.values_list("profile_id", flat=True)),
        signed=frozenset(agreements.values_list("profile_id", flat=True)),
        **{name: frozenset(found) for name, found in met.items()},
    )


def _reading(profile: Profile, blocked: bool, opened: _Opened) -> Reading:  # noqa: FBT001 - private, one use
    if blocked:
        return BLOCKED
    if profile.voided_at is not None or profile.state == ProfileState.DRAFT:
        return NOTHING
    masked = profile.pk in opened.listed or profile.pk in opened.introduced
    found = Reading(masked=masked, identity=profile.pk in opened.once_revealed)
    if masked and profile.confidentiality == Confidentiality.OPEN:
        found = replace(found, identity=True)
    agreed = profile.confidentiality != Confidentiality.NDA or profile.pk in opened.signed
    return replace(found, full=profile.pk in opened.revealed and agreed)
