"""One question from beginning to end: terms, shortlist, scores, order, diversity, explanation."""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from feidi.engines.affinity.checks import checks_of, looked_at
from feidi.engines.affinity.explaining import best_sentences, shared_words
from feidi.engines.affinity.folding import Array
from feidi.engines.affinity.lexical import SLACK, asked_of
from feidi.engines.affinity.model import (
    Asking,
    Candidate,
    Held,
    HeldBack,
    NearMiss,
    Need,
    Result,
    State,
    Verdict,
    WhyNot,
    Word,
)
from feidi.engines.affinity.parts import NEUTRAL, SOFT
from feidi.engines.affinity.scoring import (
    Measured,
    Question,
    Scale,
    Scored,
    best_of,
    bound_of,
    measure,
    read,
    scored,
    shares_of,
)
from feidi.engines.affinity.semantics import Semantics
from feidi.engines.affinity.shortlist import Listed, Shortlist, is_kept_away, shortlist
from feidi.engines.affinity.telling import held
from feidi.engines.affinity.view import View


@dataclass(frozen=True, slots=True)
class Ranked:
    """Scored offers in the order of the list: which part of the index, which of its scored offers; ``failing`` near misses."""

    question: Question
    listed: Shortlist
    scale: Scale
    scored: tuple[Scored, ...]
    order: tuple[tuple[int, int], ...]
    failing: tuple[Measured, ...]

    @property
    def looked_at(self) -> int:
        """How many offers were scored."""
        return sum(len(each.scores) for each in self.scored)


def question_of(view: View, need: Need, asking: Asking, semantics: Semantics | None) -> tuple[Question, Array, Array]:
    """Return the question with its terms and weights; then the idf and the document frequency of each term."""
    asked = asked_of(need)
    found = view.found(asked.numbers.astype(np.int64))
    idf = view.statistics.idf(found)
    vector = view.meaning.vector(asked.numbers, asked.times) if view.meaning else None
    return Question(need, asking, asked, idf * asked.times, vector, semantics), idf, found


def rank(view: View, need: Need, asking: Asking, semantics: Semantics | None = None) -> Ranked:
    """Return the offers that may serve a need, the best first; of equal scores the smaller id."""
    question, idf, found = question_of(view, need, asking, semantics)
    return ranked_of(view, question, shortlist(view, need, asking, question.asked, idf, found))


def ranked_of(view: View, question: Question, listed: Shortlist) -> Ranked:
    """Return a shortlist, scored and in order."""
    shares = shares_of(view, question)
    passing, failing = listed.passing, [each for each in listed.failing_one if len(each.rows)]
    texts = read(view, question, [*passing, *failing])
    found, least = best_of(texts[: len(passing)], question.asking.looked_at)
    both = measure(view, question, [*found, *texts[len(passing) :]], list(shares))
    measured, missed = both[: len(found)], both[len(found) :]
    scale = Scale(shares, max((float(each.lexical.max()) for each in found if len(each.lexical)), default=0.0))
    bounded = replace(listed, bound=max(listed.bound, least * (1 + SLACK)))
    return Ranked(question, bounded, scale, *_ordered(view, measured, scale), tuple(missed))


def _ordered(
    view: View, measured: Sequence[Measured], scale: Scale
) -> tuple[tuple[Scored, ...], tuple[tuple[int, int], ...]]:
    found = tuple(scored(each, scale) for each in measured)
    # what differs by rounding alone is equal
    scores = np.concatenate([np.round(each.scores, 9) for each in found]) if found else np.zeros(0)
    order = np.argsort(-scores, kind="stable")
    places = [(number, at) for number, each in enumerate(found) for at in range(len(each.scores))]
    ordered = [places[at] for at in order.tolist()]
    _by_id(view, found, ordered, np.flatnonzero(np.diff(scores[order]) == 0))
    return found, tuple(ordered)


def _by_id(view: View, found: Sequence[Scored], places: list[tuple[int, int]], ties: Array) -> None:
    """Put those of equal scores in the order of their ids; ``ties`` are the places whose next one has the same score."""
    for run in np.split(ties, np.flatnonzero(np.diff(ties) > 1) + 1) if len(ties) else ():
        here = slice(int(run[0]), int(run[-1]) + 2)
        places[here] = sorted(places[here], key=lambda place: _id_at(view, found[place[0]], place[1]))


