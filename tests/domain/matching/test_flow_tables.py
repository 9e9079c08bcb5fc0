"""Input–output tables: in whole or not at all; by one, linkage counts, and every share shows what it is made of."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
import xlsxwriter

from feidi.domain.matching.access import tables_visible_to
from feidi.domain.matching.models import FlowCell, FlowTable
from feidi.domain.matching.selectors.complementarity import NO_FLOWS, ask
from feidi.domain.matching.selectors.flow_tables import (
    find_flow_original,
    get_flow_table,
    list_flow_tables,
    trade_book,
)
from feidi.domain.matching.services.flow_tables import NewFlows, upload_flow_table, void_flow_table
from feidi.engines.findings import RefusedError
from feidi.engines.regions import PartCode
from feidi.kernel.files.models import StoredFile
from feidi.kernel.messages import fix_of, text_of
from feidi.portals.cli.demonstration.industry_tables import FLOWS, FOLDER
from tests.domain.matching.test_industry_tables import (
    APPLIANCES,
    CERAMICS,
    demonstration,
    places,
)
from tests.domain.matching.test_industry_tables import (
    upload as upload_table,
)
from tests.support.world import World

pytestmark = pytest.mark.django_db

CHIPS = "电子器件制造"
NEW = NewFlows("投入产出表", "某统计局", 2022, "万元", "某省")
TRADE = f"卖方＼买方,{CERAMICS},{APPLIANCES},{CHIPS}\n{CERAMICS},10,20,5\n{APPLIANCES},1,30,2\n{CHIPS},3,60,100\n总产出,200,400,500\n"


def upload(world: World, text: str = TRADE, name: str = "表.csv", by: str = "officer", **more: Any) -> FlowTable:
    return upload_flow_table(
        actor=world.actor(by),
        now=world.now,
        outpost=more.pop("outpost", world.outpost),
        new=replace(NEW, **more),
        data=text.encode(),
        name=name,
    )


def refused(world: World, text: str = TRADE, **more: Any) -> Any:
    """What is refused leaves no row, no cell and no file behind."""
    before = (FlowTable.objects.count(), FlowCell.objects.count(), StoredFile.objects.count())
    with pytest.raises(RefusedError) as caught:
        upload(world, text, **more)
    assert before == (FlowTable.objects.count(), FlowCell.objects.count(), StoredFile.objects.count())
    return caught.value.refusal


def test_a_table_with_its_file(world: World) -> None:
    table = upload(world)
    book = trade_book(table)
    assert table.industries == [CERAMICS, APPLIANCES, CHIPS]
    assert table.outputs == [200, 400, 500]
    assert book.flows.values.tolist() == [[10, 20, 5], [1, 30, 2], [3, 60, 100]]
    original = find_flow_original(table)
    assert original is not None
    assert original.sha256 == table.sha256


def test_a_workbook_is_read_alike(world: World) -> None:
    stream = BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet("2022")
    sheet.write_row(0, 0, ["", CERAMICS, CHIPS])
    sheet.write_row(1, 0, [CERAMICS, 10.5, 3])
    sheet.write_row(2, 0, [CHIPS, 0, 7])
    sheet.write_row(3, 0, ["总投入", 100, 200])
    book.close()
    table = upload_flow_table(
        actor=world.actor("officer"), now=world.now, outpost=world.outpost, new=NEW, data=stream.getvalue(), name="表.xlsx"
    )  # fmt: skip
    assert trade_book(table).flows.values.tolist() == [[10.5, 3], [0, 7]]


def test_every_faulty_cell_is_named(world: World) -> None:
    text = f"卖方,{CERAMICS},{CHIPS},合计\n{CERAMICS},-1,,3\n{CHIPS},若干,2,4\n增加值,1,1,2\n"
    refusal = refused(world, text)
    assert refusal.code == "matching.table_faulty"
    assert set(places(refusal)) >= {
        ("negative", 2, CERAMICS),
        ("cell_missing", 2, CHIPS),
        ("not_number", 3, CERAMICS),
        ("not_square", 4, "增加值"),
        ("no_outputs", None, None),
        ("table_total", 1, "合计"),
    }
    for each in (refusal, *refusal.reasons):
        assert text_of(each) != each.code
        assert fix_of(each)


def test_flows_and_outputs_in_different_units(world: World) -> None:
    refusal = refused(world, TRADE.replace("200,400,500", "2,4,5"))
    assert refusal.code == "regions.not_productive"
    assert refused(world, "").code == "matching.table_unreadable"


@pytest.mark.parametrize("field", ["title", "source", "unit", "region"])
def test_what_must_be_said(world: World, field: str) -> None:
    refusal = refused(world, **{field: "  "})
    assert refusal.code == "matching.table_needs"
    assert [each.column for each in refusal.reasons] == [field]
    assert refused(world, year=2027).code == "matching.table_year"


def test_the_same_bytes_stand_once_and_void_keeps_everything(world: World) -> None:
    table, officer = upload(world), world.actor("officer")
    refusal = refused(world, title="又一份")
    assert (refusal.code, refusal.params["uid"]) == ("matching.table_known", table.uid)
    with pytest.raises(RefusedError, match=r"matching\.void_needs_reason"):
        void_flow_table(actor=officer, now=world.now, table=table, reason=" ")
    with pytest.raises(RefusedError, match=r"matching\.table_changed"):
        void_flow_table(actor=officer, now=world.now, table=table, reason="旧", version=7)
    void_flow_table(actor=officer, now=world.now, table=table, reason="年份写错")
    with pytest.raises(RefusedError, match=r"matching\.table_voided"):
        void_flow_table(actor=officer, now=world.now, table=table, reason="再一次")
    assert list(list_flow_tables(officer)) == []
    assert list(list_flow_tables(officer, voided=True, words="某省")) == [table]
    assert find_flow_original(table) is not None
    assert upload(world).uid != table.uid


def test_who_sees_and_who_uploads(world: World) -> None:
    table = upload(world)
    for login in ("officer", "manager", "lead", "bureau"):
        assert get_flow_table(world.actor(login), table.uid) == table
    for login in ("rival", "rival_bureau", "verifier", "auditor", "tenant", "admin"):
        assert not tables_visible_to(world.actor(login), FlowTable.objects.all()).exists(), login
    for login in ("bureau", "rival", "tenant"):
        with pytest.raises(RefusedError, match=r"parties\.not_permitted"):
            upload(world, TRADE + "\n", by=login)
        with pytest.raises(RefusedError, match=r"parties\.not_permitted"):
            void_flow_table(actor=world.actor(login), now=world.now, table=table, reason="不是我的")


def test_linkage_counts_once_there_is_a_table(world: World) -> None:
    table = demonstration(world)
    before = ask(table)
    assert before.book is None
    assert PartCode.LINKED not in {part.code for part in before.result.points[0].parts}
    upload(world)
    after = ask(table)
    point = after.point(CERAMICS, CHIPS)
    assert point is not None
    linked = next(part for part in point.parts if part.code is PartCode.LINKED)
    there, back = after.trades(point)
    # ceramics sells 5 of its 35 to electronics; electronics 3 of the 14 that ceramics buys
    assert (there.value, there.purchases, there.sales, there.output) == (5, 107, 35, 500)
    assert (back.value, back.purchases, back.sales, back.output) == (3, 14, 163, 200)
    assert linked.value == pytest.approx(max(5 / 107, 5 / 35, 3 / 14, 3 / 163) * 100)
    assert sum(part.share for part in point.parts) == pytest.approx(point.score)
    # an industry that the table does not know has no linkage: undefined, never 0
    unknown = after.point(CERAMICS, "通信设备制造")
    assert unknown is not None
    assert next(part.value for part in unknown.parts if part.code is PartCode.LINKED) is None
    assert after.trades(unknown)[0].value is None
    assert unknown.possible > unknown.score


def test_which_table_counts_may_be_chosen(world: World) -> None:
    table = demonstration(world)
    old = upload(world, TRADE.replace("60", "61"), year=2017)
    new = upload(world)
    upload(world, TRADE.replace("60", "62"), by="rival", outpost=world.rival, year=2025)
    assert [ask(table).book.table, ask(table, flows=old.uid).book.table] == [new, old]  # type: ignore[union-attr]
    assert ask(table, flows=NO_FLOWS).book is None
    void_flow_table(actor=world.actor("officer"), now=world.now, table=new, reason="传错了")
    assert ask(table).book.table == old  # type: ignore[union-attr]
    with pytest.raises(RefusedError, match=r"matching\.flows_gone"):
        ask(table, flows=new.uid)
    assert ask(upload_table(world)).book.table == old  # type: ignore[union-attr]


def test_of_whom_an_industry_buys(world: World) -> None:
    bought, sold = trade_book(upload(world)).trades_of(APPLIANCES)
    assert [(each.link.seller, each.value) for each in bought] == [(CHIPS, 60), (APPLIANCES, 30), (CERAMICS, 20)]
    assert [(each.link.buyer, each.value) for each in sold] == [(APPLIANCES, 30), (CHIPS, 2), (CERAMICS, 1)]
    assert bought[0].link.input_share == pytest.approx(60 / 110)


def test_the_table_of_the_demonstration_says_it_is_invented(world: World) -> None:
    name, new = FLOWS
    data = (FOLDER / name).read_bytes()
    table = upload_flow_table(
        actor=world.actor("officer"), now=world.now, outpost=world.outpost, new=replace(new, invented=False), data=data, name=name
    )  # fmt: skip
    assert table.invented
    answer = ask(demonstration(world))
    assert {each.code for each in answer.result.findings}.isdisjoint({"regions.not_in_links", "regions.links_unused"})
