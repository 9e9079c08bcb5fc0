"""A talent is on file by consent, sealed and masked; opened on record; exported and erased on request."""

from __future__ import annotations

import json
from datetime import timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.db import IntegrityError, transaction

from feidi.domain.parties.models import ContactPoint, Person
from feidi.domain.talent.enums import GivenHow, Origin, PaperKind, RequestKind
from feidi.domain.talent.models import Consent, GreenItem, Talent
from feidi.domain.talent.selectors.catalogue import catalogue_of
from feidi.domain.talent.selectors.holdings import past_retention
from feidi.domain.talent.services.arrivals import Proof, show_arrival
from feidi.domain.talent.services.cases import Child, withdraw_case
from feidi.domain.talent.services.changing import Scan
from feidi.domain.talent.services.consents import (
    NewConsent,
    ask_about_data,
    give_consent,
    withdraw_consent,
)
from feidi.domain.talent.services.erasing import erase_talent
from feidi.domain.talent.services.requests import export_talent
from feidi.domain.talent.services.retention_daily import note_past_retention
from feidi.domain.talent.services.talents import NewTalent, Work, change_talent, register_talent, unmask_talent
from feidi.engines.findings import RefusedError
from feidi.kernel.access import schedule_actor
from feidi.kernel.audit.models import AuditEntry
from feidi.kernel.audit.verify import verify
from feidi.kernel.evidence.models import EvidenceItem
from feidi.kernel.files.models import StoredFile
from feidi.kernel.files.services import path_of
from feidi.kernel.todos.models import Todo
from tests.support.talents import PAPER, PHONE, guardian, made, opened
from tests.support.world import PDF, World

pytestmark = pytest.mark.django_db


def refused(code: str) -> Any:
    return pytest.raises(RefusedError, match=code)


def test_nothing_is_kept_without_the_consent_to_the_service(world: World) -> None:
    with refused("talent.consent_needed"):
        made(world, consent=NewConsent("recommend", GivenHow.RECORDED))
    with refused("talent.consent_paper_missing"):
        made(world, consent=NewConsent("service", GivenHow.PAPER))
    assert (Talent.objects.count(), Person.objects.filter(name="林博士").count()) == (0, 0)


def test_the_consent_is_to_the_text_for_these_papers(world: World) -> None:
    texts = catalogue_of(world.outpost, world.now.date()).consent("service")
    assert texts is not None
    hmt = made(world, "陈生", origin=Origin.HMT, paper="H01234567", phone="+85291234567")
    mainland = made(world)
    given = {each.talent.number: each.text_sha256 for each in Consent.objects.select_related("talent")}
    assert given[hmt.number] == texts.digest_of("hmt") != given[mainland.number] == texts.digest_of("mainland")


def test_paper_and_phone_are_sealed_masked_and_not_in_the_trail(world: World) -> None:
    talent = made(world)
    assert talent.paper_hint == "440***********1234"
    assert PAPER.encode() not in bytes(talent.private_enc)
    told = json.dumps(list(AuditEntry.objects.values_list("changes", "state")), ensure_ascii=False, default=str)
    assert PAPER not in told
    assert PHONE not in told
    assert "林博士" not in told
    opened_values = unmask_talent(actor=world.actor("officer"), now=world.now, talent=talent, why="落户填表")
    assert (opened_values.paper_number, opened_values.contacts) == (PAPER, (("phone", PHONE),))
    entry = AuditEntry.objects.get(subject_uid=talent.uid, action="unmasked")
    assert entry.reason == "落户填表"


@pytest.mark.parametrize("why", ["", "  "])
def test_nobody_looks_without_saying_why(world: World, why: str) -> None:
    with refused("talent.unmask_needs_reason"):
        unmask_talent(actor=world.actor("officer"), now=world.now, talent=made(world), why=why)


@pytest.mark.parametrize("role", ["bureau", "rival", "verifier", "auditor", "tenant", "admin"])
def test_nobody_else_looks(world: World, role: str) -> None:
    with refused("not_permitted"):
        unmask_talent(actor=world.actor(role), now=world.now, talent=made(world), why="看看")
    assert not AuditEntry.objects.filter(action="unmasked").exists()


def test_one_person_and_one_paper_are_on_file_once(world: World) -> None:
    made(world)
    with refused("talent.on_file"):
        made(world, paper="", phone="")
    with refused("talent.on_file"):
        made(world, "另一个人", phone="")


def test_a_number_needs_its_kind_of_paper(world: World) -> None:
    new = NewTalent("林博士", Origin.MAINLAND, paper_number=PAPER)
    with refused("talent.paper_kind_needed"):
        register_talent(
            actor=world.actor("officer"),
            now=world.now,
            outpost=world.outpost,
            new=new,
            consent=NewConsent("service", GivenHow.RECORDED),
        )


def test_the_second_saver_is_told(world: World) -> None:
    talent = made(world)
    act: dict[str, Any] = {"actor": world.actor("officer"), "now": world.now, "talent": talent, "version": 1}
    change_talent(work=Work(field="陶瓷"), **act)
    with refused("parties.changed_meanwhile"):
        change_talent(work=Work(field="芯片"), **act)


def test_a_consent_stands_once_and_not_longer_than_its_text_says(world: World) -> None:
    talent = made(world)
    act: dict[str, Any] = {"actor": world.actor("officer"), "now": world.now, "talent": talent}
    with refused("talent.consent_stands"):
        give_consent(new=NewConsent("service", GivenHow.RECORDED), **act)
    far = world.now.date() + timedelta(days=4000)
    with refused("talent.consent_too_long"):
        give_consent(new=NewConsent("recommend", GivenHow.RECORDED, keep_until=far), **act)
    with refused("talent.consent_no_text"):
        give_consent(new=NewConsent("nothing", GivenHow.RECORDED), **act)


