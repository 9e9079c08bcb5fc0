"""The fact dictionary from ``facts.yaml`` of a place and of what it inherits from."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from feidi.engines.findings import Finding
from feidi.engines.rules.facts import FactDef, FactDictionary, FactType
from feidi.engines.rules.language.expressions import COMPARISONS, OPERATORS
from feidi.engines.rules.language.numbers import whole_small
from feidi.engines.rules.language.source import Notebook, Path, Source
from feidi.engines.rules.language.words import day_of, fold, one_line, shown, suggestion
from feidi.engines.rules.units import MONEY, unit_of

SUBJECTS: Final = ("organization", "project", "person", "team", "referral")
PERIODS: Final = ("moment", "year", "three_years", "cumulative")
_TOP: Final = ("valid_from", "source", "facts", "note")
_KEYS: Final = (
    "id", "name", "name_en", "type", "unit", "scale", "range", "codes", "codes_en", "aliases", "subject", "period", "source",
    "confirmer", "refresh_days", "question", "fair_competition", "note",
)  # fmt: skip
_ID: Final = re.compile(r"[a-z][a-z0-9_]{0,59}")
_CODE: Final = re.compile(r"[^\s、,;:()\[\]]{1,60}")
#: A word of rules: no digit first, no sign that an expression may hold.
_WORD: Final = re.compile(r"[^\W\d][^\s()\[\]+\-*/,、;:<>=≠~]{0,39}")
_RESERVED: Final = frozenset({*OPERATORS, *COMPARISONS, "无", "是", "否", "全部", "任一", "非", "条件", "人工核定"})
_MAX_SCALE: Final = 6
_MONEY_SCALE: Final = 2
_CODED: Final = frozenset({FactType.LEVEL, FactType.CODE, FactType.CODES})
_MAX_CODES: Final = 60
_ENDS: Final = 2


def parse_dictionary(sources: Sequence[Source]) -> tuple[FactDictionary, list[Finding]]:
    """Return the facts of all sources together, and everything that is wrong. A fact with a fault is left out."""
    facts: dict[str, FactDef] = {}
    words: dict[str, str] = {}
    taken: dict[str, str] = {}
    findings: list[Finding] = []
    for source in sources:
        notes = Notebook(source)
        for position, given in enumerate(_listed(source.value, notes)):
            fact = _fact(given, ("facts", position), notes)
            if fact is not None and _unclaimed(fact, taken, ("facts", position), notes):
                facts[fact.id] = fact
                words.update(dict.fromkeys((fact.id, fact.name, *fact.aliases), fact.id))
                taken.update(dict.fromkeys(map(fold, (fact.id, fact.name, *fact.aliases)), fact.id))
        findings += notes.findings
    return FactDictionary(facts, words), findings


def _listed(value: Any, notes: Notebook) -> Sequence[Any]:
    if not isinstance(value, Mapping):
        notes.problem((), "rules.facts_expected", found=shown(value))
        return ()
    for key in value:
        if key not in _TOP:
            notes.problem((key,), "rules.key_unknown", key=shown(key), near=suggestion(str(key), _TOP))
    listed = value.get("facts")
    if not isinstance(listed, list | tuple):
        notes.problem(("facts",), "rules.facts_expected", found=shown(listed))
        return ()
    return listed


def _unclaimed(fact: FactDef, taken: Mapping[str, str], path: Path, notes: Notebook) -> bool:
    """Tell whether all words of a fact are still free; the first fact that has a word keeps it."""
    claimed = [word for word in (fact.id, fact.name, *fact.aliases) if fold(word) in taken]
    for word in claimed:
        notes.problem(path, "rules.word_taken", word=word, other=taken[fold(word)])
    return not claimed


def _fact(given: Any, path: Path, notes: Notebook) -> FactDef | None:
    before = notes.faults
    if not isinstance(given, Mapping):
        notes.problem(path, "rules.fact_expected", found=shown(given))
        return None
    notes.clause = shown(given.get("name") or given.get("id") or "")
    for key in given:
        if key not in _KEYS:
            notes.problem((*path, key), "rules.key_unknown", key=shown(key), near=suggestion(str(key), _KEYS))
    made = _Entry(given, path, notes).read()
    notes.clause = ""
    return made if notes.faults == before else None


class _Entry:
    """One fact being read."""

    def __init__(self, given: Mapping[str, Any], path: Path, notes: Notebook) -> None:
        self.given, self.path, self.notes = given, path, notes

    def read(self) -> FactDef | None:
        kind = self.choice("type", tuple(each.value for each in FactType), None)
        if kind is None:
            return None
        fact = FactDef(
            id=self.matching("id", _ID, "rd_spend"),
            name=self.word("name", self.given.get("name")),
            type=FactType(kind),
            name_en=self.text("name_en"),
            aliases=tuple(self.word("aliases", each) for each in self.list_of("aliases")),
            subject=self.choice("subject", SUBJECTS, "organization") or "organization",
            period=self.choice("period", PERIODS, "moment") or "moment",
            source=self.text("source"),
            confirmer=self.text("confirmer"),
            refresh_days=self.whole("refresh_days", 1, 36_500, None),
            question=self.question("zh"),
            question_en=self.question("en"),
            fair_competition=self.text("fair_competition"),
        )
        return self.typed(fact)

    def typed(self, fact: FactDef) -> FactDef:
        """Return the fact with what its type asks for: unit and range, or codes."""
        for key in ("unit", "scale"):
            if key in self.given and fact.type is not FactType.NUMBER:
                self.problem(key, "rules.not_of_type", key=key, type=fact.type.value)
        if fact.type in _CODED:
            labels = self.codes()
            return replace(fact, codes=tuple(labels), labels=labels, labels_en=self.codes_in_english(labels))
        for key in ("codes", "codes_en"):
            if key in self.given:
                self.problem(key, "rules.not_of_type", key=key, type=fact.type.value)
        if fact.type is FactType.NUMBER:
            fact = replace(fact, unit=self.unit(), scale=self.whole("scale", 0, _MAX_SCALE, None) or 0)
            if fact.unit == MONEY and fact.scale != _MONEY_SCALE:
                self.problem("scale", "rules.money_scale")
        lo, hi = self.range(fact)
        return replace(fact, lo=lo, hi=hi)

    def problem(self, key: str, code: str, /, **params: Any) -> None:
        self.notes.problem((*self.path, key), code, **params)

    def text(self, key: str) -> str:
        given = self.given.get(key)
        if given is None:
            return ""
        if not isinstance(given, str):
            self.problem(key, "rules.text_expected", found=shown(given))
            return ""
        return one_line(given)

    def matching(self, key: str, pattern: re.Pattern[str], example: str) -> str:
        given = self.given.get(key)
        if not isinstance(given, str) or not pattern.fullmatch(given):
            self.problem(key, "rules.id_shape", found=shown(given), example=example)
            return ""
        return given

    def word(self, key: str, given: Any) -> str:
        folded = fold(given) if isinstance(given, str) else ""
        if not _WORD.fullmatch(folded) or folded in _RESERVED:
            self.problem(key, "rules.word_shape", found=shown(given))
            return ""
        return str(given).strip()

    def list_of(self, key: str) -> Sequence[Any]:
        given = self.given.get(key)
        if given is None:
            return ()
        if not isinstance(given, list | tuple):
            self.problem(key, "rules.list_expected", found=shown(given))
            return ()
        return given

    def choice(self, key: str, allowed: Sequence[str], default: str | None) -> str | None:
        given = self.given.get(key, default)
        if isinstance(given, str) and given in allowed:
            return given
        self.problem(key, "rules.choice_unknown", word=shown(given), near=suggestion(str(given), allowed))
        return default

    def whole(self, key: str, low: int, high: int, default: int | None) -> int | None:
        given = self.given.get(key, default)
        if given is None:
            return None
        if isinstance(given, bool) or not isinstance(given, int) or not low <= given <= high:
            self.problem(key, "rules.whole_expected", found=shown(given), low=low, high=high)
            return default
        return given

    def question(self, language: str) -> str:
        given = self.given.get("question")
        if isinstance(given, Mapping):
            said = given.get(language)
            if isinstance(said, str):
                return one_line(said)
        if given is None or isinstance(given, str):
            return one_line(given or "") if language == "zh" else ""
        self.problem("question", "rules.question_shape", found=shown(given))
        return ""

    def unit(self) -> str:
        given = self.given.get("unit")
        if given is None:
            return ""
        folded = fold(given) if isinstance(given, str) else ""
        if not folded or re.search(r"[\s\d()\[\]+\-*/,、;:<>=≠~]", folded.removesuffix("2")):
            self.problem("unit", "rules.unit_shape", found=shown(given))
            return ""
        known = unit_of(folded)
        if known is not None and known.base == MONEY and folded != MONEY:
            self.problem("unit", "rules.money_unit", found=folded)
        return folded

    def codes(self) -> dict[str, str]:
        given = self.given.get("codes")
        table = dict.fromkeys(given) if isinstance(given, list | tuple) and _hashable(given) else given
        if not isinstance(table, Mapping) or not 1 <= len(table) <= _MAX_CODES or len(table) != len(given or ()):
            self.problem("codes", "rules.codes_expected", found=shown(given))
            return {}
        found: dict[str, str] = {}
        for code, label in table.items():
            said = _label(label, code)
            if not (_code_like(code) and _code_like(said)):
                self.problem("codes", "rules.code_shape", found=shown(code if not _code_like(code) else said))
            found[str(code)] = str(said)
        folded = [fold(each) for each in {*found, *found.values()}]
        if len(set(folded)) != len(folded) or len(set(found.values())) != len(found):
            self.problem("codes", "rules.code_twice")
        return found

    def codes_in_english(self, codes: Mapping[str, str]) -> dict[str, str]:
        """Return what the codes are called in English; a code that is none, or no words, is a problem."""
        given = self.given.get("codes_en")
        if given is None:
            return {}
        if not isinstance(given, Mapping):
            self.problem("codes_en", "rules.codes_expected", found=shown(given))
            return {}
        found: dict[str, str] = {}
        for code, words in given.items():
            if str(code) not in codes:
                self.problem("codes_en", "rules.choice_unknown", word=shown(code), near=suggestion(str(code), [*codes]))
            elif not isinstance(words, str) or not words.strip():
                self.problem("codes_en", "rules.text_expected", found=shown(words))
            else:
                found[str(code)] = one_line(words)
        return found

    def range(self, fact: FactDef) -> tuple[int | None, int | None]:
        given = self.given.get("range")
        if given is None:
            return None, None
        if (
            fact.type not in (FactType.NUMBER, FactType.DATE)
            or not isinstance(given, list | tuple)
            or len(given) != _ENDS
        ):
            self.problem("range", "rules.range_expected", found=shown(given))
            return None, None
        ends: list[int | None] = [None, None]
        for position, each in enumerate(given):
            if each is not None:
                with self.notes.catching((*self.path, "range", position)):
                    ends[position] = day_of(each) if fact.type is FactType.DATE else whole_small(fact, each)
        if ends[0] is not None and ends[1] is not None and ends[0] > ends[1]:
            self.problem("range", "rules.range_reversed", found=shown(given))
        return ends[0], ends[1]


def _hashable(given: Sequence[Any]) -> bool:
    return all(isinstance(each, str | int) for each in given)


def _label(label: Any, code: Any) -> Any:
    if isinstance(label, Mapping):
        return label.get("zh")
    return code if label is None else label


def _code_like(code: Any) -> bool:
    return isinstance(code, str | int) and not isinstance(code, bool) and bool(_CODE.fullmatch(fold(str(code))))
