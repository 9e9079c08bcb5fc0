"""Whose claim it may be: a firm's, a person's, or the one of the referrer named in a first report; and of which clause."""

from __future__ import annotations

from dataclasses import dataclass

from feidi.domain.parties.models import Organization, Outpost, Person
from feidi.domain.policy.access import PERSON
from feidi.domain.policy.enums import Subject as ForWhom
from feidi.domain.policy.selectors.askable import find_about
from feidi.domain.policy.selectors.known import ORGANIZATION
from feidi.domain.policy.services.linked import check_linked
from feidi.engines.findings import refuse
from feidi.engines.rules.clauses import Clause, SubjectKind
from feidi.kernel.access import Actor
from feidi.kernel.subjects import Subject, find_row, visible_row

PROJECT, REFERRAL = "pipeline.project", "pipeline.first_report"
_ABOUT = {
    SubjectKind.PROJECT: (PROJECT,),
    SubjectKind.PERSON: (PERSON,),
    SubjectKind.TEAM: (ORGANIZATION, PROJECT),
    SubjectKind.REFERRAL: (REFERRAL,),
}
#: What a firm may claim for itself; its own project may stand for itself before it is on record.
_FIRMS = frozenset({SubjectKind.ORGANIZATION, SubjectKind.PROJECT, SubjectKind.TEAM})
_WORDS = {
    ORGANIZATION: ForWhom.ORGANIZATION,
    PROJECT: ForWhom.PROJECT,
    PERSON: ForWhom.PERSON,
    REFERRAL: ForWhom.REFERRAL,
}


@dataclass(frozen=True, slots=True)
class Claimant:
    """Who claims: an organization or a person, not both; neither: the referrer named in what it is ``about``.

    ``about``  the project, person or referral that the clause is about; None: the claimant itself
    """

    organization: Organization | None = None
    person: Person | None = None
    about: Subject | None = None

    @property
    def subject(self) -> Subject:
        """By whom or by what it is known whether a claim of the same kind is open."""
        if self.organization is not None:
            return Subject(ORGANIZATION, self.organization.uid)
        if self.person is not None:
            return Subject(PERSON, self.person.uid)
        return self.about or Subject("", "")


def check_claimant(actor: Actor, outpost: Outpost, claimant: Claimant) -> str:
    """Return the claimant as it may leave the page ("" for an organization).

    Refused: two claimants or none, an organization the outpost does not know, a person or a referral of another outpost
    or one that the actor may not see.
    """
    if claimant.organization is not None:
        if claimant.person is not None:
            raise refuse("policy.claim_of_whom")
        check_linked(actor, outpost, claimant.organization)
        return ""
    if claimant.person is None and (claimant.about is None or claimant.about.kind == PERSON):
        raise refuse("policy.claim_of_whom")
    about = find_about(actor, claimant.subject)
    if about is None or about.outpost.pk != outpost.pk:
        raise refuse("policy.subject_unknown")
    return about.masked[:160]


def check_clause(actor: Actor, claimant: Claimant, clause: Clause) -> None:
    """Refuse a clause that is for somebody else than the claimant or what it claims about."""
    about = claimant.about
    if about is not None:
        fits = about.kind in _ABOUT.get(clause.subject, ()) and visible_row(actor, about) is not None
    elif claimant.person is not None:
        fits = clause.subject is SubjectKind.PERSON
    else:
        fits = clause.subject in _FIRMS
    if not fits:
        given = (about or claimant.subject).kind
        raise refuse(
            "policy.claim_wrong_subject",
            title=clause.title,
            needed=str(ForWhom(clause.subject.value).label),
            given=str(_WORDS[given].label) if given in _WORDS else given,
        )


def lock_claimant(claimant: Claimant) -> None:
    """Have two who begin a claim of the same claimant at once wait for each other (inside a transaction)."""
    row = find_row(claimant.subject)
    if row is not None:
        type(row)._default_manager.select_for_update().get(pk=row.pk)
