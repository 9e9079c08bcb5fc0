"""Checks of the machine: disk, upload folder, fonts."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from feidi.engines.findings import RefusedError
from feidi.kernel.documents.typesetting import fonts
from feidi.portals.cli.checkup.check import Check, ok, problem, unusable

_GIGABYTE = 1 << 30
_ENOUGH, _TOO_LITTLE = 2 * _GIGABYTE, _GIGABYTE // 5


def check() -> Iterator[Check]:
    """Yield how the machine stands."""
    yield _disk()
    yield _uploads()
    yield _fonts()


def _disk() -> Check:
    free = shutil.disk_usage(_existing(settings.FEIDI_HOME)).free
    megabytes = free >> 20
    if free < _TOO_LITTLE:
        return unusable("disk_full", megabytes=megabytes)
    return problem("disk_low", megabytes=megabytes) if free < _ENOUGH else ok("disk", gigabytes=free >> 30)


def _existing(path: Path) -> Path:
    return path if path.exists() else _existing(path.parent)


def _uploads() -> Check:
    folder: Path = settings.FEIDI_FILES
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return ok("uploads")
    except OSError as error:
        return problem("uploads_not_writable", path=str(folder), error=error.strerror or "")


def _fonts() -> Check:
    try:
        fonts()
    except RefusedError as error:
        return problem("fonts_missing", names=str(error.refusal.params.get("fonts", "")))
    return ok("fonts")
