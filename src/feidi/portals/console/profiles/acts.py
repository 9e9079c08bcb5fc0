"""What is done with one need or offer: publish, confirm, pause, close, renew, take back, put to a node."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from feidi.domain.matching.services.profile_confirming import confirm_profile
from feidi.domain.matching.services.profile_states import (
    close_profile,
    pause_profile,
    publish_profile,
    renew_profile,
    void_profile,
)
from feidi.domain.matching.services.profile_tagging import tag_profile
from feidi.portals.console.pipeline.views.saving import save_page, sent
from feidi.portals.console.profiles.forms import RenewForm, TagForm
from feidi.portals.console.profiles.presenting import Nodes
from feidi.portals.console.profiles.views import editable, record_url
from feidi.portals.ui.requests import FeidiRequest

FORM = "console/profiles/form.html"


def _done(request: FeidiRequest, uid: str, act: Callable[..., object], words: str, **given: object) -> HttpResponse:
    """Do one thing with one profile that the actor may change, say so, and go back to its page."""
    act(actor=request.actor, now=request.now, profile=editable(request, uid), **given)
    messages.success(request, words)
    return redirect(record_url(uid))


def _reason(request: FeidiRequest) -> str:
    return request.POST.get("reason", "")


@require_POST
def profile_publish(request: FeidiRequest, uid: str) -> HttpResponse:
    """Let it take part; by this click somebody says that the masked text was read."""
    seen = request.POST.get("masked_seen") == "on"
    return _done(request, uid, publish_profile, _("已发布。"), masked_seen=seen)


@require_POST
def profile_confirm(request: FeidiRequest, uid: str) -> HttpResponse:
    """Say that it still holds today."""
    return _done(request, uid, confirm_profile, _("已记下：今天仍然有效。"))


@require_POST
def profile_pause(request: FeidiRequest, uid: str) -> HttpResponse:
    """Leave it out of new lists for a while."""
    return _done(request, uid, pause_profile, _("已暂停，不再进入新的候选。"), reason=_reason(request))


@require_POST
def profile_close(request: FeidiRequest, uid: str) -> HttpResponse:
    """Say that it is settled, and how."""
    return _done(request, uid, close_profile, _("已了结。"), reason=_reason(request))


@require_POST
def profile_void(request: FeidiRequest, uid: str) -> HttpResponse:
    """Take back what was entered in error."""
    _done(request, uid, void_profile, _("已撤回，记录仍可查。"), reason=_reason(request))
    return redirect("console:profiles:profile_list")


@require_http_methods(["GET", "POST"])
def profile_renew(request: FeidiRequest, uid: str) -> HttpResponse:
    """Set until when it stands."""
    row = editable(request, uid)
    return save_page(
        request,
        template=FORM,
        form=RenewForm(sent(request), initial={"until": row.expires_on}),
        save=lambda data: renew_profile(actor=request.actor, now=request.now, profile=row, until=data["until"]),
        done=_("有效期已更新。"),
        onward=record_url(uid),
        fields={"matching.expiry_past": "until", "matching.expiry_far": "until"},
        extra={"title": _("续期"), "subtitle": row.title, "note": ""},
    )


@require_http_methods(["GET", "POST"])
def profile_tag(request: FeidiRequest, uid: str) -> HttpResponse:
    """Put it to a node by hand; it stays there."""
    row = editable(request, uid)
    places = Nodes().places(row.outpost.home)
    form = TagForm(sent(request), places=places, initial={"place": f"{row.chain}/{row.node}"})

    def save(data: dict[str, str]) -> None:
        chain, _slash, node = data["place"].partition("/")
        tag_profile(actor=request.actor, now=request.now, profile=row, chain=chain, node=node)

    return save_page(
        request,
        template=FORM,
        form=form,
        save=save,
        done=_("环节已确认。"),
        onward=record_url(uid),
        extra={"title": _("归到产业链环节"), "subtitle": row.title, "note": ""},
    )
