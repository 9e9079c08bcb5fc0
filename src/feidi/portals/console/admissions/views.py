"""The list of applications and one of them."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from feidi.domain.incubation.admission_access import DECIDE, EDIT, VIEW, VIEW_HOME, works_on
from feidi.domain.incubation.admission_enums import OVER, WRITABLE, ApplicationState
from feidi.domain.incubation.models import Application
from feidi.domain.incubation.selectors.admission_capacity import capacity_of
from feidi.domain.incubation.selectors.admission_rules import admission_rules
from feidi.domain.incubation.selectors.admissions import (
    SORTS,
    ApplicationFilter,
    get_application,
    list_applications,
)
from feidi.domain.incubation.selectors.first_answer import desk_words
from feidi.domain.incubation.services.admission_decisions import signed_decision
from feidi.domain.incubation.services.admission_papers import reasons_words
from feidi.domain.incubation.services.first_answers import OPEN, held_answer
from feidi.domain.parties.access import outpost_scope, require
from feidi.kernel.access import Actor
from feidi.portals.console.admissions import presenting
from feidi.portals.console.admissions.forms import ApplicationFilterForm
from feidi.portals.console.daily import outposts_for
from feidi.portals.console.lists import asked_of, listed, workbook
from feidi.portals.ui.pieces import Crumb
from feidi.portals.ui.requests import FeidiRequest

S = ApplicationState
_EXPORTED = 5000


def record_url(uid: str) -> str:
    """Return the page of one application."""
    return reverse("console:admissions:application_view", args=[uid])


def editable(request: FeidiRequest, uid: str, permission: str = EDIT) -> Application:
    """Return one that the actor may change; others are refused or not found."""
    row = get_application(request.actor, uid)
    require(request.actor, permission, outpost_scope(row.outpost_id))
    return row


def crumbs_of(row: Application, *more: str) -> list[Crumb]:
    """Return the way to a page of an application."""
    name = row.number or _("草稿")
    first = Crumb(_("入驻申请"), reverse("console:admissions:application_list"))
    if not more:
        return [first, Crumb(name)]
    return [first, Crumb(name, record_url(row.uid)), *(Crumb(each) for each in more)]


def require_admissions(actor: Actor) -> None:
    """Refuse unless the actor sees applications as outpost or home side."""
    if not actor.may(VIEW_HOME):
        require(actor, VIEW)


def _wanted(request: FeidiRequest) -> tuple[ApplicationFilterForm, ApplicationFilter, int]:
    form = ApplicationFilterForm(
        request.GET, actor=request.actor, outposts=outposts_for(request.actor, VIEW, VIEW_HOME)
    )
    given, active = asked_of(form)
    officer, outpost = given.get("officer"), given.get("outpost")
    wanted = ApplicationFilter(
        words=given.get("words") or "",
        show=given.get("show") or "open",
        state=given.get("state") or "",
        officer_id=officer.pk if officer else None,
        outpost_id=outpost.pk if outpost else None,
    )
    return form, wanted, active


@require_GET
def application_list(request: FeidiRequest) -> HttpResponse:
    """Applications that the actor sees as outpost or home side, newest first; open ones unless others are asked for."""
    require_admissions(request.actor)
    form, wanted, active = _wanted(request)
    rows = list_applications(request.actor, wanted)
    found = listed(request, rows, presenting.COLUMNS, presenting.rows_of, sorts=SORTS)
    context = {
        **found,
        "form": form,
        "active": active,
        "outposts": list(outposts_for(request.actor, EDIT)),
        "public_url": request.build_absolute_uri(reverse("public:apply:application_start")),
        "export_url": f"{reverse('console:admissions:application_export')}?{request.GET.urlencode()}",
    }
    return render(request, "console/admissions/application_list.html", context)


@require_GET
def application_export(request: FeidiRequest) -> HttpResponse:
    """The listed applications as a workbook; who took it is on record."""
    require_admissions(request.actor)
    _form, wanted, _active = _wanted(request)
    rows = presenting.rows_of(list(list_applications(request.actor, wanted)[:_EXPORTED]))
    return workbook(
        request,
        name="admissions",
        headers=[str(each.label) for each in presenting.COLUMNS],
        rows=([each.cells[column.code] for column in presenting.COLUMNS] for each in rows),
    )


@require_GET
def application_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """One application: what was answered, the first answer, panel, decision, how it went; what comes next."""
    return record_page(request, get_application(request.actor, uid))


def record_page(request: FeidiRequest, row: Application, phone: str = "") -> HttpResponse:
    """Draw the record; ``phone``: in clear, because somebody has just asked for it and is on record."""
    staff = works_on(request.actor, row)
    clock = presenting.clocks_of([row]).get(row.uid)
    context = {
        "row": row,
        "staff": staff,
        "phone": phone or row.phone_masked,
        "shown": bool(phone),
        "badges": presenting.badges_of(row, clock, request.today),
        "next": presenting.next_words(row),
        "sections": presenting.sections_of(row, admission_rules(row.outpost), None if staff else _for_home(row)),
        "files": row.files.filter(voided_at__isnull=True).select_related("file") if staff else [],
        "answer": held_answer(row),
        "capacity": desk_words(capacity_of(row.outpost, request.today)) if row.state not in OVER else "",
        "panels": presenting.panels_of(row) if staff else [],
        "prints": presenting.prints_of(row),
        "signed": signed_decision(row) if row.state == S.DECIDED else None,
        "reasons": reasons_words(row),
        "condition": presenting.condition_words(row),
        "log": presenting.log_of(row, notes=staff),
        "copy_text": presenting.record_text(row, clock),
        "today": request.today,
        "crumbs": crumbs_of(row),
        **_may(request.actor, row),
    }
    return render(request, "console/admissions/application_view.html", context)


def _for_home(row: Application) -> frozenset[str]:
    """The home side reads what the panel reads: no contact."""
    return admission_rules(row.outpost).seen


def _may(actor: Actor, row: Application) -> dict[str, Any]:
    """Return which acts the page offers: by permission, and by where the application stands."""
    edits = works_on(actor, row, EDIT) and row.voided_at is None
    decides = works_on(actor, row, DECIDE) and row.voided_at is None
    state = S(row.state)
    return {
        "may": edits,
        "may_accept": edits and state is S.SUBMITTED,
        "may_return": edits and state is S.SUBMITTED and row.asked_on is None,
        "may_answer": edits and state in OPEN,
        "may_review": edits and state in {S.ACCEPTED, S.JUDGED, S.WAITING},
        "may_decide": decides and state in {S.SUBMITTED, S.RETURNED, S.ACCEPTED, S.JUDGED, S.WAITING},
        "may_print": edits and state is S.DECIDED,
        "may_end_notice": edits and state is S.NOTICE,
        "may_letter": edits and state in {S.REJECTED, S.WAITING},
        "may_sign": edits and state is S.APPROVED,
        "may_move_in": edits and state is S.ADMITTED and not hasattr(row.agreement, "tenancy"),
        "may_withdraw": edits and state not in OVER,
        "may_judge": edits and state is S.REVIEWING,
        "may_files": actor.may("file.view"),
        "writable": state in WRITABLE,
    }
