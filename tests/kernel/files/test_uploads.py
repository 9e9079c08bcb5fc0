"""Keeping, opening and taking back files."""

from __future__ import annotations

import hashlib

import pytest

from feidi.engines.findings import RefusedError
from feidi.kernel.access import ANONYMOUS
from feidi.kernel.audit.models import AuditEntry
from feidi.kernel.files.access import can_view, visible_to
from feidi.kernel.files.models import StoredFile
from feidi.kernel.files.selectors import get_file, list_damaged, list_files
from feidi.kernel.files.services import download_headers, open_file, path_of, store_upload, take_upload, void_file
from feidi.kernel.subjects import Subject
from tests.kernel.files import builders, hosts
from tests.kernel.files.hosts import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def host():
    return hosts.make_user("主体")


@pytest.fixture
def actor(host):
    return hosts.make_actor(host)


@pytest.fixture
def file(host, actor):
    return _store(actor, host, "营业执照.png", builders.picture())


def _store(actor, host, name, data, **more):
    return store_upload(actor=actor, now=NOW, subject=hosts.subject_of(host), name=name, chunks=[data], **more)


def _code(call):
    with pytest.raises(RefusedError) as refused:
        call()
    return refused.value.refusal.code


def test_bytes_are_kept_under_their_digest_once(host, actor, file, files_folder):
    data = builders.picture()
    digest = hashlib.sha256(data).hexdigest()
    assert (file.sha256, file.size, file.kind, file.uploaded_by) == (digest, len(data), "png", actor.label)
    assert path_of(file) == files_folder / digest[:2] / digest[2:4] / digest
    assert path_of(file).read_bytes() == data
    again = _store(actor, host, "另一份.png", data)
    assert (again.pk != file.pk, again.path) == (True, file.path)
    assert list((files_folder / "incoming").iterdir()) == []
    assert path_of(file).stat().st_mode & 0o077 == 0


def test_a_path_may_be_handed_in_and_stays(host, actor, tmp_path):
    source = builders.write(tmp_path, "x.png", builders.picture())
    kept = store_upload(actor=actor, now=NOW, subject=hosts.subject_of(host), name="x.png", chunks=source)
    assert path_of(kept).read_bytes() == source.read_bytes()


def test_too_large_is_refused_while_it_comes(host, actor, settings, files_folder):
    settings.FEIDI_UPLOAD_LIMIT = 2 << 20
    taken = []

    def chunks():
        for number in range(100):
            taken.append(number)
            yield b"x" * (1 << 20)

    code = _code(
        lambda: store_upload(actor=actor, now=NOW, subject=hosts.subject_of(host), name="a.txt", chunks=chunks())
    )
    assert code == "files.too_large"
    assert len(taken) == 3
    assert list((files_folder / "incoming").iterdir()) == []
    assert not StoredFile.objects.exists()


def test_a_marked_file_needs_a_reason_and_keeps_it(host, actor):
    data = builders.docx("云溪区人民政府文件", "云府〔2026〕12号", "通知")
    assert _code(lambda: _store(actor, host, "通知.docx", data)) == "files.internal"
    taken = _store(actor, host, "通知.docx", data, reason="已在官网公开")
    assert taken.mark_reason == "已在官网公开"
    assert _store(actor, host, "合同.docx", builders.docx("合同"), reason="没有标志").mark_reason == ""
    assert _code(lambda: _store(actor, host, "x.docx", builders.docx("机密★"), reason="已公开")) == "files.secret"


def test_the_uploader_learns_what_was_not_checked(host, actor):
    upload = take_upload(
        actor=actor, now=NOW, subject=hosts.subject_of(host), name="x.jpg",
        chunks=[builders.picture("JPEG", located=True)],
    )  # fmt: skip
    assert [each.code for each in upload.findings] == ["files.picture_has_place"]


def test_a_download_is_recorded_and_served_safely(actor, file):
    opened = open_file(actor=actor, now=NOW, file=file)
    with opened.stream:
        assert opened.stream.read() == builders.picture()
    assert opened.headers["X-Content-Type-Options"] == "nosniff"
    entry = AuditEntry.objects.get(action="downloaded")
    assert (entry.subject_uid, entry.link.actor_user_id) == (file.uid, actor.user_id)


