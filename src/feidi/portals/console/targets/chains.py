"""The chains of one's homes: which nodes are missing, and how far the search for each has come."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from feidi.domain.parties.access import require
from feidi.domain.parties.models import Outpost, Place
from feidi.domain.pipeline.selectors.chains import MISSING, PRESENT, WEAK, Chain, Chains, Node, find_chains
from feidi.domain.pipeline.selectors.targets import NodeProgress, TargetFilter, list_targets, progress_by_node
from feidi.domain.pipeline.services.targets import EDIT
from feidi.kernel.messages import Words
from feidi.portals.console.lists import chat_lines
from feidi.portals.console.pipeline.views.projects import outposts_of
from feidi.portals.console.words import say_pair
from feidi.portals.ui.pieces import Badge, Crumb, Tone
from feidi.portals.ui.requests import FeidiRequest

STATES: dict[str, tuple[Words, Tone]] = {
    MISSING: (gettext_lazy("缺失"), "bad"),
    WEAK: (gettext_lazy("薄弱"), "warn"),
    PRESENT: (gettext_lazy("已有"), "ok"),
    "": (gettext_lazy("未查明"), "quiet"),
}


def homes_of(outposts: Iterable[Outpost]) -> list[Place]:
    """Return the homes of these outposts, each once."""
    return list({each.home_id: each.home for each in outposts}.values())


def all_chains(outposts: Iterable[Outpost]) -> list[tuple[Place, Chains]]:
    """Return the published chains of the homes of these outposts."""
    found = [(home, find_chains(home)) for home in homes_of(outposts)]
    return [(home, chains) for home, chains in found if chains is not None]


class NodeNames:
    """What chains and nodes written on targets are called in the reader's language; unknown ones stay as written."""

    def __init__(self, outposts: Iterable[Outpost]) -> None:
        self._chains = [chains for _home, chains in all_chains(outposts)] if get_language() == "en" else []

    def of(self, chain: str, node: str) -> tuple[str, str]:
        """Return the names of a chain and its node."""
        found = next((pair for each in self._chains if (pair := each.find(node, chain))), None)
        return (str(_said(found[0].label)) if chain else "", str(_said(found[1].label))) if found else (chain, node)


@require_GET
def chain_list(request: FeidiRequest) -> HttpResponse:
    """Every node of the home's chains: missing, weak, there; whom we look for, and how far each search has come."""
    require(request.actor, EDIT)
    outposts = outposts_of(request.actor, EDIT)
    progress = {each.node: each for each in progress_by_node(list_targets(request.actor, TargetFilter()))}
    places = [
        {
            "name": home.name_zh,
            "source": chains.source,
            "confirmed": chains.confirmed,
            "chains": [
                {"label": _said(chain.label), "nodes": [_line(chain, node, progress) for node in chain.nodes]}
                for chain in chains.chains
            ],
        }
        for home, chains in all_chains(outposts)
    ]
    context = {
        "places": places,
        "copy_text": chat_lines(_("补链环节"), _lines(all_chains(outposts), progress)) if places else "",
        "crumbs": [Crumb(_("目标企业清单"), reverse("console:targets:target_list")), Crumb(_("产业链环节"))],
    }
    return render(request, "console/targets/chain_list.html", context)


def gap_lines(outposts: Iterable[Outpost], progress: Iterable[NodeProgress]) -> list[dict[str, Any]]:
    """Return the missing and weak nodes for which nobody is looked for yet."""
    sought = {each.node: each for each in progress}
    return [
        _line(chain, node, sought)
        for _home, chains in all_chains(outposts)
        for chain, node in chains.gaps()
        if node.label["zh"] not in sought
    ]


def _line(chain: Chain, node: Node, progress: dict[str, NodeProgress]) -> dict[str, Any]:
    word, tone = STATES[node.state]
    there = progress.get(node.label["zh"])
    about = urlencode({"chain": chain.label["zh"], "node": node.label["zh"]})
    return {
        "label": _said(node.label),
        "chain": _said(chain.label),
        "badge": Badge(word, tone),
        "why": _said(node.why),
        "looking_for": _said(node.looking_for),
        "progress": there,
        "list_url": f"{reverse('console:targets:target_list')}?{urlencode({'node': node.label['zh']})}"
        if there
        else "",
        "new_url": f"{reverse('console:targets:target_new')}?{about}" if node.state != PRESENT else "",
        "paste_url": f"{reverse('console:targets:target_paste')}?{about}" if node.state != PRESENT else "",
    }


def _lines(places: list[tuple[Place, Chains]], progress: dict[str, NodeProgress]) -> Iterable[str]:
    for _home, chains in places:
        for chain, node in chains.gaps():
            there = progress.get(node.label["zh"])
            count = _("{n} 家").format(n=there.total) if there else _("还没有目标企业")
            yield f"{_said(chain.label)}·{_said(node.label)}（{STATES[node.state][0]}）：{count}"


def _said(label: Any) -> str:
    return say_pair(label["zh"], label["en"]) if label else ""
