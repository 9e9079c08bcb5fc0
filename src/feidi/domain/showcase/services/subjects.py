"""Of which row a sheet is, and who owns that row."""

from __future__ import annotations

from typing import Final

from feidi.domain.parties.models import Organization
from feidi.domain.pipeline.access import OWN_ROLES
from feidi.domain.pipeline.models import Project
from feidi.domain.showcase.enums import SheetKind
from feidi.domain.showcase.kinds import PRODUCT
from feidi.domain.showcase.models import Product, Sheet
from feidi.kernel.subjects import Subject

#: Kind of a sheet → kind of the row it is of.
SUBJECT_KINDS: Final = {
    SheetKind.ORGANIZATION: "parties.organization",
    SheetKind.PROJECT: "pipeline.project",
    SheetKind.PRODUCT: PRODUCT,
}
Owned = Organization | Project | Product


def subject_of_sheet(sheet: Sheet) -> Subject:
    """Return the row a sheet is of, by kind and uid."""
    return Subject(SUBJECT_KINDS[SheetKind(sheet.kind)], sheet.subject_uid)


def row_of_sheet(sheet: Sheet) -> Owned:
    """Return the row a sheet is of; raises ``DoesNotExist`` when it was taken back."""
    return owned_row(SheetKind(sheet.kind), sheet.subject_uid)


def owned_row(kind: SheetKind, uid: str) -> Owned:
    """Return a live row that can be released; raises ``DoesNotExist``."""
    if kind is SheetKind.ORGANIZATION:
        return Organization.objects.select_related("place").get(uid=uid, voided_at__isnull=True)
    if kind is SheetKind.PROJECT:
        return Project.objects.select_related("outpost").get(uid=uid, voided_at__isnull=True)
    return Product.objects.select_related("organization").get(uid=uid, voided_at__isnull=True)


def owners_of(row: Owned) -> frozenset[int]:
    """Return the organizations whose row it is: of a project those whose project it is, not who brought or backs it."""
    if isinstance(row, Organization):
        return frozenset({row.pk})
    if isinstance(row, Product):
        return frozenset({row.organization_id})
    parties = row.parties.filter(role__in=OWN_ROLES, until__isnull=True, organization__isnull=False)
    return frozenset(parties.values_list("organization_id", flat=True))
