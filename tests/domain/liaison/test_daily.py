"""Instructions, coordination, meetings and the counter's register, as one day goes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from feidi.domain.liaison.access import can_view, visible_to
from feidi.domain.liaison.enums import CoordinationState, CoordinationWay, InstructionState, MeetingKind
from feidi.domain.liaison.models import Coordination, Instruction, Meeting, WalkIn
from feidi.domain.liaison.services.coordinations import (
    NewCoordination,
    ask_department,
    close_coordination,
    note_answer,
    open_coordination,
)
from feidi.domain.liaison.services.instructions import (
    NewInstruction,
    answer_instruction,
    close_instruction,
    edit_instruction,
    give_instruction,
    reopen_instruction,
    urge_instruction,
)
from feidi.domain.liaison.services.meetings import (
    NewDecision,
    NewMeeting,
    add_agenda_item,
    call_meeting,
    decide,
    finish_decision,
    issue_minutes,
    record_meeting,
    reopen_minutes,
)
from feidi.domain.liaison.services.walk_ins import Visit, close_visit, hand_on, register_visit
from feidi.engines.findings import RefusedError
from feidi.kernel.audit.verify import verify
from feidi.kernel.todos.models import Todo
from tests.support.world import World

pytestmark = pytest.mark.django_db


def refused(code: str) -> pytest.RaisesExc[RefusedError]:
    return pytest.RaisesExc(RefusedError, check=lambda error: error.refusal.code == code)


def instruction(world: World, by: str = "bureau", **more: object) -> Instruction:
    day = world.now.date()
    given = {"given_by": "区经科局", "paraphrase": "月底前报送生物医药在谈项目清单", "received_on": day}
    new = NewInstruction(**{**given, "due_on": day + timedelta(days=4), "owner": world.users["officer"], **more})  # type: ignore[arg-type]
    return give_instruction(actor=world.actor(by), now=world.now, outpost=world.outpost, new=new)


def test_a_matter_handed_down_is_urged_answered_closed_and_reopened(world: World) -> None:
    row = instruction(world)
    assert row.number.endswith("交办-2026-001")
    urge_instruction(actor=world.actor("bureau"), now=world.now, instruction=row, note="局长周五要看")
    assert [todo.assignee for todo in Todo.objects.all()] == [world.users["officer"]] * 2
    with refused("liaison.not_answered"):
        close_instruction(actor=world.actor("bureau"), now=world.now, instruction=row)
    answer_instruction(actor=world.actor("officer"), now=world.now, instruction=row, answer="清单已报，共 6 个")
    close_instruction(actor=world.actor("bureau"), now=world.now, instruction=row)
    with refused("liaison.not_open"):
        urge_instruction(actor=world.actor("bureau"), now=world.now, instruction=row, note="再催")
    reopen_instruction(actor=world.actor("bureau"), now=world.now, instruction=row, reason="少了投资额")
    row.refresh_from_db()
    assert (row.state, row.answer, row.closed_on) == (InstructionState.OPEN, "清单已报，共 6 个", None)
    assert verify().faults == ()


def test_who_may_hand_down_and_who_sees_it(world: World) -> None:
    row = instruction(world)
    for role in ("rival", "rival_bureau", "admin", "tenant"):
        assert not can_view(world.actor(role), row)
        assert not visible_to(world.actor(role), Instruction.objects.all()).exists()
        with refused("parties.not_permitted"):
            instruction(world, by=role)
    for role in ("officer", "lead", "bureau"):
        assert can_view(world.actor(role), row)
        assert visible_to(world.actor(role), Instruction.objects.all()).get() == row
    with refused("liaison.due_before_start"):
        instruction(world, due_on=world.now.date() - timedelta(days=1))


def test_a_letter_needs_its_number_and_an_answer_a_question(world: World) -> None:
    officer = world.actor("officer")
    new = NewCoordination(department="市场监管局", ask="名称预核准加急", way=CoordinationWay.LETTER)
    row = open_coordination(actor=officer, now=world.now, outpost=world.outpost, new=new)
    today = world.now.date()
    with refused("liaison.not_asked"):
        note_answer(actor=officer, now=world.now, coordination=row, answer="同意", answered_on=today)
    with refused("liaison.letter_needs_number"):
        ask_department(actor=officer, now=world.now, coordination=row, asked_on=today)
    ask_department(actor=officer, now=world.now, coordination=row, asked_on=today, letter_number="云滨函〔2026〕3号")
    with refused("liaison.due_before_start"):
        yesterday = today - timedelta(days=1)
        note_answer(actor=officer, now=world.now, coordination=row, answer="同意", answered_on=yesterday)
    note_answer(actor=officer, now=world.now, coordination=row, answer="同意", answered_on=today, receipt="20261123-7")
    close_coordination(actor=officer, now=world.now, coordination=row)
    row = Coordination.objects.get()
    assert (row.state, row.receipt) == (CoordinationState.CLOSED, "20261123-7")
    assert not can_view(world.actor("bureau"), row)


def test_a_decision_becomes_a_todo_and_issued_minutes_stand(world: World) -> None:
    officer, today = world.actor("officer"), world.now.date()
    project = world.lead()
    new = NewMeeting(MeetingKind.REVIEW, "重点培育评审会", today, agenda=[("低温介质检测是否列入重点", project)])
    meeting = call_meeting(actor=officer, now=world.now, outpost=world.outpost, new=new)
    item = meeting.agenda.get()
    with refused("liaison.nobody_present"):
        issue_minutes(actor=officer, now=world.now, meeting=meeting)
    people = [{"name": "陈局", "unit": "经科局", "title": ""}]
    record_meeting(actor=officer, now=world.now, meeting=meeting, present=people, discussions={item.pk: "同意列入"})
    with refused("liaison.nobody_responsible"):
        decide(actor=officer, now=world.now, meeting=meeting, new=NewDecision("列入重点培育", ""))
    decision = decide(
        actor=officer,
        now=world.now,
        meeting=meeting,
        new=NewDecision("一周内补齐尽调清单", "", world.users["officer"], today + timedelta(days=7), item),
    )
    todo = Todo.objects.get(uid=decision.todo_uid)
    assert (todo.assignee, todo.due_on, decision.project) == (world.users["officer"], decision.due_on, project)
    issue_minutes(actor=officer, now=world.now, meeting=meeting)
    with refused("liaison.minutes_issued"):
        add_agenda_item(actor=officer, now=world.now, meeting=meeting, title="其他")
    finish_decision(actor=officer, now=world.now, decision=decision, result="已补齐")
    todo.refresh_from_db()
    assert todo.done_at is not None
    reopen_minutes(actor=officer, now=world.now, meeting=meeting, reason="漏了一位参会人")
    assert Meeting.objects.get().minuted_at is None
    assert verify().faults == ()


def test_the_counter_seals_the_phone_and_hands_on(world: World) -> None:
    officer = world.actor("officer")
    visit = Visit(asked="问人才补贴", visitor="周先生", phone="13800001234")
    row = register_visit(actor=officer, now=world.now, outpost=world.outpost, visit=visit)
    assert (row.first, row.phone_hint) == (world.users["officer"], "138****1234")
    assert b"13800001234" not in bytes(WalkIn.objects.get().phone_enc or b"")
    hand_on(actor=officer, now=world.now, walk_in=row, to=world.users["manager"])
    todo = Todo.objects.get(assignee=world.users["manager"])
    close_visit(actor=world.actor("manager"), now=world.now, walk_in=row, result="已发办事指南")
    todo.refresh_from_db()
    assert todo.done_at is not None
    with refused("liaison.closed_before"):
        close_visit(actor=officer, now=world.now, walk_in=row, result="再来")
    with refused("liaison.says_nothing"):
        register_visit(actor=officer, now=world.now, outpost=world.outpost, visit=Visit(asked=" "))
    assert verify().faults == ()


def test_a_save_that_changed_nothing_holds_nobody_up(world: World) -> None:
    row, lead = instruction(world), world.actor("lead")
    same = NewInstruction(row.given_by, row.paraphrase, row.received_on, row.due_on, owner=row.owner)
    edit_instruction(actor=lead, now=world.now, instruction=row, version=1, new=same)
    later = replace(same, paraphrase="改过的内容")
    edit_instruction(actor=lead, now=world.now, instruction=row, version=1, new=later)
    with pytest.raises(RefusedError) as error:
        edit_instruction(actor=lead, now=world.now, instruction=row, version=1, new=same)
    assert error.value.refusal.code == "liaison.changed_meanwhile"
    assert [each.column for each in error.value.refusal.reasons] == ["paraphrase"]
