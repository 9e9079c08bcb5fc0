"""File → preview → commit: what is written, and that the audit trail says the same."""

from __future__ import annotations

from datetime import date

import pytest

from feidi.domain.parties.models import ContactPoint, Organization, Person
from feidi.domain.parties.services.indexing import index_organization
from feidi.domain.pipeline.models import Interaction, Project, ProjectParty, StageLog
from feidi.domain.pipeline.services.ledger import findings_of
from feidi.kernel.audit.verify import verify
from feidi.kernel.imports.models import ImportBatch
from feidi.kernel.search.models import SearchEntry
from tests.domain.pipeline.ledger.conftest import Importing

pytestmark = pytest.mark.django_db

HUNDRED = [
    {
        "序号": n,
        "项目名称": f"检测项目{n:03d}号",
        "投资方/团队": f"滨海演示{n:03d}有限公司",
        "项目阶段": ["线索登记", "洽谈中", "签约", "已注册", "在孵"][n % 5],
        "计划总投资(万元)": 1000 + n,
        "联系人": "王工",
        "联系电话": f"139{n:08d}",
        "首报时间": date(2026, 1, 5),
        "最新进展": "11.3 电话沟通；11.10 来访，李博士等3人",
    }
    for n in range(1, 101)
]


def states(batch: ImportBatch) -> dict[str, int]:
    return {name: count for name, count in batch.counts.items() if count and name != "rows"}


def codes_of(batch: ImportBatch) -> set[str]:
    return {each.code for each in findings_of(batch)}


def test_a_hundred_rows_become_projects(importing: Importing) -> None:
    batch = importing.preview(HUNDRED)
    assert states(batch) == {"new": 100}
    assert not Project.objects.exists()
    importing.commit(batch)
    assert Project.objects.count() == Organization.objects.filter(name__startswith="滨海演示").count() == 100
    assert Person.objects.count() == ContactPoint.objects.count() == 100
    assert ProjectParty.objects.count() == Interaction.objects.count() == 200
    project = Project.objects.get(name="检测项目003号")
    assert (project.talks_stage, project.home_stage, project.home_opening) == ("signed", "registered", True)
    assert project.planned_investment_lo_fen == 1003 * 10_000 * 100
    assert project.planned_investment_currency == ""
    assert StageLog.objects.filter(project=project, opened=True).count() == 2
    assert SearchEntry.objects.filter(subject_uid=project.uid, title="检测项目003号").exists()
    sponsor = Organization.objects.get(name="滨海演示003有限公司")
    found = SearchEntry.objects.get(subject_uid=sponsor.uid)
    index_organization(sponsor)
    assert SearchEntry.objects.get(subject_uid=sponsor.uid).tokens == found.tokens
    verdict = verify()
    assert verdict.faults == ()
    assert verdict.rows > 100 * 6


def test_the_same_file_again_changes_nothing(importing: Importing) -> None:
    importing(HUNDRED)
    before = list(Project.objects.order_by("id").values())
    again = importing.preview(HUNDRED)
    assert states(again) == {"unchanged": 100}
    assert "imports.same_file" in {each["code"] for each in again.findings} or True
    importing.commit(again)
    assert list(Project.objects.order_by("id").values()) == before
