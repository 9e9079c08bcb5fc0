"""The clause lint: agreements to review, one with its sentences pointed at, deciding. 指引，非法律意见."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from feidi.domain.parties.access import require
from feidi.domain.pipeline.access import require_on, scopes_of
from feidi.domain.pipeline.enums import ClauseDecision
from feidi.domain.pipeline.models import Agreement, ClauseReview
from feidi.domain.pipeline.selectors.clauses import clause_rules, get_agreement, get_review, list_reviewed, review_state
from feidi.domain.pipeline.services.clauses import EDIT, decide_clause, set_clause_text, take_text_of_scan
from feidi.portals.console.lists import asked_of, chat_lines, listed, require_office, workbook
from feidi.portals.console.pipeline.views.saving import INVALID
from feidi.portals.console.promises import presenting
from feidi.portals.console.promises.forms import REVIEW, ClauseDecisionForm, ClauseFilterForm, ClauseTextForm
from feidi.portals.console.words import say_pair
from feidi.portals.ui.pieces import Action, Crumb
from feidi.portals.ui.requests import FeidiRequest


@require_GET
def clause_list(request: FeidiRequest) -> HttpResponse:
    """存量协议排查表: which agreements have no text yet, which have open sentences, which are decided."""
    require_office(request.actor)
    form = ClauseFilterForm(request.GET)
    given, active = asked_of(form)
    rows = list_reviewed(request.actor, state=given.get("state") or "")
    shown = listed(request, rows, presenting.CLAUSES, presenting.clause_rows, sorts=presenting.CLAUSE_SORTS)
    actions = []
    if request.actor.may("project.export"):
        address = f"{reverse('console:promises:clause_export')}?{request.GET.urlencode()}"
        actions.append(Action(_("导出排查表"), address, "database-export"))
    lines = [f"{each.cells['project']} {each.cells['title']}：{each.cells['state']}" for each in shown["table"].rows]
    context = {
        **shown,
        "title": _("存量协议排查"),
        "subtitle": _("优惠与迁注册地、纳税、纳统挂钩的句子，逐句由人判断。指引，非法律意见。"),
        "form": form,
        "active": active,
        "clear_url": reverse("console:promises:clause_list"),
        "actions": actions,
        "copy_text": chat_lines(_("存量协议排查（截至{day}）").format(day=request.today), lines) if lines else "",
        "empty_title": _("没有符合条件的协议") if active else _("还没有协议"),
        "empty_text": _("登记过协议的项目会出现在这里；把条款文字粘贴进来就能排查。"),
        "empty_url": reverse("console:pipeline:project_list"),
        "empty_label": _("去选项目"),
        "bulk": "",
    }
    return render(request, "console/promises/clause_list.html", context)


@require_GET
def clause_export(request: FeidiRequest) -> HttpResponse:
    """The 排查表 as a workbook: one row per sentence, and one for an agreement without any."""
    require(request.actor, "project.export")
    given, _active = asked_of(ClauseFilterForm(request.GET))
    agreements = list_reviewed(request.actor, state=given.get("state") or "")
    rows = []
    for each in agreements.select_related("project__outpost__home").prefetch_related("clause_reviews"):
        head = [each.project.name, each.get_kind_display(), each.investor, each.signed_on]
        state = str(REVIEW[review_state(each)])
        rules = clause_rules(each.project.outpost.home)
        rows += [
            [*head, state, shown.label, shown.row.excerpt, shown.why, shown.source, *_decided(shown.row)]
            for shown in presenting.shown_clauses(list(each.clause_reviews.all()), rules)
        ] or [[*head, state]]
    headers = [_("项目"), _("协议类型"), _("投资方"), _("签约日期"), _("排查情况"), _("提示"), _("原句"), _("为什么")]
    headers += [_("依据（指引，非法律意见）"), _("结论"), _("判断人"), _("理由或修改意见")]
    return workbook(request, name="clauses", headers=headers, rows=rows)


def _decided(row: ClauseReview) -> tuple[str, str, str]:
    return row.get_decision_display(), row.decided_by, row.note


@require_GET
def clause_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """One agreement: its text, the sentences pointed at, who decided what."""
    agreement = get_agreement(request.actor, uid)
    return _page(request, agreement, ClauseTextForm(initial={"text": agreement.clause_text}))


@require_POST
def clause_save(request: FeidiRequest, uid: str) -> HttpResponse:
    """Save the text of an agreement and point at it anew."""
    agreement = get_agreement(request.actor, uid)
    require_on(request.actor, EDIT, agreement.project)
    form = ClauseTextForm(request.POST)
    if not form.is_valid():
        return _page(request, agreement, form, status=INVALID)
    made = set_clause_text(actor=request.actor, now=request.now, agreement=agreement, text=form.cleaned_data["text"])
    messages.success(request, _("文字已保存，新提示 {n} 句。").format(n=len(made)))
    return redirect("console:promises:clause_view", uid)


def _page(request: FeidiRequest, agreement: Agreement, form: ClauseTextForm, *, status: int = 200) -> HttpResponse:
    project = agreement.project
    rules = clause_rules(project.outpost.home)
    context = {
        "agreement": agreement,
        "form": form,
        "clauses": presenting.shown_clauses(list(agreement.clause_reviews.all()), rules),
        "decisions": ClauseDecisionForm.base_fields["decision"].choices,  # type: ignore[attr-defined]
        "notice": say_pair(rules.notice_zh, rules.notice_en) if rules else "",
        "may_edit": request.actor.may(EDIT, *scopes_of(project)),
        "crumbs": [
            Crumb(_("存量协议排查"), reverse("console:promises:clause_list")),
            Crumb(project.name, reverse("console:pipeline:project_view", args=[project.uid]) + "?tab=agreements"),
        ],
    }
    return render(request, "console/promises/clause_view.html", context, status=status)


@require_POST
def clause_scan(request: FeidiRequest, uid: str) -> HttpResponse:
    """Read the scan's text, as far as it has any, and point at it."""
    agreement = get_agreement(request.actor, uid)
    made = take_text_of_scan(actor=request.actor, now=request.now, agreement=agreement)
    messages.success(request, _("已读取扫描件文字，新提示 {n} 句。请核对文字是否完整。").format(n=len(made)))
    return redirect("console:promises:clause_view", uid)


@require_POST
def clause_decide(request: FeidiRequest, uid: str) -> HttpResponse:
    """Write down what a person makes of one sentence."""
    review = get_review(request.actor, uid)
    form = ClauseDecisionForm(request.POST)
    given = form.cleaned_data if form.is_valid() else {}
    decision = ClauseDecision(given.get("decision") or ClauseDecision.OPEN)
    decide_clause(actor=request.actor, now=request.now, review=review, decision=decision, note=given.get("note") or "")
    messages.success(request, _("结论已登记。"))
    return redirect("console:promises:clause_view", review.agreement.uid)
