"""上级表格: taken in once, cells bound, previewed with today's values, a new layout confirmed place by place."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.reporting.models import BoundForm
from feidi.domain.reporting.selectors.forms import (
    bindings_of,
    fillings_of,
    get_form,
    list_forms,
    shape_of,
    standings_of,
    values_for,
)
from feidi.domain.reporting.selectors.paper_content import paper_content
from feidi.domain.reporting.selectors.paper_sources import source_label
from feidi.domain.reporting.selectors.papers import Snapshot, snapshot_of
from feidi.domain.reporting.services import forms as services
from feidi.domain.reporting.services.friday import Press, filled_form
from feidi.domain.reporting.services.paper_writing import Wording, text_values
from feidi.domain.reporting.services.papers import ISSUE
from feidi.engines.findings import Finding, Level, RefusedError
from feidi.kernel.documents.office.binding import BindingOptions
from feidi.kernel.documents.office.form_values import FormValues
from feidi.portals.console.papers import presenting
from feidi.portals.console.papers.forms import BindForm, BlankFormForm, FileForm
from feidi.portals.console.papers.scope import require_papers
from feidi.portals.console.papers.views.friday import first_words
from feidi.portals.console.pipeline.views.saving import INVALID, REFUSED, save_page, uploaded
from feidi.portals.ui.forms import add_refusal
from feidi.portals.ui.requests import FeidiRequest
from feidi.portals.ui.tables import paginate, read_table

_KINDS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_OPTIONS = ("insert_rows", "overwrite", "as_text")
_HISTORY = 20


@require_safe
def form_list(request: FeidiRequest) -> HttpResponse:
    """List the superiors' forms in use: how much is bound, how often filled."""
    require_papers(request.actor)
    table = read_table(request.GET, presenting.FORM_COLUMNS)
    page = paginate(list_forms(request.actor), request.GET.get("page"))
    context = {
        "page": page,
        "table": table.with_rows([presenting.form_row(each) for each in page.items]),
        "may_issue": request.actor.may(ISSUE),
        "copy_text": "\n".join(f"{each.name}（{each.superior}）" for each in page.items[:10]),
    }
    return render(request, "console/papers/form_list.html", context)


@require_http_methods(["GET", "POST"])
def form_new(request: FeidiRequest) -> HttpResponse:
    """Take in a superior's blank form."""
    outposts = require_papers(request.actor, ISSUE)
    form = BlankFormForm(*uploaded(request), outposts=outposts)
    made: list[BoundForm] = []

    def save(data: dict[str, Any]) -> None:
        file = data["file"]
        blank = services.BlankForm(data["name"], file.name, file.read(), data["superior"], data["plaque"])
        made.append(services.add_form(actor=request.actor, now=request.now, outpost=data["outpost"], blank=blank))

    response = save_page(
        request,
        template="console/papers/form.html",
        form=form,
        save=save,
        done=_("空表已收下，请点选格子绑定数据。"),
        onward=reverse("console:papers:form_list"),
        extra={
            "title": _("上传上级空表"),
            "subtitle": _("上传一次，绑定一次，以后每周自动填；表中原有的公式、格式、图表不动。"),
            "button": _("上传"),
            "crumbs": presenting.crumbs(_("上传上级空表"), "form_list", _("上级表格")),
        },
    )
    return redirect("console:papers:form_view", made[0].uid) if made else response


@require_safe
def form_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """Show a form's grid, what is bound where with today's value, and what was filled; ``place`` chooses a cell."""
    form = get_form(request.actor, uid)
    place = request.GET.get("place", "")
    now = next((each for each in bindings_of(form) if each.place == place), None)
    initial: dict[str, Any] = {"place": place, "source": now.source if now else ""}
    if now is not None:
        initial |= {name: getattr(now.options, name) for name in _OPTIONS} | {"factor": now.options.factor}
    return _page(request, form, BindForm(initial=initial), place)


def _page(
    request: FeidiRequest, form: BoundForm, bind_form: BindForm, place: str = "", status: int = 200
) -> HttpResponse:
    shape, standings = shape_of(form), standings_of(form)
    snapshot = _today(request, form)
    values = _values(request, form, snapshot)
    marks = {
        each.binding.place: (source_label(each.binding.source), presenting.today_text(each.binding.source, values))
        for each in standings
        if each.proposals is None
    }
    grids = presenting.grids_of(shape, marks, place)
    usable = form.voided_at is None and not form.superseded_by.all()
    cut = any(each.cut for each in grids)
    limits = {"rows": presenting.MOST_ROWS, "columns": presenting.MOST_COLUMNS}
    lines = presenting.binding_lines(standings, values)
    context = {
        "row": form,
        "title": form.name,
        "crumbs": presenting.crumbs(form.name, "form_list", _("上级表格")),
        "badges": presenting.form_badges(form),
        "grids": grids,
        "names": sorted(shape.names.items()),
        "marks": marks,
        "lines": [each for each in lines if each.proposals is None],
        "moved": [each for each in lines if each.proposals is not None],
        "form": bind_form,
        "place": place,
        "bound_here": any(each.place == place for each in lines),
        "findings": [Finding(Level.NOTE, "papers.too_wide", limits)] if cut else [],
        "fillings": fillings_of(form)[:_HISTORY],
        "as_of": snapshot.as_of,
        "newer": next(iter(form.superseded_by.all()), None),
        "may_issue": usable and request.actor.may(ISSUE, outpost_scope(form.outpost_id)),
    }
    return render(request, "console/papers/form_view.html", context, status=status)


