"""What the services wrote is what the audit trail recorded, and of many reviewers at once one decides."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connections

from feidi.engines.findings import RefusedError
from feidi.engines.money import Money
from feidi.kernel.audit.models import AuditEntry
from feidi.kernel.audit.verify import verify
from feidi.kernel.deadlines.clock import ClockSpec
from feidi.kernel.deadlines.models import Deadline
from feidi.kernel.deadlines.services import start_clock, stop_clocks
from feidi.kernel.documents.models import PrintedForm, SignedCopy
from feidi.kernel.documents.services import attach_signed_copy, print_form, void_signed_copy
from feidi.kernel.evidence.models import EvidenceItem, EvidenceRequirement
from feidi.kernel.evidence.services import RequirementSpec, accept_item, require, return_item, submit_item
from feidi.kernel.files.models import StoredFile
from feidi.kernel.files.services import open_file, store_upload, void_file
from feidi.kernel.todos.services import add_todo, finish_todo
from tests.kernel.documents import papers
from tests.kernel.files import builders, hosts
from tests.kernel.files.hosts import NOW

LICENCE = RequirementSpec("licence", "营业执照", "Business licence")
CLOCK = ClockSpec("progress", "跟进", "Follow-up", 14, "calendar", "interaction")
THREADS = 8


@pytest.mark.django_db
def test_rows_are_as_the_trail_says_and_an_altered_one_is_named():
    host = hosts.make_user()
    subject = hosts.subject_of(host)
    actor, reviewer = hosts.make_actor(host), hosts.make_actor(host)
    who = {"actor": actor, "now": NOW}
    (need,) = require(**who, subject=subject, purpose="landing", kinds=[LICENCE])
    file = store_upload(**who, subject=subject, name="照片.png", chunks=[builders.picture()])
    details = {"bank": "某行", "pages": 2, "nested": [1, {"ok": True}]}
    item = submit_item(
        **who, requirement=need, file=file, details=details, occurred_on=date(2026, 1, 2), amount=Money(1_23)
    )
    return_item(actor=reviewer, now=NOW, item=item, reason="不清楚")
    accept_item(actor=reviewer, now=NOW, item=submit_item(**who, requirement=need, record="登记号", replaces=item))
    form, _pdf = print_form(**who, subject=subject, form="landing_check", title="落地核验表", data=papers.DATA)
    copy = attach_signed_copy(
        **who, form=form, file=file, signers=[{"name": "李某", "role": "核查"}], signed_on=NOW.date(), sealed=False,
        recognised_note="二维码缺失，核对编号一致",
    )  # fmt: skip
    void_signed_copy(**who, copy=copy, reason="重签")
    start_clock(**who, subject=subject, clock=CLOCK, on=NOW.date())
    stop_clocks(**who, subject=subject, event="interaction", on=NOW.date())
    finish_todo(**who, todo=add_todo(**who, subject=subject, what="补材料", due_on=NOW.date()))
    open_file(**who, file=file).stream.close()
    void_file(**who, file=file, reason="换新")

    verdict = verify()
    assert (verdict.faults, verdict.rows) == ((), 8)  # requirement, file, two items, form, copy, clock, to-do

    EvidenceItem.objects.filter(pk=item.pk).update(amount_fen=9_99)
    SignedCopy.objects.filter(pk=copy.pk).update(signers=[{"name": "别人", "role": "核查"}])
    PrintedForm.objects.filter(pk=form.pk).update(data={})
    assert {(fault.where, fault.detail) for fault in verify().faults} == {
        (f"evidence.item {item.uid}", "amount_fen"),
        (f"documents.signed_copy {copy.uid}", "signers"),
        (f"documents.form {form.uid}", "data"),
    }


def _at_once(work):
    """Run ``work(number)`` in threads with connections of their own; return results and refusals' codes."""

    def run(number):
        try:
            return work(number)
        except RefusedError as refused:
            return refused.refusal.code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(run, range(THREADS)))


@pytest.mark.django_db(transaction=True)
def test_of_many_reviewers_one_decides():
    host = hosts.make_user()
    actor = hosts.make_actor(host)
    (need,) = require(actor=actor, now=NOW, subject=hosts.subject_of(host), purpose="landing", kinds=[LICENCE])
    item = submit_item(actor=actor, now=NOW, requirement=need, record="x")
    reviewers = [hosts.make_actor(host) for _ in range(THREADS)]
    results = _at_once(lambda number: accept_item(actor=reviewers[number], now=NOW, item=item))
    assert results.count("evidence.already_accepted") == THREADS - 1
    assert AuditEntry.objects.filter(subject_uid=item.uid, action="accepted").count() == 1
    assert verify().faults == ()


@pytest.mark.django_db(transaction=True)
def test_requiring_and_starting_at_once_make_one_row():
    host = hosts.make_user()
    actor, subject = hosts.make_actor(host), hosts.subject_of(host)

    def work(_number):
        require(actor=actor, now=NOW, subject=subject, purpose="landing", kinds=[LICENCE])
        return start_clock(actor=actor, now=NOW, subject=subject, clock=CLOCK, on=NOW.date()).pk

    assert len(set(_at_once(work))) == 1
    assert (EvidenceRequirement.objects.count(), Deadline.objects.count()) == (1, 1)
    assert verify().faults == ()


@pytest.mark.django_db(transaction=True)
def test_the_same_bytes_at_once_are_kept_once(files_folder):
    host = hosts.make_user()
    actor, subject = hosts.make_actor(host), hosts.subject_of(host)
    data = b"x" * 100_000
    _at_once(lambda number: store_upload(actor=actor, now=NOW, subject=subject, name=f"{number}.txt", chunks=[data]).pk)
    assert StoredFile.objects.count() == THREADS
    assert len([each for each in files_folder.rglob("*") if each.is_file()]) == 1
