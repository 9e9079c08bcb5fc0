"""One row at a time: what is understood, what is claimed, what is refused, what is only told."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from feidi.domain.parties.models import (
    ContactPoint,
    Organization,
    OrganizationIdentifier,
    OrganizationLink,
    OrganizationPair,
    Person,
)
from feidi.domain.pipeline.models import Interaction, Project, ProjectCondition, ProjectParty, StageLog
from feidi.domain.pipeline.services.ledger import count_rows, decide_row, findings_of
from feidi.engines.findings import RefusedError
from feidi.kernel.audit.verify import verify
from feidi.kernel.imports.enums import Decision, RowState
from feidi.kernel.imports.models import ImportBatch, ImportRow
from feidi.kernel.messages import known_codes
from tests.domain.pipeline.ledger.conftest import Importing
from tests.support.world import World

pytestmark = pytest.mark.django_db
ONE = {"项目名称": "低温介质检测", "投资方/团队": "滨海甲检测技术有限公司", "项目阶段": "线索登记"}
USCC = "91110000600037341L"


def told(batch: ImportBatch) -> dict[str, list[Any]]:
    """Return code → findings; every code has words."""
    found: dict[str, list[Any]] = {}
    for each in findings_of(batch):
        assert each.code in known_codes(), each.code
        found.setdefault(each.code, []).append(each)
    return found


def test_past_lead_enters_as_an_opening_position(importing: Importing) -> None:
    row = {
        **ONE,
        "项目阶段": "开工",
        "签约日期": date(2025, 3, 18),
        "开工日期": "2025年11月",
        "核实落地日期": date(2026, 1, 5),
    }
    batch = importing([row])
    project = Project.objects.get()
    assert (project.talks_stage, project.home_stage, project.host_stage) == ("signed", "started", "")
    assert (project.talks_opening, project.home_opening, project.host_opening) == (True, True, False)
    log = {each.to_stage: each for each in StageLog.objects.all()}
    assert log["signed"].occurred_on == date(2025, 3, 18)
    assert log["started"].occurred_on is None
    assert all(each.opened and each.table_sha256 for each in log.values())
    assert project.claims["started_on"] == {"text": "2025年11月", "value": "2025-11"}
    assert project.claims["signed_on"]["value"] == "2025-03-18"
    assert project.verified_on is None
    assert project.stage_since is None
    assert {"ledger.opening", "ledger.verified_differs", "ledger.date_month_only", "ledger.contact_missing"} <= set(
        told(batch)
    )


def test_a_lead_is_not_an_opening_position(importing: Importing) -> None:
    importing([{**ONE, "首报时间": date(2026, 11, 3)}])
    project = Project.objects.get()
    assert (project.talks_stage, project.talks_opening) == ("lead", False)
    assert project.stage_since == StageLog.objects.get().occurred_on == date(2026, 11, 3)
    assert project.code.startswith("YB-2026-")


@pytest.mark.parametrize(
    ("cell", "stage", "condition"),
    [("终止洽谈", "lead", "lost"), ("洽谈对接（暂缓）", "negotiating", "paused"), ("在谈", "negotiating", "")],
)
def test_condition_words_in_the_stage_cell(importing: Importing, cell: str, stage: str, condition: str) -> None:
    importing([{**ONE, "项目阶段": cell, "终止原因": "选址他处", "最近洽谈时间": date(2026, 10, 8)}])
    project = Project.objects.get()
    assert (project.talks_stage, project.condition) == (stage, condition)
    laid = ProjectCondition.objects.filter(project=project).values_list("code", "reason", "since")
    assert list(laid) == ([(condition, "选址他处", date(2026, 10, 8))] if condition else [])


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"项目名称": ""}, "ledger.name_missing"),
        ({"项目阶段": "飞升"}, "ledger.stage_unknown"),
        ({"技术来源": "长" * 501}, "ledger.too_long"),
    ],
)
def test_refused_rows_say_why_and_refuse_the_whole(importing: Importing, changed: dict[str, str], code: str) -> None:
    batch = importing.preview([{**ONE, **changed, "备注": "第一行"}, {**ONE, "项目名称": "另一个", "技术来源": "大学"}])
    assert code in told(batch)
    assert batch.counts["refused"] == 1
    with pytest.raises(RefusedError) as refusal:
        importing.commit(batch)
    assert refusal.value.refusal.code == "imports.rows_refused"
    assert code in [each.code for each in refusal.value.refusal.reasons]
    assert not Project.objects.exists()
    importing.commit(batch, skip_bad=True)
    assert Project.objects.get().name == "另一个"


def test_doubts_are_told_and_nothing_is_guessed(importing: Importing) -> None:
    row = {
        **ONE,
        "统一社会信用代码": "91110000600037341X",
        "计划总投资(万元)": "数千万",
        "其中固定资产投资(万元)": 500,
        "预计签约时间": "2026年底",
        "首报时间": "长远",
        "团队人数": "8-10人",
        "联系电话": "88",
        "协议类型": "口头",
    }
    batch = importing([row])
    project = Project.objects.get()
    assert (project.planned_investment_lo_fen, project.planned_investment_text) == (None, "数千万")
    assert (project.fixed_investment_lo_fen, project.fixed_investment_currency) == (500_000_000, "")
    assert (project.expected_sign_on, project.first_report_on, project.team_size) == (None, None, None)
    assert project.claims["expected_sign_on"] == {"text": "2026年底", "value": "2026"}
    assert project.claims["first_report_on"] == {"text": "长远", "value": None}
    assert project.claims["team_size"]["text"] == "8-10人"
    assert project.claims["agreement_kind"] == {"text": "口头", "value": None}
    assert not OrganizationIdentifier.objects.get(value="91110000600037341X").valid
    assert {
        "ledger.uscc_invalid", "ledger.date_unclear", "ledger.count_unclear", "ledger.phone_unclear",
        "ledger.agreement_kind_unknown", "ledger.currency_unknown", "ledger.date_month_only",
    } <= set(told(batch))  # fmt: skip


def test_declared_currency_and_the_currency_column(importing: Importing) -> None:
    rows = [
        {**ONE, "项目名称": "甲", "计划总投资(万元)": 100, "币种": "美元"},
        {**ONE, "项目名称": "乙", "计划总投资(万元)": 100, "币种": ""},
        {**ONE, "项目名称": "丙", "计划总投资(万元)": "约3000万港币"},
    ]
    batch = importing(rows, declared_currency="CNY")
    found = dict(Project.objects.values_list("name", "planned_investment_currency"))
    assert found == {"甲": "USD", "乙": "CNY", "丙": "HKD"}
    assert Project.objects.get(name="丙").planned_investment_approximate
    assert "ledger.currency_declared" in told(batch)


def test_a_number_stored_as_a_number_is_not_believed(importing: Importing) -> None:
    batch = importing([{**ONE, "统一社会信用代码": 911100006000373410}])
    assert "ledger.uscc_lost_digits" in told(batch)
    assert not OrganizationIdentifier.objects.exists()


def test_contact_is_sealed_even_while_staged(importing: Importing) -> None:
    batch = importing.preview([{**ONE, "联系人": "王工", "联系电话": "139 0000 1234"}])
    staged = str(ImportRow.objects.filter(batch=batch).values().get())
    assert "13900001234" not in staged.replace(" ", "")
    importing.commit(batch)
    point = ContactPoint.objects.get()
    assert point.value_hint == "139****1234"
    assert b"13900001234" not in bytes(point.value_enc)
    assert Person.objects.get().organization == Organization.objects.get(name=ONE["投资方/团队"])
    assert verify().faults == ()


def test_owner_by_display_name_within_the_outpost(importing: Importing, world: World) -> None:
    importing([{**ONE, "责任人": "officer"}, {**ONE, "项目名称": "另一个", "责任人": "rival"}])
    found = dict(Project.objects.values_list("name", "owner__login"))
    assert found == {"低温介质检测": "officer", "另一个": None}
    assert Project.objects.get(name="另一个").owner_text == "rival"


def test_timeline_entries_are_dated_and_proposed(importing: Importing) -> None:
    importing([{**ONE, "最新进展": "11.3 电话沟通；11.10 来访，李博士等3人；12.1 计划考察"}])
    entries = Interaction.objects.order_by("position")
    assert [(each.occurred_on, each.year_proposed, each.kind) for each in entries] == [
        (date(2026, 11, 3), True, "call"),
        (date(2026, 11, 10), True, "visit_in"),
        (date(2025, 12, 1), True, "visit_out"),
    ]
    assert entries[1].people == "李博士等3人"
    assert "".join(each.as_written for each in entries) == Project.objects.get().progress


def test_organizations_are_shared_but_nothing_leaks(importing: Importing, world: World) -> None:
    importing([{**ONE, "统一社会信用代码": USCC, "投资方注册地": "滨海"}])
    written = ONE["投资方/团队"].replace("有限公司", "有限责任公司")
    importing([{**ONE, "统一社会信用代码": USCC, "投资方/团队": written}], by="rival", outpost=world.rival)
    firm = Organization.objects.get(identifiers__value=USCC)
    assert firm.name == ONE["投资方/团队"]
    assert OrganizationLink.objects.filter(organization=firm).count() == 2
    other = Project.objects.get(outpost=world.rival)
    assert (other.sponsor_name, other.sponsor_place) == (written, "")
    assert ProjectParty.objects.get(project=other, role="sponsor").organization == firm


def test_one_valid_code_under_quite_another_name_is_for_people_to_decide(importing: Importing, world: World) -> None:
    importing([{**ONE, "统一社会信用代码": USCC}])
    other = {**ONE, "统一社会信用代码": USCC, "投资方/团队": "另写的名称"}
    importing([other], by="rival", outpost=world.rival)
    firms = Organization.objects.filter(identifiers__value=USCC).order_by("id")
    assert [each.name for each in firms] == [ONE["投资方/团队"], "另写的名称"], "no row is lost"
    pair = OrganizationPair.objects.get()
    assert (pair.kind, pair.state, pair.left, pair.right, pair.found_in) == (
        "number", "open", firms[0], firms[1], world.rival,
    )  # fmt: skip
    assert {each.organization for each in ProjectParty.objects.filter(role="sponsor")} == set(firms)


def test_the_same_name_under_another_code_is_another_firm(importing: Importing) -> None:
    importing([{**ONE, "统一社会信用代码": USCC}])
    importing([{**ONE, "项目名称": "全新方向", "统一社会信用代码": "91440300279299384H"}])
    assert Organization.objects.filter(name=ONE["投资方/团队"], identifiers__isnull=False).distinct().count() == 2


def test_suspected_duplicates_wait_for_a_decision(importing: Importing, world: World) -> None:
    importing([{**ONE, "项目名称": "低温介质检测技术", "统一社会信用代码": USCC, "备注": "原"}])
    rows = [
        {**ONE, "项目名称": "低温介质检测技术", "投资方/团队": "滨海乙有限公司"},
        {**ONE, "项目名称": "低温介质检测新技术"},
        {**ONE, "项目名称": "毫不相干", "投资方/团队": "丙", "统一社会信用代码": USCC, "备注": "新"},
        {**ONE, "项目名称": "独立项目", "投资方/团队": "丁有限公司"},
    ]
    batch = importing.preview(rows)
    assert {code for code in told(batch) if code.startswith(("ledger.same", "ledger.similar"))} == {
        "ledger.same_name", "ledger.similar_name", "ledger.same_uscc",
    }  # fmt: skip
    assert (batch.counts["suspected"], batch.counts["new"]) == (3, 1)
    with pytest.raises(RefusedError) as refusal:
        importing.commit(batch)
    assert refusal.value.refusal.code == "imports.rows_undecided"
    officer, suspects = world.actor("officer"), list(batch.rows.filter(state=RowState.SUSPECTED).order_by("row"))
    decisions = (Decision.CREATE, Decision.SKIP, Decision.UPDATE)
    for row, decision in zip(suspects, decisions, strict=True):
        decide_row(actor=officer, now=world.now, batch=batch, row=row.row, decision=decision)
    assert count_rows(batch)["undecided"] == 0
    importing.commit(batch)
    names = sorted(Project.objects.values_list("name", flat=True))
    assert names == sorted(["低温介质检测技术", "毫不相干", "独立项目"])
    assert Project.objects.get(name="毫不相干").remarks == "新"
    assert verify().faults == ()


def test_a_decision_cannot_reach_into_another_outpost(importing: Importing, world: World) -> None:
    importing([ONE], by="rival", outpost=world.rival)
    importing([{**ONE}])
    batch = importing.preview([{**ONE, "投资方/团队": "别的公司"}])
    theirs = Project.objects.get(outpost=world.rival)
    with pytest.raises(RefusedError) as refusal:
        decide_row(
            actor=world.actor("officer"), now=world.now, batch=batch, row=2, decision=Decision.UPDATE, target=theirs.uid
        )
    assert refusal.value.refusal.code == "imports.target_unknown"


def test_duplicates_within_the_file(importing: Importing) -> None:
    batch = importing.preview([ONE, ONE, {**ONE, "备注": "不同"}, {**ONE, "投资方/团队": "另一家"}])
    assert [row.state for row in batch.rows.order_by("row")] == ["new", "unchanged", "refused", "suspected"]
    assert {"ledger.repeated_in_file", "ledger.duplicate_in_file", "ledger.same_name_in_file"} <= set(told(batch))


def test_nobody_imports_without_the_permission(importing: Importing, world: World) -> None:
    for login in ("manager", "bureau", "rival"):
        with pytest.raises(RefusedError) as refusal:
            importing.start([ONE], by=login, outpost=world.outpost)
        assert refusal.value.refusal.code in {"imports.not_allowed", "files.not_found"}
