"""What content says of the outpost and its home: who they are, industries, chains, published facts with their source."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext as _

from feidi.domain.parties.models import Outpost
from feidi.domain.parties.services.places import ENCLAVE
from feidi.domain.showcase.selectors.sites import Site
from feidi.kernel.content.library import library
from feidi.portals.public.showcase.words import say

CHAINS: Final = "enclave/chains.yaml"


def _enclave(site: Site) -> dict[str, Any]:
    return dict(library().read(site.outpost.home.code, ENCLAVE, on=None).data)


def _told(site: Site) -> dict[str, Any]:
    outposts = _enclave(site).get("outposts") or ()
    return next((each for each in outposts if each["code"] == site.outpost.code), {})


def outpost_name(outpost: Outpost) -> str:
    """Return the short name of an outpost in the reader's language (``outpost.home`` is needed)."""
    enclave = library().read(outpost.home.code, ENCLAVE, on=None).data
    told = (each["short_name"] for each in enclave.get("outposts") or () if each["code"] == outpost.code)
    return next((say(each) for each in told), "") or outpost.short_name


def name_of(site: Site) -> str:
    """Return the outpost's name in the reader's language."""
    return say(_told(site).get("name")) or site.outpost.name


def short_name_of(site: Site) -> str:
    """Return the outpost's short name in the reader's language."""
    return say(_told(site).get("short_name")) or site.outpost.short_name


def place_line(site: Site) -> str:
    """Return the home and the host in one line."""
    places = library()
    home, host = places.place(site.outpost.home.code), places.place(site.outpost.host.code)
    return f"{say(home['short_name'])} → {say(host['short_name'])}"


def about(site: Site) -> dict[str, Any]:
    """Return who the outpost is, as content says, with the source of it."""
    enclave, told, own = _enclave(site), _told(site), site.told
    words = enclave.get("words") or {}
    area = told.get("area_m2") or {}
    return {
        "name": name_of(site),
        "mechanism": say(words.get("mechanism")),
        "slogans": [say(each) for each in words.get("slogans") or ()],
        "intro": [say(each) for each in own["intro"]],
        "functions": [say(each) for each in own["functions"]],
        "services": [say(each) for each in own["services"]],
        "reasons": [say(each) for each in own["reasons"]],
        "plaques": [say(each["name"]) for each in told.get("plaques") or ()],
        "fields": [say(each["label"]) for each in enclave.get("fields") or ()],
        "address": say(told.get("address")),
        "area": area.get("value"),
        "area_about": area.get("qualifier") == "about",
        "phone": own["contact"]["phone"] or "",
        "email": own["contact"]["email"] or "",
        "hours": say(own["contact"]["hours"]),
        "source": site.source,
        "place_line": place_line(site),
    }


def chains_of(site: Site) -> list[dict[str, Any]]:
    """Return the home's industry chains: the nodes it has, and those it looks for somebody for."""
    found = library().find(site.outpost.home.code, CHAINS, on=None)
    if found is None:
        return []
    return [
        {
            "label": say(chain["label"]),
            "nodes": [
                {
                    "label": say(node["label"]),
                    "state": {"missing": _("正在寻找"), "weak": _("欢迎加强"), "present": _("已有")}.get(
                        node["state"] or "", ""
                    ),
                    "looking_for": say(node.get("looking_for")),
                }
                for node in chain["nodes"]
            ],
        }
        for chain in found.data["chains"]
    ]


def published_facts(site: Site) -> list[dict[str, Any]]:
    """Return the figures that a published source states, in its own words, with the day of the source."""
    enclave = _enclave(site)
    return [
        {
            "label": say(each["label"]),
            "wording": say({"zh": each["wording"], "en": each.get("wording_en", "")}),
            "value": each["value"],
            "unit": say(each["unit"]),
            "as_of": each["as_of"],
            "source": enclave.get("source", ""),
        }
        for each in enclave.get("published_facts") or ()
    ]


def site_facts() -> tuple[tuple[str, str], ...]:
    """Return the one-line facts of an available site with their names."""
    return (("area", _("面积")), ("price", _("价格")), ("place", _("位置")), ("contact", _("联系")))
