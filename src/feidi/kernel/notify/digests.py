"""What a digest may hold. Filled by each app's ``AppConfig.ready``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from feidi.kernel.access import Actor
from feidi.kernel.messages import Words


@dataclass(frozen=True, slots=True)
class Part:
    """A few lines and the address (path) of the page that shows them whole. No names, no numbers of persons."""

    lines: Sequence[str]
    path: str


@dataclass(frozen=True, slots=True)
class Digest:
    """One topic to subscribe to. ``part``: what is new for the actor on that day; None: nothing, and no mail for it.

    ``offered``: whether the topic is anything to that person at all.
    """

    topic: str
    label: Words
    tells: Words
    offered: Callable[[Actor], bool]
    part: Callable[[Actor, datetime], Part | None]


_DIGESTS: dict[str, Digest] = {}


def register_digest(digest: Digest) -> None:
    """Add a topic; the same one twice with the same function is harmless, another is a programming error."""
    known = _DIGESTS.get(digest.topic)
    if known is not None and known.part is not digest.part:
        message = f"two digests for topic {digest.topic!r}"
        raise ValueError(message)
    _DIGESTS[digest.topic] = digest


def registered_digests() -> tuple[Digest, ...]:
    """Return every topic, in order of its code."""
    return tuple(_DIGESTS[topic] for topic in sorted(_DIGESTS))


def find_digest(topic: str) -> Digest | None:
    """Return a topic, or None."""
    return _DIGESTS.get(topic)
