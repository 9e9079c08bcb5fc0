"""Text tables: encodings by score, separators, quotes, rubbish."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feidi.engines.findings import Level
from feidi.engines.sheets import open_workbook, plain_cell_text, read_workbook, safe_cell_text
from feidi.engines.sheets.charsets import decode

_SIMPLE = "序号,项目名称,投资方,最新进展\n1,智能传感器研发中心,某某科技有限公司,已签约正在装修\n"
_TRADITIONAL = "序號,項目名稱,投資方,最新進展\n1,智慧感測器研發中心,某某科技有限公司,已簽約正在裝修\n"


@pytest.mark.parametrize(
    ("text", "codec", "bom", "expected"),
    [
        (_SIMPLE, "utf-8", b"", "utf-8"),
        (_SIMPLE, "utf-8", codecs.BOM_UTF8, "utf-8"),
        (_SIMPLE, "utf-16-le", codecs.BOM_UTF16_LE, "utf-16-le"),
        (_SIMPLE, "utf-16-be", codecs.BOM_UTF16_BE, "utf-16-be"),
        (_SIMPLE, "utf-16-le", b"", "utf-16-le"),
        (_SIMPLE, "utf-16-be", b"", "utf-16-be"),
        (_SIMPLE, "gb18030", b"", "gb18030"),
        (_SIMPLE, "gbk", b"", "gb18030"),
        (_TRADITIONAL, "big5", b"", "big5"),
        (_TRADITIONAL, "utf-8", b"", "utf-8"),
        (_TRADITIONAL, "gb18030", b"", "gb18030"),
        ("项目名称,备注\n", "gb18030", b"", "gb18030"),
        ("名稱,地址\n", "big5", b"", "big5"),
        ("Māori,naïve\n", "utf-8", b"", "utf-8"),
    ],
)
def test_encoding_is_chosen_by_common_characters(text: str, codec: str, bom: bytes, expected: str) -> None:
    book = read_workbook(bom + text.encode(codec), name="台账.csv")
    assert book.encoding == expected
    names = [column.name for column in book.sheets[0].columns]
    assert names == text.split("\n", maxsplit=1)[0].split(",")


def test_big5_is_not_taken_for_gb18030_although_it_decodes() -> None:
    data = _TRADITIONAL.encode("big5")
    data.decode("gb18030")  # the trap: no error
    assert decode(data).text == _TRADITIONAL


def test_a_line_in_another_encoding_costs_only_that_line() -> None:
    rows = [f"{i},项目名称很长的一行".encode() for i in range(50)]
    rows[20] = "20,另一种编码的一行".encode("gb18030")
    book = read_workbook(b"\n".join([b"id,name", *rows]), name="a.csv")
    assert book.encoding == "utf-8"
    assert [(item.code, item.params["line"]) for item in book.findings] == [("sheets.text.bad_bytes", 22)]
    texts = [record.texts()[1] for record in book.sheets[0].iter_records()]
    assert texts[20] == "另一种编码的一行"
    assert len(texts) == 50


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_separator_is_found(delimiter: str) -> None:
    text = "\n".join(delimiter.join(row) for row in (["名称", "金额", "备注"], ["甲", "1.5", "x y"], ["乙", "2", ""]))
    book = read_workbook(text.encode(), name="a.csv")
    assert book.delimiter == delimiter
    assert [record.texts() for record in book.sheets[0].iter_records()] == [("甲", "1.5", "x y"), ("乙", "2", "")]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_quoted_line_breaks_and_every_line_end(newline: str) -> None:
    text = f'名称,进展,备注{newline}甲,"一行{newline}二行",x{newline}乙,"他说""好""",y{newline}'
    sheet = read_workbook(text.encode(), name="a.csv").sheets[0]
    assert [record.texts()[1] for record in sheet.iter_records()] == ["一行\n二行", '他说"好"']
    assert [record.row for record in sheet.iter_records()] == [2, 3]


