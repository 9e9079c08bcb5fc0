"""A class is decided by the home side, never typed; somebody at the outpost is neither a yes nor a no."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from feidi.domain.parties.models import Fact, Outpost
from feidi.domain.policy.services.facts import Statement, push_facts
from feidi.domain.talent.enums import AskedBecause, RulingState, Whereabouts
from feidi.domain.talent.models import ClassRuling, Talent
from feidi.domain.talent.selectors.catalogue import classes_of
from feidi.domain.talent.selectors.talents import class_now, get_talent
from feidi.domain.talent.services.rulings import ask_ruling, decide_ruling, void_ruling
from feidi.domain.talent.services.talents import Work
from feidi.engines.findings import RefusedError
from feidi.kernel.subjects import Subject
from feidi.kernel.todos.models import Todo
from tests.support.talents import made
from tests.support.world import World

pytestmark = pytest.mark.django_db


def refused(code: str) -> Any:
    return pytest.raises(RefusedError, match=code)


def doctor(world: World, talent: Talent) -> None:
    push_facts(
        actor=world.actor("officer"),
        now=world.now,
        outpost=world.outpost,
        subject=Subject("parties.person", talent.person.uid),
        statements=[Statement("education", "博士"), Statement("team_core_member", "否")],
    )


def ask(world: World, works_at: Whereabouts | str, *, known: bool = True) -> ClassRuling:
    talent = made(world, work=Work(works_at=works_at))
    if known:
        doctor(world, talent)
    return ask_ruling(actor=world.actor("officer"), now=world.now, talent=talent)


def verdicts(ruling: ClassRuling) -> dict[str, str]:
    return {each["clause"]: each["verdict"] for each in ruling.clauses}


@pytest.mark.parametrize(
    ("works_at", "known", "because", "class_b"),
    [
        (Whereabouts.HOME, True, AskedBecause.ELIGIBLE, "eligible"),
        (Whereabouts.HOST, True, AskedBecause.HOST_WORKER, "not_eligible"),
        (Whereabouts.ELSEWHERE, True, AskedBecause.NOT_ELIGIBLE, "not_eligible"),
        ("", True, AskedBecause.UNKNOWN, "unknown"),
        (Whereabouts.HOME, False, AskedBecause.UNKNOWN, "unknown"),
        (Whereabouts.HOST, False, AskedBecause.HOST_WORKER, "not_eligible"),
    ],
)
def test_every_person_becomes_a_question_with_what_the_clauses_say(
    world: World, works_at: str, known: bool, because: AskedBecause, class_b: str
) -> None:
    ruling = ask(world, works_at, known=known)
    assert (ruling.because, verdicts(ruling)["YX-CLS-B"]) == (because, class_b)
    assert (ruling.state, ruling.class_code) == (RulingState.ASKED, "")
    why = next(each["why"] for each in ruling.clauses if each["clause"] == "YX-CLS-B")
    assert {"eligible": why == "", "unknown": why.startswith("缺："), "not_eligible": "在云溪工作" in why}[class_b], why
    assert ruling.checkup is not None
    assert ruling.checkup.subject_label == "林**"


def test_the_home_side_grants_a_class_to_somebody_at_the_outpost_and_it_becomes_a_fact(world: World) -> None:
    ruling = ask(world, Whereabouts.HOST)
    decided = decide_ruling(
        actor=world.actor("bureau"), now=world.now, ruling=ruling, class_code="YI", basis="联席会议第3次"
    )
    talent = get_talent(world.actor("officer"), decided.talent.uid)
    held = class_now(talent.live_rulings)  # type: ignore[attr-defined]
    assert held is not None
    assert (held.class_code, held.class_name) == ("YI", "乙类人才（演示）")
    fact = Fact.objects.get(fact="yunxi_talent_class", subject_uid=talent.person.uid)
    assert (fact.text, fact.confirmed_by) == ("YI", world.actor("bureau").label)
    assert not Todo.objects.filter(subject_uid=ruling.uid, done_at__isnull=True).exists()


def test_declined_is_decided_too_and_says_why(world: World) -> None:
    ruling = ask(world, Whereabouts.HOME)
    act: dict[str, Any] = {"actor": world.actor("bureau"), "now": world.now, "ruling": ruling}
    with refused("talent.ruling_basis"):
        decide_ruling(class_code="", basis=" ", **act)
    with refused("talent.class_unknown"):
        decide_ruling(class_code="A", basis="第五条", **act)
    row = decide_ruling(class_code="", basis="学历证明未认证", **act)
    assert (row.state, class_now([row])) == (RulingState.DECLINED, None)
    with refused("talent.ruling_decided"):
        decide_ruling(class_code="YI", basis="改主意", **act)
    assert not Fact.objects.filter(fact="yunxi_talent_class").exists()


@pytest.mark.parametrize("role", ["officer", "lead", "rival_bureau", "verifier", "auditor"])
def test_nobody_but_the_home_side_decides(world: World, role: str) -> None:
    ruling = ask(world, Whereabouts.HOST)
    with refused("not_permitted"):
        decide_ruling(actor=world.actor(role), now=world.now, ruling=ruling, class_code="YI", basis="第五条")


def test_a_question_is_asked_once_and_a_ruling_is_taken_back_by_who_made_it(world: World) -> None:
    ruling = ask(world, Whereabouts.HOME)
    with refused("talent.ruling_asked"):
        ask_ruling(actor=world.actor("officer"), now=world.now, talent=ruling.talent)
    decide_ruling(actor=world.actor("bureau"), now=world.now, ruling=ruling, class_code="YI", basis="第五条")
    ruling.refresh_from_db()
    with refused("not_permitted"):
        void_ruling(actor=world.actor("officer"), now=world.now, ruling=ruling, reason="不想要了")
    void_ruling(actor=world.actor("bureau"), now=world.now, ruling=ruling, reason="材料不实")
    assert class_now(ClassRuling.objects.filter(voided_at__isnull=True)) is None


def test_no_class_is_ever_typed(world: World) -> None:
    ruling = ask(world, Whereabouts.HOME)
    with pytest.raises(IntegrityError), transaction.atomic():
        ClassRuling.objects.filter(pk=ruling.pk).update(class_code="YI")
    with pytest.raises(IntegrityError), transaction.atomic():
        ClassRuling.objects.filter(pk=ruling.pk).update(state=RulingState.GRANTED, class_code="YI")


def test_the_real_place_has_the_classes_its_texts_state_and_a_place_without_any_says_so(world: World) -> None:
    real = Outpost.objects.select_related("home").get(code="chanshen")
    classes = classes_of(real, world.now.date())
    assert [each.code for each in classes.classes] == ["A", "B", "C", "T"]
    assert classes.works_here == "works_in_foshan"
    assert (classes.confirmed, classes.find("A").clauses) == (False, ("FS-CARD-01",))  # type: ignore[union-attr]
    other = Outpost.objects.select_related("home").exclude(home__in=[real.home, world.outpost.home]).first()
    if other is not None:
        assert classes_of(other, world.now.date()).classes == ()
