"""The wizard: file → columns → preview → done → undo; nothing is guessed silently, nothing written unseen."""

from __future__ import annotations

import re
from collections.abc import Sequence
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from feidi.domain.pipeline.models import Project
from feidi.kernel.audit.verify import verify
from feidi.kernel.files.models import StoredFile
from feidi.kernel.imports.models import ImportBatch
from feidi.kernel.jobs.models import Job
from feidi.kernel.jobs.services import run_pending
from tests.domain.pipeline.ledger.conftest import Cells, sheet_bytes
from tests.support.queries import assert_same_queries
from tests.support.world import World

pytestmark = pytest.mark.django_db
GOOD: list[Cells] = [
    {"项目名称": "甲项目", "投资方": "滨海甲有限公司", "项目阶段": "洽谈中", "总投资(万元)": 1200, "怪列": "甲"},
    {"项目名称": "乙项目", "投资方": "滨海乙有限公司", "项目阶段": "签约", "总投资(万元)": 300, "怪列": "乙"},
]
BAD: list[Cells] = [
    *GOOD,
    {"项目名称": "丙项目", "投资方": "滨海丙有限公司", "项目阶段": "飞升", "总投资(万元)": "许多", "怪列": ""},
]


class Wizard:
    """Walks through the wizard as one user, running the jobs in between."""

    def __init__(self, world: World, login: str = "officer") -> None:
        self.world, self.client = world, Client()
        self.client.force_login(world.users[login])

    def get(self, name: str, *args: Any, **query: str) -> str:
        response = self.client.get(reverse(f"console:imports:{name}", args=args), query)
        assert response.status_code == 200, response.status_code
        return response.content.decode()

    def post(self, name: str, *args: Any, **data: Any) -> Any:
        return self.client.post(reverse(f"console:imports:{name}", args=args), data)

    def upload(self, rows: Sequence[Cells] | bytes, name: str = "台账.xlsx", **more: Any) -> Any:
        content = rows if isinstance(rows, bytes) else sheet_bytes(rows)
        return self.post(
            "import_new",
            file=SimpleUploadedFile(name, content),
            outpost=self.world.outpost.pk,
            **{"declared_currency": "", **more},
        )

    def run(self) -> None:
        run_pending(clock=lambda: self.world.now)

    def columns(self, batch: ImportBatch, **changed: str) -> Any:
        fields = {f"column-{index}": field for index, field in batch.mapping["fields"].items()}
        return self.post("import_columns", batch.uid, **{"declared_currency": "", **fields, **changed})

    def to_preview(self, rows: Sequence[Cells] | bytes, **more: Any) -> ImportBatch:
        assert self.upload(rows, **more).status_code == 302
        batch = ImportBatch.objects.latest("id")
        assert self.columns(batch).status_code == 302
        self.run()
        batch.refresh_from_db()
        return batch

    def to_done(self, rows: Sequence[Cells] | bytes, **more: Any) -> ImportBatch:
        batch = self.to_preview(rows)
        assert self.post("import_commit", batch.uid, **more).status_code == 302
        self.run()
        batch.refresh_from_db()
        return batch


@pytest.fixture
def wizard(world: World) -> Wizard:
    return Wizard(world)


def test_the_whole_way_and_back(wizard: Wizard) -> None:
    assert "还没有导入过" in wizard.get("import_list")
    batch = wizard.to_preview(GOOD)
    preview = wizard.get("import_preview", batch.uid)
    assert "写入 2 行" in preview
    assert "甲项目" in preview
    assert not Project.objects.exists()
    assert wizard.post("import_commit", batch.uid).headers["Location"] == reverse(
        "console:imports:import_done", args=[batch.uid]
    )
    assert "排队中" in wizard.get("import_done", batch.uid)
    wizard.run()
    done = wizard.get("import_done", batch.uid)
    assert "已导入" in done
    assert "撤销导入" in done
    assert "问题工作簿" not in done
    assert sorted(Project.objects.values_list("name", flat=True)) == ["乙项目", "甲项目"]
    assert "可以撤销" in wizard.get("import_list")
    assert wizard.post("import_undo", batch.uid).status_code == 302
    wizard.run()
    assert "收回 2 个新增项目" in wizard.get("import_done", batch.uid)
    assert not Project.objects.filter(voided_at__isnull=True).exists()
    assert verify().faults == ()


