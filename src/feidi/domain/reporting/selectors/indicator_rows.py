"""The rows behind a figure, of whatever kind: those that the actor may open, with what each adds; the others are counted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from django.apps import apps
from django.db.models import Model, QuerySet
from django.urls import reverse

from feidi.domain.incubation.access import tenancies_in_office
from feidi.domain.incubation.models import Mentor, Receipt, Tenancy
from feidi.domain.matching.access import VIEW as MATCHING
from feidi.domain.matching.models import CandidateRow
from feidi.domain.pipeline.access import visible_in_office
from feidi.domain.pipeline.models import Project
from feidi.domain.reporting import access
from feidi.domain.reporting.figure_texts import said
from feidi.domain.reporting.indicator_texts import plain
from feidi.domain.reporting.models import ActualCost, OperatingContract
from feidi.domain.reporting.selectors.figures import View, gathered, keys_query
from feidi.engines.measures import INDICATORS, Rows
from feidi.kernel.access import Actor, ScopeKind
from feidi.kernel.money.display import format_money
from feidi.kernel.subjects import Subject, url_of
from feidi.kernel.subjects.registry import kind_of


@dataclass(frozen=True, slots=True)
class RowLine:
    """One row: how it is named, its page, a note, and what it adds (None: itself, one)."""

    label: str
    url: str
    note: str = ""
    amount: Fraction | None = None

    @property
    def amount_text(self) -> str:
        """The amount with thousands separators; empty without one."""
        return "" if self.amount is None else plain(self.amount)


@dataclass(frozen=True, slots=True)
class RowKind:
    """How rows of one kind are narrowed and told."""

    model: type[Model]
    visible: Callable[[Actor, QuerySet[Any]], QuerySet[Any]]
    label: Callable[[Any], str]
    url: Callable[[Any], str]
    note: Callable[[Any], str] = lambda _row: ""
    related: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Behind:
    """The rows of one part of a figure: how many there are, and the query of those seen. ``lines`` makes them readable."""

    rows: Rows
    seen: QuerySet[Any] | None
    kind: RowKind | None

    @property
    def total(self) -> int:
        """How many rows there are, seen or not."""
        return len(self.rows.keys)

    def lines(self, shown: Sequence[Any]) -> list[RowLine]:
        """Return rows of ``seen`` as lines."""
        if self.kind is None:
            return _figures(self.rows)
        amounts = dict(zip(self.rows.keys, self.rows.amounts, strict=True)) if self.rows.amounts is not None else {}
        kind = self.kind
        return [RowLine(kind.label(row), kind.url(row), kind.note(row), amounts.get(row.pk)) for row in shown]


def rows_of(actor: Actor, rows: Rows) -> Behind:
    """Return the rows of a part of a figure that the actor may open."""
    if rows.kind == FIGURE or not rows.keys:
        return Behind(rows, None, None)
    kind = row_kind(rows.kind)
    seen = kind.visible(actor, kind.model._default_manager.filter(pk__in=keys_query(rows.keys)))
    return Behind(
        rows, seen.select_related(*kind.related).order_by("pk") if kind.related else seen.order_by("pk"), kind
    )


def signed_sums(view: View) -> dict[int, Fraction]:
    """Return the yuan that each project signed for in the days of a view: what the sum beside the number of signings is
    made of. An increment of a project that was signed for earlier is among them; other currencies and sums without an
    exact amount are not.
    """
    found: dict[int, Fraction] = {}
    for each in gathered(view)[1]:
        in_time = view.period.start <= each.on < view.period.end and each.on <= view.as_of
        if each.kind == "signed" and in_time and each.currency == "CNY" and each.fen is not None:
            found[each.key] = found.get(each.key, Fraction(0)) + Fraction(each.fen, 100)
    return found


FIGURE: Final = "reporting.figure"


def _figures(rows: Rows) -> list[RowLine]:
    """The rows of a figure about figures are figures."""
    codes = list(INDICATORS)
    return [
        RowLine(said(INDICATORS[codes[at]].label), reverse("console:indicators:indicator_view", args=[codes[at]]))
        for at in rows.keys
        if 0 <= at < len(codes)
    ]


def row_kind(kind: str) -> RowKind:
    """Return how rows of ``kind`` are told; those without a word here as their app registered them."""
    if kind in _KINDS:
        return _KINDS[kind]
    registered = kind_of(kind)

    def page(row: Any) -> str:
        return url_of(Subject(kind, row.uid)) or ""

    return RowKind(apps.get_model(registered.model), registered.visible_to, registered.label, page)


def _costs(actor: Actor, rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.filter(contract__in=access.visible_to(actor, OperatingContract.objects.all()))


def _receipts(actor: Actor, rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.filter(charge__tenancy__in=tenancies_in_office(actor, Tenancy.objects.all()))


def _candidates(actor: Actor, rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.filter(candidate_list__outpost_id__in=actor.scopes(MATCHING, ScopeKind.OUTPOST))


def _mentors(actor: Actor, rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.filter(outpost_id__in=actor.scopes("incubation.view", ScopeKind.OUTPOST))


def _project(row: Any) -> str:
    return f"{row.code} {row.name}"


_KINDS: Final[dict[str, RowKind]] = {
    "pipeline.project": RowKind(
        Project,
        visible_in_office,
        _project,
        lambda row: reverse("console:pipeline:project_view", args=[row.uid]),
        lambda row: row.sponsor_name,
    ),
    "incubation.tenancy": RowKind(
        Tenancy,
        tenancies_in_office,
        lambda row: row.organization.name,
        lambda row: reverse("console:tenancies:tenancy_view", args=[row.uid]),
        lambda row: row.number,
        ("organization",),
    ),
    "incubation.receipt": RowKind(
        Receipt,
        _receipts,
        lambda row: f"{row.charge.tenancy.organization.name} {row.charge.get_kind_display()}",
        lambda row: reverse("console:tenancies:tenancy_view", args=[row.charge.tenancy.uid]),
        lambda row: f"{row.received_on} {format_money(row.amount_fen, row.charge.currency)}",
        ("charge__tenancy__organization",),
    ),
    "incubation.mentor": RowKind(Mentor, _mentors, lambda row: row.person.name, lambda _row: "", related=("person",)),
    "matching.candidate": RowKind(
        CandidateRow,
        _candidates,
        lambda row: f"{row.candidate_list.profile.title} ← {row.profile.title}",
        lambda row: reverse("console:candidates:list_view", args=[row.candidate_list.uid]),
        lambda row: row.get_verdict_display(),
        ("candidate_list__profile", "profile"),
    ),
    "reporting.cost": RowKind(
        ActualCost,
        _costs,
        lambda row: f"{row.month:%Y-%m} {row.get_category_display()}",
        lambda row: reverse("console:contracts:contract_view", args=[row.contract.uid]),
        lambda row: row.voucher,
        ("contract",),
    ),
}
