"""Numbers with their units in Chinese words, exactly: 300万元, 1.5亿元, 5%, 800㎡; and in which unit a linear sum counts."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from feidi.engines.rules.conditions import Linear
from feidi.engines.rules.facts import FactDictionary, FactType
from feidi.engines.rules.units import MONEY, PLAIN, RATE, base_of, small_unit

_WAN, _YI = 10_000, 100_000_000
#: So many decimals a figure in 万元 or 亿元 may have before the next smaller unit reads better.
_PLACES: Final = 10_000


def spelled_number(value: Fraction) -> str:
    """Return a number as one writes it: digits where it ends, else a fraction.

    >>> spelled_number(Fraction(5, 2)), spelled_number(Fraction(1, 3))
    ('2.5', '1/3')
    """
    rest, places = value.denominator, 0
    for prime in (2, 5):
        times = 0
        while rest % prime == 0:
            rest //= prime
            times += 1
        places = max(places, times)
    if rest != 1:
        return f"{value.numerator}/{value.denominator}"
    digits = str(abs(value.numerator) * 10**places // value.denominator).rjust(places + 1, "0")
    sign = "-" if value < 0 else ""
    whole, part = (digits[:-places], digits[-places:]) if places else (digits, "")
    return f"{sign}{whole}.{part}" if part else f"{sign}{whole}"


def grouped_number(value: Fraction) -> str:
    """Return a number with thousands separators.

    >>> grouped_number(Fraction(1234567, 100)), grouped_number(Fraction(-2000))
    ('12,345.67', '-2,000')
    """
    text = spelled_number(value)
    if "/" in text:
        return text
    whole, dot, part = text.lstrip("-").partition(".")
    return f"{'-' if value < 0 else ''}{int(whole):,}{dot}{part}"


def spelled(value: Fraction, base: str) -> str:
    """Return a quantity that counts in ``base`` (分 for money, the plain number for a rate) as one writes it, exactly.

    >>> spelled(Fraction(300_000_000), "元"), spelled(Fraction(1, 20), "%"), spelled(Fraction(800), "㎡")
    ('300万元', '5%', '800㎡')
    >>> spelled(Fraction(15_000_000_000), "元"), spelled(Fraction(12345), "元"), spelled(Fraction(1, 3), "元")
    ('1.5亿元', '123.45元', '1元 / 300')
    """
    if base == MONEY:
        return money_words(value)
    unit = "%" if base == RATE else base
    number = value * 100 if base == RATE else value
    text = grouped_number(number)
    return (
        f"{grouped_number(Fraction(number.numerator))}{unit} / {number.denominator}"
        if "/" in text and unit
        else f"{text}{unit}"
    )


def money_words(fen: Fraction | int) -> str:
    """Return an amount of hundredths in 亿元, 万元 or 元, whichever reads best and is exact.

    >>> money_words(200_000_000_00), money_words(2_000_0000_00), money_words(1234567), money_words(0)
    ('2亿元', '2,000万元', '12,345.67元', '0元')
    """
    yuan = Fraction(fen, 100) if isinstance(fen, int) else fen / 100
    for size, name in ((_YI, "亿元"), (_WAN, "万元")):
        if abs(yuan) >= size and (yuan / size * _PLACES).denominator == 1 and (size == _WAN or _short(yuan / size)):
            return grouped_number(yuan / size) + name
    text = grouped_number(yuan)
    return f"{grouped_number(Fraction(yuan.numerator))}元 / {yuan.denominator}" if "/" in text else f"{text}元"


def _short(number: Fraction) -> bool:
    """Tell whether at most two decimals are needed (1.5亿元, 3.25亿元; but 15,120万元)."""
    return (number * 100).denominator == 1


@dataclass(frozen=True, slots=True)
class SaidIn:
    """The unit in which a linear sum is put into words: ``base``, and what one unit of the sum is worth in it."""

    base: str
    small: Fraction
    own: bool

    def times(self, fact: str, coefficient: Fraction, dictionary: FactDictionary) -> Fraction:
        """Return the number that stands before a fact in words."""
        return coefficient * self.small / _small(fact, dictionary, own=self.own)


def said_in(linear: Linear, dictionary: FactDictionary, *, base: bool = False) -> SaidIn:
    """Return the unit of a sum's words: that of its facts where all have the same, else (or on demand) their ``base``."""
    known = [dictionary[fact] for fact, _each in linear.terms if fact in dictionary]
    numbers = [each for each in known if each.type is FactType.NUMBER]
    if not numbers:
        return SaidIn(PLAIN, Fraction(1), own=False)
    units = {each.unit for each in numbers}
    own = not base and len(units) == 1 and base_of(numbers[0]) not in (MONEY, RATE)
    small = min(_small(each.id, dictionary, own=own) for each in numbers)
    return SaidIn(numbers[0].unit if own else base_of(numbers[0]), small, own)


def _small(fact: str, dictionary: FactDictionary, *, own: bool) -> Fraction:
    if fact not in dictionary:
        return Fraction(1)
    known = dictionary[fact]
    return Fraction(1, 10**known.scale) if own else small_unit(known)


def name_of(fact: str, dictionary: FactDictionary) -> str:
    """Return the Chinese word of a fact; its id when the dictionary has none."""
    return dictionary[fact].name if fact in dictionary else fact
