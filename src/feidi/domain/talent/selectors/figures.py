"""K32 and K33 of outposts over a period, with the rows behind each number."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from feidi.domain.parties.models import Outpost
from feidi.domain.talent.access import VIEW, VIEW_HOME
from feidi.domain.talent.enums import CaseState
from feidi.domain.talent.kinds import ARRIVAL, TALENT
from feidi.domain.talent.models import ClassRuling, GreenCase, Talent
from feidi.domain.talent.selectors.cases import reading_of
from feidi.domain.talent.selectors.talents import class_now
from feidi.engines.measures import Arrived, Introduced, OnTime, Period, Served, delivered_in_time, introduced
from feidi.kernel.access import Actor, ScopeKind
from feidi.kernel.calendar.working_days import almanac
from feidi.kernel.evidence.enums import ItemState
from feidi.kernel.evidence.models import EvidenceItem


@dataclass(frozen=True, slots=True)
class TalentFigures:
    """Both figures of some outposts."""

    on_time: OnTime
    introduced: Introduced


def outposts_counted(actor: Actor) -> QuerySet[Outpost]:
    """Return the outposts whose figures the actor may see: own ones, and those of the actor's home."""
    own = Outpost.objects.filter(pk__in=actor.scopes(VIEW, ScopeKind.OUTPOST))
    homes = Outpost.objects.filter(home_id__in=actor.scopes(VIEW_HOME, ScopeKind.HOME))
    return (own | homes).select_related("home").order_by("code")


def talent_figures(outposts: Iterable[Outpost], period: Period, as_of: date) -> TalentFigures:
    """Return K32 and K33. Seven queries, whatever the number of rows."""
    wanted = [each.pk for each in outposts]
    return TalentFigures(
        delivered_in_time(_served(wanted, as_of), period, as_of),
        introduced(_arrivals(wanted), period, as_of),
    )


def _served(outposts: list[int], as_of: date) -> list[Served]:
    known = almanac()
    cases = (
        GreenCase.objects.filter(outpost_id__in=outposts, voided_at__isnull=True, opened_on__lte=as_of)
        .exclude(state=CaseState.WITHDRAWN)
        .prefetch_related("pauses")
        .order_by("pk")
    )
    found = []
    for each in cases:
        reading = reading_of(each, as_of, known)
        found.append(Served(each.pk, reading.due_on, each.delivered_on, promised=each.promised is not None))
    return found


def _arrivals(outposts: list[int]) -> list[Arrived]:
    """Return one row per accepted piece of evidence; the person, not the row on file, is counted."""
    talents = {
        each.uid: each for each in Talent.objects.filter(outpost_id__in=outposts, voided_at__isnull=True).order_by("pk")
    }
    rulings: dict[int, list[ClassRuling]] = {}
    for each in ClassRuling.objects.filter(talent__outpost_id__in=outposts, voided_at__isnull=True).order_by("-id"):
        rulings.setdefault(each.talent_id, []).append(each)
    items = EvidenceItem.objects.filter(
        requirement__subject_kind=TALENT,
        requirement__subject_uid__in=Talent.objects.filter(outpost_id__in=outposts).values("uid"),
        requirement__purpose=ARRIVAL,
        state=ItemState.ACCEPTED,
        voided_at__isnull=True,
        occurred_on__isnull=False,
    ).select_related("requirement")
    found = []
    for item in items.order_by("pk"):
        talent = talents.get(item.requirement.subject_uid)
        if talent is not None and item.occurred_on is not None:
            held = class_now(rulings.get(talent.pk, ()))
            found.append(Arrived(talent.person_id, item.occurred_on, held.class_code if held else "", talent.works_at))
    return found
