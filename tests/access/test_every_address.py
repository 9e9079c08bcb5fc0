"""Every address × every role × every kind of row, against the one table (``table.py``).

To a stranger a row does not exist: 404 for GET and POST, with the very page of a row that is not there. Who may see
but not do is refused and nothing is written. Who is signed out is sent to sign in.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from feidi.kernel.access import Actor, actor_for_user
from feidi.kernel.audit.models import AuditLink
from tests.access.cast import ROWS, Cast, Row
from tests.access.table import DOORS, NOBODY, PAGES, PLAIN, ROLES, STAFF, Door, partnership, standing
from tests.access.walkers import LIKE_THE_OFFICER_AT_HOME, OF_A_KIND, at_a_door, has_its_turn
from tests.architecture.url_access import ACCESS
from tests.conftest import NOW
from tests.support.home import WHOLE
from tests.support.urls import addresses

pytestmark = pytest.mark.django_db

OK, REDIRECT, NOT_THERE, NOT_THAT_WAY, REFUSED, INVALID = 200, 302, 404, 405, 409, 422
#: Without a question these lead to where one is asked; every other page answers itself.
LEADS_ON = {
    *("console:policies:evaluate_start", "console:costs:cost_print", "console:costs:cost_export"),
    *("console:profiles:drafts_publish", "console:profiles:drafts_unpublish"),
}
#: What leaves the house as a file: who took it is on record.
CARRIED_OUT = ("export", "_print")
#: Refusals that are about who asks.
NOT_FOR_YOU = {"parties.not_permitted", "jobs.not_yours", "imports.not_permitted", "calendar.may_not_upload"}


@pytest.fixture(autouse=True)
def _at_the_hour_of_the_cast(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: NOW)


@pytest.fixture(autouse=True)
def _who_asks_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a user holds is read once a walk: each knock is taken back, so that nobody's standing changes meanwhile."""
    known: dict[int, Actor] = {}

    def actor(user: Any, now: datetime) -> Actor:
        if user.pk not in known:
            known[user.pk] = actor_for_user(user, now)
        return known[user.pk]

    monkeypatch.setattr("feidi.portals.ui.middleware.actor_for_user", actor)


def uids_of(cast: Cast, row: Row) -> dict[str, str]:
    """Return the uid of every part of a row, with those of its side's ledger."""
    side = row.key.split()[0]
    return {**row.uids, "batch": cast.batches[side].uid, "job": cast.jobs[side].uid}


def address_of(name: str, door: Door, cast: Cast, row: Row) -> str:
    """Return the address of the door for one row; empty when the row has no such part."""
    uids = uids_of(cast, row)
    if not uids[door.part]:
        return ""
    more = {
        key: uids.get(value, value) if key in {"item", "entry", "step", "report"} else value
        for key, value in door.more.items()
    }
    if name == "console:imports:import_decide":
        more["row"] = "2"
    return reverse(name, kwargs={"uid": uids[door.part], **more})


