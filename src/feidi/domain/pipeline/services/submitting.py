"""报送: telling the home side, under a number, with what was said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from feidi.domain.parties.access import outpost_scope
from feidi.domain.parties.models import Outpost
from feidi.domain.parties.permissions import permission_name
from feidi.domain.pipeline.events import ProjectReported
from feidi.domain.pipeline.models import Project, Submission, SubmissionRow
from feidi.domain.pipeline.services.indexing import index_project
from feidi.domain.pipeline.services.numbering import submission_number
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded
from feidi.kernel.audit.canonical import state_of
from feidi.kernel.audit.register import audited_kind
from feidi.kernel.events import publish

PROJECT = "pipeline.project"


def send_submission(
    *, actor: Actor, now: datetime, outpost: Outpost, projects: Sequence[Project], reason: str
) -> Submission:
    """Report projects to the outpost's home as one numbered batch; each becomes visible there.

    Needs ``submission.send`` or, for the project of a landing case, ``landing.submit``.
    """
    scope = outpost_scope(outpost.pk)
    if not (actor.may("submission.send", scope) or actor.may("landing.submit", scope)):
        raise refuse("parties.not_permitted", permission="submission.send", what=permission_name("submission.send"))
    with recorded(actor=actor, now=now) as unit:
        batch = Submission(
            outpost=outpost,
            number=submission_number(outpost, now),
            sent_at=now,
            sent_by_id_number=actor.user_id,
            sent_by=actor.label,
            reason=reason,
            created_at=now,
        )
        batch.save()
        unit.created(batch, kind="pipeline.submission")
        # the home side was told the values themselves, not the digests that the trail keeps of personal ones
        told = replace(audited_kind(PROJECT), personal=frozenset())
        for project in projects:
            row = Project.objects.select_for_update(of=("self",)).select_related("outpost__home").get(pk=project.pk)
            SubmissionRow.objects.create(submission=batch, project=row, snapshot=state_of(row, told))
            if row.reported_at is None:
                before = unit.before(row, PROJECT)
                row.reported_at = now
                row.version += 1
                row.save(update_fields=["reported_at", "version"])
                unit.changed(row, kind=PROJECT, before=before, reason=batch.number)
                index_project(row)
                publish(ProjectReported(row.uid, batch.number))
            project.reported_at = row.reported_at
    return batch
