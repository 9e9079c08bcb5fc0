"""The office's pages of admission, the judge's, and the applicant's own."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from feidi.domain.incubation.admission_enums import ApplicationState, SeatState
from feidi.domain.incubation.models import Application, Tenancy
from feidi.domain.incubation.services.admission_reviews import open_review
from feidi.domain.pipeline.services.registering import record_opinion, update_project
from tests.conftest import NOW
from tests.support.admission import accepted_of, approved_of, judged_of, judges, project_of, sent_of
from tests.support.queries import assert_same_queries
from tests.support.tenancies import floor_of
from tests.support.world import PDF

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_the_hour_of_the_world(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: NOW)


def client_of(world: Any, login: str) -> Client:
    client = Client()
    client.force_login(world.users[login])
    return client


def at(name: str, *args: str) -> str:
    return reverse(f"console:admissions:{name}", args=list(args))


def test_the_office_takes_it_from_the_list_to_the_decision(world: Any) -> None:
    row, _secret = sent_of(world)
    officer, lead = client_of(world, "officer"), client_of(world, "lead")
    page = officer.get(at("application_list")).content.decode()
    assert row.number in page
    assert "第一次答复 2026-11-26" in page
    assert "本平台建议，待本区确认" in page, "a clock nobody has confirmed says so"
    record = officer.get(at("application_view", row.uid)).content.decode()
    assert "还不清楚" in record
    assert "13900004321" not in record
    assert "13900004321" in officer.post(at("contact_unmask", row.uid)).content.decode()
    done = officer.post(at("application_accept", row.uid), {"officer": world.users["officer"].pk})
    assert done.status_code == 302, done.context["form"].errors
    preview = officer.get(at("answer_issue", row.uid)).content.decode()
    assert "本中心无湿实验条件" in preview
    assert officer.post(at("answer_issue", row.uid), {"officer": world.users["officer"].pk}).status_code == 302
    assert officer.get(at("answer_pdf", row.uid)).content.startswith(b"%PDF")
    assert officer.get(at("answer_word", row.uid)).content.startswith(b"PK")
    panel = [each.pk for each in judges(world)]
    assert officer.post(at("review_open", row.uid), {"judges": panel}).status_code == 302
    row.refresh_from_db()
    review = row.reviews.get()
    for seat in review.seats.select_related("judge"):
        mine = client_of(world, seat.judge.login)
        assert row.number in mine.get(at("seat_list")).content.decode()
        shown = mine.get(at("seat_view", seat.uid)).content.decode()
        assert "林博士" not in shown, "who to contact is not the judge's to know"
        points = {each["code"]: "88" for each in review.criteria}
        assert mine.post(at("seat_view", seat.uid), points).status_code == 302
    assert officer.post(at("review_close", row.uid), {"opinion": "同意"}).status_code == 302
    assert "88.00" in officer.get(at("application_view", row.uid)).content.decode()
    refused = officer.post(at("decision_make", row.uid), {"verdict": "admit"})
    assert refused.status_code == 409
    assert lead.post(at("decision_make", row.uid), {"verdict": "admit", "place": "A-03"}).status_code == 302
    printed = officer.post(at("decision_print", row.uid), follow=True)
    assert printed.status_code == 200
    unsigned = officer.post(at("decision_confirm", row.uid))
    assert "还没有签字盖章传回" in unsigned.content.decode()


def test_a_judge_sees_own_seats_only_and_none_once_recused(world: Any) -> None:
    row = accepted_of(world)
    review = open_review(actor=world.actor("officer"), now=NOW, application=row, judges=judges(world))
    one, other = review.seats.select_related("judge").order_by("id")[:2]
    mine = client_of(world, one.judge.login)
    assert mine.get(at("seat_view", one.uid)).status_code == 200
    assert mine.get(at("seat_view", other.uid)).status_code == 404
    assert mine.get(at("application_view", row.uid)).status_code == 404
    mine.post(at("seat_recuse", one.uid), {"reason": "师生关系"})
    one.refresh_from_db()
    assert one.state == SeatState.RECUSED
    assert mine.get(at("seat_view", one.uid)).status_code == 404


def test_the_home_side_reads_what_was_sent_to_it_without_contact(world: Any) -> None:
    row, _review = judged_of(world)
    bureau = client_of(world, "bureau")
    assert bureau.get(at("application_view", row.uid)).status_code == 404
    lead = client_of(world, "lead")
    lead.post(at("decision_make", row.uid), {"verdict": "admit"})
    page = bureau.get(at("application_view", row.uid))
    assert page.status_code == 200
    assert "林博士" not in page.content.decode()
    assert client_of(world, "rival_bureau").get(at("application_view", row.uid)).status_code == 404


def test_what_is_missing_is_told_once_from_the_page(world: Any) -> None:
    row, _secret = sent_of(world)
    officer = client_of(world, "officer")
    assert officer.post(at("application_complete", row.uid), {"ask_plan": "没有传"}).status_code == 302
    row.refresh_from_db()
    assert row.missing == [{"question": "plan", "what": "没有传"}]
    again = officer.post(at("application_complete", row.uid), {"ask_plan": "没有传"})
    assert again.status_code == 409


def test_an_application_is_begun_at_the_counter_by_staff_only(world: Any) -> None:
    done = client_of(world, "officer").post(at("application_new"), {"outpost": world.outpost.uid})
    assert "/public/apply/" in done.headers["Location"]
    assert Application.objects.get().origin == "counter"
    for login in ("bureau", "tenant", "admin"):
        refused = client_of(world, login).post(at("application_new"), {"outpost": world.outpost.uid})
        assert refused.status_code == 409
    elsewhere = client_of(world, "rival").post(at("application_new"), {"outpost": world.outpost.uid})
    assert elsewhere.status_code == 404


def test_a_judge_begins_at_the_own_seats(world: Any) -> None:
    world.user("judge", "judge", outpost=world.outpost)
    page = client_of(world, "judge").get(reverse("console:home"), follow=True)
    assert page.redirect_chain[-1][0] == at("seat_list")
    assert "现在没有请您评的申请" in page.content.decode()


def test_an_account_applies_with_what_is_known_and_follows_it(world: Any) -> None:
    row = accepted_of(world)
    organization = world.users["tenant"].memberships.get().organization
    row.organization = organization
    row.save()
    tenant = client_of(world, "tenant")
    assert row.number in tenant.get(reverse("workspace:application_list")).content.decode()
    page = tenant.get(reverse("workspace:application_view", args=[row.uid])).content.decode()
    assert "本中心无湿实验条件" in page
    world.lead(name="别的", sponsor=organization.name)
    begun = tenant.post(reverse("workspace:application_new"), {"outpost": "yunbin"})
    assert "/public/apply/" in begun.headers["Location"]
    assert Application.objects.order_by("-id")[0].applicant == organization.name
    other = sent_of(world, applicant="别人的")[0]
    assert tenant.get(reverse("workspace:application_view", args=[other.uid])).status_code == 404


def test_the_list_costs_the_same_queries_at_three_rows(world: Any) -> None:
    officer = client_of(world, "officer")
    assert_same_queries(lambda n: [sent_of(world) for _each in range(n)], lambda: officer.get(at("application_list")))
    assert Application.objects.filter(state=ApplicationState.SUBMITTED).count() >= 3


def ready_to_sign(world: Any) -> Application:
    """Approved, with everything that the pipeline asks of a signing."""
    row = approved_of(world)
    act: dict[str, Any] = {"actor": world.actor("lead"), "now": world.now}
    for key in ("draft_agreement", "legal_opinion", "finance_opinion", "fair_competition_opinion"):
        record_opinion(project=project_of(row), key=key, done=True, note="齐", **act)
    project = project_of(row)
    update_project(project=project, version=project.version, values={"major": False}, **act)
    return row


def test_signing_with_a_room_begins_the_tenancy_in_the_same_step(world: Any) -> None:
    row, (room, *_rest) = ready_to_sign(world), floor_of(world)
    lead = client_of(world, "lead")
    given: dict[str, Any] = {
        "signed_on": "2026-11-23",
        "investor": "砚澈微流控",
        "term_from": "2026-12-01",
        "units": [room.pk],
        "programme": "incubation",
        "rent": "3000元",
        "due_day": "10",
    }

    def sign(**more: Any) -> Any:
        return lead.post(at("agreement_sign", row.uid), {**given, "scan": SimpleUploadedFile("协议.pdf", PDF), **more})

    assert "选了房间就要填写" in sign().content.decode()
    late = sign(term_to="2029-12-31")
    assert late.status_code == 409
    assert "2028-12-31" in late.content.decode(), "until when the head lease lets"
    assert not Tenancy.objects.exists()
    row.refresh_from_db()
    assert row.state == ApplicationState.APPROVED, "neither without the other"
    assert sign(term_to="2027-11-30").status_code == 302
    tenancy = Tenancy.objects.get()
    row.refresh_from_db()
    assert (row.state, tenancy.agreement, tenancy.ends_on) == (
        ApplicationState.ADMITTED,
        row.agreement,
        date(2027, 11, 30),
    )
    assert tenancy.units.get().unit == room
    assert "登记租期、工位和费用" not in lead.get(at("application_view", row.uid)).content.decode()


def test_signing_without_a_room_leaves_it_for_later(world: Any) -> None:
    row = ready_to_sign(world)
    given = {"signed_on": "2026-11-23", "investor": "砚澈微流控", "scan": SimpleUploadedFile("协议.pdf", PDF)}
    assert client_of(world, "lead").post(at("agreement_sign", row.uid), given).status_code == 302
    assert not Tenancy.objects.exists()
