"""Verbs of industry tables: taking one in whole or not at all, and taking it back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Final

from feidi.domain.matching.access import EDIT
from feidi.domain.matching.enums import TableLevel
from feidi.domain.matching.models import IndustryCell, IndustryTable
from feidi.domain.matching.selectors.industry_tables import KIND
from feidi.domain.matching.selectors.table_reading import ReadTable, read_table
from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.models import Outpost
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.engines.findings import Finding, Level, refuse
from feidi.engines.regions import Matrix
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded
from feidi.kernel.files.services import store_upload
from feidi.kernel.subjects import Subject

_FIRST_YEAR: Final = 1949
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
    new = replace(new, **{key: getattr(new, key).strip() for key in _LABELS})
    _check(new, now)
    digest = sha256(data).hexdigest()
    _refuse_known(outpost, digest)
    read = read_table(data, name)
    _check_regions(new, read, name)
    with recorded(actor=actor, now=now) as unit:
        Outpost.objects.select_for_update(of=("self",)).get(pk=outpost.pk)  # two uploads of one file: one waits
        _refuse_known(outpost, digest)
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
    require(actor, EDIT, outpost_scope(table.outpost_id))
    if not reason.strip():
        raise refuse("matching.void_needs_reason")
    with recorded(actor=actor, now=now) as unit:
        row = IndustryTable.objects.select_for_update(of=("self",)).get(pk=table.pk)
        if row.voided_at is not None:
            raise refuse("matching.table_voided", reason=row.void_reason)
        if version is not None and row.version != version:
            raise refuse("matching.table_changed")
        before = unit.before(row, KIND)
        row.voided_at, row.void_reason, row.version = now, reason.strip()[:500], row.version + 1
        row.save(update_fields=["voided_at", "void_reason", "version"])
        unit.changed(row, kind=KIND, before=before, reason=row.void_reason, action="voided")
    return row


def _check(new: NewTable, now: datetime) -> None:
    missing = [
        Finding(Level.FATAL, "matching.table_needs", {"field_zh": zh, "field_en": en}, None, key)
        for key, (zh, en) in _LABELS.items()
        if not getattr(new, key)
    ]
    if missing:
        zh, en = (", ".join(str(each.params[name]) for each in missing) for name in ("field_zh", "field_en"))
        raise refuse("matching.table_needs", *missing, field_zh=zh, field_en=en)
    this_year = now.astimezone(SHANGHAI).year
    if not _FIRST_YEAR <= new.year <= this_year:
        raise refuse("matching.table_year", year=new.year, now=this_year)


def _refuse_known(outpost: Outpost, digest: str) -> None:
    known = IndustryTable.objects.filter(outpost=outpost, sha256=digest, voided_at__isnull=True).first()
    if known is not None:
        at = known.uploaded_at.astimezone(SHANGHAI)
        raise refuse(
            "matching.table_known", title=str(known), by=known.uploaded_by, at=f"{at:%Y-%m-%d %H:%M}", uid=known.uid
        )


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
