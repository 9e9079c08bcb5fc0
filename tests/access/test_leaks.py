"""No list, search, suggestion, desk or record shows a mark of a row that is not for its reader."""

from __future__ import annotations

import subprocess
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from feidi.domain.pipeline.selectors.projects import count_by_stage
from feidi.kernel.audit.models import AuditEntry
from feidi.kernel.files.models import StoredFile
from tests.access.cast import PHONES, ROWS, Cast, Row
from tests.access.table import ROLES, STAFF, readable, standing
from tests.access.walkers import in_turn
from tests.conftest import NOW
from tests.support.home import WHOLE

pytestmark = pytest.mark.django_db

#: Words that many rows share, so that a search finds whatever it may.
SHARED = ("检测", "YB-2026", "2026", "jc")


#: Lists of the daily work, and the pages of one matter of it.
DAILY = (
    "instructions:instruction_list",
    "instructions:instruction_export",
    "meetings:meeting_list",
    "meetings:week_view",
    "meetings:meeting_export",
    "coordinations:coordination_list",
    "counter:visit_list",
    "counter:counter_view",
    *("trips:trip_list", "trips:trip_export", "ceremonies:ceremony_list", "ceremonies:ceremony_export"),
    *("plans:plan_list", "handovers:handover_list"),
)
MATTERS = (
    ("instructions:instruction_view", "instruction"),
    ("meetings:meeting_view", "meeting"),
    ("meetings:minutes_download", "meeting"),
    ("meetings:sign_in_download", "meeting"),
    ("meetings:meeting_week", "meeting"),
    ("meetings:item_edit", "agenda_item"),
    ("coordinations:coordination_view", "coordination"),
    ("counter:visit_view", "walk_in"),
    ("trips:trip_view", "trip"),
    ("trips:itinerary_download", "trip"),
    ("ceremonies:ceremony_view", "ceremony"),
    ("ceremonies:list_download", "ceremony"),
    ("ceremonies:script_download", "ceremony"),
    ("plans:plan_view", "plan"),
    ("plans:plan_export", "plan"),
    ("plans:task_view", "plan_task"),
    ("handovers:handover_view", "handover"),
    ("playbooks:run_view", "run"),
    ("playbooks:step_view", "home_step"),
    ("playbooks:step_view", "firm_step"),
)


#: Lists of promises and what came of them, and the pages of one row of it.
PROMISED = (
    *(f"promises:{noun}_{verb}" for noun in ("commitment", "benefit", "clause") for verb in ("list", "export")),
    *("targets:target_list", "targets:target_export", "leases:lease_list", "leases:lease_export"),
    *("rechecks:recheck_list", "rechecks:recheck_export", "rechecks:round_list", "rechecks:retention_view"),
)
PROMISES = (
    ("promises:commitment_view", "commitment"),
    ("promises:benefit_view", "benefit"),
    ("promises:clause_view", "agreement"),
    ("targets:target_view", "target"),
    ("leases:lease_view", "lease"),
    ("rechecks:recheck_confirm", "recheck"),
)

#: Lists of runs and of what each government owes.
SERVED = ("run_list", "run_export", "home_owed_list", "host_owed_list")
#: Lists of candidates and what was said of them.
LISTED = tuple(f"candidates:{name}" for name in ("list_list", "list_export", "answer_list", "decided_list"))
#: Lists of check-ups and claims; the home side reads the claims of reported firms.
POLICIES = (
    *(f"policies:{name}_list" for name in ("checkup", "person", "referral")),
    *("policy_claims:claim_list", "policy_claims:claim_export", "policy_claims:payout_list"),
    *("regions:table_list", "regions:table_export", "regions:flow_list"),
)


@pytest.fixture(autouse=True)
def _at_the_hour_of_the_cast(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: NOW)


def signed_in(cast: Cast, role: str) -> Client:
    """Return a client of that role."""
    client = Client()
    client.force_login(cast.world.users[role])
    return client


