"""The answers: four separate ones for each subject and clause, an amount that says how sure it is, and the tree of why."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from feidi.engines.rules.clauses import Decision, Tenant, Trust, Validity, WindowState


class Verdict(StrEnum):
    """符合 / 不符合 / 待核实."""

    ELIGIBLE = "eligible"
    NOT_ELIGIBLE = "not_eligible"
    UNKNOWN = "unknown"


class Truth(StrEnum):
    """What a condition answers."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"

    @staticmethod
    def of(certain: bool, possible: bool) -> Truth:  # noqa: FBT001 - the pair is what it is about
        """Return the word for (certain, possible); certain implies possible."""
        return Truth.YES if certain else Truth.UNKNOWN if possible else Truth.NO


@dataclass(frozen=True, slots=True)
class Granted:
    """An amount: lo..hi in hundredths of a yuan (hi None: no bound known), as if the subject were eligible.

    ``up_to``    a bound, never to be added
    ``bound_by`` names of the caps that held it down (certainly)
    ``unstated`` why the text does not let it be computed; "" when it does
    """

    lo_fen: int
    hi_fen: int | None
    up_to: bool = False
    bound_by: tuple[str, ...] = ()
    unstated: str = ""

    @property
    def fen(self) -> int | None:
        """The amount when it is exact and a sum, else None."""
        return self.lo_fen if self.lo_fen == self.hi_fen and not self.up_to and not self.unstated else None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one clause says of one subject on one day.

    ``granted``  the amount, for an unknown verdict as if it were eligible; None where the clause grants no money or
                 the verdict is not eligible
    ``missing``  the unknown facts that keep the verdict (unknown) or the amount (not exact) from being decided, in rule order
    ``summable`` whether the amount may enter a sum: eligible, in force, exact, not "up to", no fair-competition flag
    """

    clause: str
    verdict: Verdict
    decision: Decision
    validity: Validity
    trust: Trust
    window: WindowState
    granted: Granted | None
    missing: tuple[str, ...]
    enclave_tenant: Tenant
    fair_competition: tuple[str, ...] = ()

    @property
    def summable(self) -> bool:
        """Whether the amount may be added to others."""
        return (
            self.verdict is Verdict.ELIGIBLE
            and self.validity is Validity.IN_FORCE
            and not self.fair_competition
            and self.granted is not None
            and self.granted.fen is not None
        )


@dataclass(frozen=True, slots=True)
class Why:
    """One node of the explanation tree: a condition with what was needed and what there was.

    ``kind``     all, any, at_least, not, compare, since, on_day, is, one_of, holds
    ``words``    the condition in Chinese; ``needed`` and ``actual`` as texts with units ("≥ 5%", "4.9%")
    ``missing``  facts that are unknown here; ``role`` condition, quota, claim, subject
    ``facts``    the facts it looks at
    """

    kind: str
    truth: Truth
    words: str
    needed: str = ""
    actual: str = ""
    missing: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    article: str = ""
    quote: str = ""
    role: str = "condition"
    parts: tuple[Why, ...] = ()
