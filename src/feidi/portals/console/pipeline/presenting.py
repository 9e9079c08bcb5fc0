"""From rows to what the components draw."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from feidi.domain.parties.access import outpost_scope
from feidi.domain.parties.models import Outpost
from feidi.domain.pipeline.access import reads_notes, scopes_of
from feidi.domain.pipeline.enums import ConditionCode, Counting, InteractionKind, Track
from feidi.domain.pipeline.models import Agreement, Interaction, LandingCase, Project, StageLog
from feidi.domain.pipeline.selectors.projects import plaque_names, with_outposts
from feidi.domain.pipeline.selectors.tables import stage_table
from feidi.engines.money import Money, MoneyText
from feidi.engines.stages import Answer, Checked, StageTable, Status
from feidi.kernel.access import Actor
from feidi.kernel.evidence.models import EvidenceItem
from feidi.kernel.evidence.selectors import RequirementState
from feidi.kernel.money.columns import money_of
from feidi.portals.console.words import say, say_pair
from feidi.portals.ui.clock import business_date
from feidi.portals.ui.markup import addresses
from feidi.portals.ui.pieces import Badge, ChecklistRow, Column, Row, TimelineEntry

COLUMNS = [
    Column("name", gettext_lazy("项目"), sortable=True, lead=True),
    Column("code", gettext_lazy("编号"), sortable=True),
    Column("sponsor", gettext_lazy("投资方/团队")),
    Column("stage", gettext_lazy("阶段"), sortable=True),
    Column("since", gettext_lazy("进入阶段"), sortable=True),
    Column("owner", gettext_lazy("责任人")),
    Column("talked", gettext_lazy("最近洽谈"), sortable=True),
    Column("planned", gettext_lazy("计划总投资"), numeric=True),
    Column("industry", gettext_lazy("产业领域"), shown=False),
    Column("source", gettext_lazy("线索来源"), shown=False),
    Column("next_step", gettext_lazy("下一步"), shown=False),
    Column("outpost", gettext_lazy("驻点"), shown=False),
    Column("plaques", gettext_lazy("牌子"), shown=False),
    Column("expected", gettext_lazy("预计签约"), shown=False),
    Column("verified", gettext_lazy("核验落地"), shown=False),
]
SORT_FIELDS = {
    "name": ("sort_key",),
    "code": ("code",),
    "stage": ("stage_place",),
    "since": ("stage_since",),
    "talked": ("last_talk_on",),
}
ICONS = {
    InteractionKind.CALL: "phone",
    InteractionKind.MESSAGE: "mail",
    InteractionKind.MEETING: "users",
    InteractionKind.VISIT_IN: "door",
    InteractionKind.VISIT_OUT: "map-pin",
    InteractionKind.RECEPTION: "users",
    InteractionKind.OUTREACH: "send",
    InteractionKind.NOTE: "notes",
}


@dataclass(frozen=True, slots=True)
class Waiting:
    """A landing case in the queue, and the Shanghai date since when it waits."""

    case: LandingCase
    since: date


def waiting(cases: Iterable[LandingCase]) -> list[Waiting]:
    """Return queued cases with the business date of their submission (stored moments are UTC)."""
    return [Waiting(case, business_date(case.submitted_at)) for case in cases if case.submitted_at]


@dataclass(frozen=True, slots=True)
class Might:
    """What the actor may do with one project; pages show only what may be done."""

    edit: bool
    move: bool
    force: bool
    agreement: bool
    landing: bool
    verify: bool
    revoke: bool
    unmask: bool
    files: bool
    notes: bool
    policies: bool


def might(actor: Actor, project: Project) -> Might:
    """Return what ``actor`` may do with ``project``."""
    scopes = scopes_of(project)
    return Might(
        edit=actor.may("project.edit", *scopes),
        move=actor.may("project.move", *scopes),
        force=actor.may("project.force_move", *scopes),
        agreement=actor.may("agreement.edit", *scopes),
        landing=actor.may("landing.submit", *scopes),
        verify=actor.may("landing.verify", *scopes),
        revoke=actor.may("landing.revoke", *scopes),
        unmask=actor.may("contact.unmask", *scopes),
        files=actor.may("file.view", *scopes),
        notes=reads_notes(actor, project),
        policies=actor.may("policy.view", outpost_scope(project.outpost_id)),
    )


def stage_label(outpost: Outpost, track: str, code: str) -> str:
    """Return a stage's label as the outpost's home calls it."""
    return _label_in(stage_table(outpost), track, code)


def _label_in(table: StageTable, track: str, code: str) -> str:
    found = table.stage(track, code)
    return say(found.label) if found else code


def stage_choices(outposts: Iterable[Outpost]) -> list[tuple[str, str]]:
    """Return (``track:stage``, label) of every stage that these outposts use, in order."""
    seen: dict[str, str] = {}
    for outpost in outposts:
        for track in stage_table(outpost).tracks.values():
            for stage in track.stages:
                seen.setdefault(f"{track.code}:{stage.code}", f"{say(track.label)} · {say(stage.label)}")
    return list(seen.items())


def badges_of(project: Project) -> list[Badge]:
    """Return where the project stands and the marks that qualify it."""
    outpost = project.outpost
    found = [Badge(stage_label(outpost, Track.TALKS, project.talks_stage), "info")]
    if project.host_stage:
        found.append(Badge(_("驻点：") + stage_label(outpost, Track.HOST, project.host_stage), "info"))
    if project.home_stage:
        found.append(Badge(_("落地：") + stage_label(outpost, Track.HOME, project.home_stage), "info"))
    return found + marks_of(project)


def marks_of(project: Project) -> list[Badge]:
    """Return condition, verification, opening position and reporting as badges."""
    found = []
    if project.condition:
        found.append(Badge(ConditionCode(project.condition).label, "warn", "player-stop"))
    if project.verified_on:
        found.append(Badge(_("经核验落地"), "ok", "shield-check", title=project.verified_on.isoformat()))
    if project.talks_opening or project.host_opening or project.home_opening:
        found.append(Badge(_("期初（台账填报）"), "mark", title=_("阶段来自台账填报，未经证据采信，不计入转化率")))
    if project.voided_at:
        found.append(Badge(_("已作废"), "bad", title=project.void_reason))
    return found


def rows_of(projects: Iterable[Project], columns: Iterable[Column] = ()) -> list[Row]:
    """Return projects as list rows; each outpost's stage table is asked for once, plaques only if ``columns`` show them."""
    projects = with_outposts(list(projects))
    plaques = plaque_names(projects) if any(each.code == "plaques" for each in columns) else {}
    tables: dict[int, StageTable] = {}
    address = addresses("console:pipeline:project_view")
    rows = []
    for project in projects:
        if project.outpost_id not in tables:
            tables[project.outpost_id] = stage_table(project.outpost)
        row = _row_of(project, tables[project.outpost_id], plaques.get(project.pk, []), address(project.uid))
        rows.append(row)
    return rows


