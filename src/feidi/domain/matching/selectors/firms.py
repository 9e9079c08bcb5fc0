"""Which organizations are one firm, or so close to it that who must not read by the one must not read by the other.

The same firm: merged into it, the same credit code or other number, the same whole name or alias. Close to it: its
branches, subsidiaries and what it was continued as, and who stands with it as owner of a project.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Final

from django.db.models import Q

from feidi.domain.matching.models import Profile
from feidi.domain.parties.models import (
    Organization,
    OrganizationAlias,
    OrganizationIdentifier,
    OrganizationRelation,
)
from feidi.domain.pipeline.access import OWN_ROLES
from feidi.domain.pipeline.models import ProjectParty

#: A shorter alias is shared by firms that have nothing to do with each other.
_TELLING_ALIAS: Final = 4
_ROUNDS: Final = 4
Pairs = Iterable[tuple[int, int]]


def owners_of(profiles: Iterable[Profile]) -> dict[int, frozenset[int]]:
    """Return profile → organizations whose it is: its own, its project's owners, the person's employer. One query."""
    rows = list(profiles)
    projects: dict[int, set[int]] = defaultdict(set)
    parties = ProjectParty.objects.filter(
        project_id__in={each.project_id for each in rows if each.project_id},
        role__in=OWN_ROLES,
        until__isnull=True,
        organization__isnull=False,
    )
    for project, organization in parties.values_list("project_id", "organization_id"):
        projects[project].add(int(organization or 0))
    return {each.pk: frozenset(_owners(each, projects)) for each in rows}


def _owners(profile: Profile, projects: Mapping[int, set[int]]) -> set[int]:
    found = set(projects.get(profile.project_id or 0, ()))
    if profile.organization_id:
        found.add(profile.organization_id)
    if profile.person_id and profile.person is not None and profile.person.organization_id:
        found.add(profile.person.organization_id)
    return found


def same_firms(ids: Collection[int]) -> dict[int, frozenset[int]]:
    """Return organization → every row that is the same firm, itself among them. A fixed number of queries a round."""
    return _closures(ids, lambda known: (*_merged(known), *_same_number(known), *_same_name(known)))


def close_firms(families: Mapping[int, frozenset[int]]) -> dict[int, frozenset[int]]:
    """Return the same families with those close to any of their members. Four queries."""
    members = {each for family in families.values() for each in family}
    near: dict[int, set[int]] = defaultdict(set)
    for left, right in (*_related(members), *_fellow_owners(members)):
        near[left].add(right)
        near[right].add(left)
    return {
        key: frozenset(family.union(*(near[each] for each in family if each in near)))
        for key, family in families.items()
    }


class _Joined:
    """Organizations put into groups, pair by pair."""

    def __init__(self, ids: Collection[int]) -> None:
        self._into: dict[int, int] = {each: each for each in ids}

    def __contains__(self, one: int) -> bool:
        return one in self._into

    def head(self, one: int) -> int:
        """Return who stands for the group; one seen for the first time is a group by itself."""
        self._into.setdefault(one, one)
        while self._into[one] != one:
            self._into[one] = one = self._into[self._into[one]]
        return one

    def join(self, left: int, right: int) -> None:
        """Make one group of two."""
        self._into[self.head(left)] = self.head(right)

    def groups(self) -> dict[int, frozenset[int]]:
        """Return head → members."""
        found: dict[int, set[int]] = defaultdict(set)
        for each in self._into:
            found[self.head(each)].add(each)
        return {head: frozenset(members) for head, members in found.items()}


def _closures(ids: Collection[int], pairs: Callable[[Collection[int]], Pairs]) -> dict[int, frozenset[int]]:
    """Join what ``pairs`` (of the ids known so far) joins, round by round, until nothing new is found."""
    joined, fresh = _Joined(ids), set(ids)
    for _round in range(_ROUNDS):
        if not fresh:
            break
        found = list(pairs(fresh))
        fresh = {each for pair in found for each in pair if each not in joined}
        for left, right in found:
            joined.join(left, right)
    groups = joined.groups()
    return {each: groups[joined.head(each)] for each in ids}


def _merged(ids: Collection[int]) -> Pairs:
    rows = Organization.objects.filter(Q(pk__in=ids) | Q(merged_into_id__in=ids), merged_into__isnull=False)
    return [(pk, int(into or 0)) for pk, into in rows.values_list("pk", "merged_into_id")]


def _same_number(ids: Collection[int]) -> Pairs:
    own = OrganizationIdentifier.objects.filter(organization_id__in=ids, valid=True)
    held = {(scheme, value): pk for pk, scheme, value in own.values_list("organization_id", "scheme", "value")}
    rows = OrganizationIdentifier.objects.filter(value__in={value for _scheme, value in held}, valid=True)
    return [
        (pk, held[scheme, value])
        for pk, scheme, value in rows.values_list("organization_id", "scheme", "value")
        if (scheme, value) in held
    ]


def _same_name(ids: Collection[int]) -> Pairs:
    """Join rows of one whole name: as name of both, as name of one and alias of the other, as a telling alias of both."""
    called = dict(Organization.objects.filter(pk__in=ids).values_list("pk", "name_folded"))
    also = list(OrganizationAlias.objects.filter(organization_id__in=ids).values_list("organization_id", "name_folded"))
    named: dict[str, set[int]] = defaultdict(set)
    for pk, name in (*called.items(), *also):
        if len(name) >= _TELLING_ALIAS:
            named[name].add(pk)
    rows = Organization.objects.filter(name_folded__in=named).values_list("pk", "name_folded")
    aliases = OrganizationAlias.objects.filter(name_folded__in=named).values_list("organization_id", "name_folded")
    return [(pk, one) for pk, name in (*rows, *aliases) for one in named[name]]


def _related(ids: Collection[int]) -> Pairs:
    rows = OrganizationRelation.objects.filter(Q(source_id__in=ids) | Q(target_id__in=ids))
    return list(rows.values_list("source_id", "target_id"))


def _fellow_owners(ids: Collection[int]) -> Pairs:
    live = {"role__in": OWN_ROLES, "until__isnull": True, "organization__isnull": False}
    own = ProjectParty.objects.filter(organization_id__in=ids, **live)
    by_project: dict[int, int] = {
        project: int(pk or 0) for project, pk in own.values_list("project_id", "organization_id")
    }
    rows = ProjectParty.objects.filter(project_id__in=by_project, **live)
    return [(int(pk or 0), by_project[project]) for project, pk in rows.values_list("project_id", "organization_id")]
