"""What the base templates need on every page, as one object named ``shell``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from feidi.kernel.access import ANONYMOUS, Actor
from feidi.portals.ui import clock
from feidi.portals.ui.navigation import Link, Search, links_for, often_for, place_of, primary_of, remember, search_for


@dataclass
class Shell:
    """The frame of a page. Everything that costs a query or a lookup is worked out only when shown."""

    request: HttpRequest

    @cached_property
    def actor(self) -> Actor:
        """Who acts; anonymous when the request failed before the actor was known."""
        return getattr(self.request, "actor", ANONYMOUS)

    @cached_property
    def today(self) -> date:
        """The business date of the request."""
        return getattr(self.request, "today", None) or clock.business_today()

    @property
    def signed_in(self) -> bool:
        """Tell whether somebody is signed in."""
        return self.actor.user_id is not None

    @property
    def user_name(self) -> str:
        """The name shown in the user menu, empty when nobody is signed in."""
        return str(self.request.user) if self.signed_in else ""

    @property
    def demonstration(self) -> bool:
        """Tell whether the rows of this installation are invented."""
        return bool(settings.FEIDI_DEMONSTRATION)

    @cached_property
    def navigation(self) -> list[Link]:
        """The jobs open to the actor."""
        return links_for(self.actor, self.request.path)

    @property
    def primary(self) -> list[Link]:
        """At most four jobs for the phone's bottom bar: what the role needs most, else those marked primary."""
        return primary_of(self.navigation, self.often)

    @cached_property
    def often(self) -> list[Link]:
        """The jobs that the reader's role needs most; they stand on top of the rail."""
        return often_for(self.actor, self.request.path)

    @property
    def rail(self) -> SafeString:
        """The rail's items, drawn once for all who hold the same roles and stand at the same job."""
        return self._drawn("rail_items")

    @property
    def bottombar(self) -> SafeString:
        """The phone's bottom bar, drawn as rarely."""
        return self._drawn("bottombar")

    def _drawn(self, name: str) -> SafeString:
        """Draw a fragment in which there is nothing but links to jobs."""
        key = (name, place_of(self.actor, self.request.path), self.language)
        made = remember(key, lambda: render_to_string(f"ui/fragments/{name}.html", {"shell": self}))
        return mark_safe(made)  # noqa: S308 - drawn by the template engine

    @cached_property
    def search(self) -> Search | None:
        """Where the search box leads, None when there is none for this actor."""
        return search_for(self.actor)

    @property
    def search_url(self) -> str:
        """Address of the search page."""
        return reverse(self.search.url_name) if self.search else ""

    @property
    def suggest_url(self) -> str:
        """Address of the suggestions while typing, empty when there are none."""
        return reverse(self.search.suggest_url_name) if self.search and self.search.suggest_url_name else ""

    @property
    def query(self) -> str:
        """What is being searched for on this page, to keep it in the box."""
        return self.request.GET.get("q", "") if self.search and self.request.path == self.search_url else ""

    @property
    def path(self) -> str:
        """The page's own address, to come back to after changing the language."""
        return self.request.get_full_path()

    @property
    def language(self) -> str:
        """The active language code."""
        return get_language() or settings.LANGUAGE_CODE

    @property
    def languages(self) -> list[tuple[str, str]]:
        """The languages offered, each in its own words."""
        return list(settings.LANGUAGES)

    @property
    def footer_lines(self) -> tuple[str, ...]:
        """ICP 备案号, 公安备案号, 主办/运营: what the installation states at the foot of each page."""
        return tuple(getattr(settings, "FEIDI_FOOTER_LINES", ()))


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor: add ``shell``."""
    return {"shell": Shell(request)}
