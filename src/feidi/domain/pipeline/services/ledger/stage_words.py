"""What a stage cell says: a stage of any track by its label or alias, and a condition beside it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from feidi.domain.parties.models import Outpost
from feidi.domain.pipeline.enums import TRACK_STAGES, ConditionCode, Stage, Track
from feidi.domain.pipeline.selectors.tables import stage_table
from feidi.engines.sheets.folding import fold_tight
from feidi.engines.stages import StageTable
from feidi.kernel.content.library import library

CONDITIONS = "enclave/conditions.yaml"
_SPLIT = re.compile(r"[；;、，,/／()（）\[\]【】+＋|｜]+")


@dataclass(frozen=True, slots=True)
class StageWords:
    """What was understood. ``talks`` is ``signed`` as soon as a host or home stage was named.

    Empty texts: not named. ``unknown``: the first word that nobody knows.
    """

    talks: str = ""
    host: str = ""
    home: str = ""
    condition: str = ""
    unknown: str = ""

    def on(self, track: Track) -> str:
        """Return the stage named on a track, empty when none."""
        return {Track.TALKS: self.talks, Track.HOST: self.host, Track.HOME: self.home}[track]


class StageReader:
    """Reads stage cells by one place's words; equal cells are read once."""

    def __init__(self, outpost: Outpost) -> None:
        self.table: StageTable = stage_table(outpost)
        self._stages = _stage_words(self.table)
        self._conditions = _condition_words(outpost)
        self._memo: dict[str, StageWords] = {}

    def read(self, text: str) -> StageWords:
        """Return what a cell says. An empty cell says nothing."""
        if text not in self._memo:
            self._memo[text] = self._read(text)
        return self._memo[text]

    def _read(self, text: str) -> StageWords:
        whole = fold_tight(text)
        # the whole cell first: a label may hold brackets (开工（装修、设备进场）)
        words = [whole] if whole in self._stages or whole in self._conditions else self._parts(text)
        found: dict[Track, str] = {}
        condition = ""
        for word in words:
            if word in self._stages:
                track, code = self._stages[word]
                found[track] = code
            elif word in self._conditions:
                condition = self._conditions[word]
            else:
                return StageWords(unknown=word)
        if Track.HOST in found or Track.HOME in found:
            found[Track.TALKS] = Stage.SIGNED
        return StageWords(found.get(Track.TALKS, ""), found.get(Track.HOST, ""), found.get(Track.HOME, ""), condition)

    def _parts(self, text: str) -> list[str]:
        words: list[str] = []
        for part in re.split(r"[；;]", text):
            whole = fold_tight(part)
            if whole in self._stages or whole in self._conditions:
                words.append(whole)
            else:
                words += [word for piece in _SPLIT.split(part) if (word := fold_tight(piece))]
        return words


def _stage_words(table: StageTable) -> dict[str, tuple[Track, str]]:
    words: dict[str, tuple[Track, str]] = {}
    for track in Track:
        for code in TRACK_STAGES[track]:
            stage = table.stage(track.value, code.value)
            if stage is None:
                continue
            for word in (*stage.aliases, stage.label.en, stage.label.zh, code.value):
                words.setdefault(fold_tight(word), (track, code.value))
    # an official label wins over another stage's alias
    for track in Track:
        for code in TRACK_STAGES[track]:
            stage = table.stage(track.value, code.value)
            if stage is not None:
                words[fold_tight(stage.label.zh)] = (track, code.value)
    return words


def _condition_words(outpost: Outpost) -> dict[str, str]:
    found = library().find(outpost.home.code, CONDITIONS, on=None)
    raw: Mapping[str, Any] = found.data.get("conditions", {}) if found else {}
    words: dict[str, str] = {}
    for code in ConditionCode:
        each = raw.get(code.value, {})
        label = each.get("label", {})
        names = (str(code.label), label.get("zh", ""), label.get("en", ""), *each.get("aliases", ()), code.value)
        for name in names:
            words.setdefault(fold_tight(str(name)), code.value)
    words.pop("", None)
    return words
