"""What a row would change, in words: column, what stands there now, what the file says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from feidi.domain.pipeline.services.ledger.columns import MONEY_FIELDS, MONEY_PARTS, Ledger
from feidi.engines.money import MoneyText
from feidi.portals.console.words import say_pair

#: Columns of ours that only follow another: told with that one.
_FOLLOWING = frozenset({"name_folded", "sponsor_folded", "owner_id", "sort_key"})
_FIELD_OF = {"sponsor_name": "sponsor", "owner_text": "owner", "progress_entries": "progress"}


@dataclass(frozen=True, slots=True)
class Change:
    """One column before and after; ``added``: nothing is replaced, entries are added."""

    label: str
    old: Any
    new: Any
    added: str = ""


def changes_in_words(changes: Mapping[str, list[Any]], ledger: Ledger) -> list[Change]:
    """Return the changes of a row as the ledger's own columns, in their order."""
    found = dict(_changes(changes, ledger))
    order = {each.field: at for at, each in enumerate(ledger.columns)}
    return [found[name] for name in sorted(found, key=lambda name: order.get(name, len(order)))]


def _changes(changes: Mapping[str, list[Any]], ledger: Ledger) -> Iterator[tuple[str, Change]]:
    for name, (old, new) in changes.items():
        if name in _FOLLOWING:
            continue
        money = next((each for each in MONEY_FIELDS if name.startswith(f"{each}_")), None)
        if name == "claims":
            yield from _claims(old, new, ledger)
        elif name == "progress_entries":
            yield "progress", Change(_label(ledger, "progress"), "", "", _("新增 {n} 条往来").format(n=new))
        elif money is not None:
            yield money, Change(_label(ledger, money), _amount(changes, money, 0), _amount(changes, money, 1))
        else:
            field = _FIELD_OF.get(name, name)
            yield field, Change(_label(ledger, field), old, new)


def _claims(old: Mapping[str, Any], new: Mapping[str, Any], ledger: Ledger) -> Iterator[tuple[str, Change]]:
    for name in sorted({*old, *new}):
        before, after = (str((side.get(name) or {}).get("text", "")) for side in (old, new))
        if before != after:
            yield name, Change(_label(ledger, name), before, after)


def _amount(changes: Mapping[str, list[Any]], name: str, side: int) -> MoneyText | str:
    """Return an amount of which only some parts changed as far as it is known: its text, else its figures."""
    parts = {part: changes[f"{name}_{part}"][side] for part in MONEY_PARTS if f"{name}_{part}" in changes}
    if parts.get("text"):
        return str(parts["text"])
    return MoneyText("", parts.get("lo_fen"), parts.get("hi_fen"), parts.get("currency") or None)


def _label(ledger: Ledger, field: str) -> str:
    column = ledger.by_field.get(field)
    return say_pair(column.zh, column.en) if column else field
