"""岗位 of organizations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from feidi.domain.matching.selectors.position_needs import need_of
from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.talent.access import EDIT, VIEW, staff_sees
from feidi.domain.talent.enums import SalaryPer
from feidi.domain.talent.models import Position
from feidi.domain.talent.selectors.positions import SORTS, PositionFilter, get_position, list_positions
from feidi.domain.talent.services.positions import Band, NewPosition, close_position, open_position
from feidi.engines.findings import refuse
from feidi.kernel.money.display import format_money
from feidi.kernel.subjects import Subject, label_of, url_of, visible_row
from feidi.portals.console.daily import outposts_for
from feidi.portals.console.lists import asked_of, chat_lines, listed, workbook
from feidi.portals.console.pipeline.views.saving import save_page, sent
from feidi.portals.console.talents.asking import FORM, crumbs, organization_named
from feidi.portals.console.talents.forms import PositionFilterForm, PositionForm
from feidi.portals.console.talents.presenting import where
from feidi.portals.ui.pieces import Action, Badge, Column, Crumb, Row
from feidi.portals.ui.requests import FeidiRequest

PROJECT = "pipeline.project"
COLUMNS = [
    Column("number", gettext_lazy("编号"), sortable=True, lead=True),
    Column("title", gettext_lazy("岗位"), sortable=True),
    Column("organization", gettext_lazy("用人单位"), sortable=True),
    Column("works_at", gettext_lazy("在哪里工作")),
    Column("wanted", gettext_lazy("人数"), numeric=True),
    Column("salary", gettext_lazy("薪酬")),
    Column("opened", gettext_lazy("登记日期"), sortable=True),
    Column("closed", gettext_lazy("关闭日期"), shown=False),
]


def salary_words(row: Position) -> str:
    """Return a band in words; unknown is said."""
    if row.salary_lo_fen is None and row.salary_hi_fen is None:
        return _("未知")
    ends = [
        _("不详") if fen is None else format_money(fen, row.currency) for fen in (row.salary_lo_fen, row.salary_hi_fen)
    ]
    return f"{SalaryPer(row.salary_per).label} {' – '.join(dict.fromkeys(ends))}"


def rows_of(positions: Sequence[Position]) -> list[Row]:
    """Return positions as list rows."""
    return [
        Row(
            cells={
                "number": each.number,
                "title": each.title,
                "organization": each.organization.name,
                "works_at": where(each.works_at),
                "wanted": each.wanted,
                "salary": salary_words(each),
                "opened": each.opened_on,
                "closed": each.closed_on,
            },
            url=reverse("console:talents:position_view", args=[each.uid]),
            uid=each.uid,
            tone="quiet" if each.closed_on else "",
        )
        for each in positions
    ]


def _wanted(request: FeidiRequest) -> tuple[PositionFilterForm, PositionFilter, int]:
    form = PositionFilterForm(request.GET, actor=request.actor, outposts=outposts_for(request.actor, VIEW))
    given, active = asked_of(form)
    outpost = given.get("outpost")
    show, words = given.get("show") or "open", given.get("words") or ""
    return form, PositionFilter(words, show, outpost.pk if outpost else None), active


@require_GET
def position_list(request: FeidiRequest) -> HttpResponse:
    """Positions of the organizations that the actor's outposts know."""
    require(request.actor, VIEW)
    form, wanted, active = _wanted(request)
    found = listed(request, list_positions(request.actor, wanted), COLUMNS, rows_of, sorts=SORTS)
    new_url = reverse("console:talents:position_new")
    address = f"{reverse('console:talents:position_export')}?{request.GET.urlencode()}"
    first = [Action(_("登记岗位"), new_url, "plus", tone="primary")] if request.actor.may(EDIT) else []
    lines = (
        f"{each.cells['title']} {each.cells['organization']} {each.cells['salary']}" for each in found["table"].rows
    )
    context = {
        **found,
        "title": _("岗位"),
        "subtitle": _("用人单位招什么人、在哪里、多少钱；薪酬不知道就写未知。"),
        "form": form,
        "active": active,
        "clear_url": reverse("console:talents:position_list"),
        "actions": [*first, Action(_("导出本列表"), address, "database-export")],
        "copy_text": chat_lines(_("岗位 {total}").format(total=found["page"].total_text), lines),
        "empty_title": _("还没有岗位"),
        "empty_text": _("问用人单位要三句话：招什么人、在哪里上班、多少钱。"),
        "empty_url": new_url if request.actor.may(EDIT) else "",
        "empty_label": _("登记岗位"),
        "bulk": "",
    }
    return render(request, "console/talents/position_list.html", context)


