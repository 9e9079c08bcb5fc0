"""Registering: in or on the list in order; once per person; sealed, masked, mailed; out again lets the first waiter in."""

from __future__ import annotations

import json
import random
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from feidi.domain.parties.services.organizations import find_or_add_organization
from feidi.domain.roadshow.enums import RegisteredBy, RegistrationState
from feidi.domain.roadshow.models import Activity, Registration
from feidi.domain.roadshow.selectors.tickets import registration_of_token, token_of
from feidi.domain.roadshow.services.activities import close_registration
from feidi.domain.roadshow.services.registrations import (
    cancel_by_link,
    cancel_registration,
    register,
    resend_ticket,
)
from feidi.domain.roadshow.services.sealed import erase_past, erase_registrant, unmask_registrant
from feidi.engines.findings import RefusedError
from feidi.kernel.access import ANONYMOUS, schedule_actor
from feidi.kernel.audit.models import AuditEntry
from feidi.kernel.audit.verify import verify
from feidi.kernel.notify.models import Mail
from feidi.kernel.notify.sealed_body import unseal_body
from tests.support.activities import entered, joined, opened, person
from tests.support.world import World

pytestmark = pytest.mark.django_db


def refused(code: str) -> Any:
    return pytest.raises(RefusedError, match=code)


def states(activity: Activity) -> list[str]:
    return list(activity.registrations.order_by("position").values_list("state", flat=True))


def test_places_go_in_order_and_the_rest_waits(world: World) -> None:
    row = opened(world)
    people = [joined(world, row, n) for n in range(4)]
    assert [each.position for each in people] == [1, 2, 3, 4]
    assert states(row) == ["registered", "registered", "waiting", "waiting"]
    assert [each.subject.partition("：")[0] for each in Mail.objects.order_by("pk")] == [
        "报名成功", "报名成功", "候补登记", "候补登记",
    ]  # fmt: skip


def test_the_ticket_comes_by_mail_with_qr_and_calendar_entry(world: World) -> None:
    row = joined(world, opened(world), 1)
    mail = Mail.objects.get()
    body = unseal_body(mail.body_enc, mail.uid)
    assert row.code in body.text
    assert f"/events/ticket/{token_of(row)}/" in body.text
    assert [each.name for each in body.attachments] == ["ticket.png", "activity.ics"]
    assert body.attachments[0].data.startswith(b"\x89PNG")
    assert b"SUMMARY:" in body.attachments[1].data


def test_contacts_are_sealed_masked_and_not_in_the_trail(world: World) -> None:
    row = joined(world, opened(world), 1)
    assert (row.phone_hint, row.mail_hint) == ("138****0001", "g***@example.cn")
    assert b"13800000001" not in bytes(row.phone_enc)
    told = json.dumps(list(AuditEntry.objects.values_list("changes", "state")), ensure_ascii=False, default=str)
    assert all(each not in told for each in ("13800000001", "guest1@example.cn", "来宾1"))
    act: dict[str, Any] = {"now": world.now, "registration": row}
    with refused("roadshow.unmask_needs_reason"):
        unmask_registrant(actor=world.actor("officer"), why=" ", **act)
    with refused("not_permitted"):
        unmask_registrant(actor=world.actor("bureau"), why="看看", **act)
    seen = unmask_registrant(actor=world.actor("officer"), why="通知改期", **act)
    assert (seen.phone, seen.mail) == ("13800000001", "guest1@example.cn")
    assert AuditEntry.objects.get(subject_uid=row.uid, action="unmasked").reason == "通知改期"


@pytest.mark.parametrize(
    "again", [{"mail": "other@example.cn"}, {"phone": "13900000009"}, {"mail": "GUEST1@example.cn", "phone": ""}]
)
def test_one_registration_per_person(world: World, again: dict[str, str]) -> None:
    row = opened(world)
    joined(world, row, 1)
    with refused("roadshow.registered_already"):
        joined(world, row, 1, **again)
    assert row.registrations.count() == 1


