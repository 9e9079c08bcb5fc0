"""Codes of a fact as authors write them: the code or its label, one or several."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from feidi.engines.rules.facts import FactDef
from feidi.engines.rules.language.source import WrongError
from feidi.engines.rules.language.words import fold, shown, suggestion

_BETWEEN: Final = re.compile(r"[、,]")


def labels_of(fact: FactDef) -> Mapping[str, str]:
    """Return folded code and label → code."""
    return {
        **{fold(fact.labels.get(code, code)): code for code in reversed(fact.codes)},
        **{fold(code): code for code in fact.codes},
    }


def code_of(fact: FactDef, text: object) -> str:
    """Return the code that a code or label means. Raises ``WrongError`` with the near ones."""
    known = labels_of(fact)
    word = fold(text).strip("“”\"'") if isinstance(text, str) else shown(text)
    found = known.get(word)
    if found is None:
        near = suggestion(word, [fact.labels.get(code, code) for code in fact.codes])
        raise WrongError("rules.code_unknown", fact=fact.name, word=shown(word) or "—", near=near)
    return found


def codes_of(fact: FactDef, text: str) -> frozenset[str]:
    """Return the codes of a list ``A、B、C``. Raises ``WrongError``."""
    return frozenset(code_of(fact, each) for each in _BETWEEN.split(text))


def rank_of(fact: FactDef, text: object) -> int:
    """Return the rank of a level. Raises ``WrongError``."""
    return fact.codes.index(code_of(fact, text))
