"""Installations of their own: an embedded one, and on PostgreSQL a fresh database each."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.support.home import ON_POSTGRESQL
from tests.support.installation import Installation

MakePlace = Callable[..., Installation]
VENDOR = "postgresql" if ON_POSTGRESQL else "sqlite"


FILL = """
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo
from django.conf import settings
from feidi.domain.parties.models import ContactPoint, Outpost
from feidi.domain.parties.services.memberships import add_membership
from feidi.domain.parties.services.persons import add_contact_point, find_or_add_person
from feidi.kernel.access import Actor, ActorKind, Grant, Scope, ScopeKind
from feidi.kernel.identity.models import SignInAttempt, User
from feidi.kernel.identity.services.users import add_user
from feidi.kernel.jobs.models import Job

now = datetime(2026, 11, 23, 9, 30, 15, 123456, tzinfo=ZoneInfo("Asia/Shanghai"))
outpost = Outpost.objects.first()
grant = Grant("officer", frozenset({"party.edit"}), Scope(ScopeKind.OUTPOST, outpost.pk))
actor = Actor(kind=ActorKind.COMMAND, label="test", grants=(grant,))
for n in range(3):
    add_user(actor=actor, now=now + timedelta(minutes=n), login=f"user{n}", display_name=f"用户{n}",
             password="correct horse battery", must_change=False)
add_membership(actor=actor, now=now, user=User.objects.get(login="user0"), role="administrator",
               valid_from=date(2020, 1, 1))
person = find_or_add_person(actor=actor, now=now, outpost=outpost, name="李博士")
add_contact_point(actor=actor, now=now, outpost=outpost, person=person, kind="phone", value="13800001234")
assert ContactPoint.objects.count() == 1
SignInAttempt.objects.create(login="user0", address="2001:db8::1", succeeded=True, at=now)
Job.objects.create(kind="x", title="“标题”\\n二", requested_by_label="t", created_at=now, finished_at=now, state="done",
                   arguments={"date": "2026-01-01", "nested": [1, None, {"二": "2"}]}, result={"rows": 10**12},
                   task_id="12345678-1234-5678-1234-567812345678")
folder = settings.FEIDI_FILES / "ab"
folder.mkdir(parents=True)
(folder / "scan.pdf").write_bytes(bytes(range(256)) * 500)
"""


def new_place(home: Path, vendor: str, databases: list[str]) -> Installation:
    """Return an empty place of its own; a database made for it is noted in ``databases``."""
    home.mkdir()
    if vendor == "sqlite":
        return Installation(home)
    databases.append(f"place_{secrets.token_hex(6)}")
    _administer(f"CREATE DATABASE {databases[-1]}")
    return Installation(home, url=f"postgres://postgres@{quote(_socket(), safe='')}/{databases[-1]}")


@pytest.fixture
def make_place(tmp_path: Path, django_db_setup: None) -> Iterator[MakePlace]:
    """``make_place(name)`` gives an empty place on the database of this run (``vendor``: on that one)."""
    databases: list[str] = []

    def make(name: str, vendor: str = VENDOR) -> Installation:
        return new_place(tmp_path / name, vendor, databases)

    yield make
    for each in databases:
        _administer(f"DROP DATABASE {each} WITH (FORCE)")


@dataclass(frozen=True)
class Source:
    """A place with rows of every sort, and its backup. Read only: the tests of a session share it."""

    place: Installation
    archive: Path
    keys: Path


def make_source(place: Installation) -> Source:
    """Fill a place and back it up."""
    for done in (place.run("migrate", "--place", "yunxi"), place.python(FILL)):
        assert done.status == 0, done.out + done.err
    archive, keys = place.home / "backup.tar.gz", place.home / "keys.json"
    done = place.run("backup", str(archive), "--keys-to", str(keys), "--json")
    assert done.status == 0, done.out + done.err
    return Source(place, archive, keys)


@pytest.fixture(scope="session")
def source(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None) -> Iterator[Source]:
    """The shared source on the database of this run."""
    databases: list[str] = []
    yield make_source(new_place(tmp_path_factory.mktemp("source") / "old", VENDOR, databases))
    for each in databases:
        _administer(f"DROP DATABASE {each} WITH (FORCE)")


def _socket() -> str:
    from tests.support import cluster

    return str(cluster.socket_folder())


def _administer(statement: str) -> None:
    import psycopg

    with psycopg.connect(host=_socket(), user="postgres", dbname="postgres", autocommit=True) as connection:
        connection.execute(statement)  # type: ignore[call-overload]
