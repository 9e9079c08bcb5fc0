"""Typed events: how a lower app tells an upper one that something happened.

An event is a frozen dataclass named in the past tense. ``publish`` calls the listeners inside the
service's own transaction, in app order; a failing listener fails the service. Nothing is stored:
the audit row is. Anything slow or outward is a job that the listener enqueues on commit.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import is_dataclass
from typing import Any, TypeVar

from django.apps import apps
from django.db import transaction

E = TypeVar("E")
_LISTENERS: dict[type[Any], list[tuple[str, Callable[[Any], None]]]] = defaultdict(list)
_KNOWN: dict[type[Any], str] = {}


def declare(*events: type[Any], nobody_listens: str = "") -> None:
    """Make event types known. ``nobody_listens``: why an event without a listener is right for now."""
    for event in events:
        if not is_dataclass(event):
            message = f"{event!r} is not a dataclass"
            raise TypeError(message)
        _KNOWN[event] = nobody_listens


def listen(event: type[E]) -> Callable[[Callable[[E], None]], Callable[[E], None]]:
    """Register the decorated function as a listener of ``event`` (in an app's ``subscribers.py``)."""

    def register(handler: Callable[[E], None]) -> Callable[[E], None]:
        label = handler.__module__
        entry = (label, handler)
        if entry not in _LISTENERS[event]:
            _LISTENERS[event].append(entry)
        return handler

    return register


def publish(event: object) -> None:
    """Tell every listener, in the order of INSTALLED_APPS. Must run inside ``atomic()``."""
    if not transaction.get_connection().in_atomic_block:
        message = f"{type(event).__name__} published outside a transaction"
        raise RuntimeError(message)
    for _module, handler in listeners_of(type(event)):
        handler(event)


def listeners_of(event: type[Any]) -> list[tuple[str, Callable[[Any], None]]]:
    """Return (module, handler) of one event type, in app order."""
    order = {config.name: position for position, config in enumerate(apps.get_app_configs())}

    def rank(entry: tuple[str, Callable[[Any], None]]) -> int:
        return max((order[name] for name in order if entry[0].startswith(f"{name}.")), default=len(order))

    return sorted(_LISTENERS.get(event, []), key=rank)


def known_events() -> Iterator[tuple[type[Any], list[str], str]]:
    """Yield (event type, listening modules, stated reason for none), in order of name."""
    for event in sorted(_KNOWN, key=lambda kind: f"{kind.__module__}.{kind.__qualname__}"):
        yield event, [module for module, _ in listeners_of(event)], _KNOWN[event]
