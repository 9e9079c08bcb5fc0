"""A form is printed, signed by pen, photographed, and attached to itself and to nothing else."""

from __future__ import annotations

import copy as copying
import shutil
import subprocess
from datetime import date, timedelta

import pytest

from feidi.engines.findings import RefusedError
from feidi.kernel.access import ANONYMOUS
from feidi.kernel.audit.models import AuditEntry
from feidi.kernel.documents import typesetting
from feidi.kernel.documents.access import can_view, copies_visible_to, visible_to
from feidi.kernel.documents.hashing import spaced
from feidi.kernel.documents.models import PrintedForm, SignedCopy
from feidi.kernel.documents.selectors import (
    changed_since_print,
    find_form,
    get_form,
    list_forms,
    list_signed_copies,
    signing_of,
)
from feidi.kernel.documents.services import (
    attach_signed_copy,
    print_form,
    render_form,
    render_form_pages,
    void_signed_copy,
)
from feidi.kernel.files.services import path_of, store_upload, void_file
from feidi.kernel.messages import fix_of, text_of
from tests.kernel.documents import papers
from tests.kernel.files import builders, hosts
from tests.kernel.files.hosts import NOW

pytestmark = pytest.mark.django_db
SIGNERS = [{"name": "李某", "role": "核查人员"}, {"name": "王某", "role": "主办方负责人"}]
TODAY = date(2026, 11, 23)


@pytest.fixture
def host():
    return hosts.make_user("项目")


@pytest.fixture
def actor(host):
    return hosts.make_actor(host)


def _print(actor, host, title="落地核验表", data=papers.DATA, now=NOW):
    return print_form(
        actor=actor, now=now, subject=hosts.subject_of(host), form="landing_check", title=title, data=data
    )


@pytest.fixture
def form(actor, host):
    return _print(actor, host)[0]


@pytest.fixture
def photo(actor, host, tmp_path):
    def take(form, *, change=lambda image: image, of=host, name="照片.jpg"):
        image = papers.turned(papers.on_desk(change(papers.page(render_form_pages(form)[0]))), 7)
        path = papers.save(papers.darker(image), tmp_path / "photo.jpg")
        return store_upload(actor=actor, now=NOW, subject=hosts.subject_of(of), name=name, chunks=path)

    return take


def _attach(actor, form, file, **more):
    given = {"signers": SIGNERS, "signed_on": TODAY, "sealed": True, **more}
    return attach_signed_copy(actor=actor, now=NOW, form=form, file=file, **given)


def _refusal(call):
    with pytest.raises(RefusedError) as refused:
        call()
    refusal = refused.value.refusal
    assert "{" not in text_of(refusal) + fix_of(refusal), text_of(refusal)
    return refusal


def _text_of_pdf(pdf, tmp_path):
    path = builders.write(tmp_path, "form.pdf", pdf)
    done = subprocess.run(["pdftotext", "-raw", str(path), "-"], capture_output=True, check=True)
    return done.stdout.decode()


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="needs poppler-utils")
def test_the_paper_says_what_was_frozen(actor, host, tmp_path):
    form, pdf = _print(actor, host)
    assert render_form(form) == pdf
    text = "".join(_text_of_pdf(pdf, tmp_path).split())
    for words in (
        "落地核验表",
        "YB-2026-017",
        "某某（云溪）生物科技有限公司",
        "已退回",
        "5,000,000.00元",
        "参保人数",
        "（企业公章）",
        "（盖章）",
    ):
        assert words in text, words
    assert form.token in text
    assert form.sha256 in text
    assert "云溪区某某路1号#settext(red)$x$*b*" in text  # what a user wrote is text, never markup
    assert "演示数据" not in text
    # the watermark stands slanted behind the text: the label is in the page, letter by letter
    assert "2026-11-2309:30" in text


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="needs poppler-utils")
def test_a_demonstration_says_so_on_paper(actor, host, tmp_path, settings):
    settings.FEIDI_DEMONSTRATION = True
    _form, pdf = _print(actor, host)
    assert "演示数据" in "".join(_text_of_pdf(pdf, tmp_path).split())


