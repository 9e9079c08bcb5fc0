"""Shows as lists and by name; seats of a judge; interest shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Count, Prefetch, Q, QuerySet

from feidi.domain.parties.models import Organization, OrganizationLink
from feidi.domain.pipeline.models import Project
from feidi.domain.roadshow.models import Assignment, Entry, Interest, Judge, Roadshow, Round, Seal, Sheet
from feidi.domain.roadshow.roadshow_access import (
    INTEREST,
    entries_visible_to,
    interests_visible_to,
    judges_own,
    judges_visible_to,
    own_letters,
    rounds_visible_to,
    seals_visible_to,
    sheets_visible_to,
    shows_visible_to,
)
from feidi.domain.roadshow.roadshow_enums import RoundPhase
from feidi.domain.roadshow.selectors.roadshow_sight import stage_fields
from feidi.kernel.access import Actor, ScopeKind

#: Column of the list → field.
SORTS: Final = {"number": "number", "held_on": "held_on", "title": "title_zh"}
_LIVE: Final = {"voided_at__isnull": True}


@dataclass(frozen=True, slots=True)
class ShowFilter:
    """What the list shows; empty means any."""

    words: str = ""
    phase: str = ""
    outpost_id: int | None = None


def list_shows(actor: Actor, wanted: ShowFilter | None = None) -> QuerySet[Roadshow]:
    """Return the shows that the actor sees, newest first, with their live rounds and how many enter and judge."""
    asked = wanted or ShowFilter()
    rows = shows_visible_to(actor, Roadshow.objects.filter(voided_at__isnull=True))
    if words := asked.words.strip():
        rows = rows.filter(Q(title_zh__icontains=words) | Q(number__icontains=words) | Q(title_en__icontains=words))
    if asked.phase:
        rows = rows.filter(rounds__phase=asked.phase, rounds__voided_at__isnull=True).distinct()
    if asked.outpost_id:
        rows = rows.filter(outpost_id=asked.outpost_id)
    return with_counts(rows).order_by("-held_on", "-id")


def with_counts(rows: QuerySet[Roadshow]) -> QuerySet[Roadshow]:
    """Return shows with ``live_rounds``, and ``judged_by`` and ``entered`` as counts."""
    rounds = Round.objects.filter(**_LIVE).order_by("n")
    return (
        rows.select_related("outpost__home", "owner", "activity")
        .prefetch_related(Prefetch("rounds", queryset=rounds, to_attr="live_rounds"))
        .annotate(
            judged_by=Count("judges", filter=Q(judges__voided_at__isnull=True), distinct=True),
            entered=Count(
                "rounds__entries",
                filter=Q(rounds__entries__voided_at__isnull=True, rounds__voided_at__isnull=True),
                distinct=True,
            ),
        )
    )


def get_show(actor: Actor, uid: str) -> Roadshow:
    """Return a show that the actor sees; raises Roadshow.DoesNotExist."""
    return list_shows(actor).get(uid=uid)


def get_round(actor: Actor, uid: str) -> Round:
    """Return a round of the actor's outposts; raises Round.DoesNotExist."""
    rows = rounds_visible_to(actor, Round.objects.filter(**_LIVE, roadshow__voided_at__isnull=True))
    return rows.select_related("roadshow__outpost__home", "roadshow__owner", "on_stage__project").get(uid=uid)


def get_entry(actor: Actor, uid: str) -> Entry:
    """Return an entry that the actor sees; raises Entry.DoesNotExist."""
    rows = entries_visible_to(actor, Entry.objects.filter(**_LIVE))
    return rows.select_related("project__outpost__home", "round__roadshow__outpost__home").get(uid=uid)


def get_judge(actor: Actor, uid: str) -> Judge:
    """Return a judge of the actor's outposts; raises Judge.DoesNotExist."""
    rows = judges_visible_to(actor, Judge.objects.filter(**_LIVE))
    return rows.select_related("roadshow__outpost__home", "works_for", "person__organization").get(uid=uid)


