"""评审: a panel is called and closed by the outpost; a judge sees its own seats, gives points or steps aside."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from feidi.domain.incubation.admission_access import EDIT, SCORE, works_on
from feidi.domain.incubation.admission_enums import SeatState
from feidi.domain.incubation.models import Application, Review, ReviewSeat
from feidi.domain.incubation.selectors.admission_rules import admission_rules
from feidi.domain.incubation.selectors.admissions import get_seat, list_seats
from feidi.domain.incubation.selectors.judges import judges_of
from feidi.domain.incubation.selectors.scoring import shown
from feidi.domain.incubation.services.admission_papers import print_sheet, sheet_statement
from feidi.domain.incubation.services.admission_reviews import (
    add_judge,
    close_review,
    declare_recusal,
    has_signed_sheet,
    open_review,
    score_seat,
)
from feidi.domain.incubation.services.admission_steps import SEAT_KIND
from feidi.domain.parties.access import require
from feidi.kernel.subjects import Subject
from feidi.portals.console.admissions import presenting
from feidi.portals.console.admissions.acts import FORM
from feidi.portals.console.admissions.forms import CloseForm, JudgeForm, ReviewForm, ScoreForm
from feidi.portals.console.admissions.views import crumbs_of, editable, record_url
from feidi.portals.console.papers.signing import signed_copy_page
from feidi.portals.console.pipeline.views.saving import save_page, sent
from feidi.portals.ui.pieces import Crumb
from feidi.portals.ui.requests import FeidiRequest


def _seat_url(seat: ReviewSeat) -> str:
    return reverse("console:admissions:seat_view", args=[seat.uid])


@require_http_methods(["GET", "POST"])
def review_open(request: FeidiRequest, uid: str) -> HttpResponse:
    """Call a panel; judges tied to the applicant are set aside at once."""
    row = editable(request, uid)
    form = ReviewForm(sent(request), judges=judges_of(row.outpost, request.today))

    def save(data: dict[str, Any]) -> None:
        review = open_review(
            actor=request.actor, now=request.now, application=row, judges=list(data["judges"]), due_on=data["due_on"]
        )
        for seat in review.seats.filter(state=SeatState.RECUSED).select_related("judge"):
            words = _("{judge} 自动回避：{reason}")
            messages.warning(request, words.format(judge=seat.judge.display_name, reason=seat.recused_reason))

    return save_page(
        request,
        template=FORM,
        form=form,
        save=save,
        done=_("评审已开始，评委看得到自己的一份。"),
        onward=record_url(uid),
        fields={"incubation.day_past": "due_on", "incubation.judges_needed": "judges"},
        extra={
            "title": _("组织评审"),
            "subtitle": f"{row.number} {row.applicant}",
            "note": _("评委看不到联系人和电话；任职、投资等关系由系统查出并自动回避，其余由评委自己声明。"),
            "crumbs": crumbs_of(row, _("组织评审")),
        },
    )


def _review(row: Application) -> Review:
    return (
        row.reviews.filter(voided_at__isnull=True, closed_on__isnull=True)
        .select_related("application__outpost__home")
        .get()
    )


@require_http_methods(["GET", "POST"])
def judge_add(request: FeidiRequest, uid: str) -> HttpResponse:
    """Ask one more judge."""
    row = editable(request, uid)
    form = JudgeForm(sent(request), judges=judges_of(row.outpost, request.today))
    return save_page(
        request,
        template=FORM,
        form=form,
        save=lambda data: add_judge(actor=request.actor, now=request.now, review=_review(row), judge=data["judge"]),
        done=_("已加入。"),
        onward=record_url(uid),
        fields={"incubation.judge_twice": "judge"},
        extra={"title": _("增加评委"), "subtitle": row.applicant, "note": "", "crumbs": crumbs_of(row, _("增加评委"))},
    )


@require_http_methods(["GET", "POST"])
def review_close(request: FeidiRequest, uid: str) -> HttpResponse:
    """Reckon the result and hand on to the decision."""
    row = editable(request, uid)
    return save_page(
        request,
        template=FORM,
        form=CloseForm(sent(request)),
        save=lambda data: close_review(
            actor=request.actor, now=request.now, review=_review(row), opinion=data["opinion"]
        ),
        done=_("评审已结束，结果见下。"),
        onward=record_url(uid),
        extra={
            "title": _("结束评审"),
            "subtitle": f"{row.number} {row.applicant}",
            "note": _("少于五份评分时取平均分；五份及以上按内容规定去最高、最低。"),
            "crumbs": crumbs_of(row, _("结束评审")),
        },
    )


@require_GET
def seat_list(request: FeidiRequest) -> HttpResponse:
    """A judge's own seats, the soonest due first."""
    require(request.actor, SCORE)
    cards = [(each, presenting.seat_of(each, each.review)) for each in list_seats(request.actor)[:100]]
    return render(request, "console/admissions/seat_list.html", {"cards": cards, "today": request.today})


