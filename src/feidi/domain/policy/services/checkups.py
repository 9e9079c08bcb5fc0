"""Keeping a check-up: what the policies said, on which facts and files, so that it can be shown and asked again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.models import Organization, Outpost
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.policy.access import CHECK
from feidi.domain.policy.models import Checkup
from feidi.domain.policy.selectors.askable import find_about
from feidi.domain.policy.selectors.checkups import Enquiry, ask, enquire, enquire_about, enquiry_of
from feidi.domain.policy.selectors.known import ORGANIZATION
from feidi.domain.policy.selectors.sheets import Sheet
from feidi.domain.policy.services.facts import adopt_known
from feidi.domain.policy.services.linked import check_linked
from feidi.domain.policy.services.standings import renew_standings
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded
from feidi.kernel.audit.canonical import digest
from feidi.kernel.subjects import Subject

KIND = "policy.checkup"


def keep_checkup(
    *,
    actor: Actor,
    now: datetime,
    outpost: Outpost,
    organization: Organization,
    as_of: date | None = None,
    known_at: datetime | None = None,
    project: str = "",
) -> Checkup:
    """Answer for an organization on a day, by what was known at a moment, and keep the answer.

    Without ``known_at``: by what is known now, and what the register of parties knows is written down as facts with it,
    so that the same question later finds the same facts. Refused: no permission, an organization the outpost does not
    know, a day or a moment that has not come.
    """
    require(actor, CHECK, outpost_scope(outpost.pk))
    check_linked(actor, outpost, organization)

    def enquiry(day: date, moment: datetime) -> Enquiry:
        return enquire(organization, outpost, as_of=day, known_at=moment, chosen=project, registered=False)

    own = Subject(ORGANIZATION, organization.uid)
    return _keep(actor, now, outpost, (own,), organization.name, enquiry, as_of, known_at)


def keep_checkup_about(
    *, actor: Actor, now: datetime, subject: Subject, as_of: date | None = None, known_at: datetime | None = None
) -> Checkup:
    """Do the same for a person or a referral; the name is kept masked. Refused: also one that the actor may not see."""
    about = find_about(actor, subject)
    if about is None:
        raise refuse("policy.subject_unknown")
    require(actor, CHECK, outpost_scope(about.outpost.pk))

    def enquiry(day: date, moment: datetime) -> Enquiry:
        return enquire_about(about, as_of=day, known_at=moment, registered=False)

    return _keep(actor, now, about.outpost, about.subjects, about.masked, enquiry, as_of, known_at)


def _keep(
    actor: Actor,
    now: datetime,
    outpost: Outpost,
    subjects: Sequence[Subject],
    label: str,
    enquiry: Callable[[date, datetime], Enquiry],
    as_of: date | None,
    known_at: datetime | None,
) -> Checkup:
    today = now.astimezone(SHANGHAI).date()
    day = as_of or today
    if day > today:
        raise refuse("policy.as_of_ahead", as_of=day.isoformat())
    if known_at is not None and known_at > now:
        raise refuse("policy.known_at_ahead", known_at=known_at.isoformat())
    with recorded(actor=actor, now=now) as unit:
        if known_at is None:
            for each in subjects:
                adopt_known(actor=actor, now=now, outpost=outpost, subject=each, as_of=day)
        row = _row(label, enquiry(day, known_at or now))
        row.made_by, row.created_at = actor.label[:160], now
        row.save()
        unit.created(row, kind=KIND)
        if known_at is None:
            renew_standings(now=now, outpost=outpost, subjects=subjects)
    return row


def asked_again(checkup: Checkup) -> bool:
    """Tell whether the same question, put now to what was known then, gives what stands in the kept check-up."""
    kept = digest(checkup.facts, checkup.files, checkup.results)
    return sheet_digest(ask(enquiry_of(checkup)).sheet) == kept and is_intact(checkup)


def is_intact(checkup: Checkup) -> bool:
    """Tell whether the kept answer still has the digest that the audit trail knows."""
    return content_digest(checkup) == checkup.content_hash


def content_digest(checkup: Checkup) -> str:
    """Return the digest over all that was kept."""
    return digest(checkup.facts, checkup.files, checkup.results, checkup.summary)


def sheet_digest(sheet: Sheet) -> str:
    """Return the digest of an answer: facts, files and results."""
    return digest(sheet.facts, sheet.files, sheet.results)


def _row(label: str, enquiry: Enquiry) -> Checkup:
    answered, outpost = ask(enquiry), enquiry.outpost
    sheet, own = answered.sheet, enquiry.subjects[0]
    row = Checkup(
        subject_kind=own.kind,
        subject_uid=own.uid,
        subject_label=label[:160],
        outpost=outpost,
        home=outpost.home,
        host=outpost.host,
        as_of=enquiry.as_of,
        known_at=enquiry.known_at,
        policy_hash=answered.question.library.hash,
        facts=sheet.facts,
        files=sheet.files,
        results=sheet.results,
        summary={
            **sheet.summary,
            "subjects": [[each.kind, each.uid] for each in enquiry.subjects],
            "kinds": list(enquiry.kinds),
        },
    )
    row.content_hash = content_digest(row)
    return row
