"""技术需求表: filled in with what the firm has said, read back to it. What is empty reads “问企业”."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final

from feidi.domain.matching.access import EDIT, require_owner_or_office
from feidi.domain.matching.enums import Side
from feidi.domain.matching.models import NeedSheet, Profile
from feidi.domain.matching.selectors.masking import without_contacts
from feidi.domain.matching.selectors.sheets import FIELDS
from feidi.domain.matching.selectors.wording import clean_text
from feidi.domain.matching.services.profile_changing import locked_profile
from feidi.domain.matching.services.profile_indexing import KIND
from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded

_SHORT: Final = {"finish": 200, "ownership": 300, "funding": 300}
_LONG: Final = 2000


def fill_sheet(*, actor: Actor, now: datetime, profile: Profile, values: Mapping[str, str]) -> NeedSheet:
    """Write fields of the sheet (names of ``FIELDS``); an empty value makes a field “问企业” again.

    By the outpost's people, or by the firm itself. A sheet that changes was not read back in that form.
    Refused: of an offer, text that nobody can read, nothing to write.
    """
    require_owner_or_office(actor, profile)
    given = {name: _clean(name, values[name]) for name in FIELDS if name in values}
    with recorded(actor=actor, now=now) as unit:
        row = _locked(profile)
        sheet = NeedSheet.objects.select_for_update().filter(profile=row).first() or NeedSheet(profile=row)
        changes = {name: value for name, value in given.items() if getattr(sheet, name) != value}
        if not changes and sheet.pk is None:
            raise refuse("matching.sheet_nothing")
        for name, value in changes.items():
            setattr(sheet, name, value)
        if changes:
            sheet.read_back_on, sheet.read_back_to = None, ""
            sheet.save()
            unit.acted("sheet_filled", kind=KIND, uid=row.uid, fields="、".join(changes))
    return sheet


def read_back_sheet(*, actor: Actor, now: datetime, profile: Profile, to: str, on: date | None = None) -> NeedSheet:
    """Note that the sheet was read back to somebody of the firm. Refused: nobody named, a day to come."""
    require(actor, EDIT, outpost_scope(profile.outpost_id))
    today = now.astimezone(SHANGHAI).date()
    if not to.strip():
        raise refuse("matching.read_back_nobody")
    if on is not None and on > today:
        raise refuse("pipeline.date_in_future", value=on.isoformat())
    with recorded(actor=actor, now=now) as unit:
        row = _locked(profile)
        sheet, _made = NeedSheet.objects.get_or_create(profile=row)
        sheet.read_back_on, sheet.read_back_to = on or today, to.strip()[:60]
        sheet.save()
        unit.acted("sheet_read_back", kind=KIND, uid=row.uid)
    return sheet


def _locked(profile: Profile) -> Profile:
    row = locked_profile(profile)
    if row.side != Side.NEED:
        raise refuse("matching.sheet_of_needs", number=row.number)
    return row


def _clean(name: str, text: str) -> str:
    if not text.strip():
        return ""
    return without_contacts(clean_text(text, str(FIELDS[name]), longest=_SHORT.get(name, _LONG), least=1))
