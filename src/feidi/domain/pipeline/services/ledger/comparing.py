"""What a row would change of a project: column → [old, new]. A blank cell changes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from feidi.domain.pipeline.services.ledger.columns import MONEY_PARTS, READINGS, Reading
from feidi.domain.pipeline.services.ledger.known import Current
from feidi.domain.pipeline.services.ledger.quick import folded
from feidi.domain.pipeline.services.ledger.timeline import Entry, parse_timeline

Values = Mapping[str, Any]
Changes = dict[str, list[Any]]
_CLAIMS = {Reading.CLAIM_DATE, Reading.CLAIM_MONEY, Reading.CLAIM_TEXT, Reading.CLAIM_KIND}
#: By name, because an enum hashes slowly and this is asked four million times in a large ledger.
_CLAIMED = {name for name, reading in READINGS.items() if reading in _CLAIMS}
_PLAIN = {name for name, reading in READINGS.items() if reading in {Reading.TEXT, Reading.DATE, Reading.COUNT}}
_MONEY = {
    name: tuple(f"{name}_{part}" for part in MONEY_PARTS)
    for name, reading in READINGS.items()
    if reading is Reading.MONEY
}


def fields_of(values: Values, owners: Mapping[str, list[int]]) -> dict[str, Any]:
    """Return the project columns that a row fills, for a project that does not exist yet."""
    filled: dict[str, Any] = {}
    claims: dict[str, Any] = {}
    for name, value in values.items():
        if name in _MONEY:
            filled.update(zip(_MONEY[name], value_parts(value), strict=True))
        elif name in _CLAIMED or (name in _PLAIN and value.__class__ is dict):
            claims[name] = value
        elif name in _PLAIN:
            filled[name] = value
    if claims:
        filled["claims"] = claims
    if "owner" in values:
        ids = owners.get(values["owner"], [])
        filled["owner_id"] = ids[0] if len(ids) == 1 else None
        filled["owner_text"] = values["owner"]
    filled["name_folded"] = folded(values["name"])
    if "sponsor" in values:
        filled["sponsor_name"] = values["sponsor"]
        filled["sponsor_folded"] = folded(values["sponsor"])
    return filled


def value_parts(value: list[Any]) -> tuple[Any, ...]:
    """Return an amount in the order of ``MONEY_PARTS``."""
    low, high, currency, approximate, text = value
    return low, high, currency, text, approximate


def changes_of(values: Values, current: Current, owners: Mapping[str, list[int]]) -> Changes:
    """Return what would change, column by column. Stages, conditions and verification are never among them."""
    row, changes = current.row, Changes()
    claims: dict[str, Any] = dict(row["claims"])
    for name, value in values.items():
        match READINGS.get(name, Reading.IGNORED):
            case Reading.TEXT:
                _text(changes, row, name, value)
            case Reading.DATE | Reading.COUNT:
                _typed(changes, row, claims, name, value)
            case Reading.MONEY:
                _money(changes, row, name, value)
            case Reading.CLAIM_DATE | Reading.CLAIM_MONEY | Reading.CLAIM_TEXT | Reading.CLAIM_KIND:
                if not _same_claim(claims.get(name), value):
                    claims[name] = _kept_currency(claims.get(name), value)
            case _:
                pass
    if claims != row["claims"]:
        changes["claims"] = [row["claims"], claims]
    _owner(changes, row, values, owners)
    _sponsor(changes, row, values)
    return changes


def new_entries(values: Values, current: Current | None, reference: date) -> list[Entry]:
    """Return the timeline entries of the cell that the project does not have yet."""
    entries = parse_timeline(values.get("progress", ""), reference=reference)
    if current is None:
        return entries
    return [each for each in entries if each.as_written.strip() not in current.entries]


def contact_is_new(values: Values, current: Current) -> bool:
    """Tell whether the row names a contact, or a number, that the project does not have. Numbers by blind index."""
    if "contact_name" not in values:
        return False
    if folded(values["contact_name"]) not in current.contacts:
        return True
    return any(index not in current.phones for index, _sealed in values.get("contact_phone", ()))


def _text(changes: Changes, row: Mapping[str, Any], name: str, value: str) -> None:
    if name == "code":
        return  # the key: equal, or the row was matched by name and keeps the number we gave
    if name == "name":
        new = folded(value)
        if new != row["name_folded"]:
            changes["name"], changes["name_folded"] = [row["name"], value], [row["name_folded"], new]
    elif value != row[name]:
        changes[name] = [row[name], value]


def _typed(changes: Changes, row: Mapping[str, Any], claims: dict[str, Any], name: str, value: Any) -> None:
    """A proper date or number fills its column; what is less exact is kept as a claim, in words."""
    if not isinstance(value, dict):
        claims.pop(name, None)
        if value != row[name]:
            changes[name] = [row[name], value]
    elif not _same_claim(claims.get(name), value):
        claims[name] = value
        if row[name] is not None:
            changes[name] = [row[name], None]


def _money(changes: Changes, row: Mapping[str, Any], name: str, value: list[Any]) -> None:
    new = dict(zip(MONEY_PARTS, value_parts(value), strict=True))
    old = {part: row[f"{name}_{part}"] for part in MONEY_PARTS}
    # an amount without a currency does not unsay the one we know
    new["currency"] = new["currency"] or old["currency"]
    figures = ("lo_fen", "hi_fen", "approximate", "currency")
    if all(new[part] == old[part] for part in figures) and (new["lo_fen"] is not None or new["hi_fen"] is not None):
        return
    for part in MONEY_PARTS:
        if new[part] != old[part]:
            changes[f"{name}_{part}"] = [old[part], new[part]]


def _same_claim(old: Any, new: Mapping[str, Any]) -> bool:
    if old is None:
        return False
    if new["value"] is None:
        return bool(old.get("text") == new["text"])
    if isinstance(new["value"], dict):
        value, known = dict(new["value"]), old.get("value") or {}
        value["currency"] = value["currency"] or known.get("currency", "")
        figureless = value["lo_fen"] is None and value["hi_fen"] is None
        return value == known and (not figureless or old.get("text") == new["text"])
    return bool(old.get("value") == new["value"])


def _kept_currency(old: Any, new: dict[str, Any]) -> dict[str, Any]:
    known = (old or {}).get("value")
    if isinstance(new["value"], dict) and not new["value"]["currency"] and isinstance(known, dict):
        return {**new, "value": {**new["value"], "currency": known.get("currency", "")}}
    return new


def _owner(changes: Changes, row: Mapping[str, Any], values: Values, owners: Mapping[str, list[int]]) -> None:
    if "owner" not in values or values["owner"] == row["owner_text"]:
        return
    ids = owners.get(values["owner"], [])
    new = ids[0] if len(ids) == 1 else None
    if new is not None and new == row["owner_id"]:
        return
    changes["owner_text"] = [row["owner_text"], values["owner"]]
    if new != row["owner_id"]:
        changes["owner_id"] = [row["owner_id"], new]


def _sponsor(changes: Changes, row: Mapping[str, Any], values: Values) -> None:
    if "sponsor" not in values:
        return
    new = folded(values["sponsor"])
    if new and new != row["sponsor_folded"]:
        changes["sponsor_name"] = [row["sponsor_name"], values["sponsor"]]
        changes["sponsor_folded"] = [row["sponsor_folded"], new]
