"""Sending a checked list, and what the side that asked says of each candidate: yes, no and why, later."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _

from feidi.domain.matching.access import EDIT
from feidi.domain.matching.enums import DeclineReason, ListState, Verdict, Viewed
from feidi.domain.matching.models import CandidateList, CandidateRow, Profile
from feidi.domain.matching.selectors.candidates import answers_own, may_answer
from feidi.domain.matching.selectors.reading import readings_of
from feidi.domain.matching.services.candidates import KIND, gone_reasons, lock_list, lock_unsent
from feidi.domain.matching.services.profile_readings import Sent, record_reading, record_sending
from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.engines.findings import Refusal, RefusedError, refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded
from feidi.kernel.subjects import Subject
from feidi.kernel.todos.services import add_todo

PROFILE: Final = "matching.profile"
_LABEL, _NOTE = 160, 300


@dataclass(frozen=True, slots=True)
class Answer:
    """What was said of one candidate; a decline says why."""

    verdict: Verdict
    reason: DeclineReason | None = None
    note: str = ""


def send_list(
    *, actor: Actor, now: datetime, candidates: CandidateList, version: int, to: str, on_paper: bool
) -> CandidateList:
    """Send the chosen candidates to somebody at the side that asked; what was sent is never changed again.

    ``on_paper``: as a picture, a message or paper, and each chosen profile notes at once who got its masked text. Else
    the firm finds it in its workspace, and the profiles note who opens it there.

    Refused: no permission, nobody named, not checked, sent before, taken back, changed since; a chosen candidate that
    may not be given any more.
    """
    require(actor, EDIT, outpost_scope(candidates.outpost_id))
    if not to.strip():
        raise refuse("matching.send_to_needed")
    with recorded(actor=actor, now=now) as unit:
        row = lock_unsent(candidates, version)
        if row.state != ListState.CHECKED:
            raise refuse("matching.list_not_checked")
        chosen = list(row.rows.filter(picked=True).select_related("profile__person", "profile__outpost"))
        if findings := gone_reasons(row, chosen, now):
            raise RefusedError(Refusal(findings[0].code, findings[0].params, tuple(findings[1:])))
        before = unit.before(row)
        row.state, row.sent_at, row.sent_by = ListState.SENT, now, actor.label[:_LABEL]
        row.sent_to = to.strip()[:_LABEL]
        row.version += 1
        row.save()
        unit.changed(row, kind=KIND, before=before, action="sent")
        if on_paper:
            sent = Sent(row.profile.organization, row.sent_to)
            for each in chosen:
                record_sending(actor=actor, now=now, profile=each.profile, what=Viewed.MASKED, sent=sent)
    return row


def open_list(*, actor: Actor, now: datetime, candidates: CandidateList) -> CandidateList:
    """Note that the firm's own person opened what was sent: each profile's owner sees who read it, and when.

    Refused: not sent, taken back, not the actor's own.
    """
    row = candidates
    if row.state != ListState.SENT or not answers_own(actor, row):
        raise refuse("matching.list_not_sent")
    today = now.astimezone(SHANGHAI).date()
    with recorded(actor=actor, now=now):
        chosen = list(row.rows.filter(picked=True).select_related("profile__person", "profile__outpost"))
        may = readings_of(actor, [each.profile for each in chosen], today)
        for profile in (each.profile for each in chosen if may[each.profile_id].masked):
            # what was taken back or closed to the firm since shows nothing, so nothing is read of it
            record_reading(
                actor=actor, now=now, profile=profile, what=Viewed.MASKED, organization=row.profile.organization
            )
    return row


def answer_candidate(*, actor: Actor, now: datetime, row: CandidateRow, answer: Answer) -> CandidateRow:
    """Keep what the side that asked says of one candidate: its own people in their workspace, or an officer on the phone.

    May be said again until an introduction has begun. A yes in the workspace puts a to-do on the officer's list.
    Refused: not for the actor to answer, not sent, taken back, not among those sent, a no without a reason, an
    introduction that has begun.
    """
    candidates = row.candidate_list
    if not may_answer(actor, candidates):
        require(actor, EDIT, outpost_scope(candidates.outpost_id))
        raise refuse("matching.list_not_sent")
    with recorded(actor=actor, now=now) as unit:
        standing = lock_list(candidates)
        _check_sent(standing, row)
        kept = CandidateRow.objects.select_for_update(of=("self",)).select_related("profile").get(pk=row.pk)
        _check_answer(kept, answer)
        kept.verdict = answer.verdict
        kept.reason = answer.reason.value if answer.reason and answer.verdict is Verdict.DECLINED else ""
        kept.reason_note = answer.note.strip()[:_NOTE]
        said = answer.verdict is not Verdict.NONE
        kept.answered_at, kept.answered_by = (now, actor.label[:_LABEL]) if said else (None, "")
        kept.save(update_fields=["verdict", "reason", "reason_note", "answered_at", "answered_by"])
        unit.acted(
            "answered",
            kind=KIND,
            uid=standing.uid,
            position=kept.position,
            verdict=kept.verdict,
            reason_code=kept.reason,
            note=kept.reason_note,
        )
        if answer.verdict is Verdict.ACCEPTED and not actor.may(EDIT, outpost_scope(standing.outpost_id)):
            _tell_officer(actor, now, standing, kept)
    return kept


def _check_sent(candidates: CandidateList, row: CandidateRow) -> None:
    if candidates.state != ListState.SENT:
        raise refuse("matching.list_not_sent")
    if not row.picked:
        raise refuse("matching.candidate_not_sent", position=row.position)


def _check_answer(row: CandidateRow, answer: Answer) -> None:
    if answer.verdict is Verdict.DECLINED and answer.reason is None:
        raise refuse("matching.decline_reason_needed", position=row.position)
    begun = row.introductions.filter(voided_at__isnull=True).first()
    if begun is not None:
        raise refuse("matching.answer_introduced", position=row.position, number=begun.number)


def accepted_words(profile: Profile, other: Profile) -> str:
    """Return what stands on the officer's list after a yes in the workspace."""
    return _("{number} 愿意见候选 {other}，请发起对接").format(number=profile.number, other=other.number)


def _tell_officer(actor: Actor, now: datetime, candidates: CandidateList, row: CandidateRow) -> None:
    profile = candidates.profile
    what = accepted_words(profile, row.profile)
    add_todo(
        actor=actor,
        now=now,
        subject=Subject(PROFILE, profile.uid),
        what=what,
        assignee=profile.officer,
        due_on=now.astimezone(SHANGHAI).date(),
    )
