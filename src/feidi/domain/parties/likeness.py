"""How alike two names are: the engine's answer, in the words that parties uses."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from feidi.engines.names import fold_name


@dataclass(frozen=True, slots=True)
class Likeness:
    """A score from 0 to 1, the relation (same, branch …), and the reasons as codes."""

    score: float
    relation: str
    reasons: tuple[str, ...] = ()


def keys_of(text: str) -> tuple[str, ...]:
    """Return what makes a name worth comparing."""
    folded = fold_name(text)
    return tuple(sorted({folded[at : at + 2] for at in range(len(folded) - 1)}))


def compare(one: str, other: str) -> Likeness:
    """Compare two names."""
    ours, theirs = fold_name(one), fold_name(other)
    if ours and ours == theirs:
        return Likeness(1.0, "same", ("same_name",))
    shared, fewer = set(keys_of(one)) & set(keys_of(other)), min(len(keys_of(one)), len(keys_of(other)))
    most = max(len(keys_of(one)), len(keys_of(other)), 1)
    score = 0.8 * len(shared) / max(2, fewer) + 0.2 * len(shared) / most
    return Likeness(score, "same" if len(shared) == fewer else "alike", ("brand",)) if score else Likeness(0.0, "")


_WORDS = {
    "same": _("像同一家"),
    "same_name": _("名称相同"),
    "same_code": _("统一社会信用代码相同"),
    "same_person": _("联系人相同"),
    "brand": _("字号相同"),
}


def reason_words(codes: Iterable[str]) -> list[str]:
    """Return why two rows look alike, in words; a code without words is left out."""
    return [str(_WORDS[each]) for each in codes if each in _WORDS]
