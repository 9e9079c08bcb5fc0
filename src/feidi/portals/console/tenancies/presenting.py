"""From tenancies to what the components draw."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from feidi.domain.incubation.enums import ChargeKind, Programme, TenancyEnd, TenancyKind
from feidi.domain.incubation.models import Charge, Tenancy, TenancyTerm
from feidi.domain.incubation.selectors.ledger import Balance, Forgone
from feidi.domain.incubation.selectors.tenancies import term_on, units_on
from feidi.domain.incubation.selectors.warnings import Signal
from feidi.engines.money import Money
from feidi.portals.ui.pieces import Badge, Column, Row

COLUMNS = [
    Column("number", gettext_lazy("编号"), sortable=True, lead=True),
    Column("organization", gettext_lazy("单位"), sortable=True),
    Column("kind", gettext_lazy("类型")),
    Column("programme", gettext_lazy("阶段")),
    Column("project", gettext_lazy("项目"), shown=False),
    Column("units", gettext_lazy("房间或工位")),
    Column("starts", gettext_lazy("入驻日"), sortable=True),
    Column("ends", gettext_lazy("入驻止"), sortable=True),
    Column("rent", gettext_lazy("每月租金"), numeric=True),
    Column("forgone", gettext_lazy("每月免租"), numeric=True),
    Column("outstanding", gettext_lazy("尚欠"), numeric=True),
]
SORTS = {"number": "number", "organization": "organization__name", "starts": "starts_on", "ends": "ends_on"}
CHARGE_COLUMNS = [
    Column("tenancy", gettext_lazy("入驻"), lead=True),
    Column("organization", gettext_lazy("单位")),
    Column("kind", gettext_lazy("款项")),
    Column("period", gettext_lazy("所属期")),
    Column("due", gettext_lazy("应缴日"), sortable=True),
    Column("amount", gettext_lazy("应收"), numeric=True),
    Column("received", gettext_lazy("已收"), numeric=True),
    Column("left", gettext_lazy("尚欠"), numeric=True),
]
CHARGE_SORTS = {"due": "due_on"}
FORGONE_COLUMNS = [
    Column("number", gettext_lazy("编号"), lead=True),
    Column("organization", gettext_lazy("单位")),
    Column("forgone", gettext_lazy("本年已免"), numeric=True),
    Column("basis", gettext_lazy("依据")),
    Column("until", gettext_lazy("免租止")),
]


def money(fen: int | None, currency: str) -> Money | None:
    """Return an amount, or None where nothing was said."""
    return None if fen is None else Money(fen, currency)


def rows_of(
    tenancies: Sequence[Tenancy],
    today: date,
    balances: Mapping[int, Sequence[Balance]],
    signals: Mapping[int, Sequence[Signal]],
) -> list[Row]:
    """Return tenancies as list rows; marks say what has to be looked after."""
    return [_row(each, today, balances.get(each.pk, ()), signals.get(each.pk, ())) for each in tenancies]


def badges_of(tenancy: Tenancy, today: date) -> list[Badge]:
    """Return where a tenancy stands."""
    if tenancy.ended_on is not None:
        how = TenancyEnd(tenancy.ended_how).label
        return [Badge(f"{how} {tenancy.ended_on}", "ok" if tenancy.ended_how == TenancyEnd.GRADUATED else "quiet")]
    if tenancy.starts_on > today:
        return [Badge(_("将入驻"), "info")]
    left = (tenancy.ends_on - today).days
    if left < 0:
        return [Badge(_("已过期，未办离驻"), "bad", "clock")]
    return [Badge(_("还有 {n} 天到期").format(n=left), "warn", "clock")] if left <= 90 else []  # noqa: PLR2004 - a quarter


def term_words(term: TenancyTerm | None) -> list[tuple[Any, Any]]:
    """Return the terms of a month as pairs."""
    if term is None:
        return [(_("条款"), None)]
    return [
        (_("阶段"), Programme(term.programme).label),
        (_("每月租金"), money(term.rent_fen, term.currency)),
        (_("每月免租金额"), money(term.forgone_fen, term.currency)),
        (_("免租止"), term.forgone_until),
        (_("免租依据"), term.forgone_basis),
        (_("每月几日前缴"), term.due_day),
        (_("含哪些服务"), term.services),
    ]


def charge_rows(charges: Sequence[Any], today: date) -> list[Row]:
    """Return charges as list rows, the late ones marked."""
    return [_charge_row(each, today) for each in charges]


def ledger_of(charges: Sequence[Any], today: date) -> list[dict[str, Any]]:
    """Return charges with their receipts as one record shows them."""
    return [
        {
            "row": each,
            "amount": Money(each.amount_fen, each.currency),
            "left": Money(each.amount_fen - each.received_fen, each.currency),
            "open": each.received_fen < each.amount_fen,
            "late": each.received_fen < each.amount_fen and each.due_on < today,
            "receipts": [
                (receipt, Money(receipt.amount_fen, each.currency))
                for receipt in each.receipts.all()
                if receipt.voided_at is None
            ],
        }
        for each in charges
    ]


def balance_words(balances: Sequence[Balance]) -> list[dict[str, Money]]:
    """Return what is due, received and outstanding, by currency."""
    return [
        {
            "due": Money(each.due_fen, each.currency),
            "received": Money(each.received_fen, each.currency),
            "outstanding": Money(each.outstanding_fen, each.currency),
        }
        for each in balances
    ]


def forgone_rows(found: Sequence[Forgone]) -> list[Row]:
    """Return what was given free as list rows."""
    return [
        Row(
            cells={
                "number": each.tenancy.number,
                "organization": each.tenancy.organization.name,
                "forgone": money(each.fen, each.currency),
                "basis": "；".join(each.bases),
                "until": each.until,
            },
            url=reverse("console:tenancies:tenancy_view", args=[each.tenancy.uid]),
            uid=each.tenancy.uid,
            badges=[] if each.fen is not None else [Badge(_("有条款没写免租金额"), "warn")],
        )
        for each in found
    ]


def _row(tenancy: Tenancy, today: date, balances: Sequence[Balance], signals: Sequence[Signal]) -> Row:
    day = min(max(today, tenancy.starts_on), tenancy.ended_on or tenancy.ends_on)
    term = term_on(tenancy, day)
    owed = [Money(each.outstanding_fen, each.currency) for each in balances if each.outstanding_fen]
    return Row(
        cells={
            "number": tenancy.number,
            "organization": tenancy.organization.name,
            "kind": TenancyKind(tenancy.kind).label,
            "programme": Programme(term.programme).label if term else None,
            "project": tenancy.project.name if tenancy.project else None,
            "units": "、".join(each.unit.name for each in units_on(tenancy, day)),
            "starts": tenancy.starts_on,
            "ends": tenancy.ends_on,
            "rent": money(term.rent_fen, term.currency) if term else None,
            "forgone": money(term.forgone_fen, term.currency) if term else None,
            "outstanding": owed[0] if owed else None,
        },
        url=reverse("console:tenancies:tenancy_view", args=[tenancy.uid]),
        uid=tenancy.uid,
        badges=[*badges_of(tenancy, today), *(Badge(each.kind.label, "warn", "alert-triangle") for each in signals)],
    )


def _charge_row(charge: Charge, today: date) -> Row:
    received: int = charge.received_fen  # type: ignore[attr-defined] # annotated
    left = charge.amount_fen - received
    late = left > 0 and charge.due_on < today
    return Row(
        cells={
            "tenancy": charge.tenancy.number,
            "organization": charge.tenancy.organization.name,
            "kind": ChargeKind(charge.kind).label,
            "period": f"{charge.period_from} – {charge.period_to}",
            "due": charge.due_on,
            "amount": Money(charge.amount_fen, charge.currency),
            "received": Money(received, charge.currency),
            "left": Money(left, charge.currency) if left else None,
        },
        url=f"{reverse('console:tenancies:tenancy_view', args=[charge.tenancy.uid])}#ledger",
        uid=charge.uid,
        badges=[Badge(_("逾期 {n} 天").format(n=(today - charge.due_on).days), "bad", "clock")] if late else [],
        tone="bad" if late else "",
    )