@pytest.mark.sqlite_is_enough
def test_a_long_form_bears_its_qr_on_every_page(actor, host, tmp_path):
    from feidi.kernel.documents.recognition import recognise

    data = {**papers.DATA, "evidence": papers.DATA["evidence"] * 12}
    form, _pdf = _print(actor, host, data=data)
    pages = render_form_pages(form)
    assert len(pages) > 1
    for page in pages:
        assert recognise(builders.write(tmp_path, "page.png", page)).token == form.token


def test_missing_fields_are_named(actor, host):
    data = {**papers.DATA, "chain": [{"seal": "章"}]}
    del data["project"]
    refusal = _refusal(lambda: _print(actor, host, data=data))
    assert (refusal.code, refusal.params["fields"]) == ("documents.data_incomplete", "project、chain[1].hand")
    unknown = _refusal(
        lambda: print_form(actor=actor, now=NOW, subject=hosts.subject_of(host), form="../x", title="x", data={})
    )
    assert unknown.code == "documents.unknown_form_code"
    assert not PrintedForm.objects.exists()


def test_a_missing_font_is_said_with_its_remedy(actor, host, monkeypatch):
    monkeypatch.setattr(typesetting, "FONT_FAMILIES", ("Nowhere Song",))
    refusal = _refusal(lambda: _print(actor, host))
    assert refusal.code == "documents.font_missing"
    assert "Nowhere Song" in text_of(refusal)
    assert "fonts-noto-cjk" in fix_of(refusal)


def test_equal_content_has_equal_hash_and_another_token(actor, host):
    first, second = _print(actor, host)[0], _print(actor, host, data=copying.deepcopy(papers.DATA))[0]
    assert (first.sha256 == second.sha256, first.token == second.token) == (True, False)
    assert _print(actor, host, title="落地核验表（二）")[0].sha256 != first.sha256
    assert _print(actor, hosts.make_user())[0].sha256 != first.sha256


def test_find_form_takes_what_people_type(form):
    assert find_form(form.token) == find_form(spaced(form.token).lower()) == form
    assert find_form("ABCD") is None


def test_the_photograph_finds_its_form(actor, form, photo, host):
    copy = _attach(actor, None, photo(form))
    assert (copy.form, copy.recognised, copy.sealed, copy.signed_on) == (form, True, True, TODAY)
    assert copy.signers == SIGNERS
    assert text_of(signing_of(copy)) == "线下签署 2026-11-23，2 人，已盖章"
    entry = AuditEntry.objects.get(subject_uid=copy.uid)
    assert entry.state["signers"].startswith("keyed:")
    assert list(list_signed_copies(hosts.subject_of(host), "landing_check")) == [copy]
    (listed,) = list_forms(hosts.subject_of(host))
    assert listed.live_copies == [copy]


def test_the_same_photograph_is_attached_once(actor, form, photo):
    _attach(actor, form, photo(form))
    assert _refusal(lambda: _attach(actor, form, photo(form))).code == "documents.already_attached"


def test_a_photograph_of_another_form_is_refused_naming_both(actor, form, photo, host):
    other = _print(actor, host, title="退出审批表")[0]
    refusal = _refusal(lambda: _attach(actor, form, photo(other), recognised_note="就是它"))
    assert refusal.code == "documents.other_form"
    words = text_of(refusal)
    assert all(each in words for each in ("退出审批表", spaced(other.token), "落地核验表", spaced(form.token)))


def test_forms_of_others_are_not_named(actor, form, photo):
    foreign_host = hosts.make_user()
    foreign = _print(hosts.make_actor(foreign_host), foreign_host, title="别家的表")[0]
    for chosen in (None, form):
        refusal = _refusal(lambda chosen=chosen: _attach(actor, chosen, photo(foreign)))
        assert refusal.code == "documents.unknown_form"
        assert "别家的表" not in text_of(refusal)


@pytest.mark.sqlite_is_enough
def test_an_unreadable_qr_needs_a_person_and_a_note(actor, form, photo):
    file = photo(form, change=papers.without_qr)
    refusal = _refusal(lambda: _attach(actor, None, file, recognised_note="二维码被章盖住"))
    assert (refusal.code, refusal.reasons[0].code) == ("documents.qr_needs_person", "documents.qr_no_code")
    assert _refusal(lambda: _attach(actor, form, file, recognised_note=" ")).code == "documents.qr_needs_person"
    copy = _attach(actor, form, file, recognised_note="二维码被章盖住，编号手工核对一致", sealed=False)
    assert (copy.recognised, copy.recognised_note) == (False, "二维码被章盖住，编号手工核对一致")
    assert text_of(signing_of(copy)) == "线下签署 2026-11-23，2 人"


