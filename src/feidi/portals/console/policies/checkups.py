"""企业政策体检: the list of organizations, and what the policies say of one of them now."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.models import Outpost
from feidi.domain.policy.access import CHECK, CLAIM, FACTS, VIEW
from feidi.domain.policy.selectors.askable import list_askable
from feidi.domain.policy.selectors.checkups import Answered, ask, checkups_about, list_checked, summaries_of
from feidi.domain.policy.services.everybody import ask_everybody
from feidi.kernel.access import ScopeKind
from feidi.portals.console.lists import asked_of, listed
from feidi.portals.console.policies import presenting, subject_lists
from feidi.portals.console.policies.asking import KINDS, Asking, AskingFirm, asking_about, asking_of
from feidi.portals.console.policies.entities import entities_of, projects_of
from feidi.portals.console.policies.facts import facts_form
from feidi.portals.console.policies.forms import AsOfForm, CheckedForm, FactsForm
from feidi.portals.ui.pieces import Crumb
from feidi.portals.ui.requests import FeidiRequest

#: Kept check-ups that the page names.
_KEPT = 5


def _outposts(request: FeidiRequest, permission: str = VIEW) -> list[Outpost]:
    own = request.actor.scopes(permission, ScopeKind.OUTPOST)
    return list(Outpost.objects.filter(pk__in=own).select_related("home", "host").order_by("code"))


@require_GET
def checkup_list(request: FeidiRequest) -> HttpResponse:
    """The organizations that the actor's outposts know, each with its last check-up."""
    require(request.actor, VIEW)
    outposts = _outposts(request)
    form = CheckedForm(request.GET, outposts=Outpost.objects.filter(pk__in=[each.pk for each in outposts]))
    given, active = asked_of(form)
    chosen = given.get("outpost")
    rows = list_checked(request.actor, words=given.get("words", ""), outpost_id=chosen.pk if chosen else None)

    def draw(items: Any) -> list[Any]:
        kept = summaries_of([each.last_checkup for each in items if each.last_checkup])
        return [presenting.row_of_organization(each, kept) for each in items]

    shown = listed(request, rows.order_by("name_folded", "id"), presenting.COLUMNS, draw, sorts=presenting.SORTS)
    context = {
        **shown,
        "tabs": subject_lists.tabs(),
        "tab": "firm",
        "title": _("企业政策体检"),
        "subtitle": _(
            "一家单位、全部条款：能申请什么、还缺什么、差在哪里。点单位看现在的结果；留存的按当时的事实和政策保存。"
        ),
        "form": form,
        "active": active,
        "clear_url": reverse("console:policies:checkup_list"),
        "actions": [],
        "copy_text": "",
        "empty_title": _("没有可以体检的单位"),
        "empty_text": _("驻点联系过的单位显示在这里。先在项目里登记单位。"),
        "empty_url": "",
        "empty_label": "",
        "bulk": "",
        "checkers": _outposts(request, CHECK),
    }
    return render(request, "console/policies/checkup_list.html", context)


@require_GET
def person_list(request: FeidiRequest) -> HttpResponse:
    """The persons whom the actor's outposts have on file, each with the last check-up under clauses about persons."""
    return _subjects(request, "person")


@require_GET
def referral_list(request: FeidiRequest) -> HttpResponse:
    """The first reports that somebody referred, each with the last check-up under clauses about referrals."""
    return _subjects(request, "referral")


def _subjects(request: FeidiRequest, kind: str) -> HttpResponse:
    require(request.actor, VIEW)
    own = Outpost.objects.filter(pk__in=[each.pk for each in _outposts(request)])
    form = CheckedForm(request.GET, outposts=own, searched=subject_lists.SEARCHED[kind])
    given, active = asked_of(form)
    chosen = given.get("outpost")
    rows = list_askable(
        request.actor, KINDS[kind], words=given.get("words", ""), outpost_id=chosen.pk if chosen else None
    )

    def draw(items: Any) -> list[Any]:
        kept = summaries_of([each.last_checkup for each in items if each.last_checkup])
        return [subject_lists.row_of(kind, each, kept) for each in items]

    context = {
        **listed(request, rows, subject_lists.SUBJECT_COLUMNS[kind], draw, sorts=subject_lists.SORTS),
        **subject_lists.words_of(kind),
        "tabs": subject_lists.tabs(),
        "tab": kind,
        "form": form,
        "active": active,
        "clear_url": reverse(f"console:policies:{kind}_list"),
        "actions": [],
        "copy_text": "",
        "empty_url": "",
        "empty_label": "",
        "bulk": "",
    }
    return render(request, f"console/policies/{kind}_list.html", context)


