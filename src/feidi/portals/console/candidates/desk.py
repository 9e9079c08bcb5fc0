"""What of matching stands on the desk: new offers for one's needs, lists to be checked, to be sent, waiting for answers."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from feidi.domain.matching.access import VIEW
from feidi.domain.matching.enums import ListState, Verdict
from feidi.domain.matching.models import CandidateList, CandidateRow, Profile
from feidi.domain.matching.selectors.news import alert_words
from feidi.kernel.access import Actor, ScopeKind
from feidi.kernel.todos.selectors import open_todos

_SHOWN = 8


def matching_of(actor: Actor) -> dict[str, Any]:
    """Return the desk's part of matching; at most three queries, none for who has no part in it."""
    if not actor.may(VIEW) or actor.user_id is None:
        return {"new_matches": [], "list_counts": []}
    return {"new_matches": _new_matches(actor.user_id), "list_counts": _list_counts(actor)}


def _new_matches(user_id: int) -> list[dict[str, str]]:
    """Return the actor's open to-dos that tell of new offers, with the way to the need's ranking."""
    todos = list(open_todos([user_id]).filter(subject_kind="matching.profile")[: _SHOWN * 4])
    needs = dict(
        Profile.objects.filter(uid__in=[each.subject_uid for each in todos]).values_list("uid", "number")
        if todos
        else []
    )
    found = [
        {"what": each.what, "url": reverse("console:candidates:profile_match", args=[each.subject_uid])}
        for each in todos
        if each.subject_uid in needs and each.what.startswith(alert_words(needs[each.subject_uid]))
    ]
    return found[:_SHOWN]


def _list_counts(actor: Actor) -> list[tuple[str, int, str]]:
    """Return (what, how many, address of the rows) of lists with which something is to be done."""
    open_rows = CandidateRow.objects.filter(candidate_list=OuterRef("pk"), picked=True, verdict=Verdict.NONE)
    lists = CandidateList.objects.filter(
        outpost_id__in=actor.scopes(VIEW, ScopeKind.OUTPOST),
        profile__officer_id=actor.user_id,
        voided_at__isnull=True,
    )
    sums = lists.aggregate(
        shown=Count("pk", filter=Q(state=ListState.SHOWN)),
        checked=Count("pk", filter=Q(state=ListState.CHECKED)),
        waiting=Count("pk", filter=Q(Exists(open_rows), state=ListState.SENT)),
    )
    here = f"{reverse('console:candidates:list_list')}?officer={actor.user_id}"
    lines = [
        (_("待核对"), sums["shown"], f"{here}&state={ListState.SHOWN}"),
        (_("待发出"), sums["checked"], f"{here}&state={ListState.CHECKED}"),
        (_("等答复"), sums["waiting"], f"{here}&waiting=on"),
    ]
    return [line for line in lines if line[1]]
