"""Faults of a text with their lines: links that jump, excerpts that show the line without any script."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse

from feidi.engines.findings import Finding, Level
from feidi.kernel.content.models import ContentProposal
from feidi.kernel.content.proposing import published_text
from feidi.portals.console.drafts.locating import excerpts_of, located
from tests.portals.console.drafts.test_drafts import POLICY, edit, given, proposed
from tests.support.world import World

REFUSED = 409
BODY = "\n".join(f"行{number}" for number in range(1, 21))
FILE = "yunxi/policies/a.yaml"


@pytest.fixture(autouse=True)
def _at_the_hour_of_the_world(monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: now)


def finding(row: int | None, **params: str) -> Finding:
    return Finding(Level.PROBLEM, "x", params, row=row)


def test_a_line_of_another_file_or_beyond_the_text_is_not_a_line_of_this_one() -> None:
    given = [finding(3), finding(3, file=FILE), finding(3, file="cn/facts.yaml"), finding(None), finding(21)]
    assert [each.line for each in located(given, FILE, BODY)] == [3, 3, 0, 0, 0]
    assert located([finding(3, file="policies/a.yaml")], FILE, BODY)[0].line == 3


def test_a_remark_without_a_line_stands_where_its_clause_begins() -> None:
    body = 'clauses:\n  - 代码: A-1\n    名称: 甲\n  - 名称: 乙\n    代码: "B-2"  # 乙\n'
    found = located([finding(None, clause="A-1"), finding(None, clause="B-2"), finding(None, clause="C")], FILE, body)
    assert [each.line for each in found] == [2, 5, 0]


def test_excerpts_hold_the_lines_around_and_join_what_touches() -> None:
    found = located([finding(1), finding(4), finding(20)], FILE, BODY)
    shown = [[(line.number, line.wrong) for line in excerpt] for excerpt in excerpts_of(found, BODY)]
    assert shown == [
        [(1, True), (2, False), (3, False), (4, True), (5, False), (6, False)],
        [(18, False), (19, False), (20, True)],
    ]
    assert excerpts_of(located([finding(None)], FILE, BODY), BODY) == []


def signed_in(world: World, who: str) -> Client:
    client = Client()
    client.force_login(world.users[who])
    return client


@pytest.mark.django_db
@pytest.mark.parametrize("do", ["check", "propose"])
def test_every_fault_links_to_a_line_that_the_page_shows(world: World, do: str) -> None:
    wrong = POLICY.replace("金额: 30万元", "金额: 30").replace("方式: 核准", "方式: 批准")
    page = signed_in(world, "lead").post(edit(), given(wrong, do=do)).content.decode()
    lines = wrong.split("\n")
    links = set(re.findall(r'href="#line-(\d+)" data-line="(\d+)"', page))
    assert {int(line) for line, _same in links} >= {lines.index("    金额: 30") + 1, lines.index("    方式: 批准") + 1}
    for line, same in links:
        assert line == same
        shown = re.search(rf'id="line-{line}"><span class="excerpt-number">{line}</span>([^<]*)</span>', page)
        assert shown is not None, line
        assert shown.group(1) == lines[int(line) - 1].replace('"', "&quot;")
    assert "data-lines" in page
    assert "console/editor" in page


@pytest.mark.django_db
def test_what_the_lint_remarks_leads_to_its_line(world: World) -> None:
    path = "policies/innovation.yaml"
    body = published_text("yunxi", path)
    shown = signed_in(world, "lead").post(edit(path), given(body))
    remarked = shown.context["remarks"]
    assert remarked, "the demonstration has a gap between two tiers"
    assert [each.line for each in remarked] == [each.finding.row for each in remarked]
    text = shown.content.decode()
    assert all(f'id="line-{each.line}"' in text for each in remarked)


@pytest.mark.django_db
def test_the_second_person_reads_the_line_too(world: World) -> None:
    proposal = proposed(world)
    ContentProposal.objects.filter(pk=proposal.pk).update(body=POLICY.replace("金额: 30万元", "金额: 30"))
    shown = signed_in(world, "bureau").get(reverse("console:drafts:draft_view", args=[proposal.uid]))
    (found,) = shown.context["findings"]
    assert f'href="#line-{found.line}" data-line="{found.line}"' in shown.content.decode()
    assert f'id="line-{found.line}"' in shown.content.decode()


def test_the_script_is_our_own_file() -> None:
    found = finders.find("console/editor.js")
    assert found
    text = Path(str(found)).read_text(encoding="utf-8")
    assert "innerHTML" not in text, "what somebody typed is never made into markup"
    assert "data-line" in text
