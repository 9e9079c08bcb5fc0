"""The desk and a project's record: what others owe, what is due this week, what the home side waits for."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from feidi.domain.liaison.enums import MeetingKind
from feidi.domain.liaison.services.coordinations import NewCoordination, ask_department, open_coordination
from feidi.domain.liaison.services.instructions import NewInstruction, give_instruction
from feidi.domain.liaison.services.meetings import NewDecision, NewMeeting, call_meeting, decide
from feidi.domain.pipeline.models import Project
from tests.support.queries import assert_same_queries
from tests.support.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_the_hour_of_the_world(monkeypatch: pytest.MonkeyPatch, now: Any) -> None:
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: now)


def page(world: World, role: str, address: str) -> str:
    client = Client()
    client.force_login(world.users[role])
    response = client.get(address)
    assert response.status_code == 200, response.content.decode()[:2000]
    return response.content.decode()


def busy(world: World, project: Project, at: int = 0) -> None:
    officer, today = world.actor("officer"), world.now.date()
    matter = NewInstruction("区经科局", f"核实{project.name}", today - timedelta(days=2), today, project=project)
    give_instruction(actor=officer, now=world.now, outpost=world.outpost, new=matter)
    later = NewInstruction("区经科局", f"下月再报{at}", today, today + timedelta(days=30))
    give_instruction(actor=officer, now=world.now, outpost=world.outpost, new=later)
    new = NewCoordination("云溪区供电局", f"临时用电{at}", project=project)
    asked = open_coordination(actor=officer, now=world.now, outpost=world.outpost, new=new)
    ask_department(
        actor=officer, now=world.now, coordination=asked, asked_on=today - timedelta(days=1), letter_number="1号"
    )
    meeting = call_meeting(
        actor=officer,
        now=world.now,
        outpost=world.outpost,
        new=NewMeeting(MeetingKind.REVIEW, "评审会", today, agenda=[("议题", project)]),
    )
    decision = NewDecision(f"列入重点{at}", "招商联络处", item=meeting.agenda.get())
    decide(actor=officer, now=world.now, meeting=meeting, new=decision)


def test_both_sides_see_what_waits_and_the_home_side_no_names(world: World) -> None:
    project = world.lead()
    busy(world, project)
    desk = page(world, "officer", reverse("console:home"))
    for words in ("等别人", "云溪区供电局", "待反馈 · 第 2 天", "本周要反馈的交办", "核实低温介质检测", "今天到期"):
        assert words in desk
    assert "下月再报" not in desk
    seen = page(world, "bureau", reverse("console:home"))
    for words in ("核实（未报送项目）", "待反馈 · 第 3 天", "下月再报"):
        assert words in seen
    for words in ("供电局", "低温介质", "逾期"):
        assert words not in seen
    assert "等别人" not in page(world, "rival", reverse("console:home"))
    tab = reverse("console:pipeline:project_view", args=[project.uid]) + "?tab=daily"
    record = page(world, "officer", tab)
    for words in ("核实低温介质检测", "云溪区供电局", "列入重点0", f"?project={project.uid}"):
        assert words in record
    Project.objects.update(reported_at=world.now)
    shown = page(world, "bureau", tab)
    assert "列入重点0" in shown
    assert "供电局" not in shown


@pytest.mark.parametrize("role", ["officer", "bureau"])
def test_desk_and_tab_cost_the_same_at_one_and_three_rows(world: World, role: str) -> None:
    client, made = Client(), []
    client.force_login(world.users[role])
    shared = world.lead("共同", "滨海共同有限公司", contact_name="共同")
    Project.objects.filter(pk=shared.pk).update(reported_at=world.now)
    tab = reverse("console:pipeline:project_view", args=[shared.uid]) + "?tab=daily"

    def rows(count: int) -> None:
        for _ in range(count):
            made.append(world.lead(f"项目{len(made)}", f"滨海{len(made)}有限公司", contact_name=f"人{len(made)}"))
            busy(world, made[-1], len(made))
            busy(world, shared, len(made))

    assert_same_queries(rows, lambda: client.get(reverse("console:home")), at_most=60)
    assert_same_queries(rows, lambda: client.get(tab))
