"""One line of a condition: ``研发费用 >= 300万元``, ``企业称号 含 小巨人``, ``成立日期 满 3年``, ``全部（…；…）``."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Final

from feidi.engines.rules.conditions import (
    All,
    Any,
    AtLeast,
    Compare,
    Condition,
    Holds,
    Is,
    Not,
    OnDay,
    OneOf,
    Op,
    Since,
    Span,
)
from feidi.engines.rules.facts import FactDef, FactType
from feidi.engines.rules.language.codes_read import codes_of, rank_of
from feidi.engines.rules.language.expressions import (
    COMPARISONS,
    OPERATORS,
    Ratio,
    Sum,
    linear_of,
    matched,
    minus,
    read_side,
    times,
)
from feidi.engines.rules.language.intervals import Interval, interval_parts
from feidi.engines.rules.language.scanner import Scanner, Vocabulary
from feidi.engines.rules.language.source import WrongError
from feidi.engines.rules.language.words import day_of, fold, shown
from feidi.engines.rules.units import RATE

#: Turns the words of a 人工核定 into the condition on its judgement.
Judged = Callable[[str], Condition]

_FLIPPED: Final = {Op.GE: Op.LE, Op.GT: Op.LT, Op.LE: Op.GE, Op.LT: Op.GT, Op.EQ: Op.EQ, Op.NE: Op.NE}
_SPANS: Final[Mapping[str, Span]] = {
    "个月": Span.MONTH, "月": Span.MONTH, "年": Span.YEAR, "周年": Span.YEAR, "天": Span.DAY, "日": Span.DAY,
}  # fmt: skip
_SINCE: Final = {"满": Op.GE, "不满": Op.LT, "已过": Op.GT, "未超过": Op.LE}
_YESNO: Final = {"是": True, "否": False}
_GROUP: Final = re.compile(r"(?P<word>全部|任一|非|至少(?P<k>\d{1,4})项) ?\((?P<inside>.*)\)")
_HOLDS: Final = re.compile(r"含其中 ?(\d{1,4}) ?项")
_MANUAL: Final = re.compile(r"人工核定 ?[:(](?P<words>.*?)\)?")
_MAX_DEPTH: Final = 20
_MAX_SPANS: Final = 200_000


def read_line(text: str, vocabulary: Vocabulary, judged: Judged, depth: int = 0) -> Condition:
    """Read one line. Raises ``WrongError`` saying what is wrong with it."""
    if depth > _MAX_DEPTH:
        raise WrongError("rules.too_deep", limit=_MAX_DEPTH)
    scanner = Scanner(text, vocabulary)
    line = scanner.text
    if not line:
        raise WrongError("rules.condition_empty")
    if line == "无":
        return All(())
    manual = _MANUAL.fullmatch(line)
    if manual is not None:
        return judged(manual["words"])
    group = _GROUP.fullmatch(line)
    if group is not None and _balanced(group["inside"]):
        parts = tuple(read_line(each, vocabulary, judged, depth + 1) for each in split(group["inside"]))
        return grouped(group["word"], group["k"], parts)
    return _atom(scanner, depth, judged)


def grouped(word: str, k: str | None, parts: tuple[Condition, ...]) -> Condition:
    """Return the group that a word makes of its parts."""
    if word == "全部":
        return All(parts)
    if word == "任一":
        return Any(parts)
    if word == "非":
        if len(parts) != 1:
            raise WrongError("rules.not_takes_one", n=len(parts))
        return Not(parts[0])
    needed = int(k or 0)
    if not 1 <= needed <= len(parts):
        raise WrongError("rules.at_least_impossible", k=needed, n=len(parts))
    return AtLeast(needed, parts)


def _balanced(text: str) -> bool:
    depth = 0
    for each in text:
        depth += (each == "(") - (each == ")")
        if depth < 0:
            return False
    return depth == 0


def split(text: str) -> list[str]:
    """Return the parts between semicolons that stand in no bracket."""
    parts, depth, start = [], 0, 0
    for at, each in enumerate(text):
        depth += (each == "(") - (each == ")")
        if each == ";" and depth == 0:
            parts.append(text[start:at])
            start = at + 1
    last = text[start:]
    return [*parts, last] if last.strip() or not parts else parts


def _atom(scanner: Scanner, depth: int, judged: Judged) -> Condition:
    start = scanner.at
    fact = scanner.fact(OPERATORS)
    if fact is None and scanner.take("非"):
        return Not(read_line(scanner.rest, scanner.vocabulary, judged, depth + 1))
    if fact is None or fact.type is FactType.NUMBER:
        scanner.at = start
        return _comparison(scanner)
    made = _READERS[fact.type](fact, scanner)
    if not scanner.done:
        raise WrongError("rules.not_understood", rest=shown(scanner.rest), text=shown(scanner.text))
    return made


def _comparison(scanner: Scanner) -> Condition:
    left = read_side(scanner)
    if scanner.take("在"):
        return _within(left, interval_parts(scanner.rest), scanner)
    op = scanner.one_of(COMPARISONS)
    if op is None:
        raise _no_operator(scanner, "rules.operator_needed")
    right = read_side(scanner)
    if not scanner.done:
        raise WrongError("rules.not_understood", rest=shown(scanner.rest), text=shown(scanner.text))
    return compared(left, op, right, scanner)


def _no_operator(scanner: Scanner, code: str) -> WrongError:
    return WrongError(code, rest=shown(scanner.rest) or "—", text=shown(scanner.text))


def compared(left: Sum | Ratio, op: Op, right: Sum | Ratio, scanner: Scanner) -> Compare:
    """Return the comparison of two sides as one linear sum against 0. Raises when it is not linear, or has no fact."""
    if isinstance(right, Ratio):
        left, op, right = right, _FLIPPED[op], left
    if isinstance(right, Ratio):
        raise WrongError("rules.two_ratios", text=shown(scanner.text))
    if isinstance(left, Ratio):
        return _ratio(left, op, right, scanner)
    both = minus(left, right)
    if not both.terms:
        raise WrongError("rules.no_fact", text=shown(scanner.text))
    return Compare(linear_of(both), op)


def _ratio(ratio: Ratio, op: Op, against: Sum, scanner: Scanner) -> Compare:
    above, below = ratio.above, ratio.below
    if not against.is_number:
        raise WrongError("rules.ratio_against_fact", text=shown(scanner.text))
    unit = RATE if above.unit == below.unit else f"{above.unit}/{below.unit}"
    plain = unit == RATE and not against.unit  # a ratio is a plain number: 2 and 200% are the same
    rate = against.constant if plain else matched(against, Sum(unit, {}))[0].constant
    raised = times(Sum(above.unit, below.terms, below.constant, below.finest), rate)
    return Compare(linear_of(minus(above, raised), per=above.finest), op, linear_of(below))


def _within(left: Sum | Ratio, interval: Interval, scanner: Scanner) -> Condition:
    """Return the conditions that stand for an interval: one for each end that is written."""
    parts = []
    for text, op in ((interval.lo, interval.lo_op), (interval.hi, interval.hi_op)):
        if text:
            end = Scanner(text, scanner.vocabulary)
            side = read_side(end)
            if not end.done or isinstance(side, Ratio) or not side.is_number:
                raise WrongError("rules.interval_end", end=shown(text), text=shown(scanner.text))
            parts.append(compared(left, op, side, scanner))
    _not_empty([(part.linear.constant, part.op) for part in parts], scanner)
    return parts[0] if len(parts) == 1 else All(tuple(parts))


def _not_empty(ends: list[tuple[Fraction, Op]], scanner: Scanner) -> None:
    if len(ends) == 2:  # noqa: PLR2004
        (low, first), (high, last) = ends
        if -low > -high or (low == high and (first is Op.GT or last is Op.LT)):
            raise WrongError("rules.interval_reversed", text=shown(scanner.text))


def _date(fact: FactDef, scanner: Scanner) -> Condition:
    since = scanner.one_of(_SINCE)
    if since is not None:
        n, span = _spans(scanner)
        return Since(fact.id, since, n, span)
    if scanner.take("在"):
        return _days(fact, interval_parts(scanner.rest), scanner)
    op = scanner.one_of(COMPARISONS)
    if op is None:
        raise _no_operator(scanner, "rules.operator_needed_date")
    day, scanner.at = day_of(scanner.rest), len(scanner.text)
    return Not(OnDay(fact.id, Op.EQ, day)) if op is Op.NE else OnDay(fact.id, op, day)


def _days(fact: FactDef, interval: Interval, scanner: Scanner) -> Condition:
    scanner.at = len(scanner.text)
    ends = ((interval.lo, interval.lo_op), (interval.hi, interval.hi_op))
    parts = tuple(OnDay(fact.id, op, day_of(text)) for text, op in ends if text)
    _not_empty([(Fraction(-part.day), part.op) for part in parts], scanner)
    return parts[0] if len(parts) == 1 else All(parts)


def _spans(scanner: Scanner) -> tuple[int, Span]:
    match = re.match(r" ?(\d{1,6}) ?(个月|周年|月|年|天|日)$", scanner.text[scanner.at :])
    if match is None or int(match[1]) > _MAX_SPANS:
        raise WrongError("rules.span_expected", found=shown(scanner.rest))
    scanner.at = len(scanner.text)
    return int(match[1]), _SPANS[match[2]]


def span_of(text: object) -> tuple[int, Span]:
    """Return ``1年`` as (1, year). Raises ``WrongError``."""
    match = re.fullmatch(r"(\d{1,6}) ?(个月|周年|月|年|天|日)", fold(text)) if isinstance(text, str) else None
    if match is None or int(match[1]) > _MAX_SPANS:
        raise WrongError("rules.span_expected", found=shown(text))
    return int(match[1]), _SPANS[match[2]]


def unit_span(text: object) -> Span | None:
    """Return the span that a bare unit of time means, or None."""
    return _SPANS.get(text) if isinstance(text, str) else None


def _level(fact: FactDef, scanner: Scanner) -> Condition:
    op = scanner.one_of(COMPARISONS)
    if op is None:
        raise _no_operator(scanner, "rules.operator_needed_level")
    rank, scanner.at = rank_of(fact, scanner.rest), len(scanner.text)
    return Compare(linear_of(Sum("", {fact.id: Fraction(1)}, Fraction(-rank))), op)


def _yes_no(fact: FactDef, scanner: Scanner) -> Condition:
    if scanner.done:
        return Is(fact.id)
    op = scanner.one_of({"=": True, "==": True, "等于": True, "≠": False, "!=": False, "不等于": False})
    value = scanner.one_of(_YESNO)
    if op is None or value is None:
        raise _no_operator(scanner, "rules.operator_needed_yesno")
    return Is(fact.id, value is op)


def _code(fact: FactDef, scanner: Scanner) -> Condition:
    op = scanner.one_of(
        {"属于": True, "不属于": False, "=": True, "等于": True, "≠": False, "!=": False, "不等于": False}
    )
    if op is None:
        raise _no_operator(scanner, "rules.operator_needed_code")
    codes, scanner.at = codes_of(fact, scanner.rest), len(scanner.text)
    made = OneOf(fact.id, codes)
    return made if op else Not(made)


def _codes(fact: FactDef, scanner: Scanner) -> Condition:
    several = _HOLDS.match(scanner.text, scanner.at + scanner.text[scanner.at :].startswith(" "))
    if several is not None:
        scanner.at = several.end()
        op: bool | None = True
    else:
        op = scanner.one_of({"含": True, "包含": True, "不含": False})
    if op is None:
        raise _no_operator(scanner, "rules.operator_needed_codes")
    k = int(several[1]) if several else 1
    codes, scanner.at = codes_of(fact, scanner.rest), len(scanner.text)
    if not 1 <= k <= len(codes):
        raise WrongError("rules.at_least_impossible", k=k, n=len(codes))
    return Holds(fact.id, codes, k) if op else Not(Holds(fact.id, codes, k))


_READERS: Final[Mapping[FactType, Callable[[FactDef, Scanner], Condition]]] = {
    FactType.DATE: _date,
    FactType.LEVEL: _level,
    FactType.YESNO: _yes_no,
    FactType.CODE: _code,
    FactType.CODES: _codes,
}
