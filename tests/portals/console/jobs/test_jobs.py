"""Background work: seen and stopped by who asked for it."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from feidi.kernel.access import Actor, actor_for_user
from feidi.kernel.jobs.models import Job
from feidi.kernel.jobs.services import enqueue, run_pending
from tests.kernel.jobs import sample_jobs
from tests.support.queries import assert_same_queries
from tests.support.world import World

pytestmark = pytest.mark.django_db
assert sample_jobs


def client(world: World, login: str) -> Client:
    made = Client()
    made.force_login(world.users[login])
    return made


def ask(world: World, login: str = "officer", kind: str = "test.count", **arguments: object) -> Job:
    actor: Actor = actor_for_user(world.users[login], world.now)
    return enqueue(kind, actor=actor, now=world.now, title=f"导入 127 行（{login}）", **arguments)


def run(now: datetime) -> None:
    run_pending(clock=lambda: now)


def test_a_queued_job_asks_again_and_a_finished_one_reloads_the_page(world: World) -> None:
    job = ask(world, upto=127)
    page = client(world, "officer").get(reverse("console:jobs:job_view", args=[job.uid])).content.decode()
    poll = reverse("console:jobs:job_poll", args=[job.uid])
    assert f'hx-get="{poll}"' in page
    assert "排队中" in page
    assert "刷新进度" in page
    waiting = client(world, "officer").get(poll)
    assert "HX-Refresh" not in waiting
    assert "<html" not in waiting.content.decode()
    run(world.now)
    done = client(world, "officer").get(poll)
    assert done["HX-Refresh"] == "true"
    assert "127 / 127" in done.content.decode()
    assert poll not in client(world, "officer").get(reverse("console:jobs:job_view", args=[job.uid])).content.decode()


def test_a_failed_job_says_why_and_what_to_do(world: World) -> None:
    job = ask(world, kind="test.refuse")
    run(world.now)
    page = client(world, "officer").get(reverse("console:jobs:job_view", args=[job.uid])).content.decode()
    assert "没有完成" in page
    assert "找不到这个后台任务" in page
    assert "如何修正" in page


def test_stopping(world: World) -> None:
    job = ask(world, upto=1)
    stop = reverse("console:jobs:job_cancel", args=[job.uid])
    assert client(world, "officer").get(stop).status_code == 405
    answer = client(world, "officer").post(stop, follow=True).content.decode()
    assert "已停止" in answer
    again = client(world, "officer").post(stop)
    assert again.status_code == 409
    assert "已经结束，不能取消" in again.content.decode()


@pytest.mark.parametrize("who", ["lead", "rival", "admin", "tenant"])
def test_anothers_job_is_closed(world: World, who: str) -> None:
    job = ask(world, upto=1)
    for name in ("job_view", "job_poll"):
        assert client(world, who).get(reverse(f"console:jobs:{name}", args=[job.uid])).status_code == 404
    assert client(world, who).post(reverse("console:jobs:job_cancel", args=[job.uid])).status_code == 404
    job.refresh_from_db()
    assert job.state == "queued"


def test_the_list_is_ones_own_or_all_for_the_administrator(world: World) -> None:
    ask(world, "officer", upto=1)
    ask(world, "rival", upto=1)
    address = reverse("console:jobs:job_list")
    own = client(world, "officer").get(address).content.decode()
    assert "（officer）" in own
    assert "（rival）" not in own
    everything = client(world, "admin").get(address).content.decode()
    assert "（officer）" in everything
    assert "（rival）" in everything
    assert "没有后台任务" in client(world, "lead").get(address).content.decode()


def test_the_list_costs_the_same_at_one_and_three(world: World) -> None:
    officer = client(world, "officer")
    assert_same_queries(
        lambda n: [ask(world, upto=1) for _ in range(n)],
        lambda: officer.get(reverse("console:jobs:job_list")),
        at_most=12,
    )
