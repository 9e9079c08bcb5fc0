"""The words of a clause beside its rule: amounts that differ, fair-competition triggers, a rule that rests on no text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Final

from feidi.engines.findings import Finding, Level
from feidi.engines.rules.amounts import Banded, Fixed, Progressive, Rate
from feidi.engines.rules.clauses import Clause
from feidi.engines.rules.condition_words import ratio_of
from feidi.engines.rules.conditions import All, Compare, Condition, atoms_of, facts_of, parts_of
from feidi.engines.rules.facts import FactDictionary
from feidi.engines.rules.language.gathering import finding_at
from feidi.engines.rules.lint_conditions import amounts_of, conditions_in, linears_of
from feidi.engines.rules.quantities import money_words, spelled
from feidi.engines.rules.units import MONEY, RATE, base_of, small_unit

_TIMES: Final = {
    "": 1, "百": 10**2, "千": 10**3, "万": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7, "亿": 10**8, "十亿": 10**9,
    "百亿": 10**10,
}  # fmt: skip
_UNIT: Final = r"(?P<times>百亿|十亿|千万|百万|十万|亿|万|千|百)?(?P<unit>元|(?<=[万亿])(?!人|名|平|㎡|m|度|千瓦|台|套|吨|户|家|亩|件|次))"
_FIGURE: Final = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_MONEY_TEXT: Final = re.compile(rf"(?P<numbers>(?:(?:{_FIGURE})\s*(?:[-—–~～至到/、或]+)\s*)*(?:{_FIGURE}))\s*{_UNIT}")
_FIGURES: Final = re.compile(_FIGURE)
_NUMERALS: Final = re.compile(
    r"(?P<number>[零一二两三四五六七八九十百千]+(?:[万亿][零一二两三四五六七八九十百千万]*)?)元"
)
_RATE_TEXT: Final = re.compile(rf"(?P<number>{_FIGURE})\s*(?P<unit>[%％‰])")
#: Words behind which the three forbidden triggers stand, and what each is called (rules in force since 2024-08-01 / 2025-04-20).
TRIGGERS: Final = {
    "迁移注册地": re.compile(r"迁移?注册|注册地?(?:址)?(?:迁|变更至|变更到)|迁入|迁至|迁到|迁移至|整体搬迁"),
    "本地纳税": re.compile(
        r"税收贡献|纳税贡献|本地纳税|地方(?:综合|经济|财政)?贡献|(?:经济|增效|财税|财政)贡献|地方(?:级)?财力|区级财力|地方留成|纳税额|纳税总额|缴纳税收"
    ),
    "本地统计": re.compile(r"纳统|纳入[^，。；]{0,8}统计|四上|在地统计|统计关系|入统|升规|上规"),
}


def lint_texts(clause: Clause, dictionary: FactDictionary) -> Iterator[Finding]:
    """Yield what is odd between the words of a clause and its rule."""
    yield from _frame(clause)
    yield from _fair_competition(clause, dictionary)
    yield from _amounts(clause, dictionary)


def _frame(clause: Clause) -> Iterator[Finding]:
    if (
        isinstance(clause.condition, All)
        and not clause.condition.parts
        and clause.amount is not None
        and not clause.note
    ):
        yield finding_at(clause, "rules.lint_clause_without_rule")
    if not clause.citation.article and not clause.citation.quote:
        level = Level.NOTE if clause.citation.url else Level.PROBLEM
        yield finding_at(clause, "rules.lint_rule_without_clause", level=level)


def texts_of(clause: Clause) -> str:
    """Return all words of a clause that come from the policy's text."""
    quotes = [quote for condition in conditions_in(clause) for quote in _quotes(condition)]
    return "\n".join(each for each in (clause.title, clause.benefit, clause.citation.quote, *quotes) if each)


def _quotes(condition: Condition) -> Iterator[str]:
    waiting = [condition]
    while waiting:
        each = waiting.pop()
        yield each.mark.quote
        waiting.extend(parts_of(each))


def _fair_competition(clause: Clause, dictionary: FactDictionary) -> Iterator[Finding]:
    found: set[str] = set()
    for fact in dict.fromkeys(_facts(clause)):
        kind = dictionary[fact].fair_competition if fact in dictionary else ""
        if kind:
            found.add(kind)
            if not _reviewed(clause, kind):
                name = dictionary[fact].name
                yield finding_at(clause, "rules.lint_fair_competition_fact", fact=name, kind=kind)
    text = "\n".join(
        (texts_of(clause), *(atom.mark.words for each in conditions_in(clause) for atom in atoms_of(each)))
    )
    for kind, pattern in TRIGGERS.items():
        match = pattern.search(text)
        if match is not None and kind not in found and not _reviewed(clause, kind):
            code = "rules.lint_fair_competition_words"
            yield finding_at(clause, code, level=Level.NOTE, words=match[0], kind=kind)


