"""对接: interest, both advisers' yes, names shown, an end with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from feidi.domain.matching.access import ANSWER_OWN, EDIT, own_profiles
from feidi.domain.matching.enums import Channel, IntroductionState, ProfileState, Side, Viewed
from feidi.domain.matching.models import CandidateRow, Introduction, Profile
from feidi.domain.matching.selectors.introduction_steps import can_go_back
from feidi.domain.matching.selectors.reading import meetable
from feidi.domain.matching.services.answering import accepted_words
from feidi.domain.matching.services.introduction_changing import (
    KIND,
    changed_introduction,
    drop_meetings,
    take_step,
    write_step,
)
from feidi.domain.matching.services.profile_indexing import KIND as PROFILE
from feidi.domain.matching.services.profile_readings import Sent, record_sending
from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.models import Outpost
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.parties.services.numbering import next_number, number_prefix
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor, ScopeKind
from feidi.kernel.audit import recorded
from feidi.kernel.identity.models import User
from feidi.kernel.subjects import Subject
from feidi.kernel.todos.models import Todo
from feidi.kernel.todos.services import add_todo, settle_todos

_LABEL: Final = 160


@dataclass(frozen=True, slots=True)
class Interest:
    """Who is interested in whom: through which channel, on which side it began, out of which candidate of a list."""

    channel: Channel
    asked_by_side: Side = Side.NEED
    candidate: CandidateRow | None = None
    on: date | None = None


def express_interest(*, actor: Actor, now: datetime, need: Profile, offer: Profile, interest: Interest) -> Introduction:
    """Begin an introduction. Nothing but what the masked texts say is open to either side by it.

    Refused: not a need and an offer of one outpost, one of them not open any more, two that must not meet (whoever
    blocks whom is not told), the pair standing already, a day in the future.
    """
    require(actor, EDIT, outpost_scope(need.outpost_id))
    today = now.astimezone(SHANGHAI).date()
    on = _not_ahead(interest.on or today, today)
    _check_pair(need, offer, today)
    with recorded(actor=actor, now=now) as unit:
        outpost = Outpost.objects.select_related("home").get(pk=need.outpost_id)
        at = next_number(outpost=outpost, series="introduction", now=now)  # locks the series: of two the second sees
        _check_once(need, offer)
        row = Introduction(
            outpost=outpost,
            number=f"{number_prefix(outpost)}-DJ-{today.year}-{at:04d}",
            need=need,
            offer=offer,
            candidate=interest.candidate,
            channel=interest.channel,
            asked_by_side=interest.asked_by_side,
            need_officer=need.officer,
            offer_officer=offer.officer,
            interested_on=on,
            recorded_by=actor.label[:_LABEL],
            created_at=now,
        )
        row.save()
        write_step(row, IntroductionState.INTERESTED, actor=actor, now=now, on=on)
        unit.created(row, kind=KIND)
        _ask_advisers(actor, now, row)
        _settle_wish(actor, now, row)
    return row


def agree_to_introduction(
    *, actor: Actor, now: datetime, introduction: Introduction, side: Side, by: str, on: date | None = None
) -> Introduction:
    """Write down that one side agreed, and who said so. With the second yes both have agreed.

    By the outpost's people for either side, or by a firm in its workspace for its own. Refused: nobody named, that side
    agreed before, not waiting for a yes, a day in the future.
    """
    _may_answer(actor, introduction, side)
    today = now.astimezone(SHANGHAI).date()
    day = _not_ahead(on or today, today)
    if not by.strip():
        raise refuse("matching.introduction_who_agreed")
    with recorded(actor=actor, now=now) as unit, changed_introduction(unit, introduction, action="agreed") as row:
        earlier = row.need_agreed_on if side is Side.NEED else row.offer_agreed_on
        if earlier is not None:
            raise refuse("matching.introduction_agreed_before", side=str(Side(side).label), on=earlier.isoformat())
        if side is Side.NEED:
            row.need_agreed_on, row.need_agreed_by = day, by.strip()[:_LABEL]
        else:
            row.offer_agreed_on, row.offer_agreed_by = day, by.strip()[:_LABEL]
        _settle(actor, now, row, _officer(row, side))
        if row.need_agreed_on and row.offer_agreed_on:
            take_step(row, IntroductionState.AGREED, actor=actor, now=now, on=day)
    return row


def reveal_identities(*, actor: Actor, now: datetime, introduction: Introduction) -> Introduction:
    """Show each side whose the other profile is; both owners see in 谁看过 that the other learned it.

    Refused: not both agreed; blocked since then (told without saying by whom).
    """
    require(actor, EDIT, outpost_scope(introduction.outpost_id))
    today = now.astimezone(SHANGHAI).date()
    with recorded(actor=actor, now=now) as unit:
        with changed_introduction(unit, introduction, action="revealed") as row:
            _check_meetable(row.need, row.offer)
            take_step(row, IntroductionState.REVEALED, actor=actor, now=now)
            row.revealed_on = today
        for mine, other in ((row.need, row.offer), (row.offer, row.need)):
            sent = Sent(other.organization, reader_of(other))
            record_sending(actor=actor, now=now, profile=mine, what=Viewed.IDENTITY, sent=sent, on_paper=False)
    return row


def end_introduction(
    *, actor: Actor, now: datetime, introduction: Introduction, reason: str, on: date | None = None
) -> Introduction:
    """End an introduction that leads to nothing; its texts are closed again to the other side, known names stay known,
    meetings still planned are taken off.

    By the outpost's people, or by either firm. Refused: no reason, concluded or ended before, a day in the future.
    """
    if not _owns(actor, introduction.need_id, introduction.offer_id):
        require(actor, EDIT, outpost_scope(introduction.outpost_id))
    if not reason.strip():
        raise refuse("matching.introduction_reason")
    today = now.astimezone(SHANGHAI).date()
    day = _not_ahead(on or today, today)
    with recorded(actor=actor, now=now) as unit:
        with changed_introduction(unit, introduction, reason=reason, action="ended") as row:
            take_step(row, IntroductionState.ENDED, actor=actor, now=now, on=day, note=reason)
            row.ended_on, row.ended_reason = day, reason.strip()[:300]
            drop_meetings(unit, row, now, reason)
        settle_todos(actor=actor, now=now, todos=_todos(row))
    return row


def take_back_step(
    *, actor: Actor, now: datetime, introduction: Introduction, version: int, reason: str
) -> Introduction:
    """Undo the last step, with a reason; the log keeps both. Refused: the first step, names that were shown,
    something entered since that hangs on the step, somebody else moved on.
    """
    require(actor, EDIT, outpost_scope(introduction.outpost_id))
    if not reason.strip():
        raise refuse("matching.introduction_reason")
    with recorded(actor=actor, now=now) as unit:
        with changed_introduction(unit, introduction, version=version, reason=reason, action="taken_back") as row:
            state = IntroductionState(row.state)
            last = row.log.order_by("-id").first()
            if last is None or not can_go_back(state) or not last.from_state:
                raise refuse("matching.introduction_no_way_back", state=str(state.label))
            _refuse_hanging(row, state)
            write_step(row, IntroductionState(last.from_state), actor=actor, now=now, note=reason)
            if state is IntroductionState.AGREED:
                row.need_agreed_on = row.offer_agreed_on = None
                row.need_agreed_by = row.offer_agreed_by = ""
            if state is IntroductionState.ENDED:
                row.ended_on, row.ended_reason = None, ""
        if row.state == IntroductionState.INTERESTED:
            _ask_advisers(actor, now, row)
    return row


def void_introduction(*, actor: Actor, now: datetime, introduction: Introduction, reason: str) -> Introduction:
    """Take back an introduction that was entered in error. Refused: no reason, names already shown (end it instead)."""
    require(actor, EDIT, outpost_scope(introduction.outpost_id))
    if not reason.strip():
        raise refuse("matching.introduction_reason")
    with recorded(actor=actor, now=now) as unit:
        with changed_introduction(unit, introduction, reason=reason, action="voided") as row:
            if row.revealed_on is not None:
                raise refuse("matching.introduction_no_way_back", state=str(IntroductionState.REVEALED.label))
            row.voided_at, row.void_reason = now, reason.strip()[:500]
        settle_todos(actor=actor, now=now, todos=_todos(row))
    return row


def reader_of(profile: Profile) -> str:
    """Return the name under which a profile's owner stands in 谁看过."""
    owner = profile.organization or profile.project or profile.person
    return str(owner)[:_LABEL]


