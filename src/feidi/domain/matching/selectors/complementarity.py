"""产业互补: the answer of the engine for a table, as a grid to look at, and what stands on file behind an industry."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Q, QuerySet

from feidi.domain.matching.access import VIEW, visible_to
from feidi.domain.matching.enums import ProfileState
from feidi.domain.matching.models import IndustryTable, Profile
from feidi.domain.matching.selectors.flow_tables import Trade, TradeBook, flow_tables_of, trade_book
from feidi.domain.matching.selectors.industry_tables import matrix_of_table
from feidi.domain.parties.access import organizations_visible_to
from feidi.domain.parties.models import Organization
from feidi.domain.pipeline.access import visible_in_office
from feidi.domain.pipeline.models import Project
from feidi.domain.pipeline.selectors.chains import Chain, Node, find_chains
from feidi.engines.findings import refuse
from feidi.engines.regions import Complementarity, Growth, Matrix, Point, complementarity
from feidi.kernel.access import Actor

#: Endings that say nothing of what an industry makes: without them a free text is found by its industry.
_ENDING: Final = re.compile(
    r"(制造业|制造|加工业|服务业|服务|行业|产业|业|制品|药品|产品|用品|器具|设备|仪器|器械|器件|元件|机械|专用材料|零部件|配件|有关物品)$"
)
#: Asked for instead of an input–output table: linkage is not to count.
NO_FLOWS: Final = "none"
_PARTED: Final = re.compile(r"[、及与和]")
_SHORTEST: Final = 2


@dataclass(frozen=True, slots=True)
class Grid:
    """Home's strong industries down, the host's across, each in the table's order; ``points`` where there is one."""

    home: tuple[str, ...]
    host: tuple[str, ...]
    points: Mapping[tuple[str, str], Point]


@dataclass(frozen=True, slots=True)
class Answer:
    """The question (table, home, host), the matrix it was asked of, and what the engine says.

    ``book``: the input–output table that counts; None: linkage does not count. ``flows``: which one was asked for.
    """

    table: IndustryTable
    matrix: Matrix
    result: Complementarity
    book: TradeBook | None = None
    flows: str = ""

    def trades(self, point: Point) -> tuple[Trade, ...]:
        """Return what goes from the home industry to the host industry and back; empty without a table."""
        return tuple(self.book.trade(each.seller, each.buyer) for each in point.links) if self.book else ()

    def growth(self, *, home: bool, industry: str) -> Growth | None:
        """Return what the other side does for one industry of home, or of the host."""
        rows = self.result.home_grows if home else self.result.host_grows
        return next((each for each in rows if each.industry == industry), None)

    def point(self, home_industry: str, host_industry: str) -> Point | None:
        """Return the point of two industries; None when the two are none."""
        wanted = (home_industry, host_industry)
        return next((each for each in self.result.points if (each.home_industry, each.host_industry) == wanted), None)

    def points_with(self, industry: str) -> list[Point]:
        """Return the points that an industry is part of, best first."""
        return [each for each in self.result.points if industry in (each.home_industry, each.host_industry)]

    @property
    def regions(self) -> tuple[str, str]:
        """The two sides: home first."""
        return self.result.home, self.result.host

    @property
    def grid(self) -> Grid:
        """The points as rows and columns."""
        points = {(each.home_industry, each.host_industry): each for each in self.result.points}
        down, across = {a for a, _b in points}, {b for _a, b in points}
        industries = self.matrix.industries
        return Grid(
            tuple(each for each in industries if each in down),
            tuple(each for each in industries if each in across),
            points,
        )


@dataclass(frozen=True, slots=True)
class OnFile:
    """What stands on file of an industry that the actor may see. ``profiles`` None: needs and offers are not theirs."""

    words: tuple[str, ...]
    organizations: QuerySet[Organization]
    projects: QuerySet[Project]
    profiles: QuerySet[Profile] | None


