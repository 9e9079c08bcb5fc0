"""Other processes: the program itself, run as an operator runs it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from tests.support import databases, kept_tables
from tests.support.tables import MADE, QUICKLY

ROOT = Path(__file__).resolve().parents[2]
#: What makes tables; ``serve`` leaves that to its user.
_MAKES_TABLES = {"migrate", "restore", "manage"}

_IN_TURN = """
import json
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from feidi.portals.cli.main import main
answers = []
for words in {commands!r}:
    out, err = StringIO(), StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        status = main([*words])
    answers.append(dict(status=status, out=out.getvalue(), err=err.getvalue()))
print(json.dumps(answers))
"""


def database_url() -> str:
    """Return the address of the test's own database, for a process that is to share it."""
    from django.db import connection

    name = connection.settings_dict["NAME"]
    if connection.vendor == "postgresql":
        return f"postgres://postgres@{quote(connection.settings_dict['HOST'], safe='')}/{name}"
    return f"sqlite:///{name}"


def environment(home: Path, *, url: str | None = None) -> dict[str, str]:
    """Return the environment of a process with its own home; it shares the test's database unless ``url`` is given."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("FEIDI_", "DJANGO_"))}
    made = {
        **kept,
        "FEIDI_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "feidi.config.settings",
        "DATABASE_URL": database_url() if url is None else url,
        "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT))),  # the program of this checkout
        "PYTHONWARNINGS": "default",
    }
    return {name: value for name, value in made.items() if value}


@dataclass(frozen=True)
class Answer:
    """What a command answered."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The standard output as JSON."""
        return json.loads(self.out)


@dataclass(frozen=True)
class Installation:
    """A place of its own: ``run("migrate")`` is ``feidi migrate`` there. ``url`` empty: embedded SQLite.

    ``quick`` False: tables are made exactly as an operator's are (``tests.support.tables``).
    """

    home: Path
    url: str = ""
    extra: tuple[tuple[str, str], ...] = ()
    quick: bool = True

    @property
    def environment(self) -> dict[str, str]:
        """The environment of its processes."""
        made = databases.name_of(databases.PLACE) if self.url else str(kept_tables.kept())
        known = self.quick and made and (self.url or Path(made).exists())
        return {**environment(self.home, url=self.url), **dict(self.extra), **({MADE: made} if known else {})}

    def command(self, *words: str) -> list[str]:
        """Return the command line of ``feidi words…``."""
        quickly = QUICKLY if self.quick and _MAKES_TABLES & {*words[:1]} else ""
        return [sys.executable, "-c", f"{quickly}from feidi.portals.cli.main import entry; entry()", *words]

    def start(self, *words: str, **options: Any) -> subprocess.Popen[str]:
        """Start ``feidi words…``; the caller waits for it."""
        return subprocess.Popen(self.command(*words), env=self.environment, cwd=ROOT, text=True, **options)

    def run(self, *words: str, stdin: str = "", timeout: float = 120) -> Answer:
        """Run ``feidi words…`` to its end."""
        done = subprocess.run(
            self.command(*words),
            env=self.environment, cwd=ROOT, text=True, input=stdin, capture_output=True, check=False, timeout=timeout,
        )  # fmt: skip
        return Answer(done.returncode, done.stdout, done.stderr)

    def run_in_turn(self, *commands: tuple[str, ...], timeout: float = 120) -> list[Answer]:
        """Run ``feidi words…`` for each, in one process: starting one costs more than most commands."""
        done = self.python(_IN_TURN.format(commands=commands), timeout=timeout)
        assert done.status == 0, done.err
        return [Answer(**each) for each in done.json]

    def start_python(self, script: str) -> subprocess.Popen[str]:
        """Start a script in this installation with Django set up; the caller waits for it."""
        return subprocess.Popen(
            [sys.executable, "-c", f"{QUICKLY}import django; django.setup()\n{script}"],
            env=self.environment, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip

    def python(self, script: str, *, timeout: float = 120) -> Answer:
        """Run a script in this installation with Django set up."""
        done = subprocess.run(
            [sys.executable, "-c", f"{QUICKLY}import django; django.setup()\n{script}"],
            env=self.environment, cwd=ROOT, text=True, capture_output=True, check=False, timeout=timeout,
        )  # fmt: skip
        return Answer(done.returncode, done.stdout, done.stderr)
