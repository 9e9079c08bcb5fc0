"""Amounts as people write them: exact, a range, a bound, or no figure at all. Never a guess.

What the text does not settle stays open: no currency in text or hint is currency None; a separator
that may mean two things gives no value and a problem. Amounts are integer hundredths (分).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from feidi.engines.findings import Finding, Level, Scalar
from feidi.engines.money import CURRENCIES, MoneyText
from feidi.engines.sheets.folding import fold_tight
from feidi.engines.sheets.model import finding
from feidi.engines.sheets.money_words import (
    ABOUT,
    AT_LEAST,
    AT_LEAST_AFTER,
    AT_MOST,
    AT_MOST_AFTER,
    CURRENCY,
    GENERIC,
    LABELS,
    NOT_STATED,
    OTHER_CURRENCIES,
    PER,
    UNITS,
    VAGUE,
    currency_code,
)
from feidi.engines.sheets.numerals import NUMERAL_CHARS, parse_numeral, parse_plain_number, text_of

_MAX_CHARS = 200
_MAX_FEN = 10**18
_RANGE = re.compile(r"(?<=[\d元万亿千百圆a-z¥币])(?:-+|~|至|到|—)(?=[\d¥$a-z人美港约])", re.IGNORECASE)
_AMOUNT = re.compile(
    rf"^(?P<sign>[-+]?)(?P<number>\d[\d,.]*(?:[十百千万亿]\d[\d.]*)*|[{NUMERAL_CHARS}]+)"
    r"(?P<unit>[十百千万亿]+|[wk](?![a-z])|)(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_JIAO = re.compile(
    rf"^(?P<yuan>.*?[元圆圓])(?:(?P<jiao>[{NUMERAL_CHARS}\d]+)角)?零?(?:(?P<fen>[{NUMERAL_CHARS}\d]+)分)?[整正]?$"
)
_WORD_UNIT = re.compile(r"^(?P<unit>(?:十|百|千)?(?:万|亿)|[十百千])?(?P<rest>.*)$")


@dataclass(frozen=True, slots=True)
class _Hint:
    """What the column says: the factor of a bare number, its currency."""

    factor: int | None = None
    currency: str | None = None
    generic: bool = False


@dataclass(frozen=True, slots=True)
class _Part:
    """One figure read: ``factor`` None = no unit was written."""

    number: Decimal
    factor: int | None
    currency: str | None
    generic: bool
    other: str | None = None


class _DoubtError(Exception):
    """The text does not settle what it means; carries the finding's code."""

    def __init__(self, code: str, **params: Scalar) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


def parse_money(
    text: str | float | Decimal | None, *, unit_hint: str | None = None, currency_hint: str | None = None
) -> tuple[MoneyText, tuple[Finding, ...]]:
    """Read one amount. ``unit_hint``: the column's unit (万元) for a bare number; ``currency_hint``: ISO code.

    Returns the amount (hundredths) and findings: notes on what was taken, problems where nothing could be.
    A unit in the text wins over the hint. Never raises.

    >>> parse_money("1,965(万美元)")[0].exact
    Money(fen=1965000000, currency='USD')
    >>> parse_money("1000-3000万元")[0]
    MoneyText(text='1000-3000万元', lo_fen=1000000000, hi_fen=3000000000, currency='CNY', approximate=False)
    >>> amount, findings = parse_money("1,2万"); (amount.lo_fen, findings[0].code)
    (None, 'sheets.money.unclear')
    """
    raw = text_of(text)
    notes: list[Finding] = []
    shown = MoneyText(text=raw)
    if not raw:
        return shown, ()
    try:
        return _parse(raw, _read_hint(unit_hint, currency_hint), notes), tuple(notes)
    except _DoubtError as doubt:
        params: dict[str, Scalar] = {"text": raw[:80], **doubt.params}
        return shown, (*notes, finding(Level.PROBLEM, doubt.code, params))


def _read_hint(unit: str | None, currency: str | None) -> _Hint:
    if currency is not None and currency not in CURRENCIES:
        currency = None
    if not unit:
        return _Hint(None, currency) if unit is None else _Hint(1, currency)
    tight = re.sub(r"^(?:人民币)?单位[::]?", "", fold_tight(unit)).strip("()")
    match = _WORD_UNIT.match(re.split(r"[/每]", tight)[0])
    rest = match["rest"] if match else ""
    words = CURRENCY.findall(rest)
    if match is None or CURRENCY.sub("", rest) or not (words or match["unit"]):
        return _Hint(None, currency)
    named = next((code for word in words if (code := currency_code(word))), None)
    return _Hint(UNITS[match["unit"] or ""], currency or named, generic=bool(words) and named is None)


