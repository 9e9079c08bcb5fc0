"""Organizations, their people, and asking about one that others know."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from feidi.domain.parties.access import require
from feidi.domain.parties.models import ContactPoint, Organization, Outpost
from feidi.domain.parties.selectors.lookup import (
    VIEW,
    OrganizationFilter,
    get_organization,
    list_organizations,
    lookup_organization,
)
from feidi.domain.parties.selectors.pairs import standing_for
from feidi.domain.parties.services.persons import unmask_contact_point
from feidi.domain.pipeline.selectors.projects import live_projects
from feidi.domain.policy.selectors.checkups import outposts_of
from feidi.kernel.access import ScopeKind
from feidi.portals.console.lists import EXPORTED, chat_lines, export_action, workbook
from feidi.portals.console.parties import presenting
from feidi.portals.console.parties.corrections import corrected_context
from feidi.portals.console.parties.forms import FilterForm, LookupForm
from feidi.portals.console.parties.presenting import COLUMNS
from feidi.portals.console.parties.who import who_of
from feidi.portals.console.pipeline.presenting import latest_talks
from feidi.portals.console.playbooks.cards import run_card
from feidi.portals.console.profiles.cards import organization_profiles
from feidi.portals.ui.requests import FeidiRequest
from feidi.portals.ui.tables import Table, paginate, read_table

#: HTTP status of a form that is sent back with errors.
INVALID = 422
_PROJECTS, _TALKS = 50, 10


def _asked(request: FeidiRequest) -> tuple[FilterForm, int, Table, QuerySet[Organization]]:
    outposts = Outpost.objects.filter(pk__in=request.actor.scopes(VIEW, ScopeKind.OUTPOST)).order_by("id")
    form = FilterForm(request.GET, outposts=outposts, auto_id="filter-%s")
    wanted = form.cleaned_data if form.is_valid() else {}
    outpost = wanted.get("outpost")
    chosen = OrganizationFilter(wanted.get("words", ""), wanted.get("kind", ""), outpost.pk if outpost else None)
    table = read_table(request.GET, presenting.COLUMNS, default_sort="")
    found = list_organizations(request.actor, chosen).order_by(*table.order_by(dict(presenting.SORT_FIELDS), ["-id"]))
    return form, sum(1 for value in wanted.values() if value), table, found


@require_safe
def organization_list(request: FeidiRequest) -> HttpResponse:
    """List the organizations that the actor's outposts know, filtered and sorted by the address."""
    form, active, table, found = _asked(request)
    page = paginate(found, request.GET.get("page"))
    rows = [presenting.row_of(each) for each in page.items]
    told = (f"{each.cells['name']} {each.cells['code']}".strip() for each in rows)
    title = _("单位 {n} 家（截至{day}）").format(n=page.total_text, day=request.today.isoformat())
    context = {
        "form": form,
        "active": active,
        "page": page,
        "table": table.with_rows(rows),
        "export": export_action(request, "console:parties:organization_export") if rows else None,
        "copy_text": chat_lines(title, told) if rows else "",
    }
    return render(request, "console/parties/organization_list.html", context)


@require_safe
def organization_export(request: FeidiRequest) -> HttpResponse:
    """Exactly what the list shows, with every column, as a workbook."""
    require(request.actor, VIEW)
    *_rest, found = _asked(request)
    rows = [presenting.row_of(each) for each in found[:EXPORTED]]
    listed_as = {"kinds", "outposts"}
    cells = [
        [
            "、".join(map(str, row.cells[each.code])) if each.code in listed_as else row.cells[each.code]
            for each in COLUMNS
        ]
        for row in rows
    ]
    return workbook(request, name="organizations", headers=[str(each.label) for each in COLUMNS], rows=cells)


@require_safe
def organization_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """Show one organization: numbers, people, titles, doubts, the projects that the actor may open; one merged away
    leads to the one it is now.
    """
    now_called = standing_for(request.actor, uid)
    if now_called is not None:
        messages.info(request, _("您打开的单位已并入“{name}”。").format(name=now_called.name))
        return redirect("console:parties:organization_view", now_called.uid)
    organization = get_organization(request.actor, uid)
    own = live_projects(request.actor).filter(parties__organization=organization, parties__until__isnull=True)
    projects = list(own.distinct().order_by("-id")[:_PROJECTS])
    stages = presenting.stage_labels(projects)
    table = read_table(request.GET, presenting.PROJECT_COLUMNS)
    context = {
        "organization": organization,
        "crumbs": presenting.crumbs(organization.name),
        "badges": presenting.kind_badges(organization),
        "pairs": presenting.record_pairs(organization),
        "links": list(organization.links.all()),
        "persons": presenting.persons_of(request.actor, organization),
        "table": table.with_rows([presenting.project_row(each, stages[each.pk]) for each in projects]),
        "copy_text": presenting.wechat_text(organization, projects, stages),
        "talks": latest_talks(request.actor, projects, _TALKS),
        "today": request.today,
        "may_check_policies": outposts_of(request.actor, organization).exists(),
        **organization_profiles(request.actor, organization, request.today),
        **run_card(request.actor, "organization", organization.uid, request.today),
        **who_of(request.actor, organization, request.today),
        **corrected_context(request.actor, organization),
    }
    return render(request, "console/parties/organization_view.html", context)


@never_cache
@require_POST
def contact_unmask(request: FeidiRequest, uid: str) -> HttpResponse:
    """Show a contact itself: into the page, or without scripts as a page. Who looked is written to the audit."""
    outposts = request.actor.scopes(VIEW, ScopeKind.OUTPOST)
    point = ContactPoint.objects.filter(outpost_id__in=outposts, voided_at__isnull=True)
    row = point.select_related("person__organization", "organization").get(uid=uid)
    why = request.POST.get("why", "").strip() or _("在页面上点开查看")
    value = unmask_contact_point(actor=request.actor, now=request.now, point=row, why=why)
    context = {"point": {**presenting.reachable(request.actor, row), "masked": value, "unmask_url": ""}, "row": row}
    part = "contact_value" if request.htmx else "contact_unmask"
    return render(request, f"console/parties/{part}.html", context)


@require_safe
def organization_lookup(request: FeidiRequest) -> HttpResponse:
    """Say of a whole name or number only whether it is known, since when, and which outpost to call."""
    require(request.actor, VIEW)
    form = LookupForm(request.GET if "words" in request.GET else None)
    asked = form.is_bound and form.is_valid()
    answer = lookup_organization(request.actor, form.cleaned_data["words"]) if asked else None
    context = {"form": form, "answer": answer, "crumbs": presenting.crumbs(_("查询是否已有"))}
    status = INVALID if form.is_bound and not asked else 200
    return render(request, "console/parties/organization_lookup.html", context, status=status)
