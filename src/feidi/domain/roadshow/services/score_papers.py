"""评分表 and 评审汇总表 as Word files: paper for the day on which tablets fail, and for signing. Papers are Chinese.

What a judge's sheet calls a project follows the phase, as the judge's own page does: a number while reading is blind.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.utils.translation import override

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.roadshow.models import Assignment, Entry, Judge, Recusal, Round
from feidi.domain.roadshow.roadshow_access import EDIT
from feidi.domain.roadshow.roadshow_enums import RoundPhase, ScoreMethod
from feidi.domain.roadshow.roadshow_kinds import ROUND
from feidi.domain.roadshow.selectors.roadshow_results import counted_sheets, official_results
from feidi.domain.roadshow.selectors.roadshow_rules import roadshow_rules
from feidi.domain.roadshow.selectors.roadshow_sight import judge_fields, title_for
from feidi.domain.roadshow.services.dealing import live_entries
from feidi.domain.roadshow.services.result_papers import RULE_WORDS, ties_words
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded
from feidi.kernel.documents.office.papers import (
    Align,
    Block,
    Column,
    Heading,
    Labelled,
    Paper,
    PaperKind,
    Paragraph,
    SignBox,
    SignBoxes,
    Spacer,
    Table,
)

SHEET_TITLE: Final = "路演评分表"
SUMMARY_TITLE: Final = "路演评审汇总表"
_ROW_MM: Final = 14
#: From so many columns on the sheet lies on its side.
_WIDE: Final = 8
_OVER: Final = (RoundPhase.CLOSED, RoundPhase.SEALED)


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who prints it when, and whether every page is marked as a demonstration."""

    watermark: str = ""
    demonstration: bool = False


def score_sheets(*, actor: Actor, now: datetime, round_: Round, stamp: Stamp, judge: Judge | None = None) -> Paper:
    """Return the scoring sheets of a round, one judge a page; with ``judge`` that one's only. Who took them is on record.

    Each lists the projects dealt to the judge in running order, without those the judge stands aside from, with blanks
    for every criterion, the total, remarks, signature and date. Refused: nothing dealt to anybody (to this judge).
    """
    require(actor, EDIT, outpost_scope(round_.roadshow.outpost_id))
    dealt = _dealt(round_)
    if judge is not None:
        dealt = {judge: dealt[judge]} if judge in dealt else {}
    if not dealt:
        raise refuse("roadshow.nothing_dealt", name=round_.name)
    blocks: list[Block] = []
    with override("zh-hans"):
        for at, (one, entries) in enumerate(dealt.items()):
            if at:
                title = Paragraph((SHEET_TITLE,), indent=False, align=Align.CENTRE)
                blocks += [Spacer(page=True), title]
            blocks += _sheet(round_, one, entries)
    with recorded(actor=actor, now=now) as unit:
        unit.acted("score_sheets_printed", kind=ROUND, uid=round_.uid)
    return _paper(SHEET_TITLE, round_, blocks, stamp, columns=len(round_.criteria) + 3)


def summary_sheet(*, actor: Actor, now: datetime, round_: Round, stamp: Stamp) -> Paper:
    """Return the summary that the panel signs: every judge's total for every project, result and rank.

    Filled in by rank once the scores are collected; before that blank and in running order, to be written by hand.
    Refused: no entries.
    """
    require(actor, EDIT, outpost_scope(round_.roadshow.outpost_id))
    entries = live_entries(round_)
    if not entries:
        raise refuse("roadshow.entry_nobody")
    judges = list(_dealt(round_)) or list(round_.roadshow.judges.filter(voided_at__isnull=True).order_by("id"))
    with override("zh-hans"):
        blocks = [*_head(round_), *_totals(round_, entries, judges), *_recusals(entries), _signatures(round_, judges)]
    with recorded(actor=actor, now=now) as unit:
        unit.acted("summary_printed", kind=ROUND, uid=round_.uid)
    return _paper(SUMMARY_TITLE, round_, blocks, stamp, columns=len(judges) + 4)


def judges_dealt(round_: Round) -> list[Judge]:
    """Return the judges who have something to score in a round, in the order in which they were asked."""
    return list(_dealt(round_))


def _dealt(round_: Round) -> dict[Judge, list[Entry]]:
    """Return judge → entries in running order, judges in the order in which they were asked."""
    aside = Recusal.objects.filter(entry__round=round_, voided_at__isnull=True)
    recused = set(aside.values_list("judge_id", "entry_id"))
    seats = Assignment.objects.filter(entry__round=round_, voided_at__isnull=True, entry__voided_at__isnull=True)
    seats = seats.filter(judge__voided_at__isnull=True).select_related("judge", "entry__project")
    found: dict[Judge, list[Entry]] = {}
    for seat in seats.order_by("judge_id", "entry__position", "entry_id"):
        if (seat.judge_id, seat.entry_id) not in recused:
            found.setdefault(seat.judge, []).append(seat.entry)
    return found


