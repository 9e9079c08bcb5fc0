"""The public site: both languages, only what is published, nothing of anybody who did not release it, nothing kept."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from feidi.domain.parties.models import Outpost
from feidi.domain.policy.selectors.catalogue import list_clauses
from feidi.domain.policy.selectors.library import library_of
from feidi.domain.showcase.enums import PublicationKind as Kind
from feidi.domain.showcase.models import Inquiry
from feidi.domain.showcase.services.publishing import withdraw_publication
from feidi.domain.showcase.services.releases import withdraw_release
from feidi.engines.rules.clauses import Validity
from feidi.portals.public.showcase.pages import forget_pages
from tests.conftest import NOW
from tests.support.showcase import draft_of, own_project, picture_of, published, shown_project, written
from tests.support.world import World

pytestmark = pytest.mark.django_db
CODE = "yunbin"
PAGES = (
    *("site_view", "window_view", "space_view", "show_list", "news_list", "exhibit_list", "result_view"),
    *("policy_list", "policy_check", "cost_view", "event_list", "contact_view"),
)
LANGUAGES = ("zh-hans", "en")


class Clock:
    """The hour at which the site is asked."""

    now = NOW


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: made.now)
    return made


def at(name: str, *args: str, code: str = CODE) -> str:
    return reverse(f"public:showcase:{name}", args=[code, *args])


def all_pages(world: World) -> list[str]:
    """Return every public address of a site that shows something of each kind."""
    news = written(world, draft=draft_of(cover=picture_of(world)))
    exhibit = written(world, Kind.EXHIBIT, draft_of("展品甲"))
    rows = [news, exhibit, written(world, Kind.SITE, draft_of("一号楼")), written(world, Kind.RESULT, draft_of("年度"))]
    for each in rows:
        published(world, each)
    project = shown_project(world, own_project(world))
    return [
        *(at(name) for name in PAGES),
        at("news_view", news.uid),
        at("exhibit_view", exhibit.uid),
        at("show_view", project.uid),
        *(at("notice_view", which) for which in ("privacy", "terms")),
        *(at("inquiry_new", kind) for kind in ("need", "visit", "question")),
        *(at("inquiry_sent", kind) for kind in ("need",)),
    ]


def test_every_page_speaks_both_languages_and_names_no_session(world: World) -> None:
    for address in all_pages(world):
        for language in LANGUAGES:
            visitor = Client()
            page = visitor.get(address, {"lang": language})
            text = page.content.decode()
            assert page.status_code == 200, address
            assert f'lang="{"en" if language == "en" else "zh-CN"}"' in text
            assert "sessionid" not in visitor.cookies
            assert visitor.get(address).content.decode().count("<h1") == 1, "the choice is remembered"
            assert "<script" not in text
            assert "gov.cn" not in text.split("<main")[0]
    assert not Session.objects.exists()


def test_the_root_lists_the_sites_and_leads_to_the_only_one(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    listed = Client().get(reverse("public:showcase:site_list")).content.decode()
    assert at("site_view") in listed
    assert at("site_view", code="chanshen") in listed
    from feidi.portals.public.showcase import views

    only = [each for each in views.list_sites() if each.code == CODE]
    monkeypatch.setattr(views, "list_sites", lambda: only)
    assert Client().get(reverse("public:showcase:site_list")).headers["Location"] == at("site_view")


def test_no_site_no_page(world: World) -> None:
    home, host = world.outpost.home, world.outpost.host
    Outpost.objects.create(code="sister", name="姊妹", short_name="姊妹", home=home, host=host, created_at=world.now)
    assert Client().get(at("site_view", code="sister")).status_code == 404
    assert Client().get(at("site_view", code="nowhere")).status_code == 404


def test_drafts_are_nowhere_and_scheduled_come_at_their_hour(world: World, clock: Clock) -> None:
    draft, planned = written(world, draft=draft_of("Q草稿")), written(world, draft=draft_of("Q预告"))
    hour = NOW + timedelta(hours=3)
    published(world, planned, at=hour)
    visitor = Client()

    def told() -> str:
        return "".join(visitor.get(at(name)).content.decode() for name in ("site_view", "news_list"))

    assert "Q草稿" not in told()
    assert "Q预告" not in told()
    assert visitor.get(at("news_view", planned.uid)).status_code == 404
    clock.now = hour
    assert "Q预告" in told()
    assert visitor.get(at("news_view", planned.uid)).status_code == 200
    assert "Q草稿" not in told()
    assert visitor.get(at("news_view", draft.uid)).status_code == 404


def test_withdrawn_is_gone_at_once_though_pages_are_kept(world: World) -> None:
    row = written(world, draft=draft_of("Q撤下", cover=picture_of(world)))
    edition = published(world, row)
    visitor, page = Client(), at("news_view", row.uid)
    assert edition.cover is not None
    picture = at("picture_view", edition.cover.uid, "large")
    assert [visitor.get(page).status_code, visitor.get(page).status_code] == [200, 200]
    sent_picture = visitor.get(picture)
    assert (sent_picture.status_code, b"".join(sent_picture.streaming_content)[:3]) == (200, b"\xff\xd8\xff")
    withdraw_publication(actor=world.actor("lead"), now=world.now, publication=row, reason="写错")
    assert visitor.get(page).status_code == 404
    assert visitor.get(picture).status_code == 404
    assert "Q撤下" not in visitor.get(at("site_view")).content.decode()


def test_a_page_that_has_not_changed_is_not_sent_again(world: World) -> None:
    visitor = Client()
    first = visitor.get(at("site_view"))
    again = visitor.get(at("site_view"), headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    published(world, written(world))
    assert visitor.get(at("site_view"), headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_one_question_answers_a_kept_page(world: World, django_assert_max_num_queries: Any) -> None:
    visitor = Client()
    visitor.get(at("site_view"))
    with django_assert_max_num_queries(5):
        visitor.get(at("site_view"))


def test_only_the_pages_that_show_it_are_made_anew(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    news, exhibit = written(world), written(world, Kind.EXHIBIT, draft_of("展品甲"))
    published(world, news)
    published(world, exhibit)
    visitor, made = Client(), list[str]()
    from feidi.portals.public.showcase import pages

    keep = pages._keep
    monkeypatch.setattr(pages, "_keep", lambda key, body: (made.append(key), keep(key, body))[1])
    addresses = [
        *(at(name) for name in PAGES if name not in {"policy_check", "cost_view"}),
        at("news_view", news.uid),
        at("exhibit_view", exhibit.uid),
    ]

    def anew() -> list[str]:
        found = []
        for address in addresses:
            made.clear()
            assert visitor.get(address).status_code == 200
            found += [address] * len(made)
        return found

    forget_pages()
    assert anew() == addresses
    assert anew() == []
    published(world, written(world, draft=draft_of("Q又一条")))
    assert anew() == [at("site_view"), at("news_list")]
    withdraw_publication(actor=world.actor("lead"), now=world.now, publication=exhibit, reason="搬走")
    addresses.remove(at("exhibit_view", exhibit.uid))
    assert anew() == [at("exhibit_list")]
    assert visitor.get(at("exhibit_view", exhibit.uid)).status_code == 404


def test_a_page_that_has_changed_is_made_once_for_all_who_wait(world: World) -> None:
    from feidi.portals.public.showcase import pages

    making, waiting, made = Event(), Event(), list[int]()

    def make() -> HttpResponse:
        made.append(1)
        making.set()
        assert waiting.wait(10)
        return HttpResponse("made")

    request = RequestFactory().get("/")
    forget_pages()
    with ThreadPoolExecutor(4) as pool:
        first = pool.submit(pages._answer, request, "a key", make)
        assert making.wait(10)
        others = [pool.submit(pages._answer, request, "a key", make) for _ in range(3)]
        waiting.set()
        assert [each.result(10).content for each in (first, *others)] == [b"made"] * 4
    assert made == [1]
    assert pages._making == {}


def test_two_fields_held_back_are_in_no_page_of_either_language(world: World) -> None:
    row = shown_project(world, own_project(world), held_back=("core_product", "tech_source"))
    for language in LANGUAGES:
        for address in (at("show_view", row.uid), at("show_list"), at("site_view")):
            text = Client().get(address, {"lang": language}).content.decode()
            assert "低温探头标定台" not in text
            assert "滨海大学实验室" not in text
            assert "core_product in English" not in text
            assert "tech_source in English" not in text
            assert "王工" not in text
    shown = Client().get(at("show_view", row.uid)).content.decode()
    assert "低温在线检测" in shown
    sheet = row.sheet
    assert sheet is not None
    withdraw_release(actor=world.actor("tenant"), now=world.now, sheet=sheet)
    assert Client().get(at("show_view", row.uid)).status_code == 404


def test_no_public_page_names_a_row_that_nobody_released(world: World) -> None:
    world.to_signed(world.lead("Q秘密项目", "Q秘密有限公司", contact_name="Q联系人", contact_phone="13912345678"))
    pages = all_pages(world)
    marks = ("Q秘密项目", "Q秘密有限公司", "Q联系人", "13912345678", "13900001234", "王工")
    for address in pages:
        for language in LANGUAGES:
            text = Client().get(address, {"lang": language}).content.decode()
            assert [mark for mark in marks if mark in text] == [], address


def rows() -> dict[str, int]:
    """Count the rows of every table."""
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        counts = {}
        for name in names:
            cursor.execute(f"SELECT COUNT(*) FROM {connection.ops.quote_name(name)}")
            counts[name] = cursor.fetchone()[0]
    return counts


def test_a_visitors_check_up_stores_nothing(world: World) -> None:
    visitor = Client()
    form = visitor.get(at("policy_check"))
    asked = [each.code for each in form.context["fields"]]
    assert asked
    before = rows()
    given = {f"fact-{each.code}": "是" for each in form.context["fields"] if each.kind == "select"}
    page = visitor.post(at("policy_check"), given)
    assert page.status_code in {200, 409}
    assert page.context["groups"] is not None
    visitor.get(at("cost_view"), {"people": "9", "office": "200㎡"})
    after = rows()
    assert after.pop("showcase_checkupcount") == 1, "how often, not what"
    assert before.pop("showcase_checkupcount") == 0
    assert after == before
    assert "sessionid" not in visitor.cookies
    assert set(visitor.cookies) <= {"csrftoken"}
    assert page.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("code", [CODE, "chanshen"])
def test_expired_clauses_are_not_offered_and_doubtful_ones_say_so(world: World, code: str) -> None:
    outpost = Outpost.objects.select_related("home", "host").get(code=code)
    places = library_of(outpost, on=NOW.date()).places
    held = [each.validity for each in list_clauses(on=NOW.date(), places=places)]
    page = Client().get(at("policy_list", code=code)).content.decode()
    assert held
    assert page.count("<h2>") == sum(each is not Validity.EXPIRED for each in held)
    doubtful = sum(each not in {Validity.EXPIRED, Validity.IN_FORCE} for each in held)
    assert page.count("是否有效待核实") == doubtful < len(held)


def sent(visitor: Client, clock: Clock, kind: str, **more: str) -> Any:
    page = visitor.get(at("inquiry_new", kind))
    clock.now = clock.now + timedelta(seconds=10)
    given = {
        "text": "找低温标定实验室",
        "name": "林博士",
        "contact": "13900004321",
        "consent": "1",
        "opened": page.context["stamp"],
    }
    return visitor.post(at("inquiry_new", kind), {**given, **more})


def test_a_need_is_taken_in_sealed_and_with_a_day(world: World, clock: Clock) -> None:
    answer = sent(Client(), clock, "need")
    assert answer.status_code == 302
    row = Inquiry.objects.get()
    assert (row.kind, row.state, row.due_on.isoformat()) == ("need", "open", "2026-11-26")
    assert b"13900004321" not in bytes(row.contact_enc)
    assert row.contact_hint.endswith("4321")
    assert "林博士" not in row.contact_hint


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("找\x00实验室\x1b🙂", "找实验室🙂"),
        ("第一行\n第二行", "第一行\n第二行"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
    ],
)
def test_what_no_keyboard_types_is_left_out(world: World, clock: Clock, text: str, kept: str) -> None:
    assert sent(Client(), clock, "need", text=text).status_code == 302
    assert Inquiry.objects.get().text == kept


def test_a_megabyte_is_refused_and_said(world: World, clock: Clock) -> None:
    answer = sent(Client(), clock, "need", text="长" * 350_000)
    assert answer.status_code == 409
    assert "2000" in answer.context["problem"]
    assert not Inquiry.objects.exists()


@pytest.mark.parametrize(
    "more", [{"website": "x"}, {"opened": "forged:1"}, {"opened": ""}, {"consent": ""}, {"text": " "}, {"contact": ""}]
)
def test_what_no_person_sends_is_not_taken(world: World, clock: Clock, more: dict[str, str]) -> None:
    answer = sent(Client(), clock, "need", **more)
    assert answer.status_code == 409
    assert answer.context["problem"]
    assert not Inquiry.objects.exists()


def test_at_most_so_many_a_day_from_one_place(world: World, clock: Clock) -> None:
    visitor = Client(REMOTE_ADDR="10.1.2.3")
    answers = [sent(visitor, clock, "question").status_code for _ in range(6)]
    assert answers == [302] * 5 + [409]


def test_a_visit_is_asked_for_with_its_day(world: World, clock: Clock) -> None:
    assert sent(Client(), clock, "visit", on="2026-12-03", at="10:00", people="14").status_code == 302
    row = Inquiry.objects.get()
    assert (row.people, row.wanted_at is not None) == (14, True)
    assert sent(Client(), clock, "visit", on="2020-01-01").status_code == 409
    assert sent(Client(), clock, "visit", on="哪天").status_code == 409


def test_the_real_centre_says_only_what_its_source_says(world: World) -> None:
    for language in LANGUAGES:
        page = Client().get(at("site_view", code="chanshen"), {"lang": language}).content.decode()
        assert "面向湾区招商引资聚才" in page, "the source stands on the page"
    contact = Client().get(at("contact_view", code="chanshen")).content.decode()
    assert "未公布" in contact, "no telephone was published"
    results = Client().get(at("result_view", code="chanshen")).content.decode()
    assert "100多个" in results
    window = Client().get(at("window_view", code="chanshen")).content.decode()
    assert "落地步骤还没有公布" in window
