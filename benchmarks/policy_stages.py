"""A measurement in stages: each writes its own section of the result, so that one can be run again alone.

The result file is the only memory. A section that is not measured again stays as it stands there, with the day and the
size it was measured with.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.running import RESULTS, Others, machine

_HEAD = "## "


@dataclass(frozen=True, slots=True)
class Stage:
    """One part: what its section is called, and what measures it. ``size``: in words, with how many it was measured."""

    title: str
    measure: Callable[[], Sequence[str]]
    size: str


def run(name: str, intro: Sequence[str], stages: Mapping[str, Stage], chosen: Sequence[str], *, keep: bool) -> None:
    """Measure the chosen stages in their order and write ``results/<name>.md`` after each; not kept: print alone."""
    held = _held(name) if keep else {}
    order = [each.title for each in stages.values()]
    for each in (stages[code] for code in stages if code in chosen):
        held[each.title] = _measured(each)
        print("\n".join([f"{_HEAD}{each.title}", *held[each.title]]), flush=True)
        if keep:
            _write(name, intro, {title: held[title] for title in order if title in held})


def _measured(stage: Stage) -> list[str]:
    note, others, day = machine(), Others(), time.strftime("%Y-%m-%d %H:%M %Z")
    lines = list(stage.measure())
    return [
        "",
        f"{day}, {stage.size}. {note}; other programs took {others.share():.0%} of it meanwhile.",
        "",
        *lines,
        "",
    ]


def _held(name: str) -> dict[str, list[str]]:
    """Return the sections of the result as it stands: title → lines; nothing where there is none."""
    path = RESULTS / f"{name}.md"
    found: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
        if line.startswith(_HEAD):
            lines = found.setdefault(line.removeprefix(_HEAD), [])
        else:
            lines.append(line)
    return found


def _write(name: str, intro: Sequence[str], sections: Mapping[str, Sequence[str]]) -> None:
    lines = [*intro, ""]
    for title, section in sections.items():
        lines += [f"{_HEAD}{title}", *section]
    RESULTS.mkdir(parents=True, exist_ok=True)
    (RESULTS / f"{name}.md").write_text("\n".join(lines).rstrip("\n") + "\n", encoding="utf-8")
