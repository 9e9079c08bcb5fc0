"""What a person does with flows: taking back, saying a direction, setting aside, rebuilding."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from feidi.domain.parties.access import require
from feidi.domain.parties.models import Outpost
from feidi.domain.reporting.access import FLOW_EDIT
from feidi.domain.reporting.enums import FlowDirection, FlowKind, FlowWaiting
from feidi.domain.reporting.models import FlowSetAside
from feidi.domain.reporting.selectors.flow_sources import Standing, standings
from feidi.domain.reporting.selectors.flow_words import side_names, way_name
from feidi.domain.reporting.selectors.flows import list_entries, list_set_aside, list_waiting
from feidi.domain.reporting.services.flows import (
    NewFlow,
    counter_flow,
    enter_flow,
    rebuild_flows,
    set_aside,
    take_up_again,
)
from feidi.kernel.access import Actor, ScopeKind
from feidi.kernel.subjects import Subject
from feidi.portals.console.flows.sources import source_shown
from feidi.portals.console.flows.wording import money_or_count, source_name
from feidi.portals.console.pipeline.views.saving import save_page
from feidi.portals.console.promises.forms import MoneyField
from feidi.portals.ui.forms import Form
from feidi.portals.ui.requests import FeidiRequest
from feidi.portals.ui.tables import paginate_listed


class DirectionForm(Form):
    """Which way, and how much where the source does not say it."""

    direction = forms.ChoiceField(label=gettext_lazy("流向"), widget=forms.RadioSelect)
    amount = MoneyField(
        label=gettext_lazy("金额"), required=False, help_text=gettext_lazy("按已采信的凭证填写，写明币种，如 500万元")
    )

    def __init__(self, *args: Any, ways: list[tuple[str, str]], asks_amount: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["direction"].choices = ways  # type: ignore[attr-defined]
        if not asks_amount:
            del self.fields["amount"]


def _outposts(actor: Actor) -> list[int]:
    return sorted(actor.scopes(FLOW_EDIT, ScopeKind.OUTPOST))


def _figure(standing: Standing) -> str:
    if standing.amount is None and not standing.unit:
        return "—"
    return money_or_count(standing.amount, None if standing.amount else 1, str(standing.unit))


@require_GET
def waiting_list(request: FeidiRequest) -> HttpResponse:
    """Proven sources whose direction or amount a person must say, and those judged to be no flow."""
    require(request.actor, FLOW_EDIT)
    held = _outposts(request.actor)
    waiting = paginate_listed(list_waiting(held), request.GET.get("page"))
    aside = list(list_set_aside(held)[:50])
    context = {
        "page": waiting,
        "waiting": [
            {
                "source": source_shown(request.actor, each.source),
                "name": source_name(each.source.kind, each.standing.kind),
                "kind": FlowKind(each.standing.kind).label,
                "on": each.standing.on,
                "figure": _figure(each.standing),
                "why": FlowWaiting(each.standing.waiting).label if each.standing.waiting else "",
                "at": (each.source.kind, each.source.uid),
            }
            for each in waiting.items
        ],
        "aside": [
            {"row": each, "source": source_shown(request.actor, Subject(each.subject_kind, each.subject_uid))}
            for each in aside
        ],
    }
    return render(request, "console/flows/waiting_list.html", context)


def _seen(request: FeidiRequest, kind: str, uid: str) -> tuple[Subject, Standing]:
    """Return a source of an outpost whose flows the actor edits, with how it stands; else it does not exist."""
    source = Subject(kind, uid)
    standing = standings([source]).get(source)
    if standing is None or standing.outpost.pk not in _outposts(request.actor):
        raise Http404
    return source, standing


@require_http_methods(["GET", "POST"])
def waiting_enter(request: FeidiRequest, kind: str, uid: str) -> HttpResponse:
    """Say which way a proven source flows, and enter it."""
    source, standing = _seen(request, kind, uid)
    outpost = Outpost.objects.select_related("home").get(pk=standing.outpost.pk)
    sides = side_names([outpost])
    ways = [(str(way), way_name(way, sides)) for way in FlowDirection]
    asks = standing.amount is None and not standing.unit

    def save(data: dict[str, Any]) -> None:
        new = NewFlow(FlowDirection(data["direction"]), data.get("amount"))
        enter_flow(actor=request.actor, now=request.now, source=source, new=new)

    return save_page(
        request,
        template="console/promises/form_page.html",
        form=DirectionForm(request.POST or None, ways=ways, asks_amount=asks),
        save=save,
        done=_("已入账。"),
        onward=reverse("console:flows:waiting_list"),
        fields={"reporting.flow_amount_needed": "amount"} if asks else {},
        extra={
            "title": _("判定流向：{what}").format(what=source_name(kind, standing.kind)),
            "subtitle": _("只有证据已采信的来源可以入账；入账后有误用冲销分录冲回。"),
            "submit": _("入账"),
        },
    )


@require_POST
def waiting_aside(request: FeidiRequest, kind: str, uid: str) -> HttpResponse:
    """Say that a proven source is no flow between the two sides, and why."""
    source, _standing = _seen(request, kind, uid)
    set_aside(actor=request.actor, now=request.now, source=source, reason=request.POST.get("reason", ""))
    messages.success(request, _("已判定不计入，理由留存。"))
    return redirect("console:flows:waiting_list")


@require_POST
def aside_return(request: FeidiRequest, uid: str) -> HttpResponse:
    """Take up again what was set aside in error."""
    row = FlowSetAside.objects.get(uid=uid, outpost_id__in=_outposts(request.actor))
    take_up_again(actor=request.actor, now=request.now, aside=row, reason=request.POST.get("reason", ""))
    messages.success(request, _("已恢复：能判断流向的已重新入账，其余待判定。"))
    return redirect("console:flows:waiting_list")


@require_POST
def entry_counter(request: FeidiRequest, uid: str) -> HttpResponse:
    """Take an entry back by a counter-entry."""
    entry = list_entries(request.actor).get(uid=uid)
    made = counter_flow(actor=request.actor, now=request.now, entry=entry, reason=request.POST.get("reason", ""))
    messages.success(request, _("已冲销，原分录和冲销分录都保留。"))
    return redirect("console:flows:entry_view", made.uid)


@require_POST
def flow_rebuild(request: FeidiRequest) -> HttpResponse:
    """Enter what is due of rows that existed before the ledger; again it changes nothing."""
    require(request.actor, FLOW_EDIT)
    done = rebuild_flows(actor=request.actor, now=request.now, outposts=_outposts(request.actor))
    text = _("补记完成：新增 {entered} 笔，冲销 {countered} 笔。")
    messages.success(request, text.format(entered=done.entered, countered=done.countered))
    return redirect("console:flows:entry_list")
