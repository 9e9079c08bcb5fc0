"""Two persons publish: one proposes a text, another reads the difference and approves or returns it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from pathlib import Path
from typing import Final

from django.db.models import QuerySet

from feidi.engines.findings import Finding, Level, refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded
from feidi.kernel.content.checking import check
from feidi.kernel.content.folder import Folder, Key
from feidi.kernel.content.models import ContentProposal, ContentRevision, ProposalState
from feidi.kernel.content.parsing import digest_of
from feidi.kernel.content.publishing import newest_published, publish_texts
from feidi.kernel.content.scopes import scopes_of, scopes_of_all

KIND: Final = "content.proposal"
PROPOSE: Final = "content.propose"
APPROVE: Final = "content.approve"


def can_propose(actor: Actor, place: str) -> bool:
    """Tell whether the actor may propose content of a place."""
    return actor.may(PROPOSE, *scopes_of(place).propose)


def places_to_propose(actor: Actor, places: Collection[str]) -> tuple[str, ...]:
    """Return those of ``places`` whose content the actor may propose, in their order."""
    scopes = scopes_of_all(places)
    return tuple(place for place in places if actor.may(PROPOSE, *scopes[place].propose))


def can_decide(actor: Actor, proposal: ContentProposal) -> bool:
    """Tell whether the actor may approve or return this proposal: with the permission, and not its proposer."""
    return actor.may(APPROVE, *scopes_of(proposal.place).decide) and not _is_own(actor, proposal)


def can_view(actor: Actor, proposal: ContentProposal) -> bool:
    """Tell whether the actor may read this proposal: whoever may propose or decide there, and its proposer."""
    scopes = scopes_of(proposal.place)
    return actor.may(PROPOSE, *scopes.propose) or actor.may(APPROVE, *scopes.decide) or _is_own(actor, proposal)


def visible_to(actor: Actor, queryset: QuerySet[ContentProposal]) -> QuerySet[ContentProposal]:
    """Narrow to the proposals that ``can_view`` allows."""
    places = list(ContentProposal.objects.order_by("place").values_list("place", flat=True).distinct())
    shown = [
        place
        for place, scopes in scopes_of_all(places).items()
        if actor.may(PROPOSE, *scopes.propose) or actor.may(APPROVE, *scopes.decide)
    ]
    mine = queryset.filter(proposer_id=actor.user_id) if actor.user_id is not None else queryset.none()
    return queryset.filter(place__in=shown) | mine


def published_text(place: str, path: str) -> str:
    """Return the newest published text of exactly this place and path, "" when there is none."""
    newest = ContentRevision.objects.filter(place=place, path=path, superseded_at__isnull=True)
    return newest.values_list("body", flat=True).first() or ""


def findings_of(place: str, path: str, body: str) -> tuple[Finding, ...]:
    """Check a text as if it were published: all that is wrong with it, and what it would break elsewhere.

    Findings that the published content already had are left out.
    """
    before = _published()
    after = Folder(root=Path(), texts={**before.texts, (place, path): body}, findings=())
    known = {_same(each) for each in check(before)} if before.texts else set()
    return tuple(each for each in check(after) if _same(each) not in known or each.params["file"] == f"{place}/{path}")


def propose_content(
    *, actor: Actor, now: datetime, place: str, path: str, body: str, base_sha256: str, note: str
) -> ContentProposal:
    """Propose a text for a file of a place. ``base_sha256``: the published text it was written from ("" if new).

    Refused: no permission, no reason given, nothing changed, published by somebody else meanwhile, another open
    proposal for the same file, a text in which the check finds a problem (the findings are the reasons).
    """
    if not can_propose(actor, place):
        raise refuse("content.may_not_propose", who=actor.label, place=place)
    if not note.strip():
        raise refuse("content.proposal_without_note")
    _refuse_stale(place, path, base_sha256)
    if digest_of(body) == base_sha256:
        raise refuse("content.proposal_changes_nothing", file=f"{place}/{path}")
    _refuse_problems(place, path, body)
    row = ContentProposal(
        place=place,
        path=path,
        body=body,
        sha256=digest_of(body),
        base_sha256=base_sha256,
        note=note.strip(),
        proposed_by=actor.label[:160],
        proposer_id=actor.user_id,
        created_at=now,
    )
    with recorded(actor=actor, now=now) as unit:
        other = ContentProposal.objects.filter(place=place, path=path, state=ProposalState.OPEN).first()
        if other is not None:
            raise refuse("content.proposal_open_already", file=f"{place}/{path}", who=other.proposed_by)
        row.save()
        unit.created(row, kind=KIND)
    return row


def approve_proposal(*, actor: Actor, now: datetime, proposal: ContentProposal) -> ContentProposal:
    """Publish a proposal as the newest revision, signed by both.

    Refused: no permission, the proposer themself, decided already, published by somebody else since it was written,
    a problem that the check finds by now.
    """
    with recorded(actor=actor, now=now) as unit:
        row = _to_decide(actor, proposal)
        _refuse_stale(row.place, row.path, row.base_sha256)
        _refuse_problems(row.place, row.path, row.body)
        before = unit.before(row, KIND)
        (row.revision,) = publish_texts(
            unit, {(row.place, row.path): row.body}, actor.label, proposed_by=row.proposed_by
        )
        _decide(row, actor, now, ProposalState.APPROVED, "")
        unit.changed(row, kind=KIND, before=before, action="approved")
    return row


def return_proposal(*, actor: Actor, now: datetime, proposal: ContentProposal, reason: str) -> ContentProposal:
    """Send a proposal back with a reason. Refused as ``approve_proposal``, and without a reason."""
    if not reason.strip():
        raise refuse("content.return_without_reason")
    with recorded(actor=actor, now=now) as unit:
        row = _to_decide(actor, proposal)
        before = unit.before(row, KIND)
        _decide(row, actor, now, ProposalState.RETURNED, reason.strip())
        unit.changed(row, kind=KIND, before=before, action="returned")
    return row


def withdraw_proposal(*, actor: Actor, now: datetime, proposal: ContentProposal) -> ContentProposal:
    """Take one's own open proposal back. Refused to anybody else."""
    with recorded(actor=actor, now=now) as unit:
        row = _open(proposal)
        if not _is_own(actor, row):
            raise refuse("content.proposal_of_another", who=row.proposed_by)
        before = unit.before(row, KIND)
        _decide(row, actor, now, ProposalState.WITHDRAWN, "")
        unit.changed(row, kind=KIND, before=before, action="withdrawn")
    return row


