"""What is said of a natural person is proved by the audit trail and never repeated in it, whatever row says it."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from feidi.domain.parties.enums import FactSource
from feidi.domain.parties.models import Fact, Organization, Person
from feidi.domain.parties.services.facts import Value, state_fact
from feidi.domain.parties.services.persons import find_or_add_person
from feidi.domain.pipeline.models import FirstReport
from feidi.domain.policy.models import Checkup, PolicyClaim
from feidi.domain.policy.services.checkups import keep_checkup, keep_checkup_about
from feidi.domain.policy.services.facts import Origin, Statement, state_policy_facts, withdraw_policy_fact
from feidi.kernel.audit import audited_kinds, recorded
from feidi.kernel.audit.canonical import keyed_digest
from feidi.kernel.audit.models import AuditEntry
from feidi.kernel.audit.unit import Unit
from feidi.kernel.audit.verify import verify
from feidi.kernel.files.services import open_file, void_file
from feidi.kernel.subjects import Subject, is_personal, registered_kinds
from feidi.kernel.todos.services import add_todo, void_todo
from tests.support.policies import POLICY, firm, publish
from tests.support.profiles import make_profile
from tests.support.world import World

pytestmark = pytest.mark.django_db

#: Words of this test, in no other row.
SAID = "肢体残疾三级"
FACT, PERSON = "parties.fact", "parties.person"


@pytest.fixture
def organization(world: World) -> Organization:
    publish(world, POLICY)
    return firm(world)


@pytest.fixture
def person(world: World, organization: Organization) -> Person:
    return find_or_add_person(
        actor=world.actor("officer"), now=world.now, outpost=world.outpost, name="王小明", organization=organization
    )


def about(person: Person) -> Subject:
    return Subject(PERSON, person.uid)


def trail(**of: Any) -> str:
    """Return the whole trail as text, or what it keeps of some rows."""
    entries = AuditEntry.objects.filter(**of).order_by("id")
    return json.dumps([[e.action, e.changes, e.state, e.reason] for e in entries], ensure_ascii=False)


def state(world: World, subject: Subject, value: Value, fact: str = "disability", **more: Any) -> Fact:
    return state_fact(
        actor=world.actor("officer"),
        now=world.now,
        subject=subject,
        fact=fact,
        value=value,
        source=FactSource.STATED,
        outpost=world.outpost,
        **more,
    )


def differing() -> list[tuple[str, str, str, bool]]:
    return [(each.code, each.where, each.detail, each.keyed) for each in verify().faults]


SHAPES = {
    "text": (Value(text=SAID), SAID),
    "number": (Value(number=7_310_042), "7310042"),
    "ratio": (Value(numerator=7_310_042, denominator=9_120_077), "7310042"),
    "day": (Value(on=date(1987, 3, 29)), "1987-03-29"),
    "interval": (Value(lo=7_310_042, hi=7_310_099), "7310099"),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_what_a_fact_says_of_a_person_is_nowhere_in_the_trail(world: World, person: Person, shape: str) -> None:
    value, said = SHAPES[shape]
    fact = state(
        world, about(person), value, source_note=f"{SAID}证", confirmed_by="赵医生", holds_from=date(2019, 5, 31)
    )
    for word in (said, SAID, "赵医生", "2019-05-31"):
        assert word not in trail()
    assert verify().faults == ()
    kept = AuditEntry.objects.get(subject_kind=FACT, subject_uid=fact.uid)
    assert kept.state is not None
    assert (kept.state["fact"], kept.state["subject_uid"], kept.state["source"]) == (
        "disability", person.uid, "stated"
    ), "which fact, whose, from what kind of source"  # fmt: skip


def test_no_is_an_answer_too(world: World, person: Person) -> None:
    none = state(world, about(person), Value(number=0))
    assert AuditEntry.objects.get(subject_uid=none.uid).state["number"].startswith("keyed:")  # type: ignore[index]


def test_equal_answers_of_two_persons_do_not_look_equal(world: World, person: Person) -> None:
    """Else whoever knows what one said reads all who said the same."""
    facts = [state(world, about(person), Value(text="是")) for _ in range(2)]
    kept = AuditEntry.objects.filter(subject_uid__in=[each.uid for each in facts])
    assert len({entry.state["text"] for entry in kept if entry.state}) == 2


@pytest.mark.parametrize(
    ("column", "value"),
    [("text", "无残疾"), ("source_note", "另一份"), ("holds_from", date(2020, 1, 1)), ("fact", "x")],
)
def test_a_persons_fact_changed_by_hand_is_named(world: World, person: Person, column: str, value: object) -> None:
    fact = state(world, about(person), Value(text=SAID), source_note="证", holds_from=date(2019, 5, 31))
    Fact.objects.filter(pk=fact.pk).update(**{column: value})
    assert differing() == [("row_differs", f"{FACT} {fact.uid}", column, column != "fact")]


def test_a_value_replaced_by_its_own_digest_is_named(world: World, person: Person) -> None:
    fact = state(world, about(person), Value(text=SAID))
    kept = AuditEntry.objects.get(subject_uid=fact.uid).state
    Fact.objects.filter(pk=fact.pk).update(text=kept["text"])  # type: ignore[index]
    assert differing() == [("row_differs", f"{FACT} {fact.uid}", "text", True)]


def test_facts_of_organizations_stay_readable(world: World, organization: Organization) -> None:
    fact = state(
        world, Subject("parties.organization", organization.uid), Value(text="高新技术企业"), source_note="公示"
    )
    kept = AuditEntry.objects.get(subject_uid=fact.uid).state
    assert (kept["text"], kept["source_note"]) == ("高新技术企业", "公示")  # type: ignore[index]


def test_entries_from_before_still_prove_their_rows(
    world: World, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Earlier entries hold a person's fact in clear, and digests that are bound to no row."""
    with monkeypatch.context() as before:
        before.setattr("feidi.kernel.audit.unit.state_of", _as_it_was)
        old = state(world, about(person), Value(text="硕士"), fact="education")
        other = find_or_add_person(actor=world.actor("officer"), now=world.now, outpost=world.outpost, name="李四")
    assert "硕士" in trail(subject_uid=old.uid)
    new = state(world, about(person), Value(text="博士"), fact="education", supersedes=old)
    assert "博士" not in trail()
    assert verify().faults == ()
    Fact.objects.filter(pk__in=[old.pk, new.pk]).update(text="学士")
    Person.objects.filter(pk=other.pk).update(name="李五")
    assert sorted(differing()) == sorted(
        [
            ("row_differs", f"{FACT} {old.uid}", "text", False),
            ("row_differs", f"{FACT} {new.uid}", "text", True),
            ("row_differs", f"{PERSON} {other.uid}", "name", True),
        ]
    )


