"""结果 feeds the pipeline: a project enters 考察 or 重点 by the pipeline's own move, the sealed sheet as its ground."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from feidi.domain.pipeline.access import require_on
from feidi.domain.pipeline.enums import Stage, Track
from feidi.domain.pipeline.models import Project
from feidi.domain.pipeline.services.moving import Move, move_project
from feidi.domain.pipeline.services.registering import record_opinion, update_project
from feidi.domain.roadshow.models import Entry, Seal
from feidi.domain.roadshow.services.letters import live_seal
from feidi.domain.roadshow.services.result_papers import is_signed
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded

#: Where a result may lead.
ONWARD: Final = (Stage.INSPECTING, Stage.KEY)
MINUTES: Final = "committee_minutes"


def feed_project(*, actor: Actor, now: datetime, entry: Entry, to: Stage) -> Project:
    """Move a project on the strength of a sealed result, or refuse as the pipeline refuses, with every reason.

    The result is written into the assessment. For 重点 the sheet signed by the panel counts as the panel's minutes; from
    考察 the project passes through 评估, whose assessment is this result. All or nothing. Refused: not sealed, the sheet
    not back signed (重点), another stage, a guard that is not met.
    """
    require_on(actor, "project.move", entry.project)
    if to not in ONWARD:
        raise refuse("roadshow.onward_unknown", to=str(to.label))
    seal = live_seal(entry.round)
    if to == Stage.KEY and not is_signed(seal):
        raise refuse("roadshow.sheet_unsigned")
    words = ground_of(seal, entry)
    with recorded(actor=actor, now=now):
        project = _assessed(actor, now, entry, seal, words)
        if to == Stage.KEY:
            project = record_opinion(actor=actor, now=now, project=project, key=MINUTES, done=True, note=words)
            if project.talks_stage == Stage.INSPECTING:
                _move(actor, now, project, Stage.ASSESSING, words)
        _move(actor, now, project, to, words)
    return Project.objects.get(pk=project.pk)


def ground_of(seal: Seal, entry: Entry) -> str:
    """Return the result of an entry in one line, with the hash it is sealed under."""
    document: dict[str, Any] = seal.document
    mine = next(each for each in document["ranking"] if each["entry"] == entry.uid)
    where = f"{document['roadshow']['number']} {document['roadshow']['title']}（{document['round']['name']}）"
    return f"路演评审 {where}：{mine['score']} 分，第 {mine['rank']} 名；封存 {seal.sha256[:16]}"


def _assessed(actor: Actor, now: datetime, entry: Entry, seal: Seal, words: str) -> Project:
    """Write the result where the pipeline looks for the assessment, once per seal."""
    project = Project.objects.select_related("outpost__home").get(pk=entry.project_id)
    if seal.sha256[:16] in project.assessment:
        return project
    both = "\n".join(filter(None, (project.assessment, words)))
    update_project(actor=actor, now=now, project=project, version=project.version, values={"assessment": both})
    return Project.objects.select_related("outpost__home").get(pk=project.pk)


def _move(actor: Actor, now: datetime, project: Project, to: Stage, words: str) -> None:
    move_project(actor=actor, now=now, project=project, move=Move(Track.TALKS, to, reason=words))