def get_sheet(actor: Actor, uid: str) -> Sheet:
    """Return a sheet of the actor's outposts; raises Sheet.DoesNotExist."""
    rows = sheets_visible_to(actor, Sheet.objects.all())
    return rows.select_related("judge", "entry__project", "entry__round__roadshow__outpost__home").get(uid=uid)


def get_seal(actor: Actor, uid: str) -> Seal:
    """Return a seal of the actor's outposts, a voided one too; raises Seal.DoesNotExist."""
    rows = seals_visible_to(actor, Seal.objects.all())
    return rows.select_related("round__roadshow__outpost__home").get(uid=uid)


def get_interest(actor: Actor, uid: str) -> Interest:
    """Return an interest; raises Interest.DoesNotExist."""
    rows = interests_visible_to(actor, Interest.objects.filter(**_LIVE))
    return rows.select_related("entry__round__roadshow").get(uid=uid)


def list_interests(round_: Round) -> list[Interest]:
    """Return what interest was shown in a round, the newest first."""
    rows = Interest.objects.filter(entry__round=round_, **_LIVE).select_related("entry__project", "organization")
    return list(rows.order_by("-id"))


def interests_of_pair(actor: Actor, organization: Organization, project: Project) -> list[Interest]:
    """Return what an organization said of a project at shows that the actor sees."""
    rows = interests_visible_to(
        actor, Interest.objects.filter(**_LIVE, organization=organization, entry__project=project)
    )
    return list(rows.select_related("entry__round__roadshow").order_by("-id"))


def own_seats(actor: Actor) -> list[Judge]:
    """Return the seats of whoever is signed in, newest show first."""
    rows = judges_own(actor).select_related("roadshow__outpost__home", "works_for", "person__organization", "user")
    return list(rows.order_by("-roadshow__held_on", "-id"))


def assigned_entries(judge: Judge) -> list[Entry]:
    """Return the entries dealt to a judge, in running order, with the judge's own sheet as ``own_sheet`` (a list)."""
    dealt = Assignment.objects.filter(judge=judge, **_LIVE).values("entry")
    rows = Entry.objects.filter(pk__in=dealt, **_LIVE, round__voided_at__isnull=True)
    sheets = Prefetch("sheets", queryset=Sheet.objects.filter(judge=judge), to_attr="own_sheet")
    joined = rows.select_related("project", "round__roadshow__outpost__home").prefetch_related(sheets)
    return list(joined.order_by("round__n", "position", "id"))


def list_letters(actor: Actor) -> list[Entry]:
    """Return the letters of the actor's own projects, newest first."""
    return list(own_letters(actor).select_related("project", "round__roadshow__outpost").order_by("-id"))


def on_show_for(actor: Actor, now: datetime) -> list[Entry]:
    """Return what an investor who signs in may say interest in: on show now or lately, at outposts that know the firm.

    Only what content lets the stage show by name.
    """
    firms = actor.scopes(INTEREST, ScopeKind.ORGANIZATION)
    outposts = OrganizationLink.objects.filter(organization_id__in=firms).values("outpost_id")
    rows = Entry.objects.filter(
        voided_at__isnull=True,
        round__voided_at__isnull=True,
        round__phase__in=[RoundPhase.SCORING, RoundPhase.CLOSED, RoundPhase.SEALED],
        round__roadshow__voided_at__isnull=True,
        round__roadshow__outpost_id__in=outposts,
        round__roadshow__held_on__gte=now.date() - timedelta(days=_STILL_OPEN),
    )
    joined = rows.select_related("project", "round__roadshow__outpost__home").order_by(
        "-round__roadshow__held_on", "round__n", "position"
    )
    return [each for each in joined if "name" in stage_fields(each.round)]


def show_of_code(code: str, now: datetime) -> Roadshow | None:
    """Return the show of the link on stage while one of its rounds is on, or lately was."""
    rows = Roadshow.objects.filter(interest_code=code, voided_at__isnull=True)
    show = rows.select_related("outpost__home").first()
    if show is None or (now.date() - show.held_on).days > _STILL_OPEN:
        return None
    return show


_STILL_OPEN: Final = 14
