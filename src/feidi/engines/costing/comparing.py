"""Host against home, item by item: both sides with the figures used, the difference, and what to beware of.

The difference is host − home: above 0 the host is dearer. Totals hold only items that are known on both sides, and say
which are left out. Unknown is never 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final

from feidi.engines.costing.beware import remarks_on, remarks_on_profile
from feidi.engines.costing.catalogue import ITEMS, ItemDef, Per
from feidi.engines.costing.figures import Place, Table, Use, table_of
from feidi.engines.costing.profile import Profile
from feidi.engines.costing.ranges import Range, point
from feidi.engines.costing.terms import Term, differing, summed, terms_of
from feidi.engines.findings import Finding


@dataclass(frozen=True, slots=True)
class Subsidy:
    """What one clause grants, in fen; ``hi_fen`` None: no bound known. ``up_to``: a bound, never added."""

    clause: str
    lo_fen: int
    hi_fen: int | None
    up_to: bool = False

    @property
    def amount(self) -> Range | None:
        """What may be added of it."""
        if self.up_to or self.hi_fen is None:
            return None
        return Range(Fraction(self.lo_fen), Fraction(self.hi_fen))


@dataclass(frozen=True, slots=True)
class Side:
    """One item at one place. ``amount`` None: not known, ``missing`` says for want of what."""

    amount: Range | None
    uses: tuple[Use, ...] = ()
    missing: tuple[str, ...] = ()
    subsidies: tuple[Subsidy, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One item on both sides. ``same``: the very same figures on both, so that the difference is 0 also when unknown."""

    item: ItemDef
    home: Side
    host: Side
    difference: Range | None
    same: bool
    remarks: tuple[Finding, ...] = ()

    @property
    def counted(self) -> bool:
        """Tell whether it enters the totals: both sides are known."""
        return self.home.amount is not None and self.host.amount is not None and self.difference is not None


@dataclass(frozen=True, slots=True)
class Total:
    """Both sides and the difference over the counted lines, in fen."""

    home: Range
    host: Range
    difference: Range


@dataclass(frozen=True, slots=True)
class Comparison:
    """The whole answer. ``yearly``, ``once`` and ``over_years`` (years × yearly + once, at unchanged prices)."""

    profile: Profile
    home: Place
    host: Place
    as_of: date
    lines: tuple[Line, ...]
    yearly: Total
    once: Total
    over_years: Total
    left_out: tuple[str, ...]
    remarks: tuple[Finding, ...]

    def sources(self) -> dict[str, str]:
        """Return the SHA-256 of every file a used figure came from, by ``place/file``."""
        figures = [use.figure for line in self.lines for side in (line.home, line.host) for use in side.uses]
        return {f"{each.place}/{each.file}": each.sha256 for each in figures if each is not None and each.file}


#: What the two sides' policies grant; None: nobody asked the policy engine.
Granted = tuple[Sequence[Subsidy] | None, Sequence[Subsidy] | None]
NOT_ASKED: Final[Granted] = (None, None)


def compare(profile: Profile, home: Place, host: Place, *, as_of: date, subsidies: Granted = NOT_ASKED) -> Comparison:
    """Return the comparison of a profile at two places on a day."""
    tables = (table_of(home, profile.home_quotes, as_of=as_of), table_of(host, profile.host_quotes, as_of=as_of))
    lines = lines_of(profile, tables, subsidies)
    remarked = tuple(
        Line(each.item, each.home, each.host, each.difference, each.same, remarks_on(each, home, host, as_of))
        for each in lines
    )
    yearly, once, both = totals_of(lines, profile.years)
    return Comparison(
        profile=profile,
        home=home,
        host=host,
        as_of=as_of,
        lines=remarked,
        yearly=yearly,
        once=once,
        over_years=both,
        left_out=tuple(each.item.code for each in lines if not each.counted),
        remarks=remarks_on_profile(profile, tables, (home, host)),
    )


def lines_of(profile: Profile, tables: tuple[Table, Table], subsidies: Granted = NOT_ASKED) -> tuple[Line, ...]:
    """Return one line per item that the profile asks about, without remarks."""
    found = []
    for item in ITEMS.values():
        if item.code == "subsidies":
            if subsidies != NOT_ASKED:
                found.append(_subsidy_line(item, subsidies))
            continue
        home, host = (terms_of(item.code, profile, table) for table in tables)
        if home is not None and host is not None:
            found.append(_line(item, home, host))
    return tuple(found)


def _line(item: ItemDef, home: tuple[Term, ...], host: tuple[Term, ...]) -> Line:
    same = all(here.key is not None and here.key == there.key for here, there in zip(home, host, strict=True))
    return Line(item, _side(home), _side(host), differing(home, host), same)


def _side(terms: tuple[Term, ...]) -> Side:
    uses = {each.code: each for term in terms for each in term.uses}
    missing = dict.fromkeys(each for term in terms for each in term.missing)
    return Side(summed(terms), tuple(uses.values()), tuple(missing))


def _subsidy_line(item: ItemDef, subsidies: Granted) -> Line:
    home, host = (_granted(each) for each in subsidies)
    known = home.amount is not None and host.amount is not None
    return Line(item, home, host, host.amount - home.amount if known else None, same=False)  # type: ignore[operator]


def _granted(granted: Sequence[Subsidy] | None) -> Side:
    if granted is None:
        return Side(None, missing=("policy",))
    total = point(0)
    for each in granted:
        total += each.amount or point(0)
    return Side(-total, subsidies=tuple(granted))


def totals_of(lines: Iterable[Line], years: int) -> tuple[Total, Total, Total]:
    """Return the totals of a year, of what comes once, and of all the years together."""
    yearly, once = _nothing(), _nothing()
    for each in lines:
        if not each.counted:
            continue
        if each.item.per is Per.YEAR:
            yearly = _plus(yearly, each)
        else:
            once = _plus(once, each)
    both = Total(*(getattr(yearly, name).times(years) + getattr(once, name) for name in ("home", "host", "difference")))
    return yearly, once, both


def _nothing() -> Total:
    return Total(point(0), point(0), point(0))


def _plus(total: Total, line: Line) -> Total:
    home, host, difference = line.home.amount, line.host.amount, line.difference
    if home is None or host is None or difference is None:  # pragma: no cover - only counted lines come here
        return total
    return Total(total.home + home, total.host + host, total.difference + difference)
