"""Benefit sharing: what was due by a term, what was settled, and the difference. Exact in fen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from feidi.domain.pipeline.access import visible_in_office
from feidi.domain.pipeline.models import BenefitSettlement, BenefitTerm, Project
from feidi.engines.money import Money, sum_by_currency
from feidi.kernel.access import Actor


def share_of(basis_fen: int, numerator: int, denominator: int) -> int:
    """Return ``basis_fen`` × numerator / denominator in fen, rounded half up (半分进一), in integers throughout.

    >>> share_of(12_345, 1, 2)
    6173
    """
    return (2 * basis_fen * numerator + denominator) // (2 * denominator)


@dataclass(frozen=True, slots=True)
class Settled:
    """One settlement: due by the term (None: the basis is not known), paid, and paid − due."""

    row: BenefitSettlement
    due: Money | None
    paid: Money
    difference: Money | None


@dataclass(frozen=True, slots=True)
class TermStanding:
    """A term with its settlements, oldest first, and the sums per currency of what is known of both sides."""

    term: BenefitTerm
    settlements: tuple[Settled, ...]
    differences: tuple[Money, ...]
    unknown: int


def terms_visible_to(actor: Actor, rows: QuerySet[BenefitTerm]) -> QuerySet[BenefitTerm]:
    """Narrow terms to those of projects that the actor sees as outpost or home side."""
    return rows.filter(agreement__project__in=visible_in_office(actor, Project.objects.filter(voided_at__isnull=True)))


def get_term(actor: Actor, uid: str) -> BenefitTerm:
    """Return one term that the actor may open; raises ``BenefitTerm.DoesNotExist`` for every other."""
    return terms_visible_to(actor, _with_settlements(BenefitTerm.objects.all())).get(uid=uid)


def get_settlement(actor: Actor, uid: str) -> BenefitSettlement:
    """Return one settlement that the actor may open; raises ``BenefitSettlement.DoesNotExist`` for every other."""
    rows = BenefitSettlement.objects.select_related("term__agreement__project__outpost__home")
    return rows.filter(term__in=terms_visible_to(actor, BenefitTerm.objects.all())).get(uid=uid)


def list_terms(actor: Actor) -> QuerySet[BenefitTerm]:
    """Return the live terms that the actor may open with their settlements, newest first."""
    rows = BenefitTerm.objects.filter(voided_at__isnull=True, agreement__voided_at__isnull=True)
    return terms_visible_to(actor, _with_settlements(rows)).order_by("-id")


def _with_settlements(rows: QuerySet[BenefitTerm]) -> QuerySet[BenefitTerm]:
    live = BenefitSettlement.objects.filter(voided_at__isnull=True).select_related("file").order_by("period_from", "id")
    return rows.select_related("agreement__project__outpost__home").prefetch_related(
        Prefetch("settlements", queryset=live)
    )


def standing_of(term: BenefitTerm) -> TermStanding:
    """Return how a term stands. Asks nothing more when its live settlements were fetched with it."""
    rows = tuple(_settled(term, row) for row in term.settlements.all() if row.voided_at is None)
    pots = sum_by_currency([each.difference for each in rows if each.difference is not None])
    differences = tuple(Money(fen, currency) for currency, fen in sorted(pots.items(), key=str))
    return TermStanding(term, rows, differences, sum(1 for each in rows if each.due is None))


def standings_of(terms: Iterable[BenefitTerm]) -> list[TermStanding]:
    """Return how each term stands, in the given order."""
    return [standing_of(each) for each in terms]


def _settled(term: BenefitTerm, row: BenefitSettlement) -> Settled:
    paid = Money(row.settled_fen, row.currency)
    if row.basis_fen is None:
        return Settled(row, None, paid, None)
    due = Money(share_of(row.basis_fen, term.share_numerator, term.share_denominator), row.currency)
    return Settled(row, due, paid, paid - due)
