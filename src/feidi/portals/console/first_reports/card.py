"""保存图片: a few lines as a picture with a QR that opens their page, who took it and when, 演示数据 where it is."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import segno
import typst
from django.conf import settings
from django.utils.translation import gettext as _

from feidi.domain.pipeline.enums import Track
from feidi.domain.pipeline.models import Project
from feidi.kernel.documents.typesetting import fonts
from feidi.portals.console.pipeline.presenting import stage_label

_FOLDER: Final = Path(__file__).parent / "typesetting"
_PPI: Final = 200
_LONGEST: Final = 120


def card_of(project: Project) -> list[tuple[str, str]]:
    """Return the lines of the card; contacts and remarks are never among them."""
    lines = [
        (_("编号"), project.code),
        (_("投资方"), project.sponsor_name),
        (_("阶段"), stage_label(project.outpost, Track.TALKS, project.talks_stage)),
        (_("内容"), project.one_line),
        (_("需求"), project.policy_request),
        (_("下一步"), project.next_step),
    ]
    return [(label, value) for label, value in lines if value]


@dataclass(frozen=True, slots=True)
class Card:
    """What a picture says: lines of label and value. ``wide``: the labels are long."""

    title: str
    outpost: str
    lines: Sequence[tuple[str, str]]
    wide: bool = False


def draw_card(card: Card, *, address: str, taken: str, at: datetime) -> bytes:
    """Return the card as PNG; its QR opens ``address``. Refused: the Chinese fonts are missing on this machine."""
    picture = io.BytesIO()
    segno.make(address, error="m").save(picture, kind="svg", border=2, light="white")
    values = {
        "title": card.title,
        "outpost": card.outpost,
        "lines": [[label, value[:_LONGEST]] for label, value in card.lines],
        "wide": card.wide,
        "qr": picture.getvalue().decode(),
        "taken": taken,
        "hint": _("扫码打开（须有账号）"),
        "mark": _("演示数据，非真实业务") if settings.FEIDI_DEMONSTRATION else "",
    }
    compiler = typst.Compiler(
        _FOLDER / "card.typ",
        root=_FOLDER,
        font_paths=fonts(),
        sys_inputs={"data": json.dumps(values, ensure_ascii=False)},
    )
    moment = at.astimezone(UTC).replace(microsecond=0)
    drawn = compiler.compile(format="png", ppi=_PPI, timestamp=moment)
    return drawn[0] if isinstance(drawn, list) else bytes(drawn or b"")
