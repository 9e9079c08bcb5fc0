"""From clauses and standings to what the components draw."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from feidi.domain.policy.enums import (
    ChangeCause,
    ChangeKind,
    Decision,
    Group,
    IssuerAnswer,
    Subject,
    Validity,
)
from feidi.domain.policy.models import ClauseStanding, ClauseVerification, PolicyClaim, StandingChange
from feidi.domain.policy.selectors.catalogue import Entry, list_clauses, places_with_policies
from feidi.engines.money import Money, MoneyText
from feidi.engines.rules.clauses import Clause, Tenant
from feidi.engines.rules.results import Why
from feidi.engines.rules.wording import rule_lines, say_amount
from feidi.kernel.subjects import Subject as Standing
from feidi.portals.console.policies.asking import kept_at
from feidi.portals.console.policies.words import needs_confirmation, place_names, tone_of, window_badges
from feidi.portals.ui.pieces import Badge, Column, Crumb, Row, Tone

COLUMNS = [
    Column("title", gettext_lazy("条款"), sortable=True, lead=True),
    Column("place", gettext_lazy("地方"), sortable=True),
    Column("subject", gettext_lazy("给谁")),
    Column("decision", gettext_lazy("方式")),
    Column("amount", gettext_lazy("待遇")),
    Column("window", gettext_lazy("受理")),
    Column("document", gettext_lazy("政策"), shown=False),
    Column("code", gettext_lazy("代码"), sortable=True),
    Column("who", gettext_lazy("现在符合"), numeric=True),
]
STANDING_COLUMNS = [
    Column("name", gettext_lazy("对象"), lead=True),
    Column("amount", gettext_lazy("金额"), numeric=True),
    Column("missing", gettext_lazy("缺什么、差在哪里")),
    Column("claim", gettext_lazy("申报")),
    Column("as_of", gettext_lazy("截至")),
]
CHANGE_COLUMNS = [
    Column("name", gettext_lazy("对象"), lead=True),
    Column("clause", gettext_lazy("条款")),
    Column("cause", gettext_lazy("原因")),
    Column("at", gettext_lazy("时间")),
]
_VALIDITY_TONES: dict[Validity, Tone] = {Validity.IN_FORCE: "ok", Validity.EXPIRED: "quiet", Validity.NOT_YET: "info"}
_CHANGE_TONES: dict[str, Tone] = {ChangeKind.GAINED: "ok", ChangeKind.LOST: "bad", ChangeKind.UNCLEAR: "warn"}


def crumbs(*rest: Crumb) -> list[Crumb]:
    """Return the way to a page of this part."""
    return [Crumb(_("政策库"), reverse("console:policy_library:clause_list")), *rest]


def title_of(clause: Clause) -> str:
    """Return what a clause is called in the reader's language."""
    return clause.title_en if get_language() == "en" and clause.title_en else clause.title


def document_url(entry: Entry) -> str:
    """Return the page of the policy that a clause stands in."""
    name = entry.path.rpartition("/")[2].removesuffix(".yaml")
    return reverse("console:policy_library:document_view", args=[entry.clause.place, name])


def clause_url(entry: Entry) -> str:
    """Return the page of a clause."""
    return reverse("console:policy_library:clause_view", args=[entry.clause.place, entry.clause.code])


def badges_of(entry: Entry, stamps: Sequence[ClauseVerification] = ()) -> list[Badge]:
    """Return whether a clause is in force, how far its text is to be trusted, and what speaks against it."""
    clause, validity = entry.clause, Validity(entry.validity.value)
    found = [
        Badge(validity.label, _VALIDITY_TONES.get(validity, "warn")),
        Badge(_("可信度 {grade}").format(grade=clause.trust.value), "quiet"),
    ]
    if clause.fair_competition:
        words = "、".join(clause.fair_competition)
        found.append(Badge(_("公平竞争审查：{words}").format(words=words), "bad", "alert-triangle"))
    found.append(_stamp_badge(entry, stamps))
    return found


def _stamp_badge(entry: Entry, stamps: Sequence[ClauseVerification]) -> Badge:
    held = next((each for each in stamps if each.sha256 == entry.sha256), None)
    if held is None and stamps:
        return Badge(_("条文改动后未再核实"), "warn", "phone")
    if held is None:
        # no original seen, or nobody knows whether it holds: whoever relies on it must ask first
        needed = clause_needs_asking(entry)
        return (
            Badge(_("需工作人员向原单位核实"), "warn", "phone")
            if needed
            else Badge(_("未向原单位核实"), "quiet", "phone")
        )
    if held.answer == IssuerAnswer.AS_WRITTEN:
        words = _("已向原单位核实 {day}").format(day=held.asked_on)
        return Badge(words, "ok", "circle-check", f"{held.asked}　{held.recorded_by}")
    return Badge(IssuerAnswer(held.answer).label, "bad", "phone", held.note)


