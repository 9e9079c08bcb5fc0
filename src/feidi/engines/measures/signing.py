"""Count once: the rule against repeat signing and inflated sums.

Source: 三明市 明政办〔2006〕95号 (签约项目甄别): a project counts once, at its first signing; added
capital counts only the increment; a changed investor counts under the new signing. Framework and
intent agreements are kept apart and never added to contracts; a tenancy is no investment.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

Kind = Literal["framework", "intent", "contract", "tenancy"]
Rule = Literal["first", "increment", "new_investor", "already", "apart", "tenancy"]


@dataclass(frozen=True, slots=True)
class Signed:
    """One signing. ``amount_fen`` in hundredths, None when no exact amount is known; ``investor`` folded.

    ``adds_capital``: the agreement itself says that it raises the investment, and ``amount_fen`` is the new total.
    """

    kind: Kind
    signed_on: date
    investor: str
    amount_fen: int | None
    currency: str
    adds_capital: bool = False
    key: int | None = None


@dataclass(frozen=True, slots=True)
class Counted:
    """Whether and how a signing counts: the rule, the hundredths that count (None: not known), against which one."""

    rule: Rule
    counted_fen: int | None
    against: int | None = None


def count_signing(new: Signed, earlier: Sequence[Signed]) -> Counted:
    """Say how ``new`` counts beside the project's ``earlier`` signings (any order; those not taken back).

    >>> first = Signed("contract", date(2025, 3, 18), "甲", 300_000_000_00, "CNY", key=1)
    >>> count_signing(first, [])
    Counted(rule='first', counted_fen=30000000000, against=None)
    >>> count_signing(Signed("contract", date(2025, 9, 1), "甲", 300_000_000_00, "CNY"), [first])
    Counted(rule='already', counted_fen=0, against=1)
    >>> more = Signed("contract", date(2025, 9, 1), "甲", 450_000_000_00, "CNY", adds_capital=True)
    >>> count_signing(more, [first])
    Counted(rule='increment', counted_fen=15000000000, against=1)
    >>> again = Signed("contract", date(2025, 6, 1), "甲", 900_000_000_00, "CNY", key=2)
    >>> count_signing(more, [first, again]).counted_fen  # what was signed again and did not count is no base
    15000000000
    >>> count_signing(Signed("framework", date(2025, 9, 1), "甲", 5, "CNY"), [first]).rule
    'apart'
    """
    if new.kind in {"framework", "intent"}:
        return Counted("apart", 0)
    if new.kind == "tenancy":
        return Counted("tenancy", 0)
    contracts = sorted((each for each in earlier if each.kind == "contract"), key=lambda each: each.signed_on)
    if not contracts:
        return Counted("first", new.amount_fen)
    same = [each for each in contracts if each.investor == new.investor]
    if not same:
        return Counted("new_investor", new.amount_fen, contracts[-1].key)
    if not new.adds_capital:
        return Counted("already", 0, same[0].key)
    return _increment(new, same)


def _increment(new: Signed, same: Sequence[Signed]) -> Counted:
    """Count what the new total adds to the totals that counted: a repeated signing (already) raised nothing."""
    same = [same[0], *(each for each in same[1:] if each.adds_capital)]
    last = same[-1]
    comparable = new.amount_fen is not None and last.amount_fen is not None and new.currency == last.currency != ""
    if not comparable or new.amount_fen is None or last.amount_fen is None:
        # an unknown sum or another currency: the increment is unknown, which is not zero
        return Counted("increment", None, last.key)
    highest = max(each.amount_fen or 0 for each in same if each.currency == new.currency)
    return Counted("increment", max(0, new.amount_fen - highest), last.key)
