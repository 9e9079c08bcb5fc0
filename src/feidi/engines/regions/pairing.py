"""The 互补点 of two regions, ranked.

A point is a pair (a, b), a ≠ b: home is specialised in a, the host in b, and home leads in a or the host in b. With
g(x) = x / (1 + x), a location quotient brought to 0..1, its parts are, each 0..100:
host_adds   φ_ab / max_j φ_aj × 100 where home lacks b, else 0: 100 = b is the nearest relative of a
home_adds   φ_ba / max_j φ_bj × 100 where the host lacks a, else 0
home_leads  max(0, g(LQ home,a) − g(LQ host,a)) × 100;  host_leads the same for b
linked      the largest of the four shares between a and b: of purchases and of sales, either way, × 100
score = Σ weight × part / Σ weight. An undefined part adds nothing; ``possible`` is the score if it were 100.
The nearest relative, not the sum of all, is the measure: a share of the sum would fade as the table grows. What b adds
to C(home←host, a) and a to C(host←home, b) stands beside, in points of density (``adds``).
"""

from __future__ import annotations

import math
from dataclasses import asdict

from feidi.engines.findings import Finding, Level, refuse
from feidi.engines.regions.density import gaps_of, growths, places, without_relatives
from feidi.engines.regions.linkages import link
from feidi.engines.regions.model import (
    EVEN,
    Complementarity,
    Link,
    Linkages,
    Matrix,
    Part,
    PartCode,
    Point,
    Relatedness,
    Weights,
)
from feidi.engines.regions.reading import undefined_in
from feidi.engines.regions.relating import relatedness_of
from feidi.engines.regions.standing import Standing


def complementarity(
    matrix: Matrix,
    *,
    home: str,
    host: str,
    related: Relatedness | None = None,
    links: Linkages | None = None,
    weights: Weights = EVEN,
) -> Complementarity:
    """Return the ranked 互补点 of (home, host) and what each would add to the other.

    Raises RefusedError: unknown region (with those there are), the same twice, a region without figures, bad weights.
    """
    standing = Standing(matrix, related or relatedness_of(matrix))
    h, s = places(standing, home, host)
    counting = _counting(weights, linked=links is not None)
    gaps = gaps_of(matrix)
    pairs = _Pairs(standing, h, s, links, counting)
    return Complementarity(
        home,
        host,
        pairs.ranked(),
        growths(standing, home, host, gaps),
        growths(standing, host, home, gaps),
        standing.given.method,
        weights,
        matrix.source,
        standing.given.source,
        links.source if links else None,
        _findings(standing, links, has_gaps=gaps is not None),
    )


def _counting(weights: Weights, *, linked: bool) -> dict[PartCode, float]:
    """Return the weights that count. Raises RefusedError for one below 0 or none above."""
    counting = {PartCode(code): value for code, value in asdict(weights).items()}
    for code, value in counting.items():
        if not (math.isfinite(value) and value >= 0):
            raise refuse("regions.weight_negative", part=code.value, value=value)
    if not linked:
        del counting[PartCode.LINKED]
    if not any(counting.values()):
        raise refuse("regions.weights_zero")
    return counting


class _Pairs:
    """Every pair of two regions."""

    def __init__(
        self, standing: Standing, home: int, host: int, links: Linkages | None, counting: dict[PartCode, float]
    ) -> None:
        self._standing, self._home, self._host, self._links = standing, home, host, links
        self._counting, self._whole = counting, sum(counting.values())

    def ranked(self) -> tuple[Point, ...]:
        """Return the points, best first; equal scores in the order of the industries."""
        has, industries = self._standing.has, range(len(self._standing.matrix.industries))
        found = [
            self._point(a, b)
            for a in industries
            for b in industries
            if a != b and has[self._home, a] == 1 and has[self._host, b] == 1 and self._differ(a, b)
        ]
        # rounded: the last bit of a sum must not decide an order
        return tuple(sorted(found, key=lambda point: (-round(point.score, 9), -round(point.possible, 9))))

    def _differ(self, a: int, b: int) -> bool:
        return self._lead(a, self._home, self._host) > 0 or self._lead(b, self._host, self._home) > 0

    def _lead(self, i: int, r: int, s: int) -> float:
        lq = self._standing.quotients
        ours, theirs = float(lq[r, i]), float(lq[s, i])
        return max(0.0, ours / (1 + ours) - theirs / (1 + theirs)) * 100

    def _nearness(self, i: int, j: int, r: int) -> tuple[float | None, str]:
        """Return how near j, which the other region has, is to i, where region r lacks it."""
        nearest = self._standing.nearest[i]
        if nearest == 0:
            return None, "regions.no_relatives"
        return (float(self._standing.counted[i, j]) / nearest * 100 if self._standing.has[r, j] == 0 else 0.0), ""

    def _adds(self, i: int, j: int, r: int) -> float | None:
        """Return the points that j adds to the density of i in region r."""
        if self._standing.sums[i] == 0:
            return None
        return self._standing.points(i, j) if self._standing.has[r, j] == 0 else 0.0

    def _point(self, a: int, b: int) -> Point:
        names, home, host = self._standing.matrix.industries, self._home, self._host
        links = self._links_of(names[a], names[b])
        values: dict[PartCode, tuple[float | None, str]] = {
            PartCode.HOST_ADDS: self._nearness(a, b, home),
            PartCode.HOME_ADDS: self._nearness(b, a, host),
            PartCode.HOME_LEADS: (self._lead(a, home, host), ""),
            PartCode.HOST_LEADS: (self._lead(b, host, home), ""),
            PartCode.LINKED: _linked(links),
        }
        parts = tuple(self._part(code, *values[code]) for code in self._counting)
        score = math.fsum(part.share for part in parts)
        open_weight = sum(part.weight for part in parts if part.value is None)
        return Point(
            names[a],
            names[b],
            score,
            score + open_weight / self._whole * 100,
            parts,
            tuple(self._standing.cell(r, i) for i in (a, b) for r in (home, host)),
            (float(self._standing.counted[a, b]), float(self._standing.counted[b, a])),
            (self._adds(a, b, home), self._adds(b, a, host)),
            links,
        )

    def _part(self, code: PartCode, value: float | None, why: str) -> Part:
        weight = self._counting[code]
        return Part(code, value, weight, (value or 0.0) * weight / self._whole, why)

    def _links_of(self, a: str, b: str) -> tuple[Link, ...]:
        return (link(self._links, a, b), link(self._links, b, a)) if self._links else ()


def _linked(links: tuple[Link, ...]) -> tuple[float | None, str]:
    shares = [share for each in links for share in (each.input_share, each.sales_share) if share is not None]
    return (max(shares) * 100, "") if shares else (None, "regions.link_undefined")


def _findings(standing: Standing, links: Linkages | None, *, has_gaps: bool) -> tuple[Finding, ...]:
    found = [*undefined_in(standing.matrix, {}), *without_relatives(standing)]
    if not has_gaps:
        found.append(Finding(Level.NOTE, "regions.complexity_undefined"))
    if links:
        ours, theirs = set(standing.matrix.industries), set(links.industries)
        missing = [each for each in standing.matrix.industries if each not in theirs]
        found += [Finding(Level.NOTE, "regions.not_in_links", {"industry": each}, None, each) for each in missing]
        if theirs - ours:
            found.append(Finding(Level.NOTE, "regions.links_unused", {"n": len(theirs - ours)}))
    return tuple(found)
