"""Who was gained and lost, by which change of policy or facts; and who is entitled without applying."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from feidi.domain.parties.access import require
from feidi.domain.parties.models import Outpost
from feidi.domain.policy.access import CHECK, VIEW, standings_visible_to
from feidi.domain.policy.enums import ChangeCause, ChangeKind, Group
from feidi.domain.policy.models import ClauseStanding, StandingChange
from feidi.domain.policy.selectors.library import library_of
from feidi.domain.policy.selectors.reckonings import reckonings_under_way
from feidi.domain.policy.selectors.standings import last_evaluated, list_changes, policies_used
from feidi.kernel.access import ScopeKind
from feidi.kernel.jobs.models import Job
from feidi.portals.console.lists import asked_of, workbook
from feidi.portals.console.policy_library import presenting
from feidi.portals.console.policy_library.forms import ChangeFilterForm
from feidi.portals.console.policy_library.naming import names_of
from feidi.portals.ui.pieces import Crumb
from feidi.portals.ui.requests import FeidiRequest
from feidi.portals.ui.tables import paginate, read_table

#: So many entitlements are shown on the page; the list of a clause has all.
_SHOWN = 50


def _wanted(request: FeidiRequest) -> tuple[ChangeFilterForm, QuerySet[StandingChange], int]:
    form = ChangeFilterForm(request.GET)
    given, active = asked_of(form)
    rows = list_changes(request.actor, clause=given.get("clause", ""))
    if given.get("kind"):
        rows = rows.filter(kind=given["kind"])
    return form, rows, active


@require_GET
def change_list(request: FeidiRequest) -> HttpResponse:
    """Show 免申即享 as it stands, and what was gained and lost, the newest first."""
    require(request.actor, VIEW)
    form, rows, active = _wanted(request)
    page = paginate(rows, request.GET.get("page"))
    automatic = standings_visible_to(request.actor, ClauseStanding.objects.filter(group=Group.AUTOMATIC))
    entitled = list(automatic.order_by("-lo_fen", "subject_uid")[:_SHOWN])
    shown: list[StandingChange] = list(page.items)
    names = names_of(request.actor, [*shown, *entitled])
    titles = presenting.titles_on({row.place for row in shown} | {row.place for row in entitled}, request.today)
    context = {
        "form": form,
        "active": active,
        "clear_url": reverse("console:policy_library:change_list"),
        "page": page,
        "table": read_table(request.GET, presenting.CHANGE_COLUMNS).with_rows(
            presenting.change_rows(shown, names, titles)
        ),
        "entitled": [
            {
                "name": names.get(each.subject_uid, each.subject_uid),
                "firm_url": presenting.standing_url(each),
                "clause": presenting.titled(titles, each),
                "url": reverse("console:policy_library:clause_view", args=[each.place, each.clause]),
                "amount": presenting.standing_amount(each),
            }
            for each in entitled
        ],
        "reckoned": _reckoned(request),
        "crumbs": presenting.crumbs(Crumb(_("应享与变化"))),
        "export_url": f"{reverse('console:policy_library:change_export')}?{request.GET.urlencode()}",
    }
    return render(request, "console/policy_library/change_list.html", context)


@dataclass(frozen=True, slots=True)
class Reckoned:
    """An outpost's standings: when last reckoned (None: never), whether policies changed since, what is under way."""

    outpost: Outpost
    at: datetime | None
    is_stale: bool
    may_reckon: bool
    job: Job | None


def _reckoned(request: FeidiRequest) -> list[Reckoned]:
    actor = request.actor
    outposts = Outpost.objects.filter(pk__in=actor.scopes(VIEW, ScopeKind.OUTPOST)).select_related("home", "host")
    mine = list(outposts.order_by("code"))
    under_way = reckonings_under_way(mine)
    last: dict[int, datetime] = {each["outpost_id"]: each["at"] for each in last_evaluated(actor)}  # type: ignore[index]
    used = policies_used(actor)
    may = actor.scopes(CHECK, ScopeKind.OUTPOST)
    return [
        Reckoned(
            each,
            last.get(each.pk),
            bool(used.get(each.pk, set()) - {library_of(each, on=request.today).hash}),
            each.pk in may,
            under_way.get(each.uid),
        )
        for each in mine
    ]


@require_GET
def change_export(request: FeidiRequest) -> HttpResponse:
    """Export exactly what the list of changes shows."""
    require(request.actor, VIEW)
    _form, rows, _active = _wanted(request)
    found = list(rows)
    names = names_of(request.actor, found, masked=True)
    titles = presenting.titles_on({each.place for each in found}, request.today)
    told = [
        (
            names.get(each.subject_uid, each.subject_uid),
            presenting.titled(titles, each),
            str(ChangeKind(each.kind).label),
            str(ChangeCause(each.cause).label),
            each.changed_at.date(),
        )
        for each in found
    ]
    return workbook(
        request,
        name="policy-changes",
        headers=[_("对象"), _("条款"), _("变化"), _("原因"), _("日期")],
        rows=told,
    )