def clause_needs_asking(entry: Entry) -> bool:
    """Tell whether staff must ask the issuer before anybody relies on a clause; the same rule as in a check-up."""
    return needs_confirmation({"trust": entry.clause.trust.value, "validity": entry.validity.value})


def amount_words(entry: Entry) -> str:
    """Return what a clause grants, shortly: its own words, else the amount as the rule has it."""
    return entry.clause.benefit or say_amount(entry.clause.amount, entry.dictionary)


def rows_of(
    entries: Iterable[Entry],
    today: date,
    stamps: Mapping[str, Sequence[ClauseVerification]],
    counts: Mapping[str, Mapping[str, int]],
) -> list[Row]:
    """Return clauses as list rows. ``counts``: clause → group → how many."""
    places = place_names()
    return [_row(each, today, places, stamps.get(each.clause.code, ()), counts) for each in entries]


def _row(
    entry: Entry,
    today: date,
    places: Mapping[str, str],
    stamps: Sequence[ClauseVerification],
    counts: Mapping[str, Mapping[str, int]],
) -> Row:
    clause = entry.clause
    counted = counts.get(clause.code)
    now = (Group.APPLICABLE, Group.AUTOMATIC, Group.CONTESTED)
    return Row(
        cells={
            "title": title_of(clause),
            "place": places.get(clause.place, clause.place),
            "subject": Subject(clause.subject.value).label,
            "decision": Decision(clause.decision.value).label,
            "amount": amount_words(entry),
            "window": window_words(clause, today),
            "document": entry.policy.document.title,
            "code": clause.code,
            "who": None if counted is None else sum(counted[each] for each in now),
        },
        url=clause_url(entry),
        uid=clause.code,
        badges=[*badges_of(entry, stamps), *window_marks(clause, today)],
        tone="quiet" if entry.validity.value == Validity.EXPIRED else "",
    )


def window_words(clause: Clause, today: date) -> str:
    """Return when claims are taken in, in words; empty where the text names no window."""
    window = clause.window
    if window is None:
        return ""
    first = date.fromordinal(window.start).isoformat() if window.start else "—"
    last = date.fromordinal(window.end).isoformat() if window.end else "—"
    return " ".join(part for part in (f"{first} – {last}", window.platform) if part)


def window_marks(clause: Clause, today: date) -> list[Badge]:
    """Return the state of the window with its countdown."""
    window = clause.window
    if window is None:
        return []
    state = "open"
    if window.start is not None and today.toordinal() < window.start:
        state = "not_yet"
    elif window.end is not None and today.toordinal() > window.end:
        state = "closed"
    told = {
        "state": state,
        "from": date.fromordinal(window.start).isoformat() if window.start else None,
        "to": date.fromordinal(window.end).isoformat() if window.end else None,
    }
    return window_badges(told, today)


def told_of(entry: Entry, today: date, stamps: Sequence[ClauseVerification]) -> dict[str, Any]:
    """Return one clause as the pages show it: text beside rule."""
    clause = entry.clause
    cited = clause.citation
    return {
        "code": clause.code,
        "title": title_of(clause),
        "url": clause_url(entry),
        "benefit": clause.benefit,
        "quote": cited.quote,
        "article": cited.article,
        "link": cited.url or entry.policy.document.url,
        "seen": _("全文") if cited.seen == "full" else _("节选"),
        "lines": [{"depth": min(depth, 6), "text": text} for depth, text in rule_lines(clause, entry.dictionary)],
        "badges": [*badges_of(entry, stamps), *window_marks(clause, today)],
        "pairs": list(_pairs(entry, today)),
    }


def _pairs(entry: Entry, today: date) -> Iterable[tuple[str, str]]:
    clause = entry.clause
    tenant = {Tenant.YES: _("是"), Tenant.NO: _("否"), Tenant.UNKNOWN: _("未载明")}[clause.enclave_tenant]
    term = clause.validity
    said = (
        (_("给谁"), str(Subject(clause.subject.value).label)),
        (_("方式"), str(Decision(clause.decision.value).label)),
        (_("有效期"), _span(term.start, term.end) or term.note or _("原文未见有效期")),
        (_("受理"), window_words(clause, today)),
        (_("适用飞地企业"), tenant),
        (_("不能同时享受"), "、".join(sorted(clause.excludes))),
        (_("同类只取一项"), clause.group),
        (_("义务"), "；".join(clause.duties)),
        (_("材料"), "、".join(clause.materials)),
        (_("产业"), "、".join(clause.industries)),
        (_("备注"), clause.note),
    )
    return ((label, value) for label, value in said if value)


