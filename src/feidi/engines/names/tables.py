"""The small tables that come with the engine, read once when first asked for."""

from __future__ import annotations

from pathlib import Path

_FOLDER = Path(__file__).parent / "data"


def lines_of(name: str) -> tuple[str, ...]:
    """Return the lines of one table; blank lines and lines that begin with ``#`` are left out."""
    lines = (_FOLDER / name).read_text(encoding="utf-8").splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))
