"""Policies and their cases as files, without a database: what ``tests/content`` runs over every place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

from feidi.engines.rules.clauses import Clause, ValidityTerm
from feidi.engines.rules.fact_values import is_absent, parse_value
from feidi.engines.rules.facts import FactDictionary, Facts
from feidi.engines.rules.language import ParsedPolicy, Source, parse_dictionary, parse_policy
from feidi.engines.rules.language.parts import money_of
from feidi.engines.rules.outcome import evaluate
from feidi.engines.rules.results import Granted, Outcome
from feidi.kernel.content.yaml_reader import read_yaml
from tests.support.source import ROOT

JURISDICTIONS: Final = ROOT / "jurisdictions"
CORPUS: Final = ROOT / "tests" / "content" / "language_corpus"
_CASES: Final = ".cases.yaml"
_WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "verdict": {"eligible": "符合", "not_eligible": "不符合", "unknown": "待核实"},
    "decision": {"approval": "核准", "review": "评审", "case_by_case": "一事一议", "automatic": "免申即享"},
    "validity": {
        "in_force": "有效",
        "not_yet": "未到",
        "expired": "已过",
        "draft": "草案",
        "unconfirmed": "待核实",
    },
    "window": {"none": "无", "not_yet": "未到", "open": "受理中", "closed": "已截止"},
}
_KEYS: Final = frozenset({*_WORDS, "amount", "up_to", "unstated", "addable", "missing", "bound_by"})


@dataclass(frozen=True, slots=True)
class Case:
    """One case: where it is written, what is asked, what must be answered."""

    file: Path
    clause: str
    name: str
    as_of: date
    facts: Mapping[str, Any]
    expect: Mapping[str, Any]

    @property
    def id(self) -> str:
        """How the case is called in a test report."""
        return f"{self.clause} {self.name}"


@cache
def source_of(file: Path, root: Path = JURISDICTIONS) -> Source:
    """Return one file as the parser takes it. A file that cannot be read is an error of the test."""
    document = read_yaml(file.read_text(encoding="utf-8"))
    assert not document.findings, (file, document.findings)
    inside = file.relative_to(root)
    return Source(inside.parts[0], inside.as_posix(), document.value, document.line_of)


@cache
def lineage(place: str) -> tuple[str, ...]:
    """Return a place and what it inherits from, the country first."""
    parent = source_of(JURISDICTIONS / place / "place.yaml").value["parent"]
    return (*(lineage(parent) if parent else ()), place)


@cache
def dictionary(place: str) -> FactDictionary:
    """Return the words that the policies of a place may use: its own and those it inherits."""
    files = [JURISDICTIONS / each / "facts.yaml" for each in lineage(place)]
    found, findings = parse_dictionary([source_of(each) for each in files if each.exists()])
    assert not findings, findings
    return found


@cache
def corpus_dictionary() -> FactDictionary:
    """Return the words of the corpus that exercises the language."""
    found, findings = parse_dictionary([source_of(CORPUS / "facts.yaml", CORPUS.parent)])
    assert not findings, findings
    return found


def dictionary_for(file: Path) -> FactDictionary:
    """Return the dictionary of the place, or of the corpus, that a policy file belongs to."""
    return corpus_dictionary() if file.is_relative_to(CORPUS) else dictionary(file.parent.parent.name)


def policy_files() -> list[Path]:
    """Return every policy of every place, and of the corpus."""
    found = [*JURISDICTIONS.glob("*/policies/*.yaml"), *(each for each in CORPUS.glob("*.yaml"))]
    return sorted(each for each in found if not each.name.endswith(_CASES) and each.name != "facts.yaml")


@cache
def policy(file: Path) -> ParsedPolicy:
    """Return a policy file as read, with its findings."""
    root = CORPUS.parent if file.is_relative_to(CORPUS) else JURISDICTIONS
    return parse_policy(source_of(file, root), dictionary_for(file))


def cases() -> Iterator[Case]:
    """Yield every case of every policy."""
    for file in policy_files():
        written = file.with_name(file.stem + _CASES)
        if written.exists():
            for each in read_yaml(written.read_text(encoding="utf-8")).value["cases"]:
                yield Case(file, each["clause"], each["name"], each["as_of"], each["facts"], each["expect"])


def clause_of(case: Case) -> Clause:
    """Return the clause a case is about."""
    return next(each for each in policy(case.file).clauses if each.code == case.clause)


def words_of(case: Case) -> FactDictionary:
    """Return the dictionary of a case, with the judgements that its clause declares."""
    return dictionary_for(case.file).including({each.id: each for each in clause_of(case).manual})


def facts_of(case: Case) -> Facts:
    """Return the facts of a case as values; a word that is no fact is an error of the case."""
    words = words_of(case)
    found = {}
    for word, given in case.facts.items():
        definition = words.find(word)
        assert definition is not None, f"{case.id}: {word}"
        if not is_absent(definition, given):
            found[definition.id] = parse_value(definition, given)
    return found


def outcome_of(case: Case, facts: Facts) -> Outcome:
    """Return what the clause of a case answers for facts."""
    return evaluate(clause_of(case), facts, words_of(case), as_of=case.as_of)


def differences(case: Case) -> list[str]:
    """Return what the answer differs in from what the case expects; an empty list is agreement."""
    unknown = set(case.expect) - _KEYS
    assert not unknown, f"{case.id}: {unknown}"
    words = words_of(case)
    answered = said(outcome_of(case, facts_of(case)))
    wanted = {key: _wanted(key, value, words) for key, value in case.expect.items()}
    return [
        f"{key}: {value} expected, {answered[key]} found" for key, value in wanted.items() if answered[key] != value
    ]


def said(outcome: Outcome) -> dict[str, Any]:
    """Return an outcome in the words of cases."""
    granted = outcome.granted
    return {
        **{key: table[getattr(outcome, key).value] for key, table in _WORDS.items()},
        "amount": None if granted is None else (granted.lo_fen, granted.hi_fen),
        "up_to": granted is not None and granted.up_to,
        "unstated": granted is not None and bool(granted.unstated),
        "addable": outcome.summable,
        "missing": set(outcome.missing),
        "bound_by": _bound(granted),
    }


def _bound(granted: Granted | None) -> set[str]:
    return set() if granted is None else set(granted.bound_by)


def _wanted(key: str, value: Any, words: FactDictionary) -> Any:
    if key == "missing":
        found = {word: words.find(word) for word in value}
        return {word if each is None else each.id for word, each in found.items()}
    if key == "bound_by":
        return set(value)
    return _amount(value) if key == "amount" else value


def _amount(value: Any) -> tuple[int, int | None] | None:
    if value == "无":
        return None
    lo, hi = value if isinstance(value, list) else (value, value)
    return int(money_of(lo)), None if hi is None else int(money_of(hi))


def place_name(place: str) -> str:
    """Return what a place is called in full."""
    return str(source_of(JURISDICTIONS / place / "place.yaml").value["name"]["zh"])


def dates_of(term: ValidityTerm) -> str:
    """Return from when and to when, as far as written: ``2023-01-19..2025-12-31``."""
    if term.start is None and term.end is None:
        return ""
    return "..".join("" if day is None else date.fromordinal(day).isoformat() for day in (term.start, term.end))