@require_GET
def position_export(request: FeidiRequest) -> HttpResponse:
    """The listed positions as a workbook; who took it is on record."""
    require(request.actor, VIEW)
    rows = rows_of(list(list_positions(request.actor, _wanted(request)[1])[:5000]))
    return workbook(
        request,
        name="positions",
        headers=[str(each.label) for each in COLUMNS],
        rows=([each.cells[column.code] for column in COLUMNS] for each in rows),
    )


@require_http_methods(["GET", "POST"])
def position_new(request: FeidiRequest) -> HttpResponse:
    """Enter a position."""
    require(request.actor, VIEW)
    require(request.actor, EDIT)
    form = PositionForm(sent(request), actor=request.actor, outposts=outposts_for(request.actor, EDIT))
    return save_page(
        request,
        template=FORM,
        form=form,
        save=lambda data: _open(request, data),
        done=_("岗位已登记。"),
        onward=reverse("console:talents:position_list"),
        fields={"talent.salary_order": "hi", "talent.salary_currency": "hi", "talent.salary_per": "per"},
        extra={"title": _("登记岗位"), "subtitle": "", "submit": _("保存")},
    )


def _open(request: FeidiRequest, data: dict[str, Any]) -> Position:
    outpost, project = data["outpost"], data["project"]
    organization = organization_named(request, outpost, data["organization"])
    if organization is None:
        raise refuse("talent.organization_unknown", name=data["organization"])
    told = {name: data[name] for name in ("title", "needs", "field", "works_at", "work_place", "wanted")}
    new = NewPosition(
        organization=organization,
        band=Band(data["lo"], data["hi"], data["per"]),
        about=Subject(PROJECT, project.uid) if project else None,
        **told,
    )
    return open_position(actor=request.actor, now=request.now, outpost=outpost, new=new)


@require_GET
def position_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """One position."""
    row = get_position(request.actor, uid)
    if not staff_sees(request.actor, row.outpost_id):
        raise Position.DoesNotExist
    about = Subject(row.about_kind, row.about_uid) if row.about_kind else None
    context = {
        "row": row,
        "badges": [Badge(_("已关闭"), "quiet") if row.closed_on else Badge(_("在招"), "ok")],
        "pairs": [
            (_("用人单位"), row.organization.name),
            (_("要求"), row.needs),
            (_("专业领域"), row.field),
            (_("在哪里工作"), f"{where(row.works_at)} {row.work_place}".strip()),
            (_("人数"), row.wanted),
            (_("薪酬"), salary_words(row)),
            (_("登记日期"), row.opened_on),
            (_("关闭原因"), row.close_reason),
        ],
        "project": _link(request, about),
        "need": _link(request, need_of(row.uid)),
        "may": request.actor.may(EDIT, outpost_scope(row.outpost_id))
        and row.closed_on is None
        and row.voided_at is None,
        "crumbs": crumbs(Crumb(_("岗位"), reverse("console:talents:position_list")), Crumb(row.number)),
    }
    return render(request, "console/talents/position_view.html", context)


def _link(request: FeidiRequest, subject: Subject | None) -> tuple[str, str | None] | None:
    """Return label and address of what the reader may open; None when there is nothing, or nothing for this reader."""
    row = visible_row(request.actor, subject) if subject else None
    return (label_of(row, subject.kind), url_of(subject)) if subject and row is not None else None


@require_POST
def position_close(request: FeidiRequest, uid: str) -> HttpResponse:
    """Close a position."""
    row = get_position(request.actor, uid)
    close_position(actor=request.actor, now=request.now, position=row, reason=request.POST.get("reason", ""))
    messages.success(request, _("岗位已关闭。"))
    return redirect("console:talents:position_view", uid)
