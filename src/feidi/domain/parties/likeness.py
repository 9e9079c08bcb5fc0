"""How alike two names are: the engine's answer, and its reasons in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, Final

from feidi.engines.findings import Finding, Level
from feidi.engines.names import Likeness, Reason, Relation, keys_of, parse_name
from feidi.engines.names import compare as compare_parsed
from feidi.kernel.messages import text_of

SAME_CODE: Final = Reason("parties.same_code")
SAME_PERSON: Final = Reason("parties.same_person")
#: One name is looked at beside many: it is divided once.
_parsed = lru_cache(maxsize=20_000)(parse_name)


def compare(one: str, other: str) -> Likeness:
    """Compare two names.

    >>> compare("滨海甲乙材料有限公司", "滨海市甲乙材料有限责任公司").relation.value
    'same'
    """
    return compare_parsed(_parsed(one), _parsed(other))


def stored(reasons: Iterable[Reason]) -> list[dict[str, Any]]:
    """Return reasons as a pair keeps them."""
    return [{"code": each.code, "params": dict(each.params)} for each in reasons]


def reason_words(reasons: Iterable[Reason | Mapping[str, Any]]) -> list[str]:
    """Return reasons, as given or as stored, in words."""
    told = [
        (each.code, each.params) if isinstance(each, Reason) else (each["code"], each["params"]) for each in reasons
    ]
    return [text_of(Finding(Level.NOTE, code, params)).rstrip("。.") for code, params in told]


__all__ = ["SAME_CODE", "SAME_PERSON", "Likeness", "Reason", "Relation", "compare", "keys_of", "reason_words", "stored"]
