"""考核计分表: the sheets that content publishes, filled from the figures and from what is typed; nothing is stored."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from django.utils.translation import get_language

from feidi.domain.parties.models import Outpost
from feidi.domain.reporting.selectors.figures import View
from feidi.domain.reporting.selectors.indicators import Indicator, indicators_for
from feidi.engines.measures import Case, Grade, Item, Part, Past, Rung, Scored, grade_of, score_sheet
from feidi.kernel.content.library import library

CONTENT: Final = "enclave/assessments.yaml"
#: Against what a part is measured that is itself a ratio.
WHOLE: Final = Fraction(1)


@dataclass(frozen=True, slots=True)
class Place:
    """One number that a sheet asks for: of which figure it is (empty: a person enters it), and against what it stands.

    ``take``: the figure's value or its numerator. ``rate``: it is itself the ratio, no target is asked. ``target``: a
    fixed one (full marks). ``against``: what the target is called where it is no target. ``counted``: cases, not a part.
    """

    code: str
    label: str
    figure: str = ""
    take: str = "value"
    rate: bool = False
    target: Fraction | None = None
    against: str = ""
    counted: bool = False

    @property
    def wants_target(self) -> bool:
        """Whether a second number is asked for."""
        return not (self.counted or self.rate or self.target is not None)

    def measured(self, found: Indicator | None) -> Fraction | None:
        """Return what the figure gives for this place; None where there is no figure or it has no value."""
        if found is None or found.value is None:
            return None
        return found.reading.numerator if self.take == "numerator" else found.value


@dataclass(frozen=True, slots=True)
class Sheet:
    """One published sheet. ``labels``: code of an item or grade → its name; ``places``: the numbers it asks for."""

    code: str
    name: str
    source: str
    year: int | None
    note: str
    items: tuple[Item, ...]
    grades: tuple[Grade, ...]
    labels: Mapping[str, str]
    notes: Mapping[str, str]
    places: Mapping[str, Place]

    @property
    def full(self) -> Fraction:
        """What the items come to where every target is just reached."""
        return sum((each.points for each in self.items), Fraction(0))

    @property
    def figures(self) -> tuple[str, ...]:
        """The figures it takes, each once."""
        return tuple(dict.fromkeys(each.figure for each in self.places.values() if each.figure))


@dataclass(frozen=True, slots=True)
class Filled:
    """A sheet filled in: its score, the figures it was filled from, and the grade where rank and number are known.

    ``lacks``: place → what a person must still enter (``done``, ``target``); ``by_figure``: places that the figures fill.
    """

    sheet: Sheet
    scored: Scored
    done: Mapping[str, Fraction | None]
    targets: Mapping[str, Fraction | None]
    indicators: Mapping[str, Indicator]
    grade: str | None
    lacks: Mapping[str, tuple[str, ...]]
    by_figure: frozenset[str]
    typed_targets: frozenset[str]


def sheets_for(outposts: Sequence[Outpost]) -> tuple[Sheet, ...]:
    """Return the sheets that the outposts' home may use."""
    parsed = library().find(outposts[0].home.code, CONTENT, on=None) if outposts else None
    return tuple(_sheet(raw) for raw in parsed.data["sheets"]) if parsed else ()


def _sheet(raw: Mapping[str, Any]) -> Sheet:
    lang = "en" if get_language() == "en" else "zh"
    places = {place.code: place for each in raw["items"] for place in _places(each, lang)}
    labels = {each["code"]: each["label"][lang] for each in raw["items"]}
    labels |= {f"grade.{each['code']}": each["label"][lang] for each in raw["grades"]}
    notes = {each["code"]: each["note"][lang] for each in raw["items"] if "note" in each}
    grades = tuple(
        Grade(each["code"], Fraction(each["least"]), _percent(each["top_percent"]), each["barred_by_veto"])
        for each in raw["grades"]
    )
    note = raw["note"][lang] if "note" in raw else ""
    items = tuple(_item(each) for each in raw["items"])
    name, source, year = raw["name"][lang], raw["source"], raw.get("year")
    return Sheet(raw["code"], name, source, year, note, items, grades, labels, notes, places)


