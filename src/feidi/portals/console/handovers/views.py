"""Handing work over: a preview with everything somebody holds, one move, the list to be signed, and taking it back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from feidi.domain.liaison.access import VIEW
from feidi.domain.liaison.models import WorkHandover, WorkHandoverItem
from feidi.domain.liaison.selectors.handovers import SORTS, HandoverFilter, get_handover, list_handovers
from feidi.domain.liaison.services.handing_over import (
    PERMISSION,
    Holdings,
    hand_over_work,
    holdings_of,
    undo_handover,
)
from feidi.domain.liaison.services.handover_kinds import handlers, items_by_kind
from feidi.domain.liaison.services.handover_papers import handover_list as list_paper
from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.engines.findings import RefusedError
from feidi.kernel.subjects import Subject, registered_kinds, url_of
from feidi.portals.console.daily import edits, outposts_for, print_by, word_file
from feidi.portals.console.handovers.forms import HandoverFilterForm, HandoverForm
from feidi.portals.console.lists import asked_of, chat_lines, listed
from feidi.portals.console.pipeline.views.saving import INVALID, REFUSED, sent
from feidi.portals.ui.forms import add_refusal
from feidi.portals.ui.pieces import Badge, Column, Crumb, Row
from feidi.portals.ui.requests import FeidiRequest

COLUMNS = [
    Column("number", gettext_lazy("编号"), sortable=True, lead=True),
    Column("leaver", gettext_lazy("移交人")),
    Column("taker", gettext_lazy("接收人")),
    Column("handed", gettext_lazy("移交日期"), sortable=True),
    Column("projects", gettext_lazy("项目"), numeric=True),
    Column("things", gettext_lazy("合计"), numeric=True),
    Column("reason", gettext_lazy("原因")),
    Column("outpost", gettext_lazy("驻点"), shown=False),
]
_FIELDS = {"liaison.handover_same": "taker", "liaison.handover_stranger": "taker", "liaison.handover_nothing": "leaver"}


@require_GET
def handover_list(request: FeidiRequest) -> HttpResponse:
    """Hand-overs of the actor's outposts, latest first."""
    require(request.actor, VIEW)
    form = HandoverFilterForm(request.GET, actor=request.actor, outposts=outposts_for(request.actor, VIEW))
    given, active = asked_of(form)
    outpost = given.get("outpost")
    wanted = HandoverFilter(given.get("words") or "", outpost.pk if outpost else None)
    found = listed(request, list_handovers(request.actor, wanted), COLUMNS, _rows, sorts=SORTS)
    title = _("工作移交 {today}，共 {n} 次").format(today=request.today.isoformat(), n=found["page"].total_text)
    told = _("{number} {leaver} → {taker}：项目 {projects}，合计 {things} 项")
    context = {
        **found,
        "form": form,
        "active": active,
        "may_add": request.actor.may(PERMISSION),
        "copy_text": chat_lines(title, (told.format(**each.cells) for each in found["table"].rows)),
    }
    return render(request, "console/handovers/handover_list.html", context)


def _rows(rows: Sequence[WorkHandover]) -> list[Row]:
    return [_row(each) for each in rows]


def _row(row: WorkHandover) -> Row:
    counted: Any = row
    return Row(
        cells={
            "number": row.number,
            "leaver": str(row.leaver),
            "taker": str(row.taker),
            "handed": row.handed_at.astimezone(SHANGHAI).date(),
            "projects": counted.project_count,
            "things": counted.things,
            "reason": row.reason,
            "outpost": row.outpost.short_name,
        },
        url=reverse("console:handovers:handover_view", args=[row.uid]),
        uid=row.uid,
        badges=[Badge(_("已撤销"), "quiet")] if row.undone_at else [],
    )


