"""Which accounts the list shows: by words, state and role."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from feidi.domain.parties.models import Membership
from feidi.kernel.access import Actor
from feidi.kernel.identity.access import visible_to
from feidi.kernel.identity.models import Phone, Totp, User

#: How Django marks a password that nobody can type.
_UNUSABLE = "!"
STATES = ("open", "invited", "closed")


@dataclass(frozen=True, slots=True)
class AccountFilter:
    """What was asked for; empty means everything."""

    words: str = ""
    state: str = ""
    role: str = ""


def state_of(user: User) -> str:
    """Return open, invited (no password set yet) or closed."""
    if not user.is_active:
        return "closed"
    return "open" if user.has_usable_password() else "invited"


def current(today: date) -> Q:
    """Return the condition of memberships held on ``today``."""
    return Q(valid_from__lte=today) & (Q(valid_to__isnull=True) | Q(valid_to__gt=today))


def memberships_of() -> QuerySet[Membership]:
    """Return memberships with what their rows show."""
    return Membership.objects.select_related("outpost__home", "home", "organization").order_by("-valid_from", "-id")


def list_accounts(actor: Actor, today: date, wanted: AccountFilter) -> QuerySet[User]:
    """Return the accounts with their roles of today, second factor and phone; none without the permission."""
    users = visible_to(actor, User.objects.all())
    for word in wanted.words.split():
        users = users.filter(Q(login__icontains=word) | Q(display_name__icontains=word))
    if wanted.state == "closed":
        users = users.filter(is_active=False)
    elif wanted.state == "invited":
        users = users.filter(is_active=True, password__startswith=_UNUSABLE)
    elif wanted.state == "open":
        users = users.filter(is_active=True).exclude(password__startswith=_UNUSABLE)
    if wanted.role:
        holding = Membership.objects.filter(current(today), role=wanted.role)
        users = users.filter(pk__in=holding.values("user"))
    return users.prefetch_related(
        Prefetch("memberships", memberships_of().filter(current(today)), to_attr="roles_today"),
        Prefetch("totps", Totp.objects.filter(removed_at__isnull=True), to_attr="second_factors"),
        Prefetch("phones", Phone.objects.filter(removed_at__isnull=True), to_attr="numbers"),
    )
