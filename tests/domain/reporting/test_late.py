"""The wall's count of deadlines that have passed: an outpost's own projects', running, of live projects."""

from __future__ import annotations

from datetime import timedelta

import pytest

from feidi.domain.pipeline.services.voiding import void_project
from feidi.domain.reporting.selectors.wall import count_late
from feidi.kernel.deadlines.models import Deadline
from tests.support.world import World

pytestmark = pytest.mark.django_db


def test_a_clock_that_ran_out_is_late_from_the_day_after_until_its_project_is_taken_back(world: World) -> None:
    project = world.lead("窑测一号")
    due = max(Deadline.objects.filter(subject_uid=project.uid).values_list("due_on", flat=True))
    before = count_late(world.outpost, due)
    after = count_late(world.outpost, due + timedelta(days=1))
    assert after > before
    assert count_late(world.rival, due + timedelta(days=1)) == 0
    void_project(actor=world.actor("lead"), now=world.now, project=project, reason="录错了")
    assert count_late(world.outpost, due + timedelta(days=1)) == 0
