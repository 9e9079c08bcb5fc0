"""Who sees a mail: whose account it went to. Nobody else reads what was sent to whom; the audit trail names the act."""

from __future__ import annotations

from django.db.models import QuerySet

from feidi.engines.findings import refuse
from feidi.kernel.access import Actor
from feidi.kernel.identity.models import User
from feidi.kernel.notify.models import Mail
from feidi.kernel.subjects import SubjectKind

MAIL, SUBSCRIPTION, ROBOT = "notify.mail", "notify.subscription", "notify.robot"


def visible_to(actor: Actor, mails: QuerySet[Mail]) -> QuerySet[Mail]:
    """Narrow to mails that went to the actor's own account."""
    return mails.filter(user_id=actor.user_id) if actor.user_id is not None else mails.none()


def can_view(actor: Actor, mail: Mail) -> bool:
    """Tell whether ``mail`` went to the actor's own account; agrees with ``visible_to``."""
    return actor.user_id is not None and mail.user_id == actor.user_id


def require_self(actor: Actor, user: User) -> None:
    """Refuse unless it is one's own account: nobody subscribes another."""
    if actor.user_id is None:
        raise refuse("notify.nobody")
    if actor.user_id != user.pk:
        raise refuse("notify.not_yours")


def _label(mail: Mail) -> str:
    return mail.subject


SUBJECT = SubjectKind(kind=MAIL, model="notify.Mail", label=_label, visible_to=visible_to)
