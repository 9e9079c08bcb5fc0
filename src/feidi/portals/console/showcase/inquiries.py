"""What visitors of the site left: the queue, one message, answering it, turning it into a need or a visit."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from feidi.domain.matching.enums import ProfileKind, Side
from feidi.domain.matching.services.profiles import NewProfile, add_profile
from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.parties.services.organizations import find_or_add_organization
from feidi.domain.showcase.access import EDIT, VIEW
from feidi.domain.showcase.enums import InquiryKind, InquiryState
from feidi.domain.showcase.kinds import VISIT
from feidi.domain.showcase.models import Inquiry
from feidi.domain.showcase.selectors.hall import INQUIRY_SORTS, Filter, get_inquiry, list_inquiries
from feidi.domain.showcase.services.inquiries import answer_inquiry, unmask_inquiry
from feidi.domain.showcase.services.visits import VisitPlan, book_visit
from feidi.kernel.audit import recorded
from feidi.kernel.subjects import Subject, url_of
from feidi.portals.console.daily import outposts_for
from feidi.portals.console.lists import asked_of, listed
from feidi.portals.console.pipeline.views.saving import save_page, sent
from feidi.portals.console.showcase import presenting
from feidi.portals.console.showcase.forms import AnswerForm, InquiryFilterForm, TurnNeedForm, TurnVisitForm
from feidi.portals.console.showcase.publications import FORM
from feidi.portals.ui.pieces import Badge, Crumb
from feidi.portals.ui.requests import FeidiRequest

PROFILE = "matching.profile"
UNMASK = "contact.unmask"


@require_GET
def inquiry_list(request: FeidiRequest) -> HttpResponse:
    """What waits for an answer, the first due on top; late ones are marked."""
    require(request.actor, VIEW)
    data = request.GET.copy()
    data.setdefault("state", InquiryState.OPEN)
    form = InquiryFilterForm(data, actor=request.actor, outposts=outposts_for(request.actor, VIEW))
    given, active = asked_of(form)
    outpost = given.get("outpost")
    wanted = Filter(
        words=given.get("words") or "",
        state=given.get("state") or "",
        kind=given.get("kind") or "",
        outpost_id=outpost.pk if outpost else None,
    )
    context = {
        **listed(
            request,
            list_inquiries(request.actor, wanted),
            presenting.INQUIRY_COLUMNS,
            lambda rows: presenting.inquiry_rows(rows, request.today),
            sorts=INQUIRY_SORTS,
        ),
        "title": _("网站留言"),
        "subtitle": _("需求、参观预约和咨询；到期前答复，联系方式办结后按期删除。"),
        "form": form,
        "active": active,
        "clear_url": reverse("console:showcase:inquiry_list"),
        "actions": [],
        "copy_text": "",
        "empty_title": _("没有待答复的留言"),
        "empty_text": _("访客在公开网站上留下的需求、预约和咨询显示在这里。"),
        "empty_url": "",
        "empty_label": "",
        "bulk": "",
    }
    return render(request, "console/showcase/inquiry_list.html", context)


@require_GET
def inquiry_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """One message with what may be done."""
    row = get_inquiry(request.actor, uid)
    scope = outpost_scope(row.outpost_id)
    turned = Subject(row.turned_kind, row.turned_uid) if row.turned_uid else None
    late = row.state == InquiryState.OPEN and row.due_on < request.today
    context = {
        "row": row,
        "badges": [Badge(row.get_state_display(), "bad" if late else "info")],
        "pairs": [
            (_("种类"), row.get_kind_display()),
            (_("单位"), row.unit),
            (_("联系人"), row.contact_hint or _("已按期删除")),
            (_("收到"), row.created_at),
            (_("答复期限"), row.due_on),
            (_("想哪天来"), row.wanted_at),
            (_("人数"), row.people),
            (_("答复"), row.answer),
            (_("答复人"), row.answered_by),
        ],
        "turned_url": url_of(turned) if turned else "",
        "open": row.state == InquiryState.OPEN and request.actor.may(EDIT, scope),
        "may_turn": row.kind in {InquiryKind.NEED, InquiryKind.VISIT},
        "may_unmask": bool(row.contact_enc) and request.actor.may(UNMASK, scope),
        "crumbs": presenting.crumbs(
            Crumb(_("网站留言"), reverse("console:showcase:inquiry_list")), Crumb(row.text[:20])
        ),
    }
    return render(request, "console/showcase/inquiry_view.html", context)


def _open(request: FeidiRequest, uid: str) -> Inquiry:
    row = get_inquiry(request.actor, uid)
    require(request.actor, EDIT, outpost_scope(row.outpost_id))
    return row


@never_cache
@require_POST
def inquiry_unmask(request: FeidiRequest, uid: str) -> HttpResponse:
    """Show name and contact, this once; who looked, when and why is on record."""
    row = get_inquiry(request.actor, uid)
    why = request.POST.get("reason", "")
    name, contact = unmask_inquiry(actor=request.actor, now=request.now, inquiry=row, reason=why)
    context = {
        "title": row.text[:40],
        "pairs": [(_("称呼"), name), (_("联系方式"), contact)],
        "why": why,
        "back": reverse("console:showcase:inquiry_view", args=[uid]),
        "crumbs": presenting.crumbs(
            Crumb(_("网站留言"), reverse("console:showcase:inquiry_list")), Crumb(row.text[:20])
        ),
    }
    return render(request, "console/showcase/inquiry_unmask.html", context)


@require_http_methods(["GET", "POST"])
def inquiry_answer(request: FeidiRequest, uid: str) -> HttpResponse:
    """Say what was answered."""
    row = _open(request, uid)
    return save_page(
        request,
        template=FORM,
        form=AnswerForm(sent(request)),
        save=lambda data: answer_inquiry(actor=request.actor, now=request.now, inquiry=row, **data),
        done=_("已登记答复。"),
        onward=reverse("console:showcase:inquiry_view", args=[uid]),
        extra={"title": _("登记答复"), "subtitle": row.text[:80], "submit": _("保存")},
    )


@require_http_methods(["GET", "POST"])
def inquiry_turn(request: FeidiRequest, uid: str) -> HttpResponse:
    """Turn it into a need in matching (a draft) or a visit to the hall."""
    row = _open(request, uid)
    if row.kind == InquiryKind.VISIT:
        return _into_visit(request, row)
    return _into_need(request, row)


def _into_need(request: FeidiRequest, row: Inquiry) -> HttpResponse:
    def save(data: dict[str, Any]) -> None:
        act: dict[str, Any] = {"actor": request.actor, "now": request.now}
        with recorded(**act):
            firm = find_or_add_organization(outpost=row.outpost, name=data["organization"].strip(), **act)
            new = NewProfile(
                Side.NEED,
                ProfileKind(data["kind"]),
                data["title"],
                data["masked_text"],
                organization=firm,
                source=_("公开网站留言"),
                confirmed=False,
            )
            profile = add_profile(outpost=row.outpost, new=new, **act)
            answer_inquiry(inquiry=row, answer=_("转为需求草稿"), turned=Subject(PROFILE, profile.uid), **act)

    initial = {"organization": row.unit, "title": row.text[:40], "masked_text": row.text}
    return _turning(request, row, TurnNeedForm(sent(request), initial=initial), save, _("转为需求"))


def _into_visit(request: FeidiRequest, row: Inquiry) -> HttpResponse:
    def save(data: dict[str, Any]) -> None:
        act: dict[str, Any] = {"actor": request.actor, "now": request.now}
        plan = VisitPlan(
            delegation=data["delegation"],
            starts_at=datetime.combine(data["on"], data["begins"], SHANGHAI),
            ends_at=datetime.combine(data["on"], data["ends"], SHANGHAI),
            people=data["people"],
            purpose=row.text,
            language=row.language,
            guide=data["guide"],
        )
        with recorded(**act):
            visit = book_visit(outpost=row.outpost, plan=plan, **act)
            answer_inquiry(inquiry=row, answer=_("转为参观预约"), turned=Subject(VISIT, visit.uid), **act)

    wanted = row.wanted_at.astimezone(SHANGHAI) if row.wanted_at else None
    begins = wanted.time() if wanted else time(10)
    initial = {
        "delegation": row.unit or row.text[:40],
        "on": wanted.date() if wanted else None,
        "begins": begins,
        "ends": (datetime.combine(request.today, begins) + timedelta(hours=1)).time(),
        "people": row.people,
    }
    outposts = outposts_for(request.actor, EDIT).filter(pk=row.outpost_id)
    form = TurnVisitForm(sent(request), actor=request.actor, outposts=outposts, initial=initial)
    return _turning(request, row, form, save, _("转为参观预约"))


def _turning(request: FeidiRequest, row: Inquiry, form: Any, save: Any, title: str) -> HttpResponse:
    return save_page(
        request,
        template=FORM,
        form=form,
        save=save,
        done=_("已转办，留言办结。"),
        onward=reverse("console:showcase:inquiry_view", args=[row.uid]),
        extra={"title": title, "subtitle": row.text[:80], "submit": _("保存")},
    )
