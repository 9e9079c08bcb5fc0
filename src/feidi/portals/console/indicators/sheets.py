"""考核计分表: a published sheet filled from the figures; what they do not give is typed and goes with the address."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from feidi.domain.parties.access import require
from feidi.domain.reporting.selectors.figures import COUNT, VIEW
from feidi.domain.reporting.selectors.indicators import Indicator
from feidi.domain.reporting.selectors.scoring_sheets import Filled, Place, Sheet, fill, sheets_for
from feidi.portals.console.figures.lens import Lens, read_lens
from feidi.portals.console.lists import workbook
from feidi.portals.ui.pieces import Crumb, Tab
from feidi.portals.ui.requests import FeidiRequest

_MOST = 10**12


@require_safe
def sheet_view(request: FeidiRequest, code: str) -> HttpResponse:
    """One assessment sheet with what the figures give, what is missing, caps, deductions and the grade."""
    require(request.actor, VIEW)
    require(request.actor, COUNT)
    lens = read_lens(request)
    sheets = {each.code: each for each in sheets_for(lens.outposts)}
    if code not in sheets and sheets:
        raise Http404(code)
    context: dict[str, Any] = {
        "lens": lens,
        "form": lens.form,
        "crumbs": [Crumb(_("指标"), lens.page("console:indicators:indicator_overview")), Crumb(_("考核计分"))],
        "tabs": [Tab(each.code, each.name, _address(lens, each.code)) for each in sheets.values()],
        "code": code,
        "as_of": lens.view.as_of,
    }
    if sheets:
        context |= _filled(request.GET, lens, sheets[code])
    return render(request, "console/indicators/sheet_view.html", context)


def _address(lens: Lens, code: str) -> str:
    return lens.page("console:indicators:sheet_view", code)


@require_safe
def sheet_export(request: FeidiRequest, code: str) -> HttpResponse:
    """The sheet as it is filled, as a workbook: every number with where it is from and what is missing."""
    require(request.actor, VIEW)
    require(request.actor, COUNT)
    lens = read_lens(request)
    sheet = next((each for each in sheets_for(lens.outposts) if each.code == code), None)
    if sheet is None:
        raise Http404(code)
    found = _fill(request.GET, lens, sheet)
    lines = [line for each in _items(found) for line in _lines(each)]
    end = _("合计（只是已知部分）") if found.scored.missing else _("合计")
    lines.append([end, "", "", "", "", _cell(sheet.full), _cell(found.scored.total), str(lens.view.as_of)])
    headers = (_("项目"), _("明细"), _("由谁"), _("完成"), _("目标"), _("分值"), _("得分"), _("说明"))
    return workbook(request, name=f"assessment-{code}", headers=headers, rows=lines)


def _fill(asked: QueryDict, lens: Lens, sheet: Sheet) -> Filled:
    typed = {key[5:]: _given(sheet, key[5:], asked.get(key, "")) for key in asked if key.startswith("done.")}
    targets = {key[7:]: _number(asked.get(key, "")) for key in asked if key.startswith("target.")}
    rank, of = (_whole(asked.get(name, "")) for name in ("rank", "among"))
    return fill(sheet, lens.view, typed=typed, targets=targets, rank=rank, of=of, veto=bool(asked.get("veto")))


def _given(sheet: Sheet, code: str, text: str) -> Fraction | None:
    value, place = _number(text), sheet.places.get(code)
    return value / 100 if value is not None and place is not None and place.rate else value


def _filled(asked: QueryDict, lens: Lens, sheet: Sheet) -> dict[str, Any]:
    found = _fill(asked, lens, sheet)
    lacking = [
        (sheet.places[code].label, _lack_words(sheet, code, found)) for code in sheet.places if found.lacks[code]
    ]
    return {
        "sheet": sheet,
        "items": _items(found),
        "total": points_text(found.scored.total),
        "full": points_text(sheet.full),
        "incomplete": bool(found.scored.missing),
        "grade": sheet.labels.get(f"grade.{found.grade}", ""),
        "rank": _whole(asked.get("rank", "")),
        "among": _whole(asked.get("among", "")),
        "veto": bool(asked.get("veto")),
        "by_figure": len(found.by_figure),
        "by_hand": len(sheet.places) - len(found.by_figure),
        "lacking": lacking,
        "export": f"{reverse('console:indicators:sheet_export', args=[sheet.code])}?{asked.urlencode()}",
        "kept": [(key, value) for key, value in asked.items() if key in lens.query or key in lens.form.fields],
    }


def _items(found: Filled) -> list[dict[str, Any]]:
    sheet = found.sheet
    return [
        {
            "label": sheet.labels[each.item.code],
            "note": sheet.notes.get(each.item.code, ""),
            "points": points_text(each.item.points),
            "cap": points_text(each.item.cap) if each.item.cap is not None else _("不封顶"),
            "score": points_text(each.points) if each.points is not None else _("缺数"),
            "capped": each.capped,
            "scored": each,
            "rows": [
                _row(found, place) for place in sheet.places.values() if place.code.startswith(f"{each.item.code}.")
            ],
        }
        for each in found.scored.items
    ]


def _row(found: Filled, place: Place) -> dict[str, Any]:
    one = found.indicators.get(place.code)
    done, target = found.done[place.code], found.targets[place.code]
    measured = place.code in found.by_figure
    return {
        "code": place.code,
        "label": place.label,
        # what the figures give is shown, not typed: sent again it would stay while the figures move
        "done": _typed(done * 100 if done is not None and place.rate else done),
        "target": _typed(target),
        "done_typed": not measured,
        "target_typed": place.code in found.typed_targets,
        "rate": place.rate,
        "wants_target": not place.counted and not place.rate,
        "against": place.against or _("目标"),
        "extra": _extra(found, place),
        "url": one.url if one is not None and measured else "",
        "said": one.shown if one is not None and measured else "",
        "whose": _whose(place, one, measured=measured),
        "lacks": _lack_words(found.sheet, place.code, found),
    }


def _whose(place: Place, one: Indicator | None, *, measured: bool) -> str:
    """Return who gives a number: a figure of ours, or a person, and why not the figure."""
    if measured:
        return _("取自指标")
    if one is None:
        return _("要人填：没有对应的指标")
    return (
        _("要人填：指标{why}").format(why=one.reason)
        if one.reason
        else _("人填，代替指标的{shown}").format(shown=one.shown)
    )


def _extra(found: Filled, place: Place) -> str:
    """Return what one case gives or takes."""
    for each in found.scored.items:
        for sign, cases in (("+", each.item.bonuses), ("−", each.item.deductions)):
            for case in (one for one in cases if one.code == place.code):
                words = _("每个{sign}{points}分").format(sign=sign, points=points_text(case.each))
                most = _("，最多{points}分").format(points=points_text(case.most)) if case.most is not None else ""
                return words + most
    return ""


def _lack_words(sheet: Sheet, code: str, found: Filled) -> str:
    """Return what a person must still enter."""
    place = sheet.places[code]
    words = {"done": _("数") if place.counted else _("完成数"), "target": place.against or _("目标")}
    lacks = [words[each] for each in found.lacks[code]]
    return _("缺{what}").format(what="、".join(lacks)) if lacks else ""


def _lines(item: dict[str, Any]) -> list[list[Any]]:
    scored = item["scored"]
    head = [item["label"], "", "", "", "", _cell(scored.item.points), _cell(scored.points), item["note"]]
    rows = [
        ["", row["label"], row["whose"], _decimal(row["done"]), _decimal(row["target"]), row["extra"], "", row["lacks"]]
        for row in item["rows"]
    ]
    return [head, *rows]


def _cell(value: Fraction | None) -> float | str:
    return float(value) if value is not None else _("缺数")


def _decimal(text: str) -> float | str:
    return float(text) if text else ""


def points_text(value: Fraction) -> str:
    """Return points: two decimals where they are needed (a cap of 0.25 is not 0.3)."""
    return f"{float(value):,.2f}".rstrip("0").rstrip(".")


def _typed(value: Fraction | None) -> str:
    """Return a number as it is typed again: no separators."""
    if value is None:
        return ""
    return str(value.numerator) if value.denominator == 1 else f"{float(value):.4f}".rstrip("0").rstrip(".")


def _number(text: str) -> Fraction | None:
    """Return a typed decimal number; nothing for nonsense."""
    cleaned = text.strip().replace(",", "")
    if not cleaned.replace(".", "", 1).isascii() or not cleaned.replace(".", "", 1).isdigit():
        return None
    value = Fraction(cleaned) if not cleaned.startswith(".") and not cleaned.endswith(".") else None
    return value if value is not None and value < _MOST else None


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and int(text[:6]) > 0 else None
