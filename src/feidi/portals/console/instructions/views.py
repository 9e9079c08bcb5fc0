"""The list of instructions, one of them, and writing one down."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from feidi.domain.liaison.models import Instruction
from feidi.domain.liaison.selectors.instructions import (
    SORTS,
    InstructionFilter,
    get_instruction,
    list_instructions,
    own_outposts,
)
from feidi.domain.liaison.selectors.veiling import veil_of
from feidi.domain.liaison.services.instructions import NewInstruction, edit_instruction, give_instruction
from feidi.domain.parties.access import outpost_scope, outposts_visible_to, require
from feidi.domain.parties.models import Outpost
from feidi.portals.console.daily import (
    EDIT,
    INSTRUCT,
    asked_project,
    history_of,
    outposts_for,
    plaques_of,
    require_daily,
    words_of,
)
from feidi.portals.console.instructions import presenting
from feidi.portals.console.instructions.forms import InstructionFilterForm, InstructionForm
from feidi.portals.console.lists import asked_of, listed, workbook
from feidi.portals.console.pipeline.views.saving import save_page, sent
from feidi.portals.ui.pieces import Crumb, Row
from feidi.portals.ui.requests import FeidiRequest

FIELDS = {"liaison.due_before_start": "due_on", "pipeline.date_in_future": "received_on"}


def week_ends(today: date) -> date:
    """Return the Sunday of this week."""
    return today + timedelta(days=6 - today.weekday())


def record_url(uid: str) -> str:
    """Return the page of one instruction."""
    return reverse("console:instructions:instruction_view", args=[uid])


def _visible_outposts(request: FeidiRequest) -> QuerySet[Outpost]:
    return outposts_visible_to(request.actor, Outpost.objects.order_by("code"))


def _wanted(request: FeidiRequest) -> tuple[InstructionFilterForm, InstructionFilter, int]:
    form = InstructionFilterForm(request.GET, actor=request.actor, outposts=_visible_outposts(request))
    given, active = asked_of(form)
    show, outpost = given.get("show"), given.get("outpost")
    wanted = InstructionFilter(
        words=given.get("words") or "",
        state="open" if show == "open" else given.get("state") or "",
        plaque=given.get("plaque") or "",
        owner_id=request.actor.user_id if show == "mine" else None,
        outpost_id=outpost.pk if outpost else None,
        project=given.get("project") or "",
        overdue_on=request.today if show == "overdue" else None,
        due_by=week_ends(request.today) if show == "week" else None,
    )
    return form, wanted, active


@require_GET
def instruction_list(request: FeidiRequest) -> HttpResponse:
    """What was handed down to the actor's outposts, or by the actor's side; what is open and due first."""
    require_daily(request.actor)
    form, wanted, active = _wanted(request)
    plaque = words_of(plaques_of(_visible_outposts(request)))

    def draw(rows: Any) -> list[Row]:
        return presenting.rows_of(rows, request.actor, request.today, plaque)

    found = listed(request, list_instructions(request.actor, wanted), presenting.COLUMNS, draw, sorts=SORTS)
    context = {
        **found,
        "form": form,
        "active": active,
        "copy_text": presenting.list_text(found["table"].rows, found["page"].total_text, request.today),
        "may_add": request.actor.may(EDIT) or request.actor.may(INSTRUCT),
        "export_url": f"{reverse('console:instructions:instruction_export')}?{request.GET.urlencode()}",
    }
    return render(request, "console/instructions/instruction_list.html", context)


@require_GET
def instruction_export(request: FeidiRequest) -> HttpResponse:
    """Exactly what the list shows, as a workbook; who took it is on record."""
    require_daily(request.actor)
    _form, wanted, _active = _wanted(request)
    plaque = words_of(plaques_of(_visible_outposts(request)))
    found = list(list_instructions(request.actor, wanted)[:10_000])
    rows = presenting.rows_of(found, request.actor, request.today, plaque)
    return workbook(
        request,
        name="instructions",
        headers=[str(each.label) for each in presenting.COLUMNS],
        rows=[[row.cells[each.code] for each in presenting.COLUMNS] for row in rows],
    )


@require_http_methods(["GET", "POST"])
def instruction_new(request: FeidiRequest) -> HttpResponse:
    """Write down what was handed to an outpost; its owner finds it among the to-dos."""
    if not request.actor.may(INSTRUCT):
        require(request.actor, EDIT)
    made: list[str] = []

    def save(data: dict[str, Any]) -> None:
        data.pop("version")
        outpost = data.pop("outpost")
        new = NewInstruction(**data)
        made.append(give_instruction(actor=request.actor, now=request.now, outpost=outpost, new=new).uid)

    project = asked_project(request)
    form = InstructionForm(
        sent(request),
        actor=request.actor,
        outposts=outposts_for(request.actor, EDIT, INSTRUCT),
        initial={"received_on": request.today, "project": project},
    )
    owned = bool(request.POST.get("owner"))
    response = save_page(
        request,
        template="console/daily/form.html",
        form=form,
        save=save,
        done=_("已登记，承办人会在待办里看到。") if owned else _("已登记。还没有承办人，请尽快指定。"),
        onward=reverse("console:instructions:instruction_list"),
        fields=FIELDS,
        extra={"title": _("登记交办事项"), "subtitle": ""},
    )
    if made:
        response.headers["Location"] = record_url(made[0])
    return response


@require_GET
def instruction_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """One instruction: what is to be done, what was answered, every 催办, and what may be done now."""
    row = get_instruction(request.actor, uid)
    veil, staff = veil_of(request.actor, [row.project_id]), row.outpost_id in own_outposts(request.actor)
    plaque = words_of(plaques_of(Outpost.objects.filter(pk=row.outpost_id)))(row.plaque)
    context = {
        "row": row,
        "may": presenting.might(request.actor, row),
        "paraphrase": veil.text(row.paraphrase),
        "answer": veil.text(row.answer),
        "pairs": presenting.pairs_of(row, veil, plaque),
        "project_name": veil.name(row.project),
        "project_open": row.project is not None and not veil.hides(row.project_id),
        "clock": presenting.clock_of(row, request.today, staff=staff),
        "badges": [presenting.badge_of(row)],
        "entries": history_of("liaison.instruction", row.uid, veil, presenting.FIELDS, presenting.TURNS),
        "copy_text": presenting.record_text(row, veil),
        "today": request.today,
        "crumbs": [Crumb(_("交办事项"), reverse("console:instructions:instruction_list")), Crumb(row.number)],
    }
    return render(request, "console/instructions/instruction_view.html", context)


def editable(request: FeidiRequest, uid: str) -> Instruction:
    """Return one that the outpost's own people may change; others are refused or not found."""
    row = get_instruction(request.actor, uid)
    require(request.actor, EDIT, outpost_scope(row.outpost_id))
    return row


@require_http_methods(["GET", "POST"])
def instruction_edit(request: FeidiRequest, uid: str) -> HttpResponse:
    """Correct what was written down."""
    row = editable(request, uid)
    names = ("outpost", "given_by", "paraphrase", "received_on", "due_on", "owner", "support", "plaque", "project")
    form = InstructionForm(
        sent(request),
        actor=request.actor,
        outposts=Outpost.objects.filter(pk=row.outpost_id),
        initial={**{name: getattr(row, name) for name in names}, "version": row.version},
    )

    def save(data: dict[str, Any]) -> None:
        data.pop("outpost")
        version = data.pop("version") or row.version
        new = NewInstruction(**data)
        edit_instruction(actor=request.actor, now=request.now, instruction=row, version=version, new=new)

    return save_page(
        request,
        template="console/daily/form.html",
        form=form,
        save=save,
        done=_("已保存。"),
        onward=record_url(uid),
        fields=FIELDS,
        extra={"title": _("修改交办事项"), "subtitle": row.number},
    )
