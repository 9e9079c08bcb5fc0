"""Accounts: opened by invitation, closed and opened again, and the trail agrees with the rows."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.contrib.auth.hashers import make_password

from feidi.engines.findings import RefusedError
from feidi.kernel.access import actor_for_user
from feidi.kernel.audit.models import AuditEntry
from feidi.kernel.audit.verify import verify
from feidi.kernel.identity.access import can_view, visible_to
from feidi.kernel.identity.models import Invitation, User
from feidi.kernel.identity.services.invitations import (
    accept_invitation,
    get_invitation,
    invite_user,
    renew_invitation,
)
from feidi.kernel.identity.services.users import add_user, change_password, close_user, reopen_user, update_user
from tests.kernel.identity.people import ADMIN, PASSWORD, a_user, themselves

pytestmark = pytest.mark.django_db
NEW = "binhai-harbour-88"


def invited(now: datetime, login: str = "wang.wu") -> tuple[User, str]:
    return invite_user(
        actor=ADMIN, now=now, login=login, display_name="王五", email=" Wang@Example.cn ", phone="13900001234"
    )


def refused(do: object) -> str:
    try:
        do()  # type: ignore[operator]
    except RefusedError as error:
        return error.refusal.code
    return ""


def test_an_invited_user_sets_a_password_once(now: datetime) -> None:
    user, token = invited(now)
    assert (user.email, user.has_usable_password()) == ("wang@example.cn", False)
    assert token not in Invitation.objects.get().token_digest
    # looking spends nothing, a poor password neither
    assert get_invitation(now=now, token=token).user == user
    assert refused(lambda: accept_invitation(now=now, token=token, password="12345")) == "identity.password_weak"
    accepted = accept_invitation(now=now + timedelta(hours=71), token=token, password=NEW)
    assert (accepted, accepted.check_password(NEW), accepted.must_change_password) == (user, True, False)
    again = refused(lambda: accept_invitation(now=now, token=token, password=PASSWORD))
    assert again == "identity.invitation_closed"
    assert AuditEntry.objects.filter(subject_kind="identity.user", action="password_set").count() == 1
    assert verify().faults == ()


def test_a_link_ends_by_time_by_a_newer_one_and_with_the_account(now: datetime) -> None:
    user, first = invited(now)
    assert refused(lambda: get_invitation(now=now + timedelta(hours=72), token=first)) == "identity.invitation_closed"
    second = renew_invitation(actor=ADMIN, now=now, user=user, reason="没收到")
    assert refused(lambda: get_invitation(now=now, token=first)) == "identity.invitation_closed"
    assert get_invitation(now=now, token=second).user == user
    close_user(actor=ADMIN, now=now, user=user, reason="弄错了人")
    assert refused(lambda: get_invitation(now=now, token=second)) == "identity.invitation_closed"
    assert refused(lambda: renew_invitation(actor=ADMIN, now=now, user=user, reason="")) == "identity.closed"
    assert refused(lambda: get_invitation(now=now, token="")) == "identity.invitation_closed"


def test_only_who_manages_accounts_does_any_of_it_and_nobody_to_themselves(now: datetime) -> None:
    user = a_user(now)
    actor = themselves(user, now)
    does = {
        "invite": lambda: invite_user(actor=actor, now=now, login="x1", display_name="x"),
        "link": lambda: renew_invitation(actor=actor, now=now, user=user, reason="x"),
        "update": lambda: update_user(actor=actor, now=now, user=user, display_name="y"),
        "reopen": lambda: reopen_user(actor=actor, now=now, user=user, reason="x"),
    }
    assert {name: refused(do) for name, do in does.items()} == dict.fromkeys(does, "identity.not_permitted")
    own = actor_for_user(user, now)
    admin = replace(ADMIN, user_id=user.pk)
    assert refused(lambda: close_user(actor=own, now=now, user=user, reason="x")) == "identity.not_permitted"
    assert refused(lambda: close_user(actor=admin, now=now, user=user, reason="x")) == "identity.not_yourself"
    assert list(visible_to(actor, User.objects.all())) == []
    assert not can_view(actor, user)
    assert list(visible_to(ADMIN, User.objects.all())) == [user]
    assert can_view(ADMIN, user)


def test_closing_ends_sessions_for_good(now: datetime) -> None:
    user = a_user(now)
    stood = user.get_session_auth_hash()
    assert refused(lambda: close_user(actor=ADMIN, now=now, user=user, reason="")) == "identity.reason_needed"
    close_user(actor=ADMIN, now=now, user=user, reason="离岗")
    reopen_user(actor=ADMIN, now=now, user=user, reason="返岗")
    assert user.is_active
    assert user.get_session_auth_hash() != stood
    assert [each.reason for each in AuditEntry.objects.filter(subject_uid=user.uid).order_by("id")] == [
        "", "离岗", "返岗",
    ]  # fmt: skip


def test_a_changed_first_password_leaves_the_trail_true(now: datetime) -> None:
    user = add_user(actor=ADMIN, now=now, login="zhao.liu", display_name="赵六", password=PASSWORD)
    change_password(actor=themselves(user, now), now=now, user=user, password=NEW)
    user.refresh_from_db()
    assert not user.must_change_password
    assert verify().faults == ()


def test_a_published_password_is_hashed_once_for_all_and_still_held_to_the_rules(now: datetime) -> None:
    encoded = make_password(PASSWORD)
    act = {"actor": ADMIN, "now": now, "encoded": encoded}
    for login in ("one", "other"):
        assert add_user(login=login, display_name=login, password=PASSWORD, **act).check_password(PASSWORD)
    assert refused(lambda: add_user(login="third", display_name="third", password="123456", **act))
