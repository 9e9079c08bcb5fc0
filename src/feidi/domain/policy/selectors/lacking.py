"""Which one condition keeps each of some subjects from a clause, by what is known of them now."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from feidi.domain.policy.models import ClauseStanding
from feidi.domain.policy.selectors.facts import facts_known_of
from feidi.domain.policy.selectors.library import library_of
from feidi.domain.policy.selectors.whose import whose_of
from feidi.engines.rules.clauses import ClauseSet
from feidi.engines.rules.near import near_misses
from feidi.engines.rules.results import Why
from feidi.kernel.subjects import Subject


def lacking_of(rows: Iterable[ClauseStanding], *, as_of: date, known_at: datetime) -> dict[int, Why]:
    """Return key of a standing → the one condition that fails; left out where it is by now another number than one.

    ``outpost`` with its home and host is needed; a fixed number of queries per outpost and kind of subject.
    """
    by_outpost: dict[int, list[ClauseStanding]] = {}
    for row in rows:
        by_outpost.setdefault(row.outpost_id, []).append(row)
    found: dict[int, Why] = {}
    for held in by_outpost.values():
        found |= _of_outpost(held, as_of, known_at)
    return found


def _of_outpost(rows: list[ClauseStanding], as_of: date, known_at: datetime) -> dict[int, Why]:
    outpost = rows[0].outpost
    library = library_of(outpost, on=as_of)
    sources = {each.subject: each.sources for each in whose_of(outpost, {_subject(row) for row in rows})}
    known = facts_known_of(outpost, sources, library.dictionary, as_of=as_of, known_at=known_at)
    found: dict[int, Why] = {}
    for row in rows:
        clause = library.clause(row.clause)
        if clause is None or _subject(row) not in known:
            continue
        asked = ClauseSet({clause.code: clause}, library.clauses.shared_caps)
        for miss in near_misses(asked, known[_subject(row)].values, library.dictionary, as_of=as_of):
            found[row.pk] = miss.why
    return found


def _subject(row: ClauseStanding) -> Subject:
    return Subject(row.subject_kind, row.subject_uid)
