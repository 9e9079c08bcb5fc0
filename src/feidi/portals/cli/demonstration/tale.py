"""One project's life as it is noted in the agenda. A verb says what happens and how many days after the last."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from feidi.domain.pipeline.enums import InteractionKind, Stage, Track
from feidi.domain.pipeline.models import Project
from feidi.domain.pipeline.selectors.standing import subject_of
from feidi.domain.pipeline.services.conditions import lay_condition
from feidi.domain.pipeline.services.gaps import Promise
from feidi.domain.pipeline.services.interacting import Talk, record_interaction
from feidi.domain.pipeline.services.moving import Move, move_project
from feidi.domain.pipeline.services.registering import (
    Lead,
    record_opinion,
    register_lead,
    update_project,
)
from feidi.kernel.access import Actor
from feidi.kernel.todos.services import add_todo
from feidi.portals.cli.demonstration.agenda import Scene
from feidi.portals.cli.demonstration.invented import Firm

OnProject = Callable[[Actor, datetime, Project], object]
LEAD = "lead"


class Tale:
    """Verbs over one firm. ``day`` is the cursor: each verb moves it forward by ``after`` days to a working day."""

    def __init__(self, scene: Scene, firm: Firm, *, starts: date, officer: str) -> None:
        self.scene, self.firm, self.officer = scene, firm, officer
        self.day = scene.working(starts)
        scene.tales[firm.project] = firm

    def wait(self, days: int) -> None:
        """Move the cursor forward."""
        self.day = self.scene.working(self.day + timedelta(days=days))

    def until(self, days_ago: int) -> None:
        """Move the cursor to a working day about ``days_ago`` before today, never backwards."""
        self.day = max(self.day, self.scene.working(self.scene.today - timedelta(days=days_ago)))

    def act(self, what: OnProject, *, by: str = "", after: int = 0) -> None:
        """Note any act on the project."""
        self.wait(after) if after else None
        name = self.firm.project
        self.scene.plan(self.day, by or self.officer, lambda actor, now: what(actor, now, self.scene.project(name)))

    def register(self, *, source: str, contact: bool = True, phone: str = "", **more: Any) -> None:
        """Register the lead."""
        firm, scene = self.firm, self.scene
        lead = Lead(
            name=more.pop("name", firm.project),
            sponsor=firm.sponsor,
            kind=firm.kind,
            uscc=firm.code,
            source_channel=source,
            one_line=firm.one_line,
            industry=firm.field,
            contact_name=firm.contact if contact else "",
            contact_phone=(phone or firm.phone) if contact else "",
            **more,
        )

        def register(actor: Actor, now: datetime) -> None:
            project = register_lead(
                actor=actor, now=now, outpost=scene.outpost, lead=lead, owner=scene.users[self.officer]
            )
            scene.projects[firm.project] = project.pk

        scene.plan(self.day, self.officer, register)

    def talk(
        self, kind: InteractionKind, summary: str, *, people: str = "", next_step: str = "", after: int = 0
    ) -> None:
        """Record a talk; visits name people."""
        self.wait(after) if after else None
        talk = Talk(kind, self.day, summary, people=people, next_step=next_step)
        self.act(lambda actor, now, row: record_interaction(actor=actor, now=now, project=row, talk=talk))

    def update(self, values: Mapping[str, Any], *, after: int = 0) -> None:
        """Save fields of the record page."""
        self.act(
            lambda actor, now, row: update_project(
                actor=actor, now=now, project=row, version=row.version, values=values
            ),
            after=after,
        )

    def opine(self, *keys: str, note: str, after: int = 0) -> None:
        """Record opinions and papers that guards ask for."""
        for nth, key in enumerate(keys):
            self.act(
                lambda actor, now, row, key=key: record_opinion(  # type: ignore[misc]
                    actor=actor, now=now, project=row, key=key, done=True, note=note
                ),
                after=0 if nth else after,
            )

    def move(self, to: Stage, *, track: Track = Track.TALKS, by: str = LEAD, after: int = 0, **more: Any) -> None:
        """Move to a stage; ``reason``, ``force``, ``promises``, ``occurred_on`` as ``Move`` takes them."""
        move = Move(track=track, to=to, **more)
        self.act(lambda actor, now, row: move_project(actor=actor, now=now, project=row, move=move), by=by, after=after)

    def promise(self, guard: str, *, days: int) -> Promise:
        """Return a 待补 for ``guard`` by the officer, due ``days`` after the cursor."""
        user = self.scene.users[self.officer]
        return Promise(guard, user.display_name, self.day + timedelta(days=days), user)

    def lay(self, code: str, reason: str, reason_code: str, *, review_in: int = 0, after: int = 0) -> None:
        """Lay a condition over the project."""
        self.wait(after) if after else None
        review = self.day + timedelta(days=review_in) if review_in else None
        self.act(
            lambda actor, now, row: lay_condition(
                actor=actor, now=now, project=row, code=code, reason=reason, reason_code=reason_code, review_on=review
            )
        )

    def todo(self, what: str, *, by: str = "", due_in: int) -> None:
        """Note what is to be done, due so many days from today (negative: overdue)."""
        login = by or self.officer
        due = self.scene.today + timedelta(days=due_in)
        self.act(
            lambda actor, now, row: add_todo(
                actor=actor, now=now, subject=subject_of(row), what=what, assignee=self.scene.users[login], due_on=due
            ),
            by=login,
        )
