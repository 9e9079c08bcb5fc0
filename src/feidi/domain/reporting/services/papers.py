"""Issuing a paper, taking it back, and checking the copy that comes back edited from WPS."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.conf import settings

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.models import Outpost
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.reporting.models import IssuedPaper
from feidi.domain.reporting.selectors.paper_content import PaperContent, PaperForm, paper_content
from feidi.domain.reporting.selectors.paper_lists import lists_of
from feidi.domain.reporting.selectors.papers import Snapshot, figure_as_json, figure_from_json, snapshot_under
from feidi.domain.reporting.services.paper_writing import (
    Frame,
    Wording,
    blocks_as_json,
    chat_figures,
    number_words,
    write_chat,
    write_paper,
)
from feidi.engines.findings import Finding, Level, refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded
from feidi.kernel.documents.office.checking import Checked, Mismatch, Unsourced, check_figures
from feidi.kernel.documents.office.paper_checks import check_paper, figures_of
from feidi.kernel.documents.office.papers import Paper
from feidi.kernel.documents.office.reading import paper_reference
from feidi.kernel.files.services import path_of, store_upload
from feidi.kernel.subjects import Subject, new_uid

ISSUE: Final = "report.issue"
KIND: Final = "reporting.paper"


@dataclass(frozen=True, slots=True)
class Issue:
    """What is issued: which kind, under which plaque, in whose words. ``run`` binds what one press made."""

    kind: str
    plaque: str
    wording: Wording
    run: str = ""


def issue_paper(*, actor: Actor, now: datetime, snapshot: Snapshot, issue: Issue) -> IssuedPaper:
    """Write one paper of a snapshot, number it, keep its file and its figures. Head and figures are the same plaque's.

    Refused: no permission, a day to come, a kind or plaque this place has not, a 请示 or 函 without 事由 or text.
    """
    outpost = snapshot.outpost
    require(actor, ISSUE, outpost_scope(outpost.pk))
    refuse_future(snapshot, now)
    snapshot = snapshot_under(actor, snapshot, issue.plaque)
    content = paper_content(outpost, snapshot.as_of)
    kind = content.kind(issue.kind)
    _check_wording(kind, issue.wording)
    wording = Wording(issue.wording.fields, lists_of(actor, snapshot, _lists(kind)))
    with recorded(actor=actor, now=now) as unit:
        row = _row(actor, now, snapshot, issue)
        number = _next_number(snapshot, kind)
        row.number = number_words(kind.number, snapshot.as_of.year, number)
        frame = Frame(
            content.head(outpost, snapshot.plaque),
            row.number,
            kind.issue.replace("{n}", str(number)),
            row.uid,
            bool(settings.FEIDI_DEMONSTRATION),
        )
        paper = write_paper(kind, snapshot, wording, frame)
        _fill_row(row, paper, snapshot, content, issue)
        row.file = _keep(actor, now, row, paper)
        row.save()
        unit.created(row, kind=KIND)
    return row


def refuse_future(snapshot: Snapshot, now: datetime) -> None:
    """Refuse a day that has not come."""
    if snapshot.as_of > now.astimezone(SHANGHAI).date():
        raise refuse("papers.future", as_of=snapshot.as_of.isoformat())


def _check_wording(kind: PaperForm, wording: Wording) -> None:
    label = kind.label["zh"]
    if "subject" in kind.fields and not wording.text("subject"):
        raise refuse("papers.subject_missing", kind=label)
    if "body" in kind.fields and not wording.text("body"):
        raise refuse("papers.body_missing", kind=label)


def _lists(kind: PaperForm) -> tuple[str, ...]:
    return tuple(each.list for each in kind.sections if each.list)


def _row(actor: Actor, now: datetime, snapshot: Snapshot, issue: Issue) -> IssuedPaper:
    return IssuedPaper(
        outpost=snapshot.outpost,
        plaque=snapshot.plaque,
        kind=issue.kind,
        as_of=snapshot.as_of,
        period_from=snapshot.term.start,
        issued_by=actor.label[:160],
        created_at=now,
    )


def _next_number(snapshot: Snapshot, kind: PaperForm) -> int:
    """Return the next number of the kind in the year; the outpost's row is locked, so that none is given twice."""
    outpost = Outpost.objects.select_for_update().get(pk=snapshot.outpost.pk)
    taken = set(
        IssuedPaper.objects.filter(outpost=outpost, kind=kind.code, as_of__year=snapshot.as_of.year).values_list(
            "number", flat=True
        )
    )
    number = len(taken) + 1
    while number_words(kind.number, snapshot.as_of.year, number) in taken:
        number += 1
    return number


