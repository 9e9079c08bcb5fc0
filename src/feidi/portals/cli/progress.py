"""A progress line on the terminal: rewritten in place, silent when nobody watches."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_EVERY = 0.1
_WIDTH = 78


@contextmanager
def progress_line(*, silent: bool = False) -> Iterator[Callable[[int, int | None, str], None]]:
    """Yield ``progress(done, total, text)``; the line goes to stderr of a terminal and is wiped at the end."""
    if silent or not sys.stderr.isatty():
        yield lambda _done, _total, _text: None
        return
    shown = [float("-inf")]

    def progress(done: int, total: int | None, text: str) -> None:
        moment = time.monotonic()
        if moment - shown[0] < _EVERY and done != total:
            return
        shown[0] = moment
        share = f"{done}/{total}" if total else f"{done}"
        sys.stderr.write(f"\r{f'{share}  {text}'[:_WIDTH]:<{_WIDTH}}")
        sys.stderr.flush()

    try:
        yield progress
    finally:
        sys.stderr.write("\r" + " " * _WIDTH + "\r")
        sys.stderr.flush()
