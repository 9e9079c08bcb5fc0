"""What tells whose a text is, is struck out by the house and named; what goes out still telling it, is refused."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feidi.domain.matching.selectors.masking import (
    Owner,
    Telling,
    owner_by_name,
    owner_of,
    propose_masked,
    telling,
    without_contacts,
)
from feidi.domain.matching.selectors.wording import sentences
from feidi.domain.parties.enums import AliasKind, IdentifierScheme
from feidi.domain.parties.models import OrganizationAlias, OrganizationIdentifier
from feidi.domain.parties.services.persons import find_or_add_person
from tests.support.profiles import firm
from tests.support.world import World

TODAY = date(2026, 11, 23)
OWNER = Owner(
    names=("云溪窑科陶瓷机械有限公司",), brands=("窑科",), persons=("王建国",), numbers=("91440604MA4UXXXX0A",)
)


@pytest.mark.parametrize(
    ("text", "gone", "what"),
    [
        ("云溪窑科陶瓷机械有限公司的喷嘴老堵", "云溪窑科陶瓷机械有限公司", Telling.NAME),
        ("雲溪窯科陶瓷機械（有限公司）的喷嘴老堵", "雲溪窯科陶瓷機械", Telling.NAME),
        ("云溪 窑科 陶瓷机械 有限公司的喷嘴老堵", "云溪 窑科", Telling.NAME),
        ("我们窑科做了三十年", "窑科", Telling.BRAND),
        ("找王建国就行", "王建国", Telling.PERSON),
        ("代码91440604ma4uxxxx0a", "91440604ma4uxxxx0a", Telling.NUMBER),
        ("打13912345678", "13912345678", Telling.CONTACT),
        ("打0757-81234567", "0757-81234567", Telling.CONTACT),
        ("发 wang.jg@example.com", "wang.jg@example.com", Telling.CONTACT),
        ("厂在云溪区季华四路33号2栋", "季华四路33号2栋", Telling.ADDRESS),
        ("滨海乙检测技术有限公司也来看过", "滨海乙检测技术有限公司", Telling.OTHER),
    ],
)
def test_what_tells_the_owner_is_struck(text: str, gone: str, what: Telling) -> None:
    masked = propose_masked(text, OWNER, TODAY)

    assert gone not in masked.text
    assert what in {each.what for each in masked.struck}


def test_the_rest_stays_as_it_was_said() -> None:
    text = "二号线喷嘴老堵，一天停3次，2026-12-01前要好，预算50万。"
    masked = propose_masked(text, OWNER, TODAY)

    assert masked.text == text
    assert masked.struck == ()


def test_what_goes_out_is_held_to_what_is_sure() -> None:
    sure = telling("云溪窑科陶瓷机械有限公司，王建国，13912345678", OWNER, TODAY)
    doubtful = telling("窑科的李工说滨海乙检测技术有限公司来过", OWNER, TODAY)

    assert {each.what for each in sure} == {Telling.NAME, Telling.PERSON, Telling.CONTACT}
    assert doubtful == (), "a short brand, a stranger and another firm are for the person to judge"
    assert telling("找窑炉科技看看", Owner(names=(), brands=("窑炉科技",)), TODAY)[0].what is Telling.BRAND


@given(st.text(max_size=300))
def test_any_text_is_masked_by_runs_of_itself(text: str) -> None:
    masked = propose_masked(text, OWNER, TODAY)

    assert all(text[each.start : each.end] == each.said for each in masked.struck)
    ends = [(each.start, each.end) for each in masked.struck]
    assert all(left[1] <= right[0] for left, right in pairwise(ends))
    if not masked.struck:
        assert masked.text == text


@given(st.text(alphabet="窑炉喷嘴，。 ", max_size=40), st.text(alphabet="窑炉喷嘴，。 ", max_size=40))
def test_the_name_is_found_wherever_it_stands(before: str, after: str) -> None:
    masked = propose_masked(f"{before}云溪窑科陶瓷机械有限公司{after}", OWNER, TODAY)

    assert "云溪窑科陶瓷机械有限公司" not in masked.text
    assert not telling(masked.text, OWNER, TODAY)


@pytest.mark.django_db
def test_an_owner_is_known_by_all_that_is_on_file(world: World) -> None:
    owner = firm(world, "云溪窑科陶瓷机械有限公司")
    OrganizationAlias.objects.create(organization=owner, kind=AliasKind.SHORT, name="YKTM", name_folded="yktm")
    OrganizationIdentifier.objects.create(
        organization=owner, scheme=IdentifierScheme.USCC, value="91440604MA4UXXXX0A", valid=False
    )
    find_or_add_person(
        actor=world.actor("officer"), now=world.now, outpost=world.outpost, name="王建国", organization=owner
    )
    found = owner_of(organization=owner)
    masked = propose_masked("YKTM 的王建国，代码 91440604MA4UXXXX0A，yktmx 不算", found, TODAY)

    assert set(found.names) == {"云溪窑科陶瓷机械有限公司", "YKTM"}
    for word in ("YKTM ", "王建国", "91440604MA4UXXXX0A"):
        assert word not in masked.text
    assert "yktmx" in masked.text
    assert owner_by_name(world.outpost, "云溪窑科陶瓷机械有限公司") == found
    assert owner_by_name(world.rival, "云溪窑科陶瓷机械有限公司").persons == (), "people on file elsewhere stay there"


@pytest.mark.django_db
def test_a_project_is_known_by_its_parties_too(world: World) -> None:
    found = owner_of(project=world.lead())

    assert {"低温介质检测", "滨海甲检测技术有限公司"} <= set(found.names)


def test_contacts_are_masked_in_place() -> None:
    text = "打13912345678或发 wang.jg@example.com，2026-12-01前要好，预算50万。"

    assert without_contacts(text) == "打139****5678或发 w******************，2026-12-01前要好，预算50万。"
    assert len(without_contacts("窑" * 4000)) == 4000


def test_sentences_end_where_they_end() -> None:
    assert sentences("喷嘴堵。窑炉飘！\n想找人；急") == ["喷嘴堵", "窑炉飘", "想找人", "急"]
    assert sentences(" 。！ ") == []