def test_columns_as_understood_are_shown_and_editable(wizard: Wizard) -> None:
    wizard.upload(sheet_bytes(GOOD, title="2026年招商台账"))
    batch = ImportBatch.objects.get()
    text = wizard.get("import_columns", batch.uid)
    for words in ("表头在第 2 行", "2 行数据", "滨海甲有限公司；滨海乙有限公司", "有 1 列不导入"):
        assert words in text, words
    index = next(each["index"] for each in batch.columns if each["name"] == "怪列")
    assert wizard.columns(batch, **{f"column-{index}": "remarks"}).status_code == 302
    wizard.run()
    assert batch.rows.get(label="甲项目").values["remarks"] == "甲"


def test_the_mapping_is_remembered_for_the_same_header(wizard: Wizard) -> None:
    wizard.upload(GOOD)
    first = ImportBatch.objects.get()
    index = next(each["index"] for each in first.columns if each["name"] == "怪列")
    wizard.columns(first, **{f"column-{index}": "remarks"})
    wizard.upload(GOOD[:1])
    again = ImportBatch.objects.latest("id")
    assert "按您上次确认的列读取" in wizard.get("import_columns", again.uid)
    assert again.mapping["fields"][str(index)] == "remarks"


def test_two_columns_for_one_field_and_none_for_the_name(wizard: Wizard) -> None:
    wizard.upload(GOOD)
    batch = ImportBatch.objects.get()
    by_name = {each["name"]: f"column-{each['index']}" for each in batch.columns}
    twice = wizard.columns(batch, **{by_name["怪列"]: "sponsor"})
    assert twice.status_code == 422
    assert "请只保留一列" in twice.content.decode()
    nameless = wizard.columns(batch, **{by_name["项目名称"]: "", by_name["怪列"]: "remarks"})
    assert nameless.status_code == 409
    text = nameless.content.decode()
    assert "没有一列对应“项目名称”" in text
    assert '<option value="remarks" selected>' in text
    assert not Job.objects.exists()


def test_another_sheet_may_be_chosen(wizard: Wizard) -> None:
    book = openpyxl.load_workbook(BytesIO(sheet_bytes(GOOD)))
    other = book.create_sheet("去年")
    for line in (["项目名称", "投资方"], ["旧项目", "滨海旧有限公司"]):
        other.append(line)
    stream = BytesIO()
    book.save(stream)
    wizard.upload(stream.getvalue())
    batch = ImportBatch.objects.get()
    assert "<option>去年</option>" in wizard.get("import_columns", batch.uid)
    wizard.post("import_columns", batch.uid, sheet="去年")
    assert "旧项目" in wizard.get("import_columns", batch.uid)


def test_bad_rows_are_all_or_nothing_or_left_for_the_workbook(wizard: Wizard) -> None:
    batch = wizard.to_preview(BAD)
    text = wizard.get("import_preview", batch.uid, show="refused")
    assert "看不懂阶段“飞升”" in text
    assert "许多" in text
    assert "甲项目" not in text
    refused = wizard.post("import_commit", batch.uid)
    assert refused.status_code == 409
    assert "因此全部没有写入" in refused.content.decode()
    assert not Job.objects.filter(kind="pipeline.ledger_commit").exists()
    assert wizard.post("import_commit", batch.uid, skip_bad="1").status_code == 302
    wizard.run()
    assert Project.objects.count() == 2
    assert "问题工作簿（1 行）" in wizard.get("import_done", batch.uid)
    response = wizard.client.get(reverse("console:imports:import_errors", args=[batch.uid]))
    assert "attachment" in response["Content-Disposition"]
    sheet = openpyxl.load_workbook(BytesIO(response.content)).active
    assert sheet.max_row == 2
    assert "飞升" in str(sheet.cell(2, sheet.max_column).value)


