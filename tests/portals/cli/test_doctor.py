"""``feidi doctor`` finds what is planted."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from feidi.domain.parties.models import Membership
from feidi.kernel.access import Actor, ActorKind, schedule_actor
from feidi.kernel.audit import recorded, triggers
from feidi.kernel.backup.making import LAST_BACKUP
from feidi.kernel.calendar.models import HolidayNotice
from feidi.kernel.content.models import ContentRevision
from feidi.kernel.identity.models import User
from feidi.kernel.jobs.enums import JobState, ProcessKind
from feidi.kernel.jobs.models import Job, Schedule
from feidi.kernel.jobs.services import enqueue
from feidi.kernel.jobs.worker import beat
from feidi.kernel.messages import known_codes
from feidi.portals.cli.checkup import State
from feidi.portals.cli.checkup.texts import TEXTS
from feidi.portals.cli.commands import doctor_command
from feidi.portals.cli.main import main
from feidi.portals.ui import clock

pytestmark = pytest.mark.django_db
ACTOR = Actor(kind=ActorKind.COMMAND, label="test")


@pytest.fixture(autouse=True)
def _in_order(settings: Any, cn_content: None, now: datetime, tmp_path: Path) -> None:
    """An installation in which everything is in order."""
    settings.FEIDI_HOME = tmp_path
    settings.FEIDI_KEYS = tmp_path / "keys"
    settings.FEIDI_FILES = tmp_path / "files"
    settings.FEIDI_KEYS.mkdir(mode=0o700)
    for name in ("secret.key", "fields.keys"):
        (settings.FEIDI_KEYS / name).touch(mode=0o600)
    settings.FEIDI_HTTPS = True
    settings.ALLOWED_HOSTS = ["enclave.example.cn"]
    backed_up(tmp_path, now, "0" * 64)
    beat("w", ProcessKind.WORKER, now)
    beat("s", ProcessKind.SCHEDULER, now)
    HolidayNotice.objects.create(year=2027, source="test", recorded_by="test", recorded_at=now)


def backed_up(home: Path, at: datetime, head: str, path: str = "/srv/backup/b.tar.gz") -> None:
    note = {"at": at.isoformat(), "path": path, "audit": {"head": head, "total": 7}}
    (home / LAST_BACKUP).write_text(json.dumps(note))


def found(now: datetime) -> dict[str, State]:
    checks, _items = doctor_command.examine(now)
    # the moment of the tests is not that of the database server
    return {each.code: each.state for each in checks if each.state is not State.OK and each.code != "clocks_apart"}


@pytest.mark.postgresql
def test_a_server_with_another_clock_is_found(now: datetime) -> None:
    codes = {each.code for each in doctor_command.examine(now)[0]}
    assert ("clocks_apart" in codes, "clock" in codes) == (True, False)
    codes = {each.code for each in doctor_command.examine(clock.now())[0]}
    assert ("clocks_apart" in codes, "clock" in codes) == (False, True)


def test_all_in_order(now: datetime) -> None:
    assert found(now) == {}


def poor_password(now: datetime, settings: Any) -> None:
    user = User(login="weak", display_name="w", created_at=now)
    user.set_password("weak")
    user.save()


def open_keys(now: datetime, settings: Any) -> None:
    settings.FEIDI_KEYS.chmod(0o755)


def keys_among_files(now: datetime, settings: Any) -> None:
    settings.FEIDI_FILES = settings.FEIDI_HOME


def silent(now: datetime, settings: Any) -> None:
    beat("w", ProcessKind.WORKER, now - timedelta(minutes=2))


def late(now: datetime, settings: Any) -> None:
    Schedule.objects.create(code="x", every_seconds=60, next_run=now - timedelta(hours=1))


def waiting(now: datetime, settings: Any) -> None:
    enqueue("jobs.prune", actor=schedule_actor("x"), now=now - timedelta(hours=1), title="x")


def failed(now: datetime, settings: Any) -> None:
    Job.objects.create(
        kind="x", title="x", requested_by_label="x", created_at=now, finished_at=now, state=JobState.FAILED
    )


def no_triggers(now: datetime, settings: Any) -> None:
    triggers.drop(connection)


def clock_behind(now: datetime, settings: Any) -> None:
    with recorded(actor=ACTOR, now=now + timedelta(hours=2)) as unit:
        unit.acted("x", kind="identity.user", uid="abcdefghjkmn")


def tail_cut(now: datetime, settings: Any) -> None:
    backed_up(settings.FEIDI_HOME, now, "f" * 64)


def old_backup(now: datetime, settings: Any) -> None:
    backed_up(settings.FEIDI_HOME, now - timedelta(days=9), "0" * 64)


def beside_keys(now: datetime, settings: Any) -> None:
    backed_up(settings.FEIDI_HOME, now, "0" * 64, path=str(settings.FEIDI_KEYS / "b.tar.gz"))


def no_backup(now: datetime, settings: Any) -> None:
    (settings.FEIDI_HOME / LAST_BACKUP).unlink()


def debug(now: datetime, settings: Any) -> None:
    settings.DEBUG = True


def any_host(now: datetime, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["*"]


def no_https(now: datetime, settings: Any) -> None:
    settings.FEIDI_HTTPS = False


def sms_nowhere(now: datetime, settings: Any) -> None:
    settings.FEIDI_SMS_GATEWAY = "http"


def sms_to_a_file(now: datetime, settings: Any) -> None:
    settings.FEIDI_SMS_GATEWAY = "log"


def oidc_in_clear(now: datetime, settings: Any) -> None:
    settings.FEIDI_OIDC_ISSUER, settings.FEIDI_OIDC_CLIENT_ID = "http://id.example.cn", "feidi"


def no_content(now: datetime, settings: Any) -> None:
    ContentRevision.objects.all().delete()


def other_content(now: datetime, settings: Any) -> None:
    ContentRevision.objects.filter(path="enclave/roles.yaml", place="cn").update(sha256="0" * 64)


def no_next_year(now: datetime, settings: Any) -> None:
    HolidayNotice.objects.filter(year=2027).delete()


@pytest.mark.parametrize(
    ("plant", "code", "state"),
    [
        (poor_password, "passwords_poor", State.PROBLEM),
        (open_keys, "keys_open", State.PROBLEM),
        (keys_among_files, "keys_among_files", State.PROBLEM),
        (silent, "worker_silent", State.PROBLEM),
        (late, "schedules_late", State.PROBLEM),
        (waiting, "jobs_waiting", State.PROBLEM),
        (failed, "jobs_failed", State.NOTE),
        (no_triggers, "audit_triggers_missing", State.PROBLEM),
        (clock_behind, "clock_behind", State.PROBLEM),
        (tail_cut, "audit_tail_cut", State.PROBLEM),
        (old_backup, "backup_old", State.PROBLEM),
        (beside_keys, "backup_beside_keys", State.PROBLEM),
        (no_backup, "backup_never", State.PROBLEM),
        (debug, "debug_on", State.PROBLEM),
        (any_host, "hosts_any", State.PROBLEM),
        (no_https, "https_off", State.PROBLEM),
        (sms_nowhere, "sms_incomplete", State.PROBLEM),
        (sms_to_a_file, "sms_log", State.PROBLEM),
        (oidc_in_clear, "oidc_incomplete", State.PROBLEM),
        (no_content, "content_missing", State.FATAL),
        (other_content, "content_differs", State.NOTE),
        (no_next_year, "calendar_next_year_provisional", State.NOTE),
    ],
)
def test_what_is_planted_is_found(
    plant: Callable[[datetime, Any], None], code: str, state: State, now: datetime, settings: Any
) -> None:
    plant(now, settings)
    assert found(now) == {code: state}


def test_in_a_demonstration_what_is_unsafe_is_a_note(now: datetime, settings: Any) -> None:
    no_https(now, settings)
    no_backup(now, settings)
    settings.FEIDI_DEMONSTRATION = True
    assert set(found(now).values()) == {State.NOTE}


def protection(now: datetime) -> dict[str, str]:
    return {each.name: each.state.value for each in doctor_command.examine(now)[1]}


def test_the_self_check_list_follows_the_facts(now: datetime, settings: Any) -> None:
    items = protection(now)
    assert (items["独立的审计账号"], items["本地数据备份"], items["鉴别信息防窃听"]) == ("not_met", "met", "met")
    assert items["定级备案"] == "to_confirm"
    user = User.objects.create(login="auditor", display_name="a", created_at=now)
    auditing = Membership.objects.create(user=user, role="auditor", valid_from=now.date(), created_at=now)
    no_https(now, settings)
    no_triggers(now, settings)
    items = protection(now)
    assert (items["独立的审计账号"], items["鉴别信息防窃听"], items["审计记录受保护"]) == ("met", "not_met", "not_met")
    assert items["管理用户权限分离"] == "met"
    Membership.objects.create(user=user, role="administrator", valid_from=now.date(), created_at=now)
    assert protection(now)["管理用户权限分离"] == "not_met"
    auditing.delete()
    assert protection(now)["管理用户权限分离"] == "met"


def test_status_and_json(capsys: pytest.CaptureFixture[str], settings: Any) -> None:
    settings.DEBUG = True
    assert main(["doctor", "--json"]) == 1
    answer = json.loads(capsys.readouterr().out)
    (told,) = [each for each in answer["checks"] if each["code"] == "debug_on"]
    assert (told["state"], "DEBUG" in told["fix"]) == ("problem", True)
    assert {each["state"] for each in answer["protection"]} <= {"met", "not_met", "to_confirm"}
    no_content(None, settings)  # type: ignore[arg-type]
    assert main(["doctor"]) == 2
    assert "等保二级自查表" in capsys.readouterr().out


def test_every_answer_has_its_words() -> None:
    assert set(TEXTS) <= known_codes()
