"""Who sees what of showcase inside the house. The public sees what ``selectors.published`` gives, and nothing else.

The outpost's people (``showcase.view``) see its publications in every state, the sheets released to it, the media
ledger, visits and inquiries. The home side (``showcase.view_home``) sees what is or was public, and the media ledger.
An owner (``showcase.release_own``) sees its own sheets and products. Nobody else.
"""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from feidi.domain.showcase.enums import EditionState
from feidi.domain.showcase.models import Edition, HallVisit, Inquiry, MediaReport, Picture, Product, Publication, Sheet
from feidi.kernel.access import Actor, ScopeKind

VIEW, EDIT, PUBLISH = "showcase.view", "showcase.edit", "showcase.publish"
VIEW_HOME, RELEASE_OWN = "showcase.view_home", "showcase.release_own"
_WAS_PUBLIC = (EditionState.PUBLISHED, EditionState.WITHDRAWN)


def _outposts(actor: Actor) -> frozenset[int]:
    return actor.scopes(VIEW, ScopeKind.OUTPOST)


def staff_sees(actor: Actor, outpost_id: int) -> bool:
    """Tell whether the actor sees this outpost's showcase as its staff."""
    return outpost_id in _outposts(actor)


def owns(actor: Actor, organization_id: int) -> bool:
    """Tell whether the actor may release what is this organization's."""
    return organization_id in actor.scopes(RELEASE_OWN, ScopeKind.ORGANIZATION)


def publications_visible_to(actor: Actor, rows: QuerySet[Publication]) -> QuerySet[Publication]:
    """Narrow to publications of the actor's outposts, and for the home side to those that are or were public."""
    public = Exists(Edition.objects.filter(publication=OuterRef("pk"), state__in=_WAS_PUBLIC, reviewer__isnull=False))
    homes = actor.scopes(VIEW_HOME, ScopeKind.HOME)
    return rows.filter(Q(outpost_id__in=_outposts(actor)) | (Q(outpost__home_id__in=homes) & Q(public)))


def can_view_publication(actor: Actor, publication: Publication) -> bool:
    """Tell whether ``publication`` is among those visible."""
    if staff_sees(actor, publication.outpost_id):
        return True
    was = publication.editions.filter(state__in=_WAS_PUBLIC, reviewer__isnull=False)
    return publication.outpost.home_id in actor.scopes(VIEW_HOME, ScopeKind.HOME) and was.exists()


def sheets_visible_to(actor: Actor, rows: QuerySet[Sheet]) -> QuerySet[Sheet]:
    """Narrow to sheets of the actor's outposts, and to those of the actor's own organizations."""
    own = actor.scopes(RELEASE_OWN, ScopeKind.ORGANIZATION)
    return rows.filter(Q(outpost_id__in=_outposts(actor)) | Q(organization_id__in=own))


def can_view_sheet(actor: Actor, sheet: Sheet) -> bool:
    """Tell whether ``sheet`` is among those visible."""
    return staff_sees(actor, sheet.outpost_id) or owns(actor, sheet.organization_id)


def products_visible_to(actor: Actor, rows: QuerySet[Product]) -> QuerySet[Product]:
    """Narrow to products of the actor's own organizations: the outpost reads of them what its sheets say."""
    return rows.filter(organization_id__in=actor.scopes(RELEASE_OWN, ScopeKind.ORGANIZATION))


def pictures_visible_to(actor: Actor, rows: QuerySet[Picture]) -> QuerySet[Picture]:
    """Narrow to pictures kept at the actor's outposts."""
    return rows.filter(outpost_id__in=_outposts(actor))


def media_visible_to(actor: Actor, rows: QuerySet[MediaReport]) -> QuerySet[MediaReport]:
    """Narrow to the media ledgers of the actor's outposts and homes."""
    homes = actor.scopes(VIEW_HOME, ScopeKind.HOME)
    return rows.filter(Q(outpost_id__in=_outposts(actor)) | Q(outpost__home_id__in=homes))


def can_view_media(actor: Actor, report: MediaReport) -> bool:
    """Tell whether ``report`` is among those visible."""
    homes = actor.scopes(VIEW_HOME, ScopeKind.HOME)
    return staff_sees(actor, report.outpost_id) or report.outpost.home_id in homes


def visits_visible_to(actor: Actor, rows: QuerySet[HallVisit]) -> QuerySet[HallVisit]:
    """Narrow to visits to the halls of the actor's outposts."""
    return rows.filter(outpost_id__in=_outposts(actor))


def inquiries_visible_to(actor: Actor, rows: QuerySet[Inquiry]) -> QuerySet[Inquiry]:
    """Narrow to what was left for the actor's outposts."""
    return rows.filter(outpost_id__in=_outposts(actor))
