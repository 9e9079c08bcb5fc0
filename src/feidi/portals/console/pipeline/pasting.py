"""From a pasted message to the lead form: what is proposed for which field, and what is left for 备注."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from feidi.engines.pasting import Piece, Proposed, Sure, What, parse_message

_STOPS = "，。；,;\n！!？?"
_TEAMS = ("团队", "课题组")
#: Kind of piece → field. The first of a kind goes there, further ones into the remarks.
_FIELDS = {
    What.ORGANIZATION: "sponsor",
    What.CODE: "uscc",
    What.PERSON: "contact_name",
    What.PHONE: "contact_phone",
    What.WECHAT: "wechat",
    What.BUSINESS: "one_line",
    What.ROUND: "round",
    What.REFERRER: "referrer",
}


@dataclass(frozen=True, slots=True)
class Pasted:
    """What a message proposes: values and marks by field; ``phones`` beyond the first (sealed with the contact)."""

    message: Proposed
    values: dict[str, Any] = field(default_factory=dict)
    hints: dict[str, str] = field(default_factory=dict)
    phones: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def read_pasted(text: str, today: date) -> Pasted:
    """Read a message for the lead form. Values are runs of the message (project name: two of them, side by side)."""
    message = parse_message(text, today)
    values: dict[str, Any] = {}
    likely: set[str] = set()
    for what, name in _FIELDS.items():
        if (piece := message.first(what)) is not None:
            values[name] = piece.text
            if piece.sure is Sure.LIKELY:
                likely.add(name)
    needs = message.all(What.NEED)
    if needs:
        values["needs"] = "；".join(each.text for each in needs)[:300]
    _propose_name(values)
    said = _propose_next(message, today, values)
    values["source_channel"] = "引荐" if "referrer" in values else "线上"
    values["remarks"] = "；".join(_left_over(message, said))
    values = {name: value for name, value in values.items() if value}
    phones = tuple(each.text for each in message.all(What.PHONE)[1:])
    return Pasted(message, values, _hints(values, likely), phones, _notes(message, phones))


def _propose_name(values: dict[str, Any]) -> None:
    parts = [values[name] for name in ("sponsor", "one_line") if name in values]
    if parts:
        values["name"] = " ".join(parts)[:160]
    if values.get("sponsor", "").endswith(_TEAMS):
        values["kind"] = "team"


def _propose_next(message: Proposed, today: date, values: dict[str, Any]) -> tuple[int, int]:
    """Propose the first day to come, with its clause, as the next step; return where that clause stands."""
    ahead = next((each for each in message.all(What.DATE) if each.day and each.day >= today), None)
    if ahead is None:
        return 0, 0
    start, end = _clause(message, ahead)
    values["next_on"], values["next_step"] = ahead.day, message.masked()[start:end].strip()[:300]
    return start, end


def _clause(message: Proposed, piece: Piece) -> tuple[int, int]:
    start, end = piece.start, piece.end
    while start > 0 and message.message[start - 1] not in _STOPS:
        start -= 1
    while end < len(message.message) and message.message[end] not in _STOPS:
        end += 1
    return start, end


def _left_over(message: Proposed, said: tuple[int, int]) -> list[str]:
    """Return what no field takes, in order of place: amounts, further names and days, and what was not recognised.

    ``said``: where the clause stands that went into the next step as a whole.
    """
    firsts = {piece.start for what in _FIELDS if (piece := message.first(what)) is not None}
    silent = {What.NEED, What.PHONE, What.WECHAT}
    spans = [(each.start, each.end) for each in message.pieces if each.start not in firsts and each.what not in silent]
    place = 0
    for rest in message.rest:
        place = message.message.index(rest, place)
        spans.append((place, place + len(rest)))
        place += len(rest)
    masked = message.masked()
    return [masked[start:end] for start, end in sorted(spans) if not said[0] <= start < end <= said[1]]


def _hints(values: dict[str, Any], likely: set[str]) -> dict[str, str]:
    plain = _("由粘贴文字提出，请确认")
    sentence = _("由粘贴文字按语序提出，请确认")
    hints = {name: sentence if name in likely else plain for name in values}
    if "next_on" in values:
        hints["next_on"] = _("由粘贴文字提出，年份或星期由系统推算，请确认")
    if "remarks" in values:
        hints["remarks"] = _("没有认出的文字原样放在这里")
    return hints


def _notes(message: Proposed, phones: tuple[str, ...]) -> tuple[str, ...]:
    notes = [_("电话不全，没有采用：{text}").format(text=each) for each in message.incomplete]
    if phones:
        notes.append(_("另有 {n} 个电话，随联系人一并加密保存").format(n=len(phones)))
    return tuple(notes)
