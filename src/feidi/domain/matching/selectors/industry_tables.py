"""Industry tables: which there are, and each as the matrix that 产业互补 is reckoned from."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from feidi.domain.matching.access import tables_visible_to
from feidi.domain.matching.models import IndustryCell, IndustryTable
from feidi.engines.regions import Matrix, Source, matrix_of
from feidi.kernel.access import Actor
from feidi.kernel.files.models import StoredFile

KIND = "matching.industry_table"


@dataclass(frozen=True, slots=True)
class TableFilter:
    """What a list shows. Empty means "any"; voided ones only when asked for."""

    words: str = ""
    level: str = ""
    year: int | None = None
    voided: bool = False


def list_tables(actor: Actor, wanted: TableFilter = TableFilter()) -> QuerySet[IndustryTable]:
    """Return the tables that the actor may see, the newest year first."""
    rows = tables_visible_to(actor, IndustryTable.objects.filter(voided_at__isnull=not wanted.voided))
    if words := wanted.words.strip():
        rows = rows.filter(Q(title__icontains=words) | Q(source__icontains=words))
    exact = {"level": wanted.level, "year": wanted.year}
    rows = rows.filter(**{name: value for name, value in exact.items() if value})
    return rows.select_related("outpost__home").order_by("-year", "-id")


def get_table(actor: Actor, uid: str) -> IndustryTable:
    """Return one table, voided or not; raises ``IndustryTable.DoesNotExist`` for what the actor may not see."""
    return tables_visible_to(actor, IndustryTable.objects.select_related("outpost__home", "outpost__host")).get(uid=uid)


def matrix_of_table(table: IndustryTable) -> Matrix:
    """Return the table's figures as they were uploaded, in its own order. Raises RefusedError where one is missing."""
    cells = IndustryCell.objects.filter(table=table).values_list("region", "industry", "value")
    figures = {(region, industry): value for region, industry, value in cells}
    values = [[figures.get((region, industry)) for industry in table.industries] for region in table.regions]
    source = Source(table.source, table.year, table.unit, table.invented)
    return matrix_of(table.regions, table.industries, values, source)


def find_original(table: IndustryTable) -> StoredFile | None:
    """Return the file as it was uploaded."""
    rows = StoredFile.objects.filter(subject_kind=KIND, subject_uid=table.uid, voided_at__isnull=True)
    return rows.order_by("id").first()
