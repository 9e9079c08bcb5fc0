"""媒体报道台账."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.models import Plaque
from feidi.domain.showcase.access import EDIT, PUBLISH, VIEW, VIEW_HOME
from feidi.domain.showcase.models import MediaReport
from feidi.domain.showcase.selectors.hall import MEDIA_SORTS, Filter, get_media_report, list_media_reports
from feidi.domain.showcase.services.media import Report, Shot, note_report, show_report, void_report
from feidi.portals.console.daily import outposts_for, plaques_of
from feidi.portals.console.lists import asked_of, chat_lines, listed, workbook
from feidi.portals.console.pipeline.views.saving import save_page, uploaded
from feidi.portals.console.showcase import presenting
from feidi.portals.console.showcase.forms import ALL, MediaFilterForm, MediaForm
from feidi.portals.console.showcase.publications import FORM, require_showcase
from feidi.portals.ui.pieces import Action, Crumb
from feidi.portals.ui.requests import FeidiRequest


def _wanted(request: FeidiRequest) -> tuple[MediaFilterForm, Filter, int]:
    outposts = outposts_for(request.actor, VIEW, VIEW_HOME)
    form = MediaFilterForm(request.GET, actor=request.actor, outposts=outposts)
    form.fields["plaque"].choices = [ALL, *plaques_of(outposts)]  # type: ignore[attr-defined]
    given, active = asked_of(form)
    outpost = given.get("outpost")
    wanted = Filter(
        words=given.get("words") or "", kind=given.get("plaque") or "", outpost_id=outpost.pk if outpost else None
    )
    return form, wanted, active


@require_GET
def media_list(request: FeidiRequest) -> HttpResponse:
    """The media ledger: date, medium, title, link, screenshot, which plaque."""
    require_showcase(request.actor)
    form, wanted, active = _wanted(request)
    rows = list_media_reports(request.actor, wanted)
    found = listed(request, rows, presenting.MEDIA_COLUMNS, presenting.media_rows, sorts=MEDIA_SORTS)
    new_url = reverse("console:showcase:media_new")
    first = [Action(_("登记报道"), new_url, "plus", tone="primary")] if request.actor.may(EDIT) else []
    context = {
        **found,
        "title": _("媒体报道台账"),
        "subtitle": _("只留链接和截图；网站只列媒体、标题、日期和链接。"),
        "form": form,
        "active": active,
        "clear_url": reverse("console:showcase:media_list"),
        "actions": [*first, presenting.export_action("console:showcase:media_export", request.GET.urlencode())],
        "copy_text": chat_lines(
            _("媒体报道 {total}").format(total=found["page"].total_text),
            (f"{each.cells['on']} {each.cells['medium']}《{each.cells['title']}》" for each in found["table"].rows),
        ),
        "empty_title": _("还没有登记报道"),
        "empty_text": _("每年总结都要这张表：见报当天登记，附上截图。"),
        "empty_url": new_url if request.actor.may(EDIT) else "",
        "empty_label": _("登记报道"),
        "bulk": "",
    }
    return render(request, "console/showcase/media_list.html", context)


@require_GET
def media_export(request: FeidiRequest) -> HttpResponse:
    """The ledger as a workbook; who took it is on record."""
    require_showcase(request.actor)
    rows = presenting.media_rows(list(list_media_reports(request.actor, _wanted(request)[1])[:5000]))
    return workbook(
        request,
        name="media",
        headers=[str(each.label) for each in presenting.MEDIA_COLUMNS],
        rows=([each.cells[column.code] for column in presenting.MEDIA_COLUMNS] for each in rows),
    )


@require_http_methods(["GET", "POST"])
def media_new(request: FeidiRequest) -> HttpResponse:
    """Enter a report."""
    require(request.actor, VIEW)
    require(request.actor, EDIT)

    def save(data: dict[str, Any]) -> None:
        outpost, upload, plaque = data.pop("outpost"), data.pop("screenshot"), data.pop("plaque")
        report = Report(
            **data,
            plaque=Plaque.objects.filter(outpost=outpost, code=plaque).first() if plaque else None,
            screenshot=Shot(upload.name or "", upload.read()) if upload else None,
        )
        note_report(actor=request.actor, now=request.now, outpost=outpost, report=report)

    outposts = outposts_for(request.actor, EDIT)
    form = MediaForm(*uploaded(request), actor=request.actor, outposts=outposts, initial={"reported_on": request.today})
    return save_page(
        request,
        template=FORM,
        form=form,
        save=save,
        done=_("已登记。"),
        onward=reverse("console:showcase:media_list"),
        fields={"showcase.link_not_web": "link", "showcase.media_known": "link"},
        extra={"title": _("登记报道"), "subtitle": _("转载是链接，不是复制。"), "submit": _("保存")},
    )


@require_GET
def media_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """One report."""
    row = get_media_report(request.actor, uid)
    scope = outpost_scope(row.outpost_id)
    context = {
        "row": row,
        "pairs": [
            (_("媒体"), row.medium),
            (_("报道日期"), row.reported_on),
            (_("记者或作者"), row.author),
            (_("转载自"), row.reprint_of),
            (_("牌子"), row.plaque.name if row.plaque else ""),
            (_("链接"), row.link),
            (_("网站列出"), _("是（{who}）").format(who=row.shown_by) if row.shown else _("否")),
            (_("登记人"), row.recorded_by),
            (_("备注"), row.note),
        ],
        "may_edit": request.actor.may(EDIT, scope) and row.voided_at is None,
        "may_show": request.actor.may(PUBLISH, scope) and row.voided_at is None,
        "may_read": request.actor.may("file.view"),
        "crumbs": presenting.crumbs(Crumb(_("媒体报道台账"), reverse("console:showcase:media_list")), Crumb(row.title)),
    }
    return render(request, "console/showcase/media_view.html", context)


def _editable(request: FeidiRequest, uid: str, permission: str) -> MediaReport:
    row = get_media_report(request.actor, uid)
    require(request.actor, permission, outpost_scope(row.outpost_id))
    return row


@require_POST
def media_show(request: FeidiRequest, uid: str) -> HttpResponse:
    """List it on the site, or no longer."""
    row = _editable(request, uid, PUBLISH)
    show_report(actor=request.actor, now=request.now, report=row, shown=not row.shown)
    messages.success(request, _("已列在网站上。") if not row.shown else _("网站不再列出。"))
    return redirect("console:showcase:media_view", uid)


@require_POST
def media_void(request: FeidiRequest, uid: str) -> HttpResponse:
    """Take an entry back."""
    row = _editable(request, uid, EDIT)
    void_report(actor=request.actor, now=request.now, report=row, reason=request.POST.get("reason", ""))
    messages.success(request, _("已作废。"))
    return redirect("console:showcase:media_list")
