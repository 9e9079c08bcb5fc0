"""反馈函: every team gets its own figures and the remarks that somebody cleared; nobody else's."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django.utils.translation import override

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.services.changing import changed, today_of
from feidi.domain.roadshow.models import Entry, Round, Seal
from feidi.domain.roadshow.roadshow_access import EDIT
from feidi.domain.roadshow.roadshow_enums import RoundPhase
from feidi.domain.roadshow.roadshow_kinds import ENTRY
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded
from feidi.kernel.documents.models import PrintedForm
from feidi.kernel.documents.services.printing import print_form
from feidi.kernel.subjects import Subject

LETTER_TITLE: Final = "路演反馈函"
_WORDS: Final = 4000
Json = dict[str, Any]


def clear_letter(*, actor: Actor, now: datetime, entry: Entry, words: str) -> Entry:
    """Clear what a team is told beside its figures; from then on it reads its letter. Refused: not sealed."""
    require(actor, EDIT, outpost_scope(entry.round.roadshow.outpost_id))
    live_seal(entry.round)
    with recorded(actor=actor, now=now) as unit, changed(unit, entry, kind=ENTRY, action="letter_cleared") as row:
        row.letter_words = words.strip()[:_WORDS]
        row.letter_cleared_at, row.letter_cleared_by = now, actor.label[:160]
    return row


def print_letter(*, actor: Actor, now: datetime, entry: Entry) -> PrintedForm:
    """Print a team's letter with its QR. Refused: not sealed, not cleared."""
    require(actor, EDIT, outpost_scope(entry.round.roadshow.outpost_id))
    data = letter_of(entry)
    form, _pdf = print_form(
        actor=actor, now=now, subject=Subject(ENTRY, entry.uid), form="statement", title=LETTER_TITLE, data=data
    )
    return form


def letter_of(entry: Entry) -> Json:
    """Return what a team's letter says, as a statement. Papers are Chinese. Refused: not sealed, not cleared."""
    if entry.letter_cleared_at is None:
        raise refuse("roadshow.letter_not_cleared", name=entry.project.name)
    seal = live_seal(entry.round)
    document = seal.document
    mine = next((each for each in document["ranking"] if each["entry"] == entry.uid), None)
    if mine is None:
        raise refuse("roadshow.letter_not_cleared", name=entry.project.name)
    peers = [each for each in document["ranking"] if each["group"] == mine["group"]]
    with override("zh-hans"):
        words = [
            f"{entry.project.name} 项目团队：",
            f"感谢参加“{document['roadshow']['title']}”（{document['round']['name']}）。评审结果如下。",
            *_next_words(mine, document["rule"]["advance"]),
            *(entry.letter_words.splitlines() if entry.letter_words else []),
            "各分项为评委的平均分；评委姓名和其他项目的分数不提供。对结果有疑问，请在五个工作日内与驻点联系。",
        ]
        return {
            "facts": [
                {"label": "项目", "value": entry.project.name},
                {"label": "结果", "value": f"{mine['score']} 分"},
                {"label": "名次", "value": f"第 {mine['rank']} 名，共 {len(peers)} 个项目"},
                {"label": "结果封存", "value": f"{today_of(seal.sealed_at)}　{seal.sha256[:16]}"},
            ],
            "words": words,
            "tables": [
                {
                    "title": "各分项平均分",
                    "columns": ["评分项", "满分", "平均分"],
                    "rows": criterion_means(document, entry.uid),
                }
            ],
            "chain": [{"hand": entry.round.roadshow.outpost.name, "seal": True}],
        }


def criterion_means(document: Json, entry_uid: str) -> list[list[str]]:
    """Return criterion, full points and mean of one entry, from what is sealed."""
    mine = [each["points"] for each in document["scores"] if each["entry"] == entry_uid]
    return [
        [each["zh"], str(each["points"]), f"{sum(points[each['code']] for points in mine) / len(mine) / 100:.2f}"]
        for each in document["rule"]["criteria"]
        if mine
    ]


def live_seal(round_: Round) -> Seal:
    """Return the seal of a round. Refused: not sealed."""
    seal = round_.seals.filter(voided_at__isnull=True).first()
    if seal is None or round_.phase != RoundPhase.SEALED:
        raise refuse("roadshow.not_sealed", phase=str(RoundPhase(round_.phase).label))
    return seal


def _next_words(mine: Json, advance: int | None) -> list[str]:
    if advance is None:
        return []
    return ["按规则进入下一轮。"] if mine["advances"] else ["本轮按规则未进入下一轮。"]
