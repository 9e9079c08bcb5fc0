"""Verbs of industry tables: taking one in whole or not at all, and taking it back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Final

from feidi.domain.matching.access import EDIT
from feidi.domain.matching.enums import TableLevel
from feidi.domain.matching.models import IndustryCell, IndustryTable
from feidi.domain.matching.selectors.industry_tables import KIND
from feidi.domain.matching.selectors.table_reading import ReadTable, read_table
from feidi.domain.matching.services.table_uploads import check_said, cleaned, refuse_known, void_table
from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.models import Outpost
from feidi.engines.findings import refuse
from feidi.engines.regions import Matrix
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded
from feidi.kernel.files.services import store_upload
from feidi.kernel.subjects import Subject

_LABELS: Final = {
    "title": ("标题", "title"),
    "source": ("来源", "source"),
    "unit": ("单位", "unit"),
    "home_region": ("主办地", "home region"),
    "host_region": ("所在地", "host region"),
}


@dataclass(frozen=True, slots=True)
class NewTable:
    """What must be said of a table. ``unit``: what the figures count (人, 万元). ``invented``: made for demonstration.

    ``home_region``, ``host_region``: which of its rows are the two sides. ``zeros_true``: rows or columns of zeros are
    known to be zero, not merely empty.
    """

    title: str
    source: str
    year: int
    unit: str
    level: TableLevel
    home_region: str
    host_region: str
    invented: bool = False
    zeros_true: bool = False


def upload_industry_table(
    *, actor: Actor, now: datetime, outpost: Outpost, new: NewTable, data: bytes, name: str
) -> IndustryTable:
    """Take in a table with its file. All of it or nothing.

    Refused: title, source, unit or year not given; the same bytes stand already (says where); any faulty cell (says
    row and column); rows or columns of zeros that nobody has confirmed; a region that the table does not have.
    """
    require(actor, EDIT, outpost_scope(outpost.pk))
    new = cleaned(new, _LABELS)
    check_said(new, _LABELS, now)
    digest = sha256(data).hexdigest()
    refuse_known(IndustryTable, outpost, digest)
    read = read_table(data, name)
    _check_regions(new, read, name)
    with recorded(actor=actor, now=now) as unit:
        Outpost.objects.select_for_update(of=("self",)).get(pk=outpost.pk)  # two uploads of one file: one waits
        refuse_known(IndustryTable, outpost, digest)
        table = _made(outpost, new, read.matrix, digest, actor, now)
        table.save()
        IndustryCell.objects.bulk_create(_cells(table, read.matrix), batch_size=2000)
        unit.created(table, kind=KIND)
        store_upload(actor=actor, now=now, subject=Subject(KIND, table.uid), name=name, chunks=[data])
    return table


def void_industry_table(
    *, actor: Actor, now: datetime, table: IndustryTable, reason: str, version: int | None = None
) -> IndustryTable:
    """Take a table back; row, figures and file stay. Refused: no reason, voided before, changed by somebody since."""
    return void_table(actor=actor, now=now, table=table, kind=KIND, reason=reason, version=version)


def _check_regions(new: NewTable, read: ReadTable, name: str) -> None:
    there = "、".join(read.matrix.regions)
    for region in (new.home_region, new.host_region):
        if region not in read.matrix.regions:
            raise refuse("matching.table_region", region=region, regions=there)
    if new.home_region == new.host_region:
        raise refuse("matching.table_same_region", region=new.home_region)
    if read.zeros and not new.zeros_true:
        raise refuse("matching.table_zeros", *read.zeros, name=name)


def _made(outpost: Outpost, new: NewTable, matrix: Matrix, digest: str, actor: Actor, now: datetime) -> IndustryTable:
    return IndustryTable(
        outpost=outpost,
        title=new.title[:160],
        source=new.source[:300],
        year=new.year,
        unit=new.unit[:40],
        level=new.level,
        # a file that says so itself is believed, whatever was ticked
        invented=new.invented or matrix.source.invented,
        home_region=new.home_region,
        host_region=new.host_region,
        regions=list(matrix.regions),
        industries=list(matrix.industries),
        sha256=digest,
        uploaded_at=now,
        uploaded_by=actor.label[:160],
        created_at=now,
    )


def _cells(table: IndustryTable, matrix: Matrix) -> Iterable[IndustryCell]:
    for at, region in enumerate(matrix.regions):
        for to, industry in enumerate(matrix.industries):
            yield IndustryCell(table=table, region=region, industry=industry, value=float(matrix.values[at, to]))