def _fill_row(row: IssuedPaper, paper: Paper, snapshot: Snapshot, content: PaperContent, issue: Issue) -> None:
    chat = write_chat(content, snapshot, issue.wording)
    # what the chat text rests on is kept too: the three say the same
    used = {each.id: each for each in (*figures_of(paper), *chat_figures(content, snapshot))}
    row.title = paper.title.replace("\n", "")[:160]
    row.chat_text = chat.text
    row.figures = [figure_as_json(each, snapshot.rows.get(each.id, ())) for each in used.values()]
    notes = [{"code": each.code, "params": dict(each.params), "level": each.level.value} for each in check_paper(paper)]
    frame = {
        "kind": "frame",
        "run": issue.run or new_uid(),
        "span": snapshot.span,
        "plaque": snapshot.plaque,
        "addressees": list(paper.addressees),
        "signature": paper.signature,
        "issue": paper.masthead.issue if paper.masthead else "",
        "masthead": paper.masthead.name if paper.masthead else "",
        "copies": [{"word": each.word, "to": list(each.to)} for each in paper.copies],
        "dropped": list(chat.dropped),
        "findings": notes,
    }
    row.paragraphs = [frame, *blocks_as_json(paper)]


def _keep(actor: Actor, now: datetime, row: IssuedPaper, paper: Paper) -> Any:
    from feidi.kernel.documents.office.rendering import render_paper  # noqa: PLC0415 - python-docx is slow to load

    # our own 函 and 简报 bear a number like a red-head document: said as the reason
    return store_upload(
        actor=actor,
        now=now,
        subject=Subject(KIND, row.uid),
        name=f"{row.title}（{row.as_of:%Y%m%d}）.docx",
        chunks=[render_paper(paper)],
        reason=f"本系统出具的文稿 {row.number}",
    )


def void_paper(*, actor: Actor, now: datetime, paper: IssuedPaper, reason: str) -> IssuedPaper:
    """Take a paper back; its number stays taken. Refused: no permission, no reason, taken back before."""
    require(actor, ISSUE, outpost_scope(paper.outpost_id))
    if not reason.strip():
        raise refuse("papers.void_needs_reason", number=paper.number)
    with recorded(actor=actor, now=now) as unit:
        row = IssuedPaper.objects.select_for_update().get(pk=paper.pk)
        _refuse_voided(row)
        before = unit.before(row)
        row.voided_at, row.void_reason, row.version = now, reason.strip()[:500], row.version + 1
        row.save(update_fields=["voided_at", "void_reason", "version"])
        unit.changed(row, kind=KIND, before=before, reason=row.void_reason, action="voided")
    return row


def _refuse_voided(row: IssuedPaper) -> None:
    if row.voided_at is not None:
        raise refuse("papers.voided", number=row.number, reason=row.void_reason)


def check_edited(*, actor: Actor, now: datetime, paper: IssuedPaper, name: str, data: bytes) -> IssuedPaper:
    """Compare an edited .docx with the paper as issued; keep the file and what does not agree.

    Refused: no permission, taken back, no .docx, another paper's copy, a file that bears a secrecy mark.
    """
    require(actor, ISSUE, outpost_scope(paper.outpost_id))
    _refuse_voided(paper)
    if not name.lower().endswith(".docx"):
        raise refuse("papers.other_kind_of_file", name=name)
    found = paper_reference(data, name=name)
    if found and found != paper.uid:
        raise refuse("papers.other_paper", found=found, number=paper.number)
    figures = [figure_from_json(each) for each in paper.figures]
    checked = check_figures(data, figures, path_of(paper.file).read_bytes(), name=name)
    with recorded(actor=actor, now=now) as unit:
        row = IssuedPaper.objects.select_for_update().select_related("file", "outpost").get(pk=paper.pk)
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


def kept_findings(checked: Checked) -> list[dict[str, Any]]:
    """Return what a check found as it is kept: finding, place, paragraph, the number that stands there."""
    kept = []
    said: tuple[Any, ...] = (*checked.mismatches, *checked.unsourced, *checked.gone)
    for each, finding in zip(said, checked.findings, strict=True):
        place = isinstance(each, Mismatch | Unsourced)
        kept.append(
            {
                "code": finding.code,
                "level": finding.level.value,
                "params": dict(finding.params),
                "place": each.place if place else "",
                "found": each.found if place else "",
            }
        )
    return kept


def finding_of(kept: Mapping[str, Any]) -> Finding:
    """Return a finding as it was kept."""
    return Finding(Level(kept["level"]), kept["code"], kept["params"])
