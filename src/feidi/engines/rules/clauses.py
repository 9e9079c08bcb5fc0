"""A clause: text, rule, amount, validity, window, decision kind, duties, exclusions, caps, fair-competition review
and trust grade stand together. And the set of clauses that a question is asked of.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from feidi.engines.rules.amounts import Amount, Rounding
from feidi.engines.rules.conditions import Condition
from feidi.engines.rules.facts import FactDef


class SubjectKind(StrEnum):
    """对象: who a clause is for."""

    ORGANIZATION = "organization"
    PROJECT = "project"
    PERSON = "person"
    TEAM = "team"
    REFERRAL = "referral"


class Decision(StrEnum):
    """方式: who decides, and how far a computed answer reaches."""

    APPROVAL = "approval"  # 核准: whoever meets the conditions gets it
    REVIEW = "review"  # 评审: may apply, never "will get"
    CASE_BY_CASE = "case_by_case"  # 一事一议
    AUTOMATIC = "automatic"  # 免申即享


class ValidityState(StrEnum):
    """效力 as its author states it; ``Validity`` at a day follows from it and the dates."""

    IN_FORCE = "in_force"
    DRAFT = "draft"  # 草案, 征求意见稿
    UNCONFIRMED = "unconfirmed"  # 有效期待核实


class Validity(StrEnum):
    """效力 at a day."""

    IN_FORCE = "in_force"  # 有效
    NOT_YET = "not_yet"  # 未到
    EXPIRED = "expired"  # 已过
    DRAFT = "draft"  # 草案
    UNCONFIRMED = "unconfirmed"  # 有效期待核实


class Trust(StrEnum):
    """可信度 of the text: A issuer's own site, B press or association repost, C consultancy or mirror, D draft for comments."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"


class Tenant(StrEnum):
    """Whether a clause applies to an entity that is a tenant of the enclave."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class WindowState(StrEnum):
    """受理 at a day."""

    NONE = "none"  # no window stated
    NOT_YET = "not_yet"
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Citation:
    """依据: document number, article, quoted words, address. ``seen``: full, or cut where the text seen breaks off."""

    document: str = ""
    number: str = ""
    article: str = ""
    quote: str = ""
    url: str = ""
    seen: str = "cut"


@dataclass(frozen=True, slots=True)
class ValidityTerm:
    """效力: the state its author gives, from and to (ordinals, inclusive; None: open), and the words of the text."""

    state: ValidityState
    start: int | None = None
    end: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Window:
    """受理: from and to (ordinals, inclusive), on which platform."""

    start: int | None
    end: int | None
    platform: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause of one policy, whole.

    ``condition``  what must be true; ``amount`` None: no money (a certificate, a card, a relief that no sum stands for)
    ``up_to``      最高: the amount is a bound, never a sum and never added
    ``excludes``   codes of clauses that cannot be had together with this one; ``group`` at most one of a group
    ``shared_caps`` names of caps over several clauses that this one counts towards (``RuleSet.shared_caps``)
    ``fair_competition`` findings of the review (codes); not empty: shown, and left out of combinations
    ``manual``     criteria that only a person can judge, as facts of their own
    """

    code: str
    place: str
    title: str
    subject: SubjectKind
    decision: Decision
    validity: ValidityTerm
    trust: Trust
    citation: Citation
    condition: Condition
    amount: Amount | None
    title_en: str = ""
    benefit: str = ""
    up_to: bool = False
    rounding: Rounding = Rounding.HALF_UP
    unit_fen: int = 1
    window: Window | None = None
    excludes: frozenset[str] = frozenset()
    group: str = ""
    shared_caps: tuple[str, ...] = ()
    duties: tuple[str, ...] = ()
    materials: tuple[str, ...] = ()
    fair_competition: tuple[str, ...] = ()
    enclave_tenant: Tenant = Tenant.UNKNOWN
    manual: tuple[FactDef, ...] = ()
    pool: str = ""
    quota: str = ""
    industries: tuple[str, ...] = ()
    note: str = ""
    file: str = ""
    line: int = 0
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class SharedCap:
    """A cap over several clauses of one subject: ``fen`` together (合计不超过)."""

    name: str
    fen: int
    label: str = ""


@dataclass(frozen=True, slots=True)
class ClauseSet:
    """Clauses by code with the caps they share: what a question is asked of."""

    clauses: Mapping[str, Clause]
    shared_caps: Mapping[str, SharedCap] = field(default_factory=dict)
