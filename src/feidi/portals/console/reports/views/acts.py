"""What is done with a report: texts edited, taken anew, approved, sent, archived, revised, taken back, a copy checked."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.reporting.enums import ReportFormat
from feidi.domain.reporting.selectors.reports import body_of, group_of
from feidi.domain.reporting.services.papers import ISSUE
from feidi.domain.reporting.services.report_delivery import may_deliver
from feidi.domain.reporting.services.report_sending import Sending, send_report
from feidi.domain.reporting.services.reports import (
    approve_report,
    archive_report,
    check_copy,
    edit_texts,
    refresh_report,
    revise_report,
    shown_text,
    void_report,
)
from feidi.kernel.notify.services import robots_of
from feidi.portals.console.papers.forms import FileForm
from feidi.portals.console.pipeline.views.saving import save_page, sent, uploaded
from feidi.portals.console.reports import presenting
from feidi.portals.console.reports.access import report_for
from feidi.portals.console.reports.forms import SendForm, TextsForm
from feidi.portals.console.reports.views.reports import done, report_page
from feidi.portals.ui.requests import FeidiRequest


@require_http_methods(["GET", "POST"])
def text_edit(request: FeidiRequest, uid: str) -> HttpResponse:
    """Edit the texts of a draft; figures stand in brackets and stay as they are."""
    report = report_for(request.actor, uid)
    require(request.actor, ISSUE, outpost_scope(report.outpost_id))
    body = body_of(report)
    texts = [(block.code, section.heading, shown_text(body, block.template)) for section, block in body.texts()]
    form = TextsForm(sent(request), texts=texts, initial={"version": report.version})

    def save(data: dict[str, Any]) -> None:
        version = data.pop("version")
        edit_texts(actor=request.actor, now=request.now, report=report, texts=data, version=version)

    return save_page(
        request,
        template="console/reports/text_edit.html",
        form=form,
        save=save,
        done=_("文字已保存，数字没有动。"),
        onward=reverse("console:reports:report_view", args=[uid]),
        extra={"report": report, "crumbs": presenting.crumbs(report.number)},
    )


@require_POST
def report_refresh(request: FeidiRequest, uid: str) -> HttpResponse:
    """Take the figures of a draft anew, as of the same day."""
    report = report_for(request.actor, uid)
    refresh_report(actor=request.actor, now=request.now, report=report)
    return done(request, report, _("已重新取数，改过的文字保留。"))


@require_POST
def report_approve(request: FeidiRequest, uid: str) -> HttpResponse:
    """Approve a draft that another has made; its files are made and nothing changes any more."""
    report = report_for(request.actor, uid)
    version = request.POST.get("version", "")
    seen = int(version) if version.isdecimal() else 0
    approve_report(actor=request.actor, now=request.now, report=report, version=seen)
    return done(request, report, _("已批准，三种文件已生成并留存。"))


@require_http_methods(["GET", "POST"])
def report_send(request: FeidiRequest, uid: str) -> HttpResponse:
    """Send an approved report by mail and to chat groups."""
    report = report_for(request.actor, uid)
    require(request.actor, ISSUE, outpost_scope(report.outpost_id))
    robots = robots_of(group_of(report.outpost))
    home = _("送{home}收件页").format(home=report.outpost.home.name_zh) if may_deliver(report) else ""
    form = SendForm(sent(request), robots=robots, plan=report.plan, home=home)

    def save(data: dict[str, Any]) -> None:
        sending = Sending(
            data["addresses"],
            data.get("robots", ()),
            [ReportFormat(each) for each in data["forms_chosen"]],
            planned=bool(data.get("planned")),
            to_home=bool(data.get("to_home")),
        )
        send_report(actor=request.actor, now=request.now, report=report, sending=sending)

    return save_page(
        request,
        template="console/reports/report_send.html",
        form=form,
        save=save,
        done=_("已交后台发送；同一版对同一收件人只发一次。"),
        onward=reverse("console:reports:report_view", args=[uid]),
        extra={"report": report, "crumbs": presenting.crumbs(report.number), "chat": body_of(report).chat},
    )


@require_POST
def report_archive(request: FeidiRequest, uid: str) -> HttpResponse:
    """Put an approved report into the archive."""
    report = report_for(request.actor, uid)
    archive_report(actor=request.actor, now=request.now, report=report)
    return done(request, report, _("已归档，可随时核验。"))


@require_POST
def report_revise(request: FeidiRequest, uid: str) -> HttpResponse:
    """Make the next revision; the old one stays as it was."""
    report = report_for(request.actor, uid)
    new = revise_report(actor=request.actor, now=request.now, report=report)
    return done(request, new, _("第 {n} 版草稿已建，旧版留存。").format(n=new.revision))


@require_POST
def report_void(request: FeidiRequest, uid: str) -> HttpResponse:
    """Take a report back with a reason."""
    report = report_for(request.actor, uid)
    void_report(actor=request.actor, now=request.now, report=report, reason=request.POST.get("reason", ""))
    return done(request, report, _("已作废。"))


@require_POST
def report_check(request: FeidiRequest, uid: str) -> HttpResponse:
    """Take an edited copy in and tell every number that does not agree."""
    report = report_for(request.actor, uid)
    form = FileForm(*uploaded(request), label=_("改稿（.docx）"))
    require(request.actor, ISSUE, outpost_scope(report.outpost_id))
    if not form.is_valid():
        return report_page(request, report, form, status=422)
    file = form.cleaned_data["file"]
    kept = check_copy(actor=request.actor, now=request.now, report=report, name=file.name, data=file.read())
    wrong = len(kept.mismatches)
    messages.info(request, _("{n} 处要看").format(n=wrong) if wrong else _("改稿数字一致"))
    return redirect(f"{reverse('console:reports:report_view', args=[uid])}#check")
