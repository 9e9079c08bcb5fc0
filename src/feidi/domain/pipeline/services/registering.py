"""Registering a lead, and keeping a project's own fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.enums import OrganizationKind
from feidi.domain.parties.models import Organization, Outpost, Person
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.parties.services.meanwhile import findings_of, in_words
from feidi.domain.parties.services.organizations import find_or_add_organization
from feidi.domain.parties.services.persons import add_contact_point, find_or_add_person
from feidi.domain.pipeline.access import require_on
from feidi.domain.pipeline.enums import PartyRole, ProjectKind, Stage, Track
from feidi.domain.pipeline.events import ProjectRegistered
from feidi.domain.pipeline.models import Project, ProjectParty, StageLog
from feidi.domain.pipeline.selectors.tables import stage_table
from feidi.domain.pipeline.services.clocks import start_stage_clock
from feidi.domain.pipeline.services.first_reports import Claimed, claim_first_report
from feidi.domain.pipeline.services.gaps import fill_gaps
from feidi.domain.pipeline.services.indexing import index_project
from feidi.domain.pipeline.services.numbering import project_code
from feidi.domain.pipeline.services.plaques import set_plaques
from feidi.engines.findings import refuse
from feidi.engines.names import fold_name
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded
from feidi.kernel.audit.models import AuditEntry
from feidi.kernel.events import publish
from feidi.kernel.identity.models import User

KIND = "pipeline.project"
#: Fields that a person may edit on the record page; stages, claims and reported/verified marks are not among them.
EDITABLE = (
    "name",
    "kind",
    "one_line",
    "industry",
    "source_channel",
    "referrer",
    "first_report_unit",
    "first_report_on",
    "leader",
    "sponsor_place",
    "tech_source",
    "core_product",
    "team_size",
    "land_need",
    "office_need",
    "energy_need",
    "eia_class",
    "policy_request",
    "screening_verdict",
    "judged_follow",
    "feedback_sent_on",
    "major",
    "assessment",
    "landing_plan",
    "problems",
    "coordination",
    "next_step",
    "expected_sign_on",
    "remarks",
    *(
        f"{name}_{part}"
        for name in ("planned_investment", "fixed_investment", "expected_output", "expected_tax")
        for part in ("lo_fen", "hi_fen", "currency", "text", "approximate")
    ),
)


@dataclass(frozen=True, slots=True)
class Lead:
    """What is known when a lead is registered. Only name and sponsor are needed; the rest is 还差."""

    name: str
    sponsor: str
    kind: ProjectKind = ProjectKind.ENTERPRISE
    uscc: str = ""
    source_channel: str = ""
    one_line: str = ""
    industry: str = ""
    contact_name: str = ""
    contact_phone: str = ""
    referrer: str = ""
    occurred_on: date | None = None
    not_a_duplicate: bool = False
    plaques: Sequence[str] = ()


def sort_key_of(name: str) -> str:
    """Return the stored key that orders names by pinyin on both databases."""
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415 - its dictionary takes a third of a start, writers need it

    return "".join(lazy_pinyin(name, style=Style.NORMAL)).lower()[:160]


def find_duplicates(outpost: Outpost, name: str) -> list[Project]:
    """Return live projects of the outpost whose folded name is the same (more reasons follow with the name engine)."""
    folded = fold_name(name)
    if not folded:
        return []
    return list(Project.objects.filter(outpost=outpost, name_folded=folded, voided_at__isnull=True).order_by("-id")[:5])


def register_lead(*, actor: Actor, now: datetime, outpost: Outpost, lead: Lead, owner: User | None = None) -> Project:
    """Register a lead: project, sponsor, contact, first log row, first clock; with a source, its first report.

    Refused: no permission, no name or sponsor, a duplicate that nobody has called different, a malformed
    code or phone, a date in the future.
    """
    require(actor, "project.edit", outpost_scope(outpost.pk))
    today = now.astimezone(SHANGHAI).date()
    _check_lead(lead, today)
    project = Project(
        outpost=outpost,
        code="",
        name=lead.name.strip(),
        name_folded=fold_name(lead.name),
        sort_key=sort_key_of(lead.name),
        kind=lead.kind,
        source_channel=lead.source_channel,
        one_line=lead.one_line,
        industry=lead.industry,
        referrer=lead.referrer,
        owner=owner,
        owner_text=owner.display_name if owner else "",
        opinions={"duplicate_checked": {"done": True, "on": today.isoformat()}},
        stage_since=lead.occurred_on or today,
        created_at=now,
    )
    with recorded(actor=actor, now=now) as unit:
        project.code = project_code(outpost, now)
        # asked only now: taking the number has locked the outpost's series, so that the same lead entered
        # twice at one moment is seen by the second
        _check_duplicates(outpost, lead)
        sponsor = add_sponsor(actor=actor, now=now, project=project, lead=lead)
        _add_contact(actor, now, project, lead, sponsor)
        unit.created(project, kind=KIND)
        log = StageLog(
            project=project,
            track=Track.TALKS,
            to_stage=Stage.LEAD,
            occurred_on=lead.occurred_on or today,
            recorded_at=now,
            recorded_by_id_number=actor.user_id,
            recorded_by=actor.label,
            table_sha256=stage_table(outpost).sha256,
            created_at=now,
        )
        log.save()
        unit.created(log, kind="pipeline.stage_log")
        start_stage_clock(actor=actor, now=now, project=project, track=Track.TALKS, on=lead.occurred_on or today)
        index_project(project)
        if lead.plaques:
            set_plaques(actor=actor, now=now, project=project, codes=lead.plaques)
        if lead.source_channel.strip():
            said = Claimed(referrer=lead.referrer, how=lead.source_channel)
            claim_first_report(actor=actor, now=now, project=project, claimed=said, check=False)
        publish(ProjectRegistered(project.uid, outpost.pk))
    return project


def add_sponsor(*, actor: Actor, now: datetime, project: Project, lead: Lead) -> Organization | Person:
    """Create or link the sponsor (a person where the kind is 人才) and repeat its name on the project."""
    sponsor: Organization | Person
    if lead.kind == ProjectKind.TALENT:
        sponsor = find_or_add_person(actor=actor, now=now, outpost=project.outpost, name=lead.sponsor)
    else:
        kinds = {
            ProjectKind.TEAM: OrganizationKind.TEAM,
            ProjectKind.PLATFORM: OrganizationKind.PLATFORM,
            ProjectKind.FUND: OrganizationKind.FUND,
        }
        sponsor = find_or_add_organization(
            actor=actor,
            now=now,
            outpost=project.outpost,
            name=lead.sponsor,
            uscc=lead.uscc,
            kinds=(kinds.get(lead.kind, OrganizationKind.ENTERPRISE),),
        )
    project.sponsor_name = lead.sponsor.strip()
    project.sponsor_folded = fold_name(lead.sponsor)
    project.save()
    add_party(project=project, party=sponsor, role=PartyRole.SPONSOR, since=project.stage_since)
    return sponsor


def add_party(
    *, project: Project, party: Organization | Person, role: PartyRole, since: date | None = None
) -> ProjectParty:
    """Bind an organization or a person to the project in a role, once."""
    wanted: dict[str, Any] = {"organization": party} if isinstance(party, Organization) else {"person": party}
    row, _made = ProjectParty.objects.get_or_create(
        project=project, role=role, until=None, **wanted, defaults={"since": since}
    )
    return row


def add_contact(
    *, actor: Actor, now: datetime, project: Project, name: str, phone: str = "", title: str = ""
) -> Person:
    """Add a contact person with a phone number to a project; gaps that waited for one are filled."""
    require_on(actor, "project.edit", project)
    with recorded(actor=actor, now=now) as unit:
        organization = project.parties.filter(role=PartyRole.SPONSOR, organization__isnull=False).first()
        person = find_or_add_person(
            actor=actor,
            now=now,
            outpost=project.outpost,
            name=name,
            organization=organization.organization if organization else None,
            title=title,
        )
        if phone.strip():
            add_contact_point(actor=actor, now=now, outpost=project.outpost, value=phone, person=person)
        add_party(project=project, party=person, role=PartyRole.CONTACT)
        unit.acted("contact_added", kind=KIND, uid=project.uid, person=person.uid)
        fill_gaps(unit=unit, project=project)
    return person


def set_home_entity(*, actor: Actor, now: datetime, project: Project, name: str, uscc: str = "") -> Organization:
    """Name the firm that registers at home (落户企业)."""
    require_on(actor, "project.edit", project)
    with recorded(actor=actor, now=now) as unit:
        # locked, so that of two firms named at once the later replaces the earlier
        Project.objects.select_for_update().get(pk=project.pk)
        firm = find_or_add_organization(
            actor=actor,
            now=now,
            outpost=project.outpost,
            name=name,
            uscc=uscc,
            kinds=(OrganizationKind.ENTERPRISE, OrganizationKind.HOME_FIRM),
        )
        today = now.astimezone(SHANGHAI).date()
        project.parties.filter(role=PartyRole.HOME_ENTITY, until__isnull=True).exclude(organization=firm).update(
            until=today
        )
        add_party(project=project, party=firm, role=PartyRole.HOME_ENTITY, since=today)
        unit.acted("home_entity_set", kind=KIND, uid=project.uid, organization=firm.uid, name=firm.name)
        index_project(project)
        fill_gaps(unit=unit, project=project)
    return firm


def update_project(
    *, actor: Actor, now: datetime, project: Project, version: int, values: Mapping[str, Any]
) -> Project:
    """Save edited fields. Refused when somebody else saved since ``version``: says who changed what.

    A changed name or sponsor keeps its folded form and sort key in step. Gaps the change fills are closed.
    """
    require_on(actor, "project.edit", project)
    with recorded(actor=actor, now=now) as unit:
        row = Project.objects.select_for_update().get(pk=project.pk)
        if row.version != version:
            _refuse_conflicts(row, version, values)
        before = unit.before(row, KIND)
        for name, value in values.items():
            if name in EDITABLE:
                setattr(row, name, value)
        if not fold_name(row.name):
            raise refuse("pipeline.name_needed")
        row.name_folded, row.sort_key = fold_name(row.name), sort_key_of(row.name)
        row.version += 1
        row.save()
        row.refresh_from_db()
        unit.changed(row, kind=KIND, before=before)
        index_project(row)
        fill_gaps(unit=unit, project=row)
    return row


def assign_owner(*, actor: Actor, now: datetime, project: Project, owner: User) -> Project:
    """Name the owner (责任人)."""
    require_on(actor, "project.edit", project)
    with recorded(actor=actor, now=now) as unit:
        row = Project.objects.select_for_update().get(pk=project.pk)
        before = unit.before(row, KIND)
        row.owner, row.owner_text = owner, owner.display_name
        row.version += 1
        row.save(update_fields=["owner", "owner_text", "version"])
        unit.changed(row, kind=KIND, before=before)
        fill_gaps(unit=unit, project=row)
    return row


def record_opinion(
    *, actor: Actor, now: datetime, project: Project, key: str, done: bool, note: str, on: date | None = None
) -> Project:
    """Record one of the opinions and papers that guards ask for (minutes, draft, legal, finance, fair competition)."""
    require_on(actor, "project.edit", project)
    with recorded(actor=actor, now=now) as unit:
        row = Project.objects.select_for_update().get(pk=project.pk)
        before = unit.before(row, KIND)
        day = on or now.astimezone(SHANGHAI).date()
        row.opinions = {**row.opinions, key: {"done": done, "note": note, "on": day.isoformat()}}
        row.version += 1
        row.save(update_fields=["opinions", "version"])
        unit.changed(row, kind=KIND, before=before)
        fill_gaps(unit=unit, project=row)
    return row


def _check_lead(lead: Lead, today: date) -> None:
    if not fold_name(lead.name):
        raise refuse("pipeline.name_needed")
    if not fold_name(lead.sponsor):
        raise refuse("pipeline.sponsor_needed")
    if lead.occurred_on and lead.occurred_on > today:
        raise refuse("pipeline.date_in_future", value=lead.occurred_on.isoformat())


def _check_duplicates(outpost: Outpost, lead: Lead) -> None:
    if not lead.not_a_duplicate:
        for known in find_duplicates(outpost, lead.name):
            raise refuse("pipeline.duplicate", code=known.code, name=known.name, sponsor=known.sponsor_name)


def _add_contact(actor: Actor, now: datetime, project: Project, lead: Lead, sponsor: Organization | Person) -> None:
    if not lead.contact_name.strip():
        return
    person = find_or_add_person(
        actor=actor,
        now=now,
        outpost=project.outpost,
        name=lead.contact_name,
        organization=sponsor if isinstance(sponsor, Organization) else None,
    )
    if lead.contact_phone.strip():
        add_contact_point(actor=actor, now=now, outpost=project.outpost, value=lead.contact_phone, person=person)
    add_party(project=project, party=person, role=PartyRole.CONTACT)


def _refuse_conflicts(row: Project, version: int, values: Mapping[str, Any]) -> None:
    """Refuse when a field that is being saved was changed by somebody else since ``version``: who, what, to what.

    Changes elsewhere on the record (a new visit, a move) do not stand in the way.
    """
    entries = list(
        AuditEntry.objects.filter(subject_kind=KIND, subject_uid=row.uid, state__version__gt=version).select_related(
            "link"
        )
    )
    changed = {name for entry in entries for name in entry.changes}
    fields = sorted(name for name in changed & set(values) if getattr(row, name) != values[name])
    if not fields:
        return
    who = "、".join(sorted({entry.link.actor_label for entry in entries if set(entry.changes) & set(fields)}))
    reasons = findings_of("pipeline.field_changed", {name: in_words(row, name) for name in fields}, who)
    raise refuse("pipeline.changed_meanwhile", *reasons, who=who)
