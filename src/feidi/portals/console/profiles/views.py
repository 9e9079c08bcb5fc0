"""The list of needs and offers, one of them, changing one."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from feidi.domain.liaison.selectors.veiling import Veil
from feidi.domain.matching.access import EDIT, VIEW
from feidi.domain.matching.enums import Side, Viewed
from feidi.domain.matching.models import Profile
from feidi.domain.matching.selectors.profiles import (
    SILENT_DAYS,
    SORTS,
    ProfileFilter,
    agreements_of,
    blocks_of,
    get_staff_profile,
    list_profiles,
    readings_log,
)
from feidi.domain.matching.selectors.rules import matching_rules
from feidi.domain.matching.selectors.sheets import find_sheet, sheet_lines
from feidi.domain.matching.services.outcome_evidence import REVIEW
from feidi.domain.matching.services.profile_evidence import PURPOSE
from feidi.domain.matching.services.profiles import LABELS, change_profile
from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.models import Outpost
from feidi.kernel.evidence.selectors import state_of
from feidi.kernel.subjects import Subject
from feidi.portals.console.daily import edits, history_of, outposts_for
from feidi.portals.console.lists import asked_of, keys_asked, listed, workbook
from feidi.portals.console.pipeline.views.saving import save_page, sent
from feidi.portals.console.profiles import presenting
from feidi.portals.console.profiles.forms import ProfileFilterForm, ProfileForm, facts_of, initial_of
from feidi.portals.console.profiles.pieces import pieces_of
from feidi.portals.ui.pieces import Crumb
from feidi.portals.ui.requests import FeidiRequest

#: Where a service's refusal belongs in the form.
PLACES = {
    "matching.expiry_past": "expires_on",
    "matching.expiry_far": "expires_on",
    "matching.masked_unseen": "masked_seen",
    "title": "title",
    "masked_text": "masked_text",
    "parties.uscc_invalid": "uscc",
}
_EXPORTED = 5000


def record_url(uid: str) -> str:
    """Return the page of one profile."""
    return reverse("console:profiles:profile_view", args=[uid])


def editable(request: FeidiRequest, uid: str) -> Profile:
    """Return one that the actor may change; others are refused or not found."""
    row = get_staff_profile(request.actor, uid)
    require(request.actor, EDIT, outpost_scope(row.outpost_id))
    return row


def claims_of(request: FeidiRequest, row: Profile) -> dict[str, Any]:
    """Return the evidence of what a profile says, and what of it counts; nothing decided is unknown, not 0."""
    pieces = pieces_of(
        request.actor,
        state_of(Subject("matching.profile", row.uid), PURPOSE),
        frozenset({row.officer_id}),
        reviewer=request.actor.may(REVIEW, outpost_scope(row.outpost_id)),
        show_url=reverse("console:profiles:claim_show", args=[row.uid]),
        decide_url=lambda item: reverse("console:profiles:claim_decide", args=[row.uid, item]),
    )
    said = _("未知：还没有审核过的证据") if row.evidence_percent is None else f"{row.evidence_percent}%"
    return {
        "pieces": pieces,
        "evidence_note": _("采信比例：{said}").format(said=said),
        "may_files": request.actor.may("file.view", outpost_scope(row.outpost_id)),
    }


def _wanted(request: FeidiRequest) -> tuple[ProfileFilterForm, ProfileFilter, int]:
    outposts = outposts_for(request.actor, VIEW)
    nodes = presenting.Nodes().choices(outposts)
    form = ProfileFilterForm(request.GET, actor=request.actor, outposts=outposts, nodes=nodes)
    given, active = asked_of(form)
    names = ("words", "side", "kind", "node", "project", "organization")
    days = min((matching_rules(each).confirm_days or SILENT_DAYS for each in outposts), default=SILENT_DAYS)
    wanted = ProfileFilter(
        **keys_asked(given, words=names, rows=("officer", "outpost")),
        show=given.get("show") or "live",
        today=request.today,
        silent_days=days,
    )
    return form, wanted, active


@require_GET
def profile_list(request: FeidiRequest) -> HttpResponse:
    """Needs and offers of the actor's outposts, newest first; live ones unless others are asked for."""
    require(request.actor, VIEW)
    form, wanted, active = _wanted(request)
    rows = list_profiles(request.actor, wanted)
    may_publish = request.actor.may(EDIT) and wanted.show == "draft"
    found = listed(
        request,
        rows,
        presenting.COLUMNS,
        lambda some: presenting.rows_of(some, request.today),
        sorts=SORTS,
        selectable=may_publish,
    )
    context = {
        **found,
        "form": form,
        "active": active,
        "copy_text": presenting.list_text(found["table"].rows, found["page"].total_text, request.today),
        "may_add": request.actor.may(EDIT),
        "bulk": "publish-drafts" if may_publish and found["table"].rows else "",
        "export_url": f"{reverse('console:profiles:profile_export')}?{request.GET.urlencode()}",
    }
    return render(request, "console/profiles/profile_list.html", context)