def _row_of(project: Project, stages: StageTable, plaques: Sequence[str], url: str) -> Row:
    furthest = project.home_stage or project.host_stage or project.talks_stage
    track = Track.HOME if project.home_stage else Track.HOST if project.host_stage else Track.TALKS
    return Row(
        cells={
            "name": project.name,
            "code": project.code,
            "sponsor": project.sponsor_name,
            "stage": _label_in(stages, track, furthest),
            "since": project.stage_since,
            "owner": project.owner_text,
            "talked": project.last_talk_on,
            "planned": amount_of(project, "planned_investment"),
            "industry": project.industry,
            "source": project.source_channel,
            "next_step": project.next_step,
            "outpost": project.outpost.short_name,
            "plaques": "、".join(plaques),
            "expected": project.expected_sign_on,
            "verified": project.verified_on,
        },
        url=url,
        uid=project.uid,
        badges=marks_of(project),
    )


def amount_of(project: Project, name: str) -> MoneyText | None:
    """Return an amount of the project, None when nothing is written."""
    value = money_of(project, name)
    return value if value.text or value.lo_fen is not None or value.hi_fen is not None else None


def checklist_rows(answer: Answer, project: Project, due: dict[str, str]) -> list[ChecklistRow]:
    """Return 还差什么 for one stage: the same answer as the move's."""
    return [_check_row(line, project, due) for line in answer.checklist]


