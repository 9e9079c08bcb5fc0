"""How rows of the apps above are changed: the second saver is told, what was taken back stays as it is."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from feidi.domain.parties.services.changing import changed, locked, said, today_of, told
from feidi.domain.roadshow.models import Roadshow
from feidi.domain.roadshow.roadshow_kinds import SHOW
from feidi.engines.findings import RefusedError
from feidi.kernel.audit import recorded
from tests.support.roadshows import show_of

if TYPE_CHECKING:
    from tests.support.world import World


def test_the_second_saver_is_told_and_the_first_stands(world: World) -> None:
    show = show_of(world)
    with recorded(actor=world.actor("officer"), now=world.now) as unit:
        with changed(unit, show, kind=SHOW, version=1) as row:
            row.title_zh = "冬季路演"
        with pytest.raises(RefusedError) as error, changed(unit, show, kind=SHOW, version=1) as row:
            row.title_zh = "春季路演"
    refusal = error.value.refusal
    assert refusal.code == "parties.changed_meanwhile"
    assert not refusal.reasons, "what is not on the trail yet is not told"
    show.refresh_from_db()
    assert (show.title_zh, show.version) == ("冬季路演", 2)


def test_what_was_taken_back_is_not_changed_and_says_why(world: World) -> None:
    show = show_of(world)
    Roadshow.objects.filter(pk=show.pk).update(voided_at=world.now, void_reason="改到明年")
    with pytest.raises(RefusedError) as error, recorded(actor=world.actor("officer"), now=world.now):
        locked(show)
    refusal = error.value.refusal
    assert (refusal.code, refusal.params["reason"]) == ("parties.voided", "改到明年")


def test_days_and_moments_are_those_of_shanghai() -> None:
    late = datetime(2026, 11, 30, 17, 5, tzinfo=UTC)
    assert (today_of(late).isoformat(), told(late)) == ("2026-12-01", "2026-12-01 01:05")


def test_blanks_say_nothing() -> None:
    assert said("  有事 ", "parties.name_needed") == "有事"
    with pytest.raises(RefusedError):
        said(" \n", "parties.name_needed")


def test_the_second_saver_is_told_which_fields_and_what_they_say_now(world: World) -> None:
    show = show_of(world)
    with (
        recorded(actor=world.actor("lead"), now=world.now) as unit,
        changed(unit, show, kind=SHOW, version=1) as row,
    ):
        row.title_zh = "冬季路演"
    with (
        pytest.raises(RefusedError) as error,
        recorded(actor=world.actor("officer"), now=world.now) as unit,
        changed(unit, show, kind=SHOW, version=1) as row,
    ):
        row.title_zh = "春季路演"
    (reason,) = error.value.refusal.reasons
    assert (reason.code, reason.column, reason.params["value"]) == ("parties.field_changed", "title_zh", "冬季路演")
    assert str(reason.params["who"]).startswith("lead")
