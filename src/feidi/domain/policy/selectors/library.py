"""The policies of a pair of places as published content has them: fact dictionary, clauses, and what they rest on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from hashlib import sha256

from typing_extensions import override

from feidi.domain.parties.models import Outpost
from feidi.engines.findings import Finding
from feidi.engines.rules.clauses import Clause, ClauseSet, SharedCap
from feidi.engines.rules.facts import FactDef, FactDictionary
from feidi.engines.rules.language import ParsedPolicy, Source, parse_dictionary, parse_policy
from feidi.kernel.content.library import Library, Parsed, library, library_known_at

FACTS_FILE, FOLDER = "facts.yaml", "policies"
#: How many pairs of places a process keeps parsed; each is a few hundred kilobytes.
_KEPT = 24


@dataclass(frozen=True, slots=True)
class FileUsed:
    """One file of content that an answer rests on."""

    place: str
    path: str
    sha256: str
    valid_from: date | None


@dataclass(frozen=True, slots=True)
class PolicyLibrary:
    """What may be asked of a firm between a home and a host.

    ``policies`` every file as parsed, in the order of the places (nearest first) and names; ``hash`` the digest over
    ``files``; ``findings`` what could not be read: those clauses are left out, never guessed.
    """

    dictionary: FactDictionary
    clauses: ClauseSet
    policies: tuple[ParsedPolicy, ...]
    files: tuple[FileUsed, ...]
    hash: str
    findings: tuple[Finding, ...] = ()
    places: tuple[str, ...] = field(default=())

    def clause(self, code: str) -> Clause | None:
        """Return one clause, or None."""
        return self.clauses.clauses.get(code)


def library_of(outpost: Outpost, *, on: date, known_at: datetime | None = None) -> PolicyLibrary:
    """Return the policies of an outpost's home and host that hold on a day (``outpost.home`` and ``.host`` are needed).

    ``known_at``: only what had been published by then, so that the same question later gives the same answer.
    """
    return pair_library(outpost.home.code, outpost.host.code, on=on, known_at=known_at)


def pair_library(home: str, host: str, *, on: date, known_at: datetime | None = None) -> PolicyLibrary:
    """Return the policies of two places with all that they inherit from."""
    published = library() if known_at is None else library_known_at(known_at)
    places = tuple(dict.fromkeys((*published.lineage(home), *published.lineage(host))))
    return _parsed(tuple(_key(each) for each in _files(published, places, on)), places, _Texts(published, on))


def _files(published: Library, places: Sequence[str], on: date) -> list[Parsed]:
    """Return dictionaries (from the country downwards), then policies (nearest place first)."""
    found: list[Parsed] = []
    for place in reversed(places):
        entry = published.entry(place, FACTS_FILE, on=on) or published.entry(place, FACTS_FILE, on=None)
        if entry is not None:
            found.append(published.read(place, FACTS_FILE, on=on if _holds(entry.valid_from, on) else None))
    for place in places:
        found += _policies(published, place, on)
    return found


def _policies(published: Library, place: str, on: date) -> list[Parsed]:
    """Return the policy files of exactly this place.

    One that was written down only later is used for earlier days too: whether a clause was in force then is said by
    the clause, not by the day on which somebody encoded it.
    """
    that_day = {each.path: each for each in published.each(place, FOLDER, on=on)}
    newest = {each.path: each for each in published.each(place, FOLDER, on=None)}
    return [that_day.get(path, newest[path]) for path in sorted(newest)]


def _holds(valid_from: date | None, on: date) -> bool:
    return valid_from is None or valid_from <= on


def _key(parsed: Parsed) -> FileUsed:
    return FileUsed(parsed.place, parsed.path, parsed.sha256, parsed.valid_from)


class _Texts:
    """Finds the text behind a key while parsing; equal to every other, so that the cache looks at the keys alone."""

    def __init__(self, published: Library, on: date) -> None:
        self.published, self.on = published, on

    @override
    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Texts)

    @override
    def __hash__(self) -> int:
        return 0

    def sources(self, keys: tuple[FileUsed, ...], places: tuple[str, ...]) -> list[Source]:
        """Return the files as the language reads them, in the order of ``keys``."""
        found = {(each.place, each.path): each for each in _files(self.published, places, self.on)}
        return [
            Source(key.place, key.path, found[key.place, key.path].data, lambda _path: 0, key.sha256) for key in keys
        ]


@lru_cache(maxsize=_KEPT)
def _parsed(keys: tuple[FileUsed, ...], places: tuple[str, ...], texts: _Texts) -> PolicyLibrary:
    sources = texts.sources(keys, places)
    dictionary, findings = parse_dictionary([each for each in sources if each.file == FACTS_FILE])
    policies = tuple(parse_policy(each, dictionary) for each in sources if each.file != FACTS_FILE)
    clauses: dict[str, Clause] = {}
    caps: dict[str, SharedCap] = {}
    judged: dict[str, FactDef] = {}
    for policy in policies:
        findings += policy.findings
        caps |= policy.shared_caps
        for clause in policy.clauses:
            clauses.setdefault(clause.code, clause)
            judged |= {each.id: each for each in clause.manual}
    return PolicyLibrary(
        dictionary=dictionary.including(judged),
        clauses=ClauseSet(clauses, caps),
        policies=policies,
        files=keys,
        hash=_digest(keys),
        findings=tuple(findings),
        places=places,
    )


def _digest(keys: tuple[FileUsed, ...]) -> str:
    hasher = sha256()
    for each in sorted((each.place, each.path, each.sha256) for each in keys):
        hasher.update("\0".join(each).encode() + b"\n")
    return hasher.hexdigest()
