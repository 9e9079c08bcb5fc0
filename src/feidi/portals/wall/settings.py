"""Settling the wall: screens and their addresses, scenes, the approved map."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from feidi.domain.parties.models import Outpost
from feidi.domain.reporting.models import WallMap, WallScreen
from feidi.domain.reporting.selectors.wall import list_screens, map_of, outposts_to_clear, scenes_of, wall_rules
from feidi.domain.reporting.services.wall import (
    SceneSetting,
    load_map,
    make_screen,
    revoke_screen,
    set_scenes,
    void_map,
)
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor
from feidi.portals.ui.forms import Form
from feidi.portals.ui.pieces import Crumb
from feidi.portals.ui.requests import FeidiRequest
from feidi.portals.wall.showing import say


class MapForm(Form):
    """An approved map with its number."""

    picture = forms.FileField(label=gettext_lazy("地图图片（PNG 或 JPEG）"))
    number = forms.CharField(
        label=gettext_lazy("审图号"), max_length=60, help_text=gettext_lazy("没有审图号的地图不能上屏")
    )
    source = forms.CharField(label=gettext_lazy("来源"), max_length=200, required=False)


def _outpost(actor: Actor, uid: str) -> Outpost:
    return outposts_to_clear(actor).get(uid=uid)


def _context(request: FeidiRequest, outpost: Outpost, **more: Any) -> dict[str, Any]:
    rows = [(each, say(each.label)) for each in scenes_of(outpost)]
    return {
        "outpost": outpost,
        "screens": list_screens(outpost),
        "scenes": rows,
        "today": request.today,
        "link_days": wall_rules(outpost).link_days,
        "map": map_of(outpost),
        "map_form": MapForm(),
        "made": None,
        "address": "",
        "crumbs": [Crumb(_("展示大屏"), f"{reverse('wall:wall_view')}?outpost={outpost.code}"), Crumb(_("大屏设置"))],
        **more,
    }


@require_GET
@never_cache
def setting_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """Screens with their state, scenes in their order, the map."""
    outpost = _outpost(request.actor, uid)
    return render(request, "wall/setting_view.html", _context(request, outpost))


@require_POST
@never_cache
def screen_make(request: FeidiRequest, uid: str) -> HttpResponse:
    """Give a screen an address; the answer shows it, once."""
    outpost = _outpost(request.actor, uid)
    screen, token = make_screen(
        actor=request.actor, now=request.now, outpost=outpost, label=request.POST.get("label", "")
    )
    address = request.build_absolute_uri(reverse("wall:screen_view", args=[token]))
    return render(request, "wall/setting_view.html", _context(request, outpost, made=screen, address=address))


@require_POST
def screen_revoke(request: FeidiRequest, uid: str) -> HttpResponse:
    """Close a screen's address for good."""
    screen = WallScreen.objects.select_related("outpost").get(uid=uid, outpost__in=outposts_to_clear(request.actor))
    revoke_screen(actor=request.actor, now=request.now, screen=screen, reason=request.POST.get("reason", ""))
    messages.success(request, _("地址已关闭，屏幕会说明原因。"))
    return redirect("wall:setting_view", screen.outpost.uid)


@require_POST
def scene_save(request: FeidiRequest, uid: str) -> HttpResponse:
    """Say which scenes are shown, in which order, for how long."""
    outpost = _outpost(request.actor, uid)
    asked = request.POST
    given = [
        (_number(asked.get(f"position-{each.code}", "")), each.code, _number(asked.get(f"seconds-{each.code}", "")))
        for each in scenes_of(outpost)
    ]
    settings = [SceneSetting(code, seconds, f"shown-{code}" in asked) for _at, code, seconds in sorted(given)]
    set_scenes(actor=request.actor, now=request.now, outpost=outpost, settings=settings)
    messages.success(request, _("场景已保存，屏幕下次换场时生效。"))
    return redirect("wall:setting_view", uid)


@require_POST
def map_load(request: FeidiRequest, uid: str) -> HttpResponse:
    """Load an approved map, with its number."""
    outpost = _outpost(request.actor, uid)
    upload = request.FILES.get("picture")
    if upload is None:
        raise refuse("reporting.wall_map_picture", value="—")
    load_map(
        actor=request.actor,
        now=request.now,
        outpost=outpost,
        name=upload.name or "",
        chunks=upload.chunks(),
        number=request.POST.get("number", ""),
        source=request.POST.get("source", ""),
    )
    messages.success(request, _("地图已上屏，图下显示审图号。"))
    return redirect("wall:setting_view", uid)


@require_POST
def map_void(request: FeidiRequest, uid: str) -> HttpResponse:
    """Take the map away; the node diagram stands alone."""
    loaded = WallMap.objects.select_related("outpost").get(uid=uid, outpost__in=outposts_to_clear(request.actor))
    void_map(actor=request.actor, now=request.now, loaded=loaded, reason=request.POST.get("reason", ""))
    messages.success(request, _("地图已撤下，记录保留。"))
    return redirect("wall:setting_view", loaded.outpost.uid)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 6 else 0  # noqa: PLR2004 - five digits are more than enough
