"""What was typed and never sent is erased after ninety days, with its files; what was sent stays. Facts asked for are facts."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from feidi.domain.incubation.models import Application
from feidi.domain.incubation.selectors.application_secrets import applicant_actor
from feidi.domain.incubation.services.application_drafts import withdraw_draft
from feidi.domain.incubation.services.application_drafts_daily import erase_old_drafts
from feidi.kernel.access import schedule_actor
from feidi.kernel.audit.verify import verify
from feidi.kernel.content.checking import check_folder
from tests.support.admission import draft_of, sent_of

pytestmark = pytest.mark.django_db
DAILY = schedule_actor("incubation.drafts")


def test_an_old_draft_is_erased_and_a_sent_one_stays(world: Any) -> None:
    old, _secret = draft_of(world)
    given_up, _secret = draft_of(world)
    withdraw_draft(actor=applicant_actor(given_up), now=world.now, application=given_up)
    sent, _secret = sent_of(world)
    assert erase_old_drafts(actor=DAILY, now=world.now + timedelta(days=90)) == 0
    later = world.now + timedelta(days=91)
    assert erase_old_drafts(actor=DAILY, now=later) == 2
    assert erase_old_drafts(actor=DAILY, now=later) == 0
    for row in Application.objects.filter(pk__in=[old.pk, given_up.pk]):
        assert (row.applicant, row.answers, row.contact_name, row.phone_sealed) == ("", {}, "", None)
        assert row.erased_at == later
        assert row.voided_at is not None
    sent.refresh_from_db()
    assert sent.applicant == "砚澈微流控"
    assert not verify().faults


CONTENT = Path("jurisdictions")


def test_a_question_about_a_fact_that_is_none_is_found(tmp_path: Path) -> None:
    target = tmp_path / "cn" / "enclave" / "admission.yaml"
    for each in ("cn/place.yaml", "cn/facts.yaml", "cn/enclave/admission.yaml"):
        copied = tmp_path / each
        copied.parent.mkdir(parents=True, exist_ok=True)
        copied.write_text((CONTENT / each).read_text(encoding="utf-8"), encoding="utf-8")
    assert "incubation.content_fact" not in {each.code for each in check_folder(tmp_path)}
    wrong = target.read_text(encoding="utf-8").replace("fact: established_on", "fact: born_on")
    target.write_text(wrong, encoding="utf-8")
    found = [each for each in check_folder(tmp_path) if each.code == "incubation.content_fact"]
    assert [each.params["value"] for each in found] == ["born_on"]
    assert found[0].row is not None
