"""Whoever is erased is forgotten everywhere their registration led to: questions, answers in words, mails."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from feidi.domain.parties.services.erasing import erase_person
from feidi.domain.parties.services.persons import find_or_add_person
from feidi.domain.roadshow.models import Activity, Registration
from feidi.domain.roadshow.selectors.tickets import context_of
from feidi.domain.roadshow.services.holding import hold_activity
from feidi.domain.roadshow.services.sealed import erase_past, erase_registrant
from feidi.kernel.access import schedule_actor
from feidi.kernel.audit.verify import verify
from feidi.kernel.feedback.models import Answer, Ask
from feidi.kernel.feedback.selectors.answers import words_of
from feidi.kernel.feedback.selectors.asks import token_of
from feidi.kernel.feedback.services.answering import Given, answer_by_link
from feidi.kernel.notify.models import Mail
from feidi.kernel.notify.sealed_body import unseal_address, unseal_body
from feidi.kernel.sealing import unseal
from tests.support.activities import entered, joined, opened
from tests.support.world import World

pytestmark = pytest.mark.django_db

_TOLD = ("来宾1", "guest1@", "老张")


def _asked(world: World) -> tuple[Activity, Registration, Ask]:
    """Let one who came be asked how it was, and answer."""
    activity = opened(world)
    first = joined(world, activity, 1)
    entered(world, first)
    hold_activity(actor=world.actor("officer"), now=activity.ends_at, activity=activity)
    asked = Ask.objects.get(subject_uid=activity.uid)
    answer_by_link(now=activity.ends_at, token=token_of(asked.uid, 1), given=Given(2, words="老张没让我们提问"))
    return activity, first, asked


def test_whoever_is_erased_is_forgotten_where_they_were_asked_too(world: World) -> None:
    activity, first, _ask = _asked(world)
    assert {each.split(".")[0] for each in _readable()} == {"Registration", "Ask", "Answer", "Mail"}
    erase_registrant(actor=world.actor("officer"), now=activity.ends_at, registration=first, reason="本人要求")
    assert _readable() == []
    assert (Answer.objects.get().satisfaction, Mail.objects.exclude(to_enc=b"").count()) == (2, 0)
    assert verify().faults == ()


def test_when_its_time_is_over_the_address_of_a_question_goes_and_the_words_stay(world: World) -> None:
    activity, _first, asked = _asked(world)
    erase_past(actor=schedule_actor("roadshow.activities"), now=activity.ends_at + timedelta(days=91))
    asked.refresh_from_db()
    assert (bytes(asked.to_enc), asked.to_hint, asked.token_sha256) == (b"", "", None)
    assert Mail.objects.exclude(to_enc=b"").count() == 0
    assert words_of(Answer.objects.get()) == "老张没让我们提问"


def test_a_person_who_is_erased_is_forgotten_in_every_question(world: World) -> None:
    activity = opened(world)
    first = joined(world, activity, 1)
    act: dict[str, Any] = {"actor": world.actor("officer"), "now": world.now}
    person = find_or_add_person(**act, outpost=world.outpost, name="来宾1")
    Registration.objects.filter(pk=first.pk).update(person=person)
    entered(world, first)
    hold_activity(actor=world.actor("officer"), now=activity.ends_at, activity=activity)
    erase_person(**act, person=person, reason="本人要求")
    asked = Ask.objects.get()
    assert (bytes(asked.to_enc), asked.to_hint, asked.withdrawn_on) == (b"", "", world.now.date())


def _readable() -> list[str]:
    """Return where any of what was told still can be read, by whoever has the database and the keys."""
    found = []
    for model in (Registration, Ask, Answer, Mail):
        for row in model.objects.all():
            columns = {each.attname: getattr(row, each.attname) for each in row._meta.concrete_fields}
            texts = {name: _opened(row, name) if name.endswith("_enc") else str(columns[name]) for name in columns}
            found += [f"{model.__name__}.{name}" for name, text in texts.items() if any(each in text for each in _TOLD)]
    return found


def _opened(row: Any, name: str) -> str:
    value = bytes(getattr(row, name))
    if not value:
        return ""
    if isinstance(row, Mail):
        return unseal_address(value, row.uid) if name == "to_enc" else unseal_body(value, row.uid).text
    if isinstance(row, Registration):
        return unseal(value, context=context_of(row, name.removesuffix("_enc")))
    return unseal(value, context=f"feedback.{type(row).__name__.lower()}:{row.uid}")
