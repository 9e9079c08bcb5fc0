"""Questions about signing ceremonies: who signs, what counts now, what was counted before, what stands apart.

The home side reads them without the projects that were not reported: those are on no list, in no number, in no word.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from feidi.domain.liaison.access import visible_to
from feidi.domain.liaison.models import Ceremony, CeremonyItem
from feidi.domain.liaison.selectors.instructions import own_outposts
from feidi.domain.liaison.selectors.veiling import Veil, veil_of
from feidi.domain.pipeline.access import visible_in_office
from feidi.domain.pipeline.enums import Counting
from feidi.domain.pipeline.models import Agreement, Project
from feidi.kernel.access import Actor

#: Column of the list → field.
SORTS = {"title": "title", "held": "held_on"}
Group = Literal["counted", "already", "apart", "open"]
GROUPS: dict[str, Group] = {
    Counting.FIRST: "counted",
    Counting.INCREMENT: "counted",
    Counting.NEW_INVESTOR: "counted",
    Counting.ALREADY: "already",
    Counting.APART: "apart",
    Counting.TENANCY: "apart",
}


@dataclass(frozen=True, slots=True)
class CeremonyFilter:
    """What the list shows. Empty means "any". ``project``: a project's uid."""

    words: str = ""
    outpost_id: int | None = None
    project: str = ""


@dataclass(frozen=True, slots=True)
class Signing:
    """One line of the list as it counts.

    ``group``: counted now, already (已计), apart (单列), open (no agreement yet, none counted before). ``first``: the
    agreement that counted before, ``first_at`` the ceremony at which it was signed. ``fen`` is what counts now, or for
    the other groups the sum on the paper (None: no exact amount), in ``currency``.
    """

    number: int
    item: CeremonyItem
    group: Group
    fen: int | None
    currency: str
    first: Agreement | None = None
    first_at: Ceremony | None = None


@dataclass(frozen=True, slots=True)
class Total:
    """How many lines a group has, its sums by currency (never added to one another), how many agreements have no exact amount."""

    group: Group
    count: int
    sums: tuple[tuple[str, int], ...]
    without_amount: int


def list_ceremonies(actor: Actor, wanted: CeremonyFilter) -> QuerySet[Ceremony]:
    """Return the ceremonies the actor may open, latest first, with ``listed`` (the items they may know of)."""
    asked = Q()
    if words := wanted.words.strip():
        named = CeremonyItem.objects.filter(
            project__in=_seen(actor), voided_at__isnull=True, project__name__icontains=words
        )
        own, hidden = Q(outpost_id__in=own_outposts(actor)), Project.objects.exclude(pk__in=_seen(actor).values("pk"))
        # the title of a list that hides something from its reader is veiled, and a search must not see through
        hides = Q(Exists(CeremonyItem.objects.filter(ceremony=OuterRef("pk"), project__in=hidden)))
        said = Q(title__icontains=words) | Q(place__icontains=words)
        asked &= (said & (own | ~hides)) | Q(pk__in=named.values("ceremony_id"))
    if wanted.outpost_id:
        asked &= Q(outpost_id=wanted.outpost_id)
    if wanted.project:
        seen = _seen(actor).filter(uid=wanted.project)
        items = CeremonyItem.objects.filter(project__in=seen, voided_at__isnull=True)
        asked &= Q(pk__in=items.values("ceremony_id"))
    rows = visible_to(actor, Ceremony.objects.filter(asked, voided_at__isnull=True).select_related("outpost"))
    return _with_items(actor, rows).order_by("-held_on", "-id")


def get_ceremony(actor: Actor, uid: str) -> Ceremony:
    """Return one that the actor may open, with its list; raises ``Ceremony.DoesNotExist`` for every other."""
    return _with_items(actor, visible_to(actor, Ceremony.objects.select_related("outpost__home"))).get(uid=uid)


def get_item(actor: Actor, uid: str) -> CeremonyItem:
    """Return one line of a list that the actor may know of; raises ``CeremonyItem.DoesNotExist`` for every other."""
    seen = visible_to(actor, Ceremony.objects.filter(voided_at__isnull=True))
    rows = CeremonyItem.objects.filter(ceremony__in=seen, project__in=_seen(actor), voided_at__isnull=True)
    return rows.select_related("ceremony__outpost", "project", "agreement").get(uid=uid)


def items_of(ceremony: Ceremony) -> list[CeremonyItem]:
    """Return the list as it was loaded, in its order."""
    return list(getattr(ceremony, "listed", ()))


def hides_some(ceremony: Ceremony) -> bool:
    """Tell whether the list holds projects that its reader may not know of: free words are then not shown."""
    return CeremonyItem.objects.filter(ceremony=ceremony, voided_at__isnull=True).count() > len(items_of(ceremony))


