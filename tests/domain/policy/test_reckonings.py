"""A publication that changes answers is followed by a reckoning at once: a job per outpost that it concerns."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from feidi.domain.parties.models import Outpost, Place
from feidi.domain.policy.models import ClauseStanding, StandingChange
from feidi.domain.policy.selectors.reckonings import JOB, reckonings_under_way
from feidi.domain.policy.services.everybody import reckon_after_publication
from feidi.domain.policy.services.facts import Statement, state_policy_facts
from feidi.domain.policy.tasks import run_everybody
from feidi.kernel.audit import recorded
from feidi.kernel.content.parsing import digest_of
from feidi.kernel.content.proposing import approve_proposal, propose_content, published_text
from feidi.kernel.content.publishing import publish_texts
from feidi.kernel.jobs.models import Job
from feidi.kernel.subjects import Subject
from tests.support.policies import POLICY, firm
from tests.support.world import World

pytestmark = pytest.mark.django_db

PATH = "policies/support-2026.yaml"


@pytest.fixture(autouse=True)
def _at_the_hour_of_the_world(monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: now)


def published(world: World, body: str, path: str = PATH, *, now: datetime | None = None) -> None:
    """Publish by two persons."""
    place, moment, text = world.outpost.home.code, now or world.now, published_text(world.outpost.home.code, path)
    base = digest_of(text) if text else ""
    given: dict[str, Any] = {"place": place, "path": path, "body": body, "base_sha256": base, "note": "改"}
    proposal = propose_content(actor=world.actor("lead"), now=moment, **given)
    approve_proposal(actor=world.actor("bureau"), now=moment, proposal=proposal)


class Context:
    """What a job is handed."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def now(self) -> datetime:
        return self.moment

    def progress(self, _done: int, _total: int) -> None:
        return None


def test_publishing_a_policy_starts_the_reckoning_and_it_tells_who_gained(world: World) -> None:
    organization = firm(world)
    published(world, POLICY, now=world.now - timedelta(hours=2))
    state_policy_facts(
        actor=world.actor("officer"),
        now=world.now - timedelta(hours=1),
        outpost=world.outpost,
        subject=Subject("parties.organization", organization.uid),
        statements=[Statement("employees", "30人"), Statement("legal_person", "是")],
    )
    assert ClauseStanding.objects.get(clause="T-SIZE").verdict == "not_eligible"
    Job.objects.all().delete()
    published(world, POLICY.replace("职工总数 >= 50人", "职工总数 >= 20人"))
    job = Job.objects.get(kind=JOB)
    assert (job.subject_uid, job.requested_by, job.arguments["since"]) == (
        world.outpost.uid,
        None,
        world.now.isoformat(),
    )
    assert world.outpost.short_name in job.title
    assert reckonings_under_way([world.outpost, world.rival]) == {world.outpost.uid: job}
    told = run_everybody(Context(world.now + timedelta(minutes=1)), **job.arguments)  # type: ignore[arg-type]
    assert (told["gained"], told["lost"]) == (1, 0)
    change = StandingChange.objects.get(clause="T-SIZE")
    assert (change.kind, change.cause, change.subject_uid) == ("gained", "content", organization.uid)


def test_what_was_reckoned_by_the_old_text_in_the_same_moment_is_reckoned_again(world: World) -> None:
    """Facts stated while a policy is being published are answered by the text before it: not left so till the night."""
    organization = firm(world)
    published(world, POLICY, now=world.now - timedelta(hours=2))
    state_policy_facts(
        actor=world.actor("officer"),
        now=world.now + timedelta(seconds=2),
        outpost=world.outpost,
        subject=Subject("parties.organization", organization.uid),
        statements=[Statement("employees", "30人"), Statement("legal_person", "是")],
    )
    Job.objects.all().delete()
    published(world, POLICY.replace("职工总数 >= 50人", "职工总数 >= 20人"))
    run_everybody(Context(world.now + timedelta(minutes=1)), **Job.objects.get(kind=JOB).arguments)
    assert ClauseStanding.objects.get(clause="T-SIZE").verdict == "eligible"


def test_a_refused_publication_starts_nothing(world: World) -> None:
    def fails() -> None:
        with transaction.atomic():
            published(world, POLICY)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails()
    assert not Job.objects.filter(kind=JOB).exists()


def test_only_outposts_that_the_place_concerns(world: World) -> None:
    def concerned(*files: tuple[str, str]) -> set[str]:
        Job.objects.all().delete()
        with recorded(actor=world.actor("admin"), now=world.now):
            return {each.subject_uid for each in reckon_after_publication(now=world.now, files=files)}

    home, host = world.outpost.home.code, world.outpost.host.code
    every = set(Outpost.objects.values_list("uid", flat=True))
    assert concerned((home, PATH)) == {world.outpost.uid}
    assert world.outpost.uid in concerned((host, PATH))
    assert concerned(("cn", "facts.yaml")) == every
    assert concerned(("longgang", PATH)) & {world.outpost.uid} == set()
    assert concerned((home, "enclave/stages.yaml"), (home, "policies/a.cases.yaml"), (home, "costs/x.yaml")) == set()
    lost = Place.objects.create(code="nowhere", name_zh="无处", name_en="Nowhere", kind="district")
    Outpost.objects.create(
        code="lost", name="无处驻点", short_name="无处", home=lost, host=world.outpost.host, created_at=world.now
    )
    assert concerned((host, PATH)) >= {world.outpost.uid}, "a place that is not published stops no publication"


def test_a_load_from_a_folder_is_followed_too(world: World) -> None:
    with recorded(actor=world.actor("admin"), now=world.now) as unit:
        publish_texts(unit, {(world.outpost.home.code, PATH): POLICY}, "甲")
    assert Job.objects.get(kind=JOB).subject_uid == world.outpost.uid


def test_the_page_of_changes_shows_that_it_is_under_way(world: World) -> None:
    published(world, POLICY)
    client = Client()
    client.force_login(world.users["officer"])
    text = client.get(reverse("console:policy_library:change_list")).content.decode()
    assert "正在重新计算" in text
    client.force_login(world.users["rival"])
    assert "正在重新计算" not in client.get(reverse("console:policy_library:change_list")).content.decode()
