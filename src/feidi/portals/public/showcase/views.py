"""The pages of a site that show what is published."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from feidi.domain.showcase.enums import PublicationKind as Kind
from feidi.domain.showcase.selectors.published import ON_SHOW, find_public_picture, find_shown, list_media, list_shown
from feidi.domain.showcase.selectors.sites import SHOWCASE, Site, find_site, list_sites
from feidi.kernel.content.library import library
from feidi.kernel.files.services import path_of
from feidi.portals.public.showcase import spaces, window
from feidi.portals.public.showcase.pages import in_its_tongue, page_resting_on, shown, site_page, speak
from feidi.portals.public.showcase.upcoming import upcoming_events, upcoming_mark
from feidi.portals.public.showcase.words import body_of, card_of, lines_of, say
from feidi.portals.ui.requests import FeidiRequest

_FEW, _MANY = 4, 60


@login_not_required
@require_safe
def site_list(request: FeidiRequest) -> HttpResponse:
    """The outposts that have a site; where there is one, straight to it."""
    speak(request)
    sites = list_sites()
    if not sites:
        raise Http404
    if len(sites) == 1:
        return redirect("public:showcase:site_view", sites[0].code)
    context = {
        "sites": [(each, window.name_of(each), window.place_line(each)) for each in sites],
        "language": "en" if request.LANGUAGE_CODE == "en" else "zh-CN",
    }
    return in_its_tongue(render(request, "public/showcase/site_list.html", context))


@page_resting_on([Kind.NEWS, *ON_SHOW], more=upcoming_mark)
def site_view(request: FeidiRequest, site: Site) -> HttpResponse:
    """Who we are, what is new, what is on show, where to go."""
    outpost, now = site.outpost, request.now
    context = {
        **window.about(site),
        "news": [card_of(each) for each in list_shown(outpost, now, [Kind.NEWS], most=_FEW)],
        "on_show": [card_of(each) for each in list_shown(outpost, now, ON_SHOW, most=_FEW)],
        "events": upcoming_events(site, now)[:_FEW],
    }
    return shown(request, site, "site_view", context)


@page_resting_on([Kind.ORGANIZATION, Kind.SITE])
def window_view(request: FeidiRequest, site: Site) -> HttpResponse:
    """The home's window: industries and chains, firms that agreed to be shown, available sites, how to land."""
    outpost, now = site.outpost, request.now
    firms = list_shown(outpost, now, [Kind.ORGANIZATION])
    sites = [
        {**card_of(each), "facts": [(label, each.content.get(name)) for name, label in window.site_facts()]}
        for each in list_shown(outpost, now, [Kind.SITE])
    ]
    context = {
        **window.about(site),
        "chains": window.chains_of(site),
        "firms": [card_of(each) for each in firms],
        "sites": sites,
        "landing": [(say(each["title"]), say(each["text"])) for each in site.told["landing"]],
    }
    return shown(request, site, "window_view", context)


@page_resting_on(more=spaces.mark_of_spaces)
def space_view(request: FeidiRequest, site: Site) -> HttpResponse:
    """The rooms and the plan. Who uses what is nobody's business here."""
    return shown(
        request, site, "space_view", {"zones": spaces.zones_of(site), "floors": spaces.floors_of(site, request.today)}
    )


@page_resting_on(ON_SHOW)
def show_list(request: FeidiRequest, site: Site) -> HttpResponse:
    """Projects, products and firms on show, each by leave of its owner."""
    groups = [
        (label, [card_of(each) for each in list_shown(site.outpost, request.now, [kind], most=_MANY)])
        for kind, label in ((Kind.PROJECT, _("项目")), (Kind.PRODUCT, _("产品")), (Kind.ORGANIZATION, _("单位")))
    ]
    return shown(request, site, "show_list", {"groups": [each for each in groups if each[1]]})


@page_resting_on(one=True)
def show_view(request: FeidiRequest, site: Site, uid: str) -> HttpResponse:
    """One project, product or firm: the fields its owner released and the outpost did not hold back."""
    found = find_shown(site.outpost, request.now, ON_SHOW, uid)
    if found is None:
        raise Http404
    return shown(request, site, "show_view", {"card": card_of(found), "lines": lines_of(found)})


