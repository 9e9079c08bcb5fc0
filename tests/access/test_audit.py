"""The audit trail on a filled database: what was altered past it is named, it cannot be altered, it names no person."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction

from feidi.kernel.audit import triggers
from feidi.kernel.audit.models import AuditEntry, AuditLink
from feidi.kernel.audit.verify import Fault, verify
from tests.access.cast import PHONES, ROWS, Cast, Row

pytestmark = pytest.mark.django_db


def run(sql: str, *values: object) -> int:
    """Write past every service; return how many rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return int(cursor.rowcount)


def test_a_filled_database_holds_what_its_trail_says(cast: Cast) -> None:
    verdict = verify()
    assert verdict.faults == ()
    assert verdict.rows > 100


#: Table, column, new value, and which row: what somebody with the database's password might do.
ALTERED: dict[str, tuple[str, str, object, Callable[[Row], str], str]] = {
    "stage": ("pipeline_project", "talks_stage", "lead", lambda row: row.project.uid, "pipeline.project"),
    "reported": ("pipeline_project", "reported_at", None, lambda row: row.project.uid, "pipeline.project"),
    "name": ("parties_organization", "name", "别的公司", lambda row: row.organization.uid, "parties.organization"),
    "amount": ("pipeline_agreement", "counted_fen", 1, lambda row: row.uids["agreement"], "pipeline.agreement"),
    "evidence": ("evidence_evidenceitem", "record", "别的记录", lambda row: row.item.uid, "evidence.item"),
    "case": ("pipeline_landingcase", "state", "draft", lambda row: row.case.uid, "pipeline.landing_case"),
    "phone": (
        "parties_contactpoint",
        "value_hint",
        "139****9999",
        lambda row: row.contact.uid,
        "parties.contact_point",
    ),
    "person": ("parties_person", "name", "别人", lambda row: row.contact.person.uid, "parties.person"),
    "file": ("files_storedfile", "sha256", "0" * 64, lambda row: row.uids["file"], "files.file"),
}


REPORTED = [key for key in ROWS if key.endswith("reported")]


def test_rows_altered_past_the_services_are_named_with_their_fields(cast: Cast) -> None:
    """All at once, no two in one row: to verify reads the whole trail."""
    altered = {}
    for at, (table, column, value, uid_of, kind) in enumerate(ALTERED.values()):
        row = cast.rows[REPORTED[at % len(REPORTED)]]
        if column == "talks_stage":
            run("UPDATE pipeline_project SET home_stage = '', host_stage = '' WHERE uid = %s", row.project.uid)
        assert run(f"UPDATE {table} SET {column} = %s WHERE uid = %s", value, uid_of(row)) == 1
        altered[f"{kind} {uid_of(row)}"] = column
    faults = verify().faults
    assert len(altered) == len(ALTERED)
    assert sorted((fault.code, fault.where) for fault in faults) == sorted(("row_differs", each) for each in altered)
    assert [fault.where for fault in faults if altered[fault.where] not in fault.detail] == []


def test_a_row_deleted_past_the_services_is_named(cast: Cast) -> None:
    row = cast.rows["own reported"]
    assert run("DELETE FROM pipeline_interaction WHERE uid = %s", row.uids["interaction"]) == 1
    assert verify().faults == (Fault("row_missing", f"pipeline.interaction {row.uids['interaction']}"),)


@pytest.mark.parametrize("sql", ["UPDATE {table} SET id = id", "DELETE FROM {table}"])
@pytest.mark.parametrize("table", triggers.TABLES)
def test_the_database_itself_refuses_to_alter_the_trail(cast: Cast, table: str, sql: str) -> None:
    before = (AuditLink.objects.count(), AuditEntry.objects.count())
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        run(sql.format(table=table))
    assert (AuditLink.objects.count(), AuditEntry.objects.count()) == before


def test_a_cut_tail_is_found_by_the_head_that_a_backup_kept(cast: Cast) -> None:
    last = AuditLink.objects.latest("id")
    triggers.drop(connection)
    try:
        run("DELETE FROM audit_auditentry WHERE link_id = %s", last.pk)
        run("DELETE FROM audit_auditlink WHERE id = %s", last.pk)
    finally:
        triggers.install(connection)
    assert "tail_cut" not in {fault.code for fault in verify().faults}, "the rest of the chain is whole in itself"
    faults = verify(expected_head=last.hash, expected_total=last.total).faults
    assert Fault("tail_cut", last.hash, f"total {last.total - last.count} < {last.total}") in faults


@pytest.mark.parametrize(
    ("sql", "code"),
    [
        ("UPDATE audit_auditlink SET actor_label = 'x' WHERE id = %s", "link_altered"),
        ("UPDATE audit_auditentry SET reason = 'x' WHERE link_id = %s", "entry_altered"),
        ("DELETE FROM audit_auditentry WHERE link_id = %s", "entries_altered"),
    ],
)
def test_whoever_gets_past_the_triggers_is_found_by_the_chain(cast: Cast, sql: str, code: str) -> None:
    middle = AuditLink.objects.order_by("id")[AuditLink.objects.count() // 2]
    triggers.drop(connection)
    try:
        assert run(sql, middle.pk)
    finally:
        triggers.install(connection)
    faults = verify().faults
    assert any(
        fault.code == code and (code == "entry_altered" or fault.where == f"link {middle.pk}") for fault in faults
    )


def test_no_entry_names_a_person_or_a_phone(cast: Cast) -> None:
    """So that erasing a person does not need the trail to be altered."""
    marks = [*PHONES.values(), *(row.contact.value_hint for row in cast.rows.values())]
    marks += [f"Qcont{number}" for number in range(1, 7)] + [f"qcont{number}" for number in range(1, 7)]
    marks += ["王工", "张专员", "李工"]
    named = set()
    for entry in AuditEntry.objects.all():
        text = json.dumps([entry.changes, entry.state, entry.reason], ensure_ascii=False)
        named |= {(entry.subject_kind, entry.action, mark) for mark in marks if mark in text}
    assert sorted(named) == []
