"""Taking an import back, wholly or in part."""

from __future__ import annotations

from typing import Any

import pytest

from feidi.domain.parties.models import ContactPoint, NameKey, Organization, OrganizationLink, Person
from feidi.domain.pipeline.models import Interaction, Project, ProjectParty
from feidi.domain.pipeline.services.ledger import undo_batch
from feidi.domain.pipeline.services.registering import add_contact, update_project
from feidi.engines.findings import RefusedError
from feidi.kernel.audit.verify import verify
from feidi.kernel.search.models import SearchEntry
from tests.domain.pipeline.ledger.conftest import Importing
from tests.support.world import World

pytestmark = pytest.mark.django_db
ROWS = [
    {
        "项目编号": f"A-{n}", "项目名称": f"独立项目{n}", "投资方/团队": f"滨海第{n}家有限公司", "项目阶段": "洽谈对接",
        "联系人": "王工", "联系电话": f"1390000000{n}", "最新进展": "11.3 电话沟通", "备注": "初稿",
    }
    for n in range(1, 5)
]  # fmt: skip


def undo(importing: Importing, batch: Any) -> Any:
    return undo_batch(actor=importing.world.actor("officer"), now=importing.world.now, batch=batch)


def test_undo_leaves_nothing_of_an_untouched_import(importing: Importing) -> None:
    models = (Project, Organization, Person, ContactPoint, Interaction)
    before = [model.objects.count() for model in models]
    batch = importing(ROWS)
    assert NameKey.objects.filter(subject_uid=Project.objects.get(name="独立项目1").uid).exists()
    assert NameKey.objects.filter(subject_uid=Organization.objects.get(name="滨海第1家有限公司").uid).exists()
    undone = undo(importing, batch)
    assert not NameKey.objects.exclude(
        subject_uid__in=Organization.objects.filter(voided_at=None).values("uid")
    ).exists()
    assert (undone.voided, undone.restored, undone.kept_count) == (4, 0, 0)
    assert [model.objects.filter(voided_at__isnull=True).count() for model in models] == before
    assert not OrganizationLink.objects.filter(organization__name__startswith="滨海第").exists()
    assert not SearchEntry.objects.filter(subject_kind="pipeline.project").exists()
    assert not SearchEntry.objects.filter(title__startswith="滨海第").exists()
    assert Project.objects.first().void_reason == f"撤销导入 {batch.uid}"
    assert verify().faults == ()


def test_the_corrected_file_can_be_imported_after_an_undo(importing: Importing) -> None:
    undo(importing, importing(ROWS))
    again = importing(ROWS)
    assert again.counts["new"] == 4
    assert set(Project.objects.filter(voided_at__isnull=True).values_list("code", flat=True)) == {
        "A-1",
        "A-2",
        "A-3",
        "A-4",
    }


def test_what_somebody_touched_stays_and_is_named(importing: Importing, world: World) -> None:
    batch = importing(ROWS)
    edited, contacted, moved, quiet = Project.objects.order_by("code")
    manager = world.actor("manager")
    update_project(actor=manager, now=world.now, project=edited, version=1, values={"remarks": "我改的"})
    add_contact(actor=manager, now=world.now, project=contacted, name="李工")
    del moved
    undone = undo(importing, batch)
    assert (undone.voided, undone.kept_count) == (2, 2)
    assert [each.params["name"] for each in undone.kept] == ["A-1 独立项目1", "A-2 独立项目2"]
    assert all(each.params["who"] == "manager (manager)" for each in undone.kept)
    edited.refresh_from_db()
    assert (edited.remarks, edited.voided_at) == ("我改的", None)
    assert Interaction.objects.filter(project=edited, voided_at__isnull=True).count() == 1
    assert Organization.objects.filter(name="滨海第1家有限公司", voided_at__isnull=True).exists()
    assert Person.objects.filter(project_roles__project=edited, voided_at__isnull=True).exists()
    quiet.refresh_from_db()
    assert quiet.voided_at is not None
    assert verify().faults == ()


def test_updates_are_restored(importing: Importing) -> None:
    importing(ROWS)
    before = {each["code"]: each for each in Project.objects.values()}
    changed = [{**ROWS[0], "备注": "二稿", "计划总投资(万元)": 88, "签约日期": "2026-01-05", "最新进展": "11.3 电话沟通；11.9 来访，3人"},
               {**ROWS[1], "投资方/团队": "改名有限公司", "联系人": "赵总", "项目名称": "改过的项目"}]  # fmt: skip
    batch = importing(changed)
    assert batch.counts["updated"] == 2
    assert (
        ProjectParty.objects.filter(project__code="A-2", role="sponsor", until__isnull=True).get().organization.name
        == "改名有限公司"
    )
    undone = undo(importing, batch)
    assert (undone.voided, undone.restored) == (0, 2)
    after = {each["code"]: each for each in Project.objects.values()}
    for code, row in after.items():
        assert {k: v for k, v in row.items() if k != "version"} == {
            k: v for k, v in before[code].items() if k != "version"
        }
    sponsor = ProjectParty.objects.get(project__code="A-2", role="sponsor", until__isnull=True)
    assert sponsor.organization.name == "滨海第2家有限公司"
    assert Interaction.objects.filter(project__code="A-1", voided_at__isnull=True).count() == 1
    assert verify().faults == ()


def test_an_update_that_somebody_followed_up_stays(importing: Importing, world: World) -> None:
    importing(ROWS)
    batch = importing([{**ROWS[0], "备注": "二稿"}])
    project = Project.objects.get(code="A-1")
    update_project(
        actor=world.actor("manager"), now=world.now, project=project, version=project.version, values={"industry": "x"}
    )
    undone = undo(importing, batch)
    assert (undone.restored, undone.kept_count) == (0, 1)
    project.refresh_from_db()
    assert project.remarks == "二稿"


def test_an_import_is_undone_once(importing: Importing) -> None:
    batch = importing(ROWS)
    undo(importing, batch)
    with pytest.raises(RefusedError) as refusal:
        undo(importing, batch)
    assert refusal.value.refusal.code == "imports.wrong_state"
