"""A batch in processes of its own, and the most memory that all of them hold together (shared pages counted once)."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Self

from feidi.engines.affinity import Asking, Need


class Memory:
    """Watches this process and those it started; ``most`` in bytes, each shared page once."""

    def __init__(self) -> None:
        """Begin with nothing seen."""
        self.most = 0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Self:
        """Start watching."""
        self._thread.start()
        return self

    def __exit__(self, *_why: object) -> None:
        """Stop watching."""
        self._ended.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._ended.wait(0.5):
            self.most = max(self.most, sum(_held(pid) for pid in _family(os.getpid())))


def _family(pid: int) -> list[int]:
    found = [pid]
    for task in Path(f"/proc/{pid}/task").iterdir():
        try:
            children = (task / "children").read_text(encoding="ascii").split()
        except OSError:
            continue
        for child in children:
            found += _family(int(child))
    return found


def _held(pid: int) -> int:
    """Return the proportional share of memory of a process: pages shared by n count 1/n."""
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in text.splitlines() if line.startswith("Pss:")), 0)


def run(folder: Path, needs: Sequence[Need], asking: Asking) -> tuple[float, float, int, int]:
    """Match all needs twice against a saved index; return both times, the most memory, and the rows of a time."""
    from feidi.portals.cli.matching.batch_numpy import answers  # noqa: PLC0415 - pyarrow is an extra

    seconds, rows = [], 0
    with Memory() as memory:
        for _time in range(2):
            begun = time.perf_counter()
            rows = sum(len(pairs.offer) for pairs in answers(folder, needs, asking))
            seconds.append(time.perf_counter() - begun)
    return seconds[0], seconds[1], memory.most, rows


def size_of(folder: Path) -> int:
    """Return the bytes of all files of a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