@require_http_methods(["GET", "POST"])
def evaluate_start(request: FeidiRequest) -> HttpResponse:
    """Reckon everybody an outpost knows under every clause, in the background; without an order, say where."""
    if request.method == "GET":
        require(request.actor, CHECK)
        return redirect("console:policies:checkup_list")
    outpost = Outpost.objects.filter(pk__in=[each.pk for each in _outposts(request)]).get(
        uid=request.POST.get("outpost", "")
    )
    title = _("{outpost}：全部重新计算").format(outpost=outpost.short_name)
    job = ask_everybody(actor=request.actor, now=request.now, outpost=outpost, title=title)
    return redirect("console:jobs:job_view", job.uid)


@require_GET
def checkup(request: FeidiRequest, uid: str) -> HttpResponse:
    """What every clause says of an organization now: grouped, explained, with the facts that are missing."""
    return show(request, asking_of(request, uid))


@require_GET
def subject_checkup(request: FeidiRequest, kind: str, uid: str) -> HttpResponse:
    """What every clause about persons or referrals says of one now: grouped, explained, with the missing facts."""
    return show(request, asking_about(request, kind, uid))


def show(request: FeidiRequest, asking: Asking, form: FactsForm | None = None, status: int = 200) -> HttpResponse:
    """Render the page; ``form``: one that was sent and could not be saved."""
    answered = ask(asking.enquiry(request.now))
    sheet = answered.sheet
    scope = outpost_scope(asking.outpost.pk)
    may_state = request.actor.may(FACTS, scope)
    may_claim = asking.as_of == request.today and request.actor.may(CLAIM, scope)
    own = asking.enquiry(request.now).subjects[0]
    template, more = _around(request, asking)
    context = {
        "asking": asking,
        "as_of": asking.as_of,
        "is_today": asking.as_of == request.today,
        "as_of_form": AsOfForm(initial={"as_of": asking.as_of}),
        "tiles": presenting.tiles_of(sheet.summary, asking.as_of),
        "groups": presenting.groups_of(sheet.results, asking.as_of, claim_at=asking.pages.claim if may_claim else ""),
        "combination": presenting.combination_of(sheet.summary, sheet.results),
        "summary": sheet.summary,
        "facts": presenting.facts_of(sheet.facts, asking.pages.withdraw),
        "files": sheet.files,
        "policy_hash": answered.question.library.hash,
        "flips": _flips(request, asking, answered),
        "form": (form or facts_form(request, asking, answered)) if may_state else None,
        "may_state": may_state,
        "may_check": request.actor.may(CHECK, scope),
        "kept": list(checkups_about(request.actor, own)[:_KEPT]),
        "crumbs": [*subject_lists.crumbs(own.kind), Crumb(asking.name)],
        "copy_text": presenting.chat_text(asking.masked, asking.as_of, sheet.results, sheet.summary),
        **more,
    }
    return render(request, template, context, status=status)


def _around(request: FeidiRequest, asking: Asking) -> tuple[str, dict[str, Any]]:
    """Return the template and what it shows beside the sheet."""
    if isinstance(asking, AskingFirm):
        organization = asking.organization
        more = {
            "organization": organization,
            "entities": entities_of(request.actor, organization),
            "projects": projects_of(request.actor, organization, asking.outpost),
        }
        return "console/policies/checkup.html", more
    return "console/policies/subject_checkup.html", {"entities": [], "projects": []}


def _flips(request: FeidiRequest, asking: Asking, answered: Answered) -> list[dict[str, Any]] | None:
    """Return what stands elsewhere than just before the moment in the address; None where none is named."""
    moment = presenting.read_moment(request.GET.get("since", ""))
    if moment is None or moment > request.now:
        return None
    enquiry = asking.enquiry(request.now)
    before = ask(replace(enquiry, known_at=moment - timedelta(microseconds=1), read_at=request.now))
    return presenting.flips_of(before.sheet.results, answered.sheet.results)
