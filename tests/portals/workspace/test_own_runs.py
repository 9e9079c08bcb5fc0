"""我的服务: a firm reads its own runs, is told what it owes, hands it in, puts it right; of others it learns nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from feidi.domain.playbook.models import PlaybookRun
from feidi.domain.playbook.services.evidence import decide_piece
from feidi.domain.playbook.services.runs import note_run
from feidi.domain.playbook.services.steps import HandOver, ask_step
from feidi.kernel.evidence.models import EvidenceItem
from tests.support.queries import assert_same_queries
from tests.support.runs import finish, run_of_firm, step
from tests.support.world import PDF, World

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(world: World, monkeypatch: pytest.MonkeyPatch) -> PlaybookRun:
    """A run of the firm ``firm``, whose first step is the firm's."""
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: world.now)
    made = run_of_firm(world, playbook="shared_lab")
    world.user("firm", "tenant", organization=made.organization)
    return made


def of(world: World, who: str) -> Client:
    client = Client()
    client.force_login(world.users[who])
    return client


def own(client: Client, run: PlaybookRun) -> str:
    response = client.get(reverse("workspace:run_view", args=[run.uid]))
    assert response.status_code == 200
    return response.content.decode()


def test_a_firm_hands_in_what_it_owes_and_puts_it_right(world: World, run: PlaybookRun) -> None:
    client, request = of(world, "firm"), step(run, "request")
    assert "写明要测什么、怎么测" in client.get(reverse("workspace:run_list")).content.decode()
    address = reverse("workspace:run_hand_in", args=[run.uid, request.uid, "request"])
    assert address in own(client, run)
    assert client.post(address, {}).status_code == 422
    sent = {"file": SimpleUploadedFile("需求单.pdf", PDF, "application/pdf"), "occurred_on": "2026-11-20", "record": ""}
    assert "需求单.pdf" in client.post(address, sent, follow=True).content.decode()
    assert address not in own(client, run), "one is asked for, one is there"
    item = EvidenceItem.objects.get()
    decide_piece(actor=world.actor("manager"), now=world.now, step=request, item=item, accept=False, reason="没有盖章")
    html = own(client, run)
    assert "没有盖章" in html
    assert f"{address}?replaces={item.uid}" in html
    again = {**sent, "file": SimpleUploadedFile("盖章.pdf", PDF + b"2", "application/pdf")}
    client.post(f"{address}?replaces={item.uid}", again)
    corrected = EvidenceItem.objects.get(replaces=item).file
    assert corrected is not None
    assert corrected.name == "盖章.pdf"


def test_others_delays_are_told_as_waiting_and_remarks_not_at_all(
    world: World, run: PlaybookRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    finish(world, run, "request")
    note_run(actor=world.actor("officer"), now=world.now, run=run, step=None, note="这家总是慢")
    later = world.now + timedelta(days=20)
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: later)
    html = own(of(world, "firm"), run)
    assert "办理中 · 第 21 天" in html
    assert "已超" not in html
    assert "这家总是慢" not in html


def test_a_firm_finds_nothing_of_another(world: World, run: PlaybookRun) -> None:
    client, request = of(world, "tenant"), step(run, "request")
    assert run.number not in client.get(reverse("workspace:run_list")).content.decode()
    for name, args in (("run_view", [run.uid]), ("run_hand_in", [run.uid, request.uid, "request"])):
        assert client.get(reverse(f"workspace:{name}", args=args)).status_code == 404
    assert client.get(reverse("console:playbooks:run_view", args=[run.uid])).status_code == 404
    mine = of(world, "firm")
    other = run_of_firm(world, "云溪乙陶瓷有限公司", "shared_lab")
    crossed = reverse("workspace:run_hand_in", args=[run.uid, step(other, "request").uid, "request"])
    assert mine.get(crossed).status_code == 404
    lab = step(run, "lab_found")
    assert mine.get(reverse("workspace:run_hand_in", args=[run.uid, lab.uid, "request"])).status_code == 404


def test_the_home_sides_step_is_nobody_elses_to_prove(world: World, run: PlaybookRun) -> None:
    trip = run_of_firm(world, playbook="home_firms_out")
    world.user("boss", "home_firm", organization=trip.organization)
    ask_step(actor=world.actor("officer"), now=world.now, step=step(trip, "nominate"), handed=HandOver(None, "经科局"))
    html = own(of(world, "boss"), trip)
    assert "办理中 · 第 1 天" in html
    assert "现在没有等您办的事" in html


def test_the_list_costs_the_same_for_one_and_for_three(world: World, run: PlaybookRun) -> None:
    client = of(world, "firm")
    books = iter(("home_firms_out", "shared_lab", "home_firms_out"))
    PlaybookRun.objects.filter(pk=run.pk).update(state="stopped", ended_on=world.now.date(), ended_reason="x")

    def add(n: int) -> None:
        for _each in range(n):
            made = run_of_firm(world, playbook=next(books))
            PlaybookRun.objects.filter(pk=made.pk).update(state="stopped", ended_on=world.now.date(), ended_reason="x")

    assert_same_queries(add, lambda: client.get(reverse("workspace:run_list")))
