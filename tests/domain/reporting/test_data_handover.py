"""数据移交: everything of one home, nothing of another, provable without this program."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import zipfile
from datetime import datetime
from pathlib import Path

import pytest
from django.apps import apps

from feidi.domain.parties.models import ContactPoint
from feidi.domain.reporting.models import DataHandover
from feidi.domain.reporting.services import handover_verify
from feidi.domain.reporting.services.data_handover import find_home, hand_over, record_receipt
from feidi.domain.reporting.services.handover_tables import HANGING, LEFT_OUT, OWNED, SHARED
from feidi.engines.findings import RefusedError
from feidi.kernel.audit.models import AuditEntry
from feidi.kernel.audit.verify import verify
from feidi.kernel.documents.models import PrintedForm
from tests.access.cast import Cast


def test_every_table_is_handed_over_or_left_out_with_a_reason() -> None:
    stand = [*OWNED, *SHARED, *HANGING, *LEFT_OUT]
    assert len(stand) == len(set(stand))
    ours = {model._meta.label for model in apps.get_models() if model.__module__.startswith("feidi.")}
    assert ours == set(stand)


#: Who was asked, who complained and in which words is sealed: written only where contacts are handed over too.
SEALED_MARKS = {"Qone", "Qtwo", "Qtale", "Qwho"}


def _bytes(folder: Path) -> bytes:
    """Return every byte of a package that says something, workbooks unpacked, names of files included."""
    found = []
    for path in sorted(each for each in folder.rglob("*") if each.is_file()):
        found.append(path.name.encode())
        if path.suffix == ".xlsx":
            archive = zipfile.ZipFile(path)
            found += [archive.read(name) for name in archive.namelist()]
        else:
            found.append(path.read_bytes())
    return b"\n".join(found)


def _marks(cast: Cast, side: str) -> list[str]:
    # how a merge could be undone stays behind: it may name another home's rows
    own = side != "other"
    return [
        mark
        for key, row in cast.rows.items()
        if key.startswith(side)
        for name, marks in row.marks.items()
        # an old name belongs to a shared row; a masked number says nothing
        for mark in marks
        if name != "alias" and "*" not in mark and not (own and mark == row.uids["merge"])
    ]


@pytest.mark.django_db
@pytest.mark.sqlite_is_enough
def test_the_package_holds_one_home_and_proves_it(cast: Cast, now: datetime, tmp_path: Path) -> None:
    world = cast.world
    home = find_home(world.outpost.home.code)
    assert find_home(home.division_code) == home
    for role in ("officer", "bureau", "rival_lead", "lead"):
        # the lead of one outpost cannot give away another outpost's
        with pytest.raises(RefusedError):
            hand_over(actor=world.actor(role), now=now, home=home, out=tmp_path)
    both = world.user("both", "operator_lead", outpost=world.outpost)
    both.memberships.create(
        role="operator_lead",
        outpost=cast.rows["sister inside"].project.outpost,
        valid_from=now.date(),
        created_at=now,
    )
    # what a stopped run left is not taken for part of the package
    stale = tmp_path / f".handover-{home.code}.partial" / "附件" / "旧.txt"
    stale.parent.mkdir(parents=True)
    stale.write_text("Qproj5")
    made = hand_over(actor=world.actor("both"), now=now, home=home, out=tmp_path)
    assert not made.lost
    assert [each.name for each in tmp_path.iterdir()] == [made.path.name]
    told = _bytes(made.path)
    leaked = [mark for mark in _marks(cast, "other") if mark.encode() in told]
    assert leaked == []
    for side in ("own", "sister"):
        missing = [mark for mark in _marks(cast, side) if mark.encode() not in told]
        assert {mark[:-1] for mark in missing} == SEALED_MARKS, side
    for phone in ("13900000001", "13900000002", "13900000003"):
        assert phone.encode() not in told
    # every file under its digest, and the list under the digest on the receipt
    listed = (made.path / "MANIFEST.sha256").read_bytes()
    assert hashlib.sha256(listed).hexdigest() == made.handover.sha256
    lines = dict(reversed(line.split("  ", 1)) for line in listed.decode().splitlines())
    there = {each.relative_to(made.path).as_posix() for each in made.path.rglob("*") if each.is_file()}
    assert there - set(lines) == {"MANIFEST.sha256", "签署/数据移交回执.pdf", "签署/数据删除证明.pdf"}
    assert all(hashlib.sha256((made.path / path).read_bytes()).hexdigest() == each for path, each in lines.items())
    assert "<script" not in (made.path / "index.html").read_text(encoding="utf-8")
    receipt = PrintedForm.objects.get(title="数据移交回执")
    assert made.handover.sha256 in json.dumps(receipt.data)
    _proof(made.path / "审计")
    _with_numbers(cast, tmp_path, now)
    done = record_receipt(
        actor=world.actor("both"), now=now, handover=made.handover, received_by="云溪区", received_on=now.date()
    )
    assert (done.received_by, done.version) == ("云溪区", 2)
    assert not verify().faults


def _proof(folder: Path) -> None:
    done = subprocess.run([sys.executable, str(folder / "verify.py")], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    entries = folder / "entries.jsonl"
    was = entries.read_text(encoding="utf-8")
    rows = [json.loads(line) for line in was.splitlines()]
    assert sum("action" in each for each in rows) > 100
    rows[-1]["reason"] = "altered"
    rows[-1].setdefault("action", "changed")
    changed = next(each for each in rows if each.get("changes"))
    changed["changes"] = {}
    entries.write_text("\n".join(json.dumps(each) for each in rows), encoding="utf-8")
    found = handover_verify.check_entries(folder)[0]
    assert any(changed["subject_uid"] in each for each in found)
    entries.write_text(was, encoding="utf-8")


def _with_numbers(cast: Cast, tmp_path: Path, now: datetime) -> None:
    """The second package of the year, with telephone numbers."""
    world = cast.world
    made = hand_over(actor=world.actor("both"), now=now, home=world.outpost.home, out=tmp_path, with_contacts=True)
    assert made.handover.number.endswith("-02")
    told = _bytes(made.path)
    assert b"13900000001" in told
    assert all(f"{mark}1".encode() in told for mark in SEALED_MARKS)
    assert b"13900000003" not in told
    assert DataHandover.objects.count() == 2
    count = ContactPoint.objects.filter(outpost__home=world.outpost.home).count()
    note = AuditEntry.objects.get(action="contacts_handed_over")
    assert note.changes["count"] >= count