def test_a_stray_quote_does_not_swallow_the_table() -> None:
    lines = ["名称,备注", '甲,"没有配对', *(f"项目{i},x" for i in range(1000))]
    book = read_workbook("\n".join(lines).encode(), name="a.csv")
    assert len(list(book.sheets[0].iter_records())) == 1001
    assert [(item.code, item.row) for item in book.findings] == [("sheets.text.stray_quote", 2)]


def test_nul_padding_is_removed_and_told() -> None:
    book = read_workbook(b"a,b\n1\x00\x00,2\n" + b"\x00" * 10, name="a.csv")
    assert next(book.sheets[0].iter_records()).texts() == ("1", "2")
    assert [item.code for item in book.findings] == ["sheets.text.nuls"]


def test_ragged_rows_lose_nothing_silently() -> None:
    long = ",".join(["z"] * 6)
    text = "\n".join(["a,b,c", *(["1,2,3"] * 110), "1", long])
    sheet = read_workbook(text.encode(), name="a.csv").sheets[0]
    assert next(r for r in sheet.iter_records() if r.row == 112).texts() == ("1", "", "")
    told = [item for item in sheet.findings if item.code == "sheets.row.beyond_table"]
    assert [(item.row, item.params["count"]) for item in told] == [(113, 3)]


def test_formula_texts_are_plain_text_with_a_note() -> None:
    text = "名称,电话,变化\n=cmd|' /C calc'!A0,+86 13800138000,-12.5\n@SUM(A1),-,+5\n"
    sheet = read_workbook(text.encode(), name="a.csv").sheets[0]
    first, second = sheet.iter_records()
    assert first.texts() == ("=cmd|' /C calc'!A0", "+86 13800138000", "-12.5")
    assert second.texts() == ("@SUM(A1)", "-", "+5")
    assert [(item.code, item.row) for item in sheet.findings] == [
        ("sheets.cell.formula_text", 2),
        ("sheets.cell.formula_text", 3),
    ]
    assert all(item.level is Level.NOTE for item in sheet.findings)


@pytest.mark.parametrize("text", ["=1+1", "@x", "+cmd|' /C calc'!A0", "-2+3", "\t=1", "＝1+1", "'=1"])
def test_dangerous_texts_are_guarded(text: str) -> None:
    assert safe_cell_text(text) == "'" + text


@pytest.mark.parametrize(
    "text", ["-12.5", "+86 13800138000", "+8613800138000", "-1,234.50", "-", "——", "'90后", "普通", "5%"]
)
def test_harmless_texts_are_left_alone(text: str) -> None:
    assert safe_cell_text(text) == text


@given(st.one_of(st.text(), st.from_regex(r"'{0,2}[=+@-].*")))
def test_guarding_is_undone_by_reading(text: str) -> None:
    assert plain_cell_text(safe_cell_text(text)) == text


@given(st.binary(max_size=400))
@settings(max_examples=300)
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for name in ("a.csv", "a.xlsx", "a.xls", ""):
        book = read_workbook(data, name=name)
        assert book.sheets or book.fatal


@given(
    st.lists(
        st.lists(st.text(alphabet=st.characters(exclude_categories=("Cs",)), max_size=8), min_size=1, max_size=4),
        max_size=8,
    )
)
@settings(max_examples=200)
def test_any_table_is_read(rows: list[list[str]]) -> None:
    text = "\n".join(",".join(row) for row in rows)
    book = open_workbook(text.encode(), name="a.csv")
    for sheet in book.sheets:
        for record in sheet.iter_records():
            assert len(record.values) == len(sheet.columns)


@given(st.text(alphabet="项目名称投资方企业公司签约时间金额备注联系电话地址产业园区", min_size=6, max_size=60))
def test_simplified_text_is_recognised_in_each_encoding(text: str) -> None:
    for codec in ("utf-8", "gb18030"):
        assert decode(text.encode(codec)).text == text


@given(st.text(alphabet="項目名稱投資方企業公司簽約時間金額備註聯絡電話地址產業園區", min_size=6, max_size=60))
def test_traditional_text_is_recognised_in_each_encoding(text: str) -> None:
    for codec in ("utf-8", "big5", "gb18030"):
        assert decode(text.encode(codec)).text == text
