"""What is done with an introduction: begun, agreed to, names shown, ended, a step taken back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from feidi.domain.matching.access import EDIT, VIEW, lists_visible_to, visible_to
from feidi.domain.matching.enums import Channel, Side
from feidi.domain.matching.models import CandidateList, CandidateRow, Introduction, Profile
from feidi.domain.matching.services.introductions import (
    Interest,
    agree_to_introduction,
    end_introduction,
    express_interest,
    reveal_identities,
    take_back_step,
    void_introduction,
)
from feidi.domain.parties.access import require
from feidi.engines.findings import refuse
from feidi.portals.console.introductions.forms import AgreeForm, IntroductionForm
from feidi.portals.console.introductions.views import editable, record_url
from feidi.portals.console.pipeline.views.saving import save_page, sent
from feidi.portals.ui.requests import FeidiRequest

FORM = "console/profiles/form.html"


def _candidate(request: FeidiRequest, given: str) -> CandidateRow | None:
    """Return the candidate that a form was begun from, if the actor may see its list."""
    if not given.isascii() or not given.isdigit():
        return None
    lists = lists_visible_to(request.actor, CandidateList.objects.filter(voided_at__isnull=True))
    rows = CandidateRow.objects.filter(candidate_list__in=lists.values("pk"), pk=int(given[:12]))
    return rows.select_related("profile", "candidate_list__profile").first()


def _initial(request: FeidiRequest, row: CandidateRow | None) -> dict[str, Any]:
    if row is None:
        named = {side: request.GET.get(side, "")[:40] for side in ("need", "offer")}
        return {**named, "channel": Channel.OFFICER, "asked_by_side": Side.NEED, "on": request.today}
    asked = row.candidate_list.profile
    both = {asked.side: asked.number, row.profile.side: row.profile.number}
    return {
        **both, "channel": Channel.LIST, "asked_by_side": asked.side, "on": request.today, "candidate": row.pk,
    }  # fmt: skip


def _profile(request: FeidiRequest, number: str) -> Profile:
    rows = visible_to(request.actor, Profile.objects.select_related("organization", "project", "person", "officer"))
    found = rows.filter(number__iexact=number.strip()).first()
    if found is None:
        raise refuse("matching.introduction_unknown", number=number.strip())
    return found


@require_http_methods(["GET", "POST"])
def introduction_new(request: FeidiRequest) -> HttpResponse:
    """Begin an introduction, from a candidate that was accepted or by two numbers."""
    require(request.actor, VIEW)
    require(request.actor, EDIT)
    given = request.POST if request.method == "POST" else request.GET
    row = _candidate(request, str(given.get("candidate", "")))
    form = IntroductionForm(sent(request), initial=_initial(request, row))
    made: list[Introduction] = []

    def save(data: dict[str, Any]) -> None:
        interest = Interest(Channel(data["channel"]), Side(data["asked_by_side"]), row, data["on"])
        need, offer = _profile(request, data["need"]), _profile(request, data["offer"])
        made.append(express_interest(actor=request.actor, now=request.now, need=need, offer=offer, interest=interest))

    answer = save_page(
        request,
        template=FORM,
        form=form,
        save=save,
        done=_("对接已发起，等两边的顾问确认。"),
        onward=reverse("console:introductions:introduction_list"),
        fields={"pipeline.date_in_future": "on"},
        extra={
            "title": _("发起对接"),
            "subtitle": _("双方同意之前，互相只看得到脱敏文本"),
            "note": _("编号在需求与供给的列表里；从已答复“愿意见”的候选进来会自动填好。"),
        },
    )
    return redirect(record_url(made[0].uid)) if made else answer


@require_http_methods(["GET", "POST"])
def introduction_agree(request: FeidiRequest, uid: str, side: str) -> HttpResponse:
    """Write down that one side said yes, and who."""
    row = editable(request, uid)
    if side not in Side.values:
        raise Http404
    which = Side(side)
    return save_page(
        request,
        template=FORM,
        form=AgreeForm(sent(request), initial={"on": request.today}),
        save=lambda data: agree_to_introduction(
            actor=request.actor, now=request.now, introduction=row, side=which, by=data["by"], on=data["on"]
        ),
        done=_("已记下。"),
        onward=record_url(uid),
        fields={"pipeline.date_in_future": "on", "matching.introduction_who_agreed": "by"},
        extra={
            "title": _("需求方同意") if which is Side.NEED else _("供给方同意"),
            "subtitle": (row.need if which is Side.NEED else row.offer).title,
            "note": _("念给对方听的只是脱敏文本；两边都同意之后才互见单位。"),
        },
    )


@require_POST
def introduction_reveal(request: FeidiRequest, uid: str) -> HttpResponse:
    """Show both sides each other's names."""
    row = editable(request, uid)
    reveal_identities(actor=request.actor, now=request.now, introduction=row)
    messages.success(request, _("双方已互见单位，“谁看过”里已记下。"))
    return redirect(record_url(uid))


@require_POST
def introduction_end(request: FeidiRequest, uid: str) -> HttpResponse:
    """End one that leads to nothing."""
    row = editable(request, uid)
    reason = request.POST.get("reason", "")
    end_introduction(actor=request.actor, now=request.now, introduction=row, reason=reason)
    messages.success(request, _("已终止，文本对对方关闭。"))
    return redirect(record_url(uid))


@require_POST
def introduction_back(request: FeidiRequest, uid: str) -> HttpResponse:
    """Take the last step back."""
    row = editable(request, uid)
    version = str(request.POST.get("version", ""))
    take_back_step(
        actor=request.actor,
        now=request.now,
        introduction=row,
        version=int(version) if version.isascii() and version.isdigit() else 0,
        reason=request.POST.get("reason", ""),
    )
    messages.success(request, _("已退回上一步。"))
    return redirect(record_url(uid))


@require_POST
def introduction_void(request: FeidiRequest, uid: str) -> HttpResponse:
    """Take back one that was entered in error."""
    row = editable(request, uid)
    reason = request.POST.get("reason", "")
    void_introduction(actor=request.actor, now=request.now, introduction=row, reason=reason)
    messages.success(request, _("已作废，记录仍可查。"))
    return redirect("console:introductions:introduction_list")