def test_content_that_changed_since_the_print_is_told(actor, form, photo):
    current = copying.deepcopy(papers.DATA)
    file = photo(form)
    current["evidence"][2]["state"] = "已采信 1/1"
    assert changed_since_print(form, papers.DATA) == ()
    assert changed_since_print(form, current) == ("evidence",)
    refusal = _refusal(lambda: _attach(actor, form, file, current_data=current))
    assert (refusal.code, refusal.params["fields"]) == ("documents.content_changed", "evidence")
    _attach(actor, form, file, current_data=papers.DATA)


def test_altered_records_and_altered_paper_are_told(actor, form, photo):
    forged = PrintedForm.objects.get(pk=form.pk)
    forged.sha256 = "0" * 64
    file = photo(forged)  # same token, another hash in its QR
    assert _refusal(lambda: _attach(actor, form, file)).code == "documents.paper_altered"
    PrintedForm.objects.filter(pk=form.pk).update(data={**papers.DATA, "home_entity": "别的公司"})
    altered = PrintedForm.objects.get(pk=form.pk)
    assert _refusal(lambda: _attach(actor, altered, photo(form))).code == "documents.record_altered"


def test_refused_signings(actor, form, photo, host):
    file = photo(form)

    def code(**more):
        return _refusal(lambda: _attach(actor, form, file, **more)).code

    assert code(signers=[]) == "documents.signers_missing"
    assert code(signers=[{"name": " ", "role": "x"}]) == "documents.signers_missing"
    assert code(signers=[SIGNERS[0], SIGNERS[0]]) == "documents.signer_twice"
    assert code(signed_on=TODAY + timedelta(days=1)) == "documents.signed_in_future"
    assert code(signed_on=TODAY - timedelta(days=1)) == "documents.signed_before_print"
    text = store_upload(actor=actor, now=NOW, subject=hosts.subject_of(host), name="x.txt", chunks=[b"x"])
    assert _refusal(lambda: _attach(actor, form, text)).code == "documents.copy_is_no_picture"
    elsewhere = photo(form, of=hosts.make_user())
    assert _refusal(lambda: _attach(actor, form, elsewhere)).code == "documents.file_of_other_subject"
    voided = void_file(actor=actor, now=NOW, file=file, reason="错")
    assert _refusal(lambda: _attach(actor, form, voided)).code == "files.voided"
    lost = photo(form)
    path_of(lost).unlink()
    assert _refusal(lambda: _attach(actor, form, lost)).code == "files.bytes_missing"
    assert not SignedCopy.objects.exists()


def test_a_signed_copy_is_taken_back_with_a_reason(actor, form, photo, host):
    copy = _attach(actor, form, photo(form))
    assert (
        _refusal(lambda: void_signed_copy(actor=actor, now=NOW, copy=copy, reason="")).code
        == "documents.void_needs_reason"
    )
    void_signed_copy(actor=actor, now=NOW, copy=copy, reason="缺一人签名")
    assert (
        _refusal(lambda: void_signed_copy(actor=actor, now=NOW, copy=copy, reason="x")).code == "documents.copy_voided"
    )
    assert not list_signed_copies(hosts.subject_of(host), "landing_check").exists()
    assert _attach(actor, form, photo(form)).pk != copy.pk


def test_who_sees_forms_and_copies(actor, form, photo):
    copy = _attach(actor, form, photo(form))
    for each in (actor, hosts.make_actor(hosts.make_user()), ANONYMOUS):
        sees = each is actor
        assert can_view(each, form) is sees
        assert visible_to(each, PrintedForm.objects.all()).exists() is sees
        assert copies_visible_to(each, SignedCopy.objects.all()).exists() is sees
    assert get_form(actor=actor, uid=form.uid) == form
    assert _refusal(lambda: get_form(actor=ANONYMOUS, uid=form.uid)).code == "documents.not_found"
    assert copy.recorded_by == actor.label
