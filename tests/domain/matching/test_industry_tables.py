"""A table goes in whole or not at all; every faulty cell is named with its row and column; nothing is deleted."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
import xlsxwriter

from feidi.domain.matching.access import tables_visible_to
from feidi.domain.matching.enums import TableLevel
from feidi.domain.matching.models import IndustryCell, IndustryTable
from feidi.domain.matching.selectors.complementarity import ask, on_file, words_of_industry
from feidi.domain.matching.selectors.industry_tables import (
    TableFilter,
    find_original,
    get_table,
    list_tables,
    matrix_of_table,
)
from feidi.domain.matching.services.industry_tables import NewTable, upload_industry_table, void_industry_table
from feidi.domain.parties.models import OrganizationIndustry
from feidi.engines.findings import RefusedError
from feidi.kernel.files.models import StoredFile
from feidi.kernel.files.services import open_file
from feidi.kernel.messages import fix_of, text_of
from feidi.portals.cli.demonstration.industry_tables import FOLDER, TABLES
from tests.support.world import World

pytestmark = pytest.mark.django_db

CERAMICS, APPLIANCES = "陶瓷制品制造", "家用电力器具制造"
ELECTRONICS = {"电子器件制造", "电子元件及电子专用材料制造", "计算机制造", "通信设备制造"}
NEW = NewTable("用工", "某统计年鉴", 2024, "人", TableLevel.DISTRICT, "云溪区", "前湾区")
GOOD = "地区,陶瓷制品制造,家用电力器具制造,电子器件制造\n云溪区,30,20,2\n前湾区,2,5,40\n青岚区,9,4,11\n"


def upload(world: World, text: str = GOOD, name: str = "表.csv", by: str = "officer", **more: Any) -> IndustryTable:
    return upload_industry_table(
        actor=world.actor(by),
        now=world.now,
        outpost=more.pop("outpost", world.outpost),
        new=replace(NEW, **more),
        data=text.encode(),
        name=name,
    )


def refused(world: World, text: str = GOOD, **more: Any) -> Any:
    """What is refused leaves no row, no cell and no file behind."""
    before = (IndustryTable.objects.count(), IndustryCell.objects.count(), StoredFile.objects.count())
    with pytest.raises(RefusedError) as caught:
        upload(world, text, **more)
    assert before == (IndustryTable.objects.count(), IndustryCell.objects.count(), StoredFile.objects.count())
    return caught.value.refusal


def places(refusal: Any) -> list[tuple[str, int | None, str | None]]:
    return [(each.code.partition(".")[2], each.row, each.column) for each in refusal.reasons]


def test_a_table_with_its_file(world: World) -> None:
    table = upload(world)
    assert (table.regions, table.industries) == (
        ["云溪区", "前湾区", "青岚区"],
        [CERAMICS, APPLIANCES, "电子器件制造"],
    )
    assert matrix_of_table(table).values.tolist() == [[30, 20, 2], [2, 5, 40], [9, 4, 11]]
    original = find_original(table)
    assert original is not None
    opened = open_file(actor=world.actor("bureau"), now=world.now, file=original)
    assert opened.stream.read() == GOOD.encode()
    opened.stream.close()
    assert original.sha256 == table.sha256


def test_a_workbook_is_read_by_what_its_cells_hold(world: World) -> None:
    stream = BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet("2024")
    whole = book.add_format({"num_format": "0"})
    sheet.write(0, 0, "各区用工（单位：人）")
    sheet.write_row(1, 0, ["", CERAMICS, APPLIANCES])
    sheet.write_row(2, 0, ["云溪区"])
    sheet.write_number(2, 1, 30.75, whole)
    sheet.write_number(2, 2, 4)
    sheet.write_row(3, 0, ["前湾区", 1, "1,200"])
    sheet.write_row(4, 0, ["合计", 31.75, 1204])
    book.close()
    table = upload_industry_table(
        actor=world.actor("officer"), now=world.now, outpost=world.outpost, new=NEW, data=stream.getvalue(), name="表.xlsx"
    )  # fmt: skip
    assert matrix_of_table(table).values.tolist() == [[30.75, 4], [1, 1200]]


def test_every_faulty_cell_is_named(world: World) -> None:
    text = "地区,陶瓷,家电,电子,陶瓷,合计\n云溪区,1,2,-3,4,1\n前湾区,1,,12万,4,1\n云溪区,1,1,1,1,1\n,1,1,1,1,1\n某区,1,1,1,1,1\n"
    refusal = refused(world, text)
    assert refusal.code == "matching.table_faulty"
    assert set(places(refusal)) >= {
        ("negative", 2, "电子"),
        ("cell_missing", 3, "家电"),
        ("not_number", 3, "电子"),
        ("label_twice", None, "陶瓷"),
        ("label_twice", 4, None),
        ("row_label_missing", 5, None),
        ("table_total", 1, "合计"),
    }
    assert refusal.params["n"] == len(refusal.reasons)
    for each in (refusal, *refusal.reasons):
        assert text_of(each) != each.code
        assert fix_of(each)


def test_zeros_must_be_known_to_be_zero(world: World) -> None:
    text = "地区,陶瓷,家电,电子\n云溪区,1,2,0\n前湾区,1,3,0\n空区,0,0,0\n"
    refusal = refused(world, text)
    assert refusal.code == "matching.table_zeros"
    assert places(refusal) == [("region_zero", 4, None), ("industry_zero", None, "电子")]
    table = upload(world, text, zeros_true=True)
    answer = ask(table)
    assert all(each.home_industry != "电子" and each.host_industry != "电子" for each in answer.result.points)
    growth = answer.growth(home=True, industry="电子")
    assert growth is not None
    assert growth.cell.quotient is None


@pytest.mark.parametrize(
    ("text", "code"),
    [("", "table_unreadable"), ("地区\n", "table_faulty"), ("地区,陶瓷\n云溪区,\n", "table_faulty")],
)
def test_what_is_no_table(world: World, text: str, code: str) -> None:
    assert refused(world, text).code == f"matching.{code}"


@pytest.mark.parametrize("field", ["title", "source", "unit", "home_region", "host_region"])
def test_what_must_be_said(world: World, field: str) -> None:
    refusal = refused(world, **{field: "  "})
    assert refusal.code == "matching.table_needs"
    assert [each.column for each in refusal.reasons] == [field]


def test_year_and_regions(world: World) -> None:
    assert refused(world, year=1900).code == "matching.table_year"
    assert refused(world, year=2027).code == "matching.table_year"
    refusal = refused(world, host_region="深圳")
    assert refusal.code == "matching.table_region"
    assert refusal.params["regions"] == "云溪区、前湾区、青岚区"
    assert refused(world, host_region="云溪区").code == "matching.table_same_region"


def test_the_same_bytes_stand_once(world: World) -> None:
    first = upload(world)
    refusal = refused(world, title="又一份")
    assert refusal.code == "matching.table_known"
    assert (refusal.params["title"], refusal.params["uid"]) == ("用工 2024", first.uid)
    upload(world, by="rival", outpost=world.rival)
    void_industry_table(actor=world.actor("officer"), now=world.now, table=first, reason="传错了")
    assert upload(world).uid != first.uid


def test_void_keeps_everything(world: World) -> None:
    table, officer = upload(world), world.actor("officer")
    with pytest.raises(RefusedError, match=r"matching\.void_needs_reason"):
        void_industry_table(actor=officer, now=world.now, table=table, reason=" ")
    with pytest.raises(RefusedError, match=r"matching\.table_changed"):
        void_industry_table(actor=officer, now=world.now, table=table, reason="旧", version=7)
    void_industry_table(actor=officer, now=world.now, table=table, reason="年份写错")
    with pytest.raises(RefusedError, match=r"matching\.table_voided"):
        void_industry_table(actor=officer, now=world.now, table=table, reason="再一次")
    assert list(list_tables(officer)) == []
    assert list(list_tables(officer, TableFilter(voided=True))) == [table]
    assert find_original(table) is not None
    with pytest.raises(RefusedError, match=r"matching\.table_voided"):
        ask(get_table(officer, table.uid))


def test_who_sees_and_who_uploads(world: World) -> None:
    table = upload(world)
    for login in ("officer", "manager", "lead", "bureau"):
        assert get_table(world.actor(login), table.uid) == table
    for login in ("rival", "rival_bureau", "verifier", "auditor", "tenant", "admin"):
        actor = world.actor(login)
        assert not tables_visible_to(actor, IndustryTable.objects.all()).exists(), login
        with pytest.raises(IndustryTable.DoesNotExist):
            get_table(actor, table.uid)
    for login in ("bureau", "rival", "tenant"):
        with pytest.raises(RefusedError, match=r"parties\.not_permitted"):
            upload(world, GOOD + "丁区,1,1,1\n", by=login)


def test_a_file_that_says_it_is_invented_is_believed(world: World) -> None:
    assert upload(world, f"# 虚构：是\n{GOOD}").invented
    assert not upload(world).invented


def demonstration(world: World, at: int = 1) -> IndustryTable:
    name, new = TABLES[at]
    data = (FOLDER / name).read_bytes()
    officer = world.actor("officer")
    return upload_industry_table(actor=officer, now=world.now, outpost=world.outpost, new=new, data=data, name=name)


def test_ceramics_and_appliances_meet_electronics(world: World) -> None:
    answer = ask(demonstration(world))
    assert answer.table.invented
    assert len(answer.matrix.regions) == 10
    assert len(answer.matrix.industries) == 25
    ranked = [(each.home_industry, each.host_industry) for each in answer.result.points]
    assert len([pair for pair in ranked[:10] if pair[0] in {CERAMICS, APPLIANCES} and pair[1] in ELECTRONICS]) >= 4
    top = answer.point(CERAMICS, "电子器件制造")
    assert top is not None
    assert sum(part.share for part in top.parts) == pytest.approx(top.score)
    grid = answer.grid
    assert CERAMICS in grid.home
    assert ELECTRONICS & set(grid.host)
    assert len(grid.points) == len(ranked)


def test_the_other_direction_is_another_question(world: World) -> None:
    table = demonstration(world)
    there, back = ask(table), ask(table, "滨海前湾区", "云溪区")
    assert {(a.home_industry, a.host_industry) for a in there.result.points} == {
        (b.host_industry, b.home_industry) for b in back.result.points
    }
    with pytest.raises(RefusedError, match=r"regions\.region_unknown"):
        ask(table, "深圳市")


def test_words_of_an_industry() -> None:
    assert words_of_industry("陶瓷制品制造") == ("陶瓷制品制造", "陶瓷")
    assert words_of_industry("钟表与计时仪器制造") == ("钟表与计时仪器制造", "钟表", "计时")
    assert words_of_industry("软件业") == ("软件业", "软件")
    assert words_of_industry("纺织业")[-1] == "纺织"
    assert words_of_industry("Ceramics") == ("Ceramics",)


def test_what_stands_on_file_is_what_the_actor_may_see(world: World) -> None:
    table = demonstration(world)
    project = world.lead("电子浆料", "滨海电子有限公司", industry="电子信息")
    firm = project.parties.get(role="sponsor").organization
    assert firm is not None
    OrganizationIndustry.objects.create(organization=firm, system="text", label="电子器件")
    world.lead("酿酒", "滨海酒业有限公司", industry="食品")
    today = world.now.date()
    seen = on_file(world.actor("officer"), table, "电子器件制造", today)
    assert (list(seen.organizations), list(seen.projects)) == ([firm], [project])
    assert seen.profiles is not None
    # the home side sees what was reported, and no needs or offers
    home = on_file(world.actor("bureau"), table, "电子器件制造", today)
    assert (list(home.organizations), list(home.projects), home.profiles) == ([], [], None)
    project.reported_at = world.now
    project.save()
    assert list(on_file(world.actor("bureau"), table, "电子器件制造", today).projects) == [project]
    later = on_file(world.actor("rival"), table, "电子器件制造", today + timedelta(days=1))
    assert (list(later.organizations), list(later.projects)) == ([], [])
