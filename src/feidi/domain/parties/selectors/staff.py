"""Who works at an outpost and may be given something to do: neither its judges nor its talents, who hold roles there too."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from django.db.models import Q, QuerySet

from feidi.domain.parties.models import Membership, Outpost
from feidi.domain.parties.selectors.standing import roles_of
from feidi.kernel.identity.models import User

#: Who may work on to-dos may be given one.
WORKS: Final = "todo.edit"


def staff_of(outposts: Iterable[Outpost], on: date | None) -> QuerySet[User]:
    """Return who works at one of these outposts on a day, by name; ``on`` None: who works or ever worked there."""
    held = Q(pk__in=[])
    for each in outposts:
        works = [code for code, role in roles_of(each.home.code).items() if WORKS in role["permissions"]]
        held |= Q(outpost=each, role__in=works)
    rows = Membership.objects.filter(held)
    if on is None:
        return User.objects.filter(pk__in=rows.values("user_id")).order_by("display_name", "id")
    rows = rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on), valid_from__lte=on)
    return User.objects.filter(pk__in=rows.values("user_id"), is_active=True).order_by("display_name", "id")
