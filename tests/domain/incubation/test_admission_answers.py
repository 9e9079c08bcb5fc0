"""The first answer: bench, laboratories, the two companies, policies and the costs of the places' own figures."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from feidi.domain.incubation.admission_access import applications_visible_to, can_view_application
from feidi.domain.incubation.admission_enums import QuestionKind
from feidi.domain.incubation.models import Application
from feidi.domain.incubation.selectors import lab_options as labs
from feidi.domain.incubation.selectors.admission_capacity import capacity_of
from feidi.domain.incubation.selectors.admission_costs import costs_for
from feidi.domain.incubation.selectors.admission_fit import Need, Truth, entities_of, needs_of, wanted_of
from feidi.domain.incubation.selectors.admission_form import UNKNOWN, read_answer, words_of
from feidi.domain.incubation.selectors.admission_policies import policies_for
from feidi.domain.incubation.selectors.admission_rules import NOTHING, Question, Said, admission_rules
from feidi.domain.incubation.selectors.first_answer import costs_told, first_answer_of
from feidi.domain.incubation.selectors.lab_options import lab_options
from feidi.domain.incubation.selectors.premises import Facilities, Lab, premises_of
from feidi.domain.parties.models import Outpost, Place
from feidi.domain.space.enums import OccupationReason
from feidi.domain.space.models import Unit
from feidi.domain.space.services.occupying import occupy_unit, tenancy_span
from feidi.domain.space.services.syncing import sync_units
from feidi.kernel.subjects import Subject
from tests.conftest import NOW
from tests.support.admission import FOUNDER, accepted_of, sent_of
from tests.support.world import INSTALLER

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


def real(world: Any) -> Outpost:
    return Outpost.objects.select_related("home", "host").get(code="chanshen")


def test_demonstration_8_on_the_invented_pair(world: Any) -> None:
    row, _secret = sent_of(world)
    page = first_answer_of(row, today=TODAY, now=NOW)
    assert page["bench"]["words"] == "本中心无湿实验条件"
    assert len(page["labs"]) == 3
    assert all(each["registration"] for each in page["labs"]), "every laboratory says what it asks of registration"
    host, home = page["entities"]
    assert host["words"] == "待定"
    assert "证照要落在哪里还不清楚，先问主管部门" in host["reasons"]
    assert home["words"] == "待定"
    policies = page["policies"]
    assert policies["counts"]["unknown"] > 0
    assert all(each["missing"] for each in policies["unknown"])
    assert policies["counts"]["not_eligible"] > 0
    assert all(each["needed"] and each["actual"] for each in policies["not_eligible"]), "needed beside actual"
    assert page["costs"]["months"] == 24
    assert "有空位 46" in page["desk"]


def test_200_square_metres_by_the_real_places_figures_with_their_warning(world: Any) -> None:
    outpost = real(world)
    costed = costs_for(outpost, admission_rules(outpost), {"office_area": "200"}, as_of=TODAY)
    told = costs_told(costed)
    rent = told["lines"][0]
    assert rent["difference"] == "201,360元"
    assert rent["per"] == "每年"
    assert told["totals"][1]["difference"] == "402,720元"
    assert any("年份不同" in each for each in told["warnings"]), told["warnings"]


def test_where_nothing_is_written_down_the_centre_says_so_and_never_no(world: Any) -> None:
    outpost = real(world)
    assert premises_of(outpost).facilities.wet_bench is None
    needs = needs_of(admission_rules(outpost), FOUNDER)
    found = lab_options(outpost, needs, TODAY)
    assert [each.lab.where for each in found] == ["host"], "a laboratory in public text, which asks for a local company"
    policies = policies_for(outpost, admission_rules(outpost), FOUNDER, None, as_of=TODAY, known_at=NOW)
    assert not policies.eligible, "nobody has confirmed the real clauses with their issuers"
    assert policies.unknown
    host, _home = entities_of(admission_rules(outpost), FOUNDER, found)
    assert host.needed is Truth.YES
    assert host.reasons[0] == "lab_always"


@pytest.mark.parametrize(
    ("there", "level", "answer"),
    [
        (None, "bsl2", Truth.UNKNOWN),
        ((), "bsl2", Truth.NO),
        ((), "", Truth.NO),
        (("bsl1",), "bsl2", Truth.NO),
        (("bsl1", "bsl2"), "bsl1", Truth.YES),
        (("bsl2",), "", Truth.UNKNOWN),
    ],
)
def test_levels_are_met_by_higher_ones_and_unknown_is_not_no(there: Any, level: str, answer: Truth) -> None:
    assert wanted_of(Need("biosafety", certain=True, level=level), Facilities(biosafety=there)) is answer


def test_an_app_above_adds_laboratories_that_lack_nothing(world: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(labs, "_PROVIDERS", [])
    there = Facilities(wet_bench=True, biosafety=("bsl2",), purified_water=True, hazardous_waste=True)
    dry = Facilities(wet_bench=False)
    labs.register(
        lambda _outpost, _needs, _today: [
            Lab(Said(name, name), Said("前湾", "Qianwan"), has, "", NOTHING, NOTHING, "供给")
            for name, has in (("共享台", there), ("机房", dry))
        ]
    )
    names = [
        each.lab.name.zh
        for each in lab_options(world.outpost, needs_of(admission_rules(world.outpost), FOUNDER), TODAY)
    ]
    assert "共享台" in names
    assert "机房" not in names


def test_policies_of_a_firm_on_record_use_what_is_known_of_it(world: Any) -> None:
    row = accepted_of(world)
    page = first_answer_of(Application.objects.get(pk=row.pk), today=TODAY, now=NOW)
    missing = {name for each in page["policies"]["unknown"] for name in each["missing"]}
    assert "职工总数" not in missing, "it was answered, so nobody asks again"


@pytest.mark.parametrize(
    ("kind", "text", "answer", "wrong"),
    [
        (QuestionKind.NUMBER, "1,200", "1200", ""),
        (QuestionKind.NUMBER, "-3", None, "incubation.answer_number"),
        (QuestionKind.NUMBER, "NaN", None, "incubation.answer_number"),
        (QuestionKind.NUMBER, "9" * 40, None, "incubation.answer_number"),
        (QuestionKind.DATE, "2026-02-30", None, "incubation.answer_date"),
        (QuestionKind.DATE, "2026-02-03", "2026-02-03", ""),
        (QuestionKind.PHONE, "+852 2345 6789", "+852 2345 6789", ""),
        (QuestionKind.PHONE, "打给我", None, "incubation.answer_phone"),
        (QuestionKind.YESNO, "maybe", None, "incubation.answer_choice"),
        (QuestionKind.YESNO, UNKNOWN, UNKNOWN, ""),
        (QuestionKind.TEXT, "长" * 500, None, "incubation.answer_long"),
        (QuestionKind.TEXT, "   ", None, ""),
    ],
)
def test_reading_answers(kind: QuestionKind, text: str, answer: Any, wrong: str) -> None:
    question = Question("q", kind, Said("问", "q"), NOTHING, False, "", {}, "", "", None)
    assert read_answer(question, text) == (answer, wrong)
    assert words_of(question, UNKNOWN) == "还不清楚"


def test_who_sees_which_application(world: Any) -> None:
    sent, _secret = sent_of(world)
    draft = Application.objects.create(
        outpost=world.outpost, origin="public", secret_sha256="0" * 64, content_sha256="0", created_at=NOW
    )
    accepted = accepted_of(world, applicant="另一个")
    accepted.organization = world.users["tenant"].memberships.get().organization
    accepted.sent_home_on = date(2026, 11, 23)
    accepted.save()
    everybody = (
        "officer",
        "manager",
        "lead",
        "rival",
        "bureau",
        "verifier",
        "auditor",
        "rival_bureau",
        "admin",
        "tenant",
    )
    for role in everybody:
        actor = world.actor(role)
        seen = set(applications_visible_to(actor, Application.objects.all()))
        for row in (sent, draft, accepted):
            assert can_view_application(actor, row) == (row in seen), (role, row)
        staff = role in {"officer", "manager", "lead"}
        assert (sent in seen) == staff
        assert draft not in seen, "a draft is the applicant's until it is sent"
        assert (accepted in seen) == (staff or role in {"bureau", "auditor", "tenant"})


def test_places_are_counted_by_units_where_they_are_kept(world: Any) -> None:
    sync_units(actor=INSTALLER, now=NOW)
    before = capacity_of(world.outpost, TODAY)
    desk = Unit.objects.filter(outpost=world.outpost, lettable=True, parent__isnull=False)[0]
    span = tenancy_span(TODAY, TODAY)
    occupy_unit(
        actor=world.actor("manager"),
        now=NOW,
        unit=desk,
        starts_at=span.start,
        ends_at=span.end,
        reason=OccupationReason.TENANCY,
        subject=Subject("parties.outpost", world.outpost.uid),
    )
    after = capacity_of(world.outpost, TODAY)
    assert before.total == after.total
    assert (before.free or 0) - 1 == after.free
    assert desk.name not in after.names


def test_every_place_can_be_home(world: Any) -> None:
    """No place needs an admission file of its own: the national one holds."""
    for place in Place.objects.filter(outposts_abroad__isnull=False).distinct():
        outpost = Outpost.objects.filter(home=place).select_related("home").first()
        assert outpost is not None
        assert admission_rules(outpost).sections[0].code == "decides"
