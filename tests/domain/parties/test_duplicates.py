"""What looks like it while typing, what waits in the queue, and what an actor may know of either."""

from __future__ import annotations

from typing import Any

import pytest

from feidi.domain.parties.enums import PairState
from feidi.domain.parties.likeness import SAME_CODE, SAME_PERSON, reason_words
from feidi.domain.parties.models import NameKey, Organization, OrganizationIdentifier, OrganizationPair, Outpost
from feidi.domain.parties.selectors.duplicates import find_alike
from feidi.domain.parties.selectors.pairs import PairFilter, list_pairs, sides_of
from feidi.domain.parties.services.duplicates import add_pair, decide_pair
from feidi.domain.parties.services.organizations import find_or_add_organization
from feidi.domain.parties.services.uscc import fault_of
from feidi.domain.pipeline.services.voiding import void_project
from feidi.engines.findings import RefusedError
from feidi.kernel.messages import fix_of, text_of
from tests.support.queries import queries_of
from tests.support.world import World

pytestmark = pytest.mark.django_db
CODE = "91110000600037341L"


def firm(world: World, name: str, *, by: str = "officer", outpost: Outpost | None = None, **more: Any) -> Organization:
    """Register an organization."""
    return find_or_add_organization(
        actor=world.actor(by), now=world.now, outpost=outpost or world.outpost, name=name, **more
    )


def test_alike_rows_with_reasons_and_who(world: World) -> None:
    project = world.lead("低温介质检测", "滨海甲检测技术有限公司", uscc=CODE, contact_name="陈晓")
    officer = world.actor("officer")
    found = find_alike(officer, world.outpost, "滨海甲检测技术有限责任公司")
    assert {(each.kind, each.uid) for each in found} == {
        ("parties.organization", Organization.objects.get(name="滨海甲检测技术有限公司", links__isnull=False).uid),
        ("pipeline.project", project.uid),
    }
    seen = next(each for each in found if each.uid == project.uid)
    assert (seen.who, seen.number, seen.since, seen.outpost) == (
        project.owner_text, project.code, world.now.date(), world.outpost.short_name,
    )  # fmt: skip
    assert all(each.reasons and not each.elsewhere for each in found)
    assert [each.reasons[0] for each in find_alike(officer, world.outpost, "完全不同的", code=CODE)] == [SAME_CODE] * 2
    by_person = find_alike(officer, world.outpost, "毫无关系", person="陈晓")
    assert [(each.uid, each.reasons) for each in by_person] == [(project.uid, (SAME_PERSON,))]
    assert len(queries_of(lambda: find_alike(officer, world.outpost, project.name, code=CODE, person="陈晓"))) <= 5
    void_project(actor=world.actor("lead"), now=world.now, project=project, reason="重复")
    assert not NameKey.objects.filter(subject_uid=project.uid).exists()
    assert find_alike(officer, world.outpost, "毫无关系", person="陈晓") == ()


def test_of_what_one_does_not_see_only_since_and_whom_to_call(world: World) -> None:
    world.lead("低温介质检测", "滨海甲检测技术有限公司", uscc=CODE, contact_name="陈晓")
    rival = world.actor("rival")
    (told,) = find_alike(rival, world.rival, "滨海甲检测技术有限公司", code=CODE)
    assert told.elsewhere
    assert (told.since, told.outpost, told.phone) == (
        world.now.date(), world.outpost.short_name, world.outpost.phone,
    )  # fmt: skip
    assert (told.name, told.uid, told.kind, told.who, told.number, told.score, told.reasons) == (
        "", "", "", "", "", 0, (),
    )  # fmt: skip
    assert find_alike(rival, world.rival, "完全不同的", code=CODE) == (told,)
    # parts of names, and other people's contacts, tell nothing: nobody leafs through what is not theirs
    assert find_alike(rival, world.rival, "甲检测") == find_alike(rival, world.rival, "滨海甲检测") == ()
    assert find_alike(rival, world.rival, "（滨海）甲检测技术有限责任公司") == (told,)
    assert find_alike(rival, world.rival, "毫无关系", person="陈晓") == ()
    # who is not of this outpost asks for nothing
    assert find_alike(rival, world.outpost, "滨海甲检测技术有限公司") == ()
    assert find_alike(world.actor("bureau"), world.outpost, "滨海甲检测技术有限公司") == ()


