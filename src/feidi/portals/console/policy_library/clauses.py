"""条款页: one clause, who qualifies now, who nearly does, who cannot be told; and the stamp of its issuer."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from feidi.domain.parties.access import require
from feidi.domain.policy.access import LIBRARY, STAMP, VIEW
from feidi.domain.policy.enums import Group, IssuerAnswer
from feidi.domain.policy.models import ClauseStanding, PolicyClaim
from feidi.domain.policy.selectors.catalogue import Entry, find_clause, stamps_of, version_of
from feidi.domain.policy.selectors.claims import claims_under
from feidi.domain.policy.selectors.lacking import lacking_of
from feidi.domain.policy.selectors.standings import count_by_group, list_standings
from feidi.domain.policy.services.verifications import Asked, stamp_clause
from feidi.engines.rules.results import Why
from feidi.kernel.subjects import Subject
from feidi.portals.console.lists import workbook
from feidi.portals.console.pipeline.views.saving import save_page, sent
from feidi.portals.console.policies.presenting import fact_names
from feidi.portals.console.policy_library import presenting
from feidi.portals.console.policy_library.forms import StampForm, StandingFilterForm
from feidi.portals.console.policy_library.naming import names_of
from feidi.portals.ui.pieces import Crumb, Tab
from feidi.portals.ui.requests import FeidiRequest
from feidi.portals.ui.tables import paginate, read_table

#: Groups of the tabs: who has it now, who may try, whose facts lack, who lacks one condition.
_TABS = (
    Group.APPLICABLE,
    Group.AUTOMATIC,
    Group.CONTESTED,
    Group.UNKNOWN,
    Group.NEAR,
    Group.OUT_OF_WINDOW,
    Group.UNCONFIRMED,
    Group.NOT_ELIGIBLE,
)


def _entry(request: FeidiRequest, place: str, code: str) -> Entry:
    require(request.actor, LIBRARY)
    entry = find_clause(place, code, on=request.today)
    if entry is None:
        raise Http404
    return entry


@require_GET
def clause_view(request: FeidiRequest, place: str, code: str) -> HttpResponse:
    """Show a clause: text beside rule, its stamps, and how whom it is for stands under it."""
    entry = _entry(request, place, code)
    stamps = stamps_of(place, [code]).get(code, [])
    form = StandingFilterForm(request.GET)
    group = form.cleaned_data["group"] if form.is_valid() else ""
    counts = count_by_group(request.actor, [code]).get(code, {})
    here = reverse("console:policy_library:clause_view", args=[place, code])
    context = {
        "told": presenting.told_of(entry, request.today, stamps),
        "document": entry.policy.document,
        "document_url": presenting.document_url(entry),
        "crumbs": presenting.crumbs(Crumb(entry.policy.document.title, presenting.document_url(entry)), Crumb(code)),
        "stamps": stamps,
        "version": version_of(place, entry.path, entry.sha256),
        "may_stamp": request.actor.may(STAMP),
        "tabs": [Tab("", _("全部"), here, sum(counts.values())), *_tabs(here, counts)],
        "group": group,
        **_who(request, entry, group),
        "place": place,
        "code": code,
        "evaluated": bool(counts),
        "may_see_changes": request.actor.may(VIEW),
    }
    return render(request, "console/policy_library/clause_view.html", context)


def _lacking(request: FeidiRequest, rows: list[ClauseStanding]) -> dict[int, Why]:
    near = [each for each in rows if each.group == Group.NEAR]
    return lacking_of(near, as_of=request.today, known_at=request.now)


def _claims(request: FeidiRequest, entry: Entry, rows: list[ClauseStanding]) -> dict[Subject, PolicyClaim]:
    subjects = [Subject(each.subject_kind, each.subject_uid) for each in rows]
    return claims_under(request.actor, entry.clause.code, subjects)


def _who(request: FeidiRequest, entry: Entry, group: str) -> dict[str, Any]:
    """Return one page of how whom a clause is for stands under it."""
    page = paginate(list_standings(request.actor, clause=entry.clause.code, group=group), request.GET.get("page"))
    rows: list[ClauseStanding] = list(page.items)
    names = names_of(request.actor, rows)
    shown = presenting.standing_rows(
        rows, names, fact_names(entry.dictionary), _lacking(request, rows), _claims(request, entry, rows)
    )
    return {"page": page, "table": read_table(request.GET, presenting.STANDING_COLUMNS).with_rows(shown)}


def _tabs(here: str, counts: dict[str, int]) -> list[Tab]:
    return [
        Tab(each.value, each.label, f"{here}?group={each.value}", counts[each.value])
        for each in _TABS
        if counts.get(each.value)
    ]


@require_GET
def standing_export(request: FeidiRequest, place: str, code: str) -> HttpResponse:
    """Export who stands where under a clause."""
    entry = _entry(request, place, code)
    rows = list(list_standings(request.actor, clause=code, group=request.GET.get("group", "")))
    names = names_of(request.actor, rows, masked=True)
    facts = fact_names(entry.dictionary)
    lacking, claims = _lacking(request, rows), _claims(request, entry, rows)
    headers = [
        _("对象"),
        _("结果"),
        _("金额下限（元）"),
        _("金额上限（元）"),
        _("最高"),
        _("缺什么、差在哪里"),
        _("申报"),
        _("截至"),
    ]
    told = [
        (
            names.get(each.subject_uid, each.subject_uid),
            str(Group(each.group).label),
            None if each.lo_fen is None else each.lo_fen / 100,
            None if each.hi_fen is None else each.hi_fen / 100,
            _("是") if each.up_to else "",
            presenting.lacking_words(lacking[each.pk])
            if each.pk in lacking
            else "、".join(facts.get(fact, fact) for fact in each.missing),
            presenting.claim_words(each, claims),
            each.as_of,
        )
        for each in rows
    ]
    return workbook(request, name=f"clause-{code}", headers=headers, rows=told)


@require_http_methods(["GET", "POST"])
def clause_stamp(request: FeidiRequest, place: str, code: str) -> HttpResponse:
    """Write down what the issuer of a clause answered."""
    entry = _entry(request, place, code)
    require(request.actor, STAMP)
    form = StampForm(sent(request), initial={"asked_on": request.today})

    def save(given: dict[str, object]) -> None:
        asked_on = given["asked_on"]
        assert isinstance(asked_on, date)  # noqa: S101 - the form's field gives a day
        asked = Asked(IssuerAnswer(str(given["answer"])), str(given["asked"]), asked_on, str(given["note"]))
        stamp_clause(actor=request.actor, now=request.now, entry=entry, asked=asked)

    return save_page(
        request,
        template="console/policy_library/clause_stamp.html",
        form=form,
        save=save,
        done=_("已记下。"),
        onward=presenting.clause_url(entry),
        fields={"policy.stamp_without_note": "note", "policy.stamp_ahead": "asked_on"},
        extra={"told": presenting.told_of(entry, request.today, ()), "code": code},
    )
