"""Who sees and does what: decisions 2 as one table. Written from the decision, never from the code under test.

Every address of the site stands here exactly once: as a *door* (it leads to one row), as a *page* (a list, a desk,
a form without a row) or as *plain* (the frame, one's own account).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.access.attended import ACTS, TAKEN
from tests.access.cast import Cast, Row
from tests.access.showcased import ACTS as SHOWN_ACTS
from tests.access.showcased import BOTH, DECIDED, OWNER_PAGES, PUBLIC_PAGES, STAFF_PAGES
from tests.access.staged import ACTS as STAGED
from tests.access.staged import PRINTED
from tests.support.world import PDF

#: Side → role → what the people of its outpost are. Leads approve; officers and leads import.
STAFF: Mapping[str, Mapping[str, frozenset[str]]] = {
    "own": {
        "officer": frozenset({"staff", "importer", "author"}),
        "manager": frozenset({"staff", "reviewer"}),
        "lead": frozenset({"staff", "importer", "approver", "reviewer"}),
    },
    "sister": {
        "sister": frozenset({"staff", "importer", "author"}),
        "sister_lead": frozenset({"staff", "importer", "approver", "reviewer"}),
    },
    "other": {
        "rival": frozenset({"staff", "importer", "author"}),
        "rival_lead": frozenset({"staff", "importer", "approver", "reviewer"}),
    },
}
#: Home side: of its own outposts, and of those only what was reported.
HOME: Mapping[str, Mapping[str, frozenset[str]]] = {
    "own": {
        "bureau": frozenset({"home", "ruler", "fosterer"}),
        "auditor": frozenset({"home", "fosterer"}),
        "verifier": frozenset({"home", "verifier"}),
    },
    "sister": {
        "bureau": frozenset({"home", "ruler", "fosterer"}),
        "auditor": frozenset({"home", "fosterer"}),
        "verifier": frozenset({"home", "verifier"}),
    },
    "other": {"rival_bureau": frozenset({"home", "ruler", "fosterer"})},
}
#: Tenants: the projects of their own organization, reported or not.
TENANTS: Mapping[str, str] = {"own inside": "own_tenant", "other reported": "other_tenant"}
#: These hold nothing over any row of business: users and settings only, nothing at all, no longer, not yet, another's.
NOBODY = ("admin", "township", "former", "former_bureau", "to_come", "tenant", "ally", "talent", "firm_admin")
ROLES = (
    *(role for side in STAFF.values() for role in side),
    *("bureau", "auditor", "verifier", "rival_bureau"),
    *TENANTS.values(),
    *NOBODY,
)


def standing(role: str, key: str) -> frozenset[str]:
    """Return what ``role`` is to the row ``key``: staff, importer, author, approver, home, verifier, tenant, accounts,
    or nothing.
    """
    side, layer = key.split()
    held = STAFF[side].get(role, frozenset())
    if layer == "reported":
        held |= HOME[side].get(role, frozenset())
    held |= {"accounts"} if role == "admin" else frozenset()
    if TENANTS.get(key) != role:
        return held
    # an applicant looks on; a tenant books, reports and asks
    return held | {"tenant"} | ({"booker"} if role == "own_tenant" else frozenset())


def partnership(role: str, key: str) -> frozenset[str]:
    """Return what the home side is to the daily work around a row, reported or not: partner, and who may instruct.

    It reads instructions and meetings; what they say of a project that was not reported is struck out.
    """
    held = HOME[key.split(maxsplit=1)[0]].get(role)
    if held is None:
        return frozenset()
    # head leases are the outpost's and its home's, but for the verifier
    reads = frozenset() if "verifier" in held else frozenset({"lease_reader"})
    return reads | frozenset({"partner", "instructor"} if "ruler" in held else {"partner"})


Payload = Callable[[Cast, Row], dict[str, Any]]


@dataclass(frozen=True)
class Door:
    """An address that leads to one row.

    ``sees``: to whom the row exists at all (everybody else: 404). ``does``: who may go through with it.
    ``post`` None: GET only; ``get`` False: POST only. ``part``: whose uid stands in the address.
    ``once``: what the first row must be for the act to go through is not given; only permission is asked.
    """

    part: str
    sees: frozenset[str]
    does: frozenset[str]
    get: bool = True
    post: Payload | None = None
    query: str = ""
    more: Mapping[str, str] = field(default_factory=dict)
    #: Looking is itself written down: who took what is on record.
    writes: bool = False


def _to(*who: str) -> frozenset[str]:
    return frozenset(who)


def _just(**data: Any) -> Payload:
    return lambda _cast, _row: dict(data)


def _pdf(name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, PDF + name.encode())


OFFICE = _to("staff", "home")
PAPERS = _to("staff", "home", "tenant")


def _edit(post: Payload, *, query: str = "", get: bool = True, does: frozenset[str] = _to("staff")) -> Door:
    return Door("project", OFFICE, does, get=get, post=post, query=query)


def _case(does: frozenset[str], post: Payload, *, get: bool = False, **more: str) -> Door:
    return Door("case", OFFICE, does, get=get, post=post, more=more)


def _signing(_cast: Cast, row: Row) -> dict[str, Any]:
    return {
        "kind": "framework",
        "signed_on": "2026-11-20",
        "investor": "甲",
        "amount": "3000万元人民币",
        "method": "paper",
        "scan": _pdf(f"{row.key}.pdf"),
    }


def _fields(_cast: Cast, row: Row) -> dict[str, Any]:
    return {"version": row.project.version, "name": row.project.name, "kind": "enterprise", "industry": "环保"}


def _owner(cast: Cast, row: Row) -> dict[str, Any]:
    return {"owner": cast.world.users["officer" if row.key.startswith("own") else "rival"].pk}


def _paper(_cast: Cast, row: Row) -> dict[str, Any]:
    return {"file": _pdf(f"再 {row.key}.pdf"), "occurred_on": "2026-11-20"}


_REASON = _just(reason="理由")
_PERSON = {"kind": "person"}
_LEASES = _to("staff", "lease_reader")
_CONTRACT = _to("approver", "lease_reader")
_FIGURES = _to("staff", "instructor")


def _contract(who: str, post: Payload, *, get: bool = False, **more: str) -> Door:
    """What one side of the operating contract does; both read it."""
    return Door("contract", _CONTRACT, _to(who), get=get, post=post, more=more)


def _part(part: str, post: Payload, *, get: bool = False) -> Door:
    """What only the outpost does to a part of a project that the office sees."""
    return Door(part, OFFICE, _to("staff"), get=get, post=post)


def _report(does: frozenset[str], post: Payload, *, get: bool = False) -> Door:
    return Door("report", OFFICE, does, get=get, post=post)


#: Instructions and meetings are shared with the home side; coordination and the counter are the outpost's own.
SHARED = _to("staff", "partner")
#: Looking at these takes a paper out of the house.
_TAKEN = {"answer_pdf", "answer_word"}
_INSTRUCTS = _to("staff", "instructor")


def _matter(does: frozenset[str], post: Payload | None, *, part: str = "instruction", get: bool = False) -> Door:
    return Door(part, SHARED, does, get=get, post=post)


def _own(part: str, post: Payload | None, *, get: bool = False) -> Door:
    return Door(part, _to("staff"), _to("staff"), get=get, post=post)


#: Who sees what is fostered: the outpost, and of the home side (but for the verifier) what was reported.
FOSTERED = _to("staff", "fosterer")
#: Research posts are the home's own firms': its home reads them, reported or not.
POSTS = _to("staff", "lease_reader")
#: What flows: the outpost, and the whole home side, reported or not; an entry names nobody.
_FLOWS = _to("staff", "partner")
DOORS: dict[str, Door] = {
    # the record
    # (a tenant who follows a link to its project in the office is led to its own page of it)
    "console:pipeline:project_view": Door("project", PAPERS, PAPERS),
    "console:pipeline:project_edit": _edit(_fields),
    "console:dossiers:dossier_download": Door("project", OFFICE, OFFICE, writes=True),
    "console:pipeline:project_brief": Door("project", OFFICE, _to("staff")),
    "console:board:board_move": _edit(_just(track="talks", to="screening"), get=False),
    "console:pipeline:project_move": _edit(_just(track="home", to="site"), query="?track=home&to=site"),
    "console:pipeline:project_void": _edit(_REASON, get=False, does=_to("approver")),
    "console:pipeline:project_restore": _edit(_REASON, get=False, does=_to("approver")),
    "console:pipeline:condition_lay": _edit(_just(code="paused", reason="理由")),
    "console:pipeline:condition_end": _edit(_REASON, get=False),
    "console:pipeline:interaction_add": _edit(_just(kind="call", occurred_on="2026-11-20", summary="电话")),
    "console:pipeline:contact_add": _edit(_just(name="陈晓", phone="13900005678")),
    "console:pipeline:owner_assign": _edit(_owner),
    "console:pipeline:plaque_set": _edit(_just()),
    "console:pipeline:opinion_record": _edit(_just(key="legal_opinion", done="yes", on="2026-11-20", note="同意")),
    "console:pipeline:home_entity_set": _edit(_just(name="云溪新有限公司")),
    "console:pipeline:agreement_add": _edit(_signing),
    "console:pipeline:landing_open": _edit(_just()),
    # notes belong to the outpost that wrote them
    "console:pipeline:interaction_view": Door("interaction", _to("staff"), _to("staff")),
    "console:pipeline:interaction_confirm": Door(
        "interaction", _to("staff"), _to("staff"), get=False, post=_just(occurred_on="2026-11-03")
    ),
    "console:pipeline:interaction_void": Door("interaction", _to("staff"), _to("staff"), get=False, post=_REASON),
    "console:pipeline:agreement_edit": Door("agreement", OFFICE, _to("staff"), post=_just(version="1")),
    "console:pipeline:agreement_void": Door("agreement", OFFICE, _to("staff"), get=False, post=_REASON),
    # first reports are seen with their project; granted by the home side, handed over by who approves
    "console:first_reports:report_claim": _edit(_just(how="展会")),
    "console:first_reports:report_check": _report(_to("staff"), _just()),
    "console:first_reports:report_renew": _report(_to("staff"), _REASON),
    "console:first_reports:report_grant": _report(_to("ruler"), _REASON),
    "console:first_reports:report_transfer": _report(_to("approver"), _REASON, get=True),
    "console:first_reports:dispute_raise": _report(_to("staff"), _REASON, get=True),
    "console:first_reports:card_view": Door("project", OFFICE, OFFICE),
    "console:first_reports:card_image": Door("project", OFFICE, OFFICE),
    "console:first_reports:dispute_view": Door("dispute", OFFICE, OFFICE),
    "console:first_reports:dispute_answer": Door("dispute", OFFICE, _to("staff"), get=False, post=_REASON),
    "console:first_reports:dispute_withdraw": Door("dispute", OFFICE, _to("staff"), get=False, post=_REASON),
    **{
        f"console:first_reports:{name}": Door(
            "dispute", OFFICE, _to("staff", "ruler"), get=get, post=_just(), more={"claim": "none"}
        )
        for name, get in (("ruling_print", False), ("ruling_signed", True))
    },
    "console:first_reports:dispute_rule": Door("dispute", OFFICE, _to("ruler"), post=_REASON),
    # the daily work: shared with the home side, done by the outpost; instructions come from both
    "console:instructions:instruction_view": _matter(SHARED, None, get=True),
    "console:instructions:instruction_edit": _matter(_to("staff"), _just(), get=True),
    "console:instructions:instruction_answer": _matter(_to("staff"), _just(answer="已报"), get=True),
    "console:instructions:instruction_urge": _matter(_INSTRUCTS, _just(note="请抓紧")),
    "console:instructions:instruction_close": _matter(_INSTRUCTS, _just()),
    "console:instructions:instruction_reopen": _matter(_INSTRUCTS, _REASON),
    "console:instructions:instruction_void": _matter(_INSTRUCTS, _REASON),
    "console:meetings:meeting_view": _matter(SHARED, None, part="meeting", get=True),
    "console:meetings:minutes_download": _matter(SHARED, None, part="meeting", get=True),
    "console:meetings:sign_in_download": _matter(SHARED, None, part="meeting", get=True),
    "console:meetings:meeting_week": _matter(_to("staff"), None, part="meeting", get=True),
    **{
        f"console:meetings:{name}": _matter(_to("staff"), post, part=part, get=get)
        for name, part, get, post in (
            ("meeting_edit", "meeting", True, _just()),
            ("meeting_record", "meeting", True, _just(present="陈局 经科局")),
            ("item_add", "meeting", True, _just(title="其他")),
            ("decision_add", "meeting", True, _just(text="办", responsible_text="某")),
            ("minutes_issue", "meeting", False, _just()),
            ("minutes_reopen", "meeting", False, _REASON),
            ("meeting_void", "meeting", False, _REASON),
            ("item_edit", "agenda_item", True, _just(title="改")),
            ("item_move", "agenda_item", False, _just()),
            ("item_remove", "agenda_item", False, _just()),
            ("decision_finish", "decision", False, _just(result="已办")),
            ("decision_void", "decision", False, _REASON),
        )
    },
    "console:coordinations:coordination_view": _own("coordination", None, get=True),
    "console:coordinations:coordination_paper": _own("coordination", None, get=True),
    "console:coordinations:coordination_edit": _own("coordination", _just(), get=True),
    "console:coordinations:coordination_ask": _own("coordination", _just(asked_on="2026-11-20"), get=True),
    "console:coordinations:coordination_answer": _own("coordination", _just(answer="同意"), get=True),
    "console:coordinations:coordination_close": _own("coordination", _just()),
    "console:coordinations:coordination_void": _own("coordination", _REASON),
    "console:counter:visit_view": _own("walk_in", None, get=True),
    "console:counter:visit_hand": _own("walk_in", _just(to_text="大厅"), get=True),
    "console:counter:visit_void": _own("walk_in", _REASON),
    "console:counter:visit_close": _own("walk_in", _just(result="已答")),
    "console:counter:visit_lead": _own("walk_in", _just(), get=True),
    # trips and hand-overs are the outpost's own; ceremonies and plans are shared, plans approved by either side
    **{
        f"console:trips:{name}": _own(part, post, get=get)
        for name, part, get, post in (
            ("trip_view", "trip", True, None),
            ("itinerary_download", "trip", True, None),
            ("sign_in_download", "trip", True, None),
            ("trip_edit", "trip", True, _just(title="改")),
            ("trip_result", "trip", True, _just(result="成")),
            ("trip_void", "trip", False, _REASON),
            ("stop_add", "trip", True, _just(what="看厂")),
            ("stop_edit", "stop", True, _just(what="看厂")),
            ("stop_record", "stop", False, _just(kind="meeting")),
            ("stop_void", "stop", False, _REASON),
        )
    },
    **{
        f"console:ceremonies:{name}": _matter(does, post, part="ceremony", get=get)
        for name, does, get, post in (
            ("ceremony_view", SHARED, True, None),
            ("list_download", SHARED, True, None),
            ("script_download", SHARED, True, None),
            ("cards_download", SHARED, True, None),
            ("ceremony_edit", _to("staff"), True, _just(title="改")),
            ("item_add", _to("staff"), True, _just(project="没有")),
            ("ceremony_void", _to("staff"), False, _REASON),
        )
    },
    # of a list the home side knows the projects that were reported
    "console:ceremonies:item_edit": _part("ceremony_item", _just(signatories="张三"), get=True),
    "console:ceremonies:item_move": _part("ceremony_item", _just()),
    "console:ceremonies:item_remove": _part("ceremony_item", _REASON),
    **{
        f"console:plans:{name}": _matter(does, post, part=part, get=get)
        for name, part, does, get, post in (
            ("plan_view", "plan", SHARED, True, None),
            ("plan_changes", "plan", SHARED, True, None),
            ("plan_approve", "plan", _to("approver", "instructor"), False, _just()),
            ("plan_edit", "plan", _to("staff"), True, _just(title="改")),
            ("plan_version", "plan", _to("staff"), False, _just()),
            ("plan_successor", "plan", _to("staff"), True, _just(title="下一期")),
            ("plan_void", "plan", _to("staff"), False, _REASON),
            ("task_add", "plan", _to("staff"), True, _just(number="2", title="加")),
            ("import_upload", "plan", _to("staff"), True, _just()),
            ("task_view", "plan_task", SHARED, True, None),
            ("task_edit", "plan_task", _to("staff"), True, _just(number="1", title="改")),
            ("task_assign", "plan_task", _to("staff"), True, _just()),
            ("progress_add", "plan_task", _to("staff"), True, _just(on="2026-11-20", text="推进")),
            ("task_link", "plan_task", _to("staff"), True, _just(code="没有")),
            ("task_unlink", "plan_task", _to("staff"), False, _just(kind="x", to="y")),
            ("task_void", "plan_task", _to("staff"), False, _REASON),
            ("progress_void", "plan_progress", _to("staff"), False, _REASON),
        )
    },
    "console:plans:import_check": Door("plan", SHARED, _to("staff"), post=_just(), more={"item": "plan_file"}),
    "console:plans:plan_export": Door("plan", SHARED, SHARED, writes=True),
    # a to-do: its assignee's, and of an outpost's people whatever is about rows that they see
    "console:todos:todo_edit": _own("todo", _just(what="改"), get=True),
    "console:todos:todo_finish": _own("todo", _just()),
    "console:todos:todo_reopen": _own("todo", _just()),
    "console:todos:todo_void": _own("todo", _REASON),
    "console:handovers:handover_view": _own("handover", None, get=True),
    "console:handovers:list_download": _own("handover", None, get=True),
    "console:handovers:handover_undo": Door("handover", _to("staff"), _to("approver"), get=False, post=_just()),
    # promises are entered and shown by the outpost, decided by who reviews; sharing and clauses with them
    "console:promises:commitment_add": _part("agreement", _just(text="承诺"), get=True),
    "console:promises:commitment_view": Door("commitment", OFFICE, OFFICE),
    "console:promises:commitment_show": _part("commitment", _just(record="回单", occurred_on="2026-11-20"), get=True),
    "console:promises:commitment_decide": Door(
        "commitment", OFFICE, _to("reviewer", "verifier"), get=False, post=_just(), more={"item": "shown"}
    ),
    "console:promises:commitment_void": _part("commitment", _REASON),
    "console:promises:benefit_add": _part("agreement", _just(basis="留成"), get=True),
    "console:promises:benefit_view": Door("benefit", OFFICE, OFFICE),
    "console:promises:settlement_add": _part("benefit", _just(paid="1元"), get=True),
    "console:promises:benefit_void": _part("benefit", _REASON),
    "console:promises:settlement_void": _part("settlement", _REASON),
    "console:promises:clause_view": Door("agreement", OFFICE, OFFICE),
    "console:promises:clause_save": _part("agreement", _just(text="免租")),
    "console:promises:clause_scan": _part("agreement", _just()),
    "console:promises:clause_decide": _part("clause", _just(decision="to_amend")),
    "console:targets:diligence_add": Door(
        "project", OFFICE, _to("staff"), post=_just(result="clean"), more={"item": "credit_china"}
    ),
    "console:targets:diligence_void": _part("look", _REASON),
    # needs and offers are the outpost's own; the firm whose they are has its own page of them
    **{
        f"console:profiles:{name}": Door("profile", _to("staff"), _to("staff"), get=get, post=post, more=more)
        for name, get, post, more in (
            ("profile_view", True, None, {}),
            ("profile_edit", True, _just(version="1"), {}),
            ("profile_publish", False, _just(masked_seen="on"), {}),
            ("profile_pause", False, _REASON, {}),
            ("profile_confirm", False, _just(), {}),
            ("claim_show", True, _just(record="检测报告", occurred_on="2026-11-20"), {}),
            ("profile_close", False, _REASON, {}),
            ("profile_void", False, _REASON, {}),
            ("profile_renew", True, _just(until="2027-01-01"), {}),
            ("profile_tag", True, _just(place="/other"), {}),
            ("block_add", True, _just(firm="甲"), {}),
            ("block_lift", False, _REASON, {"entry": "blocked"}),
            ("agreement_add", True, _just(firm="甲", signed_on="2026-11-20"), {}),
            ("agreement_void", False, _REASON, {"entry": "secrecy"}),
            ("reading_add", True, _just(what="masked", reader="李工"), {}),
            ("sheet_fill", True, _just(goal="不堵"), {}),
            ("sheet_read_back", True, _just(to="王工"), {}),
            ("sheet_download", True, None, {}),
        )
    },
    "console:profiles:claim_decide": Door(
        "profile", _to("staff"), _to("reviewer"), get=False, post=_just(), more={"item": "profile_proof"}
    ),
    "console:profiles:project_draft": Door("project", _to("staff"), _to("staff"), get=False, post=_just(side="offer")),
    **{
        f"console:profiles:{name}": Door("profile_import", _to("staff"), _to("staff"), get=get, post=post)
        for name, get, post in (
            ("import_view", True, None),
            ("import_commit", False, _just()),
            ("import_undo", False, _just()),
        )
    },
    # candidate lists are the outpost's own; what a firm gets of them is another page
    **{
        f"console:candidates:{name}": Door(part, _to("staff"), _to("staff"), get=get, post=post, more=more)
        for name, part, get, post, more in (
            ("profile_match", "asking", True, None, {}),
            ("project_match", "project", True, None, {}),
            ("list_make", "asking", False, _just(), {}),
            ("list_view", "candidate_list", True, None, {}),
            ("list_paper", "candidate_list", True, None, {}),
            ("list_picture", "candidate_list", True, None, {}),
            ("list_check", "candidate_list", False, _just(), {}),
            ("list_send", "candidate_list", False, _just(to="陈总工", how="paper"), {}),
            ("candidate_answer", "candidate_list", False, _just(verdict="later"), {"position": "1"}),
            ("list_void", "candidate_list", False, _REASON, {}),
        )
    },
    # runs of playbooks: the outpost's, of the home side those of reported projects; it answers what it was handed
    **{
        f"console:playbooks:{name}": Door(part, _to("staff", "fosterer"), does, get=get, post=post, more=more)
        for name, part, does, get, post, more in (
            ("run_view", "run", _to("staff", "fosterer"), True, None, {}),
            ("run_answer", "run", _to("staff"), True, _just(q_environment="yes", q_wet_lab="no"), {}),
            ("run_note", "run", _to("staff"), False, _just(note="备注"), {}),
            ("run_stop", "run", _to("staff"), False, _REASON, {}),
            ("step_view", "home_step", _to("staff", "fosterer"), True, None, {}),
            ("step_ask", "home_step", _to("staff"), True, _just(on="2026-11-23", to="某科"), {}),
            ("step_finish", "home_step", _to("staff", "ruler"), True, _just(on="2026-11-23", answer="可以"), {}),
            ("step_skip", "home_step", _to("staff"), False, _REASON, {}),
            ("step_reopen", "home_step", _to("staff"), False, _REASON, {}),
            ("step_reschedule", "home_step", _to("staff"), True, _just(due_on="2026-12-01", reason="理由"), {}),
            ("step_show", "firm_step", _to("staff"), True, _just(record="协议"), {"kind": "tenancy_agreement"}),
            ("step_decide", "firm_step", _to("reviewer"), False, _just(), {"item": "run_proof"}),
        )
    },
    # the firm of a row finds its own runs
    **{
        f"workspace:{name}": Door("run", _to("tenant"), _to("tenant"), get=get, post=post, more=more)
        for name, get, post, more in (
            ("run_view", True, None, {}),
            ("run_hand_in", True, _just(record="协议"), {"step": "firm_step", "kind": "tenancy_agreement"}),
        )
    },
    # introductions are the outpost's own; what a firm sees of its own is another page
    **{
        f"console:introductions:{name}": Door("introduction", _to("staff"), _to("staff"), get=get, post=post, more=more)
        for name, get, post, more in (
            ("introduction_view", True, None, {}),
            ("introduction_agree", True, _just(by="王工"), {"side": "need"}),
            ("introduction_reveal", False, _just(), {}),
            ("introduction_end", False, _REASON, {}),
            ("introduction_back", False, _just(reason="理由", version="1"), {}),
            ("introduction_void", False, _REASON, {}),
            ("meeting_add", True, _just(planned_for="2026-12-01T09:00"), {}),
            ("meeting_hold", True, _just(on="2026-11-23", present="王工", result="谈成"), {"entry": "encounter"}),
            ("meeting_cancel", False, _REASON, {"entry": "encounter"}),
            ("trial_add", True, _just(subject="试"), {}),
            ("trial_result", True, _just(on="2026-11-23", measured="3 次"), {"entry": "trial"}),
            ("trial_print", False, _just(), {"entry": "trial"}),
            ("trial_signed", True, _just(), {"entry": "trial"}),
            ("trial_void", False, _REASON, {"entry": "trial"}),
            ("outcome_add", True, _just(kind="order", on="2026-11-23"), {}),
            ("outcome_void", False, _REASON, {"entry": "outcome"}),
            ("outcome_show", True, _just(record="订单", occurred_on="2026-11-20"), {"entry": "outcome"}),
        )
    },
    "console:introductions:outcome_decide": Door(
        "introduction",
        _to("staff"),
        _to("reviewer"),
        get=False,
        post=_just(),
        more={"entry": "outcome", "item": "outcome_proof"},
    ),
    **{
        f"console:matchmaking:{name}": Door("meeting_day", _to("staff"), _to("staff"), get=get, post=post, more=more)
        for name, get, post, more in (
            ("day_view", True, None, {}),
            ("day_paper", True, None, {}),
            ("day_card", True, None, {}),
            ("day_image", True, None, {}),
            ("day_edit", True, _just(title="", version="0"), {}),
            ("day_arrange", False, _just(), {}),
            ("day_place", True, _just(slot="1", table="1"), {}),
            ("day_void", False, _REASON, {}),
            ("seat_cancel", False, _REASON, {"entry": "seat"}),
        )
    },
    "console:matchmaking:day_workbook": Door("meeting_day", _to("staff"), _to("staff"), writes=True),
    # talents are the outpost's own; by name the home side sees who was sent to it for a decision
    **{
        f"console:talents:{name}": Door(part, _to("staff"), _to("staff"), get=get, post=post, more=more)
        for name, part, get, post, more in (
            ("talent_view", "talent", True, None, {}),
            ("talent_edit", "talent", True, _just(field="材料"), {}),
            ("talent_void", "talent", False, _REASON, {}),
            ("account_link", "talent", True, _just(login="nobody"), {}),
            ("talent_unmask", "talent", False, _REASON, {}),
            ("talent_package", "talent", False, _just(), {}),
            ("talent_erase", "talent", False, _REASON, {}),
            (
                "consent_add",
                "talent",
                True,
                _just(purpose="recommend", given_how="recorded", given_on="2026-11-23"),
                {},
            ),
            ("consent_withdraw", "talent", False, _just(), {"entry": "consent"}),
            ("request_add", "talent", True, _just(how="paper"), {"kind": "erasure"}),
            ("request_decline", "talent", False, _REASON, {"entry": "data_request"}),
            ("ruling_ask", "talent", True, _just(), {}),
            ("arrival_show", "talent", True, _just(record="合同", occurred_on="2026-11-20"), {"kind": "employment"}),
            ("contract_new", "talent", True, _just(home_unit="某院", kind="dual"), {}),
            ("case_new", "talent", True, _just(services="housing"), {}),
            ("contract_view", "flexible", True, None, {}),
            ("month_add", "flexible", True, _just(month="2026-11-01", days="4"), {}),
            ("month_show", "flexible", True, _just(record="门禁", occurred_on="2026-11-20"), {"entry": "month"}),
            ("benefit_add", "flexible", True, _just(clause="YX-TAL-01"), {}),
            ("contract_void", "flexible", False, _REASON, {}),
            ("case_view", "green_case", True, None, {}),
            ("case_tell", "green_case", True, _just(missing="身份证", on="2026-11-23"), {}),
            ("case_pause", "green_case", True, _just(note="问", on="2026-11-23"), {}),
            ("case_resume", "green_case", True, _just(on="2026-11-23"), {}),
            ("case_withdraw", "green_case", False, _REASON, {}),
            ("case_deliver", "green_case", False, _just(), {}),
            ("case_renew", "done_case", False, _just(), {}),
            ("receipt_print", "green_case", False, _just(), {}),
            ("telling_print", "green_case", False, _just(), {}),
            ("item_hand", "green_case", True, _just(department="住房", what="合同"), {"entry": "green_item"}),
            (
                "item_finish",
                "green_case",
                True,
                _just(done="yes", result="好", on="2026-11-23"),
                {"entry": "green_item"},
            ),
            ("hand_off_answer", "green_case", True, _just(answer="好", on="2026-11-23"), {"entry": "hand_off"}),
            ("position_view", "position", True, None, {}),
            ("position_close", "position", False, _REASON, {}),
        )
    },
    "console:talents:arrival_decide": Door(
        "talent", _to("staff"), _to("reviewer"), get=False, post=_just(), more={"item": "arrival"}
    ),
    "console:talents:month_decide": Door(
        "flexible", _to("staff"), _to("reviewer"), get=False, post=_just(), more={"item": "month_proof"}
    ),
    "console:talents:ruling_view": Door("ruling", _FIGURES, _FIGURES),
    "console:talents:ruling_decide": Door("ruling", _FIGURES, _to("instructor"), post=_just(basis="第五条")),
    "console:talents:ruling_void": Door("ruling", _FIGURES, _FIGURES, get=False, post=_REASON),
    "console:talents:agreement_void": Door("processing", _FIGURES, _to("staff"), get=False, post=_REASON),
    # a talent's own pages are for that talent alone: nobody of the cast is one of these
    **{
        f"workspace:{name}": Door(part, _to("self"), _to("self"), get=get, post=post, more=more)
        for name, part, get, post, more in (
            ("green_case", "green_case", True, None, {}),
            ("green_receipt", "green_case", False, _just(), {}),
            ("green_confirm", "done_case", False, _just(score="5"), {}),
            ("own_package", "talent", False, _just(), {}),
            ("own_consent_withdraw", "talent", False, _just(), {"entry": "consent"}),
            ("own_data_request", "talent", False, _just(), {"kind": "erasure"}),
        )
    },
    # what flows is read by both sides, its source by who sees it; what a person says of it is the lead's
    "console:flows:entry_view": Door("flow", _FLOWS, _FLOWS),
    "console:flows:entry_counter": Door("flow", _FLOWS, _to("approver"), get=False, post=_REASON),
    **{
        f"console:flows:{name}": Door(
            "flow_waiting",
            _to("approver"),
            _to("approver"),
            get=get,
            post=_just(direction="host_to_home", reason="理由"),
            more={"kind": "incubation.tenant_outcome"},
        )
        for name, get in (("waiting_enter", True), ("waiting_aside", False))
    },
    # the wall names nobody: both sides but the verifier and the auditor look, the lead settles it
    "wall:scene_view": Door("outpost", _FIGURES, _FIGURES, more={"code": "funnel"}),
    "wall:map_picture": Door("wall_mapped", _FIGURES, _FIGURES),
    **{
        f"wall:{name}": Door(part, _to("approver"), _to("approver"), get=get, post=post)
        for name, part, get, post in (
            ("setting_view", "outpost", True, None),
            ("screen_make", "outpost", False, _just(label="展厅")),
            ("scene_save", "outpost", False, _just()),
            ("map_load", "outpost", False, _just(number="GS")),
            ("screen_revoke", "wall_screen", False, _REASON),
            ("map_void", "wall_map", False, _REASON),
        )
    },
    "console:flows:aside_return": Door("flow_aside", _to("approver"), _to("approver"), get=False, post=_REASON),
    # an activity is read by both sides, who comes by the outpost alone
    "console:events:activity_view": Door("activity", _LEASES, _LEASES),
    **{
        f"console:events:{name}": Door(
            part,
            _to("staff"),
            _to("staff"),
            get=get,
            post=None if sent is None else _just(**sent),
            writes=name in TAKEN,
        )
        for name, part, get, sent in ACTS
    },
    # a show with a sealed round is told to both sides, the rest of it to the outpost alone; a letter to its team
    "console:roadshows:show_view": Door("show", _LEASES, _LEASES),
    "console:roadshows:round_seal": Door("show_round", _to("staff"), _to("approver"), get=False, post=_just()),
    "console:roadshows:seal_void": Door("show_seal", _to("staff"), _to("approver"), get=False, post=_REASON),
    **{
        f"console:roadshows:{name}": Door(
            part,
            _to("staff"),
            _to("staff"),
            get=get,
            post=None if sent is None else _just(**sent),
            writes=name in PRINTED,
        )
        for name, part, get, sent in STAGED
    },
    "workspace:judging:letter_view": Door("show_entry", _to("tenant"), _to("tenant")),
    "workspace:judging:desk_view": Door("show_judge", _to(), _to()),
    "workspace:judging:desk_declare": Door("show_judge", _to(), _to(), get=False, post=_just()),
    "workspace:judging:sheet_score": Door("show_judge", _to(), _to(), post=_just(), more={"entry": "open_entry"}),
    # what is or was public is read by both sides, and so are reports of the media; the rest by the outpost alone
    "console:showcase:publication_view": Door("shown_publication", _LEASES, _LEASES),
    "console:showcase:media_view": Door("media", _LEASES, _LEASES),
    "console:showcase:media_void": Door("media", _LEASES, _to("staff"), get=False, post=_REASON),
    **{
        f"console:showcase:{name}": Door(
            part, _to("staff") if part == "publication" else _LEASES, _to("approver"), get=False, post=_just(**sent)
        )
        for name, part, sent in DECIDED
    },
    **{
        f"console:{name}": Door(
            part,
            _LEASES if part == "shown_publication" else _to("staff"),
            _to("staff"),
            get=get,
            post=None if sent is None else _just(**sent),
        )
        for name, part, get, sent in SHOWN_ACTS
    },
    # what an organization shows of itself is its own
    "workspace:showcase:sheet_edit": Door("sheet", _to("booker"), _to("booker"), post=_just(preview="1")),
    "workspace:showcase:sheet_withdraw": Door("sheet", _to("booker"), _to("booker"), get=False, post=_REASON),
    "workspace:showcase:product_edit": Door("product", _to("booker"), _to("booker"), post=_just()),
    "workspace:showcase:sheet_open": Door(
        "organization",
        _to("booker"),
        _to("booker"),
        get=False,
        post=_just(),
        more={"outpost": "yunbin", "kind": "organization"},
    ),
    # what people said to the outpost is its own; its home reads numbers
    **{
        f"console:feedback:{name}": Door(part, _to("staff"), _to("staff"), get=get, post=post)
        for name, part, get, post in (
            ("answer_view", "feedback_answer", True, None),
            ("ask_view", "feedback_ask", True, None),
            ("ask_renew", "feedback_ask", False, _just()),
            ("ask_withdraw", "feedback_ask", False, _REASON),
            ("follow_up_view", "follow_up", True, None),
            ("follow_up_assign", "follow_up", True, _owner),
            ("follow_up_close", "follow_up", True, _just(done="已致歉")),
            ("complaint_view", "complaint", True, None),
            ("complaint_answer", "complaint", True, _just(ruling="upheld", reply="已改", on="2026-11-23")),
            ("complaint_close", "complaint", True, _just(on="2026-11-23")),
            ("complaint_void", "complaint", False, _REASON),
        )
    },
    # colleagues are ended by their own firm's administrator alone: nobody of the cast is one of these
    "workspace:colleague_link": Door("membership", _to("self"), _to("self"), get=False, post=_just()),
    "workspace:colleague_end": Door("membership", _to("self"), _to("self"), get=False, post=_REASON),
    # targets are the outpost's own, whatever its home may read
    **{
        f"console:targets:{name}": Door("target", _to("staff"), _to("staff"), get=get, post=post)
        for name, get, post in (
            ("target_view", True, None),
            ("target_edit", True, _just(name="改", node="环节")),
            ("target_contact", True, _just(state="declined")),
            ("target_talk", False, _just()),
            ("target_void", False, _REASON),
        )
    },
    # what an outpost knows of a firm is its own: not its home's, not the firm's
    **{
        f"console:policies:{name}": Door(part, _to("staff"), _to("staff"), get=get, post=post, more=more)
        for name, part, get, post, more in (
            ("checkup", "organization", True, None, {}),
            ("facts_state", "organization", False, _just(**{"fact-employees": "31人", "source": "stated"}), {}),
            ("fact_withdraw", "organization", False, _REASON, {"entry": "policy_fact"}),
            ("checkup_keep", "organization", False, _just(), {}),
            ("checkup_view", "checkup", True, None, {}),
            ("checkup_print", "checkup", False, _just(), {}),
            ("checkup_word", "checkup", True, None, {}),
            # and so is what it knows of a person
            ("subject_checkup", "person", True, None, _PERSON),
            (
                "subject_facts_state",
                "person",
                False,
                _just(**{"fact-education": "master", "source": "stated"}),
                _PERSON,
            ),
            ("subject_fact_withdraw", "person", False, _REASON, {**_PERSON, "entry": "person_fact"}),
            ("subject_checkup_keep", "person", False, _just(), _PERSON),
        )
    },
    # the firm reads its own claims in the workspace, not here
    "console:policy_claims:claim_view": Door("claim", _to("staff"), _to("staff")),
    "console:policy_claims:claim_record": Door(
        "claim", _to("staff"), _to("staff"), post=_just(version=1, status="withdrawn", seen_on="2026-11-23", note="撤")
    ),
    "console:policy_claims:claim_void": Door("claim", _to("staff"), _to("staff"), get=False, post=_REASON),
    "console:policy_claims:material_add": Door(
        "claim",
        _to("staff"),
        _to("staff"),
        post=lambda _cast, row: {"file": _pdf(f"材料 {row.key}.pdf")},
        more={"kind": "material_1"},
    ),
    # a draft is of a place, not of an outpost's row: told by its own test
    "console:drafts:draft_view": Door("draft", _to(), _to()),
    "console:drafts:draft_approve": Door("draft", _to(), _to(), get=False, post=_just()),
    "console:drafts:draft_return": Door("draft", _to(), _to(), get=False, post=_REASON),
    "console:drafts:draft_withdraw": Door("draft", _to(), _to(), get=False, post=_just()),
    "console:leases:lease_view": Door("lease", _LEASES, _LEASES),
    "console:leases:lease_edit": Door("lease", _LEASES, _to("approver"), post=_just(landlord="改")),
    "console:leases:lease_void": Door("lease", _LEASES, _to("approver"), get=False, post=_REASON),
    # townships are asked by who approves and by the home side; only the home side confirms
    "console:rechecks:recheck_confirm": Door("recheck", OFFICE, _to("ruler", "verifier"), post=_just(answer="there")),
    "console:rechecks:round_view": Door("round", OFFICE, OFFICE),
    "console:rechecks:round_renew": Door(
        "round", OFFICE, _to("approver", "ruler", "verifier"), get=False, post=_just()
    ),
    "console:rechecks:round_revoke": Door(
        "round", OFFICE, _to("approver", "ruler", "verifier"), get=False, post=_REASON
    ),
    # landing: handed in by one side, decided by the other
    "console:pipeline:landing_view": Door("case", OFFICE, OFFICE),
    "console:pipeline:evidence_add": _case(_to("staff"), _paper, get=True, kind="licence"),
    "console:pipeline:signals_state": _case(_to("staff"), _just(insured_people="1"), get=True),
    "console:pipeline:landing_submit": _case(_to("staff"), _just()),
    "console:pipeline:landing_return": _case(_to("verifier"), _REASON),
    "console:pipeline:landing_verify": _case(_to("verifier"), _just()),
    "console:pipeline:landing_revoke": _case(_to("verifier"), _REASON),
    "console:pipeline:evidence_decide": _case(_to("verifier"), _just(decision="accept"), item="item"),
    "console:pipeline:form_print": _case(_to("staff", "verifier"), _just()),
    "console:pipeline:signed_copy_add": _case(_to("staff", "verifier"), _just(), get=True),
    "console:pipeline:form_view": Door("form", PAPERS, PAPERS),
    # a batch is the operator's to send and to have confirmed, the home side's to read
    "console:submissions:submission_view": Door("submission", OFFICE, OFFICE),
    "console:submissions:submission_export": Door("submission", OFFICE, OFFICE),
    "console:submissions:confirmation_print": Door("submission", OFFICE, _to("approver"), get=False, post=_just()),
    "console:submissions:confirmation_signed": Door("submission", OFFICE, _to("approver"), post=_just()),
    "console:submissions:submission_new": Door("outpost", _to("staff"), _to("approver"), post=_just()),
    "console:files:file_view": Door("file", PAPERS, PAPERS),
    # contacts and organizations belong to the outposts that know them
    "console:parties:organization_view": Door("organization", _to("staff", "tenant"), _to("staff", "tenant")),
    **{
        f"console:parties:{name}": Door("organization", _to("staff", "tenant"), _to("staff"), get=get, post=post)
        for name, get, post in (
            ("organization_number", True, _just(scheme="uscc", value="1", change_reason="错")),
            ("organization_rename", True, _just(name="改", former="yes")),
            ("alias_add", True, _just(kind="short")),
            ("alias_drop", False, _just(name="没有", reason="错")),
            ("organization_continue", True, _just()),
        )
    },
    "console:parties:contact_unmask": Door("contact", _to("staff"), _to("staff"), get=False, post=_just(why="回访")),
    # who is who: a pair is for those who know one of its sides, a merge for those who know what it was merged into
    "console:who:pair_view": Door("pair", _to("staff"), _to("staff")),
    "console:who:pair_decide": Door("pair", _to("staff"), _to("staff"), get=False, post=_just(state="not_same")),
    "console:who:pair_reopen": Door("pair", _to("staff"), _to("staff"), get=False, post=_REASON),
    "console:who:pair_add": Door("organization", _to("staff", "tenant"), _to("staff"), post=_just(words="没有这家")),
    "console:who:merge_new": Door("pair", _to("staff"), _to("staff"), post=_just(reason="同一家", keep="left")),
    "console:who:merge_view": Door("merge", _to("staff"), _to("staff")),
    "console:who:merge_undo": Door("merge", _to("staff"), _to("staff"), get=False, post=_just()),
    # titles belong to the outpost that wrote them; a stand-in is taken back by who is away or who hands work over
    "console:who:title_add": Door("organization", _to("staff", "tenant"), _to("staff"), post=_just(title="other")),
    "console:who:title_view": Door("title", _to("staff"), _to("staff")),
    "console:who:title_renew": Door("title", _to("staff"), _to("staff"), post=_just(valid_from="2027-06-01")),
    "console:who:title_void": Door("title", _to("staff"), _to("staff"), get=False, post=_REASON),
    "console:who:stand_in_void": Door("stand_in", _to("staff"), _to("author", "approver"), get=False, post=_REASON),
    # figures of industries are read by both sides and taken in by the outpost
    **{
        f"console:regions:{name}": Door(
            "industry_table", _FIGURES, _FIGURES, query=query, writes=name.endswith("export")
        )
        for name, query in (
            ("table_view", ""),
            ("point_view", "?a=陶瓷&b=电子"),
            ("point_export", ""),
            ("industry_view", "?industry=陶瓷"),
            ("card_view", ""),
            ("card_image", ""),
        )
    },
    # what an outpost thinks of a project's chances is its own
    "console:choosing:chance_state": Door(
        "project", OFFICE, _to("staff"), post=_just(cases="3", successes="1", note="类比")
    ),
    "console:regions:table_void": Door("industry_table", _FIGURES, _to("staff"), get=False, post=_REASON),
    "console:regions:flow_view": Door("flow_table", _FIGURES, _FIGURES, query="?industry=陶瓷"),
    "console:regions:flow_void": Door("flow_table", _FIGURES, _to("staff"), get=False, post=_REASON),
    # the operating contract: the operator's lead keeps it, its home reads it, the bureau scores
    "console:contracts:contract_view": Door("contract", _CONTRACT, _CONTRACT),
    "console:contracts:cost_list": Door("contract", _CONTRACT, _CONTRACT),
    "console:contracts:cost_export": Door("contract", _CONTRACT, _CONTRACT, writes=True),
    **{
        f"console:contracts:{name}": _contract("approver", post, get=True, **more)
        for name, post, more in (
            ("contract_edit", _just(title="改"), {}),
            ("cost_add", _just(on="2026-05-01"), {}),
            ("budget_set", _just(year="2026"), {}),
            ("payment_add", _just(label="尾款"), {}),
            ("payment_paid", _just(note="付"), {"entry": "payment"}),
            ("resource_add", _just(label="导师"), {}),
            ("resource_use", _just(note="用"), {"entry": "resource"}),
            ("indicator_add", _just(label="指标"), {"year": "2026"}),
            ("sheet_self", _just(as_of="2026-11-20"), {"year": "2026"}),
        )
    },
    "console:contracts:entry_void": _contract("approver", _REASON, kind="cost", entry="cost"),
    "console:contracts:indicator_void": _contract("approver", _REASON, year="2026", entry="indicator"),
    "console:contracts:item_dispute": _contract("approver", _REASON, year="2026", entry="score"),
    "console:contracts:item_settle": Door(
        "contract",
        _CONTRACT,
        _to("approver", "instructor"),
        get=False,
        post=_REASON,
        more={"year": "2026", "entry": "score"},
    ),
    **{
        f"console:contracts:{name}": Door(
            "contract", _CONTRACT, _CONTRACT, more={"year": "2026", **more}, writes=writes
        )
        for name, more, writes in (
            ("unit_cost_view", {}, False),
            ("indicator_list", {}, False),
            ("sheet_view", {}, False),
            ("sheet_export", {}, True),
            ("item_rows", {"entry": "score"}, False),
        )
    },
    "console:contracts:sheet_score": _contract("instructor", _just(payment_opinion="付"), get=True, year="2026"),
    "console:contracts:sheet_correct": _contract("instructor", _just(what="评分"), get=True, year="2026"),
    "console:contracts:sheet_freeze": _contract("instructor", _just(), year="2026"),
    **{
        f"console:contracts:{name}": Door(
            "contract", _CONTRACT, _to("approver", "instructor"), get=get, post=_just(), more={"year": "2026"}
        )
        for name, get in (("sheet_print", False), ("sheet_signed", True))
    },
    # what the figures mean is read by both sides, and drawn up by the outpost
    "console:figures:definition_view": Door("definitions", SHARED, SHARED),
    "console:figures:definition_make": Door("outpost", SHARED, _to("staff"), get=False, post=_REASON),
    "console:figures:definition_print": Door("definitions", SHARED, _to("staff"), get=False, post=_just()),
    "console:figures:definition_signed": Door("definitions", SHARED, _to("staff"), post=_just()),
    # what a period came to is read by both sides; it is closed by the outpost's lead
    "console:indicators:closing_view": Door("closed_period", SHARED, SHARED),
    "console:indicators:closing_make": Door(
        "outpost", SHARED, _to("approver"), get=False, post=_just(period="2026-10")
    ),
    "console:indicators:indicator_choose": Door("outpost", SHARED, _to("staff"), post=_just(seen="7")),
    # forms and papers belong to the outpost that keeps them
    "console:papers:form_view": Door("bound_form", _to("staff"), _to("staff")),
    "console:papers:form_preview": Door("bound_form", _to("staff"), _to("staff")),
    "console:papers:form_revise": Door("bound_form", _to("staff"), _to("staff"), post=_just()),
    **{
        f"console:papers:{name}": Door("bound_form", _to("staff"), _to("staff"), get=False, post=post)
        for name, post in (
            ("form_bind", _just(place="周报!B5", source="K01_week")),
            ("form_unbind", _just(place="周报!C6")),
            ("form_move", _just(all="1")),
            ("form_void", _REASON),
        )
    },
    # periodic reports belong to the outpost that makes them; another than its maker approves
    **{
        f"console:reports:{name}": Door("periodic", _to("staff"), _to("staff"))
        for name in ("report_view", "report_verify")
    },
    # what was sent to the home side is read by it whole; the bureau signs for it
    "console:reports:received_view": Door("delivery", SHARED, SHARED),
    "console:reports:received_download": Door("delivery", SHARED, SHARED, more={"form": "docx"}, writes=True),
    "console:reports:received_sign": Door("delivery", SHARED, _to("instructor"), get=False, post=_just()),
    "console:reports:report_download": Door("periodic", _to("staff"), _to("staff"), more={"form": "docx"}),
    "console:reports:text_edit": Door("periodic", _to("staff"), _to("staff"), post=_just(version="1")),
    "console:reports:report_send": Door("periodic", _to("staff"), _to("staff"), post=_just()),
    **{
        f"console:reports:{name}": Door("periodic", _to("staff"), _to("staff"), get=False, post=post)
        for name, post in (
            ("report_refresh", _just()),
            ("report_archive", _just()),
            ("report_revise", _just()),
            ("report_void", _REASON),
            ("report_check", _just()),
        )
    },
    "console:reports:report_approve": Door(
        "periodic", _to("staff"), _to("approver"), get=False, post=_just(version="1")
    ),
    "console:reports:plan_edit": Door("report_plan", _to("staff"), _to("staff"), post=_just(day="5")),
    "console:reports:plan_void": Door("report_plan", _to("staff"), _to("staff"), get=False, post=_REASON),
    "console:reports:robot_test": Door("robot", _to("staff"), _to("staff"), get=False, post=_just()),
    "console:reports:robot_void": Door("robot", _to("staff"), _to("staff"), get=False, post=_REASON),
    "console:papers:paper_view": Door("issued_paper", _to("staff"), _to("staff")),
    "console:papers:card_view": Door("issued_paper", _to("staff"), _to("staff")),
    "console:papers:card_image": Door("issued_paper", _to("staff"), _to("staff")),
    "console:papers:run_view": Door("issued_paper", _to("staff"), _to("staff")),
    "console:papers:paper_check": Door("issued_paper", _to("staff"), _to("staff"), get=False, post=_just()),
    "console:papers:paper_void": Door("issued_paper", _to("staff"), _to("staff"), get=False, post=_REASON),
    # an import belongs to its outpost's import staff, a job to who asked for it
    "console:jobs:job_view": Door("job", _to("author"), _to("author")),
    "console:jobs:job_poll": Door("job", _to("author"), _to("author")),
    "console:jobs:job_cancel": Door("job", _to("author"), _to("author"), get=False, post=_just()),
    **{
        f"console:imports:{name}": Door("batch", _to("importer"), _to("importer"), get=get, post=post)
        for name, get, post in (
            ("import_columns", True, _just()),
            ("import_preview", True, None),
            ("import_decide", False, _just(decision="skip")),
            ("import_commit", False, _just()),
            ("import_done", True, None),
            ("import_errors", True, None),
            ("import_undo", False, _just()),
        )
    },
    # accounts are for who looks after them, whose they are or where makes no difference
    "console:accounts:user_view": Door("user", _to("accounts"), _to("accounts")),
    "console:accounts:user_edit": Door("user", _to("accounts"), _to("accounts"), post=_just(display_name="新名")),
    "console:accounts:membership_add": Door("user", _to("accounts"), _to("accounts"), post=_just(role="administrator")),
    "console:accounts:membership_end": Door("membership", _to("accounts"), _to("accounts"), get=False, post=_REASON),
    **{
        f"console:accounts:{name}": Door("user", _to("accounts"), _to("accounts"), get=False, post=_REASON)
        for name in ("user_link", "user_close", "user_reopen", "user_release", "second_factor_reset")
    },
    # the tenant's own door
    "workspace:project_view": Door("project", _to("tenant"), _to("tenant")),
    # the firm of a row has its own needs and offers
    **{
        f"workspace:{name}": Door("profile", _to("tenant"), _to("tenant"), get=get, post=post)
        for name, get, post in (
            ("profile_view", True, None),
            ("profile_answer", True, _just(goal="不堵")),
            ("profile_withdraw", False, _REASON),
            ("profile_confirm", False, _just()),
            ("profile_prove", True, _just(record="检测报告", occurred_on="2026-11-20")),
        )
    },
    # applications: the outpost's, of the home side those of reported projects, of the applicant its own page
    **{
        f"console:admissions:{name}": Door(
            "application", _to("staff", "fosterer"), does or _to("staff"), get=get, post=post, writes=name in _TAKEN
        )
        for name, get, post, does in (
            ("application_view", True, None, _to("staff", "fosterer")),
            ("answer_view", True, None, _to("staff", "fosterer")),
            ("answer_pdf", True, None, _to("staff", "fosterer")),
            ("answer_word", True, None, _to("staff", "fosterer")),
            ("contact_unmask", False, _just(), None),
            ("application_complete", True, _just(ask_plan="没有传"), None),
            ("application_accept", True, _just(), None),
            ("application_withdraw", False, _REASON, None),
            ("answer_issue", True, _just(reason="换"), None),
            ("review_open", True, _just(), None),
            ("judge_add", True, _just(), None),
            ("review_close", True, _just(), None),
            ("decision_make", True, _just(verdict="reject", reasons="early", feedback="早"), _to("approver")),
            ("decision_print", False, _just(), None),
            ("decision_signed", True, _just(), None),
            ("decision_confirm", False, _just(), None),
            ("notice_end", False, _REASON, None),
            ("letter_print", False, _just(), None),
            ("agreement_sign", True, _just(), None),
        )
    },
    **{
        f"console:admissions:{name}": Door("review_seat", _to("staff"), _to("staff"), get=get, post=post)
        for name, get, post in (
            ("seat_view", True, _just(technology="90")),
            ("seat_recuse", False, _REASON),
            ("sheet_print", False, _just()),
            ("sheet_signed", True, _just()),
        )
    },
    **{
        f"workspace:{name}": Door("application", _to("tenant"), _to("tenant"), get=get, post=post)
        for name, get, post in (
            ("application_view", True, None),
            ("application_continue", False, _just()),
            ("application_withdraw", False, _REASON),
        )
    },
    # tenancies: the outpost's; of the home side those of reported projects
    **{
        f"console:tenancies:{name}": Door(part, sees, does, get=get, post=post, more=more)
        for name, part, sees, does, get, post, more in (
            ("tenancy_view", "tenancy", FOSTERED, FOSTERED, True, None, {}),
            ("unit_change", "tenancy", FOSTERED, _to("staff"), True, _just(on="2026-11-23"), {}),
            ("tenancy_extend", "tenancy", FOSTERED, _to("staff"), True, _just(), {}),
            ("terms_set", "tenancy", FOSTERED, _to("reviewer"), True, _just(), {}),
            ("charge_add", "tenancy", FOSTERED, _to("reviewer"), True, _just(), {}),
            ("receipt_add", "tenancy", FOSTERED, _to("reviewer"), True, _just(), {"entry": "charge"}),
            ("charge_void", "tenancy", FOSTERED, _to("reviewer"), False, _REASON, {"entry": "charge"}),
            ("receipt_void", "tenancy", FOSTERED, _to("reviewer"), False, _REASON, {"entry": "receipt"}),
            ("exit_ask", "service_tenancy", _to("staff"), _to("staff"), True, _just(), {}),
            ("exit_tick", "tenancy", FOSTERED, _to("staff"), True, _just(keys="已交"), {"entry": "leaving"}),
            ("exit_decide", "tenancy", FOSTERED, _to("approver"), True, _just(), {"entry": "leaving"}),
            ("exit_withdraw", "tenancy", FOSTERED, _to("staff"), False, _REASON, {"entry": "leaving"}),
            ("person_add", "research_post", POSTS, _to("staff"), True, _just(), {}),
            ("person_end", "research_post", POSTS, _to("staff"), True, _just(), {"entry": "seconded"}),
            ("person_show", "research_post", POSTS, _to("staff"), False, _just(), {"entry": "seconded"}),
            ("topic_add", "research_post", POSTS, _to("staff"), True, _just(), {}),
            ("topic_close", "research_post", POSTS, _to("staff"), True, _just(), {"entry": "study"}),
        )
    },
    **{
        f"console:incubation:{name}": Door(part, sees, does, get=get, post=post, more=more)
        for name, part, sees, does, get, post, more in (
            ("milestone_add", "tenancy", FOSTERED, _to("staff"), True, _just(), {}),
            ("request_add", "tenancy", FOSTERED, _to("staff"), True, _just(), {}),
            ("visit_add", "tenancy", FOSTERED, _to("staff"), True, _just(), {}),
            ("outcome_add", "tenancy", FOSTERED, _to("staff"), True, _just(), {}),
            ("milestone_view", "step", FOSTERED, FOSTERED, True, None, {}),
            ("milestone_show", "step", FOSTERED, _to("staff"), True, _just(), {}),
            ("milestone_move", "step", FOSTERED, _to("staff"), True, _just(), {}),
            ("milestone_drop", "step", FOSTERED, _to("staff"), False, _REASON, {}),
            ("milestone_decide", "step", FOSTERED, _to("reviewer"), False, _just(), {"item": "step_proof"}),
            ("report_view", "period_report", FOSTERED, FOSTERED, True, None, {}),
            ("report_answer", "period_report", FOSTERED, _to("staff"), True, _just(insured_staff="8"), {}),
            ("report_decide", "period_report", FOSTERED, _to("staff"), False, _REASON, {}),
            ("request_view", "asked_service", _to("staff"), _to("staff"), True, None, {}),
            ("request_take", "asked_service", _to("staff"), _to("staff"), True, _just(), {}),
            ("request_end", "asked_service", _to("staff"), _to("staff"), True, _just(), {}),
            ("request_withdraw", "asked_service", _to("staff"), _to("staff"), False, _just(), {}),
            ("mentor_view", "mentor", _to("staff"), _to("staff"), True, None, {}),
            ("mentor_end", "mentor", _to("staff"), _to("staff"), False, _REASON, {}),
            ("hours_open", "mentor", _to("staff"), _to("staff"), True, _just(), {}),
            ("hour_take", "free_hour", _to("staff"), _to("staff"), True, _just(), {}),
            ("hour_back", "taken_hour", _to("staff"), _to("staff"), False, _just(), {}),
            ("hour_hold", "taken_hour", _to("staff"), _to("staff"), True, _just(held="yes"), {}),
            ("outcome_view", "result", FOSTERED, FOSTERED, True, None, {}),
            ("outcome_show", "result", FOSTERED, _to("staff"), True, _just(), {}),
            ("outcome_void", "result", FOSTERED, _to("staff"), False, _REASON, {}),
            ("outcome_decide", "result", FOSTERED, _to("reviewer"), False, _just(), {"item": "result_proof"}),
            ("lab_view", "lab", _to("staff"), _to("staff"), True, None, {}),
            ("lab_edit", "lab", _to("staff"), _to("staff"), True, _just(), {}),
            ("lab_void", "lab", _to("staff"), _to("staff"), False, _REASON, {}),
            ("lab_use_add", "tenancy", FOSTERED, _to("staff"), True, _just(), {}),
            ("lab_use_view", "lab_use", _to("staff"), _to("staff"), True, None, {}),
            ("lab_use_answer", "lab_use", _to("staff"), _to("staff"), True, _just(), {}),
            ("lab_use_sample", "lab_use", _to("staff"), _to("staff"), True, _just(), {}),
            ("lab_use_result", "lab_use", _to("staff"), _to("staff"), True, _just(), {}),
            ("lab_use_settle", "lab_use", _to("staff"), _to("staff"), True, _just(), {}),
            ("lab_use_withdraw", "lab_use", _to("staff"), _to("staff"), False, _just(), {}),
            ("year_void", "snapshot", _to("staff"), _to("staff"), False, _REASON, {}),
        )
    },
    # rooms: who holds them is the outpost's to know; the rooms themselves its home's too
    **{
        f"console:rooms:{name}": Door(part, sees, does, get=get, post=post)
        for name, part, sees, does, get, post in (
            ("booking_view", "room_booking", _to("staff"), _to("staff"), True, None),
            ("booking_move", "room_booking", _to("staff"), _to("staff"), True, _just()),
            ("booking_change", "room_booking", _to("staff"), _to("staff"), True, _just()),
            ("booking_cancel", "room_booking", _to("staff"), _to("staff"), False, _REASON),
            ("booking_restore", "room_booking", _to("staff"), _to("staff"), False, _just()),
            ("booking_decide", "room_booking", _to("staff"), _to("reviewer"), False, _REASON),
            ("booking_attend", "room_booking", _to("staff"), _to("staff"), False, _just()),
            ("booking_leave", "room_booking", _to("staff"), _to("staff"), True, _just()),
            ("booking_calendar", "room_booking", _to("staff"), _to("staff"), True, None),
            ("series_view", "room_series", _to("staff"), _to("staff"), True, None),
            ("series_cancel", "room_series", _to("staff"), _to("staff"), False, _REASON),
            ("blocking_view", "room_blocking", _to("staff"), _to("staff"), True, None),
            ("blocking_lift", "room_blocking", _to("staff"), _to("reviewer"), False, _REASON),
            ("waiting_withdraw", "room_waiting", _to("staff"), _to("staff"), False, _just()),
            ("visitor_pass", "room_visitor", _to("staff"), _to("staff"), False, _just()),
            ("visitor_void", "room_visitor", _to("staff"), _to("staff"), False, _REASON),
            ("visitor_show", "room_visitor", _to("staff"), _to("staff"), False, _REASON),
            ("feed_revoke", "room_feed", _to("reviewer"), _to("reviewer"), False, _just()),
            ("unit_view", "room_unit", _to("staff", "lease_reader"), _to("staff", "lease_reader"), True, None),
            ("unit_edit", "room_unit", _to("staff", "lease_reader"), _to("reviewer"), True, _just()),
            ("unit_void", "room_unit", _to("staff", "lease_reader"), _to("reviewer"), False, _REASON),
            ("door_print", "room_unit", _to("staff", "lease_reader"), _to("reviewer"), False, _just()),
        )
    },
    **{
        f"workspace:{name}": Door(part, _to("booker"), _to("booker"), get=get, post=post)
        for name, part, get, post in (
            ("room_cancel", "room_booking", False, _REASON),
            ("room_calendar", "room_booking", True, None),
            ("room_move", "room_booking", True, _just()),
            ("room_attend", "room_booking", False, _just()),
            ("room_visitors", "room_booking", True, _just()),
            ("room_unwait", "room_waiting", False, _just()),
        )
    },
    # whose visitor it is announced it; a room's link is not one's own
    "workspace:room_visitor_void": Door(
        "room_booking", _to(), _to(), get=False, post=_REASON, more={"entry": "room_visitor"}
    ),
    "workspace:room_feed_close": Door("room_feed", _to(), _to(), get=False, post=_just()),
    # a tenant's own tenancy, and nobody else's
    **{
        f"workspace:{name}": Door(
            "tenancy", _to("tenant"), _to("tenant" if post is None else "booker"), get=get, post=post, more=more
        )
        for name, get, post, more in (
            ("tenancy_view", True, None, {}),
            ("tenancy_leave", True, _just(), {}),
            ("report_answer", True, _just(insured_staff="8"), {"report": "period_report"}),
            ("report_repeat", False, _just(), {"report": "period_report"}),
            ("service_ask", True, _just(), {}),
            ("service_score", True, _just(score="4"), {"entry": "asked_service"}),
            ("service_withdraw", False, _just(), {"entry": "asked_service"}),
            ("milestone_prove", True, _just(), {"entry": "step"}),
            ("lab_list", True, None, {}),
            ("lab_ask", True, _just(), {"entry": "lab"}),
            ("lab_withdraw", False, _just(), {"entry": "lab_use"}),
            ("hour_list", True, None, {}),
            ("hour_book", True, _just(), {"entry": "free_hour"}),
            ("hour_back", False, _just(), {"entry": "taken_hour"}),
            ("outcome_note", True, _just(), {}),
            ("outcome_prove", True, _just(), {"entry": "result"}),
        )
    },
    # the firm of a row finds what was sent to it
    **{
        f"workspace:{name}": Door("introduction", _to("tenant"), _to("tenant"), get=get, post=post)
        for name, get, post in (
            ("introduction_view", True, None),
            ("introduction_agree", False, _just()),
            ("introduction_end", False, _REASON),
        )
    },
    **{
        f"workspace:{name}": Door("candidate_list", _to("tenant"), _to("tenant"), get=get, post=post, more=more)
        for name, get, post, more in (
            ("candidates_view", True, None, {}),
            ("candidates_open", False, _just(), {}),
            ("candidate_answer", False, _just(verdict="later"), {"position": "1"}),
        )
    },
    "workspace:landing_open": Door("project", _to("tenant"), _to("tenant"), get=False, post=_just()),
    "workspace:evidence_add": Door("project", _to("tenant"), _to("tenant"), post=_paper, more={"kind": "licence"}),
    "workspace:evidence_withdraw": Door(
        "project", _to("tenant"), _to(), get=False, post=_REASON, more={"item": "item"}
    ),
}

_ALL_STAFF = frozenset(role for side in STAFF.values() for role in side)
_IMPORTERS = frozenset(role for side in STAFF.values() for role, held in side.items() if "importer" in held)
_LEADS = frozenset(role for side in STAFF.values() for role, held in side.items() if "approver" in held)
#: Who may propose content of a place, or decide it.
_DRAFTERS = _LEADS | {"bureau", "rival_bureau", "admin"}
_EVERYBODY = frozenset(ROLES)
_OFFICE_AND_HOME = _ALL_STAFF | {"bureau", "auditor", "verifier", "rival_bureau"}
_FIRMS = frozenset({"tenant", "ally", "firm_admin", *TENANTS.values()})
#: Firms that may book and report; an applicant may not yet.
BOOKERS = _FIRMS - {"other_tenant"}
#: Pages without a row: to whom they open. What they show is the business of the test of leaks.
PAGES: dict[str, frozenset[str]] = {
    "console:home": _EVERYBODY - _FIRMS - {"talent"},
    "console:pipeline:project_list": _EVERYBODY - _FIRMS,
    "console:pipeline:project_export": _ALL_STAFF,
    "console:pipeline:filter_list": _OFFICE_AND_HOME,
    "console:pipeline:column_choose": _OFFICE_AND_HOME,
    "console:pipeline:project_assign": _ALL_STAFF,
    "console:pipeline:plaque_mark": _ALL_STAFF,
    "console:targets:chain_list": _ALL_STAFF,
    "console:todos:todo_export": _ALL_STAFF | {"bureau", "verifier", "rival_bureau"},
    "console:todos:todo_list": _ALL_STAFF | {"bureau", "verifier", "rival_bureau"},
    "console:todos:todo_new": _ALL_STAFF,
    "console:pipeline:project_new": _ALL_STAFF,
    "console:pipeline:impression_list": _ALL_STAFF,
    "console:pipeline:project_paste": _ALL_STAFF,
    "console:first_reports:report_list": _ALL_STAFF | {"bureau", "auditor", "verifier", "rival_bureau"},
    "console:first_reports:report_export": _ALL_STAFF,
    "console:first_reports:ledger_confirm": _ALL_STAFF,
    "console:first_reports:dispute_list": _ALL_STAFF | {"bureau", "rival_bureau"},
    "console:instructions:instruction_list": _OFFICE_AND_HOME,
    "console:instructions:instruction_export": _OFFICE_AND_HOME,
    "console:instructions:instruction_new": _ALL_STAFF | {"bureau", "rival_bureau"},
    "console:meetings:meeting_list": _OFFICE_AND_HOME,
    "console:meetings:meeting_export": _OFFICE_AND_HOME,
    "console:meetings:meeting_new": _ALL_STAFF,
    "console:meetings:week_view": _ALL_STAFF,
    "console:coordinations:coordination_list": _ALL_STAFF,
    "console:coordinations:coordination_export": _ALL_STAFF,
    "console:coordinations:coordination_new": _ALL_STAFF,
    "console:counter:counter_view": _ALL_STAFF,
    "console:counter:visit_list": _ALL_STAFF,
    "console:counter:visit_export": _ALL_STAFF,
    "console:trips:trip_list": _ALL_STAFF,
    "console:trips:trip_export": _ALL_STAFF,
    "console:trips:trip_new": _ALL_STAFF,
    "console:ceremonies:ceremony_list": _OFFICE_AND_HOME,
    "console:ceremonies:ceremony_export": _OFFICE_AND_HOME,
    "console:ceremonies:ceremony_new": _ALL_STAFF,
    "console:plans:plan_list": _OFFICE_AND_HOME,
    "console:plans:plan_new": _ALL_STAFF,
    "console:handovers:handover_list": _ALL_STAFF,
    "console:handovers:handover_new": _LEADS,
    "console:pipeline:project_duplicates": _EVERYBODY,
    "console:pipeline:landing_queue": frozenset({"verifier"}),
    "console:promises:commitment_list": _OFFICE_AND_HOME,
    "console:promises:commitment_export": _ALL_STAFF,
    "console:promises:benefit_list": _OFFICE_AND_HOME,
    "console:promises:benefit_export": _ALL_STAFF,
    "console:promises:clause_list": _OFFICE_AND_HOME,
    "console:promises:clause_export": _ALL_STAFF,
    "console:matchmaking:day_list": _ALL_STAFF,
    "console:matchmaking:day_export": _ALL_STAFF,
    "console:matchmaking:day_new": _ALL_STAFF,
    "console:events:activity_list": _ALL_STAFF | {"bureau", "auditor", "rival_bureau"},
    "console:events:activity_export": _ALL_STAFF | {"bureau", "auditor", "rival_bureau"},
    "console:events:activity_new": _ALL_STAFF,
    **dict.fromkeys(
        ("console:roadshows:show_list", "console:roadshows:show_export"),
        _ALL_STAFF | {"bureau", "auditor", "rival_bureau"},
    ),
    "console:roadshows:show_new": _ALL_STAFF,
    "workspace:judging:desk_list": frozenset(),
    "workspace:judging:interest_say": frozenset(),
    "workspace:judging:letter_list": _FIRMS,
    **{f"console:showcase:{name}": _ALL_STAFF | {"bureau", "auditor", "rival_bureau"} for name in BOTH},
    **{f"console:{name}": _ALL_STAFF for name in STAFF_PAGES},
    **{f"workspace:showcase:{name}": BOOKERS for name in OWNER_PAGES},
    "console:playbooks:playbook_list": _ALL_STAFF | {"bureau", "auditor", "rival_bureau"},
    "console:playbooks:run_list": _ALL_STAFF | {"bureau", "auditor", "rival_bureau"},
    "console:playbooks:run_export": _ALL_STAFF | {"bureau", "auditor", "rival_bureau"},
    "console:playbooks:home_owed_list": _ALL_STAFF | {"bureau", "auditor", "rival_bureau"},
    "console:playbooks:host_owed_list": _ALL_STAFF,
    "workspace:run_list": _FIRMS,
    **dict.fromkeys(
        (
            "console:talents:talent_list",
            "console:talents:talent_export",
            "console:talents:talent_new",
            "console:talents:retention_list",
            "console:talents:figure_rows",
            "console:talents:agreement_new",
            "console:talents:position_list",
            "console:talents:position_export",
            "console:talents:position_new",
            "console:talents:case_list",
            "console:talents:case_export",
        ),
        _ALL_STAFF,
    ),
    **dict.fromkeys(
        (
            *("console:flows:flow_overview", "console:flows:entry_list", "console:flows:entry_export"),
            *("console:flows:chain_view", "console:flows:gathering_view"),
        ),
        _OFFICE_AND_HOME,
    ),
    "console:flows:waiting_list": _LEADS,
    "wall:wall_view": _ALL_STAFF | {"bureau", "rival_bureau"},
    "console:feedback:feedback_view": _ALL_STAFF | {"bureau", "rival_bureau"},
    **dict.fromkeys(
        (
            *("console:feedback:answer_list", "console:feedback:answer_export", "console:feedback:ask_list"),
            *("console:feedback:follow_up_list", "console:feedback:complaint_list"),
            *("console:feedback:complaint_export", "console:feedback:complaint_new"),
        ),
        _ALL_STAFF,
    ),
    "console:talents:home_view": frozenset({"bureau", "rival_bureau"}),
    "console:talents:figure_view": _ALL_STAFF | {"bureau", "rival_bureau"},
    "console:talents:agreement_list": _ALL_STAFF | {"bureau", "rival_bureau"},
    "console:talents:ruling_list": _ALL_STAFF | {"bureau", "rival_bureau"},
    "workspace:talent_home": frozenset({"talent"}),
    "workspace:own_positions": frozenset({"firm_admin"}),
    "workspace:colleague_list": frozenset({"firm_admin"}),
    "workspace:colleague_invite": frozenset({"firm_admin"}),
    "console:introductions:contract_export": _ALL_STAFF,
    "console:introductions:contract_list": _ALL_STAFF,
    "console:introductions:days_export": _ALL_STAFF,
    "console:introductions:days_list": _ALL_STAFF,
    "console:introductions:introduction_figures": _ALL_STAFF,
    "console:introductions:introduction_list": _ALL_STAFF,
    "console:introductions:introduction_export": _ALL_STAFF,
    "console:introductions:introduction_new": _ALL_STAFF,
    "console:profiles:profile_list": _ALL_STAFF,
    "console:profiles:profile_export": _ALL_STAFF,
    "console:profiles:profile_new": _ALL_STAFF,
    "console:profiles:drafts_publish": _ALL_STAFF,
    "console:profiles:drafts_unpublish": _ALL_STAFF,
    "console:profiles:profile_known": _ALL_STAFF,
    "console:profiles:import_upload": _ALL_STAFF,
    "console:profiles:import_template": _ALL_STAFF,
    "console:candidates:list_list": _ALL_STAFF,
    "console:candidates:list_export": _ALL_STAFF,
    "console:candidates:weights_edit": _ALL_STAFF,
    "console:candidates:precision_view": _ALL_STAFF,
    "console:candidates:answer_list": _ALL_STAFF,
    "console:candidates:answer_export": _ALL_STAFF,
    "console:candidates:decided_list": _ALL_STAFF,
    "console:targets:target_list": _ALL_STAFF,
    "console:targets:target_export": _ALL_STAFF,
    "console:targets:target_new": _ALL_STAFF,
    "console:targets:target_paste": _ALL_STAFF,
    "console:targets:target_import": _ALL_STAFF,
    "console:targets:target_assign": _ALL_STAFF,
    "console:regions:table_list": _ALL_STAFF | {"bureau", "rival_bureau"},
    "console:regions:table_export": _ALL_STAFF | {"bureau", "rival_bureau"},
    "console:regions:table_new": _ALL_STAFF,
    "console:regions:flow_list": _ALL_STAFF | {"bureau", "rival_bureau"},
    "console:regions:flow_new": _ALL_STAFF,
    "console:resonance:pair_list": _ALL_STAFF,
    "console:resonance:pair_export": _ALL_STAFF,
    "console:choosing:choice_view": _ALL_STAFF,
    "console:choosing:choice_export": _ALL_STAFF,
    "console:policies:checkup_list": _ALL_STAFF,
    "console:policies:evaluate_start": _ALL_STAFF,
    "console:policies:person_list": _ALL_STAFF,
    "console:policies:referral_list": _ALL_STAFF,
    **dict.fromkeys(
        (
            "console:costs:cost_compare",
            "console:costs:cost_print",
            "console:costs:cost_export",
            "console:costs:figure_list",
        ),
        _ALL_STAFF | {"bureau", "rival_bureau"},
    ),
    "console:policy_library:clause_list": _OFFICE_AND_HOME | {"admin"},
    "console:policy_library:clause_export": _OFFICE_AND_HOME | {"admin"},
    "console:policy_library:change_list": _ALL_STAFF,
    "console:policy_library:change_export": _ALL_STAFF,
    "console:policy_claims:claim_list": _ALL_STAFF,
    "console:policy_claims:payout_list": frozenset({"bureau", "auditor", "rival_bureau"}),
    "console:policy_claims:claim_export": _ALL_STAFF,
    "console:policy_claims:claim_new": _ALL_STAFF,
    **dict.fromkeys(
        (
            *("console:tenancies:tenancy_list", "console:tenancies:tenancy_export"),
            *("console:tenancies:forgone_list", "console:tenancies:forgone_export"),
            *("console:incubation:milestone_list", "console:incubation:report_list"),
            *("console:incubation:milestone_export", "console:incubation:report_export"),
            *("console:incubation:outcome_list", "console:incubation:outcome_export"),
            *("console:incubation:statistics_view", "console:incubation:statistics_export"),
        ),
        _ALL_STAFF | {"bureau", "auditor", "rival_bureau"},
    ),
    **dict.fromkeys(
        (
            *("console:tenancies:tenancy_new", "console:tenancies:charge_list", "console:tenancies:charge_export"),
            *("console:incubation:request_list", "console:incubation:mentor_list", "console:incubation:mentor_new"),
            *("console:incubation:warning_list", "console:incubation:year_freeze"),
            *("console:incubation:request_export", "console:incubation:warning_export"),
            *("console:incubation:lab_list", "console:incubation:lab_export", "console:incubation:lab_new"),
            *("console:incubation:lab_use_list", "console:incubation:lab_use_export"),
        ),
        _ALL_STAFF,
    ),
    **dict.fromkeys(
        (
            *("console:rooms:grid_view", "console:rooms:plan_view", "console:rooms:free_find"),
            *("console:rooms:unit_list", "console:rooms:usage_view", "console:rooms:usage_export"),
            *("console:rooms:unit_export", "console:rooms:usage_rows"),
            *("console:rooms:ledger_list", "console:rooms:ledger_export"),
        ),
        _ALL_STAFF | {"bureau", "auditor", "rival_bureau"},
    ),
    **dict.fromkeys(
        (
            *("console:rooms:booking_list", "console:rooms:booking_export", "console:rooms:booking_new"),
            *("console:rooms:series_new", "console:rooms:blocking_list", "console:rooms:waiting_list"),
            *("console:rooms:visitor_list", "console:rooms:visitor_new", "console:rooms:feed_list"),
        ),
        _ALL_STAFF,
    ),
    "console:rooms:blocking_new": frozenset({"manager", "lead", "sister_lead", "rival_lead"}),
    **dict.fromkeys(
        ("workspace:room_day", "workspace:room_list", "workspace:room_book", "workspace:room_feeds"), BOOKERS
    ),
    "workspace:tenancy_list": _FIRMS,
    "workspace:candidates_list": _FIRMS,
    "workspace:introduction_list": _FIRMS,
    "workspace:profile_list": _FIRMS,
    "console:admissions:application_list": _ALL_STAFF | {"bureau", "auditor", "rival_bureau"},
    "console:admissions:application_export": _ALL_STAFF | {"bureau", "auditor", "rival_bureau"},
    "console:admissions:seat_list": frozenset(),
    "workspace:application_list": _FIRMS,
    "workspace:claim_list": _FIRMS,
    "console:drafts:draft_list": _DRAFTERS,
    "console:drafts:draft_start": _DRAFTERS,
    "console:drafts:draft_edit": _DRAFTERS,
    "console:drafts:band_paste": _DRAFTERS,
    "console:leases:lease_list": _OFFICE_AND_HOME - {"verifier"},
    "console:leases:lease_export": _OFFICE_AND_HOME - {"verifier"},
    "console:leases:lease_new": _LEADS,
    "console:rechecks:recheck_list": _OFFICE_AND_HOME,
    "console:rechecks:recheck_export": _OFFICE_AND_HOME,
    "console:rechecks:retention_view": _OFFICE_AND_HOME,
    "console:rechecks:round_list": _OFFICE_AND_HOME,
    "console:rechecks:round_new": _LEADS | {"bureau", "verifier", "rival_bureau"},
    "console:parties:organization_list": _EVERYBODY,
    "console:parties:organization_lookup": _ALL_STAFF,
    "console:who:pair_list": _ALL_STAFF,
    "console:who:title_list": _ALL_STAFF,
    "console:parties:organization_export": _ALL_STAFF,
    "console:who:title_export": _ALL_STAFF,
    "console:who:title_new": _ALL_STAFF,
    "console:who:title_paste": _ALL_STAFF,
    "console:who:stand_in_list": _ALL_STAFF,
    "console:who:stand_in_add": _ALL_STAFF,
    "console:search:search_view": _EVERYBODY,
    "console:submissions:submission_list": _EVERYBODY,
    "console:search:search_suggest": _EVERYBODY,
    "console:board:board_view": _EVERYBODY - _FIRMS,
    "console:board:board_column": _EVERYBODY,
    "console:figures:definition_list": _OFFICE_AND_HOME,
    "console:indicators:closing_list": _OFFICE_AND_HOME,
    "console:indicators:indicator_export": _OFFICE_AND_HOME,
    "console:indicators:indicator_list": _OFFICE_AND_HOME,
    "console:indicators:indicator_overview": _OFFICE_AND_HOME,
    "console:figures:card_view": _OFFICE_AND_HOME,
    "console:figures:card_image": _OFFICE_AND_HOME,
    "console:figures:figure_overview": _OFFICE_AND_HOME,
    "console:figures:figure_list": _OFFICE_AND_HOME,
    "console:figures:figure_plaques": _OFFICE_AND_HOME,
    "console:figures:figure_rows": _OFFICE_AND_HOME,
    "console:figures:figure_export": _OFFICE_AND_HOME,
    "console:contracts:contract_list": _LEADS | {"bureau", "auditor", "rival_bureau"},
    "console:contracts:contract_export": _LEADS | {"bureau", "auditor", "rival_bureau"},
    "console:contracts:contract_new": _LEADS,
    "console:data_handovers:package_list": _LEADS | {"bureau", "auditor", "rival_bureau"},
    "console:reports:received_list": _OFFICE_AND_HOME,
    "console:reports:received_export": _OFFICE_AND_HOME,
    **{
        f"console:reports:{name}": _ALL_STAFF
        for name in (
            *("report_list", "report_export", "report_new", "plan_list", "plan_new", "robot_list", "robot_new"),
            *("visit_view", "visit_outline", "visit_card", "visit_sign_in"),
        )
    },
    "console:papers:form_list": _ALL_STAFF,
    "console:papers:form_new": _ALL_STAFF,
    "console:papers:friday_view": _ALL_STAFF,
    "console:papers:paper_list": _ALL_STAFF,
    "console:papers:paper_new": _ALL_STAFF,
    "console:jobs:job_list": _EVERYBODY,
    "console:imports:import_list": _EVERYBODY,
    "console:imports:import_new": _IMPORTERS,
    "workspace:home": _EVERYBODY,
    "console:holidays:notice_add": frozenset({"admin"}),
    "console:holidays:notice_list": _EVERYBODY,
    "console:accounts:user_list": frozenset({"admin"}),
    "console:accounts:user_invite": frozenset({"admin"}),
}
#: The frame and one's own account: no rows of anybody.
PLAIN = frozenset(
    {
        # published content by place and code, with what one's own outpost reckoned: told by their own tests
        *(
            f"console:policy_library:{name}"
            for name in (*("document_view", "version_view", "clause_view", "standing_export", "clause_stamp"),)
        ),
        # published playbooks by place and code; a run begins from the row that the question names: told by their own tests
        *(f"console:playbooks:{name}" for name in ("playbook_view", "playbook_word", "playbook_copy", "run_start")),
        # a pair is named by the question, not by the address: told by its own test
        "console:resonance:pair_view",
        # a figure is named by its code and told of whatever outposts one may count: told by their own tests
        "console:indicators:indicator_view",
        "console:indicators:indicator_rows",
        "console:indicators:sheet_view",
        "console:indicators:sheet_export",
        "console:indicators:rows_export",
        # a link's own page: told by its own test
        "public:delivery:case_confirm",
        "public:feedback:answer_give",
        "public:recheck:round_answer",
        *("wall:screen_view", "wall:screen_scene", "wall:screen_map"),
        # begun by a button: told by their own tests
        "console:admissions:application_new",
        # goes over every proven source: told by its own test
        "console:flows:flow_rebuild",
        # charges every month that has begun: told by its own test
        "console:tenancies:month_charge",
        # a link is made by a button and shown once; what it opens, and a door's code: told by their own tests
        "console:rooms:feed_open",
        "public:calendar:feed_read",
        "public:door:door_view",
        "workspace:application_new",
        # read by everybody, or opened by a ticket's link alone: told by their own tests
        *(
            f"public:events:{name}"
            for name in (
                *("activity_list", "activity_view", "registration_new", "ticket_view"),
                *("ticket_cancel", "ticket_calendar", "meeting_note"),
            )
        ),
        # opened by a judge's link or the code on stage alone: told by their own tests
        *(f"public:judging:{name}" for name in ("judge_desk", "judge_sheet", "interest_show")),
        # the public site is for everybody: told by its own tests
        *(f"public:showcase:{name}" for name in PUBLIC_PAGES),
        # opened by the applicant's code alone: told by their own tests
        *(
            f"public:apply:{name}"
            for name in (
                *("application_start", "application_track", "application_view", "section_answer"),
                *("application_send", "application_withdraw", "answer_view", "file_remove"),
            )
        ),
        # a package of data is a home's, not an outpost's: told by its own test
        "console:data_handovers:package_view",
        # what the State Council published, for everybody
        "console:holidays:notice_view",
        "console:data_handovers:receipt_record",
        "console:data_handovers:receipt_signed",
        "account:login",
        "account:logout",
        "account:language",
        "account:password_change",
        "account:invitation_accept",
        "account:mail",
        "account:mail_stop",
        "account:oidc_bind",
        "account:oidc_callback",
        "account:oidc_start",
        "account:oidc_unbind",
        "account:phone_confirm",
        "account:phone_remove",
        "account:phone_set",
        "account:recovery_renew",
        "account:second_factor",
        "account:security",
        "account:sms_enter",
        "account:sms_request",
        "account:totp_enrol",
        "account:totp_remove",
        "ui:gallery",
        "ui:menu",
        "ui:watermark",
    }
)

#: What of a row each standing may read on pages. Phone numbers in clear are on no page at all.
READS: Mapping[str, frozenset[str]] = {
    "staff": frozenset(
        {
            "name",
            "paper",
            "remark",
            "note",
            "parties",
            "alias",
            "shared",
            "daily",
            "promise",
            "target",
            "claim",
            "checkup",
            "figures",
            "asked",
            "guarded",
            "listed",
            "applied",
            "caller",
            "served",
            "talented",
            "drafted",
            "shown",
            "heard",
            "flowing",
            "activity",
            "guests",
            "staged",
            "show",
            "letter",
            "sent",
            "processed",
            "housed",
            "tended",
            "roomed",
            "introduced",
        }
    ),
    "approver": frozenset({"aside"}),
    "fosterer": frozenset({"applied", "served", "housed", "flowing"}),
    "home": frozenset({"name", "paper", "remark", "promise", "claim"}),
    "tenant": frozenset({"name", "paper", "alias", "asked", "applied", "caller", "show", "letter", "claim", "tended"}),
    # the home side reads instructions and meetings; of what is not reported, nothing in them
    "partner": frozenset({"shared"}),
    "lease_reader": frozenset({"activity", "shown", "show"}),
    "instructor": frozenset({"figures", "sent", "processed"}),
}


def readable(role: str, key: str) -> frozenset[str]:
    """Return the layers of a row that ``role`` may read."""
    held = standing(role, key) | partnership(role, key)
    return frozenset(layer for each in held for layer in READS.get(each, ()))
