"""Needs, offers and introductions pass to a colleague when their service officer leaves."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from feidi.domain.matching.enums import IntroductionState, ProfileState
from feidi.domain.matching.models import Introduction, Profile
from feidi.domain.matching.services.introduction_changing import KIND
from feidi.domain.matching.services.profile_indexing import KIND as PROFILE
from feidi.domain.parties.models import Outpost
from feidi.domain.parties.services.reassigning import passing
from feidi.kernel.identity.models import User

_OVER: Final = (IntroductionState.CONCLUDED, IntroductionState.ENDED)


def profiles_held(outpost: Outpost, user: User, _today: date) -> QuerySet[Profile]:
    """Return the outpost's needs and offers that are not closed and that ``user`` looks after."""
    rows = Profile.objects.filter(outpost=outpost, officer=user, voided_at__isnull=True)
    return rows.exclude(state=ProfileState.CLOSED).order_by("id")


def _introductions(outpost: Outpost) -> QuerySet[Introduction]:
    return Introduction.objects.filter(outpost=outpost, voided_at__isnull=True).exclude(state__in=_OVER).order_by("id")


def needs_advised(outpost: Outpost, user: User, _today: date) -> QuerySet[Introduction]:
    """Return the introductions under way in which ``user`` advises the side of the need."""
    return _introductions(outpost).filter(need_officer=user)


def offers_advised(outpost: Outpost, user: User, _today: date) -> QuerySet[Introduction]:
    """Return the introductions under way in which ``user`` advises the side of the offer."""
    return _introductions(outpost).filter(offer_officer=user)


def _profile(row: Any) -> tuple[str, str]:
    return str(row), str(row.get_state_display())


def _introduction(row: Any) -> tuple[str, str]:
    return str(row.number), str(row.get_state_display())


#: Two for introductions: one person may advise both sides, and an undo gives back no more than was given.
HANDLERS: Final = (
    passing("profiles", _("需求与供给"), PROFILE, field="officer", rows_of=profiles_held, say=_profile),
    passing(
        "introductions_need",
        _("对接（需求一侧）"),
        KIND,
        field="need_officer",
        rows_of=needs_advised,
        say=_introduction,
    ),
    passing(
        "introductions_offer",
        _("对接（供给一侧）"),
        KIND,
        field="offer_officer",
        rows_of=offers_advised,
        say=_introduction,
    ),
)
