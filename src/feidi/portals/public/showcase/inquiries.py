"""Leaving a need, a wish to visit, a question: without an account, without a script, guarded against machines."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.showcase.enums import InquiryKind
from feidi.domain.showcase.selectors.sites import Site, rules_of
from feidi.domain.showcase.services.inquiries import Message, take_inquiry
from feidi.engines.findings import RefusedError, refuse
from feidi.kernel.access import ANONYMOUS
from feidi.kernel.messages import sentence_of
from feidi.portals.public.apply import guarding
from feidi.portals.public.showcase.pages import shown, site_form
from feidi.portals.ui.requests import FeidiRequest

REFUSED: Final = 409
_FIELDS: Final = ("text", "name", "contact", "unit", "people", "on", "at")


@site_form
def inquiry_new(request: FeidiRequest, site: Site, kind: str) -> HttpResponse:
    """Take a message; what cannot be taken is said, and what was typed stays."""
    wanted = _kind(kind)
    problem, typed = "", dict.fromkeys(_FIELDS, "")
    if request.method == "POST":
        typed = {name: guarding.written(request.POST.get(name)) for name in _FIELDS}
        try:
            _take(request, site, wanted, typed)
        except RefusedError as error:
            problem = sentence_of(error.refusal)
        else:
            return redirect("public:showcase:inquiry_sent", site.code, kind)
    context: dict[str, Any] = {
        "kind": wanted,
        "title": _titles()[wanted],
        "typed": typed,
        "problem": problem,
        "stamp": guarding.stamp(request),
        "trap": guarding.TRAP,
        "days": rules_of(site.outpost).inquiry_days,
        "keep_days": rules_of(site.outpost).keep_days,
    }
    return shown(request, site, "inquiry_new", context, REFUSED if problem else 200)


@site_form
def inquiry_sent(request: FeidiRequest, site: Site, kind: str) -> HttpResponse:
    """Say that it has come, and by when it is answered."""
    context = {"title": _titles()[_kind(kind)], "days": rules_of(site.outpost).inquiry_days}
    return shown(request, site, "inquiry_sent", context)


def _take(request: FeidiRequest, site: Site, kind: InquiryKind, typed: dict[str, str]) -> None:
    guarding.check_person(request)
    if not request.POST.get("consent"):
        raise refuse("showcase.consent_needed")
    message = Message(
        kind=kind,
        text=typed["text"],
        name=typed["name"],
        contact=typed["contact"],
        unit=typed["unit"],
        wanted_at=_moment(typed) if kind is InquiryKind.VISIT else None,
        people=_count(typed["people"]) if kind is InquiryKind.VISIT else None,
        language=request.LANGUAGE_CODE,
        origin_digest=guarding.origin_of(request, request.today),
    )
    take_inquiry(actor=ANONYMOUS, now=request.now, outpost=site.outpost, message=message)


def _moment(typed: dict[str, str]) -> datetime | None:
    try:
        return datetime.fromisoformat(f"{typed['on']}T{typed['at'] or '09:00'}").replace(tzinfo=SHANGHAI)
    except ValueError:
        raise refuse("showcase.visit_when") from None


def _count(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and 0 < int(text[:6]) < 1000 else None  # noqa: PLR2004


def _kind(kind: str) -> InquiryKind:
    if kind not in InquiryKind.values:
        raise Http404
    return InquiryKind(kind)


def _titles() -> dict[InquiryKind, str]:
    return {
        InquiryKind.NEED: _("提出需求"),
        InquiryKind.VISIT: _("预约参观展厅"),
        InquiryKind.QUESTION: _("咨询"),
    }