def _paper(title: str, round_: Round, blocks: Sequence[Block], stamp: Stamp, *, columns: int) -> Paper:
    return Paper(
        kind=PaperKind.REVIEW_SHEET,
        title=title,
        blocks=tuple(blocks),
        reference=f"{round_.roadshow.number}-{round_.n}",
        watermark=stamp.watermark,
        demonstration=stamp.demonstration,
        landscape=columns >= _WIDE,
    )


def _head(round_: Round) -> list[Block]:
    show = round_.roadshow
    rule = f"{RULE_WORDS[ScoreMethod(round_.method)]}，保留 {round_.decimals} 位小数"
    return [
        Labelled("路演", (f"{show.number} {show.title_zh}（{show.held_on.isoformat()}）",)),
        Labelled("轮次", (round_.name,)),
        Labelled("计分", (rule,)),
    ]


def _sheet(round_: Round, judge: Judge, entries: Sequence[Entry]) -> list[Block]:
    fields = judge_fields(round_)
    told = Table(
        (Column("评分项", 1.2), Column("看什么", 3), Column("满分", 0.7, Align.CENTRE)),
        tuple((each["zh"], each.get("look_zh", ""), str(each["points"])) for each in round_.criteria),
    )
    points = [Column(f"{each['zh']}（{each['points']}）", 1, Align.CENTRE) for each in round_.criteria]
    total = sum(each["points"] for each in round_.criteria)
    columns = (
        Column("序号", 0.6, Align.CENTRE),
        Column("项目", 2.4),
        *points,
        Column(f"总分（{total}）", 1),
        Column("评语", 1.8),
    )
    blanks = ("",) * (len(points) + 2)
    rows = tuple((str(each.position), _called(each, fields), *blanks) for each in entries)
    return [
        *_head(round_),
        Labelled("评委", (judge.name,)),
        told,
        Heading(2, "打分", numbered=False),
        Table(columns, rows, row_mm=_ROW_MM),
        Paragraph(
            ("每项在 0 到满分之间，最多两位小数。与项目有任职、投资、亲属、师生等关系的，不打分并当场说明。",),
            indent=False,
        ),
        SignBoxes((SignBox(f"评委 {judge.name}"), SignBox("收表人"))),
    ]


def _called(entry: Entry, fields: Sequence[str]) -> str:
    """Return what a judge may know of an entry in this phase: its name or number, and its trade where that is open."""
    trade = entry.project.industry if "industry" in fields else ""
    return title_for(entry, fields) + (f"（{trade}）" if trade else "")


def _totals(round_: Round, entries: Sequence[Entry], judges: Sequence[Judge]) -> list[Block]:
    fields = judge_fields(round_)
    over = round_.phase in _OVER
    sheets = counted_sheets(round_) if over else []
    given = {(each.entry_id, each.judge_id): f"{(each.total or 0) / 100:.2f}" for each in sheets}
    columns = (
        Column("序号", 0.6, Align.CENTRE),
        Column("项目", 2.4),
        *(Column(each.name, 1, Align.CENTRE) for each in judges),
        Column("得分", 1, Align.CENTRE),
        Column("名次", 0.8, Align.CENTRE),
    )
    blocks: list[Block] = []
    results = official_results(round_, entries, sheets) if over else []
    places = {place.project: place for each in results if each.result for place in each.result.places}
    for group in sorted({each.group for each in entries}):
        members = [each for each in entries if each.group == group]
        if places:
            members.sort(
                key=lambda each: (places[each.uid].rank if each.uid in places else len(entries), each.position)
            )
        if group:
            blocks.append(Heading(2, group, numbered=False))
        blocks.append(
            Table(columns, tuple(_line(each, fields, judges, given, places) for each in members), row_mm=_ROW_MM)
        )
    rule = {"criteria": round_.criteria, "ties": round_.ties}
    return [*blocks, Paragraph((f"同分：{ties_words(rule)}。",), indent=False)]


def _line(
    entry: Entry,
    fields: Sequence[str],
    judges: Sequence[Judge],
    given: Mapping[tuple[int, int], str],
    places: Mapping[str, Any],
) -> tuple[str, ...]:
    place = places.get(entry.uid)
    rank = f"{place.rank}{'（并列）' if place.shared else ''}" if place else ""
    scores = (given.get((entry.pk, each.pk), "") for each in judges)
    return (str(entry.position), title_for(entry, fields), *scores, str(place.score) if place else "", rank)


def _recusals(entries: Sequence[Entry]) -> list[Block]:
    rows = Recusal.objects.filter(entry__in=entries, voided_at__isnull=True).select_related("judge", "entry")
    told = [f"{each.judge.name}（第 {each.entry.position} 号）" for each in rows.order_by("entry__position", "id")]
    return [Labelled("回避", ("、".join(told),))] if told else []


def _signatures(round_: Round, judges: Sequence[Judge]) -> SignBoxes:
    boxes: list[SignBox] = []
    for each in roadshow_rules(round_.roadshow.outpost).chain:
        if each.hands == 0:
            boxes += [SignBox(f"{each.label} {judge.name}") for judge in judges]
        else:
            boxes += [SignBox(each.label, seal=each.seal)] * each.hands
    return SignBoxes(tuple(boxes))
