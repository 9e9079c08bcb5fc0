"""One question from beginning to end: terms, shortlist, scores, order, diversity, explanation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

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
    gains_of,
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
    """Scored offers in the order of the list: which part of the index, which of its scored offers."""

    question: Question
    listed: Shortlist
    scale: Scale
    scored: tuple[Scored, ...]
    order: tuple[tuple[int, int], ...]

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
    found, least = best_of([read(view, question, each) for each in listed.passing], question.asking.looked_at)
    measured = [measure(view, question, each, list(shares)) for each in found]
    scale = Scale(shares, max((float(each.lexical.max()) for each in measured if len(each.lexical)), default=0.0))
    bounded = replace(listed, bound=max(listed.bound, least * (1 + SLACK)))
    return Ranked(question, bounded, scale, *_ordered(view, measured, scale))


def _ordered(
    view: View, measured: Sequence[Measured], scale: Scale
) -> tuple[tuple[Scored, ...], tuple[tuple[int, int], ...]]:
    found = tuple(scored(each, scale) for each in measured)
    # what differs by rounding alone is equal
    rounded = [np.round(each.scores, 9) for each in found]
    places = [(number, at) for number, each in enumerate(found) for at in range(len(each.scores))]
    scores = np.concatenate(rounded) if rounded else np.zeros(0)
    order = np.argsort(-scores, kind="stable")
    return found, tuple(_by_id(view, found, [places[at] for at in order.tolist()], scores[order]))


def _by_id(
    view: View, found: Sequence[Scored], places: list[tuple[int, int]], scores: Array
) -> Iterator[tuple[int, int]]:
    """Yield the places; of equal scores the smaller id first."""
    begin = 0
    for end in [*(np.flatnonzero(np.diff(scores)) + 1).tolist(), len(places)]:
        run = places[begin:end]
        yield from run if len(run) == 1 else sorted(run, key=lambda place: _id_at(view, found[place[0]], place[1]))
        begin = end


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
    listed, back = diversified(view, ranked)
    return Result(
        candidates=_candidates(view, ranked, [(ranked.scored[number], at) for number, at in listed]),
        near_misses=_near_misses(view, ranked),
        held_back=tuple(back),
        bound=bound_of(ranked.scale, ranked.listed.bound),
        lexical_bound=ranked.listed.bound,
        best_lexical=ranked.scale.best_lexical,
        looked_at=ranked.looked_at,
    )


def _texts(view: View, places: Sequence[tuple[Scored, int]]) -> list[str]:
    return [view.parts[each.listed.part].segment.text(int(each.listed.rows[at])) for each, at in places]


def _candidates(view: View, ranked: Ranked, places: Sequence[tuple[Scored, int]]) -> tuple[Candidate, ...]:
    texts = _texts(view, places)
    sentences = best_sentences(texts, ranked.question.asked, ranked.question.weights)
    gained = gains_of(view, ranked.question, [(each.listed.part, int(each.listed.rows[at])) for each, at in places])
    words = shared_words(texts, ranked.question.asked, gained)
    return tuple(
        _candidate(view, ranked, each, at, shared, sentence)
        for (each, at), shared, sentence in zip(places, words, sentences, strict=True)
    )


def _candidate(view: View, ranked: Ranked, each: Scored, at: int, words: tuple[Word, ...], sentence: str) -> Candidate:
    segment, row = view.parts[each.listed.part].segment, int(each.listed.rows[at])
    told = _told(view, ranked, each.listed, at)
    values = dict(zip(ranked.scale.parts, each.values[at].tolist(), strict=True))
    counted = {part: NEUTRAL if np.isnan(value) else value for part, value in values.items()}
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
    return [part for part, value in values.items() if np.isnan(value)]


def _told(view: View, ranked: Ranked, listed: Listed, at: int) -> list[Held]:
    segment, row = view.parts[listed.part].segment, int(listed.rows[at])
    checks, need = ranked.listed.checks, ranked.question.need.facts
    if not checks:
        return []
    on, answers = ranked.question.asking.on, listed.answers[:, at].tolist()
    return [
        held(check, answer, need, segment.columns.fact(check.fact, row), on)
        for check, answer in zip(checks, answers, strict=True)
    ]


def _near_misses(view: View, ranked: Ranked) -> tuple[NearMiss, ...]:
    asking, parts = ranked.question.asking, list(ranked.scale.shares)
    failing = [read(view, ranked.question, each) for each in ranked.listed.failing_one if len(each.rows)]
    measured = [measure(view, ranked.question, each, parts) for each in failing]
    scale = ranked.scale
    if not scale.best_lexical:
        best = max((float(each.lexical.max()) for each in measured), default=0.0)
        scale = Scale(scale.shares, best)
    found, order = _ordered(view, measured, scale)
    places = [(found[number], at) for number, at in order[: asking.near_misses]]
    sentences = best_sentences(_texts(view, places), ranked.question.asked, ranked.question.weights)
    return tuple(
        _near_miss(view, ranked, each, at, sentence) for (each, at), sentence in zip(places, sentences, strict=True)
    )


def _near_miss(view: View, ranked: Ranked, each: Scored, at: int, sentence: str) -> NearMiss:
    segment, row = view.parts[each.listed.part].segment, int(each.listed.rows[at])
    told = _told(view, ranked, each.listed, at)
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
    told = _told(view, Ranked(ranked.question, Shortlist(checks, (), (), 0), ranked.scale, (), ()), listed, 0)
    failed = [one for one in told if one.verdict is Verdict.NO]
    missing = tuple(one.missing for one in told if one.verdict is Verdict.UNKNOWN)
    measured = measure(view, ranked.question, read(view, ranked.question, listed), list(ranked.scale.shares))
    scale = ranked.scale if ranked.scale.best_lexical else Scale(ranked.scale.shares, float(measured.lexical[0]))
    score = float(scored(measured, scale).scores[0])
    if failed:
        return WhyNot("fails", failed[0], tuple(failed[1:]), missing, score)
    if not measured.lexical[0]:
        return WhyNot("no_word", None, (), missing, score)
    return _listed_or_below(view, ranked, offer_id, score, missing)


def _listed_or_below(view: View, ranked: Ranked, offer_id: str, score: float, missing: tuple[str, ...]) -> WhyNot:
    listed, _back = diversified(view, ranked)
    if any(_id_at(view, ranked.scored[number], at) == offer_id for number, at in listed):
        return WhyNot("listed", None, (), missing, score)
    last = float(ranked.scored[listed[-1][0]].scores[listed[-1][1]]) if listed else None
    return WhyNot("below", None, (), missing, score, last)
