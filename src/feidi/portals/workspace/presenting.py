"""A project as its founder reads it: where it stands, what is asked, what was handed in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from feidi.domain.pipeline.enums import Stage, Track
from feidi.domain.pipeline.models import LandingCase, Project
from feidi.domain.pipeline.selectors.landing import SITE_VISIT, landing_content
from feidi.domain.pipeline.selectors.tables import stage_table
from feidi.engines.stages import StageTable
from feidi.kernel.evidence.enums import ItemState
from feidi.kernel.evidence.models import EvidenceItem
from feidi.kernel.evidence.selectors import RequirementState
from feidi.kernel.messages import Words
from feidi.portals.ui.clock import business_date
from feidi.portals.ui.pieces import Badge, ChecklistRow, TimelineEntry, Tone
from feidi.portals.workspace.words import PLAIN, say, say_pair

_TONES: dict[str, Tone] = {ItemState.ACCEPTED: "ok", ItemState.RETURNED: "bad", ItemState.SUBMITTED: "info"}


@dataclass(frozen=True, slots=True)
class TrackLine:
    """Where the project stands on one track: which side, the stage's name, what it means, since when if asked."""

    side: str
    stage: str
    plain: Words
    since: date | None = None


def tables_of(projects: Iterable[Project]) -> dict[int, StageTable]:
    """Return outpost id → its stage table, asked for once per outpost and not once per project."""
    return {pk: stage_table(outpost) for pk, outpost in {each.outpost_id: each.outpost for each in projects}.items()}


def track_lines(project: Project, table: StageTable, since: dict[str, date | None] | None = None) -> list[TrackLine]:
    """Return the tracks that have begun: host and home side, before signing the talks."""
    host, home = project.outpost.host, project.outpost.home
    sides = [
        (Track.HOST, project.host_stage, _("在{place}").format(place=say_pair(host.name_zh, host.name_en))),
        (Track.HOME, project.home_stage, _("在{place}").format(place=say_pair(home.name_zh, home.name_en))),
    ]
    begun = [each for each in sides if each[1]] or [(Track.TALKS, project.talks_stage, _("洽谈"))]
    return [
        TrackLine(side, _stage_label(table, track, code), PLAIN[Stage(code)], (since or {}).get(track.value))
        for track, code, side in begun
    ]


def since_of(project: Project) -> dict[str, date | None]:
    """Return track → the day on which its present stage was entered (unknown: None). One query."""
    present = {Track.TALKS: project.talks_stage, Track.HOST: project.host_stage, Track.HOME: project.home_stage}
    moves = project.stage_log.order_by("id").values_list("track", "to_stage", "occurred_on")
    return {track: on for track, stage, on in moves if present[Track(track)] == stage}


def _stage_label(table: StageTable, track: Track, code: str) -> str:
    found = table.stage(track.value, code)
    return say(found.label) if found else code


def case_words(project: Project, case: LandingCase | None, today: date) -> str:
    """Return in one sentence how the landing stands; a late answer of the home side is never called overdue."""
    if case is None:
        return _("落地材料还没有开始准备。") if project.home_stage else ""
    if case.state == "submitted" and case.submitted_at:
        days = (today - business_date(case.submitted_at)).days + 1
        return _("材料已提交核验，待反馈 · 第 {n} 天。").format(n=days)
    if case.state == "returned":
        return _("核验方退回：{reason}").format(reason=case.return_reason)
    if case.state == "verified" and case.verified_on:
        return _("落地已于 {on} 核验通过。").format(on=case.verified_on.isoformat())
    return _("材料齐了以后，由驻点统一提交核验。")


def is_open(case: LandingCase | None) -> bool:
    """Tell whether papers can still be handed in."""
    return case is not None and case.state not in {"verified", "revoked"}


def asked_of(states: Sequence[RequirementState]) -> list[str]:
    """Return what the tenant is being asked for, in short lines for the list of projects."""
    asked = []
    for each in states:
        if each.requirement.kind == SITE_VISIT or each.met:
            continue
        label = say_pair(each.requirement.label_zh, each.requirement.label_en)
        if each.returned and each.missing:
            asked.append(_("{label}：被退回，请重新提交").format(label=label))
        elif each.missing:
            asked.append(_("{label}：请提交").format(label=label))
    return asked


