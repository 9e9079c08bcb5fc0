"""The directory of laboratories that can be used from an outpost; the first answer to an applicant reads it too."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from django.db.models import Count, Q, QuerySet

from feidi.domain.incubation.access import labs_visible_to
from feidi.domain.incubation.enums import Biosafety, LabState, OpenTo
from feidi.domain.incubation.models import LabEntry, Tenancy
from feidi.domain.incubation.selectors.admission_fit import Need
from feidi.domain.incubation.selectors.admission_rules import NOTHING, Said
from feidi.domain.incubation.selectors.premises import Facilities, Lab
from feidi.domain.parties.models import Outpost
from feidi.kernel.access import Actor
from feidi.kernel.money.display import format_money

#: The levels from the lowest up; who may work at one may work at those below.
LEVELS: Final = (Biosafety.BSL1, Biosafety.BSL2, Biosafety.BSL3)
#: What is under way.
OPEN: Final = (LabState.ASKED, LabState.AGREED, LabState.SAMPLED, LabState.REPORTED)
#: So many of them stand in a first answer.
_MOST: Final = 5


def list_labs(
    actor: Actor, *, outpost: Outpost | None = None, words: str = "", biosafety: str = "", open_to: str = ""
) -> QuerySet[LabEntry]:
    """Return the directory as the actor may see it, with how often each was used (``used``), by title.

    ``biosafety``: those that may work at least at that level. ``open_to``: those that such a tenant may ask for.
    """
    rows = labs_visible_to(actor, LabEntry.objects.filter(voided_at__isnull=True))
    if outpost is not None:
        rows = rows.filter(outpost=outpost)
    if words:
        named = Q(title__icontains=words) | Q(method__icontains=words) | Q(owner__name__icontains=words)
        rows = rows.filter(named | Q(place__icontains=words))
    if biosafety:
        rows = rows.filter(biosafety__in=LEVELS[LEVELS.index(Biosafety(biosafety)) :])
    if open_to:
        rows = rows.filter(open_to__in=[OpenTo.ALL, open_to])
    counted = Count("uses", filter=Q(uses__voided_at__isnull=True, uses__state__in=[*OPEN, LabState.SETTLED]))
    return rows.annotate(used=counted).select_related("owner", "outpost").order_by("title", "id")


def is_open_to(lab: LabEntry, tenancy: Tenancy) -> bool:
    """Tell whether a tenant may ask for a laboratory."""
    return lab.open_to in {OpenTo.ALL, tenancy.kind}


def level_suffices(lab: LabEntry, wanted: str) -> bool | None:
    """Tell whether a laboratory may work at a level; None: nobody has said up to which it may."""
    if wanted not in LEVELS:
        return True
    if not lab.biosafety:
        return None
    return lab.biosafety in LEVELS[LEVELS.index(Biosafety(wanted)) :]


def levels_of(lab: LabEntry) -> tuple[str, ...] | None:
    """Return every level at which a laboratory may work; None: nobody has said."""
    if not lab.biosafety:
        return None
    return () if lab.biosafety == Biosafety.NONE else LEVELS[: LEVELS.index(Biosafety(lab.biosafety)) + 1]


def directory_labs(outpost: Outpost, _needs: Sequence[Need], _today: date) -> Iterable[Lab]:
    """Return the outpost's directory for the first answer: what is open to those who come to be incubated."""
    rows = LabEntry.objects.filter(
        outpost=outpost, voided_at__isnull=True, open_to__in=[OpenTo.ALL, OpenTo.STARTUP]
    ).order_by("title", "id")
    return [_lab(each) for each in rows[:_MOST]]


def _lab(row: LabEntry) -> Lab:
    price = NOTHING
    if row.price_fen is not None:
        words = f"{format_money(row.price_fen, row.currency)} {row.price_per}".strip()
        price = Said(words, words)
    place = Said(row.place, row.place) if row.place else Said("地点没有登记", "Place not known")
    return Lab(Said(row.title, row.title), place, Facilities(biosafety=levels_of(row)), "", NOTHING, price, row.source)
