"""The steps of an import before anything is written: file, columns, rows, decisions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db.models import Count

from feidi.domain.parties.access import outpost_scope
from feidi.domain.parties.models import Outpost
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.pipeline.models import Project
from feidi.domain.pipeline.services.ledger.columns import READINGS, Ledger, ledger_of
from feidi.domain.pipeline.services.ledger.known import Brief, load_current, load_known, owners_of
from feidi.domain.pipeline.services.ledger.planning import Plan, Planner, finding_from, finding_json
from feidi.domain.pipeline.services.ledger.reading import Row
from feidi.domain.pipeline.services.ledger.stage_words import StageReader
from feidi.engines.findings import Finding, Level, refuse
from feidi.engines.sheets import Record, RecordKind, Sheet, Workbook, fold_name, match_columns, open_workbook
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded
from feidi.kernel.files.models import StoredFile
from feidi.kernel.files.services.opening import path_of
from feidi.kernel.imports.enums import BatchState, Decision, RowState
from feidi.kernel.imports.models import ImportBatch, ImportRow, MappingMemory

#: Begins every line of the error workbook's 问题 column, by which we know it again.
MARK = "✗"
KIND, OUTPOST, PERMISSION = "pipeline.ledger", "parties.outpost", "project.import"
#: A file whose batch is in one of these states may be read (again).
READABLE = {
    BatchState.UPLOADED,
    BatchState.MAPPED,
    BatchState.STAGING,
    BatchState.PREVIEWED,
    BatchState.FAILED,
    BatchState.CANCELLED,
}
_PROSE = {
    "tech_source",
    "core_product",
    "policy_request",
    "progress",
    "problems",
    "coordination",
    "next_step",
    "remarks",
}
_opened: dict[str, Workbook] = {}


def require_import(actor: Actor, outpost: Outpost) -> None:
    """Refuse unless the actor may import into this outpost."""
    if not actor.may(PERMISSION, outpost_scope(outpost.pk)):
        raise refuse("imports.not_allowed", outpost=outpost.short_name)


def outpost_of(batch: ImportBatch) -> Outpost:
    """Return the outpost that a batch's rows belong to."""
    return Outpost.objects.select_related("home").get(uid=batch.subject_uid)


def start_batch(
    *, actor: Actor, now: datetime, outpost: Outpost, file: StoredFile, declared_currency: str = ""
) -> ImportBatch:
    """Begin an import: open the file, choose its sheet, propose what the columns mean.

    Refused: no permission, a file that cannot be read, one without a table. The same bytes imported before are
    recognised and told (finding ``imports.same_file``).
    """
    require_import(actor, outpost)
    book = _book(file)
    if book.fatal is not None:
        raise refuse("imports.unreadable", *book.findings)
    ledger = ledger_of(outpost)
    sheet = _likeliest(book, ledger)
    batch = ImportBatch(
        kind=KIND,
        subject_kind=OUTPOST,
        subject_uid=outpost.uid,
        file=file,
        sha256=file.sha256,
        reference_on=now.astimezone(SHANGHAI).date(),
        declared_currency=declared_currency,
        started_by_id_number=actor.user_id,
        started_by=actor.label[:160],
        created_at=now,
    )
    _understand(batch, sheet, ledger, outpost)
    batch.findings = [*_same_file(batch, outpost), *map(with_row, book.findings), *batch.findings]
    with recorded(actor=actor, now=now) as unit:
        batch.save()
        unit.acted("import_started", kind="imports.batch", uid=batch.uid, file=file.name, sha256=file.sha256)
    return batch


def propose_mapping(batch: ImportBatch) -> dict[str, Any]:
    """Return the columns as understood: index, header, field, how sure; and the fields still to choose from."""
    ledger = ledger_of(outpost_of(batch))
    fields = batch.mapping.get("fields", {})
    columns = [{**each, "field": fields.get(str(each["index"]), "")} for each in batch.columns]
    choices = [
        {"field": each.field, "label": each.zh, "label_en": each.en, "derived": each.derived} for each in ledger.columns
    ]
    return {"columns": columns, "fields": choices, "remembered": bool(batch.mapping.get("remembered"))}


def set_mapping(
    *,
    actor: Actor,
    now: datetime,
    batch: ImportBatch,
    mapping: Mapping[str, str] | None = None,
    sheet: str | None = None,
    declared_currency: str | None = None,
) -> ImportBatch:
    """Settle what the columns mean (column index as text → field, "" for none) and remember it for this header.

    Refused: no permission, rows already written, a sheet that is not there, no column for the project's name.
    """
    outpost = outpost_of(batch)
    require_import(actor, outpost)
    check_state(batch, READABLE, "修改列的对应")
    if sheet is not None and sheet != batch.sheet:
        found = _book(batch.file).sheet(sheet)
        if found is None:
            raise refuse(
                "imports.sheet_unknown", sheet=sheet, sheets="、".join(s.name for s in _book(batch.file).sheets)
            )
        _understand(batch, found, ledger_of(outpost), outpost)
    fields = dict(batch.mapping["fields"]) if mapping is None else _checked(mapping)
    if "name" not in fields.values():
        raise refuse("ledger.name_column_missing")
    if declared_currency is not None:
        batch.declared_currency = declared_currency
    batch.mapping = {**batch.mapping, "fields": fields}
    batch.state = BatchState.MAPPED
    with recorded(actor=actor, now=now) as unit:
        batch.version += 1
        batch.save()
        MappingMemory.objects.update_or_create(
            kind=KIND,
            subject_kind=OUTPOST,
            subject_uid=outpost.uid,
            header_signature=batch.header_signature,
            defaults={
                "mapping": fields,
                "declared_currency": batch.declared_currency,
                "remembered_at": now,
                "remembered_by": actor.label[:160],
            },
        )
        unit.acted("import_mapped", kind="imports.batch", uid=batch.uid, fields=fields)
    return batch


