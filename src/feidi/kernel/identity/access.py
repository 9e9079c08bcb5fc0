"""Who may look after accounts: whoever content gives ``user.manage``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feidi.engines.findings import refuse
from feidi.kernel.access import Actor, ActorKind

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from feidi.kernel.identity.models import User

MANAGE = "user.manage"


def may_manage(actor: Actor) -> bool:
    """Tell whether ``actor`` may open, close and mend other people's accounts. A timed job may: nobody is behind it."""
    return actor.kind is ActorKind.SCHEDULE or actor.may(MANAGE)


def require_manager(actor: Actor) -> None:
    """Refuse unless ``actor`` may look after accounts."""
    if not may_manage(actor):
        raise refuse("identity.not_permitted")


def require_another(actor: Actor, user: User) -> None:
    """Refuse when somebody would do to their own account what only another may."""
    if actor.user_id == user.pk:
        raise refuse("identity.not_yourself")


def require_self_or_manager(actor: Actor, user: User) -> None:
    """Refuse unless it is one's own account, or one may look after accounts."""
    if actor.user_id != user.pk:
        require_manager(actor)


def visible_to(actor: Actor, users: QuerySet[User]) -> QuerySet[User]:
    """Narrow to the accounts that ``actor`` may look after: all of them, or none."""
    return users if may_manage(actor) else users.none()


def can_view(actor: Actor, user: User) -> bool:
    """Tell whether ``actor`` may look after ``user``; agrees with ``visible_to``."""
    del user
    return may_manage(actor)
