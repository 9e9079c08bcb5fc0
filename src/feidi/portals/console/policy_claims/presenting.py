"""From claims to what the components draw."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from feidi.domain.policy.enums import ClaimStatus
from feidi.domain.policy.enums import Subject as ForWhom
from feidi.domain.policy.models import PolicyClaim, PolicyClaimEntry
from feidi.domain.policy.selectors.claims import ClaimFigures, next_steps
from feidi.engines.money import Money
from feidi.kernel.deadlines.models import Deadline
from feidi.kernel.evidence.selectors import RequirementState
from feidi.portals.console.words import say_pair
from feidi.portals.ui.pieces import Badge, ChecklistRow, Column, Crumb, Row, TimelineEntry, Tone

COLUMNS = [
    Column("title", gettext_lazy("条款"), lead=True),
    Column("claimant", gettext_lazy("申报方"), sortable=True),
    Column("platform", gettext_lazy("官方平台")),
    Column("number", gettext_lazy("受理号")),
    Column("seen_on", gettext_lazy("状态看到于"), sortable=True),
    Column("applied", gettext_lazy("申报"), numeric=True),
    Column("approved", gettext_lazy("核准"), numeric=True),
    Column("paid", gettext_lazy("到账"), numeric=True),
    Column("left", gettext_lazy("未到账"), numeric=True),
    Column("window", gettext_lazy("申报截止"), sortable=True),
]
SORTS = {"claimant": "organization__name", "seen_on": "status_seen_on", "window": "window_ends_on"}
_TONES: dict[str, Tone] = {
    ClaimStatus.DRAFT: "quiet",
    ClaimStatus.SUBMITTED: "info",
    ClaimStatus.RETURNED: "warn",
    ClaimStatus.APPROVED: "ok",
    ClaimStatus.REJECTED: "bad",
    ClaimStatus.PAID: "ok",
    ClaimStatus.CLOSED: "quiet",
    ClaimStatus.WITHDRAWN: "quiet",
}


def crumbs(*rest: Crumb) -> list[Crumb]:
    """Return the way to a page of this part."""
    return [Crumb(_("政策申报"), reverse("console:policy_claims:claim_list")), *rest]


def status_badge(claim: PolicyClaim) -> Badge:
    """Return the status as it was last seen."""
    if claim.is_partly_paid:
        return Badge(_("部分到账"), "info")
    return Badge(claim.get_status_display(), _TONES[claim.status])


def money(fen: int | None) -> Money | None:
    """Return an amount, None where nobody knows it."""
    return None if fen is None else Money(fen, "CNY")


def waited_for(claim: PolicyClaim) -> Money | None:
    """Return what was approved and is still waited for, None where nothing is."""
    waits = claim.status == ClaimStatus.APPROVED or claim.is_partly_paid
    return money(claim.remaining_fen) if waits else None


def kind_of(claim: PolicyClaim) -> ForWhom:
    """Return whose claim it is: a firm's, a person's, a referrer's."""
    if claim.organization is not None:
        return ForWhom.ORGANIZATION
    return ForWhom.REFERRAL if claim.person is None else ForWhom.PERSON


def rows_of(claims: Sequence[PolicyClaim], names: Mapping[int, str]) -> list[Row]:
    """Return claims as list rows. ``names``: key → whose claim it is, for the page."""
    return [
        Row(
            cells={
                "title": each.clause_title,
                "claimant": names[each.pk],
                "platform": each.platform,
                "number": each.acceptance_number,
                "seen_on": each.status_seen_on,
                "applied": money(each.applied_fen),
                "approved": money(each.approved_fen),
                "paid": money(each.paid_fen),
                "left": waited_for(each),
                "window": each.window_ends_on,
            },
            url=reverse("console:policy_claims:claim_view", args=[each.uid]),
            uid=each.uid,
            badges=[status_badge(each)],
        )
        for each in claims
    ]


