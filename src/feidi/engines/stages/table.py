"""The shapes: a stage table as content states it, what is known of a project, and the answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from feidi.engines.findings import Finding, Refusal


class GuardKind(StrEnum):
    """The closed list of what a guard may ask."""

    FACT = "fact"
    EVIDENCE = "evidence"
    INTERACTION = "interaction"
    AGREEMENT = "agreement"
    ROLE = "role"


class Status(StrEnum):
    """Three values. Only YES lets pass; UNKNOWN says what to find out, NO says what is in the way."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Label:
    """A text in both languages, as content holds it."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class When:
    """The guard applies only when this fact has this value (unknown: the guard applies)."""

    fact: str
    value: bool


@dataclass(frozen=True, slots=True)
class Guard:
    """One thing that must hold to enter a stage. ``keys``: alternatives, any of which will do."""

    code: str
    kind: GuardKind
    keys: tuple[str, ...]
    label: Label
    fix: Label
    n: int = 1
    when: When | None = None


@dataclass(frozen=True, slots=True)
class Clock:
    """A time limit that starts at a stage. ``taken_from``: another city's practice, until confirmed here."""

    code: str
    n: int
    unit: str
    starts: str
    stops_when: str
    label: Label
    taken_from: str = ""
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class StageDef:
    """One stage of a track: its words, who may enter it, its guards and its clock."""

    code: str
    label: Label
    aliases: tuple[str, ...]
    group: str
    optional: bool
    who: frozenset[str]
    guards: tuple[Guard, ...]
    clock: Clock | None = None


@dataclass(frozen=True, slots=True)
class TrackDef:
    """One track: its stages in order, and the talks stage at which it opens (None: from the start)."""

    code: str
    label: Label
    stages: tuple[StageDef, ...]
    opens_at: str | None = None

    def index(self, code: str) -> int:
        """Return the place of a stage, or -1 for "not entered yet" (empty code)."""
        for position, stage in enumerate(self.stages):
            if stage.code == code:
                return position
        return -1


@dataclass(frozen=True, slots=True)
class StageTable:
    """The whole table. ``sha256`` names the content it was read from and is written into every move."""

    tracks: Mapping[str, TrackDef]
    waivable_before: str
    backdate_working_days: int
    sha256: str = ""

    def stage(self, track: str, code: str) -> StageDef | None:
        """Return a stage of a track, or None when this place does not use it."""
        found = self.tracks.get(track)
        return next((each for each in found.stages if each.code == code), None) if found else None

    def waivable(self, track: str, code: str) -> bool:
        """Tell whether the guards of this stage may be passed with 待补 (early talks only)."""
        talks = self.tracks.get("talks")
        return track == "talks" and talks is not None and talks.index(code) < talks.index(self.waivable_before)


@dataclass(frozen=True, slots=True)
class Position:
    """Where a project stands: track → stage code (empty: not entered)."""

    stages: Mapping[str, str]

    def on(self, track: str) -> str:
        """Return the stage on a track, empty when not entered."""
        return self.stages.get(track, "")


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a project and of who asks.

    ``facts``: True, False, or absent/None for unknown. The three counters count accepted evidence,
    interactions and agreements by kind. ``waived``: guards promised with 待补. ``roles`` None: do not ask who.
    """

    facts: Mapping[str, bool | None] = field(default_factory=dict)
    evidence: Mapping[str, int] = field(default_factory=dict)
    interactions: Mapping[str, int] = field(default_factory=dict)
    agreements: Mapping[str, int] = field(default_factory=dict)
    roles: frozenset[str] | None = None
    waived: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Checked:
    """One line of 还差什么: a guard, how it stands, how many of how many, and whether 待补 may pass it."""

    guard: Guard
    status: Status
    have: int
    need: int
    waivable: bool
    waived: bool

    @property
    def passes(self) -> bool:
        """Tell whether this line lets the move through."""
        return self.status is Status.YES or (self.waivable and self.waived)


@dataclass(frozen=True, slots=True)
class Answer:
    """The one answer of move and checklist: allowed, the checklist, what is passed over, and if not, why not."""

    track: str
    to: str
    allowed: bool
    checklist: tuple[Checked, ...]
    passed_over: tuple[str, ...]
    refusal: Refusal | None
    reasons: tuple[Finding, ...] = ()
    forced: bool = False

    @property
    def missing(self) -> tuple[Checked, ...]:
        """Return the lines that stand in the way."""
        return tuple(line for line in self.checklist if not line.passes)
