"""Every code that the engine can give has words in both languages, with the same holes."""

from __future__ import annotations

import re
from pathlib import Path

import feidi.engines.sheets as engine
from feidi.engines.sheets.rows import RowKind

_SOURCE = Path(engine.__file__).parent
_HOLE = re.compile(r"\{(\w+)\}")


def _emitted() -> set[str]:
    found = set()
    for path in _SOURCE.glob("*.py"):
        if not path.name.startswith("codes"):
            found |= set(re.findall(r'"(sheets\.[a-z_]+\.[a-z_0-9]+)"', path.read_text("utf-8")))
    kept = {RowKind.DATA, RowKind.CONTINUATION, RowKind.BLANK}
    return found | {f"sheets.row.{kind.value}" for kind in set(RowKind) - kept}


def test_every_emitted_code_has_words_and_every_word_is_emitted() -> None:
    assert _emitted() == set(engine.CODES) == set(engine.CODES_EN)


def test_both_languages_fill_the_same_holes() -> None:
    for code, (what, fix) in engine.CODES.items():
        other = engine.CODES_EN[code]
        assert set(_HOLE.findall(what)) == set(_HOLE.findall(other[0])), code
        assert set(_HOLE.findall(fix)) == set(_HOLE.findall(other[1])), code
        assert bool(fix) == bool(other[1]), code
