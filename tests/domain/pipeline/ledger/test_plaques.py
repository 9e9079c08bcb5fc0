"""The column 牌子: what a cell means, what an import adds and never takes away, out and in again, undone."""

from __future__ import annotations

from typing import Any

import pytest

from feidi.domain.pipeline.models import Project, ProjectPlaque
from feidi.domain.pipeline.services.ledger import export_projects, findings_of, undo_batch
from feidi.domain.pipeline.services.ledger.plaque_words import PlaqueReader
from feidi.domain.pipeline.services.plaques import set_plaques
from feidi.kernel.audit.verify import verify
from feidi.kernel.imports.enums import RowState
from tests.domain.pipeline.ledger.conftest import Importing
from tests.support.world import World

KNOWN = [("centre", "云滨创新中心"), ("talent", "人才工作站"), ("liaison", "招商联络处"), ("old", "老招商联络处")]
ONE = {"项目名称": "低温介质检测", "投资方/团队": "滨海甲检测技术有限公司"}


@pytest.mark.parametrize(
    ("text", "names", "strange"),
    [
        ("招商联络处", ["招商联络处"], []),
        ("liaison", ["招商联络处"], []),
        ("人才工作站；云滨创新中心", ["云滨创新中心", "人才工作站"], []),
        ("工作站、中心", ["云滨创新中心", "人才工作站"], []),
        ("联络处", [], ["联络处"]),
        ("站", [], ["站"]),
        ("孵化器，人才工作站", ["人才工作站"], ["孵化器"]),
        (" ； ", [], []),
    ],
)
def test_what_a_cell_means(text: str, names: list[str], strange: list[str]) -> None:
    """A part of a name will do where one plaque alone has it; of two nobody can say which is meant."""
    assert PlaqueReader(KNOWN).read(text) == (names, strange)


def codes(name: str = "低温介质检测") -> list[str]:
    rows = ProjectPlaque.objects.filter(project__name=name, project__voided_at=None).order_by("plaque_id")
    return list(rows.values_list("plaque__code", flat=True))


def told(batch: Any) -> dict[str, Any]:
    return {each.code: each for each in findings_of(batch)}


@pytest.mark.django_db
def test_an_import_puts_projects_under_plaques(importing: Importing, world: World) -> None:
    batch = importing([{**ONE, "牌子": "招商联络处；人才工作站"}, {"项目名称": "没说牌子的项目"}])
    assert (batch.counts["new"], codes(), codes("没说牌子的项目")) == (2, ["talent_station", "liaison"], [])
    strange = importing.preview([{"项目名称": "别的项目", "所属牌子": "孵化器"}])
    finding = told(strange)["ledger.plaque_unknown"]
    assert finding.params["value"] == "孵化器"
    assert "招商联络处" in str(finding.params["known"])
    assert strange.rows.get().state == RowState.NEW, "an unknown plaque keeps no row out"
    assert verify().faults == ()


@pytest.mark.django_db
def test_a_second_import_adds_and_takes_nothing_away(importing: Importing, world: World) -> None:
    importing([{**ONE, "牌子": "招商联络处"}])
    same = importing.preview([{**ONE, "牌子": "招商联络处"}])
    assert same.rows.get().state == RowState.UNCHANGED
    blank = importing.preview([{**ONE, "牌子": ""}])
    assert blank.rows.get().state == RowState.UNCHANGED, "a blank cell changes nothing"
    more = importing.preview([{**ONE, "牌子": "人才工作站"}])
    (old, new) = more.rows.get().changes["plaques"]
    assert ("招商联络处" in old, "人才工作站" in old) == (True, False)
    assert ("招商联络处" in new, "人才工作站" in new) == (True, True)
    assert "招商联络处" in str(told(more)["ledger.plaques_kept"].params["ours"])
    importing.commit(more)
    assert codes() == ["talent_station", "liaison"]
    assert verify().faults == ()


@pytest.mark.django_db
def test_out_and_in_again(importing: Importing, world: World) -> None:
    importing([{**ONE, "牌子": "招商联络处；人才工作站"}, {"项目名称": "没说牌子的项目"}])
    rows = Project.objects.filter(voided_at=None).order_by("id")
    data = export_projects(actor=world.actor("officer"), now=world.now, queryset=rows)
    again = importing.preview(data)
    assert again.counts["unchanged"] == 2
    assert {label: changes for label, changes in again.rows.values_list("label", "changes") if changes} == {}


@pytest.mark.django_db
def test_an_undo_takes_back_what_the_import_added_and_no_more(importing: Importing, world: World) -> None:
    importing([ONE])
    project = Project.objects.get()
    set_plaques(actor=world.actor("officer"), now=world.now, project=project, codes=["centre"])
    batch = importing([{**ONE, "牌子": "招商联络处"}])
    assert codes() == ["centre", "liaison"]
    undone = undo_batch(actor=world.actor("officer"), now=world.now, batch=batch)
    assert (undone.restored, codes()) == (1, ["centre"])
    made = importing([{"项目名称": "新项目", "牌子": "招商联络处"}])
    assert codes("新项目") == ["liaison"]
    undo_batch(actor=world.actor("officer"), now=world.now, batch=made)
    assert not ProjectPlaque.objects.filter(project__name="新项目").exists()
    assert verify().faults == ()


@pytest.mark.django_db
def test_a_project_touched_since_keeps_its_plaque(importing: Importing, world: World) -> None:
    batch = importing([{**ONE, "牌子": "招商联络处"}])
    set_plaques(actor=world.actor("officer"), now=world.now, project=Project.objects.get(), codes=["liaison", "centre"])
    undone = undo_batch(actor=world.actor("officer"), now=world.now, batch=batch)
    assert (undone.voided, undone.kept_count, codes()) == (0, 1, ["centre", "liaison"])
