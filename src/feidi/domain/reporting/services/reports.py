"""Verbs of a periodic report: drafted, its texts edited, approved by another, taken back, superseded, archived."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, time
from typing import Any, Final

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.models import Outpost
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.parties.services.numbering import next_number
from feidi.domain.reporting.enums import ReportFormat, ReportState
from feidi.domain.reporting.models import Report, ReportFile, ReportPlan
from feidi.domain.reporting.report_periods import read_term
from feidi.domain.reporting.selectors.report_body import ReportBody, body_as_json, body_from_json, pieces_of
from feidi.domain.reporting.selectors.report_content import ReportKind, report_content
from feidi.domain.reporting.selectors.reports import body_of, digest_of
from feidi.domain.reporting.services.papers import ISSUE, kept_findings
from feidi.domain.reporting.services.report_building import Order, build_body, order_of
from feidi.domain.reporting.services.report_rendering import Stamp, render
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded
from feidi.kernel.documents.office.checking import check_figures
from feidi.kernel.documents.office.reading import paper_reference
from feidi.kernel.files.services import path_of, store_upload
from feidi.kernel.subjects import Subject

KIND: Final = "reporting.report"
APPROVE: Final = "report.approve"
_MOST: Final = 4000
#: A figure as a person sees it while editing: 【本年累计签约：11个】. It stays as it is or goes.
_SHOWN: Final = re.compile(r"【([^【】]*)】")


def draft_report(*, actor: Actor, now: datetime, order: Order, plan: ReportPlan | None = None) -> Report:
    """Build a report and keep it as a draft with its number.

    Refused: no permission, nothing at all on record, a report of the period that still stands (make a revision of it).
    """
    require(actor, ISSUE, outpost_scope(order.outpost.pk))
    body = build_body(actor, order)
    if body.empty:
        raise refuse("reports.nothing", period=order.term.words)
    with recorded(actor=actor, now=now) as unit:
        Outpost.objects.select_for_update(of=("self",)).get(pk=order.outpost.pk)
        standing = _standing(order)
        if standing is not None:
            raise refuse("reports.there", number=standing.number)
        n = _next_number(order)
        row = _row(actor, now, order, body)
        row.plan, row.number = plan, _numbered(order.kind.number, order, n)
        row.issue = order.kind.issue.replace("{n}", str(n))
        row.save()
        unit.created(row, kind=KIND)
    return row


def _standing(order: Order) -> Report | None:
    rows = Report.objects.filter(outpost=order.outpost, kind=order.kind.code, plaque=order.plaque)
    return rows.filter(period_from=order.term.start, as_of=order.as_of, voided_at__isnull=True).first()


def _row(actor: Actor, now: datetime, order: Order, body: ReportBody) -> Report:
    return Report(
        outpost=order.outpost,
        kind=order.kind.code,
        plaque=order.plaque,
        period=order.term.code,
        period_from=order.term.start,
        as_of=order.as_of,
        title=body.title[:160],
        body=body_as_json(body),
        made_by_id_number=actor.user_id or 0,
        made_by=actor.label[:160],
        created_at=now,
    )


def _next_number(order: Order) -> int:
    """Take the next number of the kind in the year that the report is about."""
    day = datetime.combine(order.as_of, time(12), SHANGHAI)
    return next_number(outpost=order.outpost, series=f"R:{order.kind.code}", now=day)


def _numbered(template: str, order: Order, n: int) -> str:
    return template.replace("{year}", str(order.as_of.year)).replace("{n}", str(n))


def kind_of(report: Report) -> ReportKind:
    """Return the kind of a report as content had it on the day it was made."""
    return report_content(report.outpost, report.created_at.astimezone(SHANGHAI).date()).kind(report.kind)


def order_for(report: Report, now: datetime) -> Order:
    """Return the order by which a report would be built anew, as of the same day."""
    kind = kind_of(report)
    term = read_term(kind.period, report.period)
    return order_of(report.outpost, kind, term, now, as_of=report.as_of, plaque=report.plaque)


def shown_text(body: ReportBody, template: str) -> str:
    """Return a text as a person edits it: each figure in brackets with its name and value."""
    lines = (pieces_of(body, line) for line in template.splitlines())
    return "\n".join(
        "".join(f"【{each.figure.label}：{each.text}】" if each.figure else each.text for each in pieces)
        for pieces in lines
    )


def edit_texts(*, actor: Actor, now: datetime, report: Report, texts: Mapping[str, str], version: int) -> Report:
    """Keep a person's texts. Figures stand in brackets and stay as they are, or go; a number typed anew is told by the
    check.

    Refused: no permission, no draft, changed by another since, a text that does not exist, a figure altered, too long.
    """
    require(actor, ISSUE, outpost_scope(report.outpost_id))
    with recorded(actor=actor, now=now) as unit:
        row = _locked(report)
        _require_draft(row)
        if row.version != version:
            raise refuse("reports.changed", number=row.number)
        body = body_from_json(row.body)
        known = {block.code: (section.heading, block) for section, block in body.texts()}
        before, kept = unit.before(row), dict(row.texts)
        for code, text in texts.items():
            if code not in known:
                raise refuse("reports.text_unknown", code=code[:40])
            heading, block = known[code]
            given = _read(body, heading, text)
            if given == "\n".join(block.template.splitlines()).strip():
                kept.pop(code, None)
            else:
                kept[code] = given
        row.texts, row.version = kept, row.version + 1
        row.save(update_fields=["texts", "version"])
        unit.changed(row, kind=KIND, before=before, action="edited")
    return row


def _read(body: ReportBody, heading: str, text: str) -> str:
    plain = "\n".join(text.strip().splitlines()).replace("{", "｛").replace("}", "｝")
    if len(plain) > _MOST:
        raise refuse("reports.text_too_long", heading=heading, n=len(plain), most=_MOST)
    by_words = {f"{each.label}：{each.text}": name for name, each in reversed(list(body.figures.items()))}

    def token(found: re.Match[str]) -> str:
        if found[1] not in by_words:
            raise refuse("reports.text_figure_changed", found=found[1][:60])
        return f"{{{by_words[found[1]]}}}"

    return _SHOWN.sub(token, plain)


def refresh_report(*, actor: Actor, now: datetime, report: Report) -> Report:
    """Build a draft anew as of the same day; a person's texts stay, their figures are the new ones."""
    require(actor, ISSUE, outpost_scope(report.outpost_id))
    _require_draft(report)
    body = build_body(actor, order_for(report, now))
    with recorded(actor=actor, now=now) as unit:
        row = _locked(report)
        _require_draft(row)
        before = unit.before(row)
        row.body, row.title, row.version = body_as_json(body), body.title[:160], row.version + 1
        row.save(update_fields=["body", "title", "version"])
        unit.changed(row, kind=KIND, before=before, action="refreshed")
    return row


