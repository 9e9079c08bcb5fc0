"""A report to be read, not signed: nothing is kept, the same page printed again says the same under the same hash."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

import segno
from django.conf import settings
from django.utils.timezone import localtime

from feidi.kernel.access import Actor
from feidi.kernel.documents.forms import REPORT, check_data
from feidi.kernel.documents.hashing import spaced
from feidi.kernel.documents.typesetting import set_pdf


def report_pdf(
    *, actor: Actor, now: datetime, title: str, line: str, address: str, data: Mapping[str, Any], invented: bool = False
) -> bytes:
    """Return the PDF. ``address``: the page it was printed from, in the QR; ``invented``: its figures are 演示.

    Refused: missing fields, a missing Chinese font.
    """
    check_data(REPORT, data)
    said = json.dumps([title, line, data], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    qr = io.BytesIO()
    segno.make(address, error="m", micro=False).save(qr, kind="svg", border=2, light="white")
    printed_at = f"{localtime(now):%Y-%m-%d %H:%M}"
    values = {
        "title": title,
        "line": line,
        "token": "",
        "sha": spaced(sha256(said.encode()).hexdigest(), 8),
        "qr": qr.getvalue().decode(),
        "printed_by": actor.label,
        "printed_at": printed_at,
        "watermark": f"{actor.label} {printed_at}",
        "demonstration": invented or bool(settings.FEIDI_DEMONSTRATION),
        "data": data,
    }
    return set_pdf(REPORT.template, values, now)
