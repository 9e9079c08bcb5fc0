"""Questions about introductions of one's outposts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Q, QuerySet

from feidi.domain.matching.access import own_profiles, visible_to
from feidi.domain.matching.enums import IntroductionState
from feidi.domain.matching.models import Introduction, IntroductionLog, Profile
from feidi.kernel.access import Actor

#: Column of the list → field.
SORTS: Final = {
    "number": "number",
    "need": "need__number",
    "offer": "offer__number",
    "kind": "need__kind",
    "state": "state",
    "interested": "interested_on",
}
_OVER: Final = (IntroductionState.CONCLUDED, IntroductionState.ENDED)
_JOINS: Final = (
    "outpost__home",
    "need__organization",
    "need__project",
    "need__person",
    "offer__organization",
    "offer__project",
    "offer__person",
    "need_officer",
    "offer_officer",
)


@dataclass(frozen=True, slots=True)
class IntroductionFilter:
    """What the list shows. Empty means "any"; ``show``: live (default of the page), concluded, ended, all."""

    words: str = ""
    show: str = "live"
    state: str = ""
    kind: str = ""
    officer_id: int | None = None
    outpost_id: int | None = None
    profile: str = ""


def list_introductions(actor: Actor, wanted: IntroductionFilter) -> QuerySet[Introduction]:
    """Return the introductions of the actor's outposts, newest first, with what a list needs."""
    rows = visible_to(actor, Introduction.objects.filter(_conditions(wanted), voided_at__isnull=True))
    return rows.select_related(*_JOINS).order_by("-id")


def get_introduction(actor: Actor, uid: str) -> Introduction:
    """Return one of the actor's outposts; raises ``Introduction.DoesNotExist`` for every other."""
    return visible_to(actor, Introduction.objects.select_related(*_JOINS)).get(uid=uid)


def own_introductions(actor: Actor) -> QuerySet[Introduction]:
    """Return the introductions of the actor's own firm, newest first: staff of the outpost has none of its own."""
    own = own_profiles(actor, Profile.objects.all()).values("pk")
    rows = Introduction.objects.filter(Q(need__in=own) | Q(offer__in=own), voided_at__isnull=True)
    return rows.select_related(*_JOINS).order_by("-id")


def last_step(introduction: Introduction) -> IntroductionLog | None:
    """Return the step that led to where it stands."""
    return introduction.log.order_by("-id").first()


def days_without_progress(introduction: Introduction, today: date) -> int:
    """Return for how many days nothing has happened on a live introduction; 0 once it is over."""
    if introduction.state in _OVER:
        return 0
    last = last_step(introduction)
    return max(0, (today - (last.occurred_on if last else introduction.interested_on)).days)


def _conditions(wanted: IntroductionFilter) -> Q:
    asked = {
        "state": wanted.state,
        "need__kind": wanted.kind,
        "outpost_id": wanted.outpost_id,
    }
    found = _shown(wanted.show) & Q(**{name: value for name, value in asked.items() if value})
    if wanted.officer_id is not None:
        found &= Q(need_officer_id=wanted.officer_id) | Q(offer_officer_id=wanted.officer_id)
    if wanted.profile:
        found &= Q(need__uid=wanted.profile) | Q(offer__uid=wanted.profile)
    if wanted.words:
        found &= Q(number__icontains=wanted.words) | _sides(wanted.words)
    return found


def _shown(show: str) -> Q:
    if show == "live":
        return ~Q(state__in=_OVER)
    return Q(state=show) if show in _OVER else Q()


def _sides(words: str) -> Q:
    found = Q()
    for side in ("need", "offer"):
        for field in ("number", "title", "organization__name"):
            found |= Q(**{f"{side}__{field}__icontains": words})
    return found
