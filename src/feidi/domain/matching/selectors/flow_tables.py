"""Input–output tables: which there are, which one counts, and each with the figures behind every share."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from feidi.domain.matching.access import tables_visible_to
from feidi.domain.matching.models import FlowCell, FlowTable
from feidi.domain.parties.models import Outpost
from feidi.engines.regions import Flows, Link, Linkages, Source, flows_of, linkages
from feidi.engines.regions.linkages import link
from feidi.kernel.access import Actor
from feidi.kernel.files.models import StoredFile

KIND = "matching.flow_table"


@dataclass(frozen=True, slots=True)
class Trade:
    """One direction between two industries with all that its shares are made of; None where the table knows nothing.

    ``value``: what the buyer bought of the seller; ``purchases``: all it bought of industries; ``output``: all it made;
    ``sales``: all that industries bought of the seller.
    """

    link: Link
    value: float | None = None
    purchases: float | None = None
    output: float | None = None
    sales: float | None = None


@dataclass(frozen=True, slots=True)
class TradeBook:
    """A table with its flows and what they say: reckoned once, asked many times."""

    table: FlowTable
    flows: Flows
    links: Linkages

    def trade(self, seller: str, buyer: str) -> Trade:
        """Return one direction with its figures."""
        found = link(self.links, seller, buyer)
        names, values = self.flows.industries, self.flows.values
        if seller not in names or buyer not in names:
            return Trade(found)
        i, j = names.index(seller), names.index(buyer)
        return Trade(
            found, float(values[i, j]), float(values[:, j].sum()), float(self.flows.outputs[j]), float(values[i].sum())
        )

    def trades_of(self, industry: str) -> tuple[list[Trade], list[Trade]]:
        """Return of whom an industry buys and to whom it sells, the largest first; what is 0 is left out."""
        names = self.flows.industries
        bought = [self.trade(each, industry) for each in names]
        sold = [self.trade(industry, each) for each in names]
        largest = [sorted((each for each in rows if each.value), key=_value, reverse=True) for rows in (bought, sold)]
        return largest[0], largest[1]


def _value(trade: Trade) -> float:
    return trade.value or 0.0


def list_flow_tables(actor: Actor, *, words: str = "", voided: bool = False) -> QuerySet[FlowTable]:
    """Return the tables that the actor may see, the newest year first; voided ones only when asked for."""
    rows = tables_visible_to(actor, FlowTable.objects.filter(voided_at__isnull=not voided))
    if words := words.strip():
        rows = rows.filter(Q(title__icontains=words) | Q(source__icontains=words) | Q(region__icontains=words))
    return rows.select_related("outpost__home").order_by("-year", "-id")


def get_flow_table(actor: Actor, uid: str) -> FlowTable:
    """Return one table, voided or not; raises ``FlowTable.DoesNotExist`` for what the actor may not see."""
    return tables_visible_to(actor, FlowTable.objects.select_related("outpost__home")).get(uid=uid)


def flow_tables_of(outpost: Outpost | int) -> QuerySet[FlowTable]:
    """Return what an outpost's 产业互补 may be reckoned with: the first one counts unless another is asked for."""
    return FlowTable.objects.filter(outpost=outpost, voided_at__isnull=True).order_by("-year", "-id")


def trade_book(table: FlowTable) -> TradeBook:
    """Return the table's figures as they were uploaded, in its own order, with what they say."""
    cells = FlowCell.objects.filter(table=table).values_list("seller", "buyer", "value")
    figures = {(seller, buyer): value for seller, buyer, value in cells}
    values = [[figures.get((seller, buyer)) for buyer in table.industries] for seller in table.industries]
    source = Source(table.source, table.year, table.unit, table.invented)
    flows = flows_of(table.industries, values, table.outputs, source)
    return TradeBook(table, flows, linkages(flows))


def find_flow_original(table: FlowTable) -> StoredFile | None:
    """Return the file as it was uploaded."""
    rows = StoredFile.objects.filter(subject_kind=KIND, subject_uid=table.uid, voided_at__isnull=True)
    return rows.order_by("id").first()
