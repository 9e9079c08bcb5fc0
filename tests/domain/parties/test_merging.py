"""Two rows of one firm become one, every relation is told, and taking it back restores exactly what was."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.apps import apps

from feidi.domain.parties.enums import IdentifierScheme, OrganizationKind, PairState, RelationKind
from feidi.domain.parties.models import (
    NameKey,
    Organization,
    OrganizationIdentifier,
    OrganizationLink,
    OrganizationMerge,
    OrganizationPair,
    OrganizationRelation,
)
from feidi.domain.parties.selectors.merging import MOVES, preview_merge, unknown_relations
from feidi.domain.parties.services.duplicates import decide_pair, propose_pairs, reopen_pair
from feidi.domain.parties.services.merging import merge_organizations, undo_merge
from feidi.domain.parties.services.organizations import find_or_add_organization
from feidi.domain.parties.services.persons import add_contact_point
from feidi.domain.parties.services.titles import TitlePaper, add_title
from feidi.domain.pipeline.access import search_visible
from feidi.domain.pipeline.enums import PartyRole
from feidi.domain.pipeline.models import Project, ProjectParty
from feidi.domain.pipeline.services.registering import add_party
from feidi.engines.findings import RefusedError
from feidi.kernel.audit.verify import verify
from feidi.kernel.search.selectors import search
from feidi.kernel.subjects import Subject
from feidi.kernel.todos.models import Todo
from feidi.kernel.todos.services import add_todo
from tests.support.world import World

pytestmark = pytest.mark.django_db
SHORT, FULL = "滨海云检测", "滨海云检测技术有限公司"
CODE = "91110000600037341L"


def both(world: World) -> tuple[Organization, Organization]:
    """One firm registered twice, with something on every side."""
    officer, now, outpost = world.actor("officer"), world.now, world.outpost
    world.lead("云检测一期", FULL, uscc=CODE)
    second = world.lead("云检测二期", SHORT)
    kept, gone = Organization.objects.get(name=FULL), Organization.objects.get(name=SHORT)
    # doubles: the same kind, link, project in the same role; a relation between the two
    add_party(project=second, party=kept, role=PartyRole.INVESTOR)
    add_party(project=second, party=gone, role=PartyRole.INVESTOR)
    relation = OrganizationRelation(source=gone, target=kept, kind=RelationKind.SUBSIDIARY_OF, outpost=outpost)
    relation.save()
    OrganizationLink.objects.filter(organization=gone).update(since=date(2025, 1, 2))
    gone.kinds.create(kind=OrganizationKind.HOME_FIRM)
    Organization.objects.filter(pk=gone.pk).update(founded_on=date(2020, 5, 1))
    add_contact_point(actor=officer, now=now, outpost=outpost, value="0755-88880000", organization=gone)
    paper = TitlePaper("high_tech", number="GR2024", valid_from=date(2024, 6, 1))
    add_title(actor=officer, now=now, outpost=outpost, organization=gone, paper=paper)
    add_todo(actor=officer, now=now, subject=Subject("parties.organization", gone.uid), what="要营业执照")
    gone.refresh_from_db()
    return kept, gone


def rows() -> dict[str, list[dict[str, Any]]]:
    """Every row of every table that may speak of an organization, without versions and what only the machine derives."""
    left_out = {"version", "tokens", "id"} - {"id"}
    models = [apps.get_model(*key.split(".")[:2]) for key in MOVES if "Merge" not in key]
    models += [Todo, Project]
    return {
        model._meta.label: sorted(
            ({k: v for k, v in row.items() if k not in left_out} for row in model._base_manager.values()),
            key=lambda row: row["id"],
        )
        for model in models
    }


def test_every_relation_is_classified(monkeypatch: pytest.MonkeyPatch, world: World) -> None:
    assert unknown_relations() == []
    one = find_or_add_organization(actor=world.actor("lead"), now=world.now, outpost=world.outpost, name="甲有限公司")
    two = find_or_add_organization(actor=world.actor("lead"), now=world.now, outpost=world.outpost, name="乙有限公司")
    # a foreign key of which nobody has said what becomes of its rows
    monkeypatch.delitem(MOVES, "liaison.WalkIn.organization")
    with pytest.raises(RefusedError) as refused:
        merge_organizations(actor=world.actor("lead"), now=world.now, kept=one, gone=two, reason="同一家")
    assert refused.value.refusal.code == "parties.merge_relation_unknown"
    assert refused.value.refusal.params["relations"] == "liaison.WalkIn.organization"
    two.refresh_from_db()
    assert two.voided_at is None


def test_merge_moves_everything_and_undo_restores_it(world: World) -> None:
    kept, gone = both(world)
    lead = world.actor("lead")
    preview = preview_merge(lead, kept, gone)
    told = {label: (len(moved), len(dropped)) for label, moved, dropped, _hidden in preview.lines}
    assert told["参与的项目"] == (1, 1)
    assert told["联系它的驻点"] == (0, 1)
    assert told["类别"] == (1, 1)
    assert told["与其他单位的关系"] == (0, 1)
    assert told["资质"] == told["单位的联系方式"] == told["待办"] == (1, 0)
    assert not preview.blocks

    merge_organizations(actor=lead, now=world.now, kept=kept, gone=gone, reason="同一代码", plan=preview.digest)
    kept.refresh_from_db()
    gone.refresh_from_db()
    assert gone.merged_into_id == kept.pk
    assert gone.voided_at == world.now
    assert kept.aliases.get().name == SHORT
    assert kept.founded_on == date(2020, 5, 1)
    assert kept.links.get().since == date(2025, 1, 2), "known since the earlier day"
    assert [kept.persons.count(), kept.titles.count(), kept.contact_points.count()] == [2, 1, 1]
    assert {each.project.name for each in ProjectParty.objects.filter(organization=kept)} == {
        "云检测一期",
        "云检测二期",
    }
    assert Todo.objects.get(what="要营业执照").subject_uid == kept.uid
    assert OrganizationPair.objects.get().state == PairState.MERGED
    assert not NameKey.objects.filter(subject_uid=gone.uid).exists()
    hits = {hit.uid for hit in search(SHORT, visible=search_visible(lead)).rows if hit.kind == "parties.organization"}
    assert hits == {kept.uid}, "the gone one is found no more, the kept one by either name"
    assert find_or_add_organization(actor=lead, now=world.now, outpost=world.outpost, name=SHORT).pk != gone.pk
    assert verify().faults == ()


def test_undo_restores_exactly(world: World) -> None:
    kept, gone = both(world)
    lead = world.actor("lead")
    before = rows()
    merge = merge_organizations(actor=lead, now=world.now, kept=kept, gone=gone, reason="同一代码")
    assert rows() != before
    undo_merge(actor=lead, now=world.now, merge=merge)
    assert rows() == before
    hits = {
        hit.uid for hit in search("滨海云", visible=search_visible(lead)).rows if hit.kind == "parties.organization"
    }
    assert hits == {kept.uid, gone.uid}
    assert verify().faults == ()
    with pytest.raises(RefusedError) as again:
        undo_merge(actor=lead, now=world.now, merge=OrganizationMerge.objects.get())
    assert again.value.refusal.code == "parties.merge_undone"


def test_undo_refuses_with_the_list_of_what_changed_since(world: World) -> None:
    kept, gone = both(world)
    lead = world.actor("lead")
    merge = merge_organizations(actor=lead, now=world.now, kept=kept, gone=gone, reason="同一代码")
    title = kept.titles.get()
    title.number, title.version = "GR2025", title.version + 1
    title.save()
    with pytest.raises(RefusedError) as refused:
        undo_merge(actor=lead, now=world.now, merge=merge)
    assert refused.value.refusal.code == "parties.merge_undo_changed"
    assert [(each.params["what"], each.params["name"]) for each in refused.value.refusal.reasons] == [
        ("资质", "高新技术企业（高企）")
    ]
    gone.refresh_from_db()
    assert gone.merged_into_id == kept.pk, "nothing was taken back"


def test_refusals(world: World) -> None:
    kept, gone = both(world)
    lead, now = world.actor("lead"), world.now

    def code(**more: Any) -> str:
        given: dict[str, Any] = {"actor": lead, "kept": kept, "gone": gone, "reason": "同一家", **more}
        with pytest.raises(RefusedError) as refused:
            merge_organizations(now=now, **given)
        return refused.value.refusal.code

    assert code(reason=" ") == "parties.merge_needs_reason"
    assert code(gone=kept) == "parties.merge_same"
    assert code(plan="0" * 24) == "parties.merge_changed_meanwhile"
    assert code(actor=world.actor("bureau")) == "parties.merge_across"
    assert code(actor=world.actor("rival")) == "parties.merge_across"
    far = find_or_add_organization(actor=world.actor("rival"), now=now, outpost=world.rival, name="滨海云")
    assert code(gone=far) == "parties.merge_across", "a rival home's: neither side learns what the other knew"
    OrganizationIdentifier.objects.create(organization=gone, scheme=IdentifierScheme.USCC, value="91440300MA5DA00X1T")
    assert code() == "parties.merge_two_codes"
    merge_organizations(actor=lead, now=now, kept=kept, gone=gone, reason="同一家", codes_checked=True)
    assert code() == "parties.merge_voided"


def test_pairs_follow_and_not_the_same_is_remembered(world: World) -> None:
    kept, gone = both(world)
    lead, now = world.actor("lead"), world.now
    third = find_or_add_organization(actor=lead, now=now, outpost=world.outpost, name="滨海云检测服务有限公司")
    pairs = {frozenset((each.left_id, each.right_id)): each for each in OrganizationPair.objects.all()}
    said = pairs.get(frozenset((gone.pk, third.pk)))
    if said is None:
        left, right = sorted((gone, third), key=lambda each: each.pk)
        said = OrganizationPair.objects.create(left=left, right=right, kind="alike", found_by="x", created_at=now)
    decide_pair(actor=lead, now=now, pair=said, state=PairState.NOT_SAME, note="问过企业")
    merge = merge_organizations(actor=lead, now=now, kept=kept, gone=gone, reason="同一家")
    carried = OrganizationPair.objects.get(left__in=[kept, third], right__in=[kept, third])
    assert (carried.state, carried.decision_note) == (PairState.NOT_SAME, "问过企业")
    assert propose_pairs(actor=lead, now=now, organization=third, outpost=world.outpost) == 0
    undo_merge(actor=lead, now=now, merge=merge)
    said.refresh_from_db()
    assert said.state == PairState.NOT_SAME
    reopen_pair(actor=lead, now=now, pair=said, reason="看错了")
    decide_pair(actor=lead, now=now, pair=said, state=PairState.RELATED, relation=RelationKind.BRANCH_OF, lesser=third)
    assert OrganizationRelation.objects.get(source=third).target_id == gone.pk
