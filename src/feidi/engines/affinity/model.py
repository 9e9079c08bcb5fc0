"""What goes into the matching and what comes out: frozen values, no arrays."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from enum import StrEnum
from typing import Final, Literal

from feidi.engines.affinity.facts import NOTHING, Facts
from feidi.engines.findings import refuse

_NOBODY: Final[frozenset[str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Offer:
    """Something offered: a project, technology, laboratory, person, fund, plant.

    ``owner``    the firm it belongs to; lists are diversified by it ("" stands for nobody: never held back)
    ``blocked``  owners of needs to whom it must never be shown
    """

    id: str
    text: str
    owner: str = ""
    facts: Facts = NOTHING
    blocked: frozenset[str] = _NOBODY


@dataclass(frozen=True, slots=True)
class Need:
    """Something needed, in words and facts.

    ``blocked``  owners or ids of offers that must never be returned
    ``allowed``  the only ids that may be returned; None: all
    """

    text: str
    facts: Facts = NOTHING
    owner: str = ""
    blocked: frozenset[str] = _NOBODY
    allowed: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each part counts; any scale, they are divided by their sum over the parts that the need asks for.

    Refused: a negative or infinite weight, all zero, an unknown part (``of``).
    """

    lexical: float = 0.35
    meaning: float = 0.35
    node: float = 0.12
    region: float = 0.04
    stage: float = 0.04
    ticket: float = 0.04
    freshness: float = 0.03
    evidence: float = 0.03

    def __post_init__(self) -> None:
        for part, weight in asdict(self).items():
            if isinstance(weight, bool) or not math.isfinite(weight) or weight < 0:
                raise refuse("match.weight", part=part, value=str(weight))
        if not any(asdict(self).values()):
            raise refuse("match.weights_zero", parts="、".join(PARTS))

    @classmethod
    def of(cls, given: Mapping[str, float]) -> Weights:
        """Return weights of these parts, the others 0.

        >>> Weights.of({"lexical": 1}).meaning
        0.0
        """
        for part in given:
            if part not in PARTS:
                raise refuse("match.part_unknown", part=part, parts="、".join(PARTS))
        return cls(**{part: float(given.get(part, 0)) for part in PARTS})

    def as_mapping(self) -> dict[str, float]:
        """Return the weights by part."""
        return {part: getattr(self, part) for part in PARTS}


#: The parts of a score, in the order in which they are shown.
PARTS: Final = tuple(each.name for each in fields(Weights))


#: ``Asking.pool`` for many needs at once: lists have about nine tenths in common with those of a need asked by itself.
POOL_OF_MANY: Final = 2


@dataclass(frozen=True, slots=True)
class Asking:
    """How a need is asked.

    ``top``          so many candidates at most
    ``on``           the day of the question; None: expiry, exclusivity and freshness are not asked
    ``exhaustive``   look at every posting instead of the rarest terms first
    ``per_owner``    at most so many candidates of one owner; None: no bound
    ``near_misses``  so many offers that fail exactly one hard fact are told beside
    ``looked_at``    so many offers, those best by words, are rescored by all parts
    ``rarest``       terms that the pruned mode follows at most, while they lead to few enough postings
    ``pool``         so many offers for each one counted whole, those best by these terms, have their commonest terms looked at
    ``reread``       so many offers, those likely best by both, have all their words counted before the list is cut
    """

    top: int = 10
    weights: Weights = field(default_factory=Weights)
    on: date | None = None
    exhaustive: bool = False
    per_owner: int | None = 3
    near_misses: int = 3
    looked_at: int = 200
    rarest: int = 48
    pool: int = 3
    reread: int = 400

    def __post_init__(self) -> None:
        for name in ("top", "looked_at", "rarest", "pool", "reread"):
            if getattr(self, name) < 1:
                raise refuse("match.asking", name=name, value=str(getattr(self, name)))
        if self.near_misses < 0 or (self.per_owner is not None and self.per_owner < 1):
            raise refuse("match.asking", name="near_misses/per_owner", value=f"{self.near_misses}/{self.per_owner}")


@dataclass(frozen=True, slots=True)
class Word:
    """A run of characters that both sides share, as the offer writes it, and its share of the lexical part (0..1)."""

    text: str
    share: float


class Verdict(StrEnum):
    """Three-valued: unknown is not no."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Change:
    """The smallest change by which a hard fact would hold: whose fact, which, and what it would have to be."""

    side: Literal["need", "offer"]
    fact: str
    to: str


@dataclass(frozen=True, slots=True)
class Held:
    """One hard fact looked at: what was needed, what the offer says, and for a "no" the smallest change.

    ``check`` is the key of its words (``match.check.<check>``); ``missing`` the fact to ask for when unknown.
    """

    check: str
    verdict: Verdict
    needed: str
    actual: str
    missing: str = ""
    change: Change | None = None


class State(StrEnum):
    """Whether every hard fact is known to hold, or some must be asked for first."""

    FITS = "fits"
    POSSIBLE = "possible"


@dataclass(frozen=True, slots=True)
class Candidate:
    """An offer that may serve.

    ``parts``     share of the score by part; they add up to ``score`` (1e-6)
    ``values``    how well each part is met, 0..1; a soft fact that is not known counts one half, and is in ``missing``
    ``words``     shared words, the telling ones first
    ``sentence``  the sentence of the offer that matched best
    ``holds``     hard facts that are known to hold
    ``missing``   facts to ask for: "问清 X 后可判断"
    """

    id: str
    owner: str
    score: float
    parts: Mapping[str, float]
    values: Mapping[str, float]
    words: tuple[Word, ...]
    sentence: str
    holds: tuple[Held, ...]
    missing: tuple[str, ...]
    state: State


@dataclass(frozen=True, slots=True)
class NearMiss:
    """An offer that fails exactly one hard fact; ``score`` is what it would have had."""

    id: str
    owner: str
    score: float
    sentence: str
    failed: Held
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HeldBack:
    """Offers that would have stood in the list, but their owner already stands there often enough."""

    owner: str
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """The answer to one need.

    ``bound``          the highest score that an offer not looked at could have; 0 when all with a shared word were
    ``lexical_bound``  the same for its lexical score alone, before it is normalised (BM25)
    ``best_lexical``   the BM25 score that counts as 1 in the lexical part
    ``looked_at``      how many offers were scored by all parts
    """

    candidates: tuple[Candidate, ...]
    near_misses: tuple[NearMiss, ...]
    held_back: tuple[HeldBack, ...]
    bound: float
    lexical_bound: float
    best_lexical: float
    looked_at: int


@dataclass(frozen=True, slots=True)
class WhyNot:
    """Why an offer is not among the candidates of a need: ``reason`` is ``absent``, ``blocked``, ``fails``, ``no_word`` or ``below``.

    ``failed``  the first hard fact that fails, ``others`` the further ones; ``score`` what it has (or would have);
    ``needed``  for ``below``: the score of the last one in the list.
    """

    reason: Literal["absent", "blocked", "fails", "no_word", "below", "listed"]
    failed: Held | None = None
    others: tuple[Held, ...] = ()
    missing: tuple[str, ...] = ()
    score: float | None = None
    needed: float | None = None
