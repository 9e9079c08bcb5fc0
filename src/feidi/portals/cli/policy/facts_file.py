"""Facts of subjects from a file: JSON, CSV, Excel or Parquet. Everything that is wrong is listed; then nothing is used."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, NamedTuple, Protocol

from feidi.engines.findings import Finding, Level, Scalar
from feidi.engines.rules.fact_values import FactValueError, is_absent, parse_value, value_of_small
from feidi.engines.rules.facts import FactDef, FactDictionary, FactType, Value
from feidi.engines.rules.language.words import near, shown

SUBJECT: Final = "subject"
#: One subject as written: where it stands, its id, and (key, value, where) for each fact.
Row = tuple[str, Any, Iterable[tuple[str, Any, str]]]
_MOST_FINDINGS: Final = 200
_MOST_BYTES: Final = 1 << 30


class Kept(NamedTuple):
    """A value as whole numbers: see ``value_of_small``."""

    lo: int | None
    hi: int | None


class Problem(Protocol):
    """Notes a fault at a place."""

    def __call__(self, where: str, code: str, /, **params: Scalar) -> None:
        """Note it."""


@dataclass(slots=True)
class FactsFile:
    """Subjects with their facts, in the order of the file; and what is wrong."""

    subjects: dict[str, dict[str, Value]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    first_at: dict[str, str] = field(default_factory=dict)
    unheard: set[str] = field(default_factory=set)

    def problem(self, where: str, code: str, /, **params: Scalar) -> None:
        """Note a fault."""
        if len(self.findings) < _MOST_FINDINGS:
            self.findings.append(Finding(Level.FATAL, code, {"where": where, **params}, row=_row_of(where)))


def read_facts(path: Path, dictionary: FactDictionary) -> FactsFile:
    """Read a file of facts. Values are texts with units (``2000万元以上``), dates, 是/否, codes; blank is unknown."""
    found = FactsFile()
    try:
        rows = _rows(path, found)
        for where, subject, facts in rows:
            _subject(where, subject, facts, dictionary, found)
    except OSError as error:
        found.problem(path.name, "rules.facts_unreadable", why=error.strerror or str(error))
    if not found.subjects and not found.findings:
        found.problem(path.name, "rules.facts_empty")
    return found


def _rows(path: Path, found: FactsFile) -> Iterable[Row]:
    ending = path.suffix.lower()
    if ending not in (".json", ".csv", ".tsv", ".xlsx", ".xls", ".parquet"):
        found.problem(path.name, "rules.facts_kind")
        return ()
    if path.stat().st_size > _MOST_BYTES:
        found.problem(path.name, "rules.facts_unreadable", why="> 1 GiB")
        return ()
    if ending == ".json":
        return _json_rows(path, found)
    if ending == ".parquet":
        from feidi.portals.cli.policy.parquet_facts import parquet_rows  # noqa: PLC0415 - an extra of its own

        return parquet_rows(path, found.problem)
    from feidi.portals.cli.policy.sheet_facts import sheet_rows  # noqa: PLC0415 - 40 ms

    return sheet_rows(path, found.problem)


def _subject(
    where: str, subject: Any, facts: Iterable[tuple[str, Any, str]], dictionary: FactDictionary, found: FactsFile
) -> None:
    name = str(subject).strip() if isinstance(subject, str | int) and not isinstance(subject, bool) else ""
    if not name:
        found.problem(where, "rules.facts_subject")
    elif name in found.subjects:
        found.problem(where, "rules.facts_subject_twice", subject=name, first=found.first_at[name])
        name = ""
    values = _values(facts, dictionary, found)
    if name:
        found.subjects[name] = values
        found.first_at[name] = where


def _values(facts: Iterable[tuple[str, Any, str]], dictionary: FactDictionary, found: FactsFile) -> dict[str, Value]:
    values: dict[str, Value] = {}
    seen: dict[str, str] = {}
    for key, given, where in facts:
        definition = _definition(key, dictionary)
        if definition is None:
            _unheard(key, where, dictionary, found)
        elif definition.id in seen:
            found.problem(where, "rules.facts_key_twice", key=key, known=seen[definition.id])
        else:
            seen[definition.id] = key
            if not is_absent(definition, given):
                _value(definition, given, where, values, found)
    return values


def _value(definition: FactDef, given: Any, where: str, values: dict[str, Value], found: FactsFile) -> None:
    try:
        value = value_of_small(definition, *given) if isinstance(given, Kept) else parse_value(definition, given)
        if value is not None:
            values[definition.id] = value
    except FactValueError as error:
        params = {**error.params, "where": f"{where} {definition.name}“{shown(given)}”"}
        if len(found.findings) < _MOST_FINDINGS:
            found.findings.append(Finding(Level.FATAL, error.code, params, row=_row_of(where), column=definition.name))


def _row_of(where: str) -> int | None:
    match = re.search(r"[:\[](\d+)\]?$", where)
    return int(match[1]) if match else None


def _definition(key: str, dictionary: FactDictionary) -> FactDef | None:
    known = dictionary.find(key) or dictionary.find(key.strip())
    if known is None and key.startswith("judged:"):
        clause, _colon, number = key.removeprefix("judged:").rpartition(":")
        return FactDef(key, key, FactType.YESNO, judgement=True) if clause and number.isdigit() else None
    return known


def _unheard(key: str, where: str, dictionary: FactDictionary, found: FactsFile) -> None:
    """Note an unknown name once, not in every row."""
    if key in found.unheard:
        return
    found.unheard.add(key)
    like = near(key, dictionary.by_word)
    if not key.strip():
        found.problem(where, "rules.facts_not_used")
    elif like:
        found.problem(where, "rules.facts_unknown", word=shown(key), near=like)
    else:
        found.problem(where, "rules.fact_not_in_dictionary", word=shown(key))


class _TwiceError(ValueError):
    """A key of a JSON object is written twice."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        keys = [key for key, _value in pairs]
        raise _TwiceError(next(key for key in keys if keys.count(key) > 1))
    return made