def _places(item: Mapping[str, Any], lang: str) -> Iterator[Place]:
    for group in ("parts", "bonuses", "deductions"):
        for each in item.get(group, ()):
            yield Place(
                f"{item['code']}.{each['code']}",
                each["label"][lang],
                figure=each.get("figure") or "",
                take=each.get("take", "value"),
                rate=each.get("rate", False),
                target=_maybe(each.get("target")),
                against=each["against"][lang] if "against" in each else "",
                counted=group != "parts",
            )


def _item(raw: Mapping[str, Any]) -> Item:
    code, past = raw["code"], raw.get("past")
    rungs = tuple(
        Rung(
            Fraction(each["points"]),
            tuple((f"{code}.{part}", Fraction(least)) for part, least in each["least"].items()),
        )
        for each in raw.get("steps", ())
    )
    return Item(
        code,
        Fraction(raw["points"]),
        tuple(Part(f"{code}.{each['code']}", Fraction(each["share"])) for each in raw["parts"]),
        _cases(code, raw["deductions"]),
        _maybe(raw["cap"]),
        bonuses=_cases(code, raw.get("bonuses", ())),
        rungs=rungs,
        past=Past(*(Fraction(past[name]) for name in ("every", "points", "most"))) if past else None,
    )


def _cases(code: str, raw: Sequence[Mapping[str, Any]]) -> tuple[Case, ...]:
    return tuple(Case(f"{code}.{each['code']}", Fraction(each["each"]), _maybe(each.get("most"))) for each in raw)


def _maybe(text: str | None) -> Fraction | None:
    return None if text is None else Fraction(text)


def _percent(text: str | None) -> Fraction | None:
    return None if text is None else Fraction(text) / 100


def fill(
    sheet: Sheet,
    view: View,
    *,
    typed: Mapping[str, Fraction | None],
    targets: Mapping[str, Fraction | None],
    rank: int | None = None,
    of: int | None = None,
    veto: bool = False,
) -> Filled:
    """Fill a sheet: what was done from the figures where they give it, else as typed; targets from the tasks, else typed."""
    found = {each.code: each for each in indicators_for(view, sheet.figures)} if sheet.figures else {}
    done: dict[str, Fraction | None] = {}
    goals: dict[str, Fraction | None] = {}
    lacks: dict[str, tuple[str, ...]] = {}
    for code, place in sheet.places.items():
        one = found.get(place.figure)
        done[code] = typed[code] if typed.get(code) is not None else place.measured(one)
        goals[code] = _goal(place, one, targets.get(code))
        wanted = (("done", done[code]), ("target", goals[code] if place.wants_target else WHOLE))
        lacks[code] = tuple(name for name, value in wanted if value is None)
    cases = {
        code: None if done[code] is None else int(done[code] or 0)
        for code, each in sheet.places.items()
        if each.counted
    }
    scored = score_sheet(sheet.items, {code: (done[code], goals[code]) for code in done}, cases)
    known = not scored.missing and rank is not None and of is not None
    grade = grade_of(sheet.grades, scored.total, rank=rank or 1, of=of or 1, veto=veto) if known else None
    by_figure = frozenset(
        code
        for code, place in sheet.places.items()
        if done[code] is not None and done[code] == place.measured(found.get(place.figure))
    )
    by_place = {code: found[place.figure] for code, place in sheet.places.items() if place.figure in found}
    by_hand = frozenset(code for code, value in targets.items() if value is not None)
    return Filled(sheet, scored, done, goals, by_place, grade, lacks, by_figure, by_hand)


def _goal(place: Place, one: Indicator | None, typed: Fraction | None) -> Fraction | None:
    if place.rate:
        return WHOLE
    if typed is not None:
        return typed
    if place.target is not None:
        return place.target
    return Fraction(one.task.floor) if one is not None and one.task else None
