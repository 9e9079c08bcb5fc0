"""Pages of playbooks and runs: read, printed, copied, started, answered, handed over, proved, told late, owed."""

from __future__ import annotations

from datetime import timedelta
from html import unescape
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from docx import Document

from feidi.domain.pipeline.models import Project
from feidi.domain.playbook.enums import StepState
from feidi.domain.playbook.models import PlaybookRun, RunStep
from feidi.domain.playbook.services.evidence import Piece, hand_in
from feidi.domain.playbook.services.steps import HandOver, ask_step, reschedule_step
from feidi.kernel.content.models import ContentProposal
from tests.support.queries import assert_same_queries
from tests.support.runs import finish, run_of_firm, run_on, states, step
from tests.support.world import PDF, World

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(world: World, monkeypatch: pytest.MonkeyPatch) -> Client:
    """The officer, at the moment of the world."""
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: world.now)
    return of(world, "officer")


def of(world: World, who: str) -> Client:
    client = Client()
    client.force_login(world.users[who])
    return client


def at(name: str, *args: str) -> str:
    return reverse(f"console:playbooks:{name}", args=args)


def page(client: Client, name: str, *args: str, status: int = 200, **query: str) -> str:
    response = client.get(at(name, *args), query)
    assert response.status_code == status, response.content.decode()[:3000]
    return response.content.decode()


def send(client: Client, name: str, *args: str, status: int = 200, **data: Any) -> str:
    response = client.post(at(name, *args), data, follow=True)
    assert response.status_code == status, response.content.decode()[:3000]
    return response.content.decode()


def test_the_list_says_what_there_is_and_how_sound(client: Client) -> None:
    html = page(client, "playbook_list")
    assert "孵化在滨海、落地在云溪" in html
    assert "云企进滨" in html
    assert html.count("检查通过") == 6
    assert "沿用" in html


def test_a_playbook_is_drawn_in_lanes_with_the_same_in_words(client: Client) -> None:
    html = page(client, "playbook_view", "yunxi", "incubate_land")
    assert '<svg class="lanes"' in html
    assert "滨海侧" in html
    assert 'href="#step-home_opinion"' in html
    assert 'id="step-home_opinion"' in html
    assert "需要湿实验条件吗 是" in html
    assert "参考外地做法，待本区确认" in html
    assert "总时长暂不能确定" in html
    assert client.get(at("playbook_view", "yunxi", "nothing")).status_code == 404
    assert client.get(at("playbook_view", "chancheng", "incubate_land")).status_code == 404


def test_a_playbook_is_printed_as_word(client: Client) -> None:
    response = client.get(at("playbook_word", "yunxi", "home_firms_out"))
    document = Document(BytesIO(response.content))
    assert "云企进滨服务手册" in [each.text for each in document.paragraphs]
    assert "attachment" in response["Content-Disposition"]


def test_a_copy_becomes_a_draft_for_a_second_person(world: World, client: Client) -> None:
    lead = of(world, "lead")
    assert client.get(at("playbook_copy", "yunxi", "shared_lab")).status_code == 404
    wrong = lead.post(at("playbook_copy", "yunxi", "shared_lab"), {"place": "yunxi", "name": "Shared Lab"})
    assert wrong.status_code == 422
    answer = lead.post(at("playbook_copy", "yunxi", "shared_lab"), {"place": "yunxi", "name": "shared_lab"})
    html = lead.get(answer["Location"]).content.decode()
    assert "source: 演示：" in html
    assert "valid_from: 2026-11-23" in html
    body = html.split("<textarea")[1].split(">", 1)[1].split("</textarea>")[0]
    given = {"body": unescape(body).lstrip("\n"), "base": "", "note": "本地做法", "do": "propose"}
    done = lead.post(answer["Location"], given, follow=True)
    assert "等待另一人复核" in done.content.decode(), done.content.decode()[:4000]
    assert ContentProposal.objects.get().path == "enclave/playbooks/shared_lab.yaml"


def test_a_run_from_the_project_page_to_its_first_steps(world: World, client: Client) -> None:
    project = world.lead()
    record = client.get(reverse("console:pipeline:project_view", args=[project.uid])).content.decode()
    start = f"{at('run_start')}?served=project&amp;uid={project.uid}"
    assert start in record
    choices = page(client, "run_start", served="project", uid=project.uid)
    assert "孵化在滨海、落地在云溪" in choices
    assert "云企进滨" not in choices  # for organizations
    address = f"{at('run_start')}?served=project&uid={project.uid}&playbook=incubate_land"
    wrong = client.post(address, {"started_on": "2026-11-30", "officer": world.users["officer"].pk})
    assert wrong.status_code == 409
    assert "在将来" in wrong.content.decode()
    made = client.post(
        address, {"started_on": "2026-11-23", "officer": world.users["officer"].pk, "q_wet_lab": "no"}, follow=True
    )
    html = made.content.decode()
    run = PlaybookRun.objects.get()
    assert run.answers == {"wet_lab": False}
    assert run.organization is not None
    assert run.organization.name == project.sponsor_name
    assert "接待登记、指定专人" in html
    assert "不早于" in html
    assert html.count('class="burn-actual"') == 3  # the host's only step does not apply
    assert run.number in client.get(reverse("console:pipeline:project_view", args=[project.uid])).content.decode()
    again = client.post(address, {"started_on": "2026-11-23", "officer": world.users["officer"].pk})
    assert again.status_code == 409
    assert run.number in again.content.decode()