def stamp_of(report: Report, at: datetime | None = None) -> Stamp:
    """Return what stands around a report's renderings."""
    draft = report.state == ReportState.DRAFT
    moment = report.approved_at or at or report.created_at
    return Stamp(report.number, report.issue, report.uid, moment, draft=draft)


def file_name(report: Report, form: str) -> str:
    """Return what a report's file is called."""
    again = f"（第{report.revision}版）" if report.revision > 1 else ""
    return f"{report.title}{again}（截至{report.as_of:%Y%m%d}）.{form}"


def approve_report(*, actor: Actor, now: datetime, report: Report, version: int) -> Report:
    """Approve a draft as it stands and make its files: from now on nothing of it changes.

    Refused: no permission, one's own report, no draft, changed since it was read, a missing Chinese font.
    """
    require(actor, APPROVE, outpost_scope(report.outpost_id))
    _require_draft(report)
    if actor.user_id is None or actor.user_id == report.made_by_id_number:
        raise refuse("reports.own_report", number=report.number)
    body = body_of(report)
    stamp = replace(stamp_of(report), at=now, draft=False)
    # rendered before the transaction: no lock is held meanwhile
    made = {form: render(body, stamp, form) for form in ReportFormat}
    with recorded(actor=actor, now=now) as unit:
        row = _locked(report)
        _require_draft(row)
        if row.version != version or (row.body, row.texts) != (report.body, report.texts):
            raise refuse("reports.changed", number=row.number)
        before = unit.before(row)
        kept = {form.value: _keep(actor, now, row, form, data) for form, data in made.items()}
        row.state, row.approved_at, row.approved_by = ReportState.APPROVED, now, actor.label[:160]
        row.approved_by_id_number, row.sha256 = actor.user_id, digest_of(row, kept)
        row.version += 1
        row.save(update_fields=["state", "approved_at", "approved_by", "approved_by_id_number", "sha256", "version"])
        unit.changed(row, kind=KIND, before=before, action="approved")
    return row


def _keep(actor: Actor, now: datetime, row: Report, form: ReportFormat, data: bytes) -> str:
    file = store_upload(
        actor=actor,
        now=now,
        subject=Subject(KIND, row.uid),
        name=file_name(row, form.value),
        chunks=[data],
        # our own 简报 bears a number like a red-head document: said as the reason
        reason=f"本系统出具的报表 {row.number}",
    )
    ReportFile.objects.create(report=row, form=form, file=file, sha256=file.sha256, created_at=now)
    return file.sha256


