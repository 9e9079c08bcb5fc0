"""Which offers serve a need, by words, meaning and facts, and why: 合作点.

Values are here; the index is in ``affinity.index`` (with numpy)::

    from feidi.engines.affinity.index import Index

    index = Index.build(offers)                     # in memory; refused: an id twice
    index.save(folder); index = Index.open(folder)  # mapped, checked by checksum
    index.add(offers); index.remove(ids)            # searchable at once; the saved folder follows when saved again
    result = index.query(Need("…", facts), Asking(top=10, on=today))
    results = index.query_many(needs, asking)       # the same answers, one for each need
    index.why_not(need, "offer id", asking)         # the first hard fact that fails, and what would mend it

A score is a sum of weighted parts (``Candidate.parts``) and lies in 0..1. Hard facts are three-valued: what fails is left
out (``Result.near_misses`` tells those that fail one), what is unknown stays as ``State.POSSIBLE`` with ``missing``.
Formulas, files and bounds: docs/matching_engine.md.
"""

from feidi.engines.affinity.codes import CODES, CODES_EN, words_of
from feidi.engines.affinity.facts import ANYWHERE, FREE, NEVER, Facts, Span, Ticket
from feidi.engines.affinity.model import (
    PARTS,
    Asking,
    Candidate,
    Change,
    Held,
    HeldBack,
    NearMiss,
    Need,
    Offer,
    Result,
    State,
    Verdict,
    Weights,
    WhyNot,
    Word,
)

__all__ = [
    "ANYWHERE",
    "CODES",
    "CODES_EN",
    "FREE",
    "NEVER",
    "PARTS",
    "Asking",
    "Candidate",
    "Change",
    "Facts",
    "Held",
    "HeldBack",
    "NearMiss",
    "Need",
    "Offer",
    "Result",
    "Span",
    "State",
    "Ticket",
    "Verdict",
    "Weights",
    "WhyNot",
    "Word",
    "words_of",
]