def asked(cast: Cast) -> list[tuple[str, dict[str, Any]]]:
    """Return every list, desk, search and suggestion, with the questions that would find the most."""
    outposts = {row.project.outpost_id for row in cast.rows.values()}
    projects = reverse("console:pipeline:project_list")
    pages: list[tuple[str, dict[str, Any]]] = [
        (reverse("console:home"), {}),
        (projects, {}),
        *((projects, {"show": show}) for show in ("gaps", "no_contact", "stale", "verified")),
        *((projects, {"sort": sort}) for sort in ("name", "-since")),
        (reverse("console:pipeline:project_export"), {}),
        (reverse("console:pipeline:project_new"), {}),
        *(
            (reverse("console:board:board_view"), {"track": track, "paused": "on"})
            for track in ("talks", "host", "home")
        ),
        (reverse("console:board:board_column"), {"stage": "signed"}),
        (projects, {"group": "stage"}),
        (reverse("console:pipeline:project_assign"), {"scope": "all"}),
        *((reverse("console:figures:figure_rows"), {"code": code, "span": "all"}) for code in ("K01", "K05", "K08")),
        (reverse("console:figures:figure_rows"), {"kind": "word", "code": "talking", "part": "standing"}),
        (reverse("console:figures:figure_rows"), {"kind": "step", "code": "signed", "span": "all"}),
        (reverse("console:figures:figure_export"), {"format": "csv", "code": "K01", "span": "all"}),
        (reverse("console:pipeline:landing_queue"), {}),
        (reverse("console:parties:organization_list"), {}),
        (reverse("console:parties:organization_export"), {}),
        (reverse("console:todos:todo_export"), {}),
        *(
            (reverse(f"console:who:{name}"), {})
            for name in ("title_list", "title_export", "stand_in_list", "stand_in_add")
        ),
        *((reverse("console:who:pair_list"), {"state": state}) for state in ("open", "merged", "not_same")),
        (reverse("console:jobs:job_list"), {}),
        (reverse("console:imports:import_list"), {}),
        (reverse("console:imports:import_new"), {}),
        *((reverse(f"console:{each}"), {}) for each in PROMISED),
        *((reverse(f"console:{each}"), {}) for each in (*POLICIES, *LISTED)),
        *((reverse(f"console:playbooks:{each}"), {}) for each in SERVED),
        (reverse("workspace:run_list"), {}),
        (reverse("workspace:candidates_list"), {}),
        (reverse("workspace:home"), {}),
        *((reverse(f"console:{each}"), {"cols": ["project", "what", "agenda", "answer"]}) for each in DAILY),
    ]
    for word in SHARED:
        pages += [(projects, {"words": word}), (reverse("console:parties:organization_list"), {"words": word})]
        pages += [(reverse(f"console:search:search_{kind}"), {"q": word}) for kind in ("view", "suggest")]
    for turn, row in enumerate(cast.rows.values()):
        # the very name, number and phone of a row: the answer may repeat the question, and nothing more
        for word in (
            row.project.name,
            row.project.code,
            row.organization.name,
            row.contact.person.name,
            row.uids["file"],
        ):
            pages.append((reverse("console:search:search_view"), {"q": word}))
        pages.append((projects, {"words": row.project.name}))
        # of two sides' rows at each list, outside test-all
        daily = DAILY if WHOLE else [each for at, each in enumerate(DAILY) if (at + turn) % 3 == 0]
        pages += [(reverse(f"console:{each}"), {"words": row.project.name}) for each in daily]
        pages.append((reverse("console:parties:organization_lookup"), {"words": row.organization.name}))
        pages += [
            (reverse("console:pipeline:project_duplicates"), {"outpost": pk, "name": row.project.name})
            for pk in sorted(outposts)
        ]
    return pages