def _span(start: int | None, end: int | None) -> str:
    if start is None and end is None:
        return ""
    first = date.fromordinal(start).isoformat() if start else "—"
    return f"{first} – {date.fromordinal(end).isoformat() if end else '—'}"


def standing_rows(
    rows: Sequence[ClauseStanding],
    names: Mapping[str, str],
    facts: Mapping[str, str],
    lacking: Mapping[int, Why],
    claims: Mapping[Standing, PolicyClaim],
) -> list[Row]:
    """Return how subjects stand.

    ``names``: uid → what it is called; ``facts``: id → its word; ``lacking``: key → the one condition that fails;
    ``claims``: subject → its newest claim under the clause.
    """
    return [
        Row(
            cells={
                "name": names.get(each.subject_uid, each.subject_uid),
                "amount": standing_amount(each),
                "missing": lacking_words(lacking[each.pk])
                if each.pk in lacking
                else "、".join(facts.get(fact, fact) for fact in each.missing),
                "claim": claim_words(each, claims),
                "as_of": each.as_of,
            },
            url=standing_url(each),
            uid=each.subject_uid,
            badges=[Badge(Group(each.group).label, tone_of(Group(each.group)))],
        )
        for each in rows
    ]


def claim_words(row: ClauseStanding, claims: Mapping[Standing, PolicyClaim]) -> str:
    """Return how the claim of a subject stands; whoever may claim and has not is named so (应享未享)."""
    claim = claims.get(Standing(row.subject_kind, row.subject_uid))
    if claim is not None:
        return _("部分到账") if claim.is_partly_paid else str(claim.get_status_display())
    return _("未申报") if row.group in {Group.APPLICABLE, Group.CONTESTED} else ""


def lacking_words(why: Why) -> str:
    """Return the one condition that fails, with what is needed and what there is."""
    if not why.needed:
        return why.words
    return _("{words}（实际 {actual}）").format(words=why.words, actual=why.actual)


def standing_url(row: ClauseStanding) -> str:
    """Return where it is explained why a subject stands as it does under a clause."""
    return f"{kept_at(row.subject_kind, row.subject_uid)}#clause-{row.clause}"


def standing_amount(row: ClauseStanding) -> Money | MoneyText | str | None:
    """Return the amount of a standing: exact, a range, a bound, nothing."""
    if row.lo_fen is None and row.hi_fen is None:
        return None
    if row.up_to:
        return MoneyText("", None, row.hi_fen, "CNY")
    if row.lo_fen == row.hi_fen and row.lo_fen is not None:
        return Money(row.lo_fen, "CNY")
    return MoneyText("", row.lo_fen, row.hi_fen, "CNY")


def titles_on(places: Iterable[str], day: date) -> dict[tuple[str, str], str]:
    """Return (place, code) → what each clause of some places is called."""
    known = set(places_with_policies())
    entries = list_clauses(on=day, places=known.intersection(places))
    return {(each.clause.place, each.clause.code): title_of(each.clause) for each in entries}


def titled(titles: Mapping[tuple[str, str], str], row: ClauseStanding | StandingChange) -> str:
    """Return a clause's title with its code; the code alone where it has been taken out of the library."""
    title = titles.get((row.place, row.clause))
    return f"{title}（{row.clause}）" if title else row.clause


def change_rows(
    rows: Sequence[StandingChange], names: Mapping[str, str], titles: Mapping[tuple[str, str], str]
) -> list[Row]:
    """Return what was gained and lost as list rows. ``titles``: (place, code) → what the clause is called."""
    return [
        Row(
            cells={
                "name": names.get(each.subject_uid, each.subject_uid),
                "clause": titled(titles, each),
                "cause": ChangeCause(each.cause).label,
                "at": each.changed_at,
            },
            url=reverse("console:policy_library:clause_view", args=[each.place, each.clause]),
            uid=str(each.pk),
            badges=[Badge(ChangeKind(each.kind).label, _CHANGE_TONES[each.kind])],
        )
        for each in rows
    ]
