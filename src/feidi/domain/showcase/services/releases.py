"""The owner's side: a product in its own words, fields released with a look at what the public will see, taken back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from feidi.domain.parties.models import Organization, OrganizationLink, Outpost
from feidi.domain.parties.services.changing import changed, said
from feidi.domain.pipeline.models import Project
from feidi.domain.showcase.access import owns
from feidi.domain.showcase.enums import EditionAct, SheetKind
from feidi.domain.showcase.fields import FIELDS, NAME, PICTURE, drawn_words
from feidi.domain.showcase.kinds import PRODUCT, SHEET
from feidi.domain.showcase.models import Picture, Product, Publication, Release, Sheet
from feidi.domain.showcase.services.drafts import noted, refuse_active
from feidi.domain.showcase.services.publishing import take_off
from feidi.domain.showcase.services.subjects import Owned, owned_row, owners_of, row_of_sheet
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded

_MOST = 2000


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an owner would release: the codes ticked, its own words, English for what it wants read in English."""

    codes: frozenset[str]
    words: Mapping[str, Mapping[str, str]]
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class ProductText:
    """A product in its owner's words, Chinese and English."""

    name: str
    name_en: str = ""
    what: str = ""
    what_en: str = ""
    spec: str = ""
    spec_en: str = ""
    wanted: str = ""
    wanted_en: str = ""


def save_product(
    *, actor: Actor, now: datetime, organization: Organization, text: ProductText, product: Product | None = None
) -> Product:
    """Enter or change a product of one's own; what was released of it stays as it was. Refused: not one's own, no name,
    a text with a program in it.
    """
    if not owns(actor, organization.pk):
        raise refuse("showcase.not_yours")
    name = said(text.name, "showcase.title_needed")
    values = {each: str(getattr(text, each)).strip() for each in ProductText.__slots__}
    for each in values.values():
        refuse_active(each)
    with recorded(actor=actor, now=now) as unit:
        if product is None:
            row = Product(organization=organization, recorded_by=actor.label[:160], created_at=now, **values)
            row.save()
            unit.created(row, kind=PRODUCT)
            return row
        with changed(unit, product, kind=PRODUCT) as live:
            for field, value in {**values, "name": name}.items():
                setattr(live, field, value)
    return live


def sheet_for(*, actor: Actor, now: datetime, outpost: Outpost, kind: SheetKind, uid: str) -> Sheet:
    """Return the sheet of one's own row towards an outpost, made empty on first asking.

    Refused: not one's own, an outpost that does not know the organization. An unknown row does not exist.
    """
    row = owned_row(kind, uid)
    organization_id = _own_organization(actor, row)
    if not knows(outpost, row, organization_id):
        raise refuse("showcase.outpost_unknown", outpost=outpost.short_name)
    with recorded(actor=actor, now=now) as unit:
        known = Sheet.objects.filter(outpost=outpost, kind=kind, subject_uid=uid).first()
        if known is not None:
            return known
        sheet = Sheet(
            outpost=outpost,
            organization_id=organization_id,
            kind=kind,
            subject_uid=uid,
            label=str(getattr(row, "name", ""))[:160],
            created_at=now,
        )
        sheet.save()
        unit.created(sheet, kind=SHEET)
    return sheet


def release_fields(*, actor: Actor, now: datetime, sheet: Sheet, wanted: Wanted, version: int | None = None) -> Sheet:
    """Release exactly the fields ticked, with their words as they stand now; what is no longer ticked is public no more.

    Refused: not one's own, nothing ticked, no name, a ticked field without words, a program in a text.
    """
    row = row_of_sheet(sheet)
    _own_organization(actor, row)
    fields = words_of(sheet.kind, row, wanted)
    if NAME not in fields:
        raise refuse("showcase.release_without_name")
    with recorded(actor=actor, now=now) as unit:
        with changed(unit, sheet, kind=SHEET, version=version, action="released") as live:
            live.released, live.released_at, live.released_by = fields, now, actor.label[:160]
            live.label = fields[NAME]["zh"][:160]
        Release.objects.create(sheet=live, fields=fields, released_by=actor.label[:160], created_at=now)
        touched(actor, now, live)
    return live


def withdraw_release(*, actor: Actor, now: datetime, sheet: Sheet, reason: str = "") -> Sheet:
    """Take everything back: it is off the site with this act. Refused: not one's own, nothing released."""
    if not owns(actor, sheet.organization_id):
        raise refuse("showcase.not_yours")
    words = reason.strip() or "所有方撤回公开"
    with recorded(actor=actor, now=now) as unit:
        with changed(unit, sheet, kind=SHEET, reason=words, action="release_withdrawn") as live:
            if not live.released:
                raise refuse("showcase.nothing_released", what=live.label)
            live.released, live.released_at, live.released_by = {}, now, actor.label[:160]
        Release.objects.create(sheet=live, fields={}, released_by=actor.label[:160], reason=words[:300], created_at=now)
        publication = Publication.objects.filter(sheet=live).select_related("outpost").first()
        if publication is not None:
            take_off(unit, actor, now, publication, EditionAct.OWNER_WITHDREW, words)
    return live


def words_of(kind: str, row: Owned, wanted: Wanted) -> dict[str, dict[str, Any]]:
    """Return the fields that would be released with their words: what the preview shows is what is kept.

    Refused: a ticked field without words, too long, with a program in it.
    """
    drawn = drawn_words(kind, row)
    found: dict[str, dict[str, Any]] = {}
    for each in FIELDS[kind]:
        if each.code not in wanted.codes:
            continue
        if each.code == PICTURE:
            if wanted.picture is None:
                raise refuse("showcase.field_empty", field=str(each.label))
            found[PICTURE] = {"picture": wanted.picture.uid, "zh": wanted.picture.alt, "en": ""}
            continue
        given = wanted.words.get(each.code) or {}
        base = drawn.get(each.code, {"zh": "", "en": ""})
        pair = {
            "zh": base["zh"] if each.drawn else str(given.get("zh", "")).strip(),
            "en": str(given.get("en", "")).strip() or base["en"],
        }
        if not pair["zh"]:
            raise refuse("showcase.field_empty", field=str(each.label))
        for text in pair.values():
            refuse_active(text)
            if len(text) > _MOST:
                raise refuse("showcase.text_too_long", most=_MOST, found=len(text))
        found[each.code] = pair
    return found


def touched(actor: Actor, now: datetime, sheet: Sheet) -> None:
    """Mark the pages of a sheet's publication as changed: an owner's narrower release holds at once."""
    publication = Publication.objects.filter(sheet=sheet).first()
    edition = publication.editions.filter(state="published").order_by("-number").first() if publication else None
    if edition is not None:
        noted(actor, now, edition, EditionAct.CHANGED, "所有方更新公开范围")


def knows(outpost: Outpost, row: Owned, organization_id: int) -> bool:
    """Tell whether an outpost knows the owner: a project's is the project's own, others know it by a link."""
    if isinstance(row, Project):
        return row.outpost_id == outpost.pk
    return OrganizationLink.objects.filter(outpost=outpost, organization_id=organization_id).exists()


def _own_organization(actor: Actor, row: Owned) -> int:
    own = [each for each in sorted(owners_of(row)) if owns(actor, each)]
    if not own:
        raise refuse("showcase.not_yours")
    return own[0]