def _check_pair(need: Profile, offer: Profile, today: date) -> None:
    if need.side != Side.NEED or offer.side != Side.OFFER:
        raise refuse("matching.introduction_sides", need=str(Side(need.side).label), offer=str(Side(offer.side).label))
    if need.outpost_id != offer.outpost_id:
        raise refuse("matching.introduction_elsewhere", need=need.number, offer=offer.number)
    for each in (need, offer):
        if each.state != ProfileState.OPEN or each.voided_at is not None or each.expires_on < today:
            raise refuse(
                "matching.introduction_closed_profile",
                number=each.number,
                state=str(ProfileState(each.state).label),
                until=each.expires_on.isoformat(),
            )
    _check_meetable(need, offer)


def _check_meetable(need: Profile, offer: Profile) -> None:
    if not meetable(need, [offer])[offer.pk]:
        raise refuse("matching.introduction_impossible", need=need.number, offer=offer.number)


def _check_once(need: Profile, offer: Profile) -> None:
    standing = (
        Introduction.objects.filter(need=need, offer=offer, voided_at__isnull=True)
        .exclude(state=IntroductionState.ENDED)
        .first()
    )
    if standing is not None:
        raise refuse(
            "matching.introduction_twice",
            need=need.number,
            offer=offer.number,
            number=standing.number,
            state=str(IntroductionState(standing.state).label),
        )


