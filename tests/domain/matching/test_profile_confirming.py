"""还有效吗: confirmed in one tap, asked about after long silence; evidence counts its accepted share; unknown is not no."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from feidi.domain.matching.enums import ProfileState, Side
from feidi.domain.matching.models import Profile
from feidi.domain.matching.selectors.profiles import ProfileFilter, list_profiles
from feidi.domain.matching.selectors.ranking import asker_of, rank
from feidi.domain.matching.selectors.weights import weights_in_force
from feidi.domain.matching.services.outcome_evidence import Proof
from feidi.domain.matching.services.profile_confirming import ask_whether_valid, confirm_profile
from feidi.domain.matching.services.profile_evidence import decide_claim, show_claim
from feidi.domain.matching.services.profile_states import close_profile, pause_profile, renew_profile
from feidi.engines.findings import RefusedError
from feidi.kernel.access import schedule_actor
from feidi.kernel.evidence.models import EvidenceItem
from feidi.kernel.todos.models import Todo
from tests.support.profiles import in_days, make_profile
from tests.support.world import World

pytestmark = pytest.mark.django_db
CLOCK = schedule_actor("matching.daily_questions")
FIRM = "滨海甲检测技术有限公司"


def later(world: World, days: int) -> Any:
    return world.now + timedelta(days=days)


def ask(world: World, days: int) -> int:
    return ask_whether_valid(actor=CLOCK, now=later(world, days), outpost=world.outpost)


def part(world: World, need: Profile, offer: Profile, code: str, days: int = 0) -> Any:
    """Return how well the offer meets a part, 0..1 (None: it is not asked), and the facts that are missing."""
    today = later(world, days).date()
    ranking = rank(asker_of(need), weights=weights_in_force(need.outpost).weights, today=today)
    found = next(each.candidate for each in ranking.found if each.profile.pk == offer.pk)
    return found.values.get(code), set(found.missing)


def test_entered_today_is_confirmed_today(world: World) -> None:
    assert make_profile(world).confirmed_on == world.now.date()
    assert make_profile(world, confirmed=False).confirmed_on is None


def test_confirming_is_one_tap_and_again_changes_nothing(world: World) -> None:
    profile = make_profile(world)
    assert confirm_profile(actor=world.actor("officer"), now=world.now, profile=profile).version == profile.version
    row = confirm_profile(actor=world.actor("officer"), now=later(world, 30), profile=profile)
    assert (row.confirmed_on, row.version) == (in_days(world, 30), profile.version + 1)


def test_whose_it_is_confirms_it_and_nobody_else(world: World) -> None:
    profile = make_profile(world, owner=FIRM)
    assert confirm_profile(actor=world.actor("tenant"), now=later(world, 9), profile=profile).confirmed_on == in_days(world, 9)  # fmt: skip
    other = make_profile(world)
    for login in ("tenant", "rival", "bureau"):
        with pytest.raises(RefusedError, match=r"parties\.not_permitted"):
            confirm_profile(actor=world.actor(login), now=later(world, 9), profile=other)


def test_what_is_over_is_not_confirmed(world: World) -> None:
    officer, profile = world.actor("officer"), make_profile(world)
    with pytest.raises(RefusedError, match=r"matching\.expiry_past"):
        confirm_profile(actor=officer, now=later(world, 181), profile=profile)
    close_profile(actor=officer, now=world.now, profile=profile, reason="成了")
    with pytest.raises(RefusedError, match=r"matching\.profile_closed"):
        confirm_profile(actor=officer, now=later(world, 1), profile=profile)


def test_after_ninety_days_of_silence_the_officer_is_asked_once(world: World) -> None:
    profile, officer = make_profile(world), world.actor("officer")
    assert ask(world, 89) == 0
    assert ask(world, 90) == 1
    assert (ask(world, 90), ask(world, 91)) == (0, 0)
    [todo] = Todo.objects.filter(subject_uid=profile.uid)
    assert todo.assignee == world.users["officer"]
    assert f"{profile.number} 还有效吗" in todo.what
    assert "2026-11-23 起 90 天没人确认" in todo.what
    confirm_profile(actor=officer, now=later(world, 92), profile=profile)
    todo.refresh_from_db()
    assert todo.done_at is not None
    assert ask(world, 100) == 0


def test_an_imported_one_is_asked_about_from_the_day_it_was_entered(world: World) -> None:
    make_profile(world, confirmed=False)
    assert (ask(world, 89), ask(world, 90)) == (0, 1)


def test_what_takes_no_part_is_not_asked_about(world: World) -> None:
    officer = world.actor("officer")
    pause_profile(actor=officer, now=world.now, profile=make_profile(world))
    make_profile(world, draft=True)
    make_profile(world, expires_on=in_days(world, 60))
    make_profile(world, by="rival", outpost=world.rival)
    assert ask(world, 90) == 0


def test_renewing_says_that_it_holds(world: World) -> None:
    profile = make_profile(world)
    ask(world, 90)
    row = renew_profile(actor=world.actor("officer"), now=later(world, 91), profile=profile, until=in_days(world, 300))
    assert row.confirmed_on == in_days(world, 91)
    assert not Todo.objects.filter(done_at=None).exists()


def test_the_long_silent_are_a_list(world: World) -> None:
    officer = world.actor("officer")
    silent, fresh = make_profile(world), make_profile(world)
    confirm_profile(actor=officer, now=later(world, 80), profile=fresh)
    wanted = ProfileFilter(show="silent", today=in_days(world, 95))
    assert list(list_profiles(officer, wanted)) == [silent]


def test_unknown_freshness_counts_half_and_is_asked_for(world: World) -> None:
    need = make_profile(world, Side.NEED)
    known, unknown = make_profile(world, Side.OFFER), make_profile(world, Side.OFFER, confirmed=False)
    value, missing = part(world, need, known, "freshness")
    assert value == pytest.approx(1)
    assert "updated_on" not in missing
    value, missing = part(world, need, unknown, "freshness")
    assert value == pytest.approx(0.5)
    assert "updated_on" in missing
    assert part(world, need, known, "freshness", 100)[0] < 1


def proof(at: int = 1, replaces: EvidenceItem | None = None) -> Any:
    return Proof(None, f"检测报告第 {at} 号", None, replaces=replaces)  # type: ignore[arg-type]


def test_evidence_is_unknown_until_somebody_decided(world: World) -> None:
    officer, lead = world.actor("officer"), world.actor("lead")
    need, offer = make_profile(world, Side.NEED), make_profile(world, Side.OFFER)
    one, two = (show_claim(actor=officer, now=world.now, profile=offer, proof=proof(at)) for at in (1, 2))
    offer.refresh_from_db()
    assert offer.evidence_percent is None
    assert part(world, need, offer, "evidence")[0] is None, "nobody's evidence is known, so it does not count"
    row = decide_claim(actor=lead, now=world.now, profile=offer, item=one, accept=True)
    assert row.evidence_percent == 100
    assert part(world, need, row, "evidence")[0] == pytest.approx(1)
    row = decide_claim(actor=lead, now=world.now, profile=row, item=two, accept=False, reason="不是这台设备")
    assert row.evidence_percent == 50
    # what corrects a returned piece takes its place, and waits
    three = show_claim(actor=officer, now=world.now, profile=row, proof=proof(3, two))
    row = decide_claim(actor=lead, now=world.now, profile=row, item=three, accept=True)
    assert row.evidence_percent == 100
    # another offer without any is unknown beside it, not worthless
    other = make_profile(world, Side.OFFER)
    value, missing = part(world, need, other, "evidence")
    assert value == pytest.approx(0.5)
    assert "evidence" in missing


def test_who_hands_in_and_who_decides(world: World) -> None:
    officer, offer = world.actor("officer"), make_profile(world, Side.OFFER, owner=FIRM)
    item = show_claim(actor=world.actor("tenant"), now=world.now, profile=offer, proof=proof())
    with pytest.raises(RefusedError, match=r"parties\.not_permitted"):
        show_claim(actor=world.actor("rival"), now=world.now, profile=offer, proof=proof())
    for login, code in (("officer", r"parties\.not_permitted|evidence\.reviewer_has_part"), ("tenant", r"parties\.")):
        with pytest.raises(RefusedError, match=code):
            decide_claim(actor=world.actor(login), now=world.now, profile=offer, item=item, accept=True)
    with pytest.raises(RefusedError, match=r"evidence\.return_needs_reason"):
        decide_claim(actor=world.actor("lead"), now=world.now, profile=offer, item=item, accept=False)
    offer.refresh_from_db()
    assert offer.evidence_percent is None
    close_profile(actor=officer, now=world.now, profile=offer, reason="成了")
    with pytest.raises(RefusedError, match=r"matching\.profile_closed"):
        show_claim(actor=officer, now=world.now, profile=offer, proof=proof())


def test_a_share_is_at_most_the_whole(world: World) -> None:
    profile = make_profile(world)
    with pytest.raises(IntegrityError), transaction.atomic():
        Profile.objects.filter(pk=profile.pk).update(evidence_percent=101)
    assert Profile.objects.get(pk=profile.pk).state == ProfileState.OPEN
