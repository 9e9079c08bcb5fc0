"""From head leases to what the components draw."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from feidi.domain.pipeline.models import Agreement
from feidi.domain.space.models import HeadLease
from feidi.domain.space.selectors.head_leases import monthly_rent, warned_months
from feidi.engines.findings import Finding, Level
from feidi.portals.ui.pieces import Badge, Column, Row

COLUMNS = [
    Column("landlord", gettext_lazy("出租方"), sortable=True, lead=True),
    Column("outpost", gettext_lazy("驻点")),
    Column("premises", gettext_lazy("场地")),
    Column("area", gettext_lazy("面积（㎡）"), numeric=True),
    Column("rent", gettext_lazy("每月租金"), numeric=True),
    Column("per_m2", gettext_lazy("每平方米每月"), numeric=True),
    Column("starts", gettext_lazy("租期起"), shown=False),
    Column("ends", gettext_lazy("租期止"), sortable=True),
    Column("left", gettext_lazy("剩余天数"), numeric=True),
]
SORTS = {"landlord": "landlord", "ends": "ends_on"}


def days_left(lease: HeadLease, today: date) -> int:
    """Return the days from ``today`` to the last day of the lease; negative once it has ended."""
    return (lease.ends_on - today).days


def ending_badges(lease: HeadLease, today: date) -> list[Badge]:
    """Return whether it has ended, or is about to."""
    if lease.ends_on < today:
        return [Badge(_("已到期"), "bad", "clock")]
    months = warned_months(lease, today)
    if months is None:
        return []
    return [Badge(_("不足 {n} 个月").format(n=months), "bad" if months < 12 else "warn", "clock")]  # noqa: PLR2004 - the first warning


def rows_of(leases: Sequence[HeadLease], today: date) -> list[Row]:
    """Return leases as list rows."""
    rows = []
    for lease in leases:
        rent = monthly_rent(lease)
        rows.append(
            Row(
                cells={
                    "landlord": lease.landlord,
                    "outpost": lease.outpost.short_name,
                    "premises": lease.premises,
                    "area": None if lease.area_m2 is None else f"{lease.area_m2:g}",
                    "rent": rent.whole,
                    "per_m2": rent.per_m2,
                    "starts": lease.starts_on,
                    "ends": lease.ends_on,
                    "left": days_left(lease, today),
                },
                url=reverse("console:leases:lease_view", args=[lease.uid]),
                uid=lease.uid,
                badges=ending_badges(lease, today),
            )
        )
    return rows


def outlasting(tenancies: Sequence[Agreement], lease: HeadLease) -> list[Finding]:
    """Say of each tenancy by how many days it outlasts the lease."""
    return [
        Finding(
            Level.PROBLEM,
            "space.tenancy_outlasts",
            {
                "name": each.project.name,
                "term_to": each.term_to.isoformat(),
                "days": (each.term_to - lease.ends_on).days,
            },
        )
        for each in tenancies
        if each.term_to
    ]