def _id_at(view: View, each: Scored, at: int) -> str:
    return view.parts[each.listed.part].segment.ids[int(each.listed.rows[at])]


def diversified(view: View, ranked: Ranked) -> tuple[list[tuple[int, int]], list[HeldBack]]:
    """Return the places of the list, at most so many of one owner, and what was held back before it was full."""
    asking = ranked.question.asking
    listed: list[tuple[int, int]] = []
    counted: dict[int | str, int] = {}
    back: dict[str, list[str]] = {}
    for number, at in ranked.order:
        if len(listed) == asking.top:
            break
        each = ranked.scored[number]
        segment, row = view.parts[each.listed.part].segment, int(each.listed.rows[at])
        # one segment has one code for an owner; several have a name in common
        code = int(segment.owner[row])
        owner: int | str = code if len(view.parts) == 1 or not code else segment.owner_of(row)
        if owner and asking.per_owner is not None and counted.get(owner, 0) >= asking.per_owner:
            back.setdefault(segment.owner_of(row), []).append(segment.ids[row])
            continue
        counted[owner] = counted.get(owner, 0) + 1
        listed.append((number, at))
    return listed, [HeldBack(owner, tuple(ids)) for owner, ids in back.items()]


def answer(view: View, need: Need, asking: Asking, semantics: Semantics | None = None) -> Result:
    """Return the answer to a need, explained."""
    ranked = rank(view, need, asking, semantics)
    places, back = diversified(view, ranked)
    listed = [(ranked.scored[number], at) for number, at in places]
    missed = _missed(view, ranked)
    shown = [*listed, *missed]
    texts = [_text(view, each, at) for each, at in shown]
    sentences = best_sentences(texts, ranked.question.asked, ranked.question.weights)
    told = _told(view, ranked, [(each.listed, at) for each, at in shown])
    gained = [each.read.gained(at) for each, at in listed]
    words = shared_words(texts[: len(listed)], ranked.question.asked, gained)
    reasons = list(zip(sentences, told, strict=True))
    return Result(
        candidates=tuple(
            _candidate(view, ranked, each, at, *reason, shared)
            for (each, at), reason, shared in zip(listed, reasons[: len(listed)], words, strict=True)
        ),
        near_misses=tuple(
            _near_miss(view, ranked, each, at, *reason)
            for (each, at), reason in zip(missed, reasons[len(listed) :], strict=True)
        ),
        held_back=tuple(back),
        bound=bound_of(ranked.scale, ranked.listed.bound),
        lexical_bound=ranked.listed.bound,
        best_lexical=ranked.scale.best_lexical,
        looked_at=ranked.looked_at,
    )


def _text(view: View, each: Scored, at: int) -> str:
    return view.parts[each.listed.part].segment.text(int(each.listed.rows[at]))


def _candidate(
    view: View, ranked: Ranked, each: Scored, at: int, sentence: str, told: Sequence[Held], words: tuple[Word, ...]
) -> Candidate:
    segment, row = view.parts[each.listed.part].segment, int(each.listed.rows[at])
    values = dict(zip(ranked.scale.parts, each.values[at].tolist(), strict=True))
    counted = {part: NEUTRAL if math.isnan(value) else value for part, value in values.items()}
    unsure = [one.missing for one in told if one.verdict is Verdict.UNKNOWN]
    return Candidate(
        id=segment.ids[row],
        owner=segment.owner_of(row),
        score=float(each.scores[at]),
        parts={part: ranked.scale.shares[part] * value for part, value in counted.items()},
        values=counted,
        words=words,
        sentence=sentence,
        holds=tuple(one for one in told if one.verdict is Verdict.YES),
        missing=missing_of(unsure, _unknown_parts(values)),
        state=State.POSSIBLE if unsure else State.FITS,
    )


def missing_of(unsure: Iterable[str], soft: Iterable[str]) -> tuple[str, ...]:
    """Return the facts to ask for: of hard facts that are not known, and of these soft ones."""
    asked = dict.fromkeys(unsure)
    facts = (SOFT[part] for part in soft if part in SOFT)
    # the currency of an amount is asked for, not the amount again
    return tuple(dict.fromkeys([*asked, *(fact for fact in facts if f"{fact}_currency" not in asked)]))


def _unknown_parts(values: dict[str, float]) -> list[str]:
    return [part for part, value in values.items() if math.isnan(value)]


