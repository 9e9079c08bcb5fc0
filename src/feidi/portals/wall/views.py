"""The wall itself: the page that rotates by itself, and one fragment per scene, for a person or for a screen's token."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from feidi.domain.parties.access import require
from feidi.domain.parties.models import Outpost
from feidi.domain.reporting.access import WALL_CLEAR, WALL_VIEW
from feidi.domain.reporting.models import WallScreen
from feidi.domain.reporting.selectors.wall import (
    map_of,
    scenes_of,
    screen_actor,
    screen_of_token,
    wall_outposts,
)
from feidi.engines.findings import RefusedError
from feidi.kernel.files.services import path_of
from feidi.kernel.messages import sentence_of
from feidi.portals.ui.reading import read_date
from feidi.portals.ui.requests import FeidiRequest
from feidi.portals.wall.scenes import tell
from feidi.portals.wall.showing import Showing, say

GONE, UNCHANGED = 404, 304


@require_GET
@never_cache
def wall_view(request: FeidiRequest) -> HttpResponse:
    """The wall for who is signed in: hold a scene, page through, go down to the rows."""
    require(request.actor, WALL_VIEW)
    outposts = list(wall_outposts(request.actor))
    outpost = next((each for each in outposts if each.code == request.GET.get("outpost")), outposts[0])
    showing = _for_person(request, outpost)
    others = [(each.short_name, f"{reverse('wall:wall_view')}?outpost={each.code}") for each in outposts]
    urls = {each.code: reverse("wall:scene_view", args=[outpost.uid, each.code]) for each in showing.shown}
    more = {
        "others": others if len(others) > 1 else [],
        "leave_url": reverse("console:home"),
        "settings_url": reverse("wall:setting_view", args=[outpost.uid]) if _may_settle(request, outpost) else "",
    }
    return _page(request, showing, urls, more)


@require_GET
def scene_view(request: FeidiRequest, uid: str, code: str) -> HttpResponse:
    """One scene as a fragment, for who is signed in; 304 while nothing in it changed."""
    return _fragment(request, _for_person(request, wall_outposts(request.actor).get(uid=uid)), code)


@require_GET
def map_picture(request: FeidiRequest, uid: str) -> HttpResponseBase:
    """The approved map of an outpost, for who is signed in."""
    return _picture(wall_outposts(request.actor).get(uid=uid))


@login_not_required
@require_GET
@never_cache
def screen_view(request: FeidiRequest, token: str) -> HttpResponse:
    """The wall on a screen of its own, by its address, without sign-in: nothing to go down to."""
    try:
        screen = screen_of_token(token, request.now)
    except RefusedError as error:
        closed = {"problem": sentence_of(error.refusal)}
        return _private(render(request, "wall/closed.html", closed, status=GONE))
    showing = _for_screen(request, screen, token)
    urls = {each.code: reverse("wall:screen_scene", args=[token, each.code]) for each in showing.shown}
    return _private(_page(request, showing, urls, {}))


@login_not_required
@require_GET
def screen_scene(request: FeidiRequest, token: str, code: str) -> HttpResponse:
    """One scene as a fragment, for a screen; 304 while nothing in it changed."""
    return _private(_fragment(request, _for_screen(request, _screen(request, token), token), code))


@login_not_required
@require_GET
def screen_map(request: FeidiRequest, token: str) -> HttpResponseBase:
    """The approved map, for a screen."""
    return _picture(_screen(request, token).outpost)


def _screen(request: FeidiRequest, token: str) -> WallScreen:
    try:
        return screen_of_token(token, request.now)
    except RefusedError as error:
        raise Http404 from error


def _may_settle(request: FeidiRequest, outpost: Outpost) -> bool:
    return wall_outposts(request.actor, WALL_CLEAR).filter(pk=outpost.pk).exists()


def _for_person(request: FeidiRequest, outpost: Outpost) -> Showing:
    picture = reverse("wall:map_picture", args=[outpost.uid])
    scenes = tuple(scenes_of(outpost))
    return Showing(outpost, request.actor, request.now, request.today, scenes, presenter=True, picture_url=picture)


def _for_screen(request: FeidiRequest, screen: WallScreen, token: str) -> Showing:
    picture = reverse("wall:screen_map", args=[token])
    scenes = tuple(scenes_of(screen.outpost))
    return Showing(
        screen.outpost, screen_actor(screen), request.now, request.today, scenes, presenter=False, picture_url=picture
    )


def _page(request: FeidiRequest, showing: Showing, urls: dict[str, str], more: dict[str, Any]) -> HttpResponse:
    """Return the whole page with the scene that the address asks for, so that it stands without a script, too."""
    codes = [each.code for each in showing.shown]
    wanted = request.GET.get("scene", "")
    at = codes.index(wanted) if wanted in codes else 0
    steps = [
        (say(each.label), f"?{_asked(request, each.code)}", at == place) for place, each in enumerate(showing.shown)
    ]
    rotation = [
        {"code": each.code, "label": say(each.label), "seconds": each.seconds, "url": urls[each.code]}
        for each in showing.shown
    ]
    context = {
        "outpost": showing.outpost,
        "scene": _html(request, showing, codes[at]),
        "label": steps[at][0],
        "rotation": {"at": at, "scenes": rotation},
        "steps": steps,
        "previous": steps[at - 1][1],
        "next": steps[(at + 1) % len(steps)][1],
        "as_of": read_date(request.now),
        "presenter": showing.presenter,
        **more,
    }
    return render(request, "wall/wall_view.html", context)


def _asked(request: FeidiRequest, code: str) -> str:
    query = request.GET.copy()
    query["scene"] = code
    return query.urlencode()


def _html(request: FeidiRequest, showing: Showing, code: str) -> str:
    scene = showing.scene(code)
    if scene is None:
        raise Http404
    told = {**tell(showing, code), "code": code, "label": say(scene.label), "outpost": showing.outpost}
    return render_to_string(f"wall/scenes/{code}.html", told, request)


def _fragment(request: FeidiRequest, showing: Showing, code: str) -> HttpResponse:
    html = _html(request, showing, code)
    tag = f'"{sha256(html.encode()).hexdigest()[:32]}"'
    same = request.headers.get("If-None-Match") == tag
    response = HttpResponse(status=UNCHANGED) if same else HttpResponse(html)
    response["ETag"] = tag
    response["Cache-Control"] = "private, no-cache"
    response["X-As-Of"] = request.now.isoformat(timespec="seconds")
    return response


def _picture(outpost: Outpost) -> HttpResponseBase:
    loaded = map_of(outpost)
    path = path_of(loaded.file) if loaded is not None else None
    if loaded is None or path is None or not path.is_file():
        raise Http404
    response = FileResponse(path.open("rb"), content_type="image/png" if loaded.file.kind == "png" else "image/jpeg")
    response["Cache-Control"] = "private, no-cache"
    response["ETag"] = f'"{loaded.file.sha256[:32]}"'
    return response


def _private(response: HttpResponse) -> HttpResponse:
    """Keep the address out of search engines and of other sites' logs."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    return response
