"""技术需求表 as it reads: every field of the form, “问企业” where nobody has said."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy as _

from feidi.domain.matching.enums import ProfileKind, Side
from feidi.domain.matching.models import NeedSheet, Profile
from feidi.kernel.messages import Words

#: Fields of the official form, in its order.
FIELDS: Final[dict[str, Words]] = {
    "goal": _("技术目标"),
    "indicators": _("考核指标"),
    "finish": _("完成时限"),
    "ownership": _("产权归属"),
    "funding": _("资金投入"),
    "conditions": _("对解决方的要求"),
}
ASK: Final[Words] = _("问企业")
#: Needs for which the official form is asked for.
SHEET_KINDS: Final = (ProfileKind.TECHNOLOGY, ProfileKind.PILOT)
_NUMBER: Final = r"(?:\d{1,3}|[一二两三四五六七八九十半几]{1,3})"
#: By when, as it is said: 三个月内, 年底前, 明年6月底前.
_FINISH: Final = re.compile(
    rf"{_NUMBER}个?(?:星期|工作日|季度|[天周月年])(?:以内|之内|内)"
    rf"|(?:今年|明年|\d{{4}}年)?(?:{_NUMBER}月(?:份|底|初|中旬)?|年底|年中|春节|国庆|[一二三四]季度末?)(?:之前|以前|前)"
)
#: What it may cost, as it is said: 预算50万, 拿得出三十万元.
_FUNDING: Final = re.compile(
    r"(?:预算|经费|投入|资金|出得起|拿得出|愿意出|可以出|费用)[^，。；！？\n]{0,8}?[\d一二两三四五六七八九十百千.\-—~至到]+(?:多)?万(?:元|美元)?(?:以内|左右|以下)?"
)
_OWNERSHIP: Final = re.compile(r"[^，。；！？\n]{0,10}(?:知识产权|专利|产权)[^，。；！？\n]{1,24}")


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One field: its code, its name, what was said. ``ask``: nobody has said, so it reads “问企业”."""

    code: str
    label: Words
    text: str

    @property
    def ask(self) -> bool:
        """Tell whether the firm has to be asked."""
        return not self.text

    @property
    def said(self) -> Words:
        """What stands in the field."""
        return self.text or ASK


def find_sheet(profile: Profile) -> NeedSheet | None:
    """Return the sheet of a need, None when nobody has begun one."""
    return NeedSheet.objects.filter(profile=profile).first()


def sheet_lines(sheet: NeedSheet | None) -> list[SheetLine]:
    """Return every field of the form in order; without a sheet all of them are to be asked."""
    return [SheetLine(code, label, getattr(sheet, code, "") if sheet else "") for code, label in FIELDS.items()]


def proposed_sheet(profile: Profile) -> dict[str, str]:
    """Return what of the form was said already, in the firm's own words; every other field stays to be asked.

    The goal is what was said; time, money and ownership only where the text names them. 考核指标 are never guessed.
    Nothing for offers and for needs without a form.
    """
    if profile.side != Side.NEED or profile.kind not in SHEET_KINDS:
        return {}
    text = profile.full_text or profile.masked_text
    found = {"finish": _FINISH.search(text), "funding": _FUNDING.search(text), "ownership": _OWNERSHIP.search(text)}
    return {"goal": text, **{name: match[0].strip() for name, match in found.items() if match}}