def _reviewed(clause: Clause, kind: str) -> bool:
    return any(kind in each or each in kind for each in clause.fair_competition)


def _facts(clause: Clause) -> Iterator[str]:
    for condition in conditions_in(clause):
        for atom in atoms_of(condition):
            yield from facts_of(atom)
    for linear, _line in linears_of(clause):
        yield from (fact for fact, _coefficient in linear.terms)


def _amounts(clause: Clause, dictionary: FactDictionary) -> Iterator[Finding]:
    text = texts_of(clause)
    # the benefit alone is a summary that need not name every tier; quoted words must agree
    level = Level.PROBLEM if clause.citation.quote else Level.NOTE
    said, rates_said = money_in(text), rates_in(text)
    granted, rates = set(_granted(clause, dictionary)), set(_rates(clause, dictionary))
    if not said and not rates_said:
        if granted:
            words = "、".join(money_words(each) for each in sorted(granted)[:3])
            yield finding_at(clause, "rules.lint_amount_guessed", level=Level.NOTE, amount=words)
        return
    heard = "、".join(money_words(each) for each in sorted(said)[:6]) or "—"
    for fen in sorted(granted - said) if said else ():
        yield finding_at(clause, "rules.lint_amount_not_in_text", level=level, amount=money_words(fen), said=heard)
    shares = "、".join(spelled(each, RATE) for each in sorted(rates_said)[:6]) or "—"
    for rate in sorted(rates - rates_said) if rates_said else ():
        yield finding_at(clause, "rules.lint_amount_not_in_text", level=level, amount=spelled(rate, RATE), said=shares)
    for fen in sorted(said - granted - set(_thresholds(clause))):
        yield finding_at(clause, "rules.lint_amount_not_in_rule", level=Level.NOTE, amount=money_words(fen))


def money_in(text: str) -> set[Fraction]:
    """Return the sums of money that a text states, in 分.

    >>> sorted(map(int, money_in("奖励300-1000万元，最高1.5亿元；另给一百万元、20万")))
    [20000000, 100000000, 300000000, 1000000000, 15000000000]
    """
    found: set[Fraction] = set()
    for match in _MONEY_TEXT.finditer(text):
        worth = _TIMES[match["times"] or ""] * 100
        found.update(_figure(each) * worth for each in _FIGURES.findall(match["numbers"]))
    if _NUMERALS.search(text):
        from feidi.engines.sheets.numerals import parse_numeral  # noqa: PLC0415 - 40 ms, seldom needed

        numbers = (parse_numeral(match["number"]) for match in _NUMERALS.finditer(text))
        found.update(Fraction(each) * 100 for each in numbers if each is not None)
    return {each for each in found if each}


def rates_in(text: str) -> set[Fraction]:
    """Return the rates that a text states.

    >>> rates_in("按30%，不低于5‰") == {Fraction(3, 10), Fraction(1, 200)}
    True
    """
    return {_figure(match["number"]) / (1000 if match["unit"] == "‰" else 100) for match in _RATE_TEXT.finditer(text)}


def _figure(text: str) -> Fraction:
    return Fraction(Decimal(text.replace(",", "")))


def _granted(clause: Clause, dictionary: FactDictionary) -> Iterator[Fraction]:
    """Yield every sum of money that the amount writes, the price of a unit too."""
    for amount in amounts_of(clause):
        if isinstance(amount, Fixed) and amount.fen:
            yield amount.fen
        elif isinstance(amount, Rate):
            for fact, coefficient in amount.linear.terms:
                if fact in dictionary and base_of(dictionary[fact]) != MONEY:
                    yield abs(coefficient) / small_unit(dictionary[fact])


def _rates(clause: Clause, dictionary: FactDictionary) -> Iterator[Fraction]:
    for amount in amounts_of(clause):
        if isinstance(amount, Rate):
            yield from {
                abs(each)
                for fact, each in amount.linear.terms
                if fact in dictionary and base_of(dictionary[fact]) == MONEY and abs(each) != 1
            }
        elif isinstance(amount, Progressive):
            yield from {step.rate for step in amount.steps if step.rate}


def _thresholds(clause: Clause) -> Iterator[Fraction]:
    """Yield the sums of money that conditions and tiers are measured by."""
    for condition in conditions_in(clause):
        for atom in atoms_of(condition):
            if isinstance(atom, Compare):
                linear = ratio_of(atom)[0] if atom.denominator is not None else atom.linear
                yield from (abs(linear.constant / each) for _fact, each in linear.terms)
    for amount in amounts_of(clause):
        if isinstance(amount, Banded):
            yield from (end for band in amount.bands for end in (band.lo, band.hi) if end is not None)
        elif isinstance(amount, Progressive):
            yield from (step.upto for step in amount.steps if step.upto is not None)