def test_suspects_are_decided_row_by_row(wizard: Wizard, world: World) -> None:
    known = world.lead("甲项目", "别的投资方")
    batch = wizard.to_preview(GOOD)
    text = wizard.get("import_preview", batch.uid, show="suspected")
    assert f"更新 {known.code} 甲项目" in text
    assert "疑似" in text
    row = batch.rows.get(state="suspected").row
    refused = wizard.post("import_commit", batch.uid)
    assert "疑似重复尚未决定" in refused.content.decode()
    answer = wizard.post("import_decide", batch.uid, row, choice=f"update:{known.uid}", back="show=suspected")
    assert answer.headers["Location"].endswith(f"/preview/?show=suspected#row-{row}")
    decided = wizard.get("import_preview", batch.uid, show="suspected")
    assert "更新 YB-2026-0001 甲项目" in decided
    assert "<del>别的投资方</del> → <ins>滨海甲有限公司</ins>" in decided
    assert wizard.post("import_decide", batch.uid, row, choice="nonsense").status_code == 302
    wizard.post("import_decide", batch.uid, row, choice="create")
    wizard.post("import_commit", batch.uid)
    wizard.run()
    assert Project.objects.filter(name="甲项目").count() == 2
    assert re.search(r'新增</span>\s*<span class="tile-value">2<', wizard.get("import_done", batch.uid))


def test_updates_tell_old_and_new_amounts(wizard: Wizard) -> None:
    wizard.to_done(GOOD)
    batch = wizard.to_preview([{**GOOD[0], "总投资(万元)": 1500}])
    text = wizard.get("import_preview", batch.uid, show="updated")
    assert "计划总投资" in text
    assert "1200" in text
    assert "1500" in text


def test_the_same_file_again_changes_nothing_and_says_so(wizard: Wizard) -> None:
    ledger = sheet_bytes(GOOD)  # a workbook holds the second of its making: the same rows again are other bytes
    wizard.to_done(ledger)
    wizard.upload(ledger)
    batch = ImportBatch.objects.latest("id")
    assert "已导入的文件完全相同" in wizard.get("import_columns", batch.uid)
    wizard.columns(batch)
    wizard.run()
    assert "文件里没有要写入的" in wizard.get("import_preview", batch.uid)


def test_undo_lists_what_somebody_has_touched(wizard: Wizard, world: World) -> None:
    from feidi.domain.pipeline.services.registering import update_project

    batch = wizard.to_done(GOOD)
    project = Project.objects.get(name="甲项目")
    update_project(
        actor=world.actor("lead"), now=world.now, project=project, version=project.version, values={"remarks": "改过"}
    )
    wizard.post("import_undo", batch.uid)
    wizard.run()
    text = wizard.get("import_done", batch.uid)
    assert "1 个因之后有人动过而保留" in text
    assert "lead (lead)" in text
    assert "甲项目" in text


@pytest.mark.sqlite_is_enough
@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "空.xlsx", "空"),
        (b"<html><body>x</body></html>", "网页.xlsx", "网页"),
        (b"just words without a table", "文字.txt", "没有可读的表格"),
    ],
)
def test_a_file_that_is_no_ledger_is_explained_and_not_kept(
    wizard: Wizard, content: bytes, name: str, words: str
) -> None:
    response = wizard.upload(content, name=name, declared_currency="USD")
    assert response.status_code in {409, 422}
    text = response.content.decode()
    assert words in text
    assert '<option value="USD" selected>' in text
    assert not ImportBatch.objects.exists()
    assert not StoredFile.objects.filter(voided_at__isnull=True).exists()


