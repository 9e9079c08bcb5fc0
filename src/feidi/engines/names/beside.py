"""Large questions divided among processes: each forked child has the index as it stands, only answers are sent back."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import chain, islice
from typing import Any, Final, TypeVar

Answer = TypeVar("Answer")
_PIECE: Final = 4096
#: What the children of one call ask; set before they are forked, so that nothing large is sent to them.
_asked: list[Callable[[list[str]], list[Any]]] = []


def divided(answer: Callable[[list[str]], list[Answer]], texts: Sequence[str], processes: int) -> list[Answer]:
    """Return ``answer`` of all ``texts`` in their order, worked out by that many forked processes.

    For a program of its own (command, measurement): a process with threads that hold locks must not be forked.
    Where the system cannot fork, and for few texts, everything is answered here.
    """
    if processes < 2 or len(texts) <= _PIECE or "fork" not in multiprocessing.get_all_start_methods():  # noqa: PLR2004
        return answer(list(texts))
    rest = iter(texts)
    pieces = list(iter(lambda: list(islice(rest, _PIECE)), []))
    _asked[:] = [answer]
    try:
        with ProcessPoolExecutor(processes, mp_context=multiprocessing.get_context("fork")) as pool:
            return list(chain.from_iterable(pool.map(_answer, pieces)))
    finally:
        _asked.clear()


def _answer(piece: list[str]) -> list[Any]:
    return _asked[0](piece)
