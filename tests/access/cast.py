"""The people and rows that every test of access walks over: three outposts of two homes, reported and not.

Each row carries marks of its own (``Qproj3``, ``Qcont3`` …), so that a page that shows what it should not is caught
by the mark it shows.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

import xlsxwriter

from feidi.domain.liaison.enums import MeetingKind
from feidi.domain.liaison.services.coordinations import NewCoordination, open_coordination
from feidi.domain.liaison.services.instructions import NewInstruction, give_instruction
from feidi.domain.liaison.services.meetings import NewDecision, NewMeeting, call_meeting, decide
from feidi.domain.liaison.services.todos import NewTodo, note_todo
from feidi.domain.liaison.services.walk_ins import Visit, register_visit
from feidi.domain.parties.models import ContactPoint, Organization, Outpost, StandIn
from feidi.domain.parties.services.duplicates import add_pair
from feidi.domain.parties.services.merging import merge_organizations
from feidi.domain.parties.services.organizations import find_or_add_organization
from feidi.domain.parties.services.stand_ins import set_stand_in
from feidi.domain.parties.services.titles import TitlePaper, add_title
from feidi.domain.pipeline.enums import AgreementKind, InteractionKind, PartyRole, Stage, Track
from feidi.domain.pipeline.models import FirstReport, LandingCase, Project, Submission
from feidi.domain.pipeline.services.interacting import Talk, record_interaction
from feidi.domain.pipeline.services.landing import Paper, hand_in, open_case, state_signals, submit_landing
from feidi.domain.pipeline.services.ledger.batches import start_batch
from feidi.domain.pipeline.services.paper import print_landing_form
from feidi.domain.pipeline.services.registering import add_party, set_home_entity, update_project
from feidi.domain.reporting.models import BoundForm, IssuedPaper
from feidi.domain.reporting.selectors.papers import snapshot_of
from feidi.domain.reporting.services.forms import BlankForm, add_form, bind_place
from feidi.domain.reporting.services.paper_writing import Wording
from feidi.domain.reporting.services.papers import Issue, issue_paper
from feidi.engines.money import Money
from feidi.kernel.evidence.models import EvidenceItem, EvidenceRequirement
from feidi.kernel.files.models import StoredFile
from feidi.kernel.files.services import store_upload
from feidi.kernel.imports.models import ImportBatch
from feidi.kernel.jobs.models import Job
from feidi.kernel.subjects import Subject
from feidi.portals.cli.demonstration.friday import weekly_workbook
from tests.access.applied import application_of
from tests.access.attended import activity_of
from tests.access.checked import checkup_of
from tests.access.claimed import claim_of
from tests.access.closed import closed_of
from tests.access.contracted import contract_of, definitions_of
from tests.access.delivered import delivered_of
from tests.access.flowing import flowing_of
from tests.access.heard import heard_of
from tests.access.housed import research_post, tenancy_with_everything
from tests.access.listed import list_of
from tests.access.offered import profile_of
from tests.access.outings import outings_of
from tests.access.promised import promises_of
from tests.access.ran import run_with_steps
from tests.access.reported import reports_of
from tests.access.roomed import rooms_of
from tests.access.showcased import showcase_of
from tests.access.staged import staged_of
from tests.access.tabled import flows_of, table_of
from tests.access.talented import talent_of
from tests.support.world import World, make_world

PHONES = {"own": "13900000001", "sister": "13900000002", "other": "13900000003"}


@dataclass
class Row:
    """One project with everything that hangs on it, and the marks by which each part is known."""

    key: str
    project: Project
    case: LandingCase
    item: EvidenceItem
    contact: ContactPoint
    organization: Organization
    uids: dict[str, str]
    marks: dict[str, tuple[str, ...]]


@dataclass
class Cast:
    """The world, its people by role, its rows by key (``own reported`` …), and each outpost's ledger and job."""

    world: World
    rows: dict[str, Row] = field(default_factory=dict)
    batches: dict[str, ImportBatch] = field(default_factory=dict)
    jobs: dict[str, Job] = field(default_factory=dict)


ROWS = ("own reported", "own inside", "sister reported", "sister inside", "other reported", "other inside")