def test_headers_carry_chinese_names_and_never_run():
    docx = StoredFile(name='合同 "终稿".docx', kind="docx", size=1, uid="abc")
    headers = download_headers(docx, inline=True)
    assert headers["Content-Disposition"] == (
        "attachment; filename=\"abc.docx\"; filename*=UTF-8''%E5%90%88%E5%90%8C%20%22%E7%BB%88%E7%A8%BF%22.docx"
    )
    picture = StoredFile(name="a.png", kind="png", size=1, uid="abc")
    assert download_headers(picture, inline=True)["Content-Disposition"].startswith("inline;")
    assert download_headers(picture)["Content-Disposition"].startswith("attachment;")
    odd = StoredFile(name="a\r\nSet-Cookie: x", kind="gone", size=1, uid="abc")
    assert download_headers(odd)["Content-Type"] == "application/octet-stream"
    assert "\n" not in download_headers(odd)["Content-Disposition"]


def test_who_may_open(host, file):
    stranger = hosts.make_actor(hosts.make_user())
    onlooker = hosts.make_actor(host, permissions=())
    assert _code(lambda: open_file(actor=stranger, now=NOW, file=file)) == "files.not_found"
    assert _code(lambda: open_file(actor=ANONYMOUS, now=NOW, file=file)) == "files.not_found"
    assert _code(lambda: open_file(actor=onlooker, now=NOW, file=file)) == "files.may_not_open"
    assert not AuditEntry.objects.filter(action="downloaded").exists()


def test_seeing_one_and_seeing_many_agree(host, actor, file):
    other_host = hosts.make_user()
    other = _store(actor, other_host, "b.png", builders.picture())
    orphan = StoredFile.objects.get(pk=other.pk)
    orphan.pk, orphan.uid, orphan.subject_kind = None, "orphan000000", "gone.kind"
    orphan.save()
    hanging = StoredFile.objects.get(pk=other.pk)
    hanging.pk, hanging.uid, hanging.subject_kind, hanging.subject_uid = None, "hanging00000", "files.file", file.uid
    hanging.save()
    for each in (actor, hosts.make_actor(other_host), hosts.make_actor(host, other_host), ANONYMOUS):
        many = set(visible_to(each, StoredFile.objects.all()))
        assert many == {row for row in StoredFile.objects.all() if can_view(each, row)}
    assert set(visible_to(actor, StoredFile.objects.all())) == {file}
    assert get_file(actor=actor, uid=file.uid) == file
    assert _code(lambda: get_file(actor=actor, uid=other.uid)) == "files.not_found"


def test_a_voided_file_is_kept_but_not_opened(host, actor, file):
    assert _code(lambda: void_file(actor=actor, now=NOW, file=file, reason=" ")) == "files.void_needs_reason"
    voided = void_file(actor=actor, now=NOW, file=file, reason="传错了")
    assert (voided.void_reason, voided.version) == ("传错了", 2)
    assert _code(lambda: void_file(actor=actor, now=NOW, file=file, reason="再撤")) == "files.voided"
    assert _code(lambda: open_file(actor=actor, now=NOW, file=voided)) == "files.voided"
    open_file(actor=actor, now=NOW, file=voided, even_voided=True).stream.close()
    assert not list_files(hosts.subject_of(host)).exists()
    assert path_of(file).is_file()


def test_missing_and_altered_bytes_are_noticed(host, actor, file):
    other = _store(actor, host, "b.txt", "内容".encode())
    assert list(list_damaged()) == []
    path_of(other).write_bytes("别的".encode())
    path_of(file).unlink()
    assert list(list_damaged()) == [(file, "missing"), (other, "altered")]
    assert _code(lambda: open_file(actor=actor, now=NOW, file=file)) == "files.bytes_missing"


def test_list_files_is_of_one_subject(host, actor, file):
    _store(actor, hosts.make_user(), "b.txt", b"x")
    assert list(list_files(hosts.subject_of(host))) == [file]
    assert not list_files(Subject(hosts.KIND, "nobody")).exists()
