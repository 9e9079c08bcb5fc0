"""Paper for the day: each judge's scoring sheet, and the summary that the panel signs; blind while reading is blind."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from docx import Document

from feidi.domain.roadshow.models import Assignment, Entry, Judge, Round
from feidi.domain.roadshow.roadshow_enums import RoundPhase
from feidi.domain.roadshow.services.dealing import assign_judge
from feidi.domain.roadshow.services.recusing import point_out
from feidi.domain.roadshow.services.score_papers import Stamp, score_sheets, summary_sheet
from feidi.domain.roadshow.services.shows import move_entry
from feidi.engines.findings import RefusedError
from feidi.kernel.audit.models import AuditEntry
from feidi.kernel.documents.office.papers import Paper
from feidi.kernel.documents.office.rendering import render_paper
from tests.support.roadshows import act, entered, judge_of, projects_of, round_of, sealed, show_of, stepped
from tests.support.world import World

pytestmark = pytest.mark.django_db
NAMES = ("甲光", "乙材", "丙药")


def refused(code: str) -> Any:
    return pytest.raises(RefusedError, match=code)


@pytest.fixture
def round_(world: World) -> Round:
    """A round of three projects and three judges, not dealt yet."""
    row = round_of(world, show_of(world))
    entered(world, row, projects_of(world, NAMES))
    for name in ("张评委", "王评委", "李评委"):
        judge_of(world, row.roadshow, name)
    return row


def read(paper: Paper) -> tuple[str, list[list[list[str]]]]:
    """Return a paper as Word reads it: running text, and tables as rows of cells."""
    document = Document(BytesIO(render_paper(paper)))
    tables = [[[cell.text for cell in row.cells] for row in each.rows] for each in document.tables]
    return "\n".join(each.text for each in document.paragraphs), tables


def sheets(world: World, row: Round, judge: Judge | None = None) -> Paper:
    fresh = Round.objects.select_related("roadshow__outpost__home").get(pk=row.pk)
    return score_sheets(**act(world), round_=fresh, stamp=Stamp("officer"), judge=judge)


def summary(world: World, row: Round) -> Paper:
    fresh = Round.objects.select_related("roadshow__outpost__home").get(pk=row.pk)
    return summary_sheet(**act(world), round_=fresh, stamp=Stamp("officer"))


def test_each_judge_has_own_sheet_in_running_order_without_what_is_recused(world: World, round_: Round) -> None:
    stepped(world, round_, RoundPhase.SCORING)
    first = Entry.objects.get(project__name="甲光")
    zhang, wang = Judge.objects.get(name="张评委"), Judge.objects.get(name="王评委")
    point_out(**act(world), judge=zhang, entry=first, reason="亲属")
    text, tables = read(sheets(world, round_, zhang))
    assert "评委：张评委" in text
    assert "LY-2026-0001 秋季路演" in text
    criteria, scores, signed = tables
    assert [row[0] for row in criteria] == ["评分项", "创新性", "商业价值", "可行性", "展示"]
    assert [row[:2] for row in scores[1:]] == [["2", "乙材"], ["3", "丙药"]]
    assert scores[0][2:] == ["创新性（40）", "商业价值（30）", "可行性（20）", "展示（10）", "总分（100）", "评语"]
    assert {cell for row in scores[1:] for cell in row[2:]} == {""}
    assert "签名：" in signed[0][0]
    assert "年　　月　　日" in signed[0][0]
    whole, all_tables = read(sheets(world, round_))
    assert [whole.count(f"评委：{each}") for each in ("张评委", "王评委", "李评委")] == [1, 1, 1]
    assert len(all_tables) == 9
    move_entry(**act(world), entry=Entry.objects.get(project__name="丙药"), up=True)
    _text, tables = read(sheets(world, round_, wang))
    assert [row[1] for row in tables[1][1:]] == ["甲光", "丙药", "乙材"]


def test_while_reading_is_blind_no_name_is_printed(world: World, round_: Round) -> None:
    stepped(world, round_, RoundPhase.READING)
    for paper in (sheets(world, round_), summary(world, round_)):
        text, tables = read(paper)
        said = text + str(tables)
        assert "第 1 号项目" in said
        assert not [name for name in NAMES if name in said]
    stepped(world, round_, RoundPhase.SCORING)
    assert "甲光" in str(read(sheets(world, round_))[1])


def test_nothing_dealt_is_said(world: World, round_: Round) -> None:
    with refused("roadshow.nothing_dealt"):
        sheets(world, round_)
    stepped(world, round_, RoundPhase.READING)
    late = judge_of(world, round_.roadshow, "赵评委")
    with refused("roadshow.nothing_dealt"):
        sheets(world, round_, late)
    Assignment.objects.filter(judge__name="王评委", entry__project__name="甲光").update(voided_at=world.now)
    assign_judge(**act(world), judge=late, entry=Entry.objects.get(project__name="甲光"), reason="补一位")
    _text, tables = read(sheets(world, round_, late))
    assert len(tables[1]) == 2
    with refused("parties.not_permitted"):
        score_sheets(actor=world.actor("rival"), now=world.now, round_=round_, stamp=Stamp())


def test_the_summary_is_blank_until_the_scores_are_in_then_by_rank(world: World, round_: Round) -> None:
    stepped(world, round_, RoundPhase.SCORING)
    text, tables = read(summary(world, round_))
    assert tables[0][0] == ["序号", "项目", "张评委", "王评委", "李评委", "得分", "名次"]
    assert tables[0][1] == ["1", "甲光", "", "", "", "", ""]
    assert "同分：依次比较" in text
    boxes = [cell for row in tables[1] for cell in row]
    assert [each for each in ("张评委", "监督员", "运营方") if not any(each in cell for cell in boxes)] == []


def test_a_sealed_round_prints_what_was_sealed(world: World) -> None:
    seal = sealed(world, names=("甲光", "乙材"), judges=("张评委", "王评委", "李评委"), harsh={"王评委": 6})
    _text, tables = read(summary(world, seal.round))
    assert tables[0][1:] == [
        ["1", "甲光", "90.00", "84.00", "90.00", "88.00", "1"],
        ["2", "乙材", "86.00", "80.00", "86.00", "84.00", "2"],
    ]
    assert AuditEntry.objects.filter(action="summary_printed", subject_uid=seal.round.uid).count() == 1
