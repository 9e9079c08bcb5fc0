"""Who comes to a matchmaking day: which introductions are of one firm, and how much each side wants the other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from feidi.domain.matching.enums import Verdict
from feidi.domain.matching.models import CandidateRow, Introduction, Profile
from feidi.domain.matching.selectors.firms import owners_of, same_firms

#: How much one profile wants another: said yes first, then the score, then the earlier introduction. Smaller first.
Wish = tuple[int, float, int]


@dataclass(frozen=True, slots=True)
class Wanted:
    """One introduction with the keys of both firms and both sides' wishes."""

    introduction: Introduction
    need: str
    offer: str
    by_need: Wish
    by_offer: Wish

    @property
    def firms(self) -> tuple[str, str]:
        """Return both firms, the need's first."""
        return self.need, self.offer


def wanted_of(introductions: Sequence[Introduction]) -> list[Wanted]:
    """Return each with its firms and wishes, in the order given. A fixed number of queries."""
    profiles = {one.pk: one for each in introductions for one in (each.need, each.offer)}
    keys = _firm_keys(profiles.values())
    said = _said(profiles)
    return [
        Wanted(
            introduction=each,
            need=keys[each.need_id],
            offer=keys[each.offer_id],
            by_need=_wish(said, each.need_id, each.offer_id, each.pk),
            by_offer=_wish(said, each.offer_id, each.need_id, each.pk),
        )
        for each in introductions
    ]


def _firm_keys(profiles: Iterable[Profile]) -> dict[int, str]:
    """Return profile → one key for each firm: merged rows and owners of one project are one firm that sits once."""
    rows = list(profiles)
    owners = owners_of(rows)
    families = same_firms({one for ids in owners.values() for one in ids})
    groups: list[set[int]] = []
    for ids in owners.values():
        joined = set().union(*(families[one] for one in ids))
        for group in [each for each in groups if each & joined]:
            groups.remove(group)
            joined |= group
        groups.append(joined)
    heads = {one: min(group) for group in groups for one in group}
    return {each.pk: _key(each, heads, owners[each.pk]) for each in rows}


def _key(profile: Profile, heads: Mapping[int, int], owners: frozenset[int]) -> str:
    if owners:
        return f"firm-{heads[min(owners)]}"
    return f"project-{profile.project_id}" if profile.project_id else f"person-{profile.person_id}"


def _said(profiles: Iterable[int]) -> dict[tuple[int, int], tuple[int, float]]:
    """Return (who asked, candidate) → (0 when it said yes, −score), of the latest list that holds the candidate."""
    ids = list(profiles)
    rows = CandidateRow.objects.filter(
        candidate_list__profile_id__in=ids, profile_id__in=ids, candidate_list__voided_at__isnull=True
    )
    values = rows.order_by("pk").values_list("candidate_list__profile_id", "profile_id", "verdict", "score")
    return {
        (asked, other): (0 if verdict == Verdict.ACCEPTED else 1, -score) for asked, other, verdict, score in values
    }


def _wish(said: Mapping[tuple[int, int], tuple[int, float]], mine: int, other: int, pk: int) -> Wish:
    return (*said.get((mine, other), (2, 0.0)), pk)