@require_http_methods(["GET", "POST"])
def seat_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """One seat: what the phase opens of the application, and the scoring sheet."""
    seat = get_seat(request.actor, uid)
    review, application = seat.review, seat.review.application
    staff = works_on(request.actor, application)
    rules = admission_rules(application.outpost)
    initial = {code: shown(value) for code, value in seat.points.items()} | {"remark": seat.remark}
    form = ScoreForm(sent(request), criteria=review.criteria, initial=initial)

    def save(data: dict[str, Any]) -> None:
        points = {each["code"]: data[each["code"]] for each in review.criteria}
        score_seat(actor=request.actor, now=request.now, seat=seat, points=points, remark=data["remark"])

    way = crumbs_of(application, seat.judge.display_name) if staff else [_mine(), Crumb(application.number)]
    return save_page(
        request,
        template="console/admissions/seat_view.html",
        form=form,
        save=save,
        done=_("分数已保存，评审结束前可以再改。"),
        onward=record_url(application.uid) if staff else reverse("console:admissions:seat_list"),
        fields={each["code"]: each["code"] for each in review.criteria},
        extra={
            "seat": presenting.seat_of(seat, review),
            "row": application,
            "review": review,
            "sections": presenting.sections_of(application, rules, rules.seen),
            "open": review.closed_on is None and seat.state != SeatState.RECUSED,
            "may_score": _may_score(request, seat),
            "may_sheet": request.actor.user_id == seat.judge_id or works_on(request.actor, application, EDIT),
            "staff": staff,
            "crumbs": way,
        },
    )


def _mine() -> Crumb:
    return Crumb(_("我的评审"), reverse("console:admissions:seat_list"))


def _may_score(request: FeidiRequest, seat: ReviewSeat) -> bool:
    if request.actor.user_id == seat.judge_id:
        return True
    return works_on(request.actor, seat.review.application, EDIT) and has_signed_sheet(seat)


@require_POST
def seat_recuse(request: FeidiRequest, uid: str) -> HttpResponse:
    """Step aside, with the reason."""
    seat = get_seat(request.actor, uid)
    declare_recusal(actor=request.actor, now=request.now, seat=seat, reason=request.POST.get("reason", ""))
    messages.success(request, _("已登记回避，不再看到这份申请。"))
    if works_on(request.actor, seat.review.application):
        return redirect(record_url(seat.review.application.uid))
    return redirect("console:admissions:seat_list")


@require_POST
def sheet_print(request: FeidiRequest, uid: str) -> HttpResponse:
    """Print the scoring sheet with its QR, blank or with the points given."""
    seat = get_seat(request.actor, uid)
    form = print_sheet(actor=request.actor, now=request.now, seat=seat)
    return redirect("console:pipeline:form_view", form.uid)


@require_http_methods(["GET", "POST"])
def sheet_signed(request: FeidiRequest, uid: str) -> HttpResponse:
    """The sheet comes back signed; from then on the outpost may enter its points for the judge."""
    seat = get_seat(request.actor, uid)
    require(request.actor, EDIT)
    with override("zh-hans"):  # papers are Chinese
        current = sheet_statement(seat)
    title = _("评分表：{judge}").format(judge=seat.judge.display_name)
    subject = Subject(SEAT_KIND, seat.uid)
    return signed_copy_page(request, subject=subject, title=title, onward=_seat_url(seat), current_data=current)
