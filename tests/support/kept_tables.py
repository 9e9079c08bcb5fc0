"""Fresh tables from an earlier run: the same migrations make the same file, so it is made once and copied after.

On SQLite only. What the file depends on is in its name; a changed migration makes a new one.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path

import django
import django_tasks_db

from tests.support.home import ON_POSTGRESQL
from tests.support.source import SOURCE

_KEPT = 8
_folders: list[Path] = []
_ROOT = SOURCE.parents[1]
#: What the migrations read beside themselves.
_READ = (
    "kernel/audit/triggers.py",
    "domain/reporting/flow_triggers.py",
    "domain/space/triggers.py",
    "kernel/calendar/shipped.py",
    "kernel/imports/plain_json.py",
    "kernel/subjects/uid.py",
)


def _digest() -> str:
    files = [*SOURCE.glob("*/*/migrations/*.py"), *(SOURCE / each for each in _READ)]
    files += [_ROOT / "jurisdictions/cn/holidays.yaml", Path(__file__), SOURCE / "config/settings.py"]
    files += Path(django_tasks_db.__file__).parent.glob("migrations/*.py")
    total = hashlib.sha256(django.__version__.encode())
    for each in sorted(files):
        total.update(str(each).encode() + each.read_bytes())
    return total.hexdigest()[:20]


def keep_in(folder: Path) -> None:
    """Say where this run keeps its files."""
    _folders[:] = [folder]


def kept() -> Path:
    """Return where the file of today's migrations is kept."""
    return _folders[0] / f"{_digest()}.sqlite3"


def bring(kept: Path, name: str) -> bool:
    """Lay the kept file down; False when there is none."""
    if not kept.exists():
        return False
    try:
        shutil.copyfile(kept, name)
    except FileNotFoundError:  # forgotten by another process this moment
        return False
    return True


def keep(kept: Path, name: str) -> None:
    """Keep a freshly migrated file, and forget all but the newest few. Several processes may do this at once."""
    if ON_POSTGRESQL or kept.exists():
        return
    ages = sorted(kept.parent.glob("*.sqlite3"), key=lambda each: each.stat().st_mtime, reverse=True)
    for old in ages[_KEPT:]:
        old.unlink(missing_ok=True)
    part = kept.with_suffix(f".{os.getpid()}")
    shutil.copyfile(name, part)
    part.replace(kept)
