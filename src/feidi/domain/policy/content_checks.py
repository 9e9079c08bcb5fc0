"""What a schema cannot say of fact dictionaries and policies: their rules are read as the engine reads them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from feidi.engines.findings import Finding, Level
from feidi.engines.rules.facts import FactDictionary
from feidi.engines.rules.language import Source, parse_dictionary, parse_policy
from feidi.kernel.content.checkers import register_checker
from feidi.kernel.content.checking import schema_path
from feidi.kernel.content.folder import Folder, Key
from feidi.kernel.content.parsing import digest_of, parse

FACTS_FILE = "facts.yaml"
_POLICY = "policies/_each.yaml"


def register() -> None:
    """Have every fact dictionary and policy of a folder looked at before it is loaded."""
    register_checker(FACTS_FILE, check_facts)
    register_checker(_POLICY, check_policy)


def check_facts(folder: Folder, key: Key) -> Iterator[Finding]:
    """Yield what is wrong in one place's fact dictionary, read with those it inherits from."""
    _dictionary, findings = _read_dictionary(_dictionary_texts(folder, key[0]))
    yield from (each for each in findings if each.params["file"] == _file(key))


def check_policy(folder: Folder, key: Key) -> Iterator[Finding]:
    """Yield what is wrong in one policy: words no dictionary of its lineage has, rules and amounts that cannot be read;
    and what another policy of its place, or of a place above or below, says already: a code, a shared cap of another sum.
    """
    told = _told(folder, key)
    yield from told.findings
    for other in sorted(folder.texts):
        if other < key and _is_beside(folder, key, other):
            yield from _clashes(key, told, other, _told(folder, other))


def _is_beside(folder: Folder, key: Key, other: Key) -> bool:
    """Tell whether a file is a policy that is asked together with the one of ``key``; of the two the first stays."""
    if schema_path(other[1]) != _POLICY or folder.document(other).findings:
        return False
    return other[0] in folder.lineage(key[0]) or key[0] in folder.lineage(other[0])


def _clashes(key: Key, told: _Told, other: Key, before: _Told) -> Iterator[Finding]:
    for code, line in told.codes.items():
        if code in before.codes:
            first = f"{_file(other)}:{before.codes[code]}"
            where = {"where": f"{_file(key)}:{line} {code}", "clause": code, "code": code, "first": first}
            yield Finding(Level.PROBLEM, "rules.clause_twice", {**where, "file": _file(key), "line": line}, row=line)
    for name, fen in told.caps.items():
        if before.caps.get(name, fen) != fen:
            where = {"where": _file(key), "file": _file(key), "name": name}
            yield Finding(Level.PROBLEM, "rules.shared_cap_twice", {**where, "line": 1}, row=1)


@dataclass(frozen=True, slots=True)
class _Told:
    """What one policy says that others may clash with: its codes with their lines, its shared caps in fen."""

    findings: tuple[Finding, ...]
    codes: Mapping[str, int]
    caps: Mapping[str, int]


#: (place, text) of every dictionary of a lineage, from the country downwards.
_Texts = tuple[tuple[str, str], ...]


def _dictionary_texts(folder: Folder, place: str) -> _Texts:
    keys = [(each, FACTS_FILE) for each in reversed(folder.lineage(place)) if (each, FACTS_FILE) in folder.texts]
    return tuple((key[0], folder.texts[key]) for key in keys if isinstance(folder.document(key).value, dict))


# a text never changes, so neither does what is wrong with it: a whole folder is checked again in no time
@lru_cache(maxsize=64)
def _read_dictionary(texts: _Texts) -> tuple[FactDictionary, tuple[Finding, ...]]:
    dictionary, findings = parse_dictionary([_source((place, FACTS_FILE), text) for place, text in texts])
    return dictionary, tuple(findings)


def _told(folder: Folder, key: Key) -> _Told:
    return _read_policy(key, folder.texts[key], _dictionary_texts(folder, key[0]))


@lru_cache(maxsize=512)
def _read_policy(key: Key, text: str, texts: _Texts) -> _Told:
    parsed = parse_policy(_source(key, text), _read_dictionary(texts)[0])
    codes = {each.code: each.line for each in reversed(parsed.clauses)}
    return _Told(parsed.findings, codes, {name: each.fen for name, each in parsed.shared_caps.items()})


def _source(key: Key, text: str) -> Source:
    document = parse(key[1], text)
    return Source(key[0], _file(key), document.value, document.line_of, digest_of(text))


def _file(key: Key) -> str:
    return "/".join(key)
