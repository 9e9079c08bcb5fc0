"""考核计分表: the sheets that content publishes, filled from the figures and from what is typed; nothing is stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from django.utils.translation import get_language

from feidi.domain.parties.models import Outpost
from feidi.domain.reporting.selectors.figures import View
from feidi.domain.reporting.selectors.indicators import Indicator, indicators_for
from feidi.engines.measures import Grade, Item, Part, Scored, grade_of, score_sheet
from feidi.kernel.content.library import library

CONTENT: Final = "enclave/assessments.yaml"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One published sheet. ``labels``: code of an item, part, deduction or grade → its name."""

    code: str
    name: str
    source: str
    items: tuple[Item, ...]
    grades: tuple[Grade, ...]
    labels: Mapping[str, str]
    figures: Mapping[str, str]

    @property
    def full(self) -> Fraction:
        """What the items come to where every target is just reached."""
        return sum((each.points for each in self.items), Fraction(0))


@dataclass(frozen=True, slots=True)
class Filled:
    """A sheet filled in: its score, the figures it was filled from, and the grade where rank and number are known."""

    sheet: Sheet
    scored: Scored
    done: Mapping[str, Fraction | None]
    targets: Mapping[str, Fraction | None]
    indicators: Mapping[str, Indicator]
    grade: str | None


def sheets_for(outposts: Sequence[Outpost]) -> tuple[Sheet, ...]:
    """Return the sheets that the outposts' home may use."""
    parsed = library().find(outposts[0].home.code, CONTENT, on=None) if outposts else None
    return tuple(_sheet(raw) for raw in parsed.data["sheets"]) if parsed else ()


def _sheet(raw: Mapping[str, Any]) -> Sheet:
    lang = "en" if get_language() == "en" else "zh"
    labels: dict[str, str] = {}
    figures: dict[str, str] = {}
    items = []
    for each in raw["items"]:
        for row in (each, *each["parts"], *each["deductions"]):
            labels[f"{each['code']}.{row['code']}" if row is not each else each["code"]] = row["label"][lang]
            if row.get("figure"):
                figures[f"{each['code']}.{row['code']}"] = row["figure"]
        items.append(
            Item(
                each["code"],
                Fraction(each["points"]),
                tuple(Part(f"{each['code']}.{row['code']}", Fraction(row["share"])) for row in each["parts"]),
                tuple((f"{each['code']}.{row['code']}", Fraction(row["each"])) for row in each["deductions"]),
                None if each["cap"] is None else Fraction(each["cap"]),
            )
        )
    grades = []
    for each in raw["grades"]:
        labels[f"grade.{each['code']}"] = each["label"][lang]
        top = None if each["top_percent"] is None else Fraction(each["top_percent"]) / 100
        grades.append(Grade(each["code"], Fraction(each["least"]), top, each["barred_by_veto"]))
    return Sheet(raw["code"], raw["name"][lang], raw["source"], tuple(items), tuple(grades), labels, figures)


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
    wanted = tuple(dict.fromkeys(sheet.figures.values()))
    found = {each.code: each for each in indicators_for(view, wanted)} if wanted else {}
    done: dict[str, Fraction | None] = {}
    goals: dict[str, Fraction | None] = {}
    for place in _places(sheet):
        one = found.get(sheet.figures.get(place, ""))
        measured = one.value if one is not None else None
        done[place] = typed[place] if typed.get(place) is not None else measured
        task = Fraction(one.task.floor) if one is not None and one.task else None
        goals[place] = targets[place] if targets.get(place) is not None else task
    cases = {
        code: None if done[code] is None else int(done[code] or 0)
        for each in sheet.items
        for code, _n in each.deductions
    }
    scored = score_sheet(sheet.items, {place: (done[place], goals[place]) for place in done}, cases)
    known = not scored.missing and rank is not None and of is not None
    grade = grade_of(sheet.grades, scored.total, rank=rank or 1, of=of or 1, veto=veto) if known else None
    by_place = {place: found[code] for place, code in sheet.figures.items() if code in found}
    return Filled(sheet, scored, done, goals, by_place, grade)


def _places(sheet: Sheet) -> list[str]:
    """Return every part and deduction of a sheet."""
    parts = [part.code for each in sheet.items for part in each.parts]
    return [*parts, *(code for each in sheet.items for code, _each in each.deductions)]
