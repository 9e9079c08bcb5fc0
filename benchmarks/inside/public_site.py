"""A public site with a year's worth of things on it, made through the services: ``benchmarks.inside.public_site``.

Prints the code of the outpost and the addresses of one page of each kind. Everything is invented.
"""

from __future__ import annotations

import json
import random
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

from django.core.management import call_command
from PIL import Image, ImageDraw

from feidi.domain.parties.models import Organization, OrganizationLink, Outpost
from feidi.domain.parties.services.places import sync_places
from feidi.domain.showcase.access import EDIT, PUBLISH, RELEASE_OWN
from feidi.domain.showcase.enums import PublicationKind, SheetKind
from feidi.domain.showcase.models import Picture, Publication
from feidi.domain.showcase.services.drafts import Draft, take_up_sheet, write_publication
from feidi.domain.showcase.services.pictures import keep_picture
from feidi.domain.showcase.services.publishing import publish_edition, send_for_review
from feidi.domain.showcase.services.releases import ProductText, Wanted, release_fields, save_product, sheet_for
from feidi.domain.space.services.syncing import sync_units
from feidi.kernel.access import Actor, ActorKind, Grant, Scope, ScopeKind
from feidi.kernel.content.publishing import load_folder
from feidi.kernel.identity.models import User

CODE = "yunbin"
NEWS, EXHIBITS, PRODUCTS = 60, 30, 60
START = datetime.now(UTC) - timedelta(days=400)


def main() -> None:
    """Migrate, load content, publish; print what was made."""
    call_command("migrate", verbosity=0)
    installer = Actor(kind=ActorKind.COMMAND, label="command:benchmark")
    load_folder(actor=installer, now=START)
    sync_places(actor=installer, now=START)
    sync_units(actor=installer, now=START)
    outpost = Outpost.objects.select_related("home", "host").get(code=CODE)
    writer, chief = (_person(outpost, login) for login in ("writer", "chief"))
    pictures = [_picture(outpost, writer, at) for at in range(8)]
    last: dict[str, str] = {}
    for kind, count in ((PublicationKind.NEWS, NEWS), (PublicationKind.EXHIBIT, EXHIBITS)):
        for at in range(count):
            text = f"第{at + 1}条，虚构内容。" * 60
            draft = Draft(
                texts={
                    "title": {"zh": f"虚构标题{at + 1}", "en": f"Invented title {at + 1}"},
                    "summary": {"zh": "一句话说清楚这条讲什么。", "en": "One line."},
                    "body": {"zh": f"## 小标题\n\n{text}\n\n- 甲\n- 乙", "en": text},
                },
                cover=pictures[at % len(pictures)],
            )
            now = START + timedelta(days=at + 1)
            row = write_publication(actor=writer, now=now, outpost=outpost, kind=kind, draft=draft)
            _publish(row, writer, chief, now)
            last[kind] = row.uid
    last["product"] = _products(outpost, writer, chief)
    print(json.dumps({"code": CODE, "last": last, "rows": Publication.objects.count()}))


def _person(outpost: Outpost, login: str) -> Actor:
    user = User.objects.create(login=login, display_name=login, created_at=START)
    grant = Grant("benchmark", frozenset({EDIT, PUBLISH}), Scope(ScopeKind.OUTPOST, outpost.pk))
    return Actor(kind=ActorKind.PERSON, label=login, user_id=user.pk, grants=(grant,))


def _picture(outpost: Outpost, actor: Actor, at: int) -> Picture:
    """Draw something as hard to compress as a photograph of a room."""
    chance = random.Random(at)
    image = Image.new("RGB", (1600, 1200), (40 + 20 * at, 90, 140))
    pen = ImageDraw.Draw(image)
    for _ in range(700):
        x, y = chance.randrange(1600), chance.randrange(1200)
        colour = tuple(chance.randrange(256) for _ in range(3))
        pen.rectangle((x, y, x + chance.randrange(160), y + chance.randrange(120)), fill=colour)
    stream = BytesIO()
    image.save(stream, "JPEG", quality=92)
    return keep_picture(actor=actor, now=START, outpost=outpost, name="图.jpg", chunks=[stream.getvalue()], alt="虚构")


def _publish(row: Publication, writer: Actor, chief: Actor, now: datetime) -> None:
    edition = send_for_review(actor=writer, now=now, edition=row.editions.get())
    publish_edition(actor=chief, now=now, edition=edition)


def _products(outpost: Outpost, writer: Actor, chief: Actor) -> str:
    uid = ""
    for at in range(PRODUCTS):
        now = START + timedelta(days=at + 1)
        firm = Organization.objects.create(name=f"虚构{at}有限公司", name_folded=f"虚构{at}有限公司", created_at=START)
        OrganizationLink.objects.create(outpost=outpost, organization=firm, since=START.date())
        grant = Grant("tenant", frozenset({RELEASE_OWN}), Scope(ScopeKind.ORGANIZATION, firm.pk))
        owner = Actor(kind=ActorKind.PERSON, label="owner", grants=(grant,))
        act: dict[str, Any] = {"actor": owner, "now": now}
        text = ProductText(f"虚构产品{at}", f"Invented product {at}", "一段说明。" * 20, "Some words. " * 20)
        product = save_product(organization=firm, text=text, **act)
        sheet = sheet_for(outpost=outpost, kind=SheetKind.PRODUCT, uid=product.uid, **act)
        sheet = release_fields(sheet=sheet, wanted=Wanted(frozenset({"name", "what"}), {}), **act)
        row = take_up_sheet(actor=writer, now=now, sheet=sheet)
        _publish(row, writer, chief, now)
        uid = row.uid
    return uid


if __name__ == "__main__":
    main()