def ask(table: IndustryTable, home: str = "", host: str = "", flows: str = "") -> Answer:
    """Reckon a table; without names its own two sides.

    ``flows``: uid of the input–output table that counts, ``NO_FLOWS`` for none, "" for the newest of the outpost.
    Raises RefusedError for a region that is not there, or twice, and for a table that was voided or is not there.
    """
    if table.voided_at is not None:
        raise refuse("matching.table_voided", reason=table.void_reason)
    matrix, book = matrix_of_table(table), _book(table, flows)
    result = complementarity(
        matrix,
        home=home or table.home_region,
        host=host or table.host_region,
        links=book.links if book else None,
    )
    return Answer(table, matrix, result, book, flows)


def _book(table: IndustryTable, asked: str) -> TradeBook | None:
    there = flow_tables_of(table.outpost_id)
    found = None if asked == NO_FLOWS else (there.filter(uid=asked) if asked else there).first()
    if asked not in {"", NO_FLOWS} and found is None:
        raise refuse("matching.flows_gone")
    return trade_book(found) if found else None


def words_of_industry(industry: str) -> tuple[str, ...]:
    """Return the words by which free texts are found: the name itself, then what it makes.

    >>> words_of_industry("陶瓷制品制造")
    ('陶瓷制品制造', '陶瓷')
    >>> words_of_industry("钟表与计时仪器制造")
    ('钟表与计时仪器制造', '钟表', '计时')
    """
    cores = [_core(part) for part in _PARTED.split(industry)]
    return tuple(dict.fromkeys([industry, *(core for core in cores if len(core) >= _SHORTEST)]))


def _core(word: str) -> str:
    shorter = _ENDING.sub("", word)
    return word if len(shorter) < _SHORTEST or shorter == word else _core(shorter)


def on_file(actor: Actor, table: IndustryTable, industry: str, today: date, words: tuple[str, ...] = ()) -> OnFile:
    """Return the firms, projects, open needs and offers of an industry, each through its own rule of sight.

    ``words``: by which; without any, those of the industry's name. Firms by the industries registered of them, projects
    by 产业领域, name and one line; needs and offers by chain and node or by the words of their masked text. Expired and
    closed ones are left out.
    """
    words = words or words_of_industry(industry)
    firms = organizations_visible_to(actor, Organization.objects.filter(voided_at__isnull=True))
    firms = firms.filter(_any("industries__label", words)).distinct().select_related("place").order_by("name")
    projects = visible_in_office(actor, Project.objects.filter(voided_at__isnull=True, outpost=table.outpost_id))
    told = _any("industry", words) | _any("name", words) | _any("one_line", words)
    projects = projects.filter(told).select_related("outpost__home").order_by("-id")
    profiles = _profiles(actor, table, words, today) if actor.may(VIEW) else None
    return OnFile(words, firms, projects, profiles)


def _any(field: str, words: tuple[str, ...]) -> Q:
    found = Q(pk__in=[])
    for word in words:
        found |= Q(**{f"{field}__icontains": word})
    return found


def _profiles(actor: Actor, table: IndustryTable, words: tuple[str, ...], today: date) -> QuerySet[Profile]:
    open_ones = Profile.objects.filter(
        outpost=table.outpost_id, voided_at__isnull=True, state=ProfileState.OPEN, expires_on__gte=today
    )
    wanted = _any("title", words) | _any("masked_text", words)
    for chain, node in _nodes(table, words):
        wanted |= Q(chain=chain.code, node=node.code) if node else Q(chain=chain.code)
    return visible_to(actor, open_ones.filter(wanted)).order_by("side", "-id")


def _nodes(table: IndustryTable, words: tuple[str, ...]) -> list[tuple[Chain, Node | None]]:
    """Return the chains and nodes of the home that bear one of the words in their name, or whose name is in it."""
    chains = find_chains(table.outpost.home)
    if chains is None:
        return []
    found: list[tuple[Chain, Node | None]] = []
    for chain in chains.chains:
        if _meets(chain.label["zh"], words):
            found.append((chain, None))
        found += [(chain, node) for node in chain.nodes if _meets(node.label["zh"], words)]
    return found


def _meets(label: str, words: tuple[str, ...]) -> bool:
    return any(word in label or (len(label) >= _SHORTEST and label in word) for word in words)
