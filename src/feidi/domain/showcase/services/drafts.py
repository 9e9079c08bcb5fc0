"""Writing what is to be published: a publication with its first draft, changes of a draft, a new edition, giving up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.models import Outpost
from feidi.domain.parties.services.changing import changed, locked
from feidi.domain.showcase.access import EDIT
from feidi.domain.showcase.enums import RELEASED_KINDS, EditionAct, EditionState, PublicationKind
from feidi.domain.showcase.kinds import EDITION, PUBLICATION
from feidi.domain.showcase.markup import active_part
from feidi.domain.showcase.models import Edition, EditionStep, Picture, Publication, Sheet
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded

#: The texts of a written publication, each in Chinese and English, and how long each may be.
TEXTS: Final = {"title": 160, "summary": 400, "body": 20_000}
#: Facts of some kinds, one line each.
FACTS: Final = {
    PublicationKind.NEWS: ("medium", "author", "link", "rights"),
    PublicationKind.SITE: ("area", "price", "place", "contact"),
    PublicationKind.EXHIBIT: ("spot", "maker"),
    PublicationKind.RESULT: (),
}
_FACT: Final = 300


@dataclass(frozen=True, slots=True)
class Draft:
    """What an author wrote. ``texts``: title, summary, body → {zh, en}; ``facts``: one-line facts of the kind;
    ``held_back``: fields of an owner's release that are not shown; ``figures``: of a result, as they were reckoned.
    """

    texts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    facts: Mapping[str, str] = field(default_factory=dict)
    cover: Picture | None = None
    held_back: tuple[str, ...] = ()
    figures: tuple[Mapping[str, Any], ...] = ()


def write_publication(
    *, actor: Actor, now: datetime, outpost: Outpost, kind: PublicationKind, draft: Draft
) -> Publication:
    """Begin something of the outpost's own. Refused: no permission, no Chinese title, a text with a program in it."""
    require(actor, EDIT, outpost_scope(outpost.pk))
    if kind in RELEASED_KINDS:
        raise refuse("showcase.released_by_owner")
    content = content_of(kind, draft)
    with recorded(actor=actor, now=now) as unit:
        row = Publication(
            outpost=outpost,
            kind=kind,
            title=content["title"]["zh"],
            recorded_by=actor.label[:160],
            created_at=now,
        )
        row.save()
        unit.created(row, kind=PUBLICATION)
        _new_edition(actor, now, row, content, draft)
    return row


def take_up_sheet(*, actor: Actor, now: datetime, sheet: Sheet, held_back: tuple[str, ...] = ()) -> Publication:
    """Begin a publication of what an owner has released. Refused: no permission, nothing released, taken up before."""
    require(actor, EDIT, outpost_scope(sheet.outpost_id))
    with recorded(actor=actor, now=now) as unit:
        live = locked(sheet)
        if not live.released:
            raise refuse("showcase.nothing_released", what=live.label)
        known = Publication.objects.filter(sheet=live).first()
        if known is not None:
            raise refuse("showcase.taken_up", what=live.label)
        row = Publication(
            outpost=live.outpost,
            kind=live.kind,
            title=live.label,
            sheet=live,
            recorded_by=actor.label[:160],
            created_at=now,
        )
        row.save()
        unit.created(row, kind=PUBLICATION)
        _new_edition(actor, now, row, {}, Draft(held_back=held_back))
    return row


def new_edition(*, actor: Actor, now: datetime, publication: Publication) -> Edition:
    """Begin another edition from the last one; what is public stays until the new one is published.

    Refused: no permission, one is being written already.
    """
    require(actor, EDIT, outpost_scope(publication.outpost_id))
    with recorded(actor=actor, now=now):
        row = locked(publication)
        if row.editions.filter(state__in=[EditionState.DRAFT, EditionState.REVIEW]).exists():
            raise refuse("showcase.draft_there", what=row.title)
        last = row.editions.order_by("-number").first()
        draft = Draft(cover=last.cover if last else None, held_back=tuple(last.held_back) if last else ())
        return _new_edition(actor, now, row, dict(last.content) if last else {}, draft)


def change_draft(*, actor: Actor, now: datetime, edition: Edition, draft: Draft, version: int | None = None) -> Edition:
    """Change a draft; who changes it is its author from now on. Refused: no permission, not a draft, as for writing."""
    publication = edition.publication
    require(actor, EDIT, outpost_scope(publication.outpost_id))
    content = {} if publication.sheet_id else content_of(PublicationKind(publication.kind), draft)
    with recorded(actor=actor, now=now) as unit:
        with changed(unit, edition, kind=EDITION, version=version) as row:
            if row.state != EditionState.DRAFT:
                raise refuse("showcase.not_a_draft", state=row.get_state_display())
            row.content, row.held_back, row.cover = content, list(draft.held_back), draft.cover
            row.author_id = _user(actor)
            row.writers = sorted({*row.writers, _user(actor)})
        if content and content["title"]["zh"] != publication.title:
            with changed(unit, publication, kind=PUBLICATION) as named:
                named.title = content["title"]["zh"]
        noted(actor, now, row, EditionAct.CHANGED)
    return row


def content_of(kind: PublicationKind, draft: Draft) -> dict[str, Any]:
    """Return what is kept of a draft. Refused: no Chinese title, too long, a program in a text."""
    content: dict[str, Any] = {}
    for name, most in TEXTS.items():
        pair = {lang: str((draft.texts.get(name) or {}).get(lang, "")).strip() for lang in ("zh", "en")}
        for text in pair.values():
            if len(text) > most:
                raise refuse("showcase.text_too_long", most=most, found=len(text))
            refuse_active(text)
        content[name] = pair
    if not content["title"]["zh"]:
        raise refuse("showcase.title_needed")
    for name in FACTS[kind]:
        fact = str(draft.facts.get(name, "")).strip()[:_FACT]
        refuse_active(fact)
        content[name] = fact
    if kind is PublicationKind.RESULT:
        content["figures"] = [dict(each) for each in draft.figures]
    link = content.get("link", "")
    if link and not link.startswith(("https://", "http://")):
        raise refuse("showcase.link_not_web", value=link)
    return content


def refuse_active(text: str) -> None:
    """Refuse a text that holds what would be a program on a web page."""
    if part := active_part(text):
        raise refuse("showcase.active_text", part=part)


def _new_edition(
    actor: Actor, now: datetime, publication: Publication, content: dict[str, Any], draft: Draft
) -> Edition:
    with recorded(actor=actor, now=now) as unit:
        last = publication.editions.order_by("-number").values_list("number", flat=True).first() or 0
        row = Edition(
            publication=publication,
            number=last + 1,
            content=content,
            held_back=list(draft.held_back),
            cover=draft.cover,
            author_id=_user(actor),
            writers=[_user(actor)],
            created_at=now,
        )
        row.save()
        unit.created(row, kind=EDITION)
        noted(actor, now, row, EditionAct.DRAFTED)
    return row


def noted(actor: Actor, now: datetime, edition: Edition, act: EditionAct, note: str = "") -> EditionStep:
    """Write down what was done to an edition. Inside the caller's act; the audit trail holds the same as changes."""
    return EditionStep.objects.create(
        edition=edition,
        outpost_id=edition.publication.outpost_id,
        kind=edition.publication.kind,
        act=act,
        note=note.strip()[:300],
        done_by=actor.label[:160],
        created_at=now,
    )


def _user(actor: Actor) -> int:
    if actor.user_id is None:
        raise refuse("showcase.needs_a_person")
    return actor.user_id
