"""What measurements share: a fresh home, child processes with Django set up, percentiles, tables, the machine's note."""

from __future__ import annotations

import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "benchmarks" / "results"
#: Below this load average (one minute) figures of this machine may be believed.
QUIET = 1.5
SET_UP = (
    "import sys, runpy, django; django.setup(); name = sys.argv.pop(1); runpy.run_module(name, run_name='__main__')"
)


@contextmanager
def fresh_home(kept: Path | None = None) -> Iterator[tuple[Path, dict[str, str]]]:
    """Give a folder of an installation of its own and the environment of its processes; gone afterwards."""
    home = kept or Path(tempfile.mkdtemp(prefix="feidi-bench-"))
    left = {name: value for name, value in os.environ.items() if not name.startswith(("FEIDI_", "DATABASE_URL"))}
    env = {
        **left,
        "FEIDI_HOME": str(home),
        "FEIDI_LOG": "ERROR",
        "DJANGO_SETTINGS_MODULE": "feidi.config.settings",
        "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'src'}",
    }
    try:
        yield home, env
    finally:
        if kept is None:
            shutil.rmtree(home, ignore_errors=True)


def run_child(module: str, env: dict[str, str], *words: str) -> Any:
    """Run a module as ``__main__`` with Django set up; return the JSON of its last line. Raises when it fails."""
    done = subprocess.run(
        [sys.executable, "-c", SET_UP, module, *words],
        env=env,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    lines = done.stdout.strip().splitlines()
    return json.loads(lines[-1]) if lines else None


@contextmanager
def built_home(kept: Path | None, projects: int, organizations: int) -> Iterator[tuple[dict[str, int], dict[str, str]]]:
    """Give a home with that many invented rows (``inside.world``); a kept one is built once."""
    with fresh_home(kept) as (home, env):
        note = home / "built.json"
        if not note.exists():
            home.mkdir(parents=True, exist_ok=True)
            made = run_child("benchmarks.inside.world", env, str(projects), str(organizations))
            note.write_text(json.dumps(made), encoding="utf-8")
        built: dict[str, int] = json.loads(note.read_text(encoding="utf-8"))
        built["mb"] = round((home / "feidi.sqlite3").stat().st_size / 2**20)
        yield built, env


def percentile(sorted_values: Sequence[float], share: float) -> float:
    """Return the value below which ``share`` (0..1) of the sorted values lie (nearest rank)."""
    return sorted_values[min(len(sorted_values) - 1, max(0, round(share * len(sorted_values)) - 1))]


def table(heads: Sequence[str], rows: Sequence[Sequence[object]]) -> list[str]:
    """Return a Markdown table; every column but the first is aligned right."""
    lines = ["| " + " | ".join(heads) + " |", "|---" + "|--:" * (len(heads) - 1) + "|"]
    return lines + ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows]


def machine() -> str:
    """Return one line about where the figures come from."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{os.cpu_count()} cores, {memory:.0f} GB, Python {platform.python_version()}; "
        f"load average before the run {os.getloadavg()[0]:.2f}"
    )


class Others:
    """How much of the machine other programs took since this was made: what figures of a shared machine are worth."""

    def __init__(self) -> None:
        """Start counting."""
        self.begun, self.busy, self.own = time.perf_counter(), _busy(), _own()

    def share(self) -> float:
        """Return their share of all cores, 0..1. Own child processes count once they have ended."""
        others = (_busy() - self.busy) - (_own() - self.own)
        return max(0.0, others / ((time.perf_counter() - self.begun) * (os.cpu_count() or 1)))


def _busy() -> float:
    """Seconds of all cores spent by anybody: user, nice, system, interrupts."""
    fields = Path("/proc/stat").read_text(encoding="ascii").split("\n", 1)[0].split()[1:]
    return sum(int(fields[at]) for at in (0, 1, 2, 5, 6)) / os.sysconf("SC_CLK_TCK")


def _own() -> float:
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


def wait_for_quiet(minutes: float) -> None:
    """Wait until the machine does nothing else, at most so long."""
    end = time.monotonic() + minutes * 60
    while os.getloadavg()[0] >= QUIET and time.monotonic() < end:
        time.sleep(5)


def write_result(name: str, lines: Sequence[str], *, keep: bool) -> None:
    """Print a result, and keep it as ``results/<name>.md``."""
    text = "\n".join(lines) + "\n"
    print(text, flush=True)
    if keep:
        RESULTS.mkdir(parents=True, exist_ok=True)
        (RESULTS / f"{name}.md").write_text(text, encoding="utf-8")