def _check_row(line: Checked, project: Project, due: dict[str, str]) -> ChecklistRow:
    answer = {Status.YES: "yes", Status.NO: "no", Status.UNKNOWN: "unknown"}[line.status]
    counted = _("（{have}/{need}）").format(have=line.have, need=line.need) if line.need > 1 else ""
    return ChecklistRow(
        answer=answer,  # type: ignore[arg-type]
        text=say(line.guard.label) + counted,
        fix=say(line.guard.fix),
        url=fix_url(line, project),
        waived=due.get(line.guard.code, ""),
    )


def fix_url(line: Checked, project: Project) -> str:
    """Return the page where a missing thing is supplied."""
    kind, key = line.guard.kind.value, line.guard.keys[0]
    page = {"interaction": "interaction_add", "agreement": "agreement_add", "evidence": "landing_open"}.get(kind)
    pages = {
        "contact": "contact_add",
        "owner": "owner_assign",
        "home_entity": "home_entity_set",
        "not_already_counted": "agreement_add",
    }
    opinions = {
        "committee_minutes",
        "draft_agreement",
        "legal_opinion",
        "finance_opinion",
        "fair_competition_opinion",
        "site_area",
    }
    if kind == "role":
        return ""
    page = page or pages.get(key) or ("opinion_record" if key in opinions else "project_edit")
    address = reverse(f"console:pipeline:{page}", args=[project.uid])
    return f"{address}?key={key}" if page == "opinion_record" else address


def timeline_of(
    project: Project, interactions: Sequence[Interaction], log: Sequence[StageLog], *, might_edit: bool
) -> list[TimelineEntry]:
    """Return talks and moves, newest first; within a day, what was written down last comes first."""
    written = [(each.created_at, _talk_entry(each, might_edit=might_edit)) for each in interactions]
    written += [(each.recorded_at, _move_entry(project, each)) for each in log]
    written.sort(key=lambda pair: (pair[1].when is not None, pair[1].when or date.min, pair[0]), reverse=True)
    return [entry for _written_at, entry in written]


def latest_talks(actor: Actor, projects: Sequence[Project], most: int) -> list[TimelineEntry]:
    """Return the latest talks over several projects, of those whose notes the actor reads, each with its project."""
    read = [each.pk for each in projects if reads_notes(actor, each)]
    rows = Interaction.objects.filter(project_id__in=read, voided_at__isnull=True).select_related("project")
    rows = rows.order_by(F("occurred_on").desc(nulls_last=True), "-id")[:most]
    entries = [(row, _talk_entry(row, might_edit=False)) for row in rows]
    page = "console:pipeline:project_view"
    return [
        replace(
            entry,
            title=f"{entry.title} · {row.project.name}",
            url=reverse(page, args=[row.project.uid]) + "?tab=timeline",
        )
        for row, entry in entries
    ]


