"""归到产业链环节: which node of the home's chains a text is about, by the words that content gives for each node.

Labels and aliases count more than keywords, long words more than short ones. Nothing found, or two nodes found alike:
``other``, with why; a person may always put it elsewhere.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _

from feidi.domain.parties.models import Place
from feidi.domain.pipeline.selectors.chains import FILE
from feidi.engines.names.folding import simplified
from feidi.kernel.content.library import library

OTHER: Final = "other"
_NAME, _KEYWORD = 3.0, 2.0
#: Each character beyond the second makes a word more telling by this share, up to double.
_PER_CHARACTER, _MOST = 0.25, 2.0
#: The best node must be this many times as likely as the next one; else it is open which.
_CLEARLY: Final = 1.15


@dataclass(frozen=True, slots=True)
class NodeWords:
    """One node of a chain with what it is recognised by: folded word → weight."""

    chain: str
    node: str
    chain_label: Mapping[str, str]
    label: Mapping[str, str]
    words: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Tagging:
    """Where a text belongs. ``node`` is ``other`` (and ``chain`` empty) when it is to none of them; ``why`` says so.

    ``scores``: the nodes that anything spoke for, best first, as (chain, node, score).
    """

    chain: str
    node: str
    words: tuple[str, ...]
    why: str
    scores: tuple[tuple[str, str, float], ...]


_KNOWN: dict[str, tuple[NodeWords, ...]] = {}


def nodes_of(home: Place) -> tuple[NodeWords, ...]:
    """Return the nodes published for a home place, in the order of its chains; none where it publishes none."""
    parsed = library().find(home.code, FILE, on=None)
    if parsed is None:
        return ()
    if parsed.sha256 not in _KNOWN:
        _KNOWN[parsed.sha256] = tuple(_node(chain, node) for chain in parsed.data["chains"] for node in chain["nodes"])
    return _KNOWN[parsed.sha256]


def _node(chain: Mapping[str, Any], node: Mapping[str, Any]) -> NodeWords:
    names = [*node["label"].values(), *(node.get("aliases") or ())]
    words = {_fold(each): _weight(_NAME, each) for each in names}
    for each in node.get("keywords") or ():
        words.setdefault(_fold(each), _weight(_KEYWORD, each))
    return NodeWords(chain["code"], node["code"], chain["label"], node["label"], words)


def _weight(base: float, word: str) -> float:
    return base * min(1 + _PER_CHARACTER * max(len(word) - 2, 0), _MOST)


def _fold(text: str) -> str:
    """Fold width, case and traditional forms; spaces stay, so that Latin words stay apart."""
    return simplified(unicodedata.normalize("NFKC", text).casefold())


def propose_node(nodes: Iterable[NodeWords], text: str) -> Tagging:
    """Return to which node ``text`` belongs; ``text`` of any length, also empty."""
    folded = _fold(text)
    found = [(each, _words_in(folded, each)) for each in nodes]
    ranked = sorted(
        ((sum(each.words[word] for word in words), each, words) for each, words in found if words),
        key=lambda one: -one[0],
    )
    scores = tuple((each.chain, each.node, round(score, 2)) for score, each, _words in ranked)
    if not ranked:
        return Tagging("", OTHER, (), _("没有提到任何环节的用词"), ())
    best, node, words = ranked[0]
    if len(ranked) > 1 and best < _CLEARLY * ranked[1][0]:
        both = "、".join(each.label["zh"] for _score, each, _words in ranked[:2])
        return Tagging("", OTHER, (), _("同样像几个环节：{nodes}").format(nodes=both), scores)
    said = "、".join(words)
    return Tagging(node.chain, node.node, tuple(words), _("提到：{words}").format(words=said), scores)


def _words_in(text: str, node: NodeWords) -> list[str]:
    """Return the node's words in the text; one that stands only inside a longer one of them does not count again."""
    kept: list[str] = []
    left = text
    for word in sorted(node.words, key=lambda each: (-len(each), each)):
        if _stands_in(left, word):
            kept.append(word)
            left = left.replace(word, "\x00")
    return kept


def _stands_in(text: str, word: str) -> bool:
    at = text.find(word)
    while at >= 0:
        end = at + len(word)
        around = (text[at - 1 : at] if at else "", text[end : end + 1])
        if not word.isascii() or not any(each.isascii() and each.isalnum() for each in around if each):
            return True
        at = text.find(word, end)
    return False


def find_node(home: Place, chain: str, node: str) -> NodeWords | None:
    """Return a published node by its codes; an empty chain takes the only node of that code."""
    found = [each for each in nodes_of(home) if each.node == node and chain in {"", each.chain}]
    return found[0] if len(found) == 1 else None
