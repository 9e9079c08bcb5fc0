"""What is due, received, outstanding and given free, by tenancy and year. Currencies are never added together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Prefetch, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from feidi.domain.incubation.access import of_visible_tenancies, tenancies_visible_to
from feidi.domain.incubation.models import Charge, Receipt, Tenancy, TenancyTerm
from feidi.domain.incubation.selectors.terms import Dated, month_due, months_between
from feidi.kernel.access import Actor


@dataclass(frozen=True, slots=True)
class Forgone:
    """What a tenancy was given free in a year, on which basis, until when. ``fen`` None: a term does not say how much."""

    tenancy: Tenancy
    fen: int | None
    currency: str
    bases: tuple[str, ...]
    until: date | None


@dataclass(frozen=True, slots=True)
class Balance:
    """Of one tenancy in one currency, in hundredths: due so far, received, late since a day."""

    currency: str
    due_fen: int
    received_fen: int
    late_fen: int
    late_since: date | None

    @property
    def outstanding_fen(self) -> int:
        """Due and not received."""
        return self.due_fen - self.received_fen


def list_charges(actor: Actor) -> QuerySet[Charge]:
    """Return the charges the actor sees, the latest due first, with what was received of each (``received_fen``)."""
    rows = of_visible_tenancies(actor, Charge.objects.filter(voided_at__isnull=True))
    return with_received(rows).select_related("tenancy__organization", "tenancy__outpost").order_by("-due_on", "-id")


def with_received(rows: QuerySet[Charge]) -> QuerySet[Charge]:
    """Add ``received_fen`` to charges: the sum of what was received and not taken back."""
    live = Q(receipts__voided_at__isnull=True)
    return rows.annotate(received_fen=Coalesce(Sum("receipts__amount_fen", filter=live), 0))


def open_only(rows: QuerySet[Charge]) -> QuerySet[Charge]:
    """Narrow charges that ``with_received`` gave to those of which something is still due."""
    return rows.filter(received_fen__lt=F("amount_fen"))  # type: ignore[misc] # annotated


def outstanding_of(charge: Charge) -> int:
    """Return what is still due of one charge, in hundredths."""
    paid = Receipt.objects.filter(charge=charge, voided_at__isnull=True).aggregate(n=Sum("amount_fen"))["n"] or 0
    return charge.amount_fen - paid


def balances_of(tenancies: Iterable[Tenancy], today: date) -> dict[int, tuple[Balance, ...]]:
    """Return each tenancy's balance by currency. One query."""
    wanted = [each.pk for each in tenancies]
    sums: dict[int, dict[str, list[Charge]]] = {pk: defaultdict(list) for pk in wanted}
    for row in with_received(Charge.objects.filter(tenancy__in=wanted, voided_at__isnull=True)).order_by("due_on"):
        sums[row.tenancy_id][row.currency].append(row)
    return {pk: tuple(_balance(c, rows, today) for c, rows in sorted(found.items())) for pk, found in sums.items()}


def dated_terms(tenancy: Tenancy) -> list[Dated]:
    """Return a tenancy's live terms as the arithmetic reads them."""
    rows = [each for each in tenancy.terms.all() if each.voided_at is None]
    return [_dated(each) for each in sorted(rows, key=lambda each: each.since)]


def forgone_in(actor: Actor, year: int, until: date) -> list[Forgone]:
    """Return what every tenancy the actor sees was given free in ``year`` up to ``until``; those without any are left out."""
    first, last = date(year, 1, 1), min(date(year, 12, 31), until)
    rows = tenancies_visible_to(actor, Tenancy.objects.filter(voided_at__isnull=True, starts_on__lte=last))
    rows = rows.filter(Q(ended_on__isnull=True, ends_on__gte=first) | Q(ended_on__gte=first))
    rows = rows.select_related("organization", "outpost").prefetch_related(
        Prefetch("terms", TenancyTerm.objects.select_related("basis_document"))
    )
    found = (_forgone(each, first, last) for each in rows.order_by("number"))
    return [each for each in found if each is not None]


def _forgone(tenancy: Tenancy, first: date, last: date) -> Forgone | None:
    terms = dated_terms(tenancy)
    if not any(each.forgone_fen for each in terms):
        return None
    ends = min(tenancy.ended_on or tenancy.ends_on, last)
    months = [month_due(terms, max(tenancy.starts_on, first), ends, a, b) for a, b in months_between(first, last)]
    said = [each.forgone_fen for each in months if each is not None]
    total = None if any(each is None for each in said) else sum(each or 0 for each in said)
    if total == 0:
        return None
    live = [each for each in tenancy.terms.all() if each.voided_at is None and each.forgone_fen]
    until = max((each.forgone_until for each in live if each.forgone_until), default=None)
    return Forgone(tenancy, total, live[0].currency, tuple(dict.fromkeys(each.forgone_basis for each in live)), until)


def _balance(currency: str, rows: list[Charge], today: date) -> Balance:
    received = sum(each.received_fen for each in rows)  # type: ignore[attr-defined] # annotated
    late = [each for each in rows if each.due_on < today and each.amount_fen > each.received_fen]  # type: ignore[attr-defined]
    return Balance(
        currency,
        sum(each.amount_fen for each in rows),
        received,
        sum(each.amount_fen - each.received_fen for each in late),  # type: ignore[attr-defined]
        late[0].due_on if late else None,
    )


def _dated(row: TenancyTerm) -> Dated:
    return Dated(row.since, row.rent_fen, row.forgone_fen, row.forgone_until, row.currency)
