"""Whose standings are reckoned: of some subjects of an outpost, whose facts answer for each and which clauses it is asked."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from feidi.domain.parties.models import Organization, Outpost
from feidi.domain.policy.selectors.answers import kinds_for
from feidi.domain.policy.selectors.askable import about_row, askable_kinds, clauses_about, live_at
from feidi.domain.policy.selectors.companions import companions_of, subjects_of
from feidi.domain.policy.selectors.known import ORGANIZATION
from feidi.engines.rules.clauses import SubjectKind
from feidi.kernel.subjects import Subject


@dataclass(frozen=True, slots=True)
class Whose:
    """One live subject. ``sources``: of whom facts are taken, itself first; ``kinds``: the clauses it is asked."""

    subject: Subject
    sources: tuple[Subject, ...]
    kinds: frozenset[SubjectKind]

    @property
    def is_firm(self) -> bool:
        """Whether it is an organization: of every other only what its clauses read is said."""
        return self.subject.kind == ORGANIZATION


def whose_of(outpost: Outpost, subjects: Collection[Subject]) -> list[Whose]:
    """Return those of some subjects that live and have clauses, in order of kind; a fixed number of queries per kind."""
    uids: dict[str, list[str]] = {}
    for each in subjects:
        uids.setdefault(each.kind, []).append(each.uid)
    firms = list(_firms(outpost, uids.get(ORGANIZATION, [])))
    return [*firms, *(each for kind in askable_kinds() for each in _others(outpost, kind, uids.get(kind, [])))]


def _firms(outpost: Outpost, uids: Collection[str]) -> Iterator[Whose]:
    if not uids:
        return
    companions = companions_of(outpost, list(uids))
    rows = Organization.objects.filter(uid__in=uids, voided_at__isnull=True).order_by("pk")
    for row in rows.prefetch_related("kinds"):
        kinds = kinds_for([each.kind for each in row.kinds.all()])
        yield Whose(Subject(ORGANIZATION, row.uid), subjects_of(row.uid, companions.get(row.uid, ())), kinds)


def _others(outpost: Outpost, kind: str, uids: Collection[str]) -> Iterator[Whose]:
    kinds = clauses_about(kind)
    if not uids or kinds is None:
        return
    for row in live_at(kind, outpost).filter(uid__in=uids).order_by("pk"):
        sources = about_row(kind, row).subjects
        yield Whose(sources[0], sources, kinds)
