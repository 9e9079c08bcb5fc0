"""产业链 as content of a home place: its nodes, which are missing there, and which firms are looked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from feidi.domain.parties.models import Place
from feidi.engines.names import fold_name
from feidi.kernel.content.library import library

FILE = "enclave/chains.yaml"
MISSING, WEAK, PRESENT = "missing", "weak", "present"
#: What is missing first, what is not known last.
_ORDER = {MISSING: 0, WEAK: 1, PRESENT: 2}
Label = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Node:
    """One node of a chain. ``state`` empty: nobody has found out. ``words``: folded label and aliases."""

    code: str
    label: Label
    state: str
    why: Label
    looking_for: Label
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Chain:
    """One industry chain of a place."""

    code: str
    label: Label
    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Chains:
    """The chains of a place as published. ``confirmed`` False: a proposal that the place has not taken up."""

    sha256: str
    source: str
    confirmed: bool
    chains: tuple[Chain, ...]

    def find(self, node: str, chain: str = "") -> tuple[Chain, Node] | None:
        """Return the node that these words name; where two chains have it, the named chain decides, else nothing."""
        word, of = fold_name(node), fold_name(chain)
        found = [(each, one) for each in self.chains for one in each.nodes if word and word in one.words]
        named = [pair for pair in found if of in {fold_name(label) for label in pair[0].label.values()}]
        if of and named:
            return named[0]
        return found[0] if len(found) == 1 else None

    def gaps(self) -> list[tuple[Chain, Node]]:
        """Return the nodes that are missing or weak, missing first."""
        pairs = [(chain, node) for chain in self.chains for node in chain.nodes if node.state in {MISSING, WEAK}]
        return sorted(pairs, key=lambda pair: _ORDER[pair[1].state])


_KNOWN: dict[str, Chains] = {}


def find_chains(home: Place) -> Chains | None:
    """Return the chains in force for a home place (nearest wins), None where none are published."""
    parsed = library().find(home.code, FILE, on=None)
    if parsed is None:
        return None
    if parsed.sha256 not in _KNOWN:
        # content is immutable under its hash, so one reading per process is enough
        data = parsed.data
        _KNOWN[parsed.sha256] = Chains(
            parsed.sha256, data["source"], data["confirmed"], tuple(_chain(each) for each in data["chains"])
        )
    return _KNOWN[parsed.sha256]


def _chain(raw: Mapping[str, Any]) -> Chain:
    return Chain(raw["code"], raw["label"], tuple(_node(each) for each in raw["nodes"]))


def _node(raw: Mapping[str, Any]) -> Node:
    words = {*raw["label"].values(), *(raw.get("aliases") or ())}
    return Node(
        code=raw["code"],
        label=raw["label"],
        state=raw["state"] or "",
        why=raw.get("why") or {},
        looking_for=raw.get("looking_for") or {},
        words=frozenset(fold_name(each) for each in words),
    )
