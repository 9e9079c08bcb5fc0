"""Who leaves hands over activities, roadshows, complaints and follow-ups: listed, passed with their to-dos, given back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from feidi.domain.liaison.services.handing_over import hand_over_work, holdings_of, undo_handover
from feidi.domain.parties.selectors.feedback import whose_of
from feidi.domain.roadshow.models import Activity, Roadshow
from feidi.domain.roadshow.roadshow_enums import RoundPhase
from feidi.domain.roadshow.services.holding import hold_activity
from feidi.domain.roadshow.services.shows import ShowPlan, change_show
from feidi.kernel.feedback.enums import Channel, Via
from feidi.kernel.feedback.models import Complaint, FollowUp
from feidi.kernel.feedback.services.answering import Given, answer_ask
from feidi.kernel.feedback.services.asking import Respondent, ask
from feidi.kernel.feedback.services.complaints import NewComplaint, receive_complaint
from feidi.kernel.subjects import Subject
from feidi.kernel.todos.models import Todo
from tests.support.activities import opened, planned
from tests.support.roadshows import act, round_of, show_of
from tests.support.world import World

pytestmark = pytest.mark.django_db


def _handed(world: World) -> Any:
    leaver, taker = world.users["officer"], world.users["lead"]
    return hand_over_work(
        actor=world.actor("lead"), now=world.now, outpost=world.outpost, leaver=leaver, taker=taker, reason="离职"
    )


def _labels(world: World, code: str) -> list[str]:
    held = holdings_of(world.outpost, world.users["officer"], world.now.date())
    return [each.label for each in held.by_kind.get(code, [])]


def test_what_is_still_to_be_held_goes_what_is_over_stays(world: World) -> None:
    draft, over = planned(world, title_zh="人才沙龙"), opened(world, starts_at=world.now + timedelta(hours=1))
    hold_activity(actor=world.actor("officer"), now=over.ends_at, activity=over)
    show, sealed = show_of(world), show_of(world, title="上一季路演")
    round_of(world, show)
    over_round = round_of(world, sealed)
    type(over_round).objects.filter(pk=over_round.pk).update(phase=RoundPhase.SEALED)
    assert _labels(world, "activities") == [f"{draft.number} 人才沙龙（2026-11-25）"]
    assert _labels(world, "roadshows") == [f"{show.number} 秋季路演"]
    handed = _handed(world)
    lead, officer = world.users["lead"], world.users["officer"]
    assert {row.pk: row.owner for row in Activity.objects.all()} == {draft.pk: lead, over.pk: officer}
    assert {row.pk: row.owner for row in Roadshow.objects.all()} == {show.pk: lead, sealed.pk: officer}
    plan = ShowPlan("冬季路演", show.held_on)
    change_show(**act(world), show=show, version=Roadshow.objects.get(pk=show.pk).version, plan=plan)
    undone = undo_handover(actor=world.actor("lead"), now=world.now, handover=handed)
    assert Activity.objects.get(pk=draft.pk).owner == officer
    assert [each.subject_uid for each in undone.kept] == [show.uid]
    assert Roadshow.objects.get(pk=show.pk).owner == lead


def test_whoever_complained_or_was_not_satisfied_is_not_forgotten(world: World) -> None:
    officer, lead, whose = world.users["officer"], world.users["lead"], whose_of(world.outpost)
    told = NewComplaint(world.now.date(), Channel.PHONE, "space", "会议室空调不冷", "没有人来修", officer)
    receive_complaint(**act(world), whose=whose, new=told)
    about: dict[str, Any] = {
        "subject": Subject("pipeline.project", "a" * 12),
        "occasion": "service",
        "about": "注册地址协助",
    }
    asked = ask(**act(world), **about, to=Respondent("p"), whose=whose, owner=officer)
    assert asked is not None
    answer_ask(**act(world), asked=asked, given=Given(1), via=Via.OWN)
    assert (len(_labels(world, "complaints")), _labels(world, "follow_ups")) == (1, ["注册地址协助"])
    handed = _handed(world)
    assert (Complaint.objects.get().owner, FollowUp.objects.get().owner) == (lead, lead)
    assert set(Todo.objects.values_list("assignee__login", flat=True)) == {lead.login}
    assert undo_handover(actor=world.actor("lead"), now=world.now, handover=handed).kept == []
    assert (Complaint.objects.get().owner, FollowUp.objects.get().owner) == (officer, officer)
    assert set(Todo.objects.values_list("assignee__login", flat=True)) == {officer.login}
