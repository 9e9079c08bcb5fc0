"""The clocks of a project: started by its stages, stopped by what happens."""

from __future__ import annotations

from datetime import date, datetime

from feidi.domain.pipeline.enums import Track
from feidi.domain.pipeline.models import Project
from feidi.domain.pipeline.selectors.standing import subject_of
from feidi.domain.pipeline.selectors.tables import stage_table
from feidi.engines.stages import Clock
from feidi.kernel.access import Actor
from feidi.kernel.deadlines.clock import ClockSpec
from feidi.kernel.deadlines.services import start_clock, stop_all_clocks, stop_clocks

INTERACTION, STAGE_LEFT, TRACK_OPENED = "interaction", "stage_left", "track_opened"


def clock_of(project: Project, track: str) -> Clock | None:
    """Return the clock of the stage on which the project stands, or None."""
    stage = getattr(project, f"{Track(track).value}_stage")
    found = stage_table(project.outpost).stage(track, stage) if stage else None
    return found.clock if found else None


def start_stage_clock(*, actor: Actor, now: datetime, project: Project, track: str, on: date) -> None:
    """Start the clock of the stage just entered, if content gives it one."""
    clock = clock_of(project, track)
    if clock is None:
        return
    start_clock(
        actor=actor,
        now=now,
        subject=subject_of(project),
        clock=ClockSpec(
            code=clock.code,
            label_zh=clock.label.zh,
            label_en=clock.label.en,
            n=clock.n,
            unit=clock.unit,
            stops_when=clock.stops_when,
            taken_from="" if clock.confirmed else clock.taken_from,
        ),
        on=on,
        scope_outpost=project.outpost_id,
    )


def stage_left(*, actor: Actor, now: datetime, project: Project, on: date, opened_track: bool) -> None:
    """Stop what runs until the stage is left, and the hand-over clock when host or home begins."""
    stop_clocks(actor=actor, now=now, subject=subject_of(project), event=STAGE_LEFT, on=on)
    stop_clocks(actor=actor, now=now, subject=subject_of(project), event=INTERACTION, on=on)
    if opened_track:
        stop_clocks(actor=actor, now=now, subject=subject_of(project), event=TRACK_OPENED, on=on)


def interacted(*, actor: Actor, now: datetime, project: Project, on: date) -> None:
    """Stop the clocks that wait for contact, and start the follow-up clock again from this day."""
    stop_clocks(actor=actor, now=now, subject=subject_of(project), event=INTERACTION, on=on)
    for track in Track:
        clock = clock_of(project, track)
        if clock is not None and clock.starts == "last_interaction":
            start_stage_clock(actor=actor, now=now, project=project, track=track, on=on)


def stop_all(*, actor: Actor, now: datetime, project: Project, on: date) -> None:
    """Stop every clock: the project is paused or over."""
    stop_all_clocks(actor=actor, now=now, subject=subject_of(project), on=on)
