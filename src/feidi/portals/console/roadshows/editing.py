"""A show is planned, changed, taken back; rounds are added; judges asked, declared for, taken off."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.roadshow.access import activities_visible_to
from feidi.domain.roadshow.models import Activity, Judge, Roadshow, Round
from feidi.domain.roadshow.roadshow_access import EDIT
from feidi.domain.roadshow.selectors.roadshow_judges import judges_of
from feidi.domain.roadshow.selectors.roadshow_rules import roadshow_rules
from feidi.domain.roadshow.selectors.roadshows import get_judge
from feidi.domain.roadshow.services.dealing import trades_of
from feidi.domain.roadshow.services.judges import NewJudge, ask_judge, open_entries, remove_judge, renew_link
from feidi.domain.roadshow.services.knowing import known_organization
from feidi.domain.roadshow.services.recusing import declare_interests
from feidi.domain.roadshow.services.shows import ShowPlan, add_round, change_show, plan_show, void_show
from feidi.engines.findings import refuse
from feidi.portals.console.daily import outposts_for
from feidi.portals.console.pipeline.views.saving import save_page, sent
from feidi.portals.console.roadshows.asking import FORM, editable_show, round_url, show_crumbs, show_url
from feidi.portals.console.roadshows.forms import JudgeForm, RoundForm, ShowForm
from feidi.portals.ui.requests import FeidiRequest

_OFFERED = 60


def _activities(request: FeidiRequest) -> QuerySet[Activity]:
    rows = activities_visible_to(request.actor, Activity.objects.filter(voided_at__isnull=True))
    return rows.order_by("-starts_at")[:_OFFERED] if request.method == "GET" else rows


def _plan(data: dict[str, Any]) -> ShowPlan:
    return ShowPlan(data["title_zh"], data["held_on"], data["title_en"], data["activity"])


@require_http_methods(["GET", "POST"])
def show_new(request: FeidiRequest) -> HttpResponse:
    """Plan a show."""
    require(request.actor, EDIT)
    outposts = outposts_for(request.actor, EDIT)
    form = ShowForm(sent(request), actor=request.actor, outposts=outposts, activities=_activities(request))

    made: list[Roadshow] = []

    def save(data: dict[str, Any]) -> None:
        made.append(plan_show(actor=request.actor, now=request.now, outpost=data["outpost"], plan=_plan(data)))

    answer = save_page(
        request,
        template=FORM,
        form=form,
        save=save,
        done=_("已登记。接着按赛制加一轮。"),
        onward=reverse("console:roadshows:show_list"),
        fields={"roadshow.show_title_needed": "title_zh", "roadshow.activity_of_another": "activity"},
        extra={"title": _("筹备路演"), "subtitle": "", "note": "", "crumbs": ()},
    )
    return redirect(show_url(made[0].uid)) if made else answer


@require_http_methods(["GET", "POST"])
def show_edit(request: FeidiRequest, uid: str) -> HttpResponse:
    """Say otherwise."""
    row = editable_show(request, uid)
    names = ("outpost", "version", "title_zh", "title_en", "held_on", "activity")
    initial = {name: getattr(row, name) for name in names}
    form = ShowForm(
        sent(request),
        actor=request.actor,
        initial=initial,
        outposts=outposts_for(request.actor, EDIT).filter(pk=row.outpost_id),
        activities=_activities(request),
    )

    def save(data: dict[str, Any]) -> None:
        version = data["version"] or row.version
        change_show(actor=request.actor, now=request.now, show=row, version=version, plan=_plan(data))

    return save_page(
        request,
        template=FORM,
        form=form,
        save=save,
        done=_("已保存。"),
        onward=show_url(uid),
        extra={"title": _("修改"), "subtitle": row.title_zh, "note": "", "crumbs": show_crumbs(row, _("修改"))},
    )


@require_POST
def show_void(request: FeidiRequest, uid: str) -> HttpResponse:
    """Take a show back."""
    row = editable_show(request, uid)
    void_show(actor=request.actor, now=request.now, show=row, reason=request.POST.get("reason", ""))
    messages.success(request, _("已作废。"))
    return redirect("console:roadshows:show_list")


@require_http_methods(["GET", "POST"])
def round_new(request: FeidiRequest, uid: str) -> HttpResponse:
    """Add a round by a format of content."""
    row = editable_show(request, uid)
    rules = roadshow_rules(row.outpost)

    made: list[Round] = []

    def save(data: dict[str, Any]) -> None:
        made.append(add_round(actor=request.actor, now=request.now, show=row, **data))

    note = (
        ""
        if rules.confirmed
        else _("赛制是参考外地做法的建议稿，待本区确认。出处：{source}").format(source=rules.source)
    )
    answer = save_page(
        request,
        template=FORM,
        form=RoundForm(sent(request), formats=rules.formats),
        save=save,
        done=_("已加一轮。接着加项目、请评委。"),
        onward=show_url(uid),
        extra={"title": _("加一轮"), "subtitle": row.title_zh, "note": note, "crumbs": show_crumbs(row, _("加一轮"))},
    )
    return redirect(round_url(made[0].uid)) if made else answer


@require_http_methods(["GET", "POST"])
def judge_ask(request: FeidiRequest, uid: str) -> HttpResponse:
    """Ask somebody to judge; one without an account gets a link, shown once."""
    row = editable_show(request, uid)
    form = JudgeForm(sent(request), judges=judges_of(row.outpost, request.today))
    made: list[tuple[Judge, str]] = []

    def save(data: dict[str, Any]) -> None:
        made.append(ask_judge(actor=request.actor, now=request.now, show=row, new=_new_judge(row, data)))

    answer = save_page(
        request,
        template=FORM,
        form=form,
        save=save,
        done=_("已请到。与项目有关系的已自动回避，见各轮。"),
        onward=show_url(uid),
        fields={"roadshow.judge_name_needed": "name", "roadshow.organization_unknown": "organization"},
        extra={
            "title": _("请评委"),
            "subtitle": row.title_zh,
            "note": _("有账号的评委在“我的路演评审”里看到；没有账号的凭链接，链接只显示一次。"),
            "crumbs": show_crumbs(row, _("请评委")),
        },
    )
    return _link_page(request, *made[0]) if made and made[0][1] else answer


def _new_judge(show: Roadshow, data: dict[str, Any]) -> NewJudge:
    works_for = known_organization(show.outpost_id, data["organization"])
    if data["organization"].strip() and works_for is None:
        raise refuse("roadshow.organization_unknown", name=data["organization"])
    return NewJudge(
        name=data["name"],
        user=data["user"],
        works_for=works_for,
        works_as=data["works_as"],
        trades=sorted(trades_of(data["trades"])),
        mail=data["mail"],
    )


def _link_page(request: FeidiRequest, judge: Judge, token: str) -> HttpResponse:
    address = request.build_absolute_uri(reverse("public:judging:judge_desk", args=[token]))
    crumbs = show_crumbs(judge.roadshow, _("评委链接"))
    context = {"judge": judge, "address": address, "crumbs": crumbs}
    return render(request, "console/roadshows/judge_link.html", context)


def _judge(request: FeidiRequest, uid: str) -> Judge:
    judge = get_judge(request.actor, uid)
    require(request.actor, EDIT, outpost_scope(judge.roadshow.outpost_id))
    return judge


@require_POST
def judge_link(request: FeidiRequest, uid: str) -> HttpResponse:
    """Give a judge a new link; the old one opens nothing any more."""
    judge = _judge(request, uid)
    token = renew_link(actor=request.actor, now=request.now, judge=judge)
    return _link_page(request, judge, token)


@require_http_methods(["GET", "POST"])
def judge_declare(request: FeidiRequest, uid: str) -> HttpResponse:
    """Take down, for a judge who said so in person, with which entries there is a tie."""
    judge = _judge(request, uid)
    entries = open_entries(judge.roadshow)
    if request.method == "POST":
        said = {each: request.POST.get(f"tie-{each.uid}", "") for each in entries}
        interests = {each: words for each, words in said.items() if words.strip()}
        declare_interests(actor=request.actor, now=request.now, judge=judge, interests=interests)
        messages.success(request, _("已登记声明。"))
        return redirect(show_url(judge.roadshow.uid))
    context = {"judge": judge, "entries": entries, "crumbs": show_crumbs(judge.roadshow, _("代为声明"))}
    return render(request, "console/roadshows/judge_declare.html", context)


@require_POST
def judge_remove(request: FeidiRequest, uid: str) -> HttpResponse:
    """Take a judge off."""
    judge = _judge(request, uid)
    remove_judge(actor=request.actor, now=request.now, judge=judge, reason=request.POST.get("reason", ""))
    messages.success(request, _("已取消，名额空出来了。"))
    return redirect(show_url(judge.roadshow.uid))
