"""Runs: the list, its export, starting one from a record, one whole, its questions, a remark, its end."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.playbook.access import EDIT, VIEW, VIEW_HOME
from feidi.domain.playbook.enums import RunState
from feidi.domain.playbook.models import PlaybookRun
from feidi.domain.playbook.selectors.playbooks import Published, list_playbooks
from feidi.domain.playbook.selectors.reckoning import plan_of
from feidi.domain.playbook.selectors.runs import SORTS, RunFilter, get_run, list_runs
from feidi.domain.playbook.services.runs import NewRun, answer_questions, note_run, start_run, stop_run
from feidi.portals.console.daily import outposts_for, people_of
from feidi.portals.console.lists import asked_of, chat_lines, listed, workbook
from feidi.portals.console.pipeline.views.saving import save_page, sent
from feidi.portals.console.playbooks import presenting, record, starting
from feidi.portals.console.playbooks.books import homes_of, require_playbooks
from feidi.portals.console.playbooks.forms import AnswerForm, RunFilterForm, StartForm, book_choices
from feidi.portals.console.words import say
from feidi.portals.ui.requests import FeidiRequest

FORM = "console/playbooks/form_page.html"
_EXPORTED = 5000


def editable(request: FeidiRequest, uid: str) -> PlaybookRun:
    """Return a run that the actor may work on; others are refused or not found."""
    run = get_run(request.actor, uid)
    require(request.actor, EDIT, outpost_scope(run.outpost_id))
    return run


def _wanted(request: FeidiRequest) -> tuple[RunFilterForm, RunFilter, int]:
    books = [book for each in homes_of(request.actor) for book in list_playbooks(each.home.code, request.today)]
    form = RunFilterForm(
        request.GET,
        actor=request.actor,
        outposts=outposts_for(request.actor, VIEW, VIEW_HOME),
        books=book_choices(books),
    )
    given, active = asked_of(form)
    officer, outpost = given.get("officer"), given.get("outpost")
    wanted = RunFilter(
        words=given.get("words") or "",
        show=given.get("show") or RunState.RUNNING,
        playbook=given.get("playbook") or "",
        side=given.get("side") or "",
        officer_id=officer.pk if officer else None,
        outpost_id=outpost.pk if outpost else None,
        late_on=request.today if given.get("late") else None,
    )
    return form, wanted, active


@require_GET
def run_list(request: FeidiRequest) -> HttpResponse:
    """Runs of one's office, newest first; those under way unless others are asked for."""
    require_playbooks(request.actor)
    form, wanted, active = _wanted(request)

    def rows(items: Any) -> Any:
        return presenting.run_rows(request.actor, items, request.today)

    found = listed(request, list_runs(request.actor, wanted), presenting.RUN_COLUMNS, rows, sorts=SORTS)
    lines = [
        f"{each.cells['subject']}：{each.cells['current']}（{each.cells['turn']}）" for each in found["table"].rows
    ]
    context = {
        **found,
        "form": form,
        "active": active,
        "copy_text": chat_lines(_("服务进度（截至{day}）").format(day=request.today), lines) if lines else "",
        "export_url": f"{reverse('console:playbooks:run_export')}?{request.GET.urlencode()}",
    }
    return render(request, "console/playbooks/run_list.html", context)


@require_GET
def run_export(request: FeidiRequest) -> HttpResponse:
    """The listed runs as a workbook; who took it is on record."""
    require_playbooks(request.actor)
    _form, wanted, _active = _wanted(request)
    rows = presenting.run_rows(request.actor, list(list_runs(request.actor, wanted)[:_EXPORTED]), request.today)
    return workbook(
        request,
        name="playbook-runs",
        headers=[str(each.label) for each in presenting.RUN_COLUMNS],
        rows=([each.cells[column.code] for column in presenting.RUN_COLUMNS] for each in rows),
    )


@require_http_methods(["GET", "POST"])
def run_start(request: FeidiRequest) -> HttpResponse:
    """Start a playbook on the project, organization or talent from whose page one comes; first which, then its questions."""
    require(request.actor, EDIT)
    found = starting.asked_for(request)
    if found is None:
        raise Http404
    book = next((each for each in found.books if each.code == request.GET.get("playbook")), None)
    if book is None:
        context = {"found": found, "choices": starting.choices_of(found)}
        return render(request, "console/playbooks/run_start.html", context)
    return _begun(request, found, book)


def _begun(request: FeidiRequest, found: starting.Found, book: Published) -> HttpResponse:
    """Ask since when, led by whom, and the playbook's questions; then start it."""
    initial = {"started_on": request.today, "officer": request.actor.user_id}
    people = people_of(outposts_for(request.actor, EDIT).filter(pk=found.outpost.pk))
    form = StartForm(sent(request), book=book.playbook, people=people, initial=initial)
    made: list[PlaybookRun] = []

    def save(data: dict[str, Any]) -> None:
        answers = {code: value for code, value in form.answers().items() if value is not None}
        new = NewRun(book.code, found.subject, data["officer"], data["started_on"], found.organization, answers)
        made.append(start_run(actor=request.actor, now=request.now, outpost=found.outpost, new=new))

    note = _("不知道的先留“还不知道”：相关步骤会等着，标“待问清”，不会漏掉。版本 {version}，办理期间不变。")
    answer = save_page(
        request,
        template=FORM,
        form=form,
        save=save,
        done=_("已开办，轮到的步骤已列出。"),
        onward=found.url,
        fields={"playbook.date_in_future": "started_on"},
        extra={
            "title": _("开办“{title}”").format(title=say(book.title)),
            "subtitle": found.label,
            "note": note.format(version=book.version),
            "submit": _("开办"),
        },
    )
    return redirect(presenting.run_url(made[0])) if made else answer


@require_GET
def run_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """One run: whose turn it is, lanes, steps, the longest way, each side's burn-down, its history."""
    run = get_run(request.actor, uid)
    return render(request, "console/playbooks/run_view.html", record.run_context(request.actor, run, request.today))


@require_http_methods(["GET", "POST"])
def run_answer(request: FeidiRequest, uid: str) -> HttpResponse:
    """Write down what was found out; steps that hang on it open or fall away."""
    run = editable(request, uid)
    form = AnswerForm(sent(request), book=plan_of(run), answers=run.answers)
    form.order_fields([*(name for name in form.fields if name != "reason"), "reason"])
    return save_page(
        request,
        template=FORM,
        form=form,
        save=lambda data: answer_questions(
            actor=request.actor, now=request.now, run=run, answers=form.answers(), reason=data["reason"]
        ),
        done=_("已记下，步骤已按新的情况排好。"),
        onward=presenting.run_url(run),
        fields={"playbook.no_reason": "reason"},
        extra={"title": _("问清情况"), "subtitle": presenting.title_of(run), "note": "", "submit": _("保存")},
    )


@require_POST
def run_note(request: FeidiRequest, uid: str) -> HttpResponse:
    """Append a remark for the outpost's people."""
    run = get_run(request.actor, uid)
    note_run(actor=request.actor, now=request.now, run=run, step=None, note=request.POST.get("note", ""))
    messages.success(request, _("备注已记下，只有驻点人员看得到。"))
    return redirect(presenting.run_url(run))


@require_POST
def run_stop(request: FeidiRequest, uid: str) -> HttpResponse:
    """Stop a run that leads nowhere."""
    run = get_run(request.actor, uid)
    stop_run(actor=request.actor, now=request.now, run=run, reason=request.POST.get("reason", ""))
    messages.success(request, _("已中止，经过保留。"))
    return redirect(presenting.run_url(run))
