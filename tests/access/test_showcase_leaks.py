"""No list, record or public page of the showcase shows a mark of a row that is not for its reader."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests.access.cast import PHONES, Cast
from tests.access.showcased import BOTH, OWNER_PAGES, STAFF_PAGES
from tests.access.table import ROLES
from tests.access.test_leaks import seen_in, signed_in, text_of
from tests.conftest import NOW

pytestmark = pytest.mark.django_db
#: Of a row: the page, and whose uid stands in its address.
RECORDS = (
    ("console:showcase:publication_view", "publication"),
    ("console:showcase:publication_view", "shown_publication"),
    ("console:showcase:media_view", "media"),
    ("console:showcase:inquiry_view", "inquiry"),
    ("console:exhibition:visit_view", "hall_visit"),
    ("console:exhibition:visit_print", "hall_visit"),
    ("workspace:showcase:sheet_edit", "sheet"),
    ("workspace:showcase:product_edit", "product"),
)
SITE = (
    *("site_view", "window_view", "space_view", "show_list", "news_list", "exhibit_list", "result_view"),
    *("policy_list", "policy_check", "cost_view", "event_list", "contact_view"),
)


@pytest.fixture(autouse=True)
def _at_the_hour_of_the_cast(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: NOW)


@pytest.mark.parametrize("role", ROLES)
def test_no_list_shows_what_is_not_for_its_reader(cast: Cast, role: str) -> None:
    client, leaks = signed_in(cast, role), []
    names = [*(f"console:showcase:{each}" for each in BOTH), *(f"console:{each}" for each in STAFF_PAGES)]
    names += [f"workspace:showcase:{each}" for each in OWNER_PAGES]
    for name in names:
        text = text_of(client.get(reverse(name), {"state": "all"} if "visit" in name else {}))
        leaks += [f"{name}: {each}" for each in seen_in(text, cast, role, "")]
        leaks += [f"{name}: {each}" for each in (*PHONES.values(), "13900006666", "13900007777") if each in text]
    assert not leaks, "\n".join(leaks)


@pytest.mark.parametrize("role", ["officer", "rival", "bureau", "own_tenant", "ally", "auditor"])
def test_no_record_shows_what_is_not_for_its_reader(cast: Cast, role: str) -> None:
    client, leaks = signed_in(cast, role), []
    for key, row in cast.rows.items():
        for name, part in RECORDS:
            text = text_of(client.get(reverse(name, args=[row.uids[part]])))
            leaks += [f"{name} ({key}): {each}" for each in seen_in(text, cast, role, "")]
    assert not leaks, "\n".join(leaks)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_public_site_shows_of_all_rows_what_was_published_alone(cast: Cast, language: str) -> None:
    public = {f"Qpub{number}" for number in range(1, 7)}
    leaks, shown = [], ""
    for name in SITE:
        text = Client().get(reverse(f"public:showcase:{name}", args=["yunbin"]), {"lang": language}).content.decode()
        shown += text
        leaks += [
            f"{name}: {mark}"
            for row in cast.rows.values()
            for layer, marks in row.marks.items()
            for mark in marks
            if layer != "activity" and mark in text and mark not in public  # activities here are open to everybody
        ]
        leaks += [f"{name}: {phone}" for phone in PHONES.values() if phone in text]
    assert not leaks, "\n".join(leaks)
    assert "Qpub1" in shown, "the test finds what is public"
    assert "Qpub3" not in shown, "of another outpost"
    assert "Qproduct" not in shown, "released, and not published"
