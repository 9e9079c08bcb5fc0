"""The demonstration as it is loaded: an invented funnel, two landings, a trail without faults, a ledger to import."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from stdnum.cn import uscc

from feidi.engines.sheets import read_summary
from feidi.portals.cli.demonstration.accounts import ACCOUNTS, PASSWORD
from feidi.portals.cli.demonstration.invented import DIVISIONS, invent_firms
from feidi.portals.cli.demonstration.messy_ledger import write_ledger
from feidi.portals.cli.demonstration.ordinary import MONTHS, start_days
from tests.support.installation import Installation

LOOK = """
import json
from feidi.domain.parties.models import ContactPoint, Organization, OrganizationIdentifier, Membership
from feidi.domain.pipeline.models import Agreement, Gap, Interaction, LandingCase, Project, StageLog
from feidi.kernel.content.models import ContentRevision
from feidi.kernel.deadlines.models import Deadline
from feidi.kernel.evidence.models import EvidenceItem
from feidi.kernel.identity.models import User
from feidi.domain.policy.models import ClauseStanding, ClauseVerification, PolicyClaim, StandingChange
from feidi.domain.matching.models import ConfidentialityAgreement, IndustryTable, NeedSheet, Profile, ProfileBlock
from feidi.domain.matching.models import CandidateList, CandidateRow
from feidi.domain.matching.models import Introduction, IntroductionMeeting, IntroductionOutcome
from feidi.domain.matching.selectors.outcomes import counted
from feidi.domain.parties.models import Fact
from feidi.kernel.content.models import ContentProposal
from feidi.domain.parties.models import Outpost
from feidi.domain.reporting.models import FlowEntry
from feidi.domain.reporting.models import ClosedPeriod, Report, ReportDelivery
from feidi.domain.reporting.selectors.closings import view_of_closing
from feidi.domain.reporting.selectors.flows import live_totals, recount
from feidi.domain.reporting.selectors.indicators import indicators_for

def rows(queryset, *names):
    return [list(map(str, each)) for each in queryset.values_list(*names)]