def ceremonies_veil(actor: Actor, ceremonies: Sequence[Ceremony]) -> Veil:
    """Return what must be struck out of these ceremonies' own words for this reader."""
    live = CeremonyItem.objects.filter(ceremony__in=[each.pk for each in ceremonies])
    return veil_of(actor, live.values_list("project_id", flat=True))


def signings_of(ceremonies: Sequence[Ceremony]) -> dict[int, list[Signing]]:
    """Return ceremony key → its lines as they count. Two queries, however many ceremonies."""
    items = [item for each in ceremonies for item in items_of(each)]
    firsts = _firsts({item.project_id for item in items})
    against = {item.agreement.counting_against_id for item in items if item.agreement}
    places = _ceremonies_at({each.pk for group in firsts.values() for each in group} | {pk for pk in against if pk})
    return {
        each.pk: [
            _signing(number, item, each, firsts.get(item.project_id, ()), places)
            for number, item in enumerate(items_of(each), start=1)
        ]
        for each in ceremonies
    }


def totals_of(signings: Iterable[Signing]) -> list[Total]:
    """Return the totals: counted now, counted before, apart, still open; sums of one currency each.

    >>> totals_of([])[0]
    Total(group='counted', count=0, sums=(), without_amount=0)
    """
    lines = list(signings)
    groups: tuple[Group, ...] = ("counted", "already", "apart", "open")
    return [_total(group, [each for each in lines if each.group == group]) for group in groups]


def agreements_of_day(item: CeremonyItem) -> QuerySet[Agreement]:
    """Return the agreements of the item's project that were signed on the day of the ceremony."""
    return item.project.agreements.filter(signed_on=item.ceremony.held_on, voided_at__isnull=True).order_by("id")


def _seen(actor: Actor) -> QuerySet[Project]:
    return visible_in_office(actor, Project.objects.all())


def _with_items(actor: Actor, rows: QuerySet[Ceremony]) -> QuerySet[Ceremony]:
    items = CeremonyItem.objects.filter(voided_at__isnull=True, project__in=_seen(actor).values("pk"))
    items = items.select_related("project", "agreement__counting_against").order_by("position", "id")
    return rows.prefetch_related(Prefetch("items", queryset=items, to_attr="listed"))


def _firsts(project_ids: set[int]) -> dict[int, list[Agreement]]:
    """Return project key → its contracts that counted, earliest first."""
    found: dict[int, list[Agreement]] = {}
    rows = Agreement.objects.filter(
        project_id__in=project_ids, counting__in=(Counting.FIRST, Counting.NEW_INVESTOR), voided_at__isnull=True
    )
    for each in rows.order_by("signed_on", "id"):
        found.setdefault(each.project_id, []).append(each)
    return found


def _ceremonies_at(agreement_ids: set[int]) -> dict[int, Ceremony]:
    rows = CeremonyItem.objects.filter(
        agreement_id__in=agreement_ids, voided_at__isnull=True, ceremony__voided_at__isnull=True
    )
    return {each.agreement_id or 0: each.ceremony for each in rows.select_related("ceremony")}


def _signing(
    number: int,
    item: CeremonyItem,
    ceremony: Ceremony,
    firsts: Sequence[Agreement],
    places: dict[int, Ceremony],
) -> Signing:
    agreement = item.agreement if item.agreement and item.agreement.voided_at is None else None
    if agreement is None:
        first = _before(firsts, ceremony.held_on)
        at = places.get(first.pk) if first else None
        return Signing(number, item, "already" if first else "open", None, "", first, at)
    group = GROUPS[agreement.counting]
    if group == "counted":
        return Signing(number, item, group, agreement.counted_fen, agreement.currency)
    first = agreement.counting_against if group == "already" else None
    return Signing(
        number, item, group, _exact(agreement), agreement.currency, first, places.get(first.pk) if first else None
    )


def _before(firsts: Sequence[Agreement], day: date) -> Agreement | None:
    return next((each for each in firsts if each.signed_on <= day), None)


def _exact(agreement: Agreement) -> int | None:
    plain = agreement.amount_lo_fen == agreement.amount_hi_fen and not agreement.amount_approximate
    return agreement.amount_lo_fen if plain else None


def _total(group: Group, lines: Sequence[Signing]) -> Total:
    sums: dict[str, int] = {}
    for each in lines:
        if each.fen is not None and each.currency:
            sums[each.currency] = sums.get(each.currency, 0) + each.fen
    signed = [each for each in lines if each.item.agreement is not None]
    without = sum(1 for each in signed if each.fen is None or not each.currency)
    return Total(group, len(lines), tuple(sorted(sums.items())), without)
