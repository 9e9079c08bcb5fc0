"""Bulk work: the same rows, states and digests as one by one; ids that nobody else gets; constraints that hold."""

from __future__ import annotations

from datetime import datetime
from itertools import islice
from threading import Thread

import pytest
from django.db import IntegrityError, connection, transaction

from feidi.domain.parties.models import Organization, OrganizationKindOf, Outpost, Person
from feidi.domain.pipeline.models import Project, StageLog
from feidi.domain.pipeline.services.ledger.building import whole_rows
from feidi.kernel.access import Actor, ActorKind
from feidi.kernel.audit import recorded
from feidi.kernel.audit.canonical import state_of
from feidi.kernel.audit.models import AuditEntry, AuditLink
from feidi.kernel.audit.verify import verify
from feidi.kernel.imports import staging
from feidi.kernel.imports.bulk import Bulk
from feidi.kernel.imports.reserving import reserve_ids
from feidi.kernel.imports.shapes import Shape
from feidi.kernel.imports.uids import uids
from tests.support.world import World

ACTOR = Actor(kind=ActorKind.COMMAND, label="test")
NAMES = uids()


def firm(now: datetime, name: str) -> dict[str, object]:
    return {"uid": next(NAMES), "name": name, "name_folded": name, "created_at": now}


def _apply_and_fail(bulk: Bulk, now: datetime) -> None:
    with recorded(actor=ACTOR, now=now) as unit:
        bulk.apply(unit)
        raise RuntimeError


@pytest.mark.django_db
def test_what_is_staged_equals_what_is_saved(world: World) -> None:
    project = world.lead()
    log = StageLog.objects.get(project=project)
    for model, row in ((Project, project), (StageLog, log), (Person, Person.objects.get())):
        shape = Shape(model)
        assert shape.kind is not None
        (whole,) = whole_rows(model.objects.filter(pk=row.pk)).values()
        row.refresh_from_db()
        assert shape.state(whole) == state_of(row, shape.kind)


@pytest.mark.django_db
def test_rows_and_their_entries_are_written_together(now: datetime) -> None:
    bulk = Bulk([Organization, OrganizationKindOf])
    for number in range(5):
        pk = bulk.create(Organization, firm(now, f"甲{number}"), staged_row=number)
        bulk.create(OrganizationKindOf, {"organization_id": pk, "kind": "team"}, staged_row=number)
    bulk.flush()
    assert not Organization.objects.exists()
    with recorded(actor=ACTOR, now=now) as unit:
        unit.acted("one_more", kind="imports.batch", uid="x")
        bulk.apply(unit)
    bulk.drop()
    assert Organization.objects.filter(kinds__kind="team").count() == 5
    link = AuditLink.objects.get()
    assert (link.count, link.total) == (6, 6)
    assert list(AuditEntry.objects.order_by("seq").values_list("seq", flat=True)) == [1, 2, 3, 4, 5, 6]
    assert verify().faults == ()
    assert bulk.made()["parties.Organization"] == [
        [min(ids := list(Organization.objects.values_list("id", flat=True))), max(ids)]
    ]


@pytest.mark.django_db
def test_a_rolled_back_commit_leaves_neither_rows_nor_entries(now: datetime) -> None:
    with recorded(actor=ACTOR, now=now) as outer:
        bulk = Bulk([Organization])
        bulk.create(Organization, firm(now, "甲"), staged_row=1)
        bulk.flush()
        with pytest.raises(RuntimeError):
            _apply_and_fail(bulk, now)
        outer.acted("something", kind="imports.batch", uid="x")
    bulk.drop()
    assert not Organization.objects.exists()
    assert AuditLink.objects.get().count == 1
    assert verify().faults == ()


@pytest.mark.django_db
def test_a_row_that_breaks_a_constraint_is_refused_while_staging(now: datetime) -> None:
    bulk = Bulk([Organization])
    bulk.create(Organization, firm(now, ""), staged_row=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        bulk.flush()


@pytest.mark.django_db
def test_a_changed_row_and_one_that_moved_on(world: World) -> None:
    project = world.lead()
    (before,) = whole_rows(Project.objects.filter(pk=project.pk)).values()
    bulk = Bulk([Project])
    bulk.change(Project, before, {**before, "remarks": "改", "version": before["version"] + 1}, staged_row=7)
    bulk.flush()
    assert bulk.moved(Project) == []
    with recorded(actor=ACTOR, now=world.now) as unit:
        bulk.apply(unit)
    project.refresh_from_db()
    assert (project.remarks, project.version) == ("改", before["version"] + 1)
    assert AuditEntry.objects.order_by("-id")[0].changes == {
        "remarks": ["", "改"],
        "version": [before["version"], before["version"] + 1],
    }
    assert bulk.moved(Project) == [7]
    bulk.drop()
    assert verify().faults == ()


@pytest.mark.django_db
def test_set_apart_ids_are_given_to_nobody_else(now: datetime) -> None:
    first = list(reserve_ids(Organization, 3))
    made = Organization.objects.create(name="乙", name_folded="乙", created_at=now)
    second = list(reserve_ids(Organization, 2))
    assert len({*first, made.pk, *second}) == 6
    assert reserve_ids(Organization, 0) == range(0)
    Organization.objects.create(id=first[1], name="丙", name_folded="丙", created_at=now)


def test_many_uids_are_like_one() -> None:
    many = list(islice(uids(), 20_000))
    assert len(set(many)) == len(many)
    assert set("".join(many)) == set("23456789abcdefghjkmnpqrstuvwxyz")


@pytest.mark.django_db
def test_a_shape_knows_its_columns(world: World) -> None:
    with pytest.raises(ValueError, match="no_such"):
        Shape(Outpost).row({"no_such": 1})


@pytest.mark.django_db(transaction=True)
def test_staging_locks_nobody_out(now: datetime) -> None:
    """While rows are being staged another connection can write."""
    table = staging.create_stage(Organization)
    wrote: list[int] = []

    def other() -> None:
        wrote.append(Organization.objects.create(name="别人", name_folded="别人", created_at=now).pk)
        connection.close()

    with staging._own_transaction():
        staging._insert(
            table.name,
            table.columns,
            [Shape(Organization).stored({**Shape(Organization).row(firm(now, "甲")), "id": 1})],
        )
        thread = Thread(target=other)
        thread.start()
        thread.join(10)
    staging.drop_stage(table)
    assert wrote
