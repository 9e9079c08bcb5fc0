"""Asked once, answered once, a bad score followed up by a day, figures hidden under five; complaints that are never deleted."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from feidi.domain.parties.selectors.feedback import whose_of
from feidi.engines.findings import RefusedError
from feidi.kernel.access import ANONYMOUS
from feidi.kernel.audit.verify import verify
from feidi.kernel.deadlines.models import Deadline
from feidi.kernel.feedback.access import (
    answers_visible_to,
    asks_visible_to,
    can_view,
    complaints_visible_to,
    follow_ups_visible_to,
)
from feidi.kernel.feedback.enums import Channel, Ruling, Via
from feidi.kernel.feedback.models import Answer, Ask, Complaint, FollowUp
from feidi.kernel.feedback.selectors.answers import (
    Satisfaction,
    cells_for,
    held_back,
    satisfaction,
    together,
    words_of,
)
from feidi.kernel.feedback.selectors.asks import ask_of_token, link_of, reached, token_of
from feidi.kernel.feedback.selectors.following import opened
from feidi.kernel.feedback.selectors.rules import rules_of
from feidi.kernel.feedback.services.answering import (
    Given,
    answer_ask,
    answer_by_link,
    assign_follow_up,
    close_follow_up,
    forget_person,
    forget_words,
)
from feidi.kernel.feedback.services.asking import Respondent, ask, message_of, renew_link, withdraw_ask
from feidi.kernel.feedback.services.complaints import (
    NewComplaint,
    answer_complaint,
    close_complaint,
    receive_complaint,
    void_complaint,
)
from feidi.kernel.notify.models import Mail
from feidi.kernel.subjects import Subject
from feidi.kernel.todos.models import Todo

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2026, 11, 1), date(2026, 11, 30)


def _code(call):
    with pytest.raises(RefusedError) as refused:
        call()
    return refused.value.refusal.code


@pytest.fixture
def asking(world):
    def ask_it(uid="aaaaaaaaaaaa", occasion="service", to=None, **more):
        return ask(
            actor=world.actor("officer"),
            now=world.now,
            subject=Subject("pipeline.project", uid),
            occasion=occasion,
            about="注册地址协助",
            to=to or Respondent("parties.person:x", "李四", "lisi@example.cn"),
            whose=whose_of(world.outpost),
            **more,
        )

    return ask_it


@pytest.fixture
def said(world, asking):
    def say(n, satisfaction=None, recommend=None, **more):
        for each in range(n):
            row = asking(
                f"u{Ask.objects.count():011d}", to=Respondent(f"p{each}"), occasion=more.get("occasion", "service")
            )
            given = Given(satisfaction, recommend, more.get("reason", ""))
            answer_ask(actor=world.actor("officer"), now=world.now, asked=row, given=given, via=Via.OWN)

    return say


def _token(row):
    return token_of(row.uid, row.generation)


def test_one_is_asked_once_and_told_where(world, asking):
    row = asking()
    assert asking() == row
    assert asking(to=Respondent("somebody else")) != row
    assert Mail.objects.filter(once=f"feedback:{row.uid}").count() == 1
    assert (row.expires_on, row.mailed, row.to_hint) == (date(2026, 12, 23), True, "李**")
    assert reached(row).email == "lisi@example.cn"
    told = message_of(row, rules_of("yunxi", world.now.date()).occasions["service"])
    assert link_of(row) in told
    assert "李四" not in told
    assert asking(occasion="unheard_of") is None


def test_a_link_is_guessed_by_nobody_and_ends(world, asking):
    row = asking()
    today = world.now.date()
    assert ask_of_token(_token(row), today) == row
    for token in ("", "guessed", _token(row)[:-1], token_of(row.uid, 2)):
        assert _code(lambda token=token: ask_of_token(token, today)) == "feedback.link_closed"
    assert _code(lambda: ask_of_token(_token(row), date(2026, 12, 24))) == "feedback.link_closed"
    first = _token(row)
    renewed = renew_link(actor=world.actor("officer"), now=world.now, asked=row)
    assert _code(lambda: ask_of_token(first, today)) == "feedback.link_closed"
    withdraw_ask(actor=world.actor("officer"), now=world.now, asked=renewed, reason="发错人")
    assert _code(lambda: ask_of_token(_token(renewed), today)) == "feedback.link_closed"
    assert _code(lambda: renew_link(actor=world.actor("rival"), now=world.now, asked=row)) == "feedback.not_permitted"


def test_the_first_answer_stays(world, asking):
    row = asking()
    answer, new = answer_by_link(now=world.now, token=_token(row), given=Given(5, 9, words=" 很快 "))
    assert new
    assert words_of(answer) == "很快"
    again, new = answer_by_link(now=world.now, token=_token(row), given=Given(1, 0))
    assert (again, new, again.satisfaction) == (answer, False, 5)
    assert not FollowUp.objects.exists()
    assert (
        _code(lambda: renew_link(actor=world.actor("officer"), now=world.now, asked=row)) == "feedback.answered_already"
    )


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (Given(), "feedback.says_nothing"),
        (Given(words="只有话"), "feedback.says_nothing"),
        (Given(0), "feedback.satisfaction"),
        (Given(6), "feedback.satisfaction"),
        (Given(5, 11), "feedback.recommend"),
        (Given(5, -1), "feedback.recommend"),
        (Given(5, reason="time"), "feedback.reason_unknown"),
    ],
)
def test_what_is_no_answer_is_refused(world, asking, given, code):
    row = asking()
    assert _code(lambda: answer_by_link(now=world.now, token=_token(row), given=given)) == code
    assert not Answer.objects.exists()


@pytest.mark.parametrize(
    ("given", "bad"), [(Given(2), True), (Given(3), False), (Given(3, 4), True), (Given(3, 5), False)]
)
def test_a_bad_score_is_followed_up_by_a_day(world, asking, given, bad):
    row = asking(owner=world.users["officer"])
    answer_by_link(now=world.now, token=_token(row), given=given)
    assert FollowUp.objects.exists() is bad
    if not bad:
        return
    follow_up = FollowUp.objects.get()
    assert follow_up.due_on == date(2026, 11, 26)
    assert Deadline.objects.get(stopped_on=None).due_on == date(2026, 11, 26)
    assert Todo.objects.get(done_at=None).assignee == world.users["officer"]
    officer, manager = world.actor("officer"), world.actor("manager")
    assign_follow_up(actor=officer, now=world.now, follow_up=follow_up, owner=world.users["manager"])
    assert Todo.objects.get(done_at=None).assignee == world.users["manager"]
    end = {"now": world.now + timedelta(days=1), "follow_up": follow_up}
    assert _code(lambda: close_follow_up(actor=manager, done=" ", **end)) == "feedback.done_says_nothing"
    assert _code(lambda: close_follow_up(actor=world.actor("rival"), done="x", **end)) == "feedback.not_permitted"
    closed = close_follow_up(actor=manager, done="电话道歉，补办", **end)
    assert closed.closed_on == date(2026, 11, 24)
    assert not Deadline.objects.filter(stopped_on=None).exists()
    assert not Todo.objects.filter(done_at=None).exists()
    assert _code(lambda: close_follow_up(actor=manager, done="再来", **end)) == "feedback.follow_up_closed"


def test_a_bad_score_that_comes_after_whoever_asked_has_left_waits_for_the_others(world, asking):
    officer = world.users["officer"]
    row = asking(owner=officer)
    type(officer).objects.filter(pk=officer.pk).update(is_active=False)
    answer_by_link(now=world.now, token=_token(row), given=Given(1))
    assert FollowUp.objects.get().owner is None
    assert not Todo.objects.exists()


def test_figures_are_hidden_under_five(world, said):
    said(4, 5, 10)
    four = satisfaction([world.outpost.pk], FIRST, LAST)
    assert (four.n, four.hidden, four.mean, four.nps) == (4, True, None, None)
    said(1, 2, 6)
    five = satisfaction([world.outpost.pk], FIRST, LAST)
    assert (five.n, five.mean, five.nps) == (5, Decimal("4.40"), Decimal("60.0"))
    said(5, 1, reason="time", occasion="absent")
    assert satisfaction([world.outpost.pk], FIRST, LAST) == five, "who did not come is not counted"
    assert satisfaction([world.rival.pk], FIRST, LAST) == Satisfaction()


def test_nps_has_an_n_of_its_own(world, said):
    said(3, 4, 9)
    said(3, 4)
    said(1, None, 8)
    found = satisfaction([world.outpost.pk], FIRST, LAST)
    assert (found.n, found.n_recommend, found.mean, found.nps, found.nps_hidden) == (6, 4, Decimal("4.00"), None, True)


def test_months_and_occasions_add_up_and_a_hidden_part_stays_hidden(world, said):
    said(5, 5, 9)
    said(2, 3, 7, occasion="event")
    cells = cells_for(actor=world.actor("bureau"), outposts=[world.outpost.pk], first=FIRST, last=LAST)
    assert [(each.month.isoformat(), each.occasion, each.said.n) for each in cells] == [
        ("2026-11-01", "event", 2),
        ("2026-11-01", "service", 5),
    ]
    whole = together(each.said for each in cells)
    assert whole == satisfaction([world.outpost.pk], FIRST, LAST)
    assert held_back([each.said.n for each in cells]) == {0, 1}, "seven less five would tell of two"
    for stranger in (world.actor("rival_bureau"), world.actor("rival"), ANONYMOUS):
        assert cells_for(actor=stranger, outposts=[world.outpost.pk], first=FIRST, last=LAST) == []


def test_who_reads_what(world, asking):
    row = asking()
    answer_by_link(now=world.now, token=_token(row), given=Given(1, words="差"))
    receive_complaint(actor=world.actor("officer"), now=world.now, whose=whose_of(world.outpost), new=_complaint(world))
    asked = (
        (Ask, asks_visible_to),
        (Answer, answers_visible_to),
        (FollowUp, follow_ups_visible_to),
        (Complaint, complaints_visible_to),
    )
    for model, visible_to in asked:
        for role, sees in (
            ("officer", True),
            ("rival", False),
            ("bureau", False),
            ("tenant", False),
            ("auditor", False),
        ):
            actor = world.actor(role)
            assert visible_to(actor, model.objects.all()).exists() is sees, (model, role)
            assert can_view(actor, model.objects.get()) is sees


def test_words_are_forgotten_scores_stay(world, asking):
    row = asking()
    answer_by_link(now=world.now, token=_token(row), given=Given(4, words="张三很好"))
    assert (
        forget_words(actor=world.actor("officer"), now=world.now, subject=Subject(row.subject_kind, row.subject_uid))
        == 1
    )
    answer = Answer.objects.get()
    assert (words_of(answer), answer.satisfaction) == ("", 4)
    assert reached(Ask.objects.get()).name == ""
    assert verify().faults == ()


def test_who_is_forgotten_is_named_nowhere_and_their_link_opens_nothing(world, asking):
    about_one, about_other, somebody = asking("a" * 12), asking("b" * 12), asking("a" * 12, to=Respondent("p", "王五"))
    answer_by_link(now=world.now, token=_token(about_one), given=Given(2, words="张三很慢"))
    act = {"actor": world.actor("officer"), "now": world.now}
    assert forget_person(keys=["parties.person:y", ""], **act) == 0
    assert forget_person(keys=["parties.person:x"], subject=Subject("pipeline.project", "a" * 12), **act) == 1
    assert reached(Ask.objects.get(pk=about_other.pk)).email == "lisi@example.cn"
    assert forget_person(keys=["parties.person:x"], **act) == 1
    for each in (about_one, about_other):
        row = Ask.objects.get(pk=each.pk)
        assert (bytes(row.to_enc), row.to_hint, row.person_index) == (b"", "", f"forgotten:{row.uid}")
        assert _code(lambda each=each: ask_of_token(_token(each), world.now.date())) == "feedback.link_closed"
        assert (bytes(Mail.objects.get(once=f"feedback:{row.uid}").to_enc), link_of(row)) == (b"", "")
    assert Ask.objects.get(pk=about_other.pk).withdrawn_on == world.now.date()
    assert Ask.objects.get(pk=about_one.pk).withdrawn_on is None
    assert (words_of(Answer.objects.get()), Answer.objects.get().satisfaction) == ("", 2)
    assert reached(Ask.objects.get(pk=somebody.pk)).name == "王五"


def test_when_the_time_is_over_the_address_goes_and_the_words_stay(world, asking):
    row = asking()
    answer_by_link(now=world.now, token=_token(row), given=Given(2, words="会场太冷"))
    forget_person(actor=world.actor("officer"), now=world.now, keys=["parties.person:x"], words=False)
    assert (reached(Ask.objects.get()).email, words_of(Answer.objects.get())) == ("", "会场太冷")


def _complaint(world, **more):
    given = {
        "received_on": date(2026, 11, 20),
        "channel": Channel.PHONE,
        "topic": "space",
        "title": "会议室空调不冷",
        "words": "王五说报修两次没有人来",
        "owner": world.users["officer"],
        "name": "王五",
        "contact": "13900001234",
    }
    return NewComplaint(**{**given, **more})


def test_a_complaint_is_answered_by_a_day_and_closed(world):
    officer, now = world.actor("officer"), world.now
    row = receive_complaint(actor=officer, now=now, whose=whose_of(world.outpost), new=_complaint(world))
    assert (row.number, row.due_on, row.who_hint) == ("TS-2026-0001", date(2026, 12, 4), "王**")
    assert opened(row).contact == "13900001234"
    assert "王五".encode() not in bytes(row.words_enc)
    act = {"actor": officer, "now": now, "complaint": row}
    assert _code(lambda: close_complaint(**act)) == "feedback.complaint_open"
    assert _code(lambda: answer_complaint(ruling=Ruling.UPHELD, reply=" ", **act)) == "feedback.reply_says_nothing"
    early = {"ruling": Ruling.UPHELD, "reply": "已修", "on": date(2026, 11, 19)}
    assert _code(lambda: answer_complaint(**early, **act)) == "feedback.date_before"
    answer_complaint(ruling=Ruling.UPHELD, reply="已换压缩机，电话告知", **act)
    assert not Deadline.objects.filter(stopped_on=None).exists()
    assert not Todo.objects.filter(done_at=None).exists()
    assert close_complaint(lesson="报修改为当天回话", **act).closed_on == now.date()
    assert _code(lambda: close_complaint(**act)) == "feedback.complaint_closed"
    with pytest.raises(IntegrityError), transaction.atomic():
        Complaint.objects.filter(pk=row.pk).update(answered_on=None)


def test_a_complaint_is_taken_back_with_a_reason_and_stays(world):
    officer, now = world.actor("officer"), world.now
    act = {"actor": officer, "now": now, "whose": whose_of(world.outpost)}
    first = receive_complaint(new=_complaint(world), **act)
    assert _code(lambda: void_complaint(actor=officer, now=now, complaint=first, reason="")) == "feedback.reason_needed"
    void_complaint(actor=officer, now=now, complaint=first, reason="重复登记")
    assert receive_complaint(new=_complaint(world), **act).number == "TS-2026-0002"
    assert Complaint.objects.count() == 2
    again = {"actor": officer, "now": now, "complaint": first}
    assert _code(lambda: answer_complaint(ruling=Ruling.UPHELD, reply="x", **again)) == "feedback.complaint_voided"
    for wrong, code in (
        ({"topic": "moon"}, "feedback.topic_unknown"),
        ({"words": " "}, "feedback.complaint_says_nothing"),
        ({"received_on": date(2026, 11, 24)}, "feedback.date_in_future"),
    ):
        assert _code(lambda wrong=wrong: receive_complaint(new=_complaint(world, **wrong), **act)) == code
    rival = {**act, "actor": world.actor("rival")}
    assert _code(lambda: receive_complaint(new=_complaint(world), **rival)) == "feedback.not_permitted"


def test_the_default_asks_on_every_occasion_in_a_minute(world):
    rules = rules_of("yunxi", world.now.date())
    assert {"service", "event", "case", "landing", "absent", "visit"} <= set(rules.occasions)
    for each in rules.occasions.values():
        assert sum(question is not None for question in (each.satisfaction, each.recommend, each.why)) <= 2
        assert each.words.zh
        assert re.search("[a-z]", each.words.en)
