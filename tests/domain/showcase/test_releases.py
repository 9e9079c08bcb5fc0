"""Released field by field by the owner, less what the outpost holds back; frozen; taken back at once."""

from __future__ import annotations

from typing import Any

import pytest

from feidi.domain.pipeline.models import Project
from feidi.domain.showcase.enums import SheetKind
from feidi.domain.showcase.models import Sheet
from feidi.domain.showcase.selectors.cleared import cleared_projects
from feidi.domain.showcase.services.drafts import change_draft, new_edition, take_up_sheet
from feidi.domain.showcase.services.publishing import send_for_review
from feidi.domain.showcase.services.releases import (
    ProductText,
    Wanted,
    release_fields,
    save_product,
    sheet_for,
    withdraw_release,
)
from tests.domain.showcase.test_publishing import refused
from tests.support.showcase import draft_of, firm_of, own_project, published, released, shown_project
from tests.support.world import World

pytestmark = pytest.mark.django_db


def fields(world: World) -> dict[str, Any]:
    found = cleared_projects(world.outpost, world.now)
    return dict(found[0].fields) if found else {}


def test_only_the_owner_releases(world: World) -> None:
    project = own_project(world)
    for role in ("officer", "lead", "rival", "bureau"):
        with refused("showcase.not_yours"):
            sheet_for(
                actor=world.actor(role), now=world.now, outpost=world.outpost, kind=SheetKind.PROJECT, uid=project.uid
            )
    assert not Sheet.objects.exists()
    sheet = released(world, project)
    with refused("showcase.not_yours"):
        release_fields(
            actor=world.actor("lead"), now=world.now, sheet=sheet, wanted=Wanted(frozenset({"name", "team_size"}), {})
        )
    with refused("showcase.not_yours"):
        withdraw_release(actor=world.actor("lead"), now=world.now, sheet=sheet)


def test_the_public_sees_what_was_released_less_what_is_held_back(world: World) -> None:
    shown_project(world, own_project(world), held_back=("core_product", "tech_source"))
    assert set(fields(world)) == {"name", "one_line", "industry"}
    assert cleared_projects(world.outpost, world.now)[0].name == "低温在线检测"


def test_nothing_is_public_that_the_owner_did_not_release(world: World) -> None:
    project = own_project(world)
    sheet = released(world, project, ("name",))
    row = take_up_sheet(actor=world.actor("officer"), now=world.now, sheet=sheet)
    published(world, row)
    assert set(fields(world)) == {"name"}


def test_the_name_cannot_be_held_back(world: World) -> None:
    sheet = released(world, own_project(world))
    row = take_up_sheet(actor=world.actor("officer"), now=world.now, sheet=sheet, held_back=("name",))
    with refused("showcase.name_not_released"):
        send_for_review(actor=world.actor("officer"), now=world.now, edition=row.editions.get())


def test_later_changes_of_the_row_do_not_leak(world: World) -> None:
    project = own_project(world)
    shown_project(world, project)
    Project.objects.filter(pk=project.pk).update(name="Q新名字", one_line="Q新内容", team_size=77)
    text = str(fields(world))
    assert "Q新" not in text
    assert "77" not in text
    assert "低温在线检测" in text


def test_withdrawing_takes_effect_at_once(world: World) -> None:
    row = shown_project(world, own_project(world))
    sheet = row.sheet
    assert sheet is not None
    withdraw_release(actor=world.actor("tenant"), now=world.now, sheet=sheet, reason="不再公开")
    assert cleared_projects(world.outpost, world.now) == []
    assert row.editions.get().state == "withdrawn"
    assert row.editions.get().steps.filter(act="owner_withdrew").exists()


def test_a_narrower_release_holds_at_once_and_a_wider_one_waits(world: World) -> None:
    project = own_project(world)
    row = shown_project(world, project)
    released(world, project, ("name", "industry", "team_size"))
    assert set(fields(world)) == {"name", "industry"}, "what was taken back is gone, what was added waits"
    act: dict[str, Any] = {"actor": world.actor("officer"), "now": world.now}
    new_edition(publication=row, **act)
    published(world, row)
    assert set(fields(world)) == {"name", "industry", "team_size"}


def test_words_that_the_owner_replaced_are_gone(world: World) -> None:
    project = own_project(world)
    shown_project(world, project)
    codes = ("name", "one_line", "industry", "core_product", "tech_source")
    words = {code: {"zh": "", "en": f"{code} in English"} for code in codes} | {"industry": {"zh": "", "en": "Other"}}
    released(world, project, codes, words=words)
    assert "industry" not in fields(world)


def test_an_edition_never_releases_more(world: World) -> None:
    project = own_project(world)
    sheet = released(world, project, ("name", "industry"))
    row = take_up_sheet(actor=world.actor("officer"), now=world.now, sheet=sheet)
    edition = row.editions.get()
    change_draft(actor=world.actor("officer"), now=world.now, edition=edition, draft=draft_of("Q代写"))
    published(world, row)
    assert set(fields(world)) == {"name", "industry"}
    assert "Q代写" not in str(fields(world))


def test_a_field_without_words_cannot_be_released(world: World) -> None:
    project = own_project(world)
    Project.objects.filter(pk=project.pk).update(tech_source="")
    with refused("showcase.field_empty"):
        released(world, project, ("name", "tech_source"))
    with refused("showcase.release_without_name"):
        released(world, project, ("industry",))


def test_a_product_is_its_owners(world: World) -> None:
    firm = firm_of(world)
    act: dict[str, Any] = {"now": world.now, "organization": firm}
    product = save_product(actor=world.actor("tenant"), text=ProductText("标定台", "Calibration bench"), **act)
    with refused("showcase.not_yours"):
        save_product(actor=world.actor("officer"), text=ProductText("代写"), **act)
    sheet = sheet_for(
        actor=world.actor("tenant"), now=world.now, outpost=world.outpost, kind=SheetKind.PRODUCT, uid=product.uid
    )
    sheet = release_fields(
        actor=world.actor("tenant"), now=world.now, sheet=sheet, wanted=Wanted(frozenset({"name"}), {})
    )
    assert sheet.released == {"name": {"zh": "标定台", "en": "Calibration bench"}}