@require_http_methods(["GET", "POST"])
def handover_new(request: FeidiRequest) -> HttpResponse:
    """Choose who and to whom, look at everything that would go, then hand it over in one move."""
    require(request.actor, PERMISSION)
    status = 200
    asked = sent(request) or (request.GET if "leaver" in request.GET else None)
    form = HandoverForm(asked, actor=request.actor, outposts=outposts_for(request.actor, PERMISSION))
    holdings = None
    if form.is_bound:
        status = INVALID if request.method == "POST" else 200
        if form.is_valid():
            status = 200
            given = form.cleaned_data
            holdings = holdings_of(given["outpost"], given["leaver"], request.today)
            if request.method == "POST" and given["seen"]:
                try:
                    row = hand_over_work(
                        actor=request.actor,
                        now=request.now,
                        **{**given, "seen_total": given["seen_total"] or 0},
                    )
                except RefusedError as error:
                    add_refusal(form, error.refusal, _FIELDS)
                    status = REFUSED
                else:
                    said = _("已移交，编号 {number}。请打印交接清单，三方签字。").format(number=row.number)
                    messages.success(request, said)
                    return redirect("console:handovers:handover_view", row.uid)
    context = {
        "form": form,
        "holdings": holdings,
        "groups": _held(holdings) if holdings else [],
        "crumbs": [Crumb(_("工作移交"), reverse("console:handovers:handover_list")), Crumb(_("办理移交"))],
    }
    return render(request, "console/handovers/handover_new.html", context, status=status)


def _held(holdings: Holdings) -> list[tuple[Any, list[Any]]]:
    labels = {each.code: each.label for each in handlers()}
    return [(labels[code], rows) for code, rows in holdings.by_kind.items()]


@require_GET
def handover_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """One hand-over: what went, how it stood, and what an undo gave back or left and why."""
    row = get_handover(request.actor, uid)
    groups = items_by_kind(row)
    items = [item for _code, _label, rows in groups for item in rows]
    context = {
        "row": row,
        "may_undo": row.undone_at is None and edits(request.actor, row.outpost, PERMISSION),
        "may_accounts": request.actor.may("user.manage"),
        "pairs": _pairs(row, len(items)),
        "groups": [(label, [(each, _address(each)) for each in rows]) for _code, label, rows in groups],
        "kept": [each for each in items if each.given_back is False],
        "badges": [Badge(_("已撤销"), "quiet")] if row.undone_at else [],
        "copy_text": _text(row, groups),
        "crumbs": [Crumb(_("工作移交"), reverse("console:handovers:handover_list")), Crumb(row.number)],
    }
    return render(request, "console/handovers/handover_view.html", context)


def _pairs(row: WorkHandover, total: int) -> list[tuple[str, Any]]:
    undone = (
        [(_("撤销"), f"{row.undone_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M} {row.undone_by}")] if row.undone_at else []
    )
    return [
        (_("移交人"), str(row.leaver)),
        (_("接收人"), str(row.taker)),
        (_("移交时间"), row.handed_at),
        (_("办理人"), row.handed_by),
        (_("原因"), row.reason),
        (_("合计"), total),
        *undone,
    ]


def _address(item: WorkHandoverItem) -> str:
    """Return the page of what was handed over; some kinds have none of their own."""
    known = {each.kind for each in registered_kinds()}
    return (url_of(Subject(item.subject_kind, item.subject_uid)) or "") if item.subject_kind in known else ""


def _text(row: WorkHandover, groups: Sequence[tuple[str, Any, Sequence[WorkHandoverItem]]]) -> str:
    head = f"{row.number} {row.leaver} → {row.taker}（{row.reason}）"
    return chat_lines(head, (f"{label} {len(rows)}" for _code, label, rows in groups))


@require_GET
def list_download(request: FeidiRequest, uid: str) -> HttpResponse:
    """The 交接清单 as a Word file, with room for three signatures."""
    row = get_handover(request.actor, uid)
    with override("zh-hans"):  # papers are Chinese
        return word_file(list_paper(row, items_by_kind(row), print_by(request)), f"{row.number}交接清单")


@require_POST
def handover_undo(request: FeidiRequest, uid: str) -> HttpResponse:
    """Give back what nobody has touched since; the rest is listed."""
    row = get_handover(request.actor, uid)
    require(request.actor, PERMISSION, outpost_scope(row.outpost_id))
    result = undo_handover(actor=request.actor, now=request.now, handover=row)
    said = _("已退回 {n} 项；{kept} 项移交后有人改过，留在接收人名下，列在下面。")
    messages.success(request, said.format(n=result.given_back, kept=len(result.kept)))
    return redirect("console:handovers:handover_view", uid)