def make_cast(now: datetime) -> Cast:
    """Fill an empty database: as long as a hundred small tests, so it is done once in a run (``tests/conftest.py``)."""
    world = make_world(now)
    sister = Outpost.objects.create(
        code="sister",
        name="姊妹驻点",
        short_name="姊妹",
        home=world.outpost.home,
        host=world.outpost.host,
        created_at=now,
    )
    world.user("sister", "officer", outpost=sister)
    world.user("sister_lead", "operator_lead", outpost=sister)
    world.user("rival_lead", "operator_lead", outpost=world.rival)
    world.user("township", "township", home=world.outpost.home)
    world.user("talent", "talent", outpost=world.outpost)
    world.user("former", "operator_lead", outpost=world.outpost, valid_to=now.date() - timedelta(days=1))
    world.user("former_bureau", "bureau", home=world.outpost.home, valid_to=now.date())
    world.user("to_come", "officer", outpost=world.outpost, valid_to=None).memberships.update(
        valid_from=now.date() + timedelta(days=1)
    )
    cast = Cast(world)
    sides = {
        "own": (world.outpost, "officer", "lead"),
        "sister": (sister, "sister", "sister_lead"),
        "other": (world.rival, "rival", "rival_lead"),
    }
    for number, key in enumerate(ROWS, start=1):
        side, layer = key.split()
        outpost, officer, lead = sides[side]
        users = {**world.users, "officer": world.users[officer], "lead": world.users[lead]}
        there = World(now=now, outpost=outpost, rival=world.rival, users=users)
        cast.rows[key] = _row(there, key, number, PHONES[side], reported=layer == "reported")
    for side, (outpost, officer, _lead) in sides.items():
        cast.batches[side] = start_import(world, side, outpost, officer)
        cast.jobs[side] = _job(world, side, officer, cast.batches[side])
    own, other = cast.rows["own inside"], cast.rows["other reported"]
    world.user("own_tenant", "tenant", organization=own.organization)
    world.user("other_tenant", "applicant", organization=other.organization)
    # an organization that only brought or backs a project is not the one whose project it is
    ally = Organization.objects.create(name="引荐机构", name_folded="引荐机构", created_at=now)
    for row in cast.rows.values():
        add_party(project=row.project, party=ally, role=PartyRole.REFERRER)
        add_party(project=row.project, party=ally, role=PartyRole.INVESTOR)
    world.user("ally", "tenant", organization=ally)
    world.user("firm_admin", "tenant_admin", organization=ally)
    return cast


