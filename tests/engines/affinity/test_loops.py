"""Loops in machine code give what numpy's columns give: the same offers, the same numbers to the last bit."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.inside.offers import OfferMaker
from feidi.engines.affinity import Asking, Need, Result
from feidi.engines.affinity import kernels as chosen
from feidi.engines.affinity.index import Index
from feidi.engines.affinity.many import match_many
from feidi.engines.affinity.view import View
from feidi.engines.machine import has_compiler
from tests.engines.affinity.support import DAY, facts, offers, word_like

pytestmark = pytest.mark.skipif(not has_compiler(), reason="numba is not installed")


@contextmanager
def machine_code(*, used: bool) -> Iterator[None]:
    """Work out what comes in one of the two ways, whatever the size."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(chosen, "WORTH_COMPILING", 0 if used else 1 << 60)
        yield


def both(index: Index, need: Need, asking: Asking) -> tuple[Result, Result]:
    view, found = index.view, []
    for used in (False, True):
        with machine_code(used=used):
            # what a view has worked out for one of them is not given to the other
            found.append(Index(View(view.parts, view.meaning)).query(need, asking))
    return found[0], found[1]


_ASKING = st.builds(
    Asking,
    top=st.sampled_from([2, 20]),
    on=st.sampled_from([None, DAY]),
    exhaustive=st.booleans(),
    looked_at=st.sampled_from([1, 3, 200]),
    rarest=st.sampled_from([1, 3, 48]),
    reread=st.sampled_from([1, 5, 400]),
)


@settings(max_examples=60, deadline=None)
@given(offers(12), word_like(), facts(), _ASKING, st.booleans())
def test_any_question_has_one_answer(given_offers: Any, text: str, asked: Any, asking: Asking, changed: bool) -> None:
    index = Index.build(given_offers)
    if changed and len(index):
        index.remove(index.ids()[:1])
    plain, machine = both(index, Need(text, asked), asking)
    assert plain == machine


@pytest.fixture(scope="module", params=["as they come", "the longest first"])
def large(request: pytest.FixtureRequest) -> tuple[Index, list[Need]]:
    """Offers enough for several stretches; with the longest first the first stretch has most, and the guess is too high."""
    maker = OfferMaker(7)
    made = list(maker.offers(2_400))
    if request.param == "the longest first":
        made.sort(key=lambda each: -len(each.text))
    return Index.build(made), maker.needs(40)


def test_stretches_and_guesses_change_nothing(large: tuple[Index, list[Need]], monkeypatch: pytest.MonkeyPatch) -> None:
    """The loops hold many thousands of offers at a time; what the first of them say of the best may be wrong."""
    from feidi.engines.affinity import loops

    index, needs = large
    short = _with_short_stretches(loops, monkeypatch)
    for need in needs:
        plain, machine = both(index, need, Asking(on=DAY, looked_at=20, reread=20, pool=1))
        assert plain == machine
    assert short.signatures, "the shortened loop was never used"


def _with_short_stretches(loops: Any, patch: pytest.MonkeyPatch) -> Any:
    """Compile the loop anew with stretches of 128 offers (constants are part of machine code)."""
    import numba

    patch.setattr(loops, "STRETCH", 128)
    for name in ("_gather", "best"):
        patch.setattr(loops, name, numba.njit(getattr(loops, name).py_func))
    return loops.best


def test_batches_have_one_answer(large: tuple[Index, list[Need]]) -> None:
    index, needs = large
    asking, found = Asking(on=DAY, near_misses=0, pool=2), []
    for used in (False, True):
        with machine_code(used=used):
            pairs = match_many(View(index.view.parts, index.view.meaning), list(enumerate(needs)), asking)
            found.append(pairs.columns())
    assert found[0]["offer"] == found[1]["offer"]
    for name in ("score", "bm25", "lexical"):
        np.testing.assert_array_equal(found[0][name], found[1][name])


def test_few_offers_start_no_compiler() -> None:
    assert chosen.loops_for(chosen.WORTH_COMPILING - 1) is None
    assert chosen.loops_for(chosen.WORTH_COMPILING) is not None
