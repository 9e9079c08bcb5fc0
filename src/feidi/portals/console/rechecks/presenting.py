"""From yearly rows and rounds to what the components draw."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from feidi.domain.pipeline.enums import RecheckAnswer
from feidi.domain.pipeline.models import LandingRecheck, RecheckRound
from feidi.domain.pipeline.selectors.rechecks import Due, Kept, Retention, address_of, due_state, name_of
from feidi.portals.console.rechecks.forms import DUE
from feidi.portals.ui.pieces import Action, Badge, Column, Row, Tone

TONES: dict[Due, Tone] = {
    Due.TO_ASK: "warn",
    Due.ASKED: "info",
    Due.TO_CONFIRM: "warn",
    Due.CONFIRMED: "ok",
    Due.SUGGEST_REVOKE: "bad",
    Due.LATER: "quiet",
}
COLUMNS = [
    Column("firm", gettext_lazy("落户企业"), lead=True),
    Column("address", gettext_lazy("地址")),
    Column("project", gettext_lazy("项目"), shown=False),
    Column("n", gettext_lazy("第几年"), sortable=True, numeric=True),
    Column("due", gettext_lazy("到期"), sortable=True),
    Column("township", gettext_lazy("镇街")),
    Column("answer", gettext_lazy("镇街答复")),
    Column("note", gettext_lazy("镇街说明"), shown=False),
    Column("confirmed", gettext_lazy("主办方确认")),
    Column("on", gettext_lazy("确认日期"), sortable=True, shown=False),
    Column("state", gettext_lazy("情况")),
]
SORTS = {"n": "n", "due": "due_on", "on": "confirmed_on"}
ROUNDS = [
    Column("township", gettext_lazy("镇街"), sortable=True, lead=True),
    Column("year", gettext_lazy("年份"), sortable=True),
    Column("asked", gettext_lazy("问了几家"), numeric=True),
    Column("answered", gettext_lazy("答了几家"), numeric=True),
    Column("expires", gettext_lazy("链接到期"), sortable=True),
    Column("contact", gettext_lazy("发给谁")),
    Column("state", gettext_lazy("链接")),
]
ROUND_SORTS = {"township": "township", "year": "year", "expires": "expires_on"}
KEPT = {Kept.THERE: gettext_lazy("在"), Kept.GONE: gettext_lazy("不在"), Kept.UNKNOWN: gettext_lazy("未知")}
KEPT_TONES: dict[Kept, Tone] = {Kept.THERE: "ok", Kept.GONE: "bad", Kept.UNKNOWN: "quiet"}


def _said(code: str) -> str:
    return str(RecheckAnswer(code).label) if code else ""


def rows_of(rechecks: Sequence[LandingRecheck], today: date, *, may_confirm: frozenset[int]) -> list[Row]:
    """Return yearly rows; those of the homes in ``may_confirm`` can be confirmed in place."""
    rows = []
    for each in rechecks:
        state = due_state(each, today)
        case = each.case
        mine = case.project.outpost.home_id in may_confirm and each.due_on.year <= today.year
        actions = []
        if mine and state is not Due.SUGGEST_REVOKE:
            actions.append(Action(_("确认"), reverse("console:rechecks:recheck_confirm", args=[each.uid]), "check"))
        if state is Due.SUGGEST_REVOKE:
            actions.append(
                Action(_("去撤销核验"), reverse("console:pipeline:landing_view", args=[case.uid]), "alert-triangle")
            )
        rows.append(
            Row(
                cells={
                    "firm": name_of(case),
                    "address": address_of(case),
                    "project": case.project.name,
                    "n": each.n,
                    "due": each.due_on,
                    "township": each.round.township if each.round else "",
                    "answer": _said(each.answer),
                    "note": each.answer_note,
                    "confirmed": _said(each.confirmed),
                    "on": each.confirmed_on,
                    "state": str(DUE[state]),
                },
                url=reverse("console:pipeline:landing_view", args=[case.uid]),
                uid=each.uid,
                badges=[Badge(str(DUE[state]), TONES[state])] if state in {Due.SUGGEST_REVOKE, Due.TO_CONFIRM} else (),
                actions=actions,
            )
        )
    return rows


def link_state(round_: RecheckRound, today: date) -> Badge:
    """Return whether a round's link is open."""
    if round_.revoked_at is not None:
        return Badge(_("已撤销"), "quiet")
    return Badge(_("已过期"), "warn") if round_.expires_on < today else Badge(_("可用"), "ok")


def round_rows(rounds: Sequence[RecheckRound], today: date) -> list[Row]:
    """Return rounds as list rows; their yearly rows were fetched with them."""
    return [
        Row(
            cells={
                "township": each.township,
                "year": str(each.year),
                "asked": len(each.rows.all()),
                "answered": sum(1 for row in each.rows.all() if row.answer),
                "expires": each.expires_on,
                "contact": each.contact,
                "state": str(link_state(each, today).text),
            },
            url=reverse("console:rechecks:round_view", args=[each.uid]),
            uid=each.uid,
        )
        for each in rounds
    ]


def rate_text(found: Retention) -> str:
    """Return the retention as a rate, or the bounds between which it lies when answers are missing."""
    if not found.denominator:
        return _("还没有核实满一年的落地")
    lowest, highest = (
        (2000 * n + found.denominator) // (2 * found.denominator) / 10
        for n in (found.numerator, found.numerator + found.unknown)
    )
    return f"{lowest:g}%" if not found.unknown else f"{lowest:g}% – {highest:g}%"


def retention_rows(found: Retention) -> list[dict[str, object]]:
    """Return the landings behind the figure."""
    return [
        {
            "case": each.case,
            "name": name_of(each.case),
            "badge": Badge(str(KEPT[each.kept]), KEPT_TONES[each.kept]),
            "known_on": each.known_on,
            "n": each.n,
            "url": reverse("console:pipeline:landing_view", args=[each.case.uid]),
        }
        for each in found.rows
    ]
