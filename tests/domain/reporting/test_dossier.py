"""一项目一档: what is in it, for whom, what is missing, and names that lead nowhere."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from datetime import datetime
from pathlib import Path

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from feidi.domain.pipeline.enums import DiligenceResult, Stage, Track
from feidi.domain.pipeline.models import DiligenceCheck, LandingCase, Project
from feidi.domain.pipeline.services.landing import decide_item, submit_landing
from feidi.domain.pipeline.services.paper import print_landing_form
from feidi.domain.reporting.services.dossier import Dossier, made_dossier
from feidi.domain.reporting.services.package_names import Names, safe_name
from feidi.engines.findings import RefusedError
from feidi.kernel.audit.models import AuditEntry
from feidi.kernel.evidence.models import EvidenceItem
from feidi.kernel.files.models import StoredFile
from feidi.kernel.files.services import path_of
from feidi.kernel.subjects import Subject
from feidi.portals.cli.main import main
from tests.support.world import World

SUMS = "SHA256SUMS.txt"


def _landed(world: World) -> Project:
    """Return a project registered at home, its landing reported, its bank slip returned with a reason."""
    project = world.to_signed(world.lead())
    file = world.file(Subject("pipeline.project", project.uid), "../企业信用:报告?.pdf")
    DiligenceCheck.objects.create(
        project=project,
        item="credit_china",
        label="信用记录",
        searched_for=project.sponsor_name,
        source="信用中国",
        checked_on=world.now.date(),
        result=DiligenceResult.CLEAN,
        file=file,
        checked_by="张专员",
        created_at=world.now,
    )
    case = world.landing_case(project)
    project = world.advance(project, Stage.PREPARING, Stage.REGISTERED, track=Track.HOME)
    case = LandingCase.objects.select_related("project__outpost__home").get(pk=case.pk)
    case = submit_landing(actor=world.actor("officer"), now=world.now, case=case)
    slip = EvidenceItem.objects.get(requirement__kind="money")
    decide_item(
        actor=world.actor("verifier"), now=world.now, case=case, item=slip, accept=False, reason="付款人不是落户企业"
    )
    print_landing_form(actor=world.actor("officer"), now=world.now, case=case)
    return Project.objects.select_related("outpost__home").get(pk=project.pk)


def _client(world: World, role: str) -> Client:
    found = Client()
    found.force_login(world.users[role])
    return found


def _names(dossier: Dossier) -> list[str]:
    return [each for each in zipfile.ZipFile(dossier.stream).namelist() if not each.endswith("/")]


@pytest.mark.django_db
def test_the_dossier_holds_everything_and_says_what_is_missing(world: World, now: datetime) -> None:
    project = _landed(world)
    with made_dossier(actor=world.actor("auditor"), now=now, project=project) as dossier:
        names = _names(dossier)
        archive = zipfile.ZipFile(dossier.stream)
        assert archive.testzip() is None
        assert not [each for each in names if ".." in each.split("/") or each.startswith("/") or ":" in each]
        money = [each for each in names if each.startswith("07_资金/")]
        assert len(money) == 1
        assert "（已退回）" in money[0]
        assert any(each.startswith("04_协议/") and each.endswith("合同.pdf") for each in names)
        assert any(each.startswith("02_考察/") for each in names)
        assert any(each.startswith("08_核查/") and "核验表" in each for each in names)
        # notes of talks are the outpost's own
        assert not any("往来记录" in each for each in names)
        listed = dict(reversed(line.split("  ", 1)) for line in archive.read(SUMS).decode().splitlines())
        assert set(listed) == set(names) - {SUMS}
        assert all(hashlib.sha256(archive.read(path)).hexdigest() == digest for path, digest in listed.items())
        book = load_workbook(io.BytesIO(archive.read("00_卷内目录.xlsx")))
        rows = [[cell.value for cell in row] for row in book["卷内目录"].iter_rows(min_row=2)]
        assert [row[6] for row in rows if row[5] == "已退回"] == ["退回原因：付款人不是落户企业"]
        gaps = {row[0].value: row[1].value for row in book["缺件"].iter_rows(min_row=2)}
        assert "评审或联席会议纪要" in gaps
        assert "已提交，待审核" in gaps["落户企业营业执照"]
        assert "资金凭证" not in gaps, "not wanted before it is started"
        assert archive.read("00_卷内目录.docx").startswith(b"PK")
    with made_dossier(actor=world.actor("officer"), now=now, project=project) as dossier:
        assert any("往来记录" in each for each in _names(dossier))
    taken = AuditEntry.objects.filter(action="dossier_exported", subject_uid=project.uid)
    assert taken.count() == 2


@pytest.mark.django_db
def test_nobody_takes_what_he_may_not_see_and_a_lost_file_is_said(
    world: World, now: datetime, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = world.to_signed(world.lead())
    for role in ("auditor", "bureau", "rival", "rival_bureau", "admin", "tenant"):
        with pytest.raises(RefusedError), made_dossier(actor=world.actor(role), now=now, project=project):
            pass
    scan = StoredFile.objects.get(name="合同.pdf")
    path_of(scan).write_bytes(b"altered")
    out = tmp_path / "档.zip"
    assert main(["dossier", project.code, "--out", str(out), "--as", "officer", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert any("合同.pdf" in each["what"] for each in told["missing"])
    assert hashlib.sha256(out.read_bytes()).hexdigest() == told["sha256"]
    assert list(tmp_path.iterdir()) == [out], "nothing half-written stays"
    assert main(["dossier", project.code, "--out", str(out), "--as", "auditor"]) == 1
    capsys.readouterr()
    for place, why in ((tmp_path, "这是一个文件夹"), (tmp_path / "无" / "档.zip", "上级文件夹不存在")):
        words = ["dossier", project.code, "--out", str(place), "--as", "officer"]
        assert main(words) == 2
        assert f"写不进 {place}：{why}" in capsys.readouterr().err
        assert main([*words, "--json"]) == 2
        assert json.loads(capsys.readouterr().out)["findings"][0]["code"] == "cli.unwritable"
    path_of(scan).unlink()


@pytest.mark.django_db
def test_the_page_sends_it_and_hides_it_from_strangers(world: World) -> None:
    project = _landed(world)
    url = f"/dossiers/{project.uid}/"
    response = _client(world, "auditor").get(url)
    body = b"".join(response.streaming_content)
    assert zipfile.ZipFile(io.BytesIO(body)).testzip() is None
    assert project.code in response["Content-Disposition"]
    assert _client(world, "rival").get(url).status_code == 404


@given(st.text(max_size=300))
def test_a_name_leads_nowhere(name: str) -> None:
    told = safe_name(name)
    assert told
    assert not set(told) & set('<>:"/\\|?*\0')
    assert told.rstrip(". ") == told or told == "_"
    assert len(told) <= 81
    assert told.encode("gb18030")


def test_no_name_twice() -> None:
    names = Names()
    given_out = [names.free("01_线索", "01_甲_", each) for each in ("A.pdf", "a.pdf", "A.PDF", "A.pdf")]
    assert len({each.casefold() for each in given_out}) == 4
