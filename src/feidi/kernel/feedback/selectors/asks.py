"""Who was asked, and the link by which they answer.

A link is made from the installation's key and the ask: it is not kept, and can be shown again to whoever sends it by
WeChat. Renewed or taken back, the one before opens nothing.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from django.db.models import QuerySet
from django.urls import reverse

from feidi.engines.findings import refuse
from feidi.kernel.access import Actor
from feidi.kernel.feedback.access import asks_visible_to
from feidi.kernel.feedback.models import Ask
from feidi.kernel.notify.services.digesting import site_address
from feidi.kernel.sealing import blind_index, unseal


@dataclass(frozen=True, slots=True)
class Reached:
    """Who was asked, opened for staff."""

    name: str
    email: str


def token_of(uid: str, generation: int) -> str:
    """Return the token of a link (160 bits that nobody without the installation's key can guess)."""
    return blind_index(f"feedback.ask:{uid}:{generation}")


def token_digest(token: str) -> str:
    """Return what is kept of a link's token."""
    return sha256(token.encode()).hexdigest()


def link_of(ask: Ask) -> str:
    """Return the whole address under which ``ask`` is answered, empty once it was taken back."""
    if ask.token_sha256 is None:
        return ""
    return site_address(reverse("public:feedback:answer_give", args=[token_of(ask.uid, ask.generation)]))


def ask_of_token(token: str, today: date) -> Ask:
    """Return the ask of a link, answered or not. Refused alike: unknown, taken back, expired."""
    found = Ask.objects.filter(token_sha256=token_digest(token), expires_on__gte=today).select_related("answer").first()
    if found is None:
        raise refuse("feedback.link_closed")
    return found


def get_ask(*, actor: Actor, uid: str) -> Ask:
    """Return what was asked, where the actor may see it; another is not there."""
    return asks_visible_to(actor, Ask.objects.select_related("answer", "owner")).get(uid=uid)


def list_asks(*, actor: Actor, outposts: Collection[int]) -> QuerySet[Ask]:
    """Return what was asked and the actor may see, newest first."""
    rows = asks_visible_to(actor, Ask.objects.filter(scope_outpost__in=outposts))
    return rows.select_related("answer", "owner").order_by("-asked_on", "-id")


def reached(ask: Ask) -> Reached:
    """Return who was asked."""
    told = json.loads(unseal(ask.to_enc, context=f"feedback.ask:{ask.uid}")) if ask.to_enc else {}
    return Reached(told.get("name", ""), told.get("email", ""))
