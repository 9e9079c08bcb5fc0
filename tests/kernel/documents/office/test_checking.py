"""数字核对: what somebody changed in WPS is found, what is only said otherwise is not."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st

from feidi.engines.findings import RefusedError
from feidi.kernel.documents.office.binding import TargetKind, bind
from feidi.kernel.documents.office.chat_text import ChatFigure, chat_text
from feidi.kernel.documents.office.checking import check_figures
from feidi.kernel.documents.office.figures import IssuedFigure
from feidi.kernel.documents.office.filling import fill_form
from feidi.kernel.documents.office.form_values import FormValues
from feidi.kernel.documents.office.inspecting import inspect_form
from feidi.kernel.documents.office.number_text import equal_worth, find_numbers, folded_alike, read_number
from feidi.kernel.documents.office.papers import PaperKind
from feidi.kernel.documents.office.reading import paper_reference, read_paragraphs
from feidi.kernel.documents.office.rendering import render_paper
from feidi.kernel.messages import text_of
from tests.kernel.documents.office.office_forms import SHEET, workbook
from tests.kernel.documents.office.office_samples import DAY, FIGURES, LANDED, MONEY, PACE, PAPERS, SIGNED

PAPER = replace(PAPERS[PaperKind.BRIEFING], blocks=PAPERS[PaperKind.BRIEFING].blocks[:-1])
ISSUED = render_paper(PAPER)


def edited(change: Callable[[docx.document.Document], None]) -> bytes:
    document = docx.Document(io.BytesIO(ISSUED))
    change(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def run_of(document: docx.document.Document, text: str) -> docx.text.run.Run:
    return next(run for each in document.paragraphs for run in each.runs if run.text == text)


def said(data: bytes | str, issued: bytes | str | None = ISSUED) -> list[str]:
    return [text_of(each) for each in check_figures(data, FIGURES, issued).findings]


def drop_marks(document: docx.document.Document) -> None:
    for mark in [*document.element.body.iter(qn("w:bookmarkStart")), *document.element.body.iter(qn("w:bookmarkEnd"))]:
        mark.getparent().remove(mark)


WRONG = "第1段：13 与台账 11 不符（截至2026-11-20）"


def test_the_untouched_paper_is_in_order() -> None:
    assert said(ISSUED) == []
    checked = check_figures(ISSUED, FIGURES, ISSUED)
    assert checked.gone == ()
    assert checked.numbers >= len(FIGURES)
    # without the issued text, what no figure stands behind is told
    assert [each.found for each in check_figures(ISSUED, FIGURES).unsourced] == ["30个", "3000万元"]
    assert paper_reference(ISSUED) == "a1b2c3d4"


def test_eleven_becomes_thirteen_however_it_was_typed() -> None:
    def in_place(document: docx.document.Document) -> None:
        run_of(document, "11个").text = "13个"

    def beside_its_bookmark(document: docx.document.Document) -> None:
        run = run_of(document, "11个")
        end = run._r.getnext()
        run.text = "13个"
        end.addnext(run._r)  # deleted and typed anew: the bookmark is left empty before it

    def without_bookmarks(document: docx.document.Document) -> None:
        in_place(document)
        drop_marks(document)

    def half_of_it(document: docx.document.Document) -> None:
        run = run_of(document, "11个")
        run.text = "1"
        more = document.paragraphs[0].add_run("3个")._r
        run._r.getnext().addnext(more)

    for change in (in_place, beside_its_bookmark, without_bookmarks, half_of_it):
        assert said(edited(change)) == [WRONG], change.__name__
    plain = "\n".join(each.text for each in read_paragraphs(ISSUED))
    assert said(plain.replace("签约11个", "签约十三个"), plain) == ["第4段：十三 与台账 11 不符（截至2026-11-20）"]
    mismatch = check_figures(edited(in_place), FIGURES, ISSUED).mismatches[0]
    assert (mismatch.paragraph, mismatch.label, mismatch.figure_id, mismatch.as_of) == (1, "累计签约", "K08", DAY)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("11个", "十一个"), ("11个", "１１个"), ("11个", "11 个"), ("36.7%", "百分之三十六点七"), ("36.7%", "３６．７％"),
        ("1.2亿元", "12000万元"), ("1.2亿元", "120,000,000元"), ("1.2亿元", "逾1.2亿元"), ("2个", "2家"),
        ("52.1个百分点", "52.1百分点"),
    ],
)  # fmt: skip
def test_another_spelling_is_the_same_figure(old: str, new: str) -> None:
    def change(document: docx.document.Document) -> None:
        run_of(document, old).text = new

    assert said(edited(change)) == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("1.2亿元", "1.2万元", "第1段：1.2万元 与台账 1.2亿元 不符（截至2026-11-20）"),
        ("1.2亿元", "12亿元", "第1段：12 与台账 1.2 不符（截至2026-11-20）"),
        ("36.7%", "37.6%", "第1段：37.6% 与台账 36.7% 不符（截至2026-11-20）"),
        ("52.1个百分点", "51.2个百分点", "第1段：慢51.2 与台账 慢52.1 不符（截至2026-11-20）"),
        ("2个", "3个", "第4段：3 与台账 2 不符（截至2026-11-20）"),
    ],
)
def test_a_changed_figure_is_named(old: str, new: str, told: str) -> None:
    def change(document: docx.document.Document) -> None:
        run_of(document, old).text = new

    assert said(edited(change)) == [told]
    assert said(edited(lambda document: (change(document), drop_marks(document))[0])) == [told]


def test_slower_does_not_become_faster() -> None:
    def change(document: docx.document.Document) -> None:
        run_of(document, "，慢").text = "，快"

    assert said(edited(change)) == ["第1段：快52.1 与台账 慢52.1 不符（截至2026-11-20）"]


def test_a_minus_is_part_of_the_figure() -> None:
    fall = IssuedFigure("K", "同比", Decimal("-3.5"), "%", DAY)
    assert check_figures("同比-3.5%。", [fall], "同比-3.5%。").findings == ()
    assert check_figures("同比下降3.5%。", [fall], "同比-3.5%。").findings == ()
    assert [each.found for each in check_figures("同比增长3.5%。", [fall], "同比-3.5%。").mismatches] == ["3.5%"]


def test_what_was_written_anew_needs_a_source() -> None:
    def change(document: docx.document.Document) -> None:
        document.paragraphs[6].insert_paragraph_before(
            "全年预计带动就业450人，累计签约11个，核实落地5个。另：见〔2026〕12号文，11月30日前报。"
        )
        document.paragraphs[-1].insert_paragraph_before("新引进博士7人，合同金额约1.2亿元。")

    assert said(edited(change)) == [
        "第3段：5 与台账 2 不符（截至2026-11-20）",
        "第3段：450人 无出处（全年预计带动就业450人，累计签约11个，核实落地5个。）",
        "第7段：7人 无出处（新引进博士7人，合同金额约1.2亿元。）",
    ]


def test_what_was_struck_out_is_noted() -> None:
    def change(document: docx.document.Document) -> None:
        paragraph = next(each for each in document.paragraphs if "核实落地" in each.text)
        paragraph._p.getparent().remove(paragraph._p)

    assert said(edited(change)) == ["核实落地 2个（截至2026-11-20）在改稿中没有找到"]


def test_changes_kept_in_the_margin_count_as_made() -> None:
    def change(document: docx.document.Document) -> None:
        run = run_of(document, "11个")._r
        deleted = docx.oxml.OxmlElement("w:del")
        inserted = docx.oxml.OxmlElement("w:ins")
        run.addprevious(deleted)
        deleted.addnext(inserted)
        new = docx.oxml.parse_xml(run.xml.replace("11个", "13个"))
        inserted.append(new)
        deleted.append(run)

    assert said(edited(change)) == [WRONG]


def test_tables_and_sheets_are_read_too() -> None:
    sheet = render_paper(PAPERS[PaperKind.DATA_CONFIRMATION])
    document = docx.Document(io.BytesIO(sheet))
    document.tables[0].cell(2, 1).paragraphs[0].runs[0].text = "4个"
    buffer = io.BytesIO()
    document.save(buffer)
    checked = check_figures(buffer.getvalue(), [SIGNED, LANDED], sheet)
    assert [text_of(each) for each in checked.findings] == ["表1 B3：4 与台账 2 不符（截至2026-11-20）"]


def test_numbers_are_found_where_they_stand() -> None:
    def found(text: str) -> list[tuple[str, str, str]]:
        return [(each.text, format(each.value.normalize(), "f"), each.unit) for each in find_numbers(text)]

    assert found("3—5家，约1.5亿元，500余人，二十三个，3,000平方米") == [
        ("3", "3", ""), ("5家", "5", "家"), ("1.5亿元", "150000000", "元"), ("500余人", "500", "人"), ("二十三个", "23", "个"),
        ("3,000平方米", "3000", "平方米"),
    ]  # fmt: skip
    assert found("一是抓线索，三年行动计划，第12期，2026年1—11月，13800138000，5G，一个项目") == []
    assert found("1. 协调3个；（2）完成") == [("3个", "3", "个")]
    assert found("签约11，300人参加") == [("11", "11", ""), ("300人", "300", "人")]
    assert found("下降-3.5%，减少百分之五") == [("-3.5%", "-3.5", "%"), ("百分之五", "5", "%")]
    three, money = read_number("近3亿元"), read_number("1.2亿")
    assert three is None
    assert money is not None
    near = find_numbers("近3亿元")[0]
    assert equal_worth(near, Decimal(299_000_000), "元")
    assert not equal_worth(near, Decimal(301_000_000), "元")
    assert equal_worth(find_numbers("超2亿元")[0], Decimal(234_000_000), "元")
    assert not equal_worth(find_numbers("2亿元")[0], Decimal(234_000_000), "元")


NOISE = st.text(
    alphabet="0123456789０１九十百千万亿点%％.,，-—个元家人年月日第约超快慢第（）()一二三　 abK\u200b〔〕号",
    max_size=60,
)


@given(NOISE)
def test_no_text_breaks_the_finding_of_numbers(text: str) -> None:
    assert len(folded_alike(text)) == len(text)
    last = 0
    for each in find_numbers(text):
        assert last <= each.start < each.end <= len(text)
        assert each.text == text[each.start : each.end]
        assert each.step > 0
        last = each.end


@given(st.integers(0, 10**9), st.sampled_from(["个", "家", "人", "%", "万元", "亿元", ""]), st.integers(0, 3))
def test_a_figure_is_found_in_the_sentence_it_was_written_into(number: int, unit: str, places: int) -> None:
    value = Decimal(number).scaleb(-places)
    figure = IssuedFigure("K", "签约", value, unit, DAY)
    found = find_numbers(f"截至11月20日，累计签约{figure.text}，完成较好。")
    assert [each.text for each in found] == [figure.text]
    assert check_figures(f"累计签约{figure.text}。", [figure], f"累计签约{figure.text}。").findings == ()
    other = replace(figure, value=value + 1)
    differ = check_figures(f"累计签约{other.text}。", [figure], f"累计签约{figure.text}。").mismatches
    assert [(each.expected, each.paragraph) for each in differ] == [
        (figure.text if unit in ("%", "") else figure.number, 1)
    ]


@given(st.lists(NOISE, max_size=6).map("\n".join), st.lists(NOISE, max_size=6).map("\n".join))
def test_no_pair_of_texts_breaks_the_check(left: str, right: str) -> None:
    checked = check_figures(left, [SIGNED, MONEY, PACE], right)
    assert len(checked.mismatches) + len(checked.unsourced) <= checked.numbers


def test_what_is_no_word_file_is_refused() -> None:
    for data in (b"", b"PK\x03\x04 no zip", b"hello"):
        with pytest.raises(RefusedError):
            check_figures(data, FIGURES)
    with pytest.raises(RefusedError, match="paper_too_long"):
        check_figures("1个\n" * 6000, FIGURES)


def test_friday_the_three_outputs_say_the_same() -> None:
    """Form, chat text and paper from one set of figures; then 11 becomes 13 in the paper."""
    figures = {each.id: each for each in FIGURES}
    blank = workbook()
    binding = bind(inspect_form(blank), kind=TargetKind.CELL, place=f"{SHEET}!B5", source="K08")
    filled = fill_form(blank, [binding], FormValues(figures), FormValues())
    assert inspect_form(filled.data).grids[0].cells[5, 2].text == SIGNED.number
    chat = chat_text(opening="", as_of=DAY, figures=[ChatFigure("签约", SIGNED.value, SIGNED.unit, target=30)])
    assert len(chat.text) <= 300
    assert check_figures(chat.text, FIGURES, "\n".join(each.text for each in read_paragraphs(ISSUED))).mismatches == ()
    words = next(each.text for each in read_paragraphs(ISSUED) if each.number == 1)
    for figure in ("签约11个", "36.7%", "88.8%", "慢52.1个百分点"):
        assert figure in chat.text
        assert figure in words

    def change(document: docx.document.Document) -> None:
        run_of(document, "11个").text = "13个"

    assert said(edited(change)) == [WRONG]