def count_rows(batch: ImportBatch) -> dict[str, int]:
    """Return rows per state: new, updated, unchanged, suspected, refused, and rows for all."""
    found = dict(batch.rows.values_list("state").annotate(n=Count("id")).order_by())
    counts = {state.value: found.get(state.value, 0) for state in RowState}
    undecided = batch.rows.filter(state=RowState.SUSPECTED, decision="").count()
    return {"rows": sum(counts.values()), **counts, "undecided": undecided}


def decide_row(
    *, actor: Actor, now: datetime, batch: ImportBatch, row: int, decision: Decision, target: str = ""
) -> ImportRow:
    """Decide a suspected duplicate: a project of its own, an update of ``target`` (a project's uid), or skip."""
    outpost = outpost_of(batch)
    require_import(actor, outpost)
    check_state(batch, {BatchState.PREVIEWED}, "决定")
    found = batch.rows.filter(row=row).first()
    if found is None:
        raise refuse("imports.row_unknown", row=row)
    if found.state != RowState.SUSPECTED:
        raise refuse("imports.row_not_suspected", row=row)
    found.decision, found.decided_by, found.changes = decision, actor.label[:160], {}
    if decision == Decision.UPDATE:
        _aim(found, outpost, batch, target, now)
    with recorded(actor=actor, now=now) as unit:
        found.save()
        unit.acted(
            "import_row_decided", kind="imports.batch", uid=batch.uid, row=row, decision=str(decision), target=target
        )
        batch.counts = count_rows(batch)
        batch.save(update_fields=["counts"])
    return found


def findings_of(batch: ImportBatch, *, rows: bool = True) -> Iterator[Finding]:
    """Yield the findings on the file, then (``rows``) those of every row in order."""
    for raw in batch.findings:
        yield finding_from(raw)
    if rows:
        told = batch.rows.exclude(findings=[]).order_by("row").values_list("row", "findings")
        for number, raws in told.iterator(chunk_size=2000):
            for raw in raws:
                yield finding_from(raw, number)


def set_state(batch: ImportBatch, state: BatchState) -> None:
    """Write the state at once, in a transaction of its own."""
    batch.state = state
    ImportBatch.objects.filter(pk=batch.pk).update(state=state)


def check_state(batch: ImportBatch, allowed: set[BatchState], verb: str) -> None:
    """Refuse unless the batch stands in one of ``allowed`` (as the database has it now)."""
    batch.refresh_from_db(fields=["state"])
    if batch.state not in allowed:
        raise refuse("imports.wrong_state", batch=batch.uid, state=str(BatchState(batch.state).label), verb=verb)


def records_of(batch: ImportBatch) -> tuple[Sheet, Iterator[Record], list[Finding]]:
    """Open the batch's sheet again: its columns, its records, and where their findings go."""
    sheet = _book(batch.file).sheet(batch.sheet)
    if sheet is None:
        raise refuse("imports.no_table")
    found: list[Finding] = []
    fields = batch.mapping["fields"]
    prose = {at for at, each in enumerate(sheet.columns) if fields.get(str(each.index)) in _PROSE}
    return sheet, _joined(sheet.iter_records(found.append), found, prose), found


def _book(file: StoredFile) -> Workbook:
    """Open the file; the wizard's next step reads the same one, so the last is kept."""
    if file.uid not in _opened:
        _opened.clear()
        _opened[file.uid] = open_workbook(path_of(file).read_bytes(), name=file.name)
    return _opened[file.uid]


def _joined(records: Iterator[Record], found: list[Finding], prose: set[int]) -> Iterator[Record]:
    """Put continuation rows back into the row above them: only such as go on with prose and hold nothing else."""
    waiting: Record | None = None
    for record in records:
        goes_on = record.kind is RecordKind.CONTINUATION
        if goes_on and waiting is not None and all(at in prose for at, each in enumerate(record.values) if each.text):
            found.append(Finding(Level.NOTE, "ledger.row_continued", {"other": waiting.row}, record.row))
            cells = [
                replace(above, text=f"{above.text}\n{below.text}".strip(), value=None) if below.text else above
                for above, below in zip(waiting.values, record.values, strict=True)
            ]
            waiting = replace(waiting, values=tuple(cells))
            continue
        if waiting is not None:
            yield waiting
        waiting = record
    if waiting is not None:
        yield waiting