def _json_rows(path: Path, found: FactsFile) -> Iterator[Row]:
    value = _json_of(path, found)
    if value is None:
        return
    if isinstance(value, dict) and set(value) == {"subjects"} and isinstance(value["subjects"], dict):
        listed: list[Any] = [{SUBJECT: key, "": facts} for key, facts in value["subjects"].items()]
    elif isinstance(value, list):
        listed = value
    else:
        found.problem(path.name, "rules.facts_shape")
        return
    for position, each in enumerate(listed, 1):
        where = f"{path.name}[{position}]"
        facts = each.get("", each) if isinstance(each, dict) else None
        if not isinstance(facts, dict) or not isinstance(each, dict):
            found.problem(where, "rules.facts_shape")
            continue
        yield where, each.get(SUBJECT), [(key, given, where) for key, given in facts.items() if key != SUBJECT]


def _json_of(path: Path, found: FactsFile) -> Any:
    try:
        return json.loads(path.read_bytes(), object_pairs_hook=_once, parse_constant=_no_constant)
    except _TwiceError as error:
        found.problem(path.name, "rules.facts_key_twice", key=str(error), known=str(error))
    except json.JSONDecodeError as error:
        found.problem(f"{path.name}:{error.lineno}", "rules.facts_unreadable", why=error.msg)
    except (ValueError, RecursionError) as error:
        found.problem(path.name, "rules.facts_unreadable", why=shown(str(error)))
    return None


def _no_constant(word: str) -> Any:
    message = f"{word} is no number"
    raise ValueError(message)


def only(found: FactsFile, subject: str | None) -> Mapping[str, Mapping[str, Value]]:
    """Return the subjects asked for: all, or the one; that one is missing: a finding, and none."""
    if subject is None:
        return found.subjects
    if subject not in found.subjects:
        like = near(subject, found.subjects) or "、".join(list(found.subjects)[:5])
        found.findings.append(Finding(Level.FATAL, "rules.subject_unknown", {"subject": subject, "near": like}))
        return {}
    return {subject: found.subjects[subject]}
