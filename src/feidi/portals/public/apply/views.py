"""What an applicant sees under its code: the draft page by page, then how the application stands, and the first answer."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from feidi.domain.incubation.admission_enums import OVER, WRITABLE, ApplicationState
from feidi.domain.incubation.models import Application
from feidi.domain.incubation.selectors.admission_form import missing_answers
from feidi.domain.incubation.selectors.admission_rules import AdmissionRules, Said, admission_rules
from feidi.domain.incubation.selectors.application_answers import files_of, full_answers, lines_of
from feidi.domain.incubation.selectors.application_secrets import application_of_secret
from feidi.domain.incubation.services.admission_papers import reasons_words
from feidi.domain.incubation.services.admission_steps import subject_of
from feidi.domain.incubation.services.first_answers import held_answer
from feidi.engines.findings import Refusal, RefusedError
from feidi.kernel.deadlines.models import Deadline
from feidi.kernel.messages import sentence_of
from feidi.portals.public.apply.fields import say
from feidi.portals.ui.requests import FeidiRequest

P = ParamSpec("P")
#: The code opens nothing; refused for another reason.
GONE, REFUSED = 404, 409


def said(refusal: Refusal) -> str:
    """Return a refusal in one line."""
    return sentence_of(refusal)


def private(response: HttpResponse) -> HttpResponse:
    """Keep the page out of search engines."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def opened(
    view: Callable[Concatenate[FeidiRequest, Application, str, P], HttpResponse],
) -> Callable[..., HttpResponse]:
    """Open the application of the code in the address for a view; without one, say so. Looking writes nothing."""

    @wraps(view)
    def inner(request: FeidiRequest, secret: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            row = application_of_secret(secret, request.now)
        except RefusedError as error:
            closed = {"heading": _("申请打不开"), "problem": said(error.refusal), "unopened": True}
            return private(render(request, "public/apply/application_closed.html", closed, status=GONE))
        return private(view(request, row, secret, *args, **kwargs))

    return never_cache(login_not_required(inner))


@opened
@require_safe
def application_view(request: FeidiRequest, row: Application, secret: str) -> HttpResponse:
    """A draft: what is answered and what is missing. Sent: where it stands, the next clock, the answer, the decision."""
    rules, clock = admission_rules(row.outpost), clock_of(row)
    context = {
        "row": row,
        "secret": secret,
        "draft": row.state == ApplicationState.DRAFT,
        "writable": row.state in WRITABLE,
        "open": row.state not in OVER,
        "sections": sections_of(row, rules),
        "missing": [say(each.label) for each in missing_answers(rules, full_answers(row, rules), files_of(row))],
        "told": told_of(row, rules),
        "steps": list(row.steps.order_by("id")),
        "clock": clock,
        "clock_label": say(Said(clock.label_zh, clock.label_en)) if clock else "",
        "answer": held_answer(row),
        "told_no": row.state in {ApplicationState.REJECTED, ApplicationState.WAITING},
        "reasons": reasons_words(row),
        "today": request.today,
    }
    return render(request, "public/apply/application_view.html", context)


@opened
@require_safe
def answer_view(request: FeidiRequest, row: Application, secret: str) -> HttpResponse:
    """The first answer, one page, as it was given."""
    answer = held_answer(row)
    context = {"row": row, "secret": secret, "answer": answer, "data": answer.data if answer else None}
    return render(request, "public/apply/answer_view.html", context, status=200 if answer else GONE)


def sections_of(row: Application, rules: AdmissionRules) -> list[dict[str, Any]]:
    """Return every page of the form: its title, and its answers in words."""
    found = []
    for section in rules.sections:
        lines = [(say(each.label), words) for each, words in lines_of(row, rules, section) if words]
        files = [each.file.name for each in row.files.filter(voided_at__isnull=True).select_related("file")]
        has_files = any(each.kind.value == "file" for each in section.questions)
        found.append(
            {"code": section.code, "title": say(section.title), "lines": lines, "files": files if has_files else []}
        )
    return found


def told_of(row: Application, rules: AdmissionRules) -> list[tuple[str, str]]:
    """Return what was told once to be completed."""
    labels = {each.code: say(each.label) for each in rules.questions}
    return [(labels.get(each["question"], each["question"]), each["what"]) for each in row.missing]


def clock_of(row: Application) -> Deadline | None:
    """Return the clock that runs for the applicant's eyes: by when somebody answers or completes."""
    subject = subject_of(row)
    clocks = Deadline.objects.filter(subject_kind=subject.kind, subject_uid=subject.uid, stopped_on__isnull=True)
    return clocks.order_by("due_on").first()