def test_the_database_holds_one_per_phone_too(world: World) -> None:
    first = joined(world, opened(world), 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Registration.objects.create(
            activity=first.activity, position=9, state="registered", origin="staff", name="重复", code="XXXXXX",
            phone_index=first.phone_index, consent_version="1", consent_sha256="x", registered_at=world.now,
            recorded_by="x", created_at=world.now,
        )  # fmt: skip


def test_who_cancelled_may_register_again_behind_the_others(world: World) -> None:
    row = opened(world, capacity=1)
    first = joined(world, row, 1)
    joined(world, row, 2)
    cancel_by_link(now=world.now, registration=first)
    again = joined(world, row, 1)
    assert (again.position, again.state) == (3, RegistrationState.WAITING)


@pytest.mark.parametrize(
    ("code", "more"),
    [
        ("roadshow.consent_needed", {"consent": False}),
        ("roadshow.name_needed", {"name": " "}),
        ("roadshow.contact_needed", {"phone": "", "mail": ""}),
        ("roadshow.mail_malformed", {"mail": "guest@"}),
        ("parties.phone_malformed", {"phone": "12345"}),
    ],
)
def test_what_is_missing_is_said(world: World, code: str, more: dict[str, Any]) -> None:
    row = opened(world)
    with refused(code):
        joined(world, row, 1, **more)
    row.refresh_from_db()
    assert row.last_position == 0


def test_answers_are_read_by_their_kind_all_remarks_at_once(world: World) -> None:
    row = opened(world, kind="matchmaking")
    with pytest.raises(RefusedError) as error:
        joined(world, row, 1, answers={"people": "三"})
    found = {each.column: each.code for each in error.value.refusal.reasons}
    assert found == {"need": "roadshow.answer_missing", "people": "roadshow.answer_number"}
    good = joined(world, row, 1, answers={"need": "找低温阀门", "people": "3"})
    assert good.answers == {"need": "找低温阀门", "people": "3"}


def test_outside_the_window_nobody_gets_in_but_by_staff(world: World) -> None:
    row = opened(world, opens_at=world.now + timedelta(hours=1), closes_at=world.now + timedelta(hours=2))
    with refused("roadshow.registration_not_yet"):
        joined(world, row, 1)
    joined(world, row, 1, now=world.now + timedelta(hours=1))
    with refused("roadshow.registration_over"):
        joined(world, row, 2, now=world.now + timedelta(hours=2))
    close_registration(actor=world.actor("officer"), now=world.now, activity=row)
    with refused("roadshow.registration_closed"):
        joined(world, row, 2, now=world.now + timedelta(hours=1))
    late = register(
        actor=world.actor("officer"), now=world.now, activity=row, registrant=person(2), origin=RegisteredBy.STAFF
    )
    assert late.state == RegistrationState.REGISTERED
    with refused("not_permitted"):
        register(
            actor=world.actor("tenant"), now=world.now, activity=row, registrant=person(3), origin=RegisteredBy.STAFF
        )


def test_too_many_from_one_address(world: World) -> None:
    row = opened(world, capacity=None)
    for n in range(30):
        register(actor=ANONYMOUS, now=world.now, activity=row, registrant=person(n), origin_digest="here")
    with refused("roadshow.too_often"):
        register(actor=ANONYMOUS, now=world.now, activity=row, registrant=person(99), origin_digest="here")
    register(actor=ANONYMOUS, now=world.now, activity=row, registrant=person(99), origin_digest="there")


def test_an_organization_that_the_outpost_knows_is_recognized(world: World) -> None:
    firm = find_or_add_organization(
        actor=world.actor("officer"), now=world.now, outpost=world.outpost, name="滨海某某传感器有限公司"
    )
    row = opened(world)
    assert joined(world, row, 1, organization_name="滨海某某传感器有限公司").organization == firm
    assert joined(world, row, 2, organization_name="没听过的公司").organization is None


def test_the_first_waiter_moves_up_once_and_is_mailed_once(world: World) -> None:
    row = opened(world, capacity=1)
    people = [joined(world, row, n) for n in range(3)]
    before = Mail.objects.count()
    cancel_by_link(now=world.now, registration=people[0])
    assert states(row) == ["cancelled", "registered", "waiting"]
    assert [each.subject for each in Mail.objects.order_by("pk")[before:]] == ["候补成功：低温介质沙龙"]
    people[0].refresh_from_db()
    with refused("roadshow.registration_cancelled"):
        cancel_registration(actor=world.actor("officer"), now=world.now, registration=people[0], reason="再来")
    assert states(row) == ["cancelled", "registered", "waiting"]


def test_a_cancelled_ticket_opens_nothing(world: World) -> None:
    row = opened(world)
    first = joined(world, row, 1)
    token = token_of(first)
    assert registration_of_token(token).pk == first.pk
    cancel_by_link(now=world.now, registration=first)
    for bad in (token, "", "x" * 400, token[:-1]):
        with refused("roadshow.ticket_unknown"):
            registration_of_token(bad)


def test_resent_it_is_the_same_ticket(world: World) -> None:
    row = joined(world, opened(world), 1)
    token = token_of(row)
    assert resend_ticket(actor=world.actor("officer"), now=world.now, registration=row) is True
    assert token_of(Registration.objects.get(pk=row.pk)) == token
    assert Mail.objects.count() == 2
    with refused("not_permitted"):
        resend_ticket(actor=world.actor("bureau"), now=world.now, registration=row)


def test_who_came_or_is_late_does_not_cancel(world: World) -> None:
    row = opened(world)
    first, second = joined(world, row, 1), joined(world, row, 2)
    entered(world, first)
    with refused("roadshow.came_already"):
        cancel_by_link(now=world.now, registration=first)
    with refused("roadshow.activity_ended"):
        cancel_by_link(now=row.ends_at, registration=second)


@pytest.mark.parametrize("seed", [*range(4), *(pytest.param(each, marks=pytest.mark.slow) for each in range(4, 12))])
def test_whatever_happens_the_list_is_served_in_order(world: World, seed: int) -> None:
    """Registrations and cancellations in any order: full while somebody waits, and nobody overtakes."""
    chance = random.Random(seed)
    row = opened(world, capacity=chance.randint(1, 4))
    known: list[Registration] = []
    for step in range(25):
        live = [each for each in known if Registration.objects.get(pk=each.pk).state != "cancelled"]
        if live and chance.random() < 0.4:
            gone = Registration.objects.select_related("activity__outpost__home").get(pk=chance.choice(live).pk)
            cancel_by_link(now=world.now, registration=gone)
        else:
            known.append(joined(world, row, step, mail=""))
        rows = list(row.registrations.exclude(state="cancelled").order_by("position"))
        inside = [each.position for each in rows if each.state == "registered"]
        waiting = [each.position for each in rows if each.state == "waiting"]
        assert len(inside) == min(len(rows), row.capacity or 0)
        assert not waiting or max(inside) < min(waiting)
    assert verify().faults == ()


def test_contacts_are_erased_when_their_time_is_over(world: World) -> None:
    row = opened(world)
    first = joined(world, row, 1, organization_name="某公司")
    job = {"actor": schedule_actor("roadshow.activities")}
    assert erase_past(now=row.ends_at + timedelta(days=90), **job) == 0
    assert erase_past(now=row.ends_at + timedelta(days=91), **job) == 1
    assert erase_past(now=row.ends_at + timedelta(days=92), **job) == 0
    first.refresh_from_db()
    assert (first.name, first.phone_hint, bytes(first.mail_enc), first.answers) == ("来**", "", b"", {})
    assert first.organization_name == "某公司"
    mail = Mail.objects.get()
    assert (bytes(mail.to_enc), mail.to_hint, mail.subject) == (b"", "", "报名成功：低温介质沙龙")
    with refused("roadshow.erased"):
        unmask_registrant(actor=world.actor("officer"), now=world.now, registration=first, why="看看")
    assert verify().faults == ()


def test_a_registrant_is_erased_at_their_wish(world: World) -> None:
    first = joined(world, opened(world), 1)
    with refused("roadshow.reason_needed"):
        erase_registrant(actor=world.actor("officer"), now=world.now, registration=first, reason="")
    erase_registrant(actor=world.actor("officer"), now=world.now, registration=first, reason="本人要求")
    with pytest.raises(IntegrityError), transaction.atomic():
        Registration.objects.filter(pk=first.pk).update(phone_hint="138****0001")


def test_who_registers_in_english_is_written_to_in_english(world: World) -> None:
    from django.utils import translation

    row = opened(world, title_en="Salon on cold media")
    with translation.override("en"):
        first = joined(world, row, 1)
    assert first.language == "en"
    assert "Salon on cold media" in Mail.objects.get().subject
