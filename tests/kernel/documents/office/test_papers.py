"""Papers: what is asked for stands in the docx, in the official form, and comes back out of it."""

from __future__ import annotations

import dataclasses
import io
import zipfile

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm

from feidi.engines.findings import RefusedError
from feidi.kernel.documents.office.figures import IssuedFigure, figure_key, mark_name, read_mark
from feidi.kernel.documents.office.paper_checks import check_paper, figures_of
from feidi.kernel.documents.office.papers import LAYOUTS, Column, Masthead, Paper, PaperKind, Paragraph, Picture, Table
from feidi.kernel.documents.office.rendering import render_paper
from tests.kernel.documents.office.office_samples import (
    DAY,
    DONE,
    FIGURES,
    HEAD,
    PAPERS,
    SIGNED,
    TEXT,
    UNIT,
)  # fmt: skip


def opened(data: bytes) -> docx.document.Document:
    return docx.Document(io.BytesIO(data))


@pytest.mark.parametrize("kind", PaperKind)
def test_every_kind_comes_back_whole(kind: PaperKind) -> None:
    paper = PAPERS[kind]
    data = render_paper(paper)
    assert data == render_paper(paper), "equal papers are equal bytes"
    document = opened(data)
    text = "\n".join(each.text for each in document.element.body.iter(qn("w:t")) if each.text)
    assert paper.title.replace("\n", "") in text.replace("\n", "")
    for copies in paper.copies:
        assert f"{copies.word}：{'，'.join(copies.to)}。" in text
    section = document.sections[0]
    if not LAYOUTS[kind].sheet:
        area = (
            section.page_width - section.left_margin - section.right_margin,
            section.page_height - section.top_margin - section.bottom_margin,
        )
        millimetres = [each / Mm(1) for each in (section.top_margin, section.left_margin, *area)]
        assert millimetres == pytest.approx([37, 28, 156, 225], abs=0.05)
    assert "演示数据" in section.header.paragraphs[0].text
    assert [p.alignment for p in (section.footer.paragraphs[0], section.even_page_footer.paragraphs[0])] == [2, 0]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        body = archive.read("word/document.xml").decode()
        names = archive.namelist()
    assert "w:sdt" not in body
    assert not any("vba" in each.lower() or "embed" in each or each.endswith((".odttf", ".ttf")) for each in names)
    if kind is PaperKind.BULLETIN:
        assert "内部工作信息" in text
        assert "第12期" in text
        assert "（共印30份）" in text
    if kind is PaperKind.HANDOVER_LIST:
        head = document.tables[0].rows[0]._tr
        assert head.trPr.find(qn("w:tblHeader")) is not None
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in document.tables[0].rows)


def test_the_briefing_reads_as_official_papers_do() -> None:
    paper = PAPERS[PaperKind.BRIEFING]
    document = opened(render_paper(paper))
    texts = [each.text for each in document.paragraphs]
    assert "一、总体情况" in texts
    headings = [each.text for each in document.paragraphs if each.style.name.startswith("Heading")]
    assert headings[1:] == ["二、主要做法", "（一）抓线索", "（二）抓落地", "1.协调场地", "（1）时限"]
    fonts = {run.text: run.font for each in document.paragraphs for run in each.runs}
    assert fonts["1.2亿元"].color.rgb == (255, 0, 0)
    named = {style.name: style.element.rPr.rFonts.get(qn("w:eastAsia")) for style in document.styles if style.name in (
        "Normal", "Heading 1", "Heading 2", "公文标题")}  # fmt: skip
    assert named == {
        "Normal": "仿宋_GB2312",
        "Heading 1": "黑体",
        "Heading 2": "楷体_GB2312",
        "公文标题": "方正小标宋简体",
    }
    assert document.styles["公文标题"].font.size.pt == 22
    marks = [each.get(qn("w:name")) for each in document.element.body.iter(qn("w:bookmarkStart"))]
    assert mark_name(SIGNED) in marks
    assert "fd_a1b2c3d4" in marks
    ids = [each.get(qn("w:id")) for each in document.element.body.iter(qn("w:bookmarkStart"))]
    assert len(ids) == len(set(ids))
    assert document.core_properties.identifier == "a1b2c3d4"
    assert document.core_properties.comments == ""
    assert figures_of(paper) == FIGURES


def test_what_a_paper_lacks_is_said_before_it_leaves() -> None:
    bare = Paper(PaperKind.REQUEST, "请示", TEXT)
    assert [each.params["part"] for each in check_paper(bare)] == ["主送", "署名", "日期"]
    long = Paper(PaperKind.BRIEF_ONE_PAGE, "专报", TEXT * 5, signature=UNIT, dated=DAY)
    assert [each.code for each in check_paper(long)] == ["office.paper_one_page"]
    assert check_paper(PAPERS[PaperKind.BRIEF_ONE_PAGE]) == ()
    two = dataclasses.replace(PAPERS[PaperKind.REQUEST], addressees=("甲", "乙"))
    assert [each.code for each in check_paper(two)] == ["office.paper_addressees"]
    for mark in ("机密★1年", "秘密", "绝 密★"):
        with pytest.raises(RefusedError) as refused:
            render_paper(dataclasses.replace(PAPERS[PaperKind.BULLETIN], masthead=dataclasses.replace(HEAD, mark=mark)))
        assert refused.value.refusal.code == "office.secret_mark"


def test_a_picture_that_is_none_is_refused() -> None:
    with pytest.raises(RefusedError, match=r"office\.no_picture"):
        render_paper(Paper(PaperKind.SUMMARY, "总结", (Picture(b"\x89PNG no picture"),)))


def test_control_characters_and_markup_do_no_harm() -> None:
    odd = Paper(
        PaperKind.BULLETIN, "标题<w:p>&", (Paragraph(("a\x00b\x0b<script>&amp;\ud800",)),), masthead=Masthead("报" * 40)
    )
    document = opened(render_paper(odd))
    assert "ab<script>&amp;" in [each.text for each in document.paragraphs]


def test_figures_keep_their_names_in_bookmarks() -> None:
    ids = ["K05", "K08.completion", "云溪.K05/累计签约（不含框架）", "x_20261120", "a__2", "A" * 60, "A" * 61, "_", ""]
    keys = {each: figure_key(each) for each in ids}
    assert len(set(keys.values())) == len(ids)
    for each in ids:
        for nth in (1, 2, 99):
            name = mark_name(IssuedFigure(each, "", 1, "", DAY), nth)
            assert len(name) <= 40
            mark = read_mark(name)
            assert mark is not None
            assert (mark.key, mark.as_of) == (keys[each], DAY)
    assert read_mark("fg_K05_20269999") is None
    assert DONE.text == "36.7%"


def test_a_narrow_column_is_wide_enough_for_a_date() -> None:
    """Neither a date nor 序号 is broken; the others give what is lacking, and the whole keeps its width."""
    columns = (Column("序号", 0.3), Column("题名", 6), Column("日期", 0.5), Column("备注", 3))
    table = Table(columns, (("1", "营业执照", "2026-11-20", "齐"),))
    paper = dataclasses.replace(PAPERS[PaperKind.SUMMARY], blocks=(table,))
    widths = [each.width.mm for each in opened(render_paper(paper)).tables[-1].columns]
    assert widths[0] > 12
    assert widths[2] > 24
    assert widths[1] > widths[3] > widths[2]
    assert sum(widths) == pytest.approx(156, abs=0.5)
