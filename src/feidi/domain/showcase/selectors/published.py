"""What the public sees: of each publication the edition in force, and of an owner's row only what the owner stands by.

A field of a frozen snapshot is shown while the owner's sheet releases it with the very same words; whatever the owner
takes back or rewords is gone at once, whatever it adds waits for another edition.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import Exists, F, Min, OuterRef, QuerySet, Sum

from feidi.domain.parties.models import Outpost
from feidi.domain.showcase.enums import EditionState, PublicationKind
from feidi.domain.showcase.fields import NAME, PICTURE
from feidi.domain.showcase.models import Edition, EditionStep, MediaReport, Picture


@dataclass(frozen=True, slots=True)
class Shown:
    """One publication as the public sees it. ``content``: its texts and facts, of an owner's row its released fields."""

    uid: str
    kind: str
    content: Mapping[str, Any]
    visible_from: datetime
    picture: Picture | None
    sheet_uid: str = ""
    subject_uid: str = ""

    @property
    def title(self) -> Mapping[str, str]:
        """Its title, Chinese and English."""
        found: Mapping[str, str] = self.content.get(NAME) or self.content["title"]
        return found


def in_force(now: datetime) -> QuerySet[Edition]:
    """Return the editions that are public at a moment: of each publication the one that began last."""
    newer = Edition.objects.filter(
        publication=OuterRef("publication"),
        state=EditionState.PUBLISHED,
        visible_from__lte=now,
        number__gt=OuterRef("number"),
    )
    rows = Edition.objects.filter(
        state=EditionState.PUBLISHED, visible_from__lte=now, publication__voided_at__isnull=True
    )
    return rows.filter(~Exists(newer)).select_related("publication__sheet", "cover__small", "cover__large")


def list_shown(outpost: Outpost, now: datetime, kinds: Iterable[str], *, most: int | None = None) -> list[Shown]:
    """Return what is public of some kinds, newest first."""
    rows = in_force(now).filter(publication__outpost=outpost, publication__kind__in=list(kinds))
    rows = rows.order_by(F("visible_from").desc(), "-id")
    editions = list(rows if most is None else rows[: most * 2])
    pictures = pictures_of(editions)
    found = [shown for each in editions if (shown := _shown(each, pictures)) is not None]
    return found if most is None else found[:most]


def find_shown(outpost: Outpost, now: datetime, kinds: Iterable[str], uid: str) -> Shown | None:
    """Return one public publication, or None: unknown, not public, of another kind or outpost."""
    row = in_force(now).filter(publication__outpost=outpost, publication__kind__in=list(kinds), publication__uid=uid)
    edition = row.first()
    return _shown(edition, pictures_of([edition])) if edition is not None else None


def find_public_picture(outpost: Outpost, now: datetime, uid: str) -> Picture | None:
    """Return a picture that something public shows, or None."""
    row = Picture.objects.select_related("large", "small").filter(outpost=outpost, uid=uid).first()
    if row is None:
        return None
    covers = in_force(now).filter(publication__outpost=outpost, publication__sheet__isnull=True, cover=row)
    if covers.exists():
        return row
    released = in_force(now).filter(publication__outpost=outpost, publication__sheet__isnull=False)
    for edition in released.filter(**{f"snapshot__{PICTURE}__picture": uid}):
        if PICTURE in released_of(edition):
            return row
    return None


def released_of(edition: Edition) -> dict[str, Any]:
    """Return the fields of a frozen snapshot that the owner stands by now, with the same words."""
    sheet = edition.publication.sheet
    released = sheet.released if sheet is not None else {}
    return {code: words for code, words in edition.snapshot.items() if released.get(code) == words}


def pictures_of(editions: Iterable[Edition]) -> dict[str, Picture]:
    """Return the pictures that owners released, by uid. One query."""
    uids = [each.snapshot[PICTURE]["picture"] for each in editions if PICTURE in each.snapshot]
    return {each.uid: each for each in Picture.objects.filter(uid__in=uids)} if uids else {}


def list_media(outpost: Outpost, *, most: int = 50) -> list[MediaReport]:
    """Return the reports that are listed publicly, newest first."""
    rows = MediaReport.objects.filter(outpost=outpost, shown=True, voided_at__isnull=True)
    return list(rows.order_by("-reported_on", "-id")[:most])


def mark_of(outpost_id: int, now: datetime, kinds: Iterable[str] = (), *, uid: str = "", media: bool = False) -> str:
    """Return what a public page rests on; "" when it rests on nothing that is published here. One query, two with media.

    It changes with every act on an edition of the ``kinds`` (of the one publication ``uid``) and when a scheduled one
    begins; with ``media`` also with every act in the media ledger.
    """
    told: list[str] = []
    if chosen := tuple(kinds) or uid:
        steps = EditionStep.objects.filter(outpost=outpost_id)
        steps = steps.filter(edition__publication__uid=uid) if uid else steps.filter(kind__in=list(chosen))
        step = steps.order_by("-id").values_list("uid", flat=True).first()
        # nothing was ever done: nothing can have begun
        told += [step, _begun(outpost_id, now, chosen, uid, step)] if step else ["", ""]
    if media:
        reports = MediaReport.objects.filter(outpost=outpost_id)
        told.append(str(reports.aggregate(n=Sum("version"))["n"] or ""))
    return ":".join(told)


#: Of what was asked lately: what had begun, from when and until when that holds while nothing is done.
_begun_known: OrderedDict[tuple[int, tuple[str, ...] | str, str], tuple[datetime, datetime | None, str]] = OrderedDict()
_BEGUN_KEPT: Final = 500


def _begun(outpost_id: int, now: datetime, chosen: tuple[str, ...] | str, uid: str, step: str) -> str:
    """Return the newest edition that has begun. Between two acts it changes only when the next scheduled hour comes."""
    key = (outpost_id, chosen, step)
    known = _begun_known.get(key)
    if known is not None and known[0] <= now and (known[1] is None or now < known[1]):
        return known[2]
    rows = Edition.objects.filter(publication__outpost=outpost_id, state=EditionState.PUBLISHED)
    rows = rows.filter(publication__uid=uid) if uid else rows.filter(publication__kind__in=list(chosen))
    begun = rows.filter(visible_from__lte=now).order_by("-visible_from", "-id").values_list("uid", flat=True).first()
    coming = rows.filter(visible_from__gt=now).aggregate(hour=Min("visible_from"))["hour"]
    _begun_known[key] = (now, coming, begun or "")
    while len(_begun_known) > _BEGUN_KEPT:
        _begun_known.popitem(last=False)
    return begun or ""


def _shown(edition: Edition, pictures: Mapping[str, Picture]) -> Shown | None:
    """Return an edition for the public; None of an owner's row whose name the owner no longer releases."""
    publication = edition.publication
    if edition.visible_from is None:
        return None
    if publication.sheet is None:
        return Shown(publication.uid, publication.kind, edition.snapshot, edition.visible_from, edition.cover)
    content = released_of(edition)
    if NAME not in content:
        return None
    picture = pictures.get(content[PICTURE]["picture"]) if PICTURE in content else None
    sheet = publication.sheet
    return Shown(
        publication.uid, publication.kind, content, edition.visible_from, picture, sheet.uid, sheet.subject_uid
    )


#: What stands under 展示 on the site.
ON_SHOW = (PublicationKind.PROJECT, PublicationKind.PRODUCT, PublicationKind.ORGANIZATION)
