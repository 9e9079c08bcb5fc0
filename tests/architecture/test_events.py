"""Every event is declared, and has a listener or a stated reason for none."""

from __future__ import annotations

import importlib
import inspect
from dataclasses import dataclass, is_dataclass

from feidi.kernel import events
from tests.support.source import SOURCE, python_files


def event_types() -> list[type]:
    modules = [path for path in python_files() if path.name == "events.py" and "domain" in path.parts]
    found = []
    for path in modules:
        name = "feidi." + ".".join(path.relative_to(SOURCE).with_suffix("").parts)
        module = importlib.import_module(name)
        found += [each for _, each in inspect.getmembers(module, is_dataclass) if each.__module__ == name]
    return found


def unheard() -> list[str]:
    return [event.__qualname__ for event, listeners, reason in events.known_events() if not listeners and not reason]


def test_every_event_is_declared() -> None:
    known = {event for event, _, _ in events.known_events()}
    missing = [event.__qualname__ for event in event_types() if event not in known]
    assert not missing, f"declare() these in the app's ready(): {missing}"


def test_every_event_is_heard_or_says_why_not() -> None:
    assert unheard() == []


def test_events_are_frozen() -> None:
    assert [event.__qualname__ for event in event_types() if not event.__dataclass_params__.frozen] == []


def test_an_unheard_event_is_caught(monkeypatch) -> None:
    @dataclass(frozen=True)
    class NobodyCares:
        pass

    monkeypatch.setattr(events, "_KNOWN", {NobodyCares: ""})
    assert len(unheard()) == 1
