"""A run is found by its number and its playbook, by its outpost's people alone; writing the index anew changes nothing."""

from __future__ import annotations

import pytest

from feidi.domain.parties.services.rebuilding import rebuild_derived
from feidi.domain.pipeline.access import search_visible
from feidi.domain.playbook.kinds import RUN
from feidi.kernel.search.models import SearchEntry
from feidi.kernel.search.selectors import search
from tests.support.runs import run_on
from tests.support.world import World

pytestmark = pytest.mark.django_db


def _found(world: World, role: str, words: str) -> list[str]:
    hits = search(words, visible=search_visible(world.actor(role)), kinds=[RUN], limit=10).rows
    return [each.uid for each in hits]


def test_a_run_is_found_by_number_and_title(world: World) -> None:
    run = run_on(world, world.lead())
    assert _found(world, "officer", run.number) == [run.uid]
    assert _found(world, "officer", run.title_zh[:4]) == [run.uid]
    for stranger in ("rival", "rival_bureau", "tenant", "bureau"):
        assert _found(world, stranger, run.number) == []
    before = list(SearchEntry.objects.filter(subject_kind=RUN).values_list("subject_uid", "title"))
    assert rebuild_derived()[RUN] == 1
    assert list(SearchEntry.objects.filter(subject_kind=RUN).values_list("subject_uid", "title")) == before
