"""Many at once, on connections of their own: for tests that prove who wins."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.db import connection

T = TypeVar("T")


def together(count: int, act: Callable[[int], T]) -> list[T | Exception]:
    """Run ``act(0) … act(count - 1)`` in threads that start at the same moment; return results or exceptions in order.

    Needs ``@pytest.mark.django_db(transaction=True)``.
    """
    barrier = threading.Barrier(count)

    def run(number: int) -> T | Exception:
        try:
            barrier.wait(timeout=30)
            return act(number)
        except Exception as error:  # noqa: BLE001 - handed back to the test
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=count) as pool:
        return list(pool.map(run, range(count)))
