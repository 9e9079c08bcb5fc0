"""Questions about operating contracts: budget against cost, what one verified landing cost, resources promised and used."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from django.db.models import Prefetch, QuerySet, Sum

from feidi.domain.pipeline.access import visible_in_office
from feidi.domain.pipeline.models import Project
from feidi.domain.reporting.access import visible_to
from feidi.domain.reporting.enums import CostCategory
from feidi.domain.reporting.models import ActualCost, OperatingContract, PromisedResource, ResourceUse
from feidi.domain.reporting.selectors.figures import View, figures_of
from feidi.engines.measures import Figure, Period
from feidi.kernel.access import Actor

#: The figure of verified landings; what K31 divides by.
LANDINGS = "K14"


@dataclass(frozen=True, slots=True)
class BudgetRow:
    """A category of a year: planned (None: no budget), spent. Hundredths of the contract's currency."""

    category: str
    planned: int | None
    spent: int

    @property
    def label(self) -> str:
        """The category in words."""
        return str(CostCategory(self.category).label)

    @property
    def over(self) -> bool:
        """True when more was spent than planned."""
        return self.planned is not None and self.spent > self.planned


@dataclass(frozen=True, slots=True)
class BudgetYear:
    """Budget and cost of one year."""

    year: int
    rows: tuple[BudgetRow, ...]

    @property
    def planned(self) -> int:
        """What the year may cost."""
        return sum(each.planned or 0 for each in self.rows)

    @property
    def spent(self) -> int:
        """What it cost so far."""
        return sum(each.spent for each in self.rows)


@dataclass(frozen=True, slots=True)
class UnitCost:
    """K31 单位成本: running cost of a period over its verified landings; ``value`` None (n/a) when there were none.

    ``costs``: keys of the cost rows; ``landings``: keys of the projects.
    """

    start: date
    end: date
    cost_fen: int
    costs: tuple[int, ...]
    landings: tuple[int, ...]

    @property
    def value(self) -> Fraction | None:
        """Hundredths per landing, exact."""
        return Fraction(self.cost_fen, len(self.landings)) if self.landings else None


def contracts_of(actor: Actor) -> QuerySet[OperatingContract]:
    """Return the live contracts that the actor may open, the last to end first."""
    rows = OperatingContract.objects.filter(voided_at__isnull=True).select_related("outpost__home", "operator")
    return visible_to(actor, rows).order_by("-ends_on", "-id")


def get_contract(actor: Actor, uid: str) -> OperatingContract:
    """Return one that the actor may open; raises ``OperatingContract.DoesNotExist`` for every other."""
    rows = OperatingContract.objects.select_related("outpost__home", "operator", "document")
    return visible_to(actor, rows).get(uid=uid)


def years_of(contract: OperatingContract) -> list[int]:
    """Return the calendar years of the contract's term."""
    return list(range(contract.starts_on.year, contract.ends_on.year + 1))


def budget_of(contract: OperatingContract) -> list[BudgetYear]:
    """Return planned and spent by year and category; categories without either are left out. Two queries."""
    planned: dict[int, dict[str, int]] = defaultdict(dict)
    spent: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for line in contract.budget.filter(voided_at__isnull=True):
        planned[line.year][line.category] = line.amount_fen
    costs = contract.costs.filter(voided_at__isnull=True).order_by("month")
    for month, category, fen in costs.values_list("month", "category").annotate(fen=Sum("amount_fen")):
        spent[month.year][category] += fen
    years = sorted({*years_of(contract), *planned, *spent})
    return [
        BudgetYear(
            year,
            tuple(
                BudgetRow(code, planned[year].get(code), spent[year].get(code, 0))
                for code in CostCategory.values
                if code in planned[year] or code in spent[year]
            ),
        )
        for year in years
    ]


def costs_of(contract: OperatingContract, *, year: int | None = None, category: str = "") -> QuerySet[ActualCost]:
    """Return live costs, the newest month first."""
    rows = contract.costs.filter(voided_at__isnull=True).select_related("file")
    if year:
        rows = rows.filter(month__year=year)
    if category:
        rows = rows.filter(category=category)
    return rows.order_by("-month", "-id")


def period_of(contract: OperatingContract, year: int, as_of: date) -> tuple[date, date]:
    """Return the first and last day (included) of a contract's year, at most up to ``as_of``."""
    return max(date(year, 1, 1), contract.starts_on), min(date(year, 12, 31), contract.ends_on, as_of)


def figure_of(contract: OperatingContract, code: str, year: int, as_of: date) -> Figure:
    """Return one figure of the definition table for the contract's outpost and year. The caller has seen the contract."""
    start, end = period_of(contract, year, as_of)
    view = View((contract.outpost_id,), Period(start, max(start, end) + timedelta(days=1)), as_of)
    return figures_of(view, (code,))[0]


def unit_cost(contract: OperatingContract, year: int, as_of: date) -> UnitCost:
    """Return what one verified landing cost in a contract's year. The caller has seen the contract."""
    start, end = period_of(contract, year, as_of)
    rows = contract.costs.filter(voided_at__isnull=True, month__gte=start.replace(day=1), month__lte=end)
    costs = list(rows.order_by("month", "id").values_list("pk", "amount_fen"))
    landings = figure_of(contract, LANDINGS, year, as_of).hits
    return UnitCost(start, end, sum(fen for _key, fen in costs), tuple(key for key, _fen in costs), landings)


def landings_seen(actor: Actor, keys: Iterable[int]) -> QuerySet[Project]:
    """Return the projects behind a number that the actor may open; the home side: once reported."""
    return visible_in_office(actor, Project.objects.filter(pk__in=list(keys), voided_at__isnull=True)).order_by("code")


def resources_of(contract: OperatingContract) -> list[tuple[PromisedResource, int, list[ResourceUse]]]:
    """Return promised resources with how much of each was used and the uses, newest first. Two queries."""
    uses = ResourceUse.objects.filter(voided_at__isnull=True).select_related("project", "file").order_by("-used_on")
    rows = contract.resources.filter(voided_at__isnull=True).order_by("kind", "id")
    found: list[tuple[PromisedResource, int, list[ResourceUse]]] = []
    for row in rows.prefetch_related(Prefetch("uses", queryset=uses, to_attr="live")):
        live: list[ResourceUse] = list(getattr(row, "live", ()))
        found.append((row, sum(each.quantity for each in live), live))
    return found