def test_whose_consents_have_ended_is_listed_and_noted_once(world: World) -> None:
    kept, gone = made(world), made(world, "周工", paper="", phone="")
    withdraw_consent(actor=world.actor("officer"), now=world.now, consent=gone.consents.get(), how=GivenHow.RECORDED)
    assert [each.pk for each in past_retention(world.now.date())] == [gone.pk]
    assert note_past_retention(actor=schedule_actor("talent.retention"), now=world.now) == 1
    note_past_retention(actor=schedule_actor("talent.retention"), now=world.now + timedelta(days=1))
    assert Todo.objects.get(subject_uid=gone.uid).what.startswith(gone.number)
    later = kept.consents.get().keep_until
    assert {each.pk for each in past_retention(later)} == {kept.pk, gone.pk}


def test_a_childs_data_needs_the_guardians_own_consent_and_a_service_that_needs_it(world: World) -> None:
    talent, child = made(world), Child("林小", "2018-05", "云溪一小")
    with refused("talent.no_consent"):
        opened(world, talent, "schooling", child=child)
    guardian(world, talent)
    with refused("talent.child_not_needed"):
        opened(world, talent, "settling", child=child)
    case = opened(world, talent, "settling", "schooling", child=child)
    sealed = {each.service: bool(bytes(each.child_enc)) for each in case.items.all()}
    assert sealed == {"settling": False, "schooling": True}
    item = case.items.get(service="schooling")
    with pytest.raises(IntegrityError), transaction.atomic():
        GreenItem.objects.filter(pk=item.pk).update(guardian_consent=None)


def test_names_of_uploaded_papers_are_not_kept(world: World) -> None:
    talent = made(world)
    guardian(world, talent)
    assert StoredFile.objects.get(subject_uid=talent.uid).name == "同意书-20261123.pdf"


def whole(world: World) -> Talent:
    """A talent of whom everything is held."""
    talent = made(world)
    guardian(world, talent)
    opened(world, talent, "schooling", child=Child("林小", "2018-05"))
    return talent


def test_the_package_holds_everything_opened_and_the_scans(world: World) -> None:
    talent = whole(world)
    ask_about_data(actor=world.actor("officer"), now=world.now, talent=talent, kind=RequestKind.EXPORT)
    content = export_talent(actor=world.actor("officer"), now=world.now, talent=talent)
    with ZipFile(BytesIO(content)) as package:
        data = json.loads(package.read("data.json"))
        files = [name for name in package.namelist() if name.startswith("files/")]
        assert package.read(files[0]) == PDF
    assert data["talent"]["paper_number"] == PAPER
    assert data["contacts"][0]["value"] == PHONE
    assert data["items"][0]["child"] == {"name": "林小", "born": "2018-05", "wish": ""}
    assert len(data["consents"]) == 2
    assert talent.requests.get().answered_on == world.now.date()
    assert AuditEntry.objects.filter(subject_uid=talent.uid, action="exported").exists()


def test_erased_nothing_personal_is_left_and_the_trail_still_verifies(
    world: World, django_capture_on_commit_callbacks: Any
) -> None:
    talent = whole(world)
    proof = Proof(None, "林博士的聘用合同", world.now.date())
    show_arrival(actor=world.actor("officer"), now=world.now, talent=talent, kind="employment", proof=proof)
    path = path_of(StoredFile.objects.get(subject_uid=talent.uid))
    act: dict[str, Any] = {"actor": world.actor("officer"), "now": world.now}
    ask_about_data(talent=talent, kind=RequestKind.ERASURE, **act)
    with refused("talent.erase_case_open"):
        erase_talent(talent=talent, reason="本人要求", **act)
    withdraw_case(case=talent.cases.get(), reason="本人撤回", **act)
    assert path.exists()
    with django_capture_on_commit_callbacks(execute=True):
        erased = erase_talent(talent=talent, reason="本人要求", **act)
    assert not path.exists()
    person = Person.objects.get(pk=talent.person_id)
    assert (person.name, person.name_folded) == ("（已按本人要求删除）", "")
    assert not any(bytes(each.value_enc) or each.value_hint for each in ContactPoint.objects.filter(person=person))
    assert (bytes(erased.private_enc), erased.paper_hint, erased.paper_index) == (b"", "", "")
    assert not bytes(GreenItem.objects.get().child_enc)
    assert (erased.erased_by, talent.requests.get().answer) == (world.actor("officer").label, "本人要求")
    assert AuditEntry.objects.get(subject_uid=talent.uid, action="erased").reason == "本人要求"
    assert EvidenceItem.objects.get().record == "（已删除）"
    assert not verify().faults
    with refused("talent.erased"):
        unmask_talent(talent=talent, why="再看看", **act)
    with refused("talent.erased"):
        export_talent(talent=talent, **act)


def test_a_paper_kind_is_one_of_the_known(world: World) -> None:
    assert made(world).paper_kind == PaperKind.ID_CARD


def test_an_upload_that_lies_about_its_kind_is_refused_and_nothing_is_kept(world: World) -> None:
    consent = NewConsent("service", GivenHow.PAPER, paper=Scan("同意书.pdf", [b"MZ\x90\x00 not a pdf at all"]))
    with pytest.raises(RefusedError):
        made(world, consent=consent)
    assert Talent.objects.count() == 0
