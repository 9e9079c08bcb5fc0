"""一项目一档: one ZIP of a project with 卷内目录, numbered folders, what is missing, and a SHA-256 of every file."""

from __future__ import annotations

import hashlib
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from django.conf import settings
from django.utils.timezone import localtime

from feidi.domain.liaison.services.letters import Print
from feidi.domain.pipeline.access import reads_notes, require_on, visible_in_office
from feidi.domain.pipeline.models import Project
from feidi.domain.reporting.services.dossier_catalogue import Entry, catalogue_book, catalogue_paper, notes_book
from feidi.domain.reporting.services.dossier_content import DossierOrder, Missing, dossier_order, missing_of
from feidi.domain.reporting.services.dossier_pieces import PROJECT, Piece, pieces_of
from feidi.domain.reporting.services.package_names import Names, safe_name
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded
from feidi.kernel.documents.office.rendering import render_paper
from feidi.kernel.files.services import path_of

OPEN = "file.view"
_CHUNK = 1 << 20
#: Compressed already: to compress again costs time and gains nothing.
_STORED = (".pdf", ".jpg", ".jpeg", ".png", ".xlsx", ".docx", ".zip", ".ofd")
_SUMS = "SHA256SUMS.txt"


@dataclass(frozen=True, slots=True)
class Dossier:
    """A dossier ready to be handed out. ``stream`` stands at its beginning and is closed by ``with``."""

    stream: IO[bytes]
    name: str
    size: int
    sha256: str
    entries: tuple[Entry, ...]
    missing: tuple[Missing, ...]


@contextmanager
def made_dossier(*, actor: Actor, now: datetime, project: Project) -> Iterator[Dossier]:
    """Yield the dossier of a project; its bytes are gone when the block ends. See ``make_dossier``."""
    dossier = make_dossier(actor=actor, now=now, project=project)
    with dossier.stream:
        yield dossier


def make_dossier(*, actor: Actor, now: datetime, project: Project) -> Dossier:
    """Return the dossier as an unnamed temporary file, to be closed by the caller; who took it is on record.

    Refused: a project that the actor does not see as outpost or home side (the home side: once reported), without
    ``file.view``. The home side gets no notes of talks. A file whose bytes are gone or altered is listed as missing.
    """
    if not visible_in_office(actor, Project.objects.filter(pk=project.pk)).exists():
        raise refuse("reporting.dossier_no_project")
    require_on(actor, OPEN, project)
    on = localtime(now).date()
    how = Print(on, f"{actor.label} {localtime(now):%Y-%m-%d %H:%M}", demonstration=bool(settings.FEIDI_DEMONSTRATION))
    order, pieces = dossier_order(project.outpost), pieces_of(actor, project, how)
    if reads_notes(actor, project) and project.interactions.filter(voided_at__isnull=True).exists():
        pieces.append(Piece("interaction", "往来记录", "往来记录.xlsx", made=lambda: notes_book(project)))
    missing = missing_of(project, order, pieces, on)
    stream = tempfile.TemporaryFile()  # noqa: SIM115 - handed to the caller, who closes it
    try:
        entries = _write(stream, project, order, pieces, missing, how)
        size, digest = stream.tell(), _digest(stream)
        with recorded(actor=actor, now=now) as unit:
            unit.acted("dossier_exported", kind=PROJECT, uid=project.uid, files=len(entries), sha256=digest)
    except BaseException:
        stream.close()
        raise
    name = f"{safe_name(f'{project.code} {project.name}')} 一项目一档.zip"
    return Dossier(stream, name, size, digest, tuple(entries), tuple(missing))


def _write(
    stream: IO[bytes], project: Project, order: DossierOrder, pieces: list[Piece], missing: list[Missing], how: Print
) -> list[Entry]:
    sums: list[tuple[str, str]] = []
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for folder in order.folders:
            archive.writestr(zipfile.ZipInfo(f"{folder.path}/", _moment(how)), b"")
        entries = _write_pieces(archive, order, pieces, missing, sums, how)
        made = (
            ("00_卷内目录.xlsx", catalogue_book(project, order, entries, missing)),
            ("00_卷内目录.docx", render_paper(catalogue_paper(project, order, entries, missing, how))),
        )
        for path, data in made:
            _add_bytes(archive, path, data, how)
            sums.append((hashlib.sha256(data).hexdigest(), path))
        lines = "".join(f"{digest}  {path}\n" for digest, path in sums)
        _add_bytes(archive, _SUMS, lines.encode(), how)
    return entries


def _write_pieces(
    archive: zipfile.ZipFile,
    order: DossierOrder,
    pieces: list[Piece],
    missing: list[Missing],
    sums: list[tuple[str, str]],
    how: Print,
) -> list[Entry]:
    entries: list[Entry] = []
    names = Names()
    for folder in order.folders:
        inside = [each for each in pieces if order.folder_of(each.kind) is folder]
        for number, piece in enumerate(inside, start=1):
            mark = f"（{piece.state}）" if piece.state and not piece.counts else ""
            path = names.free(folder.path, f"{number:02d}_{piece.title}{mark}_", piece.name)
            try:
                size, digest = _add(archive, path, piece, how)
            except (OSError, ValueError):
                missing.append(Missing(f"{piece.title}（{piece.name}）", "附件已丢失或被改动，无法装入"))
                continue
            sums.append((digest, path))
            entries.append(Entry(folder, number, piece, path, size, digest))
    return entries


def _add(archive: zipfile.ZipFile, path: str, piece: Piece, how: Print) -> tuple[int, str]:
    if piece.file is None:
        data = piece.made() if piece.made else b""
        _add_bytes(archive, path, data, how)
        return len(data), hashlib.sha256(data).hexdigest()
    source = path_of(piece.file)
    # looked at first: what was altered must not begin to go in
    with source.open("rb") as given:
        if hashlib.file_digest(given, "sha256").hexdigest() != piece.file.sha256:
            raise ValueError(path)
        given.seek(0)
        with archive.open(_info(path, how), "w", force_zip64=True) as target:
            while chunk := given.read(_CHUNK):
                target.write(chunk)
    return piece.file.size, piece.file.sha256


def _add_bytes(archive: zipfile.ZipFile, path: str, data: bytes, how: Print) -> None:
    archive.writestr(_info(path, how), data)


def _info(path: str, how: Print) -> zipfile.ZipInfo:
    # a name that is not ASCII is written as UTF-8 with its flag: Windows and WPS read it right
    info = zipfile.ZipInfo(path, _moment(how))
    info.compress_type = zipfile.ZIP_STORED if path.lower().endswith(_STORED) else zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    return info


def _moment(how: Print) -> tuple[int, int, int, int, int, int]:
    return (how.on.year, how.on.month, how.on.day, 0, 0, 0)


def _digest(stream: IO[bytes]) -> str:
    stream.seek(0)
    hasher = hashlib.sha256()
    while chunk := stream.read(_CHUNK):
        hasher.update(chunk)
    stream.seek(0)
    return hasher.hexdigest()


def save_dossier(dossier: Dossier, out: Path) -> None:
    """Write the dossier to ``out`` at once: a stopped run leaves no half file under that name."""
    partial = out.with_name(f".{out.name}.partial")
    try:
        with partial.open("wb") as target:
            while chunk := dossier.stream.read(_CHUNK):
                target.write(chunk)
        partial.replace(out)
    finally:
        partial.unlink(missing_ok=True)
