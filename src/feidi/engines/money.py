"""Money as an integer number of hundredths with a currency, and the arithmetic that is allowed on it.

SQLite keeps ``Decimal`` as a float, so sums drift; integers do not. ``Decimal`` appears only
where text is read or printed. 万元 and 千元 exist only at the edges. Amounts of different or
unknown currency are never added.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

FEN_PER_YUAN = 100
#: ISO 4217 codes that a Chinese ledger is known to hold; anything else is "unknown", never guessed.
CURRENCIES = ("CNY", "USD", "HKD", "MOP", "EUR", "GBP", "JPY", "AUD", "CAD", "SGD", "CHF", "TWD", "KRW", "DEM")


class CurrencyMismatchError(ValueError):
    """Two amounts of different, or unknown, currency were to be added or compared."""


@dataclass(frozen=True, slots=True)
class Money:
    """``fen`` hundredths of one unit of ``currency`` (for CNY: 分). ``currency`` None = not known."""

    fen: int
    currency: str | None = "CNY"

    def _same(self, other: Money) -> None:
        if self.currency is None or self.currency != other.currency:
            message = (
                f"cannot combine {self.currency or 'unknown currency'} with {other.currency or 'unknown currency'}"
            )
            raise CurrencyMismatchError(message)

    def __add__(self, other: Money) -> Money:
        self._same(other)
        return Money(self.fen + other.fen, self.currency)

    def __sub__(self, other: Money) -> Money:
        self._same(other)
        return Money(self.fen - other.fen, self.currency)

    @property
    def units(self) -> Decimal:
        """The amount in whole units (元 for CNY), exact."""
        return Decimal(self.fen) / FEN_PER_YUAN

    @property
    def wan(self) -> Decimal:
        """The amount in 万 units (万元 for CNY), exact."""
        return Decimal(self.fen) / (FEN_PER_YUAN * 10_000)


@dataclass(frozen=True, slots=True)
class MoneyText:
    """An amount as somebody wrote it: the text is kept, and lo..hi say what is known of it.

    ``lo == hi``: an exact amount. ``lo`` only: at least. ``hi`` only: at most. Neither: the text
    names no figure (数千万人民币, 未透露). ``approximate``: the writer said 约 / 左右.
    """

    text: str
    lo_fen: int | None = None
    hi_fen: int | None = None
    currency: str | None = None
    approximate: bool = False

    @property
    def exact(self) -> Money | None:
        """The single exact amount, or None when the text gives a bound, a range or no figure."""
        if self.lo_fen is not None and self.lo_fen == self.hi_fen and not self.approximate:
            return Money(self.lo_fen, self.currency)
        return None


def sum_by_currency(amounts: list[Money]) -> dict[str | None, int]:
    """Add amounts per currency; unknown currency is a pot of its own (key None). Unit: hundredths."""
    pots: dict[str | None, int] = {}
    for amount in amounts:
        pots[amount.currency] = pots.get(amount.currency, 0) + amount.fen
    return pots
