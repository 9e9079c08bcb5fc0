"""考核计分表: a published sheet filled from the figures; what they do not give is typed and goes with the address."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from feidi.domain.parties.access import require
from feidi.domain.reporting.indicator_texts import plain
from feidi.domain.reporting.selectors.figures import COUNT, VIEW
from feidi.domain.reporting.selectors.scoring_sheets import Filled, Sheet, fill, sheets_for
from feidi.portals.console.figures.lens import Lens, read_lens
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


def _filled(asked: QueryDict, lens: Lens, sheet: Sheet) -> dict[str, Any]:
    typed = {key[5:]: _number(asked.get(key, "")) for key in asked if key.startswith("done.")}
    targets = {key[7:]: _number(asked.get(key, "")) for key in asked if key.startswith("target.")}
    rank, of = (_whole(asked.get(name, "")) for name in ("rank", "among"))
    veto = bool(asked.get("veto"))
    found = fill(sheet, lens.view, typed=typed, targets=targets, rank=rank, of=of, veto=veto)
    return {
        "sheet": sheet,
        "items": _items(found),
        "total": plain(found.scored.total),
        "full": plain(sheet.full),
        "incomplete": bool(found.scored.missing),
        "grade": sheet.labels.get(f"grade.{found.grade}", ""),
        "rank": rank,
        "among": of,
        "veto": veto,
        "kept": [(key, value) for key, value in asked.items() if key in lens.query or key in lens.form.fields],
    }


def _items(found: Filled) -> list[dict[str, Any]]:
    labels = found.sheet.labels
    lines = []
    for each in found.scored.items:
        item = each.item
        rows = [(part.code, True) for part in item.parts] + [(code, False) for code, _n in item.deductions]
        lines.append(
            {
                "label": labels[item.code],
                "points": plain(item.points),
                "cap": plain(item.cap) if item.cap is not None else _("不封顶"),
                "score": plain(each.points) if each.points is not None else _("缺数"),
                "capped": each.capped,
                "rows": [_row(found, code, wants_target=wants) for code, wants in rows],
            }
        )
    return lines


def _row(found: Filled, code: str, *, wants_target: bool) -> dict[str, Any]:
    one = found.indicators.get(code)
    done, target = found.done[code], found.targets[code]
    return {
        "code": code,
        "label": found.sheet.labels[code],
        "done": _typed(done),
        "target": _typed(target),
        "wants_target": wants_target,
        "url": one.url if one is not None and done == one.value else "",
        "said": one.shown if one is not None and done == one.value else "",
    }


def _typed(value: Fraction | None) -> str:
    """Return a number as it is typed again: no separators."""
    if value is None:
        return ""
    return str(value.numerator) if value.denominator == 1 else f"{float(value):.4f}".rstrip("0")


def _number(text: str) -> Fraction | None:
    """Return a typed decimal number; nothing for nonsense."""
    cleaned = text.strip().replace(",", "")
    if not cleaned.replace(".", "", 1).isascii() or not cleaned.replace(".", "", 1).isdigit():
        return None
    value = Fraction(cleaned) if not cleaned.startswith(".") and not cleaned.endswith(".") else None
    return value if value is not None and value < _MOST else None


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and int(text[:6]) > 0 else None
