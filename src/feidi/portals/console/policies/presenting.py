"""A check-up, live or kept, as the page shows it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from feidi.domain.parties.enums import FactSource
from feidi.domain.policy.enums import Group
from feidi.domain.policy.models import Checkup
from feidi.domain.policy.selectors.sheets import Json
from feidi.engines.money import Money
from feidi.engines.rules.facts import FactDictionary
from feidi.kernel.money.display import format_money
from feidi.portals.console.policies import words
from feidi.portals.console.policies.asking import FACT
from feidi.portals.ui.pieces import Badge, Column, Crumb, Row

#: Groups whose rows stand open at first; the rest is one tap away.
_OPEN = frozenset({Group.APPLICABLE, Group.AUTOMATIC, Group.CONTESTED, Group.UNKNOWN, Group.NEAR})
#: Groups that speak of what may be had now.
HEAD = (Group.APPLICABLE, Group.AUTOMATIC, Group.CONTESTED, Group.UNKNOWN, Group.NEAR)
#: Groups under which a claim is made on the official platform.
_CLAIMED = frozenset({Group.APPLICABLE, Group.CONTESTED, Group.OUT_OF_WINDOW})
COLUMNS = [
    Column("name", gettext_lazy("单位"), sortable=True, lead=True),
    Column("checked", gettext_lazy("最近体检"), sortable=True),
    Column("best", gettext_lazy("最佳组合"), numeric=True),
    Column("applicable", gettext_lazy("可申请"), numeric=True),
    Column("automatic", gettext_lazy("免申即享"), numeric=True),
    Column("contested", gettext_lazy("可争取"), numeric=True),
    Column("unknown", gettext_lazy("待核实"), numeric=True),
]
SORTS = {"name": "name_folded", "checked": "last_as_of"}


def crumbs(*rest: Crumb) -> list[Crumb]:
    """Return the way to a page of this part."""
    return [Crumb(_("企业政策体检"), reverse("console:policies:checkup_list")), *rest]


def groups_of(results: Sequence[Json], today: date, *, claim_at: str = "") -> list[dict[str, Any]]:
    """Return the groups that have rows, in their order, each row ready to be shown.

    ``claim_at``: where the reader may begin to follow a claim of the subject; the clause is added to the address.
    """
    places = words.place_names()
    found = []
    for group in Group:
        claims = claim_at if group in _CLAIMED else ""
        rows = [row_of(each, today, places, claim_at=claims) for each in results if each["group"] == group]
        if rows:
            found.append(
                {
                    "code": group.value,
                    "label": group.label,
                    "note": words.GROUP_NOTES[group],
                    "tone": words.tone_of(group),
                    "rows": rows,
                    "open": group in _OPEN,
                }
            )
    return found


def row_of(row: Json, today: date, places: Mapping[str, str], *, claim_at: str = "") -> dict[str, Any]:
    """Return one clause for the page."""
    apart = row["group"] in {Group.UNCONFIRMED, Group.NOT_YET, Group.EXPIRED}
    return {
        **row,
        "name": words.title_of(row),
        "place_name": places.get(row["place"], row["place"]),
        "amount_words": words.amount_of(row),
        "badges": [*([words.verdict_badge(row)] if apart else []), *words.marks_of(row, today)],
        "missing_names": [words.fact_name(each) for each in row["missing_told"]],
        "term": _term(row),
        "confirm": words.needs_confirmation(row),
        "claim_url": f"{claim_at}&{urlencode({'clause': row['clause']})}" if claim_at else "",
    }


def _term(row: Json) -> str:
    if not row["valid_from"] and not row["valid_to"]:
        return str(row["validity_note"] or _("原文未见有效期"))
    return _("{since} 至 {until}").format(since=row["valid_from"] or "—", until=row["valid_to"] or "—")


def tiles_of(summary: Json, as_of: date) -> list[dict[str, Any]]:
    """Return the head figures: what the best combination is worth, and how many clauses stand where."""
    best = summary["combination"]["best"]
    total = Money(best["total_fen"], "CNY")
    tiles = [
        {
            "label": _("最佳组合可得"),
            "value": total,
            "unit": "",
            "url": "#combination",
            "note": _("{n} 条合计，只含确定的金额").format(n=len(best["clauses"])),
        }
    ]
    for group in HEAD:
        count = summary["groups"][group.value]
        url = f"#group-{group.value}" if count else ""
        tiles.append({"label": group.label, "value": count, "unit": _("条"), "url": url, "note": ""})
    return [{**each, "as_of": as_of} for each in tiles]


def combination_of(summary: Json, results: Sequence[Json]) -> dict[str, Any]:
    """Return the best set of clauses, the next best, what the best gives up, and what is never added."""
    rows = {each["clause"]: each for each in results}

    def named(codes: Iterable[str]) -> list[dict[str, str]]:
        known = [rows[code] for code in codes if code in rows]
        return [
            {"code": each["clause"], "name": words.title_of(each), "amount": words.amount_of(each)} for each in known
        ]

    told = summary["combination"]
    best, second = told["best"], told["runner_up"]
    return {
        "best": {"total": Money(best["total_fen"], "CNY"), "rows": named(best["clauses"])},
        "bound_by": best["bound_by"],
        "runner_up": {"total": Money(second["total_fen"], "CNY"), "rows": named(second["clauses"])} if second else None,
        "given_up": [
            {**row, "why": "、".join(one["name"] for one in named(each["excluded_by"])), "caps": each["caps"]}
            for each in told["given_up"]
            for row in named([each["clause"]])
        ],
        "possible": named(each["clause"] for each in told["possible"]),
        "left_out": [
            {**row, "why": words.LEFT_OUT[reason]}
            for code, reason in told["left_out"].items()
            if reason in words.LEFT_OUT
            for row in named([code])
        ],
    }


def fact_names(dictionary: FactDictionary) -> dict[str, str]:
    """Return fact id → what it is called in the reader's language."""
    return {each.id: words.fact_name({"name": each.name, "name_en": each.name_en}) for each in dictionary}


