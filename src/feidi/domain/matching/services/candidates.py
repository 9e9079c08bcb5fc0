"""Lists of candidates: made as reckoned, checked by a person, sent, answered one by one. What was shown is never changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from feidi.domain.matching.access import EDIT
from feidi.domain.matching.enums import ListState, ProfileState
from feidi.domain.matching.models import CandidateList, CandidateRow, Profile
from feidi.domain.matching.selectors.ranking import Found, Near, Ranking, asker_of, rank
from feidi.domain.matching.selectors.reading import meetable
from feidi.domain.matching.selectors.weights import weights_in_force
from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.engines.affinity import Held, State
from feidi.engines.findings import Finding, Level, Refusal, RefusedError, Scalar, refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded

KIND: Final = "matching.candidate_list"
_SENTENCE, _NOTE, _LABEL = 500, 300, 160
_GONE: Final = {
    "voided": _("对方已撤回"),
    ProfileState.DRAFT.value: _("对方还是草稿"),
    ProfileState.PAUSED.value: _("对方已暂停"),
    ProfileState.CLOSED.value: _("对方已了结"),
    "expired": _("对方已过有效期"),
    "apart": _("双方不能互相给出"),
}


def make_list(*, actor: Actor, now: datetime, profile: Profile) -> CandidateList:
    """Rank the other side for a need or an offer and keep the answer as it is: order, split, words, near misses, weights.

    Refused: no permission; the profile is not open, or past its day; nobody who could stand in the list.
    """
    require(actor, EDIT, outpost_scope(profile.outpost_id))
    with recorded(actor=actor, now=now) as unit:
        rows = Profile.objects.select_for_update(of=("self",)).select_related("outpost__home", "place", "person")
        row = rows.get(pk=profile.pk)
        today = now.astimezone(SHANGHAI).date()
        _check_open(row, today)
        current = weights_in_force(row.outpost)
        ranking = rank(asker_of(row), weights=current.weights, today=today)
        if not ranking.found:
            raise refuse("matching.list_empty", number=row.number, searched=ranking.searched)
        made = CandidateList.objects.create(
            outpost=row.outpost,
            profile=row,
            profile_version=row.version,
            weights=dict(current.weights),
            weights_number=current.number,
            engine=f"affinity {ranking.rules.sha256[:16]}",
            searched=ranking.searched,
            held_back=ranking.held_back,
            near_misses=[_near(each) for each in ranking.near],
            made_at=now,
            made_by=actor.label[:_LABEL],
            created_at=now,
        )
        CandidateRow.objects.bulk_create(_rows(made, ranking))
        unit.created(made, kind=KIND)
    return made


def check_list(
    *, actor: Actor, now: datetime, candidates: CandidateList, version: int, picks: Mapping[int, str]
) -> CandidateList:
    """Choose who is to be sent: position → the checker's own note. Three that somebody looked at beat twenty.

    May be done again until the list is sent. Refused, with all reasons: no permission, sent or taken back, somebody
    else saved since, nobody chosen, a position that is not there, no note, a candidate that may not be given any more.
    """
    require(actor, EDIT, outpost_scope(candidates.outpost_id))
    with recorded(actor=actor, now=now) as unit:
        row = lock_unsent(candidates, version)
        before = unit.before(row)
        rows = {each.position: each for each in row.rows.select_related("profile__person")}
        _check_picks(row, rows, picks, now)
        for position, each in rows.items():
            each.picked = position in picks
            each.note = picks.get(position, "").strip()[:_NOTE]
        CandidateRow.objects.bulk_update(rows.values(), ["picked", "note"])
        row.state, row.checked_at, row.checked_by = ListState.CHECKED, now, actor.label[:_LABEL]
        row.version += 1
        row.save()
        unit.changed(row, kind=KIND, before=before, action="checked")
        unit.acted("picked", kind=KIND, uid=row.uid, picked={str(at): note.strip() for at, note in picks.items()})
    return row


def void_list(*, actor: Actor, now: datetime, candidates: CandidateList, reason: str) -> CandidateList:
    """Take a list back, sent or not; a firm that had it in its workspace sees it no more. Refused: no reason, done before."""
    require(actor, EDIT, outpost_scope(candidates.outpost_id))
    if not reason.strip():
        raise refuse("matching.reason_needed")
    with recorded(actor=actor, now=now) as unit:
        row = lock_list(candidates)
        before = unit.before(row)
        row.voided_at, row.void_reason = now, reason.strip()[:500]
        row.version += 1
        row.save()
        unit.changed(row, kind=KIND, before=before, reason=row.void_reason, action="voided")
    return row


def lock_list(candidates: CandidateList) -> CandidateList:
    """Return the list as it stands now, locked. Refused: taken back."""
    rows = CandidateList.objects.select_for_update(of=("self",)).select_related("profile__outpost", "outpost")
    row = rows.get(pk=candidates.pk)
    if row.voided_at is not None:
        raise refuse("matching.list_voided", reason=row.void_reason)
    return row


def lock_unsent(candidates: CandidateList, version: int) -> CandidateList:
    """Return the list as it stands now, locked. Refused: taken back, sent, saved by somebody else since ``version``."""
    row = lock_list(candidates)
    if row.state == ListState.SENT and row.sent_at is not None:
        on = row.sent_at.astimezone(SHANGHAI).date().isoformat()
        raise refuse("matching.list_sent", on=on, to=row.sent_to)
    if row.version != version:
        raise refuse("matching.list_changed")
    return row


def gone_reasons(candidates: CandidateList, rows: Sequence[CandidateRow], now: datetime) -> list[Finding]:
    """Return why candidates may not be given any more: taken back, not open, past their day, or not to meet.

    A block is told as "not to meet", to whoever asks: whom it names is for the profile's own page.
    """
    today = now.astimezone(SHANGHAI).date()
    may = meetable(candidates.profile, [each.profile for each in rows])
    findings = []
    for each in rows:
        other = each.profile
        why = ""
        if other.voided_at is not None:
            why = "voided"
        elif other.state != ProfileState.OPEN:
            why = other.state
        elif other.expires_on < today:
            why = "expired"
        elif not may[other.pk]:
            why = "apart"
        if why:
            findings.append(_gone(each, why))
    return findings


def _gone(row: CandidateRow, why: str) -> Finding:
    params: dict[str, Scalar] = {"position": row.position, "number": row.profile.number, "why": str(_GONE[why])}
    return Finding(Level.PROBLEM, "matching.candidate_gone", params)


def _check_open(profile: Profile, today: date) -> None:
    if profile.voided_at is not None:
        raise refuse("matching.profile_voided", number=profile.number, reason=profile.void_reason)
    if profile.state != ProfileState.OPEN:
        raise refuse("matching.list_not_open", number=profile.number, state=str(ProfileState(profile.state).label))
    if profile.expires_on < today:
        raise refuse("matching.list_expired", number=profile.number, on=profile.expires_on.isoformat())


def _rows(made: CandidateList, ranking: Ranking) -> list[CandidateRow]:
    return [_row(made, position, each) for position, each in enumerate(ranking.found, start=1)]


def _row(made: CandidateList, position: int, found: Found) -> CandidateRow:
    each = found.candidate
    return CandidateRow(
        candidate_list=made,
        position=position,
        profile=found.profile,
        profile_version=found.profile.version,
        score=each.score,
        parts={part: value for part, value in each.parts.items() if part in made.weights},
        words=[{"text": word.text, "share": word.share} for word in each.words],
        sentence=each.sentence[:_SENTENCE],
        holds=[held_values(one) for one in each.holds],
        missing=list(each.missing),
        certain=each.state is State.FITS,
    )


def held_values(held: Held) -> dict[str, str]:
    """Return what is kept of a fact that was looked at."""
    return {"check": held.check, "needed": held.needed, "actual": held.actual}


def _near(near: Near) -> dict[str, Any]:
    return {
        "profile": near.profile.uid,
        "number": near.profile.number,
        "title": near.profile.title,
        **near_values(near),
    }


def near_values(near: Near) -> dict[str, Any]:
    """Return what is kept of a near miss: its score, what failed, the smallest change."""
    failed, change = near.miss.failed, near.miss.failed.change
    return {
        "version": near.profile.version,
        "score": near.miss.score,
        "sentence": near.miss.sentence[:_SENTENCE],
        **held_values(failed),
        "side": change.side if change else "",
        "to": change.to if change else "",
        "missing": list(near.miss.missing),
    }


def _check_picks(row: CandidateList, rows: Mapping[int, CandidateRow], picks: Mapping[int, str], now: datetime) -> None:
    if not picks:
        raise refuse("matching.pick_none")
    if strange := sorted(set(picks) - set(rows)):
        raise refuse("matching.pick_unknown", position=strange[0])
    findings = gone_reasons(row, [rows[position] for position in sorted(picks)], now)
    findings += [
        Finding(
            Level.PROBLEM,
            "matching.pick_note_needed",
            {"position": position, "number": rows[position].profile.number},
        )
        for position, note in sorted(picks.items())
        if not note.strip()
    ]
    if findings:
        first = findings[0]
        raise RefusedError(Refusal(first.code, first.params, tuple(findings[1:])))
