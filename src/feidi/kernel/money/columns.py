"""A ``MoneyText`` in the five columns of a row: ``<name>_lo_fen``, ``_hi_fen``, ``_currency``, ``_text``, ``_approximate``.

The model writes the columns out by hand (BigInteger null, BigInteger null, Char(3), Char(120), Boolean), so that the
type checker knows them; these functions read and write them together. An empty currency means "not known".
"""

from __future__ import annotations

from django.db.models import Model

from feidi.engines.money import MoneyText

#: How much of the written text a row keeps.
TEXT_LENGTH = 120


def money_of(row: Model, name: str) -> MoneyText:
    """Return the amount ``name`` of ``row``; a row that holds none gives ``MoneyText("")``."""
    return MoneyText(
        text=getattr(row, f"{name}_text"),
        lo_fen=getattr(row, f"{name}_lo_fen"),
        hi_fen=getattr(row, f"{name}_hi_fen"),
        currency=getattr(row, f"{name}_currency") or None,
        approximate=getattr(row, f"{name}_approximate"),
    )


def set_money(row: Model, name: str, value: MoneyText) -> tuple[str, ...]:
    """Put ``value`` into the columns of ``row``, without saving, and return the columns for ``update_fields``."""
    columns: dict[str, object] = {
        f"{name}_lo_fen": value.lo_fen,
        f"{name}_hi_fen": value.hi_fen,
        f"{name}_currency": value.currency or "",
        f"{name}_text": value.text[:TEXT_LENGTH],
        f"{name}_approximate": value.approximate,
    }
    for column, content in columns.items():
        if not hasattr(row, column):
            message = f"{type(row).__name__} has no column {column}"
            raise AttributeError(message)
        setattr(row, column, content)
    return tuple(columns)


def clear_money(row: Model, name: str) -> tuple[str, ...]:
    """Empty the columns of ``name``, without saving, and return them."""
    return set_money(row, name, MoneyText(""))
