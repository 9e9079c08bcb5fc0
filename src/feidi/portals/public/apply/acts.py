"""What an applicant does: begin, find again, answer, hand in files, send, withdraw. Every form works without a script."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from feidi.domain.incubation.admission_enums import ApplicationState, Origin, QuestionKind
from feidi.domain.incubation.models import Application
from feidi.domain.incubation.selectors.admission_rules import AdmissionRules, Section, admission_rules
from feidi.domain.incubation.selectors.application_secrets import applicant_actor, application_of_secret
from feidi.domain.incubation.selectors.first_answer import fit_of
from feidi.domain.incubation.services.admissions import withdraw_application
from feidi.domain.incubation.services.application_drafts import (
    add_file,
    begin_application,
    remove_file,
    save_answers,
    submit_application,
    withdraw_draft,
)
from feidi.domain.parties.models import Outpost
from feidi.domain.pipeline.services.attaching import Attachment
from feidi.engines.findings import RefusedError, refuse
from feidi.kernel.access import ANONYMOUS
from feidi.kernel.files.kinds import ACCEPTED_WORDS
from feidi.kernel.messages import text_of
from feidi.portals.public.apply import guarding
from feidi.portals.public.apply.fields import drawn_of, given_in, say
from feidi.portals.public.apply.views import REFUSED, opened, private, said
from feidi.portals.public.showcase.window import outpost_name
from feidi.portals.ui.requests import FeidiRequest


def _outposts() -> list[Outpost]:
    return list(Outpost.objects.select_related("home", "host").order_by("code"))


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def application_start(request: FeidiRequest) -> HttpResponse:
    """Say what will be asked and what becomes of it; begin a draft and lead to its first page."""
    outposts, problem = _outposts(), ""
    wanted = request.POST.get("outpost") or request.GET.get("outpost") or ""
    chosen = next((each for each in outposts if each.code == wanted), outposts[0] if outposts else None)
    if chosen is None:
        raise Http404
    rules = admission_rules(chosen)
    if request.method == "POST":
        try:
            return redirect("public:apply:section_answer", _begin(request, chosen), rules.sections[0].code)
        except RefusedError as error:
            problem = said(error.refusal)
    context = {
        "outposts": [(each.code, outpost_name(each), each == chosen) for each in outposts],
        "chosen": (chosen.code, outpost_name(chosen)),
        "intro": say(rules.intro),
        "consent": say(rules.consent),
        "stamp": guarding.stamp(request),
        "problem": problem,
    }
    status = REFUSED if problem else 200
    return private(render(request, "public/apply/application_start.html", context, status=status))


def _begin(request: FeidiRequest, outpost: Outpost) -> str:
    guarding.check_person(request)
    if not request.POST.get("consent"):
        raise refuse("incubation.consent_needed")
    digest = guarding.origin_of(request, request.today)
    _row, secret = begin_application(
        actor=ANONYMOUS, now=request.now, outpost=outpost, origin=Origin.PUBLIC, origin_digest=digest
    )
    return secret


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def application_track(request: FeidiRequest) -> HttpResponse:
    """Open an application again by its number and code; a draft has no number yet."""
    number, secret = (guarding.written(request.POST.get(name)) for name in ("number", "code"))
    problem = ""
    if request.method == "POST":
        try:
            row = application_of_secret(secret, request.now)
            if row.number and row.number != number:
                raise refuse("incubation.track_mismatch", number=number)
            return redirect("public:apply:application_view", secret)
        except RefusedError as error:
            problem = said(error.refusal)
    context = {"problem": problem, "number": number}
    status = REFUSED if problem else 200
    return private(render(request, "public/apply/application_track.html", context, status=status))


@opened
@require_http_methods(["GET", "HEAD", "POST"])
def section_answer(request: FeidiRequest, row: Application, secret: str, section: str) -> HttpResponse:
    """One page of questions. What can be read is kept even where something cannot; the next page follows."""
    rules = admission_rules(row.outpost)
    page = rules.section(section)
    if page is None:
        raise Http404
    problem, typed = None, None
    if request.method == "POST":
        typed, marked = given_in(request, page)
        try:
            _save(request, row, page, typed, marked)
        except RefusedError as error:
            problem = error
            row.refresh_from_db()
        else:
            return redirect(*_onward(rules, page, secret))
    status = REFUSED if problem else 200
    context = _page(request, row, rules, page, secret, typed, problem)
    return render(request, "public/apply/section_answer.html", context, status=status)


def _save(request: FeidiRequest, row: Application, page: Section, given: dict[str, Any], marked: list[str]) -> None:
    actor = applicant_actor(row)
    save_answers(actor=actor, now=request.now, application=row, section=page, given=given, unknown=marked)
    for question in page.questions:
        upload = request.FILES.get(question.code) if question.kind is QuestionKind.FILE else None
        if upload is not None:
            sent = Attachment(str(upload.name), upload.chunks(), request.POST.get(f"reason-{question.code}", ""))
            add_file(actor=actor, now=request.now, application=row, question=question.code, given=sent)


def _onward(rules: AdmissionRules, page: Section, secret: str) -> tuple[str, ...]:
    codes = [each.code for each in rules.sections]
    at = codes.index(page.code) + 1
    if at < len(codes):
        return ("public:apply:section_answer", secret, codes[at])
    return ("public:apply:application_view", secret)


def _page(
    request: FeidiRequest,
    row: Application,
    rules: AdmissionRules,
    page: Section,
    secret: str,
    typed: dict[str, Any] | None,
    problem: RefusedError | None,
) -> dict[str, Any]:
    codes = [each.code for each in rules.sections]
    first = page.code == codes[0]
    return {
        "row": row,
        "secret": secret,
        "section": page,
        "title": say(page.title),
        "hint": say(page.hint),
        "at": codes.index(page.code) + 1,
        "count": len(codes),
        "before": codes[codes.index(page.code) - 1] if not first else "",
        "fields": drawn_of(row, rules, page, typed=typed, problem=problem),
        "files": row.files.filter(voided_at__isnull=True).select_related("file"),
        "problem": said(problem.refusal) if problem else "",
        # what the first page decides is told at once, before anybody types the rest
        "fit": None if first or row.state != ApplicationState.DRAFT else fit_of(row, request.today),
        "kinds": ACCEPTED_WORDS,
        "limit": settings.FEIDI_UPLOAD_LIMIT,
    }


@opened
@require_POST
def application_send(request: FeidiRequest, row: Application, secret: str) -> HttpResponse:
    """Send it; what is missing is said, and nothing is lost."""
    try:
        submit_application(actor=applicant_actor(row), now=request.now, application=row)
    except RefusedError as error:
        messages.error(request, "　".join([said(error.refusal), *map(text_of, error.refusal.reasons)]))
    else:
        words = _("已收到。受理号 {number}，查询码 {code}。请把这一页收藏或截图。")
        messages.success(request, words.format(number=row.number, code=secret))
    return redirect("public:apply:application_view", secret)


@opened
@require_POST
def application_withdraw(request: FeidiRequest, row: Application, secret: str) -> HttpResponse:
    """Give up a draft, or withdraw what was sent."""
    actor = applicant_actor(row)
    try:
        if row.state == ApplicationState.DRAFT:
            withdraw_draft(actor=actor, now=request.now, application=row)
            told = {"heading": _("草稿已放弃"), "problem": _("草稿已删去。"), "unopened": False}
            return private(render(request, "public/apply/application_closed.html", told))
        reason = request.POST.get("reason", "") or _("申请人撤回")
        withdraw_application(actor=actor, now=request.now, application=row, reason=reason)
        messages.success(request, _("已撤回。"))
    except RefusedError as error:
        messages.error(request, said(error.refusal))
    return redirect("public:apply:application_view", secret)


@opened
@require_POST
def file_remove(request: FeidiRequest, row: Application, secret: str, entry: str) -> HttpResponse:
    """Take a file out of the draft."""
    file = row.files.filter(uid=entry, voided_at__isnull=True).first()
    if file is None:
        raise Http404
    try:
        remove_file(actor=applicant_actor(row), now=request.now, application=row, uid=entry)
    except RefusedError as error:
        messages.error(request, said(error.refusal))
    rules = admission_rules(row.outpost)
    section = next(
        (each.code for each in rules.sections if any(q.code == file.question for q in each.questions)),
        rules.sections[0].code,
    )
    return redirect("public:apply:section_answer", secret, section)
