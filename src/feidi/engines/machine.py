"""Loops as machine code, where numba is installed (the extra ``speed``): the results of numpy's columns in a fraction of the time.

Whoever has such loops keeps them in a module of their own, which is imported only where ``has_compiler()`` says so and where there
is enough to do: importing numba takes a second, compiling some more, once; what was compiled is kept beside the source, or in the
user's cache where that cannot be written.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from functools import cache
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


@cache
def has_compiler() -> bool:
    """Tell whether numba is installed."""
    return importlib.util.find_spec("numba") is not None


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """Return the function as machine code, compiled when it is first called with arguments of a kind; it lets go of the interpreter."""
    import numba  # noqa: PLC0415 - a second, only where it is used

    try:
        made: Any = numba.njit(cache=True, nogil=True)(function)
    except RuntimeError:
        # nowhere to keep it: no folder of the program or of the user can be written
        made = numba.njit(nogil=True)(function)
    return made  # type: ignore[no-any-return]