def _published() -> Folder:
    rows = ContentRevision.objects.filter(superseded_at__isnull=True)
    texts: dict[Key, str] = {(place, path): body for place, path, body in rows.values_list("place", "path", "body")}
    return Folder(root=Path(), texts=texts, findings=())


def _same(finding: Finding) -> tuple[object, ...]:
    """Return what makes two findings one although lines have moved."""
    return (finding.code, finding.params["file"], finding.column, tuple(sorted(map(str, finding.params.values()))))


def _refuse_stale(place: str, path: str, base_sha256: str) -> None:
    if newest_published([place]).get((place, path), "") != base_sha256:
        raise refuse("content.published_meanwhile", file=f"{place}/{path}")


def _refuse_problems(place: str, path: str, body: str) -> None:
    problems = [each for each in findings_of(place, path, body) if each.level is not Level.NOTE]
    if problems:
        raise refuse("content.proposal_unusable", *problems, file=f"{place}/{path}", n=len(problems))


def _open(proposal: ContentProposal) -> ContentProposal:
    row = ContentProposal.objects.select_for_update().get(pk=proposal.pk)
    if row.state != ProposalState.OPEN:
        raise refuse("content.proposal_decided", state=row.get_state_display(), who=row.decided_by)
    return row


def _to_decide(actor: Actor, proposal: ContentProposal) -> ContentProposal:
    row = _open(proposal)
    if _is_own(actor, row):
        raise refuse("content.proposer_decides", who=row.proposed_by)
    if not can_decide(actor, row):
        raise refuse("content.may_not_approve", who=actor.label, place=row.place)
    return row


def _is_own(actor: Actor, proposal: ContentProposal) -> bool:
    if actor.user_id is None or proposal.proposer_id is None:
        return actor.label[:160] == proposal.proposed_by
    return actor.user_id == proposal.proposer_id


def _decide(row: ContentProposal, actor: Actor, now: datetime, state: ProposalState, reason: str) -> None:
    row.state = state
    row.decided_by, row.decider_id, row.decided_at, row.reason = actor.label[:160], actor.user_id, now, reason
    row.version += 1
    row.save()
