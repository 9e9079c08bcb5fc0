"""技术需求表 as it reads: every field of the form, “问企业” where nobody has said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy as _

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
