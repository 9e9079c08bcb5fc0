"""What may be shown to the public by name: asked each time, so that a withdrawal holds at once. The wall asks here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from feidi.domain.parties.models import Outpost
from feidi.domain.showcase.enums import PublicationKind
from feidi.domain.showcase.selectors.published import Shown, list_shown


@dataclass(frozen=True, slots=True)
class Cleared:
    """One row that is public now. ``subject_uid``: the project, organization or product; ``fields``: code → {zh, en},
    those released and not held back; whatever is not among them must not be shown.
    """

    publication_uid: str
    subject_uid: str
    name: str
    name_en: str
    fields: Mapping[str, Mapping[str, Any]]
    picture_uid: str = ""


def cleared_projects(outpost: Outpost, now: datetime) -> list[Cleared]:
    """Return the projects of an outpost that its public site shows now, newest first."""
    return _cleared(outpost, now, PublicationKind.PROJECT)


def cleared_organizations(outpost: Outpost, now: datetime) -> list[Cleared]:
    """Return the organizations that an outpost's public site shows now, newest first."""
    return _cleared(outpost, now, PublicationKind.ORGANIZATION)


def cleared_products(outpost: Outpost, now: datetime) -> list[Cleared]:
    """Return the products that an outpost's public site shows now, newest first."""
    return _cleared(outpost, now, PublicationKind.PRODUCT)


def _cleared(outpost: Outpost, now: datetime, kind: PublicationKind) -> list[Cleared]:
    return [_of(each) for each in list_shown(outpost, now, [kind])]


def _of(shown: Shown) -> Cleared:
    name = shown.title
    return Cleared(
        shown.uid,
        shown.subject_uid,
        name["zh"],
        name["en"],
        shown.content,
        shown.picture.uid if shown.picture else "",
    )
