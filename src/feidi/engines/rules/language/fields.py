"""Plain fields of a mapping, each read with its complaint: texts, lists of texts, days, choices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, TypeVar

from feidi.engines.rules.language.source import Notebook, Path
from feidi.engines.rules.language.words import day_of, one_line, shown, suggestion

_LONGEST: Final = 4_000
_MOST: Final = 200
Chosen = TypeVar("Chosen")


class Fields:
    """One mapping of a file at ``path``; every reader notes what is wrong and gives a harmless value."""

    def __init__(self, given: Any, path: Path, notes: Notebook, known: Sequence[str]) -> None:
        self.path, self.notes = path, notes
        self.given: Mapping[str, Any] = given if isinstance(given, Mapping) else {}
        if not isinstance(given, Mapping):
            notes.problem(path, "rules.mapping_expected", found=shown(given), keys="、".join(known[:8]))
        for key in self.given:
            if key not in known:
                notes.problem((*path, key), "rules.key_unknown", key=shown(key), near=suggestion(str(key), known))

    def problem(self, key: str, code: str, /, **params: Any) -> None:
        """Note a fault of one field."""
        self.notes.problem((*self.path, key), code, **params)

    def needs(self, *keys: str) -> None:
        """Note each key that is not written at all (``null`` is written)."""
        for key in keys:
            if key not in self.given:
                self.notes.problem(self.path, "rules.key_missing", key=key, keys="、".join(keys))

    def text(self, key: str) -> str:
        """Return a text on one line; nothing written is ""."""
        given = self.given.get(key)
        if given is None:
            return ""
        if isinstance(given, bool | float) or not isinstance(given, str | int):
            self.problem(key, "rules.text_expected", found=shown(given))
            return ""
        if isinstance(given, int) and given.bit_length() > 60:  # noqa: PLR2004 - such a number is no name
            self.problem(key, "rules.text_expected", found=shown("…"))
            return ""
        said = one_line(str(given))
        if len(said) > _LONGEST:
            self.problem(key, "rules.text_too_long", limit=_LONGEST)
        return said[:_LONGEST]

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts, or one text as a list of one."""
        given = self.given.get(key)
        if given is None:
            return ()
        listed = [given] if isinstance(given, str) else given
        if (
            not isinstance(listed, list | tuple)
            or len(listed) > _MOST
            or not all(isinstance(each, str) for each in listed)
        ):
            self.problem(key, "rules.texts_expected", found=shown(given))
            return ()
        return tuple(one_line(each) for each in listed if each.strip())

    def day(self, key: str) -> int | None:
        """Return a day as its ordinal; ``null`` is open."""
        given = self.given.get(key)
        if given is None:
            return None
        with self.notes.catching((*self.path, key)):
            return day_of(given)
        return None

    def choice(self, key: str, known: Mapping[str, Chosen], default: Chosen) -> Chosen:
        """Return what one of the known words stands for; nothing written is the default."""
        given = self.given.get(key)
        if given is None:
            return default
        if not isinstance(given, str) or given not in known:
            self.problem(key, "rules.choice_unknown", word=shown(given), near=suggestion(shown(given), known))
            return default
        return known[given]

    def flag(self, key: str) -> bool:
        """Return true or false; nothing written is false."""
        given = self.given.get(key)
        if isinstance(given, bool):
            return given
        if given is not None:
            self.problem(key, "rules.flag_expected", found=shown(given))
        return False

    def ordered(self, first: str, last: str, days: tuple[int | None, int | None]) -> tuple[int | None, int | None]:
        """Return two days; noted when the first is after the last."""
        start, end = days
        if start is not None and end is not None and start > end:
            self.problem(
                last, "rules.days_reversed", first=shown(self.given.get(first)), last=shown(self.given.get(last))
            )
            return start, None
        return days
