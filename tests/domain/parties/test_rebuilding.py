"""Name keys and search entries written anew: the same as the services write, and nothing of rows that are gone."""

from __future__ import annotations

import json
from typing import Any

import pytest

from feidi.domain.liaison.services.instructions import NewInstruction, give_instruction
from feidi.domain.parties.models import NameKey
from feidi.domain.parties.services.rebuilding import rebuild_derived
from feidi.domain.pipeline.enums import PartyRole
from feidi.domain.pipeline.models import Project
from feidi.domain.pipeline.services.registering import add_party
from feidi.kernel.search.models import SearchEntry
from feidi.portals.cli.main import main
from tests.support.world import World

pytestmark = pytest.mark.django_db


def derived() -> tuple[list[Any], list[Any]]:
    entries = SearchEntry.objects.order_by("subject_kind", "subject_uid")
    keys = NameKey.objects.order_by("subject_kind", "subject_uid", "key")
    return (
        list(entries.values_list("subject_kind", "subject_uid", "title", "subtitle", "tokens", "sort_place")),
        list(keys.values_list("subject_kind", "subject_uid", "key")),
    )


def filled(world: World) -> Project:
    project = world.lead()
    world.lead("乙项目", "滨海乙有限公司")
    referrer = world.lead("丙项目", "滨海丙有限公司").parties.get(role="sponsor").organization
    assert referrer is not None
    # who only brought it is not the one who finds it
    add_party(project=project, party=referrer, role=PartyRole.REFERRER)
    matter = NewInstruction("经科局", "报进展", world.now.date(), project=project)
    give_instruction(actor=world.actor("officer"), now=world.now, outpost=world.outpost, new=matter)
    return project


def test_written_anew_as_the_services_write_it(world: World) -> None:
    filled(world)
    before = derived()
    NameKey.objects.all().delete()
    SearchEntry.objects.all().delete()
    told: list[tuple[int, int | None, str]] = []
    done = rebuild_derived(lambda *said: told.append(said))
    assert derived() == before
    assert (done["pipeline.project"], done["liaison.instruction"], done["liaison.meeting"]) == (3, 1, 0)
    assert (3, 3, "pipeline.project") in told
    rebuild_derived()
    assert derived() == before


def test_what_is_gone_is_not_found(world: World) -> None:
    project = filled(world)
    Project.objects.filter(pk=project.pk).update(voided_at=world.now, void_reason="重复")
    NameKey.objects.create(subject_kind="pipeline.project", subject_uid="gone", key="b:x")
    rebuild_derived()
    for model in (SearchEntry, NameKey):
        kept = set(model.objects.filter(subject_kind="pipeline.project").values_list("subject_uid", flat=True))
        assert not kept & {project.uid, "gone"}
        assert len(kept) == 2


def test_the_command_says_how_many(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    filled(world)
    assert main(["reindex", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["pipeline.project"] == 3
    assert main(["reindex"]) == 0
    assert "✓" in capsys.readouterr().out
