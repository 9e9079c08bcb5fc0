"""A form comes back by phone: its QR is found, whatever the light."""

from __future__ import annotations

import shutil

import pytest
import segno

from feidi.kernel.documents.forms import LANDING_CHECK
from feidi.kernel.documents.hashing import code_line, content_hash, new_token
from feidi.kernel.documents.models import PrintedForm
from feidi.kernel.documents.recognition import recognise
from feidi.kernel.documents.services import render_form, render_form_pages
from feidi.kernel.subjects import Subject
from tests.kernel.documents import papers
from tests.kernel.files.hosts import NOW

PHONES = {
    "as printed": lambda p: p,
    "turned 7°": lambda p: papers.turned(papers.on_desk(p), 7),
    "leaning": lambda p: papers.leaning(papers.on_desk(p)),
    "turned and leaning": lambda p: papers.leaning(papers.turned(papers.on_desk(p), -12)),
    "dark": lambda p: papers.darker(papers.on_desk(p)),
    "very dark": lambda p: papers.darker(papers.on_desk(p), 0.15),
    "shadowed": lambda p: papers.shadowed(papers.on_desk(p)),
    "noisy": lambda p: papers.noisy(papers.darker(papers.on_desk(p))),
    "blurred": lambda p: papers.blurred(papers.on_desk(p)),
    "upside down": lambda p: papers.turned(papers.on_desk(p), 180),
    "sideways": lambda p: papers.turned(papers.on_desk(p), 90),
    "askew by 45°": lambda p: papers.turned(papers.on_desk(p), 45),
    "sent by messenger": lambda p: papers.small(papers.turned(papers.on_desk(p), 4)),
    "stamped": papers.stamped,
    "everything": lambda p: papers.darker(papers.leaning(papers.turned(papers.on_desk(papers.stamped(p)), 7)), 0.6),
}


@pytest.fixture(scope="module")
def form():
    digest = content_hash(subject=Subject("x.y", "abc"), form=LANDING_CHECK.code, title="落地核验表", data=papers.DATA)
    return PrintedForm(
        subject_kind="x.y", subject_uid="abc", form=LANDING_CHECK.code, title="落地核验表", data=papers.DATA,
        sha256=digest, token=new_token(), printed_by="某人 (u1)", created_at=NOW,
    )  # fmt: skip


@pytest.fixture(scope="module")
def paper(form):
    return papers.page(render_form_pages(form)[0])


@pytest.mark.parametrize("phone", PHONES)
def test_photographs_are_recognised(form, paper, tmp_path, phone):
    found = recognise(papers.save(PHONES[phone](paper), tmp_path / "photo.jpg"))
    assert found.token == form.token, (phone, found)
    assert found.code.digest == form.sha256[:16]
    assert found.finding.code == "documents.qr_read"


@pytest.mark.skipif(not shutil.which("pdftoppm"), reason="needs poppler-utils")
def test_scans_as_pdf_are_recognised(form, paper, tmp_path):
    (tmp_path / "print.pdf").write_bytes(render_form(form))
    assert recognise(tmp_path / "print.pdf").token == form.token
    scan = tmp_path / "scan.pdf"
    papers.darker(papers.turned(paper, 2)).save(scan, "PDF", resolution=130, save_all=True, append_images=[paper])
    assert recognise(scan).token == form.token


def test_a_pdf_without_a_reader_says_so(form, tmp_path, monkeypatch):
    (tmp_path / "print.pdf").write_bytes(render_form(form))
    monkeypatch.setenv("PATH", str(tmp_path))
    assert recognise(tmp_path / "print.pdf").why == "no_pdf_reader"


def test_why_nothing_was_recognised(form, paper, tmp_path):
    blank = recognise(papers.save(papers.without_qr(paper), tmp_path / "blank.jpg"))
    assert (blank.token, blank.why, blank.finding.code) == (None, "no_code", "documents.qr_no_code")
    segno.make("https://example.com/some-group").save(tmp_path / "group.png", scale=8)
    assert recognise(tmp_path / "group.png").why == "foreign_code"
    (tmp_path / "broken.jpg").write_bytes(b"\xff\xd8\xff rubbish")
    assert recognise(tmp_path / "broken.jpg").why == "unreadable"
    segno.make(code_line(new_token(), "0" * 64)).save(tmp_path / "second.png", scale=6)
    both = paper.copy()
    both.paste(papers.page((tmp_path / "second.png").read_bytes()), (60, 700))
    assert recognise(papers.save(both, tmp_path / "both.jpg", 90)).why == "several_codes"
