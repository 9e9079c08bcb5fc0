"""Re-verification as pages: the link shown once, the township's answer without signing in, the home side's word."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from feidi.domain.pipeline.enums import LandingState
from feidi.domain.pipeline.models import LandingCase, LandingRecheck, Project, RecheckRound
from feidi.domain.pipeline.services.rechecks import open_round, plan_missing
from feidi.kernel.access import schedule_actor
from feidi.kernel.audit.models import AuditLink
from tests.support.queries import assert_same_queries
from tests.support.world import World

pytestmark = pytest.mark.django_db

OK, REDIRECT, FORBIDDEN, NOT_THERE, REFUSED, INVALID = 200, 302, 403, 404, 409, 422


@pytest.fixture(autouse=True)
def _at_the_hour_of_the_world(monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: now)


def signed_in(world: World, who: str) -> Client:
    client = Client()
    client.force_login(world.users[who])
    return client


def landed(world: World, name: str, verified_on: date = date(2025, 11, 10)) -> LandingRecheck:
    """Return the first yearly row of a landing verified a year ago."""
    project = world.lead(f"项目{name}", f"投资方{name}", contact_name=f"联系人{name}", contact_phone="13900001234")
    Project.objects.filter(pk=project.pk).update(reported_at=world.now)
    case = LandingCase.objects.create(
        project=project,
        state=LandingState.VERIFIED,
        home_entity=f"云溪{name}有限公司",
        content_sha256="0" * 64,
        signals={"address": f"云溪科创路{name}号"},
        verified_on=verified_on,
        decided_at=world.now,
        created_at=world.now,
    )
    plan_missing(actor=schedule_actor("pipeline.recheck_rows"), now=world.now)
    return LandingRecheck.objects.get(case=case, n=1)


def text(client: Client, name: str, *args: str, **query: str) -> str:
    response = client.get(reverse(name, args=args), query)
    assert response.status_code == OK, name
    return str(response.content.decode())


def test_the_township_answers_by_its_link(world: World) -> None:
    lead, bureau = signed_in(world, "lead"), signed_in(world, "bureau")
    first, second, third = (landed(world, name) for name in "甲乙丙")
    assert "待发起确认" in text(lead, "console:rechecks:recheck_list", show="due")
    asked = text(lead, "console:rechecks:round_new")
    assert "云溪科创路甲号" in asked
    assert "13900001234" not in asked
    given: dict[str, Any] = {"township": "石湾镇（演示）", "firms": [first.pk, second.pk]}
    made = lead.post(reverse("console:rechecks:round_new"), given)
    assert made.status_code == OK
    link = made.context["link"]
    assert link in made.content.decode()
    round_ = RecheckRound.objects.get()
    token = link.rstrip("/").rpartition("/")[2]
    assert token not in text(lead, "console:rechecks:round_view", round_.uid), "shown once"

    township, before = Client(enforce_csrf_checks=True), AuditLink.objects.count()
    public = reverse("public:recheck:round_answer", args=[token])
    shown = township.get(public)
    page = shown.content.decode()
    assert (shown.status_code, AuditLink.objects.count()) == (OK, before), "looking writes nothing"
    assert "云溪甲有限公司" in page
    assert "云溪丙有限公司" not in page, "only the firms of this round"
    for never in ("13900001234", "联系人甲", "投资方甲", first.case.project.code, "项目甲"):
        assert never not in page
    assert "noindex" in shown["X-Robots-Tag"]
    assert township.post(public, {f"answer-{first.uid}": "gone"}).status_code == FORBIDDEN, "no token of the form"
    crumb = township.cookies["csrftoken"].value
    said = {
        f"answer-{first.uid}": "gone",
        f"note-{first.uid}": "门已锁",
        f"answer-{third.uid}": "there",
        "answered_by": "李",
        "csrfmiddlewaretoken": crumb,
    }
    assert "改动了 1 家" in township.post(public, said).content.decode()
    assert LandingRecheck.objects.get(pk=third.pk).answer == ""
    nothing = township.post(public, {"csrfmiddlewaretoken": crumb, f"answer-{second.uid}": "maybe"})
    assert nothing.status_code == REFUSED
    assert "门已锁" in text(bureau, "console:rechecks:round_view", round_.uid)

    for who, status in (("lead", REFUSED), ("rival_bureau", NOT_THERE), ("tenant", NOT_THERE)):
        confirm = reverse("console:rechecks:recheck_confirm", args=[first.uid])
        assert signed_in(world, who).post(confirm, {"answer": "gone"}).status_code == status
    assert (
        bureau.post(reverse("console:rechecks:recheck_confirm", args=[first.uid]), {"answer": "gone"}).status_code
        == REDIRECT
    )
    listed = text(bureau, "console:rechecks:recheck_list", show="suggest_revoke")
    assert "去撤销核验" in listed
    closed = township.get(public).content.decode()
    assert "主办方已确认" in closed
    kept = text(bureau, "console:rechecks:retention_view")
    assert "0% – 66.7%" in kept
    assert bureau.get(reverse("console:rechecks:recheck_export")).status_code == OK

    renewed = lead.post(reverse("console:rechecks:round_renew", args=[round_.uid]))
    assert township.get(public).status_code == NOT_THERE, "the link before opens nothing any more"
    assert township.get(renewed.context["link"]).status_code == OK
    lead.post(reverse("console:rechecks:round_revoke", args=[round_.uid]), {"reason": "发错了"})
    gone = township.get(renewed.context["link"])
    assert gone.status_code == NOT_THERE
    assert "云溪甲有限公司" not in gone.content.decode()
    assert signed_in(world, "officer").get(reverse("console:rechecks:round_new")).status_code == REFUSED


class Rows:
    """Landings, each with a round of its own."""

    def __init__(self, world: World) -> None:
        self.world, self.number = world, 0

    def __call__(self, count: int) -> None:
        for _ in range(count):
            self.number += 1
            row = landed(self.world, str(self.number))
            open_round(
                actor=self.world.actor("lead"),
                now=self.world.now,
                outpost=self.world.outpost,
                year=2026,
                township=f"镇{self.number}",
                rechecks=[row],
            )


@pytest.mark.parametrize("name", ["recheck_list", "round_list", "retention_view"])
def test_lists_cost_the_same(world: World, name: str) -> None:
    client = signed_in(world, "bureau")
    assert_same_queries(Rows(world), lambda: text(client, f"console:rechecks:{name}"))


def test_the_townships_page_costs_the_same(world: World) -> None:
    rows = [landed(world, str(at)) for at in range(3)]
    round_, token = open_round(
        actor=world.actor("lead"),
        now=world.now,
        outpost=world.outpost,
        year=2026,
        township="镇",
        rechecks=rows,
    )
    LandingRecheck.objects.filter(pk__in=[row.pk for row in rows]).update(round=None)
    client = Client()

    def ask_more(count: int) -> None:
        for row in LandingRecheck.objects.filter(n=1, round__isnull=True)[:count]:
            LandingRecheck.objects.filter(pk=row.pk).update(round=round_)

    assert_same_queries(ask_more, lambda: text(client, "public:recheck:round_answer", token), at_most=6)


def test_asking_begins_with_the_oldest_year_that_nobody_was_asked_about(world: World) -> None:
    lead = signed_in(world, "lead")
    old, new = landed(world, "甲"), landed(world, "乙")
    year = world.now.year
    LandingRecheck.objects.filter(pk=old.pk).update(due_on=date(year - 2, 5, 1))
    LandingRecheck.objects.filter(pk=new.pk).update(due_on=date(year, 5, 1))
    first = text(lead, "console:rechecks:round_new")
    assert "云溪科创路甲号" in first
    assert "云溪科创路乙号" not in first
    assert f"year={year}" in first, "the others are one click away"
    now = text(lead, "console:rechecks:round_new", year=str(year))
    assert "云溪科创路乙号" in now, "a year alone is understood"
    assert "这一年没有要问的企业" in text(lead, "console:rechecks:round_new", year=str(year - 1))