def checklist(
    project: Project, states: Sequence[RequirementState], own: frozenset[int], *, may_add: bool
) -> list[ChecklistRow]:
    """Return 还差什么 of the landing, each missing paper with the way to supply it."""
    accepts = _accepts(project)
    return [_row(project, each, accepts.get(each.requirement.kind, ""), own, may_add=may_add) for each in states]


def _accepts(project: Project) -> dict[str, str]:
    rules = landing_content(project.outpost).data["requirements"]
    return {raw["evidence"]: say_pair(**raw["accepts"]) for raw in rules if raw.get("accepts")}


def _row(
    project: Project, state: RequirementState, accepts: str, own: frozenset[int], *, may_add: bool
) -> ChecklistRow:
    label = say_pair(state.requirement.label_zh, state.requirement.label_en)
    if state.met:
        return ChecklistRow("yes", label)
    if state.requirement.kind == SITE_VISIT:
        return ChecklistRow("unknown", label, _("由驻点和主办方安排人员到现场查看，不用您提交。"))
    if not state.missing:
        return ChecklistRow("unknown", _("{label}：已提交，待核验").format(label=label))
    returned = [item for item in open_returns(state) if item.submitted_by_id_number in own]
    url = reverse("workspace:evidence_add", args=[project.uid, state.requirement.kind]) if may_add else ""
    if returned:
        text = _("{label}：被退回，{reason}").format(label=label, reason=returned[-1].return_reason)
        again = f"{url}?replaces={returned[-1].uid}" if url else ""
        return ChecklistRow("no", text, accepts, again, _("重新提交"))
    return ChecklistRow("no", label, accepts, url, _("提交"))


def open_returns(state: RequirementState) -> list[EvidenceItem]:
    """Return the returned items that nothing has replaced yet."""
    replaced = {item.replaces_id for item in state.items}
    return [item for item in state.items if item.state == ItemState.RETURNED and item.pk not in replaced]


def own_items(
    project: Project, states: Sequence[RequirementState], own: frozenset[int], *, may_add: bool
) -> list[dict[str, Any]]:
    """Return what the tenant's people handed in, newest first, with what may be done with each."""
    rows = []
    for state in states:
        again = {item.pk for item in open_returns(state)} if may_add else set()
        add = reverse("workspace:evidence_add", args=[project.uid, state.requirement.kind])
        rows += [
            {
                "item": item,
                "label": say_pair(state.requirement.label_zh, state.requirement.label_en),
                "badge": Badge(ItemState(item.state).label, _TONES[item.state]),
                "again": f"{add}?replaces={item.uid}" if item.pk in again else "",
                "withdraw": reverse("workspace:evidence_withdraw", args=[project.uid, item.uid])
                if may_add and item.state == ItemState.SUBMITTED
                else "",
            }
            for item in state.items
            if item.submitted_by_id_number in own
        ]
    return sorted(rows, key=lambda each: each["item"].submitted_at, reverse=True)


def timeline(states: Sequence[RequirementState], own: frozenset[int]) -> list[TimelineEntry]:
    """Return what the tenant handed in and what was decided of it, newest first; who decided is not named."""
    entries = []
    for state in states:
        label = say_pair(state.requirement.label_zh, state.requirement.label_en)
        for item in state.items:
            if item.submitted_by_id_number in own:
                entries += _moments(label, item)
    return sorted(entries, key=lambda each: str(each.when), reverse=True)


def _moments(label: str, item: EvidenceItem) -> list[TimelineEntry]:
    name = item.file.name if item.file else item.record
    handed = TimelineEntry(item.submitted_at, _("提交{label}").format(label=label), name, icon="upload", tone="info")
    if item.state == ItemState.ACCEPTED:
        return [
            handed,
            TimelineEntry(item.reviewed_at, _("{label}已采信").format(label=label), icon="check", tone="ok"),
        ]
    if item.state == ItemState.RETURNED:
        title = _("{label}被退回").format(label=label)
        return [handed, TimelineEntry(item.reviewed_at, title, item.return_reason, icon="arrow-back-up", tone="bad")]
    return [handed]
