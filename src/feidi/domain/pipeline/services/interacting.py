"""Recording talks, calls and visits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.pipeline.access import require_on
from feidi.domain.pipeline.enums import InteractionKind
from feidi.domain.pipeline.models import Interaction, Project
from feidi.domain.pipeline.selectors.impressions import concerns
from feidi.domain.pipeline.services.clocks import interacted
from feidi.domain.pipeline.services.gaps import fill_gaps
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded

KIND = "pipeline.interaction"
_VISITS = {InteractionKind.VISIT_IN, InteractionKind.VISIT_OUT, InteractionKind.RECEPTION, InteractionKind.OUTREACH}
IMPRESSIONS = range(1, 6)


@dataclass(frozen=True, slots=True)
class Impression:
    """The two questions after a talk: how the place impressed them (1 poor … 5 very good), and what holds them back.

    ``concern`` is a reason code of content (``selectors.impressions.concerns``); None and "" mean: not asked.
    """

    score: int | None = None
    concern: str = ""
    note: str = ""


NOT_ASKED = Impression()


@dataclass(frozen=True, slots=True)
class Talk:
    """One talk, call or visit: how, when, with whom, what was said, what comes next."""

    kind: InteractionKind
    occurred_on: date
    summary: str
    people: str = ""
    next_step: str = ""
    impression: Impression = NOT_ASKED


def check_impression(impression: Impression, known: frozenset[str]) -> None:
    """Refuse a score outside 1…5 and a concern that content does not know."""
    if impression.score is not None and impression.score not in IMPRESSIONS:
        raise refuse("pipeline.impression_range", value=impression.score)
    if impression.concern and impression.concern not in known:
        raise refuse("pipeline.concern_unknown", value=impression.concern, known="、".join(sorted(known)))


def record_interaction(*, actor: Actor, now: datetime, project: Project, talk: Talk) -> Interaction:
    """Add one entry to the timeline. Refused: a date in the future, a visit without people,
    an impression outside 1…5, a concern that content does not know.
    """
    require_on(actor, "project.edit", project)
    if talk.occurred_on > now.astimezone(SHANGHAI).date():
        raise refuse("pipeline.date_in_future", value=talk.occurred_on.isoformat())
    if talk.kind in _VISITS and not talk.people.strip():
        raise refuse("pipeline.people_needed")
    check_impression(talk.impression, frozenset(concerns(project.outpost)))
    row = Interaction(
        project=project,
        kind=talk.kind,
        occurred_on=talk.occurred_on,
        people=talk.people.strip(),
        summary=talk.summary.strip(),
        next_step=talk.next_step.strip(),
        impression=talk.impression.score,
        concern=talk.impression.concern,
        concern_note=talk.impression.note.strip(),
        recorded_by_id_number=actor.user_id,
        recorded_by=actor.label,
        created_at=now,
    )
    with recorded(actor=actor, now=now) as unit:
        row.save()
        unit.created(row, kind=KIND)
        _renew_last_talk(project, actor, now)
        interacted(actor=actor, now=now, project=project, on=talk.occurred_on)
        fill_gaps(unit=unit, project=project)
    return row


def confirm_year(*, actor: Actor, now: datetime, interaction: Interaction, occurred_on: date) -> Interaction:
    """Confirm (or correct) the year that was proposed for a ledger entry."""
    require_on(actor, "project.edit", interaction.project)
    with recorded(actor=actor, now=now) as unit:
        before = unit.before(interaction, KIND)
        interaction.occurred_on, interaction.year_proposed = occurred_on, False
        interaction.version += 1
        interaction.save(update_fields=["occurred_on", "year_proposed", "version"])
        unit.changed(interaction, kind=KIND, before=before)
        _renew_last_talk(interaction.project, actor, now)
    return interaction


def void_interaction(*, actor: Actor, now: datetime, interaction: Interaction, reason: str) -> None:
    """Take an entry back with a reason; it stays in the record, struck through."""
    require_on(actor, "project.edit", interaction.project)
    if not reason.strip():
        raise refuse("pipeline.reason_needed")
    with recorded(actor=actor, now=now) as unit:
        before = unit.before(interaction, KIND)
        interaction.voided_at, interaction.void_reason = now, reason.strip()
        interaction.version += 1
        interaction.save(update_fields=["voided_at", "void_reason", "version"])
        unit.changed(interaction, kind=KIND, before=before, reason=reason)
        _renew_last_talk(interaction.project, actor, now)


def _renew_last_talk(project: Project, actor: Actor, now: datetime) -> None:
    """Keep the list's "last talked" in step with the timeline."""
    row = Project.objects.select_for_update().get(pk=project.pk)
    last = (
        row.interactions.filter(voided_at__isnull=True, occurred_on__isnull=False)
        .order_by("-occurred_on")
        .values_list("occurred_on", flat=True)
        .first()
    )
    if last == row.last_talk_on:
        return
    with recorded(actor=actor, now=now) as unit:
        before = unit.before(row, "pipeline.project")
        row.last_talk_on = last
        row.version += 1
        row.save(update_fields=["last_talk_on", "version"])
        unit.changed(row, kind="pipeline.project", before=before)
