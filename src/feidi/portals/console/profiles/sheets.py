"""技术需求表: filled in, read back, as a Word file."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from feidi.domain.matching.enums import Side
from feidi.domain.matching.models import Profile
from feidi.domain.matching.selectors.profiles import get_staff_profile
from feidi.domain.matching.selectors.sheets import FIELDS, find_sheet, sheet_lines
from feidi.domain.matching.services.need_papers import need_sheet_paper
from feidi.domain.matching.services.sheets import fill_sheet, read_back_sheet
from feidi.engines.findings import refuse
from feidi.portals.console.daily import print_by, word_file
from feidi.portals.console.pipeline.views.saving import save_page, sent
from feidi.portals.console.profiles.acts import FORM
from feidi.portals.console.profiles.forms import ReadBackForm, SheetForm
from feidi.portals.console.profiles.presenting import sheet_text
from feidi.portals.console.profiles.views import editable, record_url
from feidi.portals.ui.requests import FeidiRequest


def _of_need(row: Profile) -> Profile:
    if row.side != Side.NEED:
        raise refuse("matching.sheet_of_needs", number=row.number)
    return row


@require_http_methods(["GET", "POST"])
def sheet_fill(request: FeidiRequest, uid: str) -> HttpResponse:
    """Write into the sheet what the firm has said; what is left empty stays 问企业."""
    row = _of_need(editable(request, uid))
    sheet = find_sheet(row)
    initial = {name: getattr(sheet, name) for name in FIELDS} if sheet else {"goal": row.full_text or row.masked_text}

    def save(data: dict[str, Any]) -> None:
        fill_sheet(actor=request.actor, now=request.now, profile=row, values=data)

    return save_page(
        request,
        template="console/profiles/sheet_fill.html",
        form=SheetForm(sent(request), initial=initial),
        save=save,
        done=_("技术需求表已保存。"),
        onward=record_url(uid),
        extra={
            "row": row,
            "begun": sheet is not None,
            "copy_text": sheet_text(row, sheet_lines(sheet)),
        },
    )


@require_http_methods(["GET", "POST"])
def sheet_read_back(request: FeidiRequest, uid: str) -> HttpResponse:
    """Note that the sheet was read back to the firm."""
    row = _of_need(editable(request, uid))
    return save_page(
        request,
        template=FORM,
        form=ReadBackForm(sent(request), initial={"on": request.today}),
        save=lambda data: read_back_sheet(actor=request.actor, now=request.now, profile=row, **data),
        done=_("已记录回念。"),
        onward=record_url(uid),
        extra={"title": _("念给企业听过"), "subtitle": row.title, "note": _("以后改了内容，要再念一次。")},
    )


@require_GET
def sheet_download(request: FeidiRequest, uid: str) -> HttpResponse:
    """The 技术需求表 as a Word file, with 问企业 where nobody has said."""
    row = _of_need(get_staff_profile(request.actor, uid))
    paper = need_sheet_paper(row, sheet_lines(find_sheet(row)), print_by(request))
    return word_file(paper, f"{row.number}技术需求表")