def _row(world: World, key: str, number: int, phone: str, *, reported: bool) -> Row:
    officer, now = world.actor("officer"), world.now
    project = world.lead(
        f"Qproj{number}检测", f"Qspon{number}检测有限公司", contact_name=f"Qcont{number}", contact_phone=phone
    )
    # the same phone and address within a side: likeness must not name what is not to be seen
    project = update_project(
        actor=officer, now=now, project=project, version=project.version, values={"remarks": f"Qremark{number}"}
    )
    project = world.to_signed(project)
    talk = Talk(InteractionKind.CALL, now.date(), f"Qtalk{number}", people=f"Qcont{number}")
    interaction = record_interaction(actor=officer, now=now, project=project, talk=talk)
    set_home_entity(actor=officer, now=now, project=project, name=f"Qhome{number}检测有限公司")
    case = open_case(actor=officer, now=now, project=project)
    items = [_hand_in(world, case, kind, number) for kind in ("licence", "site", "money", "site_visit")]
    signals = {"insured_people": 3, "address": "云溪科创路1号"}
    state_signals(actor=officer, now=now, case=LandingCase.objects.get(pk=case.pk), signals=signals)
    project = world.advance(project, Stage.PREPARING, Stage.REGISTERED, track=Track.HOME)
    case = LandingCase.objects.select_related("project__outpost__home").get(pk=case.pk)
    form = ""
    if reported:
        case = submit_landing(actor=officer, now=now, case=case)
        form = print_landing_form(actor=officer, now=now, case=case).uid
    project = Project.objects.select_related("outpost__home").get(pk=project.pk)
    assert (project.reported_at is not None) == reported
    contact = ContactPoint.objects.get(person__name=f"Qcont{number}")
    organization = Organization.objects.get(name=f"Qspon{number}检测有限公司")
    item = items[0]
    assert item.file is not None
    who = _who_is_who(world, organization, number)
    return Row(
        key,
        project,
        case,
        item,
        contact,
        organization,
        uids={
            "project": project.uid,
            "case": case.uid,
            "item": item.uid,
            "file": item.file.uid,
            "scan": project.agreements.get(kind=AgreementKind.CONTRACT).scan.uid,
            "agreement": project.agreements.get(kind=AgreementKind.CONTRACT).uid,
            "interaction": interaction.uid,
            "contact": contact.uid,
            "organization": organization.uid,
            "form": form,
            "submission": Submission.objects.get(rows__project=project).uid if reported else "",
            "outpost": world.outpost.uid,
            **who,
            **_papers(world),
            **contract_of(world),
            **reports_of(world),
            "delivery": delivered_of(world),
            "definitions": definitions_of(world),
            "closed_period": closed_of(world),
            "report": FirstReport.objects.get(project=project).uid,
            # a dispute is of two outposts: its own test walks over the roles
            "dispute": "",
            "claim": claim_of(world, organization, number, filed=True),
            **checkup_of(world, organization, number),
            **list_of(world, organization, number),
            **application_of(world, organization, project, number),
            **profile_of(world, organization, number),
            **tenancy_with_everything(world, organization, project, number),
            **research_post(world, organization, number),
            **rooms_of(world, organization, number),
            **run_with_steps(world, project, organization, number),
            "industry_table": table_of(world, number),
            "flow_table": flows_of(world, number),
            # a draft is of a place: its own test walks over the roles
            "draft": "",
            **_daily(world, project, number),
            **outings_of(world, project, number),
            **promises_of(world, project, case, number, reported=reported),
            **talent_of(world, organization, number),
            **showcase_of(world, organization, number),
            **heard_of(world, project, number),
            **flowing_of(world, organization, number),
            **activity_of(world, organization, number),
            **staged_of(world, project, number),
            "user": world.users["officer"].uid,
            "membership": world.users["officer"].memberships.get().uid,
        },
        marks={
            "name": (f"Qproj{number}", f"Qspon{number}", f"Qhome{number}", project.uid, project.code),
            "parties": (f"Qtwin{number}", f"Qtitle{number}", *who.values()),
            "alias": (f"Qold{number}",),
            "paper": (f"Qfile{number}", f"Qrecord{number}", item.file.uid, item.uid, case.uid),
            "remark": (f"Qremark{number}",),
            "shared": (f"Qmatter{number}", f"Qmeet{number}", f"Qcerem{number}", f"Qplan{number}"),
            "claim": (f"Qclaim{number}",),
            "checkup": (f"Qfact{number}",),
            "asked": (f"Qwant{number}", f"Qneed{number}", f"Qwhole{number}"),
            "guarded": (f"Qwhy{number}", f"Qtablefile{number}", f"Qrow{number}", f"Qclaimed{number}"),
            "listed": (f"Qgive{number}", f"Qnote{number}"),
            "applied": (f"Qapply{number}",),
            "roomed": tuple(f"Q{each}{number}" for each in ("meetfor", "waitfor", "weekly", "repair", "from")),
            "housed": tuple(
                f"Q{each}{number}" for each in ("tenant", "free", "step", "shown", "news", "result", "cert")
            ),
            "tended": tuple(f"Q{each}{number}" for each in ("due", "paid", "serve", "seen", "mentor", "topic")),
            "caller": (f"Qcaller{number}",),
            "served": tuple(f"Q{each}{number}" for each in ("handed", "receipt", "deed")),
            "introduced": tuple(f"Q{each}{number}" for each in ("yes", "room", "trial", "order", "proof")),
            "talented": tuple(f"Q{each}{number}" for each in ("dept", "papers", "done", "days", "post")),
            "drafted": tuple(f"Q{each}{number}" for each in ("news", "deleg", "way", "comer", "inq", "firm")),
            "shown": (f"Qpub{number}", f"Qmedia{number}"),
            "sent": (f"Qtal{number}", f"Qquestion{number}"),
            "processed": (f"Qpurpose{number}",),
            "heard": tuple(
                f"Q{each}{number}" for each in ("about", "heard", "said", "wrong", "tale", "who", "one", "two")
            ),
            "flowing": (f"Qfund{number}",),
            "activity": tuple(f"Q{each}{number}" for each in ("act", "addr", "text", "item")),
            "staged": tuple(f"Q{each}{number}" for each in ("judge", "round", "second", "funder", "tie", "said")),
            "show": (f"Qshow{number}",),
            "letter": (f"Qletter{number}",),
            "guests": tuple(f"Q{each}{number}" for each in ("guest", "door", "met")),
            "aside": (f"Qaside{number}", f"Qscreen{number}"),
            "figures": (f"Qtable{number}", f"Qflows{number}"),
            "promise": (f"Qtold{number}", f"Qbasis{number}", f"Qclause{number}"),
            "target": (f"Qtarget{number}",),
            "daily": (f"Qask{number}", f"Qcame{number}", f"Qtrip{number}", f"Qhand{number}", f"Qtodo{number}"),
            "note": (f"Qtalk{number}", f"Qcont{number}", contact.value_hint, contact.uid, interaction.uid),
        },
    )


def _who_is_who(world: World, organization: Organization, number: int) -> dict[str, str]:
    """Give an organization a pair that waits, a merge that was made, a title; and its outpost a stand-in."""
    officer, now, outpost = world.actor("officer"), world.now, world.outpost
    twin, old = (
        find_or_add_organization(actor=officer, now=now, outpost=outpost, name=f"{name}{number}仪器有限公司")
        for name in ("Qtwin", "Qold")
    )
    merge = merge_organizations(actor=officer, now=now, kept=organization, gone=old, reason="同一家")
    pair = add_pair(actor=officer, now=now, one=organization, other=twin)
    paper = TitlePaper("high_tech", number=f"Qtitle{number}", valid_from=now.date())
    title = add_title(actor=officer, now=now, outpost=outpost, organization=organization, paper=paper)
    known = StandIn.objects.filter(outpost=outpost).first()
    stand_in = known or set_stand_in(
        actor=officer,
        now=now,
        outpost=outpost,
        absent=world.users["officer"],
        stand_in=world.users["lead"],
        since=now.date(),
        until=now.date(),
    )
    return {"pair": pair.uid, "merge": merge.uid, "title": title.uid, "stand_in": stand_in.uid}


