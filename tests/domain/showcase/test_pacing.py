"""How often the site reckons for somebody: counted once for all web processes, and forgotten with the hour."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest

from feidi.domain.showcase.models import CheckupCount
from feidi.domain.showcase.selectors.sites import rules_of
from feidi.domain.showcase.services.pacing import count_checkup, forget_counts
from feidi.engines.findings import RefusedError
from tests.domain.showcase.test_publishing import refused
from tests.support.together import together
from tests.support.world import World, make_world


@pytest.mark.django_db
def test_so_many_an_hour_from_one_place_and_no_more(world: World) -> None:
    most = rules_of(world.outpost).checkups_an_hour
    asked: dict[str, Any] = {"outpost": world.outpost, "origin_digest": "somewhere"}
    for minute in range(most):
        count_checkup(now=world.now.replace(minute=minute % 60), **asked)
    with refused("showcase.too_many_checkups"):
        count_checkup(now=world.now, **asked)
    count_checkup(now=world.now, outpost=world.outpost, origin_digest="elsewhere")
    count_checkup(now=world.now + timedelta(hours=1), **asked)
    assert [(each.origin_digest, each.count) for each in CheckupCount.objects.all()] == [("somewhere", 1)]


@pytest.mark.django_db
def test_who_cannot_be_told_apart_is_not_counted(world: World) -> None:
    count_checkup(now=world.now, outpost=world.outpost, origin_digest="")
    assert not CheckupCount.objects.exists()


@pytest.mark.django_db
def test_counts_of_past_hours_go(world: World) -> None:
    count_checkup(now=world.now, outpost=world.outpost, origin_digest="somewhere")
    assert forget_counts(now=world.now) == 0
    assert forget_counts(now=world.now + timedelta(hours=1)) == 1


@pytest.mark.django_db(transaction=True)
def test_many_processes_count_together(transactional_db: None, now: Any) -> None:
    """Threads with connections of their own stand for processes: nothing is kept in their memory."""
    world = make_world(now)
    most = rules_of(world.outpost).checkups_an_hour

    def ask(_number: int) -> str:
        try:
            for _ in range(5):
                count_checkup(now=now, outpost=world.outpost, origin_digest="somewhere")
        except RefusedError:
            return "refused"
        return "answered"

    answers = Counter(str(each) for each in together(8, ask))
    assert answers.total() == 8
    assert set(answers) <= {"answered", "refused"}, answers
    assert answers["refused"] >= 1
    assert CheckupCount.objects.get().count > most