def _as_it_was(row: Any, kind: Any) -> dict[str, Any]:
    from feidi.kernel.audit.canonical import plain

    values = {each.name: getattr(row, each.attname) for each in kind.fields()}
    return {
        name: keyed_digest(value) if name in kind.personal and value else plain(value) for name, value in values.items()
    }


def test_taking_a_fact_back_does_not_tell_why(world: World, person: Person, organization: Organization) -> None:
    who = {"actor": world.actor("officer"), "now": world.now, "outpost": world.outpost}
    given = {"statements": [Statement("education", "doctor")], "origin": Origin(note="学位证（王小明）")}
    (fact,) = state_policy_facts(**who, subject=about(person), **given)  # type: ignore[arg-type]
    withdraw_policy_fact(**who, fact=fact, reason=f"{SAID}，不是博士")  # type: ignore[arg-type]
    assert [word for word in ("doctor", "学位证", SAID) if word in trail()] == []
    assert AuditEntry.objects.get(action="fact_withdrawn").reason.startswith("keyed:")
    own = Subject("parties.organization", organization.uid)
    (firms,) = state_policy_facts(**who, subject=own, statements=[Statement("employees", "30人")])  # type: ignore[arg-type]
    withdraw_policy_fact(**who, fact=firms, reason="数错了")  # type: ignore[arg-type]
    assert AuditEntry.objects.get(action="fact_withdrawn", subject_uid=firms.uid).reason == "数错了"
    assert verify().faults == ()


def test_a_kept_check_up_of_a_person_is_proved_by_digest(
    world: World, person: Person, organization: Organization
) -> None:
    who = {"actor": world.actor("officer"), "now": world.now}
    kept = keep_checkup_about(**who, subject=about(person))  # type: ignore[arg-type]
    assert [word for word in (kept.subject_label, kept.content_hash) if word in trail()] == []
    firms = keep_checkup(**who, outpost=world.outpost, organization=organization)  # type: ignore[arg-type]
    assert firms.content_hash in trail(subject_uid=firms.uid)
    assert verify().faults == ()
    Checkup.objects.filter(pk=kept.pk).update(content_hash="0" * 64)
    assert differing() == [("row_differs", f"policy.checkup {kept.uid}", "content_hash", True)]