def _refuse_hanging(row: Introduction, state: IntroductionState) -> None:
    """A step is not taken back while what it led to still stands."""
    trials = state is IntroductionState.TRYING and row.trials.filter(voided_at__isnull=True).exists()
    outcomes = state is IntroductionState.CONCLUDED and row.outcomes.filter(voided_at__isnull=True).exists()
    if trials or outcomes:
        raise refuse("matching.introduction_has_rows", what=str(state.label))


def _may_answer(actor: Actor, introduction: Introduction, side: Side) -> None:
    own = introduction.need_id if side is Side.NEED else introduction.offer_id
    if not _owns(actor, own):
        require(actor, EDIT, outpost_scope(introduction.outpost_id))


def _owns(actor: Actor, *profiles: int) -> bool:
    if not actor.scopes(ANSWER_OWN, ScopeKind.ORGANIZATION):
        return False
    return own_profiles(actor, Profile.objects.filter(pk__in=profiles)).exists()


def _officer(row: Introduction, side: Side) -> User:
    return row.need_officer if side is Side.NEED else row.offer_officer


def _todos(row: Introduction) -> QuerySet[Todo]:
    return Todo.objects.filter(subject_kind=KIND, subject_uid=row.uid)


def _settle(actor: Actor, now: datetime, row: Introduction, officer: User) -> None:
    """What one adviser was asked is answered; where one person advises both sides, only with the second answer."""
    waiting = row.need_agreed_on is None or row.offer_agreed_on is None
    if waiting and row.need_officer_id == row.offer_officer_id:
        return
    settle_todos(actor=actor, now=now, todos=_todos(row).filter(assignee=officer))


def _settle_wish(actor: Actor, now: datetime, row: Introduction) -> None:
    """“愿意见…请发起对接” is done with the beginning, whichever side said it."""
    for mine, other in ((row.need, row.offer), (row.offer, row.need)):
        asked = Todo.objects.filter(subject_kind=PROFILE, subject_uid=mine.uid, what=accepted_words(mine, other))
        settle_todos(actor=actor, now=now, todos=asked)


def _ask_advisers(actor: Actor, now: datetime, row: Introduction) -> None:
    for officer in {row.need_officer_id: row.need_officer, row.offer_officer_id: row.offer_officer}.values():
        what = _("{number} 待确认双方是否同意见面：{need} × {offer}").format(
            number=row.number, need=row.need.number, offer=row.offer.number
        )
        add_todo(actor=actor, now=now, subject=Subject(KIND, row.uid), what=what, assignee=officer)


def _not_ahead(day: date, today: date) -> date:
    if day > today:
        raise refuse("pipeline.date_in_future", value=day.isoformat())
    return day
