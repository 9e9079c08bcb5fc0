"""Every list, desk and record costs the same number of queries at one row and at three."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from feidi.domain.pipeline.enums import InteractionKind, Stage, Track
from feidi.domain.pipeline.models import Project
from feidi.domain.pipeline.services.conditions import end_condition, lay_condition
from feidi.domain.pipeline.services.gaps import Promise
from feidi.domain.pipeline.services.interacting import Talk, record_interaction
from feidi.domain.pipeline.services.landing import return_landing, submit_landing
from feidi.domain.pipeline.services.moving import Move, move_project
from feidi.domain.pipeline.services.registering import add_contact
from feidi.kernel.jobs.models import Job
from feidi.kernel.subjects import Subject
from feidi.kernel.todos.models import Todo
from tests.access.cast import start_import
from tests.support.queries import assert_same_queries
from tests.support.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_the_hour_of_the_world(monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: now)


class Filler:
    """Makes rows, each different from the last."""

    def __init__(self, world: World) -> None:
        self.world, self.number = world, 0

    def lead(self, **more: Any) -> Project:
        """A lead with a talk, a sponsor and a contact of its own."""
        self.number += 1
        at = self.number
        project = self.world.lead(f"检测项目{at}", f"检测{at}有限公司", contact_name=f"联系人{at}", **more)
        self.talk(project)
        return project

    def talk(self, project: Project) -> None:
        """One more talk."""
        talk = Talk(InteractionKind.VISIT_OUT, self.world.now.date(), f"第{self.number}次", people="王工")
        record_interaction(actor=self.world.actor("officer"), now=self.world.now, project=project, talk=talk)

    def gap(self) -> None:
        """A project with something promised."""
        due = self.world.now.date() + timedelta(days=2)
        move = Move(Track.TALKS, Stage.SCREENING, promises=(Promise("screening_key_facts", "张专员", due),))
        move_project(actor=self.world.actor("officer"), now=self.world.now, project=self.lead(), move=move)

    def submitted(self) -> Any:
        """A case that waits for the verifier."""
        project = self.world.to_signed(self.lead())
        case = self.world.landing_case(project)
        self.world.advance(project, Stage.PREPARING, Stage.REGISTERED, track=Track.HOME)
        return submit_landing(actor=self.world.actor("officer"), now=self.world.now, case=case)

    def returned(self) -> None:
        """A case that came back."""
        return_landing(actor=self.world.actor("verifier"), now=self.world.now, case=self.submitted(), reason="补回单")

    def todo(self) -> None:
        """Something to do."""
        user, now = self.world.users["officer"], self.world.now
        subject = Subject("pipeline.project", self.lead().uid)
        Todo.objects.create(
            subject_kind=subject.kind, subject_uid=subject.uid, what="回电话", assignee=user, created_at=now
        )

    def job(self) -> None:
        """A queued job."""
        user = self.world.users["officer"]
        Job.objects.create(
            kind="pipeline.ledger_stage",
            title="台账.xlsx",
            requested_by=user,
            requested_by_label=str(user),
            created_at=self.world.now,
        )

    def batch(self) -> None:
        """An uploaded ledger."""
        self.number += 1
        start_import(self.world, f"q{self.number}", self.world.outpost, "officer")


LISTS: dict[str, tuple[str, str, str, tuple[str, ...]]] = {
    # name: role, address, query, what each row is made by
    "projects": ("officer", "console:pipeline:project_list", "", ("lead", "gap")),
    "projects of the home side": ("bureau", "console:pipeline:project_list", "", ("submitted",)),
    "projects with gaps": ("officer", "console:pipeline:project_list", "?show=gaps", ("gap",)),
    "desk of an officer": ("officer", "console:home", "", ("gap", "returned", "todo")),
    "desk of a verifier": ("verifier", "console:home", "", ("submitted",)),
    "queue": ("verifier", "console:pipeline:landing_queue", "", ("submitted",)),
    "organizations": ("officer", "console:parties:organization_list", "", ("lead",)),
    "search": ("officer", "console:search:search_view", "?q=检测", ("lead",)),
    "suggestions": ("officer", "console:search:search_suggest", "?q=检测", ("lead",)),
    "duplicates": ("officer", "console:pipeline:project_duplicates", "", ("lead",)),
    "jobs": ("officer", "console:jobs:job_list", "", ("job",)),
    "imports": ("officer", "console:imports:import_list", "", ("batch",)),
}


@pytest.mark.parametrize("name", LISTS)
def test_lists(world: World, client: Client, name: str) -> None:
    role, address, query, kinds = LISTS[name]
    fill = Filler(world)

    def rows(count: int) -> None:
        for _ in range(count):
            for kind in kinds:
                getattr(fill, kind)()

    client.force_login(world.users[role])
    asked = {"outpost": world.outpost.pk, "name": "检测项目1"} if name == "duplicates" else {}
    assert_same_queries(rows, lambda: client.get(reverse(address) + query, asked or None))


def test_the_tenants_own_list(world: World, client: Client) -> None:
    fill, firm = Filler(world), world.users["tenant"].memberships.get().organization

    def rows(count: int) -> None:
        for _ in range(count):
            fill.number += 1
            project = world.to_signed(world.lead(f"自己的{fill.number}", firm.name))
            world.landing_case(project)

    client.force_login(world.users["tenant"])
    assert_same_queries(rows, lambda: client.get(reverse("workspace:home")))


def _talks(world: World, project: Project) -> None:
    Filler(world).talk(project)


def _contacts(world: World, project: Project) -> None:
    count = project.parties.count()
    add_contact(
        actor=world.actor("officer"), now=world.now, project=project, name=f"人{count}", phone=f"1390000{count:04d}"
    )


def _agreements(world: World, project: Project) -> None:
    world.contract(project, 100_000_000 + project.agreements.count())


def _evidence(world: World, project: Project) -> None:
    world.hand_in(project.landing_cases.get(), "licence")


def _changes(world: World, project: Project) -> None:
    lay_condition(actor=world.actor("officer"), now=world.now, project=project, code="paused", reason="等批复")
    end_condition(actor=world.actor("officer"), now=world.now, project=project, note="已批")


TABS: dict[str, Callable[[World, Project], None]] = {
    "overview": _contacts,
    "timeline": _talks,
    "agreements": _agreements,
    "landing": _evidence,
    "history": _changes,
}


@pytest.mark.parametrize("tab", TABS)
def test_tabs_of_a_record(world: World, client: Client, tab: str) -> None:
    project = world.to_signed(world.lead())
    world.landing_case(project)
    client.force_login(world.users["officer"])

    def rows(count: int) -> None:
        for _ in range(count):
            TABS[tab](world, Project.objects.get(pk=project.pk))

    assert_same_queries(
        rows, lambda: client.get(reverse("console:pipeline:project_view", args=[project.uid]), {"tab": tab})
    )


@pytest.mark.parametrize("role", ["officer", "verifier"])
def test_a_landing_case(world: World, client: Client, role: str) -> None:
    case = Filler(world).submitted()
    client.force_login(world.users[role])

    def rows(count: int) -> None:
        for _ in range(count):
            for kind in ("licence", "site", "money", "site_visit"):
                more = {"people": ("张专员", "李工")} if kind == "site_visit" else {}
                world.hand_in(case, kind, **more)

    assert_same_queries(rows, lambda: client.get(reverse("console:pipeline:landing_view", args=[case.uid])))