def _told(view: View, ranked: Ranked, places: Sequence[tuple[Listed, int]]) -> list[list[Held]]:
    """Return for each place what the hard facts came to; what several offers have in common is worded once."""
    need, on = ranked.question.need.facts, ranked.question.asking.on
    told: list[list[Held]] = [[] for _place in places]
    for number, check in enumerate(ranked.listed.checks):
        worded: dict[Hashable, Held] = {}
        for own, (listed, at), actual in zip(told, places, _facts(view, check.fact, places), strict=True):
            answer = int(listed.answers[number, at])
            if (answer, actual) not in worded:
                worded[answer, actual] = held(check, answer, need, actual, on)
            own.append(worded[answer, actual])
    return told


def _facts(view: View, name: str, places: Sequence[tuple[Listed, int]]) -> list[Any]:
    """Return one fact at each place; those of one part of the index are read together."""
    parts = [(listed.part, int(listed.rows[at])) for listed, at in places]
    if len(view.parts) == 1:
        return view.parts[0].segment.columns.given(name, np.array([row for _part, row in parts], np.int64))
    return [view.parts[part].segment.columns.fact(name, row) for part, row in parts]


def _missed(view: View, ranked: Ranked) -> list[tuple[Scored, int]]:
    """Return the near misses that are told, scored as if they passed, the best first."""
    scale = ranked.scale
    if not scale.best_lexical:
        scale = Scale(scale.shares, max((float(each.read.lexical.max()) for each in ranked.failing), default=0.0))
    found, order = _ordered(view, ranked.failing, scale)
    return [(found[number], at) for number, at in order[: ranked.question.asking.near_misses]]


def _near_miss(view: View, ranked: Ranked, each: Scored, at: int, sentence: str, told: Sequence[Held]) -> NearMiss:
    segment, row = view.parts[each.listed.part].segment, int(each.listed.rows[at])
    values = dict(zip(ranked.scale.parts, each.values[at].tolist(), strict=True))
    return NearMiss(
        id=segment.ids[row],
        owner=segment.owner_of(row),
        score=float(each.scores[at]),
        sentence=sentence,
        failed=next(one for one in told if one.verdict is Verdict.NO),
        missing=missing_of([one.missing for one in told if one.verdict is Verdict.UNKNOWN], _unknown_parts(values)),
    )


def why_not(view: View, need: Need, offer_id: str, asking: Asking, semantics: Semantics | None = None) -> WhyNot:
    """Tell why an offer is not in the list of a need; what is first in the way comes first."""
    place = view.place(offer_id)
    if place is None:
        return WhyNot("absent")
    number, row = place
    part = view.parts[number]
    if is_kept_away(part, row, need):
        return WhyNot("blocked")
    rows = np.array([row])
    checks = tuple(checks_of(need.facts, asking.on))
    answers = looked_at(checks, part.segment.columns, rows)
    listed = Listed(number, rows, np.zeros(1, np.float32), answers)
    ranked = rank(view, need, asking, semantics)
    alone_asked = Ranked(ranked.question, Shortlist(checks, (), (), 0), ranked.scale, (), (), ())
    (told,) = _told(view, alone_asked, [(listed, 0)])
    failed = [one for one in told if one.verdict is Verdict.NO]
    missing = tuple(one.missing for one in told if one.verdict is Verdict.UNKNOWN)
    alone = read(view, ranked.question, [listed])
    (measured,) = measure(view, ranked.question, alone, list(ranked.scale.shares))
    lexical = float(measured.read.lexical[0])
    scale = ranked.scale if ranked.scale.best_lexical else Scale(ranked.scale.shares, lexical)
    score = float(scored(measured, scale).scores[0])
    if failed:
        return WhyNot("fails", failed[0], tuple(failed[1:]), missing, score)
    if not lexical:
        return WhyNot("no_word", None, (), missing, score)
    return _listed_or_below(view, ranked, offer_id, score, missing)


def _listed_or_below(view: View, ranked: Ranked, offer_id: str, score: float, missing: tuple[str, ...]) -> WhyNot:
    listed, _back = diversified(view, ranked)
    if any(_id_at(view, ranked.scored[number], at) == offer_id for number, at in listed):
        return WhyNot("listed", None, (), missing, score)
    last = float(ranked.scored[listed[-1][0]].scores[listed[-1][1]]) if listed else None
    return WhyNot("below", None, (), missing, score, last)
