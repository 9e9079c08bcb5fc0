"""Drafts: begun from a project's own words, published many at once, each refused one with its reason, undone."""

from __future__ import annotations

from typing import Any

import pytest

from feidi.domain.matching.enums import ProfileKind, ProfileState, Side
from feidi.domain.matching.models import Profile
from feidi.domain.matching.services.candidates import make_list
from feidi.domain.matching.services.profile_publishing import publish_drafts, unpublish_drafts
from feidi.domain.matching.services.profile_states import pause_profile, publish_profile
from feidi.domain.matching.services.profiles import change_profile
from feidi.domain.matching.services.project_drafts import draft_from_project
from feidi.domain.pipeline.models import Project
from feidi.engines.findings import RefusedError
from feidi.kernel.audit.models import AuditEntry, AuditLink
from tests.support.profiles import make_profile
from tests.support.world import World

pytestmark = pytest.mark.django_db


def lead(world: World) -> Project:
    return world.lead("窑测一号", one_line="陶瓷窑炉温度场在线检测，可以带设备到现场试一周")


def draft(world: World, project: Project, side: Side = Side.OFFER, by: str = "officer", **more: Any) -> Profile:
    return draft_from_project(actor=world.actor(by), now=world.now, project=project, side=side, **more)


def test_a_project_becomes_an_offer_in_its_own_words(world: World) -> None:
    project = world.lead("窑测一号", one_line="滨海甲检测技术做陶瓷窑炉温度场在线检测", industry="高端装备")
    made = draft(world, project)
    assert (made.state, made.kind, made.project) == (ProfileState.DRAFT, ProfileKind.PROJECT, project)
    assert made.full_text == "滨海甲检测技术做陶瓷窑炉温度场在线检测"
    assert "滨海甲" not in made.masked_text
    assert "滨海甲" not in made.title
    assert "陶瓷窑炉温度场" in made.masked_text
    assert made.sectors == ["高端装备"]
    # what the project does not state stays unknown
    assert (made.amount_lo_fen, made.ripeness_from, made.place, made.confirmed_on) == (None, "", None, None)
    assert project.code in made.source


def test_a_need_is_of_the_kind_that_somebody_says(world: World) -> None:
    project = lead(world)
    Project.objects.filter(pk=project.pk).update(office_need="200㎡", eia_class="报告表")
    project.refresh_from_db()
    made = draft(world, project, Side.NEED, kind=ProfileKind.SPACE)
    assert (made.side, made.kind) == (Side.NEED, ProfileKind.SPACE)
    assert "办公：200㎡" in made.full_text
    assert made.environment_class == "报告表"
    other = draft(world, project, Side.NEED, kind=ProfileKind.CAPITAL)
    assert "200㎡" not in other.full_text
    with pytest.raises(RefusedError, match=r"matching\.kind_not_needed"):
        draft(world, project, Side.NEED)


def test_what_says_nothing_is_no_draft_and_the_same_is_none_twice(world: World) -> None:
    project = lead(world)
    with pytest.raises(RefusedError, match=r"parties\.not_permitted"):
        draft(world, project, by="rival")
    draft(world, project)
    with pytest.raises(RefusedError, match=r"matching\.profile_known"):
        draft(world, project)
    Project.objects.filter(pk=project.pk).update(one_line="", core_product="", tech_source="")
    project.refresh_from_db()
    with pytest.raises(RefusedError, match=r"matching\.project_says_nothing"):
        draft(world, project, Side.NEED, kind=ProfileKind.TALENT)


def test_once_read_a_list_is_made_of_it(world: World) -> None:
    project = lead(world)
    make_profile(world, Side.NEED)
    made = draft(world, project)
    officer = world.actor("officer")
    with pytest.raises(RefusedError, match=r"matching\.list_"):
        make_list(actor=officer, now=world.now, profile=made)
    made = publish_profile(actor=officer, now=world.now, profile=made, masked_seen=True)
    assert make_list(actor=officer, now=world.now, profile=made).rows.count() == 1


def publish(world: World, *profiles: Profile, by: str = "officer", seen: bool = True) -> Any:
    return publish_drafts(actor=world.actor(by), now=world.now, profiles=profiles, masked_seen=seen)


def test_each_that_can_is_published_and_each_other_says_why(world: World) -> None:
    good, telling = make_profile(world, draft=True), make_profile(world, draft=True, owner="云溪窑科机械有限公司")
    Profile.objects.filter(pk=telling.pk).update(masked_text="云溪窑科机械有限公司的窑炉温度飘")
    telling.refresh_from_db()
    open_one = make_profile(world)
    links = AuditLink.objects.count()
    answer = publish(world, telling, good, open_one)
    assert [each.pk for each in answer.done] == [good.pk]
    assert {each.pk: refusal.code for each, refusal in answer.refused} == {
        telling.pk: "matching.masked_tells",
        open_one.pk: "matching.state_already",
    }
    assert AuditLink.objects.count() == links + 1, "one act, one link"
    assert not AuditEntry.objects.filter(subject_uid=telling.uid, action="changed").exists()
    telling.refresh_from_db()
    assert telling.state == ProfileState.DRAFT


def test_unread_is_not_published(world: World) -> None:
    with pytest.raises(RefusedError, match=r"matching\.masked_unseen"):
        publish(world, make_profile(world, draft=True), seen=False)


def test_another_outposts_drafts_are_refused_one_by_one(world: World) -> None:
    mine, theirs = make_profile(world, draft=True), make_profile(world, draft=True, by="rival", outpost=world.rival)
    answer = publish(world, mine, theirs)
    assert ([each.pk for each in answer.done], [each.pk for each, _ in answer.refused]) == ([mine.pk], [theirs.pk])


def undo(world: World, *profiles: Profile) -> Any:
    versions = {each.uid: each.version for each in profiles}
    return unpublish_drafts(actor=world.actor("officer"), now=world.now, versions=versions)


def test_undo_takes_back_what_nobody_has_gone_on_with(world: World) -> None:
    drafts = [make_profile(world, Side.OFFER, draft=True) for _ in range(4)]
    untouched, changed, paused, listed = publish(world, *drafts).done
    officer = world.actor("officer")
    change_profile(actor=officer, now=world.now, profile=changed, version=changed.version, values={"source": "电话"})
    pause_profile(actor=officer, now=world.now, profile=paused)
    make_list(actor=officer, now=world.now, profile=make_profile(world, Side.NEED))
    answer = undo(world, untouched, changed, paused)
    # the list holds every live offer, so nothing of it is taken back
    assert not answer.done
    assert {refusal.code for _each, refusal in answer.refused} == {"matching.publish_moved_on"}
    fresh = publish(world, make_profile(world, Side.OFFER, draft=True)).done
    assert [each.state for each in undo(world, *fresh).done] == [ProfileState.DRAFT]
    assert undo(world, *fresh).refused[0][1].code == "matching.publish_moved_on"
    assert listed.state == ProfileState.OPEN
