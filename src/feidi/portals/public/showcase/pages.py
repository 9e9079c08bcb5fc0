"""What every page of a site does alike: which site, in which language, answered from memory while nothing has changed.

A page is the same for everybody: it knows no user, no session, no cookie but the language. What it rests on is one
question to the database (the newest act on what the page shows, the newest edition of it that has begun); the answer is
part of the key, so that a withdrawal and a scheduled hour hold at once, in every process, and so that other pages stay.
A page that has changed is made once: whoever asks for it meanwhile waits for that one.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import wraps
from hashlib import sha256
from threading import Lock
from typing import Any, Concatenate, Final, ParamSpec

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_http_methods, require_safe

from feidi.domain.showcase.selectors.published import mark_of
from feidi.domain.showcase.selectors.sites import Site, find_site, kept_site
from feidi.kernel.content.library import held_library, library
from feidi.portals.public.showcase.window import short_name_of
from feidi.portals.public.tongues import mark_chinese
from feidi.portals.ui.requests import FeidiRequest

P = ParamSpec("P")
#: Pages kept per process: a site has some dozens in two languages.
_KEPT: Final = 400
_NOT_MODIFIED: Final = 304
_pages: OrderedDict[str, bytes] = OrderedDict()
#: Pages that are being made: whoever wants one too waits here.
_making: dict[str, Lock] = {}
_lock = Lock()


def forget_pages() -> None:
    """Forget every page: for tests and measurements."""
    with _lock:
        _pages.clear()


View = Callable[Concatenate[FeidiRequest, Site, P], HttpResponse]


@dataclass(frozen=True, slots=True)
class Rests:
    """What a page rests on beside content, day and language. ``kinds``: what is published of them; ``one``: on the
    publication of its address alone; ``media``: the media ledger; ``more``: something else, which it names.
    """

    kinds: tuple[str, ...] = ()
    one: bool = False
    media: bool = False
    more: Callable[[FeidiRequest, Site], str] | None = None

    def mark(self, request: FeidiRequest, site: Site, uid: str) -> str:
        """Return what stands now; another page when it is another."""
        told = mark_of(site.outpost.pk, request.now, self.kinds, uid=uid if self.one else "", media=self.media)
        return f"{told}\0{self.more(request, site) if self.more else ''}"


def site_page(view: View[P]) -> Callable[..., HttpResponse]:
    """Make a view a page of a site, for everybody, answered from memory while content has not changed. Without a site, or
    one that is not open: 404.
    """
    return _page(view, Rests())


def fresh_page(view: View[P]) -> Callable[..., HttpResponse]:
    """Make a view a page of a site that is drawn anew each time: what it rests on changes without a mark."""
    return _page(view, None)


def page_resting_on(
    kinds: Iterable[str] = (),
    *,
    one: bool = False,
    media: bool = False,
    more: Callable[[FeidiRequest, Site], str] | None = None,
) -> Callable[[View[P]], Callable[..., HttpResponse]]:
    """Do as ``site_page`` for a page that rests on something else too."""
    rests = Rests(tuple(kinds), one, media, more)
    return lambda view: _page(view, rests)


def _page(view: View[P], rests: Rests | None) -> Callable[..., HttpResponse]:
    @wraps(view)
    def page(request: FeidiRequest, code: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        with held_library():
            site = _site(code, find_site if rests is None else kept_site)
            chosen = speak(request)
            if rests is None:
                return _sent(view(request, site, *args, **kwargs), chosen)
            key = _key(request, site, rests.mark(request, site, str(kwargs.get("uid", ""))))
            return _sent(_answer(request, key, lambda: view(request, site, *args, **kwargs)), chosen)

    return login_not_required(require_safe(page))


def site_form(view: View[P]) -> Callable[..., HttpResponse]:
    """Make a view a form of a site, for everybody: never kept anywhere, out of search engines."""

    @wraps(view)
    def form(request: FeidiRequest, code: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        with held_library():
            site = _site(code)
            chosen = speak(request)
            response = _sent(view(request, site, *args, **kwargs), chosen)
        response["Cache-Control"] = "private, no-store"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return login_not_required(require_http_methods(["GET", "HEAD", "POST"])(form))


def speak(request: FeidiRequest) -> str:
    """Take the language that the address asks for; return it, or "" when it asks for none.

    Without one it is the language of the cookie, else Chinese: never the one of somebody signed in, because the page is
    everybody's.
    """
    offered = dict(settings.LANGUAGES)
    asked = request.GET.get("lang", "")
    cookie = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    language = next((each for each in (asked, cookie) if each in offered), settings.LANGUAGE_CODE)
    translation.activate(language)
    request.LANGUAGE_CODE = language
    return language if asked == language else ""


def shown(request: FeidiRequest, site: Site, name: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """Render a page of a site within its frame."""
    english = translation.get_language() == "en"
    other = "zh-hans" if english else "en"
    frame = {
        "site": site,
        "code": site.code,
        "site_name": short_name_of(site),
        "invented": site.demonstration or settings.FEIDI_DEMONSTRATION,
        "other_language": other,
        "other_name": dict(settings.LANGUAGES)[other],
        "other_url": f"{request.path}?lang={other}",
        "language": "en" if english else "zh-CN",
        "comma": ", " if english else "、",
        "sections": sections_of(site, request.path),
    }
    return in_its_tongue(render(request, f"public/showcase/{name}.html", {**frame, **context}, status=status))


def in_its_tongue(response: HttpResponse) -> HttpResponse:
    """Return a page with what is Chinese on it marked as Chinese when it speaks English."""
    if translation.get_language() == "en":
        response.content = mark_chinese(response.content.decode()).encode()
    return response


def sections_of(site: Site, here: str) -> list[tuple[str, str, bool]]:
    """Return the site's main pages: name, address, whether the reader is there."""
    gettext = translation.gettext
    names = (
        ("site_view", gettext("首页")),
        ("window_view", gettext("产业与落地")),
        ("space_view", gettext("空间")),
        ("show_list", gettext("项目与产品")),
        ("exhibit_list", gettext("展厅")),
        ("policy_list", gettext("政策")),
        ("cost_view", gettext("成本对比")),
        ("event_list", gettext("活动")),
        ("result_view", gettext("成效")),
        ("news_list", gettext("动态")),
        ("contact_view", gettext("联系")),
    )
    found = []
    for name, label in names:
        url = reverse(f"public:showcase:{name}", args=[site.code])
        found.append((label, url, here == url or (name != "site_view" and here.startswith(url))))
    return found