def test_reading_can_be_stopped_and_begun_again(wizard: Wizard) -> None:
    wizard.upload(GOOD)
    batch = ImportBatch.objects.get()
    wizard.columns(batch)
    assert "正在逐行读取" in wizard.get("import_preview", batch.uid)
    assert wizard.columns(batch).status_code == 409
    wizard.client.post(reverse("console:jobs:job_cancel", args=[ImportBatch.objects.get().job_uid]))
    text = wizard.get("import_preview", batch.uid)
    assert "没有写入任何数据" in text
    assert "回到对列" in text
    wizard.columns(batch)
    wizard.run()
    assert "写入 2 行" in wizard.get("import_preview", batch.uid)


def test_steps_lead_to_where_the_batch_stands(wizard: Wizard) -> None:
    wizard.upload(GOOD)
    uid = ImportBatch.objects.get().uid
    columns, preview, done = (
        reverse(f"console:imports:import_{n}", args=[uid]) for n in ("columns", "preview", "done")
    )
    assert wizard.client.get(preview).headers["Location"] == columns
    assert wizard.client.get(done).headers["Location"] == columns
    batch = wizard.to_done(GOOD)
    assert (
        wizard.client.get(reverse("console:imports:import_columns", args=[batch.uid]))
        .headers["Location"]
        .endswith("/done/")
    )
    for name in ("import_commit", "import_undo"):
        assert wizard.client.get(reverse(f"console:imports:{name}", args=[uid])).status_code == 405


@pytest.mark.sqlite_is_enough
@pytest.mark.parametrize(
    "who", ["manager", "rival", "bureau", "verifier", "rival_bureau", "auditor", "admin", "tenant"]
)
def test_others_see_no_import_and_start_none(wizard: Wizard, world: World, who: str) -> None:
    batch = wizard.to_preview(GOOD)
    other = Wizard(world, who)
    assert "台账.xlsx" not in other.get("import_list")
    for name in ("import_columns", "import_preview", "import_done", "import_errors"):
        assert other.client.get(reverse(f"console:imports:{name}", args=[batch.uid])).status_code == 404
    for name in ("import_commit", "import_undo"):
        assert other.post(name, batch.uid).status_code == 404
    assert other.post("import_decide", batch.uid, 2, choice="skip").status_code == 404
    if who != "rival":
        assert other.client.get(reverse("console:imports:import_new")).status_code == 409
    assert other.upload(GOOD).status_code in {409, 422}
    assert ImportBatch.objects.count() == 1


def test_a_colleague_sees_the_progress_and_may_go_on(wizard: Wizard, world: World) -> None:
    wizard.upload(GOOD)
    batch = ImportBatch.objects.get()
    wizard.columns(batch)
    colleague = Wizard(world, "lead")
    assert "officer (officer) 发起的这一步正在进行" in colleague.get("import_preview", batch.uid)
    wizard.run()
    assert colleague.post("import_commit", batch.uid).status_code == 302


def test_lists_cost_the_same_at_one_and_three(wizard: Wizard) -> None:
    n = [0]

    def batches(count: int) -> None:
        for _ in range(count):
            n[0] += 1
            wizard.upload([{**GOOD[0], "项目名称": f"甲{n[0]}"}])

    assert_same_queries(batches, lambda: wizard.get("import_list"), at_most=12)


def test_the_preview_costs_the_same_at_one_and_three(wizard: Wizard, world: World) -> None:
    for name in ("甲项目", "乙项目"):
        world.lead(name, "别的投资方")
    one, three = wizard.to_preview(GOOD[:1]), wizard.to_preview(BAD)
    shown = iter([one, one, three])
    assert_same_queries(lambda _n: None, lambda: wizard.get("import_preview", next(shown).uid), at_most=25)
