"""A PostgreSQL of the tests' own: made, started and thrown away by the session, shared by its xdist workers.

Reached by a unix socket only; durability off; ``C.UTF-8`` (in locale ``C`` trigrams ignore Chinese).
The controller of a session owns it; its folder's name carries the owner's process id, so that the
next session can sweep away what a killed one left behind.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path

_VARIABLE = "FEIDI_TEST_CLUSTER"
_PREFIX = "feidi-test-cluster-"
_SETTINGS = (
    "-c listen_addresses='' -c fsync=off -c synchronous_commit=off -c full_page_writes=off "
    "-c max_connections=200 -c shared_buffers=128MB -c autovacuum=off"
)


class NoPostgresError(RuntimeError):
    """This machine has no PostgreSQL server."""


def folder() -> Path:
    """Return the cluster's folder; the first process to ask (the controller) names it for its workers."""
    if _VARIABLE not in os.environ:
        os.environ[_VARIABLE] = str(Path(tempfile.gettempdir()) / f"{_PREFIX}{os.getpid()}")
    return Path(os.environ[_VARIABLE])


def socket_folder() -> Path:
    """Return the folder of the unix socket (kept short: a socket's path may have 107 bytes)."""
    return folder()


def binaries() -> Path:
    """Return the folder of ``initdb`` and ``pg_ctl`` of the newest installed server."""
    found = shutil.which("initdb")
    places = [Path(found).resolve().parent] if found else []
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name), reverse=True)
    for place in places:
        if (place / "pg_ctl").exists():
            return place
    message = "PostgreSQL is not installed: apt-get install -y --no-install-recommends postgresql-15"
    raise NoPostgresError(message)


def _run(*words: str | Path) -> None:
    command = [str(word) for word in words]
    if os.geteuid() == 0:  # the server refuses to run as root
        command = ["runuser", "-u", "postgres", "--", *command]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd="/")
    if done.returncode:
        message = f"{' '.join(command)}\n{done.stdout}{done.stderr}"
        raise RuntimeError(message)


def start() -> None:
    """Make and start the cluster (about 1.5 s)."""
    _sweep()
    place, tools = folder(), binaries()
    place.mkdir(mode=0o700)
    if os.geteuid() == 0:
        owner = pwd.getpwnam("postgres")
        os.chown(place, owner.pw_uid, owner.pw_gid)
    data = place / "data"
    _run(tools / "initdb", "-D", data, "-U", "postgres", "--auth=trust", "--locale=C.UTF-8", "-E", "UTF8", "--no-sync")
    _run(
        tools / "pg_ctl", "-D", data, "-w", "-t", "60", "-l", place / "log",
        "-o", f"{_SETTINGS} -k {place}", "start",
    )  # fmt: skip


def stop() -> None:
    """Stop the cluster and remove it."""
    _stop(folder())


def _stop(place: Path) -> None:
    if (place / "data" / "postmaster.pid").exists():
        _run(binaries() / "pg_ctl", "-D", place / "data", "-m", "immediate", "-w", "stop")
    shutil.rmtree(place, ignore_errors=True)


def _sweep() -> None:
    for place in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        owner = place.name.removeprefix(_PREFIX)
        if owner.isdigit() and not Path(f"/proc/{owner}").exists():
            _stop(place)
