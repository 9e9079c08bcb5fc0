"""The clause lint at work: hits become reviews, people decide them; a sentence that is gone counts as amended."""

from __future__ import annotations

from datetime import datetime

from feidi.domain.pipeline.access import require_on
from feidi.domain.pipeline.enums import ClauseDecision
from feidi.domain.pipeline.models import Agreement, ClauseReview
from feidi.domain.pipeline.selectors.clauses import clause_rules, lint
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded
from feidi.kernel.audit.unit import Unit
from feidi.kernel.files.first_page import read_first_page
from feidi.kernel.files.services import path_of

KIND = "pipeline.clause_review"
AGREEMENT = "pipeline.agreement"
EDIT = "agreement.edit"
_GONE = "新文本中已没有这一句"


def review_clauses(*, unit: Unit, agreement: Agreement) -> list[ClauseReview]:
    """Point at what the agreement's text says now; returns the reviews made anew.

    A sentence known before keeps its decision; an open or to-amend one that is gone becomes 已修改.
    """
    rules = clause_rules(agreement.project.outpost.home)
    hits = lint(agreement.clause_text, rules) if rules and agreement.clause_text else []
    known = {(each.rule, each.excerpt_sha256): each for each in agreement.clause_reviews.all()}
    made = []
    for hit in hits:
        if (hit.rule, hit.sha256) in known:
            continue
        row = ClauseReview(
            agreement=agreement,
            rule=hit.rule,
            excerpt=hit.excerpt,
            excerpt_sha256=hit.sha256,
            start=hit.start,
            created_at=unit.now,
        )
        row.save()
        unit.created(row, kind=KIND)
        known[hit.rule, hit.sha256] = row
        made.append(row)
    present = {(hit.rule, hit.sha256) for hit in hits}
    for key, row in known.items():
        if key not in present and row.decision in {ClauseDecision.OPEN, ClauseDecision.TO_AMEND}:
            _decide(unit, row, ClauseDecision.AMENDED, _GONE)
    return made


def set_clause_text(*, actor: Actor, now: datetime, agreement: Agreement, text: str) -> list[ClauseReview]:
    """Put down the agreement's clauses and point at them; returns the reviews made anew. Refused: nothing written."""
    require_on(actor, EDIT, agreement.project)
    if not text.strip():
        raise refuse("pipeline.clause_text_empty")
    with recorded(actor=actor, now=now) as unit:
        rows = Agreement.objects.select_for_update(of=("self",)).select_related("project__outpost__home")
        row = rows.get(pk=agreement.pk)
        before = unit.before(row, AGREEMENT)
        row.clause_text = text.strip()
        row.version += 1
        row.save(update_fields=["clause_text", "version"])
        unit.changed(row, kind=AGREEMENT, before=before)
        return review_clauses(unit=unit, agreement=row)


def read_scan(agreement: Agreement) -> str:
    """Return what text the scan yields cheaply (Word: the document; PDF: its first page), "" when it holds none."""
    return read_first_page(path_of(agreement.scan), agreement.scan.kind).text.strip()


def take_text_of_scan(*, actor: Actor, now: datetime, agreement: Agreement) -> list[ClauseReview]:
    """Read the scan and point at its text; the text then can be completed by hand. Refused: the scan yields none."""
    require_on(actor, EDIT, agreement.project)
    text = read_scan(agreement)
    if not text:
        raise refuse("pipeline.clause_scan_no_text", name=agreement.scan.name)
    return set_clause_text(actor=actor, now=now, agreement=agreement, text=text)


def decide_clause(
    *, actor: Actor, now: datetime, review: ClauseReview, decision: ClauseDecision, note: str = ""
) -> ClauseReview:
    """Say what a person makes of a sentence. Refused: 待审 as a decision, 无问题 or 已修改 without saying why."""
    require_on(actor, EDIT, review.agreement.project)
    if decision == ClauseDecision.OPEN:
        raise refuse("pipeline.clause_decision_needed")
    if decision != ClauseDecision.TO_AMEND and not note.strip():
        raise refuse("pipeline.reason_needed")
    with recorded(actor=actor, now=now) as unit:
        row = ClauseReview.objects.select_for_update().get(pk=review.pk)
        _decide(unit, row, decision, note.strip())
    return row


def _decide(unit: Unit, row: ClauseReview, decision: ClauseDecision, note: str) -> None:
    before = unit.before(row, KIND)
    row.decision, row.note, row.decided_by, row.decided_at = decision, note[:500], unit.actor.label[:160], unit.now
    row.version += 1
    row.save(update_fields=["decision", "note", "decided_by", "decided_at", "version"])
    unit.changed(row, kind=KIND, before=before, reason=note)
