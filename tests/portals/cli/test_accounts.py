"""``feidi user``, ``audit`` and ``events``."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from feidi.domain.parties.models import Membership
from feidi.kernel.audit import triggers
from feidi.kernel.audit.models import AuditLink
from feidi.kernel.identity.models import User
from feidi.portals.cli.main import main

pytestmark = pytest.mark.django_db
Run = Callable[..., tuple[int, Any]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """``run(*words, stdin=…)`` runs a command with ``--json``; returns its status and answer."""

    def command(*words: str, stdin: str = "") -> tuple[int, Any]:
        monkeypatch.setattr("sys.stdin", io.StringIO(stdin))
        status = main([*words, "--json"])
        return status, json.loads(capsys.readouterr().out)

    return command


def first_account(run: Run) -> dict[str, Any]:
    status, account = run("user", "add", "Admin", "--name", "管理员", "--role", "administrator")
    assert status == 0
    return account


def test_the_first_account_needs_nobody_to_act_as(run: Run, cn_content: None) -> None:
    account = first_account(run)
    user = User.objects.get(login="admin")
    assert (account["login"], user.check_password(account["password"]), user.must_change_password) == (
        "admin", True, True,
    )  # fmt: skip
    assert [each.role for each in Membership.objects.filter(user=user)] == ["administrator"]
    # account and role are one act
    assert [(link.actor_label, link.count) for link in AuditLink.objects.order_by("-id")[:1]] == [
        ("command:first-start", 2)
    ]


def test_every_later_one_does(run: Run, cn_content: None) -> None:
    first_account(run)
    status, answer = run("user", "add", "second", "--name", "乙")
    assert (status, answer["refused"]) == (1, "cli.as_needed")
    status, answer = run(
        "user", "add", "second", "--name", "乙", "--as", "admin", "--password-stdin", "--keep-password",
        stdin="correct horse battery\n",
    )  # fmt: skip
    assert (status, answer) == (0, {"login": "second", "name": "乙", "role": ""})
    second = User.objects.get(login="second")
    assert (second.check_password("correct horse battery"), second.must_change_password) == (True, False)


def test_a_role_that_cannot_be_given_leaves_no_account(run: Run, cn_content: None) -> None:
    first_account(run)
    words = ("user", "add", "second", "--name", "乙", "--as", "admin")
    assert run(*words, "--role", "nonsense")[1]["refused"] == "parties.role_unknown"
    assert run(*words, "--role", "officer", "--outpost", "nowhere")[1]["refused"] == "cli.scope_unknown"
    assert run(*words, "--password-stdin")[1]["refused"] == "cli.password_needed"
    assert not User.objects.filter(login="second").exists()


def test_an_invited_account_gets_a_link_and_no_password(run: Run, cn_content: None) -> None:
    first_account(run)
    words = ("user", "invite", "second", "--name", "乙", "--role", "administrator", "--site", "https://f.example.cn/")
    assert run(*words)[1]["refused"] == "cli.as_needed"
    status, answer = run(*words, "--as", "admin")
    link = answer.pop("link")
    assert (status, answer) == (0, {"login": "second", "name": "乙", "role": "administrator"})
    assert link.startswith("https://f.example.cn/account/invitation/")
    assert not User.objects.get(login="second").has_usable_password()
    Membership.objects.filter(user__login="second").delete()
    assert run("user", "add", "third", "--name", "丙", "--as", "second")[1]["refused"] == "identity.not_permitted"
    assert run("user", "close", "admin", "--reason", "-", "--as", "second")[1]["refused"] == "identity.not_permitted"


def test_an_account_is_closed_with_a_reason(run: Run, cn_content: None) -> None:
    first_account(run)
    run("user", "add", "second", "--name", "乙", "--as", "admin")
    assert run("user", "close", "second", "--reason", "离职", "--as", "admin") == (
        0, {"login": "second", "active": False},
    )  # fmt: skip
    listed = {each["login"]: each["is_active"] for each in run("user", "list")[1]["users"]}
    assert listed == {"admin": True, "second": False}
    assert run("user", "close", "nobody", "--reason", "-", "--as", "admin")[1]["refused"] == "cli.user_unknown"
    assert run("user", "add", "third", "--name", "丙", "--as", "second")[1]["refused"] == "cli.as_unknown"


def test_an_altered_row_and_an_altered_entry_are_named(
    run: Run, cn_content: None, capsys: pytest.CaptureFixture[str]
) -> None:
    first_account(run)
    status, verdict = run("audit", "verify")
    assert (status, verdict["whole"], verdict["faults"]) == (0, True, [])
    user = User.objects.get()
    User.objects.filter(pk=user.pk).update(display_name="别人")
    status, verdict = run("audit", "verify")
    assert (status, verdict["whole"]) == (1, False)
    assert [(each["code"], each["where"], each["detail"]) for each in verdict["faults"]] == [
        ("row_differs", f"identity.user {user.uid}", "display_name")
    ]
    capsys.readouterr()
    assert main(["audit", "verify"]) == 1
    said = capsys.readouterr().out
    assert "：现在的内容与审计记录不符（display_name）" in said
    assert user.uid in said
    triggers.drop(connection)
    AuditLink.objects.filter(actor_label="command:first-start").update(actor_label="nobody")
    triggers.install(connection)
    assert "link_altered" in {each["code"] for each in run("audit", "verify")[1]["faults"]}


def test_a_manifest_that_cannot_be_read(capsys: pytest.CaptureFixture[str], tmp_path) -> None:
    broken = tmp_path / "manifest.json"
    broken.write_text("{}")
    assert main(["audit", "verify", "--manifest", str(broken)]) == 2
    assert "manifest.json" in capsys.readouterr().err


def test_events_name_their_listeners(run: Run) -> None:
    status, answer = run("events")
    assert status == 0
    events = {each["event"].rpartition(".")[2]: each for each in answer["events"]}
    assert all(each["listeners"] or each["nobody_listens"] for each in events.values())
    assert "project_uid" in events["LandingVerified"]["fields"]
