"""Somebody applies without an account: guarded against machines, saved page by page, nothing lost, nothing leaked."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from feidi.domain.incubation.admission_enums import ApplicationState
from feidi.domain.incubation.models import Application
from feidi.domain.incubation.services.first_answers import issue_first_answer
from feidi.kernel.audit.models import AuditLink
from tests.conftest import NOW
from tests.support.admission import sent_of
from tests.support.world import PDF

pytestmark = pytest.mark.django_db


class Clock:
    """The hour at which the site is asked."""

    now = NOW


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: made.now)
    return made


@pytest.fixture
def phone(world: Any, clock: Clock) -> Client:
    """A visitor without cookies."""
    return Client()


def opened(phone: Client, clock: Clock, **more: Any) -> dict[str, Any]:
    """Return what the start page sends, ten seconds after it was opened."""
    page = phone.get(reverse("public:apply:application_start"))
    clock.now = clock.now + timedelta(seconds=10)
    return {"outpost": "yunbin", "consent": "1", "opened": page.context["stamp"], **more}


def begun(phone: Client, clock: Clock) -> str:
    """Begin a draft; returns its code."""
    answer = phone.post(reverse("public:apply:application_start"), opened(phone, clock))
    assert answer.status_code == 302, answer.context["problem"]
    return str(answer.headers["Location"].split("/")[3])


def part(secret: str, section: str) -> str:
    return reverse("public:apply:section_answer", args=[secret, section])


def test_looking_writes_nothing_and_is_kept_out_of_search(phone: Client) -> None:
    before = AuditLink.objects.count()
    page = phone.get(reverse("public:apply:application_start"))
    assert page.status_code == 200
    assert page.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert AuditLink.objects.count() == before
    assert not Application.objects.exists()


@pytest.mark.parametrize(
    ("more", "wait"),
    [({"website": "http://x"}, 0), ({"opened": "forged:x"}, 0), ({"opened": ""}, 0), ({}, -9), ({}, 90000)],
)
def test_what_no_person_sends_begins_nothing(phone: Client, clock: Clock, more: dict[str, str], wait: int) -> None:
    sent = opened(phone, clock, **more)
    clock.now = clock.now + timedelta(seconds=wait)
    answer = phone.post(reverse("public:apply:application_start"), sent)
    assert answer.status_code == 409
    assert "不像是人填的" in answer.content.decode()
    assert not Application.objects.exists()


def test_the_outposts_have_their_english_names(phone: Client) -> None:
    phone.cookies["django_language"] = "en"
    page = phone.get(reverse("public:apply:application_start")).content.decode()
    assert "Yunbin Centre (demonstration)" in page
    assert "云滨创新中心" not in page


def test_consent_is_asked_for(phone: Client, clock: Clock) -> None:
    answer = phone.post(reverse("public:apply:application_start"), opened(phone, clock, consent=""))
    assert "没有勾选同意" in answer.content.decode()


def test_the_whole_way_without_a_script(phone: Client, clock: Clock) -> None:
    secret = begun(phone, clock)
    answer = phone.post(
        part(secret, "decides"),
        {
            "wet_bench": "yes",
            "biosafety": "bsl2",
            "purified_water": "yes",
            "hazardous_waste": "?",
            "licence_place": "?",
        },
    )
    assert answer.headers["Location"] == part(secret, "who")
    page = phone.get(part(secret, "who")).content.decode()
    assert "本中心无湿实验条件" in page, "what the first page decides is told at once"
    assert "须为在滨海市注册的独立法人" in page
    phone.post(part(secret, "who"), {"applicant": "砚澈微流控", "contact": "林博士", "phone": "13900004321"})
    refused = phone.post(
        part(secret, "project"), {"team_size": "九个", "one_line": "检测芯片", "unknown-rd_spend": "1"}
    )
    assert refused.status_code == 409
    assert "看不懂“九个”" in refused.content.decode()
    assert 'value="九个"' in refused.content.decode(), "what was typed stays in its field"
    row = Application.objects.get()
    assert row.answers["one_line"] == "检测芯片", "the rest is kept"
    assert row.answers["rd_spend"] == "?"
    plan = SimpleUploadedFile("计划.pdf", PDF)
    phone.post(part(secret, "project"), {"team_size": "9", "one_line": "检测芯片", "plan": plan})
    phone.post(part(secret, "needs"), {"office_area": "200", "needs": ["desk", "lab"], "start": "2027-01-15"})
    whole = phone.get(reverse("public:apply:application_view", args=[secret])).content.decode()
    assert "*******4321" in whole
    assert "13900004321" not in whole
    assert "计划.pdf" in whole
    sent = phone.post(reverse("public:apply:application_send", args=[secret]), follow=True)
    assert "受理号 YB-入驻-2026-0001" in sent.content.decode()
    row.refresh_from_db()
    assert row.state == ApplicationState.SUBMITTED


def test_what_no_keyboard_types_is_left_out(phone: Client, clock: Clock) -> None:
    secret = begun(phone, clock)
    answer = phone.post(part(secret, "project"), {"team_size": "9\x00", "one_line": "检测\x00芯片🙂"})
    assert answer.status_code == 302
    assert Application.objects.get().answers["one_line"] == "检测芯片🙂"


def test_a_file_that_lies_about_its_type_is_refused_and_the_answers_stay(phone: Client, clock: Clock) -> None:
    secret = begun(phone, clock)
    lie = SimpleUploadedFile("计划.pdf", b"MZ\x90\x00 not a pdf at all")
    answer = phone.post(part(secret, "project"), {"one_line": "芯片", "plan": lie})
    assert answer.status_code == 409
    row = Application.objects.get()
    assert row.answers["one_line"] == "芯片"
    assert not row.files.exists()


def test_a_file_is_taken_out_again(phone: Client, clock: Clock) -> None:
    secret = begun(phone, clock)
    phone.post(part(secret, "project"), {"one_line": "芯片", "plan": SimpleUploadedFile("计划.pdf", PDF)})
    file = Application.objects.get().files.get()
    answer = phone.post(reverse("public:apply:file_remove", args=[secret, file.uid]))
    assert answer.headers["Location"] == part(secret, "project")
    file.refresh_from_db()
    assert file.voided_at is not None


def test_a_guessed_code_opens_nothing_in_the_same_words_as_none(phone: Client, world: Any) -> None:
    sent_of(world)
    for name in ("application_view", "answer_view"):
        page = phone.get(reverse(f"public:apply:{name}", args=["aaaa-bbbb-cccc-dddd"]))
        assert page.status_code == 404
        assert "砚澈" not in page.content.decode()


def test_tracking_asks_for_number_and_code(phone: Client, world: Any) -> None:
    row, secret = sent_of(world)
    address = reverse("public:apply:application_track")
    wrong = phone.post(address, {"number": "YB-入驻-2026-0009", "code": secret})
    assert "对不上" in wrong.content.decode()
    right = phone.post(address, {"number": row.number, "code": secret.upper().replace("-", "")}, follow=True)
    assert row.number in right.content.decode()


def test_what_was_sent_cannot_be_changed_and_notes_are_not_shown(phone: Client, world: Any) -> None:
    row, secret = sent_of(world)
    answer = phone.post(part(secret, "project"), {"one_line": "改了"})
    assert answer.status_code == 409
    row.refresh_from_db()
    assert row.one_line == "床旁微流控检测芯片"


def test_the_answer_is_read_under_the_code(phone: Client, world: Any) -> None:
    row, secret = sent_of(world)
    assert phone.get(reverse("public:apply:answer_view", args=[secret])).status_code == 404
    issue_first_answer(actor=world.actor("officer"), now=NOW, application=row, officer=world.users["officer"])
    page = phone.get(reverse("public:apply:answer_view", args=[secret])).content.decode()
    assert "本中心无湿实验条件" in page
    assert "24 个月合计" in page
    assert "officer 会给您打电话" in page


def test_the_clock_speaks_the_readers_language(phone: Client, world: Any) -> None:
    _row, secret = sent_of(world)
    phone.cookies["django_language"] = "en"
    page = phone.get(reverse("public:apply:application_view", args=[secret]))
    clock = page.context["clock"]
    assert clock.label_en in page.content.decode()
    assert clock.label_zh not in page.content.decode()


def test_a_draft_given_up_opens_nothing_any_more(phone: Client, clock: Clock) -> None:
    secret = begun(phone, clock)
    page = phone.post(reverse("public:apply:application_withdraw", args=[secret])).content.decode()
    assert "草稿已删去" in page
    assert "申请打不开" not in page, "it was closed on purpose"
    assert reverse("public:apply:application_start") in page
    assert phone.get(reverse("public:apply:application_view", args=[secret])).status_code == 404
