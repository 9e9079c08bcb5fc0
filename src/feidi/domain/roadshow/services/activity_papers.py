"""An activity on paper: name badges as PDF, the 签到表. Papers are Chinese whatever the reader's language."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Final

import segno
from django.conf import settings
from django.db.models import QuerySet

from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.parties.services.changing import today_of
from feidi.domain.roadshow.enums import RegistrationState
from feidi.domain.roadshow.models import Activity, Registration
from feidi.domain.roadshow.selectors.presenting import place_words
from feidi.domain.roadshow.selectors.tickets import fold_code
from feidi.domain.roadshow.services.ticket_mails import door_address
from feidi.kernel.documents.forms import TEMPLATES
from feidi.kernel.documents.office.papers import Align, Column, Labelled, Paper, PaperKind, Table
from feidi.kernel.documents.typesetting import set_pdf

_BADGES: Final = TEMPLATES / "badges.typ"
_EMPTY_LINES, _SPARE = 18, 8


def badges_pdf(activity: Activity, *, now: datetime, code: str = "") -> bytes:
    """Return name badges of everybody who has a place, by position, ten on a sheet; with ``code`` that one only.

    Refused: a missing Chinese font.
    """
    rows = _placed(activity)
    if code:
        rows = rows.filter(code=fold_code(code))
    badges = [
        {
            "name": each.name,
            "organization": _whose(each),
            "title": each.title,
            "code": each.code,
            "qr": _qr(each),
        }
        for each in rows
    ]
    values = {
        "title": activity.title_zh,
        "line": f"{today_of(activity.starts_at).isoformat()}　{activity.outpost.short_name}",
        "badges": badges,
        "demonstration": bool(settings.FEIDI_DEMONSTRATION),
    }
    return set_pdf(_BADGES, values, now)


def sign_in_paper(activity: Activity, *, watermark: str, demonstration: bool) -> Paper:
    """Return the 签到表: who has a place, in order, then empty lines for walk-ins. No contacts stand on it."""
    known = [(each.name, _whose(each), each.title) for each in _placed(activity)]
    blank = max(_SPARE, _EMPTY_LINES - len(known))
    lines = [*known, *(("", "", "") for _ in range(blank))]
    rows = tuple((str(at), *line, "", "") for at, line in enumerate(lines, start=1))
    columns = (
        Column("序号", 0.6, Align.CENTRE), Column("姓名", 1.2), Column("单位", 2.6), Column("职务", 1.2),
        Column("电话", 1.5), Column("签名", 1.5),
    )  # fmt: skip
    head = (
        Labelled("时间", (_hours(activity),)),
        Labelled("地点", (place_words(activity),)),
    )
    return Paper(
        kind=PaperKind.SIGN_IN_SHEET,
        title=f"{activity.title_zh}签到表",
        blocks=(*head, Table(columns, rows, row_mm=10)),
        reference=activity.number,
        watermark=watermark,
        demonstration=demonstration,
    )


def _hours(activity: Activity) -> str:
    """Return 2026年12月14日14:00—16:30: papers are Chinese whatever the reader's language."""
    start, end = activity.starts_at.astimezone(SHANGHAI), activity.ends_at.astimezone(SHANGHAI)
    days = [f"{each.year}年{each.month}月{each.day}日" for each in (start, end)]
    return f"{days[0]}{start:%H:%M}—{days[1] if days[0] != days[1] else ''}{end:%H:%M}"


def _placed(activity: Activity) -> QuerySet[Registration]:
    rows = Registration.objects.filter(
        activity=activity, state=RegistrationState.REGISTERED, voided_at__isnull=True
    ).select_related("organization", "activity")
    return rows.order_by("position")


def _whose(row: Registration) -> str:
    return row.organization.name if row.organization else row.organization_name


def _qr(row: Registration) -> str:
    picture = BytesIO()
    segno.make(door_address(row), error="m", micro=False).save(picture, kind="svg", border=2, light="white")
    return picture.getvalue().decode()
