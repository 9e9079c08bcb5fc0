"""Who issues a paper and to whom: of one plaque its own head and superior, of all together the outpost and its bureau."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import docx
import pytest

from feidi.domain.parties.models import Outpost, Plaque
from feidi.domain.reporting.models import IssuedPaper
from feidi.domain.reporting.selectors.forms import bytes_of
from feidi.domain.reporting.selectors.paper_content import PaperContent, paper_content
from feidi.domain.reporting.selectors.papers import snapshot_of
from feidi.domain.reporting.services.paper_writing import Wording
from feidi.domain.reporting.services.papers import Issue, issue_paper
from feidi.engines.findings import RefusedError
from tests.support.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_is_enough]

BUREAU = "云溪区经济和科技促进局（演示）"


@pytest.fixture
def outpost(world: World) -> Outpost:
    """The outpost, whose first plaque has a head and a superior of its own, as the others have."""
    Plaque.objects.filter(outpost=world.outpost, code="centre").update(
        name="第一块牌子", report_head="第一块牌头", superior="第一块牌子的上级"
    )
    return Outpost.objects.get(pk=world.outpost.pk)


def content(world: World) -> PaperContent:
    return paper_content(world.outpost, world.now.date())


def issued(world: World, outpost: Outpost, kind: str, plaque: str = "", of: str = "", **fields: str) -> IssuedPaper:
    actor = world.actor("officer")
    snapshot = snapshot_of(actor, outpost, world.now.date(), "week", plaque=of)
    return issue_paper(
        actor=actor,
        now=world.now,
        snapshot=snapshot,
        issue=Issue(kind, plaque, Wording({"highlights": "有", **fields})),
    )


def text_of_file(paper: IssuedPaper) -> str:
    document = docx.Document(io.BytesIO(bytes_of(paper.file)))
    tables = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(each.text for each in document.paragraphs), *tables])


def test_of_all_plaques_the_outpost_issues_to_its_bureau(world: World, outpost: Outpost) -> None:
    head = content(world).head(outpost, "")
    assert (head.name, head.issuer, head.superior) == ("云滨产业协同简报（演示）", outpost.name, BUREAU)
    assert head.addressees == (BUREAU,)
    assert next((each.word, each.to[0]) for each in head.copies) == ("报", BUREAU)


def test_of_one_plaque_it_is_that_plaques_head_and_superior(world: World, outpost: Outpost) -> None:
    head = content(world).head(outpost, "liaison")
    assert head.name == "驻滨海招商动态（演示）"
    assert head.issuer == "云溪区驻点（滨海）招商联络处（演示）"
    assert head.addressees == ("云溪区投资促进中心（演示）",)
    first = content(world).head(outpost, "centre")
    assert (first.name, first.issuer, first.addressees) == (
        "云滨产业协同简报（演示）", "第一块牌头", ("第一块牌子的上级",)
    ), "a plaque without a masthead of its own uses the outpost's"  # fmt: skip


def test_where_content_has_no_masthead_for_it_nobody_elses_is_taken(world: World, outpost: Outpost) -> None:
    told = content(world)
    only = replace(told, mastheads=[each for each in told.mastheads if each["plaque"] == "talent_station"])
    head = only.head(outpost, "")
    assert (head.name, head.issuer, head.addressees, head.copies) == (outpost.name, outpost.name, (BUREAU,), ())
    assert only.head(outpost, "centre").name == "第一块牌头"


def test_a_plaque_that_the_outpost_has_not_is_refused(world: World, outpost: Outpost) -> None:
    with pytest.raises(RefusedError) as refused:
        content(world).head(outpost, "elsewhere")
    assert refused.value.refusal.code == "papers.unknown_plaque"


@pytest.mark.parametrize(
    ("kind", "fields"),
    [("briefing", {}), ("bulletin", {}), ("letter", {"subject": "商请使用会议室", "body": "请支持。"})],
)
def test_a_paper_of_all_plaques_names_no_plaque(
    world: World, outpost: Outpost, kind: str, fields: dict[str, Any]
) -> None:
    paper = issued(world, outpost, kind, **fields)
    text = text_of_file(paper)
    assert outpost.name in text
    for plaque in outpost.plaques.all():
        assert not [each for each in (plaque.report_head, plaque.superior) if each in text]
    frame = paper.paragraphs[0]
    assert frame["plaque"] == paper.plaque == ""


def test_head_and_figures_are_the_same_plaques(world: World, outpost: Outpost) -> None:
    """Figures of one plaque that were put on a paper without naming it stand under that plaque's head."""
    paper = issued(world, outpost, "bulletin", of="liaison")
    assert (paper.plaque, paper.paragraphs[0]["plaque"]) == ("liaison", "liaison")
    assert paper.paragraphs[0]["masthead"] == "驻滨海招商动态（演示）"