print(json.dumps({
    "projects": rows(Project.objects.order_by("id"), "code", "name", "sponsor_name", "talks_stage", "condition"),
    "opened": rows(StageLog.objects.filter(opened=True).order_by("id"), "project__code", "track", "to_stage"),
    "logs": rows(StageLog.objects.filter(opened=False).order_by("id"), "project__code", "track", "to_stage", "occurred_on", "recorded_at"),
    "marks": rows(StageLog.objects.order_by("id"), "forced", "backdated"),
    "cases": rows(LandingCase.objects.order_by("id"), "project__code", "state", "verified_on", "signals"),
    "agreements": rows(Agreement.objects.order_by("id"), "kind", "counting", "counted_fen", "signed_on"),
    "codes": rows(OrganizationIdentifier.objects.order_by("id"), "value"),
    "hints": rows(ContactPoint.objects.order_by("id"), "value_hint"),
    "gaps": rows(Gap.objects.filter(filled_at=None).order_by("id"), "guard", "due_on"),
    "clocks": rows(Deadline.objects.filter(stopped_on=None).order_by("id"), "code", "due_on"),
    "items": rows(EvidenceItem.objects.order_by("id"), "requirement__kind", "state"),
    "talks": rows(Interaction.objects.order_by("id"), "kind", "people", "occurred_on"),
    "users": rows(User.objects.order_by("id"), "login", "must_change_password"),
    "roles": rows(Membership.objects.order_by("id"), "user__login", "role", "valid_to"),
    "content": sorted(set(ContentRevision.objects.values_list("place", flat=True))),
    "no_contact": Project.objects.exclude(parties__role="contact").count(),
    "verified": Project.objects.filter(verified_on__isnull=False).count(),
    "claims": rows(PolicyClaim.objects.order_by("id"), "clause", "status", "approved_fen", "paid_fen"),
    "changes": rows(StandingChange.objects.order_by("id"), "clause", "kind", "cause"),
    "standings": rows(ClauseStanding.objects.order_by("id"), "clause", "group", "lo_fen", "missing"),
    "proposals": rows(ContentProposal.objects.order_by("id"), "path", "state", "proposed_by", "decided_by"),
    "stamps": rows(ClauseVerification.objects.order_by("id"), "clause", "answer"),
    "stamped": [ContentRevision.objects.filter(sha256=each.sha256, superseded_at=None).exists() for each in ClauseVerification.objects.order_by("id")],
    "profiles": rows(Profile.objects.order_by("id"), "side", "node", "state", "confidentiality", "expires_on", "title", "version"),
    "lists": rows(CandidateList.objects.order_by("id"), "profile__title", "state", "sent_to"),
    "answers": rows(CandidateRow.objects.filter(picked=True).order_by("id"), "verdict", "reason", "profile__title"),
    "introductions": rows(Introduction.objects.order_by("id"), "need__title", "state", "channel", "revealed_on"),
    "outcomes": rows(IntroductionOutcome.objects.order_by("id"), "kind", "amount_fen", "technology_amount_fen", "registering_side"),
    "seats": rows(IntroductionMeeting.objects.filter(day__isnull=False).order_by("slot", "table"), "slot", "table", "introduction__state"),
    "counting": sorted(each.kind for each in IntroductionOutcome.objects.all() if each.pk in counted([each])),
    "blocks": rows(ProfileBlock.objects.order_by("id"), "profile__title", "organization__name"),
    "secrets": ConfidentialityAgreement.objects.count(),
    "sheets": rows(NeedSheet.objects.order_by("id"), "indicators", "finish"),
    "flows": [[*key, value] for key, value in sorted(live_totals([*Outpost.objects.filter(code="yunbin").values_list("pk", flat=True)]).items())],
    "recount": [[*key, value] for key, value in sorted(recount([*Outpost.objects.filter(code="yunbin").values_list("pk", flat=True)]).items())],
    "corrected": {
        closing.period: [
            [each.code, each.frozen.text, each.frozen.correction.new_text, each.frozen.correction.writes[0].reason]
            for each in indicators_for(view_of_closing(closing)) if each.frozen.correction
        ]
        for closing in ClosedPeriod.objects.order_by("id")
    },
    "told": [
        each["correction"]
        for report in Report.objects.filter(kind="quarterly-home")
        for each in report.body["figures"].values() if each.get("correction")
    ],
    "delivered": [[each.report.kind, each.receipts.count()] for each in ReportDelivery.objects.order_by("id")],
    "countered": FlowEntry.objects.filter(counter_of__isnull=False).count(),
    "tables": rows(IndustryTable.objects.order_by("id"), "year", "level", "invented", "home_region", "host_region"),
    "chances": rows(Fact.objects.filter(fact="fostering_chance").order_by("id"), "source_note", "denominator", "lo"),
    "folded": rows(Project.objects.order_by("id"), "name_folded"),
}, ensure_ascii=False))
"""


def load(home: Path) -> Installation:
    place = Installation(home, extra=(("FEIDI_DEMONSTRATION", "1"),))
    assert place.run("migrate", "--place", "yunxi").status == 0
    answer = place.run("demonstration", "load", "--json", timeout=300)
    assert answer.status == 0, answer.err
    told = {each["login"]: each for each in answer.json["accounts"]}
    assert set(told) == {each.login for each in ACCOUNTS}
    assert all(each["password"] == PASSWORD for each in told.values())
    return place


def look(place: Installation) -> dict[str, Any]:
    answer = place.python(LOOK)
    assert answer.status == 0, answer.err
    found: dict[str, Any] = answer.json
    return found


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None) -> Installation:
    return load(tmp_path_factory.mktemp("demonstration"))


@pytest.fixture(scope="module")
def seen(place: Installation) -> dict[str, Any]:
    return look(place)


def ever(seen: dict[str, Any], stage: str) -> set[str]:
    return {log[0] for log in seen["logs"] if log[2] == stage}


def test_the_funnel_is_shaped_like_the_founding_article(seen: dict[str, Any]) -> None:
    assert (len(ever(seen, "lead")), len(seen["projects"])) == (116, 122)
    # 110 talks and 20 inspections of the article, and six who applied by themselves, five of them looked at by a panel
    assert (len(ever(seen, "inspecting")), len(ever(seen, "key"))) == (25, 6)
    assert len(ever(seen, "signed")) == 10
    first = min(date.fromisoformat(log[3]) for log in seen["logs"])
    span = (date.today() - first).days / 30.4
    assert MONTHS - 6 < span <= MONTHS + 1
    stages = Counter(each[3] for each in seen["projects"] if not each[4])
    assert min(stages[each] for each in ("lead", "screening", "negotiating", "inspecting", "key", "agreeing")) >= 1
    assert {"lost", "paused", "rejected", "handed_over", "unreachable", "relocated"} <= {x[4] for x in seen["projects"]}


def test_two_landings_stand_one_was_revoked_one_waits_one_came_back(seen: dict[str, Any]) -> None:
    states = Counter(each[1] for each in seen["cases"])
    assert states == {"verified": 2, "revoked": 1, "submitted": 1, "returned": 1, "draft": 1}
    assert seen["verified"] == 2
    waiting = next(each for each in seen["cases"] if each[1] == "submitted")
    assert "'insured_people': 0" in waiting[3]
    assert Counter(each[1] for each in seen["items"])["returned"] == 2
    assert [each[0] for each in seen["items"] if each[1] == "returned"] == ["money", "money"]


def test_signings_count_once(seen: dict[str, Any]) -> None:
    found = Counter((each[0], each[1]) for each in seen["agreements"])
    assert found["contract", "first"] == 8
    assert (found["contract", "already"], found["contract", "increment"]) == (1, 1)
    assert (found["framework", "apart"], found["intent", "apart"]) == (1, 1)
    assert all(each[2] == "0" for each in seen["agreements"] if each[1] in {"already", "apart", "tenancy"})


def test_needs_and_offers_are_there_one_blocked_one_secret_one_expired(seen: dict[str, Any]) -> None:
    profiles = seen["profiles"]
    sides = Counter(each[0] for each in profiles)
    assert sides["need"] >= 15
    assert sides["offer"] >= 30
    states = Counter(each[2] for each in profiles)
    assert set(states) == {"draft", "open", "closed"}, "what the projects say waits to be published; one has ended"
    assert states["open"] >= 45
    expired = [each for each in profiles if each[2] != "closed" and date.fromisoformat(each[4]) < date.today()]
    assert [each[5] for each in expired] == ["低温探头在液氮里漂移"]
    assert ["喷墨线喷嘴频繁堵塞，想找做过的团队", "云溪岫釉陶瓷装备有限公司"] in seen["blocks"]
    assert seen["secrets"] == 1
    assert {each[0] for each in seen["sheets"]} == {""}, "考核指标 are never guessed"
    assert ["", "三个月内"] in seen["sheets"]
    nodes = Counter(each[1] for each in profiles)
    assert nodes["inkjet"] >= 2
    assert nodes["other"] < len(profiles) / 2, nodes


def test_candidate_lists_wait_to_be_checked_sent_and_answered_and_many_were(seen: dict[str, Any]) -> None:
    states = Counter(each[1] for each in seen["lists"])
    assert states["shown"] == states["checked"] == 1
    assert states["sent"] >= 6
    assert seen["lists"][-1][:2] == ["低温探头封装找第二家", "sent"]
    verdicts = Counter(each[0] for each in seen["answers"])
    assert min(verdicts["accepted"], verdicts["declined"]) >= 5
    assert verdicts["later"] >= 1
    assert verdicts["none"] >= 2, "the tenant's own are still to be answered"


def test_introductions_stand_at_every_step_and_the_kilns_came_to_a_contract_that_counts(seen: dict[str, Any]) -> None:
    states = Counter(each[1] for each in seen["introductions"])
    assert set(states) == {"interested", "agreed", "revealed", "met", "trying", "concluded", "ended"}
    assert seen["introductions"][0][:3] == ["辊道窑烧成带温度飘，能耗下不来", "concluded", "list"]
    assert seen["outcomes"][0] == ["technology_contract", "80000000", "60000000", "offer"]
    assert Counter(seen["counting"]) == {"technology_contract": 4, "investment": 3}
    assert len(seen["seats"]) == len({(slot, table) for slot, table, _state in seen["seats"]}) == states["revealed"]


def test_something_flows_both_ways_and_what_was_revoked_was_taken_back(seen: dict[str, Any]) -> None:
    assert seen["flows"] == seen["recount"]
    ways = {(kind, way) for kind, _measure, way, _figure in seen["flows"]}
    assert {(kind, "host_to_home") for kind in ("capital", "technology", "talent")} <= ways
    assert {(kind, "home_to_host") for kind in ("capital", "technology")} <= ways
    assert seen["countered"] == 1


def test_one_closed_period_was_corrected_and_the_next_report_says_so(seen: dict[str, Any]) -> None:
    corrected = seen["corrected"]
    assert len(corrected) == 2
    # the signing is of one period; how much of all that was agreed is paid in is told of both
    assert [sum(each[0] == "K08" for each in lines) for lines in corrected.values()] in ([1, 0], [0, 1])
    lines = [each for found in corrected.values() for each in found]
    assert {each[0] for each in lines} == {"K08", "K13"}
    assert all("按正本更正" in each[3] for each in lines)
    assert any("资金到位率更正" in each for each in seen["told"]), "the quarter's report"


def test_two_months_were_sent_to_the_bureau_one_is_signed_for(seen: dict[str, Any]) -> None:
    assert seen["delivered"] == [["monthly", 1], ["monthly", 0]]


def test_industry_tables_and_chances_are_there_and_say_that_they_are_invented(seen: dict[str, Any]) -> None:
    assert seen["tables"] == [
        ["2022", "city", "True", "云州市", "滨海市"],
        ["2024", "district", "True", "云溪区", "滨海前湾区"],
    ]
    up_for_choice = [row for row in seen["projects"] if row[3] in {"assessing", "key"} and not row[4]]
    assert 0 < len(seen["chances"]) < len(up_for_choice)  # of one nobody has said anything
    assert all("虚构" in note for note, _cases, _lo in seen["chances"])


def test_policies_were_checked_claimed_stamped_and_published_by_two(seen: dict[str, Any]) -> None:
    groups = {(each[0], each[1]) for each in seen["standings"]}
    assert {("YX-SME-01", "automatic"), ("YX-STAFF-01", "near"), ("QW-PILOT-01", "contested")} <= groups
    assert ["YX-RD-01", "unknown", "0", "['rd_spend']"] in seen["standings"]
    assert sorted(seen["changes"]) == [
        ["QW-PILOT-01", "gained", "facts"],
        ["QW-RENT-01", "gained", "facts"],
        ["QW-VOUCHER-01", "gained", "facts"],
        ["YX-CLS-C", "gained", "facts"],
        ["YX-CT-01", "gained", "facts"],
        ["YX-EQ-01", "gained", "facts"],
        ["YX-RD-01", "gained", "facts"],
        ["YX-RD-01", "gained", "facts"],
        ["YX-RD-02", "gained", "facts"],
        ["YX-SME-01", "gained", "facts"],
        ["YX-STAFF-01", "gained", "facts"],
        ["YX-STAFF-01", "lost", "facts"],
    ]
    assert seen["claims"] == [
        ["QW-RENT-01", "paid", "4800000", "2400000"],
        ["YX-RD-01", "returned", "None", "None"],
        ["YX-TAL-01", "approved", "2000000", "None"],
        ["YX-REF-01", "draft", "None", "None"],
    ]
    states = {each[0]: each[1:] for each in seen["proposals"]}
    assert states["policies/people.yaml"] == ["approved", "梁远 (lead)", "郑文 (bureau)"]
    assert states["policies/innovation.yaml"][0] == "open"
    assert [each[0] for each in seen["stamps"]] == ["YX-REF-01", "YX-RD-01"]
    assert seen["stamped"] == [False, True]  # the first clause's text has changed since


def test_six_were_taken_over_as_their_list_claims_them(seen: dict[str, Any]) -> None:
    opened = {each[0] for each in seen["opened"]}
    assert len(opened) == 6
    assert {each[2] for each in seen["opened"]} >= {"signed", "registered", "admitted"}
    assert not opened & {each[0] for each in [*seen["cases"], *seen["logs"]]}


def test_there_is_something_to_do(seen: dict[str, Any]) -> None:
    today = date.today().isoformat()
    soon = (date.today() + timedelta(days=7)).isoformat()
    due = [each[1] for each in seen["clocks"]]
    assert sum(day < today for day in due) >= 5
    assert sum(today <= day <= soon for day in due) >= 3
    assert {day < today for _guard, day in seen["gaps"]} == {True, False}
    assert seen["no_contact"] >= 2
    assert ["True", "False"] in seen["marks"]
    assert ["False", "True"] in seen["marks"]
    assert max(Counter(each[0] for each in seen["folded"]).values()) == 2
    assert all(people for kind, people, _on in seen["talks"] if kind.startswith("visit"))


def test_nothing_lies_in_the_future_and_everything_was_recorded_in_time(seen: dict[str, Any]) -> None:
    today = date.today().isoformat()
    assert max(log[3] for log in seen["logs"]) < today
    assert max(talk[2] for talk in seen["talks"]) < today
    for project in {log[0] for log in seen["logs"]}:
        recorded = [log[4] for log in seen["logs"] if log[0] == project]
        assert recorded == sorted(recorded), project


def test_every_firm_is_nobodys(seen: dict[str, Any]) -> None:
    numbers = [each[0] for each in seen["codes"]]
    assert len(numbers) > 60
    assert len(set(numbers)) == len(numbers) - 1, "one number on two waits in the review queue"
    assert all(uscc.is_valid(each) and each[2:8] in DIVISIONS for each in numbers)
    assert all(each[0].startswith("139****") for each in seen["hints"])
    assert not {"chancheng", "foshan", "shenzhen"} & set(seen["content"])


def test_one_account_for_each_role(seen: dict[str, Any]) -> None:
    assert [each[0] for each in seen["users"] if each[1] == "True"] == []
    roles = {each[0]: each for each in seen["roles"]}
    assert {login: role[1] for login, role in roles.items()} == {each.login: each.role for each in ACCOUNTS}
    assert [login for login, role in roles.items() if role[2] != "None"] == ["auditor"]


def test_the_trail_has_no_faults(place: Installation) -> None:
    answer = place.run("audit", "verify", "--json")
    assert (answer.status, answer.json["faults"]) == (0, [])


def test_a_second_load_is_refused_and_says_why(place: Installation) -> None:
    again, kept = place.run_in_turn(("demonstration", "load", "--json"), ("demonstration", "load", "--if-empty"))
    assert (again.status, again.json["refused"]) == (1, "demonstration.loaded_already")
    assert "122" in again.json["text"]
    assert "RESET=1" in again.json["fix"]
    assert kept.status == 0
    assert PASSWORD in kept.out
    undeclared = Installation(place.home).run("demonstration", "load", "--json")
    assert (undeclared.status, undeclared.json["refused"]) == (1, "demonstration.not_declared")


def test_the_ledger_is_messy_and_is_read(place: Installation, tmp_path: Path) -> None:
    summary = read_summary(str(place.home / "演示台账.xlsx"))
    sheet = summary["sheets"][0]
    assert (sheet["header_rows"], sheet["rows"]) == ([3, 4], 127)
    codes = {each["code"] for each in sheet["findings"]}
    assert codes >= {
        "sheets.title.row",
        "sheets.header.several_rows",
        "sheets.row.hidden",
        "sheets.cell.merged_down",
        "sheets.cell.digits_lost",
        "sheets.cell.formula_without_value",
        "sheets.row.total",
    }
    elsewhere = tmp_path / "台账.xlsx"
    assert place.run("demonstration", "load", "--ledger-only", str(elsewhere)).status == 0
    assert read_summary(str(elsewhere))["sheets"][0]["records"] == sheet["records"]


def test_explain_gives_the_page_s_answer(place: Installation, seen: dict[str, Any]) -> None:
    code = next(each[0] for each in seen["projects"] if each[3] == "negotiating" and not each[4])
    answer = place.run("stages", "explain", code, "--to", "signed", "--as", "officer", "--json")
    assert answer.status == 1
    (told,) = answer.json["answers"]
    assert (told["track"], told["to"], told["allowed"]) == ("talks", "signed", False)
    assert {"stages.skips", "stages.guard_not_met"} <= {each["code"] for each in told["reasons"]}


def test_invention_is_repeatable(tmp_path: Path) -> None:
    assert invent_firms(Random(7)) == invent_firms(Random(7))
    assert len({each.sponsor for each in invent_firms(Random(7)) if "有限公司" in each.sponsor}) > 60
    days = start_days(Random(7), 90)
    assert (len(days), days) == (90, sorted(days))
    assert sum(day < 790 for day in days) > 1.4 * sum(day >= 790 for day in days)
    for name in ("a", "b"):
        write_ledger(tmp_path / f"{name}.xlsx", today=date(2026, 11, 24), known=())
    one, other = (read_summary(str(tmp_path / f"{name}.xlsx")) for name in ("a", "b"))
    assert one["sheets"][0]["records"] == other["sheets"][0]["records"]


@pytest.mark.slow
def test_the_same_day_gives_the_same_history(seen: dict[str, Any], tmp_path: Path) -> None:
    again = look(load(tmp_path / "again"))
    assert json.dumps(again) == json.dumps(seen)


def test_a_real_place_begins_with_two_accounts_and_nothing_else(tmp_path: Path, django_db_setup: None) -> None:
    place = Installation(tmp_path / "real")
    assert place.run("migrate", "--place", "chancheng").status == 0
    begin = [("demonstration", "start-place", code, "--json") for code in ("yunxi", "foshan", "chancheng", "chancheng")]
    invented, nowhere, begun, second = place.run_in_turn(*begin)
    assert (invented.status, invented.json["refused"]) == (1, "demonstration.invented_place")
    assert (nowhere.status, nowhere.json["refused"]) == (1, "demonstration.not_an_enclave")
    assert begun.status == 0, begun.err
    assert [each["role"] for each in begun.json["accounts"]] == ["administrator", "operator_lead"]
    assert len({each["password"] for each in begun.json["accounts"]} | {PASSWORD}) == 3
    found = look(place)
    assert (found["projects"], found["users"]) == ([], [["admin", "True"], ["lead", "True"]])
    assert not [each for each in found["content"] if each in {"yunxi", "binhai"}]
    assert (second.status, second.json["refused"]) == (1, "demonstration.accounts_there")
