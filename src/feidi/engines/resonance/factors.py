"""The five factors, each an interval with its explanation."""

from __future__ import annotations


def bound_share(*, multiple: float, contributed_fen: int, invested_there_fen: int, left_fen: int) -> float:
    """Return the share of a fund's money left that 返投 binds: (multiple × contributed − invested there) / left, in 0..1."""
    raise NotImplementedError
