"""Quality beside other engines, and what the pruned mode may miss. Slow: two thousand published abstracts, twenty thousand offers."""

from __future__ import annotations

import pytest

from benchmarks.inside.matching_peers import PEERS, made
from benchmarks.inside.matching_quality import CSL, measured, ours, records
from benchmarks.inside.offers import OfferMaker
from feidi.engines.affinity import Asking, Need, Offer, Weights
from feidi.engines.affinity.index import Index
from feidi.engines.affinity.matching import rank

pytestmark = pytest.mark.slow


@pytest.mark.skipif(not CSL.exists(), reason="QUALITY IS NOT TESTED HERE: ../shared/eval/csl.jsonl is absent")
def test_quality_is_never_below_the_best_of_the_others() -> None:
    rows = records()
    texts = [row["abstract"] for row in rows]
    index = Index.build(Offer(str(at), text) for at, text in enumerate(texts))
    known, alike = measured(rows, ours(index, {"lexical": 1, "meaning": 1}))
    by_words, alike_by_words = measured(rows, ours(index, {"lexical": 1}))
    others = [measured(rows, ask) for ask in (made(name, texts) for name in PEERS) if ask is not None]
    assert known >= max(each for each, _alike in others)
    assert by_words >= 0.98
    assert alike >= 0.28 > alike_by_words >= max(each for _known, each in others)


@pytest.mark.parametrize(("rarest", "least"), [(48, 0.998), (24, 0.85)])
def test_the_pruned_list_holds_the_exact_best_ten(rarest: int, least: float) -> None:
    maker = OfferMaker(3)
    index = Index.build(maker.offers(20_000))
    weights, exact = Weights.of({"lexical": 1}), 0
    asking = Asking(weights=weights, per_owner=None, near_misses=0, rarest=rarest)
    needs = maker.needs(100)
    for need in needs:
        scores = index.lexical_scores(Need(need.text))
        best = sorted(scores, key=lambda key: (-scores[key], key))[:10]
        ranked = rank(index.view, Need(need.text), asking)
        seen = {index.view.parts[0].segment.ids[int(row)] for each in ranked.scored for row in each.listed.rows}
        assert all(score <= ranked.listed.bound for key, score in scores.items() if key not in seen)
        exact += len(set(best) & seen)
    assert exact >= least * 10 * len(needs)