@require_GET
def profile_export(request: FeidiRequest) -> HttpResponse:
    """The listed needs and offers as a workbook, masked text included; who took it is on record."""
    require(request.actor, VIEW)
    _form, wanted, _active = _wanted(request)
    profiles = list(list_profiles(request.actor, wanted)[:_EXPORTED])
    rows = presenting.rows_of(profiles, request.today)
    return workbook(
        request,
        name="profiles",
        headers=[*(str(each.label) for each in presenting.COLUMNS), str(LABELS["masked_text"])],
        rows=(
            [*(each.cells[column.code] for column in presenting.COLUMNS), profile.masked_text]
            for each, profile in zip(rows, profiles, strict=True)
        ),
    )


@require_GET
def profile_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """One need or offer: both texts, facts known and unknown, its sheet, who must not see it, who saw it."""
    row = get_staff_profile(request.actor, uid)
    known, unknown = presenting.known_first(presenting.fact_lines(row))
    sheet = find_sheet(row) if row.side == Side.NEED else None
    nodes = presenting.Nodes()
    context = {
        "row": row,
        "may": edits(request.actor, row.outpost, EDIT) and row.voided_at is None,
        "open": row.state != "closed",
        "pairs": presenting.pairs_of(row, nodes, request.today),
        **claims_of(request, row),
        "known": known,
        "unknown": "、".join(unknown),
        "sheet": sheet,
        "lines": sheet_lines(sheet) if row.side == Side.NEED else [],
        "blocks": list(blocks_of(row)),
        "agreements": list(agreements_of(row)),
        "readings": [(each, Viewed(each.what).label) for each in readings_log(row)[:100]],
        "badges": presenting.badges_of(row, request.today),
        "entries": history_of("matching.profile", row.uid, Veil(), LABELS),
        "copy_text": presenting.record_text(row),
        "seen": [("masked_seen", "on")],
        "today": request.today,
        "crumbs": [Crumb(_("需求与供给"), reverse("console:profiles:profile_list")), Crumb(row.number)],
    }
    return render(request, "console/profiles/profile_view.html", context)


@require_http_methods(["GET", "POST"])
def profile_edit(request: FeidiRequest, uid: str) -> HttpResponse:
    """Change texts and facts; what somebody else changed meanwhile is told field by field."""
    row = editable(request, uid)
    outposts: QuerySet[Outpost] = Outpost.objects.filter(pk=row.outpost_id)
    form = ProfileForm(
        sent(request), actor=request.actor, outposts=outposts, initial={**initial_of(row), "outpost": row.outpost}
    )

    def save(data: dict[str, Any]) -> None:
        names = ("kind", "title", "masked_text", "full_text", "confidentiality", "source")
        officer = {"officer": data["officer"]} if data["officer"] else {}
        change_profile(
            actor=request.actor,
            now=request.now,
            profile=row,
            version=data["version"] or row.version,
            values={**{name: data[name] for name in names}, **officer, **facts_of(data)},
            masked_seen=data["masked_seen"],
        )

    return save_page(
        request,
        template="console/profiles/profile_edit.html",
        form=form,
        save=save,
        done=_("已保存。"),
        onward=record_url(uid),
        fields=PLACES,
        extra={"row": row},
    )