def facts_of(facts: Json, withdraw: str = "") -> list[dict[str, Any]]:
    """Return the facts that were used, for the page; ``withdraw``: where one is taken back, open for its uid."""
    sources = dict(FactSource.choices)
    return [
        {
            **told,
            "id": fact,
            "label": words.fact_name(told),
            "source_label": sources.get(told["source"], told["source"]),
            "badges": _fact_badges(told),
            "withdraw_url": withdraw.replace(FACT, told["row"]) if withdraw and told["row"] else "",
        }
        for fact, told in facts.items()
    ]


def _fact_badges(told: Json) -> list[Badge]:
    found = [Badge(_("{who} 确认").format(who=told["confirmed_by"]), "ok", "check")] if told["confirmed_by"] else []
    if told["stale"]:
        found.append(Badge(_("应更新"), "warn", "clock"))
    if not told["row"]:
        found.append(Badge(_("来自已有登记"), "quiet"))
    return found


def flips_of(before: Sequence[Json], after: Sequence[Json]) -> list[dict[str, Any]]:
    """Return the clauses that stand elsewhere, or grant another amount, than before the facts were filled in."""
    old = {each["clause"]: each for each in before}
    found = []
    for row in after:
        was = old.get(row["clause"])
        if was is None or (was["group"], was["amount"]) == (row["group"], row["amount"]):
            continue
        found.append(
            {
                "clause": row["clause"],
                "name": words.title_of(row),
                "was": Badge(Group(was["group"]).label, words.tone_of(Group(was["group"]))),
                "now": Badge(Group(row["group"]).label, words.tone_of(Group(row["group"]))),
                "was_amount": words.amount_of(was) if was["amount"] != row["amount"] else "",
                "amount": words.amount_of(row),
            }
        )
    return found


def chat_text(name: str, as_of: date, results: Iterable[Json], summary: Json) -> str:
    """Return clean lines for a chat message, at most 300 characters, whole lines only."""
    from feidi.portals.console.lists import chat_lines  # noqa: PLC0415 - xlsxwriter is slow to load

    counts = "，".join(f"{Group(each).label} {summary['groups'][each]} 条" for each in HEAD if summary["groups"][each])
    total = format_money(summary["combination"]["best"]["total_fen"], "CNY")
    lines = [counts or _("没有可申请的条款"), _("最佳组合合计 {total}").format(total=total)]
    wanted = (Group.APPLICABLE, Group.AUTOMATIC, Group.CONTESTED)
    lines += [f"· {words.title_of(each)} {words.amount_of(each)}" for each in results if each["group"] in wanted]
    return chat_lines(_("【{name}】政策体检（截至 {day}）").format(name=name, day=as_of.isoformat()), lines)


def row_of_organization(organization: Any, kept: Mapping[str, Checkup]) -> Row:
    """Return an organization as a list row, with the figures of its last check-up."""
    last = kept.get(organization.last_checkup or "")
    groups = last.summary["groups"] if last else {}
    best = Money(last.summary["combination"]["best"]["total_fen"], "CNY") if last else None
    return Row(
        cells={
            "name": organization.name,
            "checked": organization.last_as_of,
            "best": best,
            **{each: groups.get(each) for each in ("applicable", "automatic", "contested", "unknown")},
        },
        url=reverse("console:policies:checkup", args=[organization.uid]),
        uid=organization.uid,
    )


def read_moment(text: str) -> datetime | None:
    """Return the moment in an address; nonsense, or one without a zone, is none."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None
