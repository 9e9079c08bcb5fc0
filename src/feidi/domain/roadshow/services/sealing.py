"""封存: rule, scores and ranking are frozen under one hash; a seal is voided with a reason, and both are kept."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.services.changing import changed, said
from feidi.domain.roadshow.models import Entry, Round, Seal, Sheet
from feidi.domain.roadshow.roadshow_access import SEAL
from feidi.domain.roadshow.roadshow_enums import RoundPhase
from feidi.domain.roadshow.roadshow_events import RoadshowSealed, RoadshowUnsealed
from feidi.domain.roadshow.roadshow_kinds import ROUND
from feidi.domain.roadshow.roadshow_kinds import SEAL as SEAL_KIND
from feidi.domain.roadshow.selectors.roadshow_results import GroupResult, counted_sheets, official_results
from feidi.domain.roadshow.services.dealing import live_entries
from feidi.engines.findings import RefusedError, refuse
from feidi.engines.judging import Place
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded
from feidi.kernel.events import publish

Json = dict[str, Any]


def seal_round(*, actor: Actor, now: datetime, round_: Round) -> Seal:
    """Seal a round's official result. Refused: no permission, not closed, no result by the rule (why)."""
    require(actor, SEAL, outpost_scope(round_.roadshow.outpost_id))
    with recorded(actor=actor, now=now) as unit:
        with changed(unit, round_, kind=ROUND, action="sealed") as row:
            if row.phase != RoundPhase.CLOSED:
                raise refuse("roadshow.seal_closed_only", phase=str(RoundPhase(row.phase).label))
            entries, sheets = live_entries(row), counted_sheets(row)
            results = official_results(row, entries, sheets)
            for each in results:
                if each.refusal is not None:
                    raise RefusedError(each.refusal)
            row.phase = RoundPhase.SEALED
        document = document_of(row, entries, sheets, results)
        seal = Seal(
            round=row,
            document=document,
            sha256=digest_of(document),
            sealed_at=now,
            sealed_by=actor.label[:160],
            created_at=now,
        )
        seal.save()
        unit.created(seal, kind=SEAL_KIND)
        ranking = [(each["project"], each["rank"], each["advances"]) for each in document["ranking"]]
        publish(
            RoadshowSealed(
                outpost_id=row.roadshow.outpost_id,
                roadshow_uid=row.roadshow.uid,
                round_uid=row.uid,
                seal_uid=seal.uid,
                sha256=seal.sha256,
                ranking=tuple((project, rank) for project, rank, _on in ranking),
                advanced=tuple(project for project, _rank, on in ranking if on),
            )
        )
    return seal


def void_seal(*, actor: Actor, now: datetime, seal: Seal, reason: str) -> Seal:
    """Take a sealed result back: the round is closed again, and can be reopened; the seal stays, with the reason."""
    require(actor, SEAL, outpost_scope(seal.round.roadshow.outpost_id))
    why = said(reason, "roadshow.reason_needed")
    with recorded(actor=actor, now=now) as unit:
        with changed(unit, seal, kind=SEAL_KIND, reason=why, action="voided") as row:
            row.voided_at, row.void_reason = now, why[:500]
        with changed(unit, seal.round, kind=ROUND, reason=why, action="unsealed") as round_:
            round_.phase = RoundPhase.CLOSED
        publish(RoadshowUnsealed(round_.roadshow.outpost_id, round_.uid, row.uid, why))
    return row


def digest_of(document: Mapping[str, Any]) -> str:
    """Return the hash over the canonical JSON: keys in order, no spaces, UTF-8.

    >>> digest_of({"b": 1, "a": "甲"}) == digest_of({"a": "甲", "b": 1})
    True
    """
    text = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def is_intact(seal: Seal) -> bool:
    """Tell whether what the seal holds still has its hash."""
    return digest_of(seal.document) == seal.sha256


def document_of(
    round_: Round, entries: Sequence[Entry], sheets: Sequence[Sheet], results: Sequence[GroupResult]
) -> Json:
    """Return what is sealed: everything by which the result can be reckoned again, as plain JSON."""
    return {
        "roadshow": {"uid": round_.roadshow.uid, "number": round_.roadshow.number, "title": round_.roadshow.title_zh},
        "round": {"uid": round_.uid, "n": round_.n, "name": round_.name, "format": round_.format},
        "rule": {
            "method": round_.method,
            "judges": round_.judges_needed,
            "decimals": round_.decimals,
            "ties": list(round_.ties),
            "advance": round_.advance,
            "criteria": [
                {"code": each["code"], "zh": each["zh"], "points": each["points"]} for each in round_.criteria
            ],
        },
        "scores": [
            {
                "entry": each.entry.uid,
                "judge": each.judge.uid,
                "judge_name": each.judge.name,
                "points": dict(each.points),
                "total": each.total,
                "revision": each.revision,
            }
            for each in sheets
        ],
        "recusals": [
            {"entry": row.entry.uid, "judge": row.judge.uid, "judge_name": row.judge.name, "reason": row.reason}
            for entry in entries
            for row in entry.recusals.filter(voided_at__isnull=True).select_related("judge", "entry").order_by("id")
        ],
        "ranking": [_ranked(entries, place, each.group, round_) for each in results for place in _places(each)],
    }


def _places(each: GroupResult) -> Sequence[Place]:
    return each.result.places if each.result else ()


def _ranked(entries: Sequence[Entry], place: Place, group: str, round_: Round) -> Json:
    entry = next(each for each in entries if each.uid == place.project)
    return {
        "entry": entry.uid,
        "project": entry.project.uid,
        "code": entry.project.code,
        "name": entry.project.name,
        "group": group,
        "rank": place.rank,
        "score": str(place.score),
        "judges": place.judges,
        "shared": place.shared,
        "decided_by": place.decided_by,
        "advances": round_.advance is not None and place.rank <= round_.advance,
    }
