"""Loading, comparing, reading and exporting content."""

from __future__ import annotations

import shutil
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from feidi.engines.findings import RefusedError
from feidi.kernel.access import ANONYMOUS, Actor, ActorKind, Grant, Scope, ScopeKind
from feidi.kernel.audit.models import AuditEntry, AuditLink
from feidi.kernel.content import library, publishing
from feidi.kernel.content.folder import content_root
from feidi.kernel.content.models import ContentRevision

pytestmark = pytest.mark.django_db

PUBLISHER = Actor(
    kind=ActorKind.COMMAND,
    label="管理员 (admin)",
    grants=(Grant("administrator", frozenset({"content.publish"}), Scope(ScopeKind.INSTALLATION)),),
)
STRANGER = Actor(kind=ActorKind.COMMAND, label="招商专员 (officer)")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped content that a test may change."""
    return Path(shutil.copytree(content_root(), tmp_path / "content"))


def _replace(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_nearest_place_wins(now: datetime, folder: Path) -> None:
    publishing.load_folder(actor=PUBLISHER, now=now, path=folder)
    assert library.lineage("chancheng") == ("chancheng", "foshan", "guangdong", "cn")
    day = now.date()
    assert library.read("chancheng", "enclave/stages.yaml", on=day).place == "chancheng"
    roles = library.read("chancheng", "enclave/roles.yaml", on=day)
    assert roles.place == "cn"
    assert roles.data["roles"]["verifier"]["permissions"]
    (folder / "foshan" / "enclave").mkdir(exist_ok=True)
    shutil.copy(folder / "cn/enclave/roles.yaml", folder / "foshan/enclave/roles.yaml")
    publishing.load_folder(actor=PUBLISHER, now=now, path=folder)
    assert library.read("chancheng", "enclave/roles.yaml", on=day).place == "foshan"
    assert library.read("yunxi", "enclave/roles.yaml", on=day).place == "cn"


def test_second_load_changes_nothing(now: datetime, folder: Path) -> None:
    first = publishing.load_folder(actor=PUBLISHER, now=now, path=folder)
    links = AuditLink.objects.count()
    assert links == 1
    assert len(first.published) == ContentRevision.objects.count() > 10
    again = publishing.load_folder(actor=PUBLISHER, now=now, path=folder)
    assert (again.published, again.unchanged) == ((), len(first.published))
    assert AuditLink.objects.count() == links


def test_changed_file_supersedes(now: datetime, folder: Path) -> None:
    publishing.load_folder(actor=PUBLISHER, now=now, path=folder)
    _replace(folder / "chancheng/enclave/stages.yaml", "backdate_working_days: 3", "backdate_working_days: 5")
    (change,) = publishing.diff(folder)
    assert (change.kind, change.place, change.path) == ("changed", "chancheng", "enclave/stages.yaml")
    later = now + timedelta(hours=1)
    publishing.load_folder(actor=PUBLISHER, now=later, path=folder)
    old, new = ContentRevision.objects.filter(place="chancheng", path="enclave/stages.yaml").order_by("id")
    assert old.superseded_at == later
    assert new.superseded_at is None
    assert new.proposed_by == new.approved_by == PUBLISHER.label
    parsed = library.read("chancheng", "enclave/stages.yaml", on=now.date())
    assert (parsed.data["backdate_working_days"], parsed.sha256) == (5, new.sha256)
    actions = list(AuditEntry.objects.order_by("-id").values_list("action", "subject_uid")[:2])
    assert actions == [("created", new.uid), ("superseded", old.uid)]


def test_a_later_table_leaves_earlier_days_alone(now: datetime, folder: Path) -> None:
    publishing.load_folder(actor=PUBLISHER, now=now, path=folder)
    file = folder / "chancheng/enclave/stages.yaml"
    _replace(file, "valid_from: 2022-12-12", "valid_from: 2027-01-01")
    _replace(file, "backdate_working_days: 3", "backdate_working_days: 9")
    publishing.load_folder(actor=PUBLISHER, now=now, path=folder)

    def days(on: date | None) -> int:
        return int(library.read("chancheng", "enclave/stages.yaml", on=on).data["backdate_working_days"])

    assert [days(date(2026, 12, 31)), days(date(2027, 1, 1)), days(None)] == [3, 9, 9]
    with pytest.raises(RefusedError) as refused:
        days(date(2022, 12, 11))
    assert refused.value.refusal.code == "content.file_unknown"


def test_a_publication_is_seen_at_once_and_a_rolled_back_one_is_not(
    now: datetime, folder: Path, django_assert_num_queries: object
) -> None:
    publishing.load_folder(actor=PUBLISHER, now=now, path=folder)
    library.read("chancheng", "enclave/stages.yaml", on=None)
    with django_assert_num_queries(1):  # type: ignore[operator]
        library.read("chancheng", "enclave/stages.yaml", on=None)
    for days in (4, 6):
        file = folder / "chancheng/enclave/stages.yaml"
        text = content_root().joinpath("chancheng/enclave/stages.yaml").read_text(encoding="utf-8")
        file.write_text(text.replace("backdate_working_days: 3", f"backdate_working_days: {days}"), encoding="utf-8")
        with transaction.atomic():
            publishing.load_folder(actor=PUBLISHER, now=now, path=folder)
            assert library.read("chancheng", "enclave/stages.yaml", on=None).data["backdate_working_days"] == days
            transaction.set_rollback(True)
        assert library.read("chancheng", "enclave/stages.yaml", on=None).data["backdate_working_days"] == 3


def test_export_gives_the_published_bytes(now: datetime, folder: Path, tmp_path: Path) -> None:
    (folder / "foshan/place.yaml").write_bytes((folder / "foshan/place.yaml").read_bytes().replace(b"\n", b"\r\n"))
    publishing.load_folder(actor=PUBLISHER, now=now, path=folder)
    written = publishing.export(tmp_path / "out")
    originals = {each.relative_to(folder) for each in folder.rglob("*") if each.is_file() and each.suffix != ".md"}
    assert {each.relative_to(tmp_path / "out") for each in written} == originals
    for inside in originals:
        assert (tmp_path / "out" / inside).read_bytes() == (folder / inside).read_bytes()
    assert publishing.diff(tmp_path / "out") == ()
    with pytest.raises(RefusedError) as refused:
        publishing.export(tmp_path / "out")
    assert refused.value.refusal.code == "content.export_not_empty"


def test_only_the_wanted_places_and_their_parents(now: datetime, folder: Path) -> None:
    publishing.load_folder(actor=PUBLISHER, now=now, path=folder, places=["yunxi", "binhai-qianwan"])
    assert library.library().places() == ("binhai", "binhai-qianwan", "cn", "yunxi", "yunzhou")
    with pytest.raises(RefusedError) as refused:
        publishing.load_folder(actor=PUBLISHER, now=now, path=folder, places=["atlantis"])
    assert refused.value.refusal.code == "content.place_not_in_folder"


def test_a_file_taken_out_of_the_folder_stays_published(now: datetime, folder: Path) -> None:
    publishing.load_folder(actor=PUBLISHER, now=now, path=folder)
    (folder / "yunxi/enclave/targets.yaml").unlink()
    (change,) = publishing.diff(folder)
    assert (change.kind, change.path) == ("absent", "enclave/targets.yaml")
    assert publishing.load_folder(actor=PUBLISHER, now=now, path=folder).published == ()
    assert library.read("yunxi", "enclave/targets.yaml", on=None).place == "yunxi"


def test_a_faulty_folder_publishes_nothing(now: datetime, folder: Path) -> None:
    _replace(folder / "chancheng/enclave/stages.yaml", "backdate_working_days: 3", "backdate_days: 3")
    with pytest.raises(RefusedError) as refused:
        publishing.load_folder(actor=PUBLISHER, now=now, path=folder)
    assert refused.value.refusal.code == "content.unusable"
    assert {each.code for each in refused.value.refusal.reasons} == {"content.key_missing", "content.key_unknown"}
    assert not ContentRevision.objects.exists()
    assert publishing.load_folder(actor=PUBLISHER, now=now, path=folder, places=["yunxi"]).published


def test_who_may_publish(now: datetime, folder: Path) -> None:
    with pytest.raises(RefusedError) as refused:
        publishing.load_folder(actor=ANONYMOUS, now=now, path=folder)
    assert refused.value.refusal.code == "content.may_not_publish"
    assert publishing.load_folder(actor=STRANGER, now=now, path=folder).published, "an empty installation is filled"
    assert publishing.load_folder(actor=STRANGER, now=now, path=folder).published == (), "nothing to publish"
    _replace(folder / "chancheng/enclave/stages.yaml", "backdate_working_days: 3", "backdate_working_days: 5")
    with pytest.raises(RefusedError) as refused:
        publishing.load_folder(actor=STRANGER, now=now, path=folder)
    assert refused.value.refusal.code == "content.may_not_publish"
    assert publishing.load_folder(actor=PUBLISHER, now=now, path=folder).published


def test_constraints_hold(now: datetime, folder: Path) -> None:
    publishing.load_folder(actor=PUBLISHER, now=now, path=folder)
    row = ContentRevision.objects.get(place="cn", path="place.yaml")
    with pytest.raises(IntegrityError), transaction.atomic():
        ContentRevision.objects.create(
            place="cn", path="place.yaml", body="x", sha256="y", proposed_by="a", approved_by="a", published_at=now
        )
    row.superseded_at = now - timedelta(days=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_unknown_place_and_file_are_refused_with_words(now: datetime, folder: Path) -> None:
    from feidi.kernel.messages import text_of

    publishing.load_folder(actor=PUBLISHER, now=now, path=folder)
    with pytest.raises(RefusedError) as refused:
        library.read("atlantis", "enclave/stages.yaml", on=None)
    assert "atlantis" in text_of(refused.value.refusal)
    with pytest.raises(RefusedError) as refused:
        library.read("foshan", "enclave/stages.yaml", on=None)
    assert "foshan" in text_of(refused.value.refusal)
