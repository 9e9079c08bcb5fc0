"""Handing in an upload as evidence."""

from __future__ import annotations

from typing import Any

from feidi.domain.pipeline.models import Project
from feidi.domain.pipeline.selectors.standing import subject_of
from feidi.domain.pipeline.services.landing import Paper, hand_in, open_case
from feidi.engines.findings import RefusedError
from feidi.kernel.evidence.models import EvidenceItem, EvidenceRequirement
from feidi.kernel.files.services import store_upload, void_file
from feidi.portals.ui.requests import FeidiRequest


def hand_in_upload(
    request: FeidiRequest,
    project: Project,
    requirement: EvidenceRequirement,
    data: dict[str, Any],
    replaced: EvidenceItem | None,
) -> EvidenceItem:
    """Keep the file and hand it in. When the second is refused, the file is taken back, so that none lies about unused."""
    actor, now = request.actor, request.now
    case = open_case(actor=actor, now=now, project=project)
    upload = data["file"]
    file = store_upload(
        actor=actor,
        now=now,
        subject=subject_of(project),
        name=upload.name,
        chunks=upload.chunks(),
        reason=data.get("mark_reason", ""),
    )
    amount = data["amount"].exact if "amount" in data else None
    paper = Paper(file, data["record"], data["occurred_on"], amount, replaces=replaced)
    try:
        return hand_in(actor=actor, now=now, case=case, requirement=requirement, paper=paper)
    except RefusedError as error:
        void_file(actor=actor, now=now, file=file, reason=error.refusal.code)
        raise
