"""Quality on published abstracts: whether the abstract of a title is found, and those of the same discipline beside it.

``../shared/eval/csl.jsonl``: title, abstract, discipline. Known item: nDCG at 10 of the one abstract a title belongs to.
Discipline: of the ten best other abstracts, the share of the same discipline.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from pathlib import Path

from benchmarks.inside.matching_peers import PEERS, made
from benchmarks.running import ROOT
from feidi.engines.affinity import Asking, Need, Offer, Weights
from feidi.engines.affinity.index import Index

CSL = ROOT.parent / "shared" / "eval" / "csl.jsonl"
_TEN = 10
Ask = Callable[[str, int], list[int]]
#: Name → weights of ours.
OURS = {
    "feidi, words": {"lexical": 1.0},
    "feidi, meaning": {"meaning": 1.0, "lexical": 0.001},
    "feidi, words + meaning (default)": {"lexical": 1.0, "meaning": 1.0},
}


def records(most: int | None = None) -> list[dict[str, str]]:
    """Return the records; none when the data are absent."""
    return _lines(CSL)[:most] if CSL.exists() else []


def _lines(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def measured(rows: list[dict[str, str]], ask: Ask) -> tuple[float, float]:
    """Return known item nDCG at 10 and same discipline at 10."""
    known = alike = 0.0
    for at, row in enumerate(rows):
        found = ask(row["title"], _TEN + 1)
        if at in found[:_TEN]:
            known += 1 / math.log2(found.index(at) + 2)
        others = [each for each in found if each != at][:_TEN]
        alike += sum(rows[each]["discipline"] == row["discipline"] for each in others) / _TEN
    return known / len(rows), alike / len(rows)


def ours(index: Index, weights: dict[str, float]) -> Ask:
    """Return our own engine with these weights."""

    def ask(need: str, top: int) -> list[int]:
        asking = Asking(top=top, weights=Weights.of(weights), per_owner=None, near_misses=0)
        return [int(each.id) for each in index.query(Need(need), asking).candidates]

    return ask


def table_rows(rows: list[dict[str, str]]) -> list[list[object]]:
    """Return one row for each engine: name, known item, discipline."""
    texts = [row["abstract"] for row in rows]
    index = Index.build(Offer(str(at), text) for at, text in enumerate(texts))
    found: list[list[object]] = []
    for name, weights in OURS.items():
        known, alike = measured(rows, ours(index, weights))
        found.append([name, f"{known:.4f}", f"{alike:.4f}"])
    for name in PEERS:
        ask = made(name, texts)
        if ask is None:
            found.append([name, "not installed", ""])
        else:
            known, alike = measured(rows, ask)
            found.append([name, f"{known:.4f}", f"{alike:.4f}"])
    return found
