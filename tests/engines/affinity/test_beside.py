"""What stands beside an offer says what its text says, and the best are found without all of them being ordered."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feidi.engines.affinity import Offer
from feidi.engines.affinity.commonest import COMMONEST
from feidi.engines.affinity.forward import LOWER, counts_in, terms_in
from feidi.engines.affinity.index import Index
from feidi.engines.affinity.lexical import Touched
from feidi.engines.affinity.segment import Segment
from feidi.engines.findings import RefusedError
from tests.engines.affinity.support import plain_terms, text_like
from tests.support.home import examples


def segment_of(texts: list[str]) -> Segment:
    return Index.build(Offer(f"o{at}", text) for at, text in enumerate(texts)).view.parts[0].segment


@settings(max_examples=examples(30), deadline=None)
@given(st.lists(text_like(1), min_size=1, max_size=12), st.booleans())
def test_the_terms_beside_an_offer_are_those_of_its_text(texts: list[str], with_long_one: bool) -> None:
    texts = [
        *texts,
        "陶瓷墨水" * 3,
        *(["窑炉节能" + "".join(map(chr, range(0x4E00, 0x4F00)))] if with_long_one else []),
    ]
    segment, marks = segment_of(texts), np.zeros(LOWER, np.bool_)
    asked = set(plain_terms("陶瓷墨水窑炉PCR"))
    marks[[term % LOWER for term in asked]] = True
    rows = np.arange(len(texts))[::-1].copy()
    places, values = segment.forward.marked(rows, marks)
    for place, row in enumerate(rows.tolist()):
        wanted = Counter(plain_terms(texts[row]))
        own, _sizes = segment.forward.of(np.array([row]))
        assert dict(zip(terms_in(own).tolist(), counts_in(own).tolist(), strict=True)) == wanted
        some = values[places == place]
        found = dict(zip(terms_in(some).tolist(), counts_in(some).tolist(), strict=True))
        assert found == {term: often for term, often in wanted.items() if marks[term % LOWER]}


def test_the_commonest_terms_have_a_bit() -> None:
    rare = [chr(0x5000 + at) for at in range(2 * COMMONEST)]
    texts = [f"陶瓷 {'墨水' if at % 2 else '窑炉'} {rare[at]}" for at in range(len(rare))]
    segment = segment_of(texts)
    terms = np.array(sorted(set(plain_terms("陶瓷墨水窑炉 薄膜"))))
    held = [set(plain_terms(text)) for text in texts]
    known = set(segment.common.terms.tolist())
    assert len(known) == COMMONEST
    assert set(plain_terms("陶瓷")) <= known
    weights = np.arange(1, len(terms) + 1).astype(np.float32)
    rows = np.array([0, 7, 7, len(texts) - 1])
    wanted = [
        sum(weight for term, weight in zip(terms.tolist(), weights.tolist(), strict=True) if term in held[row] & known)
        for row in rows.tolist()
    ]
    assert segment.common.sums(rows, terms, weights).tolist() == wanted
    assert segment.common.sums(rows, np.array(plain_terms("薄膜")), weights[:3]).tolist() == [0.0] * 4


@pytest.mark.parametrize("spread", [0.0, 1.5])
@pytest.mark.parametrize("share", [0.002, 0.3, 1.0])
@pytest.mark.parametrize("count", [1, 300, 40_000])
def test_the_best_are_found_whatever_a_sample_says(count: int, share: float, spread: float) -> None:
    draw = np.random.default_rng(7)
    sums = (draw.random(60_000) * (draw.random(60_000) < share)).astype(np.float32)
    firsts = (1 + spread * draw.random(60_000)).astype(np.float32)
    values = sums * firsts
    entries = np.concatenate([np.flatnonzero(sums), draw.choice(np.flatnonzero(sums), 50)])
    rows, found, least = Touched(sums, entries, firsts, float(firsts.max())).best(count)
    order = np.argsort(-values)[: min(count, int((sums > 0).sum()))]
    assert sorted(rows.tolist()) == sorted(order.tolist())
    assert found.tolist() == values[rows].tolist()
    assert least == (0.0 if len(order) < count else pytest.approx(float(values[order[-1]])))


def test_an_index_of_before_is_refused_and_says_how_to_make_it_anew(tmp_path: Path) -> None:
    Index.build([Offer("a", "陶瓷墨水")]).save(tmp_path / "i")
    path = tmp_path / "i" / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text(encoding="utf-8")), "format": 1}), encoding="utf-8")
    with pytest.raises(RefusedError) as refused:
        Index.open(tmp_path / "i")
    assert (refused.value.refusal.code, refused.value.refusal.params["found"]) == ("match.index_format", "1")
