"""Draft → review → published → withdrawn: two people, an hour, history, nothing public before and after."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from feidi.domain.showcase.enums import EditionState, PublicationKind
from feidi.domain.showcase.models import Edition
from feidi.domain.showcase.selectors.published import find_shown, list_shown, mark_of
from feidi.domain.showcase.services.drafts import change_draft, new_edition
from feidi.domain.showcase.services.publishing import (
    publish_edition,
    return_edition,
    send_for_review,
    withdraw_publication,
)
from feidi.engines.findings import RefusedError
from tests.support.showcase import draft_of, published, written
from tests.support.world import World

pytestmark = pytest.mark.django_db
NEWS = [PublicationKind.NEWS]


def refused(code: str):
    return pytest.raises(RefusedError, check=lambda error: error.refusal.code == code)


def titles(world: World, now=None) -> list[str]:
    return [each.title["zh"] for each in list_shown(world.outpost, now or world.now, NEWS)]


def test_a_draft_and_what_waits_for_review_are_not_public(world: World) -> None:
    row = written(world)
    assert titles(world) == []
    edition = send_for_review(actor=world.actor("officer"), now=world.now, edition=row.editions.get())
    assert titles(world) == []
    return_edition(actor=world.actor("lead"), now=world.now, edition=edition, reason="缺英文")
    assert titles(world) == []


def test_nobody_publishes_what_they_wrote(world: World) -> None:
    row = written(world)
    act = {"actor": world.actor("lead"), "now": world.now}
    edition = change_draft(edition=row.editions.get(), draft=draft_of("改过"), **act)
    edition = send_for_review(actor=world.actor("officer"), now=world.now, edition=edition)
    with refused("showcase.own_writing"):
        publish_edition(edition=edition, **act)
    with refused("parties.not_permitted"):
        publish_edition(actor=world.actor("officer"), now=world.now, edition=edition)
    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.filter(pk=edition.pk).update(
            state="published", reviewer=edition.author_id, visible_from=world.now
        )


def test_published_is_public_until_it_is_withdrawn(world: World) -> None:
    row = written(world)
    published(world, row)
    assert titles(world) == ["开放日"]
    withdraw_publication(actor=world.actor("lead"), now=world.now, publication=row, reason="日期写错")
    assert titles(world) == []
    assert find_shown(world.outpost, world.now, NEWS, row.uid) is None
    acts = list(row.editions.get().steps.order_by("id").values_list("act", "note"))
    assert acts == [("drafted", ""), ("sent", ""), ("published", ""), ("withdrawn", "日期写错")]


def test_scheduled_appears_at_its_hour_and_replaces_what_was_there(world: World) -> None:
    row = written(world)
    published(world, row)
    new_edition(actor=world.actor("officer"), now=world.now, publication=row)
    change_draft(
        actor=world.actor("officer"),
        now=world.now,
        edition=row.editions.get(state="draft"),
        draft=draft_of("开放日改期"),
    )
    hour = world.now + timedelta(hours=2)
    before = mark_of(world.outpost.pk, world.now, NEWS)
    published(world, row, at=hour)
    assert titles(world, hour - timedelta(seconds=1)) == ["开放日"]
    assert titles(world, hour) == ["开放日改期"]
    later = [mark_of(world.outpost.pk, when, NEWS) for when in (world.now, hour)]
    assert len({before, *later}) == 3
    assert row.editions.filter(state=EditionState.PUBLISHED).count() == 2, "history stays"


def test_one_edition_is_written_at_a_time(world: World) -> None:
    row = written(world)
    with refused("showcase.draft_there"):
        new_edition(actor=world.actor("officer"), now=world.now, publication=row)


@pytest.mark.parametrize(
    "body",
    [
        "请看 <script>alert(1)</script>",
        '<img src=x onerror="alert(1)">',
        "[点这里](javascript:alert(1))",
        "<iframe src=x></iframe>",
    ],
)
def test_a_program_in_a_text_is_refused(world: World, body: str) -> None:
    with refused("showcase.active_text"):
        written(world, draft=draft_of(body=body))


def test_others_do_not_write_or_publish_here(world: World) -> None:
    row = written(world)
    for role in ("rival", "bureau", "tenant", "auditor"):
        with refused("parties.not_permitted"):
            change_draft(actor=world.actor(role), now=world.now, edition=row.editions.get(), draft=draft_of())
