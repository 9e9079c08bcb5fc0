"""Who wants which digest, and what was sent to oneself."""

from __future__ import annotations

from django.db.models import QuerySet

from feidi.kernel.access import Actor
from feidi.kernel.identity.models import User
from feidi.kernel.notify.access import visible_to
from feidi.kernel.notify.models import Mail, Subscription


def subscriptions_of(user: User) -> QuerySet[Subscription]:
    """Return the digests that a person wants now."""
    return Subscription.objects.filter(user=user, ended_at__isnull=True).order_by("topic")


def list_subscribers() -> list[User]:
    """Return who wants a digest and can get one: an open account with an address."""
    wanted = Subscription.objects.filter(ended_at__isnull=True)
    return list(User.objects.filter(pk__in=wanted.values("user_id"), is_active=True).exclude(email="").order_by("pk"))


def list_own_mails(actor: Actor) -> QuerySet[Mail]:
    """Return the mails that went to the actor's own account, newest first."""
    return visible_to(actor, Mail.objects.order_by("-created_at", "-id"))