def test_nothing_is_started_on_what_one_may_not_see(world: World, client: Client) -> None:
    foreign = world.lead(by="rival", outpost=world.rival, owner=world.users["rival"])
    for query in ({"served": "project", "uid": foreign.uid}, {"served": "moon", "uid": "x"}, {}):
        assert client.get(at("run_start"), query).status_code == 404


def test_what_nobody_knows_is_asked_for(world: World, client: Client) -> None:
    run = run_on(world, world.lead())
    finish(world, run, "receive", "judge", "feedback")
    lab = step(run, "lab_place")
    assert "待问清" in page(client, "run_view", run.uid)
    assert "需要湿实验条件吗" in page(client, "step_view", lab.uid)
    send(client, "run_answer", run.uid, q_wet_lab="yes", q_environment="", q_site_kind="plant", reason="")
    assert PlaybookRun.objects.get().answers == {"wet_lab": True, "site_kind": "plant"}
    assert states(run)["lab_place"] == StepState.OPEN
    refused = client.post(at("run_answer", run.uid), {"q_wet_lab": "no", "q_site_kind": "plant", "reason": ""})
    assert refused.status_code == 409


def test_the_home_side_late_is_told_as_waiting_and_answered_late_as_such(
    world: World, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = world.lead()
    run = run_on(world, project)
    finish(world, run, "receive", "judge")
    opinion = step(run, "home_opinion")
    assert "待交件" in page(client, "step_view", opinion.uid)
    send(client, "step_ask", opinion.uid, on="2026-11-23", to="经科局创新科", receipt="受理〔2026〕8号")
    send(client, "step_reschedule", opinion.uid, due_on="2026-11-27", reason="电话约定")
    later = world.now + timedelta(days=8)
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: later)
    client, bureau = of(world, "officer"), of(world, "bureau")
    told = page(client, "run_view", run.uid)
    assert "待反馈 · 第 9 天" in told
    assert "已超" not in told.split('id="burning"')[0].split("主办地研究承接意见")[1][:400]
    # not reported: counted, not named
    owed = page(bureau, "home_owed_list")
    assert "另有 1 项" in owed
    assert project.name not in owed
    assert bureau.get(at("step_view", opinion.uid)).status_code == 404
    Project.objects.filter(pk=project.pk).update(reported_at=world.now)
    owed = page(bureau, "home_owed_list")
    assert project.name in owed
    assert "待反馈 · 第 9 天" in owed
    assert "受理〔2026〕8号" in owed
    answered = send(bureau, "step_finish", opinion.uid, on="2026-12-01", answer="可以承接，安排 A3 厂房", receipt="")
    assert "第 9 天反馈（约定 2026-11-27）" in answered
    assert "可以承接" in page(client, "step_view", opinion.uid)


def test_the_bureau_reads_and_answers_but_does_not_run(world: World, client: Client) -> None:
    project = world.lead()
    Project.objects.filter(pk=project.pk).update(reported_at=world.now)
    run = run_on(world, project)
    bureau = of(world, "bureau")
    html = page(bureau, "run_view", run.uid)
    assert "问清情况" not in html
    assert 'name="note"' not in html
    send(client, "run_note", run.uid, note="老板很急")
    assert "老板很急" in page(client, "run_view", run.uid)
    assert "老板很急" not in page(bureau, "run_view", run.uid)
    assert bureau.post(at("run_note", run.uid), {"note": "x"}).status_code == 409
    assert bureau.get(at("host_owed_list")).status_code == 409
    assert bureau.get("/playbooks/owed/moon/").status_code == 404


