"""兑现 for the home side: what was approved of its reported firms' claims, and what of it has come."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from feidi.domain.parties.access import require
from feidi.domain.policy.access import VIEW_HOME
from feidi.domain.policy.enums import GRANTED_CLAIMS, ClaimStatus
from feidi.domain.policy.models import PolicyClaim
from feidi.domain.policy.selectors.claims import claim_figures
from feidi.domain.policy.selectors.payouts import count_unreported_claims, reported_claims, waiting_claims
from feidi.portals.console.lists import asked_of, listed
from feidi.portals.console.policy_claims import presenting
from feidi.portals.ui.forms import Form
from feidi.portals.ui.pieces import Column, Row
from feidi.portals.ui.reading import read_clock
from feidi.portals.ui.requests import FeidiRequest

COLUMNS = [
    Column("title", gettext_lazy("条款"), lead=True),
    Column("claimant", gettext_lazy("申报方"), sortable=True),
    Column("outpost", gettext_lazy("驻点")),
    Column("filed", gettext_lazy("提交日期"), sortable=True),
    Column("approved_on", gettext_lazy("核准日期"), sortable=True),
    Column("approved", gettext_lazy("核准"), numeric=True),
    Column("paid_on", gettext_lazy("到账日期"), sortable=True),
    Column("paid", gettext_lazy("到账"), numeric=True),
    Column("left", gettext_lazy("未到账"), numeric=True),
    Column("waiting", gettext_lazy("拨付")),
]
SORTS = {
    "claimant": "organization__name",
    "filed": "submitted_on",
    "approved_on": "approved_on",
    "paid_on": "paid_on",
}


class ShownForm(Form):
    """Which claims the list shows."""

    show = forms.ChoiceField(
        label=gettext_lazy("看"),
        required=False,
        choices=[
            ("", gettext_lazy("全部")),
            ("waiting", gettext_lazy("已核准未到账、未全部到账")),
            ("approved", gettext_lazy("已核准（含到账）")),
            ("paid", gettext_lazy("已到账")),
        ],
    )


@require_GET
def payout_list(request: FeidiRequest) -> HttpResponse:
    """The filed claims of reported firms, with how much of what was approved has come; the others are a count."""
    require(request.actor, VIEW_HOME)
    form = ShownForm(request.GET)
    given, active = asked_of(form)
    everything = reported_claims(request.actor)
    rows = {
        "waiting": waiting_claims(everything),
        "approved": everything.filter(status__in=GRANTED_CLAIMS),
        "paid": everything.filter(status__in=GRANTED_CLAIMS, paid_on__isnull=False),
    }.get(given.get("show", ""), everything)

    def draw(items: Sequence[PolicyClaim]) -> list[Row]:
        return [row_of(each, request.today) for each in items]

    here = reverse("console:policy_claims:payout_list")
    context = {
        **listed(request, rows, COLUMNS, draw, sorts=SORTS),
        "title": _("政策兑现"),
        "subtitle": _(
            "本区驻点已报送单位的政策申报：核准多少、到账多少。核准后还没到账的，从核准之日起记“待反馈”；到账一部分的，"
            "余款从上一笔到账之日起记。人员和引荐人的姓名打码。"
        ),
        "form": form,
        "active": active,
        "tiles": presenting.tiles_of(claim_figures(list(everything)), request.today, here=here),
        "today": request.today,
        "unreported": count_unreported_claims(request.actor),
        "clear_url": here,
        "actions": [],
        "copy_text": "",
        "empty_title": _("没有申报"),
        "empty_text": _("驻点登记了申报、且单位的项目已经报送的，显示在这里。"),
        "empty_url": "",
        "empty_label": "",
        "bulk": "",
    }
    return render(request, "console/policy_claims/payout_list.html", context)


def row_of(claim: PolicyClaim, today: date) -> Row:
    """Return a claim as the home side reads it; it leads nowhere, papers and notes are the outpost's."""
    since = claim.paid_on if claim.is_partly_paid else claim.approved_on
    waiting = since is not None and (claim.is_partly_paid or claim.status == ClaimStatus.APPROVED)
    cells: dict[str, Any] = {
        "title": claim.clause_title,
        "claimant": claim.claimant,
        "outpost": claim.outpost.short_name,
        "filed": claim.submitted_on,
        "approved_on": claim.approved_on,
        "approved": presenting.money(claim.approved_fen),
        "paid_on": claim.paid_on,
        "paid": presenting.money(claim.paid_fen),
        "left": presenting.waited_for(claim),
        "waiting": read_clock(today=today, waiting_since=since).text if waiting else "",
    }
    return Row(cells=cells, uid=claim.uid, badges=[presenting.status_badge(claim)])
