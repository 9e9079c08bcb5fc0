"""媒体报道台账: entered with a link and a screenshot, listed publicly by a second look, taken back with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.models import Outpost, Plaque
from feidi.domain.parties.services.changing import changed, said, today_of
from feidi.domain.showcase.access import EDIT, PUBLISH
from feidi.domain.showcase.kinds import MEDIA
from feidi.domain.showcase.models import MediaReport
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded
from feidi.kernel.files.services import store_upload
from feidi.kernel.subjects import Subject


@dataclass(frozen=True, slots=True)
class Shot:
    """A screenshot as it arrives."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Report:
    """What a medium reported. ``reprint_of``: where it was first, when this is a reprint."""

    medium: str
    title: str
    reported_on: date
    link: str = ""
    author: str = ""
    reprint_of: str = ""
    plaque: Plaque | None = None
    screenshot: Shot | None = None
    note: str = ""


def note_report(*, actor: Actor, now: datetime, outpost: Outpost, report: Report) -> MediaReport:
    """Enter a report. Refused: no permission, no medium or title, a day to come, a link that is no web page, the same
    link twice, a screenshot that is not taken.
    """
    require(actor, EDIT, outpost_scope(outpost.pk))
    if report.reported_on > today_of(now):
        raise refuse("showcase.date_in_future", value=report.reported_on.isoformat())
    link = report.link.strip()
    if link and not link.startswith(("https://", "http://")):
        raise refuse("showcase.link_not_web", value=link)
    if link and MediaReport.objects.filter(outpost=outpost, link=link, voided_at__isnull=True).exists():
        raise refuse("showcase.media_known", link=link)
    row = MediaReport(
        outpost=outpost,
        medium=said(report.medium, "showcase.media_says_what")[:80],
        title=said(report.title, "showcase.media_says_what")[:200],
        reported_on=report.reported_on,
        link=link,
        author=report.author.strip()[:80],
        reprint_of=report.reprint_of.strip()[:160],
        plaque=report.plaque,
        note=report.note.strip()[:300],
        recorded_by=actor.label[:160],
        created_at=now,
    )
    with recorded(actor=actor, now=now) as unit:
        if report.screenshot is not None:
            row.screenshot = store_upload(
                actor=actor,
                now=now,
                subject=Subject(MEDIA, row.uid),
                name=report.screenshot.name,
                chunks=[report.screenshot.data],
            )
        row.save()
        unit.created(row, kind=MEDIA)
    return row


def show_report(*, actor: Actor, now: datetime, report: MediaReport, shown: bool) -> MediaReport:
    """List a report publicly, or no longer. Refused: no permission, one's own entry, no link, taken back."""
    require(actor, PUBLISH, outpost_scope(report.outpost_id))
    with recorded(actor=actor, now=now) as unit, changed(unit, report, kind=MEDIA, action="shown") as row:
        if shown and row.recorded_by == actor.label[:160]:
            raise refuse("showcase.own_writing")
        if shown and not row.link:
            raise refuse("showcase.media_no_link")
        row.shown, row.shown_by = shown, actor.label[:160] if shown else ""
    return row


def void_report(*, actor: Actor, now: datetime, report: MediaReport, reason: str) -> MediaReport:
    """Take a report back; it is listed no more. Refused: no permission, no reason, taken back before."""
    require(actor, EDIT, outpost_scope(report.outpost_id))
    words = said(reason, "showcase.reason_needed")
    with (
        recorded(actor=actor, now=now) as unit,
        changed(unit, report, kind=MEDIA, reason=words, action="voided") as row,
    ):
        row.voided_at, row.void_reason, row.shown, row.shown_by = now, words[:500], False, ""
    return row
