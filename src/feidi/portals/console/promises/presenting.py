"""From commitments, shares and clauses to what the components draw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from feidi.domain.pipeline.enums import ClauseDecision, CommitmentKind, CommitmentSide
from feidi.domain.pipeline.models import Agreement, BenefitTerm, ClauseReview, Commitment
from feidi.domain.pipeline.selectors.benefits import standing_of
from feidi.domain.pipeline.selectors.clauses import ClauseRule, ClauseRules, ReviewState, review_state
from feidi.domain.pipeline.selectors.commitments import Fulfilment, Standing, standings_of
from feidi.engines.money import Money, MoneyText
from feidi.kernel.money.columns import money_of
from feidi.portals.console.promises.forms import FULFILMENT, REVIEW
from feidi.portals.console.words import say_pair
from feidi.portals.ui.pieces import Badge, Column, Row, Tone

TONES: dict[Fulfilment, Tone] = {
    Fulfilment.MET: "ok",
    Fulfilment.PARTLY: "warn",
    Fulfilment.NOT_YET: "bad",
    Fulfilment.UNKNOWN: "quiet",
}
REVIEW_TONES: dict[ReviewState, Tone] = {
    ReviewState.NO_TEXT: "quiet",
    ReviewState.OPEN: "bad",
    ReviewState.TO_AMEND: "warn",
    ReviewState.DECIDED: "ok",
    ReviewState.CLEAN: "ok",
}
COMMITMENTS = [
    Column("text", gettext_lazy("承诺"), sortable=True, lead=True),
    Column("project", gettext_lazy("项目")),
    Column("side", gettext_lazy("谁的承诺"), sortable=True),
    Column("kind", gettext_lazy("类别"), shown=False),
    Column("promised", gettext_lazy("承诺数"), numeric=True),
    Column("met", gettext_lazy("已采信"), numeric=True),
    Column("due", gettext_lazy("期限"), sortable=True),
    Column("state", gettext_lazy("兑现")),
]
COMMITMENT_SORTS = {"text": "text", "side": "side", "due": "due_on"}
BENEFITS = [
    Column("basis", gettext_lazy("按什么计算"), lead=True),
    Column("project", gettext_lazy("项目")),
    Column("counterpart", gettext_lazy("与谁分享"), sortable=True),
    Column("share", gettext_lazy("主办方比例")),
    Column("periods", gettext_lazy("已结算期数"), numeric=True),
    Column("difference", gettext_lazy("实结与应结之差"), numeric=True),
    Column("unknown", gettext_lazy("基数未知期数"), numeric=True),
]
BENEFIT_SORTS = {"counterpart": "counterpart"}
CLAUSES = [
    Column("title", gettext_lazy("协议"), lead=True),
    Column("project", gettext_lazy("项目")),
    Column("signed", gettext_lazy("签约日期"), sortable=True),
    Column("state", gettext_lazy("排查情况")),
    Column("hits", gettext_lazy("提示句数"), numeric=True),
    Column("open", gettext_lazy("待审句数"), numeric=True),
]
CLAUSE_SORTS = {"signed": "signed_on"}


def promised_of(row: Commitment) -> MoneyText | str | None:
    """Return what is promised: an amount, a number with its unit, or nothing."""
    if row.quantity is not None:
        return f"{row.quantity:,} {row.unit}"
    value = money_of(row, "amount")
    return value if value.text or value.lo_fen is not None or value.hi_fen is not None else None


def met_of(row: Commitment, standing: Standing) -> Money | str | None:
    """Return what accepted evidence adds up to."""
    if standing.met_quantity is not None:
        return f"{standing.met_quantity:,} {row.unit}"
    return standing.met_money


def state_badges(standing: Standing) -> list[Badge]:
    """Return how far it is, late or overdue, and what waits for a decision."""
    found = [Badge(str(FULFILMENT[standing.state]), TONES[standing.state])]
    if standing.overdue:
        found.append(Badge(_("已逾期"), "bad", "clock"))
    if standing.late:
        found.append(Badge(_("晚于期限兑现"), "warn", "clock"))
    if standing.waiting:
        found.append(Badge(_("{n} 件证据待审").format(n=standing.waiting), "info"))
    if standing.other_currency:
        found.append(Badge(_("{n} 件币种不同，未合计").format(n=standing.other_currency), "warn"))
    return found


def commitment_rows(rows: Sequence[Commitment], today: date) -> list[Row]:
    """Return commitments as list rows. Two queries."""
    standings = standings_of(rows, today)
    return [_commitment_row(row, standings[row.pk]) for row in rows]


def _commitment_row(row: Commitment, standing: Standing) -> Row:
    badges = state_badges(standing)
    return Row(
        cells={
            "text": row.text,
            "project": row.agreement.project.name,
            "side": CommitmentSide(row.side).label,
            "kind": CommitmentKind(row.kind).label,
            "promised": promised_of(row),
            "met": met_of(row, standing),
            "due": row.due_on,
            "state": str(FULFILMENT[standing.state]),
        },
        url=reverse("console:promises:commitment_view", args=[row.uid]),
        uid=row.uid,
        badges=badges[1:],
        tone="bad" if standing.overdue else "",
    )


def share_text(term: BenefitTerm) -> str:
    """Return a share as people write it: per cent where that is exact to two decimals, else the fraction."""
    share = Fraction(term.share_numerator, term.share_denominator) * 100
    exact = share * 100
    if exact.denominator == 1:
        return f"{exact.numerator / 100:g}%"
    return f"{term.share_numerator}/{term.share_denominator}"


def benefit_rows(terms: Sequence[BenefitTerm]) -> list[Row]:
    """Return sharing terms as list rows; their settlements were fetched with them."""
    rows = []
    for term in terms:
        now = standing_of(term)
        rows.append(
            Row(
                cells={
                    "basis": term.basis,
                    "project": term.agreement.project.name,
                    "counterpart": term.counterpart,
                    "share": share_text(term),
                    "periods": len(now.settlements),
                    "difference": list(now.differences),
                    "unknown": now.unknown,
                },
                url=reverse("console:promises:benefit_view", args=[term.uid]),
                uid=term.uid,
            )
        )
    return rows


def clause_rows(agreements: Sequence[Agreement]) -> list[Row]:
    """Return agreements of ``list_reviewed`` as rows."""
    rows = []
    for each in agreements:
        state = review_state(each)
        rows.append(
            Row(
                cells={
                    "title": each.title or f"{each.get_kind_display()} {each.signed_on}",
                    "project": each.project.name,
                    "signed": each.signed_on,
                    "state": str(REVIEW[state]),
                    "hits": each.hits,  # type: ignore[attr-defined]
                    "open": each.open_hits,  # type: ignore[attr-defined]
                },
                url=reverse("console:promises:clause_view", args=[each.uid]),
                uid=each.uid,
                badges=[Badge(str(REVIEW[state]), REVIEW_TONES[state])] if state is ReviewState.OPEN else (),
            )
        )
    return rows


@dataclass(frozen=True, slots=True)
class ShownClause:
    """One sentence with its parts (text, highlighted), why it is pointed at, and what was decided."""

    row: ClauseReview
    parts: tuple[tuple[str, bool], ...]
    label: str
    why: str
    source: str
    decided: bool


def shown_clauses(reviews: Sequence[ClauseReview], rules: ClauseRules | None) -> list[ShownClause]:
    """Return reviews as the page shows them, by their place in the text."""
    found = []
    for row in sorted(reviews, key=lambda each: (each.start, each.rule)):
        rule = rules.rule(row.rule) if rules else None
        found.append(
            ShownClause(
                row,
                _parts(row.excerpt, rule, rules.benefits if rules else ()),
                say_pair(rule.label_zh, rule.label_en) if rule else row.rule,
                say_pair(rule.why_zh, rule.why_en) if rule else "",
                say_pair(rule.source_zh, rule.source_en) if rule else "",
                row.decision != ClauseDecision.OPEN,
            )
        )
    return found


def _parts(text: str, rule: ClauseRule | None, benefits: tuple[str, ...]) -> tuple[tuple[str, bool], ...]:
    marked = [False] * len(text)
    spans = [match.span() for pattern in (rule.patterns if rule else ()) for match in pattern.finditer(text)]
    for word in benefits:
        at = text.find(word)
        while at >= 0:
            spans.append((at, at + len(word)))
            at = text.find(word, at + 1)
    for begin, end in spans:
        marked[begin:end] = [True] * (end - begin)
    edges = [0, *(at for at in range(1, len(text)) if marked[at] != marked[at - 1]), len(text)]
    return tuple((text[begin:end], marked[begin]) for begin, end in pairwise(edges) if begin < end)
