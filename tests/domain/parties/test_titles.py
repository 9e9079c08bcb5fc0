"""资质台账 and stand-ins: written down, renewed, reminded of, taken back; what a stand-in sees."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from feidi.domain.parties.models import Organization, OrganizationTitle
from feidi.domain.parties.selectors.stand_ins import absent_for
from feidi.domain.parties.selectors.titles import TitleFilter, kinds_of, list_titles, renewal_of
from feidi.domain.parties.services.organizations import find_or_add_organization
from feidi.domain.parties.services.stand_ins import set_stand_in, void_stand_in
from feidi.domain.parties.services.title_lists import paste_titles
from feidi.domain.parties.services.titles import TitlePaper, add_title, remind_of_titles, renew_title, void_title
from feidi.engines.findings import RefusedError
from feidi.kernel.access import Actor, ActorKind
from feidi.kernel.audit.verify import verify
from feidi.kernel.todos.models import Todo
from feidi.portals.console.home.desk import desk_of
from tests.support.world import World

pytestmark = pytest.mark.django_db
CLOCK = Actor(kind=ActorKind.SCHEDULE, label="clock")


@pytest.fixture
def firm(world: World) -> Organization:
    """A firm the outpost knows."""
    return find_or_add_organization(
        actor=world.actor("officer"), now=world.now, outpost=world.outpost, name="滨海甲检测技术有限公司"
    )


def refusal(act: Any, *args: Any, **kwargs: Any) -> str:
    with pytest.raises(RefusedError) as refused:
        act(*args, **kwargs)
    return refused.value.refusal.code


def test_a_title_from_its_certificate_to_its_next_term(world: World, firm: Organization) -> None:
    officer, now, outpost, today = world.actor("officer"), world.now, world.outpost, world.now.date()

    def add(paper: TitlePaper, **more: Any) -> OrganizationTitle:
        given = {"actor": officer, "outpost": outpost, "organization": firm, **more}
        return add_title(now=now, paper=paper, responsible=world.users["officer"], **given)

    title = add(TitlePaper("high_tech", number="GR202444", valid_from=date(2023, 12, 28)))
    assert (title.label, title.valid_to) == ("高新技术企业（高企）", date(2026, 12, 27)), "three years, from content"
    assert renewal_of(title, kinds_of([title])) == date(2026, 12, 27) - timedelta(days=240)
    unknown = add(TitlePaper("research_centre"))
    assert unknown.valid_to is None, "not known is not for ever"
    rival = find_or_add_organization(actor=world.actor("rival"), now=now, outpost=world.rival, name="远山有限公司")
    assert refusal(add, TitlePaper("nobel")) == "parties.title_unknown"
    assert refusal(add, TitlePaper("high_tech", valid_from=date(2023, 12, 28))) == "parties.title_double"
    assert refusal(add, TitlePaper("other", valid_from=today, valid_to=date(2020, 1, 1))) == "parties.title_dates"
    assert refusal(add, TitlePaper("other"), organization=rival) == "parties.title_not_linked"
    assert refusal(add, TitlePaper("other"), actor=world.actor("bureau")) == "parties.not_permitted"

    assert remind_of_titles(actor=CLOCK, now=now) == 1
    assert remind_of_titles(actor=CLOCK, now=now) == 0, "nobody is reminded of one term twice"
    todo = Todo.objects.get()
    assert (todo.assignee, todo.subject_uid) == (world.users["officer"], title.uid)
    assert todo.what == "“高新技术企业（高企）”将于 2026-12-27 到期，准备续期：滨海甲检测技术有限公司"

    states = {
        state: {each.uid for each in list_titles(officer, TitleFilter(state=state), today)}
        for state in ("due", "valid", "expired", "unknown", "")
    }
    assert states == {"due": {title.uid}, "valid": {title.uid}, "expired": set(), "unknown": {unknown.uid},
                      "": {title.uid, unknown.uid}}  # fmt: skip
    assert not list_titles(world.actor("rival"), TitleFilter(), today).exists()
    assert not list_titles(world.actor("bureau"), TitleFilter(), today).exists()

    backwards = TitlePaper("high_tech", valid_from=date(2020, 1, 1))
    assert (
        refusal(renew_title, actor=officer, now=now, title=title, paper=backwards) == "parties.title_renewed_backwards"
    )
    following = TitlePaper("high_tech", valid_from=date(2026, 12, 28))
    renewed = renew_title(actor=world.actor("manager"), now=now, title=title, paper=following)
    assert renewed.valid_to == date(2029, 12, 27)
    todo.refresh_from_db()
    assert todo.done_at == now, "whoever writes the next term down has done it"
    assert remind_of_titles(actor=CLOCK, now=now) == 0
    assert refusal(void_title, actor=officer, now=now, title=renewed, reason=" ") == "parties.reason_needed"
    void_title(actor=officer, now=now, title=renewed, reason="记错")
    assert refusal(void_title, actor=officer, now=now, title=renewed, reason="记错") == "parties.title_voided"
    assert verify().faults == ()


def test_a_pasted_list_is_written_whole_or_not_at_all(world: World, firm: Organization) -> None:
    officer, now = world.actor("officer"), world.now

    def paste(*lines: str) -> list[OrganizationTitle]:
        text = "\n".join(("单位名称\t资质名称\t证书编号\t有效期起\t有效期至", *lines))
        return paste_titles(actor=officer, now=now, outpost=world.outpost, content=text.encode())

    good = "滨海甲检测技术有限公司\t高企\tGR1\t2024-06-01\t"
    with pytest.raises(RefusedError) as refused:
        paste(
            good,
            "没听过的公司\t高企\t\t\t",
            "滨海甲检测技术有限公司\t诺贝尔奖\t\t\t",
            "滨海甲检测技术有限公司\t科小\t\t改天\t",
        )
    assert refused.value.refusal.code == "parties.titles_rows_bad"
    assert [each.row for each in refused.value.refusal.reasons] == [3, 4, 5]
    assert OrganizationTitle.objects.count() == 0
    made = paste(good, "滨海甲检测技术有限公司\t科技型中小企业\t2026440\t2026.3.1\t2026年12月31日")
    assert [(each.title, each.valid_from, each.valid_to) for each in made] == [
        ("high_tech", date(2024, 6, 1), date(2027, 5, 31)),
        ("tech_sme", date(2026, 3, 1), date(2026, 12, 31)),
    ]
    assert paste(good) == [], "what stands there is passed over"
    bare = refusal(paste_titles, actor=officer, now=now, outpost=world.outpost, content=b"x\n1\n")
    assert bare == "parties.titles_unread"


def test_a_stand_in_sees_what_the_absent_has_to_do_as_far_as_they_may(world: World, firm: Organization) -> None:
    now, today, users = world.now, world.now.date(), world.users
    paper = TitlePaper("tech_sme", valid_from=date(2026, 1, 1))
    add_title(
        actor=world.actor("officer"), now=now, outpost=world.outpost, organization=firm, paper=paper,
        responsible=users["officer"],
    )  # fmt: skip
    remind_of_titles(actor=CLOCK, now=now)

    def arrange(by: str, absent: str, stand_in: str, **more: Any) -> Any:
        given = {"since": today, "until": today + timedelta(days=5), "outpost": world.outpost, **more}
        return set_stand_in(actor=world.actor(by), now=now, absent=users[absent], stand_in=users[stand_in], **given)

    assert refusal(arrange, "manager", "officer", "manager") == "parties.not_permitted"
    assert refusal(arrange, "officer", "officer", "officer") == "parties.stand_in_self"
    assert refusal(arrange, "officer", "officer", "rival") == "parties.stand_in_no_role"
    assert refusal(arrange, "officer", "officer", "manager", until=today - timedelta(days=1)) == "parties.stand_in_days"
    row = arrange("officer", "officer", "manager")
    assert refusal(arrange, "lead", "officer", "lead") == "parties.stand_in_overlaps"
    assert refusal(arrange, "lead", "lead", "officer") == "parties.stand_in_away"
    assert absent_for(users["manager"].pk, today) == {users["officer"].pk: "officer"}
    (seen,) = desk_of(world.actor("manager"), today)["todos"]
    assert seen["for_whom"] == "officer"
    assert "科技型中小企业" in seen["row"].what
    assert desk_of(world.actor("lead"), today)["todos"] == []
    assert desk_of(world.actor("manager"), today + timedelta(days=6))["todos"] == [], "over"
    void_stand_in(actor=world.actor("officer"), now=now, row=row, reason="提前返岗")
    assert desk_of(world.actor("manager"), today)["todos"] == []
    assert verify().faults == ()
