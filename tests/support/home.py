"""The tests' own home folder and database settings. Plain Python: read before Django is configured."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

from tests.support import cluster

ON_POSTGRESQL = os.environ.get("FEIDI_TEST_DB", "sqlite").startswith("postgres")
#: ``make test-all``: nothing is left out, no property tried on fewer examples.
WHOLE = "FEIDI_TEST_WHOLE" in os.environ


def examples(number: int) -> int:
    """Return on how many examples a dear property is tried: on all in ``make test-all``, else on a third."""
    return number if WHOLE else max(number // 3, 5)


def make_home() -> Path:
    """Return a new folder that is removed when this process ends (each xdist worker has its own)."""
    home = Path(tempfile.mkdtemp(prefix="feidi-test-home-"))
    owner = os.getpid()

    def remove() -> None:
        if os.getpid() == owner:  # not in a forked child
            shutil.rmtree(home, ignore_errors=True)

    atexit.register(remove)
    return home


def database(home: Path) -> dict[str, Any]:
    """Return the database settings of this run."""
    if ON_POSTGRESQL:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": "postgres",
            "USER": "postgres",
            "HOST": str(cluster.socket_folder()),
            "TEST": {"NAME": "feidi_test"},
        }
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(home / "feidi.sqlite3"),
        "TEST": {"NAME": str(home / "test.sqlite3")},
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL;PRAGMA synchronous=OFF;PRAGMA foreign_keys=ON;PRAGMA temp_store=MEMORY;"
            ),
        },
    }
