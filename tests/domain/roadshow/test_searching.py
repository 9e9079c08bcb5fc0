"""A roadshow is found by its title, number and rounds, by whoever works with roadshows; taken back it is not."""

from __future__ import annotations

import pytest

from feidi.domain.parties.services.rebuilding import rebuild_derived
from feidi.domain.roadshow.models import Roadshow
from feidi.domain.roadshow.roadshow_kinds import SHOW
from feidi.domain.roadshow.services.shows import ShowPlan, change_show, void_show
from feidi.kernel.search.models import SearchEntry
from feidi.portals.console.search.presenting import kinds_for
from tests.support.roadshows import act, round_of, show_of
from tests.support.world import World

pytestmark = pytest.mark.django_db


def _titles() -> list[str]:
    return list(SearchEntry.objects.filter(subject_kind=SHOW).values_list("title", flat=True))


def test_found_as_it_stands_and_not_once_taken_back(world: World) -> None:
    show = show_of(world)
    round_of(world, show)
    assert _titles() == ["秋季路演"]
    change_show(**act(world), show=show, version=1, plan=ShowPlan("冬季路演", show.held_on))
    assert _titles() == ["冬季路演"]
    SearchEntry.objects.all().delete()
    assert rebuild_derived()[SHOW] == 1
    assert _titles() == ["冬季路演"]
    void_show(**act(world), show=Roadshow.objects.get(), reason="改到明年")
    assert _titles() == []


def test_who_has_no_part_in_roadshows_does_not_look_for_them(world: World) -> None:
    assert SHOW in kinds_for(world.actor("officer"))
    assert SHOW not in kinds_for(world.actor("tenant"))
