"""送达的报表: the bureau reads, takes and signs for what was approved and sent to it, and nothing else."""

from __future__ import annotations

import io

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from feidi.domain.parties.models import Outpost
from feidi.domain.reporting.models import Report, ReportDelivery, ReportReceipt
from feidi.domain.reporting.report_periods import term_of
from feidi.domain.reporting.selectors.report_content import report_content
from feidi.domain.reporting.services.report_building import order_of
from feidi.domain.reporting.services.report_delivery import sign_for_report
from feidi.domain.reporting.services.report_sending import Sending, send_report
from feidi.domain.reporting.services.reports import approve_report, draft_report, revise_report, void_report
from feidi.engines.findings import RefusedError
from feidi.kernel.audit.models import AuditEntry
from tests.support.queries import assert_same_queries
from tests.support.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_the_hour_of_the_world(monkeypatch: pytest.MonkeyPatch, world: World) -> None:
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: world.now)


def at(name: str, *args: str) -> str:
    return reverse(f"console:reports:{name}", args=args)


def approved(world: World, kind: str = "quarterly-home") -> Report:
    world.lead(f"项目{kind}", f"滨海{kind}有限公司")
    outpost = Outpost.objects.select_related("home", "host").get(pk=world.outpost.pk)
    content = report_content(outpost, world.now.date()).kind(kind)
    order = order_of(outpost, content, term_of(content.period, world.now.date()), world.now)
    row = Report.objects.get(pk=draft_report(actor=world.actor("officer"), now=world.now, order=order).pk)
    approve_report(actor=world.actor("lead"), now=world.now, report=row, version=row.version)
    return Report.objects.get(pk=row.pk)


def delivered(world: World, kind: str = "quarterly-home") -> ReportDelivery:
    row = approved(world, kind)
    send_report(actor=world.actor("officer"), now=world.now, report=row, sending=Sending(to_home=True))
    return ReportDelivery.objects.get(report=row)


def test_nothing_is_there_before_it_was_sent(world: World, client: Client) -> None:
    row = approved(world)
    client.force_login(world.users["bureau"])
    assert "还没有送达的报表" in client.get(at("received_list")).content.decode()
    assert client.get(at("report_view", row.uid)).status_code == 404
    send_report(actor=world.actor("officer"), now=world.now, report=row, sending=Sending(["a@b.example.cn"]))
    assert row.title not in client.get(at("received_list")).content.decode(), "by mail alone it is on no page"
    send_report(actor=world.actor("officer"), now=world.now, report=row, sending=Sending(to_home=True))
    html = client.get(at("received_list")).content.decode()
    assert row.title in html
    assert "待签收" in html
    assert client.get(at("report_view", row.uid)).status_code == 404, "the report itself stays inside"


def test_the_bureau_reads_takes_and_signs(world: World, client: Client) -> None:
    delivery = delivered(world)
    client.force_login(world.users["bureau"])
    html = client.get(at("received_view", delivery.uid)).content.decode()
    assert "得到了什么" in html
    assert "还没有人签收" in html
    taken = client.get(at("received_download", delivery.uid, "xlsx"))
    assert "正文" in load_workbook(io.BytesIO(b"".join(taken.streaming_content))).sheetnames  # type: ignore[attr-defined]
    assert AuditEntry.objects.filter(subject_uid=delivery.uid, action__endswith="downloaded").exists()
    assert client.get(at("received_download", delivery.uid, "odt")).status_code == 404
    assert client.post(at("received_sign", delivery.uid)).status_code == 302
    assert client.post(at("received_sign", delivery.uid)).status_code == 409
    receipt = ReportReceipt.objects.get()
    assert (receipt.signed_by_id_number, receipt.created_at) == (world.users["bureau"].pk, world.now)
    client.force_login(world.users["officer"])
    page = client.get(at("report_view", delivery.report.uid)).content.decode()
    assert receipt.signed_by in page
    book = load_workbook(io.BytesIO(client.get(at("received_export")).content)).active
    assert book is not None
    assert receipt.signed_by in str(list(book.values))
    assert client.get(at("received_list") + "?signed=no").content.decode().count(delivery.report.title) == 0


