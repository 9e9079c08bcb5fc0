"""What visitors let the site reckon: the policy check-up and the cost comparison; asked plainly, answered, led on."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from feidi.domain.showcase.models import CheckupCount
from tests.conftest import NOW
from tests.portals.public.test_showcase import CODE, Clock, at
from tests.support.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: made.now)
    return made


def test_check_ups_have_a_pace(world: World, clock: Clock) -> None:
    visitor = Client(REMOTE_ADDR="10.9.8.7")
    answers = [visitor.post(at("policy_check"), {}).context["problem"] for _ in range(32)]
    assert [each for each in answers[:30] if each] == []
    assert "次数太多" in answers[31]
    assert not Client(REMOTE_ADDR="10.9.8.8").post(at("policy_check"), {}).context["problem"], "others are not meant"
    clock.now = NOW + timedelta(hours=1)
    assert not visitor.post(at("policy_check"), {}).context["problem"], "another hour"
    assert CheckupCount.objects.count() == 1, "the counts of the hour before are gone"


@pytest.mark.parametrize(
    ("given", "like"),
    [
        ({"office": "200"}, {"office": "200㎡"}),
        ({"power": "50,000"}, {"power": "50000kWh/年"}),
        ({"water": "600"}, {"water": "600m³/年"}),
        ({"people": "9", "wage": "240000"}, {"people": "9", "wage": "24万元/年"}),
        ({"people": "9", "wage": "24万"}, {"people": "9", "wage": "24万元/年"}),
    ],
)
def test_a_bare_number_has_the_unit_that_stands_beside_it(
    world: World, given: dict[str, str], like: dict[str, str]
) -> None:
    answer, other = (Client().get(at("cost_view"), each) for each in (given, like))
    assert answer.context["problems"] == []
    assert answer.context["total"] == other.context["total"]
    assert answer.context["items"] == other.context["items"]


def test_the_gap_of_two_years_is_said_at_once_the_rest_can_be_opened(world: World) -> None:
    page = Client().get(at("cost_view", code="chanshen"), {"people": "9", "office": "200"})
    office = page.context["items"][0]
    warnings = page.context["warnings"]
    assert any("两边年份不同" in each for each in warnings)
    assert len(warnings) == len({each.split("：", 1)[1] for each in warnings}), "each once, with all items it is about"
    assert not any("两边年份不同" in each for each in office["remarks"])
    assert office["remarks"]
    text = page.content.decode()
    assert text.index("两边年份不同") < text.index("<details")
    assert max(len(each["home"]["missing"].split("、")) for each in page.context["items"]) <= 4, "the rest is folded"
    sources = [line for _place, lines in page.context["sources"] for line in lines]
    assert len(sources) == len(set(sources)), "a source stands once"
    assert any("2021Q4" in each for each in sources), "every figure with its time"


def test_who_has_looked_is_led_on(world: World) -> None:
    apply = f"{reverse('public:apply:application_start')}?outpost={CODE}"
    costs = Client().get(at("cost_view"), {"people": "9"}).content.decode()
    assert apply in costs
    checked = Client().post(at("policy_check"), {"fact-employees": "9人"}).content.decode()
    assert apply in checked
    assert at("cost_view") in checked
    assert at("inquiry_new", "question") in checked


def test_a_visitor_is_not_asked_what_others_judge_and_reads_a_near_miss_once(world: World) -> None:
    page = Client().post(at("policy_check"), {"fact-titles": ["tech_sme"], "fact-established_on": "2020-05-06"})
    assert not [each.code for each in page.context["fields"] if each.code.startswith("judged:")]
    clauses = [each for group in page.context["groups"] for each in group["clauses"]]
    near = [each for each in clauses if each["near"]]
    assert near, "the case that is looked at"
    for each in near:
        words = each["near"].split("；")
        assert len(set(words)) == len(words)
        assert each["amount"] == "", "what is missed is no sum, and not none either"


def test_a_wage_of_24_is_not_guessed(world: World) -> None:
    page = Client().get(at("cost_view"), {"people": "9", "wage": "24"})
    assert page.context["problems"]
    assert page.context["comparison"] is None


def test_what_cannot_be_read_is_said_and_the_rest_is_reckoned(world: World) -> None:
    visitor = Client()
    page = visitor.post(at("policy_check"), {"fact-employees": "很多人"})
    assert page.status_code == 409
    assert "很多人" in page.content.decode()