def _parse(raw: str, hint: _Hint, notes: list[Finding]) -> MoneyText:
    if len(raw) > _MAX_CHARS:
        raise _DoubtError("sheets.money.unclear")
    text = fold_tight(raw).replace("￥", "¥")
    if NOT_STATED.match(text):
        notes.append(finding(Level.NOTE, "sheets.money.not_stated", {"text": raw[:80]}))
        return MoneyText(text=raw)
    if re.match(r"^\(-?[\d,.]+\)$", text):
        # (500) is minus 500 to an accountant and 500 to everybody else.
        raise _DoubtError("sheets.money.unclear")
    if re.search(r"\d\s+\d", raw):
        raise _DoubtError("sheets.money.unclear")
    body = re.sub(r"[()\[\]【】〔〕“”\"]", "", text).rstrip("。;,、")
    body = _strip_labels(body, raw, notes)
    per = PER.search(body)
    if per:
        notes.append(finding(Level.NOTE, "sheets.money.per", {"text": raw[:80], "per": per.group(0)}))
        body = PER.sub("", body)
    return _bounded(body, raw, hint, notes)


def _strip_labels(body: str, raw: str, notes: list[Finding]) -> str:
    label = LABELS.match(body)
    if not label or not label.group(0) or label.end() == len(body):
        return body
    rest = body[label.end() :]
    if label.group(0).strip("大小写:：") and rest:
        notes.append(finding(Level.NOTE, "sheets.money.words_ignored", {"text": raw[:80], "words": label.group(0)}))
    return rest


def _bounded(body: str, raw: str, hint: _Hint, notes: list[Finding]) -> MoneyText:
    body, about = _strip_any(body, ABOUT)
    body, least = _strip_sides(body, AT_LEAST, AT_LEAST_AFTER)
    body, most = _strip_sides(body, AT_MOST, AT_MOST_AFTER)
    if least and most:
        raise _DoubtError("sheets.money.unclear")
    if VAGUE.match(body):
        notes.append(finding(Level.NOTE, "sheets.money.vague", {"text": raw[:80]}))
        words = [code for word in CURRENCY.findall(body) if (code := currency_code(word))]
        generic = any(word in GENERIC for word in CURRENCY.findall(body))
        fallback = hint.currency or ("CNY" if generic or hint.generic else None)
        return MoneyText(text=raw, currency=words[0] if len(set(words)) == 1 else fallback, approximate=about)
    parts = _split(body)
    lows = [_fen(part, hint, raw, notes) for part in parts]
    currency = _currency(parts, hint, raw, notes)
    lo, hi, inexact = lows[0][0], lows[-1][1], any(low != high for low, high in lows)
    if lo > hi or (len(parts) > 1 and (least or most)):
        raise _DoubtError("sheets.money.unclear")
    return MoneyText(raw, None if most else lo, None if least else hi, currency, about or inexact)


def _strip_any(body: str, words: tuple[str, ...]) -> tuple[str, bool]:
    for word in words:
        if body.startswith(word) and len(body) > len(word):
            return body[len(word) :], True
        if body.endswith(word) and len(body) > len(word):
            return body[: -len(word)], True
    # 约 may stand after the currency: 人民币约5亿元.
    inner = re.match(r"^(人民币|港币|美元|rmb)(大约|约|近)(?=\d)", body, re.IGNORECASE)
    return (inner[1] + body[inner.end() :], True) if inner else (body, False)


def _strip_sides(body: str, before: tuple[str, ...], after: tuple[str, ...]) -> tuple[str, bool]:
    for word in before:
        if body.startswith(word) and len(body) > len(word):
            return body[len(word) :], True
    for word in after:
        if body.endswith(word) and len(body) > len(word):
            return body[: -len(word)], True
        # 1000多万, 500余万元: the word stands inside, after the digits.
        if word in ("多", "余") and (inner := re.match(rf"^(\d[\d,.]*|[{NUMERAL_CHARS}]+){word}(.+)$", body)):
            return inner[1] + inner[2], True
    return body, False


def _split(body: str) -> list[_Part]:
    """Read one figure, or the two of a range; in a range each may lend the other its unit and currency."""
    pieces = _RANGE.split(body)
    if len(pieces) > 2:  # noqa: PLR2004
        raise _DoubtError("sheets.money.several")
    parts = [_part(piece) for piece in pieces]
    if len(parts) == 1:
        return parts
    low, high = parts
    if low.factor is None and low.currency is None and not low.generic:
        low = replace(low, factor=high.factor, currency=high.currency, generic=high.generic)
    elif low.factor is None or high.factor is None:
        # 1000元-3万, 1万-30000: which unit the bare one has is open only if it has no word at all.
        low = low if low.factor is not None else replace(low, factor=1)
        if high.factor is None and not high.generic and high.currency is None:
            raise _DoubtError("sheets.money.unclear")
    return [low, high]


