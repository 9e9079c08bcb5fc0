"""Rules written by hand from the shared types, in few words: for tests that say what one of them means."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

from benchmarks.inside.rule_parts import plain_clause
from feidi.engines.rules.amounts import Amount, Fixed, Rate
from feidi.engines.rules.clauses import Clause, ClauseSet, Trust
from feidi.engines.rules.conditions import All, Compare, Condition, Linear, Op
from feidi.engines.rules.facts import FactDef, Facts, FactType, Interval, Value, dictionary_of, exactly
from feidi.engines.rules.outcome import evaluate
from feidi.engines.rules.results import Granted, Outcome

AS_OF = date(2026, 11, 29)
WAN = 1_000_000

DICTIONARY = dictionary_of(
    [
        FactDef("sales", "营业收入", FactType.NUMBER, unit="元", scale=2, lo=0, hi=10**14),
        FactDef("rd", "研发费用", FactType.NUMBER, unit="元", scale=2, lo=0, hi=10**14),
        FactDef("land", "地价款", FactType.NUMBER, unit="元", scale=2, lo=0),
        FactDef("got", "本年已得", FactType.NUMBER, unit="元", scale=2, lo=0),
        FactDef("staff", "员工人数", FactType.NUMBER, unit="人", lo=1, hi=100_000),
        FactDef("cases", "已用名额", FactType.NUMBER, unit="件", lo=0),
        FactDef("founded", "成立日期", FactType.DATE),
        FactDef("met", "条件达成日", FactType.DATE),
        FactDef("centre", "研发机构级别", FactType.LEVEL, codes=("无", "区级", "市级", "省级", "国家级")),
        FactDef("local", "在佛山工作", FactType.YESNO),
        FactDef("clean", "无违法记录", FactType.YESNO),
        FactDef("kind", "引荐人类型", FactType.CODE, codes=("legal", "natural", "other"), labels={"legal": "法人"}),
        FactDef(
            "titles", "企业称号", FactType.CODES, codes=("sme", "giant", "champion"),
            labels={"sme": "省级专精特新", "giant": "小巨人", "champion": "单项冠军"},
        ),
    ]
)  # fmt: skip


def linear(constant: int | Fraction = 0, **terms: int | Fraction) -> Linear:
    return Linear(tuple((fact, Fraction(each)) for fact, each in sorted(terms.items())), Fraction(constant))


def compare(op: Op, constant: int | Fraction = 0, **terms: int | Fraction) -> Compare:
    """``Σ terms + constant ⋈ 0``."""
    return Compare(linear(constant, **terms), op)


def at_least(fact: str, value: int) -> Compare:
    return compare(Op.GE, -value, **{fact: 1})


def fixed(wan: int) -> Fixed:
    return Fixed(Fraction(wan * WAN))


def rate(fact: str, share: Fraction) -> Rate:
    return Rate(linear(0, **{fact: share}))


ALWAYS = All(())


def clause(condition: Condition = ALWAYS, amount: Amount | None = None, **more: Any) -> Clause:
    plain = plain_clause("A-01", condition, amount, place="test", title="奖励", trust=Trust.A)
    return replace(plain, **more)


def clauses(*listed: Clause, **more: Any) -> ClauseSet:
    return ClauseSet({each.code: each for each in listed}, **more)


def known(**facts: int | Value | tuple[int | None, int | None] | date) -> Facts:
    """Facts in small units; a pair is an interval, a day its ordinal."""
    return {fact: _value(given) for fact, given in facts.items()}


def _value(given: Any) -> Value:
    if isinstance(given, bool | str | frozenset | Interval):
        return given
    if isinstance(given, tuple):
        return Interval(*given)
    return exactly(given.toordinal() if isinstance(given, date) else given)


def asked(rule: Clause, as_of: date = AS_OF, **facts: Any) -> Outcome:
    return evaluate(rule, known(**facts), DICTIONARY, as_of=as_of)


def verdict(condition: Condition, as_of: date = AS_OF, **facts: Any) -> str:
    return asked(clause(condition), as_of, **facts).verdict.value


def granted(amount: Amount, as_of: date = AS_OF, **facts: Any) -> Granted:
    found = asked(clause(amount=amount), as_of, **facts).granted
    assert found is not None
    return found


def ends(amount: Amount, as_of: date = AS_OF, **facts: Any) -> tuple[int, int | None]:
    found = granted(amount, as_of, **facts)
    return found.lo_fen, found.hi_fen
