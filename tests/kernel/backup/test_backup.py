"""A backup is one moment, and comes back whole, elsewhere, on either database."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from feidi.engines.findings import RefusedError
from feidi.kernel.backup.archive import verify_archive
from tests.kernel.backup.conftest import VENDOR, MakePlace, Source, make_source
from tests.support.home import ON_POSTGRESQL
from tests.support.installation import Installation

DUMP = """
import json
from django.core.serializers import serialize
from django.apps import apps
from feidi.kernel.backup.tables import models_to_keep
from django.db import connection
rows = []
for model in models_to_keep(apps, connection.introspection.table_names()):
    rows += json.loads(serialize("json", model._base_manager.order_by("pk")))
print(json.dumps(rows, sort_keys=True))
"""
TABLES = """
from django.db import connection
print(sorted(connection.introspection.table_names()))
"""
#: A place that stood still before the audit trail had its triggers.
OLDER = """
from datetime import datetime, UTC
from django.core.management import call_command
call_command("migrate", "audit", "0001", verbosity=0)
for app in ("identity", "content", "jobs"):
    call_command("migrate", app, verbosity=0)
from feidi.kernel.identity.models import User
User.objects.create(login="early", display_name="早", created_at=datetime(2026, 1, 1, tzinfo=UTC))
"""
WRITER = """
import itertools, signal, sys
from datetime import datetime, timedelta, UTC
from feidi.kernel.access import Actor, ActorKind
from feidi.kernel.audit import recorded
actor = Actor(kind=ActorKind.COMMAND, label="writer")
now = datetime(2026, 11, 23, tzinfo=UTC)
going = [True]
signal.signal(signal.SIGTERM, lambda *_: going.clear())
for n in itertools.count():
    if not going:
        break
    with recorded(actor=actor, now=now + timedelta(seconds=n)) as unit:
        unit.acted("looked", kind="identity.user", uid="abcdefghjkmn", n=n)
        unit.acted("looked", kind="identity.user", uid="abcdefghjkmn", n=n)
    if n == 0:
        print("writing", flush=True)
