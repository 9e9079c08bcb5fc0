"""数据移交: everything of one home in one folder, with proof, a receipt to sign, and a certificate of deletion."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import connection
from django.utils.timezone import localtime

from feidi import __version__
from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.models import Outpost, Place
from feidi.domain.reporting.models import DataHandover
from feidi.domain.reporting.services.handover_audit import write_audit
from feidi.domain.reporting.services.handover_pages import files_page, index_page, schema_of, write_workbook
from feidi.domain.reporting.services.handover_papers import print_papers
from feidi.domain.reporting.services.handover_tables import Extent, extent_of, labels, write_table
from feidi.domain.reporting.services.package_names import safe_name
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor, Scope, ScopeKind
from feidi.kernel.audit import recorded
from feidi.kernel.backup.snapshot import snapshot
from feidi.kernel.files.models import StoredFile
from feidi.kernel.files.services import path_of

HAND_OVER, UNMASK = "data.hand_over", "contact.unmask"
KIND = "reporting.data_handover"
#: ``progress(done, total, text)``.
Progress = Callable[[int, int | None, str], None]
TABLES, FILES, AUDIT, PAPERS = "数据", "附件", "审计", "签署"
_MANIFEST = "MANIFEST.sha256"


@dataclass(frozen=True, slots=True)
class Package:
    """A finished package: its row, where it lies, what could not be put in."""

    handover: DataHandover
    path: Path
    lost: tuple[str, ...]


def silent(_done: int, _total: int | None, _text: str) -> None:
    """Show no progress."""


def find_home(code: str) -> Place:
    """Return the place of a code (``yunxi``) or a division code (``440604``) that has outposts, or refuse."""
    for wanted in ({"code": code}, {"division_code": code}):
        found = Place.objects.filter(**wanted, outposts_abroad__isnull=False).distinct().first()
        if found is not None:
            return found
    raise refuse("reporting.handover_no_home", code=code)


def hand_over(
    *, actor: Actor, now: datetime, home: Place, out: Path, with_contacts: bool = False, progress: Progress = silent
) -> Package:
    """Write the package of a home into a new folder of ``out`` and record it.

    Needs ``data.hand_over`` over every outpost of the home; ``with_contacts`` (telephone numbers in clear) needs
    ``contact.unmask`` as well. A run that was stopped leaves only a hidden folder, which the next run uses.
    """
    outposts = _permitted(actor, home, with_contacts=with_contacts)
    number, on = _next_number(home, now), localtime(now).date()
    partial = out / f".handover-{home.code}.partial"
    partial.mkdir(parents=True, exist_ok=True)
    written: list[str] = []
    with _moment():
        extent = extent_of(home)
        counts = _write_tables(extent, partial, written, progress, opened=with_contacts)
        lost = _write_files(extent, partial, written, progress)
        audit = write_audit(extent, partial / AUDIT)
    written += [f"{AUDIT}/{name}" for name in ("links.jsonl", "entries.jsonl", "verify.py")]
    about = _about(home, outposts, number, now, actor, audit, counts, lost, with_contacts=with_contacts)
    _write_pages(partial, about, counts, written)
    digest = _write_manifest(partial, written)
    row = DataHandover(
        home=home,
        number=number,
        sha256=digest,
        counts={**{name: each for name, each in counts.items() if each}, "with_contacts": with_contacts},
        audit_head=audit["head"],
        made_by=actor.label[:160],
        created_at=now,
    )
    with recorded(actor=actor, now=now) as unit:
        row.save()
        unit.created(row, kind=KIND)
        if with_contacts:
            count = counts["parties.ContactPoint"] + counts["liaison.WalkIn"]
            unit.acted("contacts_handed_over", kind=KIND, uid=row.uid, reason=number, count=count)
    shutil.rmtree(partial / PAPERS, ignore_errors=True)
    print_papers(actor=actor, now=now, row=row, facts=about["facts"], folder=partial / PAPERS)
    target = out / safe_name(f"数据移交_{home.division_code or home.code}_{on:%Y%m%d}_{number}")
    partial.rename(target)
    return Package(row, target, tuple(lost))


def record_receipt(
    *,
    actor: Actor,
    now: datetime,
    handover: DataHandover,
    received_by: str,
    received_on: date,
    deleted_on: date | None = None,
) -> DataHandover:
    """Note who signed the receipt and when, and when the deletion was certified. Needs ``data.hand_over``.

    Refused: nobody named; received before it was made, deleted before it was received, or a day to come.
    """
    _permitted(actor, handover.home, with_contacts=False)
    if not received_by.strip():
        raise refuse("reporting.handover_receiver_needed")
    made, today = localtime(handover.created_at).date(), localtime(now).date()
    for day, earliest in ((received_on, made), (deleted_on, received_on)):
        if day is not None and not earliest <= day <= today:
            raise refuse("reporting.handover_receipt_day", day=day.isoformat(), made=made.isoformat())
    with recorded(actor=actor, now=now) as unit:
        row = DataHandover.objects.select_for_update(of=("self",)).select_related("home").get(pk=handover.pk)
        before = unit.before(row, KIND)
        row.received_by, row.received_on, row.deleted_on = received_by.strip()[:120], received_on, deleted_on
        row.version += 1
        row.save()
        unit.changed(row, kind=KIND, before=before)
    return row


def _permitted(actor: Actor, home: Place, *, with_contacts: bool) -> list[Outpost]:
    outposts = list(Outpost.objects.filter(home=home).order_by("code"))
    if not outposts:
        raise refuse("reporting.handover_no_home", code=home.code)
    for each in outposts:
        for permission in (HAND_OVER, UNMASK) if with_contacts else (HAND_OVER,):
            require(actor, permission, outpost_scope(each.pk), Scope(ScopeKind.HOME, home.pk))
    return outposts


def _moment() -> AbstractContextManager[None]:
    # inside somebody's transaction the moment is that transaction's
    return nullcontext() if connection.in_atomic_block else snapshot()


def _next_number(home: Place, now: datetime) -> str:
    year = localtime(now).year
    count = DataHandover.objects.filter(home=home, created_at__year=year).count()
    return f"YJ-{home.division_code or home.code}-{year}-{count + 1:02d}"


def _write_tables(
    extent: Extent, folder: Path, written: list[str], progress: Progress, *, opened: bool
) -> dict[str, int]:
    (folder / TABLES).mkdir(exist_ok=True)
    counts: dict[str, int] = {}
    wanted = labels()
    for done, label in enumerate(wanted):
        progress(done, len(wanted), label)
        path = f"{TABLES}/{label}.jsonl"
        with (folder / path).open("wb") as out:
            counts[label] = write_table(extent, label, out, opened=opened)
        written.append(path)
    return counts


def _write_files(extent: Extent, folder: Path, written: list[str], progress: Progress) -> list[str]:
    """Copy the bytes of every file; what an earlier run has copied whole is kept. Returns the names that are lost."""
    (folder / FILES).mkdir(exist_ok=True)
    listed: list[tuple[str, str, str]] = []
    lost: list[str] = []
    keys = sorted(extent.keys["files.StoredFile"])
    for done, file in enumerate(_stored(keys)):
        progress(done, len(keys), file.name)
        path = f"{FILES}/{file.uid}_{safe_name(file.name, 60)}"
        if not _copied(path_of(file), folder / path, file.sha256):
            lost.append(file.name)
            continue
        written.append(path)
        listed.append((path, file.name, file.sha256))
    progress(len(keys), len(keys), "")
    (folder / "files.html").write_text(files_page(listed), encoding="utf-8")
    written.append("files.html")
    return lost


def _stored(keys: list[int]) -> Iterator[StoredFile]:
    for start in range(0, len(keys), 400):
        yield from StoredFile.objects.filter(pk__in=keys[start : start + 400]).order_by("pk")


def _copied(source: Path, target: Path, sha256: str) -> bool:
    if target.is_file() and _digest(target) == sha256:
        return True
    if not source.is_file() or _digest(source) != sha256:
        return False
    shutil.copyfile(source, target)
    return True


def _about(
    home: Place,
    outposts: list[Outpost],
    number: str,
    now: datetime,
    actor: Actor,
    audit: dict[str, Any],
    counts: dict[str, int],
    lost: list[str],
    *,
    with_contacts: bool,
) -> dict[str, Any]:
    facts = [
        ("移交编号", number),
        ("委托方", home.name_zh),
        ("驻点", "、".join(each.name for each in outposts)),
        ("移交时间", f"{localtime(now):%Y-%m-%d %H:%M}"),
        ("经办", actor.label),
        ("行数", f"{sum(counts.values())} 行，{sum(1 for each in counts.values() if each)} 张表"),
        ("附件", f"{counts['files.StoredFile']} 个{f'，其中 {len(lost)} 个已丢失或被改动' if lost else ''}"),
        ("联系方式", "明文" if with_contacts else "掩码（未含明文）；附件为原件，未作改动"),
        ("审计链", f"{audit['links']} 环，末环 {audit['head']}"),
    ]
    return {
        "number": number,
        "home": {"code": home.code, "division": home.division_code, "name": home.name_zh},
        "outposts": [each.code for each in outposts],
        "created": now.isoformat(),
        "program": __version__,
        "with_contacts": with_contacts,
        "rows": counts,
        "lost_files": lost,
        "audit": audit,
        "facts": facts,
    }


def _write_pages(folder: Path, about: dict[str, Any], counts: dict[str, int], written: list[str]) -> None:
    parts = (
        ("台账.xlsx", "主要台账：项目、协议、落地核验、往来、单位、人员、报送", ""),
        ("files.html", "全部附件，原件在 附件 文件夹", ""),
        ("数据/schema.json", "各表各列的含义；未移交的表及理由", ""),
        ("manifest.json", "本次移交的说明", ""),
        ("MANIFEST.sha256", "每个文件的指纹", ""),
        (f"{PAPERS}/数据移交回执.pdf", "请接收方签章", ""),
        (f"{PAPERS}/数据删除证明.pdf", "移交方删除数据后签章", ""),
    )
    write_workbook(folder / TABLES, folder / "台账.xlsx")
    schema = json.dumps(schema_of(labels(), counts), ensure_ascii=False, indent=1)
    (folder / TABLES / "schema.json").write_text(schema, encoding="utf-8")
    title = f"{about['home']['name']} 数据移交 {about['number']}"
    page = index_page(title, about["facts"], parts, {name: each for name, each in counts.items() if each})
    (folder / "index.html").write_text(page, encoding="utf-8")
    (folder / "manifest.json").write_text(json.dumps(about, ensure_ascii=False, indent=1), encoding="utf-8")
    written += ["台账.xlsx", f"{TABLES}/schema.json", "index.html", "manifest.json"]


def _write_manifest(folder: Path, written: list[str]) -> str:
    """Write the digest of every file, remove what an earlier run left besides; returns the digest of the list itself."""
    wanted = set(written)
    for each in sorted(folder.rglob("*")):
        if each.is_file() and each.relative_to(folder).as_posix() not in wanted:
            each.unlink()
    lines = "".join(f"{_digest(folder / path)}  {path}\n" for path in sorted(wanted))
    (folder / _MANIFEST).write_text(lines, encoding="utf-8")
    return hashlib.sha256(lines.encode()).hexdigest()


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
