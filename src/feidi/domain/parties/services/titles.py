"""资质台账: writing a title down, renewing it, taking it back, and reminding in time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.models import Organization, OrganizationLink, OrganizationTitle, Outpost
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.parties.selectors.titles import TitleKind, due_titles, last_day_of, title_kinds
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded
from feidi.kernel.identity.models import User
from feidi.kernel.subjects import Subject
from feidi.kernel.todos.models import Todo
from feidi.kernel.todos.services import add_todo

KIND = "parties.title"


@dataclass(frozen=True, slots=True)
class TitlePaper:
    """What a certificate says. ``valid_to`` None: computed from the term that content knows, else not known."""

    title: str
    number: str = ""
    issued_by: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    renew_by: date | None = None
    source: str = ""
    note: str = ""


def add_title(
    *,
    actor: Actor,
    now: datetime,
    outpost: Outpost,
    organization: Organization,
    paper: TitlePaper,
    responsible: User | None = None,
) -> OrganizationTitle:
    """Write down a title of an organization that the outpost knows.

    Refused: no permission, an organization the outpost does not know, a title content does not know, dates in the
    wrong order, the same title from the same day twice.
    """
    require(actor, "party.edit", outpost_scope(outpost.pk))
    kind = _kind(outpost, paper.title)
    last = paper.valid_to or last_day_of(kind, paper.valid_from)
    if paper.valid_from and last and last < paper.valid_from:
        raise refuse("parties.title_dates", since=paper.valid_from.isoformat(), until=last.isoformat())
    with recorded(actor=actor, now=now) as unit:
        if not OrganizationLink.objects.filter(outpost=outpost, organization=organization).exists():
            raise refuse("parties.title_not_linked", name=organization.name, outpost=outpost.short_name)
        Organization.objects.select_for_update().get(pk=organization.pk)
        _refuse_double(outpost, organization, paper)
        row = OrganizationTitle(
            outpost=outpost,
            organization=organization,
            title=paper.title,
            label=kind.label,
            number=paper.number.strip()[:80],
            issued_by=paper.issued_by.strip()[:120],
            valid_from=paper.valid_from,
            valid_to=last,
            renew_by=paper.renew_by,
            responsible=responsible,
            source=paper.source.strip()[:160],
            note=paper.note.strip()[:300],
            recorded_by=actor.label[:160],
            created_at=now,
        )
        row.save()
        unit.created(row, kind=KIND)
    return row


def renew_title(*, actor: Actor, now: datetime, title: OrganizationTitle, paper: TitlePaper) -> OrganizationTitle:
    """Write down the next term of a title; the last one stays as history and its reminder is done.

    Refused as ``add_title``; the new term must begin after the last one began.
    """
    if paper.valid_from and title.valid_from and paper.valid_from <= title.valid_from:
        raise refuse("parties.title_renewed_backwards", since=title.valid_from.isoformat())
    with recorded(actor=actor, now=now) as unit:
        made = add_title(
            actor=actor,
            now=now,
            outpost=title.outpost,
            organization=title.organization,
            paper=paper,
            responsible=title.responsible,
        )
        _finish_reminders(actor, now, title)
        unit.acted("renewed", kind=KIND, uid=title.uid, by=made.uid)
    return made


def void_title(*, actor: Actor, now: datetime, title: OrganizationTitle, reason: str) -> OrganizationTitle:
    """Take back a title that was written down in error. Refused: no permission, no reason, taken back before."""
    require(actor, "party.edit", outpost_scope(title.outpost_id))
    if not reason.strip():
        raise refuse("parties.reason_needed")
    with recorded(actor=actor, now=now) as unit:
        row = OrganizationTitle.objects.select_for_update().get(pk=title.pk)
        if row.voided_at is not None:
            raise refuse("parties.title_voided", why=row.void_reason)
        before = unit.before(row, KIND)
        row.voided_at, row.void_reason, row.version = now, reason.strip()[:500], row.version + 1
        row.save(update_fields=["voided_at", "void_reason", "version"])
        unit.changed(row, kind=KIND, before=before, reason=row.void_reason, action="voided")
        _finish_reminders(actor, now, row)
    return row


def remind_of_titles(*, actor: Actor, now: datetime) -> int:
    """Make a to-do of every title whose papers for the next term are due; returns how many are new. Idempotent."""
    today = now.astimezone(SHANGHAI).date()
    made = 0
    for row, until in due_titles(today):
        words = _("“{title}”将于 {day} 到期，准备续期：{name}").format(
            title=row.label, day=row.valid_to.isoformat() if row.valid_to else "", name=row.organization.name
        )
        if not _reminders(row).exists():
            add_todo(
                actor=actor,
                now=now,
                subject=Subject(KIND, row.uid),
                what=words,
                assignee=row.responsible,
                due_on=until,
            )
            made += 1
    return made


def _reminders(title: OrganizationTitle) -> QuerySet[Todo]:
    """Return every reminder of a title, also those done: nobody is reminded of one term twice."""
    return Todo.objects.filter(subject_kind=KIND, subject_uid=title.uid)


def _finish_reminders(actor: Actor, now: datetime, title: OrganizationTitle) -> None:
    """Whoever writes the next term down has done what the reminder asked, whosever it was."""
    with recorded(actor=actor, now=now) as unit:
        for todo in _reminders(title).filter(done_at__isnull=True, voided_at__isnull=True).select_for_update():
            before = unit.before(todo, "todos.todo")
            todo.done_at, todo.done_by, todo.version = now, actor.label[:160], todo.version + 1
            todo.save(update_fields=["done_at", "done_by", "version"])
            unit.changed(todo, kind="todos.todo", before=before, action="finished")


def _kind(outpost: Outpost, code: str) -> TitleKind:
    kinds = title_kinds(outpost.home.code)
    if code not in kinds:
        known = "、".join(each.label for each in kinds.values())
        raise refuse("parties.title_unknown", title=code, known=known)
    return kinds[code]


def _refuse_double(outpost: Outpost, organization: Organization, paper: TitlePaper) -> None:
    same = OrganizationTitle.objects.filter(
        outpost=outpost, organization=organization, title=paper.title, valid_from=paper.valid_from, voided_at=None
    )
    if same.exists():
        since = paper.valid_from.isoformat() if paper.valid_from else "—"
        raise refuse("parties.title_double", name=organization.name, since=since)
