"""Hard facts are three-valued: no is out, unknown stays and is asked for; why not, and the smallest change."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings

from feidi.engines.affinity import (
    ANYWHERE,
    FREE,
    NEVER,
    Asking,
    Facts,
    Need,
    Offer,
    Span,
    State,
    Ticket,
    Verdict,
    Weights,
)
from feidi.engines.affinity.index import Index
from feidi.engines.findings import RefusedError
from tests.engines.affinity.support import DAY, facts
from tests.support.home import examples

TEXT = "陶瓷墨水"
LAB, FUND = frozenset({"lab"}), frozenset({"fund"})
#: name of the check, what the need asks, an offer that meets it, one that does not, the smallest change.
CASES = [
    ("kind", Facts(kinds=LAB), Facts(kinds=LAB | FUND), Facts(kinds=FUND), ("need", "kinds", "fund、lab")),
    ("mandate", Facts(place="440604"), Facts(regions=ANYWHERE), Facts(regions=frozenset({"440300"})), ("offer", "regions", "440604")),
    ("mandate", Facts(place="440604"), Facts(regions=frozenset({"440600"})), Facts(regions=frozenset({"440605"})), ("offer", "regions", "440604")),
    ("located", Facts(regions=frozenset({"440300"})), Facts(place="440305"), Facts(place="440604"), ("need", "regions", "440604")),
    ("stage", Facts(stages=Span(2, 2)), Facts(stages=Span(3, 4)), Facts(stages=Span(4, 5)), ("need", "stages", "2–3")),
    ("round", Facts(rounds=frozenset({"a"})), Facts(rounds=frozenset({"a", "b"})), Facts(rounds=frozenset({"b"})), ("need", "rounds", "a、b")),
    ("ticket", Facts(ticket=Ticket(30_000_00, 50_000_00)), Facts(ticket=Ticket(1, 40_000_00)), Facts(ticket=Ticket(1, 20_000_00)), ("need", "ticket", "20000–50000 CNY")),
    ("ticket", Facts(ticket=Ticket(1_00, 5_00)), Facts(ticket=Ticket(5_00, None)), Facts(ticket=Ticket(9_00, None)), ("need", "ticket", "1–9 CNY")),
    ("expiry", Facts(), Facts(expires_on=DAY), Facts(expires_on=date(2026, 5, 31)), ("offer", "expires_on", "2026-06-01")),
    ("exclusivity", Facts(), Facts(exclusive_until=FREE), Facts(exclusive_until=DAY), ("need", "on", "2026-06-02")),
    ("opening", Facts(open_from=DAY), Facts(open_from=DAY), Facts(open_from=date(2026, 9, 1)), ("need", "open_from", "2026-09-01")),
    ("area", Facts(area=Span(200, 300)), Facts(area=Span(300, 900)), Facts(area=Span(400, None)), ("need", "area", "200–400")),
    ("load", Facts(load=Span(800)), Facts(load=Span(1000, 1000)), Facts(load=Span(500, 500)), ("need", "load", "500–")),
    ("price", Facts(price=Ticket(None, 30_00)), Facts(price=Ticket(20_00, 20_00)), Facts(price=Ticket(45_00, 45_00)), ("need", "price", "–45 CNY")),
    ("environment", Facts(environment=frozenset({"b"})), Facts(environment=frozenset({"a", "b"})), Facts(environment=frozenset({"a"})), ("offer", "environment", "a、b")),
]  # fmt: skip
KNOWN = Facts(expires_on=NEVER, exclusive_until=FREE, regions=ANYWHERE)


def over(base: Facts, more: Facts) -> Facts:
    """Return ``base`` with what ``more`` states."""
    return replace(base, **{name: getattr(more, name) for name in Facts.__slots__ if getattr(more, name) is not None})


@pytest.mark.parametrize(("check", "asked", "meets", "fails", "change"), CASES)
def test_yes_no_and_unknown(check: str, asked: Facts, meets: Facts, fails: Facts, change: tuple[str, str, str]) -> None:
    unknown = replace(
        KNOWN,
        **{name: None for name in ("expires_on", "exclusive_until", "regions") if getattr(fails, name) is not None},
    )
    index = Index.build([Offer("yes", TEXT, facts=over(KNOWN, meets)), Offer("no", TEXT, facts=over(KNOWN, fails)),
                         Offer("unknown", TEXT, facts=unknown)])  # fmt: skip
    need, asking = Need("墨水", asked), Asking(on=DAY, weights=Weights.of({"lexical": 1}))
    result = index.query(need, asking)
    found = {each.id: each for each in result.candidates}
    assert set(found) == {"yes", "unknown"}
    assert (found["yes"].state, found["yes"].missing) == (State.FITS, ())
    assert check in {held.check for held in found["yes"].holds}
    assert (found["unknown"].state, len(found["unknown"].missing)) == (State.POSSIBLE, 1)
    (near,) = result.near_misses
    assert (near.id, near.failed.check, near.failed.verdict) == ("no", check, Verdict.NO)
    assert near.failed.change is not None
    assert (near.failed.change.side, near.failed.change.fact, near.failed.change.to) == change
    why = index.why_not(need, "no", asking)
    assert (why.reason, why.failed, why.others) == ("fails", near.failed, ())


@settings(max_examples=examples(40), deadline=None)
@given(facts(), facts())
def test_what_is_not_known_of_an_offer_never_excludes_it(wanted: Facts, some: Facts) -> None:
    index = Index.build([Offer("known", TEXT, facts=some), Offer("unknown", TEXT)])
    result = index.query(Need("墨水", wanted), Asking(on=DAY))
    assert "unknown" in {each.id for each in result.candidates}
    for each in result.candidates:
        verdicts = {held.verdict for held in each.holds}
        assert verdicts <= {Verdict.YES}


def test_money_of_other_currency_or_none_is_asked_for_not_compared() -> None:
    rows = [
        Offer("usd", TEXT, facts=Facts(ticket=Ticket(1, 9, "USD"))),
        Offer("none", TEXT, facts=Facts(ticket=Ticket(1, 9, None))),
    ]
    result = Index.build(rows).query(Need("墨水", Facts(ticket=Ticket(100, 200))))
    assert {each.missing for each in result.candidates} == {("ticket_currency",)}
    assert {each.values["ticket"] for each in result.candidates} == {0.5}, "unknown counts neither for nor against"


def test_two_faults_are_no_near_miss() -> None:
    far = Facts(kinds=FUND, stages=Span(9, 9))
    index = Index.build([Offer("a", TEXT, facts=far)])
    need = Need("墨水", Facts(kinds=LAB, stages=Span(1, 1)))
    assert index.query(need).near_misses == ()
    why = index.why_not(need, "a")
    assert (why.failed and why.failed.check, [each.check for each in why.others]) == ("kind", ["stage"])


def test_who_is_blocked_is_never_shown() -> None:
    rows = [
        Offer("a", TEXT, "甲"),
        Offer("b", TEXT, "乙"),
        Offer("c", TEXT, "丙", blocked=frozenset({"丁"})),
        Offer("d", TEXT),
    ]
    index = Index.build(rows)

    def found(need: Need) -> set[str]:
        result = index.query(need, Asking(on=DAY))
        return {each.id for each in result.candidates} | {each.id for each in result.near_misses}

    assert found(Need("墨水", blocked=frozenset({"甲", "b"}))) == {"c", "d"}
    assert found(Need("墨水", owner="丁")) == {"a", "b", "d"}
    assert found(Need("墨水", allowed=frozenset({"c", "zz"}))) == {"c"}
    assert found(Need("墨水", allowed=frozenset())) == set()
    assert index.why_not(Need("墨水", owner="丁"), "c").reason == "blocked"


def test_why_not_tells_what_is_first_in_the_way() -> None:
    index = Index.build([Offer("a", TEXT), Offer("b", "窑炉"), *(Offer(f"o{at}", "墨水") for at in range(4))])
    asking = Asking(top=2)
    assert index.why_not(Need("墨水"), "zz", asking).reason == "absent"
    assert index.why_not(Need("墨水"), "b", asking).reason == "no_word"
    assert index.why_not(Need("墨水"), "o0", asking).reason == "listed"
    below = index.why_not(Need("墨水"), "a", asking)
    assert below.reason == "below"
    assert below.score is not None
    assert below.needed is not None
    assert below.score < below.needed


def test_few_that_pass_are_found_among_many() -> None:
    rows = [Offer(f"o{at:04}", f"陶瓷墨水{at}", facts=Facts(kinds=FUND)) for at in range(3000)]
    rows.append(Offer("only", "墨水以及其他很多说明文字，排在所有供给的后面", facts=Facts(kinds=LAB)))
    asking = Asking(looked_at=5, reread=5, rarest=1)
    assert [each.id for each in Index.build(rows).query(Need("陶瓷墨水", Facts(kinds=LAB)), asking).candidates] == [
        "only"
    ]


@pytest.mark.parametrize(
    "make", [lambda: Span(3, 1), Span, lambda: Ticket(5, 1), lambda: Span(float("nan")), lambda: Facts(evidence=1.5)]
)
def test_facts_that_cannot_be_are_refused(make) -> None:
    with pytest.raises(RefusedError):
        make()
