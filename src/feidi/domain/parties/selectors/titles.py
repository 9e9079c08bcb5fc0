"""Questions about titles: which there are, how long they hold, which run out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import get_language

from feidi.domain.parties.models import OrganizationTitle
from feidi.kernel.access import Actor, ScopeKind
from feidi.kernel.content.library import read

FILE = "enclave/titles.yaml"
_DAYS_AHEAD = 90
_ANYWHERE = "cn"


@dataclass(frozen=True, slots=True)
class TitleKind:
    """One title of content. ``years``: how long a term lasts, None when it has no fixed one. ``lead_days``: how long
    before its end the papers for the next term are begun. ``source`` says where this is from, or that it is 待核实.
    """

    code: str
    label: str
    years: int | None
    lead_days: int
    source: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class TitleFilter:
    """What a list shows. Empty means "any". ``state``: valid, due, expired or unknown."""

    words: str = ""
    title: str = ""
    state: str = ""
    outpost_id: int | None = None


def title_kinds(place: str) -> Mapping[str, TitleKind]:
    """Return the titles that content knows at a place, in its order."""
    rows = read(place, FILE, on=None).data["titles"]
    return {
        each["code"]: TitleKind(
            each["code"],
            each["label"]["en" if get_language() == "en" and each["label"].get("en") else "zh"],
            each["years"],
            each["lead_days"],
            each["source"],
            bool(each["confirmed"]),
        )
        for each in rows
    }


def last_day_of(kind: TitleKind, since: date | None) -> date | None:
    """Return the last day of a term that began on ``since``; None when either is not known.

    >>> last_day_of(TitleKind("x", "x", 3, 90, "", True), date(2024, 2, 29))
    datetime.date(2027, 2, 28)
    """
    if since is None or kind.years is None:
        return None
    try:
        ends = since.replace(year=since.year + kind.years)
    except ValueError:  # 29 February
        return since.replace(year=since.year + kind.years, day=28)
    return ends - timedelta(days=1)


def titles_visible_to(actor: Actor, rows: QuerySet[OrganizationTitle]) -> QuerySet[OrganizationTitle]:
    """Narrow to titles written down by an outpost whose parties the actor may view."""
    return rows.filter(outpost_id__in=actor.scopes("party.view", ScopeKind.OUTPOST))


def list_titles(actor: Actor, wanted: TitleFilter, today: date) -> QuerySet[OrganizationTitle]:
    """Return the titles of the actor's outposts, with what a list needs."""
    rows = titles_visible_to(actor, OrganizationTitle.objects.filter(voided_at__isnull=True))
    if wanted.words.strip():
        words = wanted.words.strip()
        rows = rows.filter(Q(organization__name__icontains=words) | Q(number__icontains=words))
    if wanted.title:
        rows = rows.filter(title=wanted.title)
    if wanted.outpost_id:
        rows = rows.filter(outpost_id=wanted.outpost_id)
    rows = rows.filter(_in_state(wanted.state, today))
    return rows.select_related("organization", "outpost__home", "responsible")


def _in_state(state: str, today: date) -> Q:
    soon = today + timedelta(days=_DAYS_AHEAD)
    return {
        "valid": Q(valid_to__gte=today),
        "due": Q(valid_to__gte=today, valid_to__lte=soon),
        "expired": Q(valid_to__lt=today),
        "unknown": Q(valid_to__isnull=True),
    }.get(state, Q())


def get_title(actor: Actor, uid: str) -> OrganizationTitle:
    """Return one title; raises ``OrganizationTitle.DoesNotExist`` for one that the actor may not see."""
    rows = titles_visible_to(actor, OrganizationTitle.objects.all())
    return rows.select_related("organization", "outpost__home", "responsible").get(uid=uid)


def titles_of(actor: Actor, organization_id: int) -> QuerySet[OrganizationTitle]:
    """Return an organization's titles that the actor's outposts wrote down, newest first."""
    rows = titles_visible_to(actor, OrganizationTitle.objects.filter(voided_at__isnull=True))
    of_it = rows.filter(organization_id=organization_id).select_related("outpost__home")
    return of_it.order_by("title", F("valid_from").desc(nulls_last=True), "-id")


Kinds = Mapping[str, Mapping[str, TitleKind]]


def kinds_of(titles: Iterable[OrganizationTitle]) -> Kinds:
    """Return home's code → the titles that content knows there, for all the homes of these rows."""
    return {code: title_kinds(code) for code in {each.outpost.home.code for each in titles}}


def renewal_of(title: OrganizationTitle, kinds: Kinds) -> date | None:
    """Return by when the papers for the next term must be in: as written down, else from content; None: not known."""
    if title.renew_by is not None:
        return title.renew_by
    if title.valid_to is None:
        return None
    kind = kinds[title.outpost.home.code].get(title.title)
    return title.valid_to - timedelta(days=kind.lead_days if kind else _DAYS_AHEAD)


def due_titles(today: date) -> list[tuple[OrganizationTitle, date]]:
    """Return every installation's titles whose renewal is due by ``today`` and that have no later term yet, each with
    the day by which its papers must be in.
    """
    later = OrganizationTitle.objects.filter(
        organization_id=OuterRef("organization_id"),
        outpost_id=OuterRef("outpost_id"),
        title=OuterRef("title"),
        valid_from__gt=OuterRef("valid_from"),
        voided_at__isnull=True,
    )
    rows = OrganizationTitle.objects.filter(
        Q(valid_to__gte=today) | Q(renew_by__isnull=False),
        voided_at__isnull=True,
        valid_to__isnull=False,
        organization__voided_at__isnull=True,
    )
    open_ones = list(
        rows.exclude(Exists(later)).select_related("organization", "outpost__home", "responsible").order_by("id")
    )
    kinds = kinds_of(open_ones)
    found = [(each, renewal_of(each, kinds) or today) for each in open_ones]
    return [(each, day) for each, day in found if day <= today]
