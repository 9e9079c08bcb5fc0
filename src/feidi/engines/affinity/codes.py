"""Every code of this engine and its commands with its words in both languages: what it is, and what to do about it.

``match.check.*`` are the hard facts, ``match.part.*`` the parts of a score, ``match.fact.*`` the facts to ask for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from feidi.engines.affinity.codes_en import COMMANDS_EN, NAMES_EN, REFUSALS_EN
from feidi.engines.affinity.codes_zh import COMMANDS, NAMES, REFUSALS
from feidi.engines.findings import Scalar

# not str.format: a parameter is somebody's text and may hold braces
_HOLE = re.compile(r"\{\{|\}\}|\{(\w+)\}")
CODES: Final[Mapping[str, tuple[str, str]]] = {**REFUSALS, **COMMANDS, **NAMES}
CODES_EN: Final[Mapping[str, tuple[str, str]]] = {**REFUSALS_EN, **COMMANDS_EN, **NAMES_EN}


def words_of(code: str, params: Mapping[str, Scalar] | None = None) -> tuple[str, str]:
    """Return what a code says, and how to put it right (or ""), in Chinese.

    >>> words_of("match.part_unknown", {"part": "luck", "parts": "lexical"})
    ('没有“luck”这一部分。', '可以写：lexical。')
    """
    what, fix = CODES[code]
    given = params or {}
    return _filled(what, given), _filled(fix, given)


def _filled(text: str, params: Mapping[str, Scalar]) -> str:
    return _HOLE.sub(lambda hole: str(params.get(hole[1], hole[0])) if hole[1] else hole[0][0], text)
