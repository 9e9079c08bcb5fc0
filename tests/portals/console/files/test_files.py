"""Files leave only through an access check, and every time is written down."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from feidi.kernel.audit.models import AuditEntry
from feidi.kernel.files.access import visible_to
from feidi.kernel.files.models import StoredFile
from feidi.kernel.files.selectors import find_file
from feidi.kernel.files.services import void_file
from feidi.kernel.subjects import Subject
from tests.support.queries import queries_of
from tests.support.world import PDF, World

pytestmark = pytest.mark.django_db

#: So many characters of SQL at most speak of a file and of one kind of host.
ONE_KIND = 6000


@pytest.fixture
def address(world: World) -> str:
    """The address of a contract's scan."""
    project = world.lead()
    file = world.file(Subject("pipeline.project", project.uid), "合同 扫描.pdf")
    return reverse("console:files:file_view", args=[file.uid])


def client(world: World, login: str) -> Client:
    made = Client()
    made.force_login(world.users[login])
    return made


def test_a_download_is_whole_named_and_recorded(world: World, address: str) -> None:
    response = client(world, "officer").get(address)
    assert b"".join(response.streaming_content).startswith(PDF)  # type: ignore[attr-defined]
    assert response["Content-Disposition"].startswith("attachment")
    assert "filename*=UTF-8''%E5%90%88%E5%90%8C%20%E6%89%AB%E6%8F%8F.pdf" in response["Content-Disposition"]
    assert (response["Content-Type"], response["X-Content-Type-Options"]) == ("application/pdf", "nosniff")
    assert AuditEntry.objects.filter(action="downloaded").count() == 1


def test_a_pdf_may_be_shown_in_the_browser(world: World, address: str) -> None:
    response = client(world, "officer").get(address, {"show": "1"})
    assert response["Content-Disposition"].startswith("inline")
    response.close()


@pytest.mark.parametrize("who", ["rival", "bureau", "verifier", "rival_bureau", "auditor", "admin"])
def test_a_file_of_what_one_may_not_see_does_not_exist(world: World, address: str, who: str) -> None:
    assert client(world, who).get(address).status_code == 404
    assert client(world, "officer").get(reverse("console:files:file_view", args=["2" * 12])).status_code == 404
    assert not AuditEntry.objects.filter(action="downloaded").exists()


def test_a_file_taken_back_says_why(world: World, address: str) -> None:
    from feidi.kernel.files.models import StoredFile

    void_file(actor=world.actor("officer"), now=world.now, file=StoredFile.objects.get(), reason="传错了")
    response = client(world, "officer").get(address)
    assert response.status_code == 409
    assert "已撤下：传错了" in response.content.decode()


def test_opening_one_asks_of_its_host_alone(world: World, address: str) -> None:
    """A list asks of every kind of row there is; of one file at hand the kind is known."""
    file = StoredFile.objects.get()
    for who in ("officer", "rival", "bureau", "verifier", "auditor", "admin", "tenant", "rival_bureau"):
        actor = world.actor(who)
        found: list[StoredFile | None] = []
        sent = queries_of(lambda actor=actor, found=found: found.append(find_file(actor=actor, uid=file.uid)))  # type: ignore[misc]
        assert found == [visible_to(actor, StoredFile.objects.filter(uid=file.uid)).first()], who
        assert len(sent) <= 2
        assert sum(map(len, sent)) < ONE_KIND, who
    assert len(str(visible_to(world.actor("officer"), StoredFile.objects.all()).query)) > ONE_KIND
    assert find_file(actor=world.actor("officer"), uid="2" * 12) is None
