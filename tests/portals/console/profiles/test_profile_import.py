"""Importing needs and offers: every row looked at, written whole as drafts, undone whole or not at all."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from feidi.domain.matching.models import Profile
from feidi.domain.matching.services.profile_tagging import tag_profile
from feidi.domain.parties.models import Organization
from feidi.kernel.imports.models import ImportBatch
from tests.support.profiles import make_profile
from tests.support.world import World

pytestmark = pytest.mark.django_db
HEAD = "类别,种类,单位,标题,内容,脱敏文本,有效期至,金额,来源"
GOOD = "供给,技术,云溪窑科机械有限公司,,云溪窑科机械有限公司做窑炉温度场在线检测，联系13912345678。,,2027-03-01,100-300万元,成果册"
OWN = "需求,中试,云溪澄岳生物技术有限公司,中试排期,想排一次百升级发酵中试。,想排一次百升级发酵中试。,,,"


@pytest.fixture
def client(world: World, monkeypatch: pytest.MonkeyPatch) -> Client:
    """The officer, at the moment of the world."""
    monkeypatch.setattr("feidi.portals.ui.clock.now", lambda: world.now)
    client = Client()
    client.force_login(world.users["officer"])
    return client


def at(name: str, *args: str) -> str:
    """Return an address of this part."""
    return reverse(f"console:profiles:{name}", args=args)


def upload(client: Client, world: World, *lines: str, name: str = "成果册.csv", data: bytes = b"") -> Any:
    """Send a table."""
    content = data or "\n".join((HEAD, *lines)).encode("utf-8-sig")
    return client.post(at("import_upload"), {"outpost": world.outpost.pk, "file": SimpleUploadedFile(name, content)})


def test_a_table_is_looked_at_written_as_drafts_and_undone(client: Client, world: World) -> None:
    known = make_profile(
        world, owner="云溪旧识有限公司", masked_text="旧的需求，想找喷嘴。", full_text="旧的需求，想找喷嘴。"
    )
    answer = upload(
        client, world, GOOD, OWN,
        "需求,技术,云溪旧识有限公司,,旧的需求 想找喷嘴,,,,",
        "买卖,技术,云溪乙有限公司,,想找喷嘴供应商。,,,,",
        "需求,用地,云溪乙有限公司,,想要二十亩地。,,,,",
        "供给,技术,,,没有单位的一行。,,,,",
        "供给,技术,云溪丙有限公司,,,,,,",
    )  # fmt: skip
    batch = ImportBatch.objects.get()
    page = client.get(answer.headers["Location"]).content.decode()

    assert batch.counts == {"rows": 7, "new": 2, "updated": 0, "unchanged": 1, "suspected": 0, "refused": 4}
    for word in (
        "看不懂类别“买卖”",
        "“用地”只能作为供给登记",
        "没有写单位",
        "没有写内容",
        known.number,
        "本单位做窑炉温度场在线检测",
    ):
        assert word in page, word
    assert Profile.objects.count() == 1, "nothing is entered before somebody has looked"

    client.post(at("import_commit", batch.uid), {"masked_seen": "on"})
    offer, need = Profile.objects.exclude(pk=known.pk).order_by("id")
    assert (offer.state, need.state) == ("draft", "open"), "only what the table itself masks is published"
    assert (offer.amount_lo_fen, offer.amount_hi_fen, offer.currency) == (100_000_000, 300_000_000, "CNY")
    assert offer.expires_on.isoformat() == "2027-03-01"
    assert "13912345678" not in offer.masked_text
    assert "窑科" not in offer.masked_text
    assert client.post(at("import_commit", batch.uid)).status_code == 409, "not twice"

    client.post(at("import_undo", batch.uid))
    assert list(Profile.objects.filter(voided_at__isnull=True)) == [known]
    assert client.post(at("import_undo", batch.uid)).status_code == 409


def test_what_was_changed_since_is_not_undone(client: Client, world: World) -> None:
    upload(client, world, GOOD, OWN)
    batch = ImportBatch.objects.get()
    client.post(at("import_commit", batch.uid))
    changed = Profile.objects.first()
    assert changed is not None
    tag_profile(actor=world.actor("officer"), now=world.now, profile=changed, node="other")
    answer = client.post(at("import_undo", batch.uid))

    assert answer.status_code == 409
    assert changed.number in answer.content.decode()
    assert Profile.objects.filter(voided_at__isnull=True).count() == 2


def test_the_same_row_twice_is_taken_once(client: Client, world: World) -> None:
    upload(client, world, OWN, OWN)
    batch = ImportBatch.objects.get()
    client.post(at("import_commit", batch.uid))

    assert batch.counts["unchanged"] == 1
    assert Profile.objects.count() == 1
    upload(client, world, OWN)
    assert ImportBatch.objects.order_by("id").last().counts["new"] == 0  # type: ignore[union-attr]


def test_a_refused_commit_leaves_nothing(client: Client, world: World) -> None:
    told = "供给,技术,云溪窑科机械有限公司,,做窑炉检测。,云溪窑科机械有限公司做窑炉检测。,,,"
    upload(client, world, OWN, told)
    answer = client.post(at("import_commit", ImportBatch.objects.get().uid), {"masked_seen": "on"})

    assert answer.status_code == 409
    assert "云溪窑科机械有限公司" in answer.content.decode()
    assert not Profile.objects.exists()
    assert not Organization.objects.filter(name="云溪澄岳生物技术有限公司").exists()


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"\x00\x01\x02" * 40, "成果册.csv"),
        ("甲,乙\n1,2".encode(), "没有找到"),
        (HEAD.encode(), "没有"),
    ],
)
def test_what_is_no_table_is_told(client: Client, world: World, data: bytes, told: str) -> None:
    answer = upload(client, world, data=data)

    assert answer.status_code in {409, 422}
    assert told in answer.content.decode()
    assert not ImportBatch.objects.exists()


def test_the_template_can_be_imported_as_it_is(client: Client, world: World) -> None:
    template = client.get(at("import_template")).content
    heads = [cell.value for cell in next(openpyxl.load_workbook(BytesIO(template)).worksheets[0].iter_rows(max_row=1))]
    upload(client, world, name="模板.xlsx", data=template)

    assert heads[:3] == ["类别", "种类", "单位"]
    assert ImportBatch.objects.get().counts["new"] == 2


def test_another_outpost_does_not_see_it(client: Client, world: World) -> None:
    upload(client, world, OWN)
    batch = ImportBatch.objects.get()
    rival = Client()
    rival.force_login(world.users["rival"])

    assert rival.get(at("import_view", batch.uid)).status_code == 404
    assert rival.post(at("import_commit", batch.uid)).status_code == 404
    assert batch.file.name not in rival.get(at("import_upload")).content.decode()
