"""The first answer: as it would be given now, given, on paper and as a Word file."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from feidi.domain.incubation.admission_access import EDIT
from feidi.domain.incubation.models import Application, FirstAnswer
from feidi.domain.incubation.selectors.admissions import get_application
from feidi.domain.incubation.selectors.first_answer import first_answer_of
from feidi.domain.incubation.services.first_answers import held_answer, issue_first_answer
from feidi.kernel.audit import recorded
from feidi.kernel.documents.services.reporting import report_pdf
from feidi.portals.console.admissions import papers
from feidi.portals.console.admissions.forms import AnswerForm
from feidi.portals.console.admissions.views import crumbs_of, editable, record_url
from feidi.portals.console.daily import outposts_for, print_by, word_file
from feidi.portals.console.pipeline.views.saving import save_page, sent
from feidi.portals.ui.requests import FeidiRequest

ANSWER = "incubation.first_answer"


@require_safe
def answer_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """The answer that was given, beside it nothing; before one was given, how it would read today."""
    row = get_application(request.actor, uid)
    answer = held_answer(row)
    data = answer.data if answer else first_answer_of(row, today=request.today, now=request.now)
    context = {"row": row, "answer": answer, "data": data, "crumbs": crumbs_of(row, _("第一次答复"))}
    return render(request, "console/admissions/answer_view.html", context)


@require_http_methods(["GET", "POST"])
def answer_issue(request: FeidiRequest, uid: str) -> HttpResponse:
    """Give it: the page is frozen as it stands, and the applicant finds it under its code."""
    row = editable(request, uid)
    outposts = outposts_for(request.actor, EDIT)
    initial = {"officer": row.officer_id or request.actor.user_id}
    form = AnswerForm(sent(request), actor=request.actor, outposts=outposts, initial=initial)

    def save(data: dict[str, Any]) -> None:
        issue_first_answer(
            actor=request.actor, now=request.now, application=row, officer=data["officer"], reason=data["reason"]
        )

    return save_page(
        request,
        template="console/admissions/answer_issue.html",
        form=form,
        save=save,
        done=_("已答复，申请人打开查询码就看到。"),
        onward=record_url(uid),
        fields={"incubation.reason_needed": "reason"},
        extra={
            "row": row,
            "replacing": held_answer(row),
            "data": first_answer_of(row, today=request.today, now=request.now),
            "crumbs": crumbs_of(row, _("第一次答复")),
        },
    )


@require_safe
def answer_pdf(request: FeidiRequest, uid: str) -> HttpResponse:
    """The answer that was given, as PDF; who printed it is on record."""
    row, answer = _given(request, uid)
    pdf = report_pdf(
        actor=request.actor,
        now=request.now,
        title=papers.TITLE,
        line=f"{row.applicant} · {row.number}",
        address=request.build_absolute_uri(reverse("public:apply:application_track")),
        data=papers.report_of(answer.data),
    )
    _on_record(request, answer, "printed")
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="answer-{answer.uid}.pdf"'
    return response


@require_safe
def answer_word(request: FeidiRequest, uid: str) -> HttpResponse:
    """The same as a Word file; who took it is on record."""
    row, answer = _given(request, uid)
    _on_record(request, answer, "exported")
    return word_file(papers.paper_of(answer, print_by(request)), f"{papers.TITLE}-{row.number}")


def _given(request: FeidiRequest, uid: str) -> tuple[Application, FirstAnswer]:
    row = get_application(request.actor, uid)
    answer = held_answer(row)
    if answer is None:
        raise Http404
    return row, answer


def _on_record(request: FeidiRequest, answer: FirstAnswer, act: str) -> None:
    with recorded(actor=request.actor, now=request.now) as unit:
        unit.acted(act, kind=ANSWER, uid=answer.uid)
