"""Questions of the people who publish: their publications, the queue for review, one with its editions, owners' sheets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import OuterRef, Q, QuerySet, Subquery

from feidi.domain.showcase.access import publications_visible_to, sheets_visible_to
from feidi.domain.showcase.enums import EditionState
from feidi.domain.showcase.models import Edition, Publication, Sheet
from feidi.kernel.access import Actor

SORTS: Final = {"title": "title", "kind": "kind", "changed": "id"}


@dataclass(frozen=True, slots=True)
class PublicationFilter:
    """What the list shows. Empty means "any"; ``state``: of the newest edition."""

    words: str = ""
    kind: str = ""
    state: str = ""
    outpost_id: int | None = None


def list_publications(actor: Actor, wanted: PublicationFilter) -> QuerySet[Publication]:
    """Return the publications that the actor may open, newest first, each with its newest edition's state and hour."""
    newest = Edition.objects.filter(publication=OuterRef("pk")).order_by("-number")
    live = newest.filter(state=EditionState.PUBLISHED)
    rows = publications_visible_to(actor, Publication.objects.filter(voided_at__isnull=True)).annotate(
        newest_state=Subquery(newest.values("state")[:1]),
        newest_from=Subquery(newest.values("visible_from")[:1]),
        live_from=Subquery(live.values("visible_from")[:1]),
    )
    if wanted.words.strip():
        rows = rows.filter(title__icontains=wanted.words.strip())
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.state:
        rows = rows.filter(newest_state=wanted.state)
    if wanted.outpost_id:
        rows = rows.filter(outpost_id=wanted.outpost_id)
    return rows.select_related("outpost__home", "sheet__organization").order_by("-id")


def get_publication(actor: Actor, uid: str) -> Publication:
    """Return one that the actor may open; raises ``Publication.DoesNotExist`` for every other."""
    rows = Publication.objects.select_related("outpost__home", "sheet__organization")
    return publications_visible_to(actor, rows).get(uid=uid)


def newest_edition(publication: Publication) -> Edition | None:
    """Return the newest edition of a publication."""
    rows = publication.editions.select_related("publication__outpost__home", "publication__sheet", "cover", "author")
    return rows.order_by("-number").first()


def written_edition(publication: Publication) -> Edition | None:
    """Return the edition that is being written or reviewed, None when there is none."""
    rows = publication.editions.filter(state__in=[EditionState.DRAFT, EditionState.REVIEW])
    return rows.select_related("publication__outpost__home", "publication__sheet", "cover", "author").first()


def list_sheets(actor: Actor, *, outpost_id: int | None = None, words: str = "") -> QuerySet[Sheet]:
    """Return the sheets that owners released something of to the actor's outposts, the latest first."""
    rows = sheets_visible_to(actor, Sheet.objects.exclude(released={}))
    if outpost_id:
        rows = rows.filter(outpost_id=outpost_id)
    if words.strip():
        rows = rows.filter(Q(label__icontains=words.strip()) | Q(organization__name__icontains=words.strip()))
    return rows.select_related("outpost__home", "organization", "publication").order_by("-released_at", "-id")


def get_sheet(actor: Actor, uid: str) -> Sheet:
    """Return one that the actor may open; raises ``Sheet.DoesNotExist`` for every other."""
    rows = Sheet.objects.select_related("outpost__home", "organization")
    return sheets_visible_to(actor, rows).get(uid=uid)


def is_scheduled(publication: Publication, now: datetime) -> bool:
    """Tell whether the newest published edition has not begun (a row of ``list_publications``)."""
    begins = getattr(publication, "live_from", None)
    return begins is not None and begins > now