def _site(code: str, find: Callable[[str], Site | None] = find_site) -> Site:
    site = find(code)
    if site is None:
        raise Http404
    return site


def _key(request: FeidiRequest, site: Site, more: str) -> str:
    parts = (
        request.path,
        str(translation.get_language()),
        str(site.outpost.version),
        str(library().mark),
        request.today.isoformat(),
        str(settings.FEIDI_DEMONSTRATION),
        more,
    )
    return sha256("\0".join(parts).encode()).hexdigest()


def _answer(request: FeidiRequest, key: str, make: Callable[[], HttpResponse]) -> HttpResponse:
    etag = f'"{key[:32]}"'
    if request.headers.get("If-None-Match") == etag:
        return _tagged(HttpResponse(status=_NOT_MODIFIED), etag)
    body = _found(key)
    if body is not None:
        return _tagged(HttpResponse(body), etag)
    with _lock:
        mine = _making.setdefault(key, Lock())
    with mine:
        try:
            body = _found(key)
            if body is None:
                response = make()
                if response.status_code != 200:  # noqa: PLR2004 - only a page that is there is kept
                    return response
                body = response.content
                _keep(key, body)
        finally:
            with _lock:
                _making.pop(key, None)
    return _tagged(HttpResponse(body), etag)


def _found(key: str) -> bytes | None:
    with _lock:
        body = _pages.get(key)
        if body is not None:
            _pages.move_to_end(key)
    return body


def _keep(key: str, body: bytes) -> None:
    with _lock:
        _pages[key] = body
        while len(_pages) > _KEPT:
            _pages.popitem(last=False)


def _tagged(response: HttpResponse, etag: str) -> HttpResponse:
    """A reader may keep the page and must ask each time whether it still holds."""
    response["ETag"] = etag
    response["Cache-Control"] = "no-cache"
    return response


def _sent(response: HttpResponse, chosen: str) -> HttpResponse:
    patch_vary_headers(response, ["Cookie"])
    if chosen:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            chosen,
            max_age=365 * 24 * 3600,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )
    return response
