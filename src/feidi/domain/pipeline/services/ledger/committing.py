"""Writing a previewed import: everything is staged first, then one short transaction copies it."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from datetime import datetime
from time import perf_counter

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from feidi.domain.parties.models import Outpost
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.parties.services.numbering import next_number, number_prefix
from feidi.domain.pipeline.models import Project
from feidi.domain.pipeline.selectors.tables import stage_table
from feidi.domain.pipeline.services.ledger.batches import check_state, count_rows, outpost_of, require_import, set_state
from feidi.domain.pipeline.services.ledger.building import MODELS, Builder, Setting
from feidi.domain.pipeline.services.ledger.finding_out import index_batch
from feidi.domain.pipeline.services.ledger.known import owners_of
from feidi.domain.pipeline.services.ledger.planning import finding_json
from feidi.domain.pipeline.services.ledger.staging import CHUNK, Progress
from feidi.domain.pipeline.services.numbering import PROJECT_SERIES, format_project_code
from feidi.engines.findings import Finding, Level, RefusedError, refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded
from feidi.kernel.audit.models import AuditEntry
from feidi.kernel.imports.bulk import Bulk
from feidi.kernel.imports.enums import BatchState, Decision, RowState
from feidi.kernel.imports.models import ImportBatch, ImportRow
from feidi.kernel.imports.tuning import bulk_tuned, commit_tuned
from feidi.kernel.jobs.services import enqueue
from feidi.kernel.subjects import Subject

#: The job that makes a written batch findable.
INDEX = "pipeline.ledger_index"
_ATTEMPTS = 3
_CODES_AT_ONCE = 500
_MAY_COMMIT = {BatchState.PREVIEWED, BatchState.FAILED}


#: How long the last commits of this process held the write lock, in seconds; read by the benchmark.
HELD: deque[float] = deque(maxlen=10)


class _MovedError(Exception):
    """Rows of ours changed between staging and commit; carries the file rows concerned."""

    def __init__(self, rows: Sequence[int], code: str) -> None:
        super().__init__(code)
        self.rows, self.code = rows, code


def commit_batch(
    *,
    actor: Actor,
    now: datetime,
    batch: ImportBatch,
    skip_bad: bool = False,
    progress: Progress | None = None,
    again: bool = False,
    index_later: bool = False,
) -> ImportBatch:
    """Write every planned row, or none.

    Without ``skip_bad`` a refused row, or a suspected one that nobody decided, refuses the whole. With it they stay
    behind for the error workbook. A row of ours that somebody changed since the preview is refused by name.
    ``index_later``: making the projects findable is queued with the commit itself (a job's way) instead of done here.
    Killed at any moment, this leaves all or nothing; run ``again`` (a job's next attempt), it starts anew.
    """
    outpost = outpost_of(batch)
    require_import(actor, outpost)
    check_state(batch, _MAY_COMMIT | ({BatchState.COMMITTING} if again else set()), "写入")
    tell = progress or (lambda _done, _total, _text: None)
    if not skip_bad:
        _refuse_if_bad(batch)
    batch.skip_bad = skip_bad
    begin(batch, again=again)
    try:
        with bulk_tuned():
            _commit(actor, now, batch, outpost, tell, index_later=index_later)
    except RefusedError:
        set_state(batch, BatchState.PREVIEWED)
        raise
    except BaseException as error:
        set_state(batch, BatchState.FAILED if isinstance(error, Exception) else BatchState.PREVIEWED)
        raise
    if not index_later:
        with bulk_tuned():
            index_batch(batch, tell)
    return batch


def begin(batch: ImportBatch, *, again: bool) -> None:
    """Take the batch for writing; of two who try, one wins."""
    allowed = [*_MAY_COMMIT, *([BatchState.COMMITTING] if again else [])]
    taken = ImportBatch.objects.filter(pk=batch.pk, state__in=allowed).update(state=BatchState.COMMITTING)
    if not taken:
        raise refuse("imports.wrong_state", batch=batch.uid, state=str(BatchState.COMMITTING.label), verb="写入")
    batch.state = BatchState.COMMITTING


def _refuse_if_bad(batch: ImportBatch) -> None:
    counts = count_rows(batch)
    if counts["refused"]:
        reasons = [
            Finding(Level(raw["level"]), raw["code"], raw["params"], number, raw["column"])
            for number, raws in batch.rows.filter(state=RowState.REFUSED)
            .order_by("row")
            .values_list("row", "findings")[:20]
            for raw in raws
            if raw["level"] == Level.PROBLEM
        ]
        raise refuse("imports.rows_refused", *reasons, refused=counts["refused"])
    if counts["undecided"]:
        raise refuse("imports.rows_undecided", suspected=counts["undecided"])


def _commit(
    actor: Actor, now: datetime, batch: ImportBatch, outpost: Outpost, progress: Progress, *, index_later: bool
) -> None:
    for attempt in range(_ATTEMPTS):
        bulk = Bulk(MODELS)
        try:
            moved = _stage_all(actor, now, batch, outpost, bulk, progress)
            if moved:
                raise _MovedError(moved, "imports.changed_meanwhile")  # noqa: TRY301 - one way out for both
            with commit_tuned():
                _write(actor, now, batch, bulk, index_later=index_later)
        except _MovedError as error:
            _refuse_moved(batch, error)
            if not batch.skip_bad or attempt == _ATTEMPTS - 1:
                raise refuse("imports.rows_refused", *_reasons(batch, error.rows), refused=len(error.rows)) from error
        else:
            return
        finally:
            bulk.drop()


def _stage_all(
    actor: Actor, now: datetime, batch: ImportBatch, outpost: Outpost, bulk: Bulk, progress: Progress
) -> list[int]:
    today = now.astimezone(SHANGHAI).date()
    setting = Setting(
        actor=actor,
        now=now,
        today=today,
        reference=batch.reference_on,
        outpost=outpost,
        batch_uid=batch.uid,
        owners=owners_of(outpost, today),
        plaques=dict(outpost.plaques.values_list("name", "pk")),
        table_sha256=stage_table(outpost).sha256,
        reason=f"导入 {batch.uid}",
    )
    builder = Builder(bulk=bulk, setting=setting, codes=_codes(outpost, now))
    wanted = written_rows(batch)
    total, done, moved, last = wanted.count(), 0, [], 0
    needed = wanted.only("batch", "row", "state", "decision", "values", "changes", "match_uid", "match_version")
    while chunk := list(needed.filter(row__gt=last).order_by("row")[:CHUNK]):
        last = chunk[-1].row
        as_new = [row.state == RowState.NEW or row.decision == Decision.CREATE for row in chunk]
        moved += builder.build(chunk, as_new=as_new)
        done += len(chunk)
        progress(done, total, batch.file.name)
    bulk.flush()
    return moved


def written_rows(batch: ImportBatch) -> QuerySet[ImportRow]:
    """Return the rows that a commit writes: new, updated, and suspected ones decided to be either."""
    return batch.rows.filter(
        Q(state__in=[RowState.NEW, RowState.UPDATED])
        | Q(state=RowState.SUSPECTED, decision__in=[Decision.CREATE, Decision.UPDATE])
    )


def _codes(outpost: Outpost, now: datetime) -> Iterator[str]:
    """Yield project numbers of this year, taken some at a time; one that a ledger has used already is passed over."""
    prefix = number_prefix(outpost)
    while True:
        with transaction.atomic():
            first = next_number(outpost=outpost, series=PROJECT_SERIES, now=now, count=_CODES_AT_ONCE)
        made = [format_project_code(prefix, now, first + step) for step in range(_CODES_AT_ONCE)]
        taken = set(Project.objects.filter(outpost=outpost, code__in=made).values_list("code", flat=True))
        yield from (code for code in made if code not in taken)


def _write(actor: Actor, now: datetime, batch: ImportBatch, bulk: Bulk, *, index_later: bool) -> None:
    """The one transaction. Everything in it is a copy within the database."""
    with recorded(actor=actor, now=now) as unit:
        started = perf_counter()
        held = ImportBatch.objects.filter(pk=batch.pk, state=BatchState.COMMITTING)
        batch.made = bulk.made()
        batch.counts = {**count_rows(batch)}
        if not held.update(
            state=BatchState.COMMITTED,
            committed_at=now,
            committed_by=actor.label[:160],
            skip_bad=batch.skip_bad,
            made=batch.made,
            counts=batch.counts,
        ):
            raise refuse("imports.wrong_state", batch=batch.uid, state=batch.state, verb="写入")
        moved = bulk.moved(Project)
        if moved:
            raise _MovedError(moved, "imports.changed_meanwhile")
        appeared = _appeared(bulk, batch)
        if appeared:
            raise _MovedError(appeared, "imports.appeared_meanwhile")
        bulk.apply(unit)
        if index_later:
            subject = Subject("imports.batch", batch.uid)
            enqueue(INDEX, actor=actor, now=now, title=batch.file.name, subject=subject, batch=batch.uid)
        unit.acted("import_committed", kind="imports.batch", uid=batch.uid, **batch.counts)
    batch.state, batch.committed_at = BatchState.COMMITTED, now
    HELD.append(perf_counter() - started)


def _appeared(bulk: Bulk, batch: ImportBatch) -> list[int]:
    """Return the file rows of new projects whose number, or name and sponsor, somebody entered since the preview."""
    table = bulk.staged_new(Project)
    if table is None:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT s.staged_row FROM {table.name} AS s JOIN pipeline_project AS p "  # noqa: S608 - a name of our own
            "ON p.outpost_id = s.outpost_id AND p.code = s.code"
        )
        found = {row[0] for row in cursor.fetchall()}
        cursor.execute(
            f"SELECT s.staged_row FROM {table.name} AS s JOIN pipeline_project AS p "  # noqa: S608
            "ON p.outpost_id = s.outpost_id AND p.name_folded = s.name_folded "
            "AND p.sponsor_folded = s.sponsor_folded AND p.voided_at IS NULL"
        )
        named = [row[0] for row in cursor.fetchall()]
    decided = set(
        batch.rows.filter(row__in=named, decision=Decision.CREATE).values_list("row", flat=True) if named else ()
    )
    return sorted(found | (set(named) - decided))


def _refuse_moved(batch: ImportBatch, error: _MovedError) -> None:
    """Mark the rows as refused, with who did what meanwhile."""
    with transaction.atomic():
        for row in batch.rows.filter(row__in=error.rows):
            row.state = RowState.REFUSED
            row.findings = [*row.findings, finding_json(_told(row, error.code))]
            row.save(update_fields=["state", "findings"])
        batch.counts = count_rows(batch)
        batch.save(update_fields=["counts"])


def _told(row: ImportRow, code: str) -> Finding:
    entry = (
        AuditEntry.objects.filter(subject_kind="pipeline.project", subject_uid=row.match_uid)
        .select_related("link")
        .order_by("-id")
        .first()
        if row.match_uid
        else None
    )
    who, at = (entry.link.actor_label, f"{entry.link.at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}") if entry else ("—", "—")
    return Finding(Level.PROBLEM, code, {"name": row.label, "who": who, "at": at}, row.row)


def _reasons(batch: ImportBatch, rows: Sequence[int]) -> list[Finding]:
    found = []
    for row in batch.rows.filter(row__in=list(rows)[:20]).order_by("row"):
        raw = row.findings[-1]
        found.append(Finding(Level(raw["level"]), raw["code"], raw["params"], row.row, raw["column"]))
    return found
