"""One answer of the doctor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from feidi.engines.findings import Finding, Level, Scalar


class State(StrEnum):
    """How it stands: in order, worth knowing, to be mended, or not usable at all."""

    OK = "ok"
    NOTE = "note"
    PROBLEM = "problem"
    FATAL = "fatal"


@dataclass(frozen=True, slots=True)
class Check:
    """What was asked (``code``, with a text for every outcome), how it stands, with which values.

    ``unsafe``: harmless to try things out, not to be left so in real use; a demonstration is told as a note.
    """

    code: str
    state: State
    params: Mapping[str, Scalar] = field(default_factory=dict)
    unsafe: bool = False

    def finding(self) -> Finding:
        """Return it as a finding, whose text is registered under ``doctor.<code>``."""
        level = {State.FATAL: Level.FATAL, State.PROBLEM: Level.PROBLEM}.get(self.state, Level.NOTE)
        return Finding(level, f"doctor.{self.code}", self.params)


def ok(code: str, **params: Scalar) -> Check:
    """In order."""
    return Check(code, State.OK, params)


def note(code: str, **params: Scalar) -> Check:
    """Worth knowing."""
    return Check(code, State.NOTE, params)


def problem(code: str, **params: Scalar) -> Check:
    """To be mended."""
    return Check(code, State.PROBLEM, params)


def unsafe(code: str, **params: Scalar) -> Check:
    """To be mended before real use; a note in a demonstration."""
    return Check(code, State.PROBLEM, params, unsafe=True)


def unusable(code: str, **params: Scalar) -> Check:
    """Nothing works until this is mended."""
    return Check(code, State.FATAL, params)