def _daily(world: World, project: Project, number: int) -> dict[str, str]:
    """The daily work around a project. What is shared with the home side names the project wherever it can."""
    act: dict[str, Any] = {"actor": world.actor("officer"), "now": world.now}
    today, named = world.now.date(), f"{project.name} {project.sponsor_name} {project.code}"
    matter = NewInstruction("经科局", f"Qmatter{number} {named}", today, owner=world.users["officer"], project=project)
    instruction = give_instruction(outpost=world.outpost, new=matter, **act)
    new = NewMeeting(MeetingKind.JOINT, f"Qmeet{number} {project.name}", today, agenda=[(named, project)])
    meeting = call_meeting(outpost=world.outpost, new=new, **act)
    item = meeting.agenda.get()
    decision = decide(meeting=meeting, new=NewDecision(named, "某", world.users["officer"], None, item), **act)
    asking = NewCoordination("市监局", f"Qask{number} {named}", project=project)
    visit = Visit(f"Qcame{number}", phone=f"1390000010{number}")
    todo = note_todo(outpost=world.outpost, new=NewTodo(f"Qtodo{number}", world.users["lead"], None, project), **act)
    return {
        "todo": todo.uid,
        "instruction": instruction.uid,
        "meeting": meeting.uid,
        "agenda_item": item.uid,
        "decision": decision.uid,
        "coordination": open_coordination(outpost=world.outpost, new=asking, **act).uid,
        "walk_in": register_visit(outpost=world.outpost, visit=visit, **act).uid,
    }


def _papers(world: World) -> dict[str, str]:
    """Give an outpost a bound form and an issued paper, once."""
    officer, now, outpost = world.actor("officer"), world.now, world.outpost
    form = BoundForm.objects.filter(outpost=outpost).first()
    if form is None:
        form = add_form(
            actor=officer, now=now, outpost=outpost, blank=BlankForm("周报", "周报.xlsx", weekly_workbook())
        )
        bind_place(actor=officer, now=now, form=form, place="周报!C6", source="K08_year")
        snapshot = snapshot_of(officer, outpost, now.date(), "week")
        issue_paper(actor=officer, now=now, snapshot=snapshot, issue=Issue("briefing", "", Wording()))
    return {"bound_form": form.uid, "issued_paper": IssuedPaper.objects.get(outpost=outpost).uid}


def _hand_in(world: World, case: LandingCase, kind: str, number: int) -> EvidenceItem:
    subject = Subject("pipeline.project", case.project.uid)
    requirement = EvidenceRequirement.objects.get(subject_uid=case.project.uid, purpose="landing", kind=kind)
    paper = Paper(
        file=world.file(subject, f"Qfile{number}{kind}.pdf"),
        record=f"Qrecord{number}",
        occurred_on=world.now.date(),
        amount=Money(50_000_000, "CNY") if kind == "money" else None,
        people=("张专员", "李工") if kind == "site_visit" else (),
    )
    return hand_in(actor=world.actor("officer"), now=world.now, case=case, requirement=requirement, paper=paper)


def start_import(world: World, side: str, outpost: Outpost, officer: str) -> ImportBatch:
    stream = BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet("台账")
    sheet.write_row(0, 0, ["项目名称", "投资方/团队", "联系人", "联系电话"])
    sheet.write_row(1, 0, [f"Qled{side}项目", f"Qled{side}有限公司", f"Qled{side}人", "13900000009"])
    book.close()
    actor = world.actor(officer)
    file = store_upload(
        actor=actor,
        now=world.now,
        subject=Subject("parties.outpost", outpost.uid),
        name=f"Qled{side}.xlsx",
        chunks=[stream.getvalue()],
    )
    return start_batch(actor=actor, now=world.now, outpost=outpost, file=file)


def _job(world: World, side: str, officer: str, batch: ImportBatch) -> Job:
    user = world.users[officer]
    return Job.objects.create(
        kind="pipeline.ledger_stage",
        title=f"Qled{side}.xlsx",
        subject_kind="imports.batch",
        subject_uid=batch.uid,
        requested_by=user,
        requested_by_label=str(user),
        arguments={"batch": batch.uid},
        created_at=world.now,
    )


def ledger_file(cast: Cast, side: str) -> StoredFile:
    """Return the uploaded ledger of a side's outpost."""
    return cast.batches[side].file