def tiles_of(figures: ClaimFigures, as_of: date, *, here: str = "") -> list[dict[str, Any]]:
    """Return the head figures; each opens the rows behind it. Nothing to divide by is n/a, never 0.

    ``here``: the home side's page, "" for the outpost's list of claims.
    """
    name = "show" if here else "status"
    both = (
        "approved" if here else "paid"
    )  # what a ratio rests on: numerator and denominator, where one filter holds them
    here = here or reverse("console:policy_claims:claim_list")
    rate = _("n/a") if figures.rate is None else f"{_rounded(figures.rate * 100)}%"
    days = _("n/a") if figures.mean_days is None else _rounded(figures.mean_days)
    told = Money(figures.paid_fen, "CNY"), Money(figures.approved_fen, "CNY")
    more = [
        _("；待到账 {amount}").format(amount=_wan(Money(figures.waiting_fen, "CNY"))) if figures.waiting_fen else "",
        _("；不再拨付 {amount}").format(amount=_wan(Money(figures.closed_fen, "CNY"))) if figures.closed_fen else "",
        _("；{n} 件核准没写金额，未计入").format(n=figures.without_amount) if figures.without_amount else "",
    ]
    return [
        {"label": _("已提交"), "value": figures.filed, "unit": _("件"), "url": here, "note": ""},
        {
            "label": _("已核准"),
            "value": figures.approved,
            "unit": _("件"),
            "url": f"{here}?{name}=approved",
            "note": _("其中已到账 {n} 件").format(n=figures.paid),
        },
        {
            "label": _("兑现率"),
            "value": rate,
            "unit": "",
            "url": f"{here}?{name}={both}",
            "note": _("到账 {paid} ÷ 核准 {approved}").format(paid=_wan(told[0]), approved=_wan(told[1]))
            + "".join(more),
        },
        {
            "label": _("提交到到账"),
            "value": days,
            "unit": "" if figures.mean_days is None else _("天（平均）"),
            "url": f"{here}?{name}=paid",
            "note": "",
        },
    ]


def _wan(amount: Money) -> str:
    return f"{amount.wan:,.2f}".rstrip("0").rstrip(".") + _("万元")


def _rounded(value: Fraction) -> str:
    """Return one decimal place, halves up."""
    tenths = (value * 10 + Fraction(1, 2)).__floor__()
    return f"{tenths // 10}.{tenths % 10}" if tenths % 10 else f"{tenths // 10}"


def window_left(claim: PolicyClaim, today: date) -> str:
    """Return the last day for filing, with the days left while it still has to be filed."""
    ends = claim.window_ends_on
    if ends is None:
        return ""
    if claim.status not in {ClaimStatus.DRAFT, ClaimStatus.RETURNED}:
        return ends.isoformat()
    left = (ends - today).days
    words = _("还剩 {n} 天").format(n=left) if left >= 0 else _("已过 {n} 天").format(n=-left)
    return f"{ends.isoformat()}　{words}"


def clocks_of(running: Sequence[Deadline]) -> list[dict[str, Any]]:
    """Return the running clocks: what the firm owes may be late, what a government side owes reads 待反馈 · 第 n 天."""
    return [
        {
            "label": say_pair(each.label_zh, each.label_en),
            "due_on": each.due_on,
            "waiting_since": each.started_on if each.waiting_on else None,
            "unconfirmed": bool(each.taken_from),
        }
        for each in running
    ]


def pairs_of(claim: PolicyClaim, today: date, name: str) -> list[tuple[str, Any]]:
    """Return what is known of a claim. ``name``: whose it is, for the page."""
    closed = claim.status == ClaimStatus.CLOSED
    return [
        (_("申报方"), name),
        (_("官方平台"), claim.platform),
        (_("平台账号"), claim.account_holder),
        (_("受理号或回执号"), claim.acceptance_number),
        (_("状态看到于"), claim.status_seen_on),
        (_("申报截止"), window_left(claim, today)),
        (_("申报金额"), money(claim.applied_fen)),
        (_("核准金额"), money(claim.approved_fen)),
        (_("到账金额"), money(claim.paid_fen)),
        (_("不再拨付") if closed else _("未到账"), money(claim.remaining_fen) if closed else waited_for(claim)),
        (_("备注"), claim.note),
    ]


def entries_of(entries: Sequence[PolicyClaimEntry]) -> list[TimelineEntry]:
    """Return what was seen, the newest first."""
    return [
        TimelineEntry(
            when=each.seen_on,
            title=ClaimStatus(each.status).label,
            text=" ".join(part for part in (_amount(each), each.note) if part),
            who=each.recorded_by,
            icon="flag",
            tone=_TONES[each.status],
            url=reverse("console:files:file_view", args=[each.document.uid]) if each.document else "",
        )
        for each in reversed(entries)
    ]


def _amount(entry: PolicyClaimEntry) -> str:
    return "" if entry.amount_fen is None else _wan(Money(entry.amount_fen, "CNY"))


def materials_of(claim: PolicyClaim, states: Sequence[RequirementState], *, may_add: bool) -> list[ChecklistRow]:
    """Return the 材料清单 as a checklist: what is there, what lacks, where to add it."""
    return [
        ChecklistRow(
            "yes" if state.items else "no",
            _paper(state),
            "" if state.items else _("还没有文件"),
            reverse("console:policy_claims:material_add", args=[claim.uid, state.requirement.kind]) if may_add else "",
            _("上传"),
        )
        for state in states
    ]


def _paper(state: RequirementState) -> str:
    names = "、".join(each.file.name for each in state.items if each.file)
    return f"{state.requirement.label_zh}：{names}" if names else state.requirement.label_zh


def may_move_on(claim: PolicyClaim) -> bool:
    """Tell whether anything may follow the status."""
    return claim.voided_at is None and bool(next_steps(claim))
