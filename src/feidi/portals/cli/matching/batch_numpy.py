"""A batch by the kernel: needs in stretches, on as many processes as there are cores; all map the same index."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from pathlib import Path
from typing import Final

from feidi.engines.affinity.index import Index
from feidi.engines.affinity.many import Pairs, match_many
from feidi.engines.affinity.model import Asking, Need

#: Needs that are matched and written together.
STRETCH: Final = 200
#: Fewer needs are not worth a second process.
_FEW: Final = 2_000
_opened: list[Index] = []


def answers(folder: Path, needs: Sequence[Need], asking: Asking) -> Iterator[Pairs]:
    """Yield the lists of the needs, stretch by stretch, in their order."""
    index = Index.open(folder)
    numbered = list(enumerate(needs))
    stretches = [numbered[at : at + STRETCH] for at in range(0, len(needs), STRETCH)]
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if len(needs) < _FEW or cores == 1:
        yield from (match_many(index.view, stretch, asking) for stretch in stretches)
        return
    del index
    spawned = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(cores, spawned, _open, (folder,)) as pool:
        rest = iter(stretches)
        waiting: list[Future[Pairs]] = [pool.submit(_stretch, each, asking) for each in islice(rest, 2 * cores)]
        while waiting:
            done = waiting.pop(0).result()
            waiting += [pool.submit(_stretch, each, asking) for each in islice(rest, 1)]
            yield done


def _open(folder: Path) -> None:
    # its checksums were looked at by the process that began
    _opened[:] = [Index.open(folder, verify=False)]


def _stretch(needs: list[tuple[int, Need]], asking: Asking) -> Pairs:
    return match_many(_opened[0].view, needs, asking)
