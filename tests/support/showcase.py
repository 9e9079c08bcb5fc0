"""What tests of showcase begin with: something published, a firm that releases, a picture as a camera makes one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

from PIL import Image

from feidi.domain.parties.models import Organization, OrganizationLink
from feidi.domain.pipeline.enums import PartyRole
from feidi.domain.pipeline.models import Project
from feidi.domain.pipeline.services.registering import add_party
from feidi.domain.showcase.enums import PublicationKind, SheetKind
from feidi.domain.showcase.models import Edition, Picture, Publication, Sheet
from feidi.domain.showcase.services.drafts import Draft, take_up_sheet, write_publication
from feidi.domain.showcase.services.pictures import keep_picture
from feidi.domain.showcase.services.publishing import publish_edition, send_for_review
from feidi.domain.showcase.services.releases import Wanted, release_fields, sheet_for
from tests.support.world import World


def draft_of(title: str = "开放日", body: str = "欢迎来访。", **more: Any) -> Draft:
    """A draft in both languages."""
    texts = {
        "title": {"zh": title, "en": f"{title} in English"},
        "summary": {"zh": "一句话", "en": "One line"},
        "body": {"zh": body, "en": "Welcome."},
    }
    return Draft(texts=texts, **more)


def written(world: World, kind: PublicationKind = PublicationKind.NEWS, draft: Draft | None = None) -> Publication:
    """Something that the officer wrote."""
    return write_publication(
        actor=world.actor("officer"), now=world.now, outpost=world.outpost, kind=kind, draft=draft or draft_of()
    )


def published(world: World, publication: Publication, *, at: datetime | None = None) -> Edition:
    """Its draft, sent by the officer and published by the lead."""
    edition = publication.editions.order_by("-number").get(state="draft")
    edition = send_for_review(actor=world.actor("officer"), now=world.now, edition=edition)
    return publish_edition(actor=world.actor("lead"), now=world.now, edition=edition, visible_from=at)


def firm_of(world: World) -> Organization:
    """The tenant's organization, known to the outpost."""
    firm = world.users["tenant"].memberships.get().organization
    assert firm is not None
    OrganizationLink.objects.get_or_create(
        outpost=world.outpost, organization=firm, defaults={"since": world.now.date()}
    )
    return firm


def own_project(world: World, name: str = "低温在线检测") -> Project:
    """A project of the tenant's organization with something in every field."""
    firm = firm_of(world)
    project = world.lead(name, firm.name)
    add_party(project=project, party=firm, role=PartyRole.SPONSOR)
    Project.objects.filter(pk=project.pk).update(
        team_size=9, industry="半导体新材料", core_product="低温探头标定台", tech_source="滨海大学实验室"
    )
    return Project.objects.select_related("outpost__home").get(pk=project.pk)


def released(
    world: World,
    project: Project,
    codes: Iterable[str] = ("name", "one_line", "industry", "core_product", "tech_source"),
    **more: Any,
) -> Sheet:
    """The project's sheet with some fields released by the tenant."""
    act: dict[str, Any] = {"actor": world.actor("tenant"), "now": world.now}
    sheet = sheet_for(outpost=world.outpost, kind=SheetKind.PROJECT, uid=project.uid, **act)
    words = {code: {"zh": "", "en": f"{code} in English"} for code in codes}
    wanted = Wanted(frozenset(codes), more.pop("words", words), **more)
    return release_fields(sheet=sheet, wanted=wanted, **act)


def shown_project(world: World, project: Project, *, held_back: tuple[str, ...] = ()) -> Publication:
    """The project on the public site, less what is held back."""
    sheet = released(world, project)
    publication = take_up_sheet(actor=world.actor("officer"), now=world.now, sheet=sheet, held_back=held_back)
    published(world, publication)
    return publication


def photograph(size: tuple[int, int] = (1200, 900), kind: str = "JPEG") -> bytes:
    """A picture with the place and the owner that a camera writes into it."""
    image = Image.new("RGB", size, (40, 90, 140))
    exif = Image.Exif()
    exif[0x010E] = "Qsecretdescription"
    exif[0x013B] = "Qphotographer"
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2] = "N", (22.0, 32.0, 0.0)
    stream = BytesIO()
    image.save(stream, kind, exif=exif.tobytes())
    return stream.getvalue()


def picture_of(world: World, data: bytes | None = None, name: str = "照片.jpg") -> Picture:
    """A kept picture."""
    return keep_picture(
        actor=world.actor("officer"),
        now=world.now,
        outpost=world.outpost,
        name=name,
        chunks=[data or photograph()],
        alt="展厅",
    )


def later(world: World, **more: float) -> datetime:
    """Some time after the world's moment."""
    return world.now + timedelta(**more)
