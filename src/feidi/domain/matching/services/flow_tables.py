"""Verbs of input–output tables: taking one in whole or not at all, and taking it back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Final

from feidi.domain.matching.access import EDIT
from feidi.domain.matching.models import FlowCell, FlowTable
from feidi.domain.matching.selectors.flow_tables import KIND
from feidi.domain.matching.selectors.table_reading import read_flow_table
from feidi.domain.matching.services.table_uploads import check_said, cleaned, refuse_known, void_table
from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.models import Outpost
from feidi.engines.regions import Flows
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded
from feidi.kernel.files.services import store_upload
from feidi.kernel.subjects import Subject

_LABELS: Final = {
    "title": ("标题", "title"),
    "source": ("来源", "source"),
    "unit": ("单位", "unit"),
    "region": ("地区", "region"),
}


@dataclass(frozen=True, slots=True)
class NewFlows:
    """What must be said of a table. ``region``: whose industries trade (全国, 某省, 某市). ``unit``: 万元, 亿元."""

    title: str
    source: str
    year: int
    unit: str
    region: str
    invented: bool = False


def upload_flow_table(
    *, actor: Actor, now: datetime, outpost: Outpost, new: NewFlows, data: bytes, name: str
) -> FlowTable:
    """Take in an input–output table with its file. All of it or nothing.

    Refused: title, source, unit, region or year not given; the same bytes stand already (says where); any faulty cell
    (says row and column); not square; no row of outputs; flows and outputs that cannot belong together.
    """
    require(actor, EDIT, outpost_scope(outpost.pk))
    new = cleaned(new, _LABELS)
    check_said(new, _LABELS, now)
    digest = sha256(data).hexdigest()
    refuse_known(FlowTable, outpost, digest)
    flows = read_flow_table(data, name)
    with recorded(actor=actor, now=now) as unit:
        Outpost.objects.select_for_update(of=("self",)).get(pk=outpost.pk)  # two uploads of one file: one waits
        refuse_known(FlowTable, outpost, digest)
        table = _made(outpost, new, flows, digest, actor, now)
        table.save()
        FlowCell.objects.bulk_create(_cells(table, flows), batch_size=2000)
        unit.created(table, kind=KIND)
        store_upload(actor=actor, now=now, subject=Subject(KIND, table.uid), name=name, chunks=[data])
    return table


def void_flow_table(
    *, actor: Actor, now: datetime, table: FlowTable, reason: str, version: int | None = None
) -> FlowTable:
    """Take a table back; row, figures and file stay. Refused: no reason, voided before, changed by somebody since."""
    return void_table(actor=actor, now=now, table=table, kind=KIND, reason=reason, version=version)


def _made(outpost: Outpost, new: NewFlows, flows: Flows, digest: str, actor: Actor, now: datetime) -> FlowTable:
    return FlowTable(
        outpost=outpost,
        title=new.title[:160],
        source=new.source[:300],
        year=new.year,
        unit=new.unit[:40],
        region=new.region[:40],
        # a file that says so itself is believed, whatever was ticked
        invented=new.invented or flows.source.invented,
        industries=list(flows.industries),
        outputs=flows.outputs.tolist(),
        sha256=digest,
        uploaded_at=now,
        uploaded_by=actor.label[:160],
        created_at=now,
    )


def _cells(table: FlowTable, flows: Flows) -> Iterable[FlowCell]:
    for at, seller in enumerate(flows.industries):
        for to, buyer in enumerate(flows.industries):
            yield FlowCell(table=table, seller=seller, buyer=buyer, value=float(flows.values[at, to]))
