"""``feidi content``: what it prints, with which exit status, and that a load brings places into being."""

from __future__ import annotations

import json
import shutil
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from feidi.kernel.content.folder import content_root
from feidi.kernel.content.models import ContentRevision
from feidi.portals.cli.main import main


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(content_root(), tmp_path / "content"))


def _json(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, Any]:
    status = main(["content", *words, "--json"])
    return status, json.loads(capsys.readouterr().out)


def test_check_needs_no_database(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _json(capsys, "check") == (0, {"findings": []})
    file = folder / "chancheng/enclave/stages.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("unit: working", "unit: wrking", 1), encoding="utf-8")
    status, told = _json(capsys, "check", str(folder))
    (finding,) = told["findings"]
    assert status == 1
    assert (finding["file"], finding["row"], finding["level"]) == ("chancheng/enclave/stages.yaml", 20, "problem")
    assert finding["column"] == "tracks.talks.stages[1].clock.unit"
    assert main(["content", "check", str(folder), "--place", "yunxi"]) == 0
    assert main(["content", "check", str(folder)]) == 1
    assert "wrking" in capsys.readouterr().out
    file.write_text("tracks: [", encoding="utf-8")
    assert main(["content", "check", str(folder)]) == 2
    assert main(["content", "check", str(folder / "nowhere")]) == 2


@pytest.mark.django_db
def test_load_diff_export(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from feidi.domain.parties.models import Outpost

    status, told = _json(capsys, "diff", str(folder), "--place", "yunxi")
    assert status == 0
    assert {each["kind"] for each in told["changes"]} == {"new"}
    status, told = _json(capsys, "load", str(folder), "--place", "yunxi")
    assert (status, told["unchanged"]) == (0, 0)
    assert {each["place"] for each in told["published"]} == {"cn", "yunzhou", "yunxi", "binhai", "binhai-qianwan"}
    assert Outpost.objects.get().host.code == "binhai-qianwan"
    status, told = _json(capsys, "load", str(folder), "--place", "yunxi")
    assert (told["published"], told["unchanged"]) == ([], ContentRevision.objects.count())
    status, told = _json(capsys, "export", str(tmp_path / "out"), "--place", "yunxi")
    assert sorted(told["written"]) == sorted(
        str(each.relative_to(folder)) for each in (folder / "yunxi").rglob("*") if each.is_file()
    )
    assert main(["content", "diff", str(folder)]) == 0
    assert "+ chancheng/enclave/stages.yaml" in capsys.readouterr().out
    assert main(["content", "export", str(tmp_path / "out")]) == 1


@pytest.mark.django_db
def test_a_load_is_somebodys_act(
    folder: Path, now: datetime, capsys: pytest.CaptureFixture[str], settings: Any
) -> None:
    settings.FEIDI_DEMONSTRATION = True
    from feidi.kernel.identity.models import User

    User.objects.create(login="officer", display_name="专员", created_at=now)
    assert main(["content", "load", str(folder)]) == 1
    assert not ContentRevision.objects.exists()
    status, told = _json(capsys, "load", str(folder))
    assert (status, told["refused"]) == (1, "cli.as_needed")
    status, told = _json(capsys, "load", str(folder), "--as", "officer")
    assert (status, len(told["published"])) == (0, ContentRevision.objects.count())
    file = folder / "yunxi/enclave/stages.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("days: 3", "days: 4"), encoding="utf-8")
    status, told = _json(capsys, "load", str(folder), "--as", "officer")
    assert (status, told["refused"]) == (1, "content.may_not_publish")


@pytest.mark.django_db
def test_invented_places_stay_out_of_a_real_installation(settings: Any, now: Any, capsys: Any) -> None:
    from feidi.kernel.content.library import library

    settings.FEIDI_DEMONSTRATION = False
    assert main(["content", "load", "--json"]) == 0
    places = library().places()
    assert "chancheng" in places
    assert "yunxi" not in places
    capsys.readouterr()
