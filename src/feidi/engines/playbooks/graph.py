"""The steps as a graph: an order in which every step follows what it waits for, circles, what can never be reached."""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter

from feidi.engines.playbooks.model import Playbook, Step


def ordered(playbook: Playbook) -> tuple[Step, ...]:
    """Return the steps so that each follows all it waits for, otherwise as in the file.

    Steps unknown to the playbook are passed over. Raises ``ValueError`` where steps wait for each other in a circle.
    """
    place = {each.code: at for at, each in enumerate(playbook.steps)}
    sorter = TopologicalSorter({each.code: [one for one in each.after if one in place] for each in playbook.steps})
    try:
        sorter.prepare()
    except CycleError as error:
        raise ValueError(" → ".join(error.args[1])) from error
    found: list[str] = []
    while sorter.is_active():
        ready = sorter.get_ready()
        found += sorted(ready, key=place.__getitem__)
        sorter.done(*ready)
    return tuple(playbook.by_code[code] for code in found)


def circles(playbook: Playbook) -> tuple[tuple[str, ...], ...]:
    """Return every circle of waiting, each once, from its first step of the file: (a, b, a)."""
    after = {each.code: [one for one in each.after if one in playbook.by_code] for each in playbook.steps}
    place = {code: at for at, code in enumerate(after)}
    found: dict[frozenset[str], tuple[str, ...]] = {}
    for start in after:
        path = _way_back(start, after)
        if path and frozenset(path) not in found and min(path, key=place.__getitem__) == start:
            found[frozenset(path)] = path
    return tuple(found.values())


def _way_back(start: str, after: dict[str, list[str]]) -> tuple[str, ...]:
    """Return the shortest way from a step over what it waits for back to itself, or nothing."""
    waiting: list[tuple[str, ...]] = [(start,)]
    seen: set[str] = set()
    for path in waiting:
        for code in after[path[-1]]:
            if code == start:
                return (*path, start)
            if code not in seen:
                seen.add(code)
                waiting.append((*path, code))
    return ()


def before(playbook: Playbook, code: str) -> frozenset[str]:
    """Return every step that must be settled before this one, near or far."""
    found: set[str] = set()
    waiting = [code]
    while waiting:
        step = playbook.by_code.get(waiting.pop())
        new = [one for one in (step.after if step else ()) if one not in found]
        found.update(new)
        waiting += new
    return frozenset(found)
