"""English pages: English names where content has them, Chinese marked as Chinese where it has none."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from django.test import Client
from django.urls import reverse
from typing_extensions import override

from feidi.domain.space.models import Unit, Zone
from feidi.portals.public.tongues import mark_chinese
from tests.conftest import NOW
from tests.portals.public.test_showcase import CODE, all_pages, at
from tests.support.rooms import make_rooms
from tests.support.world import World

HAN = re.compile(r"[\u3400-\u9fff]")
VOID = frozenset({"meta", "link", "input", "img", "br", "hr", "polygon", "path", "use", "source"})


class Reading(HTMLParser):
    """Collects what a screen reader would read in a voice that cannot."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, str]] = []
        self.wrong: list[str] = []

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        spoken = given.get("lang") or (self.open[-1][1] if self.open else "")
        for name in ("alt", "aria-label", "title", "placeholder"):
            if HAN.search(given.get(name) or "") and not spoken.startswith("zh"):
                self.wrong.append(f"<{tag} {name}={given[name]}>")
        if tag not in VOID:
            self.open.append((tag, spoken))

    @override
    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    @override
    def handle_data(self, data: str) -> None:
        if HAN.search(data) and not (self.open and self.open[-1][1].startswith("zh")):
            self.wrong.append(data.strip()[:80])


def unmarked(page: str) -> list[str]:
    reading = Reading()
    reading.feed(page)
    return reading.wrong


@pytest.fixture
def english(monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: NOW)
    client = Client()
    client.cookies["django_language"] = "en"
    return client


@pytest.mark.parametrize(
    ("page", "marked"),
    [
        ("<p>Floor 8</p>", "<p>Floor 8</p>"),
        ("<p>Sources: 《公报》2022（推定）</p>", '<p>Sources: <span lang="zh-CN">《公报》2022（推定）</span></p>'),
        (
            "<p>ICP: 粤备1号　Police: 粤公网2号</p>",
            '<p>ICP: <span lang="zh-CN">粤备1号</span>　Police: <span lang="zh-CN">粤公网2号</span></p>',
        ),
        ('<option value="是">是</option>', '<option value="是" lang="zh-CN">是</option>'),
        ('<svg><text x="1">大厅</text></svg>', '<svg><text x="1" lang="zh-CN">大厅</text></svg>'),
        ('<img src="a" alt="展厅">', '<img src="a" alt="展厅" lang="zh-CN">'),
        ('<a href="?lang=zh-hans" lang="zh-hans">中文</a>', '<a href="?lang=zh-hans" lang="zh-hans">中文</a>'),
        ("<textarea>找实验室</textarea>", '<textarea lang="zh-CN">找实验室</textarea>'),
        ("<p>&lt;b&gt;粗&lt;/b&gt;</p>", '<p>&lt;b&gt;<span lang="zh-CN">粗</span>&lt;/b&gt;</p>'),
    ],
)
def test_chinese_is_marked_where_it_stands(page: str, marked: str) -> None:
    assert mark_chinese(page) == marked
    assert unmarked(f'<html lang="en">{marked}</html>') == []


@pytest.mark.django_db
def test_no_english_page_reads_chinese_in_an_english_voice(world: World, english: Client) -> None:
    make_rooms(world)
    pages = all_pages(world)
    for address in [*pages, *(each.replace(f"/{CODE}/", "/chanshen/") for each in pages[:12])]:
        page = english.get(address)
        assert page.status_code == 200, address
        assert unmarked(page.content.decode()) == [], address


@pytest.mark.django_db
def test_floors_zones_rooms_and_equipment_have_their_english_names(world: World, english: Client) -> None:
    make_rooms(world)
    text = english.get(at("space_view")).content.decode()
    for words in ("8th floor (invented)", "Start-up incubation zone", "Room 801", "fume hood", "Roadshow hall"):
        assert words in text
    assert HAN.findall(text.split("<main")[1].split("</main>")[0]) == []
    chinese = Client().get(at("space_view")).content.decode()
    assert "8层（虚构）" in chinese
    assert "通风柜" in chinese


@pytest.mark.django_db
def test_what_was_renamed_by_hand_or_has_no_english_stays_as_it_is_written(world: World, english: Client) -> None:
    make_rooms(world)
    Zone.objects.filter(outpost=world.outpost, code="incubation").update(name="孵化东区", version=2)
    Unit.objects.filter(outpost=world.outpost, code="805").update(equipment=["液氮罐"], version=2)
    text = english.get(at("space_view")).content.decode()
    assert '<span lang="zh-CN">孵化东区</span>' in text
    assert '<span lang="zh-CN">液氮罐</span>' in text


@pytest.mark.django_db
def test_chanchengs_published_figures_and_policies_are_named_in_english(world: World, english: Client) -> None:
    results = english.get(at("result_view", code="chanshen")).content.decode()
    assert "over 100" in results
    assert "about 1,150 m²" in results
    policies = english.get(at("policy_list", code="chanshen")).content.decode()
    assert "Chancheng District measures encouraging referrals of investment" in policies


@pytest.mark.django_db
def test_the_check_up_offers_its_choices_in_english(world: World, english: Client) -> None:
    form = english.get(at("policy_check"))
    labels = [label for field in form.context["fields"] for _code, label, _chosen in field.choices]
    assert labels
    assert [each for each in labels if HAN.search(each)] == []
    assert [each.hint for each in form.context["fields"] if HAN.search(each.hint)] == []


@pytest.mark.django_db
def test_the_list_of_sites_speaks_english_too(world: World, english: Client) -> None:
    page = english.get(reverse("public:showcase:site_list")).content.decode()
    assert unmarked(page) == []