def _part(piece: str) -> _Part:
    jiao = _JIAO.match(piece) if "角" in piece or "分" in piece else None
    core = jiao["yuan"] if jiao else piece
    prefix = CURRENCY.match(core)
    words = [prefix.group(0)] if prefix else []
    core = core[prefix.end() :] if prefix else core
    match = _AMOUNT.match(core)
    if not match:
        raise _DoubtError("sheets.money.unclear")
    if re.search(r"\d", CURRENCY.sub("", match["rest"])):
        raise _DoubtError("sheets.money.several")
    tail = CURRENCY.sub("", match["rest"]).strip()
    if tail not in ("", "整", "正"):
        raise _DoubtError("sheets.money.unclear")
    words += CURRENCY.findall(match["rest"])
    number, factor = _number(match["number"], match["unit"].lower())
    if factor is None and words:
        factor = 1
    if jiao:
        number += _cents(jiao)
    return _with_words(-number if match["sign"] == "-" else number, factor, words)


def _number(number: str, unit: str) -> tuple[Decimal, int | None]:
    """Read the figure and its factor; 万 inside Chinese numerals belongs to the number itself."""
    plain = parse_plain_number(number)
    if plain is not None:
        if unit and unit not in UNITS:
            raise _DoubtError("sheets.money.unclear")
        return plain, UNITS[unit] if unit else None
    value = parse_numeral((number + unit).lower()) if not re.search(r"[wk]", unit) else None
    if value is None:
        raise _DoubtError("sheets.money.unclear")
    return value, 1


def _cents(match: re.Match[str]) -> Decimal:
    total = Decimal(0)
    for name, worth in (("jiao", Decimal("0.1")), ("fen", Decimal("0.01"))):
        if match[name]:
            value = parse_numeral(match[name].strip("零") or "零")
            if value is None or value > 9:  # noqa: PLR2004
                raise _DoubtError("sheets.money.unclear")
            total += value * worth
    return total


def _with_words(number: Decimal, factor: int | None, words: list[str]) -> _Part:
    codes = {code for word in words if (code := currency_code(word))}
    others = [word for word in words if word in OTHER_CURRENCIES]
    if len(codes) > 1 or (codes and others):
        raise _DoubtError("sheets.money.several_currencies")
    if "$" in words and not codes:
        others.append("$")
    generic = any(word in GENERIC for word in words)
    return _Part(number, factor, next(iter(codes), None), generic and not others, others[0] if others else None)


def _fen(part: _Part, hint: _Hint, raw: str, notes: list[Finding]) -> tuple[int, int]:
    """Return the hundredths, exact or the two whole ones around it. Raises _DoubtError without any unit."""
    factor = part.factor if part.factor is not None else hint.factor
    if factor is None:
        if part.number != 0:
            raise _DoubtError("sheets.money.no_unit")
        factor = 1
    if part.factor is not None and hint.factor is not None and part.factor != hint.factor:
        notes.append(finding(Level.NOTE, "sheets.money.unit_from_text", {"text": raw[:80]}))
    value = part.number * factor * 100
    if abs(value) > _MAX_FEN:
        raise _DoubtError("sheets.money.too_large")
    low, high = (int(value.to_integral_value(rounding)) for rounding in (ROUND_FLOOR, ROUND_CEILING))
    if low != high:
        notes.append(finding(Level.PROBLEM, "sheets.money.below_fen", {"text": raw[:80]}))
    return low, high


def _currency(parts: list[_Part], hint: _Hint, raw: str, notes: list[Finding]) -> str | None:
    codes = {part.currency for part in parts if part.currency}
    other = next((part.other for part in parts if part.other), None)
    if len(codes) > 1:
        raise _DoubtError("sheets.money.several_currencies")
    if other:
        notes.append(finding(Level.PROBLEM, "sheets.money.currency_unknown", {"text": raw[:80], "word": other}))
        return None
    if codes:
        code = codes.pop()
        if hint.currency and hint.currency != code:
            notes.append(finding(Level.NOTE, "sheets.money.currency_from_text", {"text": raw[:80], "currency": code}))
        return code
    if any(part.generic for part in parts):
        if hint.currency not in (None, "CNY"):
            # 500万元 in a column of 万美元: 元 may be yuan, or only "units of it".
            notes.append(
                finding(Level.PROBLEM, "sheets.money.currency_conflict", {"text": raw[:80], "currency": hint.currency})
            )
            return None
        return "CNY"
    return hint.currency or ("CNY" if hint.generic else None)