def _claim(world: World, organization: Organization, subject: Subject | None) -> PolicyClaim:
    claim = PolicyClaim(
        outpost=world.outpost,
        organization=organization,
        about_kind=subject.kind if subject else "",
        about_uid=subject.uid if subject else "",
        place="x",
        clause="T-PERSON",
        clause_title="人员补贴",
        policy_hash="0" * 64,
        acceptance_number="受2026-7713",
        note=SAID,
        applied_fen=7_310_042,
        status_seen_on=world.now.date(),
        created_at=world.now,
    )
    with recorded(actor=world.actor("officer"), now=world.now) as unit:
        claim.save()
        unit.created(claim, kind="policy.claim", reason=SAID)
    return claim


def test_a_claim_for_a_person_keeps_amount_and_note_to_itself(
    world: World, person: Person, organization: Organization
) -> None:
    _claim(world, organization, about(person))
    assert [word for word in (SAID, "7310042", "受2026-7713") if word in trail()] == []
    readable = _claim(world, organization, None)
    assert all(word in trail(subject_uid=readable.uid) for word in (SAID, "7310042", "受2026-7713"))
    assert verify().faults == ()


def test_the_need_of_a_person_keeps_its_words_to_itself(world: World, person: Person) -> None:
    profile = make_profile(
        world, person=person, title=f"{SAID}者求职", masked_text=f"{SAID}，想找工作。", full_text=SAID
    )
    firms = make_profile(world, masked_text="窑炉温度飘，想找人看看。")
    assert SAID not in trail()
    assert "窑炉温度飘" in trail(subject_uid=firms.uid)
    assert verify().faults == ()
    type(profile).objects.filter(pk=profile.pk).update(masked_text="别的")
    assert differing() == [("row_differs", f"matching.profile {profile.uid}", "masked_text", True)]


def test_what_is_to_be_done_about_a_person_and_that_persons_papers(world: World, person: Person) -> None:
    who = {"actor": world.actor("officer"), "now": world.now}
    todo = add_todo(**who, subject=about(person), what=f"问{SAID}的补贴", assignee=world.users["officer"])  # type: ignore[arg-type]
    void_todo(**who, todo=todo, reason=f"{SAID}已问")  # type: ignore[arg-type]
    file = world.file(about(person), name=f"{SAID}证.pdf")
    open_file(**who, file=file).stream.close()  # type: ignore[arg-type]
    void_file(**who, file=file, reason=f"{SAID}证作废")  # type: ignore[arg-type]
    assert SAID not in trail()
    assert file.sha256 in trail(subject_uid=file.uid, action="downloaded")
    assert verify().faults == ()
    project = world.lead()
    add_todo(**who, subject=Subject("pipeline.project", project.uid), what="约谈")  # type: ignore[arg-type]
    assert "约谈" in trail(subject_kind="todos.todo")


def test_what_is_said_of_a_referral_is_said_of_whoever_referred(world: World) -> None:
    referral = FirstReport.objects.get(project=world.lead(referrer="李会长"))
    state(world, Subject("pipeline.first_report", referral.uid), Value(text="natural_person"), "referrer_kind")
    assert "natural_person" not in trail()
    assert verify().faults == ()


def test_kinds_that_are_persons_say_so() -> None:
    assert {each.kind for each in registered_kinds() if each.personal} >= {PERSON, "pipeline.first_report"}
    assert not is_personal("parties.organization")
    for kind in audited_kinds():
        names = {each.name for each in kind.fields()} | {"masked"}
        assert kind.personal_of_such <= names, f"{kind.kind} calls a field personal that it has not"


def test_the_unit_itself_hides_the_reason(world: World, person: Person) -> None:
    fact = state(world, about(person), Value(text="x"))
    with recorded(actor=world.actor("officer"), now=world.now) as unit:
        assert isinstance(unit, Unit)
        unit.changed(fact, kind=FACT, before={"fact": "y"}, reason=SAID)
    assert SAID not in trail()
