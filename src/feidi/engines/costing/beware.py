"""What to beware of when two figures are held against each other: years, baskets, units, trust, age, whose figure it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from feidi.engines.costing.catalogue import FIGURES, PROFILE, Label
from feidi.engines.costing.figures import Confidence, Figure, Place, Table, Use, period_words
from feidi.engines.costing.profile import Profile
from feidi.engines.findings import Finding, Level, Scalar

if TYPE_CHECKING:
    from feidi.engines.costing.comparing import Line

#: A figure whose period ended longer ago than this is called old.
OLD_DAYS: Final = 731


def remarks_on(line: Line, home: Place, host: Place, as_of: date) -> tuple[Finding, ...]:
    """Return what to beware of in one line, the weightiest first; a thing is said once."""
    found: list[Finding] = []
    for here, there in zip(line.home.uses, line.host.uses, strict=True):
        if here.figure is not None and there.figure is not None and here.base is not None and there.base is not None:
            found += _between(here.figure, there.figure, as_of)
    for side, place in ((line.home, home), (line.host, host)):
        for use in side.uses:
            found += _on_use(use, place, as_of)
        found += [_lacking(code, place) for code in side.missing]
        found += _set_aside(side, place)
    return tuple(sorted(_together(dict.fromkeys(found)), key=lambda each: _WEIGHT.index(each.code)))


def _together(found: Iterable[Finding]) -> list[Finding]:
    """Return the findings with those made one that say the same of several figures: their names are listed."""
    grouped: dict[tuple[str, frozenset[tuple[str, Scalar]]], list[Label]] = {}
    for each in found:
        rest = frozenset((name, value) for name, value in each.params.items() if name not in _NAMES)
        labels = grouped.setdefault((each.code, rest), [])
        labels.append(Label(str(each.params.get("label_zh", "")), str(each.params.get("label_en", ""))))
    return [_note(code, **{**dict(rest), **_named(_listed(labels))}) for (code, rest), labels in grouped.items()]


#: Of more names than these the rest is only counted.
_FEW: Final = 3
_NAMES: Final = ("label_zh", "label_en")
_WEIGHT: Final = (
    "costing.different_years",
    "costing.different_baskets",
    "costing.different_units",
    "costing.missing",
    "costing.not_said",
    "costing.low_confidence",
    "costing.old",
    "costing.wider_place",
    "costing.other_figures",
    "costing.up_to",
    "costing.no_bound",
)


def _listed(labels: list[Label]) -> Label:
    """Return the names as a list; of many the first few and how many there are."""
    zh, en = "、".join(each.zh for each in labels[:_FEW]), ", ".join(each.en for each in labels[:_FEW])
    if len(labels) <= _FEW:
        return Label(zh, en)
    return Label(f"{zh}等 {len(labels)} 项", f"{en} and {len(labels) - _FEW} more")


def _note(code: str, **params: Scalar) -> Finding:
    return Finding(Level.NOTE, code, params)


def _named(label: Label, name: str = "label") -> dict[str, Scalar]:
    return {f"{name}_zh": label.zh, f"{name}_en": label.en}


def _between(home: Figure, host: Figure, as_of: date) -> Iterator[Finding]:
    if home == host or Confidence.STATED in {home.confidence, host.confidence}:
        return
    label = _named(home.definition.label)
    (first, last), (other_first, other_last) = home.years(as_of), host.years(as_of)
    if last < other_first or other_last < first:
        periods = {"home": period_words(home.since, home.until), "host": period_words(host.since, host.until)}
        yield _note("costing.different_years", **label, **periods)
    if home.basket != host.basket:
        baskets = {**_named(home.basket, "home"), **_named(host.basket, "host")}
        yield _note("costing.different_baskets", **label, **baskets)
    if home.unit != host.unit:
        yield _note("costing.different_units", **label, home=home.unit, host=host.unit)


def _on_use(use: Use, place: Place, as_of: date) -> Iterator[Finding]:
    figure = use.figure
    if figure is None or figure.value is None or figure.confidence is Confidence.STATED:
        return
    label = {**_named(figure.definition.label), **_named(place.name, "place")}
    if figure.confidence is Confidence.LOW:
        yield _note("costing.low_confidence", **label)
    if figure.until is not None and (as_of - figure.until).days > OLD_DAYS:
        yield _note("costing.old", **label, period=period_words(figure.since, figure.until))
    if figure.place != place.code and not figure.definition.national:
        yield _note("costing.wider_place", **label, **_named(place.called(figure.place), "figure_place"))
    values = [each.value for each in (figure, *use.others) if each.value is not None and each.unit == figure.unit]
    if len(values) > 1:
        low, high = min(each.lo for each in values), max(each.hi for each in values)
        spread: dict[str, Scalar] = {"low": plain(low), "high": plain(high), "unit": figure.unit, "n": len(values) - 1}
        yield _note("costing.other_figures", **label, **spread)


def _lacking(code: str, place: Place) -> Finding:
    if code in FIGURES:
        return _note("costing.missing", **_named(FIGURES[code].label), **_named(place.name, "place"))
    return _note("costing.not_said", **_named(PROFILE[code]))


def _set_aside(side: object, place: Place) -> Iterator[Finding]:
    granted = getattr(side, "subsidies", ())
    at_most = [each for each in granted if each.up_to]
    unbound = [each for each in granted if not each.up_to and each.hi_fen is None]
    if at_most:
        yield _note("costing.up_to", n=len(at_most), **_named(place.name, "place"))
    if unbound:
        yield _note("costing.no_bound", n=len(unbound), **_named(place.name, "place"))


def remarks_on_profile(
    profile: Profile, tables: tuple[Table, Table], places: tuple[Place, Place]
) -> tuple[Finding, ...]:
    """Return what to beware of in the whole: pay below the minimum wage, a laboratory that no rent stands for."""
    found = []
    for table, place in zip(tables, places, strict=True):
        least = table.use("minimum_wage")
        if least.base is None:
            continue
        for group in profile.people:
            if group.wage is not None and group.wage.lo < least.base.hi:
                named = _named(place.name, "place")
                found.append(_note("costing.below_minimum", kind=group.kind, least=plain(least.base.hi), **named))
    if profile.laboratory:
        found.append(_note("costing.laboratory"))
    return tuple(found)


def plain(value: Fraction) -> str:
    """Return a number as people write it, at most six decimals, with thousands separators.

    >>> plain(Fraction(742, 5)), plain(Fraction(201360)), plain(Fraction(1, 3))
    ('148.4', '201,360', '0.333333')
    """
    scaled = abs(value) * 10**6
    rounded = (scaled.numerator * 2 + scaled.denominator) // (scaled.denominator * 2)
    whole, rest = divmod(rounded, 10**6)
    decimals = f"{rest:06d}".rstrip("0")
    return f"{'-' if value < 0 and rounded else ''}{whole:,}{'.' + decimals if decimals else ''}"
