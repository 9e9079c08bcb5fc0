"""报送: a numbered batch, what it corrects, its confirmation on paper, and who sees it."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from feidi.domain.pipeline.models import Project, Submission
from feidi.domain.pipeline.selectors.submissions import candidates
from feidi.domain.pipeline.services.registering import update_project
from feidi.domain.pipeline.services.submitting import Period, confirmation_data, send_batch
from feidi.engines.findings import RefusedError
from feidi.kernel.audit.verify import verify
from feidi.kernel.documents.models import PrintedForm
from tests.support.world import World

pytestmark = pytest.mark.django_db


def client(world: World, role: str) -> Client:
    found = Client()
    found.force_login(world.users[role])
    return found


def send(world: World, *projects: Project, by: str = "lead", **more: Any) -> Any:
    data = {"reason": "11月第3周例行报送", "projects": [each.uid for each in projects], **more}
    return client(world, by).post(f"/submissions/new/{world.outpost.uid}/", data)


def test_a_batch_shows_the_home_side_and_says_later_what_it_corrects(world: World) -> None:
    one, other = world.lead(), world.lead("柔性电极", "滨海乙电子有限公司")
    assert client(world, "bureau").get(f"/projects/{one.uid}/").status_code == 404
    page = client(world, "lead").get(f"/submissions/new/{world.outpost.uid}/").content.decode()
    assert page.count("首次报送") == 2
    assert send(world, one).status_code == 302
    assert client(world, "bureau").get(f"/projects/{one.uid}/").status_code == 200
    assert client(world, "bureau").get(f"/projects/{other.uid}/").status_code == 404
    one = Project.objects.get(pk=one.pk)
    values = {"industry": "高端装备", "next_step": "寄样品"}
    update_project(actor=world.actor("officer"), now=world.now, project=one, version=one.version, values=values)
    found = {each.project.pk: each for each in candidates(world.outpost)}
    assert found[other.pk].new
    assert [(each.field, each.correction) for each in found[one.pk].changes] == [
        ("industry", True),
        ("next_step", False),
    ]
    send(world, one, other, reason="更正与新增")
    first, second = Submission.objects.order_by("id")
    assert (first.number, second.number) == ("YB-报送-2026-001", "YB-报送-2026-002")
    assert (first.figures["reported"], second.figures["reported"]) == (1, 2)
    page = client(world, "bureau").get(f"/submissions/{second.uid}/").content.decode()
    assert "产业领域：— → 高端装备（YB-报送-2026-001）" in page
    assert "已变化" in client(world, "bureau").get(f"/submissions/{first.uid}/").content.decode()
    assert candidates(world.outpost) == []
    tables = confirmation_data(second)["tables"]
    assert tables[1]["rows"] == [[one.code, "产业领域", "—", "高端装备", "YB-报送-2026-001"]]
    assert verify().faults == ()


def test_the_confirmation_is_printed_with_what_was_told(world: World) -> None:
    send(world, world.lead())
    batch = Submission.objects.get()
    answer = client(world, "lead").post(f"/submissions/{batch.uid}/print/")
    for role in ("lead", "bureau"):
        assert client(world, role).get(answer["Location"]).content.startswith(b"%PDF")
    form = PrintedForm.objects.first()
    assert form is not None
    assert (form.title, form.form, form.subject_uid) == ("数据确认单", "statement", batch.uid)
    assert [step["hand"] for step in form.data["chain"]] == ["运营方负责人", "主办方签收"]
    sheets = client(world, "bureau").get(f"/submissions/{batch.uid}/export/")
    book = load_workbook(io.BytesIO(sheets.content))
    assert [each.title for each in book] == ["项目", "更正"]
    assert book["项目"]["B2"].value == "低温介质检测"


def test_only_who_may_report_does_and_strangers_find_nothing(world: World) -> None:
    project = world.lead()
    assert send(world, project, by="officer").status_code == 409
    assert send(world, project, by="rival").status_code == 404
    assert send(world, project, by="bureau").status_code == 404
    assert send(world, reason="空").status_code == 422
    with pytest.raises(RefusedError, match="submission_empty"):
        send_batch(actor=world.actor("lead"), now=world.now, outpost=world.outpost, projects=[], reason="空")
    stranger = world.lead(outpost=world.rival, by="rival", owner=world.users["rival"])
    assert send(world, stranger).status_code == 422
    assert not Submission.objects.exists()
    send(world, project)
    batch = Submission.objects.get()
    for role in ("lead", "officer", "bureau"):
        assert batch.number in client(world, role).get("/submissions/").content.decode()
    for role in ("rival", "rival_bureau", "tenant", "admin"):
        assert client(world, role).get(f"/submissions/{batch.uid}/").status_code == 404
        assert client(world, role).post(f"/submissions/{batch.uid}/print/").status_code == 404


def test_the_list_and_the_choice_cost_the_same_with_one_project_and_with_three(world: World) -> None:
    counts = []
    for n in (1, 3):
        projects = [world.lead(f"项目{n}{k}", f"滨海第{n}{k}家有限公司") for k in range(n)]
        send(world, *projects)
        world.lead(f"新项目{n}", f"滨海新{n}有限公司")
        look = client(world, "lead")
        found = []
        for url in ("/submissions/", f"/submissions/new/{world.outpost.uid}/"):
            with CaptureQueriesContext(connection) as queries:
                look.get(url)
            found.append(len(queries))
        counts.append(found)
    assert counts[0] == counts[1]


def test_a_plaque_narrows_what_may_go_and_what_is_counted(world: World) -> None:
    own = world.lead("联络处的项目", plaques=["liaison"])
    both = world.lead("两块牌子的项目", "滨海乙电子有限公司", plaques=["liaison", "centre"])
    other = world.lead("创新中心的项目", "滨海丙电子有限公司", plaques=["centre"])
    unplaced = world.lead("没说过的项目", "滨海丁电子有限公司")
    assert [each.project.pk for each in candidates(world.outpost, "liaison")] == [own.pk, both.pk]
    assert len(candidates(world.outpost)) == 4
    lead, address = client(world, "lead"), f"/submissions/new/{world.outpost.uid}/"
    page = lead.get(address, {"plaque": "liaison"})
    text = page.content.decode()
    assert [each.project.pk for each in page.context["found"]] == [own.pk, both.pk]
    assert '<input type="hidden" name="plaque" value="liaison"' in text
    assert "另有 1 个项目未归牌子" in text
    assert f"{address}?plaque=centre" in text
    assert len(lead.get(address, {"plaque": "nonsense"}).context["found"]) == 4
    # what is not the plaque's cannot be slipped in, by the page or past it
    assert send(world, own, other, plaque="liaison").status_code == 422
    period = Period(plaque="liaison")
    with pytest.raises(RefusedError) as refused:
        send_batch(
            actor=world.actor("lead"),
            now=world.now,
            outpost=world.outpost,
            projects=[own, other, unplaced],
            reason="周报",
            period=period,
        )
    assert refused.value.refusal.code == "pipeline.submission_plaque"
    assert refused.value.refusal.params["codes"] == f"{other.code}、{unplaced.code}"
    assert not Submission.objects.exists()
    send(world, other, plaque="centre")
    assert send(world, own, both, plaque="liaison").status_code == 302
    first, second = Submission.objects.order_by("id")
    assert (first.figures["reported"], second.figures["reported"]) == (1, 2), "each superior counts its own"
    assert (second.plaque, second.figures["plaque"]) == ("liaison", "liaison")
    facts = {each["label"]: each["value"] for each in confirmation_data(second)["facts"]}
    assert facts["牌子"] == world.outpost.plaques.get(code="liaison").name
    assert facts["累计报送项目"] == "2 个"
    # both is the centre's too: what the centre was told has grown since
    now = client(world, "bureau").get(f"/submissions/{first.uid}/").context["figures"]
    assert (now[0]["then"], now[0]["now"]) == (1, 2)
    shown = client(world, "bureau").get(f"/submissions/{second.uid}/").content.decode()
    assert facts["牌子"] in shown
    send(world, unplaced)
    last = Submission.objects.order_by("-id").first()
    assert last is not None
    assert (last.figures["reported"], "牌子" in str(confirmation_data(last)["facts"])) == (4, False)
