"""The list of to-dos, writing one down, and what is done with one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from feidi.domain.liaison.access import VIEW
from feidi.domain.liaison.selectors.todos import SORTS, TodoFilter, get_todo, list_todos
from feidi.domain.liaison.services.todos import NewTodo, note_todo, restate_todo
from feidi.domain.parties.access import outposts_visible_to, require
from feidi.domain.parties.models import Outpost
from feidi.kernel.todos.access import EDIT_PERMISSION
from feidi.kernel.todos.models import Todo
from feidi.kernel.todos.services import finish_todo, reopen_todo, void_todo
from feidi.portals.console.daily import EDIT, asked_project, outposts_for
from feidi.portals.console.lists import EXPORTED, asked_of, chat_lines, export_action, listed, sheet
from feidi.portals.console.pipeline.views.saving import save_page, sent
from feidi.portals.console.todos.forms import TodoChangeForm, TodoFilterForm, TodoForm
from feidi.portals.console.todos.presenting import COLUMNS, rows_of
from feidi.portals.ui.pieces import Row
from feidi.portals.ui.requests import FeidiRequest


def _asked(request: FeidiRequest) -> tuple[TodoFilterForm, int, QuerySet[Todo]]:
    require(request.actor, EDIT_PERMISSION)
    outposts = outposts_visible_to(request.actor, Outpost.objects.order_by("code"))
    form = TodoFilterForm(request.GET, actor=request.actor, outposts=outposts)
    given, active = asked_of(form)
    assignee = given.get("assignee")
    wanted = TodoFilter(
        whose=given.get("whose") or ("all" if assignee else "mine"),
        done=given.get("show") == "done",
        assignee_id=assignee.pk if assignee else None,
        words=given.get("words") or "",
        overdue_on=request.today if given.get("show") == "overdue" else None,
    )
    return form, active, list_todos(request.actor, wanted, request.today)


@require_GET
def todo_list(request: FeidiRequest) -> HttpResponse:
    """One's own to-dos, those of whom one stands in for, or all within reach; done in place."""
    form, active, rows = _asked(request)

    def draw(rows: Any) -> list[Row]:
        return rows_of(rows, request.actor, request.today)

    found = listed(request, rows, COLUMNS, draw, sorts=SORTS)
    lines = (f"{row.cells['due'] or ''} {row.cells['what']} {row.cells['assignee']}" for row in found["table"].rows)
    context = {
        **found,
        "form": form,
        "active": active,
        "may_add": request.actor.may(EDIT),
        "export": export_action(request, "console:todos:todo_export") if found["table"].rows else None,
        "copy_text": chat_lines(_("待办"), lines) if found["table"].rows else "",
    }
    return render(request, "console/todos/todo_list.html", context)


@require_GET
def todo_export(request: FeidiRequest) -> HttpResponse:
    """Exactly what the list shows, with every column, as a workbook."""
    *_rest, rows = _asked(request)
    drawn = rows_of(list(rows[:EXPORTED]), request.actor, request.today)
    return sheet(request, "todos", COLUMNS, drawn)


@require_http_methods(["GET", "POST"])
def todo_new(request: FeidiRequest) -> HttpResponse:
    """Write down what is to be done, by oneself or a colleague, about a project or the outpost's own work."""
    require(request.actor, EDIT)
    project = asked_project(request)
    outposts = outposts_for(request.actor, EDIT)
    start = {"project": project, "assignee": request.actor.user_id, "outpost": project.outpost_id if project else None}
    form = TodoForm(sent(request), actor=request.actor, outposts=outposts, initial=start)

    def save(data: dict[str, Any]) -> None:
        outpost = data.pop("outpost")
        note_todo(actor=request.actor, now=request.now, outpost=outpost, new=NewTodo(**data))

    onward = reverse("console:todos:todo_list")
    if project is not None:
        onward = reverse("console:pipeline:project_view", args=[project.uid]) + "?tab=daily"
    return save_page(
        request,
        template="console/daily/form.html",
        form=form,
        save=save,
        done=_("待办已登记。"),
        onward=onward,
        fields={"liaison.not_a_colleague": "assignee", "liaison.other_outpost": "project"},
        extra={"title": _("登记待办"), "subtitle": project.name if project else ""},
    )


@require_http_methods(["GET", "POST"])
def todo_edit(request: FeidiRequest, uid: str) -> HttpResponse:
    """Say otherwise what is to be done, hand it to a colleague, move its day; or take it back."""
    todo = get_todo(request.actor, uid, request.today)
    require(request.actor, EDIT_PERMISSION)
    outposts = outposts_for(request.actor, EDIT, VIEW)
    start = {"what": todo.what, "assignee": todo.assignee_id, "due_on": todo.due_on, "version": todo.version}
    form = TodoChangeForm(sent(request), actor=request.actor, outposts=outposts, initial=start)
    if not outposts.exists():  # the home side has its own to-dos and hands them to nobody
        del form.fields["assignee"]
    return save_page(
        request,
        template="console/todos/todo_edit.html",
        form=form,
        save=lambda data: restate_todo(
            actor=request.actor,
            now=request.now,
            todo=todo,
            outposts=list(outposts),
            **{"assignee": todo.assignee, **data},
        ),
        done=_("已保存。"),
        onward=reverse("console:todos:todo_list"),
        fields={"liaison.not_a_colleague": "assignee"},
        extra={"title": _("修改待办"), "todo": todo},
    )


@require_POST
def todo_finish(request: FeidiRequest, uid: str) -> HttpResponse:
    """Mark a to-do as done."""
    finish_todo(actor=request.actor, now=request.now, todo=get_todo(request.actor, uid, request.today))
    messages.success(request, _("已完成。点错了可以在“已完成”里恢复。"))
    return _back(request)


@require_POST
def todo_reopen(request: FeidiRequest, uid: str) -> HttpResponse:
    """Put a to-do that was marked as done back on the list."""
    reopen_todo(actor=request.actor, now=request.now, todo=get_todo(request.actor, uid, request.today))
    messages.success(request, _("已恢复。"))
    return _back(request)


@require_POST
def todo_void(request: FeidiRequest, uid: str) -> HttpResponse:
    """Take a to-do back that is not needed, with a reason."""
    todo = get_todo(request.actor, uid, request.today)
    void_todo(actor=request.actor, now=request.now, todo=todo, reason=request.POST.get("reason", ""))
    messages.success(request, _("已取消，记录仍可查。"))
    return redirect("console:todos:todo_list")


def _back(request: FeidiRequest) -> HttpResponse:
    """Go back to the page of this site on which the button stood, else to the list."""
    came = request.headers.get("Referer", "")
    safe = url_has_allowed_host_and_scheme(came, {request.get_host()}, require_https=request.is_secure())
    return redirect(came if safe else reverse("console:todos:todo_list"))
