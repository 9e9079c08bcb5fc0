"""Secrecy marks in names and on first pages."""

from __future__ import annotations

import shutil

import pytest

from feidi.engines.findings import RefusedError
from feidi.kernel.files.examining import check_marks, examine
from feidi.kernel.files.marks import marks_in_name, marks_in_page
from tests.kernel.files import builders

SECRET_NAMES = [
    "机密★ 通报.pdf",
    "秘密★1年.docx",
    "绝密.pdf",
    "（机密）情况.pdf",
    "关于某事【秘密】.docx",
    "01-机密文件.pdf",
    "秘密-会议.pdf",
]
ASKED_NAMES = ["内部资料 注意保存.pdf", "云经科〔2026〕12号.pdf", "云府办[2026]3号 通知.pdf", "内部文件汇编.docx"]
PLAIN_NAMES = [
    "商业秘密保护承诺书.pdf",
    "机密计算白皮书.pdf",
    "秘密花园项目介绍.pdf",
    "营业执照.pdf",
    "内部装修合同.pdf",
    "2026年1号楼租约.pdf",
]


@pytest.mark.parametrize("name", SECRET_NAMES)
def test_secret_names(name):
    marks = marks_in_name(name)
    assert [mark.secret for mark in marks] == [True]
    with pytest.raises(RefusedError) as refused:
        check_marks(marks, name, "有理由")
    assert refused.value.refusal.code == "files.secret"


@pytest.mark.parametrize("name", ASKED_NAMES)
def test_names_that_ask_for_a_reason(name):
    marks = marks_in_name(name)
    assert marks
    assert not any(mark.secret for mark in marks)
    with pytest.raises(RefusedError) as refused:
        check_marks(marks, name, "  ")
    assert refused.value.refusal.code == "files.internal"
    check_marks(marks, name, "公开发布的通知")


@pytest.mark.parametrize("name", PLAIN_NAMES)
def test_words_that_are_no_marks(name):
    assert marks_in_name(name) == ()


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("机密★3年\n云溪区文件", True),
        ("机 密 ★ 一 年\n", True),
        ("秘密\n\n关于", True),
        ("密级：秘密1年\n", True),
        ("工作秘密\n通知", True),
        ("云溪区人民政府文件\n云府〔2026〕12号\n通知", False),
        ("云府 〔2026〕 12 号    签发人：某某\n", False),
        ("内部资料 注意保存\n简报", False),
    ],
)
def test_first_pages(text, secret):
    assert [mark.secret for mark in marks_in_page(text)][:1] == [secret]


@pytest.mark.parametrize(
    "text",
    [
        "根据国办函〔2026〕12号的要求，不得要求打卡。",
        "双方应当保守商业秘密，机密信息不得泄露。",
        "商业秘密★",
        "\n".join(["正文"] * 40 + ["机密★"]),
    ],
)
def test_first_pages_without_a_mark(text):
    assert marks_in_page(text) == ()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.docx", builders.docx("机密★1年", "通报")),
        ("b.docx", builders.docx("通报", header="机密★")),
        ("c.xlsx", builders.xlsx(("秘密★",), ("项目", "金额"))),
        ("d.txt", "绝密★\n内容".encode("gb18030")),
    ],
)
def test_marks_are_found_inside_files(tmp_path, name, data):
    examination = examine(builders.write(tmp_path, "upload", data), name)
    assert [mark.secret for mark in examination.marks] == [True]


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="needs poppler-utils")
def test_only_the_first_page_of_a_pdf_is_read(tmp_path):
    marked = builders.write(tmp_path, "marked", builders.pdf("机密★3年\n通报"))
    assert [mark.words for mark in examine(marked, "a.pdf").marks] == ["机密"]
    later = builders.write(tmp_path, "later", builders.pdf("封面", second_page="机密★3年"))
    assert examine(later, "a.pdf").marks == ()


def test_a_page_that_cannot_be_read_is_said(tmp_path, monkeypatch):
    path = builders.write(tmp_path, "upload", builders.pdf())
    monkeypatch.setenv("PATH", str(tmp_path))
    assert [each.code for each in examine(path, "a.pdf").findings] == ["files.page_unread_no_reader"]


def test_entities_in_an_office_file_are_not_expanded(tmp_path):
    bomb = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><x><t>&a;</t></x>'
    data = builders.archive({"word/document.xml": bomb})
    examination = examine(builders.write(tmp_path, "upload", data), "a.docx")
    assert [each.code for each in examination.findings] == ["files.page_unread_unreadable"]


def test_a_long_sheet_is_read_at_its_head_only(tmp_path):
    rows = "".join(f"<row><c t='n'><v>{number}</v></c></row>" for number in range(200_000))
    inline = "<row><c t='inlineStr'><is><t>秘密★</t></is></c></row>"
    data = builders.archive(
        {"xl/workbook.xml": "", "xl/worksheets/sheet1.xml": f"<sheet xmlns='x'>{inline}{rows}</sheet>"}
    )
    examination = examine(builders.write(tmp_path, "upload", data), "a.xlsx")
    assert [mark.words for mark in examination.marks] == ["秘密"]
    assert examination.findings == ()
