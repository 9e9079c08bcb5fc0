"""Questions about needs and offers of one's outposts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from feidi.domain.matching.access import profiles_visible_to, visible_to
from feidi.domain.matching.enums import ProfileState, Side
from feidi.domain.matching.models import ConfidentialityAgreement, NeedSheet, Profile, ProfileBlock, ProfileReading
from feidi.domain.matching.selectors.sheets import SHEET_KINDS
from feidi.domain.parties.models import OrganizationAlias, Outpost
from feidi.engines.names import fold_name
from feidi.kernel.access import Actor

#: Column of the list → field.
SORTS: Final = {
    "number": "number",
    "title": "title",
    "kind": "kind",
    "owner": "organization__name",
    "node": "node",
    "expires": "expires_on",
    "confirmed": "confirmed_on",
    "entered": "created_at",
}
#: A profile is "soon to expire" so many days before.
SOON_DAYS: Final = 14
#: Long without a confirmation, where content does not say after how many days.
SILENT_DAYS: Final = 90
_JOINS: Final = ("outpost__home", "organization", "project", "person", "officer")


@dataclass(frozen=True, slots=True)
class ProfileFilter:
    """What the list shows. Empty means "any". ``show``: live (default of the page), soon, expired, silent, ask, untagged,
    draft, paused, closed; ``project`` and ``organization``: uids. ``silent_days``: silent is who was not confirmed for so long.
    """

    words: str = ""
    side: str = ""
    kind: str = ""
    node: str = ""
    show: str = ""
    today: date | None = None
    officer_id: int | None = None
    outpost_id: int | None = None
    project: str = ""
    organization: str = ""
    silent_days: int = SILENT_DAYS


def list_profiles(actor: Actor, wanted: ProfileFilter) -> QuerySet[Profile]:
    """Return the profiles of the actor's outposts, newest first, with what a list needs; ``blocked``: has a block
    list; ``sheet_done``: every field of its form is filled in.
    """
    rows = visible_to(actor, Profile.objects.filter(_conditions(wanted), voided_at__isnull=True))
    blocks = ProfileBlock.objects.filter(profile=OuterRef("pk"), lifted_at__isnull=True)
    sheets = NeedSheet.objects.filter(profile=OuterRef("pk")).exclude(_INCOMPLETE)
    return rows.select_related(*_JOINS).annotate(blocked=Exists(blocks), sheet_done=Exists(sheets)).order_by("-id")


def get_profile(actor: Actor, uid: str) -> Profile:
    """Return one that the actor may open whole; raises ``Profile.DoesNotExist`` for every other, blocked ones too."""
    return profiles_visible_to(actor, Profile.objects.select_related(*_JOINS)).get(uid=uid)


def get_staff_profile(actor: Actor, uid: str) -> Profile:
    """Return one of the actor's outposts; raises ``Profile.DoesNotExist`` for every other."""
    return visible_to(actor, Profile.objects.select_related(*_JOINS)).get(uid=uid)


def profiles_of(actor: Actor, *, project: int | None = None, organization: int | None = None) -> QuerySet[Profile]:
    """Return the live profiles of one project or organization among the actor's outposts', newest first."""
    meant = Q(project_id=project) if project else Q(organization_id=organization)
    rows = visible_to(actor, Profile.objects.filter(meant, voided_at__isnull=True))
    return rows.select_related(*_JOINS).order_by("-id")


def blocks_of(profile: Profile) -> QuerySet[ProfileBlock]:
    """Return the block list, lifted ones last."""
    return profile.blocks.select_related("organization").order_by("lifted_at", "id")


def readings_log(profile: Profile) -> QuerySet[ProfileReading]:
    """Return 谁看过, newest first."""
    return profile.readings.select_related("organization", "user").order_by("-at", "-id")


def agreements_of(profile: Profile) -> QuerySet[ConfidentialityAgreement]:
    """Return the confidentiality agreements that stand, newest first."""
    rows = profile.confidentiality_agreements.filter(voided_at__isnull=True)
    return rows.select_related("organization", "file").order_by("-signed_on", "-id")


def unconfirmed_since(outpost: Outpost, day: date, today: date) -> QuerySet[Profile]:
    """Return the open profiles of an outpost that nobody has confirmed, or entered, after ``day``."""
    rows = Profile.objects.filter(_silent(day), outpost=outpost, state=ProfileState.OPEN, voided_at__isnull=True)
    return rows.filter(expires_on__gte=today).select_related("officer").order_by("pk")


def is_expired(profile: Profile, today: date) -> bool:
    """Tell whether a profile's time is over; computed, never stored."""
    return profile.expires_on < today


def _silent(day: date) -> Q:
    """Of what nobody has ever confirmed, the day it was entered counts."""
    return Q(confirmed_on__lte=day) | Q(confirmed_on__isnull=True, created_at__date__lte=day)


_INCOMPLETE: Final = Q(goal="") | Q(indicators="") | Q(finish="") | Q(ownership="") | Q(funding="") | Q(conditions="")


def _conditions(wanted: ProfileFilter) -> Q:
    asked = Q()
    if words := wanted.words.strip():
        asked &= _named(words)
    if wanted.today is not None:
        asked &= _standing(wanted.show, wanted.today, wanted.silent_days)
    exact = {
        "side": wanted.side,
        "kind": wanted.kind,
        "node": wanted.node,
        "officer_id": wanted.officer_id,
        "outpost_id": wanted.outpost_id,
        "project__uid": wanted.project,
        "organization__uid": wanted.organization,
    }
    return asked & Q(**{name: value for name, value in exact.items() if value})


def _named(words: str) -> Q:
    folded = fold_name(words)
    aliased = OrganizationAlias.objects.filter(name_folded__contains=folded).values("organization_id")
    found = Q(title__icontains=words) | Q(masked_text__icontains=words) | Q(full_text__icontains=words)
    found |= Q(number__icontains=words)
    return found | Q(organization__name_folded__contains=folded) | Q(organization_id__in=aliased) if folded else found


def _standing(show: str, today: date, silent_days: int) -> Q:
    live = Q(expires_on__gte=today, state=ProfileState.OPEN)
    filled = NeedSheet.objects.exclude(_INCOMPLETE).values("profile_id")
    return {
        "live": live,
        "soon": live & Q(expires_on__lte=today + timedelta(days=SOON_DAYS)),
        "expired": Q(expires_on__lt=today) & ~Q(state=ProfileState.CLOSED),
        "silent": live & _silent(today - timedelta(days=silent_days)),
        "ask": live & Q(side=Side.NEED, kind__in=SHEET_KINDS) & ~Q(pk__in=filled),
        "untagged": Q(node__in=["", "other"]) & ~Q(state=ProfileState.CLOSED),
        "draft": Q(state=ProfileState.DRAFT),
        "paused": Q(state=ProfileState.PAUSED),
        "closed": Q(state=ProfileState.CLOSED),
    }.get(show, Q())
