"""What the subjects of standings are called: by their names on the page, masked in what leaves it."""

from __future__ import annotations

from collections.abc import Iterable

from feidi.domain.parties.access import organizations_visible_to
from feidi.domain.parties.models import Organization
from feidi.domain.policy.models import ClauseStanding, StandingChange
from feidi.domain.policy.selectors.askable import abouts_of
from feidi.domain.policy.selectors.known import ORGANIZATION
from feidi.kernel.access import Actor
from feidi.kernel.subjects import Subject


def names_of(actor: Actor, rows: Iterable[ClauseStanding | StandingChange], *, masked: bool = False) -> dict[str, str]:
    """Return uid → name of the subjects that the actor may see; one query per kind.

    ``masked``: of persons and referrals what may leave the page. What may not be seen is left out.
    """
    subjects = {Subject(each.subject_kind, each.subject_uid) for each in rows}
    firms = [each.uid for each in subjects if each.kind == ORGANIZATION]
    known = organizations_visible_to(actor, Organization.objects.filter(uid__in=firms))
    abouts = abouts_of(actor, subjects)
    return {
        **(dict(known.values_list("uid", "name")) if firms else {}),
        **{each.uid: about.masked if masked else about.name for each, about in abouts.items()},
    }
