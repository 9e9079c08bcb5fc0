"""政策库: every clause that is published, of whichever place, as people look for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from feidi.domain.policy.models import ClauseVerification
from feidi.domain.policy.selectors.library import FOLDER, PolicyLibrary, pair_library
from feidi.engines.rules.clauses import Clause, Validity
from feidi.engines.rules.facts import FactDictionary
from feidi.engines.rules.language import ParsedPolicy
from feidi.engines.rules.outcome import validity_at
from feidi.kernel.content.library import Library, library
from feidi.kernel.content.models import ContentRevision


@dataclass(frozen=True, slots=True)
class Entry:
    """One clause with the file it stands in and whether it holds on the day of the question."""

    clause: Clause
    policy: ParsedPolicy
    path: str
    sha256: str
    validity: Validity
    dictionary: FactDictionary


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list shows. Empty means "any". ``places`` the codes to look in."""

    words: str = ""
    places: frozenset[str] = frozenset()
    decision: str = ""
    validity: str = ""
    subject: str = ""
    trust: str = ""


def places_with_policies(published: Library | None = None) -> tuple[str, ...]:
    """Return the places that have at least one policy of their own."""
    known = published or library()
    return tuple(sorted({place for place, path in known.entries if path.startswith(f"{FOLDER}/")}))


def list_clauses(*, on: date, places: Iterable[str] | None = None) -> tuple[Entry, ...]:
    """Return every clause of the places (None: all), by place, file and order in it.

    A file with a fault gives what can be read of it.
    """
    chosen = places_with_policies() if places is None else tuple(sorted(places))
    return tuple(entry for place in chosen for entry in _of_place(place, pair_library(place, place, on=on), on))


def _of_place(place: str, known: PolicyLibrary, on: date) -> list[Entry]:
    digests = {(each.place, each.path): each.sha256 for each in known.files}
    found = []
    for policy in known.policies:
        if policy.document.place != place:
            continue
        path = policy.document.file
        found += [
            Entry(each, policy, path, digests.get((place, path), ""), validity_at(each.validity, on), known.dictionary)
            for each in policy.clauses
        ]
    return found


def find_clause(place: str, code: str, *, on: date) -> Entry | None:
    """Return one clause of a place, or None."""
    if place not in places_with_policies():
        return None
    return next((each for each in list_clauses(on=on, places=[place]) if each.clause.code == code), None)


def find_document(place: str, name: str, *, on: date) -> tuple[Entry, ...]:
    """Return the clauses of one policy file (``name`` without folder and ending), in the order of the file."""
    path = f"{FOLDER}/{name}.yaml"
    entries = list_clauses(on=on, places=[place]) if place in places_with_policies() else ()
    return tuple(each for each in entries if each.path == path)


def matching(entries: Iterable[Entry], wanted: Wanted) -> list[Entry]:
    """Return the clauses that a filter asks for; every word must occur somewhere in what the clause says."""
    words = wanted.words.casefold().split()
    return [each for each in entries if _fits(each, wanted) and all(word in _text(each) for word in words)]


def _fits(entry: Entry, wanted: Wanted) -> bool:
    clause = entry.clause
    asked = (
        (wanted.decision, clause.decision.value),
        (wanted.validity, entry.validity.value),
        (wanted.subject, clause.subject.value),
        (wanted.trust, clause.trust.value),
    )
    return all(not want or want == have for want, have in asked) and (
        not wanted.places or clause.place in wanted.places
    )


def _text(entry: Entry) -> str:
    clause, document = entry.clause, entry.policy.document
    said = (
        clause.code,
        clause.title,
        clause.title_en,
        clause.benefit,
        clause.note,
        clause.citation.quote,
        document.title,
        document.number,
        *clause.industries,
        *clause.duties,
    )
    return " ".join(said).casefold()


def versions_of(place: str, path: str) -> list[ContentRevision]:
    """Return every published revision of a file, the newest first."""
    return list(ContentRevision.objects.filter(place=place, path=path).order_by("-id"))


def version_of(place: str, path: str, sha256: str) -> ContentRevision | None:
    """Return the published revision that a clause was read from: when, who proposed and who approved it."""
    return ContentRevision.objects.filter(place=place, path=path, sha256=sha256).order_by("-id").first()


def stamps_of(place: str, codes: Iterable[str]) -> Mapping[str, list[ClauseVerification]]:
    """Return clause code → stamps, the newest first. One query."""
    found: dict[str, list[ClauseVerification]] = {}
    rows = ClauseVerification.objects.filter(place=place, clause__in=list(codes))
    for row in rows.order_by("-asked_on", "-id"):
        found.setdefault(row.clause, []).append(row)
    return found


def stamps_by_place(entries: Iterable[Entry]) -> Mapping[str, list[ClauseVerification]]:
    """Return clause code → stamps for clauses of any places, the newest first. One query."""
    wanted = {(each.clause.place, each.clause.code) for each in entries}
    found: dict[str, list[ClauseVerification]] = {}
    rows = ClauseVerification.objects.filter(clause__in={code for _place, code in wanted})
    for row in rows.order_by("-asked_on", "-id"):
        if (row.place, row.clause) in wanted:
            found.setdefault(row.clause, []).append(row)
    return found
