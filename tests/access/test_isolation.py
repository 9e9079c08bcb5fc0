"""Two homes, three outposts: what one reaches by any selector, another of a rival home does not."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import combinations
from typing import Any

import pytest

from feidi.domain.parties.access import organizations_visible_to, outposts_visible_to, persons_visible_to
from feidi.domain.parties.models import Organization, Outpost, Person
from feidi.domain.parties.selectors.lookup import OrganizationFilter, list_organizations
from feidi.domain.pipeline.access import can_view, search_visible, visible_in_office, visible_to
from feidi.domain.pipeline.models import LandingCase, Project
from feidi.domain.pipeline.selectors.landing import cases_of, queue_for, same_address, same_phone
from feidi.domain.pipeline.selectors.projects import ProjectFilter, count_by_stage, list_projects, live_projects
from feidi.domain.pipeline.services.landing import may_submit
from feidi.domain.reporting.selectors.deliveries import list_deliveries
from feidi.engines.findings import RefusedError
from feidi.kernel.access import Actor
from feidi.kernel.documents.access import visible_to as forms_visible_to
from feidi.kernel.documents.models import PrintedForm
from feidi.kernel.evidence.access import visible_to as items_visible_to
from feidi.kernel.evidence.models import EvidenceItem
from feidi.kernel.files.access import visible_to as files_visible_to
from feidi.kernel.files.models import StoredFile
from feidi.kernel.imports.access import visible_to as batches_visible_to
from feidi.kernel.imports.models import ImportBatch
from feidi.kernel.jobs.access import visible_to as jobs_visible_to
from feidi.kernel.jobs.models import Job
from feidi.kernel.search.selectors import search
from feidi.portals.workspace.own import own_projects
from tests.access.cast import Cast
from tests.access.table import HOME, ROLES, STAFF, TENANTS, standing

pytestmark = pytest.mark.django_db


def _rows(found: Iterable[Any]) -> frozenset[str]:
    return frozenset(str(each.uid) for each in found)


#: Every question that takes an actor, as the set of uids that it reaches.
SELECTORS: dict[str, Callable[[Actor], frozenset[str]]] = {
    "projects": lambda actor: _rows(visible_to(actor, Project.objects.all())),
    "office": lambda actor: _rows(visible_in_office(actor, Project.objects.all())),
    "live": lambda actor: _rows(live_projects(actor)),
    "list": lambda actor: _rows(list_projects(actor, ProjectFilter(words="检测"))),
    "stale": lambda actor: _rows(
        list_projects(actor, ProjectFilter(condition="none", track="home", stage="registered"))
    ),
    "own": lambda actor: _rows(own_projects(actor)),
    "cases": lambda actor: _rows(cases_of(actor)),
    "queue": lambda actor: _rows(queue_for(actor)),
    "organizations": lambda actor: _rows(
        organizations_visible_to(actor, Organization.objects.exclude(name="引荐机构"))
    ),
    "organization list": lambda actor: _rows(list_organizations(actor, OrganizationFilter(words="检测"))),
    "persons": lambda actor: _rows(persons_visible_to(actor, Person.objects.all())),
    "files": lambda actor: _rows(files_visible_to(actor, StoredFile.objects.all())),
    "evidence": lambda actor: _rows(items_visible_to(actor, EvidenceItem.objects.all())),
    "forms": lambda actor: _rows(forms_visible_to(actor, PrintedForm.objects.all())),
    "batches": lambda actor: _rows(batches_visible_to(actor, ImportBatch.objects.all())),
    "jobs": lambda actor: _rows(jobs_visible_to(actor, Job.objects.all())),
    "deliveries": lambda actor: _rows(list_deliveries(actor)),
    "outposts": lambda actor: _rows(outposts_visible_to(actor, Outpost.objects.all())),
    "search": lambda actor: frozenset(
        hit.uid for word in ("检测", "2026", "qproj") for hit in search(word, visible=search_visible(actor)).rows
    ),
}


def home_of(role: str) -> str:
    """Return on whose side of the rivalry a role stands; empty for one that stands on neither."""
    for side, home in (("own", "own"), ("sister", "own"), ("other", "other")):
        if role in STAFF[side] or role in HOME[side]:
            return home
    return ""


@pytest.mark.parametrize("name", SELECTORS)
def test_rival_homes_reach_nothing_in_common(cast: Cast, name: str) -> None:
    reached = {role: SELECTORS[name](cast.world.actor(role)) for role in ROLES if home_of(role)}
    common = [
        (one, other, reached[one] & reached[other])
        for one, other in combinations(reached, 2)
        if home_of(one) != home_of(other) and reached[one] & reached[other]
    ]
    assert common == []


@pytest.mark.parametrize(
    "name", ["projects", "office", "cases", "files", "evidence", "persons", "batches", "search", "deliveries"]
)
def test_outposts_of_one_home_reach_nothing_of_each_other(cast: Cast, name: str) -> None:
    own = [SELECTORS[name](cast.world.actor(role)) for role in STAFF["own"]]
    sister = [SELECTORS[name](cast.world.actor(role)) for role in STAFF["sister"]]
    assert not any(one & other for one in own for other in sister)
    assert any(own)
    assert any(sister)


@pytest.mark.parametrize("role", ["admin", "township", "former", "former_bureau", "to_come", "tenant", "ally"])
def test_who_holds_nothing_reaches_nothing(cast: Cast, role: str) -> None:
    actor = cast.world.actor(role)
    # an administrator watches jobs; a tenant knows its own organization; a township knows which outposts are its home's
    known = (
        {"jobs"} if role == "admin" else {"organizations", "organization list", "search"} if role == "tenant" else set()
    )
    known |= {"outposts"} if role == "township" else set()
    assert {name for name, ask in SELECTORS.items() if ask(actor)} <= known
    assert count_by_stage(actor) == {}


@pytest.mark.parametrize("role", ROLES)
def test_projects_are_those_of_the_table(cast: Cast, role: str) -> None:
    actor = cast.world.actor(role)
    expected = {key for key in cast.rows if standing(role, key) - {"accounts"}}
    assert {key for key, row in cast.rows.items() if can_view(actor, row.project)} == expected
    assert SELECTORS["projects"](actor) == {cast.rows[key].project.uid for key in expected}
    office = {key for key in expected if TENANTS.get(key) != role}
    assert SELECTORS["office"](actor) == {cast.rows[key].project.uid for key in office}


def test_likeness_counts_all_and_names_only_what_is_seen(cast: Cast) -> None:
    case = LandingCase.objects.select_related("project__outpost__home").get(pk=cast.rows["own reported"].case.pk)
    seen = {
        role: (same_address(case, cast.world.actor(role)), same_phone(case, cast.world.actor(role)))
        for role in ("officer", "bureau", "own_tenant")
    }
    assert {role: (address.n, phone.n) for role, (address, phone) in seen.items()} == dict.fromkeys(seen, (3, 1))
    names = {role: {*address.names, *phone.names} for role, (address, phone) in seen.items()}
    assert names == {
        "officer": {"Qhome2检测有限公司", "Qproj2检测"},
        "bureau": {"Qhome3检测有限公司"},
        "own_tenant": set(),
    }
    assert (same_address(case).names, same_phone(case).names) == ((), ()), "on paper nobody is named"


def test_two_roles_of_one_person_do_not_lend_each_other_rights(cast: Cast) -> None:
    """A tenant of one firm who also sits in the bureau hands in nothing for other firms."""
    user = cast.world.users["own_tenant"]
    user.memberships.create(
        role="bureau", home=cast.world.outpost.home, valid_from=cast.world.now.date(), created_at=cast.world.now
    )
    actor = cast.world.actor("own_tenant")
    may_submit(actor, cast.rows["own inside"].project)
    assert can_view(actor, cast.rows["own reported"].project)
    with pytest.raises(RefusedError):
        may_submit(actor, cast.rows["own reported"].project)
