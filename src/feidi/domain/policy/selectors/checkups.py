"""Asking what the policies say of an organization, and finding the check-ups that were kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import OuterRef, QuerySet, Subquery

from feidi.domain.parties.access import organizations_visible_to
from feidi.domain.parties.models import Organization, Outpost
from feidi.domain.policy.access import VIEW, checkups_visible_to
from feidi.domain.policy.models import Checkup
from feidi.domain.policy.selectors.answers import Asked, asked, kinds_for
from feidi.domain.policy.selectors.askable import About, clauses_about
from feidi.domain.policy.selectors.companions import companions_of, subjects_of
from feidi.domain.policy.selectors.facts import Known, facts_known
from feidi.domain.policy.selectors.known import ORGANIZATION
from feidi.domain.policy.selectors.library import library_of
from feidi.domain.policy.selectors.sheets import Sheet, sheet_of
from feidi.engines.rules.prepared import facts_in
from feidi.kernel.access import Actor, ScopeKind
from feidi.kernel.subjects import Subject


@dataclass(frozen=True, slots=True)
class Enquiry:
    """A question about one subject: by which outpost's facts, of which subjects, on which day, known when.

    ``subjects``    itself first, then what stands beside it; its kind says which clauses are asked
    ``kinds``       what an organization is (a team is also asked about teams), empty for others
    ``read_at``     by which content; None: as it was known then, too
    ``registered``: also what the register of parties knows today (never of a past moment: it keeps no history).
    """

    outpost: Outpost
    kinds: tuple[str, ...]
    subjects: tuple[Subject, ...]
    as_of: date
    known_at: datetime
    registered: bool = True
    read_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    """The question as it was put to the rules, the facts it was put with, and everything they say."""

    question: Asked
    known: Known
    sheet: Sheet


def outposts_of(actor: Actor, organization: Organization) -> QuerySet[Outpost]:
    """Return the outposts that know the organization and whose policy work the actor may view, oldest link first."""
    own = actor.scopes(VIEW, ScopeKind.OUTPOST)
    rows = Outpost.objects.filter(pk__in=own, organization_links__organization=organization)
    return rows.select_related("home", "host").order_by("organization_links__since", "pk")


def enquire(
    organization: Organization,
    outpost: Outpost,
    *,
    as_of: date,
    known_at: datetime,
    chosen: str = "",
    registered: bool = True,
) -> Enquiry:
    """Return the question about an organization, with its project where there is just one or one is ``chosen``."""
    companions = companions_of(outpost, [organization.uid]).get(organization.uid, ())
    subjects = subjects_of(organization.uid, companions, chosen)
    kinds = tuple(sorted(each.kind for each in organization.kinds.all()))
    return Enquiry(outpost, kinds, subjects, as_of, known_at, registered)


def enquire_about(about: About, *, as_of: date, known_at: datetime, registered: bool = True) -> Enquiry:
    """Return the question about a person or a referral, with what stands beside it."""
    return Enquiry(about.outpost, (), about.subjects, as_of, known_at, registered)


def ask(enquiry: Enquiry) -> Answered:
    """Put a question to the rules. Asked again with the same day and moment, the answer is the same."""
    library = library_of(enquiry.outpost, on=enquiry.as_of, known_at=enquiry.read_at or enquiry.known_at)
    known = facts_known(
        enquiry.outpost,
        enquiry.subjects,
        library.dictionary,
        as_of=enquiry.as_of,
        known_at=enquiry.known_at,
        registered=enquiry.registered,
    )
    clauses = clauses_about(enquiry.subjects[0].kind) or kinds_for(enquiry.kinds)
    question = asked(library, clauses, as_of=enquiry.as_of)
    if clauses_about(enquiry.subjects[0].kind):
        known = needed(known, question)
    return Answered(question, known, sheet_of(question, known))


def needed(known: Known, question: Asked) -> Known:
    """Return what the clauses read: a person's check-up says nothing else of the firm, nor a referral's of the project."""
    read = {fact for each in question.clauses.clauses.values() for fact in facts_in(each)}
    return replace(known, facts={fact: each for fact, each in known.facts.items() if fact in read})


def enquiry_of(checkup: Checkup) -> Enquiry:
    """Return the question that a kept check-up answered, to be put again."""
    subjects = tuple(Subject(kind, uid) for kind, uid in checkup.summary["subjects"])
    kinds = tuple(checkup.summary["kinds"])
    return Enquiry(checkup.outpost, kinds, subjects, checkup.as_of, checkup.known_at, registered=False)


def checkups_of(actor: Actor, organization: Organization) -> QuerySet[Checkup]:
    """Return the kept check-ups of an organization that the actor may see, newest first."""
    return checkups_about(actor, Subject(ORGANIZATION, organization.uid))


def checkups_about(actor: Actor, subject: Subject) -> QuerySet[Checkup]:
    """Return the kept check-ups of a subject that the actor may see, newest first."""
    rows = Checkup.objects.filter(subject_kind=subject.kind, subject_uid=subject.uid)
    return checkups_visible_to(actor, rows).select_related("outpost").order_by("-created_at", "-id")


def get_checkup(actor: Actor, uid: str) -> Checkup:
    """Return one kept check-up; raises ``Checkup.DoesNotExist`` for one that the actor may not see."""
    rows = Checkup.objects.select_related("outpost__home", "outpost__host", "home", "host")
    return checkups_visible_to(actor, rows).get(uid=uid)


def list_checked(actor: Actor, *, words: str = "", outpost_id: int | None = None) -> QuerySet[Organization]:
    """Return the live organizations that the actor's outposts know, each with ``last_checkup`` (uid) and ``last_as_of``."""
    outposts = actor.scopes(VIEW, ScopeKind.OUTPOST)
    if outpost_id:
        outposts &= {outpost_id}
    rows = organizations_visible_to(actor, Organization.objects.filter(voided_at__isnull=True))
    rows = rows.filter(pk__in=Organization.objects.filter(links__outpost_id__in=outposts).values("pk"))
    if words.strip():
        rows = rows.filter(name__icontains=words.strip())
    kept = Checkup.objects.filter(
        subject_kind=ORGANIZATION, subject_uid=OuterRef("uid"), outpost_id__in=outposts
    ).order_by("-created_at", "-id")
    return rows.annotate(
        last_checkup=Subquery(kept.values("uid")[:1]), last_as_of=Subquery(kept.values("as_of")[:1])
    ).prefetch_related("kinds")


def summaries_of(uids: Sequence[str]) -> dict[str, Checkup]:
    """Return kept check-ups by uid without their long columns."""
    rows = Checkup.objects.filter(uid__in=uids).defer("facts", "files", "results")
    return {each.uid: each for each in rows}