print(n)
"""


def everything(place: Installation) -> object:
    done = place.python(DUMP)
    assert done.status == 0, done.err
    return done.json


def test_it_comes_back_whole_in_an_empty_place(source: Source, make_place: MakePlace) -> None:
    assert [each.stat().st_mode & 0o777 for each in (source.archive, source.keys)] == [0o600, 0o600]
    new = make_place("new")
    done = new.run("restore", str(source.archive), "--keys", str(source.keys), "--json")
    assert done.status == 0, done.out + done.err
    manifest = verify_archive(source.archive)
    assert {name: done.json[name] for name in ("audit_whole", "links", "files", "missing_keys", "unchecked")} == {
        "audit_whole": True, "links": manifest["audit"]["links"], "files": 1, "missing_keys": [], "unchecked": 0,
    }  # fmt: skip
    assert everything(new) == everything(source.place)
    scan = Path("files") / "ab" / "scan.pdf"
    assert (new.home / scan).read_bytes() == (source.place.home / scan).read_bytes()
    # and life goes on: new rows get new numbers, on the same chain
    verify, add = ("audit", "verify", "--manifest", str(source.archive)), ("user", "add", "later", "--name", "后来")
    for done in new.run_in_turn(verify, (*add, "--as", "user0"), verify):
        assert done.status == 0, done.out + done.err


@pytest.mark.postgresql
@pytest.mark.parametrize(
    ("one", "other"), [("sqlite", "postgresql"), pytest.param("postgresql", "sqlite", marks=pytest.mark.slow)]
)
def test_it_moves_to_the_other_database(
    make_place: MakePlace, request: pytest.FixtureRequest, one: str, other: str
) -> None:
    # the run's own database has a source already
    source = request.getfixturevalue("source") if one == VENDOR else make_source(make_place("old", one))
    new = make_place("new", other)
    done = new.run("restore", str(source.archive), "--keys", str(source.keys), "--json")
    assert done.status == 0, done.out + done.err
    assert done.json["audit_whole"]
    assert everything(new) == everything(source.place)


@pytest.mark.slow
@pytest.mark.sqlite_is_enough
def test_without_keys_it_says_what_stays_closed(source: Source, make_place: MakePlace) -> None:
    done = make_place("new").run("restore", str(source.archive), "--json")
    assert done.status == 0, done.out + done.err
    assert done.json["missing_keys"] == ["k1", "secret"]
    assert done.json["unreadable"] == [{"table": "parties.contactpoint", "column": "value_enc", "count": 1}]
    # the chain holds; the personal fields cannot be compared, because their digests are keyed
    assert (done.json["audit_whole"], done.json["unchecked"] > 0) == (True, True)


def test_no_key_and_no_session_is_in_the_archive(source: Source) -> None:
    folder = source.place.home / "keys"
    secrets = [(folder / name).read_text().split()[-1].encode() for name in ("secret.key", "fields.keys")]
    contents = gzip.decompress(source.archive.read_bytes())
    assert not [secret for secret in secrets if secret in contents]
    with tarfile.open(source.archive) as tar:
        names = tar.getnames()
    assert not [name for name in names if "keys" in name or "session" in name]
    assert names[-1] == "manifest.json"


@pytest.mark.slow
def test_it_is_one_moment_while_being_written_to(make_place: MakePlace) -> None:
    place = make_place("old")
    assert place.run("migrate", "--no-content").status == 0
    made = []
    with place.start_python(WRITER) as writer:
        try:
            assert writer.stdout is not None
            assert writer.stdout.readline() == "writing\n"
            for n in range(3):
                archive = place.home / f"b{n}.tar.gz"
                done = place.run("backup", str(archive), "--json")
                assert done.status == 0, done.err
                made.append((archive, done.json))
        finally:
            writer.terminate()
            out, err = writer.communicate(timeout=20)
    assert int(out) > 0, err
    for _archive, said in made:
        # counted, listed and chained at one and the same moment
        assert said["tables"]["audit.auditentry"] == said["audit"]["total"]
        assert said["tables"]["audit.auditlink"] == said["audit"]["links"]
    totals = [said["audit"]["total"] for _archive, said in made]
    assert 0 < totals[0] < totals[1] < totals[2] <= 2 * int(out)
    done = make_place("new").run("restore", str(made[1][0]), "--json")
    assert (done.status, done.json["audit_whole"], done.json["links"]) == (0, True, totals[1] // 2), done.out


def rewrite(archive: Path, target: Path, change: Callable[[str, bytes], bytes | None]) -> Path:
    """Write a well-formed archive with changed members; None leaves one out."""
    with tarfile.open(archive) as old, tarfile.open(target, "w:gz") as new:
        for info in old:
            stream = old.extractfile(info)
            assert stream is not None
            content = change(info.name, stream.read())
            if content is not None:
                info.size = len(content)
                new.addfile(info, io.BytesIO(content))
    return target


def cut(data: bytes) -> bytes:
    return data[: len(data) * 2 // 3]


def flipped(data: bytes) -> bytes:
    middle = len(data) // 2
    return data[:middle] + bytes([data[middle] ^ 0xFF]) + data[middle + 1 :]


@pytest.mark.parametrize("damage", [cut, flipped])
def test_a_damaged_file_is_refused(source: Source, tmp_path: Path, damage: Callable[[bytes], bytes]) -> None:
    target = tmp_path / "damaged.tar.gz"
    target.write_bytes(damage(source.archive.read_bytes()))
    with pytest.raises(RefusedError) as caught:
        verify_archive(target)
    assert caught.value.refusal.code == "backup.damaged"


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 a zip", gzip.compress(b"no tar", mtime=0), None])
def test_a_foreign_file_is_refused(tmp_path: Path, content: bytes | None) -> None:
    target = tmp_path / "foreign.tar.gz"
    if content is not None:
        target.write_bytes(content)
    with pytest.raises(RefusedError) as caught:
        verify_archive(target)
    assert caught.value.refusal.code == "backup.unreadable"


def without_users(name: str, content: bytes) -> bytes | None:
    return None if name == "tables/identity.user.jsonl" else content


def renamed_user(name: str, content: bytes) -> bytes | None:
    return content.replace("用户1".encode(), "用户9".encode()) if name == "tables/identity.user.jsonl" else content


def without_manifest(name: str, content: bytes) -> bytes | None:
    return None if name == "manifest.json" else content


@pytest.mark.parametrize(
    ("change", "member", "why"),
    [
        (without_users, "tables/identity.user.jsonl", "missing"),
        (renamed_user, "tables/identity.user.jsonl", "checksum"),
        (without_manifest, "manifest.json", "missing"),
    ],
)
def test_a_changed_archive_is_refused_before_anything_is_touched(
    source: Source, tmp_path: Path, change: Callable[[str, bytes], bytes | None], member: str, why: str
) -> None:
    with pytest.raises(RefusedError) as caught:
        verify_archive(rewrite(source.archive, tmp_path / "changed.tar.gz", change))
    assert caught.value.refusal.params == {"member": member, "why": why}


@pytest.mark.sqlite_is_enough
def test_nothing_is_touched_by_a_refused_restore(source: Source, make_place: MakePlace, tmp_path: Path) -> None:
    changed = rewrite(source.archive, tmp_path / "changed.tar.gz", renamed_user)
    new = make_place("new")
    done = new.run("restore", str(changed), "--force", "--keys", str(source.keys), "--json")
    assert (done.status, done.json["refused"]) == (2, "backup.damaged")
    assert not (new.home / "files").exists()
    assert new.python(TABLES).out.strip() == "[]"


@pytest.mark.sqlite_is_enough
def test_a_place_with_rows_is_refused_and_with_force_moved_aside(source: Source, make_place: MakePlace) -> None:
    busy = make_place("busy")
    assert busy.run("migrate", "--no-content").status == 0
    (busy.home / "files").mkdir(exist_ok=True)
    (busy.home / "files" / "mine.txt").write_text("mine")

    restore, users = ("restore", str(source.archive)), ("user", "list")
    added, refused, kept = busy.run_in_turn(("user", "add", "somebody", "--name", "某人"), (*restore, "--json"), users)
    assert added.status == 0, added.err
    assert (refused.status, refused.json["refused"]) == (1, "backup.not_empty")
    assert "somebody" in kept.out

    done, listed = busy.run_in_turn((*restore, "--force"), users)
    assert done.status == 0, done.out + done.err
    assert ("user0" in listed.out, "somebody" in listed.out) == (True, False)
    (aside,) = busy.home.glob("files.before-restore-*")
    assert (aside / "mine.txt").read_text() == "mine"
    if not ON_POSTGRESQL:
        assert list(busy.home.glob("feidi.sqlite3.before-restore-*"))


@pytest.mark.slow
@pytest.mark.sqlite_is_enough
def test_a_migrated_place_without_rows_is_empty_enough(source: Source, make_place: MakePlace) -> None:
    new = make_place("new")
    assert new.run("migrate", "--no-content").status == 0
    done = new.run("restore", str(source.archive))
    assert done.status == 0, done.out + done.err


def from_the_future(name: str, content: bytes) -> bytes:
    if name != "manifest.json":
        return content
    manifest = json.loads(content)
    manifest["migrations"].append(["identity", "0099_from_the_future"])
    return json.dumps(manifest).encode()


@pytest.mark.sqlite_is_enough
def test_an_archive_of_a_newer_program_is_refused(source: Source, make_place: MakePlace, tmp_path: Path) -> None:
    newer = rewrite(source.archive, tmp_path / "newer.tar.gz", from_the_future)
    done = make_place("new").run("restore", str(newer), "--json")
    assert (done.status, done.json["refused"]) == (1, "backup.newer_than_program")


@pytest.mark.slow
@pytest.mark.sqlite_is_enough
def test_an_older_archive_is_brought_up_to_date(make_place: MakePlace) -> None:
    old, new = make_place("old"), make_place("new")
    made = old.python(OLDER)
    assert made.status == 0, made.err
    archive = old.home / "b.tar.gz"
    assert old.run("backup", str(archive)).status == 0
    done = new.run("restore", str(archive), "--json")
    assert done.status == 0, done.out + done.err
    assert "early" in new.run("user", "list").out
    assert new.run("manage", "migrate", "--check").status == 0


def test_it_never_overwrites(source: Source) -> None:
    before = source.archive.read_bytes()
    again = source.place.run("backup", str(source.archive), "--json")
    assert (again.status, again.json["refused"]) == (1, "backup.exists")
    assert source.archive.read_bytes() == before
    assert not list(source.place.home.glob(".*.partial"))
