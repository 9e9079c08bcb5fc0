"""Lists of candidates that were kept: who sees which, and what stands in them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from feidi.domain.matching.access import ANSWER_OWN, EDIT, VIEW, lists_visible_to, own_profiles
from feidi.domain.matching.enums import ListState, Verdict
from feidi.domain.matching.models import CandidateList, CandidateRow, Profile
from feidi.domain.parties.access import outpost_scope
from feidi.kernel.access import Actor, ScopeKind


@dataclass(frozen=True, slots=True)
class ListFilter:
    """What the list of lists shows. Empty means "any"; ``waiting``: sent, and some candidate without an answer."""

    words: str = ""
    state: str = ""
    side: str = ""
    kind: str = ""
    officer_id: int | None = None
    waiting: bool = False


def list_candidate_lists(actor: Actor, wanted: ListFilter) -> QuerySet[CandidateList]:
    """Return the live lists of the actor's outposts, the newest first, with counts of rows, picked and answered."""
    rows = CandidateList.objects.filter(outpost_id__in=actor.scopes(VIEW, ScopeKind.OUTPOST), voided_at__isnull=True)
    if words := wanted.words.strip():
        rows = rows.filter(Q(profile__title__icontains=words) | Q(profile__number__icontains=words))
    exact = {
        "state": wanted.state,
        "profile__side": wanted.side,
        "profile__kind": wanted.kind,
        "profile__officer_id": wanted.officer_id,
    }
    rows = rows.filter(**{name: value for name, value in exact.items() if value})
    picked = Q(rows__picked=True)
    rows = rows.annotate(
        n_rows=Count("rows"),
        n_picked=Count("rows", filter=picked),
        n_answered=Count("rows", filter=picked & ~Q(rows__verdict=Verdict.NONE)),
        n_accepted=Count("rows", filter=picked & Q(rows__verdict=Verdict.ACCEPTED)),
    )
    if wanted.waiting:
        open_rows = CandidateRow.objects.filter(picked=True, verdict=Verdict.NONE)
        rows = rows.filter(state=ListState.SENT, pk__in=open_rows.values("candidate_list_id"))
    return rows.select_related("profile__officer", "outpost").order_by("-id")


def get_list(actor: Actor, uid: str) -> CandidateList:
    """Return a list of the actor's outposts, taken back or not; raises ``CandidateList.DoesNotExist`` for every other."""
    rows = CandidateList.objects.select_related("outpost__home", "profile__officer", "profile__organization")
    return rows.filter(outpost_id__in=actor.scopes(VIEW, ScopeKind.OUTPOST)).get(uid=uid)


def rows_of(candidates: CandidateList, *, picked: bool = False) -> list[CandidateRow]:
    """Return the candidates of a list in their order with profiles and owners; ``picked``: the chosen ones only."""
    rows = candidates.rows.select_related(
        "profile__organization", "profile__project", "profile__person", "profile__place", "profile__outpost"
    )
    return list(rows.filter(picked=True) if picked else rows)


def lists_of(profile: Profile) -> QuerySet[CandidateList]:
    """Return the live lists of one profile, the newest first. The caller has seen the profile."""
    return CandidateList.objects.filter(profile=profile, voided_at__isnull=True).order_by("-id")


def sent_lists(actor: Actor) -> QuerySet[CandidateList]:
    """Return the live lists that were sent to the actor's own firm, the newest first."""
    own = own_profiles(actor, Profile.objects.all()).values("pk")
    rows = CandidateList.objects.filter(profile_id__in=own, state=ListState.SENT, voided_at__isnull=True)
    return lists_visible_to(actor, rows).select_related("profile", "outpost").order_by("-sent_at", "-id")


def get_sent_list(actor: Actor, uid: str) -> CandidateList:
    """Return a live list that was sent to the actor's own firm; raises ``CandidateList.DoesNotExist`` for every other."""
    return sent_lists(actor).get(uid=uid)


def may_answer(actor: Actor, candidates: CandidateList) -> bool:
    """Tell whether the actor answers for the side that asked: its own people, or the outpost's on the telephone."""
    return actor.may(EDIT, outpost_scope(candidates.outpost_id)) or answers_own(actor, candidates)


def answers_own(actor: Actor, candidates: CandidateList) -> bool:
    """Tell whether the actor belongs to the firm whose list it is, and may answer for it."""
    if not actor.scopes(ANSWER_OWN, ScopeKind.ORGANIZATION):
        return False
    return own_profiles(actor, Profile.objects.filter(pk=candidates.profile_id)).exists()
