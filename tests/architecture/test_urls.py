"""Every address is named, has an access entry, and keeps strangers out."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import get_resolver, path

from feidi.config import urls
from tests.architecture.url_access import ACCESS
from tests.conftest import NOW
from tests.support.urls import Address, addresses

WRONG_METHOD = 405


def _ask(client: Client, address: Address):
    """Open an address by GET, or by POST where GET is not taken."""
    response = client.get(address.path)
    return client.post(address.path) if response.status_code == WRONG_METHOD else response


def test_every_address_has_an_access_entry() -> None:
    names = {each.name for each in addresses()}
    assert sorted(names - ACCESS.keys()) == [], "say in url_access.py who may open these"
    assert sorted(ACCESS.keys() - names) == [], "these are gone"


def test_an_address_without_entry_would_be_seen() -> None:
    assert {"account:login"} <= {each.name for each in addresses()}
    assert not any(each.name.startswith("UNNAMED") or ":UNNAMED" in each.name for each in addresses())


def open_to_anybody(asked: Iterable[Address]) -> list[str]:
    """Return what an unknown visitor reaches though it is not public, and what is public but asks to sign in."""
    wrong = []
    for address in asked:
        response = _ask(Client(), address)
        to_login = response.status_code == 302 and "/account/login" in response.headers["Location"]
        if ACCESS.get(address.name) == "everyone":
            if response.status_code >= 500 or "next=" in response.headers.get("Location", ""):
                wrong.append(f"{address.name} is public: {response.status_code}")
        elif not to_login and response.status_code not in {401, 403, 404}:
            wrong.append(f"{address.name}: {response.status_code}")
    return wrong


def open_to_strangers(asked: Iterable[Address]) -> list[str]:
    """Return the pages of rows that a user without any grant reaches."""
    from feidi.kernel.identity.models import User

    client = Client()
    client.force_login(User.objects.create(login="stranger", display_name="陌生人", created_at=NOW))
    wrong = []
    for address in asked:
        if ACCESS.get(address.name) == "rows":
            response = _ask(client, address)
            if response.status_code not in {403, 404}:
                wrong.append(f"{address.name}: {response.status_code}")
    return wrong


@pytest.mark.django_db
def test_without_signing_in_only_the_public_pages_open() -> None:
    assert open_to_anybody(addresses()) == []


@pytest.mark.django_db
def test_a_user_without_grants_sees_no_rows() -> None:
    assert open_to_strangers(addresses()) == []


@login_not_required
def planted(_request: HttpRequest, uid: str) -> HttpResponse:
    """A page of rows that somebody opened to the world."""
    return HttpResponse(uid)


urlpatterns = [path("planted/<str:uid>", planted, name="planted"), *urls.urlpatterns]


@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_a_page_that_forgets_to_ask_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ACCESS, "planted", "rows")
    # those around it in order of name show that it is told from what is as it should be
    found = addresses()
    at = next(place for place, each in enumerate(found) if each.name == "planted")
    asked = found[at - 20 : at + 20]
    assert {ACCESS[each.name] for each in asked} > {"everyone", "rows"}
    assert open_to_anybody(asked) == ["planted: 200"]
    assert open_to_strangers(asked) == ["planted: 200"]
    monkeypatch.setitem(ACCESS, "nowhere", "rows")
    with pytest.raises(AssertionError, match="gone"):
        test_every_address_has_an_access_entry()
    monkeypatch.delitem(ACCESS, "planted")
    with pytest.raises(AssertionError, match="who may open"):
        test_every_address_has_an_access_entry()


def test_one_name_five_places() -> None:
    """The view of ``console:pipeline:project_move`` is ``project_move``, its template ``…/project_move.html``."""
    wrong = []
    for name, view in _views():
        last = name.rsplit(":", 1)[-1]
        if view.__module__.startswith("feidi.") and view.__name__ != last:
            wrong.append(f"{name} → {view.__module__}.{view.__name__}")
    assert wrong == []


def _views():
    def walk(resolver, spaces):
        for pattern in resolver.url_patterns:
            if hasattr(pattern, "url_patterns"):
                yield from walk(pattern, (*spaces, pattern.namespace) if pattern.namespace else spaces)
            else:
                view = pattern.callback
                while hasattr(view, "__wrapped__"):
                    view = view.__wrapped__
                yield ":".join((*spaces, pattern.name or "")), view

    return walk(get_resolver(), ())
