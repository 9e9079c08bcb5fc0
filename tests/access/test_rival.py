"""One officer of a rival home wants to know about one firm, and tries everything: pages, lists, searches, exports.

What they find is that something exists, since when, and which outpost to call; by any address and any word.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
from django.test import Client
from django.urls import reverse

from feidi.domain.parties.models import Organization, OrganizationIdentifier, OrganizationPair
from feidi.domain.parties.selectors.duplicates import find_alike
from feidi.domain.parties.selectors.lookup import OrganizationFilter, list_organizations, lookup_organization
from feidi.domain.parties.selectors.pairs import PairFilter, list_pairs, merges_visible_to
from feidi.domain.parties.selectors.titles import TitleFilter, list_titles
from feidi.domain.parties.services.indexing import index_organization
from feidi.domain.parties.services.organizations import find_or_add_organization
from feidi.domain.pipeline.access import search_visible
from feidi.domain.pipeline.models import Project
from feidi.domain.pipeline.services.indexing import index_project
from feidi.domain.pipeline.services.ledger.exporting import export_projects
from feidi.engines.findings import RefusedError
from feidi.kernel.search.selectors import search
from tests.access.cast import Cast, Row
from tests.access.table import DOORS, PAGES
from tests.access.test_every_address import address_of, ways
from tests.access.test_leaks import text_of
from tests.conftest import NOW
from tests.support.home import WHOLE

pytestmark = pytest.mark.django_db
CODE = "91110000600037341L"
RIVALS = ("rival", "rival_bureau")
#: Every name under which a page of the site reads words.
KEYS = ("words", "q", "name", "sponsor", "code", "uscc", "person", "contact_name", "phone", "contact_phone")


@pytest.fixture(autouse=True)
def _at_the_hour_of_the_cast(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: NOW)


@pytest.fixture
def firm(cast: Cast) -> Row:
    """The firm in question, known to the own outpost alone, with a number."""
    row = cast.rows["own reported"]
    OrganizationIdentifier.objects.create(organization=row.organization, scheme="uscc", value=CODE)
    index_organization(row.organization)
    index_project(row.project)
    return row


def secrets(row: Row) -> list[str]:
    """Everything of the firm that a rival must not read, whatever was asked."""
    return [mark for marks in row.marks.values() for mark in marks]


def questions(row: Row) -> Iterator[str]:
    """Every word that somebody who has heard of the firm might try, whole and in parts."""
    project, firm = row.project, row.organization
    yield from (firm.name, CODE, project.name, firm.name[:6], project.name[:5], project.code, CODE[:8])
    yield from (row.contact.person.name, row.contact.value_hint, "13900000001", "Qold1", "Qtitle1", *row.uids.values())


def leaks(text: str, asked: str, row: Row) -> list[str]:
    """Return what of the firm a text says beyond the question itself."""
    return [each for each in secrets(row) if each and each in text and each not in asked and asked not in each]


@pytest.mark.parametrize("role", RIVALS)
def test_no_address_opens(cast: Cast, firm: Row, role: str) -> None:
    client = Client()
    client.force_login(cast.world.users[role])
    found = []
    for name, door in DOORS.items():
        address = address_of(name, door, cast, firm)
        for method in ways(door) if address else ():
            data = door.post(cast, firm) if method == "post" and door.post else {}
            response = getattr(client, method)(address + (door.query if method == "get" else ""), data)
            said = leaks(text_of(response), "", firm)
            if response.status_code != 404 or said:
                found.append(f"{method} {name}: {response.status_code} {said}")
    assert not found, "\n".join(found)


#: Where words find rows. On the other pages (forms, desks, files of the lists) the words go round, outside test-all.
FINDING = ("_list", "search_view", "search_suggest", "_lookup", "_duplicates", "board_view", "figure_rows")


def _asked_everywhere(cast: Cast, firm: Row, role: str, words: Sequence[str]) -> list[str]:
    client = Client()
    client.force_login(cast.world.users[role])
    found = []
    for turn, name in enumerate(PAGES):
        for word in words if WHOLE or name.endswith(FINDING) else (words[turn % len(words)],):
            asked = {**dict.fromkeys(KEYS, word), "outpost": str(cast.world.rival.pk)}
            said = leaks(text_of(client.get(reverse(name), asked)), word, firm)
            found += [f"{name} asked {word}: {each}" for each in said]
    return found


@pytest.mark.parametrize("role", ["rival", "rival_bureau"])
def test_no_list_no_search_and_no_export_says_more(cast: Cast, firm: Row, role: str) -> None:
    assert _asked_everywhere(cast, firm, role, [firm.organization.name, firm.project.name[:5], CODE]) == []


@pytest.mark.slow
@pytest.mark.parametrize("role", RIVALS)
def test_no_list_says_more_whatever_the_word(cast: Cast, firm: Row, role: str) -> None:
    assert _asked_everywhere(cast, firm, role, list(questions(firm))) == []


def test_services_and_selectors_say_no_more(cast: Cast, firm: Row) -> None:
    world, rival = cast.world, cast.world.actor("rival")
    words = list(questions(firm))
    told = set()
    for word in words:
        (hits, organizations) = (
            search(word, visible=search_visible(rival)).rows,
            list_organizations(rival, OrganizationFilter(words=word)),
        )
        assert not {each.uid for each in hits} & set(firm.uids.values())
        assert not organizations.filter(pk=firm.organization.pk).exists()
        assert (
            not list_titles(rival, TitleFilter(words=word), NOW.date()).filter(organization=firm.organization).exists()
        )
        answer = lookup_organization(rival, word)
        assert firm.organization not in answer.visible
        told |= {tuple(sorted(each.params)) for each in answer.elsewhere}
        for given in ({"name": word}, {"name": "无关", "code": word}, {"name": "无关", "person": word}):
            for each in find_alike(rival, world.rival, **given):
                assert not each.uid or each.uid not in firm.uids.values()
                if each.outpost == world.outpost.short_name:
                    assert each.elsewhere
                    assert (each.name, each.uid, each.kind, each.who, each.number, each.reasons) == ("",) * 5 + ((),)
    assert told == {("outpost", "phone", "since")}
    with pytest.raises(RefusedError):
        export_projects(actor=rival, now=NOW, queryset=Project.objects.filter(pk=firm.project.pk))


def test_what_is_told_is_told(cast: Cast, firm: Row) -> None:
    """The line that coordination needs is there: since when, and whom to call."""
    client, outpost = Client(), cast.world.outpost
    client.force_login(cast.world.users["rival"])
    lookup = text_of(client.get(reverse("console:parties:organization_lookup"), {"words": CODE}))
    assert outpost.short_name in lookup
    assert firm.organization.links.get().since.isoformat() in lookup
    assert firm.organization.name not in lookup
    found = find_alike(cast.world.actor("rival"), cast.world.rival, firm.organization.name, code=CODE)
    (told,) = (each for each in found if each.outpost == outpost.short_name)
    assert told.elsewhere


def test_registering_a_likely_double_reveals_nothing_of_the_other(cast: Cast, firm: Row) -> None:
    """The rival saves a firm of its own that looks like ours: its queue says that there is one elsewhere, no more."""
    world, rival = cast.world, cast.world.actor("rival")
    mine = find_or_add_organization(
        actor=rival, now=NOW, outpost=world.rival, name=firm.organization.name.replace("有限", ""), uscc=""
    )
    if mine.pk == firm.organization.pk:
        pytest.fail("a rival's own spelling must not link it to ours")
    if not OrganizationPair.objects.filter(left__in=[mine, firm.organization], right__in=[mine, firm.organization]):
        left, right = sorted((mine, firm.organization), key=lambda each: each.pk)
        OrganizationPair.objects.create(left=left, right=right, kind="alike", score=80, found_by="x", created_at=NOW)
    pair = OrganizationPair.objects.get(left__in=[mine, firm.organization], right__in=[mine, firm.organization])
    client = Client()
    client.force_login(world.users["rival"])
    for address in (
        reverse("console:who:pair_list"),
        reverse("console:who:pair_view", args=[pair.uid]),
        reverse("console:parties:organization_view", args=[mine.uid]),
    ):
        text = text_of(client.get(address))
        assert mine.name in text
        assert leaks(text, mine.name, firm) == [], address
    for keep in ("left", "right"):
        address = reverse("console:who:merge_new", args=[pair.uid])
        for response in (client.get(address, {"keep": keep}), client.post(address, {"keep": keep, "reason": "一家"})):
            assert response.status_code == 409
            assert world.outpost.short_name in text_of(response)
            assert leaks(text_of(response), mine.name, firm) == []
    assert client.post(reverse("console:who:pair_decide", args=[pair.uid]), {"state": "not_same"}).status_code == 409
    pair.refresh_from_db()
    assert pair.state == "open"
    assert not merges_visible_to(rival, firm.organization.merges_in.all()).exists()
    assert [each.pk for each in list_pairs(rival, PairFilter(words=firm.organization.name))] == []
    assert Organization.objects.get(pk=mine.pk).voided_at is None
