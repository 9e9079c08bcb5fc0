"""Questions about talents of one's outposts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from feidi.domain.parties.models import Outpost
from feidi.domain.talent.access import agreements_visible_to, rulings_visible_to, talents_visible_to
from feidi.domain.talent.enums import RulingState
from feidi.domain.talent.kinds import ARRIVAL, TALENT
from feidi.domain.talent.models import ClassRuling, ProcessingAgreement, Talent
from feidi.kernel.access import Actor
from feidi.kernel.evidence.enums import ItemState
from feidi.kernel.evidence.models import EvidenceItem

#: Column of the list → field.
SORTS: Final = {"number": "number", "works_at": "works_at", "since": "since"}


@dataclass(frozen=True, slots=True)
class TalentFilter:
    """What the list shows. Empty means "any"; ``show``: live (default of the page), erased, all."""

    words: str = ""
    show: str = "live"
    works_at: str = ""
    class_code: str = ""
    outpost_id: int | None = None


def list_talents(actor: Actor, wanted: TalentFilter) -> QuerySet[Talent]:
    """Return the talents that the actor may open, newest first, with the rulings that hold and whether they arrived."""
    rows = talents_visible_to(actor, Talent.objects.filter(voided_at__isnull=True))
    if wanted.show in {"live", "erased"}:
        rows = rows.filter(erased_at__isnull=wanted.show == "live")
    if words := wanted.words.strip():
        named = Q(person__name__icontains=words) | Q(number__icontains=words) | Q(field__icontains=words)
        rows = rows.filter(named | Q(employer__name__icontains=words))
    if wanted.works_at:
        rows = rows.filter(works_at="" if wanted.works_at == "unknown" else wanted.works_at)
    if wanted.class_code:
        held = ClassRuling.objects.filter(
            talent=OuterRef("pk"), state=RulingState.GRANTED, class_code=wanted.class_code, voided_at__isnull=True
        )
        rows = rows.filter(Exists(held))
    if wanted.outpost_id:
        rows = rows.filter(outpost_id=wanted.outpost_id)
    return with_standing(rows).order_by("-id")


def with_standing(rows: QuerySet[Talent]) -> QuerySet[Talent]:
    """Return talents with their rulings (``live_rulings``, newest first) and ``arrived``."""
    rulings = ClassRuling.objects.filter(voided_at__isnull=True).order_by("-id")
    shown = EvidenceItem.objects.filter(
        requirement__subject_kind=TALENT,
        requirement__subject_uid=OuterRef("uid"),
        requirement__purpose=ARRIVAL,
        state=ItemState.ACCEPTED,
        voided_at__isnull=True,
    )
    return (
        rows.select_related("outpost__home", "outpost__host", "person", "employer")
        .prefetch_related(Prefetch("rulings", queryset=rulings, to_attr="live_rulings"))
        .annotate(arrived=Exists(shown))
    )


def get_talent(actor: Actor, uid: str) -> Talent:
    """Return one that the actor may open; raises ``Talent.DoesNotExist`` for every other."""
    return with_standing(talents_visible_to(actor, Talent.objects.all())).get(uid=uid)


def class_now(rulings: Iterable[ClassRuling]) -> ClassRuling | None:
    """Return the ruling that holds among these, newest first: the last one decided, if it granted a class."""
    decided = next((each for each in rulings if each.state != RulingState.ASKED), None)
    return decided if decided is not None and decided.state == RulingState.GRANTED else None


def list_rulings(actor: Actor, *, show: str = "asked") -> QuerySet[ClassRuling]:
    """Return the questions that the actor may open, oldest first while they wait, newest first else."""
    rows = rulings_visible_to(actor, ClassRuling.objects.filter(voided_at__isnull=True, talent__erased_at__isnull=True))
    rows = rows.select_related("talent__person", "talent__outpost__home", "talent__employer", "checkup")
    if show == "asked":
        return rows.filter(state=RulingState.ASKED).order_by("asked_on", "id")
    return rows.order_by("-asked_on", "-id")


def get_ruling(actor: Actor, uid: str) -> ClassRuling:
    """Return one question that the actor may open; raises ``ClassRuling.DoesNotExist`` for every other."""
    rows = ClassRuling.objects.select_related("talent__person", "talent__outpost__home", "talent__employer", "checkup")
    return rulings_visible_to(actor, rows).get(uid=uid)


def list_agreements(actor: Actor) -> QuerySet[ProcessingAgreement]:
    """Return the processing agreements that the actor may read, newest first."""
    rows = agreements_visible_to(actor, ProcessingAgreement.objects.filter(voided_at__isnull=True))
    return rows.select_related("outpost", "paper").order_by("-signed_on", "-id")


def outposts_without_agreement(outposts: Iterable[Outpost], today: date) -> list[Outpost]:
    """Return the outposts that keep personal data without a processing agreement in force. One query."""
    wanted = list(outposts)
    held = set(
        ProcessingAgreement.objects.filter(outpost__in=wanted, voided_at__isnull=True, starts_on__lte=today)
        .filter(Q(ends_on__isnull=True) | Q(ends_on__gt=today))
        .values_list("outpost_id", flat=True)
    )
    return [each for each in wanted if each.pk not in held]