def text_of(response: Any) -> str:
    """Return what an answer says: the page, the cells of a workbook, the text of a paper."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    if b"word/document.xml" in content:
        with ZipFile(BytesIO(content)) as paper:
            return "\n".join(paper.read(name).decode() for name in paper.namelist() if name.endswith(".xml"))
    if content[:2] == b"PK":
        sheets = openpyxl.load_workbook(BytesIO(content)).worksheets
        return "\n".join(str(cell.value) for sheet in sheets for line in sheet.iter_rows() for cell in line)
    if content[:4] == b"%PDF":
        words = subprocess.run(["pdftotext", "-", "-"], input=content, capture_output=True, check=True)
        return words.stdout.decode()
    if content[:4] == b"\x89PNG":
        return ""  # a picture of figures: counts only, the same as on the page beside it
    return str(content.decode())


def seen_in(text: str, cast: Cast, role: str, question: str) -> list[str]:
    """Return the marks of rows in ``text`` that ``role`` may not read; what stood in the question does not count."""
    return [
        f"{key}/{layer}: {mark}"
        for key, row in cast.rows.items()
        for layer, marks in row.marks.items()
        if layer not in readable(role, key)
        for mark in marks
        if mark in text and mark not in question and not shared_with(cast, role, mark)
    ]


def shared_with(cast: Cast, role: str, mark: str) -> bool:
    """Tell whether a mark (a masked phone) also stands on a row that ``role`` may read."""
    return any(
        mark in marks and layer in readable(role, key)
        for key, row in cast.rows.items()
        for layer, marks in row.marks.items()
    )


@pytest.mark.parametrize("role", ROLES)
def test_no_page_shows_what_is_not_for_its_reader(cast: Cast, role: str) -> None:
    client, leaks, shown = signed_in(cast, role), [], ""
    for address, query in asked(cast):
        text = text_of(client.get(address, query))
        question = " ".join(str(each) for each in query.values())
        leaks += [f"{address}?{question}: {each}" for each in seen_in(text, cast, role, question)]
        leaks += [f"{address}: {phone}" for phone in PHONES.values() if phone in text]
        others = [f"Qled{side}" for side in STAFF if role not in STAFF[side] and role != "admin"]
        leaks += [f"{address}: {mark}" for mark in others if mark in text]
        shown += text
    assert not leaks, "\n".join(leaks)
    mine = [key for key in ROWS if standing(role, key)]
    assert all(cast.rows[key].project.name in shown for key in mine), "the test finds what is for its reader"


def records_of(row: Row) -> list[str]:
    """Return the pages of one row, those of every row in the same order."""
    record = reverse("console:pipeline:project_view", args=[row.project.uid])
    return [
        *(f"{record}?tab={tab}" for tab in ("overview", "timeline", "diligence", "agreements", "landing", "history")),
        reverse("console:pipeline:landing_view", args=[row.case.uid]),
        reverse("console:parties:organization_view", args=[row.organization.uid]),
        *(reverse(f"console:who:{part}_view", args=[row.uids[part]]) for part in ("pair", "merge", "title")),
        reverse("console:who:merge_new", args=[row.uids["pair"]]),
        reverse("workspace:project_view", args=[row.project.uid]),
        *(reverse(f"console:{name}", args=[row.uids[part]]) for name, part in (*MATTERS, *PROMISES)),
    ]


@pytest.mark.parametrize("role", ROLES)
def test_no_record_shows_what_is_not_for_its_reader(cast: Cast, role: str) -> None:
    client, leaks = signed_in(cast, role), []
    records = {key: records_of(row) for key, row in cast.rows.items()}
    for turn in range(len(records[ROWS[0]])):
        for key in in_turn(role, ROWS, turn):
            page = records[key][turn]
            text = text_of(client.get(page))
            # the 404 page does not repeat its address
            leaks += [f"{page} ({key}): {each}" for each in seen_in(text, cast, role, "")]
            leaks += [f"{page}: {phone}" for phone in PHONES.values() if phone in text]
    assert not leaks, "\n".join(leaks)


def test_before_reporting_the_home_side_sees_counts_and_no_names(cast: Cast) -> None:
    client = signed_in(cast, "bureau")
    actor = cast.world.actor("bureau")
    assert count_by_stage(actor) == {"signed": 4}, "two outposts of this home, reported or not"
    listed = text_of(client.get(reverse("console:pipeline:project_list")))
    assert [key for key in ROWS if cast.rows[key].project.name in listed] == ["own reported", "sister reported"]
    desk = client.get(reverse("console:home"))
    assert desk.context["chart"].series[0].values == [4]
    assert not seen_in(text_of(desk), cast, "bureau", "")


def test_an_organization_that_others_know_is_told_by_since_and_whom_to_call_only(cast: Cast) -> None:
    row, client = cast.rows["own reported"], signed_in(cast, "rival")
    text = text_of(client.get(reverse("console:parties:organization_lookup"), {"words": row.organization.name}))
    assert cast.world.outpost.short_name in text
    assert not seen_in(text, cast, "rival", row.organization.name)
    parts = text_of(client.get(reverse("console:parties:organization_lookup"), {"words": row.organization.name[:6]}))
    assert cast.world.outpost.short_name not in parts


def opened(cast: Cast, role: str, file: StoredFile) -> int:
    """Return the status of a download, read to its end."""
    response = signed_in(cast, role).get(reverse("console:files:file_view", args=[file.uid]))
    text_of(response) if not response.streaming else list(response)
    return int(response.status_code)


def test_files_are_for_those_who_see_what_they_hang_on(cast: Cast) -> None:
    for turn, (key, row) in enumerate(cast.rows.items()):
        for part in ("file", "scan") if WHOLE else (("file", "scan")[(turn + turn // 2) % 2],):
            file = StoredFile.objects.get(uid=row.uids[part])
            got = {role for role in ROLES if opened(cast, role, file) == 200}
            assert got == {role for role in ROLES if standing(role, key) & {"staff", "home", "tenant"}}, key
            downloads = AuditEntry.objects.filter(subject_kind="files.file", subject_uid=file.uid, action="downloaded")
            assert downloads.count() == len(got)


def test_an_uploaded_ledger_is_for_its_outposts_staff(cast: Cast) -> None:
    """It names projects that nobody has reported."""
    for side in STAFF:
        got = {role for role in ROLES if opened(cast, role, cast.batches[side].file) == 200}
        assert got == set(STAFF[side])


@pytest.mark.parametrize("role", ROLES)
def test_a_contact_is_unmasked_by_its_outposts_staff_and_on_record(cast: Cast, role: str) -> None:
    for key, row in cast.rows.items():
        address = reverse("console:parties:contact_unmask", args=[row.contact.uid])
        response = signed_in(cast, role).post(address, {"why": f"回访 {key}"})
        said = PHONES[key.split()[0]] in response.content.decode()
        entries = AuditEntry.objects.filter(subject_uid=row.contact.uid, action="unmasked")
        if "staff" not in standing(role, key):
            assert (response.status_code, said, entries.count()) == (404, False, 0)
            continue
        entry = entries.select_related("link").get()
        assert (response.status_code, said) == (200, True)
        assert (entry.link.actor_user_id, entry.link.at, entry.reason) == (
            cast.world.users[role].pk,
            NOW,
            f"回访 {key}",
        )
