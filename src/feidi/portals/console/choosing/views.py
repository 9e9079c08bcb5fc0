"""遴选: the question with its answer, the workbook, and what somebody says of one project."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from feidi.domain.matching.access import EDIT, VIEW
from feidi.domain.matching.selectors.choosing import list_told
from feidi.domain.matching.services.chances import Statement, state_chance
from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.pipeline.selectors.projects import get_project
from feidi.engines.findings import refuse
from feidi.portals.console.choosing import presenting
from feidi.portals.console.choosing.asking import Asking, asking_of
from feidi.portals.console.choosing.forms import ChanceForm
from feidi.portals.console.lists import chat_lines, workbook
from feidi.portals.console.pipeline.views.saving import save_page, sent
from feidi.portals.ui.pieces import Crumb
from feidi.portals.ui.requests import FeidiRequest
from feidi.portals.ui.tables import read_table

_HERE = "console:choosing:choice_view"


def _asking(request: FeidiRequest) -> Asking:
    require(request.actor, VIEW)
    asking = asking_of(request)
    if asking is None:
        raise refuse("figures.no_outpost")
    return asking


@require_safe
def choice_view(request: FeidiRequest) -> HttpResponse:
    """Which projects to foster so that enough of them land: the choice, its range, the curves, what would make it so."""
    asking = _asking(request)
    choice = asking.choice
    may_edit = request.actor.may(EDIT, outpost_scope(asking.outpost.pk))
    rows = presenting.rows_of(choice.told if choice else asking.told, choice, may_edit=may_edit)
    context: dict[str, Any] = {
        "form": asking.form,
        "outpost": asking.outpost,
        "table": read_table(request.GET, presenting.COLUMNS).with_rows(rows),
        "thin": presenting.thin_text(),
        "experience": presenting.experience_text(asking.experience),
        "as_of": request.today,
        "export_url": f"{reverse('console:choosing:choice_export')}?{request.GET.urlencode()}",
        "trial": any(each.trial for each in choice.told) if choice else False,
        "choice": choice,
        "copy_text": "",
    }
    return render(request, "console/choosing/choice_view.html", context | _answer(asking))


def _answer(asking: Asking) -> dict[str, Any]:
    if asking.choice is None:
        return {}
    choice, portfolio = asking.choice, asking.choice.portfolio
    chosen = [each for each in choice.told if each.key in set(portfolio.chosen)]
    said = presenting.said_of(portfolio)
    lines = [f"{each.project.name} {presenting.chance_text(each.chance)}" for each in chosen]
    return {
        "said": said,
        "facts": presenting.facts_of(portfolio),
        "remedies": [*portfolio.remedies, *portfolio.findings],
        "few": any(each.chance is not None and each.chance.cases is not None for each in choice.told),
        "distribution": presenting.distribution_of(portfolio),
        "by_number": presenting.curve_of(choice.by_number, _("多选几个，把握怎么变"), _("个")),
        "by_area": presenting.curve_of(choice.by_area, _("场地多一些，把握怎么变"), "㎡"),
        "copy_text": chat_lines(said, lines),
    }


@require_safe
def choice_export(request: FeidiRequest) -> HttpResponse:
    """The candidates with what was taken of each, whether chosen, and the answer, as the page has them."""
    asking = _asking(request)
    choice = asking.choice
    rows = presenting.rows_of(choice.told if choice else asking.told, choice, may_edit=False)
    chosen = {each.project.uid for each in choice.told if each.key in set(choice.portfolio.chosen)} if choice else set()
    said = presenting.said_of(choice.portfolio) if choice else ""
    return workbook(
        request,
        name="choosing",
        headers=[*(str(each.label) for each in presenting.COLUMNS), _("选中"), _("结论"), _("说明")],
        rows=[
            [
                *(row.cells[each.code] for each in presenting.COLUMNS),
                _("是") if row.uid in chosen else _("否"),
                said,
                presenting.thin_text(),
            ]
            for row in rows
        ],
    )


@require_http_methods(["GET", "POST"])
def chance_state(request: FeidiRequest, uid: str) -> HttpResponse:
    """Write down what is known of a project's chance, area and cost: who says so, on what it rests, since when."""
    project = get_project(request.actor, uid)
    require(request.actor, EDIT, outpost_scope(project.outpost_id))

    def save(data: dict[str, Any]) -> None:
        state_chance(actor=request.actor, now=request.now, project=project, said=Statement(**data))

    told = list_told(request.actor, project.outpost, as_of=request.today, known_at=request.now)
    known = next((each for each in told if each.project.pk == project.pk), None)
    rows = [] if known is None else presenting.rows_of([known], None, may_edit=False)
    return save_page(
        request,
        template="console/choosing/chance_state.html",
        form=ChanceForm(sent(request)),
        save=save,
        done=_("已留存。"),
        onward=f"{reverse(_HERE)}?outpost={project.outpost.code}",
        project=project,
        fields={"matching.chance_note": "note", "matching.chance_cases": "cases", "matching.chance_range": "lo"},
        extra={
            "title": _("落地把握：{name}").format(name=project.name),
            "subtitle": _("只写知道的；没有写的不算零。新写的接替原来的，原来的留着。"),
            "submit": _("留存"),
            "known": [(each.label, rows[0].cells[each.code]) for each in presenting.COLUMNS[1:7]] if rows else [],
            "crumbs": [Crumb(_("遴选"), reverse(_HERE)), Crumb(project.name)],
        },
    )