def test_only_the_bureau_of_that_home_signs(world: World, client: Client) -> None:
    delivery = delivered(world)
    for login, status in (("officer", 409), ("auditor", 409), ("verifier", 409), ("rival_bureau", 404)):
        client.force_login(world.users[login])
        assert client.post(at("received_sign", delivery.uid)).status_code == status, login
    client.force_login(world.users["rival_bureau"])
    assert client.get(at("received_view", delivery.uid)).status_code == 404
    assert client.get(at("received_download", delivery.uid, "pdf")).status_code == 404
    assert delivery.report.title not in client.get(at("received_list")).content.decode()
    assert not ReportReceipt.objects.exists()


def test_what_is_not_for_the_home_side_is_not_sent_there(world: World, client: Client) -> None:
    row = approved(world, "quarterly-host")
    with pytest.raises(RefusedError) as told:
        send_report(actor=world.actor("officer"), now=world.now, report=row, sending=Sending(to_home=True))
    assert told.value.refusal.code == "reports.not_for_home"
    row.refresh_from_db()
    assert row.sendings == []
    client.force_login(world.users["officer"])
    assert "to_home" not in client.get(at("report_send", row.uid)).content.decode()


def test_sent_by_the_page_twice_it_is_delivered_once(world: World, client: Client) -> None:
    row = approved(world)
    client.force_login(world.users["officer"])
    assert "收件页" in client.get(at("report_send", row.uid)).content.decode()
    for _time in range(2):
        assert client.post(at("report_send", row.uid), {"to_home": "on"}).status_code == 302
    row.refresh_from_db()
    assert [each["how"] for each in row.sendings] == ["page"]
    assert row.state == "sent"


def test_a_report_taken_back_says_why_and_is_not_taken_home(world: World, client: Client) -> None:
    delivery = delivered(world)
    void_report(actor=world.actor("officer"), now=world.now, report=delivery.report, reason="期间选错")
    client.force_login(world.users["bureau"])
    assert "期间选错" in client.get(at("received_view", delivery.uid)).content.decode()
    assert client.get(at("received_download", delivery.uid, "pdf")).status_code == 409
    assert client.post(at("received_sign", delivery.uid)).status_code == 409


def test_a_later_revision_is_pointed_to_once_it_was_sent(world: World, client: Client) -> None:
    delivery = delivered(world)
    new = revise_report(actor=world.actor("officer"), now=world.now, report=delivery.report)
    client.force_login(world.users["bureau"])
    assert "已有第 2 版" not in client.get(at("received_view", delivery.uid)).content.decode()
    new.refresh_from_db()
    approve_report(actor=world.actor("lead"), now=world.now, report=new, version=new.version)
    new.refresh_from_db()
    send_report(actor=world.actor("officer"), now=world.now, report=new, sending=Sending(to_home=True))
    assert "已有第 2 版" in client.get(at("received_view", delivery.uid)).content.decode()


def test_a_person_signs_once_whatever_happens(world: World) -> None:
    delivery = delivered(world)
    sign_for_report(actor=world.actor("bureau"), now=world.now, delivery=delivery)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReportReceipt.objects.create(
            delivery=delivery,
            signed_by_id_number=world.users["bureau"].pk,
            signed_by="again",
            created_at=world.now,
        )


def test_many_deliveries_ask_no_more_than_one(world: World, client: Client) -> None:
    client.force_login(world.users["bureau"])
    kinds = ["quarterly-home", "monthly", "yearly"]

    def rows(count: int) -> None:
        for _each in range(count):
            delivered(world, kinds.pop(0))

    assert_same_queries(rows, lambda: client.get(at("received_list")))
