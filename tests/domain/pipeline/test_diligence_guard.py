"""A place may make a look a guard by content alone: then no contract is entered without it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from feidi.domain.pipeline.enums import AgreementKind, DiligenceResult
from feidi.domain.pipeline.services.diligence import record_look
from feidi.engines.findings import RefusedError
from feidi.kernel.content.publishing import export, load_folder
from tests.support.world import World

pytestmark = pytest.mark.django_db


def test_content_alone_makes_a_look_a_guard(world: World, tmp_path: Path) -> None:
    export(tmp_path / "content")
    file = tmp_path / "content" / "cn" / "enclave" / "diligence.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("guard: false", "guard: true", 1), encoding="utf-8")
    load_folder(actor=world.actor("admin"), now=world.now, path=tmp_path / "content")
    project, today = world.lead(), world.now.date()
    world.contract(project, kind=AgreementKind.FRAMEWORK)  # only what binds is guarded

    def look(days: int) -> None:
        record_look(
            actor=world.actor("officer"),
            now=world.now,
            project=project,
            item="enterprise_credit",
            checked_on=today - timedelta(days=days),
            result=DiligenceResult.CLEAN,
        )

    for _ in range(2):
        with pytest.raises(RefusedError) as error:
            world.contract(project)
        refusal = error.value.refusal
        assert (refusal.code, len(refusal.reasons)) == ("pipeline.diligence_incomplete", 1)
        look(91)  # too long ago: the second attempt is refused as well
    look(90)
    world.contract(project)
