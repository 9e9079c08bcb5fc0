"""Who sees what of roadshows: ``can_view_*`` beside ``*_visible_to``; a test holds them equal.

The outpost's people (``roadshow.view``) see all of it. The home side (``event.view_home``) sees shows with a sealed
round: how many, and of the ranking the projects that were reported to it. A judge sees, by account or link, the entries
dealt to him and of each only the fields of the phase (``selectors.roadshow_sight``). A team sees its own letter after
sealing and clearing. An investor (``roadshow.interest``) sees what is on stage.
"""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from feidi.domain.parties.access import outpost_scope
from feidi.domain.pipeline.access import OWN_ROLES
from feidi.domain.pipeline.access import VIEW_OWN as PROJECT_OWN
from feidi.domain.pipeline.models import ProjectParty
from feidi.domain.roadshow.models import Entry, Interest, Judge, Roadshow, Round, Seal, Sheet
from feidi.domain.roadshow.roadshow_enums import RoundPhase
from feidi.kernel.access import Actor, ActorKind, ScopeKind

VIEW, EDIT, SEAL, SCORE, INTEREST = (
    "roadshow.view",
    "roadshow.edit",
    "roadshow.seal",
    "roadshow.score",
    "roadshow.interest",
)
VIEW_HOME = "event.view_home"


def _outposts(actor: Actor) -> frozenset[int]:
    return actor.scopes(VIEW, ScopeKind.OUTPOST)


def _sealed(prefix: str = "pk") -> Exists:
    rounds = Round.objects.filter(roadshow=OuterRef(prefix), phase=RoundPhase.SEALED, voided_at__isnull=True)
    return Exists(rounds)


def staff_sees(actor: Actor, outpost_id: int) -> bool:
    """Tell whether the actor works with the roadshows of an outpost."""
    return outpost_id in _outposts(actor)


def shows_visible_to(actor: Actor, rows: QuerySet[Roadshow]) -> QuerySet[Roadshow]:
    """Narrow to shows of the actor's outposts, and of the actor's home those with a sealed round."""
    homes = actor.scopes(VIEW_HOME, ScopeKind.HOME)
    told = Q(outpost__home_id__in=homes) & Q(_sealed())
    return rows.filter(Q(outpost_id__in=_outposts(actor)) | told if homes else Q(outpost_id__in=_outposts(actor)))


def can_view_show(actor: Actor, show: Roadshow) -> bool:
    """Tell whether ``show`` is among those visible."""
    if staff_sees(actor, show.outpost_id):
        return True
    sealed = show.rounds.filter(phase=RoundPhase.SEALED, voided_at__isnull=True)
    return show.outpost.home_id in actor.scopes(VIEW_HOME, ScopeKind.HOME) and sealed.exists()


def rounds_visible_to(actor: Actor, rows: QuerySet[Round]) -> QuerySet[Round]:
    """Narrow to rounds of the actor's outposts: judges, scores and what is not sealed is theirs alone."""
    return rows.filter(roadshow__outpost_id__in=_outposts(actor))


def entries_visible_to(actor: Actor, rows: QuerySet[Entry]) -> QuerySet[Entry]:
    """Narrow as rounds, and for a team to its own whose letter may be read."""
    return rows.filter(Q(round__roadshow__outpost_id__in=_outposts(actor)) | Q(pk__in=own_letters(actor).values("pk")))


def own_letters(actor: Actor) -> QuerySet[Entry]:
    """Return the entries of the actor's own projects whose result is sealed and whose letter was cleared."""
    own = ProjectParty.objects.filter(
        organization_id__in=actor.scopes(PROJECT_OWN, ScopeKind.ORGANIZATION), role__in=OWN_ROLES, until__isnull=True
    ).values("project_id")
    return Entry.objects.filter(
        project_id__in=own,
        voided_at__isnull=True,
        letter_cleared_at__isnull=False,
        round__phase=RoundPhase.SEALED,
        round__voided_at__isnull=True,
    )


def judges_visible_to(actor: Actor, rows: QuerySet[Judge]) -> QuerySet[Judge]:
    """Narrow as rounds."""
    return rows.filter(roadshow__outpost_id__in=_outposts(actor))


def sheets_visible_to(actor: Actor, rows: QuerySet[Sheet]) -> QuerySet[Sheet]:
    """Narrow as rounds; a judge reads the own one on the judge's page."""
    return rows.filter(entry__round__roadshow__outpost_id__in=_outposts(actor))


def seals_visible_to(actor: Actor, rows: QuerySet[Seal]) -> QuerySet[Seal]:
    """Narrow as rounds: a sealed document names every judge and project."""
    return rows.filter(round__roadshow__outpost_id__in=_outposts(actor))


def interests_visible_to(actor: Actor, rows: QuerySet[Interest]) -> QuerySet[Interest]:
    """Narrow as rounds."""
    return rows.filter(entry__round__roadshow__outpost_id__in=_outposts(actor))


def judges_own(actor: Actor) -> QuerySet[Judge]:
    """Return the seats of whoever is signed in, of outposts for which the role is still held."""
    return Judge.objects.filter(
        user_id=actor.user_id or 0,
        voided_at__isnull=True,
        roadshow__voided_at__isnull=True,
        roadshow__outpost_id__in=actor.scopes(SCORE, ScopeKind.OUTPOST),
    )


def judge_by_link(judge: Judge) -> Actor:
    """Return who acts on the page of a judge's link: nobody but this judge, with no grant at all."""
    return Actor(kind=ActorKind.TOKEN, label=f"roadshow.judge:{judge.uid}", on_behalf_of=judge.uid)


def is_judge(actor: Actor, judge: Judge) -> bool:
    """Tell whether the actor is this judge: signed in with the role still held, or by the judge's own link."""
    if actor.kind is ActorKind.TOKEN:
        return actor.on_behalf_of == judge.uid
    mine = actor.user_id is not None and actor.user_id == judge.user_id
    return mine and actor.may(SCORE, outpost_scope(judge.roadshow.outpost_id))