def _talk_entry(row: Interaction, *, might_edit: bool) -> TimelineEntry:
    badges = []
    if row.source == "ledger":
        badges.append(Badge(_("台账"), "mark"))
    if row.year_proposed:
        badges.append(Badge(_("年份待确认"), "warn", title=_("台账只写了月日")))
    if row.voided_at:
        badges.append(Badge(_("已撤回"), "quiet", title=row.void_reason))
    if row.impression:
        badges.append(Badge(_("印象 {n}/5").format(n=row.impression), "info", title=row.concern_note))
    text = "\n".join(part for part in (row.summary, row.next_step and _("下一步：") + row.next_step) if part)
    url = reverse("console:pipeline:interaction_view", args=[row.uid]) if might_edit and row.voided_at is None else ""
    return TimelineEntry(
        when=row.occurred_on,
        title=f"{InteractionKind(row.kind).label}{' · ' + row.people if row.people else ''}",
        text=text,
        who=row.recorded_by,
        icon=ICONS[InteractionKind(row.kind)],
        badges=badges,
        tone="quiet" if row.voided_at else "info",
        url=url,
    )


def _move_entry(project: Project, log: StageLog) -> TimelineEntry:
    badges = []
    if log.opened:
        badges.append(Badge(_("期初（台账填报）"), "mark"))
    if log.forced:
        badges.append(Badge(_("强制推进"), "bad"))
    if log.backdated:
        badges.append(Badge(_("补登"), "warn"))
    label = stage_label(project.outpost, log.track, log.to_stage)
    return TimelineEntry(
        when=log.occurred_on,
        title=_("进入“{stage}”").format(stage=label),
        text=log.reason,
        who=log.recorded_by,
        icon="flag",
        badges=badges,
        tone="ok",
    )


def counting_text(agreement: Agreement) -> str:
    """Return whether an agreement counts, and if not, against which signing and what to do where it adds capital."""
    if agreement.counting == Counting.ALREADY and agreement.counting_against:
        day = f"{agreement.counting_against.signed_on:%Y-%m-%d}"
        return _("不计入：{day} 已首次签约；如为增资请登记增量").format(day=day)
    return str(Counting(agreement.counting).label)


def agreement_rows(agreements: Sequence[Agreement]) -> list[dict[str, object]]:
    """Return what the agreements tab shows of each: the amount as written, and whether and why it counts."""
    return [
        {
            "row": each,
            "amount": MoneyText(
                each.amount_text, each.amount_lo_fen, each.amount_hi_fen, each.currency or None, each.amount_approximate
            ),
            "counting": counting_text(each),
            "against": each.counting_against,
            "counts": each.counting in {Counting.FIRST, Counting.INCREMENT, Counting.NEW_INVESTOR},
            "counted": MoneyText("", each.counted_fen, each.counted_fen, each.currency or None),
        }
        for each in agreements
    ]


@dataclass(frozen=True, slots=True)
class ShownItem:
    """One item of evidence with its amount, and whether a returned one has been replaced by a better one."""

    row: EvidenceItem
    amount: Money | None
    corrected: bool


@dataclass(frozen=True, slots=True)
class ShownRequirement:
    """A requirement as the landing page shows it."""

    state: RequirementState
    items: list[ShownItem]


def evidence_of(states: Iterable[RequirementState]) -> list[ShownRequirement]:
    """Return requirements with their items."""
    return [ShownRequirement(state, _shown_items(state.items)) for state in states]


def _shown_items(items: Sequence[EvidenceItem]) -> list[ShownItem]:
    replaced = {each.replaces_id for each in items}
    return [
        ShownItem(each, None if each.amount_fen is None else Money(each.amount_fen, each.currency), each.pk in replaced)
        for each in items
    ]


def wechat_text(project: Project) -> str:
    """Return clean lines for a chat message, at most 300 characters, without any contact."""
    lines = [
        f"【{project.name}】{project.code}",
        f"{_('投资方')}：{project.sponsor_name}",
        f"{_('阶段')}：{stage_label(project.outpost, Track.TALKS, project.talks_stage)}",
        *([f"{_('内容')}：{project.one_line}"] if project.one_line else []),
        *([f"{_('下一步')}：{project.next_step}"] if project.next_step else []),
    ]
    return "\n".join(lines)[:300]


def deadline_label(zh: str, en: str) -> str:
    """Return a clock's label in the reader's language."""
    return say_pair(zh, en)
