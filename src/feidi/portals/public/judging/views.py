"""A judge who comes by link, and an investor in the room: without sign-in, each sees its own page alone."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from feidi.domain.roadshow.models import Entry, Roadshow
from feidi.domain.roadshow.roadshow_access import judge_by_link
from feidi.domain.roadshow.roadshow_enums import RoundPhase
from feidi.domain.roadshow.selectors.roadshow_judges import criteria_of, seat_of, seats_of, ties_to_declare
from feidi.domain.roadshow.selectors.roadshow_sight import stage_fields
from feidi.domain.roadshow.selectors.roadshows import show_of_code
from feidi.domain.roadshow.services.desk import answer_declaration, answer_sheet, done_words
from feidi.domain.roadshow.services.interests import Interested, guest_of, show_interest
from feidi.domain.roadshow.services.judges import judge_of_token
from feidi.engines.findings import RefusedError
from feidi.kernel.messages import sentence_of
from feidi.kernel.money.forms import MoneyTextField
from feidi.kernel.subjects import new_uid
from feidi.portals.ui.forms import Form, add_refusal
from feidi.portals.ui.requests import FeidiRequest

GONE, REFUSED, INVALID = 404, 409, 422


def _closed(request: FeidiRequest, error: RefusedError) -> HttpResponse:
    problem = sentence_of(error.refusal)
    return _private(render(request, "public/judging/link_closed.html", {"problem": problem}, status=GONE))


def _private(response: HttpResponse) -> HttpResponse:
    """Keep the link out of search engines; the site's own referrer policy keeps it out of other sites' logs."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def judge_desk(request: FeidiRequest, token: str) -> HttpResponse:
    """A judge's page by link: interests first, then what was dealt. Looking writes nothing."""
    try:
        judge = judge_of_token(token, request.now)
        if request.method == "POST":
            actor, given = judge_by_link(judge), request.POST.dict()
            n = answer_declaration(actor=actor, now=request.now, judge=judge, given=given)
            messages.success(request, _("已收到声明：回避 {n} 个项目。").format(n=n))
            return redirect("public:judging:judge_desk", token)
    except RefusedError as error:
        return _closed(request, error)
    seats = seats_of(judge)
    context = {
        "judge": judge,
        "ties": ties_to_declare(judge),
        "seats": [(each, reverse("public:judging:judge_sheet", args=[token, each.entry.uid])) for each in seats],
        "declaring": not seats,
        "declare_url": request.path,
    }
    return _private(render(request, "public/judging/judge_desk.html", context))


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def judge_sheet(request: FeidiRequest, token: str, entry: str) -> HttpResponse:
    """One scoring sheet by link: kept while one types, through a lost line, until it is locked."""
    try:
        judge = judge_of_token(token, request.now)
    except RefusedError as error:
        return _closed(request, error)
    (seat, after), answer = seat_of(judge, entry), None
    if request.method == "POST":
        actor, given = judge_by_link(judge), request.POST.dict()
        answer = answer_sheet(actor=actor, now=request.now, judge=judge, entry=seat.entry, given=given)
        if request.accepts("application/json") and not request.accepts("text/html"):
            return JsonResponse(answer.as_json())
        if answer.done:
            messages.success(request, done_words(answer))
            return redirect("public:judging:judge_sheet", token, entry)
    context = {
        "judge": judge,
        "seat": seat,
        "criteria": criteria_of(seat),
        "nonce": new_uid(),
        "here": request.path,
        "desk": reverse("public:judging:judge_desk", args=[token]),
        "after": after,
        "after_url": reverse("public:judging:judge_sheet", args=[token, after.entry.uid]) if after else "",
        "problem": answer.words if answer else "",
        "standing": answer.standing if answer else (),
    }
    return _private(render(request, "public/judging/judge_sheet.html", context, status=REFUSED if answer else 200))


class GuestForm(Form):
    """Which project, whom one stands for, how much."""

    entry = forms.ModelChoiceField(label=gettext_lazy("项目"), queryset=Entry.objects.none())
    name = forms.CharField(label=gettext_lazy("您代表的机构"), max_length=120)
    amount = MoneyTextField(
        label=gettext_lazy("单笔金额"), required=False, help_text=gettext_lazy("可不填；如 500万元")
    )
    note = forms.CharField(label=gettext_lazy("备注"), max_length=300, required=False)

    def __init__(self, *args: Any, show: Roadshow, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shown = [each.pk for each in show.rounds.filter(voided_at__isnull=True) if "name" in stage_fields(each)]
        rows = Entry.objects.filter(
            round__in=shown,
            voided_at__isnull=True,
            round__phase__in=[RoundPhase.SCORING, RoundPhase.CLOSED, RoundPhase.SEALED],
        )
        field = self.fields["entry"]
        field.queryset = rows.select_related("project").order_by("round__n", "position")  # type: ignore[attr-defined]
        field.label_from_instance = lambda entry: entry.project.name  # type: ignore[attr-defined]


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def interest_show(request: FeidiRequest, code: str) -> HttpResponse:
    """An investor in the room says interest in a project that is on show; no contact is asked for."""
    show = show_of_code(code, request.now)
    if show is None:
        return _private(
            render(request, "public/judging/link_closed.html", {"problem": _("这场路演没有在进行。")}, status=GONE)
        )
    form, status = GuestForm(request.POST if request.method == "POST" else None, show=show), 200
    if request.method == "POST":
        status = INVALID
        if form.is_valid():
            data = form.cleaned_data
            said = Interested(data["name"], ticket=data["amount"].exact, note=data["note"])
            try:
                show_interest(actor=guest_of(show), now=request.now, entry=data["entry"], said_by=said)
            except RefusedError as error:
                add_refusal(form, error.refusal)
                status = REFUSED
            else:
                messages.success(request, _("已收到，驻点会联系项目和您。"))
                return redirect("public:judging:interest_show", code)
    return _private(render(request, "public/judging/interest_show.html", {"show": show, "form": form}, status=status))
