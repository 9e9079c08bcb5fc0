"""From the content file's plain values to a ``StageTable``; says what is wrong and how to write it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from feidi.engines.stages.table import Clock, Guard, GuardKind, Label, StageDef, StageTable, TrackDef, When


class TableError(ValueError):
    """A stage table cannot be read. The message names the place in the file and how to write it."""


def parse_table(raw: Mapping[str, Any], *, sha256: str = "") -> StageTable:
    """Read ``enclave/stages.yaml`` (already loaded) into a table; raises ``TableError``."""
    opens = raw.get("opens") or {}
    tracks = {}
    for code, each in (raw.get("tracks") or {}).items():
        stages = tuple(
            _stage(stage, f"tracks.{code}.stages[{at}]") for at, stage in enumerate(each.get("stages") or [])
        )
        tracks[code] = TrackDef(code, _label(each, "label", f"tracks.{code}"), stages, opens.get(code))
    if "talks" not in tracks:
        message = "tracks.talks is missing: a place must say which stages its talks have"
        raise TableError(message)
    table = StageTable(tracks, raw.get("waivable_before", "agreeing"), int(raw.get("backdate_working_days", 3)), sha256)
    for code, stage in opens.items():
        if table.stage("talks", stage) is None:
            message = f"opens.{code}: {stage!r} is not a stage of tracks.talks"
            raise TableError(message)
    return table


def _label(raw: Mapping[str, Any], key: str, where: str) -> Label:
    value = raw.get(key)
    if not isinstance(value, Mapping) or "zh" not in value or "en" not in value:
        message = f"{where}.{key}: write {{zh: …, en: …}}"
        raise TableError(message)
    return Label(str(value["zh"]), str(value["en"]))


def _stage(raw: Mapping[str, Any], where: str) -> StageDef:
    if not raw.get("code"):
        message = f"{where}.code is missing"
        raise TableError(message)
    where = f"{where}({raw['code']})"
    clock = raw.get("clock")
    return StageDef(
        code=str(raw["code"]),
        label=_label(raw, "label", where),
        aliases=tuple(str(each) for each in raw.get("aliases") or ()),
        group=str(raw.get("group", "talking")),
        optional=bool(raw.get("optional", False)),
        who=frozenset(raw.get("who") or ()),
        guards=tuple(_guard(each, f"{where}.guards[{at}]") for at, each in enumerate(raw.get("guards") or ())),
        clock=_clock(clock, f"{where}.clock") if clock else None,
    )


def _guard(raw: Mapping[str, Any], where: str) -> Guard:
    try:
        kind = GuardKind(raw["kind"])
        keys = tuple(raw.get("any_of") or (raw["key"],))
        code = str(raw["code"])
    except (KeyError, ValueError) as error:
        message = f"{where}: needs code, key and kind (one of {', '.join(GuardKind)}): {error}"
        raise TableError(message) from error
    when = raw.get("when")
    return Guard(
        code=code,
        kind=kind,
        keys=keys,
        label=_label(raw, "label", where),
        fix=_label(raw, "fix", where),
        n=int(raw.get("n", 1)),
        when=When(str(when["fact"]), bool(when["is"])) if when else None,
    )


def _clock(raw: Mapping[str, Any], where: str) -> Clock:
    missing = [key for key in ("code", "n", "unit", "starts", "stops_when") if key not in raw]
    if missing:
        message = f"{where}: missing {', '.join(missing)}"
        raise TableError(message)
    return Clock(
        code=str(raw["code"]),
        n=int(raw["n"]),
        unit=str(raw["unit"]),
        starts=str(raw["starts"]),
        stops_when=str(raw["stops_when"]),
        label=_label(raw, "label", where),
        taken_from=str(raw.get("taken_from") or ""),
        confirmed=bool(raw.get("confirmed_on")),
    )