def links() -> int:
    """Return how many links the audit trail has."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM audit_auditlink")
        return int(cursor.fetchone()[0])


#: Leads to no row.
NO_UID = "2" * 12
_ONCE = re.compile(r'csrfmiddlewaretoken" value="[^"]*"|X-CSRFToken": "[^"]*"')


def bare(response: Any, uid: str) -> str:
    """Return a page without what differs from one asking to the next."""
    return _ONCE.sub("", response.content.decode()).replace(uid, "")


class Knock:
    """One signed-in client that asks, and tells how many links the audit trail grew by."""

    def __init__(self, cast: Cast, role: str) -> None:
        self.client = Client(raise_request_exception=True)
        self.client.force_login(cast.world.users[role])
        self._none: dict[str, str] = {}

    def tells(self, response: Any, method: str, address: str, uid: str, *, here: bool) -> bool:
        """Tell whether an answer differs from that for a row that is not there.

        One page says so of most addresses: unless it is to be ``here``, this one is asked only when it says another.
        """
        said = bare(response, uid)
        if not here and said == self._none.get(method):
            return False
        absent, grown = self(method, address.replace(uid, NO_UID))
        self._none.setdefault(method, bare(absent, NO_UID))
        return grown > 0 or (response.status_code, said) != (absent.status_code, bare(absent, NO_UID))

    def __call__(self, method: str, address: str, data: dict[str, Any] | None = None) -> tuple[Any, int]:
        before = links()
        with transaction.atomic():
            response = getattr(self.client, method)(address, data or {})
            if response.streaming:
                list(response)  # read to its end, which closes the file
            grown = links() - before
            transaction.set_rollback(True)
        self.client.cookies.pop("messages", None)  # what the act said is taken back too: the next page would say it
        return response, grown


def code_of(response: Any) -> str:
    """Return the code of the refusal that a page shows, empty when it is none."""
    context = response.context
    refusal = context.get("refusal") if context is not None else None
    return getattr(refusal, "code", "")


#: Each of these meets every row; the others the rows of their own side and of one other.
EVERYWHERE = ("officer", "bureau", "verifier", "rival", "rival_bureau", "own_tenant")


def rows_for(role: str) -> tuple[str, ...]:
    """Return the rows that a role is led to."""
    if role in EVERYWHERE:
        return ROWS
    if role in NOBODY:
        return ("own reported", "own inside")
    return tuple(key for key in ROWS if key.split()[0] in {"own", "sister" if role.startswith("sister") else "other"})


def ways(door: Door) -> tuple[str, ...]:
    """Return the methods that a door takes."""
    return (*(("get",) if door.get else ()), *(("post",) if door.post else ()))


def wrong_with(response: Any, grown: int, held: frozenset[str], door: Door, method: str) -> str:
    """Return what is wrong with an answer, empty when it is as the table says."""
    status = response.status_code
    if not door.sees & held:
        return "" if status == NOT_THERE and not grown else f"a stranger gets {status}, {grown} written"
    if not door.does & held:
        fine = status == NOT_THERE or (status == REFUSED and code_of(response) in NOT_FOR_YOU)
        return "" if fine and not grown else f"may not, gets {status} {code_of(response)}, {grown} written"
    if method == "get":
        written = 1 if door.part == "file" or door.writes else 0
        fine = status in {OK, REDIRECT} and grown == written
        return "" if fine else f"may look, gets {status} {code_of(response)}, {grown} written"
    fine = status in {OK, REDIRECT, INVALID} or (status == REFUSED and code_of(response) not in NOT_FOR_YOU)
    return "" if fine else f"may act, gets {status} {code_of(response)}"


def test_every_address_stands_in_the_table_once() -> None:
    listed = [*DOORS, *PAGES, *PLAIN]
    assert len(listed) == len(set(listed))
    names = {each.name for each in addresses()}
    assert sorted(names - set(listed)) == [], "say in tests/access/table.py who sees and does this"
    assert sorted(set(listed) - names) == [], "these are gone"


@pytest.mark.parametrize("role", ROLES)
def test_doors(cast: Cast, role: str) -> None:
    knock = Knock(cast, role)
    wrong = []
    for turn, (name, door) in enumerate(DOORS.items()):
        found = {key: address_of(name, door, cast, cast.rows[key]) for key in rows_for(role)}
        for key in at_a_door(role, door.sees, [key for key, address in found.items() if address], turn):
            row, address = cast.rows[key], found[key]
            held = standing(role, row.key) | partnership(role, row.key)
            for method in ways(door):
                data = door.post(cast, row) if method == "post" and door.post else None
                asked = address + door.query if method == "get" else address
                response, grown = knock(method, asked, data)
                fault = wrong_with(response, grown, held, door, method)
                # who knows the row by another door learns nothing from being turned away at this one
                if not fault and not door.sees & held and not standing(role, row.key):
                    here = role == LIKE_THE_OFFICER_AT_HOME
                    told = knock.tells(response, method, asked, uids_of(cast, row)[door.part], here=here)
                    fault = "a stranger learns that it is there" if told else ""
                if fault:
                    wrong.append(f"{method} {name} ({row.key}): {fault}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(("role", "key"), [("rival", "own reported"), ("bureau", "own inside"), ("ally", "own inside")])
def test_a_row_not_for_you_looks_like_one_that_is_not_there(cast: Cast, role: str, key: str) -> None:
    knock, row = Knock(cast, role), cast.rows[key]
    told = []
    for name, door in DOORS.items():
        address = address_of(name, door, cast, row)
        if not address or door.sees & partnership(role, key):
            continue
        for method in ways(door):
            hidden, _grown = knock(method, address)
            if knock.tells(hidden, method, address, uids_of(cast, row)[door.part], here=True):
                told.append(f"{method} {name}")
    assert not told, "\n".join(told)


def test_what_writes_takes_no_get_and_what_shows_takes_no_post(cast: Cast) -> None:
    knock, row = Knock(cast, "lead"), cast.rows["own reported"]
    answers = {}
    for name, door in DOORS.items():
        address = address_of(name, door, cast, row)
        for method in {"get", "post"} - set(ways(door)) if address else ():
            response, grown = knock(method, address)
            answers[method, name] = (response.status_code, grown)
    assert set(answers.values()) == {(NOT_THAT_WAY, 0)}, answers


def test_looking_for_the_landing_case_opens_none(cast: Cast) -> None:
    project = cast.world.lead("还没有落地", "还没有落地有限公司")
    response, grown = Knock(cast, "officer")("get", reverse("console:pipeline:landing_open", args=[project.uid]))
    assert (response.status_code, grown) == (REDIRECT, 0)
    assert response.headers["Location"].endswith(f"{project.uid}/?tab=landing")


def test_to_whom_the_same_opens_is_walked_for_once() -> None:
    """In ``make test`` one of each set of roles opens every page; none may be left out that differs from those."""
    opened = {role: frozenset(name for name, opens in PAGES.items() if role in opens) for role in ROLES}
    assert {opened[role] for role in OF_A_KIND} == set(opened.values())
    assert STAFF["other"][LIKE_THE_OFFICER_AT_HOME] == STAFF["own"]["officer"]


@pytest.mark.parametrize("role", ROLES)
def test_pages(cast: Cast, role: str) -> None:
    knock = Knock(cast, role)
    wrong = []
    for turn, (name, opens) in enumerate(PAGES.items()):
        if not has_its_turn(role, opens, turn):
            continue
        response, grown = knock("get", reverse(name))
        status = response.status_code
        if role in opens:
            exported = 1 if name.endswith("export") else 0
            if status != (REDIRECT if name in LEADS_ON else OK) or grown > exported:
                wrong.append(f"{name} opens to {role}, gets {status} {code_of(response)}, {grown} written")
        elif not (status in {NOT_THERE, REDIRECT} or (status == REFUSED and code_of(response) in NOT_FOR_YOU)) or grown:
            wrong.append(f"{name} is not for {role}, gets {status} {code_of(response)}, {grown} written")
    assert not wrong, "\n".join(wrong)


def test_a_lead_is_registered_only_in_an_outpost_of_ones_own(cast: Cast) -> None:
    sent = {"outpost": cast.world.outpost.pk, "name": "新项目", "sponsor": "新有限公司", "kind": "enterprise"}
    answers = {}
    for role in ROLES:
        response, grown = Knock(cast, role)("post", reverse("console:pipeline:project_new"), sent)
        answers[role] = (response.status_code, grown > 0)
    done = {role for role, answer in answers.items() if answer == (REDIRECT, True)}
    assert done == {"officer", "manager", "lead"}
    assert {answers[role] for role in ("sister", "sister_lead", "rival", "rival_lead")} == {(INVALID, False)}
    assert {answers[role] for role in set(ROLES) - {*done, "sister", "sister_lead", "rival", "rival_lead"}} == {
        (REFUSED, False)
    }


def test_signed_out_every_address_leads_to_the_sign_in_page(cast: Cast) -> None:
    client, wrong = Client(), []
    everyone = {name for name, who in ACCESS.items() if who == "everyone"}
    known = {name: address_of(name, door, cast, cast.rows["own reported"]) for name, door in DOORS.items()}
    before = AuditLink.objects.count()
    for each in addresses():
        if each.name in everyone:
            continue
        for method in ("get", "post"):
            response = getattr(client, method)(known.get(each.name) or each.path)
            to_login = response.status_code == REDIRECT and "/account/login" in response.headers["Location"]
            if not to_login:
                wrong.append(f"{method} {each.name}: {response.status_code}")
    assert not wrong, "\n".join(wrong)
    assert AuditLink.objects.count() == before


JUNK = ("x", "-1", "9" * 30, "'", "%00", "talks:nowhere")
FIELDS = ("page", "outpost", "owner", "stage", "sort", "show", "kind", "words", "q", "name", "condition", "columns")


@pytest.mark.parametrize("name", [name for name, opens in PAGES.items() if opens])
def test_a_malformed_question_is_answered_like_none(cast: Cast, name: str) -> None:
    knock, turn = Knock(cast, "lead" if "lead" in PAGES[name] else min(PAGES[name])), list(PAGES).index(name)
    # all fields with one sort of junk; outside test-all one sort at a page, another at the next
    for junk in JUNK if WHOLE else (JUNK[turn % 6],):
        response, grown = knock("get", reverse(name), dict.fromkeys(FIELDS, junk))
        assert response.status_code in {OK, REDIRECT, INVALID}, junk
        assert grown == (1 if name.endswith(CARRIED_OUT) else 0), junk
