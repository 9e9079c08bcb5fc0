"""Reading the file into planned rows, in short transactions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction

from feidi.domain.parties.models import Outpost
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.pipeline.services.ledger.batches import (
    READABLE,
    check_state,
    count_rows,
    forget_book,
    outpost_of,
    records_of,
    require_import,
    set_state,
    with_row,
)
from feidi.domain.pipeline.services.ledger.columns import ledger_of
from feidi.domain.pipeline.services.ledger.known import load_known, owners_of
from feidi.domain.pipeline.services.ledger.planning import Plan, Planner, finding_json
from feidi.domain.pipeline.services.ledger.plaque_words import plaque_reader
from feidi.domain.pipeline.services.ledger.private import seal_phones
from feidi.domain.pipeline.services.ledger.reading import Row, RowReader
from feidi.domain.pipeline.services.ledger.stage_words import StageReader
from feidi.engines.findings import Finding, Level
from feidi.engines.sheets import Record, Sheet
from feidi.kernel.access import Actor
from feidi.kernel.imports.enums import BatchState, RowState
from feidi.kernel.imports.models import ImportBatch, ImportRow
from feidi.kernel.imports.shapes import Shape
from feidi.kernel.imports.staging import write_rows
from feidi.kernel.imports.tuning import bulk_tuned

CHUNK = 1_000
Progress = Callable[[int, int | None, str], None]


def stage_batch(*, actor: Actor, now: datetime, batch: ImportBatch, progress: Progress | None = None) -> ImportBatch:
    """Read the file and plan every row, in short transactions. May be run again; then it starts anew.

    ``progress(done, total, text)`` may raise to stop; the batch is then ``cancelled`` and nothing is written.
    """
    outpost = outpost_of(batch)
    require_import(actor, outpost)
    check_state(batch, READABLE, "读取")
    set_state(batch, BatchState.STAGING)
    try:
        with bulk_tuned():
            _stage(batch, outpost, now, progress or (lambda _done, _total, _text: None))
    except BaseException as error:
        set_state(batch, BatchState.FAILED if isinstance(error, Exception) else BatchState.CANCELLED)
        raise
    finally:
        forget_book(batch.file)
    batch.save(update_fields=["state", "counts", "findings"])
    return batch


def _stage(batch: ImportBatch, outpost: Outpost, now: datetime, progress: Progress) -> None:
    today = now.astimezone(SHANGHAI).date()
    _forget_rows(batch)
    sheet, records, found = records_of(batch)
    stages = StageReader(outpost)
    reader = RowReader(
        ledger=ledger_of(outpost),
        columns=[replace(each, index=at) for at, each in enumerate(sheet.columns)],
        fields={at: batch.mapping["fields"].get(str(each.index), "") for at, each in enumerate(sheet.columns)},
        stages=stages,
        plaques=plaque_reader(outpost),
        declared_currency=batch.declared_currency,
        today=today,
    )
    planner = Planner(
        known=load_known(outpost), owners=owners_of(outpost, today), stages=stages, reference=batch.reference_on
    )
    hidden = _private_columns(batch, sheet)
    shape, done = Shape(ImportRow), 0
    for chunk in _chunked(records):
        plans = planner.plan([_read(reader, record, batch) for record in chunk])
        rows = [_import_row(shape, batch, plan, record, hidden) for plan, record in zip(plans, chunk, strict=True)]
        write_rows(ImportRow, shape.columns[1:], rows)
        done += len(rows)
        progress(done, sheet.row_count, batch.file.name)
    _conclude(batch, reader, found)


def _read(reader: RowReader, record: Record, batch: ImportBatch) -> Row:
    row = reader.read(record)
    seal_phones(row.values, batch.uid)
    return row


def _conclude(batch: ImportBatch, reader: RowReader, found: list[Finding]) -> None:
    told = [each for each in batch.findings if not each.get("late")]
    late = [with_row(each) for each in found]
    for column, count in reader.unknown_currency.items():
        late.append(
            with_row(Finding(Level.NOTE, "ledger.currency_unknown", {"column": column, "n": count}, None, column))
        )
    if batch.declared_currency:
        late.append(with_row(Finding(Level.NOTE, "ledger.currency_declared", {"currency": batch.declared_currency})))
    batch.findings = [*told, *({**each, "late": True} for each in late)]
    batch.counts = count_rows(batch)
    batch.state = BatchState.PREVIEWED


def _forget_rows(batch: ImportBatch) -> None:
    """Forget an earlier reading, in short transactions: these rows are a plan that nobody has acted on."""
    while ids := list(batch.rows.order_by("id").values_list("id", flat=True)[:5000]):
        with transaction.atomic():
            ImportRow.objects.filter(id__in=ids).delete()


def _chunked(records: Iterator[Record]) -> Iterator[list[Record]]:
    chunk: list[Record] = []
    for record in records:
        chunk.append(record)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _private_columns(batch: ImportBatch, sheet: Sheet) -> set[int]:
    fields = batch.mapping["fields"]
    return {at for at, each in enumerate(sheet.columns) if fields.get(str(each.index)) == "contact_phone"}


def _import_row(shape: Shape, batch: ImportBatch, plan: Plan, record: Record, hidden: set[int]) -> list[Any]:
    row = plan.row
    shown = None
    if plan.state in {RowState.REFUSED, RowState.SUSPECTED}:
        shown = ["…" if at in hidden and cell.text else cell.text[:300] for at, cell in enumerate(record.values)]
    values = {
        "batch_id": batch.pk,
        "row": row.number,
        "state": plan.state.value,
        "label": str(row.values.get("name", ""))[:200],
        "detail": str(row.values.get("sponsor", ""))[:200],
        "match_uid": plan.match.uid if plan.match else "",
        "match_version": plan.current.row["version"] if plan.current else None,
        "values": row.values if plan.state is not RowState.UNCHANGED else {},
        "changes": plan.changes,
        "findings": [finding_json(each) for each in row.findings],
        "original": shown,
    }
    return shape.stored(shape.row(values))[1:]
