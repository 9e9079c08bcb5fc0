"""From the content file's plain values to a ``StageTable``; says what is wrong and how to write it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from feidi.engines.stages.table import Clock, Guard, GuardKind, Label, StageDef, StageTable, TrackDef, When


class TableError(ValueError):
    """A stage table cannot be read. The message names the place in the file and how to write it."""


def parse_table(raw: Mapping[str, Any], *, sha256: str = "") -> StageTable:
    """Read ``enclave/stages.yaml`` (already loaded) into a table; raises ``TableError``."""
    opens = _mapping(_mapping(raw, "the file").get("opens"), "opens")
    tracks = {}
    for code, each in _mapping(raw.get("tracks"), "tracks").items():
        here = _mapping(each, f"tracks.{code}")
        listed = _rows(here.get("stages"), f"tracks.{code}.stages")
        stages = tuple(_stage(stage, f"tracks.{code}.stages[{at}]") for at, stage in enumerate(listed))
        tracks[code] = TrackDef(code, _label(here, "label", f"tracks.{code}"), stages, opens.get(code))
    if "talks" not in tracks:
        message = "tracks.talks is missing: a place must say which stages its talks have"
        raise TableError(message)
    days = _integer(raw.get("backdate_working_days", 3), "backdate_working_days")
    table = StageTable(tracks, raw.get("waivable_before", "agreeing"), days, sha256)
    for code, stage in opens.items():
        if table.stage("talks", stage) is None:
            message = f"opens.{code}: {stage!r} is not a stage of tracks.talks"
            raise TableError(message)
    return table


def _mapping(value: Any, where: str) -> Mapping[str, Any]:
    """Return a mapping; nothing there is an empty one."""
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        message = f"{where}: write name: value pairs, not {value!r}"
        raise TableError(message)
    return value


def _rows(value: Any, where: str) -> Sequence[Any]:
    """Return a list; nothing there is an empty one."""
    if value is None:
        return ()
    if isinstance(value, str) or not isinstance(value, Sequence):
        message = f"{where}: write a list (- … under each other), not {value!r}"
        raise TableError(message)
    return value


def _integer(value: Any, where: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        message = f"{where}: write a whole number, not {value!r}"
        raise TableError(message)
    return value


def _label(raw: Mapping[str, Any], key: str, where: str) -> Label:
    value = raw.get(key)
    if not isinstance(value, Mapping) or "zh" not in value or "en" not in value:
        message = f"{where}.{key}: write {{zh: …, en: …}}"
        raise TableError(message)
    return Label(str(value["zh"]), str(value["en"]))


def _stage(raw: Mapping[str, Any], where: str) -> StageDef:
    if not _mapping(raw, where).get("code"):
        message = f"{where}.code is missing"
        raise TableError(message)
    where = f"{where}({raw['code']})"
    clock = raw.get("clock")
    return StageDef(
        code=str(raw["code"]),
        label=_label(raw, "label", where),
        aliases=tuple(str(each) for each in _rows(raw.get("aliases"), f"{where}.aliases")),
        group=str(raw.get("group", "talking")),
        optional=bool(raw.get("optional", False)),
        who=frozenset(str(each) for each in _rows(raw.get("who"), f"{where}.who")),
        guards=tuple(
            _guard(_mapping(each, f"{where}.guards[{at}]"), f"{where}.guards[{at}]")
            for at, each in enumerate(_rows(raw.get("guards"), f"{where}.guards"))
        ),
        clock=_clock(clock, f"{where}.clock") if clock else None,
    )


def _guard(raw: Mapping[str, Any], where: str) -> Guard:
    try:
        kind = GuardKind(raw["kind"])
        keys = tuple(str(each) for each in _rows(raw.get("any_of"), f"{where}.any_of")) or (str(raw["key"]),)
        code = str(raw["code"])
    except (KeyError, ValueError) as error:
        message = f"{where}: needs code, key and kind (one of {', '.join(GuardKind)}): {error}"
        raise TableError(message) from error
    when = _mapping(raw.get("when"), f"{where}.when")
    if when and not {"fact", "is"} <= set(when):
        message = f"{where}.when: write {{fact: …, is: true}}"
        raise TableError(message)
    return Guard(
        code=code,
        kind=kind,
        keys=keys,
        label=_label(raw, "label", where),
        fix=_label(raw, "fix", where),
        n=_integer(raw.get("n", 1), f"{where}.n"),
        when=When(str(when["fact"]), bool(when["is"])) if when else None,
    )


def _clock(given: Any, where: str) -> Clock:
    raw = _mapping(given, where)
    missing = [key for key in ("code", "n", "unit", "starts", "stops_when") if key not in raw]
    if missing:
        message = f"{where}: missing {', '.join(missing)}"
        raise TableError(message)
    return Clock(
        code=str(raw["code"]),
        n=_integer(raw["n"], f"{where}.n"),
        unit=str(raw["unit"]),
        starts=str(raw["starts"]),
        stops_when=str(raw["stops_when"]),
        label=_label(raw, "label", where),
        taken_from=str(raw.get("taken_from") or ""),
        confirmed=bool(raw.get("confirmed_on")),
    )
