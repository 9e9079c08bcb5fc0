"""Who registered: the list, one of them, registering on somebody's behalf, and what is done with a registration."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from feidi.domain.parties.access import outpost_scope
from feidi.domain.parties.models import Organization
from feidi.domain.roadshow.access import EDIT, UNMASK, may_edit
from feidi.domain.roadshow.enums import RegisteredBy, RegistrationState
from feidi.domain.roadshow.models import Activity
from feidi.domain.roadshow.selectors.activity_lists import RegistrationFilter, list_registrations, with_entries
from feidi.domain.roadshow.selectors.activity_rules import activity_rules
from feidi.domain.roadshow.selectors.tickets import is_live
from feidi.domain.roadshow.services.knowing import known_organization
from feidi.domain.roadshow.services.registrations import (
    Registrant,
    cancel_registration,
    link_registrant,
    register,
    resend_ticket,
)
from feidi.domain.roadshow.services.sealed import erase_registrant, unmask_registrant
from feidi.engines.findings import refuse
from feidi.portals.console.daily import outposts_for
from feidi.portals.console.events import presenting
from feidi.portals.console.events.asking import (
    FORM,
    crumbs_of,
    editable,
    editable_registrant,
    registrant,
    staffed,
)
from feidi.portals.console.events.forms import LinkForm, RegistrantForm, RegistrationFilterForm
from feidi.portals.console.lists import asked_of, chat_lines, listed, workbook
from feidi.portals.console.pipeline.views.saving import save_page, sent
from feidi.portals.console.words import say
from feidi.portals.ui.pieces import Action, Badge, Crumb
from feidi.portals.ui.requests import FeidiRequest

_FIELDS = {
    "roadshow.consent_needed": "consent",
    "roadshow.name_needed": "name",
    "roadshow.contact_needed": "phone",
    "roadshow.mail_malformed": "mail",
    "roadshow.registered_already": "phone",
    "parties.phone_malformed": "phone",
}


def _url(uid: str) -> str:
    return reverse("console:events:registration_view", args=[uid])


def _wanted(request: FeidiRequest) -> tuple[RegistrationFilterForm, RegistrationFilter, int]:
    form = RegistrationFilterForm(request.GET)
    given, active = asked_of(form)
    return form, RegistrationFilter(**{name: given.get(name) or "" for name in ("words", "state", "came")}), active


def _actions(request: FeidiRequest, row: Activity) -> list[Action]:
    at = {name: reverse(f"console:events:{name}", args=[row.uid]) for name in ("registration_new", "badge_print")}
    first = [Action(_("代为报名"), at["registration_new"], "plus", tone="primary")]
    address = f"{reverse('console:events:registration_export', args=[row.uid])}?{request.GET.urlencode()}"
    return [
        *(first if may_edit(request.actor, row) and is_live(row) else []),
        Action(_("胸卡"), at["badge_print"], "id-badge-2"),
        Action(_("签到表"), reverse("console:events:sign_in_download", args=[row.uid]), "file-text"),
        Action(_("导出本列表"), address, "database-export"),
    ]


@require_GET
def registration_list(request: FeidiRequest, uid: str) -> HttpResponse:
    """Registrants of an activity in order; contacts masked."""
    row = staffed(request, uid)
    form, wanted, active = _wanted(request)
    rows = list_registrations(row, wanted)
    found = listed(request, rows, presenting.PEOPLE, presenting.people_rows, sorts=presenting.PEOPLE_SORTS)
    shown = (f"{each.cells['name']} {each.cells['organization']}".strip() for each in found["table"].rows)
    context = {
        **found,
        "row": row,
        "title": _("报名名单"),
        "subtitle": row.title_zh,
        "form": form,
        "active": active,
        "clear_url": reverse("console:events:registration_list", args=[uid]),
        "actions": _actions(request, row),
        "copy_text": chat_lines(f"{row.title_zh} {found['page'].total_text}", shown),
        "empty_title": _("没有这样的报名"),
        "empty_text": _("公开页上报了名的人会出现在这里；打电话来的可以代为报名。"),
        "empty_url": "",
        "empty_label": "",
        "bulk": "",
    }
    return render(request, "console/events/registration_list.html", context)


@require_GET
def registration_export(request: FeidiRequest, uid: str) -> HttpResponse:
    """The listed registrants with their answers as a workbook, contacts masked; who took it is on record."""
    row = staffed(request, uid)
    people = list(list_registrations(row, _wanted(request)[1]))
    asked = [label for label, _words in presenting.answers_of(people[0])] if people else []
    drawn = presenting.people_rows(people)
    return workbook(
        request,
        name=f"registrations-{row.number}",
        headers=[*(str(each.label) for each in presenting.PEOPLE), *asked],
        rows=(
            [
                *(line.cells[column.code] for column in presenting.PEOPLE if column.code != "registered"),
                one.registered_at.date(),
                *(words for _label, words in presenting.answers_of(one)),
            ]
            for line, one in zip(drawn, people, strict=True)
        ),
    )


@require_http_methods(["GET", "POST"])
def registration_new(request: FeidiRequest, uid: str) -> HttpResponse:
    """Register somebody who called."""
    row = editable(request, uid)

    def save(data: dict[str, Any]) -> None:
        given: dict[str, Any] = {"actor": request.actor, "now": request.now, "activity": row}
        register(registrant=Registrant(**data), origin=RegisteredBy.STAFF, **given)

    return save_page(
        request,
        template=FORM,
        form=RegistrantForm(sent(request)),
        save=save,
        done=_("已报名；有邮箱的，票已寄出。"),
        onward=reverse("console:events:registration_list", args=[uid]),
        fields=_FIELDS,
        extra={
            "title": _("代为报名"),
            "subtitle": say(activity_rules(row.outpost).consent),
            "submit": _("报名"),
        },
    )


@require_GET
def registration_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """One registrant: how they stand, what they answered, whom they met."""
    found = registrant(request, uid)
    row = with_entries(type(found).objects.filter(pk=found.pk)).get()
    row.activity, row.project, row.person = found.activity, found.project, found.person
    activity = found.activity
    edits = may_edit(request.actor, activity) and row.erased_at is None
    state = RegistrationState(row.state)
    context = {
        "row": row,
        "activity": activity,
        "badges": [Badge(str(state.label), "quiet" if state is RegistrationState.CANCELLED else "ok")],
        "pairs": _pairs(row),
        "answers": [(label, words or _("没有回答")) for label, words in presenting.answers_of(row)],
        "entries": row.entries,  # type: ignore[attr-defined]
        "met": _met(row),
        "may": edits,
        "may_unmask": edits and request.actor.may(UNMASK, outpost_scope(activity.outpost_id)),
        "may_cancel": edits and is_live(activity) and state is not RegistrationState.CANCELLED,
        "may_void": edits and is_live(activity),
        "crumbs": [*crumbs_of(activity, _("报名名单"))[:-1], *_way(row.activity, row.code)],
    }
    return render(request, "console/events/registration_view.html", context)


def _way(activity: Activity, code: str) -> list[Crumb]:
    return [Crumb(_("报名名单"), reverse("console:events:registration_list", args=[activity.uid])), Crumb(code)]


def _pairs(row: Any) -> list[tuple[str, Any]]:
    return [
        (_("序号"), row.position),
        (_("票号"), row.code),
        (_("单位"), row.organization_name),
        (_("职务"), row.title),
        (_("手机"), row.phone_hint or _("没有留")),
        (_("邮箱"), row.mail_hint or _("没有留")),
        (_("来自"), row.get_origin_display()),
        (_("报名时间"), row.registered_at),
        (_("递补时间"), row.promoted_at),
        (_("取消"), f"{row.cancelled_by} {row.cancelled_reason}".strip()),
        (_("登记为单位"), row.organization.name if row.organization else _("未对上")),
        (_("登记为项目"), row.project.name if row.project else ""),
    ]


def _met(row: Any) -> list[Any]:
    left = row.meetings_left.filter(voided_at__isnull=True).select_related("right")
    right = row.meetings_right.filter(voided_at__isnull=True).select_related("left")
    return [*((each, each.right) for each in left), *((each, each.left) for each in right)]


@require_http_methods(["GET", "POST"])
def registration_link(request: FeidiRequest, uid: str) -> HttpResponse:
    """Say whom the outpost knows a registrant as."""
    row = editable_registrant(request, uid)

    def save(data: dict[str, Any]) -> None:
        link_registrant(
            actor=request.actor,
            now=request.now,
            registration=row,
            version=data["version"],
            organization=_known(row.activity.outpost_id, data["organization"]),
            project=data["project"],
        )

    initial = {
        "version": row.version,
        "organization": row.organization.name if row.organization else row.organization_name,
        "project": row.project,
    }
    outposts = outposts_for(request.actor, EDIT)
    return save_page(
        request,
        template=FORM,
        form=LinkForm(sent(request), actor=request.actor, outposts=outposts, initial=initial),
        save=save,
        done=_("已对上。"),
        onward=_url(uid),
        fields={"roadshow.organization_unknown": "organization", "roadshow.other_outpost": "project"},
        extra={"title": _("对上单位和项目"), "subtitle": row.name, "submit": _("保存")},
    )


def _known(outpost_id: int, name: str) -> Organization | None:
    if not name.strip():
        return None
    found = known_organization(outpost_id, name)
    if found is None:
        raise refuse("roadshow.organization_unknown", name=name.strip()[:60])
    return found


@never_cache
@require_POST
def registration_unmask(request: FeidiRequest, uid: str) -> HttpResponse:
    """Show phone and mail, with the reason on record."""
    row = editable_registrant(request, uid)
    why = request.POST.get("reason", "")
    seen = unmask_registrant(actor=request.actor, now=request.now, registration=row, why=why)
    context = {"row": row, "seen": seen, "crumbs": [*crumbs_of(row.activity, row.code)]}
    return render(request, "console/events/registration_unmask.html", context)


@require_POST
def registration_resend(request: FeidiRequest, uid: str) -> HttpResponse:
    """Send the ticket once more."""
    row = editable_registrant(request, uid)
    if resend_ticket(actor=request.actor, now=request.now, registration=row):
        messages.success(request, _("票已再寄一次。"))
    else:
        messages.warning(request, _("没有留邮箱，寄不出；请报票号 {code}。").format(code=row.code))
    return redirect(_url(uid))


@require_POST
def registration_cancel(request: FeidiRequest, uid: str) -> HttpResponse:
    """Take somebody out; whoever waits first moves up."""
    row = editable_registrant(request, uid)
    reason = request.POST.get("reason", "")
    cancel_registration(actor=request.actor, now=request.now, registration=row, reason=reason)
    messages.success(request, _("已取消，候补的人按先后递补。"))
    return redirect(_url(uid))


@require_POST
def registration_erase(request: FeidiRequest, uid: str) -> HttpResponse:
    """Destroy what is personal of a registrant, at their wish."""
    row = editable_registrant(request, uid)
    erase_registrant(actor=request.actor, now=request.now, registration=row, reason=request.POST.get("reason", ""))
    messages.success(request, _("个人数据已删除。"))
    return redirect(_url(uid))