def test_evidence_is_handed_in_decided_and_only_then_is_the_step_done(world: World, client: Client) -> None:
    run = run_of_firm(world, playbook="shared_lab")
    request = step(run, "request")
    file = SimpleUploadedFile("需求单.pdf", PDF, "application/pdf")
    sent = send(
        client, "step_show", request.uid, "request", file=file, record="", occurred_on="2026-11-20", mark_reason=""
    )
    assert "需求单.pdf" in sent
    early = client.post(at("step_finish", request.uid), {"on": "2026-11-23", "answer": "", "receipt": ""})
    assert early.status_code == 409
    assert "待审核 1 件" in early.content.decode()
    manager = of(world, "manager")
    html = page(manager, "step_view", request.uid)
    decide = html.split('action="')[1:]
    address = next(each.split('"')[0] for each in decide if "/pieces/" in each)
    manager.post(address, {"decision": "return", "reason": "没有盖章"})
    assert "没有盖章" in page(client, "step_view", request.uid)
    item = hand_in(
        actor=world.actor("officer"), now=world.now, step=step(run, "request"), piece=Piece("request", record="补")
    )
    manager.post(at("step_decide", request.uid, item.uid), {"decision": "accept"})
    send(client, "step_finish", request.uid, on="2026-11-23", answer="收到", receipt="")
    assert states(run)["lab_found"] == StepState.OPEN
    assert client.get(at("step_show", request.uid, "nothing")).status_code == 404


def test_skipping_taking_up_again_and_stopping_say_why(world: World, client: Client) -> None:
    run = run_on(world, world.lead())
    receive = step(run, "receive")
    assert "没有写原因" in send(client, "step_skip", receive.uid, reason=" ", status=409)
    send(client, "step_skip", receive.uid, reason="已经认识")
    assert "计划变更" in page(client, "run_view", run.uid)
    send(client, "step_reopen", receive.uid, reason="换人了")
    assert states(run)["receive"] == StepState.OPEN
    html = send(client, "run_stop", run.uid, reason="项目去了别处")
    assert "项目去了别处" in html
    assert "登记交件" not in page(client, "step_view", receive.uid)


def test_a_steps_clock_stands_on_the_desk(world: World, client: Client) -> None:
    run = run_on(world, world.lead())
    desk = client.get(reverse("console:home")).content.decode()
    assert at("step_view", step(run, "receive").uid) in desk
    assert run.number in desk


def test_the_list_filters_sorts_and_is_exported(world: World, client: Client) -> None:
    project_run, firm_run = run_on(world, world.lead()), run_of_firm(world)
    RunStep.objects.filter(run=project_run, code="receive").update(due_on=world.now.date() - timedelta(days=2))
    assert firm_run.number in page(client, "run_list")
    only = page(client, "run_list", late="on")
    assert project_run.number in only
    assert firm_run.number not in only
    assert project_run.number not in page(client, "run_list", side="home", sort="-due")
    assert firm_run.number in page(client, "run_list", playbook="home_firms_out", words="窑炉")
    response = client.get(at("run_export"), {"playbook": "home_firms_out"})
    rows = list(openpyxl.load_workbook(BytesIO(response.content)).worksheets[0].values)
    assert [row[0] for row in rows] == ["编号", firm_run.number]
    assert rows[1][2] == "云溪甲窑炉有限公司"


def test_the_host_side_has_its_own_list(world: World, client: Client) -> None:
    run = run_of_firm(world)
    finish(world, run, "nominate", "need_sheet", "counterpart")
    ask_step(
        actor=world.actor("officer"), now=world.now, step=step(run, "host_help"), handed=HandOver(None, "前湾区科创局")
    )
    html = page(client, "host_owed_list")
    assert "前湾区科创局" in html
    assert "云溪甲窑炉有限公司" in html
    assert page(client, "home_owed_list").count("云溪甲窑炉有限公司") == 0


def test_a_borrowed_clock_is_called_so_until_another_day_is_agreed(world: World, client: Client) -> None:
    run = run_on(world, world.lead())
    receive = step(run, "receive")
    assert "参考外地做法" in page(client, "step_view", receive.uid)
    reschedule_step(
        actor=world.actor("officer"),
        now=world.now,
        step=receive,
        due_on=world.now.date() + timedelta(days=3),
        reason="约定",
    )
    assert "参考外地做法" not in page(client, "step_view", receive.uid)


@pytest.mark.parametrize("name", ["run_list", "home_owed_list"])
def test_lists_cost_the_same_for_one_run_and_for_three(world: World, client: Client, name: str) -> None:
    def add(n: int) -> None:
        for _each in range(n):
            number = PlaybookRun.objects.count()
            run_of_firm(world, f"云溪第{number}企业有限公司")
            run = run_on(world, world.lead(f"第{number}项目", f"滨海第{number}有限公司"))
            finish(world, run, "receive", "judge")

    assert_same_queries(add, lambda: client.get(at(name)))


def test_a_runs_page_costs_the_same_however_far_it_is(world: World, client: Client) -> None:
    run = run_on(world, world.lead())

    def further(n: int) -> None:
        finish(world, run, *[("receive",), ("judge", "feedback")][n - 1])

    assert_same_queries(further, lambda: client.get(at("run_view", run.uid)))