def archive_report(*, actor: Actor, now: datetime, report: Report) -> Report:
    """Put an approved report into the archive. Refused: no permission, not approved, archived before."""
    require(actor, ISSUE, outpost_scope(report.outpost_id))
    with recorded(actor=actor, now=now) as unit:
        row = _locked(report)
        require_approved(row)
        if row.state == ReportState.ARCHIVED:
            raise refuse("reports.archived_already", number=row.number)
        before = unit.before(row)
        row.state, row.archived_at, row.archived_by = ReportState.ARCHIVED, now, actor.label[:160]
        row.version += 1
        row.save(update_fields=["state", "archived_at", "archived_by", "version"])
        unit.changed(row, kind=KIND, before=before, action="archived")
    return row


def revise_report(*, actor: Actor, now: datetime, report: Report) -> Report:
    """Make the next revision of an approved report: a new draft of the same day out of today's rows; the old one stays.

    Refused: no permission, still a draft, taken back, superseded already.
    """
    require(actor, ISSUE, outpost_scope(report.outpost_id))
    require_approved(report)
    order = order_for(report, now)
    body = build_body(actor, order)
    with recorded(actor=actor, now=now) as unit:
        old = _locked(report)
        later = Report.objects.filter(supersedes=old, voided_at__isnull=True).first()
        if later is not None:
            raise refuse("reports.superseded", number=old.number, revision=later.revision)
        row = _row(actor, now, order, body)
        row.number, row.issue, row.plan = old.number, old.issue, old.plan
        row.revision, row.supersedes = _next_revision(old), old
        names = {block.code for _section, block in body.texts()}
        row.texts = {code: text for code, text in old.texts.items() if code in names}
        row.save()
        unit.created(row, kind=KIND)
    return row


def _next_revision(old: Report) -> int:
    rows = Report.objects.filter(outpost_id=old.outpost_id, number=old.number).order_by("-revision")
    return int(rows.values_list("revision", flat=True)[0]) + 1


def void_report(*, actor: Actor, now: datetime, report: Report, reason: str) -> Report:
    """Take a report back; its number stays taken. Refused: no permission, no reason, archived, taken back before."""
    require(actor, ISSUE, outpost_scope(report.outpost_id))
    if not reason.strip():
        raise refuse("reports.void_needs_reason")
    with recorded(actor=actor, now=now) as unit:
        row = _locked(report)
        _refuse_voided(row)
        if row.state == ReportState.ARCHIVED:
            raise refuse("reports.archived_already", number=row.number)
        before = unit.before(row)
        row.voided_at, row.void_reason, row.version = now, reason.strip()[:500], row.version + 1
        row.save(update_fields=["voided_at", "void_reason", "version"])
        unit.changed(row, kind=KIND, before=before, reason=row.void_reason, action="voided")
    return row


def check_copy(*, actor: Actor, now: datetime, report: Report, name: str, data: bytes) -> Report:
    """Compare a .docx edited outside with the report; keep the file and what does not agree.

    Refused: no permission, taken back, no .docx, another paper's copy, a file that bears a secrecy mark.
    """
    require(actor, ISSUE, outpost_scope(report.outpost_id))
    _refuse_voided(report)
    if not name.lower().endswith(".docx"):
        raise refuse("papers.other_kind_of_file", name=name)
    found = paper_reference(data, name=name)
    if found and found != report.uid:
        raise refuse("papers.other_paper", found=found, number=report.number)
    body = body_of(report)
    figures = [each for each in (figure.issued for figure in body.figures.values()) if each is not None]
    checked = check_figures(data, figures, _issued(report, body), name=name)
    with recorded(actor=actor, now=now) as unit:
        row = _locked(report)
        before = unit.before(row)
        row.edited = store_upload(
            actor=actor,
            now=now,
            subject=Subject(KIND, row.uid),
            name=name,
            chunks=[data],
            reason=f"{row.number} 的改稿，上传核对数字",
        )
        row.mismatches, row.version = kept_findings(checked), row.version + 1
        row.save(update_fields=["edited", "mismatches", "version"])
        unit.changed(row, kind=KIND, before=before, action="checked")
    return row


def _issued(report: Report, body: ReportBody) -> bytes:
    kept = report.files.filter(form=ReportFormat.DOCX).select_related("file").first()
    return path_of(kept.file).read_bytes() if kept else render(body, stamp_of(report), ReportFormat.DOCX)


def require_approved(row: Report) -> None:
    """Refuse a report that is taken back or was not approved."""
    _refuse_voided(row)
    if row.state == ReportState.DRAFT:
        raise refuse("reports.not_approved", number=row.number)


def _require_draft(row: Report) -> None:
    _refuse_voided(row)
    if row.state != ReportState.DRAFT:
        raise refuse("reports.not_draft", number=row.number, state=str(ReportState(row.state).label))


def _refuse_voided(row: Report) -> None:
    if row.voided_at is not None:
        raise refuse("reports.voided", number=row.number, reason=row.void_reason)


def _locked(report: Report) -> Report:
    rows: Any = Report.objects.select_for_update(of=("self",)).select_related("outpost__home", "outpost__host")
    row: Report = rows.get(pk=report.pk)
    return row
