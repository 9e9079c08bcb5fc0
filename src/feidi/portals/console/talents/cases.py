"""Green-channel cases: the list, one of them, opening one for a talent."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.models import Outpost
from feidi.domain.talent.access import EDIT, VIEW
from feidi.domain.talent.enums import CaseState
from feidi.domain.talent.kinds import CASE
from feidi.domain.talent.models import GreenCase
from feidi.domain.talent.selectors.cases import SORTS, CaseFilter, list_cases, reading_of
from feidi.domain.talent.selectors.catalogue import catalogue_of
from feidi.domain.talent.services.cases import Child, NewCase, open_case
from feidi.kernel.subjects import Subject
from feidi.portals.console.daily import outposts_for
from feidi.portals.console.lists import asked_of, listed, workbook
from feidi.portals.console.papers.signing import prints_of
from feidi.portals.console.pipeline.views.saving import save_page, sent
from feidi.portals.console.talents import case_presenting as presenting
from feidi.portals.console.talents.asking import case_url, crumbs, editable, staff_case, talent_url
from feidi.portals.console.talents.forms import CaseFilterForm, CaseForm
from feidi.portals.ui.pieces import Action, Crumb
from feidi.portals.ui.requests import FeidiRequest

_EXPORTED = 5000


def _wanted(request: FeidiRequest) -> tuple[CaseFilterForm, CaseFilter, int]:
    form = CaseFilterForm(request.GET, actor=request.actor, outposts=outposts_for(request.actor, VIEW))
    given, active = asked_of(form)
    outpost, officer = given.get("outpost"), given.get("officer")
    wanted = CaseFilter(
        words=given.get("words") or "",
        show=given.get("show") or "open",
        outpost_id=outpost.pk if outpost else None,
        officer_id=officer.pk if officer else None,
    )
    return form, wanted, active


@require_GET
def case_list(request: FeidiRequest) -> HttpResponse:
    """Cases of the actor's outposts, newest first; those under way unless others are asked for."""
    require(request.actor, VIEW)
    form, wanted, active = _wanted(request)
    found = listed(
        request,
        list_cases(request.actor, wanted),
        presenting.COLUMNS,
        lambda items: presenting.rows_of(items, request.today),
        sorts=SORTS,
    )
    address = f"{reverse('console:talents:case_export')}?{request.GET.urlencode()}"
    context = {
        **found,
        "title": _("人才办理事项"),
        "subtitle": _("一件事、一个回执号、一个时钟；等申请人的日子不计入。"),
        "form": form,
        "active": active,
        "clear_url": reverse("console:talents:case_list"),
        "actions": [
            Action(_("人才"), reverse("console:talents:talent_list"), "users"),
            Action(_("导出本列表"), address, "database-export"),
        ],
        "copy_text": presenting.list_text(found["table"].rows, found["page"].total_text),
        "empty_title": _("没有符合条件的办理事项"),
        "empty_text": _("打开一位人才，从那里受理。"),
        "empty_url": reverse("console:talents:talent_list"),
        "empty_label": _("人才"),
        "bulk": "",
    }
    return render(request, "console/talents/case_list.html", context)


@require_GET
def case_export(request: FeidiRequest) -> HttpResponse:
    """The listed cases as a workbook; who took it is on record."""
    require(request.actor, VIEW)
    rows = presenting.rows_of(list(list_cases(request.actor, _wanted(request)[1])[:_EXPORTED]), request.today)
    return workbook(
        request,
        name="talent-cases",
        headers=[str(each.label) for each in presenting.COLUMNS],
        rows=([each.cells[column.code] for column in presenting.COLUMNS] for each in rows),
    )


@require_GET
def case_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """One case: its one clock, each item with its own, what was told once, what the departments said."""
    row = staff_case(request, uid)
    reading = reading_of(row, request.today)
    scope = outpost_scope(row.outpost_id)
    may = request.actor.may(EDIT, scope) and row.voided_at is None
    items = presenting.items_of(row, request.today)
    open_ = may and row.state == CaseState.OPEN
    standing = any(each.until is None for each in row.pauses.all())
    context = {
        "row": row,
        "reading": reading,
        "badges": presenting.badges_of(row, reading),
        "pairs": presenting.pairs_of(row, reading),
        "items": items,
        "entries": presenting.timeline_of(row),
        "today": request.today,
        "may": may,
        "open": open_,
        "standing": open_ and standing,
        "may_tell": open_ and row.told_on is None and not standing,
        "may_pause": open_ and not standing,
        "may_deliver": open_ and not any(each.open for each in items),
        "may_renew": may and row.state == CaseState.DELIVERED,
        "may_files": request.actor.may("file.view", scope),
        "prints": prints_of(Subject(CASE, row.uid)),
        "copy_text": presenting.record_text(row, reading),
        "crumbs": crumbs(Crumb(_("办理事项"), reverse("console:talents:case_list")), Crumb(row.number)),
    }
    return render(request, "console/talents/case_view.html", context)


@require_http_methods(["GET", "POST"])
def case_new(request: FeidiRequest, uid: str) -> HttpResponse:
    """Open a case for a talent."""
    talent = editable(request, uid)
    catalogue = catalogue_of(talent.outpost, request.today)
    outposts = Outpost.objects.filter(pk=talent.outpost_id)
    form = CaseForm(
        sent(request),
        actor=request.actor,
        outposts=outposts,
        catalogue=catalogue,
        initial={"opened_on": request.today, "officer": request.actor.user_id},
    )
    made: list[GreenCase] = []

    def save(data: dict[str, Any]) -> None:
        name = data["child_name"].strip()
        child = Child(name, data["child_born"].strip(), data["child_wish"].strip()) if name else None
        new = NewCase(data["services"], data["officer"], data["opened_on"], child)
        made.append(open_case(actor=request.actor, now=request.now, talent=talent, new=new))

    answer = save_page(
        request,
        template="console/talents/case_new.html",
        form=form,
        save=save,
        done=_("已受理，时钟开始。请打印回执交给本人。"),
        onward=talent_url(uid),
        fields={
            "talent.no_service": "services",
            "talent.date_in_future": "opened_on",
            "talent.child_not_needed": "child_name",
            "talent.no_consent": "services",
        },
        extra={
            "title": _("受理人才服务"),
            "subtitle": talent.number,
            "submit": _("受理"),
            "services": catalogue.services,
            "confirmed": catalogue.confirmed,
        },
    )
    return redirect(case_url(made[0].uid)) if made else answer