def _today(request: FeidiRequest, form: BoundForm) -> Snapshot:
    return snapshot_of(request.actor, form.outpost, request.today, "week", plaque=form.plaque)


def _press(request: FeidiRequest, form: BoundForm, snapshot: Snapshot) -> Press:
    return Press(forms=(form,), plaque=form.plaque, wording=Wording(first_words(request.actor, snapshot)))


def _values(request: FeidiRequest, form: BoundForm, snapshot: Snapshot) -> FormValues:
    head = paper_content(form.outpost, snapshot.as_of).head(form.outpost, form.plaque)
    wording = _press(request, form, snapshot).wording
    texts = text_values(snapshot, head, request.actor.label, wording)
    return values_for(request.actor, snapshot, bindings_of(form), texts)


@require_POST
def form_bind(request: FeidiRequest, uid: str) -> HttpResponse:
    """Bind a place to a figure or to a list's column."""
    form = get_form(request.actor, uid)
    require(request.actor, ISSUE, outpost_scope(form.outpost_id))
    bind_form = BindForm(request.POST)
    place, status = request.POST.get("place", ""), INVALID
    if bind_form.is_valid():
        data: dict[str, Any] = bind_form.cleaned_data
        options = BindingOptions(factor=data["factor"], **{name: data[name] for name in _OPTIONS})
        try:
            made = services.bind_place(
                actor=request.actor,
                now=request.now,
                form=form,
                place=data["place"].strip(),
                source=data["source"],
                options=options,
            )
        except RefusedError as error:
            add_refusal(bind_form, error.refusal)
            status = REFUSED
        else:
            messages.success(
                request, _("{place} 已绑定：{source}").format(place=made.place, source=source_label(made.source))
            )
            return redirect(
                f"{reverse('console:papers:form_view', args=[uid])}?{urlencode({'place': made.place})}#bind"
            )
    return _page(request, form, bind_form, place, status)


@require_POST
def form_unbind(request: FeidiRequest, uid: str) -> HttpResponse:
    """Take a binding away."""
    form = get_form(request.actor, uid)
    place, moved = request.POST.get("place", ""), "moved" in request.POST
    services.unbind_place(actor=request.actor, now=request.now, form=form, place=place, moved=moved)
    messages.success(request, _("绑定已删去。"))
    return redirect("console:papers:form_view", uid)


@require_POST
def form_move(request: FeidiRequest, uid: str) -> HttpResponse:
    """Confirm where bindings of a changed form are now: one, or all that have one proposal."""
    form = get_form(request.actor, uid)
    require(request.actor, ISSUE, outpost_scope(form.outpost_id))
    if "all" in request.POST:
        n = services.move_all(actor=request.actor, now=request.now, form=form)
        messages.success(request, _("已改 {n} 处绑定。").format(n=n))
    else:
        place, to = request.POST.get("place", ""), request.POST.get("to", "")
        services.move_binding(actor=request.actor, now=request.now, form=form, place=place, to=to)
        messages.success(request, _("{place} 的绑定已改到 {to}。").format(place=place, to=to))
    return redirect("console:papers:form_view", uid)


@require_http_methods(["GET", "POST"])
def form_revise(request: FeidiRequest, uid: str) -> HttpResponse:
    """Take in the form's new layout; bindings that moved wait to be confirmed."""
    row = get_form(request.actor, uid)
    require(request.actor, ISSUE, outpost_scope(row.outpost_id))
    form = FileForm(*uploaded(request), label=_("新的空表"))
    made: list[BoundForm] = []

    def save(data: dict[str, Any]) -> None:
        file = data["file"]
        made.append(
            services.revise_form(actor=request.actor, now=request.now, form=row, file_name=file.name, data=file.read())
        )

    response = save_page(
        request,
        template="console/papers/form.html",
        form=form,
        save=save,
        done=_("新版式已收下。"),
        onward=reverse("console:papers:form_view", args=[uid]),
        extra={
            "title": _("换新版式"),
            "subtitle": row.name,
            "button": _("上传"),
            "crumbs": presenting.crumbs(row.name, "form_list", _("上级表格")),
        },
    )
    return redirect("console:papers:form_view", made[0].uid) if made else response


@require_safe
def form_preview(request: FeidiRequest, uid: str) -> HttpResponse:
    """Download the form filled with today's values; nothing is kept."""
    form = get_form(request.actor, uid)
    require(request.actor, ISSUE, outpost_scope(form.outpost_id))
    snapshot = _today(request, form)
    filled, _values_used = filled_form(request.actor, snapshot, form, _press(request, form, snapshot))
    response = HttpResponse(filled.data, content_type=_KINDS[form.format])
    name = quote(f"{form.name}（试填）.{form.format}", safe="")
    response["Content-Disposition"] = f"attachment; filename=\"preview.{form.format}\"; filename*=UTF-8''{name}"
    return response


@require_POST
def form_void(request: FeidiRequest, uid: str) -> HttpResponse:
    """Stop using a form; what was filled stays."""
    form = get_form(request.actor, uid)
    services.void_form(actor=request.actor, now=request.now, form=form, reason=request.POST.get("reason", ""))
    messages.success(request, _("已停用。"))
    return redirect("console:papers:form_list")
