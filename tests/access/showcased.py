"""What an outpost of a row shows: a draft, something public, an exhibit, a sheet its firm released, reports of the media,
a delegation, a visitor's message. Home reads what is public and the media ledger; the firm its own sheet and product.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from feidi.domain.parties.models import Organization
from feidi.domain.showcase.access import RELEASE_OWN
from feidi.domain.showcase.enums import InquiryKind, PublicationKind, SheetKind
from feidi.domain.showcase.services.drafts import take_up_sheet
from feidi.domain.showcase.services.inquiries import Message, take_inquiry
from feidi.domain.showcase.services.media import Report, note_report
from feidi.domain.showcase.services.releases import ProductText, Wanted, release_fields, save_product, sheet_for
from feidi.domain.showcase.services.visits import Stop, Visitor, VisitPlan, book_visit, set_visitors, set_way
from feidi.kernel.access import ANONYMOUS, Actor, ActorKind, Grant, Scope, ScopeKind
from tests.support.showcase import draft_of, picture_of, published, written
from tests.support.world import World

REASON: Final = {"reason": "理由"}
#: Name, part of a row, whether it is a page, what is sent: by the staff alone.
ACTS: Final[tuple[tuple[str, str, bool, dict[str, str] | None], ...]] = (
    ("showcase:picture_view", "picture", True, None),
    ("showcase:publication_edit", "publication", True, {"title_zh": "改"}),
    ("showcase:edition_new", "shown_publication", False, {}),
    ("showcase:edition_send", "publication", False, {}),
    ("showcase:edition_abandon", "publication", False, REASON),
    ("showcase:sheet_take", "sheet", True, {}),
    ("showcase:inquiry_view", "inquiry", True, None),
    ("showcase:inquiry_unmask", "inquiry", False, REASON),
    ("showcase:inquiry_answer", "inquiry", True, {"answer": "已答"}),
    ("showcase:inquiry_turn", "inquiry", True, {}),
    ("exhibition:label_view", "exhibit", True, None),
    ("exhibition:visit_view", "hall_visit", True, None),
    ("exhibition:visit_print", "hall_visit", True, None),
    ("exhibition:visit_edit", "hall_visit", True, {}),
    ("exhibition:visit_way", "hall_visit", True, {"stops": "看样机"}),
    ("exhibition:visit_people", "hall_visit", True, {"people": "某"}),
    ("exhibition:visit_finish", "hall_visit", True, {"result": "已接待"}),
    ("exhibition:visit_cancel", "hall_visit", False, REASON),
    ("exhibition:visit_unmask", "hall_visit", False, REASON),
)
#: By whoever publishes: name, part, what is sent. The first two are read by the staff alone, the others by home too.
DECIDED: Final = (
    ("edition_return", "publication", REASON),
    ("edition_publish", "publication", {}),
    ("publication_withdraw", "shown_publication", REASON),
    ("media_show", "media", {}),
)
#: Lists that both sides read; the staff's own; the owners'.
BOTH: Final = ("publication_list", "publication_export", "media_list", "media_export")
STAFF_PAGES: Final = (
    *("showcase:publication_new", "showcase:sheet_list", "showcase:media_new", "showcase:inquiry_list"),
    *("exhibition:visit_list", "exhibition:visit_export", "exhibition:visit_new"),
    *("exhibition:exhibit_list", "exhibition:label_list"),
)
OWNER_PAGES: Final = ("sheet_list", "product_new")
#: For everybody: told by their own tests.
PUBLIC_PAGES: Final = (
    *("site_list", "site_view", "window_view", "space_view", "show_list", "show_view", "news_list", "news_view"),
    *("exhibit_list", "exhibit_view", "result_view", "policy_list", "policy_check", "cost_view", "event_list"),
    *("contact_view", "inquiry_new", "inquiry_sent", "notice_view", "picture_view"),
)


def owner_of(organization: Organization) -> Actor:
    """Return somebody who may release what is an organization's."""
    grant = Grant("tenant", frozenset({RELEASE_OWN}), Scope(ScopeKind.ORGANIZATION, organization.pk))
    return Actor(kind=ActorKind.PERSON, label="单位管理员", grants=(grant,))


def showcase_of(world: World, organization: Organization, number: int) -> dict[str, str]:
    """Make all of it at the outpost of the row."""
    act: dict[str, Any] = {"actor": world.actor("officer"), "now": world.now}
    picture = picture_of(world)
    draft = written(world, draft=draft_of(f"Qnews{number}", cover=picture))
    shown = written(world, draft=draft_of(f"Qpub{number}"))
    published(world, shown)
    exhibit = written(world, PublicationKind.EXHIBIT, draft_of(f"Qexhibit{number}"))
    owner = owner_of(organization)
    product = save_product(
        actor=owner, now=world.now, organization=organization, text=ProductText(f"Qproduct{number}", what="样机")
    )
    sheet = sheet_for(
        actor=owner, now=world.now, outpost=world.outpost, kind=SheetKind.ORGANIZATION, uid=organization.uid
    )
    release_fields(actor=owner, now=world.now, sheet=sheet, wanted=Wanted(frozenset({"name"}), {}))
    other = sheet_for(actor=owner, now=world.now, outpost=world.outpost, kind=SheetKind.PRODUCT, uid=product.uid)
    other = release_fields(actor=owner, now=world.now, sheet=other, wanted=Wanted(frozenset({"name", "what"}), {}))
    take_up_sheet(sheet=other, **act)
    media = note_report(
        outpost=world.outpost,
        report=Report(f"Qmedia{number}", "标题", world.now.date(), f"https://x.example/{number}"),
        **act,
    )
    starts = world.now + timedelta(days=2)
    plan = VisitPlan(f"Qdeleg{number}", starts, starts + timedelta(hours=1), 5, contact="某 13900007777")
    visit = book_visit(outpost=world.outpost, plan=plan, **act)
    set_way(visit=visit, stops=[Stop(f"Qway{number}", exhibit=exhibit)], **act)
    set_visitors(visit=visit, visitors=[Visitor(f"Qcomer{number}", "某局")], **act)
    message = Message(InquiryKind.NEED, f"Qinq{number}", "某", "13900006666", f"Qfirm{number}")
    inquiry = take_inquiry(actor=ANONYMOUS, now=world.now, outpost=world.outpost, message=message)
    return {
        "publication": draft.uid,
        "shown_publication": shown.uid,
        "exhibit": exhibit.uid,
        "picture": picture.uid,
        "sheet": sheet.uid,
        "product": product.uid,
        "media": media.uid,
        "hall_visit": visit.uid,
        "inquiry": inquiry.uid,
    }