@page_resting_on([Kind.NEWS], media=True)
def news_list(request: FeidiRequest, site: Site) -> HttpResponse:
    """News, and what the media reported: a link, never a copy."""
    news = [card_of(each) for each in list_shown(site.outpost, request.now, [Kind.NEWS], most=_MANY)]
    return shown(request, site, "news_list", {"news": news, "media": list_media(site.outpost)})


@page_resting_on(one=True)
def news_view(request: FeidiRequest, site: Site, uid: str) -> HttpResponse:
    """One piece of news."""
    return _written(request, site, uid, Kind.NEWS, "news_view")


@page_resting_on([Kind.EXHIBIT])
def exhibit_list(request: FeidiRequest, site: Site) -> HttpResponse:
    """The hall: what stands there, and how to come with a delegation."""
    exhibits = [
        {**card_of(each), "spot": each.content.get("spot", "")}
        for each in list_shown(site.outpost, request.now, [Kind.EXHIBIT])
    ]
    return shown(request, site, "exhibit_list", {"exhibits": exhibits})


@page_resting_on(one=True)
def exhibit_view(request: FeidiRequest, site: Site, uid: str) -> HttpResponse:
    """One exhibit: the page its label's code leads to."""
    return _written(request, site, uid, Kind.EXHIBIT, "exhibit_view")


@page_resting_on([Kind.RESULT])
def result_view(request: FeidiRequest, site: Site) -> HttpResponse:
    """Results: counts with the evidence behind them, as they were frozen when they were published."""
    results = [
        {**card_of(each), "body": body_of(each.content["body"]), "figures": _figures(each.content.get("figures", ()))}
        for each in list_shown(site.outpost, request.now, [Kind.RESULT])
    ]
    return shown(request, site, "result_view", {"results": results, "facts": window.published_facts(site)})


@site_page
def contact_view(request: FeidiRequest, site: Site) -> HttpResponse:
    """Where the outpost is and how it is reached."""
    return shown(request, site, "contact_view", window.about(site))


@site_page
def notice_view(request: FeidiRequest, site: Site, which: str) -> HttpResponse:
    """The privacy notice or the terms of use."""
    if which not in {"privacy", "terms"}:
        raise Http404
    title = _("隐私说明") if which == "privacy" else _("使用条款")
    parts = [(say(each["title"]), say(each["text"])) for each in _notices(site)[which]]
    return shown(request, site, "notice_view", {"title": title, "parts": parts})


@login_not_required
@require_safe
def picture_view(request: FeidiRequest, code: str, uid: str, size: str) -> HttpResponseBase:
    """A picture that something public shows; gone with what showed it."""
    site = find_site(code)
    picture = find_public_picture(site.outpost, request.now, uid) if site is not None else None
    if picture is None or size not in {"small", "large"}:
        raise Http404
    path = path_of(picture.small if size == "small" else picture.large)
    if not path.is_file():
        raise Http404
    response = FileResponse(path.open("rb"), content_type="image/jpeg")
    response["Cache-Control"] = "no-cache"
    response["ETag"] = f'"{(picture.small if size == "small" else picture.large).sha256[:32]}"'
    return response


def _written(request: FeidiRequest, site: Site, uid: str, kind: Kind, name: str) -> HttpResponse:
    found = find_shown(site.outpost, request.now, [kind], uid)
    if found is None:
        raise Http404
    facts = {code: found.content.get(code, "") for code in ("medium", "author", "link", "rights", "spot", "maker")}
    context = {
        "card": card_of(found),
        "summary": say(found.content["summary"]),
        "body": body_of(found.content["body"]),
        **facts,
    }
    return shown(request, site, name, context)


def _figures(figures: Any) -> list[dict[str, Any]]:
    said = ((each, each["label"]) for each in figures)
    return [{**each, "label": _(words)} for each, words in said]


def _notices(site: Site) -> Any:
    published = library()
    for place in published.lineage(site.outpost.home.code):
        found = published.find(place, SHOWCASE, on=None)
        if found is not None and found.data["notices"]:
            return found.data["notices"]
    return {"privacy": (), "terms": ()}
