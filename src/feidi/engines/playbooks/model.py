"""The shapes: a playbook as content states it. Nothing here is of a place, a day or a run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Final

#: A clock runs from the moment its step opens, unless it names the start of the run or another step.
OPENED: Final = "opened"
RUN: Final = "run"


class Owner(StrEnum):
    """Whose turn a step is: one of five sides, never a person."""

    OPERATOR = "operator"
    HOST = "host"
    HOME = "home"
    FIRM = "firm"
    TALENT = "talent"


#: Sides that are governments: what they are late with reads 待反馈 · 第 n 天.
GOVERNMENTS: Final = frozenset({Owner.HOST, Owner.HOME})


class State(StrEnum):
    """How a step of a run stands. A step that nobody can judge yet (a question is open) is *waiting*, never passed over."""

    WAITING = "waiting"
    OPEN = "open"
    ASKED = "asked"
    DONE = "done"
    SKIPPED = "skipped"
    NOT_APPLICABLE = "not_applicable"


#: Nothing more is to be done in these.
SETTLED: Final = frozenset({State.DONE, State.SKIPPED, State.NOT_APPLICABLE})
#: Somebody's turn it is in these.
ACTIVE: Final = frozenset({State.OPEN, State.ASKED})

#: What was answered to a playbook's questions; a question not asked yet is absent.
Answer = bool | str
Answers = Mapping[str, Answer]


@dataclass(frozen=True, slots=True)
class Label:
    """A text in both languages, as content holds it."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Clock:
    """``n`` of ``unit`` (working, calendar, monthly_day) from ``since``: OPENED, RUN or the end of a step named.

    ``taken_from``: the city whose practice it is; empty once the place has confirmed it, or when it is its own.
    """

    n: int
    unit: str
    since: str = OPENED
    taken_from: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Proof:
    """``n`` accepted items of one kind of evidence."""

    kind: str
    label: Label
    n: int = 1


@dataclass(frozen=True, slots=True)
class Condition:
    """The step is wanted only where the question's answer is one of ``allowed``."""

    question: str
    allowed: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """What must be known to decide on steps: yes or no, or one of ``options`` (code to words)."""

    code: str
    label: Label
    options: Mapping[str, Label] = field(default_factory=dict)
    line: int = 1


@dataclass(frozen=True, slots=True)
class Step:
    """One thing somebody does: after which others, under which conditions, within what time, shown by what.

    ``clock`` None: no time is set, and ``no_clock`` says why. ``claims``: it asserts a result (a licence, a
    registration), so it must be shown by evidence. ``line``: where the file states it.
    """

    code: str
    phase: str
    label: Label
    owner: Owner | None
    after: tuple[str, ...] = ()
    when: tuple[Condition, ...] = ()
    documents: tuple[Label, ...] = ()
    proofs: tuple[Proof, ...] = ()
    clock: Clock | None = None
    no_clock: str = ""
    optional: bool = False
    claims: bool = False
    note: str = ""
    source: str = ""
    line: int = 1


@dataclass(frozen=True, slots=True)
class Phase:
    """A stretch of steps under one heading."""

    code: str
    label: Label
    line: int = 1


@dataclass(frozen=True)
class Playbook:
    """A whole playbook, in the order of its file. ``subject``: project, organization or talent."""

    title: Label
    kind: str
    subject: str
    purpose: Label
    phases: tuple[Phase, ...]
    questions: tuple[Question, ...]
    steps: tuple[Step, ...]

    @cached_property
    def by_code(self) -> Mapping[str, Step]:
        """Steps by code; of two with one code the first (the lint names the second)."""
        return {each.code: each for each in reversed(self.steps)}

    @cached_property
    def owners(self) -> tuple[Owner, ...]:
        """The sides that have steps, in the order of ``Owner``."""
        found = {each.owner for each in self.steps}
        return tuple(each for each in Owner if each in found)