def test_a_wrong_digit_is_named(world: World) -> None:
    faults = {
        CODE[:-1] + "M": ("parties.uscc_check", {"letter": "M", "wanted": "L"}),
        CODE[:10] + "1" + CODE[11:]: ("parties.uscc_body_check", {"letter": "1"}),
        CODE[:9] + "O" + CODE[10:]: ("parties.uscc_letter", {"place": 10, "letter": "O"}),
        CODE[:17]: ("parties.uscc_length", {"n": 17}),
    }
    for code, (why, params) in faults.items():
        found = fault_of(code)
        assert found is not None, code
        assert found.code == why
        assert {name: found.params[name] for name in params} == params
        with pytest.raises(RefusedError) as refused:
            firm(world, "滨海乙有限公司", uscc=code)
        (reason,) = refused.value.refusal.reasons
        assert text_of(reason)
        assert fix_of(reason)
    assert not Organization.objects.filter(name="滨海乙有限公司").exists()


def test_one_valid_code_on_two_is_a_conflict_and_both_rows_stay(world: World) -> None:
    one = firm(world, "滨海甲检测技术有限公司", uscc=CODE)
    assert firm(world, "滨海甲检测技术有限责任公司", uscc=CODE).pk == one.pk, "another way to write it"
    two = firm(world, "远山文化传播工作室", by="rival", outpost=world.rival, uscc=CODE)
    assert two.pk != one.pk
    assert OrganizationIdentifier.objects.filter(value=CODE, valid=True).count() == 2
    pair = OrganizationPair.objects.get(left=one, right=two)
    assert (pair.kind, pair.score, reason_words(pair.reasons)) == ("number", 100, ["统一社会信用代码相同"])
    # each side's staff see their own side, and of the other only whom to call
    for role, own, other in (("officer", one, world.rival), ("rival", two, world.outpost)):
        (row,) = list_pairs(world.actor(role), PairFilter())
        names = [each.organization.name if each.organization else each.outpost for each in sides_of(row)]
        assert sorted(names) == sorted([own.name, other.short_name])
        with pytest.raises(RefusedError) as refused:
            decide_pair(actor=world.actor(role), now=world.now, pair=row, state=PairState.NOT_SAME)
        assert refused.value.refusal.code == "parties.pair_hidden"
        assert refused.value.refusal.params["outpost"] == other.short_name
    assert list(list_pairs(world.actor("bureau"), PairFilter())) == []


def test_saved_anyway_waits_in_the_queue_and_a_decision_is_remembered(world: World) -> None:
    one, two = firm(world, "滨海云检测技术有限公司"), firm(world, "云检测")
    pair = OrganizationPair.objects.get(left=one, right=two)
    assert (pair.kind, pair.state, pair.found_by, pair.found_in) == (
        "alike",
        "open",
        "officer (officer)",
        world.outpost,
    )
    lead = world.actor("lead")
    decide_pair(actor=lead, now=world.now, pair=pair, state=PairState.NOT_SAME, note="两个法人")
    assert list(list_pairs(lead, PairFilter())) == []
    with pytest.raises(RefusedError) as refused:
        add_pair(actor=lead, now=world.now, one=two, other=one)
    assert refused.value.refusal.code == "parties.pair_remembered"
    with pytest.raises(RefusedError) as again:
        decide_pair(actor=lead, now=world.now, pair=pair, state=PairState.RELATED)
    assert again.value.refusal.code == "parties.pair_decided"
    firm(world, "云检测", uscc=CODE)
    assert OrganizationPair.objects.count() == 1, "never proposed again"
