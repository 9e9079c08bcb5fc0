"""What an owner may release: its organizations, their projects and products, each with its sheets."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from feidi.domain.parties.models import Organization, Outpost
from feidi.domain.pipeline.access import OWN_ROLES
from feidi.domain.pipeline.models import Project, ProjectParty
from feidi.domain.showcase.access import RELEASE_OWN, products_visible_to
from feidi.domain.showcase.enums import SheetKind
from feidi.domain.showcase.models import Product, Sheet
from feidi.kernel.access import Actor, ScopeKind


@dataclass(frozen=True, slots=True)
class Owned:
    """One row of one's own towards one outpost. ``sheet`` None: nothing was ever released."""

    kind: SheetKind
    uid: str
    name: str
    outpost: Outpost
    sheet: Sheet | None


def own_organizations(actor: Actor) -> QuerySet[Organization]:
    """Return the organizations for which the actor may release."""
    own = actor.scopes(RELEASE_OWN, ScopeKind.ORGANIZATION)
    return Organization.objects.filter(pk__in=own, voided_at__isnull=True).select_related("place").order_by("name")


def own_products(actor: Actor) -> QuerySet[Product]:
    """Return the live products of one's own organizations."""
    rows = products_visible_to(actor, Product.objects.filter(voided_at__isnull=True))
    return rows.select_related("organization").order_by("-id")


def list_owned(actor: Actor) -> list[Owned]:
    """Return everything of one's own that may be released, towards every outpost that knows it. Six queries."""
    organizations = list(own_organizations(actor).prefetch_related("links__outpost"))
    known = {each.pk: [link.outpost for link in each.links.all()] for each in organizations}
    parties = ProjectParty.objects.filter(organization__in=organizations, role__in=OWN_ROLES, until__isnull=True)
    projects = Project.objects.filter(pk__in=parties.values("project_id"), voided_at__isnull=True)
    sheets = {(each.outpost_id, each.kind, each.subject_uid): each for each in _sheets(actor)}

    def one(kind: SheetKind, uid: str, name: str, outpost: Outpost) -> Owned:
        return Owned(kind, uid, name, outpost, sheets.get((outpost.pk, kind.value, uid)))

    found = [one(SheetKind.ORGANIZATION, each.uid, each.name, at) for each in organizations for at in known[each.pk]]
    found += [
        one(SheetKind.PROJECT, each.uid, each.name, each.outpost)
        for each in projects.select_related("outpost").order_by("-id")
    ]
    for product in own_products(actor):
        found += [
            one(SheetKind.PRODUCT, product.uid, product.name, at) for at in known.get(product.organization_id, ())
        ]
    return found


def _sheets(actor: Actor) -> QuerySet[Sheet]:
    own = actor.scopes(RELEASE_OWN, ScopeKind.ORGANIZATION)
    return Sheet.objects.filter(organization_id__in=own)
