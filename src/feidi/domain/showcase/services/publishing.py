"""Draft → review → published → withdrawn: two people, an hour from which it is public, an end that holds at once."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.services.changing import changed, said
from feidi.domain.showcase.access import EDIT, PUBLISH
from feidi.domain.showcase.enums import EditionAct, EditionState
from feidi.domain.showcase.events import Published, Withdrawn
from feidi.domain.showcase.fields import NAME
from feidi.domain.showcase.kinds import EDITION
from feidi.domain.showcase.models import Edition, Publication, Sheet
from feidi.domain.showcase.services.drafts import noted
from feidi.domain.showcase.services.subjects import subject_of_sheet
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import Unit, recorded
from feidi.kernel.events import publish


def send_for_review(*, actor: Actor, now: datetime, edition: Edition, version: int | None = None) -> Edition:
    """Send a draft to whoever publishes. Refused: no permission, not a draft, nothing that could be shown."""
    require(actor, EDIT, outpost_scope(edition.publication.outpost_id))
    with recorded(actor=actor, now=now) as unit:
        with changed(unit, edition, kind=EDITION, version=version, action="sent") as row:
            _in_state(row, EditionState.DRAFT)
            snapshot_of(row)
            row.state = EditionState.REVIEW
        noted(actor, now, row, EditionAct.SENT)
    return row


def return_edition(*, actor: Actor, now: datetime, edition: Edition, reason: str) -> Edition:
    """Give a draft back with why. Refused: no permission, not under review, no reason."""
    require(actor, PUBLISH, outpost_scope(edition.publication.outpost_id))
    words = said(reason, "showcase.reason_needed")
    with recorded(actor=actor, now=now) as unit:
        with changed(unit, edition, kind=EDITION, reason=words, action="returned") as row:
            _in_state(row, EditionState.REVIEW)
            row.state = EditionState.DRAFT
        noted(actor, now, row, EditionAct.RETURNED, words)
    return row


def publish_edition(
    *, actor: Actor, now: datetime, edition: Edition, visible_from: datetime | None = None, version: int | None = None
) -> Edition:
    """Publish what was sent, now or from a later hour; what the public sees is frozen here.

    Refused: no permission, one's own writing, not under review, an owner who released nothing or not its name.
    """
    publication = edition.publication
    require(actor, PUBLISH, outpost_scope(publication.outpost_id))
    with recorded(actor=actor, now=now) as unit:
        with changed(unit, edition, kind=EDITION, version=version, action="published") as row:
            _in_state(row, EditionState.REVIEW)
            if actor.user_id is None or actor.user_id in {row.author_id, *row.writers}:
                raise refuse("showcase.own_writing")
            row.snapshot = snapshot_of(row)
            row.reviewer_id = actor.user_id
            row.visible_from = max(visible_from or now, now)
            row.state = EditionState.PUBLISHED
        noted(actor, now, row, EditionAct.PUBLISHED, row.visible_from.isoformat() if row.visible_from > now else "")
        _tell(Published, publication)
    return row


def withdraw_publication(*, actor: Actor, now: datetime, publication: Publication, reason: str) -> Publication:
    """Take everything of a publication off the site, at once, the scheduled too. Refused: no permission, no reason,
    nothing public.
    """
    require(actor, PUBLISH, outpost_scope(publication.outpost_id))
    words = said(reason, "showcase.reason_needed")
    with recorded(actor=actor, now=now) as unit:
        if not take_off(unit, actor, now, publication, EditionAct.WITHDRAWN, words):
            raise refuse("showcase.nothing_public", what=publication.title)
    return publication


def abandon_draft(*, actor: Actor, now: datetime, edition: Edition, reason: str) -> Edition:
    """Give up a draft; it stays on file. Refused: no permission, not being written, no reason."""
    require(actor, EDIT, outpost_scope(edition.publication.outpost_id))
    words = said(reason, "showcase.reason_needed")
    with recorded(actor=actor, now=now) as unit:
        with changed(unit, edition, kind=EDITION, reason=words, action="abandoned") as row:
            if row.state not in {EditionState.DRAFT, EditionState.REVIEW}:
                raise refuse("showcase.not_a_draft", state=row.get_state_display())
            row.state = EditionState.WITHDRAWN
        noted(actor, now, row, EditionAct.ABANDONED, words)
    return row


def take_off(unit: Unit, actor: Actor, now: datetime, publication: Publication, act: EditionAct, words: str) -> int:
    """Withdraw every published edition inside the caller's act; return how many there were."""
    count = 0
    for each in publication.editions.filter(state=EditionState.PUBLISHED).select_related("publication"):
        with changed(unit, each, kind=EDITION, reason=words, action="withdrawn") as row:
            row.state = EditionState.WITHDRAWN
        noted(actor, now, row, act, words)
        count += 1
    if count:
        _tell(Withdrawn, publication)
    return count


def snapshot_of(edition: Edition) -> dict[str, Any]:
    """Return what the public would see of an edition: what its author wrote, or what its owner released less what is
    held back. Refused: an owner who released nothing, or not the name; a release without the name.
    """
    publication = edition.publication
    if publication.sheet_id is None:
        return dict(edition.content)
    sheet = Sheet.objects.get(pk=publication.sheet_id)
    if not sheet.released:
        raise refuse("showcase.nothing_released", what=sheet.label)
    shown = {code: words for code, words in sheet.released.items() if code not in edition.held_back}
    if NAME not in shown:
        raise refuse("showcase.name_not_released", what=sheet.label)
    return shown


def _in_state(edition: Edition, state: EditionState) -> None:
    if edition.state != state:
        raise refuse("showcase.not_in_state", needed=str(state.label), state=str(edition.get_state_display()))


def _tell(event: type[Published | Withdrawn], publication: Publication) -> None:
    about = subject_of_sheet(publication.sheet) if publication.sheet else None
    publish(
        event(
            publication.uid,
            publication.outpost.uid,
            publication.kind,
            about.kind if about else "",
            about.uid if about else "",
        )
    )
