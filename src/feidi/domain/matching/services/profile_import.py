"""Importing needs and offers: a workbook becomes a batch that is looked at, then written whole, and can be undone."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from feidi.domain.matching.access import EDIT
from feidi.domain.matching.enums import Confidentiality, ProfileKind, Side
from feidi.domain.matching.models import CandidateList, CandidateRow, Introduction, Profile
from feidi.domain.matching.selectors.profile_imports import KIND, OUTPOST, outpost_of
from feidi.domain.matching.selectors.profile_table import TableRow, read_profile_table
from feidi.domain.matching.services.profile_states import void_profile
from feidi.domain.matching.services.profiles import Facts, NewProfile, add_profile
from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.models import Outpost, Place
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.parties.services.organizations import find_or_add_organization
from feidi.engines.findings import Finding, Level, refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded
from feidi.kernel.files.models import StoredFile
from feidi.kernel.files.services import path_of
from feidi.kernel.imports.enums import BatchState, RowState
from feidi.kernel.imports.models import ImportBatch, ImportRow


def start_profile_import(*, actor: Actor, now: datetime, outpost: Outpost, file: StoredFile) -> ImportBatch:
    """Read a workbook into a batch: each row with what it would become. Nothing is entered yet.

    Refused: no permission, a file that cannot be read, a needed column missing, no rows.
    """
    require(actor, EDIT, outpost_scope(outpost.pk))
    today = now.astimezone(SHANGHAI).date()
    rows = read_profile_table(outpost, path_of(file).read_bytes(), file.name, today)
    batch = ImportBatch(
        kind=KIND,
        subject_kind=OUTPOST,
        subject_uid=outpost.uid,
        file=file,
        sha256=file.sha256,
        state=BatchState.PREVIEWED,
        reference_on=today,
        counts=_counts(rows),
        started_by_id_number=actor.user_id,
        started_by=actor.label[:160],
        created_at=now,
    )
    with recorded(actor=actor, now=now) as unit:
        batch.save()
        ImportRow.objects.bulk_create([_kept(batch, each) for each in rows])
        unit.acted("import_started", kind="imports.batch", uid=batch.uid, file=file.name, sha256=file.sha256)
    return batch


def commit_profile_import(*, actor: Actor, now: datetime, batch: ImportBatch, masked_seen: bool = False) -> ImportBatch:
    """Enter the rows that can be taken, all of them or none. Rows whose masked text stands in the table itself are
    published when ``masked_seen``: a person has read them there; every other row becomes a draft.

    Refused: no permission, written before, nothing to write.
    """
    outpost = outpost_of(batch)
    require(actor, EDIT, outpost_scope(outpost.pk))
    with recorded(actor=actor, now=now) as unit:
        row = _locked(batch, BatchState.PREVIEWED)
        places = {each.code: each for each in Place.objects.all()}
        taken = list(row.rows.filter(state=RowState.NEW).order_by("row"))
        if not taken:
            raise refuse("matching.import_empty")
        for each in taken:
            profile = _enter(actor, now, outpost, each.values, places, masked_seen=masked_seen)
            each.match_uid, each.match_version = profile.uid, profile.version
        ImportRow.objects.bulk_update(taken, ["match_uid", "match_version"])
        row.state, row.committed_at, row.committed_by = BatchState.COMMITTED, now, actor.label[:160]
        row.version += 1
        row.save()
        unit.acted("import_committed", kind="imports.batch", uid=row.uid, rows=len(taken))
    return row


def undo_profile_import(*, actor: Actor, now: datetime, batch: ImportBatch) -> ImportBatch:
    """Take back everything that a batch entered. Refused, with the list of them: rows that somebody changed since, or
    that stand in a list or an introduction.
    """
    outpost = outpost_of(batch)
    require(actor, EDIT, outpost_scope(outpost.pk))
    with recorded(actor=actor, now=now) as unit:
        row = _locked(batch, BatchState.COMMITTED)
        versions = dict(row.rows.exclude(match_uid="").values_list("match_uid", "match_version"))
        made = list(Profile.objects.filter(uid__in=versions, voided_at__isnull=True))
        used = _used(made)
        touched = [each for each in made if each.pk in used or each.version != versions[each.uid]]
        if touched:
            reasons = [
                Finding(Level.PROBLEM, "matching.import_row_used", {"number": each.number, "title": each.title})
                for each in touched
            ]
            raise refuse("matching.import_changed", *reasons, n=len(touched))
        for each in made:
            void_profile(actor=actor, now=now, profile=each, reason=f"撤销导入 {row.file.name}")
        row.state, row.undone_at, row.undone_by = BatchState.UNDONE, now, actor.label[:160]
        row.version += 1
        row.save()
        unit.acted("import_undone", kind="imports.batch", uid=row.uid, rows=len(made))
    return row


def _locked(batch: ImportBatch, state: BatchState) -> ImportBatch:
    row = ImportBatch.objects.select_for_update(of=("self",)).select_related("file").get(pk=batch.pk)
    if row.state != state:
        label = str(BatchState(row.state).label)
        raise refuse("matching.import_state", state=label)
    return row


def _enter(
    actor: Actor,
    now: datetime,
    outpost: Outpost,
    values: dict[str, Any],
    places: dict[str, Place],
    *,
    masked_seen: bool,
) -> Profile:
    firm = find_or_add_organization(actor=actor, now=now, outpost=outpost, name=values["owner"], uscc=values["uscc"])
    new = NewProfile(
        side=Side(values["side"]),
        kind=ProfileKind(values["kind"]),
        title=values["title"],
        masked_text=values["masked_text"],
        full_text=values["full_text"],
        organization=firm,
        confidentiality=Confidentiality(values["confidentiality"]),
        expires_on=date.fromisoformat(values["expires_on"]),
        source=values["source"],
        masked_seen=masked_seen and values["masked_given"],
        confirmed=False,
        facts=Facts(
            place=places.get(values["place"]),
            amount_lo_fen=values.get("amount_lo_fen"),
            amount_hi_fen=values.get("amount_hi_fen"),
            currency=values.get("currency", ""),
        ),
    )
    return add_profile(actor=actor, now=now, outpost=outpost, new=new)


def _used(made: list[Profile]) -> set[int]:
    """Return which of these stand in a list or an introduction. Three queries."""
    ids = [each.pk for each in made]
    found = set(CandidateRow.objects.filter(profile_id__in=ids).values_list("profile_id", flat=True))
    found |= set(CandidateList.objects.filter(profile_id__in=ids).values_list("profile_id", flat=True))
    meetings = Introduction.objects.filter(Q(need_id__in=ids) | Q(offer_id__in=ids))
    return found | {pk for pair in meetings.values_list("need_id", "offer_id") for pk in pair}


def _state(row: TableRow) -> RowState:
    if row.wrong:
        return RowState.REFUSED
    return RowState.UNCHANGED if row.known else RowState.NEW


def _counts(rows: list[TableRow]) -> dict[str, int]:
    found = Counter(_state(each).value for each in rows)
    return {"rows": len(rows), **{state.value: found.get(state.value, 0) for state in RowState}}


def _kept(batch: ImportBatch, row: TableRow) -> ImportRow:
    return ImportRow(
        batch=batch,
        row=row.row,
        state=_state(row),
        label=str(row.values.get("title", ""))[:200],
        detail=str(row.values.get("owner", ""))[:200],
        values=dict(row.values),
        findings=[
            {"level": each.level.value, "code": each.code, "params": dict(each.params), "row": each.row}
            for each in row.findings
        ],
    )