def forget_book(file: StoredFile) -> None:
    """Let go of the opened file."""
    _opened.pop(file.uid, None)


def _likeliest(book: Workbook, ledger: Ledger) -> Sheet:
    """Choose the visible sheet in which most columns are understood."""
    best: tuple[int, int, Sheet] | None = None
    for at, sheet in enumerate(book.sheets):
        understood = len(match_columns(sheet.columns, ledger.specs).matches) if sheet.columns else 0
        if understood and (best is None or understood > best[0]):
            best = (understood, at, sheet)
    if best is None:
        raise refuse("imports.no_table", *(each for sheet in book.sheets for each in sheet.findings))
    return best[2]


def _understand(batch: ImportBatch, sheet: Sheet, ledger: Ledger, outpost: Outpost) -> None:
    """Fill in the sheet, its columns, and the mapping: remembered for this header, else proposed."""
    matched = match_columns(sheet.columns, ledger.specs)
    scores = {each.column.index: each for each in matched.matches}
    signature = sha256("\x1f".join(fold_name(each.header or each.name) for each in sheet.columns).encode()).hexdigest()
    memory = MappingMemory.objects.filter(
        kind=KIND, subject_kind=OUTPOST, subject_uid=outpost.uid, header_signature=signature
    ).first()
    samples = _samples(sheet)
    batch.sheet, batch.header_signature = sheet.name, signature
    batch.columns = [
        {
            "index": each.index,
            "letter": each.letter,
            "name": each.name,
            "header": each.header,
            "unit": each.unit,
            "hidden": each.hidden,
            "sure": scores[each.index].certain if each.index in scores else False,
            "samples": samples[at],
        }
        for at, each in enumerate(sheet.columns)
    ]
    proposed = {str(each.index): scores[each.index].field if each.index in scores else "" for each in sheet.columns}
    if sheet.columns and samples[-1] and all(text.startswith(MARK) for text in samples[-1]):
        proposed[str(sheet.columns[-1].index)] = ""  # our own error workbook, corrected and come back
    if memory is not None and not batch.declared_currency:
        batch.declared_currency = memory.declared_currency
    batch.mapping = {
        "fields": memory.mapping if memory else proposed,
        "remembered": memory is not None,
        "header_rows": list(sheet.header_rows),
        "row_count": sheet.row_count,
    }
    batch.findings = [with_row(each) for each in (*sheet.findings, *matched.findings)]


def _samples(sheet: Sheet, at_most: int = 3) -> list[list[str]]:
    found: list[list[str]] = [[] for _ in sheet.columns]
    for count, record in enumerate(sheet.iter_records()):
        for at, cell in enumerate(record.values):
            if cell.text and len(found[at]) < at_most and cell.text[:40] not in found[at]:
                found[at].append(cell.text[:40])
        if count >= 30:  # noqa: PLR2004 - enough to recognise a column
            break
    return found


def with_row(finding: Finding) -> dict[str, Any]:
    """Return a finding on the file as a batch keeps it: with its row."""
    return {**finding_json(finding), "row": finding.row}


def _same_file(batch: ImportBatch, outpost: Outpost) -> list[dict[str, Any]]:
    earlier = (
        ImportBatch.objects.filter(kind=KIND, subject_uid=outpost.uid, sha256=batch.sha256, state=BatchState.COMMITTED)
        .order_by("-id")
        .first()
    )
    if earlier is None or earlier.committed_at is None:
        return []
    on = earlier.committed_at.astimezone(SHANGHAI).date().isoformat()
    return [with_row(Finding(Level.NOTE, "imports.same_file", {"on": on, "batch": earlier.uid}))]


def _checked(mapping: Mapping[str, str]) -> dict[str, str]:
    """Keep known fields, each once: the first column that claims a field has it."""
    taken: set[str] = set()
    fields: dict[str, str] = {}
    for index, name in sorted(mapping.items(), key=lambda item: int(item[0])):
        fields[str(index)] = name if name in READINGS and name not in taken else ""
        taken.add(name)
    return fields


def _aim(found: ImportRow, outpost: Outpost, batch: ImportBatch, target: str, now: datetime) -> None:
    """Point a suspected row at the project it shall update, and work out what that changes."""
    uid = target or found.match_uid
    if not uid:
        raise refuse("imports.target_needed", row=found.row)
    project = Project.objects.filter(outpost=outpost, uid=uid, voided_at__isnull=True).first()
    if project is None:
        raise refuse("imports.target_unknown", row=found.row)
    stages = StageReader(outpost)
    owners = owners_of(outpost, now.astimezone(SHANGHAI).date())
    planner = Planner(known=load_known(outpost), owners=owners, stages=stages, reference=batch.reference_on)
    row = Row(found.row, values=dict(found.values))
    plan = Plan(
        row, RowState.UPDATED, Brief(project.pk, uid, project.code, project.name, project.sponsor_name, voided=False)
    )
    planner.compare(plan, load_current([uid])[uid])
    found.match_uid, found.match_version, found.changes = uid, project.version, plan.changes
    found.findings = [*found.findings, *(finding_json(each) for each in row.findings)]
