"""An approved report leaves the house: by mail with its files, as a chat text to groups. Once per address and revision."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.reporting.enums import ReportFormat, ReportState
from feidi.domain.reporting.models import Report
from feidi.domain.reporting.selectors.reports import body_of, group_of
from feidi.domain.reporting.services.papers import ISSUE
from feidi.domain.reporting.services.report_delivery import deliver_report
from feidi.domain.reporting.services.report_plans import addresses_of
from feidi.domain.reporting.services.reports import KIND, require_approved
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded
from feidi.kernel.files.services import path_of
from feidi.kernel.notify.models import Robot
from feidi.kernel.notify.services import Attachment, robots_of, say, send_mail
from feidi.kernel.notify.services.mails import MOST_BYTES

MEDIA: Final = {
    ReportFormat.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ReportFormat.PDF: "application/pdf",
    ReportFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True, slots=True)
class Sending:
    """To whom: mail addresses, uids of robots, with which files. ``planned``: those of the plan too.

    ``to_home``: to the home side's own page (送达), where it is signed for.
    """

    addresses: Sequence[str] = ()
    robots: Sequence[str] = ()
    forms: Sequence[ReportFormat] = tuple(ReportFormat)
    planned: bool = False
    to_home: bool = False


def send_report(*, actor: Actor, now: datetime, report: Report, sending: Sending) -> Report:
    """Send an approved report. The same revision goes to the same address once, however often it is asked.

    Refused: no permission, not approved, nobody to send to, files too large for a mail, an address that is none.
    """
    require(actor, ISSUE, outpost_scope(report.outpost_id))
    with recorded(actor=actor, now=now) as unit:
        row = Report.objects.select_for_update(of=("self",)).select_related("outpost__home", "plan").get(pk=report.pk)
        require_approved(row)
        addresses, robots = _whom(row, sending)
        if not addresses and not robots and not sending.to_home:
            raise refuse("reports.nobody")
        before = unit.before(row)
        told = [
            *(_home(actor, now, row) if sending.to_home else ()),
            *_mail(actor, now, row, addresses, sending.forms),
            *_groups(actor, now, row, robots),
        ]
        # once per address and revision: what went before is not told as if it went again
        before_uids = {each["uid"] for each in row.sendings}
        row.sendings = [*row.sendings, *(each for each in told if each["uid"] not in before_uids)]
        row.state = ReportState.SENT if row.state == ReportState.APPROVED else row.state
        row.version += 1
        row.save(update_fields=["sendings", "state", "version"])
        unit.changed(row, kind=KIND, before=before, action="sent")
    return row


def _whom(row: Report, sending: Sending) -> tuple[list[str], list[Robot]]:
    addresses, uids = list(sending.addresses), set(sending.robots)
    if sending.planned and row.plan is not None:
        addresses += addresses_of(row.plan)
        uids |= set(row.plan.robots)
    robots = [each for each in robots_of(group_of(row.outpost)) if each.uid in uids]
    return list(dict.fromkeys(each.strip() for each in addresses if each.strip())), robots


def _home(actor: Actor, now: datetime, row: Report) -> list[dict[str, str]]:
    delivery, new = deliver_report(actor=actor, now=now, report=row)
    return [_told(now, "page", row.outpost.home.name_zh, delivery.uid)] if new else []


def _mail(
    actor: Actor, now: datetime, row: Report, addresses: Iterable[str], forms: Sequence[ReportFormat]
) -> list[dict[str, str]]:
    attachments = [
        Attachment(each.file.name, MEDIA[ReportFormat(each.form)], path_of(each.file).read_bytes())
        for each in row.files.select_related("file")
        if each.form in forms
    ]
    size = sum(len(each.data) for each in attachments)
    if size > MOST_BYTES:
        raise refuse("reports.too_long_mail", size=f"{size / 1024 / 1024:.1f}")
    chat = body_of(row).chat
    text = f"{row.number}《{row.title}》，截至{row.as_of.isoformat()}。\n\n{chat}\n\n内容校验 SHA-256：{row.sha256}\n"
    told = []
    for address in addresses:
        mail = send_mail(
            actor=actor,
            now=now,
            to=address,
            subject=f"{row.title}（{row.number}）",
            text=text,
            attachments=attachments,
            once=_once(row, address),
        )
        told.append(_told(now, "mail", mail.to_hint, mail.uid))
    return told


def _groups(actor: Actor, now: datetime, row: Report, robots: Iterable[Robot]) -> list[dict[str, str]]:
    told = []
    text = body_of(row).chat or f"{row.number}《{row.title}》已出，截至{row.as_of.isoformat()}。"
    for robot in robots:
        message = say(actor=actor, now=now, robot=robot, title=row.title, text=text, once=_once(row, robot.uid))
        told.append(_told(now, "robot", robot.name, message.uid))
    return told


def _once(row: Report, whom: str) -> str:
    digest = hashlib.sha256(whom.lower().encode()).hexdigest()
    return f"report:{row.uid}:{digest[:32]}"


def _told(now: datetime, how: str, whom: str, uid: str) -> dict[str, str]:
    return {"at": now.isoformat(), "how": how, "whom": whom, "uid": uid}
