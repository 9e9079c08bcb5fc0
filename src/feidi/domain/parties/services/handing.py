"""Kinds of work that can be handed over to a colleague. The hand-over is liaison's; an app beside it registers its own."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from feidi.domain.parties.models import Outpost
from feidi.kernel.access import Actor
from feidi.kernel.identity.models import User
from feidi.kernel.messages import Words
from feidi.kernel.subjects import Subject


@dataclass(frozen=True, slots=True)
class Held:
    """One thing somebody holds: which, in the words of that day, and how it stood."""

    subject: Subject
    label: str
    state: str = ""


class Give(Protocol):
    """Passes the rows of ``uids`` that are still the giver's; returns which."""

    def __call__(
        self,
        *,
        actor: Actor,
        now: datetime,
        outpost: Outpost,
        uids: Collection[str],
        giver: User,
        taker: User,
        reason: str,
    ) -> frozenset[str]:
        """Write it, audited, within the caller's transaction."""
        ...


@dataclass(frozen=True, slots=True)
class Handler:
    """One kind of work: code, name on paper and screen, subject kind, who lists it, who writes it."""

    code: str
    label: Words
    subject: str
    held: Callable[[Outpost, User, date], list[Held]]
    give: Give


_REGISTERED: dict[str, Handler] = {}


def register_handler(handler: Handler) -> None:
    """Have one more kind of work listed and passed (from an app's registering)."""
    _REGISTERED[handler.code] = handler


def registered_handlers() -> tuple[Handler, ...]:
    """Return the registered kinds, in order of code."""
    return tuple(_REGISTERED[code] for code in sorted(_REGISTERED))
