"""技术需求表 as a Word paper. Papers are Chinese whatever the reader's language."""

from __future__ import annotations

from collections.abc import Sequence

from feidi.domain.liaison.services.letters import Print, chinese_day
from feidi.domain.matching.enums import ProfileKind
from feidi.domain.matching.models import Profile
from feidi.domain.matching.selectors.sheets import SheetLine
from feidi.kernel.documents.office.papers import Field, FieldGrid, Paper, PaperKind, SignBox, SignBoxes, Span

_HIGH = frozenset({"goal", "indicators", "conditions"})


def need_sheet_paper(profile: Profile, lines: Sequence[SheetLine], how: Print) -> Paper:
    """Return the sheet of a need: what was said as it was said; 问企业 in bold where nobody has said."""
    owner = profile.organization or profile.project
    head = (
        Field("需求单位", (owner.name if owner else "",), wide=True),
        Field("需求名称", (profile.title,), wide=True),
        Field("需求编号", (profile.number,)),
        Field("需求种类", (str(ProfileKind(profile.kind).label),)),
        Field("服务专员", (profile.officer.display_name,)),
        Field("有效期至", (chinese_day(profile.expires_on),)),
    )
    body = tuple(
        Field(
            str(line.label),
            (Span("问企业", bold=True) if line.ask else line.text,),
            wide=True,
            row_mm=28 if line.code in _HIGH else 12,
        )
        for line in lines
    )
    return Paper(
        kind=PaperKind.REVIEW_SHEET,
        title="企业技术需求征集表",
        blocks=(FieldGrid((*head, *body)), SignBoxes((SignBox("企业确认", seal=True), SignBox("服务专员")))),
        dated=how.on,
        number=f"编号：{profile.number}",
        reference=profile.uid,
        watermark=how.watermark,
        demonstration=how.demonstration,
    )
